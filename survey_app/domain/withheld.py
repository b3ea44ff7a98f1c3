"""Withheld: what may not be shown, and the sentence that stands in its place.

The sentence names the rule and its limit, and no number of what is withheld. "Too small" and "too
large" share one, because who answered "yes" and read "everybody said the same" would know what
everybody said. Which of them holds is decided in domain/disclosure.py and domain/rollup.py.
"""

from dataclasses import dataclass
from enum import StrEnum

from survey_app.domain.messages import N_, Message


class Reason(StrEnum):
    """Why something is withheld."""

    SMALL_BLOCK = "small_block"
    SMALL_CELL = "small_cell"
    NOT_REVIEWED = "not_reviewed"
    SMALL_GROUP = "small_group"
    POOLED = "pooled"
    DOMINATED = "dominated"
    ONE_BREAKDOWN = "one_breakdown"
    SENSITIVE_GROUPS = "sensitive_groups"
    CHANGE = "change"
    SCORE = "score"


@dataclass(frozen=True)
class Withheld:
    """Something that may not be shown: the reason and the limit, and no number of its own."""

    reason: Reason
    limit: int

    @property
    def message(self) -> Message:
        """Return the reason as a sentence."""
        return Message(REASONS[self.reason], {"limit": self.limit})


REASONS = {
    Reason.SMALL_BLOCK: N_("Weniger als %(limit)s Antworten: zum Schutz nicht ausgewiesen."),
    Reason.SMALL_CELL: N_(
        "Einzelne Antworten kamen von weniger als %(limit)s Personen oder von fast allen: zum"
        " Schutz nicht ausgewiesen."
    ),
    Reason.NOT_REVIEWED: N_("Die Texte sind noch nicht geprüft."),
    Reason.SMALL_GROUP: N_(
        "Mindestens eine der Gruppen hat weniger als %(limit)s Antworten: zum Schutz wird hier"
        " nicht nach Gruppen unterschieden."
    ),
    Reason.POOLED: N_(
        "Diese Antworten stehen schon zusammen mit anderen in einer Gesamtauswertung. Einzeln"
        " ausgewiesen ließen sich dort weniger als %(limit)s herausrechnen."
    ),
    Reason.DOMINATED: N_(
        "Mehr als %(limit)s %% der Antworten kommen aus einer einzigen Einrichtung: Das wäre ihr"
        " Ergebnis. Ausgewiesen wird es, wenn sie zustimmt."
    ),
    Reason.ONE_BREAKDOWN: N_(
        "Unterschieden wird nur nach einer Frage: Zwei zusammen ergäben zu kleine Gruppen."
    ),
    Reason.SENSITIVE_GROUPS: N_(
        "Nach einer persönlichen Frage wird nicht unterschieden: Schon die Größe der Gruppen wäre"
        " eine Auskunft."
    ),
    Reason.CHANGE: N_(
        "Neben „damals“ und „jetzt“ steht bei persönlichen Fragen nicht, wie viele sich verändert"
        " haben: Zusammen verriete es die Antworten kleiner Gruppen."
    ),
    Reason.SCORE: N_(
        "Ein Skalenwert und die Antworten, aus denen er besteht, stehen bei persönlichen Fragen"
        " nicht nebeneinander: Zusammen verrieten sie die Antworten kleiner Gruppen."
    ),
}
