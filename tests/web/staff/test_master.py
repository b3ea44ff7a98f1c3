"""The master data of a measure, part by part, without a script.

1. Every part is filled in and comes back as it was entered, in its form and in the overview, which
   says how many of nine parts say something.
2. Money and hours are read as they are written here; what cannot be read stays in its field beside
   the sentence that says how to write it.
3. A row that says something needs its day or its funder; there are always empty rows.
4. The second button goes on to the next part.
5. Goals: a place that is used needs all it needs; the stage is the honest one if none is chosen.
6. Once answers may come, a changed target has to be confirmed and is marked; none goes away.
7. A measure is copied into a new period; only one without waves is removed, after one more question.
8. What may be changed and what may only be read depends on the right to plan; nobody reaches the
   measures of others.
9. A measure may take place in several municipalities of the network, and in no foreign one.
10. Youth workers hand in what is known; others check it, and are asked before all may read it.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from survey_app.domain.goal import Indicator, NewGoal, Stage
from survey_app.domain.good_practice import Criterion
from survey_app.domain.measure import NewMeasure, Publication
from survey_app.domain.parts import Part
from survey_app.domain.rights import Role
from survey_app.services import fielding, measures
from survey_app.services.acting import By
from survey_app.services.measures import KnownMeasure
from survey_app.storage import places
from tests.domain.test_master_data import FULL
from tests.support_field import ALBRECHT, TODAY, field_in
from tests.web.staff.office import LIST, YILDIZ, Office, Page, said
from tests.web.staff.test_rights import somebody

ENTERED: dict[Part, dict[str, str]] = {
    Part.BASICS: {
        "m_title": "Medienwerkstatt",
        "m_second_topic": "stress",
        "m_setting": "online",
        "m_carried_out_by": "Theater am Eck",
        "m_ends_on": "24.12.2026",
    },
    Part.TARGET_GROUP: {
        "m_age_from": "12",
        "m_age_to": "16",
        "m_special_need": "neu zugewandert",
        "m_field_of_action": "stress",
        "m_approach": "both",
    },
    Part.PARTICIPATION: {"m_stage": "6", "m_decided": "Das Thema des zweiten Tages."},
    Part.ATTENDANCE: {
        "m_sessions": "2",
        "m_invited": "40",
        "m_registered": "35",
        "m_participants": "32",
        "m_professionals": "0",
        "m_day_1": "2026-11-09",
        "m_hours_1": "1,5",
        "m_attended_1": "30",
        "m_day_3": "2026-11-02",
    },
    Part.COSTS: {
        "m_planned": "1.234,50 €",
        "m_actual": "1200",
        "m_own_funds": "0",
        "m_staff_minutes": "12,5",
        "m_funder_1": "AOK",
        "m_amount_1": "800,5",
        "m_funder_2": "TK",
    },
    Part.REALISATION: {"m_partners": "Bücherei\n\n DLRG ", "m_deviations": "Regen am 2. Tag."},
    Part.QUALITY: {"m_concept": "3", "m_setting": "na"},
    Part.CONSEQUENCE: {
        "m_decision": "adapt",
        "m_responsible": "Jugendamt",
        "m_due_on": "2027-03-01",
    },
}
READ_AGAIN = {
    "m-ends_on": "2026-12-24",
    "m-day_1": "2026-11-02",
    "m-day_2": "2026-11-09",
    "m-hours_1": "",
    "m-hours_2": "1,5",
    "m-attended_1": "",
    "m-attended_2": "30",
    "m-day_3": "",
    "m-planned": "1.234,50",
    "m-actual": "1.200,00",
    "m-own_funds": "0,00",
    "m-amount_1": "800,50",
    "m-partners": "Bücherei\nDLRG",
}
GOAL = {
    "m_text_1": "Sie wissen, wo es Hilfe gibt.",
    "m_indicator_1": "kern-jugend:k8",
    "m_target_1": "80",
}


def address(measure: int, part: Part | None = None) -> str:
    return f"{LIST}/{measure}/stammdaten" + (f"/{part.value}" if part else "")


def known(office: Office, measure: int) -> KnownMeasure:
    found = measures.known_measure(office.database, office.field.network, measure, TODAY)
    assert found is not None
    return found


def card(page: Page, part: Part) -> str:
    """Return the text of a part in the overview."""
    return said(page.find(f"section[@aria-labelledby='{part.value}']"))


@pytest.mark.parametrize("part", ENTERED)
def test_what_was_entered_comes_back(office: Office, part: Part) -> None:
    albrecht, measure = office.albrecht(), office.measure()
    response = albrecht.send(address(measure, part), **ENTERED[part])
    assert (response.status_code, response.location) == (
        303,
        f"{address(measure)}#{part.value}",
    )
    form = albrecht.page(address(measure, part)).form()
    entered = {name.replace("_", "-", 1): value for name, value in ENTERED[part].items()}
    expected = entered | {name: READ_AGAIN[name] for name in READ_AGAIN if name in form}
    assert {name: form[name] for name in expected} == expected
    assert part in known(office, measure).filled


def test_the_overview_shows_what_is_known(office_on_both: Office) -> None:
    office = office_on_both
    albrecht, measure = office.albrecht(), office.measure()
    assert "1 von 9 Abschnitten ausgefüllt" in albrecht.page(address(measure)).main
    for part, entered in ENTERED.items():
        assert albrecht.send(address(measure, part), **entered).status_code == 303
    page = albrecht.page(address(measure))
    assert "8 von 9 Abschnitten ausgefüllt" in page.main
    assert card(page, Part.COSTS) == (
        "Kosten und Förderung Ändern : Kosten und Förderung Geplant 1.234,50 € Tatsächlich"
        " 1.200,00 € Eigenmittel 0,00 € Förderung AOK: 800,50 € TK Personal 12,5 Stunden"
    )
    assert card(page, Part.ATTENDANCE) == (
        "Termine und Teilnahme Ändern : Termine und Teilnahme Durchgänge 2 Eingeladene 40"
        " Angemeldete 35 Teilnehmende 32 Fachkräfte 0 Termine 2. November 2026"
        " 9. November 2026 · 1,5 Stunden · 30 Personen Umfang 1,5 Stunden"
    )
    assert card(page, Part.GOALS) == "Ziele Ausfüllen : Ziele Noch leer"
    assert known(office, measure).measure.funders == ("AOK", "TK")


@pytest.mark.parametrize(
    ("part", "entered", "problems"),
    [
        (
            Part.COSTS,
            {"m_planned": "12.50", "m_staff_minutes": "zwei"},
            {
                "m-planned": "Bitte schreiben Sie den Betrag mit Komma vor den Cent, zum Beispiel"
                " 1.234,50.",
                "m-staff_minutes": "Bitte geben Sie Stunden als Zahl ein, zum Beispiel 2 oder 1,5.",
            },
        ),
        (
            Part.COSTS,
            {"m_amount_2": "5"},
            {"m-funder_2": "Bitte nennen Sie, von wem das Geld kommt."},
        ),
        (
            Part.ATTENDANCE,
            {"m_attended_2": "7", "m_sessions": "", "m_invited": "-1"},
            {
                "m-sessions": "Bitte füllen Sie dieses Feld aus.",
                "m-invited": "Bitte geben Sie eine ganze Zahl ab 0 ein.",
                "m-day_2": "Zu welchem Tag gehört das? Bitte geben Sie ihn an.",
            },
        ),
        (
            Part.TARGET_GROUP,
            {"m_age_from": "16", "m_age_to": "12"},
            {
                "m-age_to": "Das höchste Alter liegt unter dem niedrigsten. Bitte prüfen Sie die"
                " beiden."
            },
        ),
        (
            Part.BASICS,
            {"m_second_topic": "media_literacy", "m_title": ""},
            {"m-title": "Bitte füllen Sie dieses Feld aus."},
        ),
        (
            Part.BASICS,
            {"m_second_topic": "media_literacy"},
            {
                "m-second_topic": "Jedes Thema bitte nur einmal. Wählen Sie ein anderes oder lassen"
                " Sie es leer."
            },
        ),
        (
            Part.QUALITY,
            {"m_concept": "7"},
            {"m-concept": "Diese Auswahl gibt es nicht. Bitte wählen Sie aus der Liste."},
        ),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    office: Office, part: Part, entered: dict[str, str], problems: dict[str, str]
) -> None:
    albrecht, measure = office.albrecht(), office.measure()
    page = Page(albrecht.send(address(measure, part), **entered))
    assert (page.response.status_code, page.problems()) == (422, problems)
    kept = {name.replace("_", "-", 1): value for name, value in entered.items()}
    form = page.form()
    assert {name: form[name] for name in kept if name != "m-concept"} == {
        name: value for name, value in kept.items() if name != "m-concept"
    }
    assert str(page.find("title").text).startswith("Fehler:")


def test_there_are_always_empty_rows(office: Office) -> None:
    albrecht, measure = office.albrecht(), office.measure(funders=("AOK",))
    path = address(measure, Part.COSTS)
    first = albrecht.page(path).form()
    assert (first["m-funder_1"], first["m-funder_3"]) == ("AOK", "")
    assert "m-funder_4" not in first
    albrecht.send(path, m_funder_2="TK", m_funder_3="Land")
    again = albrecht.page(path).form()
    assert [again[f"m-funder_{row}"] for row in range(1, 6)] == ["AOK", "TK", "Land", "", ""]


def test_the_second_button_goes_on(office: Office) -> None:
    albrecht, measure = office.albrecht(), office.measure()
    for part in Part:
        form = albrecht.page(address(measure, part)).form() | {"next": "1"}
        response = albrecht.client.post(address(measure, part), data=form)
        onwards = address(measure, part.next) if part.next else f"{address(measure)}#{part.value}"
        assert (response.status_code, response.location) == (303, onwards)


def test_two_people_fill_in_two_parts(office: Office) -> None:
    albrecht, measure = office.albrecht(), office.measure()
    stale = albrecht.page(address(measure, Part.QUALITY)).form()
    albrecht.send(address(measure, Part.PARTICIPATION), m_stage="6")
    albrecht.client.post(address(measure, Part.QUALITY), data=stale | {"m-concept": "4"})
    master = known(office, measure).measure.master
    assert (master.participation.stage, master.rating_of(Criterion.CONCEPT)) == (6, "4")


def test_a_goal_is_set_with_the_honest_stage(office: Office) -> None:
    albrecht, measure = office.albrecht(), office.measure()
    path = address(measure, Part.GOALS)
    own = {"m_text_3": "Jede Klasse hat Regeln.", "m_other_3": "Klassen mit Regeln"}
    response = albrecht.send(path, **GOAL, **own, m_target_3="100", m_stage_3="5")
    assert response.status_code == 303
    first, second = known(office, measure).goals
    assert (first.place, first.target, first.stage, first.set_on) == (1, 80, Stage.KNOWLEDGE, TODAY)
    assert (second.place, second.indicator, second.stage) == (3, None, Stage.BEHAVIOUR)
    assert card(albrecht.page(address(measure)), Part.GOALS) == (
        "Ziele Ändern : Ziele Sie wissen, wo es Hilfe gibt."
        " Ziel: 80 % · „Ich weiß jetzt besser, wo ich Hilfe bekomme, wenn es mir schlecht geht.“"
        " 4 – Sie wissen oder können mehr · gesetzt am 21. November 2026"
        " Jede Klasse hat Regeln. Ziel: 100 % · Klassen mit Regeln"
        " 5 – Sie handeln anders (nach eigener Aussage) · gesetzt am 21. November 2026"
    )


def test_a_goal_needs_all_it_needs(office: Office) -> None:
    albrecht, measure = office.albrecht(), office.measure()
    path = address(measure, Part.GOALS)
    page = Page(albrecht.send(path, m_text_2="Mehr Mut."))
    share = "Bitte geben Sie eine ganze Zahl von 0 bis 100 ein."
    assert page.problems() == {"m-target_2": share}
    assert Page(albrecht.send(path, **GOAL | {"m_target_1": "120"})).problems() == {
        "m-target_1": share
    }
    page = Page(albrecht.send(path, m_target_2="50"))
    assert page.problems() == {
        "m-text_2": "Bitte schreiben Sie in einem Satz, was erreicht sein soll.",
        "m-indicator_2": "Bitte wählen Sie, woran man es erkennt, oder beschreiben Sie es selbst.",
    }
    assert known(office, measure).goals == ()


def test_once_answers_may_come_a_changed_target_is_confirmed_and_marked(office: Office) -> None:
    albrecht, measure = office.albrecht(), office.measure()
    path = address(measure, Part.GOALS)
    albrecht.send(path, **GOAL)
    office.wave(measure)
    office.clock.day = TODAY + timedelta(days=1)
    page = albrecht.page(path)
    assert "Die Ziele sind festgehalten" in page.main
    unchanged = albrecht.client.post(path, data=page.form() | {"m-late": ""})
    assert unchanged.status_code == 303
    refused = Page(albrecht.client.post(path, data=lower(page)))
    assert list(refused.problems()) == ["m-late"]
    assert refused.form()["m-target_1"] == "60"
    confirmed = albrecht.client.post(path, data=lower(page) | {"m-late": "y"})
    assert confirmed.status_code == 303
    overview = card(albrecht.page(address(measure)), Part.GOALS)
    assert "Zielwert nachträglich gesetzt" in overview
    assert "Vom 21. November 2026 bis 22. November 2026 galt: 80 %" in overview


def lower(page: Page) -> dict[str, str]:
    """Return the form of the goals with a lower target and nothing ticked."""
    form = page.form() | {"m-target_1": "60"}
    del form["m-late"]
    return form


def test_once_answers_may_come_no_goal_goes_away(office: Office) -> None:
    albrecht, measure = office.albrecht(), office.measure()
    path = address(measure, Part.GOALS)
    albrecht.send(path, **GOAL)
    office.wave(measure)
    emptied = dict.fromkeys(GOAL, "") | {"m_late": "y", "m_stage_1": ""}
    page = Page(albrecht.send(path, **emptied))
    assert page.problems() == {
        "m-text_1": "Dieses Ziel galt schon, als die Erhebung begann. Es bleibt stehen; ändern"
        " können Sie es."
    }


def test_an_indicator_that_no_questionnaire_has_any_more_stays(office: Office) -> None:
    measure = office.measure()
    goal = NewGoal(text="Alt.", indicator=Indicator("fort", "x1"), target=50)
    measures.set_goals(
        office.database, office.field.network, measure, (goal, None, None), By(ALBRECHT, TODAY)
    )
    form = office.albrecht().page(address(measure, Part.GOALS)).form()
    assert form["m-indicator_1"] == "fort:x1"


def test_a_measure_is_copied_into_a_new_period(office: Office) -> None:
    albrecht = office.albrecht()
    measure = office.field.measure
    path = f"{LIST}/{measure}/kopieren"
    assert albrecht.page(path).form()["m-title"] == "Sommercamp"
    refused = Page(albrecht.send(path, m_starts_on="2027-08-09", m_ends_on="2027-08-01"))
    assert list(refused.problems()) == ["m-ends_on"]
    response = albrecht.send(path, m_starts_on="2027-08-01", m_ends_on="2027-08-05")
    number = int(response.location.removesuffix("/stammdaten").rpartition("/")[2])
    copied = known(office, number)
    assert (copied.measure.title, copied.measure.participants) == ("Sommercamp", None)
    assert not copied.has_waves
    assert "Noch wurde niemand gefragt." in albrecht.page(f"{LIST}/{number}").main


def test_only_a_measure_without_waves_is_removed(office: Office) -> None:
    albrecht, measure = office.albrecht(), office.measure()
    path = f"{LIST}/{measure}/loeschen"
    assert "Das lässt sich nicht rückgängig machen." in albrecht.page(path).main
    response = albrecht.send(path)
    assert (response.status_code, response.location) == (303, LIST)
    assert albrecht.get(f"{LIST}/{measure}").status_code == 404
    stays = f"{LIST}/{office.field.measure}/loeschen"
    page = albrecht.page(stays)
    assert "Diese Maßnahme bleibt" in page.main
    assert page.root.findall(".//main//form") == []
    token = albrecht.page(LIST).form("header")
    assert albrecht.client.post(stays, data=token).status_code == 409
    assert albrecht.get(f"{LIST}/{office.field.measure}").status_code == 200


def test_the_state_of_the_data_is_noted(office: Office) -> None:
    albrecht, measure = office.albrecht(), office.measure()
    page = albrecht.page(address(measure))
    form = page.form() | {"publication": "approved"}
    path = f"{address(measure)}/stand"
    assert albrecht.client.post(path, data=form).status_code == 303
    assert known(office, measure).measure.publication is Publication.APPROVED
    assert albrecht.client.post(path, data=form | {"publication": "x"}).status_code == 400


def test_a_measure_takes_place_in_several_towns(office: Office) -> None:
    """Rule 9."""
    with office.database.write() as connection:
        kempen = places.add_municipality(connection, office.field.network, "05166012", "Kempen")
    strange = field_in(office.database, name="Kreis Fern").network
    far = fielding.choices(office.database, strange).municipalities[0].id
    albrecht, measure = office.albrecht(), office.measure()
    path = address(measure, Part.BASICS)
    form = albrecht.page(path).form()
    home = form["m-municipality"]
    del form["m-district_wide"]  # a box nobody ticked
    for wrong in ("x", "-1", "999999", str(far)):
        page = Page(albrecht.client.post(path, data=form | {"m-also_in": wrong}))
        assert page.response.status_code == 422
        assert "Diese Auswahl gibt es nicht" in page.main
    ticked = {"m-also_in": [home, str(kempen.id)]}  # where it is at home needs no tick
    assert albrecht.client.post(path, data=form | ticked).status_code == 303
    assert [town.id for town in known(office, measure).measure.also_in] == [kempen.id]
    assert "Brüggen und Kempen" in albrecht.page(address(measure)).main
    boxes = albrecht.page(path).all("input[@name='m-also_in']")
    assert [box.get("checked") is not None for box in boxes] == [False, True]
    assert albrecht.client.post(path, data=form).status_code == 303
    assert known(office, measure).measure.also_in == ()


def test_it_is_asked_once_more_before_all_may_read(office: Office) -> None:
    albrecht, measure = office.albrecht(), office.measure()
    path = f"{address(measure)}/stand"
    form = albrecht.page(address(measure)).form() | {"publication": "published"}
    asked = albrecht.client.post(path, data=form)
    assert (asked.status_code, asked.location) == (303, path)
    assert known(office, measure).measure.publication is Publication.DRAFT
    assert "Alle dürfen lesen" in albrecht.page(path).main
    assert albrecht.send(path).location == f"{address(measure)}#stand"
    assert known(office, measure).measure.publication is Publication.PUBLISHED
    assert albrecht.get(path).location == address(measure)
    back = albrecht.client.post(path, data=form | {"publication": "draft"})
    assert back.status_code == 303
    assert known(office, measure).measure.publication is Publication.DRAFT


def offered(page: Page) -> list[str]:
    """Return the steps that somebody may choose from."""
    return [str(each.get("value")) for each in page.all("select[@id='publication']/option")]


def test_a_youth_worker_hands_over_and_others_check(office: Office) -> None:
    measure = office.field.measure
    path = f"{address(measure)}/stand"
    worker, evaluator = somebody(office, Role.YOUTH_WORKER), somebody(office, Role.EVALUATOR)
    contact = somebody(office, Role.SCHOOL_CONTACT)
    page = worker.page(address(measure))
    assert offered(page) == ["draft", "submitted"]
    token = {"csrf_token": page.form()["csrf_token"]}
    for step, answer in (("submitted", 303), ("checked", 403), ("published", 403)):
        sent = worker.client.post(path, data=token | {"publication": step})
        assert sent.status_code == answer, step
    assert offered(evaluator.page(address(measure))) == [step.value for step in Publication]
    token = {"csrf_token": evaluator.page(address(measure)).form()["csrf_token"]}
    assert evaluator.client.post(path, data=token | {"publication": "checked"}).status_code == 303
    for person in (worker, contact):
        page = person.page(address(measure))
        assert (offered(page), "fachlich geprüft" in page.main) == ([], True)
    assert worker.get(path).location == address(measure)
    assert contact.get(path).status_code == 403
    assert known(office, measure).measure.publication is Publication.CHECKED


def test_who_may_not_plan_reads_and_finds_no_form(office: Office) -> None:
    def fill(new: NewMeasure) -> NewMeasure:
        return replace(new, master=FULL)

    measure = office.field.measure
    by = By(ALBRECHT, TODAY)
    measures.change_measure(office.database, office.field.network, measure, Part.BASICS, fill, by)
    evaluator = somebody(office, Role.EVALUATOR)
    page = evaluator.page(address(measure))
    assert "neu zugewandert" in page.main
    assert "Ändern" not in page.main
    assert evaluator.get(address(measure, Part.COSTS)).status_code == 403


def test_a_foreign_measure_is_as_missing_as_none(office_on_both: Office) -> None:
    yildiz = office_on_both.stranger()
    yildiz.log_in(YILDIZ)
    token = yildiz.page(LIST).form("header")
    tails = ("stammdaten", *(f"stammdaten/{part.value}" for part in Part), "kopieren", "loeschen")
    for tail in tails:
        mine, none = f"{LIST}/{office_on_both.field.measure}/{tail}", f"{LIST}/4711/{tail}"
        assert yildiz.get(mine).data == yildiz.get(none).data
        answers = [yildiz.client.post(path, data=token) for path in (mine, none)]
        if tail != "stammdaten":
            assert {answer.status_code for answer in answers} == {404}
    assert known(office_on_both, office_on_both.field.measure).measure.title == "Sommercamp"
