"""`survey-app demo`: one command, one folder, everything there is to try.

1. It fills the district, makes a login that works, draws a poster for every way in and a sheet for
   every measure with a closed wave, and says where all of it is.
2. Everything on paper says that it is invented; the link it prints is the one on a poster, and a
   phone finds the questionnaire there.
3. A second run keeps answers and login. A lost login is replaced; emptying removes all of it.
4. Whoever breaks off leaves no half district behind.
5. A port in use is said before the work begins, with the way out.
"""

import re
import socket
import subprocess
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result

from survey_app.app import create_app
from survey_app.cli import main
from survey_app.cli._demo_folder import (
    DemoFolder,
    database_url,
    empty_folder,
    file_name,
    fill_folder,
    login_of,
)
from survey_app.config import Settings
from survey_app.services.accounts import account_with_email
from survey_app.services.sample_district import MEASURES
from survey_app.storage.database import Database
from tests.support_field import TODAY

WAVES = [wave for measure in MEASURES for wave in measure.waves]


def demo_in(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["demo", "--directory", str(folder), *options])


def stored_hash(folder: DemoFolder) -> str:
    """Return the hash of the password; no other database has the same."""
    database = Database(database_url(folder.database))
    account = account_with_email(database, login_of(folder)[0])
    database.close()
    assert account is not None
    return account.password


def text_of(pdf: Path) -> str:
    return subprocess.run(
        ["pdftotext", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[DemoFolder, Result]:
    """Give a folder after one run, and what was said."""
    folder = tmp_path_factory.mktemp("demo") / "var" / "demo"
    result = demo_in(folder, "--no-serve")
    assert result.exit_code == 0, result.output
    return DemoFolder(folder), result


def test_everything_is_there(demo: tuple[DemoFolder, Result]) -> None:
    folder, _ = demo
    assert len(list(folder.posters.glob("*.pdf"))) == len(WAVES)
    over = {file_name(m.title) for m in MEASURES if m.ends < -10}
    assert {path.stem for path in folder.sheets.glob("*.pdf")} == over
    assert {path.name for path in folder.folder.iterdir()} == {
        *("mitreden.sqlite", "login.txt", "key.txt", "posters", "sheets"),
    }


def test_the_login_works_and_is_nobody_elses(demo: tuple[DemoFolder, Result]) -> None:
    folder, result = demo
    email, password = login_of(folder)
    assert folder.login.stat().st_mode & 0o777 == 0o600
    assert PasswordHasher().verify(stored_hash(folder), password)
    assert f"{email}\n" in result.output
    assert f"{password}\n" in result.output


def test_what_is_said_leads_there(demo: tuple[DemoFolder, Result]) -> None:
    folder, result = demo
    assert f"{folder.posters}/*.pdf" in result.output
    assert f"{folder.sheets}/*.pdf" in result.output
    link = re.search(r"http://127\.0\.0\.1:8000(/q/\S+)", result.output)
    assert link is not None
    settings = Settings.from_environment(
        {"SURVEY_DATABASE_URL": database_url(folder.database), "SURVEY_PARTS": "respond"}
    )
    page = create_app(settings).test_client().get(link[1])
    assert (page.status_code, "Beispieldaten" in page.text) == (200, True)
    code = link[1].removeprefix("/q/")
    (poster,) = [path for path in folder.posters.glob("*.pdf") if code in text_of(path)]
    assert poster.name == "durchatmen-workshop-fuer-die-klassen-7_kern-jugend.pdf"


def test_results_are_behind_the_links_that_are_said(demo: tuple[DemoFolder, Result]) -> None:
    folder, result = demo
    links = re.findall(r"http://127\.0\.0\.1:8000(/q/\S+)", result.output)
    assert len(links) == 3
    settings = Settings.from_environment(
        {"SURVEY_DATABASE_URL": database_url(folder.database), "SURVEY_PARTS": "respond"}
    )
    phone = create_app(settings).test_client()
    for link in links[1:]:
        text = phone.get(link).text
        said = ("Beispieldaten", "Das kam heraus", "von 10", "Ihr habt gesagt")
        assert [words for words in said if words not in text] == []


def test_paper_says_that_it_is_invented(demo: tuple[DemoFolder, Result]) -> None:
    folder, _ = demo
    papers = [*folder.posters.glob("*.pdf"), *folder.sheets.glob("*.pdf")]
    assert [path.name for path in papers if "Beispieldaten" not in text_of(path)] == []


def test_a_second_run_keeps_everything(demo: tuple[DemoFolder, Result]) -> None:
    folder, _ = demo
    before = (stored_hash(folder), login_of(folder))
    again = demo_in(folder.folder, "--no-serve")
    assert again.exit_code == 0
    assert "ist schon da und bleibt" in again.output
    assert (stored_hash(folder), login_of(folder)) == before


def test_a_lost_login_is_replaced_and_emptying_makes_all_anew(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path / "demo")
    fill_folder(folder, TODAY)
    first = login_of(folder)
    folder.login.unlink()
    fill_folder(folder, TODAY)
    assert login_of(folder) != first
    assert PasswordHasher().verify(stored_hash(folder), login_of(folder)[1])
    empty_folder(folder)
    assert list(folder.folder.iterdir()) == []


def test_a_half_district_is_thrown_away(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path)
    folder.database.with_suffix(".new").write_bytes(b"half of it")
    fill_folder(folder, TODAY)
    assert {path.name for path in tmp_path.iterdir()} == {"mitreden.sqlite", "login.txt"}


def test_a_busy_port_is_said_before_the_work_begins(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = demo_in(tmp_path / "demo", "--port", f"{port}")
    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: Port {port} ist schon belegt, vielleicht von einer Demo, die noch läuft. Beenden"
        f" Sie das andere Programm, oder nehmen Sie einen anderen Port: --port {port + 1}\n"
    )
    assert not (tmp_path / "demo").exists()
