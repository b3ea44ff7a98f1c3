"""A job: a print so large that nobody waits for it with an open page.

An order says what is wanted, in ids and plain values. A job is an order with an owner and a state:

    waiting → running → done            the file is there for a day
                      → failed          with a reason and a remedy; trying again goes on from there
                      → cancelled       by its owner

A worker that is killed in the middle leaves a running job behind; the next one goes on with what is
drawn already. A job that has ended three workers is not tried a fourth time.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from survey_app.domain.messages import N_, Message
from survey_app.domain.rights import Right

MOST_PARTS: Final = 300
MOST_ATTEMPTS: Final = 3
SECONDS_KEPT: Final = 24 * 60 * 60


class What(StrEnum):
    """What is printed: the ids of an order are those of waves, or of measures."""

    POSTERS = "posters"
    SHEETS = "sheets"

    @property
    def right(self) -> Right:
        """Return the right it takes, for a single one as for many."""
        return RIGHTS[self]

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return LABELS[self]


class Bundle(StrEnum):
    """How the parts come: bound into one PDF for the printer, or as a file each."""

    PDF = "pdf"
    ZIP = "zip"


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Return whether nothing more happens by itself."""
        return self not in (State.WAITING, State.RUNNING)


class Reason(StrEnum):
    """Why a job failed."""

    NONE = ""
    NOT_DRAWN = "not_drawn"
    NOTHING_LEFT = "nothing_left"
    NOT_BOUND = "not_bound"
    ENDED_WORKERS = "ended_workers"
    NO_QUEUE = "no_queue"
    UNFORESEEN = "unforeseen"


class Order(BaseModel):
    """What is wanted. `form` and `language` are for posters: a format of print, its language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: What
    bundle: Bundle
    ids: tuple[int, ...] = Field(min_length=1, max_length=MOST_PARTS)
    form: str = "poster_a4"
    language: str = "de"


@dataclass(frozen=True)
class Job:
    """An order on its way. `done` of `total` parts are drawn; `place` is where it failed.

    `files` is the random name of its folder, `until` the second since 1970 at which it is removed.
    """

    id: int
    network: int
    owner: int
    files: str
    order: Order
    state: State
    total: int
    done: int
    attempts: int
    reason: Reason
    place: str
    until: int

    @property
    def problem(self) -> Message:
        """Return why it failed and what helps."""
        return Message(PROBLEMS[self.reason], {"place": self.place})


RIGHTS: Final = {What.POSTERS: Right.PRINT, What.SHEETS: Right.SEE_RESULTS}
LABELS: Final = {What.POSTERS: N_("Poster und Karten"), What.SHEETS: N_("Auswertungsbögen")}
PROBLEMS: Final = {
    Reason.NONE: N_("Es ist nichts schiefgegangen."),
    Reason.NOT_DRAWN: N_(
        "„%(place)s“ ließ sich nicht zeichnen. Was davor kam, ist fertig und bleibt: „Noch einmal“"
        " macht dort weiter. Gelingt es wieder nicht, drucken Sie diese Maßnahme einzeln."
    ),
    Reason.NOTHING_LEFT: N_(
        "Von Ihrer Auswahl ist nichts mehr da. Bitte wählen Sie neu aus, was Sie drucken möchten."
    ),
    Reason.NOT_BOUND: N_(
        "Alle Teile sind fertig, nur das gemeinsame PDF ließ sich nicht binden. Wählen Sie"
        " stattdessen ZIP: eine Datei für jede Maßnahme."
    ),
    Reason.ENDED_WORKERS: N_(
        "Beim Zeichnen von „%(place)s“ ist das Druckprogramm dreimal abgebrochen. Drucken Sie eine"
        " kleinere Auswahl, und sagen Sie bitte Bescheid, wer Mitreden betreibt."
    ),
    Reason.NO_QUEUE: N_(
        "Der Auftrag ließ sich nicht einreihen. Bitte versuchen Sie es in ein paar Minuten noch"
        " einmal."
    ),
    Reason.UNFORESEEN: N_(
        "Bei uns ist etwas schiefgegangen, bei „%(place)s“. Das liegt nicht an Ihnen. Bitte"
        " versuchen Sie es noch einmal."
    ),
}
