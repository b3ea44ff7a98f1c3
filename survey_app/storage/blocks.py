"""Blocks: one frozen count per closed wave.

Blocks of one questionnaire differ in their numbers only. A roll-up reads thousands of them, and to
validate each by itself takes longer than everything else; so the first is validated as a whole, and
the others with the same text around their numbers take its shape. A shape is one only if it writes,
with any numbers, the very text that they were read from: keys in another order, keys twice or other
keys are validated by themselves, and so is what only looks like a number.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, insert, select, update

from survey_app.domain.block import Block
from survey_app.domain.response import Code
from survey_app.domain.tabulation import Cell, FrequencyTable, Group, MissingCounts
from survey_app.storage import schema

# Within a text quotes are escaped, so that no text can look like one of these keys.
NUMBER: Final = re.compile(r'"(base|count|unanswered|refused|filtered)":(0|[1-9][0-9]{0,17})')

Around = tuple[str, ...]
"""The text between numbers, with their keys."""


def add(connection: Connection, network: int, wave: int, block: Block) -> None:
    """Store the block of a wave; a second one is refused by the database."""
    values = {"network": network, "wave": wave, "content": block.model_dump_json()}
    connection.execute(insert(schema.block).values(values))


def replace(
    connection: Connection, network: int, wave: int, block: Block, replaced_on: date
) -> None:
    """Put a recounted block in the place of a wrong one, and keep the day it happened."""
    table = schema.block
    statement = update(table).where(table.c.wave == wave, table.c.network == network)
    values = {"content": block.model_dump_json(), "replaced_on": replaced_on}
    connection.execute(statement.values(values))


def of_waves(connection: Connection, network: int, waves: Sequence[int]) -> dict[int, Block]:
    """Return the blocks of some waves of this network, by wave."""
    table = schema.block
    statement = select(table.c.wave, table.c.content).where(
        table.c.network == network, table.c.wave.in_(waves)
    )
    shapes: dict[Around, _Shape | None] = {}
    return {wave: _read(content, shapes) for wave, content in connection.execute(statement)}


def is_replaced(connection: Connection, network: int, wave: int) -> bool:
    """Return whether the block of a wave is not the first one."""
    table = schema.block
    statement = select(table.c.replaced_on).where(table.c.wave == wave, table.c.network == network)
    return connection.execute(statement).scalar() is not None


# Reading many


class _Shape:
    """A block that was validated; others differ from it in their numbers only."""

    def __init__(self, block: Block) -> None:
        groups = block.breakdown.groups if block.breakdown else ()
        self.block = block
        self._tables = [_Row(table) for table in block.tables]
        self._groups = [(group, [_Row(table) for table in group.tables]) for group in groups]

    def filled(self, numbers: Sequence[int]) -> Block:
        """Return the block with these numbers, in the order in which they are written."""
        left, block = iter(numbers), self.block
        changed: dict[str, object] = {
            "base": next(left),
            "tables": tuple([row.filled(left) for row in self._tables]),
            "texts": tuple([text.model_copy(update={"count": next(left)}) for text in block.texts]),
        }
        if block.breakdown:
            groups = tuple([_group(group, rows, left) for group, rows in self._groups])
            changed["breakdown"] = block.breakdown.model_copy(update={"groups": groups})
        return block.model_copy(update=changed)


class _Row:
    """One table of a shape."""

    def __init__(self, table: FrequencyTable) -> None:
        self._table, self._codes = table, table.codes

    def filled(self, left: Iterator[int]) -> FrequencyTable:
        """Return the table with the next numbers."""
        return self._table.model_copy(
            update={
                "cells": tuple(map(_cell, self._codes, left)),  # as many as there are codes
                "base": next(left),
                "missing": _missing(next(left), next(left), next(left)),
            }
        )


def _group(group: Group, rows: Sequence[_Row], left: Iterator[int]) -> Group:
    base = next(left)
    return group.model_copy(
        update={"base": base, "tables": tuple([row.filled(left) for row in rows])}
    )


def _read(content: str, shapes: dict[Around, _Shape | None]) -> Block:
    around, numbers = _apart(content)
    if around not in shapes:
        block = Block.model_validate_json(content)
        shapes[around] = _shape_of(block, around, len(numbers))
        return block
    shape = shapes[around]
    if shape is None:
        return Block.model_validate_json(content)
    return shape.filled([int(number) for number in numbers])


def _apart(content: str) -> tuple[Around, list[str]]:
    pieces = NUMBER.split(content)
    numbers = pieces[2::3]
    del pieces[2::3]
    return tuple(pieces), numbers


def _shape_of(block: Block, around: Around, size: int) -> _Shape | None:
    """Return a shape, if with other numbers it writes the text that was read and no other."""
    shape, others = _Shape(block), range(size)
    try:
        written = shape.filled(others).model_dump_json()
    except StopIteration:
        return None
    return shape if _apart(written) == (around, [str(each) for each in others]) else None


@lru_cache(maxsize=4096, typed=True)
def _cell(code: Code, count: int) -> Cell:
    return Cell(code=code, count=count)


@lru_cache(maxsize=4096)
def _missing(unanswered: int, refused: int, filtered: int) -> MissingCounts:
    return MissingCounts(unanswered=unanswered, refused=refused, filtered=filtered)
