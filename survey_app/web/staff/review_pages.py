"""The pages of the review: what they say beside what the service returned."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from survey_app.domain.marks import Piece, pieces
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, Fault, Message
from survey_app.domain.review import LONGEST_LABEL, Reading, Stage, Verdict
from survey_app.services.reviewing import Done, Question, Review, State, Wish
from survey_app.web.staff.pages import StaffPage, WaveView

STATES = {
    State.TOO_FEW: (N_("bleibt ungelesen"), "quiet"),
    State.CONCLUDED: (N_("abgeschlossen"), "good"),
    State.GONE: (N_("gelöscht"), "quiet"),
}
OUTCOMES = {
    Verdict.PUBLISH: (N_("wird veröffentlicht"), "good"),
    Verdict.PARAPHRASE: (N_("umgeschrieben"), "good"),
    Verdict.WITHHOLD: (N_("zurückgehalten"), "quiet"),
}
WAITING = {
    Stage.WAITING: (N_("ungelesen"), "plain"),
    Stage.WAITING_FOR_SECOND: (N_("wartet auf eine zweite Person"), "warning"),
}
TROUBLE = {
    Done.TAKEN: N_("Über diesen Text hat gerade schon jemand anderes entschieden."),
    Done.GONE: N_("Diesen Text gibt es nicht mehr."),
}


def badge_of(question: Question) -> tuple[str, str]:
    """Return how a question stands, and the kind of its badge."""
    if question.state is not State.OPEN:
        return STATES[question.state]
    if question.can_be_concluded:
        return N_("alles gelesen"), "warning"
    return N_("wartet auf Durchsicht"), "warning"


@dataclass(frozen=True)
class ReviewPage(StaffPage):
    """The free-text questions of a wave."""

    measure: Measure
    view: WaveView
    review: Review

    def badge(self, question: Question) -> tuple[str, str]:
        """Return how a question stands, and the kind of its badge."""
        return badge_of(question)


@dataclass(frozen=True, kw_only=True)
class QuestionPage(StaffPage):
    """One question: the text to be read, or what is left to do.

    `last` is the text that was decided just before; `wish` what somebody entered and `faults` what
    is wrong with it; `trouble` what came in between.
    """

    measure: Measure
    view: WaveView
    question: Question
    account: int
    reading: Reading | None = None
    last: Reading | None = None
    wish: Wish | None = None
    faults: Sequence[Fault] = field(default_factory=tuple)
    trouble: Done | None = None
    longest_label: int = LONGEST_LABEL

    @property
    def badge(self) -> tuple[str, str]:
        """Return how the question stands, and the kind of its badge."""
        return badge_of(self.question)

    @property
    def place(self) -> int:
        """Return the place of the text among all of its question, from one."""
        return self._index + 1

    @property
    def before(self) -> Reading | None:
        """Return the text before, round the end."""
        return self._beside(-1)

    @property
    def after(self) -> Reading | None:
        """Return the text after, round the end."""
        return self._beside(1)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the text cut at what may tell of a person."""
        return pieces(self.reading.text) if self.reading else ()

    @property
    def proposal(self) -> tuple[Piece, ...]:
        """Return the words of a paraphrase, cut in the same way."""
        decision = self.reading.decision if self.reading else None
        return pieces(decision.words) if decision and decision.words else ()

    @property
    def words(self) -> str:
        """Return what stands in the field for other words."""
        if self.wish is not None and self.wish.words:
            return self.wish.words
        return self.reading.words if self.reading else ""

    @property
    def is_rewritten(self) -> bool:
        """Return whether somebody was about to write other words."""
        return self.wish is not None and self.wish.verdict is Verdict.PARAPHRASE

    @property
    def themes(self) -> tuple[str, ...]:
        """Return the themes to choose from, the most frequent first."""
        return tuple(self.question.themes)

    def has_theme(self, label: str) -> bool:
        """Return whether somebody ticked a theme before the form came back."""
        return self.wish is not None and label in self.wish.themes

    def fault_of(self, name: str) -> Message | None:
        """Return what is wrong with a field."""
        return next((fault.message for fault in self.faults if fault.at == (name,)), None)

    def stands(self, reading: Reading) -> tuple[str, str]:
        """Return how far a text has come, and the kind of its badge."""
        return OUTCOMES[reading.outcome] if reading.outcome else WAITING[reading.stage]

    @property
    def troubled(self) -> str | None:
        """Return what came in between, in German, to be translated."""
        return TROUBLE.get(self.trouble) if self.trouble else None

    @property
    def _index(self) -> int:
        return self.question.readings.index(self.reading) if self.reading else 0

    def _beside(self, step: int) -> Reading | None:
        readings = self.question.readings
        return readings[(self._index + step) % len(readings)] if len(readings) > 1 else None


@dataclass(frozen=True)
class ConcludePage(StaffPage):
    """Before a question is concluded: what will stay and what will go."""

    measure: Measure
    view: WaveView
    question: Question
    least: int

    @property
    def published(self) -> int:
        """Return how many texts will be published."""
        ends = self.question.outcomes
        return ends.get(Verdict.PUBLISH, 0) + ends.get(Verdict.PARAPHRASE, 0)

    @property
    def themes(self) -> tuple[tuple[str, int], ...]:
        """Return the themes that will be kept."""
        return tuple((each, n) for each, n in self.question.themes.items() if n >= self.least)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the texts that will stand on the sheet."""
        return tuple(
            reading.words
            for reading in self.question.readings
            if reading.decision and reading.decision.chosen and reading.outcome
        )
