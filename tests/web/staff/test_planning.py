"""Planning a measure and a wave by form.

1. Seven fields make a measure; the rest may stay empty. What was entered is stored.
2. A form that came back keeps everything, says at each field what is wrong and lists it above.
3. What only a service can see (days, a place of another network) stands at its field too.
4. A wave has sensible days and offers every questionnaire; its code and poster are there at once.
5. Sizes are numbers from one on; a field left empty is unknown, not zero.
"""

from datetime import timedelta

import pytest

from survey_app.domain.measure import Topic
from survey_app.services import fielding
from survey_app.services.choosing import questionnaires
from tests.support_field import TODAY
from tests.web.staff.office import LIST, YILDIZ, Office, Page

NEW = f"{LIST}/neu"
SEVEN = {
    "m_title": "Medienscouts",
    "m_summary": "Jugendliche lernen, anderen zu helfen.",
    "m_topic": Topic.MEDIA_LITERACY.value,
    "m_municipality": "1",
    "m_organisation": "1",
    "m_starts_on": "2026-11-02",
    "m_ends_on": "2026-11-20",
}


def new_wave(office: Office) -> str:
    return f"{LIST}/{office.field.measure}/erhebungen/neu"


def test_seven_fields_make_a_measure(office_on_both: Office) -> None:
    albrecht = office_on_both.albrecht()
    response = albrecht.send(NEW, **SEVEN)
    assert response.status_code == 303
    found = fielding.fielded_measures(office_on_both.database, office_on_both.field.network, TODAY)
    measure = next(each.measure for each in found if each.measure.title == "Medienscouts")
    assert response.location == f"{LIST}/{measure.id}"
    assert (measure.municipality.name, measure.site, measure.sessions) == ("Brüggen", None, 1)
    assert (measure.invited, measure.participants, measure.funders) == (None, None, ())
    assert "Noch wurde niemand gefragt." in albrecht.page(response.location).main


def test_everything_that_is_known_is_stored(office: Office) -> None:
    more = {
        "m_site": "1",
        "m_sessions": "4",
        "m_invited": "60",
        "m_participants": "45",
        "m_funders": "AOK, Barmer,, TK",
    }
    response = office.albrecht().send(NEW, **SEVEN, **more)
    number = int(response.location.rpartition("/")[2])
    fielded = fielding.fielded_measure(office.database, office.field.network, number, TODAY)
    assert fielded is not None
    measure = fielded.measure
    assert (measure.sessions, measure.invited, measure.participants) == (4, 60, 45)
    assert measure.funders == ("AOK", "Barmer", "TK")
    assert measure.site is not None
    assert measure.site.name == "Schule am See"


def test_an_empty_form_says_what_is_needed(office: Office) -> None:
    emptied = dict.fromkeys(SEVEN, "")
    page = Page(office.albrecht().send(NEW, **emptied))
    assert page.response.status_code == 422
    assert page.problems() == {
        "m-title": "Bitte füllen Sie dieses Feld aus.",
        "m-summary": "Bitte füllen Sie dieses Feld aus.",
        "m-topic": "Bitte wählen Sie etwas aus.",
        "m-municipality": "Bitte wählen Sie etwas aus.",
        "m-organisation": "Bitte wählen Sie etwas aus.",
        "m-starts_on": "Bitte füllen Sie dieses Feld aus.",
        "m-ends_on": "Bitte füllen Sie dieses Feld aus.",
    }
    links = [each.get("href") for each in page.all("div[@role='alert']//a")]
    assert links == [f"#{name}" for name in page.problems()]
    assert str(page.find("title").text).startswith("Fehler:")


def test_a_form_that_came_back_keeps_everything(office: Office) -> None:
    entered = SEVEN | {
        "m_title": "x" * 201,
        "m_summary": '<b>"Zitat"</b>',
        "m_sessions": "viele",
        "m_participants": "0",
        "m_funders": "AOK",
    }
    page = Page(office.albrecht().send(NEW, **entered))
    assert page.problems() == {
        "m-title": "Das ist zu lang. Bitte kürzen Sie den Text.",
        "m-sessions": "Bitte geben Sie eine ganze Zahl ein.",
        "m-participants": "Bitte geben Sie eine Zahl ab 1 ein.",
    }
    kept = page.form()
    assert {name: kept[name.replace("_", "-", 1)] for name in entered} == entered


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (
            "ends_on",
            "2026-11-01",
            "Das Ende liegt vor dem Anfang. Bitte prüfen Sie die beiden Tage.",
        ),
        ("ends_on", "morgen", "Bitte geben Sie einen Tag an, zum Beispiel 24.12.2026."),
        ("topic", "golf", "Diese Auswahl gibt es nicht. Bitte wählen Sie aus der Liste."),
        ("site", "2", "Diese Auswahl gibt es nicht. Bitte wählen Sie aus der Liste."),
        ("municipality", "x", "Bitte wählen Sie etwas aus."),
    ],
)
def test_what_does_not_fit_stands_at_its_field(
    office: Office, field: str, value: str, message: str
) -> None:
    page = Page(office.albrecht().send(NEW, **(SEVEN | {f"m_{field}": value})))
    assert page.response.status_code == 422
    assert page.problems() == {f"m-{field}": message}


def test_a_day_may_be_written_as_people_write_it(office: Office) -> None:
    response = office.albrecht().send(NEW, **(SEVEN | {"m_ends_on": "20.11.2026"}))
    assert response.status_code == 303


def test_lists_hold_places_of_this_network_only(office: Office) -> None:
    yildiz = office.stranger()
    yildiz.log_in(YILDIZ)
    page = yildiz.page(NEW)
    options = [each.get("value") for each in page.find("select[@id='m-site']")]
    assert options == ["", "2"]
    assert Page(yildiz.send(NEW, **SEVEN)).problems().keys() == {
        "m-municipality",
        "m-organisation",
    }


def test_a_wave_is_planned_with_sensible_days(office: Office) -> None:
    albrecht = office.albrecht()
    page = albrecht.page(new_wave(office))
    form = page.form()
    assert (form["e-opens_on"], form["e-closes_on"]) == ("2026-11-21", "2026-12-05")
    offered = [each.get("value") for each in page.find("select[@id='e-questionnaire']")]
    assert offered == ["", *questionnaires()]
    first = next(iter(questionnaires()))
    response = albrecht.send(
        new_wave(office), e_questionnaire=first, e_expected="25", e_label="Klasse 8b"
    )
    assert (response.status_code, response.location) == (303, f"{LIST}/{office.field.measure}")
    main = albrecht.page(response.location).main
    assert "Wartet auf die Zustimmung der Schule" in main
    fielded = fielding.fielded_measure(
        office.database, office.field.network, office.field.measure, TODAY
    )
    assert fielded is not None
    wave = fielded.waves[-1].wave
    assert wave.questionnaire == questionnaires()[first]
    assert wave.closes_on == TODAY + timedelta(days=14)


def test_days_that_make_no_sense_stand_at_their_field(office: Office) -> None:
    first = next(iter(questionnaires()))
    albrecht = office.albrecht()
    past = {"e_opens_on": "2026-11-01", "e_closes_on": "2026-11-02"}
    turned = {"e_opens_on": "2026-11-30", "e_closes_on": "2026-11-29"}
    assert Page(albrecht.send(new_wave(office), e_questionnaire=first, **past)).problems() == {
        "e-closes_on": "Der letzte Tag ist schon vorbei. Bitte wählen Sie heute oder später."
    }
    page = Page(albrecht.send(new_wave(office), e_questionnaire=first, **turned))
    assert page.problems() == {
        "e-closes_on": "Das Ende liegt vor dem Anfang. Bitte prüfen Sie die beiden Tage."
    }
    assert page.form()["e-questionnaire"] == first
