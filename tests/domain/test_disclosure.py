"""Disclosure control: what of a count may leave the platform (ANONYMITY.md, "What is released").

1. A table of fewer people than the smallest block (A 5, B 8, C 10) is withheld whole. *Werkstatt*
   with its four responses is withheld altogether, its size included.
2. B and C: no cell that is not zero is smaller than 3, and none holds everybody (B) or all but two
   (C). Otherwise the whole table is withheld. In a multiple choice, those who did not tick an
   option count as a cell.
3. C below n = 50 is released on its declared coarse scale only; in use, B and C stay on it below
   fifty people per step. The choice depends on n alone; a
   question without a coarse scale waits for 50. What the coarse scale must not show, the full one
   does not show either.
4. Nothing that is withheld says anything about the answers: not its repr, not its fields, not the
   reason. "Too small" and "too large" are one reason.
5. Of B and C only the number of missing answers is known, which n gives away anyway.
6. What is released of one question does not depend on the answers to another.
7. The number of free texts is released from ten responses and three texts on.
8. The limits can be raised and never lowered.
9. Only this module makes a `Released`, and a made one cannot be altered.

That these rules keep the promise – two known answers never reveal a third – is what
test_disclosure_attacked.py proves.
"""

import copy
import dataclasses
import pickle
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from survey_app.domain import disclosure
from survey_app.domain.block import Block, block_of
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.disclosure import (
    FLOOR,
    ClassRule,
    DisclosurePolicy,
    Reason,
    Released,
    ReleasedBlock,
    Withheld,
    release,
    release_block,
)
from survey_app.domain.response import Answers, Code
from survey_app.domain.tabulation import Cell, FrequencyTable, MissingCounts, tabulate
from tests.support import asking, people, refusals, times

A, B, C = Sensitivity.A, Sensitivity.B, Sensitivity.C
POLICY = DisclosurePolicy()
LEAST = DisclosurePolicy(rules=dict(FLOOR))
COARSE: tuple[tuple[Code, ...], ...] = ((1, 2), (3,), (4, 5))


def table(sensitivity: Sensitivity, *counts: int, **more: object) -> FrequencyTable:
    """Return a table with codes 1, 2, … and the given counts."""
    cells = tuple(Cell(code=code, count=count) for code, count in enumerate(counts, start=1))
    made = FrequencyTable(variable="v", sensitivity=sensitivity, cells=cells, base=sum(counts))
    return made.model_copy(update=more)


def halves(sensitivity: Sensitivity, base: int) -> FrequencyTable:
    """Return a table of two large cells that no rule about cells can object to."""
    return table(sensitivity, base // 2, base - base // 2, coarse=((1,), (2,)))


def outcome(made: FrequencyTable) -> Reason | None:
    """Return why `made` is withheld, None if it is released."""
    result = release(made, POLICY)
    return result.reason if isinstance(result, Withheld) else None


# The borders


@pytest.mark.parametrize(("sensitivity", "least"), [(A, 5), (B, 8), (C, 10)])
def test_smallest_block(sensitivity: Sensitivity, least: int) -> None:
    """Rule 1: one person less and the table is withheld."""
    assert isinstance(release(halves(sensitivity, least), POLICY), Released)
    below = release(halves(sensitivity, least - 1), POLICY)
    assert below == Withheld(Reason.SMALL_BLOCK, least)


def test_size_of_a_table_is_what_was_answered_not_what_was_received() -> None:
    """Rule 1: 24 responses, of which 20 refused this question."""
    refused = table(A, 2, 2, missing=MissingCounts(refused=20))
    assert outcome(refused) is Reason.SMALL_BLOCK


@pytest.mark.parametrize(
    ("counts", "released"),
    [
        ((3, 9), True),
        ((2, 10), False),
        ((1, 11), False),
        ((3, 3, 6), True),
        ((0, 3, 9), True),
        ((2, 4, 6), False),
        ((12, 0), False),
    ],
)
@pytest.mark.parametrize("sensitivity", [B, C])
def test_smallest_and_largest_cell(
    counts: tuple[int, ...], released: bool, sensitivity: Sensitivity
) -> None:
    """Rule 2: zero is allowed, one and two are not, and neither is everybody."""
    coarse = tuple((code,) for code in range(1, len(counts) + 1))
    found = outcome(table(sensitivity, *counts, coarse=coarse))
    assert found is (None if released else Reason.SMALL_CELL)


@pytest.mark.parametrize("counts", [(1, 11), (12, 0), (2, 10)])
def test_feedback_has_no_rule_about_cells(counts: tuple[int, ...]) -> None:
    """Rule 2: one of twelve may say that it was boring."""
    assert outcome(table(A, *counts)) is None


@pytest.mark.parametrize(
    ("sensitivity", "largest", "released"),
    [(B, 59, True), (B, 60, False), (C, 57, True), (C, 58, False)],
)
def test_largest_cell_on_its_own(
    sensitivity: Sensitivity, largest: int, released: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule 2: n - 1 and n - 3, where the smallest cell is not already in the way."""
    lenient = {s: rule.model_copy(update={"smallest_cell": 0}) for s, rule in FLOOR.items()}
    policy = DisclosurePolicy.model_construct(rules=lenient)
    made = table(sensitivity, largest, 60 - largest)
    assert isinstance(release(made, policy), Released) is released


@pytest.mark.parametrize(
    ("ticked", "released"),
    [((6, 6), True), ((3, 9), True), ((2, 6), False), ((10, 6), False), ((0, 6), False)],
)
def test_who_did_not_tick_is_a_cell_too(ticked: tuple[int, ...], released: bool) -> None:
    """Rule 2: twelve people; ten ticks leave two who are named by not ticking."""
    made = table(B, *ticked, multiple=True, base=12)
    assert outcome(made) is (None if released else Reason.SMALL_CELL)


def test_whole_table_is_withheld_not_the_cell() -> None:
    """Rule 2: 9, • and 8 of 18 would say that • is 1."""
    result = release(table(B, 9, 1, 8), POLICY)
    assert result == Withheld(Reason.SMALL_CELL, 3)


# The coarse scale


@pytest.mark.parametrize(
    ("sensitivity", "base", "coarse"),
    [(C, 49, True), (C, 50, False), (B, 49, False), (A, 5, False)],
)
def test_coarse_scale_below_fifty_for_c_only(
    sensitivity: Sensitivity, base: int, coarse: bool
) -> None:
    """Rule 3, as far as it may be raised from."""
    made = table(sensitivity, 0, 0, 0, base // 2, base - base // 2, coarse=((1, 2), (3, 4), (5,)))
    result = release(made, LEAST)
    assert isinstance(result, Released)
    assert result.coarse is coarse
    codes = ("1+2", "3+4", "5") if coarse else (1, 2, 3, 4, 5)
    assert tuple(cell.code for cell in result.cells) == codes


@pytest.mark.parametrize(
    ("sensitivity", "base", "coarse"),
    [(C, 249, True), (C, 250, False), (B, 249, True), (B, 250, False), (A, 5, False)],
)
def test_full_scale_from_fifty_people_per_step(
    sensitivity: Sensitivity, base: int, coarse: bool
) -> None:
    """Rule 3, as it is in use: five steps need 250 people."""
    made = table(sensitivity, 0, 0, 0, base // 2, base - base // 2, coarse=((1, 2), (3, 4), (5,)))
    result = release(made, POLICY)
    assert isinstance(result, Released)
    assert result.coarse is coarse


def test_b_without_a_coarse_scale_is_released_in_full() -> None:
    """Rule 3: who declared none gets the full scale from the smallest block on."""
    result = release(table(B, 4, 4), POLICY)
    assert isinstance(result, Released)
    assert not result.coarse


@given(st.integers(10, 300), st.data())
def test_scale_depends_on_n_alone(base: int, data: st.DataObject) -> None:
    """Rule 3: whatever was answered, a released table has the scale of its n."""
    cuts = sorted(data.draw(st.lists(st.integers(0, base), min_size=4, max_size=4)))
    counts = [high - low for low, high in zip([0, *cuts], [*cuts, base], strict=True)]
    result = release(table(C, *counts, coarse=COARSE), POLICY)
    if isinstance(result, Released):
        assert result.coarse is (base < 250)


def test_cells_are_judged_on_the_scale_that_is_shown() -> None:
    """Rule 3: a single 1 disappears in "1 or 2"; at fifty it would be printed."""
    small = release(table(C, 1, 4, 5, 5, 5, coarse=COARSE), POLICY)
    assert isinstance(small, Released)
    assert [cell.count for cell in small.cells] == [5, 5, 10]
    large = release(table(C, 1, 4, 15, 15, 15, coarse=COARSE), LEAST)
    assert large == Withheld(Reason.SMALL_CELL, 3)


@pytest.mark.parametrize(("base", "why"), [(49, Reason.SMALL_BLOCK), (50, None)])
def test_without_a_coarse_scale_c_waits_for_fifty(base: int, why: Reason | None) -> None:
    """Rule 3."""
    assert outcome(table(C, base // 2, base - base // 2)) is why


def test_bands_of_a_number_are_its_coarse_scale() -> None:
    """Rule 3: they were fixed before anybody answered."""
    asked = asking("- {id: h, kind: number, maximum: 24, sensitivity: C, text: Stunden?}")
    block = block_of(asked, tabulate(asked, people(h=[2] * 6 + [7] * 6)), {})
    result = release_block(block, POLICY).tables["h"]
    assert isinstance(result, Released)
    shown = {cell.code: cell.count for cell in result.cells}
    assert shown == {"0–4": 6, "5–9": 6, "10–14": 0, "15–19": 0, "20–24": 0}


# A whole block

KERN = asking(
    """
- {id: k1, kind: rating, scale: agreement, core: K1, text: Es war gut.}
- {id: handy, kind: rating, scale: agreement, sensitivity: B, text: Ich lege das Handy weg.}
- {id: allein, kind: rating, scale: agreement, sensitivity: C, text: Ich fühle mich allein.}
- {id: leben, kind: ladder, sensitivity: C, text: Zufrieden?, lowest: nein, highest: ja}
- {id: was, kind: open_text, text: Was sollen wir ändern?}
"""
)


def block(answers: list[Answers], texts: Mapping[str, int] | None = None) -> Block:
    return block_of(KERN, tabulate(KERN, answers), texts or {})


def release_of(answers: list[Answers], texts: Mapping[str, int] | None = None) -> ReleasedBlock:
    return release_block(block(answers, texts), POLICY)


def same_answer(base: int, code: int = 5) -> list[Answers]:
    return people(k1=[code] * base, handy=[code] * base, allein=[code] * base, leben=[code] * base)


def test_werkstatt_with_four_is_withheld() -> None:
    """Rule 1: every table, every text count, and that there were four."""
    released = release_of(same_answer(4), {"was": 4})
    few = Withheld(Reason.SMALL_BLOCK, 5)
    assert released.base == few
    assert released.tables == dict.fromkeys(["k1", "handy", "allein", "leben"], few)
    assert released.texts == {"was": Withheld(Reason.SMALL_BLOCK, 10)}
    assert released.withheld_count == 5
    assert str(few.message) == "Weniger als 5 Antworten: zum Schutz nicht ausgewiesen."


def test_sommercamp_with_thirty_is_released() -> None:
    """Rules 1 to 3."""
    answers = people(
        k1=times({5: 20, 4: 9, 1: 1}),
        handy=times({5: 15, 2: 15}),
        allein=times({1: 14, 2: 2, 4: 11, None: 3}),
        leben=times({8: 28, 2: 2}),
    )
    released = release_of(answers, {"was": 12})
    shown = {
        name: [cell.count for cell in found.cells]
        for name, found in released.tables.items()
        if isinstance(found, Released)
    }
    assert released.base == 30
    assert shown == {"k1": [1, 0, 0, 9, 20], "handy": [15, 0, 15], "allein": [16, 0, 11]}
    assert released.tables["leben"] == Withheld(Reason.SMALL_CELL, 3)
    assert released.texts == {"was": 12}


@pytest.mark.parametrize(
    ("base", "count", "released"), [(10, 3, True), (9, 3, False), (10, 2, False), (10, 0, False)]
)
def test_number_of_texts_needs_ten_responses_and_three_texts(
    base: int, count: int, released: bool
) -> None:
    """Rule 7."""
    found = release_of(same_answer(base), {"was": count}).texts["was"]
    assert found == count if released else isinstance(found, Withheld)


@pytest.mark.parametrize(("sensitivities", "least"), [("A", 5), ("B", 8), ("C", 10), ("CB", 8)])
def test_size_of_a_block_is_known_from_what_the_phone_promised(
    sensitivities: str, least: int
) -> None:
    """Rule 1."""
    asked = asking(
        "\n".join(
            f"- {{id: q{s.lower()}, kind: rating, scale: agreement, sensitivity: {s}, text: Gut.}}"
            for s in sensitivities
        )
    )
    blocks = [block_of(asked, tabulate(asked, [{}] * n), {}) for n in (least - 1, least)]
    below, enough = (release_block(made, POLICY).base for made in blocks)
    assert below == Withheld(Reason.SMALL_BLOCK, least)
    assert enough == least == POLICY.promised_minimum(asked)


# Nothing leaks


def values_in(thing: object) -> Iterator[object]:
    """Yield every single value in nested dataclasses, models, mappings and sequences."""
    if dataclasses.is_dataclass(thing):
        for name in [field.name for field in dataclasses.fields(thing)]:
            yield from values_in(getattr(thing, name))
    elif isinstance(thing, BaseModel):
        yield from values_in(dict(thing))
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            yield key
            yield from values_in(value)
    elif isinstance(thing, list | tuple | set | frozenset):
        for value in thing:
            yield from values_in(value)
    else:
        yield thing


def everything_about(released: ReleasedBlock) -> tuple[object, ...]:
    """Return all that code or a log could get out of a released block."""
    inside = tuple(map(repr, values_in(released)))
    return repr(released), dataclasses.asdict(released), vars(released), inside


@pytest.mark.parametrize("base", [0, 1, 2, 3, 4])
def test_withheld_block_is_the_same_whatever_was_answered(base: int) -> None:
    """Rules 1 and 4: nor does it tell one from four, or four texts from none."""
    nobody = everything_about(release_of([]))
    assert everything_about(release_of(same_answer(base, 1), {"was": base})) == nobody
    assert everything_about(release_of(same_answer(base, 5))) == nobody


def test_withheld_block_holds_no_number_but_limits() -> None:
    """Rule 4: the data has a four in every place; the walk would find it."""
    found = {v for v in values_in(release_of(same_answer(4), {"was": 4})) if type(v) is int}
    assert found == {5, 10}
    assert 4 in set(values_in(block(same_answer(4), {"was": 4})))


def test_withheld_table_is_the_same_whatever_was_answered() -> None:
    """Rule 4: one lonely answer, two, everybody the same, and on either side."""
    answers = [(1, 11), (11, 1), (2, 10), (12, 0), (0, 12)]
    found = {repr(release(table(B, *counts), POLICY)) for counts in answers}
    assert found == {repr(Withheld(Reason.SMALL_CELL, 3))}


def test_reason_is_a_sentence_without_a_count() -> None:
    """Rule 4."""
    found = {reason: str(Withheld(reason, 3).message) for reason in Reason}
    assert found == {
        Reason.SMALL_BLOCK: "Weniger als 3 Antworten: zum Schutz nicht ausgewiesen.",
        Reason.SMALL_CELL: (
            "Einzelne Antworten kamen von weniger als 3 Personen oder von fast allen: zum Schutz"
            " nicht ausgewiesen."
        ),
        Reason.NOT_REVIEWED: "Die Texte sind noch nicht geprüft.",
        Reason.SMALL_GROUP: (
            "Mindestens eine der Gruppen hat weniger als 3 Antworten: zum Schutz wird hier nicht"
            " nach Gruppen unterschieden."
        ),
        Reason.POOLED: (
            "Diese Antworten stehen schon zusammen mit anderen in einer Gesamtauswertung. Einzeln"
            " ausgewiesen ließen sich dort weniger als 3 herausrechnen."
        ),
        Reason.DOMINATED: (
            "Mehr als 3 % der Antworten kommen aus einer einzigen Einrichtung: Das wäre ihr"
            " Ergebnis. Ausgewiesen wird es, wenn sie zustimmt."
        ),
        Reason.ONE_BREAKDOWN: (
            "Unterschieden wird nur nach einer Frage: Zwei zusammen ergäben zu kleine Gruppen."
        ),
        Reason.SENSITIVE_GROUPS: (
            "Nach einer persönlichen Frage wird nicht unterschieden: Schon die Größe der Gruppen"
            " wäre eine Auskunft."
        ),
        Reason.CHANGE: (
            "Neben „damals“ und „jetzt“ steht bei persönlichen Fragen nicht, wie viele sich"
            " verändert haben: Zusammen verriete es die Antworten kleiner Gruppen."
        ),
        Reason.SCORE: (
            "Ein Skalenwert und die Antworten, aus denen er besteht, stehen bei persönlichen Fragen"
            " nicht nebeneinander: Zusammen verrieten sie die Antworten kleiner Gruppen."
        ),
    }


@pytest.mark.parametrize("sensitivity", [A, B, C])
def test_reasons_for_missing_answers_are_known_for_feedback_only(sensitivity: Sensitivity) -> None:
    """Rule 5."""
    missing = MissingCounts(unanswered=2, refused=1, filtered=4)
    result = release(halves(sensitivity, 20).model_copy(update={"missing": missing}), POLICY)
    assert isinstance(result, Released)
    assert result.missing == (missing if sensitivity is A else None)
    assert result.missing_total == 7


ANSWERS = st.lists(
    st.fixed_dictionaries(
        {"k1": st.integers(1, 5)},
        optional={
            "handy": st.integers(1, 5),
            "allein": st.integers(1, 5),
            "leben": st.integers(0, 10),
        },
    ),
    max_size=40,
)


@given(ANSWERS)
@settings(max_examples=60)
def test_released_of_one_question_is_silent_about_the_others(answers: list[Answers]) -> None:
    """Rule 6: take every sensitive answer away, and the feedback stays as it is."""
    full, bare = release_of(answers), release_of([{"k1": row["k1"]} for row in answers])
    assert (full.base, full.tables["k1"], full.texts) == (bare.base, bare.tables["k1"], bare.texts)


@given(ANSWERS, st.data())
@settings(max_examples=60)
def test_released_does_not_know_who_answered_what_together(
    answers: list[Answers], data: st.DataObject
) -> None:
    """Rule 6: exchange the answers to each question among all people, and nothing changes."""
    names = ["k1", "handy", "allein", "leben"]
    columns = {
        name: data.draw(st.permutations([row.get(name) for row in answers])) for name in names
    }
    assert release_of(people(**columns)) == release_of(answers)


# The policy


RAISED = [(s, name, value) for s, rule in FLOOR.items() for name, value in rule]


@pytest.mark.parametrize(("sensitivity", "name", "floor"), RAISED)
def test_limit_can_be_raised_and_never_lowered(
    sensitivity: Sensitivity, name: str, floor: int
) -> None:
    """Rule 8."""
    rule = FLOOR[sensitivity]
    raised = DisclosurePolicy(rules={sensitivity: rule.model_copy(update={name: floor + 1})})
    assert getattr(raised.rule(sensitivity), name) == floor + 1
    with pytest.raises(ValidationError) as refused:
        DisclosurePolicy(rules={sensitivity: rule.model_copy(update={name: floor - 1})})
    assert refusals(refused) == [
        (
            f"rules.{sensitivity}.{name}",
            f"{name} darf nicht kleiner sein als {floor}. Erhöhen ist erlaubt, senken nicht",
        )
    ]


@pytest.mark.parametrize(
    ("name", "floor"),
    [("text_block", 10), ("text_count", 3), ("mean_from", 10), ("percent_from", 20)],
)
def test_single_limit_can_be_raised_and_never_lowered(name: str, floor: int) -> None:
    """Rule 8."""
    assert getattr(DisclosurePolicy.model_validate({name: floor + 1}), name) == floor + 1
    with pytest.raises(ValidationError, match=f"greater than or equal to {floor}"):
        DisclosurePolicy.model_validate({name: floor - 1})


def test_rule_that_is_not_named_keeps_its_floor() -> None:
    """Rule 8."""
    raised = DisclosurePolicy(
        rules={C: ClassRule(**FLOOR[C].model_dump() | {"smallest_block": 15})}
    )
    assert [raised.rule(s).smallest_block for s in (A, B, C)] == [5, 8, 15]


def test_policy_and_floor_are_frozen() -> None:
    """Rule 8."""
    with pytest.raises(ValidationError, match="frozen"):
        POLICY.text_block = 1
    with pytest.raises(ValidationError, match="frozen"):
        POLICY.rule(A).smallest_block = 1
    with pytest.raises(TypeError):
        FLOOR[A] = ClassRule(smallest_block=1)  # type: ignore[index]


def test_raised_limit_is_applied_and_named() -> None:
    """Rule 8."""
    raised = DisclosurePolicy(rules={A: ClassRule(smallest_block=15)})
    assert release(halves(A, 14), raised) == Withheld(Reason.SMALL_BLOCK, 15)


def test_phone_promises_the_least_limit_in_use() -> None:
    """Rule 8."""
    sensitive = asking("- {id: w, kind: rating, scale: agreement, sensitivity: C, text: Allein.}")
    assert POLICY.promised_minimum(KERN) == 5
    assert POLICY.promised_minimum(sensitive) == 10


# The seal


def released_table() -> Released:
    result = release(halves(A, 20), POLICY)
    assert isinstance(result, Released)
    return result


def test_released_is_made_by_release_alone() -> None:
    """Rule 9."""
    fields = vars(released_table())
    for seal in (None, object(), disclosure._Seal()):
        with pytest.raises(TypeError, match=r"only disclosure\.py makes a Released"):
            Released(**fields, seal=seal)
    with pytest.raises(TypeError):
        Released(**fields)


def test_released_cannot_be_altered() -> None:
    """Rule 9: neither in place nor by a copy with other cells; it does not carry its seal."""
    found = released_table()
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.base = 100  # type: ignore[misc]
    with pytest.raises((TypeError, ValueError), match="seal"):
        dataclasses.replace(found, cells=())
    assert disclosure._SEAL not in set(vars(found).values())


def test_released_travels_to_the_process_that_draws() -> None:
    """Rule 9: copying and pickling keep it as it is."""
    found = released_table()
    assert copy.copy(found) == pickle.loads(pickle.dumps(found)) == found
