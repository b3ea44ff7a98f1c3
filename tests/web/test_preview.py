"""The preview: what the author of a questionnaire sees is what a phone shows.

1. The page is the page of a phone, with "Vorschau" above it; sending shows the thank-you page and
   stores nothing. No database is made.
2. A form that a phone would get back comes back here too.
3. Errors and doubts of `check` stand above the page; a file that cannot be read shows only them.
4. The file is read anew each time, and an open page loads itself again after saving.
5. Every language of the questionnaire can be chosen; easy German too, which says that it is
   untested until it was tested. Only then a phone offers it.
6. The page about the questionnaire is shown if there is one; its text is data.
7. The author's words stay German and left to right, whatever is previewed.
8. The command serves on this machine until Ctrl+C, and says what is wrong otherwise.
9. With --pdf it writes the paper form.
"""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from survey_app.app import create_preview
from survey_app.cli import main
from survey_app.data import data_dir
from survey_app.web.preview.markdown import html_of
from tests.fixtures.browser import Phone
from tests.rendering.paper import text as text_of
from tests.web.questionnaires import EVERY_KIND
from tests.web.site import served, site_asking

SHORT = """
id: kurz
version: 1.0.0
audience: young_people
languages: [de, en]
title: {de: Wie war’s?, en: How was it?}
minutes: 1
licence: {class: A, holder: Mitreden}
sections:
  - id: a
    questions:
      - id: k1
        kind: number
        maximum: 9
        text: {de: Wie viele Tage warst du da?, en: How many days?}
        easy: {de: Wie oft warst du da?}
"""
TESTED = SHORT + "easy_language: {tested: true, by: Büro Klar, 'on': '2026-11-01'}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a file with a short questionnaire, in a folder with nothing else."""
    path = tmp_path / "kurz.yaml"
    path.write_text(SHORT)
    return path


@pytest.fixture
def preview(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Give the preview of that file; the current folder is the file's."""
    monkeypatch.chdir(file.parent)
    yield create_preview(file)
    assert [path.name for path in file.parent.glob("*.db*")] == []


@pytest.fixture
def author(preview: Flask) -> FlaskClient:
    """Give the author's browser."""
    return preview.test_client()


def headings(html: str) -> list[str]:
    """Return the large headings of a page."""
    return [found.strip() for found in re.findall(r"<h1>(.*?)</h1>", html, re.DOTALL)]


def languages_offered(html: str) -> list[str]:
    """Return the languages of the switch, which are buttons of the form."""
    return re.findall(r'formaction="[^"]*lang=([^"&]*)', html)


def test_page_is_that_of_a_phone(author: FlaskClient) -> None:
    """Rule 1."""
    html = author.get("/").text
    assert headings(html) == ["Wie war’s?"]
    assert html.count("<b>Vorschau.</b> Nichts wird gespeichert.") == 1
    assert html.count('name="k1"') == 1


def test_sending_shows_the_thank_you_page(author: FlaskClient) -> None:
    """Rule 1."""
    answer = author.post("/", data={"k1": "3", "submission": "vorschau"})
    assert (answer.status_code, headings(answer.text)) == (200, ["Danke!"])
    assert answer.text.count("Nichts wird gespeichert.") == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("viele", "Bitte gib eine ganze Zahl ein, zum Beispiel 1."),
        ("", "Du hast noch nichts beantwortet"),
    ],
)
def test_form_comes_back_as_on_a_phone(author: FlaskClient, sent: str, said: str) -> None:
    """Rule 2."""
    answer = author.post("/", data={"k1": sent})
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{sent}"' in answer.text


def test_form_from_elsewhere_is_refused(author: FlaskClient) -> None:
    """Rule 2: as on a phone."""
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert author.post("/", data={"k1": "3"}, headers=headers).status_code == 403


def test_doubts_stand_above_the_page(author: FlaskClient) -> None:
    """Rule 3."""
    (summary,) = re.findall(
        r'<details class="doubts">\s*<summary>(.*?)</summary>', author.get("/").text
    )
    assert re.fullmatch(r"Zweifel: [1-9]", summary)


def test_file_with_faults_shows_only_them(author: FlaskClient, file: Path) -> None:
    """Rules 3 and 4: place, fault and remedy; and once mended, the questionnaire is back."""
    file.write_text(SHORT.replace("maximum: 9", "maximun: 9"))
    broken = author.get("/")
    assert broken.status_code == 422
    assert headings(broken.text) == ["So lässt sich der Fragebogen noch nicht zeigen"]
    assert re.findall(r"<li>(kurz\.yaml:\d+:\d+): ", broken.text) == ["kurz.yaml:14:9"]
    file.write_text(SHORT)
    assert author.get("/").status_code == 200


def test_file_that_is_gone_says_so(author: FlaskClient, file: Path) -> None:
    """Rule 3."""
    file.unlink()
    assert "kurz.yaml ist nicht mehr da." in author.get("/").text
    assert author.post("/", data={"k1": "3"}).status_code == 422
    assert author.get("/stand").status_code == 200


def test_error_beside_a_readable_questionnaire(author: FlaskClient, file: Path) -> None:
    """Rule 3: a reference to nowhere is an error, and yet there is something to show."""
    asked = SHORT.replace("kind: number", "kind: ladder\n        mirror: gibt_es_nicht")
    ladder = asked.replace("maximum: 9", "lowest: unten\n        highest: oben")
    file.write_text(ladder)
    html = author.get("/").text
    assert html.count("<summary>Fehler: 1</summary>") == 1
    assert headings(html) == ["Wie war’s?"]


def test_open_page_loads_itself_again(preview: Flask, file: Path, phone: Phone) -> None:
    """Rule 4."""
    with served(preview) as address:
        page = phone().new_page()
        page.goto(address)
        page.get_by_role("heading", name="Wie war’s?").wait_for()
        file.write_text(SHORT.replace("de: Wie war’s?", "de: Und jetzt?"))
        page.get_by_role("heading", name="Und jetzt?").wait_for()
        file.write_text("id: kurz")
        page.get_by_role(
            "heading", name="So lässt sich der Fragebogen noch nicht zeigen"
        ).wait_for()
        file.write_text(SHORT)
        page.get_by_role("heading", name="Wie war’s?").wait_for()


def test_languages_and_easy_german(author: FlaskClient, file: Path) -> None:
    """Rule 5."""
    html = author.get("/", headers={"Accept-Language": "de"}).text
    assert languages_offered(html) == ["de", "en", "de-x-leicht"]
    assert headings(author.get("/?lang=en").text) == ["How was it?"]
    easy = author.get("/?lang=de-x-leicht").text
    assert easy.count("Wie oft warst du da?") == 1
    assert easy.count("Leichte Sprache, ungetestet.") == 1
    file.write_text(TESTED)
    assert author.get("/?lang=de-x-leicht").text.count("ungetestet") == 0


@pytest.mark.parametrize(
    ("asked", "offered"), [(SHORT, ["de", "en"]), (TESTED, ["de", "en", "de-x-leicht"])]
)
def test_phone_offers_easy_german_once_it_was_tested(
    sqlite_url: str, asked: str, offered: list[str]
) -> None:
    """Rule 5."""
    with site_asking(asked, sqlite_url) as site:
        html = site.get(f"{site.address}?lang=de-x-leicht").text
    assert languages_offered(html) == offered
    assert html.count("Wie oft warst du da?") == (len(offered) == 3)


def test_page_about_the_questionnaire(author: FlaskClient, file: Path) -> None:
    """Rule 6."""
    assert author.get("/beschreibung").status_code == 404
    file.with_suffix(".md").write_text("# Kurz (`kurz`)\n\nWozu?\n\n- **a** und\n  weiter\n- <b>\n")
    assert author.get("/").text.count('href="/beschreibung"') == 1
    assert headings(author.get("/beschreibung").text) == ["Kurz (<code>kurz</code>)"]


def test_shipped_descriptions_are_found(tmp_path: Path) -> None:
    """Rule 6: where Mitreden keeps them in a checkout."""
    file = data_dir("questionnaires") / "kern-jugend.yaml"
    assert create_preview(file).test_client().get("/beschreibung").status_code == 200


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("## Wer\nAlle.", "<h2>Wer</h2>\n<p>Alle.</p>"),
        ("Eine\nZeile.", "<p>Eine Zeile.</p>"),
        ("- a\n- **b** c\n  d", "<ul><li>a</li><li><b>b</b> c d</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("So:\n- a", "<p>So:</p>\n<ul><li>a</li></ul>"),
        ("<script>`x`", "<p>&lt;script&gt;<code>x</code></p>"),
    ],
)
def test_markdown(written: str, shown: str) -> None:
    """Rule 6."""
    assert html_of(written) == shown


def test_words_of_the_author_stay_german(author: FlaskClient) -> None:
    """Rule 7."""
    html = author.get("/?lang=en").text
    assert '<html lang="en"' in html
    assert html.count('<aside class="author" lang="de" dir="ltr"') == 1


def test_every_kind_on_a_small_phone(tmp_path: Path, phone: Phone) -> None:
    """Rule 1: the bar makes nothing too wide."""
    file = tmp_path / "alle-arten.yaml"
    file.write_text(EVERY_KIND)
    with served(create_preview(file)) as address:
        page = phone().new_page()
        page.set_viewport_size({"width": 320, "height": 568})
        page.goto(address)
        page.locator(".doubts > summary").tap()
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_command_serves_until_it_is_interrupted(file: Path) -> None:
    """Rule 8."""
    port = free_port()
    program = "from survey_app.cli import main; main()"
    arguments = ["questionnaires", "preview", str(file), "--port", str(port), "--language", "en"]
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=20)
    address = f"http://127.0.0.1:{port}/?lang=en"
    assert said == f"Vorschau auf {address} – Ende mit Strg+C.\n"
    assert (process.returncode, complaints) == (0, "")


def test_port_in_use(file: Path) -> None:
    """Rule 8."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["questionnaires", "preview", str(file), "--port", port])
    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: Port {port} ist schon belegt. Nehmen Sie mit --port einen anderen.\n"
    )


def printed(*arguments: object) -> tuple[int, str]:
    """Run the command with --pdf and return its code and what it said."""
    result = CliRunner().invoke(main, ["questionnaires", "preview", *map(str, arguments)])
    return result.exit_code, result.output


def test_paper_form_is_written(file: Path) -> None:
    """Rule 9."""
    out = file.with_suffix(".pdf")
    assert printed(file, "--pdf", out, "--language", "en") == (0, f"{out}: How was it? (en).\n")
    assert text_of(out.read_bytes()).startswith("How was it?")


def test_paper_form_in_a_language_there_is_not(file: Path) -> None:
    """Rule 9."""
    code, said = printed(file, "--pdf", file.with_suffix(".pdf"), "--language", "fr")
    assert code == 1
    assert said == (
        "Error: „fr“ gibt es für diesen Fragebogen nicht. Es gibt: de, en, de-x-leicht.\n"
    )


def test_paper_form_of_a_broken_file(file: Path) -> None:
    """Rule 9."""
    file.write_text(SHORT.replace("maximum: 9", "maximun: 9"))
    code, said = printed(file, "--pdf", file.with_suffix(".pdf"))
    assert code == 1
    assert said.endswith("Error: Der Fragebogen hat Fehler. Es wurde nichts gedruckt.\n")
    assert not file.with_suffix(".pdf").exists()


def test_paper_form_with_empty_slots_says_what_is_missing(tmp_path: Path) -> None:
    """Rule 9: it may be looked at, but nobody should take it for complete."""
    file = data_dir("questionnaires") / "who-5.yaml"
    code, said = printed(file, "--pdf", tmp_path / "who.pdf")
    assert (code, said.count("ist noch nicht einsetzbar")) == (0, 1)


def test_paper_form_nowhere_to_write(file: Path) -> None:
    """Rule 9."""
    out = file.parent / "fehlt" / "x.pdf"
    code, said = printed(file, "--pdf", out)
    assert (code, said) == (
        1,
        f"Error: {out} lässt sich nicht schreiben (No such file or directory).\n",
    )
