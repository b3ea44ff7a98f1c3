"""A roll-up as JSON: the parts that compare and add up, each against the schema.

1. A municipality has its rest of the district, with both sides' numbers, or why there is none.
2. A topic has what changed, by design: shares in points, means on their scale, d_av only of those
   who look back; the first three questions by measure, what is withheld is null.
3. Money nobody spoke of is null and not zero cents.
4. Next steps are those of the page: a network shows none.
5. Every document is one by the schema.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import jsonschema
import pytest

from survey_app.domain.ledger import Ledger
from survey_app.domain.master_data import Consequence, Costs, Decision, Funding, MasterData
from survey_app.domain.measure import Measure
from survey_app.domain.messages import Message
from survey_app.domain.roll_up_core import NOTHING_YET
from survey_app.domain.roll_up_report import Known, RollUpReport, report_of
from survey_app.domain.roll_up_rest import NO_REST, Rest
from survey_app.domain.rollup import RolledUp, rest_of, roll_up
from survey_app.domain.scope import Scope
from survey_app.domain.standards import Judged
from survey_app.rendering.rollup_json import SCHEMA_FILE, roll_up_document
from survey_app.services.rolling_up import extract_of
from tests.domain.test_roll_up_change import FIRST, SECOND
from tests.domain.test_roll_up_parts import FORM, HERE, POLICY, SOME, answers, measure, parts_of
from tests.domain.test_roll_up_parts import judged as looked_back
from tests.rendering.paper import GERMAN
from tests.support_sheets import NETWORK, SOMMERCAMP, result

SCHEMA = jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
DAY = date(2026, 11, 20)
TOPIC = Scope(HERE.year, topic=SOMMERCAMP.topic)


def told(report: RollUpReport) -> dict[str, Any]:
    """Return the document of a report. Rule 5."""
    document = json.loads(roll_up_document(report, extract_of(report, "Probe"), GERMAN))
    SCHEMA.validate(document)
    return dict(document)


def of_town(here: Sequence[tuple[int, int]], there: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Return a municipality whose waves and those of the rest have so many answers."""
    own, others = parts_of(list(here)), parts_of(list(there), first=len(here) + 1)
    at = {part.wave: measure(part.wave) for part in (*own, *others)}
    judged = tuple(
        Judged(at[n], (result(FORM, answers(*group), number=n),), ())
        for n, group in enumerate(here, start=1)
    )
    rolled = roll_up("town", own, Ledger(), POLICY)
    assert isinstance(rolled, RolledUp)
    rest = rest_of("rest", [*own, *others], [p.wave for p in own], rolled.admitted.ledger, POLICY)
    known = Known(NETWORK, (SOMMERCAMP.municipality,), judged, (), rest=Rest(rest, at))
    return told(report_of(HERE, known, rolled, policy=POLICY, as_of=DAY))


def of_topic(*judged: Judged, scope: Scope = TOPIC, **known: Any) -> dict[str, Any]:
    """Return a topic of which no core question was asked."""
    everything = Known(NETWORK, (SOMMERCAMP.municipality,), judged, (), **known)
    report = report_of(scope, everything, Message(NOTHING_YET), policy=POLICY, as_of=DAY)
    return told(report)


def test_the_rest_of_the_district() -> None:
    """Rule 1: 48 of 48 here, 4 of 60 there."""
    found = of_town([(12, 0)] * 4, [(1, 14)] * 4)
    (question,) = found["rest"].pop("questions")
    assert found["rest"].pop("finding").startswith("Bei der einen Frage überschneiden sich")
    assert found["rest"] == {"why": None, "answers": 60, "measures": 4}
    there = question.pop("positive")
    assert question == {"name": "K1", "why": None, "overlaps": False, "base": 60}
    assert (there["count"], there["percent"], there["low"] < 7 < there["high"]) == (4, 7, True)
    (here,) = [each["positive"] for each in found["questions"] if each["status"] == "released"]
    assert (here["count"], here["percent"]) == (48, 100)


def test_too_small_a_rest() -> None:
    """Rule 1."""
    found = of_town([(8, 4)] * 4, [(10, 5)])["rest"]
    assert found == {
        "why": NO_REST,
        "finding": None,
        "answers": None,
        "measures": None,
        "questions": [],
    }


def test_what_is_no_municipality_has_no_rest() -> None:
    """Rule 1."""
    assert of_topic(FIRST)["rest"] is None


def test_shares_before_and_after() -> None:
    """Rule 2: the numbers of test_roll_up_change.py, in whole points."""
    (found,) = of_topic(FIRST, SECOND)["changes"]
    lines = [(each["id"], each["change"]["difference"]) for each in found.pop("by_measure")]
    assert lines[0] == (1, {"value": 55, "low": 22, "high": 74})
    assert found == {
        "name": "m1",
        "question": "Ich erkenne falsche Nachrichten.",
        "design": "unlinked",
        "unit": "percent",
        "measures": 2,
        "why": None,
        "together": {
            "before": 33,
            "after": 75,
            "difference": {"value": 42, "low": 8, "high": 64},
            "d_av": None,
            "people": {"before": 30, "after": 28},
        },
    }


def test_means_of_those_who_look_back() -> None:
    """Rule 2."""
    people = looked_back(1, SOME), looked_back(2, SOME), looked_back(3, SOME[:3])
    (found,) = of_topic(*people)["changes"]
    assert (found["design"], found["unit"], found["measures"]) == ("looking_back", "mean", 2)
    assert [each["change"] is None for each in found["by_measure"]] == [False, False, True]
    together = found["together"]
    assert [together[end] for end in ("before", "after")] == [2.3, 3.4]  # 28/12 and 41/12
    assert together["difference"]["value"] == 1.1
    assert together["d_av"] > 1


def test_one_measure_is_no_sum() -> None:
    """Rule 2: its sheet shows it, and says so."""
    (found,) = of_topic(FIRST)["changes"]
    assert (found["together"], found["by_measure"]) == (None, [])
    assert found["why"].startswith("Erst eine Maßnahme")


def paid(number: int, costs: Costs) -> Measure:
    decided = Consequence(
        decision=Decision.CONTINUE, reason="Jedes Jahr.", due_on=date(2026, 11, 1)
    )
    return measure(number, master=MasterData(costs=costs, consequence=decided))


COSTS = Costs(planned=90_00, funding=(Funding(funder="Kasse", cents=60_00),))


def test_money() -> None:
    """Rule 3."""
    measures = (paid(1, COSTS), paid(2, Costs()))
    found = of_topic(*(Judged(each, (), ()) for each in measures), of_all_years=measures)
    nothing, planned = {"cents": None, "measures": 0}, {"cents": 90_00, "measures": 1}
    given = {"cents": 60_00, "measures": 1}
    sums = {"given": given, "planned": planned, "actual": nothing}
    assert found["money"]["funders"] == [{"name": "Kasse", "measures": 1} | sums]
    (year,) = found["money"]["years"]
    assert (year["year"], year["planned"], year["actual"]) == (HERE.year, planned, nothing)
    assert of_topic(FIRST)["money"] is None


@pytest.mark.parametrize(("scope", "steps"), [(TOPIC, 1), (Scope(HERE.year), 0)])
def test_next_steps(scope: Scope, steps: int) -> None:
    """Rule 4."""
    found = of_topic(Judged(paid(1, COSTS), (), ()), scope=scope)["next_steps"]
    step = {
        "measure": {"id": 1, "title": "Maßnahme 1"},
        "decision": "continue",
        "what": "Jedes Jahr.",
        "who": "",
        "due_on": "2026-11-01",
        "late": True,
    }
    assert found == [step][:steps]
