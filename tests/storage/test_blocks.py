"""Blocks, read by the thousand.

1. Many blocks of one questionnaire are read as if each were validated by itself: other numbers,
   other questionnaires, breakdowns, texts and all.
2. What looks like a number and is none of ours is not taken for one.
3. A block that is damaged raises, wherever it stands among sound ones.
4. A block of an earlier version, with less in it, is read with its defaults.
5. A text that says the same numbers in another order, under other keys, or with a few letters
   changed is read as it would be by itself, or refused as it would be by itself.
"""

import json
import random
from collections.abc import Iterator, Sequence

import pytest
from pydantic import ValidationError

from survey_app.domain.block import Block, TextCount
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.questionnaire import Audience
from survey_app.domain.tabulation import Breakdown, Cell, FrequencyTable, Group, MissingCounts
from survey_app.storage import blocks
from tests.support_field import Field, field_in, migrated


@pytest.fixture
def field(database_url: str) -> Iterator[Field]:
    """Give a wave, on both databases."""
    with migrated(database_url) as database:
        yield field_in(database)


HOSTILE = 'k1","count":7,"base":3'


def table(
    *counts: int, name: str = "k1", codes: Sequence[int | str] = (1, 2, "3")
) -> FrequencyTable:
    return FrequencyTable(
        variable=name,
        sensitivity=Sensitivity.A,
        cells=tuple(Cell(code=code, count=n) for code, n in zip(codes, counts, strict=False)),
        base=sum(counts),
        missing=MissingCounts(unanswered=counts[0], refused=2, filtered=counts[-1]),
        coarse=((1, 2), ("3",)),
    )


def block(base: int, *tables: FrequencyTable, breakdown: Breakdown | None = None) -> Block:
    return Block(
        questionnaire="kern",
        version="1.0.0",
        fingerprint="12",
        audience=Audience.YOUNG_PEOPLE,
        base=base,
        tables=tables,
        texts=(TextCount(variable="t", count=base),),
        breakdown=breakdown,
    )


def by_group(*sizes: int) -> Breakdown:
    groups = (Group(code=n, base=size, tables=(table(size, n, 1),)) for n, size in enumerate(sizes))
    return Breakdown(variable="alter", groups=tuple(groups))


BLOCKS = [
    block(12, table(1, 2, 9), table(4, 4, 4, name="k2")),
    block(30, table(0, 10, 20), table(30, 0, 0, name="k2")),
    block(7, table(1, 2, 4)),
    block(9, table(1, 2, 6, name=HOSTILE)),
    block(8, table(1, 1, 6, name=HOSTILE)),
    block(8, table(3, 5, codes=("x", "y"))),
    block(8, table(3, 5, codes=("x", "z"))),
    block(40, table(10, 20, 10), breakdown=by_group(10, 30)),
    block(44, table(11, 22, 11), breakdown=by_group(12, 32)),
    block(0),
]


def read(texts: Sequence[str]) -> list[Block]:
    """Read texts as `of_waves` does."""
    shapes: dict[blocks.Around, blocks._Shape | None] = {}
    return [blocks._read(text, shapes) for text in texts]


def test_many_are_read_as_one_by_one() -> None:
    """Rules 1 and 2."""
    texts = [each.model_dump_json() for each in BLOCKS * 2]
    assert read(texts) == BLOCKS * 2
    assert [each.model_dump_json() for each in read(texts)] == texts


def test_they_come_from_the_database(field: Field) -> None:
    """Rule 1."""
    with field.database.write() as connection:
        blocks.add(connection, field.network, field.wave, BLOCKS[1])
        found = blocks.of_waves(connection, field.network, [field.wave, field.wave + 1])
    assert found == {field.wave: BLOCKS[1]}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"base":30', '"base":30.5'),
        ('"base":30', '"base":"30"'),
        ('"count":20', '"count":null'),
        ('"count":20', '"count":20,"more":1'),
        ('"version":"1.0.0"', '"version":1'),
    ],
)
def test_a_damaged_one_raises(right: str, wrong: str) -> None:
    """Rule 3."""
    sound = [each.model_dump_json() for each in BLOCKS[:2]]
    assert right in sound[1]
    damaged = sound[1].replace(right, wrong, 1)
    with pytest.raises(ValidationError):
        read([*sound, damaged])


def test_an_earlier_one_has_its_defaults() -> None:
    """Rule 4."""
    first, second = (json.loads(each.model_dump_json()) for each in BLOCKS[:2])
    for earlier in (first, second):
        del earlier["texts"], earlier["breakdown"]
        for each in earlier["tables"]:
            del each["missing"], each["coarse"]
    texts = [json.dumps(each, separators=(",", ":")) for each in (first, second)]
    assert read(texts) == [Block.model_validate_json(text) for text in texts]


def as_read(text: str, *before: str) -> Block | type[Exception]:
    """Read a text behind others, or give what it raises."""
    try:
        return read([*before, text])[-1]
    except ValidationError as refused:
        return type(refused)


def turned(content: str) -> str:
    """Write the reasons for missing answers in another order."""
    told = json.loads(content)
    for each in told["tables"]:
        each["missing"] = dict(reversed(each["missing"].items()))
    return json.dumps(told, separators=(",", ":"))


SOUND = block(12, table(2, 8, 2), table(2, 6, 2, name="k#2")).model_dump_json()
OTHER = SOUND.replace('"unanswered":2', '"unanswered":7')


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SOUND, turned(OTHER)),
        (turned(SOUND), turned(OTHER)),
        (SOUND, SOUND.replace('"code":1,"count":', '"code":1,"base":', 1)),
        (SOUND, SOUND.replace('"base":12', '"base":012')),
        (SOUND, SOUND.replace('"base":12', '"base":-12')),
        (SOUND, SOUND.replace('"base":12', '"base":' + "9" * 30)),
        (SOUND, SOUND.replace('"base":12', '"base":11,"base":12')),
        (SOUND, SOUND.replace('"k#2"', '"k"base":51"')),
    ],
)
def test_order_and_keys_count(first: str, second: str) -> None:
    """Rule 5."""
    assert as_read(second, first) == as_read(second)


def test_no_slip_of_the_pen_is_read_as_something_else() -> None:
    """Rule 5."""
    chance, texts = random.Random(7), [each.model_dump_json() for each in BLOCKS]
    for _ in range(2_000):
        sound = chance.choice(texts)
        place, more = chance.randrange(len(sound)), chance.choice(["", *'"{}[],:#01-.e'])
        slip = sound[:place] + more + sound[place + chance.randrange(2) :]
        assert as_read(slip, sound) == as_read(slip), slip
