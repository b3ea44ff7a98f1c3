"""A file between two pages.

1. The copy and what is known of it come back as they were kept; personal columns are not in it.
2. It belongs to one account, network and measure; to others, and after an hour, it does not exist.
3. The folder is this user's alone; what could be somebody else's is refused.
4. Nothing is left of what was uploaded: not of a file that was refused, not after it was taken in,
   and not after an hour.
"""

import os
import stat
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from survey_app.services import housekeeping
from survey_app.services.importing import UnreadableTable, keeping, rehearsed
from survey_app.services.importing.keeping import Kept
from survey_app.services.importing.personal import Personal
from survey_app.services.importing.storing import Occasion
from tests.support_field import TODAY, migrated
from tests.support_import import Rows, csv_bytes, summer, xlsx_file

ROWS = [
    ["Titel"],
    ["Name", "Feld", "k1", "Was war richtig gut?"],
    ["Mira Muster", "mira@beispiel.example", 5, "Der See"],
    [],
    ["Ali Muster", "ali@beispiel.example", "trifft zu", ""],
]
HERS = Occasion(1, 7, opens_on=TODAY, closes_on=TODAY, expected=30)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the folder; files that are kept lie in this test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield keeping.folder()
    monkeypatch.setattr(tempfile, "tempdir", None)


def kept(rows: Rows = ROWS) -> Kept:
    return keeping.keep(BytesIO(csv_bytes(rows)), summer(), HERS, account=3)


def found(token: str, *, account: int = 3, network: int = 1, measure: int = 7) -> Kept | None:
    return keeping.find(token, account=account, network=network, measure=measure)


def test_it_comes_back_as_it_was_kept() -> None:
    first = kept()
    assert found(first.token) == first
    assert (first.occasion, first.sheets) == (HERS, 1)
    assert first.told == {0: Personal.NAME, 1: Personal.EMAIL}
    assert first.said == "CSV-Datei, Zeichen: UTF-8, Trennzeichen: Komma"
    with keeping.looked_at(first, summer()) as (copy, survey):
        rehearsal = rehearsed(copy, survey, first.assignment, summer())
    assert [(each.column.letter, each.ranges()) for each in rehearsal.problems] == [("C", "5")]
    assert [column.personal for column in survey.columns] == [
        *(Personal.NAME, Personal.EMAIL, None, None),
    ]


def test_personal_columns_are_not_in_the_copy(folder: Path) -> None:
    kept()
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"Der See" in content
    assert [secret for secret in (b"Mira", b"Ali", b"beispiel.example") if secret in content] == []


def test_another_assignment_is_kept() -> None:
    first = kept()
    other = first.assignment.model_copy(update={"columns": first.assignment.columns[:1]})
    keeping.assign(first, other)
    again = found(first.token)
    assert again is not None
    assert again.assignment == other


def test_a_workbook_is_kept_as_a_copy(tmp_path: Path) -> None:
    file = xlsx_file(tmp_path, ROWS)
    with file.open("rb") as stream:
        first = keeping.keep(stream, summer(), HERS, account=3)
    assert first.said == "Excel-Datei mit 1 Blatt"
    assert first.assignment.sheet == "Sheet"


def test_it_belongs_to_one_account_network_and_measure() -> None:
    token = kept().token
    assert found(token, account=4) is None
    assert found(token, network=2) is None
    assert found(token, measure=8) is None
    for other in ("", "x" * 32, f"../{token}", f"{token}.csv", token[:-1]):
        assert found(other) is None
    assert found(token) is not None


def aged(folder: Path, seconds: float) -> None:
    """Make everything older."""
    for path in folder.iterdir():
        os.utime(path, (time.time() - seconds,) * 2)


def test_after_an_hour_it_does_not_exist(folder: Path) -> None:
    token = kept().token
    aged(folder, 3590)
    assert found(token) is not None
    aged(folder, 3610)
    assert found(token) is None
    assert list(folder.iterdir()) == []


def test_housekeeping_removes_what_nobody_went_on_with(folder: Path, sqlite_url: str) -> None:
    kept()
    with migrated(sqlite_url) as database:
        for seconds, left in ((3590, 2), (3610, 0)):
            aged(folder, seconds)
            housekeeping.keep_house(database, TODAY, recount_days=14, text_days=90)
            assert len(list(folder.iterdir())) == left


def test_a_refused_file_leaves_nothing(folder: Path) -> None:
    with pytest.raises(UnreadableTable):
        keeping.keep(BytesIO(b"PK\3\4" + bytes(500)), summer(), HERS, account=3)
    assert list(folder.iterdir()) == []


def test_discarded_is_gone(folder: Path) -> None:
    token = kept().token
    keeping.discard(token)
    keeping.discard(token)
    assert (found(token), list(folder.iterdir())) == (None, [])


def test_folder_and_files_are_this_users_alone(folder: Path) -> None:
    kept()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_folder_that_others_could_open_is_refused(folder: Path) -> None:
    folder.chmod(0o755)
    with pytest.raises(PermissionError):
        kept()


def test_a_link_in_its_place_is_refused(folder: Path, tmp_path: Path) -> None:
    folder.rmdir()
    (tmp_path / "anders").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "anders")
    with pytest.raises(PermissionError):
        kept()
