"""`survey-app rollup` and `survey-app export`, typed for a health conference or an archive.

1. The results of a measure come in every format, with their checksums; or in those asked for.
2. A roll-up comes as PDF, as a document and in every format; what is in it went through the ledger.
3. A year that runs is written only if somebody insists; one to come and one without measures never.
4. A town that is too small comes in words: no file with numbers.
5. A mistake gets a sentence with a way out.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from survey_app.cli import main
from survey_app.config import Settings
from survey_app.services import closing, exporting
from survey_app.storage import schema
from tests.support_field import ALBRECHT, Field, field_in, migrated

TODAY = Settings().today()
YEAR = str(TODAY.year)


@pytest.fixture
def field(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Field]:
    """Give a measure that twelve answered today; the command line works on its database."""
    monkeypatch.setenv("SURVEY_DATABASE_URL", sqlite_url)
    with migrated(sqlite_url) as database:
        found = field_in(database, opens_on=TODAY - timedelta(days=3), closes_on=TODAY)
        for number in range(12):
            found.send({"k1": ["1" if number % 3 else "3"]}, today=TODAY)
        closing.close_wave(database, found.network, found.wave, today=TODAY, actor=ALBRECHT)
        yield found


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def year_of(field: Field) -> str:
    """Return the year in which the measure ends."""
    with field.database.read() as connection:
        return str(connection.execute(select(schema.measure.c.ends_on)).scalar_one().year)


def test_a_measure_in_every_format(field: Field, tmp_path: Path) -> None:
    """Rule 1."""
    result = typed("export", str(field.measure), "--to", str(tmp_path / "neu"))
    assert (result.exit_code, result.stderr) == (0, "")
    sums = (tmp_path / "neu" / "SHA256SUMS").read_text().splitlines()
    assert len(sums) == len(exporting.formats())
    for line in sums:
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "neu" / name).read_bytes()).hexdigest() == digest
        assert str(tmp_path / "neu" / name) in result.output
    asked = ("--format", "json", "--format", "csv_rfc4180", "--language", "en")
    result = typed("export", "Sommercamp", *asked, "--to", str(tmp_path / "zwei"))
    assert result.exit_code == 0
    (document,) = (tmp_path / "zwei").glob("*.json")
    assert json.loads(document.read_text())["language"] == "en"
    assert len(names_in(tmp_path / "zwei")) == 3


def test_a_roll_up_in_every_format(field: Field, tmp_path: Path) -> None:
    """Rule 2."""
    folder = tmp_path / "neu"
    result = typed("rollup", year_of(field), "--so-far", "--to", str(folder))
    assert result.exit_code == 0, result.output
    assert len(names_in(folder)) == len(exporting.formats()) + 3
    (pdf,) = folder.glob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
    document = json.loads(pdf.with_suffix(".json").read_text())
    assert (document["schema"], document["questions"][0]["reason_code"]) == (
        "mitreden-rollup/1",
        "dominated",
    )
    with field.database.read() as connection:
        entered = connection.execute(select(func.count()).select_from(schema.ledger)).scalar_one()
    assert entered == 1  # the wave by itself is all of the roll-up


def test_years(field: Field, tmp_path: Path) -> None:
    """Rule 3."""
    runs = f"Error: Das Jahr {YEAR} läuft noch: Zu kleine Erhebungen fehlen, und die Zahlen ändern"
    sentences = [
        typed("rollup", each, "--to", str(tmp_path / "x")).stderr.splitlines()[-1]
        for each in (YEAR, str(TODAY.year + 1), "1999")
    ]
    assert sentences == [
        f"{runs} sich. Trotzdem schreiben: --so-far",
        f"Error: Das Jahr {TODAY.year + 1} hat noch nicht begonnen.",
        f"Error: Dazu gehört keine Maßnahme. Jahre, in denen welche enden: {year_of(field)}.",
    ]
    assert not (tmp_path / "x").exists()


def test_a_small_town_comes_in_words(field: Field, tmp_path: Path) -> None:
    """Rule 4."""
    here = ("rollup", year_of(field), "--so-far", "--municipality", "Brüggen")
    result = typed(*here, "--to", str(tmp_path / "neu"))
    assert result.exit_code == 0, result.output
    assert "Ohne Zahlen der Befragten: Für Zahlen ist das zu wenig" in result.stderr
    assert len(names_in(tmp_path / "neu")) == 3
    result = typed(*here, "--format", "xlsx", "--to", str(tmp_path / "leer"))
    assert result.stderr.endswith("Error: Es bleiben nur diese Formate: pdf, rollup_json.\n")
    assert not (tmp_path / "leer").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("export", "Camp"), "Die Maßnahme „Camp“ gibt es nicht. Nehmen Sie die Nummer:"),
        (("export", "Sommercamp", "--format", "pdf"), "„pdf“ ist kein Format. Es gibt: csv_excel,"),
        (("export", "Sommercamp", "--language", "xx"), "Die Sprache „xx“ gibt es nicht. Es gibt:"),
        (
            ("rollup", "2020", "--network", "Kreis Nirgendwo"),
            "Nennen Sie mit --network eines der Netzwerke: Kreis Beispiel.",
        ),
        (
            ("rollup", "2020", "--municipality", "Nix"),
            "Die Kommune „Nix“ gehört nicht zum Netzwerk. Es gibt: Brüggen.",
        ),
        (
            ("rollup", "2020", "--municipality", "Nix", "--topic", "stress"),
            "Nennen Sie --municipality oder --topic, nicht beides.",
        ),
    ],
)
def test_a_mistake_has_a_way_out(field: Field, words: tuple[str, ...], sentence: str) -> None:
    """Rule 5."""
    result = typed(*words)
    assert result.exit_code != 0
    assert sentence in result.stderr


def test_what_is_still_open_has_no_files(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 5."""
    monkeypatch.setenv("SURVEY_DATABASE_URL", sqlite_url)
    with migrated(sqlite_url) as database:
        field_in(database, opens_on=TODAY, closes_on=TODAY)
    assert typed("export", "Sommercamp").stderr == (
        "Error: Von „Sommercamp“ ist noch keine Erhebung geschlossen und ausgezählt.\n"
    )
