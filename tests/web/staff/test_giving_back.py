"""Giving back: the page with everything that returns to young people and to the school.

1. It says what is done and what is open, and leads to each; before anything is counted there is no
   letter and nothing to record.
2. The next way to take part is entered there, stands with the results and on the poster, and what is
   missing stands at its field.
3. The letter is a PDF for the school; whoever is the school's contact may read it, and records
   nothing.
4. Recording that the school has its results ends the reminder of the first page; the log knows it.
5. The poster with the results is in the studio from the day of the results on; before that the page
   says from when, and an address that asks for it prints the usual.
6. What belongs to another network is as missing as what never was.
"""

from datetime import timedelta

import pytest

from survey_app.domain.rights import Role
from survey_app.rendering.prints import FORMATS, RESULTS
from survey_app.services import handing_back
from tests.rendering.paper import decoded, pixels, text
from tests.support_field import TODAY
from tests.web.staff.office import LIST, YILDIZ, Office, Page, Person, said
from tests.web.staff.test_answers import counted, on_phone
from tests.web.staff.test_rights import somebody

OUT = TODAY + timedelta(days=14)


def place_of(office: Office) -> str:
    return f"{LIST}/{office.field.measure}/zurueckgeben"


def studio_of(office: Office) -> str:
    return f"{LIST}/{office.field.measure}/erhebungen/{office.field.wave}/drucken"


def reminded(person: Person) -> list[str]:
    return [said(each) for each in person.page("/team/start").all("li[@class='reminder']")]


# Rule 1


def test_before_anything_is_counted_there_is_nothing_to_hand_back(office: Office) -> None:
    albrecht = office.albrecht()
    page = albrecht.page(place_of(office))
    assert page.response.status_code == 200
    assert "Noch ist nichts ausgezählt." in page.main
    assert page.all("main//form") == []
    assert albrecht.get(f"{place_of(office)}/brief.pdf").status_code == 404


def test_it_says_what_is_open(office: Office) -> None:
    page = counted(office).page(place_of(office))
    for words in (
        "Die Ergebnisse sind ab 5. Dezember 2026 zu sehen. Das Poster gibt es am selben Tag.",
        "Bei den Ergebnissen steht davon noch nichts",
        "Was daraus wird offen",
        "Weiter mitmachen eintragen",
        "An die Schule offen",
        "Empfänger: Schule am See",
    ):
        assert words in page.main


def test_the_measure_leads_there(office: Office) -> None:
    albrecht = counted(office)
    links = albrecht.page(f"{LIST}/{office.field.measure}").all("main//a")
    assert place_of(office) in {each.get("href") for each in links}


# Rule 2


def test_the_next_way_stands_with_the_results(office_on_both: Office) -> None:
    office = office_on_both
    albrecht = counted(office)
    form = f"{place_of(office)}/mitmachen"
    sent = albrecht.send(
        form,
        w_way="meeting",
        w_text="17 Uhr im Jugendtreff.",
        w_day="2026-12-12",
        w_link="https://jugendforum.example/x",
    )
    assert (sent.status_code, sent.location) == (303, f"{place_of(office)}#mitmachen")
    page = albrecht.page(place_of(office))
    assert "Das nächste Treffen ist am 12. Dezember 2026. Komm dazu!" in page.main
    assert albrecht.page(form).form()["w-text"] == "17 Uhr im Jugendtreff."
    office.clock.day = OUT
    assert "17 Uhr im Jugendtreff. jugendforum.example" in on_phone(office)


def test_what_is_missing_stands_at_its_field(office: Office) -> None:
    albrecht = counted(office)
    form = f"{place_of(office)}/mitmachen"
    sent = albrecht.send(form, w_way="meeting", w_text="x" * 201, w_link="javascript:alert(1)")
    page = Page(sent)
    assert sent.status_code == 422
    assert page.problems() == {"w-text": "Das ist zu lang. Bitte kürzen Sie den Text."}
    page = Page(albrecht.send(form, w_way="meeting", w_link="javascript:alert(1)"))
    assert page.problems() == {
        "w-day": "In diesem Satz steht ein Tag. Bitte nennen Sie ihn.",
        "w-link": (
            "Diese Adresse lässt sich nicht verlinken. Bitte geben Sie sie vollständig ein, mit"
            " https:// am Anfang, zum Beispiel: https://www.jugendforum.example"
        ),
    }
    field = office.field
    assert handing_back.given(office.database, field.network, field.measure).next_way is None


# Rule 3


def test_the_letter_is_for_the_school(office: Office) -> None:
    counted(office)
    contact = somebody(office, Role.SCHOOL_CONTACT)
    page = contact.page(place_of(office))
    assert page.all("main//form") == []
    sent = contact.get(f"{place_of(office)}/brief.pdf")
    assert (sent.status_code, sent.content_type) == (200, "application/pdf")
    written = text(sent.data)
    assert "An die Schulleitung, Schule am See" in written
    assert "30 von 30 haben geantwortet" in written
    assert "7 von 10 fanden es gut." in written
    assert contact.client.post(f"{place_of(office)}/uebergeben").status_code in (400, 403)


# Rule 4


def test_recording_ends_the_reminder(office_on_both: Office) -> None:
    office = office_on_both
    albrecht = counted(office)
    waiting = "Am 21. November 2026 wurde ausgezählt. Die Schule hat die Ergebnisse noch nicht."
    (found,) = [each for each in reminded(albrecht) if waiting in each]
    assert "Brief und Bogen für die Schule" in found
    sent = albrecht.send(place_of(office), h_by="Herr Albrecht")
    assert sent.status_code == 405
    fields = albrecht.page(place_of(office)).form() | {"h-by": "Herr Albrecht, Jugendamt"}
    sent = albrecht.client.post(f"{place_of(office)}/uebergeben", data=fields)
    assert (sent.status_code, sent.location) == (303, f"{place_of(office)}#uebergabe")
    page = albrecht.page(place_of(office))
    assert "Übergeben am 21. November 2026 von Herr Albrecht, Jugendamt." in page.main
    assert [each for each in reminded(albrecht) if waiting in each] == []
    coordinator = somebody(office, Role.COORDINATOR)
    log = coordinator.page("/team/protokoll").main
    assert "Ergebnisse an die Einrichtung übergeben" in log


def test_a_day_that_cannot_be_stands_at_its_field(office: Office) -> None:
    albrecht = counted(office)
    for day, by, fault in (
        (
            "2026-11-20",
            "A",
            {"h-day": "An diesem Tag war noch nichts ausgezählt. Bitte prüfen Sie den Tag."},
        ),
        (
            "2026-11-22",
            "A",
            {"h-day": "Dieser Tag kommt erst noch. Bitte wählen Sie heute oder früher."},
        ),
        ("2026-11-21", "", {"h-by": "Bitte füllen Sie dieses Feld aus."}),
    ):
        fields = albrecht.page(place_of(office)).form() | {"h-day": day, "h-by": by}
        page = Page(albrecht.client.post(f"{place_of(office)}/uebergeben", data=fields))
        assert page.response.status_code == 422
        assert page.problems() == fault


# Rule 5


def test_before_its_day_there_is_no_poster_with_results(office: Office) -> None:
    albrecht = counted(office)
    page = albrecht.page(f"{studio_of(office)}?format=results_a4")
    offered = [each.get("value") for each in page.all("input[@name='format']")]
    assert offered == list(FORMATS)
    assert "gibt es hier ab dem 5. Dezember 2026" in page.main
    pdf = albrecht.get(f"{studio_of(office)}/druck.pdf?format=results_a4").data
    assert "Das kam heraus" not in text(pdf)


@pytest.mark.parametrize("name", RESULTS)
def test_from_its_day_on_the_poster_is_there(office: Office, name: str) -> None:
    albrecht = counted(office)
    office.clock.day = OUT
    page = albrecht.page(f"{studio_of(office)}?format={name}")
    offered = [each.get("value") for each in page.all("input[@name='format']")]
    assert offered == [*FORMATS, *RESULTS]
    pdf = albrecht.get(f"{studio_of(office)}/druck.pdf?format={name}").data
    written = text(pdf)
    assert "Das kam heraus" in written
    assert "7 von 10" in written
    code = office.field.door.collector.code
    assert decoded(pixels(pdf, dpi=100)) == [f"HTTP://127.0.0.1:8000/Q/{code}"]
    preview = albrecht.get(f"{studio_of(office)}/vorschau.png?format={name}")
    assert (preview.status_code, preview.content_type) == (200, "image/png")


def test_a_closed_wave_leads_to_its_poster(office: Office) -> None:
    albrecht = counted(office)
    office.clock.day = OUT
    links = albrecht.page(place_of(office)).all("main//a")
    assert f"{studio_of(office)}?format=results_a4" in {each.get("href") for each in links}


# Rule 6


def test_next_door_there_is_nothing(office: Office) -> None:
    albrecht = counted(office)
    fields = albrecht.page(place_of(office)).form()
    stranger = office.stranger()
    assert stranger.log_in(YILDIZ).status_code == 302
    for tail in ("", "/mitmachen", "/brief.pdf", "/uebergeben"):
        assert stranger.get(f"{place_of(office)}{tail}").status_code == 404
    for tail in ("/mitmachen", "/uebergeben"):
        sent = stranger.client.post(f"{place_of(office)}{tail}", data=fields)
        assert sent.status_code in (400, 404)
    assert not handing_back.given(
        office.database, office.field.network, office.field.measure
    ).handed_back
