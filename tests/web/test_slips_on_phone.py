"""A slip on a phone: its code opens the form once, and no page gives it away.

 1. The page of a slip is the form. No page holds the code of a slip; those of two slips differ in
    nothing but the submission id, and are drawn once.
 2. Sent, it counts; the thanks name the code for the results and have its address.
 3. A used slip says so before anything is filled in. Filled in before, the form comes back with all
    that was answered, and another slip takes it in. An unknown one does the same, slowly.
 4. A code that is none, and one that was withdrawn, are one answer, byte for byte, and slow.
 5. The code of the way in asks for a slip, and takes in no form without one; with one typed it does.
 6. Sent too late it is told so, although no slip is known any more; its own code leads nowhere then,
    and the code for the results does.
 7. Before the first day the page says when it begins.
 8. Another language keeps the answers and the slip.
 9. A sealed sheet cannot go around the slip.
10. With a script nothing changes: refused, answered with another slip, counted once.
"""

import re

import pytest
from playwright.sync_api import expect
from werkzeug.test import TestResponse

from survey_app.services import closing
from tests.fixtures.browser import Phone
from tests.support_field import ALBRECHT, TODAY, TOMORROW, field_in, migrated
from tests.support_slips import slips_for
from tests.web.site import Site, served, site_for, submission_of
from tests.web.walking import SEND, choose, reach
from tests.web.walking import send as press

GOOD = {"k1": "5", "tage": "3"}
VIA = re.compile(r' action="(\?lang=de&amp;via=[^"]+)"')


@pytest.fixture
def slips(site: Site) -> list[str]:
    """Give three slips of the open wave, in capitals and without a hyphen."""
    return slips_for(site.field, 3)


def address(site: Site, slip: str, **query: str) -> str:
    """Return where the form of a slip goes."""
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return f"/q/{slip}?lang=de&via={site.code}{more}"


def send(site: Site, held: str, submission: str | None = None, **more: str) -> TestResponse:
    """Send a form from the page of a slip."""
    submission = submission or submission_of(site.get(f"/q/{held}").text)
    return site.post({**GOOD, **more}, submission=submission, path=address(site, held))


def test_the_page_of_a_slip_is_the_form_and_holds_no_slip(site: Site, slips: list[str]) -> None:
    """Rule 1."""
    pages = [site.get(f"/q/{slip}").text for slip in slips[:2]]
    assert "data-questionnaire" in pages[0]
    (action,) = VIA.findall(pages[0])
    assert action == f"?lang=de&amp;via={site.address.removeprefix('/q/')}"
    plain = [page.replace("-", "").upper() for page in pages]
    assert [slip in page for slip in slips for page in plain] == [False] * 6
    same = [page.replace(submission_of(page), "") for page in pages]
    assert same[0] == same[1]
    assert submission_of(pages[0]) != submission_of(pages[1])
    assert site.get(f"/q/{slips[0][:5].lower()}-{slips[0][5:]}").status_code == 200


def test_a_slip_counts_and_thanks(site: Site, slips: list[str]) -> None:
    """Rule 2."""
    submission = submission_of(site.get(f"/q/{slips[0]}").text)
    sent = send(site, slips[0], submission)
    assert (sent.status_code, "Danke!" in sent.text) == (200, True)
    assert site.sheets() == [{"k1": 5, "tage": 3}]
    printed = site.address.removeprefix("/q/")
    assert f'data-address="{site.address}/danke?lang=de"' in sent.text
    assert "Der Code dafür steht auch auf deinem Zettel" in sent.text
    assert printed in sent.text
    again = send(site, slips[0], submission)
    assert (again.status_code, "waren schon da" in again.text) == (200, True)
    assert len(site.sheets()) == 1
    assert site.get(f"{site.address}/danke").status_code == 200


def test_a_used_slip_says_so_first(site: Site, slips: list[str]) -> None:
    """Rule 3."""
    send(site, slips[0])
    page = site.get(f"/q/{slips[0]}")
    assert page.status_code == 410
    assert "Dieser Zettel wurde schon benutzt" in page.text
    assert "data-questionnaire" not in page.text
    assert slips[0] not in page.text.replace("-", "")


def test_a_form_whose_slip_is_used_comes_back_whole(site: Site, slips: list[str]) -> None:
    """Rule 3."""
    late = submission_of(site.get(f"/q/{slips[0]}").text)
    send(site, slips[0])
    back = send(site, slips[0], late, gefallen="themen")
    assert back.status_code == 409
    assert "Dieser Zettel wurde schon benutzt" in back.text
    assert submission_of(back.text) == late
    assert re.search(r'name="gefallen" value="themen"[^>]* checked', back.text)
    assert 'name="slip"' in back.text
    site.clock.waits.clear()
    wrong = send(site, slips[0], late, slip="ABCDE-FGHJK")
    assert (wrong.status_code, site.clock.waits) == (403, [0.3])
    assert "Dieser Zettel gilt hier nicht" in wrong.text
    taken = send(site, slips[0], late, slip=f"{slips[1][:5]}-{slips[1][5:]}".lower())
    assert (taken.status_code, len(site.sheets())) == (200, 2)
    assert site.get(f"/q/{slips[1]}").status_code == 410


def test_what_is_no_slip_is_one_slow_answer(site: Site, slips: list[str]) -> None:
    """Rule 4."""
    slips_for(site.field, 1, withdraw=True)
    site.clock.waits.clear()
    unknown, withdrawn = site.get("/q/ABCDE-FGHJK"), site.get(f"/q/{slips[0]}")
    assert (unknown.status_code, unknown.data) == (withdrawn.status_code, withdrawn.data)
    assert (unknown.status_code, site.clock.waits) == (404, [0.3, 0.3])
    nowhere = site.post(GOOD, submission="x" * 22, path="/q/ABCDE-FGHJK?via=ABCDE-FGHJL")
    assert (nowhere.status_code, nowhere.data) == (404, unknown.data)


def test_the_code_of_the_way_in_asks_for_a_slip(site: Site, slips: list[str]) -> None:
    """Rule 5."""
    page = site.get()
    assert page.status_code == 200
    assert "Hier brauchst du einen Einmal-Zettel" in page.text
    assert "data-questionnaire" not in page.text
    refused = site.post(GOOD, submission="x" * 22)
    assert (refused.status_code, site.sheets()) == (403, [])
    assert "Hier brauchst du einen Zettel" in refused.text
    typed = site.post({**GOOD, "slip": slips[2]}, submission="x" * 22)
    assert (typed.status_code, len(site.sheets())) == (200, 1)


def test_who_sends_too_late_is_told(site: Site, slips: list[str]) -> None:
    """Rule 6."""
    submission = submission_of(site.get(f"/q/{slips[0]}").text)
    closing.close_wave(
        site.field.database, site.field.network, site.field.wave, today=TODAY, actor=ALBRECHT
    )
    late = send(site, slips[0], submission)
    assert (late.status_code, "Diese Umfrage ist zu Ende" in late.text) == (410, True)
    site.clock.now += 60
    assert site.get(f"/q/{slips[0]}").status_code == 404
    over = site.get()
    assert "Diese Umfrage ist zu Ende" in over.text
    assert "Ab 5. Dezember 2026 steht hier" in over.text


def test_before_the_first_day_it_says_when(sqlite_url: str) -> None:
    """Rule 7."""
    with migrated(sqlite_url) as database:
        field = field_in(database, opens_on=TOMORROW)
        with site_for(field) as site:
            (slip,) = slips_for(field, 1)
            page = site.get(f"/q/{slip}")
    assert page.status_code == 200
    assert "Es geht los am 22. November 2026" in page.text
    assert "mit einem Einmal-Zettel" in page.text


def test_another_language_keeps_answers_and_slip(site: Site, slips: list[str]) -> None:
    """Rule 8."""
    submission = submission_of(site.get(f"/q/{slips[0]}").text)
    path = f"/q/{slips[0]}?lang=en&via={site.code}&only=language"
    back = site.post({**GOOD, "slip": slips[1]}, submission=submission, path=path)
    assert back.status_code == 200
    assert '<html lang="en"' in back.text
    assert re.search(r'name="k1" value="5"[^>]* checked', back.text)
    assert f'action="?lang=en&amp;via={site.address.removeprefix("/q/")}"' in back.text


def test_a_sealed_sheet_cannot_go_around_the_slip(site: Site, slips: list[str]) -> None:
    """Rule 9: the way in has no key to seal to."""
    answer = site.client.post(f"/q/{site.code}/sealed", data=b"\x01" * 9000)
    assert (answer.status_code, answer.get_json()["receipt"]) == (400, "unreadable")
    assert site.sheets() == []


def test_with_a_script_another_slip_takes_the_answers(
    site: Site, slips: list[str], phone: Phone
) -> None:
    """Rule 10."""
    with served(site.app) as origin:
        page = phone().new_page()
        page.goto(f"{origin}/Q/{slips[0]}")
        choose(page, "k1", 5)
        send(site, slips[0])
        reach(page, SEND)
        press(page)
        field = page.get_by_label("Der Code auf deinem Zettel")
        field.wait_for()
        assert len(site.sheets()) == 1
        field.fill(slips[1].lower())
        page.get_by_role("button", name="Mit diesem Zettel absenden").click()
        page.get_by_role("heading", name="Danke!").wait_for()
        expect(page).to_have_url(re.compile(f"{site.address}/danke"))
    assert [sheet["k1"] for sheet in site.sheets()] == [5, 5]
