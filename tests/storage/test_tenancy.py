"""The first wall: no statement of the program without its network (tests/fixtures/walls.py).

The watch stands over the whole suite. Here it is proved that it sees.

1. A statement that holds every table to a network passes; one that does not is refused.
2. Functions of the house from which somebody has cut the network are refused when they run.
3. Who crosses networks says why, and the reason is one of those in storage/walls.py.
4. Every reason is used in the program, and docs/operations.md explains each.
5. Raw SQL on these tables is refused.
6. What belongs to a wave is read only after the wave was looked up with its network, or by its code.
7. A connection that is bound to a network asks for no other.
8. No foreign key leads from one network into another: it is sound to be held along one.
9. A refusal names the place, the fault and the remedy.
"""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import (
    Connection,
    and_,
    delete,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    text,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.sql import Executable

from survey_app.domain.measure import NewMeasure
from survey_app.services import closing, fielding
from survey_app.storage import blocks, commitments, measures, places, schema, sheets, waves
from survey_app.storage.walls import Crossing, across
from tests.fixtures.walls import PROGRAM, TENANT, WallBroken, Watch, inspected
from tests.storage.filling import fill
from tests.support_field import TODAY, Field, field_in, migrated

M, W, S, C = schema.measure, schema.wave, schema.open_sheet, schema.collector
OTHER = W.alias("other")
OF_ONE = select(W.c.measure).where(W.c.network == 1)

SOUND = {
    "its network": select(M).where(M.c.network == 1, M.c.id == 2),
    "by name": select(M).filter_by(network=1),
    "within AND": select(M).where(and_(M.c.id == 2, and_(M.c.network == 1))),
    "the network itself": select(schema.network).where(schema.network.c.id == 1),
    "joined by a foreign key": select(W).join(M, M.c.id == W.c.measure).where(M.c.network == 1),
    "joined by network": select(W, M).where(W.c.network == M.c.network, M.c.network == 1),
    "two steps away": select(C)
    .join(W, W.c.id == C.c.wave)
    .join(M, M.c.id == W.c.measure)
    .where(M.c.network == 1),
    "the right of an outer join": select(M)
    .outerjoin(W, W.c.measure == M.c.id)
    .where(M.c.network == 1),
    "an alias": select(OTHER).where(OTHER.c.network == 1),
    "a subquery in FROM": select(OF_ONE.subquery()),
    "held by a subquery": select(M).where(M.c.id.in_(OF_ONE)),
    "correlated": select(M).where(
        M.c.network == 1, exists(select(W.c.id).where(W.c.measure == M.c.id))
    ),
    "both halves of a union": union_all(OF_ONE, OF_ONE),
    "along the wave": select(S).join(W, W.c.id == S.c.wave).where(W.c.network == 1),
    "the number of a wave": select(S).where(S.c.wave == 5),
    "numbers of waves": select(S).where(S.c.wave.in_([5, 6])),
    "wave and key together": select(S).where(tuple_(S.c.wave, S.c.key).in_([(5, b"k")])),
    "put in": insert(schema.commitment).values(network=1, measure=2),
    "put in from elsewhere": insert(schema.imported_wave).from_select(
        ["network", "wave"], select(W.c.network, W.c.id).where(W.c.network == 1)
    ),
    "changed": update(M).where(M.c.network == 1, M.c.id == 2).values(title="Neu"),
    "removed": delete(M).filter_by(network=1, id=2),
    "of no network": select(schema.trace),
}
UNSOUND = {
    "nothing": select(M),
    "its id alone": select(M).where(M.c.id == 2),
    "within OR": select(M).where(or_(M.c.network == 1, M.c.id == 2)),
    "within NOT": select(M).where(not_(M.c.network == 1)),
    "another network than one": select(M).where(M.c.network != 1),
    "several networks": select(M).where(M.c.network.in_([1, 2])),
    "its network with itself": select(M).where(M.c.network == M.c.network),
    "all networks": select(schema.network.c.name),
    "joined, neither held": select(W).join(M, M.c.id == W.c.measure).where(M.c.id == 2),
    "joined by what is no foreign key": select(W)
    .join(M, M.c.title == W.c.questionnaire)
    .where(M.c.network == 1),
    "joined by nothing": select(W, M).where(M.c.network == 1),
    "the left of an outer join": select(M).outerjoin(
        W, and_(W.c.measure == M.c.id, W.c.network == 1)
    ),
    "the left of an outer join, compared there": select(M).outerjoin(
        W, and_(W.c.measure == M.c.id, M.c.network == 1)
    ),
    "one of two appearances": select(W, OTHER).where(W.c.network == 1, OTHER.c.id == 3),
    "a subquery in FROM": select(select(W.c.measure).subquery()),
    "within IN": select(M).where(M.c.network == 1, M.c.site.in_(select(schema.site.c.id))),
    "within EXISTS": select(M).where(
        M.c.network == 1, exists(select(W.c.id).where(W.c.opens_on == M.c.starts_on))
    ),
    "in a column": select(M.c.id, select(func.count(W.c.id)).scalar_subquery()).where(
        M.c.network == 1
    ),
    "one half of a union": union_all(OF_ONE, select(W.c.measure)),
    "all sheets": select(S),
    "put in without": insert(schema.commitment).values(measure=2),
    "put in from everywhere": insert(schema.imported_wave).from_select(
        ["network", "wave"], select(W.c.network, W.c.id)
    ),
    "changed by id": update(M).where(M.c.id == 2).values(title="Neu"),
    "moved to another network": update(M).where(M.c.network == 1).values(network=2),
    "removed by id": delete(M).where(M.c.id == 2),
    "raw": text("SELECT title FROM measure WHERE network = 1"),
    "a raw condition": select(M).where(M.c.network == 1, text("id IN (SELECT id FROM wave)")),
}


@pytest.fixture
def field(sqlite_url: str) -> Any:
    """Give a network with an open wave."""
    with migrated(sqlite_url) as database:
        yield field_in(database)


@pytest.mark.parametrize("name", SOUND)
def test_what_is_held_passes(name: str) -> None:
    """Rule 1."""
    assert inspected(SOUND[name]).faults == []


@pytest.mark.parametrize("name", UNSOUND)
def test_what_is_not_held_is_refused(name: str) -> None:
    """Rule 1."""
    assert inspected(UNSOUND[name]).faults != []


def test_rows_of_many_networks_are_all_seen() -> None:
    """Rule 1: what is named by parameters counts like what stands in the statement."""
    rows = [{"network": 1, "measure": 2}, {"network": 3, "measure": 4}]
    assert inspected(insert(schema.commitment), rows).networks == {1, 3}
    assert inspected(insert(schema.commitment).values(rows)).networks == {1, 3}


MUTANTS: list[tuple[ModuleType, str, str, Callable[[ModuleType, Connection, Field], object]]] = [
    (
        measures,
        ".where(schema.measure.c.network == network)",
        "",
        lambda module, connection, field: module.get(connection, field.network, field.measure),
    ),
    (
        waves,
        "filter_by(id=wave, network=network)",
        "filter_by(id=wave)",
        lambda module, connection, field: module.get(connection, field.network, field.wave),
    ),
    (
        waves,
        "(table.c.id == wave, table.c.network == network)",
        "(table.c.id == wave,)",
        lambda module, connection, field: module.mark_closed(
            connection, field.network, field.wave, TODAY
        ),
    ),
    (
        waves,
        ".execution_options(**across(Crossing.CODE))",
        "",
        lambda module, connection, field: module.behind(connection, field.door.collector.code),
    ),
    (
        blocks,
        "table.c.network == network, ",
        "",
        lambda module, connection, field: module.of_waves(connection, field.network, [1]),
    ),
    (
        commitments,
        "filter_by(network=network, measure=measure)",
        "filter_by(measure=measure)",
        lambda module, connection, field: module.of_measure(connection, field.network, 1),
    ),
    (
        places,
        "select(table).filter_by(network=network)",
        "select(table)",
        lambda module, connection, field: module.sites(connection, field.network),
    ),
    (
        sheets,
        "select(schema.closed_sheet.c.answers).filter_by(wave=wave)",
        "select(schema.closed_sheet.c.answers)",
        lambda module, connection, field: list(module.closed(connection, field.wave)),
    ),
]


@pytest.mark.parametrize(("module", "said", "cut", "call"), MUTANTS)
def test_a_function_without_its_network_is_refused(
    field: Field,
    walls: Watch,
    module: ModuleType,
    said: str,
    cut: str,
    call: Callable[[ModuleType, Connection, Field], object],
) -> None:
    """Rule 2: the function runs as it is, and is refused once the network is cut out of it."""
    with field.database.write() as connection:
        call(module, connection, field)
    mutant = _mutant(module, said, cut)
    with pytest.raises(WallBroken), field.database.write() as connection:
        call(mutant, connection, field)
    walls.broken.clear()


def _mutant(module: ModuleType, said: str, cut: str) -> ModuleType:
    """Return a module whose source says something else; its code keeps its place in the house."""
    path = Path(str(module.__file__))
    source = path.read_text(encoding="utf-8")
    assert said in source
    mutant = ModuleType(module.__name__)
    exec(compile(source.replace(said, cut), str(path), "exec"), vars(mutant))
    return mutant


def from_the_program(connection: Connection, statement: Executable | str) -> None:
    """Run a statement as if a service had sent it."""
    how = "exec_driver_sql" if isinstance(statement, str) else "execute"
    code = compile(f"connection.{how}(statement)", f"{PROGRAM}services/new.py", "exec")
    exec(code, {"connection": connection, "statement": statement})


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (select(M).execution_options(across_networks="weil es geht"), "is no reason"),
        (text("DELETE FROM wave"), "raw SQL reaches for „wave“"),
        ("SELECT * FROM measure", "raw SQL reaches for „measure“"),
        (select(S).where(S.c.wave == 1), "wave 1 was not looked up in this transaction"),
        (S.delete().where(S.c.wave.in_([1])), "wave 1 was not looked up in this transaction"),
    ],
)
def test_a_refusal_says_why(
    field: Field, walls: Watch, statement: Executable | str, fault: str
) -> None:
    """Rules 3, 5, 6 and 9."""
    with (
        pytest.raises(WallBroken, match=re.escape(fault)) as refused,
        field.database.read() as read,
    ):
        from_the_program(read, statement)
    place = r"survey_app/services/new\.py:1 \(<module>\): .* Take the network as an argument"
    assert re.search(place, str(refused.value))
    walls.broken.clear()


def test_a_wave_that_was_looked_up_opens_what_belongs_to_it(field: Field) -> None:
    """Rule 6: with its network, or by its code."""
    of_the_wave = select(S).where(S.c.wave == field.wave)
    looked_up = select(W).where(W.c.network == field.network, W.c.id == field.wave)
    by_code = select(W).where(W.c.id == field.wave).execution_options(**across(Crossing.CODE))
    for statement in (looked_up, by_code):
        with field.database.read() as connection:
            from_the_program(connection, statement)
            from_the_program(connection, of_the_wave)


def test_a_wave_of_another_network_stays_shut(field: Field, walls: Watch) -> None:
    """Rule 6: to look up one's own network is not enough."""
    other = field_in(field.database, name="Kreis Nachbar")
    with field.database.read() as connection:
        from_the_program(connection, select(W).where(W.c.network == field.network))
        with pytest.raises(WallBroken, match=f"wave {other.wave} was not looked up"):
            from_the_program(connection, select(S).where(S.c.wave == other.wave))
    walls.broken.clear()


def test_a_bound_connection_asks_for_its_own_network(field: Field, walls: Watch) -> None:
    """Rule 7."""
    other = field_in(field.database, name="Kreis Nachbar")
    desk = field.database.of(field.network)
    assert fielding.measure_of(desk, field.network, field.measure) is not None
    with pytest.raises(WallBroken, match="a connection bound to network 1 asks for"):
        fielding.measure_of(desk, other.network, other.measure)
    walls.broken.clear()


def test_every_reason_is_used_and_explained() -> None:
    """Rule 4."""
    program = "".join(
        path.read_text(encoding="utf-8") for path in sorted(Path(PROGRAM).rglob("*.py"))
    )
    used = set(re.findall(r"across\(Crossing\.(\w+)\)", program))
    assert used == set(Crossing.__members__)
    docs = (Path(PROGRAM).parent / "docs" / "operations.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `Crossing\.(\w+)`", docs, re.MULTILINE))
    assert explained == set(Crossing.__members__)


def test_no_foreign_key_leads_into_another_network(field: Field, walls: Watch) -> None:
    """Rule 8: a field of each network, and a row in every table: every key that can be checked is.

    That services keep to it is proved where they refuse foreign places (tests/web/staff).
    """
    field_in(field.database, name="Kreis Nachbar")
    with field.database.write() as connection:
        fill(connection, 8)
        fill(connection, 9)
        for table in TENANT:
            for key in table.foreign_keys:
                parent = key.column.table
                if parent in TENANT:
                    strays = select(func.count()).where(
                        key.parent == key.column, table.c.network != parent.c.network
                    )
                    assert connection.scalar(strays) == 0, key


def test_places_of_another_network_are_refused(field: Field) -> None:
    """Rule 8: what is planned points into its own network only."""
    other = field_in(field.database, name="Kreis Nachbar")
    theirs = fielding.measure_of(field.database, other.network, other.measure)
    assert theirs is not None
    assert theirs.site is not None
    new = NewMeasure(
        title="Fremd",
        summary="",
        topic=theirs.topic,
        municipality=theirs.municipality.id,
        organisation=theirs.organisation.id,
        site=theirs.site.id,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    with pytest.raises(ValueError, match="Diese Auswahl gibt es nicht"):
        fielding.plan_measure(field.database, field.network, new)


def test_closing_crosses_nothing(field: Field, walls: Watch) -> None:
    """Rule 3: by the button of a desk, a wave is closed within its network."""
    field.send({"k1": ["3"]})
    walls.crossed.clear()
    desk = field.database.of(field.network)
    closing.close_wave(desk, field.network, field.wave, today=TODAY, actor="Albrecht")
    assert walls.crossed == set()
