"""What staff are told about their network's help card and legal facts, where their day begins.

1. A card nobody checked for half a year, and organisations whose legal pages are incomplete, are
   named on the list of measures.
2. When all is well there is nothing to read.
3. A host of staff alone has the legal pages of the website too.
"""

from pathlib import Path

from survey_app.config import Part
from tests.instruments.test_networks import SOUND, written
from tests.support_field import TODAY, migrated
from tests.web.staff.office import LIST, office_on, said


def notices(url: str, folder: Path) -> list[str]:
    """Return what Herr Albrecht is told."""
    with migrated(url) as database, office_on(database, networks=folder) as office:
        page = office.albrecht().page(LIST)
        return [said(note) for note in page.all("div[@class='notice notice-warning']")]


def test_what_is_old_and_what_is_missing_is_told(sqlite_url: str, tmp_path: Path) -> None:
    """Rule 1."""
    written(
        tmp_path, SOUND.replace("'2026-11-01'\n  c", "'2026-05-24'\n  c").replace("amt\n", "\n")
    )
    old, missing = notices(sqlite_url, tmp_path)
    assert old.startswith(
        "Die Hilfekarte auf den Umfrage-Seiten wurde zuletzt am 24. Mai 2026 geprüft, also vor mehr"
        " als einem halben Jahr."
    )
    assert missing.startswith("Impressum und Datenschutz sind noch unvollständig bei: Jugendamt.")


def test_nothing_is_told_when_all_is_well(sqlite_url: str, tmp_path: Path) -> None:
    """Rule 2."""
    assert TODAY.isoformat() == "2026-11-21"
    written(tmp_path)
    assert notices(sqlite_url, tmp_path) == []


def test_host_of_staff_alone_has_the_legal_pages(sqlite_url: str) -> None:
    """Rule 3."""
    with migrated(sqlite_url) as database, office_on(database, parts={Part.STAFF}) as office:
        stranger = office.stranger()
        assert "Konten für Fachkräfte" in stranger.page("/datenschutz").main
        assert "Zur Startseite" not in stranger.page("/datenschutz").main
        assert stranger.get("/q/AAAAAAAAAA/impressum").status_code == 404
