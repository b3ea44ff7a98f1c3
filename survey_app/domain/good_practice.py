"""How good the practice is, in the judgement of those who carry it out.

The twelve criteria are those of the Kooperationsverbund Gesundheitliche Chancengleichheit. Each is
put into practice step by step, and not every measure can or must meet all of them: "trifft nicht
zu" is an honest answer and no gap. It stays a judgement of one's own, and is printed as one.
"""

from enum import StrEnum

from survey_app.domain.messages import N_
from survey_app.domain.text import Definition


class Criterion(StrEnum):
    """What good practice consists of, in the order in which it is printed."""

    CONCEPT = "concept"
    TARGET_GROUP = "target_group"
    SETTING = "setting"
    MULTIPLIERS = "multipliers"
    SUSTAINABILITY = "sustainability"
    LOW_THRESHOLD = "low_threshold"
    PARTICIPATION = "participation"
    EMPOWERMENT = "empowerment"
    INTEGRATED_ACTION = "integrated_action"
    QUALITY_MANAGEMENT = "quality_management"
    DOCUMENTATION = "documentation"
    COST_EFFECTIVENESS = "cost_effectiveness"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return CRITERIA[self][0]

    @property
    def question(self) -> str:
        """Return in one German sentence what is judged, to be translated."""
        return CRITERIA[self][1]


class Rating(StrEnum):
    """How far a criterion is met."""

    NOT_YET = "0"
    BEGUN = "1"
    PARTLY = "2"
    LARGELY = "3"
    FULLY = "4"
    NOT_APPLICABLE = "na"

    @property
    def label(self) -> str:
        """Return the German words, to be translated."""
        return RATINGS[self]

    @property
    def step(self) -> int | None:
        """Return the step from 0 to 4; None where the criterion does not apply."""
        return None if self is Rating.NOT_APPLICABLE else int(self.value)


class Rated(Definition):
    """The judgement on one criterion."""

    criterion: Criterion
    rating: Rating


CRITERIA = {
    Criterion.CONCEPT: (
        N_("Konzeption"),
        N_("Gibt es ein Konzept, das Bedarf, Ziele und Vorgehen verbindet?"),
    ),
    Criterion.TARGET_GROUP: (
        N_("Zielgruppenbezug"),
        N_("Ist klar, für wen es ist, und erreicht es die, die es am meisten brauchen?"),
    ),
    Criterion.SETTING: (
        N_("Setting-Ansatz"),
        N_("Verändert es auch den Ort selbst, nicht nur das Verhalten der Einzelnen?"),
    ),
    Criterion.MULTIPLIERS: (
        N_("Multiplikatorenkonzept"),
        N_("Werden Menschen befähigt, die es weitertragen?"),
    ),
    Criterion.SUSTAINABILITY: (
        N_("Nachhaltigkeit"),
        N_("Bleibt etwas, wenn die Förderung endet?"),
    ),
    Criterion.LOW_THRESHOLD: (
        N_("Niedrigschwellige Arbeitsweise"),
        N_("Kann man ohne Hürden mitmachen: kostenlos, nah, ohne Anmeldung?"),
    ),
    Criterion.PARTICIPATION: (
        N_("Partizipation"),
        N_("Bestimmen junge Menschen mit, von der Planung bis zur Auswertung?"),
    ),
    Criterion.EMPOWERMENT: (
        N_("Empowerment"),
        N_("Stärkt es Fähigkeiten, das eigene Leben selbst zu gestalten?"),
    ),
    Criterion.INTEGRATED_ACTION: (
        N_("Integriertes Handlungskonzept und Vernetzung"),
        N_("Ist es mit anderen Angeboten und Stellen vor Ort abgestimmt?"),
    ),
    Criterion.QUALITY_MANAGEMENT: (
        N_("Qualitätsmanagement"),
        N_("Wird unterwegs geprüft, was besser werden kann, und dann geändert?"),
    ),
    Criterion.DOCUMENTATION: (
        N_("Dokumentation und Evaluation"),
        N_("Ist festgehalten, was geschah und was es bewirkt hat?"),
    ),
    Criterion.COST_EFFECTIVENESS: (
        N_("Kosten-Wirksamkeits-Verhältnis"),
        N_("Stehen Aufwand und Nutzen in einem vertretbaren Verhältnis?"),
    ),
}
RATINGS = {
    Rating.NOT_YET: N_("0 – noch nicht"),
    Rating.BEGUN: N_("1 – erste Schritte"),
    Rating.PARTLY: N_("2 – teilweise"),
    Rating.LARGELY: N_("3 – weitgehend"),
    Rating.FULLY: N_("4 – umfassend"),
    Rating.NOT_APPLICABLE: N_("trifft nicht zu"),
}
