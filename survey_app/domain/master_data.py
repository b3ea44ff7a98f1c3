"""What is known about a measure beyond its seven needed facts (EVALUATION.md 2.2).

Nothing here is needed: a youth worker fills in what is there when it is there, part by part, and a
part that is empty says so instead of inventing a zero. An unknown number is None. Money is cents,
time is minutes (amounts.py).

Attendance is counted per date, by head and nothing else. Who came is not recorded, and neither is
gender: of a group of twelve, "divers: 1" is a person.

The whole of it is stored as one document beside the columns that lists are filtered by.
"""

from datetime import date
from enum import IntEnum, StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from survey_app.domain.amounts import MOST_CENTS, MOST_HOURS
from survey_app.domain.good_practice import Criterion, Rated, Rating
from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.text import Definition

MOST_OCCASIONS = 60
MOST_FUNDERS = 12
OLDEST = 99

Line = Annotated[str, StringConstraints(max_length=200)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Note = Annotated[str, StringConstraints(max_length=1000)]
Count = Annotated[int, Field(ge=0, le=100_000)]
Cents = Annotated[int, Field(ge=0, le=MOST_CENTS)]
Minutes = Annotated[int, Field(ge=0, le=MOST_HOURS * 60)]
Age = Annotated[int, Field(ge=0, le=OLDEST)]


class FieldOfAction(StrEnum):
    """The field of action of the GKV guide to prevention that a measure belongs to."""

    MOVEMENT = "movement"
    NUTRITION = "nutrition"
    STRESS = "stress"
    ADDICTION = "addiction"
    SEVERAL = "several"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return FIELDS_OF_ACTION[self]


class Approach(StrEnum):
    """Whether people or their surroundings are to change."""

    BEHAVIOUR = "behaviour"
    CONDITIONS = "conditions"
    BOTH = "both"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return APPROACHES[self]


class ParticipationStage(IntEnum):
    """The nine stages of participation (Wright, von Unger, Block); from 6 on it really is one."""

    INSTRUMENTALISATION = 1
    INSTRUCTION = 2
    INFORMATION = 3
    CONSULTATION = 4
    INCLUSION = 5
    CO_DETERMINATION = 6
    PARTIAL_DECISION = 7
    DECISION = 8
    SELF_ORGANISATION = 9

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return PARTICIPATION_STAGES[self]


class Decision(StrEnum):
    """What becomes of a measure after its evaluation."""

    CONTINUE = "continue"
    ADAPT = "adapt"
    END = "end"
    TRANSFER = "transfer"

    @property
    def label(self) -> str:
        """Return the German word, to be translated."""
        return DECISIONS[self]


class TargetGroup(Definition):
    """Whom a measure is for: an age from – to, and who needs it most."""

    age_from: Age | None = None
    age_to: Age | None = None
    special_need: Line = ""

    @model_validator(mode="after")
    def _ages_are_in_order(self) -> "TargetGroup":
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            refuse([Fault(Message(AGES_TURNED), ("age_to",))])
        return self


class Participation(Definition):
    """How much young people had to say, and what they decided."""

    stage: ParticipationStage | None = None
    decided: Note = ""


class Occasion(Definition):
    """One date: how long it was, how many came."""

    day: date
    minutes: Minutes | None = None
    attended: Count | None = None


class Attendance(Definition):
    """The dates, how many registered, how many professionals carried it out.

    How many were invited and how many took part are facts of the measure itself.
    """

    occasions: tuple[Occasion, ...] = Field(default=(), max_length=MOST_OCCASIONS)
    registered: Count | None = None
    professionals: Count | None = None

    @property
    def minutes(self) -> int | None:
        """Return how long all dates were together, if that is known of any."""
        known = [each.minutes for each in self.occasions if each.minutes is not None]
        return sum(known) if known else None

    @property
    def contact_minutes(self) -> int | None:
        """Return minutes times people who came; None unless both are known of every date."""
        known = [(each.minutes, each.attended) for each in self.occasions]
        if not known or any(minutes is None or came is None for minutes, came in known):
            return None
        return sum((minutes or 0) * (came or 0) for minutes, came in known)


class Funding(Definition):
    """Who funds it, and with how much, if that is known."""

    funder: Name
    cents: Cents | None = None


class Costs(Definition):
    """What was planned and spent, and where it came from."""

    planned: Cents | None = None
    actual: Cents | None = None
    own_funds: Cents | None = None
    funding: tuple[Funding, ...] = Field(default=(), max_length=MOST_FUNDERS)
    staff_minutes: Minutes | None = None

    @property
    def funded(self) -> int | None:
        """Return the sum of all funding that is known, without own funds."""
        known = [each.cents for each in self.funding if each.cents is not None]
        return sum(known) if known else None


class Realisation(Definition):
    """With whom, under which conditions, and what went otherwise than planned."""

    partners: tuple[Name, ...] = Field(default=(), max_length=20)
    structure: Note = ""
    deviations: Note = ""


class Consequence(Definition):
    """What follows: a decision, who sees to it, until when."""

    decision: Decision | None = None
    reason: Note = ""
    responsible: Line = ""
    due_on: date | None = None


class MasterData(Definition):
    """All that is not needed and may follow."""

    carried_out_by: Line = ""
    field_of_action: FieldOfAction | None = None
    approach: Approach | None = None
    target_group: TargetGroup = TargetGroup()
    participation: Participation = Participation()
    attendance: Attendance = Attendance()
    costs: Costs = Costs()
    realisation: Realisation = Realisation()
    quality: tuple[Rated, ...] = ()
    consequence: Consequence = Consequence()

    def rating_of(self, criterion: Criterion) -> Rating | None:
        """Return how a criterion was judged, if it was."""
        return next((each.rating for each in self.quality if each.criterion is criterion), None)

    def for_a_copy(self) -> "MasterData":
        """Return what a measure that is held again begins with: the plan, without what came of it.

        Dates, numbers of people, costs that were paid, hours that were worked, what went otherwise
        and what was decided belong to the first time.
        """
        costs = self.costs.model_copy(update={"actual": None, "staff_minutes": None})
        realisation = self.realisation.model_copy(update={"deviations": ""})
        return self.model_copy(
            update={
                "attendance": Attendance(),
                "costs": costs,
                "realisation": realisation,
                "consequence": Consequence(),
            }
        )


NOTHING_YET = MasterData()
FIELDS_OF_ACTION = {
    FieldOfAction.MOVEMENT: N_("Bewegungsgewohnheiten"),
    FieldOfAction.NUTRITION: N_("Ernährung"),
    FieldOfAction.STRESS: N_("Stress- und Ressourcenmanagement"),
    FieldOfAction.ADDICTION: N_("Suchtmittelkonsum"),
    FieldOfAction.SEVERAL: N_("Mehrere Handlungsfelder"),
}
APPROACHES = {
    Approach.BEHAVIOUR: N_("Verhalten: Einzelne lernen etwas"),
    Approach.CONDITIONS: N_("Verhältnisse: der Ort ändert sich"),
    Approach.BOTH: N_("beides"),
}
PARTICIPATION_STAGES = {
    ParticipationStage.INSTRUMENTALISATION: N_("Instrumentalisierung"),
    ParticipationStage.INSTRUCTION: N_("Anweisung"),
    ParticipationStage.INFORMATION: N_("Information"),
    ParticipationStage.CONSULTATION: N_("Anhörung"),
    ParticipationStage.INCLUSION: N_("Einbeziehung"),
    ParticipationStage.CO_DETERMINATION: N_("Mitbestimmung"),
    ParticipationStage.PARTIAL_DECISION: N_("Teilweise Entscheidungskompetenz"),
    ParticipationStage.DECISION: N_("Entscheidungsmacht"),
    ParticipationStage.SELF_ORGANISATION: N_("Selbstorganisation"),
}
DECISIONS = {
    Decision.CONTINUE: N_("fortführen"),
    Decision.ADAPT: N_("anpassen"),
    Decision.END: N_("beenden"),
    Decision.TRANSFER: N_("auf andere übertragen"),
}
AGES_TURNED = N_("Das höchste Alter liegt unter dem niedrigsten. Bitte prüfen Sie die beiden.")
