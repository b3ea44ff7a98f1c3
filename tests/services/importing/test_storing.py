"""Taking in: all or nothing, counted like any other wave, on SQLite and on PostgreSQL.

1. A sound file becomes a wave that is closed and counted; its block equals the count by hand and
   that of the same answers sent from phones.
2. Nothing remains that came with the file: no open sheet, no secret, no order, no byte of a personal
   column; free texts lie apart, without a way back to their sheets.
3. A file with a single problem changes nothing; neither does a questionnaire without its licence, a
   day in the future, or a measure of another network.
4. The audit log says that and how many, never what.
5. A second file of the same size is suspected, in the same measure and questionnaire only.
6. What is due is forgotten as everywhere.
7. Assignments are kept under a name, per network and questionnaire.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import spearmanr
from sqlalchemy import select, text

from survey_app.domain.block import Block
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.tabulation import Cell, MissingCounts
from survey_app.domain.wave import Phase
from survey_app.services import closing, fielding, housekeeping, importing
from survey_app.services.importing import Imported, Occasion
from survey_app.storage import blocks, schema, sheets
from tests.services.test_closing import bytes_of
from tests.support_field import ALBRECHT, TODAY, WAVE, Field, field_in, questionnaire_from
from tests.support_import import csv_file, dry_run

LAST_WEEK = TODAY - timedelta(days=7)
HEAD = ["Name", "Es war gut.", "Welche Zahl?", "Was war gut?"]
MANY = 400


def occasion(field: Field, **changes: Any) -> Occasion:
    asked = Occasion(field.network, field.measure, opens_on=LAST_WEEK, closes_on=TODAY)
    return replace(asked, **changes)


def taken_in(
    field: Field, folder: Path, rows: Sequence[Sequence[Any]], **changes: Any
) -> Imported | None:
    """Import rows under HEAD."""
    rehearsal = dry_run(csv_file(folder, [HEAD, *rows]), short()).rehearsal
    return importing.take_in(
        field.database, occasion(field, **changes), rehearsal, today=TODAY, actor=ALBRECHT
    )


def short() -> Questionnaire:
    return questionnaire_from(WAVE)


def block_of(field: Field, wave: int) -> Block:
    with field.database.read() as connection:
        return blocks.of_waves(connection, field.network, [wave])[wave]


def counts(field: Field) -> dict[str, int]:
    tables = ["wave", "collector", "block", "audit", "imported_wave", *map(str, schema.SHUFFLED)]
    with field.database.read() as connection:
        return {
            table: int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
            for table in [*tables, *map(str, schema.FROM_PHONES)]
        }


def test_the_block_equals_the_count_by_hand(field: Field, tmp_path: Path) -> None:
    rows = [
        ["Mira", "ja", 1, "das Essen"],
        ["Ali", "ja", 2, ""],
        ["Lena", "nein", "", "laut"],
        ["Tom", "", 100000, ""],
    ]
    imported = taken_in(field, tmp_path, rows, expected=30)
    assert imported is not None
    block = block_of(field, imported.wave.id)
    assert block.base == 4
    assert [(count.variable, count.count) for count in block.texts] == [("k9", 2)]
    rating, number = block.tables
    assert rating.cells == (
        Cell(code=1, count=1),
        Cell(code=2, count=0),
        Cell(code=3, count=2),
    )
    assert (rating.base, rating.missing) == (3, MissingCounts(unanswered=1))
    assert [cell.count for cell in number.cells] == [2, 0, 0, 0, 1]
    for rating_sent, number_sent, written in (("3", "1", "x"), ("3", "2", ""), ("1", "", "y")):
        field.send({"k1": [rating_sent], "nummer": [number_sent], "k9": [written]})
    field.send({"nummer": ["100000"]})
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)
    assert block == block_of(field, field.wave)


def test_the_wave_is_closed_and_has_its_days(field: Field, tmp_path: Path) -> None:
    imported = taken_in(field, tmp_path, [["Mira", "ja", 1, ""]], expected=30)
    assert imported is not None
    fielded = fielding.fielded_measure(field.database, field.network, field.measure, TODAY)
    assert fielded is not None
    (view,) = [each for each in fielded.waves if each.wave.id == imported.wave.id]
    assert view.phase is Phase.CLOSED
    assert (view.wave.opens_on, view.wave.closes_on) == (LAST_WEEK, TODAY)
    assert (view.wave.closed_on, view.wave.expected) == (TODAY, 30)
    assert view.collectors == (imported.collector,)


def test_nothing_of_the_file_remains(
    field: Field, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = [[f"Geheim{n}", "ja", 20_000 + n, f"Satz {n} Ende"] for n in range(MANY)]
    before = counts(field)
    imported = taken_in(field, tmp_path_factory.mktemp("elsewhere"), rows)
    assert imported is not None
    after = counts(field)
    assert {table: after[table] - before[table] for table in after} == {
        "wave": 1,
        "collector": 1,
        "block": 1,
        "audit": 2,
        "imported_wave": 1,
        "closed_sheet": MANY,
        "review_text": MANY,
        "open_sheet": 0,
        "open_text": 0,
        "wave_secret": 0,
        "wave_key": 0,
        "slip": 0,
    }
    with field.database.read() as connection:
        found = connection.execute(text("SELECT answers FROM closed_sheet")).scalars().all()
    came = [sheets.from_text(answers)["nummer"] for answers in found]
    # By chance alone |rho| stays below 0.2 but for once in 15,000 runs (MANY = 400).
    assert abs(spearmanr(range(MANY), came).statistic) < 0.2
    left = bytes_of(field)
    marks = [b'"nummer":%d}' % (20_000 + n) for n in range(MANY)]
    assert {left.count(mark) for mark in marks} == {1}
    assert abs(spearmanr(range(MANY), [left.find(mark) for mark in marks]).statistic) < 0.2
    sentences = [left.find(f"Satz {n} Ende".encode()) for n in range(MANY)]
    assert min(sentences) >= 0
    assert abs(spearmanr(range(MANY), sentences).statistic) < 0.2
    assert b"Geheim" not in left


def test_a_single_problem_changes_nothing(field: Field, tmp_path: Path) -> None:
    before = counts(field)
    with pytest.raises(InvalidDefinition, match="Die Prüfung hat Fehler gefunden"):
        taken_in(field, tmp_path, [*[["", "ja", n, ""] for n in range(50)], ["", "jein", 1, ""]])
    assert counts(field) == before


def test_an_empty_file_changes_nothing(field: Field, tmp_path: Path) -> None:
    before = counts(field)
    with pytest.raises(InvalidDefinition, match="keine einzige Antwort"):
        taken_in(field, tmp_path, [["Mira", "", "", ""]])
    assert counts(field) == before


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "sentence"),
    [
        (TODAY, LAST_WEEK, "Das Ende liegt vor dem Anfang. Bitte prüfen Sie die beiden Tage."),
        (
            TODAY,
            TODAY + timedelta(days=1),
            "Dieser Tag ist noch nicht vorbei. Übernommen wird nur, was schon gesammelt ist.",
        ),
    ],
)
def test_days_that_make_no_sense_change_nothing(
    field: Field, tmp_path: Path, opens_on: date, closes_on: date, sentence: str
) -> None:
    before = counts(field)
    with pytest.raises(InvalidDefinition) as refused:
        taken_in(field, tmp_path, [["", "ja", 1, ""]], opens_on=opens_on, closes_on=closes_on)
    (fault,) = refused.value.faults
    assert (str(fault.message), fault.at) == (sentence, ("closes_on",))
    assert counts(field) == before


def test_a_questionnaire_without_its_licence_changes_nothing(field: Field, tmp_path: Path) -> None:
    licensed = questionnaire_from(WAVE.replace("class: A", "class: B"))
    rehearsal = dry_run(csv_file(tmp_path, [["k1"], [3]]), licensed).rehearsal
    before = counts(field)
    with pytest.raises(InvalidDefinition, match="Niemand hat die Lizenz angenommen"):
        importing.take_in(field.database, occasion(field), rehearsal, today=TODAY, actor=ALBRECHT)
    assert counts(field) == before


def test_a_foreign_measure_is_as_good_as_missing(field: Field, tmp_path: Path) -> None:
    other = field_in(field.database, name="Kreis Nebenan")
    before = counts(field)
    for network, measure in ((field.network, other.measure), (field.network, 999_999)):
        result = taken_in(field, tmp_path, [["", "ja", 1, ""]], network=network, measure=measure)
        assert result is None
    assert counts(field) == before


def test_the_audit_log_says_how_many(field: Field, tmp_path: Path) -> None:
    imported = taken_in(field, tmp_path, [["Mira", "ja", 1, "gut"], ["Ali", "nein", 2, ""]])
    assert imported is not None
    columns = [schema.audit.c[name] for name in ("actor", "action", "subject", "detail")]
    with field.database.read() as connection:
        notes = [tuple(row) for row in connection.execute(select(*columns))]
    wave = f"wave {imported.wave.id}"
    assert notes == [
        (ALBRECHT, "import", wave, "2 sheets, 1 texts"),
        (ALBRECHT, "close", wave, ""),
    ]


def test_a_second_file_of_the_same_size_is_suspected(field: Field, tmp_path: Path) -> None:
    imported = taken_in(field, tmp_path, [["", "ja", 1, ""], ["", "ja", 2, ""]])
    assert imported is not None
    for _ in range(3):
        field.send({"k1": ["3"]})
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)
    asked = occasion(field)
    seen = importing.same_size(field.database, asked, short(), 2)
    assert seen == imported.wave.id
    assert importing.same_size(field.database, asked, short(), 3) is None, "that came from phones"
    other = short().model_copy(update={"id": "andere"})
    assert importing.same_size(field.database, asked, other, 2) is None
    elsewhere = field_in(field.database, name="Kreis Nebenan")
    theirs = replace(asked, network=elsewhere.network)
    assert importing.same_size(field.database, theirs, short(), 2) is None


def test_a_recount_reproduces_it_and_what_is_due_is_forgotten(field: Field, tmp_path: Path) -> None:
    imported = taken_in(field, tmp_path, [["", "ja", 1, "gut"]])
    assert imported is not None
    again = closing.recount(
        field.database, field.network, imported.wave.id, today=TODAY, actor=ALBRECHT
    )
    assert again is closing.Recount.SAME
    housekeeping.keep_house(
        field.database, TODAY + timedelta(days=91), recount_days=14, text_days=90
    )
    after = counts(field)
    assert (after["closed_sheet"], after["review_text"]) == (0, 0)
    assert block_of(field, imported.wave.id).base == 1


def test_assignments_are_kept_under_a_name(field: Field) -> None:
    other = field_in(field.database, name="Kreis Nebenan")
    keep, database = importing.save_assignment, field.database
    keep(database, field.network, " Forms ", "alt", of="kurz")
    keep(database, field.network, "Forms", "neu", of="kurz")
    keep(database, field.network, "Forms", "anders", of="lang")
    keep(database, other.network, "Fremd", "fremd", of="kurz")
    assert importing.saved_assignments(database, field.network) == [
        ("kurz", "Forms"),
        ("lang", "Forms"),
    ]
    assert importing.saved_assignment(database, field.network, "kurz", "Forms") == "neu"
    assert importing.saved_assignment(database, field.network, "kurz", "Fremd") is None
    for name in ("", "  ", "x" * 101):
        with pytest.raises(InvalidDefinition, match="höchstens 100 Zeichen"):
            keep(database, field.network, name, "x", of="kurz")
