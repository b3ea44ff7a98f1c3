"""Reading free texts: the pages of whoever evaluates.

1. Texts come one by one; what may tell of a person is marked with a word.
2. Publish, paraphrase, withhold and undo are buttons; Enter in a field decides nothing.
3. Fields say what is missing, and keep what was entered.
4. Nothing of a text stands anywhere before its question is concluded; a withheld text never does:
   sheet, PDF, files, the page behind the code, the pages of staff, the audit log.
5. How people feel takes two accounts.
6. A concluded question shows quotes and themes; quotes are chosen for the sheet and taken back.
7. Texts are data: markup does nothing, Arabic stands from right to left.
8. Only who evaluates reads; a question of another measure or network is none.
9. The start page reminds of texts that wait, whoever may read them.
10. Forty texts cost as many queries as four.
11. In a browser three keys are enough, and they are dead while somebody types.
"""

import re
from dataclasses import replace

from playwright.sync_api import Browser, expect

from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.rights import Role
from survey_app.rendering.exports import FORMATS
from survey_app.services import accounts, collecting, fielding
from survey_app.storage import schema
from tests.rendering.paper import text as text_of_pdf
from tests.support_field import TODAY, WAVE, Field, questionnaire_from
from tests.web.site import served
from tests.web.staff.office import LIST, LOGIN, PASSWORD, Office, Page, Person, said

TEXTS = ("Kevin ist EKELHAFT", "Zu laut, <b>EKELHAFT</b>", "Das Essen", "كان محمد لطيفا")
C_WAVE = WAVE.replace("text: Was war gut?}", "text: Was war gut?, sensitivity: C}")


def reader(office: Office, name: str = "lesen") -> Person:
    """Return somebody who evaluates, logged in."""
    email = f"{name}@beispiel.example"
    accounts.open_account(
        office.database,
        email=email,
        network="Kreis Beispiel",
        password=PASSWORD,
        role=Role.EVALUATOR,
    )
    person = office.stranger()
    assert person.log_in(email).status_code == 302
    return person


def written(office: Office, texts: tuple[str, ...] = TEXTS) -> str:
    """Let twelve people answer, some with a text; close; return the address of the question."""
    for number in range(max(12, len(texts))):
        office.field.send({"k1": ["3"], "k9": [texts[number] if number < len(texts) else ""]})
    office.close()
    return f"{LIST}/{office.field.measure}/erhebungen/{office.field.wave}/texte/k9"


def key_of(page: Page, text: str) -> str:
    """Return the key of a text in the list of all."""
    links = [each for each in page.all("details[@class='review-all']//a") if said(each) == text]
    return re.search(r"text=([0-9a-f]+)", links[0].get("href", ""))[1]  # type: ignore[index]


def decide(person: Person, path: str, text: str, deed: str, **values: object) -> Page:
    """Press one of the buttons below a text."""
    page = person.page(path)
    form = {"csrf_token": page.form()["csrf_token"], "text": key_of(page, text), "deed": deed}
    return Page(person.client.post(path, data=form | values))


def decide_all(person: Person, path: str) -> None:
    decide(person, path, TEXTS[0], "paraphrase", words="Jemand ist unfreundlich", themes="Streit")
    decide(person, path, TEXTS[1], "withhold", themes="Lärm")
    decide(person, path, TEXTS[2], "publish", themes=["Lärm, Essen"], chosen="on")
    decide(person, path, TEXTS[3], "publish", themes=["Lärm"])


def conclude(person: Person, path: str) -> None:
    assert person.send(f"{path}/abschliessen").status_code == 303


def test_texts_come_one_by_one_with_marks_in_words(office: Office) -> None:
    """Rules 1 and 7."""
    path, person = written(office), reader(office)
    for _ in TEXTS:
        page = person.page(path)
        text = next(each for each in TEXTS if key_of(page, each) == page.form()["text"])
        if text == TEXTS[0]:
            assert [said(each) for each in page.all("mark")] == ["Kevin Name"]
        assert page.find("blockquote").get("dir") == "auto"
        assert page.all("blockquote//b") == []
        decide(person, path, text, "publish")
    assert "Alle Texte sind gelesen" in person.page(path).main


def test_a_decision_is_undone(office: Office) -> None:
    """Rule 2."""
    path, person = written(office), reader(office)
    there = decide(person, path, TEXTS[2], "withhold").response.location
    assert "Letzter Text: zurückgehalten" in person.page(there).main
    assert "1 von 4 Texten gelesen" in person.page(path).main
    again = decide(person, path, TEXTS[2], "undo").response.location
    assert person.page(again).find("blockquote").text == TEXTS[2]
    assert "0 von 4 Texten gelesen" in person.page(path).main


def test_enter_in_a_field_decides_nothing(office: Office) -> None:
    """Rule 2: the first button of the form, which Enter presses, cannot be pressed."""
    page = reader(office).page(written(office))
    first = page.find("form[@data-reading]//button[@type='submit']")
    assert first.get("disabled") is not None


def test_what_is_missing_stands_at_its_field(office: Office) -> None:
    """Rule 3."""
    path, person = written(office), reader(office)
    page = decide(person, path, TEXTS[0], "paraphrase", words=" ", themes="Herr Kevin")
    assert page.response.status_code == 422
    assert page.problems().keys() == {"words", "themes"}
    assert decide(person, path, TEXTS[0], "burn").response.status_code == 400


def everywhere(office: Office, person: Person) -> str:
    """Return all that can be read about the measure, as text."""
    albrecht, measure = office.albrecht(), office.field.measure
    code = office.field.door.collector.code
    pages = [
        albrecht.get(path).get_data(as_text=True)
        for path in (
            "/team/start",
            f"{LIST}/{measure}",
            f"{LIST}/{measure}/auswertung",
            f"{LIST}/{measure}/erhebungen/{office.field.wave}",
            f"{LIST}/{measure}/erhebungen/{office.field.wave}/ergebnisse/vorschau",
            f"/q/{code}",
            *(f"{LIST}/{measure}/dateien/{name}" for name in ("csv", "json") if name in FORMATS),
        )
    ]
    pdf = albrecht.get(f"{LIST}/{measure}/auswertungsbogen.pdf").data
    with office.database.read() as connection:
        log = str(connection.execute(schema.audit.select()).all())
    overview = person.get(f"{LIST}/{measure}/erhebungen/{office.field.wave}/texte")
    return "".join([*pages, text_of_pdf(pdf), log, overview.get_data(as_text=True)])


def test_nothing_of_a_text_stands_anywhere_before(office: Office) -> None:
    """Rule 4."""
    path, person = written(office), reader(office)
    decide(person, path, TEXTS[2], "publish", chosen="on", themes="GEHEIMESTHEMA")
    assert not re.search("EKELHAFT|Das Essen|محمد|GEHEIMESTHEMA", everywhere(office, person))


def test_a_withheld_text_stands_nowhere_after(office: Office) -> None:
    """Rules 4 and 6."""
    path, person = written(office), reader(office)
    decide_all(person, path)
    conclude(person, path)
    page = person.page(path)
    assert "3 von 4 Texten sind veröffentlicht" in page.main
    assert "Lärm 3" in page.main
    assert "Streit" not in page.main
    assert "EKELHAFT" not in everywhere(office, person) + page.main


def test_quotes_are_chosen_and_taken_back(office: Office) -> None:
    """Rule 6."""
    path, person = written(office), reader(office)
    decide_all(person, path)
    conclude(person, path)
    page = person.page(path)
    names = [each.get("value", "") for each in page.all("input[@name='quotes']")]
    token = page.form()["csrf_token"]
    form = {"csrf_token": token, "quotes": names}
    assert person.client.post(f"{path}/zitate", data=form).status_code == 303
    chosen = [
        each for each in person.page(path).all("input[@name='quotes']") if "checked" in each.attrib
    ]
    assert len(chosen) == 3
    form = {"csrf_token": token, "take_back": names[0]}
    person.client.post(f"{path}/zitate", data=form)
    assert len(person.page(path).all("input[@name='quotes']")) == 2


def test_how_people_feel_takes_two_accounts(office: Office) -> None:
    """Rule 5."""
    measure = office.measure(title="Wie geht es euch")
    office.wave(measure, questionnaire=questionnaire_from(C_WAVE))
    office.field = _field_of(office, measure)
    path, person, second = written(office), reader(office), reader(office, "zweite")
    for text in TEXTS:
        decide(person, path, text, "publish")
    page = person.page(path)
    assert "Für Sie ist hier nichts mehr zu tun" in page.main
    assert person.get(f"{path}/abschliessen").status_code == 303
    for text, deed in zip(TEXTS, ("disagree", "disagree", "agree", "agree"), strict=True):
        decide(second, path, text, deed)
    conclude(second, path)
    assert "2 von 4 Texten sind veröffentlicht" in second.page(path).main


def _field_of(office: Office, measure: int) -> Field:
    """Return the field of another measure."""
    fielded = fielding.fielded_measure(office.database, office.field.network, measure, TODAY)
    assert fielded is not None
    code = fielded.waves[0].collectors[0].code
    door = collecting.find_door(office.database, code, DisclosurePolicy())
    assert door is not None
    return replace(office.field, measure=measure, door=door)


def test_only_who_evaluates_reads(office: Office) -> None:
    """Rule 8: the coordinator, who closes waves and sees results, does not."""
    path = written(office)
    assert office.albrecht().get(path).status_code == 403
    assert (
        "Freie Texte durchsehen"
        not in office.albrecht().page(f"{LIST}/{office.field.measure}").main
    )
    person = reader(office)
    assert "Freie Texte durchsehen" in person.page(f"{LIST}/{office.field.measure}").main
    other = office.measure()
    strange = f"{LIST}/{other}/erhebungen/{office.field.wave}/texte/k9"
    assert [person.get(each).status_code for each in (strange, path.replace("k9", "k1"))] == [
        404
    ] * 2


def test_the_start_page_reminds_of_texts_that_wait(office: Office) -> None:
    """Rule 9."""
    path, person = written(office), reader(office)
    sentence = "Freie Texte warten auf Durchsicht"
    assert sentence in person.page("/team/start").main
    assert sentence not in office.albrecht().page("/team/start").main
    decide_all(person, path)
    conclude(person, path)
    assert sentence not in person.page("/team/start").main


def test_forty_texts_cost_as_many_queries_as_four(office: Office) -> None:
    """Rule 10."""
    few = office.queries(reader(office), written(office))
    with_many = tuple(f"Text {number}" for number in range(40))
    measure = office.measure(title="Viele Texte")
    office.wave(measure)
    office.field = _field_of(office, measure)
    assert office.queries(reader(office, "andere"), written(office, with_many)) == few


def test_three_keys_are_enough(office: Office, chromium: Browser) -> None:
    """Rule 11."""
    path = written(office)
    reader(office)
    with served(office.app) as live:
        context = chromium.new_context(viewport={"width": 320, "height": 640}, locale="de-DE")
        desk = context.new_page()
        desk.goto(live + LOGIN)
        desk.get_by_label("E-Mail-Adresse").fill("lesen@beispiel.example")
        desk.get_by_label("Passwort").fill(PASSWORD)
        desk.get_by_role("button", name="Anmelden").click()
        desk.wait_for_url("**/start")
        desk.goto(live + path)
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
        desk.keyboard.press("1")
        expect(desk.get_by_text("1 von 4 Texten gelesen")).to_be_visible()
        desk.keyboard.press("t")
        desk.keyboard.type("13 Pausen")
        desk.keyboard.press("Enter")
        expect(desk.get_by_label("Neues Thema")).to_have_value("13 Pausen")
        desk.keyboard.press("Escape")
        desk.keyboard.press("3")
        expect(desk.get_by_text("2 von 4 Texten gelesen")).to_be_visible()
        desk.keyboard.press("2")
        desk.keyboard.press("Control+a")
        desk.keyboard.type("In 1, 2, 3 Worten")
        desk.keyboard.press("Control+Enter")
        expect(desk.get_by_text("3 von 4 Texten gelesen")).to_be_visible()
        expect(desk.get_by_text("Letzter Text: umgeschrieben")).to_be_visible()
        context.close()
