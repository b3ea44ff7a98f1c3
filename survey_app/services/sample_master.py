"""What is known about the measures of the sample district beyond their facts: all invented.

Some are complete, most are half, a few say nothing, as it is in the field. Goals are set two weeks
before the measure begins, but for one whose target came when the answers were in already. Days
count from the first day of the measure.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from survey_app.domain.goal import Indicator, NewGoal, Stage
from survey_app.domain.good_practice import Criterion, Rated, Rating
from survey_app.domain.master_data import (
    NOTHING_YET,
    Approach,
    Attendance,
    Consequence,
    Costs,
    Decision,
    FieldOfAction,
    Funding,
    MasterData,
    Occasion,
    Participation,
    ParticipationStage,
    Realisation,
    TargetGroup,
)
from survey_app.domain.measure import NewMeasure, Publication, Topic
from survey_app.domain.parts import Part
from survey_app.services import measures
from survey_app.services.acting import By
from survey_app.storage.database import Database

CORE: Final = "kern-jugend"
FUND: Final = "Beispielkasse"
FOUNDATION: Final = "Beispielstiftung Niederrhein"
GOALS_SET: Final = timedelta(days=14)
ACTOR: Final = "Beispieldaten"

LIKED = NewGoal(
    text="Den Jugendlichen gefällt, was wir zusammen machen.",
    indicator=Indicator(CORE, "k1"),
    target=80,
    stage=Stage.SATISFIED,
)
LEARNED = NewGoal(
    text="Die Jugendlichen nehmen etwas mit, das sie gebrauchen können.",
    indicator=Indicator(CORE, "k3"),
    target=70,
    stage=Stage.KNOWLEDGE,
)
HELP = NewGoal(
    text="Die Jugendlichen wissen, wo sie Hilfe bekommen.",
    indicator=Indicator(CORE, "k8"),
    target=75,
    stage=Stage.KNOWLEDGE,
)
HEARD = NewGoal(
    text="Die Jugendlichen erleben, dass ihre Meinung zählt.",
    indicator=Indicator(CORE, "k5"),
    target=70,
    stage=Stage.SATISFIED,
)


@dataclass(frozen=True)
class SampleMaster:
    """What is known of one measure. `dates` are (days from the first, hours, how many came)."""

    goals: tuple[NewGoal, ...] = ()
    goals_are_late: bool = False
    topics: tuple[Topic, ...] = ()
    ages: tuple[int, int] | None = None
    field: FieldOfAction | None = None
    approach: Approach | None = None
    stage: ParticipationStage | None = None
    decided: str = ""
    dates: tuple[tuple[int, float, int], ...] = ()
    registered: int | None = None
    professionals: int | None = None
    costs: tuple[int | None, int | None, int | None] = (None, None, None)
    funding: tuple[tuple[str, int], ...] = ()
    staff_hours: int | None = None
    realisation: Realisation = NOTHING_YET.realisation
    quality: str = ""
    consequence: Consequence = NOTHING_YET.consequence
    due: int | None = None
    publication: Publication = Publication.DRAFT

    def applied_to(self, new: NewMeasure) -> NewMeasure:
        """Return a measure with what is known of it; costs are given in whole euros."""
        funders = tuple(name for name, _ in self.funding) or new.funders
        return replace(
            new,
            secondary_topics=self.topics,
            publication=self.publication,
            funders=funders,
            master=self._master(new.starts_on),
        )

    def _master(self, first: date) -> MasterData:
        lowest, highest = self.ages or (None, None)
        due_on = None if self.due is None else first + timedelta(days=self.due)
        return MasterData(
            field_of_action=self.field,
            approach=self.approach,
            target_group=TargetGroup(age_from=lowest, age_to=highest),
            participation=Participation(stage=self.stage, decided=self.decided),
            attendance=Attendance(
                occasions=tuple(_occasion(first, *each) for each in self.dates),
                registered=self.registered,
                professionals=self.professionals,
            ),
            costs=self._costs(),
            realisation=self.realisation,
            quality=_rated(self.quality),
            consequence=self.consequence.model_copy(update={"due_on": due_on}),
        )

    def _costs(self) -> Costs:
        planned, actual, own = (None if each is None else each * 100 for each in self.costs)
        return Costs(
            planned=planned,
            actual=actual,
            own_funds=own,
            funding=tuple(Funding(funder=name, cents=euros * 100) for name, euros in self.funding),
            staff_minutes=None if self.staff_hours is None else self.staff_hours * 60,
        )


def _occasion(first: date, days: int, hours: float, attended: int) -> Occasion:
    return Occasion(day=first + timedelta(days=days), minutes=round(hours * 60), attended=attended)


def _rated(steps: str) -> tuple[Rated, ...]:
    """Return the ratings of the criteria in their order; "-" does not apply, "." is not rated."""
    return tuple(
        Rated(criterion=criterion, rating=Rating("na" if step == "-" else step))
        for criterion, step in zip(Criterion, steps, strict=False)
        if step != "."
    )


MASTER = {
    "Sommercamp „Kopf frei“": SampleMaster(
        goals=(LIKED, HELP, replace(HEARD, target=60)),
        topics=(Topic.STRESS, Topic.MOVEMENT),
        ages=(12, 16),
        field=FieldOfAction.STRESS,
        approach=Approach.BEHAVIOUR,
        stage=ParticipationStage.CO_DETERMINATION,
        decided="Das Programm der letzten beiden Tage, die Regeln für Handys, das Abschlussfest.",
        dates=((0, 7, 32), (1, 8, 32), (2, 8, 31), (3, 8, 30), (4, 5, 30)),
        registered=35,
        professionals=7,
        costs=(6200, 5874, 900),
        funding=((FUND, 3500), (FOUNDATION, 1474)),
        staff_hours=186,
        realisation=Realisation(
            partners=("DLRG Kieselbach", "Beratungsstelle Seitenwind"),
            structure="Das Seehaus hatte genug Räume, auch für Gespräche zu zweit.",
            deviations="Am dritten Tag Gewitter: Die Wanderung fiel aus, stattdessen Theater.",
        ),
        quality="33423433-322",
        consequence=Consequence(
            decision=Decision.ADAPT,
            reason="Wieder im nächsten Sommer, mit mehr freier Zeit nach jedem Block.",
            responsible="Jugendhilfe Kieselbach, Team Freizeit",
        ),
        due=240,
        publication=Publication.PUBLISHED,
    ),
    "Projekttag „Echt oder Fake?“": SampleMaster(
        goals=(
            LEARNED,
            NewGoal(
                text="Jede Klasse legt eine eigene Liste guter Quellen an.",
                other="Klassen mit fertiger Liste, gezählt vom Medienteam",
                target=100,
                stage=Stage.BEHAVIOUR,
            ),
        ),
        topics=(Topic.INVOLVEMENT,),
        ages=(13, 14),
        field=FieldOfAction.SEVERAL,
        approach=Approach.BOTH,
        stage=ParticipationStage.INCLUSION,
        decided="Die Schülervertretung hat die sechs Themen ausgesucht.",
        dates=((0, 6, 168),),
        professionals=14,
        costs=(2400, 2518, 400),
        funding=((FUND, 2000),),
        staff_hours=92,
        realisation=Realisation(partners=("Stadtbibliothek Viersen",)),
        quality="3323244323.2",
        consequence=Consequence(
            decision=Decision.CONTINUE,
            reason="Jedes Jahr im November, für den ganzen Jahrgang 8.",
            responsible="Gesamtschule Silbergraben, Medienteam",
        ),
        due=200,
        publication=Publication.APPROVED,
    ),
    "„Stress lass nach“": SampleMaster(
        goals=(replace(HELP, target=80), replace(LIKED, target=75)),
        topics=(Topic.STRESS,),
        ages=(14, 16),
        field=FieldOfAction.STRESS,
        approach=Approach.BEHAVIOUR,
        stage=ParticipationStage.CONSULTATION,
        dates=((0, 4, 28),),
        professionals=6,
        costs=(650, 590, 90),
        funding=((FUND, 500),),
        staff_hours=22,
        quality="3-233-2332-2",
        publication=Publication.CHECKED,
    ),
    "Sprechstunde auf dem Schulhof": SampleMaster(
        goals=(replace(HELP, target=80), replace(LIKED, target=70)),
        approach=Approach.CONDITIONS,
        ages=(10, 16),
        professionals=10,
        costs=(1800, 1740, None),
        funding=((FUND, 1500),),
        realisation=Realisation(deviations="In zwei Wochen fiel der Termin wegen Krankheit aus."),
        consequence=Consequence(
            decision=Decision.ADAPT,
            reason="Umzug in einen ruhigen Raum, dazu ein Termin am Freitag.",
            responsible="Beratungsstelle Seitenwind",
        ),
        due=120,
        publication=Publication.PUBLISHED,
    ),
    "„Dranbleiben“ – Training und Gespräch": SampleMaster(
        goals=(LIKED,),
        goals_are_late=True,
        topics=(Topic.MOVEMENT,),
        ages=(13, 18),
        field=FieldOfAction.MOVEMENT,
        stage=ParticipationStage.PARTIAL_DECISION,
        costs=(980, None, None),
        publication=Publication.PUBLISHED,
    ),
    "Offene Küche": SampleMaster(
        goals=(replace(HEARD, target=75),),
        topics=(Topic.NUTRITION,),
        field=FieldOfAction.NUTRITION,
        stage=ParticipationStage.SELF_ORGANISATION,
        decided="Was gekocht wird, wer eingeladen wird und worüber gesprochen wird.",
        dates=((0, 3, 9), (7, 3, 11), (14, 3, 8), (21, 2.5, 10)),
        costs=(420, 388, 388),
        publication=Publication.PUBLISHED,
    ),
    "Faire Regeln für den Klassenchat": SampleMaster(
        goals=(HEARD,),
        topics=(Topic.VIOLENCE_PREVENTION, Topic.INVOLVEMENT),
        stage=ParticipationStage.DECISION,
        decided="Die Regeln selbst, und was geschieht, wenn sich jemand nicht daran hält.",
        publication=Publication.PUBLISHED,
    ),
    "Projektwoche „Kopf hoch“": SampleMaster(
        goals=(HELP, LIKED, LEARNED),
        topics=(Topic.MENTAL_HEALTH,),
        ages=(12, 19),
        field=FieldOfAction.STRESS,
        approach=Approach.BOTH,
        dates=((0, 5, 110), (1, 5, 112), (2, 5, 109), (3, 5, 108), (4, 5, 111)),
        professionals=15,
        costs=(5400, 5122, 1000),
        funding=((FUND, 3000), (FOUNDATION, 1122)),
        staff_hours=240,
        publication=Publication.PUBLISHED,
    ),
    "„Durchatmen“ – Workshop für die Klassen 7": SampleMaster(
        goals=(LIKED, HELP),
        topics=(Topic.STRESS,),
        ages=(12, 13),
        field=FieldOfAction.STRESS,
        approach=Approach.BEHAVIOUR,
        costs=(540, None, 60),
        funding=((FUND, 480),),
    ),
    "Theater „Kommentarspalte“": SampleMaster(
        goals=(LEARNED,),
        topics=(Topic.VIOLENCE_PREVENTION,),
        stage=ParticipationStage.CO_DETERMINATION,
        costs=(1500, None, None),
        funding=((FUND, 1200),),
    ),
}


def say_what_is_known(database: Database, network: int, number: int, planned: NewMeasure) -> None:
    """Fill in the parts of a measure, and set its goals before anybody is asked."""
    sample = MASTER.get(planned.title)
    if sample is None:
        return
    by = By(ACTOR, planned.starts_on - GOALS_SET)
    measures.change_measure(database, network, number, Part.BASICS, sample.applied_to, by)
    if not sample.goals_are_late:
        measures.set_goals(database, network, number, sample.goals, by)


def set_late_goals(
    database: Database, network: int, number: int, planned: NewMeasure, today: date
) -> None:
    """Set the goals that somebody thought of only when the answers were in."""
    sample = MASTER.get(planned.title)
    if sample is not None and sample.goals_are_late:
        measures.set_goals(database, network, number, sample.goals, By(ACTOR, today))
