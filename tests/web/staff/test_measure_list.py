"""The list of measures, narrowed down by its address, and the white spots.

1. Everything somebody chose stands in the address; what a form left empty leaves it; what makes no
   sense there is as if it had not been asked for.
2. The form shows what is chosen; each choice can be left out alone, or all at once.
3. Nothing found is said, with the way back to everything.
4. 300 measures cost as many statements as one, and are read page by page.
5. The white spots are a table with a head for every row and column and a word in every empty cell;
   its numbers lead to the list they count.
6. Who sees only a part is told so.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from survey_app.domain.measure import Law, Setting, Topic
from survey_app.domain.rights import Role
from survey_app.services.finding import PAGE_SIZE
from survey_app.storage import measures, places
from tests.web.site import served
from tests.web.staff.office import LIST, LOGIN, Office, Page, said
from tests.web.staff.test_rights import somebody

SPOTS = f"{LIST}/weisse-flecken"


def titles(page: Page) -> list[str]:
    return [said(each) for each in page.all("li[@class='measure']//h2")]


def chips(page: Page) -> dict[str, str]:
    """Return what the list is narrowed down by, with the addresses that leave it out."""
    links = page.all("a[@class='chip']")
    return {
        said(each).removeprefix("Weglassen: ").removesuffix(" ×"): each.get("href", "")
        for each in links
    }


def town(office: Office, name: str = "Kempen") -> dict[str, int]:
    """Add a town with an organisation and a club, and return them as a measure states them."""
    with office.database.write() as connection:
        network = office.field.network
        place = places.add_municipality(connection, network, "05166012", name)
        owner = places.add_organisation(connection, network, "TV Überall", Law.GDPR)
        site = places.add_site(connection, network, place.id, "Halle", Setting.CLUB)
    return {"municipality": place.id, "organisation": owner.id, "site": site.id}


def test_everything_chosen_stands_in_the_address(office: Office) -> None:
    there = town(office)
    office.measure(title="Turnier", topic=Topic.MOVEMENT, **there)
    office.measure(title="Elternabend", topic=Topic.STRESS)
    albrecht = office.albrecht()
    assert titles(albrecht.page(LIST)) == ["Elternabend", "Turnier", "Sommercamp"]
    for query, expected in (
        ("suche=turn", ["Turnier"]),
        ("suche=überall", ["Turnier"]),
        (f"kommune={there['municipality']}", ["Turnier"]),
        ("kommune=kreisweit", []),
        ("thema=stress", ["Elternabend"]),
        ("ort=club", ["Turnier"]),
        ("stand=running", ["Sommercamp"]),
        ("jahr=2026&sortierung=title", ["Elternabend", "Sommercamp", "Turnier"]),
        ("jahr=2025", []),
        ("thema=stress&ort=club", []),
    ):
        page = albrecht.page(f"{LIST}?{query}")
        assert titles(page) == expected, query
        form = page.form("form[@role='search']/..")
        chosen = {name: value for name, value in form.items() if value}
        assert chosen == {name: values[0] for name, values in parse_qs(query).items()}


@pytest.mark.parametrize(
    "query",
    [
        "kommune=99999999999999999999",
        "kommune=-1",
        "kommune=x",
        "thema=golf",
        "ort=mond",
        "stand=egal",
        "jahr=0",
        "jahr=99999",
        "jahr=%D9%A1%D9%A2",
        "seite=0",
        "seite=-3",
        "seite=999999999999",
        "sortierung=x",
        "unbekannt=1",
    ],
)
def test_what_makes_no_sense_is_as_if_not_asked_for(office: Office, query: str) -> None:
    assert titles(office.albrecht().page(f"{LIST}?{query}")) == ["Sommercamp"]


def test_no_search_upsets_the_database(office_on_both: Office) -> None:
    albrecht = office_on_both.albrecht()
    for text in ("%00", "%F0%9F%98%80", "%5C", "%27%22%3B--", "x" * 5000):
        assert albrecht.get(f"{LIST}?suche={text}").status_code == 200, text


def test_what_a_form_left_empty_leaves_the_address(office: Office) -> None:
    response = office.albrecht().get(f"{LIST}?suche=+camp+&kommune=&thema=media_literacy&ort=")
    assert (response.status_code, response.location) == (
        303,
        f"{LIST}?suche=camp&thema=media_literacy",
    )


def test_each_choice_can_be_left_out(office: Office) -> None:
    albrecht = office.albrecht()
    page = albrecht.page(f"{LIST}?suche=camp&kommune=1&thema=media_literacy&jahr=2026")
    found = chips(page)
    assert list(found) == ["„camp“", "Brüggen", "Medienkompetenz", "2026"]
    assert found["Brüggen"] == f"{LIST}?suche=camp&thema=media_literacy&jahr=2026"
    assert "1 von 1 Maßnahme" in page.main
    assert chips(albrecht.page(LIST)) == {}
    assert list(chips(albrecht.page(f"{LIST}?kommune=kreisweit"))) == ["Kreisweit"]


def test_nothing_found_is_said(office: Office) -> None:
    page = office.albrecht().page(f"{LIST}?suche=<b>fehlt</b>")
    assert titles(page) == []
    assert "Nichts gefunden" in page.main
    back = [each.get("href") for each in page.all("a") if said(each) == "Filter zurücksetzen"]
    assert back == [LIST]
    assert "<b>fehlt" not in page.response.get_data(as_text=True)


def many(office: Office, number: int) -> None:
    with office.database.write() as connection:
        known = measures.get(connection, office.field.network, office.field.measure)
        assert known is not None
        for each in range(number):
            new = replace(known.as_planned(), title=f"Abend {each:03}")
            measures.add(connection, office.field.network, new)


def test_three_hundred_measures_cost_as_much_as_one(office_on_both: Office) -> None:
    office = office_on_both
    albrecht = office.albrecht()
    paths = (LIST, f"{LIST}?suche=e&thema=media_literacy&stand=running", SPOTS)
    one = [office.queries(albrecht, path) for path in paths]
    many(office, 299)
    assert [office.queries(albrecht, path) for path in paths] == one


def test_a_long_list_is_read_page_by_page(office: Office) -> None:
    many(office, 2 * PAGE_SIZE)
    albrecht = office.albrecht()
    page = albrecht.page(f"{LIST}?sortierung=title")
    seen = titles(page)
    while onwards := page.all("a[@rel='next']"):
        page = albrecht.page(onwards[0].get("href", ""))
        seen += titles(page)
    assert seen == [*(f"Abend {each:03}" for each in range(2 * PAGE_SIZE)), "Sommercamp"]
    assert "Seite 3 von 3" in page.main
    assert urlsplit(page.all("a[@rel='prev']")[0].get("href", "")).query == (
        "sortierung=title&seite=2"
    )


def test_the_white_spots_are_a_table_whose_numbers_lead_to_their_list(office: Office) -> None:
    office.measure(topic=Topic.STRESS, secondary_topics=(Topic.MOVEMENT,))
    office.measure(title="Aktionstag", topic=Topic.STRESS, district_wide=True)
    town(office)
    albrecht = office.albrecht()
    page = albrecht.page(SPOTS)
    columns = [said(each) for each in page.all("thead//th")]
    assert columns == ["Kommune", *(topic.label for topic in Topic), "Alle Themen"]
    assert {each.get("scope") for each in page.all("thead//th")} == {"col"}
    rows = [said(each) for each in page.all("tbody//th[@scope='row']")]
    assert rows == ["Brüggen", "Kempen", "Kreisweit"]
    cells = [said(each) for each in page.all("tbody/tr[2]/td")]
    assert cells == ["○ keine"] * (len(Topic) + 1)
    assert "Noch ohne jede Maßnahme: Kempen" in page.main
    links = page.all("table//a")
    assert links
    for link in links:
        number = int(said(link).split()[0])
        assert len(titles(albrecht.page(link.get("href", "")))) == number, said(link)
    first = page.all("tbody/tr[1]/td")[1]
    assert said(first) == "1 Maßnahme: Brüggen, Medienkompetenz"


def test_white_spots_of_a_year(office: Office) -> None:
    office.measure(title="Früher", starts_on=date(2024, 5, 1), ends_on=date(2024, 5, 2))
    albrecht = office.albrecht()
    page = albrecht.page(f"{SPOTS}?jahr=2024")
    assert said(page.find("caption")) == "Maßnahmen nach Kommune und Thema, 2024"
    (link, *_) = page.all("tbody//a")
    assert titles(albrecht.page(link.get("href", ""))) == ["Früher"]
    assert albrecht.get(f"{SPOTS}?jahr=").location == SPOTS


def test_who_sees_only_a_part_is_told_so(office: Office) -> None:
    town(office)
    worker, evaluator = somebody(office, Role.YOUTH_WORKER), somebody(office, Role.EVALUATOR)
    assert "Gezählt sind nur Maßnahmen, die Ihr Konto sehen darf." in worker.page(SPOTS).main
    rows = [said(each) for each in evaluator.page(SPOTS).all("tbody//th")]
    assert rows == ["Brüggen"]
    assert "Gezählt sind nur" not in office.albrecht().page(SPOTS).main


@pytest.fixture
def live(office: Office) -> Iterator[str]:
    """Serve the application and give its address."""
    with served(office.app) as address:
        yield address


def test_the_way_back_works_and_the_table_scrolls_by_itself(
    office: Office, live: str, chromium: Browser
) -> None:
    """On a window as narrow as WCAG 1.4.10 demands, without a script."""
    town(office)
    context = chromium.new_context(
        viewport={"width": 320, "height": 640}, locale="de-DE", java_script_enabled=False
    )
    desk = context.new_page()
    desk.goto(live + LOGIN)
    desk.get_by_label("E-Mail-Adresse").fill("albrecht@beispiel.example")
    desk.get_by_label("Passwort").fill("ein Satz über Äpfel")
    desk.get_by_role("button", name="Anmelden").click()
    desk.goto(live + LIST)
    desk.get_by_role("searchbox").fill("camp")
    desk.get_by_role("button", name="Suchen").click()
    assert desk.url == f"{live}{LIST}?suche=camp"
    desk.get_by_text("Eingrenzen und sortieren").click()
    desk.get_by_label("Kommune").select_option(label="Kempen")
    desk.get_by_role("button", name="Anwenden").click()
    desk.get_by_text("Nichts gefunden").wait_for()
    desk.go_back()
    desk.get_by_role("link", name="Sommercamp").wait_for()
    desk.goto(live + SPOTS)
    region = desk.get_by_role("region", name="Maßnahmen nach Kommune und Thema")
    box = region.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert region.get_attribute("tabindex") == "0"
    context.close()
