"""Breakdowns: by age, gender or role, declared before anybody answers.

1. Everybody is counted once more, in the group of their answer; who gave none is a group too. The
   groups add up to the whole.
2. A block keeps the first declared breakdown whose groups are empty or have ten people at least, and
   no other; so no small group lies in the database. Blocks from before read as they did. It is never
   one by a sensitive question, nor one of a single group.
3. A table is shown by group if each group in it has 10 answers (A) or 30 (B, C), and each passes the
   rules of a table; otherwise by none. So no group is the whole minus the others.
4. All groups are on one scale.
5. Nothing is shown by a question whose own table is withheld, or of a table that is withheld; and
   nobody can tell that from a block that keeps no breakdown.
6. Who also draws conclusions from "not shown by group", and knows two answers, learns no third
   (every world of two groups, listed).
"""

from collections.abc import Sequence

import pytest

from survey_app.domain.block import Block, block_of, to_be_kept
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.disclosure import (
    DisclosurePolicy,
    Reason,
    Released,
    ReleasedBreakdown,
    Withheld,
    release_block,
    release_breakdown,
)
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Answers
from survey_app.domain.tabulation import Breakdown, Cell, FrequencyTable, Group, tabulate
from tests.attack.rules import as_they_are
from tests.attack.two_groups import known_of_two_groups
from tests.support import asking, people, times

A, B, C = Sensitivity.A, Sensitivity.B, Sensitivity.C
POLICY = DisclosurePolicy()

FORM = asking(
    """
- {id: wer, kind: single_choice, breakdown: true, refusal: true, text: Wer bist du?,
   options: [{code: m, text: Mädchen}, {code: j, text: Junge}, {code: d, text: divers}]}
- {id: alter, kind: single_choice, breakdown: true, text: Wie alt?,
   options: [{code: 12, text: 12 oder 13}, {code: 14, text: 14 oder älter}]}
- {id: k1, kind: rating, scale: agreement, core: K1, text: Es war gut.}
- {id: handy, kind: rating, scale: agreement, sensitivity: B, text: Ich lege das Handy weg.}
"""
)


def answers(**groups: int) -> list[Answers]:
    """Return people of some groups, half of each young; half of them found it good."""
    return [
        {
            **({"wer": "refused" if group == "nichts" else group} if group != "leer" else {}),
            "alter": 12 if n % 2 else 14,
            "k1": 5 if n % 4 < 2 else 4,
            "handy": 1 if n % 2 else 5,
        }
        for group, size in groups.items()
        for n in range(size)
    ]


def block(**groups: int) -> Block:
    """Return the block of these groups."""
    return block_of(FORM, tabulate(FORM, answers(**groups)), {})


def sizes(breakdown: Breakdown | None) -> dict[object, int] | None:
    """Return how many people are in each group."""
    return {g.code: g.base for g in breakdown.groups} if breakdown else None


# Counting


def test_who_gave_no_answer_is_a_group_too() -> None:
    """Rule 1: a refusal and an empty answer."""
    counted = tabulate(FORM, answers(m=12, j=11, nichts=2, leer=3))
    by_gender, by_age = counted.breakdowns
    assert (by_gender.variable, sizes(by_gender)) == ("wer", {"m": 12, "j": 11, "d": 0, None: 5})
    assert (by_age.variable, sizes(by_age)) == ("alter", {12: 13, 14: 15, None: 0})


def test_groups_add_up_to_the_whole() -> None:
    """Rule 1: table by table."""
    counted = tabulate(FORM, answers(m=12, j=11, nichts=2))
    for breakdown in counted.breakdowns:
        for place, whole in enumerate(counted.tables):
            first, *others = (group.tables[place] for group in breakdown.groups)
            for table in others:
                first += table
            assert first == whole


def test_pieces_of_breakdowns_add_up() -> None:
    """Rule 1: as waves are counted in pieces."""
    everybody = answers(m=12, j=11, nichts=2)
    one, other = tabulate(FORM, everybody[:9]), tabulate(FORM, everybody[9:])
    assert one + other == tabulate(FORM, everybody)


# What a block keeps


@pytest.mark.parametrize(
    ("groups", "kept"),
    [
        ({"m": 12, "j": 11}, "wer"),
        ({"m": 10, "j": 10, "nichts": 10}, "wer"),
        ({"m": 12, "j": 11, "d": 1}, "alter"),
        ({"m": 12, "j": 11, "nichts": 1}, "alter"),
        ({"m": 9, "j": 9}, None),
        ({"m": 20}, "alter"),
        ({"m": 10, "nichts": 10}, "wer"),
    ],
)
def test_a_block_keeps_large_groups_only(groups: dict[str, int], kept: str | None) -> None:
    """Rule 2: one who says "divers", or nothing, is nobody's table."""
    breakdown = block(**groups).breakdown
    assert (breakdown.variable if breakdown else None) == kept


def test_without_a_declared_breakdown_there_is_none() -> None:
    """Rule 2."""
    form = asking("- {id: k1, kind: rating, scale: agreement, text: Es war gut.}")
    counted = tabulate(form, people(k1=times({5: 40})))
    assert counted.breakdowns == ()
    assert block_of(form, counted, {}).breakdown is None
    assert to_be_kept([]) is None


def test_a_block_with_groups_reads_back_and_so_does_an_old_one() -> None:
    """Rule 2."""
    new = block(m=12, j=11)
    assert Block.model_validate_json(new.model_dump_json()) == new
    old = new.model_dump(mode="json", exclude={"breakdown"})
    assert Block.model_validate_json(
        Block(**new.model_dump(exclude={"breakdown"})).model_dump_json(exclude={"breakdown"})
    ) == new.model_copy(update={"breakdown": None})
    assert "breakdown" not in old


# What is shown


NONE = Withheld(Reason.SMALL_GROUP, 10)


def shown(block: Block) -> ReleasedBreakdown:
    """Return the breakdown of a block that keeps one."""
    found = release_block(block, POLICY).breakdown
    assert isinstance(found, ReleasedBreakdown)
    return found


def reasons(block: Block) -> dict[str, Reason | None]:
    """Return why each table is not shown by group; None where it is."""
    return {
        name: groups.reason if isinstance(groups, Withheld) else None
        for name, groups in shown(block).tables.items()
    }


@pytest.mark.parametrize(
    ("groups", "k1", "handy"),
    [
        ({"m": 30, "j": 30}, None, None),
        ({"m": 30, "j": 29}, None, Reason.SMALL_GROUP),
        ({"m": 60, "j": 60, "nichts": 10}, None, Reason.SMALL_GROUP),
        ({"m": 60, "j": 60, "nichts": 30}, None, None),
        ({"m": 10, "j": 10}, None, Reason.SMALL_GROUP),
    ],
)
def test_ten_for_feedback_and_thirty_for_the_rest(
    groups: dict[str, int], k1: Reason | None, handy: Reason | None
) -> None:
    """Rule 3: who said nothing counts like any other group."""
    assert reasons(block(**groups)) == {"alter": None, "k1": k1, "handy": handy}


def test_the_number_of_answers_counts_not_of_people() -> None:
    """Rule 3: ten boys of whom one left the question out."""
    left_out = [{**each} for each in answers(m=20, j=10)]
    del left_out[-1]["k1"]
    found = shown(block_of(FORM, tabulate(FORM, left_out), {})).tables["k1"]
    assert found == Withheld(Reason.SMALL_GROUP, 10)


def test_groups_are_shown_with_their_tables() -> None:
    """Rule 3."""
    groups = shown(block(m=32, j=40)).tables["handy"]
    assert not isinstance(groups, Withheld)
    found = {code: [cell.count for cell in table.cells] for code, table in groups}
    assert found == {"m": [16, 0, 16], "j": [20, 0, 20]}


def made(wholes: Sequence[Sequence[Sequence[int]]], sensitivity: Sensitivity = B) -> Block:
    """Return a block of groups a, b, … with a question whose counts are given by group."""
    codes = [chr(ord("a") + n) for n in range(len(wholes[0]))]
    tables = [
        [_table(f"q{q}", counts, sensitivity) for q, counts in enumerate(group_counts)]
        for group_counts in zip(*wholes, strict=True)
    ]
    by = FrequencyTable(
        variable="by",
        sensitivity=A,
        cells=tuple(
            Cell(code=code, count=own[0].base) for code, own in zip(codes, tables, strict=True)
        ),
        base=sum(own[0].base for own in tables),
    )
    return Block(
        questionnaire="kern",
        version="1.0.0",
        fingerprint="f",
        audience=FORM.audience,
        base=by.base,
        tables=(by, *(_sum(each) for each in zip(*tables, strict=True))),
        breakdown=Breakdown(
            variable="by",
            groups=tuple(
                Group(code=code, base=own[0].base, tables=(by, *own))
                for code, own in zip(codes, tables, strict=True)
            ),
        ),
    )


def _table(name: str, counts: Sequence[int], sensitivity: Sensitivity) -> FrequencyTable:
    cells = tuple(Cell(code=code, count=count) for code, count in enumerate(counts, start=1))
    coarse = tuple((code,) for code in range(1, len(counts) + 1)) if len(counts) < 3 else ()
    coarse = ((1, 2), tuple(range(3, len(counts) + 1))) if len(counts) > 2 else coarse
    return FrequencyTable(
        variable=name, sensitivity=sensitivity, cells=cells, base=sum(counts), coarse=coarse
    )


def _sum(tables: Sequence[FrequencyTable]) -> FrequencyTable:
    first, *others = tables
    for table in others:
        first += table
    return first


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ((20, 20), (20, 20), None),
        ((38, 2), (20, 20), Reason.SMALL_CELL),
        ((40, 0), (20, 20), Reason.SMALL_CELL),
        ((39, 1), (40, 0), Reason.SMALL_CELL),
    ],
)
def test_one_group_that_names_somebody_hides_all(
    one: tuple[int, int], other: tuple[int, int], why: Reason | None
) -> None:
    """Rule 3: the others would give it away."""
    assert reasons(made([[one, other]])) == {"q0": why}


def test_a_table_that_is_withheld_is_not_shown_by_group() -> None:
    """Rule 5."""
    assert reasons(made([[(79, 1), (80, 0)]])) == {"q0": Reason.SMALL_CELL}


def test_nothing_is_shown_by_a_question_that_is_withheld() -> None:
    """Rule 5: thirty-five who all gave the same sensitive answer."""
    whole = made([[(20, 15)]], A)
    by = whole.tables[0].model_copy(update={"sensitivity": B})
    hidden = whole.model_copy(update={"tables": (by, *whole.tables[1:])})
    assert release_block(hidden, POLICY).breakdown == NONE


@pytest.mark.parametrize("sensitivity", [B, C])
@pytest.mark.parametrize("sizes", [(20, 20), (40, 0), (38, 2)])
def test_a_sensitive_question_makes_no_groups(
    sensitivity: Sensitivity, sizes: tuple[int, int]
) -> None:
    """Rules 2 and 5: whether age is shown in its place would tell who is alone with an answer."""
    form = asking(
        f"""
- {{id: krank, kind: single_choice, sensitivity: {sensitivity.value}, breakdown: true, text: Krank?,
   options: [{{code: ja, text: ja}}, {{code: nein, text: nein}}]}}
- {{id: alter, kind: single_choice, breakdown: true, text: Wie alt?,
   options: [{{code: 12, text: 12 oder 13}}, {{code: 14, text: 14 oder älter}}]}}
"""
    )
    ill = ["ja"] * sizes[0] + ["nein"] * sizes[1]
    counted = tabulate(form, [{"krank": k, "alter": 12 + n % 2 * 2} for n, k in enumerate(ill)])
    kept = block_of(form, counted, {}).breakdown
    assert kept is not None
    assert kept.variable == "alter"


def test_all_groups_are_on_one_scale() -> None:
    """Rule 4: 200 could be shown in full, but then 40 would be, by subtraction."""
    tables = shown(made([[(60, 60, 80), (10, 10, 20)]], C)).tables["q0"]
    assert not isinstance(tables, Withheld)
    assert [(code, table.coarse, [c.count for c in table.cells]) for code, table in tables] == [
        ("a", True, [120, 80]),
        ("b", True, [20, 20]),
    ]
    whole = release_block(made([[(60, 60, 80), (10, 10, 20)]], C), POLICY).tables["q0"]
    assert isinstance(whole, Released)
    assert not whole.coarse


def test_sizes_are_judged_before_any_cell() -> None:
    """Rules 3 and 6: a sensitive question without a coarse scale needs fifty in each group."""
    wholes = [made([[(n, 60 - n), (20, 20)]], C) for n in (30, 59)]
    plain = [_without_coarse(whole) for whole in wholes]
    assert [shown(each).tables["q0"] for each in plain] == [Withheld(Reason.SMALL_GROUP, 50)] * 2


def _without_coarse(whole: Block) -> Block:
    return Block.model_validate_json(
        whole.model_dump_json().replace('"coarse":[[1],[2]]', '"coarse":[]')
    )


def test_two_known_answers_reveal_no_third() -> None:
    """Rule 6."""
    assert known_of_two_groups(as_they_are()) == set()


def test_questionnaire_says_which_breakdowns_there_are() -> None:
    """Rule 2: in the order of the questions."""
    assert [each.name for each in FORM.codebook() if each.breakdown] == ["wer", "alter"]
    assert isinstance(FORM, Questionnaire)


def test_a_breakdown_is_released_with_its_block() -> None:
    """Rule 3: and only with it."""
    small = block(m=30, j=30).model_copy(update={"base": 4})
    assert release_block(small, POLICY).breakdown == Withheld(Reason.SMALL_BLOCK, 5)
    assert release_breakdown(block(m=9, j=9), POLICY) == NONE
