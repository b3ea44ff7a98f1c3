"""The parts of a roll-up: rest of the district, change, conferences, money, next steps.

1. A municipality stands beside the rest with both intervals; whether they overlap is said, which is
   better is not. A rest that is too small, dominated or on other steps is a sentence.
2. What changed is summed by design and question: then and now with d_av, two groups with a
   difference; one measure is no sum, one institution neither; what is withheld keeps its line.
3. The interval of a sum is wider than that of strangers: who sat together answers alike.
4. Conferences are compared with the first; one alone is no trend.
5. Money is summed by funder and by year; what nobody said is not zero euros.
6. Next steps are what was decided and promised, by day; what is done or declined is none.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from survey_app.domain.commitment import Commitment, Status
from survey_app.domain.comparison import Linkage
from survey_app.domain.disclosure import DisclosurePolicy, Reason, Withheld
from survey_app.domain.ledger import Ledger
from survey_app.domain.master_data import Consequence, Costs, Decision, Funding, MasterData
from survey_app.domain.measure import Measure
from survey_app.domain.response import Answers
from survey_app.domain.roll_up_change import ONE_INSTITUTION, ONE_MEASURE, Pooled, pooled_changes
from survey_app.domain.roll_up_core import core_lines
from survey_app.domain.roll_up_money import money_of
from survey_app.domain.roll_up_rest import NO_REST, Rest, RestOfDistrict, rest_of_district
from survey_app.domain.roll_up_steps import steps_of
from survey_app.domain.roll_up_trend import trend_of
from survey_app.domain.rollup import Part, RolledUp, rest_of, roll_up
from survey_app.domain.scope import Scope
from survey_app.domain.standards import Judged
from tests.support_sheets import SOMMERCAMP, YOUNG, counted, questionnaire, result

POLICY = DisclosurePolicy()
FORM = questionnaire(YOUNG)
HERE = Scope(SOMMERCAMP.ends_on.year, municipality=SOMMERCAMP.municipality.id)

BACK = """
id: rueckblick
version: 1.0.0
audience: young_people
languages: [de]
title: Vorher und jetzt
minutes: 2
licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}
sections:
  - id: s
    questions:
      - {id: q, kind: then_now, scale: agreement, text: Wie ist es?,
         then: Früher, now: Jetzt, items: [{id: a, text: Ich kenne Hilfe.}]}
"""
MEETING = """
id: netzwerktreffen
version: 1.0.0
audience: professionals
languages: [de]
title: Treffen
minutes: 2
licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}
sections:
  - id: s
    questions:
      - {id: n1, kind: rating, scale: agreement, core: N1, text: Das Thema war wichtig.}
"""


def measure(number: int, **changes: object) -> Measure:
    """Return a measure at an institution of its own."""
    site = replace(SOMMERCAMP.site, id=number) if SOMMERCAMP.site else None
    own = {"id": number, "title": f"Maßnahme {number}", "site": site}
    return replace(SOMMERCAMP, **(own | changes))  # type: ignore[arg-type]


def answers(yes: int, no: int) -> list[Answers]:
    """Return what people say to K1: so many agree, so many do not."""
    return [{"k1": 5}] * yes + [{"k1": 1}] * no


# The rest of the district


def parts_of(groups: list[tuple[int, int]], first: int = 1) -> list[Part]:
    return [
        Part(
            n,
            n,
            counted(FORM, answers(*group)),
            institution=f"site {n}",
            area=1,
            cores={"K1": "k1"},
        )
        for n, group in enumerate(groups, start=first)
    ]


def beside(here: list[tuple[int, int]], there: list[tuple[int, int]]) -> RestOfDistrict:
    """Return a town of some waves beside a rest of others."""
    own, others = parts_of(here), parts_of(there, first=len(here) + 1)
    at = {part.wave: measure(part.wave) for part in (*own, *others)}
    rolled = roll_up("town", own, Ledger(), POLICY)
    assert isinstance(rolled, RolledUp)
    rest = rest_of("rest", [*own, *others], [p.wave for p in own], rolled.admitted.ledger, POLICY)
    asked = {v.core: v for v in FORM.codebook() if v.core}
    lines = tuple(core_lines(HERE, rolled, asked, at))
    found = rest_of_district(HERE, lines, Rest(rest, at))
    assert found is not None
    return found


def test_far_apart_does_not_overlap() -> None:
    """Rule 1."""
    found = beside([(12, 0)] * 4, [(1, 14)] * 4)
    (row,) = found.rows
    assert (row.overlaps, row.why, found.measures, found.answers) == (False, None, 4, 60)
    assert str(found.finding) == (
        "Bei der einen Frage überschneiden sich die Bereiche nicht: Der Unterschied ist größer, als"
        " der Zufall erklärt."
    )


def test_alike_overlaps() -> None:
    """Rule 1."""
    found = beside([(8, 4)] * 4, [(10, 5)] * 4)
    assert [row.overlaps for row in found.rows] == [True]
    assert "kann Zufall sein" in str(found.finding)


def test_several_questions_are_counted() -> None:
    """Rule 1."""
    apart, alike = beside([(12, 0)] * 4, [(1, 14)] * 4), beside([(8, 4)] * 4, [(10, 5)] * 4)

    def said(*of: RestOfDistrict) -> str:
        return str(replace(apart, rows=tuple(row for each in of for row in each.rows)).finding)

    assert said(alike, alike).endswith("alle Bereiche: Die Unterschiede können Zufall sein.")
    assert said(apart, alike).startswith("Bei 1 von 2 Fragen überschneiden sich die Bereiche nicht")
    assert said(apart, alike).endswith("Der Unterschied ist größer, als der Zufall erklärt.")
    assert said(apart, apart).startswith("Bei 2 von 2 Fragen überschneiden sich die Bereiche nicht")
    assert said(apart, apart).endswith("Die Unterschiede sind größer, als der Zufall erklärt.")


def test_nothing_says_which_is_better() -> None:
    """Rule 1."""
    said = f"{beside([(12, 0)] * 4, [(1, 14)] * 4)} {beside([(8, 4)] * 4, [(10, 5)] * 4)}".lower()
    assert [word for word in ("besser", "schlechter", "rang", "platz") if word in said] == []


@pytest.mark.parametrize("there", [[(10, 5)], [(10, 5)] * 2, [(3, 2)] * 3])
def test_too_small_a_rest_is_a_sentence(there: list[tuple[int, int]]) -> None:
    """Rule 1: the limits of a municipality hold for the rest as well."""
    found = beside([(8, 4)] * 4, there)
    said = [found.why, *(row.why for row in found.rows)]
    assert {each.text for each in said if each} == {NO_REST}
    assert found.finding is None


def test_a_dominated_rest_is_a_sentence() -> None:
    """Rule 1."""
    (row,) = beside([(8, 4)] * 4, [(60, 60), (5, 5), (5, 5)]).rows
    expected = Withheld(Reason.DOMINATED, POLICY.dominant_from)
    assert (row.rest, row.why) == (None, expected.message)


# What changed


def judged(number: int, change: list[tuple[int, int]], **changes: object) -> Judged:
    """Return a measure in which people look back: (then, now) of each."""
    form = questionnaire(BACK)
    people: list[Answers] = [{"a__then": then, "a__now": now} for then, now in change]
    return Judged(measure(number, **changes), (result(form, people, number=number),), ())


SOME = [
    (2, 4),
    (3, 4),
    (1, 3),
    (2, 2),
    (3, 5),
    (2, 3),
    (4, 4),
    (1, 2),
    (3, 4),
    (2, 4),
    (2, 3),
    (3, 3),
]


def only(*measures: Judged) -> Pooled:
    (found,) = pooled_changes(measures, POLICY)
    return found


def test_looking_back_is_summed() -> None:
    """Rule 2: twice the same twelve people have the same mean."""
    found = only(judged(1, SOME), judged(2, SOME))
    assert (found.linkage, found.shown, found.why) == (Linkage.LOOKING_BACK, 2, None)
    single, together = found.lines[0].change, found.together
    assert single is not None
    assert together is not None
    mean = sum(now - then for then, now in SOME) / len(SOME)
    assert together.difference.value == pytest.approx(mean)
    assert together.people == (24, 24)
    assert together.effect is not None
    assert together.effect.d_av is not None
    assert together.effect.d_av > 0


def test_one_measure_is_no_sum() -> None:
    """Rule 2."""
    found = only(judged(1, SOME))
    assert found.together is None
    assert found.why is not None
    assert found.why.text == ONE_MEASURE


def test_one_institution_is_no_sum() -> None:
    """Rule 2."""
    site = SOMMERCAMP.site
    found = only(judged(1, SOME, site=site), judged(2, SOME, site=site))
    assert found.together is None
    assert found.why is not None
    assert found.why.text == ONE_INSTITUTION


def test_what_is_withheld_keeps_its_line() -> None:
    """Rule 2."""
    found = only(judged(1, SOME), judged(2, SOME), judged(3, SOME[:3]))
    assert [line.change is None for line in found.lines] == [False, False, True]
    assert found.together is not None
    assert found.together.people == (24, 24)


def test_groups_widen_the_interval() -> None:
    """Rule 3: 24 people from two rooms say less than 24 strangers."""
    rooms = only(judged(1, SOME), judged(2, SOME)).together
    strangers = only(judged(1, SOME * 2), judged(2, SOME)).lines[0].change
    assert rooms is not None
    assert strangers is not None
    assert strangers.people == rooms.people
    wide, narrow = (each.difference.high - each.difference.low for each in (rooms, strangers))
    assert wide > narrow


# Conferences


def conference(number: int, yes: int, no: int) -> tuple[Measure, object]:
    people: list[Answers] = [{"n1": 5}] * yes + [{"n1": 1}] * no
    return measure(number), result(questionnaire(MEETING), people, number=number)


@pytest.mark.parametrize(
    ("meetings", "said"),
    [
        ([(10, 10)], "Bisher ist ein Treffen ausgewertet. Ein Verlauf zeigt sich ab zweien."),
        (
            [(2, 18), (19, 1)],
            "Die eine Frage wird beim letzten Treffen klar anders beantwortet als beim ersten.",
        ),
        (
            [(10, 10), (11, 9)],
            "Die eine Frage wird beim letzten Treffen nicht klar anders beantwortet als beim ersten.",
        ),
        (
            [(2, 1), (19, 1)],
            "Vom ersten und vom letzten Treffen ist keine Frage zugleich ausgewiesen.",
        ),
    ],
)
def test_conferences_are_compared_with_the_first(
    meetings: list[tuple[int, int]], said: str
) -> None:
    """Rule 4."""
    found = trend_of(
        conference(number, *each)  # type: ignore[misc]
        for number, each in enumerate(meetings, start=1)
    )
    assert found is not None
    assert str(found.finding) == said


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ((19, 1), "2 von 2 Fragen werden beim letzten Treffen klar anders"),
        ((3, 17), "Beim letzten Treffen unterscheidet sich keine Antwort klar von denen"),
    ],
)
def test_several_questions_of_conferences(last: tuple[int, int], said: str) -> None:
    """Rule 4."""
    found = trend_of([conference(1, 2, 18), conference(2, *last)])  # type: ignore[list-item]
    assert found is not None
    twice = replace(found, variables=found.variables * 2)
    assert str(twice.finding).startswith(said)


def test_no_conference_is_no_trend() -> None:
    """Rule 4."""
    assert trend_of(()) is None


# Money and steps


def paid(number: int, year: int, **costs: object) -> Measure:
    day = date(year, 5, 1)
    master = MasterData(costs=Costs(**costs))  # type: ignore[arg-type]
    return measure(number, starts_on=day, ends_on=day, master=master)


def test_money_by_funder_and_year() -> None:
    """Rule 5."""
    kasse, land = Funding(funder="Kasse", cents=60_00), Funding(funder="Amt")
    found = money_of(
        Scope(2026),
        [
            paid(1, 2026, planned=100_00, actual=90_00, funding=(kasse, land)),
            paid(2, 2026, planned=50_00, funding=(kasse,)),
            paid(3, 2025, actual=40_00),
            paid(4, 2027, actual=1_00),
        ],
    )
    year = found.this_year
    assert (year.planned.cents, year.actual.cents, year.actual.measures) == (150_00, 90_00, 1)
    funders = [
        (each.name, each.given.cents, each.given.measures, each.measures, each.planned.cents)
        for each in found.funders
    ]
    assert funders == [("Amt", 0, 0, 1, 100_00), ("Kasse", 120_00, 2, 2, 150_00)]
    assert [(each.year, each.actual.cents) for each in found.years] == [
        (2025, 40_00),
        (2026, 90_00),
    ]
    assert not money_of(Scope(2024), []).is_known


def test_steps_by_day() -> None:
    """Rule 6."""
    day = date(2026, 5, 1)
    decided = Consequence(decision=Decision.ADAPT, reason="Früher anfangen.", due_on=day)
    one = measure(1, master=MasterData(consequence=decided))
    said = [
        Commitment(
            id=n,
            network=1,
            measure=1,
            wish="Pausen",
            answer=f"Antwort {n}",
            office="Team",
            status=status,
            decided_on=day,
            due_on=due,
        )
        for n, (status, due) in enumerate(
            [
                (Status.DONE, day),
                (Status.PLANNED, None),
                (Status.STARTED, day - timedelta(days=1)),
                (Status.DECLINED, None),
            ]
        )
    ]
    found = steps_of([one, measure(2)], ((one, tuple(said)),))
    assert [step.what for step in found] == ["Antwort 2", "Früher anfangen.", "Antwort 1"]
    assert [step.is_late(day) for step in found] == [True, False, False]
