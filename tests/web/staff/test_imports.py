"""Answers come in from a file, page by page.

1. Upload, assignment, dry run, done: the wave is closed, counted and on the page of its measure.
2. The assignment that is shown can be corrected, column by column and text by text; personal columns
   are named and cannot be chosen, whatever a form says.
3. With a problem nothing is taken in; it is listed with column and rows.
4. The file is gone when the answers are in, when the import is given up, and after an hour; a file of
   somebody else is as gone as any.
5. An assignment is kept under a name and offered to this network only; it is deleted after one more
   question.
6. Only somebody who is logged in sends large files, and no larger ones than are read here.
7. A wave from a file says so: on its card, and in the method of the sheet.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from survey_app.domain.wave import Phase
from survey_app.services import accounts, fielding, importing
from survey_app.services.importing import keeping
from tests.support_field import TODAY
from tests.support_import import Rows, csv_bytes
from tests.web.staff.office import LIST, PASSWORD, YILDIZ, Office, Page, Person

GERMAN_DAY = "2026-11-20"
ROWS: list[list[object]] = [
    ["ID", "E-Mail", "Das Angebot hat mir insgesamt gefallen.", "Feld", "Was war richtig gut?"],
    [1, "mira@beispiel.example", "stimmt genau", "A4", "Der See"],
    [2, "ali@beispiel.example", "trifft zu", "A1", ""],
]


@pytest.fixture(autouse=True)
def folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Path]:
    """Give the folder in which this test's files wait."""
    for office in {"office", "office_on_both"} & set(request.fixturenames):
        request.getfixturevalue(office)  # PostgreSQL's own user could not enter our folder
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield keeping.folder()
    monkeypatch.setattr(tempfile, "tempdir", None)


def begin(office: Office) -> str:
    return f"{LIST}/{office.field.measure}/import"


def uploaded(
    office: Office, person: Person, rows: Rows = ROWS, *, content: bytes | None = None, **more: str
) -> TestResponse:
    """Fill in the first page and send a file."""
    form = person.page(begin(office)).form()
    values = form | {
        "i-questionnaire": "kern-jugend",
        "i-opens_on": GERMAN_DAY,
        "i-closes_on": GERMAN_DAY,
        **{name.replace("_", "-", 1): value for name, value in more.items()},
    }
    file = (BytesIO(csv_bytes(rows) if content is None else content), "antworten.csv")
    response = person.client.post(begin(office), data={**values, "i-file": file})
    response.request.environ["wsgi.input"].close()  # the test client leaves large ones open
    return response


def waiting(office: Office, person: Person, rows: Rows = ROWS) -> str:
    """Upload a file and return the address of its assignment."""
    response = uploaded(office, person, rows)
    assert response.status_code == 303, Page(response).main
    return response.location


def sent(person: Person, path: str, **changes: str) -> TestResponse:
    """Send the form on a page with some fields changed; an underscore stands for a hyphen."""
    form = person.page(path).form()
    named = {name.replace("_", "-"): value for name, value in changes.items()}
    assert named.keys() <= form.keys()
    return person.client.post(path, data=form | named)


def step(person: Person, path: str, which: str, **more: str) -> TestResponse:
    """Press one of the buttons on the page of the dry run."""
    token = person.page(path).form("header")["csrf_token"]
    return person.client.post(path, data={"csrf_token": token, "schritt": which, **more})


def waves(office: Office) -> list[tuple[Phase, int | None]]:
    fielded = fielding.fielded_measure(
        office.database, office.field.network, office.field.measure, TODAY
    )
    assert fielded is not None
    return [(each.phase, each.wave.expected) for each in fielded.waves]


def test_from_the_file_to_the_closed_wave(office_on_both: Office, folder: Path) -> None:
    office = office_on_both
    albrecht = office.albrecht()
    many = [ROWS[0], *[[n, f"p{n}@beispiel.example", 5, 4, ""] for n in range(12)]]
    response = uploaded(office, albrecht, many, i_expected="14")
    page = albrecht.page(response.location)
    assert page.find("h1").text == "Welche Spalte beantwortet welche Frage?"
    chosen = {k: v for k, v in page.form().items() if k.startswith("zu-")}
    assert chosen == {"zu-C": "k1", "zu-D": "", "zu-E": "k9"}
    check = sent(albrecht, response.location, zu_D="k2").location
    assert check == f"{response.location}/pruefung"
    assert "12 Rückmeldungen 0 Freitexte" in albrecht.page(check).main
    done = step(albrecht, check, "übernehmen")
    assert (done.status_code, list(folder.iterdir())) == (303, [])
    assert waves(office) == [(Phase.CLOSED, 14), (Phase.OPEN, None)]
    assert "12 Rückmeldungen ausgezählt" in albrecht.page(done.location).main
    assert "Wie war’s?" in albrecht.page(f"{LIST}/{office.field.measure}/auswertung").main


def test_personal_columns_are_named_and_cannot_be_chosen(office: Office) -> None:
    albrecht = office.albrecht()
    address = waiting(office, albrecht)
    page = albrecht.page(address)
    assert "A ID Wird nie übernommen: Nummer der Rückmeldung" in page.main
    assert "B E-Mail Wird nie übernommen: E-Mail-Adresse" in page.main
    assert "beispiel.example" not in page.main
    form = page.form() | {"zu-B": "k9", "zu-A": "k10"}
    check = albrecht.client.post(address, data=form).location
    assert "1 Freitext, getrennt abgelegt" in albrecht.page(check).main


def test_texts_get_a_meaning(office: Office) -> None:
    albrecht = office.albrecht()
    address = waiting(office, albrecht)
    page = albrecht.page(address)
    values = {k: v for k, v in page.form().items() if k.startswith(("wert-", "rest-"))}
    assert values == {"wert-C-0": "5", "wert-C-1": "", "rest-C": ""}
    first = albrecht.page(sent(albrecht, address).location)
    assert "C 3 „trifft zu“ gehört zu keiner Antwort dieser Frage." in first.main
    assert "Übernehmen und auszählen" not in first.main
    second = albrecht.page(sent(albrecht, address, wert_C_1="4", zu_D="k2").location)
    assert "D 2 „A4“ gehört zu keiner Antwort" in second.main
    third = albrecht.page(sent(albrecht, address, wert_D_0="1", wert_D_1="unanswered").location)
    assert "Übernehmen und auszählen" in third.main
    kept = albrecht.page(address).form()
    assert (kept["wert-C-1"], kept["wert-D-0"], kept["wert-D-1"]) == ("4", "1", "unanswered")
    fourth = sent(albrecht, address, wert_C_0="1", rest_C="unanswered")
    assert "2 Rückmeldungen" in albrecht.page(fourth.location).main
    assert albrecht.page(address).form()["wert-C-0"] == "1"


def test_what_is_only_guessed_is_marked(office: Office) -> None:
    albrecht = office.albrecht()
    rows = [["k1", "Meine Meinung war hier ja wichtig"], ["A1", 5]]
    page = albrecht.page(waiting(office, albrecht, rows))
    assert "2 Spalten sind nur vermutet und gelb markiert." in page.main
    marked = [
        each.tag for each in page.find("main").iter() if "import-look" in each.get("class", "")
    ]
    assert marked == ["li", "tr"]


def test_headers_can_be_named(office: Office) -> None:
    albrecht = office.albrecht()
    rows = [["unbekannt", "Spalten"], ["k1", "k9"], [5, "gut"]]
    address = waiting(office, albrecht, rows)
    assert albrecht.page(address).form()["kopf-bis"] == "2"
    again = sent(albrecht, address, kopf_von="1", kopf_bis="1")
    assert again.location == address
    form = albrecht.page(address).form()
    assert (form["kopf-bis"], form["zu-A"]) == ("1", "")
    sent(albrecht, address, kopf_von="2", kopf_bis="2")
    assert albrecht.page(address).form()["zu-A"] == "k1"
    for nonsense in ("x", "3", "99999999"):
        sent(albrecht, address, kopf_von=nonsense, kopf_bis="2")
        assert albrecht.page(address).form()["kopf-von"] == "2"


def test_a_contradiction_is_said_and_nothing_is_taken_in(office: Office) -> None:
    albrecht = office.albrecht()
    address = waiting(office, albrecht)
    check = sent(albrecht, address, zu_D="k1").location
    page = albrecht.page(check)
    assert "Spalte C und D sind derselben Frage zugeordnet." in page.main
    assert str(page.find("title").text).startswith("Fehler:")
    refused = step(albrecht, check, "übernehmen")
    assert (refused.status_code, len(waves(office))) == (422, 1)


def test_a_problem_cannot_be_pressed_through(office: Office) -> None:
    albrecht = office.albrecht()
    check = sent(albrecht, waiting(office, albrecht)).location
    refused = step(albrecht, check, "übernehmen")
    assert (refused.status_code, len(waves(office))) == (422, 1)
    assert "Übernommen wird nichts, solange es Fehler gibt" in Page(refused).main


def test_giving_up_removes_the_file(office: Office, folder: Path) -> None:
    albrecht = office.albrecht()
    address = waiting(office, albrecht)
    assert len(list(folder.iterdir())) == 2
    given_up = step(albrecht, f"{address}/pruefung", "verwerfen")
    assert given_up.location == f"{LIST}/{office.field.measure}"
    assert list(folder.iterdir()) == []
    assert albrecht.get(address).status_code == 404


def test_a_file_that_is_gone_is_explained(office: Office, folder: Path) -> None:
    albrecht = office.albrecht()
    address = waiting(office, albrecht)
    for path in folder.iterdir():
        os.utime(path, (time.time() - 3700,) * 2)
    for path in (address, f"{address}/pruefung"):
        page = albrecht.page(path)
        assert page.response.status_code == 404
        assert "Die Datei ist nicht mehr da" in page.main


def test_a_file_of_somebody_else_is_as_gone_as_any(office: Office) -> None:
    """A colleague, another measure, another network: the same answer, byte for byte."""
    albrecht = office.albrecht()
    address = waiting(office, albrecht)
    token = address.rpartition("/")[2]
    accounts.open_account(
        office.database,
        email="kollege@beispiel.example",
        network="Kreis Beispiel",
        password=PASSWORD,
    )
    colleague = office.stranger()
    colleague.log_in("kollege@beispiel.example")
    missing = colleague.page(f"{begin(office)}/{'x' * 32}").main
    assert colleague.page(address).main == missing
    other = f"{LIST}/{office.measure()}/import/{token}"
    assert albrecht.get(other).status_code == 404
    yildiz = office.stranger()
    yildiz.log_in(YILDIZ)
    assert yildiz.get(address).status_code == 404
    assert albrecht.get(address).status_code == 200


def test_an_assignment_is_kept_and_offered_here_only(office: Office) -> None:
    albrecht = office.albrecht()
    address = waiting(office, albrecht)
    check = sent(albrecht, address, wert_C_1="4", zu_D="k10").location
    assert Page(step(albrecht, check, "merken", name=" ")).problems() == {
        "name": "Bitte geben Sie einen Namen mit höchstens 100 Zeichen an."
    }
    said = Page(step(albrecht, check, "merken", name="Unser Formular")).main
    assert "Gemerkt als „Unser Formular“." in said
    moved = [[row[4], row[3], row[2]] for row in ROWS]
    response = uploaded(office, albrecht, moved, i_assignment="kern-jugend/Unser Formular")
    form = albrecht.page(response.location).form()
    assert [form[f"zu-{letter}"] for letter in "ABC"] == ["k9", "k10", "k1"]
    wrong = uploaded(
        office,
        albrecht,
        i_questionnaire="ort",
        i_assignment="kern-jugend/Unser Formular",
    )
    assert list(Page(wrong).problems()) == ["i-assignment"]
    yildiz = office.stranger()
    yildiz.log_in(YILDIZ)
    theirs = importing.saved_assignments(office.database, office.field.network + 1)
    assert theirs == []
    page = yildiz.page(f"{LIST}/2/import")
    assert [each.get("value") for each in page.find("select[@id='i-assignment']")] == [""]


def test_an_assignment_is_deleted_after_one_more_question(office: Office) -> None:
    """Rule 5."""
    albrecht, network = office.albrecht(), office.field.network
    for name in ("Unser & Formular", "bleibt"):
        importing.save_assignment(office.database, network, name, "{}", of="kern-jugend")
    links = albrecht.page(begin(office)).all("ul[@class='import-saved']//a")
    path = str(links[0].get("href"))
    page = albrecht.page(path)
    assert page.find("h2").find("bdi").text == "Unser & Formular"  # type: ignore[union-attr]
    assert len(importing.saved_assignments(office.database, network)) == 2
    assert albrecht.send(path).status_code == 303
    assert importing.saved_assignments(office.database, network) == [("kern-jugend", "bleibt")]
    assert albrecht.get(path).status_code == 404
    yildiz = office.stranger()
    yildiz.log_in(YILDIZ)
    foreign = str(links[1].get("href"))
    assert yildiz.get(foreign.replace(f"/{office.field.measure}/", "/2/")).status_code == 404


def test_a_wave_from_a_file_says_so(office: Office) -> None:
    """Rule 7."""
    albrecht = office.albrecht()
    rows = [["k1"], *[[5] for _ in range(12)]]
    check = sent(albrecht, waiting(office, albrecht, rows)).location
    done = step(albrecht, check, "übernehmen").location
    office.answers(12)
    office.close()
    note = "Antworten importiert"
    assert albrecht.page(done).main.count(note) == 1
    assert albrecht.page(f"{LIST}/{office.field.measure}/auswertung").main.count(note) == 1


def test_the_same_size_is_mentioned(office: Office) -> None:
    albrecht = office.albrecht()
    rows = [["k1"], [5], [4]]
    mentioned = []
    for _ in range(2):
        check = sent(albrecht, waiting(office, albrecht, rows)).location
        mentioned.append("dieselbe Datei noch einmal" in albrecht.page(check).main)
        step(albrecht, check, "übernehmen")
    assert (mentioned, len(waves(office))) == ([False, True], 3)


@pytest.mark.parametrize(
    ("content", "changes", "field"),
    [
        (b"", {}, "i-file"),
        (b"PK\3\4kaputt", {}, "i-file"),
        (b"k1\n5\n", {"i_closes_on": "2026-11-22"}, "i-closes_on"),
        (b"k1\n5\n", {"i_opens_on": "2026-11-21", "i_closes_on": "2026-11-20"}, "i-closes_on"),
        (b"k1\n5\n", {"i_questionnaire": "who-5"}, "i-questionnaire"),
        (b"k1\n5\n", {"i_sheet": "Tabelle2"}, "i-file"),
        (b"k1\n" + b"5\n" * 20_001, {}, "i-file"),
    ],
    ids=["empty", "broken", "tomorrow", "backwards", "licence", "sheet", "rows"],
)
def test_what_does_not_fit_stands_at_its_field(
    office: Office, folder: Path, content: bytes, changes: dict[str, str], field: str
) -> None:
    response = uploaded(office, office.albrecht(), content=content, **changes)
    assert response.status_code == 422
    assert list(Page(response).problems()) == [field]
    assert list(folder.iterdir()) == []


def test_no_file_is_said(office: Office) -> None:
    page = Page(office.albrecht().send(begin(office), i_questionnaire="kern-jugend"))
    assert page.problems() == {"i-file": "Bitte wählen Sie eine Datei aus."}


def test_larger_files_than_are_read_here_are_refused(office: Office, folder: Path) -> None:
    albrecht = office.albrecht()
    allowed = uploaded(office, albrecht, content=b"k1\n" + b"# \n" * 3_000_000)
    assert allowed.status_code == 422
    too_large = uploaded(office, albrecht, content=b"x" * 10_100_000)
    assert too_large.status_code == 413
    stranger = office.stranger()
    data = {"i-file": (BytesIO(b"x" * 200_000), "a.csv")}
    assert stranger.client.post(begin(office), data=data).status_code == 413
    assert list(folder.iterdir()) == []


def test_an_assignment_with_hundreds_of_columns_is_sent(office: Office) -> None:
    albrecht = office.albrecht()
    rows = [[f"Spalte {n}" for n in range(490)], [n % 7 for n in range(490)]]
    address = waiting(office, albrecht, rows)
    assert sent(albrecht, address, zu_A="k1").status_code == 303


def test_pages_speak_english(office: Office) -> None:
    albrecht = office.albrecht()
    page = albrecht.page(waiting(office, albrecht), accept_language="en")
    assert page.root.get("lang") == "en"
    assert "All in all, I liked the activity." in page.main
