"""Reference values: what a large study found with the same validated wording.

A pack is one dated file in ``questionnaires/reference/``. A line is drawn from it only beside a
score that was computed from the very wording of the study; a question of one's own has no national
average. Studies are repeated, so each pack says until when it is current.
"""

from datetime import date

from pydantic import Field, model_validator

from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.questionnaire import IsoDay, QuestionnaireId
from survey_app.domain.text import Definition, Text


class ReferenceValue(Definition):
    """One figure: which statistic, its value, of how many people of which age, and where."""

    statistic: Text
    value: float
    n: int = Field(ge=1)
    ages: tuple[int, int]
    population: Text


class ReferencePack(Definition):
    """The figures of one study about one instrument.

    `instrument` is the id of the questionnaire with the same wording. `doi` or `source` says where
    the figures can be looked up.
    """

    id: QuestionnaireId
    instrument: QuestionnaireId
    title: Text
    values: tuple[ReferenceValue, ...] = Field(min_length=1)
    source: str
    doi: str | None = None
    licence: str
    valid_until: IsoDay

    @model_validator(mode="after")
    def _has_a_day(self) -> "ReferencePack":
        try:
            date.fromisoformat(self.valid_until)
        except ValueError:
            refuse([Fault(Message(NO_SUCH_DAY, {"day": self.valid_until}), ("valid_until",))])
        return self

    def is_current(self, today: date) -> bool:
        """Return whether the figures may still be shown."""
        return today <= date.fromisoformat(self.valid_until)


NO_SUCH_DAY = N_("den Tag %(day)s gibt es nicht. Schreib Jahr, Monat und Tag: 2026-12-31")
