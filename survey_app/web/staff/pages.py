"""What the pages of staff show: one frozen dataclass each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field

from survey_app.domain.collector import Collector, printed_code
from survey_app.domain.commitment import Commitment, Status
from survey_app.domain.disclosure import DisclosurePolicy, Withheld
from survey_app.domain.measure import Measure, Network
from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Audience
from survey_app.domain.sheet import EvaluationSheet, group_size
from survey_app.domain.wave import Phase, Point, Wave
from survey_app.rendering.exports.base import Format
from survey_app.services.fielding import FieldedMeasure, FieldedWave

PHASES = {
    Phase.PLANNED: N_("Beginnt am %(opens)s"),
    Phase.OPEN: N_("Läuft bis %(closes)s"),
    Phase.ENDED: N_("Zu Ende seit %(closes)s, wird ausgezählt"),
    Phase.CLOSED: N_("Abgeschlossen am %(closed)s"),
}
AWAITS = N_("Wartet auf die Zustimmung der Schule")
AWAITING = (N_("wartet"), "warning")
BADGES = {
    Phase.PLANNED: (N_("geplant"), "plain"),
    Phase.OPEN: (N_("läuft"), "good"),
    Phase.ENDED: (N_("zu Ende"), "warning"),
    Phase.CLOSED: (N_("abgeschlossen"), "done"),
}
WAYS_IN = {  # by option of a collector: what it is called, and when it is right
    "shared_device": (
        N_("Gemeinsames Gerät"),
        N_(
            "Ein Tablet oder Handy geht von Hand zu Hand: Nach dem Absenden ist alles leer, und ein"
            " großer Knopf holt die nächste Person."
        ),
    ),
    "single_use": (
        N_("Nur mit Einmal-Zettel"),
        N_(
            "Mitmachen kann nur, wer einen Zettel zieht: eine Person, ein Zettel, eine Stimme. Der"
            " Code dieses Zugangs führt später zu den Ergebnissen."
        ),
    ),
    "offline_queue": (
        N_("Jugendzentrum ohne WLAN"),
        N_(
            "Ohne Netz warten Rückmeldungen verschlüsselt auf dem Gerät. Öffnen Sie die Seite dort"
            " wieder mit Netz, bevor die Erhebung endet; dann werden sie gesendet und gelöscht. Nur"
            " für Geräte, die Ihnen gehören."
        ),
    ),
}
COMMITMENTS = {  # by status: the kind of its badge
    Status.PLANNED: "plain",
    Status.STARTED: "plain",
    Status.DONE: "good",
    Status.DECLINED: "quiet",
}
URGENCY = (Phase.ENDED, Phase.OPEN, Phase.PLANNED, Phase.CLOSED)
AUDIENCES = {
    Audience.YOUNG_PEOPLE: N_("Junge Menschen"),
    Audience.PROFESSIONALS: N_("Fachkräfte"),
}


@dataclass(frozen=True)
class StaffPage:
    """A page for somebody who is logged in."""

    person: str
    network: Network


@dataclass(frozen=True)
class ErrorPage:
    """What went wrong and what to do, in German, to be translated."""

    title: str
    advice: str


@dataclass(frozen=True)
class WaveView:
    """A wave as it stands on a page.

    `base` is what may be said about its size once it is counted: a number, or why there is none.
    """

    fielded: FieldedWave
    group: int | None
    base: int | Withheld | None = None

    @property
    def wave(self) -> Wave:
        """Return the wave."""
        return self.fielded.wave

    @property
    def audience(self) -> str:
        """Return who is asked."""
        return AUDIENCES[self.wave.audience]

    @property
    def phase(self) -> Message:
        """Return in plain words where the wave stands."""
        days = {
            "opens": self.wave.opens_on,
            "closes": self.wave.closes_on,
            "closed": self.wave.closed_on,
        }
        if self.wave.awaits_approval and not self.is_closed:
            return Message(AWAITS)
        return Message(PHASES[self.fielded.phase], days)

    @property
    def badge(self) -> tuple[str, str]:
        """Return the phase in one word, and the kind of its badge."""
        if self.wave.awaits_approval and not self.is_closed:
            return AWAITING
        return BADGES[self.fielded.phase]

    @property
    def is_closed(self) -> bool:
        """Return whether the wave is counted."""
        return self.fielded.phase is Phase.CLOSED

    @property
    def takes_ways_in(self) -> bool:
        """Return whether ways in can still be opened and set up."""
        return self.fielded.phase in (Phase.PLANNED, Phase.OPEN)

    @property
    def can_be_closed(self) -> bool:
        """Return whether there is something to close."""
        was_stopped = self.wave.awaits_approval and bool(self.received)
        return self.fielded.phase in (Phase.OPEN, Phase.ENDED) or was_stopped

    @property
    def received(self) -> int | None:
        """Return how many answers have come, as long as they are not counted."""
        return (self.fielded.received or None) if self.is_planned else self.fielded.received

    @property
    def is_planned(self) -> bool:
        """Return whether nobody can answer yet."""
        return self.fielded.phase is Phase.PLANNED

    @property
    def point(self) -> str | None:
        """Return when it asks within a design, if there is more than one time."""
        return None if self.wave.point is Point.ONCE else self.wave.point.label

    @property
    def excess(self) -> int:
        """Return how many more answers came than there are people in the group."""
        return max(0, (self.received or 0) - self.group) if self.group else 0


@dataclass(frozen=True)
class MeasureLine:
    """A measure in the list."""

    measure: Measure
    waves: tuple[WaveView, ...]


@dataclass(frozen=True)
class MeasurePage(StaffPage):
    """One measure with its waves and commitments; `files` are the formats of its tables."""

    measure: Measure
    waves: tuple[WaveView, ...]
    files: Mapping[str, Format]
    commitments: tuple[Commitment, ...]
    today: date

    @property
    def is_evaluated(self) -> bool:
        """Return whether there is a sheet to look at."""
        return any(wave.is_closed for wave in self.waves)

    def badge(self, commitment: Commitment) -> tuple[str, str]:
        """Return how far a commitment has come in one word, and the kind of its badge."""
        if commitment.is_overdue(self.today):
            return N_("überfällig"), "warning"
        return commitment.status.label, COMMITMENTS[commitment.status]


@dataclass(frozen=True)
class FormPage(StaffPage):
    """A form, empty or with what was entered; `problems` are the fields to look at again."""

    form: FlaskForm
    problems: tuple[Field, ...]


@dataclass(frozen=True)
class NewWavePage(FormPage):
    """The form for a wave of this measure."""

    measure: Measure


@dataclass(frozen=True)
class WayInPage(FormPage):
    """The form for a way into a wave; without a `collector` it is a new one."""

    measure: Measure
    view: WaveView
    collector: Collector | None

    @property
    def code(self) -> str | None:
        """Return the code as it stands on paper."""
        return printed_code(self.collector.code) if self.collector else None


@dataclass(frozen=True)
class ClosePage(StaffPage):
    """The last question before a wave is counted for good."""

    measure: Measure
    view: WaveView
    policy: DisclosurePolicy
    recount_days: int
    today: date

    @property
    def minimum(self) -> int:
        """Return the number of answers below which nothing is shown."""
        return self.policy.promised_minimum(self.view.wave.questionnaire)

    @property
    def days_left(self) -> int:
        """Return for how many more days people could answer after today."""
        return max(0, (self.view.wave.closes_on - self.today).days)


@dataclass(frozen=True)
class SheetPage(StaffPage):
    """The evaluation sheet on the screen."""

    measure: Measure
    sheet: Markup
    files: Mapping[str, Format]


def views_of(
    fielded: FieldedMeasure, bases: Mapping[int, int | Withheld] | None = None
) -> tuple[WaveView, ...]:
    """Return the waves of a measure as they stand on a page: what needs attention first."""
    known = bases or {}
    views = (
        WaveView(each, group_size(fielded.measure, each.wave), known.get(each.wave.id))
        for each in fielded.waves
    )
    return tuple(sorted(views, key=lambda view: URGENCY.index(view.fielded.phase)))


def bases_of(sheet: EvaluationSheet) -> dict[int, int | Withheld]:
    """Return what may be said about the size of each counted wave."""
    return {result.wave.id: result.released.base for result in sheet.results}
