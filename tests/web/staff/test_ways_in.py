"""Ways into a wave, as staff set them up.

1. A way in is for phones unless somebody ticks a box; the page of the wave says in a sentence what
   each is set up for.
2. Another way in has a name and a code of its own.
3. What belongs to another network, or to another wave, is missing; so is a code that leads nowhere.
4. Once a wave is over nothing can be set up: the page leads back, a form that was still open is told
   why.
5. The form is sound HTML and protected like every form of staff.
"""

from datetime import timedelta

import pytest

from survey_app.domain.collector import printed_code
from survey_app.services import fielding
from survey_app.storage import schema
from tests.support_field import TODAY
from tests.web.staff.office import LIST, YILDIZ, Office, Page, said

SHARED = "Gemeinsames Gerät. Ein Tablet oder Handy geht von Hand zu Hand"
QUEUE = "Jugendzentrum ohne WLAN. Ohne Netz warten Rückmeldungen verschlüsselt auf dem Gerät."
OVER = "Diese Erhebung ist zu Ende, an ihren Zugängen lässt sich nichts mehr ändern."


def measure_of(office: Office) -> str:
    return f"{LIST}/{office.field.measure}"


def wave_of(office: Office) -> str:
    return f"{measure_of(office)}/erhebungen/{office.field.wave}"


def ways_in(office: Office) -> str:
    return f"{wave_of(office)}/zugaenge"


def way_in(office: Office) -> str:
    return f"{ways_in(office)}/{printed_code(office.field.door.collector.code)}"


def options(office: Office) -> list[tuple[str, bool, bool]]:
    fielded = fielding.fielded_measure(
        office.database, office.field.network, office.field.measure, TODAY
    )
    assert fielded is not None
    return [
        (each.label, each.shared_device, each.offline_queue) for each in fielded.waves[0].collectors
    ]


@pytest.mark.parametrize(
    ("ticked", "says"),
    [
        ({}, ()),
        ({"z-shared_device": "y"}, (SHARED,)),
        ({"z-offline_queue": "y"}, (QUEUE,)),
        ({"z-shared_device": "y", "z-offline_queue": "y"}, (SHARED, QUEUE)),
    ],
)
def test_the_page_says_what_a_way_in_is_set_up_for(
    office_on_both: Office, ticked: dict[str, str], says: tuple[str, ...]
) -> None:
    albrecht = office_on_both.albrecht()
    sent = albrecht.client.post(
        way_in(office_on_both), data=token(albrecht.page, office_on_both) | ticked
    )
    assert (sent.status_code, sent.location) == (
        303,
        wave_of(office_on_both),
    )
    assert options(office_on_both) == [
        ("", "z-shared_device" in ticked, "z-offline_queue" in ticked)
    ]
    main = albrecht.page(wave_of(office_on_both)).main
    assert tuple(sentence for sentence in (SHARED, QUEUE) if sentence in main) == says


def token(open_page: object, office: Office) -> dict[str, str]:
    page: Page = open_page(way_in(office))  # type: ignore[operator]
    return {"z-csrf_token": page.form()["z-csrf_token"]}


def test_what_is_set_stands_in_the_form(office: Office) -> None:
    albrecht = office.albrecht()
    albrecht.client.post(
        way_in(office), data=token(albrecht.page, office) | {"z-offline_queue": "y"}
    )
    boxes = albrecht.page(way_in(office)).all("main//input[@type='checkbox']")
    assert [(each.get("name"), each.get("checked")) for each in boxes] == [
        ("z-shared_device", None),
        ("z-single_use", None),
        ("z-offline_queue", ""),
    ]


def test_another_way_in_has_a_name_and_a_code_of_its_own(office: Office) -> None:
    albrecht = office.albrecht()
    form = albrecht.page(f"{ways_in(office)}/neu").form()
    tablet = form | {"z-label": " Tablet im Jugendtreff ", "z-shared_device": "y"}
    del tablet["z-single_use"]
    del tablet["z-offline_queue"]
    assert albrecht.client.post(f"{ways_in(office)}/neu", data=tablet).status_code == 303
    assert options(office) == [("", False, False), ("Tablet im Jugendtreff", True, False)]
    doors = [said(each) for each in albrecht.page(wave_of(office)).all("div[@class='door']")]
    assert len(doors) == 2
    assert doors[1].startswith("Zugang Tablet im Jugendtreff Code ")
    assert SHARED in doors[1]


def test_another_way_in_needs_a_name(office: Office) -> None:
    albrecht = office.albrecht()
    page = Page(albrecht.send(f"{ways_in(office)}/neu", z_label=""))
    assert page.response.status_code == 422
    assert page.problems() == {"z-label": "Bitte füllen Sie dieses Feld aus."}
    assert len(options(office)) == 1


@pytest.mark.parametrize("path", ["", "/neu"])
def test_what_belongs_to_another_network_is_missing(office: Office, path: str) -> None:
    yildiz = office.stranger()
    yildiz.log_in(YILDIZ)
    address = ways_in(office) + path if path else way_in(office)
    assert yildiz.get(address).status_code == 404
    missing = yildiz.get(address.replace(f"massnahmen/{office.field.measure}", "massnahmen/999"))
    assert yildiz.get(address).data == missing.data


def test_a_code_of_another_wave_or_of_none_is_missing(office: Office) -> None:
    albrecht = office.albrecht()
    other = office.wave(office.measure())
    foreign = way_in(office).replace(f"erhebungen/{office.field.wave}", f"erhebungen/{other}")
    assert albrecht.get(foreign).status_code == 404
    for code in ("AAAAA-AAAAA", "kein-code"):
        assert albrecht.get(f"{ways_in(office)}/{code}").status_code == 404


def test_once_a_wave_is_over_the_page_leads_back(office: Office) -> None:
    albrecht = office.albrecht()
    office.close()
    for address in (way_in(office), f"{ways_in(office)}/neu"):
        answer = albrecht.get(address)
        assert (answer.status_code, answer.location) == (
            303,
            wave_of(office),
        )


def test_a_form_that_was_open_too_long_is_told_why(office: Office) -> None:
    albrecht = office.albrecht()
    filled = token(albrecht.page, office) | {"z-shared_device": "y"}
    office.close()
    page = Page(albrecht.client.post(way_in(office), data=filled))
    assert page.response.status_code == 422
    assert page.problems()["z-shared_device"].startswith(OVER)
    assert options(office) == [("", False, False)]


def test_a_form_without_its_token_changes_nothing(office: Office) -> None:
    albrecht = office.albrecht()
    answer = albrecht.client.post(way_in(office), data={"z-shared_device": "y"})
    assert answer.status_code in (400, 422)
    assert options(office) == [("", False, False)]


def test_the_audit_log_knows_who_it_was(office: Office) -> None:
    albrecht = office.albrecht()
    albrecht.client.post(
        way_in(office), data=token(albrecht.page, office) | {"z-shared_device": "y"}
    )
    with office.database.read() as connection:
        lines = connection.execute(schema.audit.select()).mappings().all()
    assert [(line["day"], line["actor"], line["action"]) for line in lines] == [
        (TODAY, "albrecht@beispiel.example", "set up way in")
    ]


def test_a_wave_that_has_not_begun_can_be_set_up(office: Office) -> None:
    measure = office.measure()
    wave = office.wave(measure, opens_on=TODAY + timedelta(days=3))
    page = office.albrecht().page(f"{LIST}/{measure}/erhebungen/{wave}/zugaenge/neu")
    assert page.response.status_code == 200
    assert said(page.find("h1")) == "Weiterer Zugang"
