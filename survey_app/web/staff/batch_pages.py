"""What the pages of the batch print show."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.domain.job import MOST_PARTS, Bundle, Job, State, What
from survey_app.domain.measure import Municipality, Topic
from survey_app.domain.messages import N_
from survey_app.domain.selection import Selection
from survey_app.languages import Language
from survey_app.rendering.prints.base import Format, Invitation
from survey_app.services.jobs import Printable
from survey_app.web.staff.pages import AUDIENCES, StaffPage
from survey_app.web.staff.selecting import arguments_of

BUNDLES = {
    Bundle.PDF: (N_("Ein PDF"), N_("alles hintereinander, zum Drucken")),
    Bundle.ZIP: (N_("ZIP"), N_("eine Datei für jede Maßnahme, auch für Vorleseprogramme")),
}
STATES = {
    State.WAITING: (N_("wartet"), "plain"),
    State.RUNNING: (N_("wird gezeichnet"), "good"),
    State.DONE: (N_("fertig"), "done"),
    State.FAILED: (N_("nicht fertig geworden"), "warning"),
    State.CANCELLED: (N_("abgebrochen"), "quiet"),
}


@dataclass(frozen=True)
class JobView:
    """A job as it stands on a page; `hours` are left to fetch its file."""

    job: Job
    hours: int

    @property
    def badge(self) -> tuple[str, str]:
        """Return the state in one word, and the kind of its badge."""
        return STATES[self.job.state]

    @property
    def goes_on(self) -> bool:
        """Return whether the page has to look again."""
        return not self.job.state.is_over

    @property
    def is_done(self) -> bool:
        """Return whether there is a file."""
        return self.job.state is State.DONE

    @property
    def has_failed(self) -> bool:
        """Return whether there is a problem to read."""
        return self.job.state is State.FAILED

    @property
    def bundle(self) -> str:
        """Return how the file is called, in German."""
        return BUNDLES[self.job.order.bundle][0]


@dataclass(frozen=True)
class BatchPage(StaffPage):
    """What can be printed all at once, narrowed down by its address, and one's own jobs."""

    what: What
    allowed: tuple[What, ...]
    selection: Selection
    lines: tuple[Printable, ...]
    municipalities: tuple[Municipality, ...]
    formats: Mapping[str, Format[Invitation]]
    languages: tuple[Language, ...]
    jobs: tuple[JobView, ...]
    nothing_chosen: bool = False

    most: int = MOST_PARTS
    topics: tuple[Topic, ...] = tuple(Topic)

    @property
    def bundles(self) -> Mapping[Bundle, tuple[str, str]]:
        """Return how the parts may come: label and use."""
        return BUNDLES

    @property
    def is_posters(self) -> bool:
        """Return whether waves are listed, not measures."""
        return self.what is What.POSTERS

    @property
    def is_full(self) -> bool:
        """Return whether there may be more than one job can hold."""
        return len(self.lines) >= self.most

    @property
    def filter(self) -> Mapping[str, str]:
        """Return the selection as arguments of an address."""
        return arguments_of(self.selection)

    def audience(self, line: Printable) -> str:
        """Return who is asked by a wave."""
        return AUDIENCES[line.wave.audience] if line.wave else ""


@dataclass(frozen=True)
class JobPage(StaffPage):
    """One job on its way."""

    view: JobView
