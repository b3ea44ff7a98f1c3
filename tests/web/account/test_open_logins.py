"""Open logins.

1. Who is logged in where: each browser by name, with days, and no address or full user agent.
2. One of them, all others, or all of them can be ended; those of other people cannot.
3. A cookie copied before logging out is worth nothing afterwards.
4. A login ends after an hour without a page and after twelve hours in any case; both are settings.
5. Another password ends all other logins, and so do `user logout` and `user reset-factors`.
6. What is used is noted at most once a minute, and old rows are forgotten.
"""

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from survey_app.cli import main
from survey_app.storage import schema
from survey_app.web.account.devices import device_words
from tests.support_field import ALBRECHT, migrated
from tests.web.account.phone import LOGIN, OWN, audited, row_of, set_up_app
from tests.web.site import url_of
from tests.web.staff.office import LIST, PASSWORD, YILDIZ, Office, Page, Person, office_on, said

EDGE = (
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1"
)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0"
CHROME = (
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/143.0.0.0 Mobile Safari/537.36"
)
MINUTE, HOUR = 60, 3600


def in_browser(office: Office, user_agent: str = FIREFOX, email: str = ALBRECHT) -> Person:
    """Log in with a browser that says this of itself."""
    client = office.app.test_client()
    form = Page(client.get(LOGIN)).form() | {"email": email, "password": PASSWORD}
    sent = client.post(LOGIN, data=form, headers={"User-Agent": user_agent})
    assert sent.status_code == 302
    return Person(client)


def is_in(person: Person) -> bool:
    return person.get(LIST).status_code == 200


def end(person: Person, which: str) -> str | None:
    token = person.page(OWN).form()["csrf_token"]
    data = {"csrf_token": token, "which": which}
    return person.client.post(f"{OWN}/anmeldungen", data=data).location


def shown(person: Person) -> list[str]:
    section = person.page(OWN).find("section[@aria-labelledby='logins']")
    return [said(each) for each in section.findall(".//h3")]


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (CHROME, "Chrome, Android"),
        (FIREFOX.replace("Windows NT 10.0; Win64; x64", "X11; Linux x86_64"), "Firefox, Linux"),
        (EDGE, "Edge, Windows"),
        (SAFARI, "Safari, iPhone"),
        ("", ""),
        ("<script>" * 100, ""),
    ],
)
def test_a_browser_has_two_words(user_agent: str, words: str) -> None:
    """Rule 1."""
    assert device_words(user_agent) == words


def test_the_list_names_browsers_and_stores_no_more(office: Office) -> None:
    """Rule 1."""
    in_browser(office, CHROME)
    office.clock.moment += MINUTE
    here = in_browser(office)
    assert shown(here) == ["Firefox, Windows hier", "Chrome, Android"]
    assert "mit Passwort · seit 21. November 2026 · zuletzt heute" in here.page(OWN).main
    stored = repr(row_of(office, "staff_login"))
    assert not [word for word in ("Mozilla", "146", "Pixel", "127.0.0.1") if word in stored]


def test_one_login_is_ended(office_on_both: Office) -> None:
    """Rule 2."""
    office = office_on_both
    phone, desk = in_browser(office, CHROME), in_browser(office)
    page = desk.page(OWN)
    (button,) = [each for each in page.all("button[@name='which']") if said(each)[:7] == "Beenden"]
    assert end(desk, button.get("value", "")) == f"{OWN}?getan=anmeldung"
    assert (is_in(phone), is_in(desk)) == (False, True)


def test_all_others_are_ended(office: Office) -> None:
    """Rule 2."""
    others, desk = [in_browser(office), in_browser(office, CHROME)], in_browser(office)
    assert end(desk, "others") == f"{OWN}?getan=anmeldungen"
    assert [is_in(each) for each in (*others, desk)] == [False, False, True]
    assert audited(office) == [(ALBRECHT, "end all logins", "2")]


def test_all_are_ended_here_too(office: Office) -> None:
    """Rule 2."""
    phone, desk, yildiz = in_browser(office), in_browser(office), in_browser(office, email=YILDIZ)
    assert end(desk, "all") == LOGIN
    assert [is_in(each) for each in (phone, desk, yildiz)] == [False, False, True]


@pytest.mark.parametrize("which", ["", "gibt-es-nicht"])
def test_what_is_not_ones_own_is_not_ended(office: Office, which: str) -> None:
    """Rule 2: an empty name means nothing, and the name of a foreign login neither."""
    yildiz, albrecht = in_browser(office, email=YILDIZ), in_browser(office)
    (key,) = [row[0] for row in row_of(office, "staff_login") if row[1] != 1]
    for name in (which, key, key[:16]):
        end(albrecht, name)
    assert (is_in(yildiz), is_in(albrecht)) == (True, True)


def test_a_copied_cookie_is_worthless_after_logging_out(office_on_both: Office) -> None:
    """Rule 3."""
    office = office_on_both
    albrecht = in_browser(office)
    copied = albrecht.client.get_cookie("mitreden")
    assert copied is not None
    thief = Person(office.app.test_client())
    thief.client.set_cookie("mitreden", copied.value)
    assert is_in(thief)
    out = albrecht.client.post("/team/abmelden", data=albrecht.page(LIST).form("header"))
    assert out.location == LOGIN
    assert not is_in(thief)
    assert row_of(office, "staff_login") == []


def test_a_login_ends_after_an_hour_without_a_page(office: Office) -> None:
    """Rule 4."""
    albrecht = in_browser(office)
    for _ in range(3):
        office.clock.moment += HOUR
        assert is_in(albrecht)
    office.clock.moment += HOUR + 1
    assert not is_in(albrecht)


def test_a_login_ends_after_a_working_day(office: Office) -> None:
    """Rule 4."""
    albrecht = in_browser(office)
    for _ in range(24):
        office.clock.moment += HOUR / 2
        assert is_in(albrecht)
    office.clock.moment += 1
    assert not is_in(albrecht)


def test_both_limits_are_settings(sqlite_url: str) -> None:
    """Rule 4."""
    with (
        migrated(sqlite_url) as database,
        office_on(database, idle_minutes=5, login_hours=1) as office,
    ):
        albrecht = in_browser(office)
        office.clock.moment += 5 * MINUTE
        assert is_in(albrecht)
        assert "wenn 5 Minuten lang nichts geschieht" in albrecht.page(OWN).main
        office.clock.moment += 5 * MINUTE + 1
        assert not is_in(albrecht)


def test_another_password_ends_all_other_logins(office: Office) -> None:
    """Rule 5."""
    phone, desk = in_browser(office), in_browser(office)
    changed = desk.send(f"{OWN}/passwort", p_old=PASSWORD, p_password="ein neuer langer Satz")
    assert changed.location == f"{OWN}?getan=passwort"
    assert (is_in(phone), is_in(desk)) == (False, True)
    assert office.stranger().log_in(password="ein neuer langer Satz").location == "/team"
    assert audited(office) == [(ALBRECHT, "change password", "")]


@pytest.mark.parametrize(
    ("old", "new", "field", "sentence"),
    [
        ("falsch", "ein neuer langer Satz", "old", "Das ist nicht Ihr Passwort."),
        (PASSWORD, "kurz", "password", "Das Passwort braucht 12 bis 200 Zeichen."),
        (PASSWORD, PASSWORD, "password", "Das ist Ihr bisheriges Passwort."),
        (PASSWORD, "", "password", "Bitte geben Sie Ihr Passwort ein."),
    ],
)
def test_a_password_that_cannot_be(
    office: Office, old: str, new: str, field: str, sentence: str
) -> None:
    """Rule 5."""
    albrecht = in_browser(office)
    page = Page(albrecht.send(f"{OWN}/passwort", p_old=old, p_password=new))
    assert page.response.status_code == 422
    assert page.problems()[f"p-{field}"].startswith(sentence)
    assert office.stranger().log_in().location == "/team"


@pytest.mark.parametrize("command", ["logout", "reset-factors"])
def test_the_command_line_ends_logins(
    office: Office, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Rule 5, for emergencies."""
    albrecht = in_browser(office)
    set_up_app(office, albrecht)
    monkeypatch.setenv("SURVEY_DATABASE_URL", url_of(office.field))
    result = CliRunner().invoke(main, ["user", command, ALBRECHT.upper()])
    assert result.exit_code == 0, result.output
    assert ALBRECHT in result.output
    assert not is_in(albrecht)
    asked = office.stranger().log_in().location
    assert asked == ("/team" if command == "reset-factors" else "/team/anmelden/code")
    assert audited(office)[-1][:2] == (
        "survey-app",
        "reset factors" if command == "reset-factors" else "end all logins",
    )
    unknown = CliRunner().invoke(main, ["user", command, "x@y.example"])
    assert unknown.stderr == "Error: Für x@y.example gibt es kein Konto.\n"


def test_pages_are_noted_once_a_minute(office: Office) -> None:
    """Rule 6."""
    albrecht = in_browser(office)

    def writes() -> int:
        office.statements.clear()
        assert is_in(albrecht)
        return len([each for each in office.statements if each.startswith("UPDATE staff_login")])

    counted = [writes(), writes()]
    office.clock.moment += MINUTE - 1
    counted.append(writes())
    office.clock.moment += 1
    counted += [writes(), writes()]
    assert counted == [0, 0, 0, 1, 0]


def test_old_logins_are_forgotten(office: Office) -> None:
    """Rule 6."""
    in_browser(office)
    office.clock.moment += 13 * HOUR
    in_browser(office, CHROME)
    assert [row[-2] for row in row_of(office, "staff_login")] == ["Chrome, Android"]


def test_a_login_of_an_account_that_was_switched_off(office: Office) -> None:
    """Rule 5: at once, by whatever way the account changed."""
    albrecht = in_browser(office)
    changed = update(schema.staff).where(schema.staff.c.email == ALBRECHT)
    with office.database.write() as connection:
        connection.execute(changed.values(fs_uniquifier="neu"))
    assert not is_in(albrecht)
