"""Four measures small enough to be counted by hand: everybody who answered, and what is known.

*Sommercamp*: thirty before and thirty after. *Medienabend*: 24 of 30 look back in one sitting.
*Werkstatt*: twelve of fifteen, counted in people; and once more with four, of whom nothing is said.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from survey_app.domain.commitment import Commitment, Status
from survey_app.domain.goal import Goal, Indicator, Stage
from survey_app.domain.master_data import Attendance, Costs, Funding, MasterData, Occasion
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Answers
from survey_app.domain.sheet import EvaluationSheet, Known, WaveResult, evaluation_sheet
from survey_app.domain.wave import Point
from tests.support_sheets import AS_OF, POLICY, at, questionnaire, result
from tests.support_sheets import SOMMERCAMP as FULL

HEAD = """
version: 1.0.0
audience: young_people
languages: [de]
minutes: 2
licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}
sections:
  - id: s
    questions:
"""
CAMP = (
    "id: camp\ntitle: Wie war’s?"
    + HEAD
    + """
      - {id: k1, kind: rating, scale: agreement, core: K1, text: Es war gut.}
      - {id: k8, kind: rating, scale: agreement, core: K8, text: Ich kenne Hilfe.}
      - {id: mut, kind: ladder, text: Wie sicher bist du?, lowest: gar nicht, highest: ganz}
      - id: weg
        kind: single_choice
        text: Wie bist du gekommen?
        options: [{code: rad, text: mit dem Rad}, {code: bus, text: mit dem Bus}]
"""
)
EVENING = (
    "id: abend\ntitle: Der Abend"
    + HEAD
    + """
      - id: wissen
        kind: then_now
        scale: agreement
        text: Was stimmt für dich?
        then: Vor dem Abend
        now: Jetzt
        items: [{id: w1, text: Ich erkenne Werbung.}]
"""
)
WORKSHOP = (
    "id: werkstatt\ntitle: Selfie"
    + HEAD
    + """
      - {id: k1, kind: rating, scale: agreement, core: K1, text: Es war gut.}
      - {id: k3, kind: rating, scale: agreement, core: K3, text: Ich habe etwas gelernt.}
      - {id: k9, kind: open_text, text: Was war gut?}
"""
)
PRE = (2, 3, 3, 2, 4, 1, 3, 2, 3, 4, 2, 3)
POST = (3, 4, 3, 3, 4, 2, 4, 4, 3, 5, 3, 3)
OWN = {"topic": FULL.topic, "starts_on": date(2026, 10, 26), "funders": (), "site": None}
CAMP_MEASURE = replace(
    FULL, title="Sommercamp", summary="Am See.", participants=40, invited=60, **OWN
)
GOAL = Goal(
    id=1,
    network=1,
    measure=7,
    place=1,
    set_on=date(2026, 10, 1),
    text="Alle kennen Hilfe.",
    indicator=Indicator("camp", "k8"),
    target=70,
    stage=Stage.KNOWLEDGE,
)
COMMITMENT = Commitment(
    id=1,
    network=1,
    measure=7,
    decided_on=date(2026, 11, 16),
    wish="Pausen",
    status=Status.PLANNED,
    answer="Mehr Pausen.",
    office="Team",
    due_on=date(2027, 7, 1),
)
MASTER = MasterData(
    attendance=Attendance(
        occasions=(
            Occasion(day=date(2026, 10, 26), minutes=300, attended=40),
            Occasion(day=date(2026, 10, 27), minutes=240, attended=36),
        ),
        registered=44,
        professionals=3,
    ),
    costs=Costs(
        planned=210000,
        actual=205200,
        funding=(Funding(funder="Stiftung", cents=150000),),
        staff_minutes=45 * 60 + 30,
    ),
)


def people(**columns: Sequence[object]) -> list[Answers]:
    """Return the answers of people, question by question; None is no answer."""
    rows = zip(*columns.values(), strict=True)
    return [
        {name: value for name, value in zip(columns, row, strict=True) if value is not None}  # type: ignore[misc]
        for row in rows
    ]


def sheet(measure: object, *results: WaveResult, known: Known | None = None) -> EvaluationSheet:
    """Return the sheet of a measure."""
    return evaluation_sheet(
        measure,  # type: ignore[arg-type]
        results,
        policy=POLICY,
        as_of=AS_OF,
        recount_days=14,
        known=known,
    )


def form_of(text: str) -> Questionnaire:
    """Return the questionnaire written in YAML."""
    return questionnaire(text)


def camp() -> EvaluationSheet:
    """Return thirty before and thirty after, with a goal, a promise and money."""
    form = form_of(CAMP)
    before = people(
        k1=[1] * 3 + [2] * 7 + [3] * 8 + [4] * 8 + [5] * 4,
        k8=[2] * 12 + [3] * 9 + [4] * 6 + [5] * 3,
        mut=[4] * 15 + [5] * 15,
        weg=["rad"] * 12 + ["bus"] * 18,
    )
    after = people(
        k1=["refused"] * 2 + [2] * 2 + [3] * 5 + [4] * 9 + [5] * 12,
        k8=[3] * 6 + [4] * 12 + [5] * 12,
        mut=[6] * 15 + [8] * 15,
        weg=["rad"] * 15 + ["bus"] * 15,
    )
    return sheet(
        replace(CAMP_MEASURE, master=MASTER),
        at(Point.BEFORE, result(form, before, number=1)),
        at(Point.AFTER, result(form, after, number=2)),
        known=Known(goals=(GOAL,), first_opened=date(2026, 11, 2), commitments=(COMMITMENT,)),
    )


def evening() -> EvaluationSheet:
    """Return 24 of 30 who look back in one sitting; nothing else is known."""
    found = result(form_of(EVENING), people(w1__then=2 * PRE, w1__now=2 * POST))
    measure = replace(CAMP_MEASURE, title="Medienabend", participants=30, invited=None)
    return sheet(measure, found)


def workshop(codes: Sequence[int] = (5,) * 6 + (4,) * 3 + (3,) * 2 + (1,)) -> EvaluationSheet:
    """Return twelve of fifteen, three of whom wrote something; or whoever answered `codes`."""
    texts = ["Alles", "Die Ruhe", "Ihr"] + [None] * (len(codes) - 3)
    lower = [max(1, code - 1) for code in codes]
    found = result(form_of(WORKSHOP), people(k1=codes, k3=lower, k9=texts))
    measure = replace(CAMP_MEASURE, title="Werkstatt", participants=15, invited=None)
    return sheet(measure, found)


def workshop_of_four() -> EvaluationSheet:
    """Return four of fifteen, of whom nothing may be said."""
    return workshop((5, 4, 4, 1))
