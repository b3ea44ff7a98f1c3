"""Counting.

1. A table counts each code of its variable, in the order of the questionnaire, zeros included.
2. Nobody is lost: base + unanswered + refused + filtered = all responses.
3. Where several answers are allowed, the base counts people, not ticks.
4. A number is counted in its band.
5. Who was not asked is filtered, whatever else happened.
6. The coarse scale joins codes and leaves base and missing as they are.
7. Tables of the same shape add up; others are refused.
8. Counting in pieces gives what counting at once gives, and reads the responses once.
9. A block is the tabulation with the questionnaire's identity, and reads back from JSON.
"""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.domain import tabulation
from survey_app.domain.block import Block, TextCount, block_of
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Answers
from survey_app.domain.tabulation import (
    PIECE,
    Cell,
    FrequencyTable,
    MissingCounts,
    Tabulation,
    tabulate,
)
from tests.support import asking, people, times

SOMMERCAMP = asking(
    """
- {id: k1, kind: rating, scale: agreement, core: K1, text: Es war gut.}
- id: warum
  kind: single_choice
  show_if: {question: k1, at_most: 3}
  options: [{code: laut, text: Zu laut}, {code: kurz, text: Zu kurz}]
  refusal: true
  text: Warum?
- id: apps
  kind: multiple_choice
  sensitivity: B
  options: [{code: chat, text: Chat}, {code: video, text: Video}, {code: spiel, text: Spiele}]
  text: Was nutzt du?
- {id: tage, kind: number, maximum: 7, bands: [[0, 0], [1, 3], [4, 7]], text: Wie viele Tage?}
- {id: leben, kind: ladder, sensitivity: C, text: Wie zufrieden?, lowest: gar nicht, highest: sehr}
- {id: was, kind: open_text, text: Was noch?}
"""
)

# One row per person; a dot is "left out".
ANSWERS = people(
    k1=[5, 5, 4, 3, 2, 1, "refused", None],
    warum=[None, None, None, "laut", "refused", None, None, None],
    apps=[("chat",), ("chat", "video"), ("chat", "video"), None, None, ("video",), None, None],
    tage=[0, 1, 3, 4, 7, 7, None, 2],
    leben=[10, 8, 8, 6, 0, None, "refused", 5],
    was=["(Text)", None, None, None, None, None, None, None],
)


def table(counted: Tabulation, name: str) -> FrequencyTable:
    return next(table for table in counted.tables if table.variable == name)


def counts(found: FrequencyTable) -> dict[int | str, int]:
    return {cell.code: cell.count for cell in found.cells}


# Hand-computed tables


def test_rating_is_counted_code_by_code() -> None:
    """Rules 1 and 2."""
    found = table(tabulate(SOMMERCAMP, ANSWERS), "k1")
    assert list(counts(found).items()) == [(1, 1), (2, 1), (3, 1), (4, 1), (5, 2)]
    assert found.base == 6
    assert found.missing == MissingCounts(unanswered=1, refused=1, filtered=0)


def test_who_was_not_asked_is_filtered() -> None:
    """Rule 5: three of eight were asked; one named a reason, one refused, one said nothing."""
    found = table(tabulate(SOMMERCAMP, ANSWERS), "warum")
    assert counts(found) == {"laut": 1, "kurz": 0}
    assert found.base == 1
    assert found.missing == MissingCounts(unanswered=1, refused=1, filtered=5)


def test_base_of_a_multiple_choice_counts_people() -> None:
    """Rule 3: six ticks of four people."""
    found = table(tabulate(SOMMERCAMP, ANSWERS), "apps")
    assert counts(found) == {"chat": 3, "video": 3, "spiel": 0}
    assert (found.base, found.multiple, found.missing.total) == (4, True, 4)


def test_number_is_counted_in_its_band() -> None:
    """Rule 4: both ends of a band are included."""
    found = table(tabulate(SOMMERCAMP, ANSWERS), "tage")
    assert counts(found) == {"0": 1, "1–3": 3, "4–7": 3}
    assert (found.base, found.missing.unanswered) == (7, 1)


def test_coarse_scale_joins_codes() -> None:
    """Rule 6."""
    found = table(tabulate(SOMMERCAMP, ANSWERS), "leben").coarsened()
    assert counts(found) == {"0+1+2+3+4+5": 2, "6+7": 1, "8+9+10": 3}
    assert (found.base, found.missing) == (6, MissingCounts(unanswered=1, refused=1))
    assert found.coarse == ()


def test_free_text_has_no_table() -> None:
    """Rule 1."""
    counted = tabulate(SOMMERCAMP, ANSWERS)
    assert [table.variable for table in counted.tables] == ["k1", "warum", "apps", "tage", "leben"]
    assert counted.base == 8


def test_nobody_is_a_table_of_zeros() -> None:
    """Rule 1."""
    counted = tabulate(SOMMERCAMP, [])
    assert counted.base == 0
    assert {cell.count for table in counted.tables for cell in table.cells} == {0}
    assert {table.base for table in counted.tables} == {0}


def test_battery_has_one_table_per_statement() -> None:
    """Rule 1."""
    battery = asking(
        """
- id: b
  kind: battery
  scale: agreement
  text: Wie war es?
  items: [{id: b1, text: Gut.}, {id: b2, text: Lang., sensitivity: C}]
"""
    )
    counted = tabulate(battery, people(b1=[1, 5], b2=[None, 3]))
    assert [(found.variable, found.sensitivity, found.base) for found in counted.tables] == [
        ("b1", "A", 2),
        ("b2", "C", 1),
    ]


# Adding


def test_tables_of_two_groups_add_up() -> None:
    """Rule 7."""
    first, second = tabulate(SOMMERCAMP, ANSWERS[:3]), tabulate(SOMMERCAMP, ANSWERS[3:])
    assert first + second == tabulate(SOMMERCAMP, ANSWERS)


@pytest.mark.parametrize(
    "change",
    [
        {"variable": "k2"},
        {"cells": (Cell(code=1, count=0),)},
        {"sensitivity": "C"},
        {"multiple": True},
        {"coarse": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_tables_of_another_shape_are_refused(change: dict[str, object]) -> None:
    """Rule 7: above all, a sensitive table never becomes a harmless one by being added to it."""
    mine = table(tabulate(SOMMERCAMP, ANSWERS), "k1")
    with pytest.raises(ValueError, match="cannot be added"):
        mine + mine.model_copy(update=change)


def test_tabulations_of_different_questionnaires_are_refused() -> None:
    """Rule 7."""
    counted = tabulate(SOMMERCAMP, ANSWERS)
    with pytest.raises(ValueError, match="shorter"):
        counted + counted.model_copy(update={"tables": counted.tables[:-1]})


# Pieces


def test_pieces_add_up_to_the_whole() -> None:
    """Rule 8: 25,000 responses are two full pieces and a half one."""
    short = asking("- {id: k1, kind: rating, scale: agreement, text: Gut.}")
    everybody = people(k1=times({5: 12_000, 1: 9_000, "refused": 1_500, None: 2_500}))
    assert len(everybody) == 2.5 * PIECE
    found = tabulate(short, iter(everybody))
    assert counts(found.tables[0]) == {1: 9_000, 2: 0, 3: 0, 4: 0, 5: 12_000}
    assert found.tables[0].missing == MissingCounts(unanswered=2_500, refused=1_500)
    assert (found.base, found.tables[0].base) == (25_000, 21_000)


def test_responses_are_read_once_and_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 8: when the last piece is read, the ones before it are gone."""
    monkeypatch.setattr(tabulation, "PIECE", 2)
    read_so_far: list[int] = []
    read_at_piece: list[int] = []
    count_piece = tabulation._tabulate_piece

    def responses() -> Iterator[Answers]:
        for number, answers in enumerate(ANSWERS):
            read_so_far.append(number)
            yield answers

    def noted(questionnaire: Questionnaire, piece: list[Answers]) -> Tabulation:
        read_at_piece.append(len(read_so_far))
        return count_piece(questionnaire, piece)

    monkeypatch.setattr(tabulation, "_tabulate_piece", noted)
    assert tabulate(SOMMERCAMP, responses()) == count_piece(SOMMERCAMP, ANSWERS)
    assert read_at_piece == [2, 4, 6, 8]


FORMS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "k1": st.sampled_from(["1", "2", "3", "4", "5", "refused"]),
            "warum": st.sampled_from(["laut", "kurz", "refused"]),
            "apps": st.sets(st.sampled_from(["chat", "video", "spiel"])),
            "tage": st.integers(0, 7).map(str),
            "leben": st.sampled_from([*map(str, range(11)), "refused"]),
        },
    ),
    max_size=30,
)


def read_forms(forms: list[dict[str, str | set[str]]]) -> list[Answers]:
    return [
        SOMMERCAMP.read(
            {name: sorted(v) if isinstance(v, set) else [v] for name, v in form.items()}
        ).answers
        for form in forms
    ]


@given(FORMS, st.integers(0, 30))
@settings(max_examples=60)
def test_nobody_is_lost_and_any_two_parts_add_up(
    forms: list[dict[str, str | set[str]]], cut: int
) -> None:
    """Rules 2, 3, 7 and 8, whatever people answer."""
    answers = read_forms(forms)
    counted = tabulate(SOMMERCAMP, answers)
    for found in counted.tables:
        assert found.base + found.missing.total == counted.base == len(answers)
        ticks = sum(cell.count for cell in found.cells)
        assert ticks >= found.base if found.multiple else ticks == found.base
        assert all(0 <= cell.count <= found.base for cell in found.cells)
    assert tabulate(SOMMERCAMP, answers[:cut]) + tabulate(SOMMERCAMP, answers[cut:]) == counted


@given(FORMS)
@settings(max_examples=30)
def test_count_is_what_counter_says(forms: list[dict[str, str | set[str]]]) -> None:
    """Rule 1, against the plainest way to count."""
    answers = read_forms(forms)
    plain = Counter(row["k1"] for row in answers if row.get("k1") not in (None, "refused"))
    found = counts(table(tabulate(SOMMERCAMP, answers), "k1"))
    assert {code: count for code, count in found.items() if count} == plain


# The block


def test_block_carries_the_questionnaire_and_every_text_field() -> None:
    """Rule 9: a text nobody wrote is counted as zero."""
    counted = tabulate(SOMMERCAMP, ANSWERS)
    block = block_of(SOMMERCAMP, counted, {})
    assert (block.questionnaire, block.version) == ("probe", "1.0.0")
    assert (block.fingerprint, block.audience) == (SOMMERCAMP.fingerprint, SOMMERCAMP.audience)
    assert (block.base, block.tables) == (8, counted.tables)
    assert block.texts == (TextCount(variable="was", count=0),)
    assert block_of(SOMMERCAMP, counted, {"was": 1}).texts[0].count == 1


def test_block_reads_back_from_json() -> None:
    """Rule 9."""
    block = block_of(SOMMERCAMP, tabulate(SOMMERCAMP, ANSWERS), {"was": 1})
    assert Block.model_validate_json(block.model_dump_json()) == block
