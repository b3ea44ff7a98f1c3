"""Sheets that wait on a device without a network, sealed to the wave.

On the server, on both databases:

1. An envelope is counted once, however often it arrives, also after its form arrived unsealed.
2. Every receipt has its status, and says what the device may delete: nothing unless it is certain.
3. What cannot be read in a form is left out, the rest counts; a form with nothing left is forgotten.
4. What is no envelope, is too large, or comes from another site is refused and leaves nothing.
5. Pages of a way in without a queue have neither its key nor its script.

In a real browser:

6. Without a network the answers are sealed and the next person begins anew, also after a reload; with
   a network they are sent and deleted, and the page says how many are waiting.
7. An envelope that the browser sealed is what the server opens.
8. Nothing that was answered can be read on the device, in the browser's store or in any of its files.
9. A lost acknowledgement counts nothing twice; a page of another network deletes nothing.
10. What comes too late is deleted, and the page says how many there were.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select
from werkzeug.test import TestResponse

import survey_app.web
from survey_app.services import closing, sealing
from survey_app.storage import schema
from survey_app.web.assets import Assets
from tests.envelopes import envelope
from tests.fixtures.browser import FLAGS, Phone, chromium_program
from tests.support_field import ALBRECHT, TODAY, Field, field_in, migrated
from tests.web.questionnaires import EVERY_KIND
from tests.web.site import Site, served, site_for
from tests.web.walking import choose, send, write

ID = "a" * 22
OTHER_ID = "b" * 22
FORM = f"k1=2&aendern=Mehr+Pausen&tage=3&submission={ID}"


@pytest.fixture
def queue_on_both(database_url: str) -> Iterator[Site]:
    """Give a wave whose way in has a queue, on SQLite and on PostgreSQL."""
    with (
        migrated(database_url) as database,
        site_for(field_in(database, questionnaire=EVERY_KIND, offline_queue=True)) as site,
    ):
        yield site


@pytest.fixture
def queue(sqlite_url: str) -> Iterator[Site]:
    """Give the same on SQLite, in a network of its own beside that of `site`."""
    with migrated(sqlite_url) as database:
        field = field_in(
            database, questionnaire=EVERY_KIND, offline_queue=True, name="Kreis ohne Netz"
        )
        with site_for(field) as site:
            yield site


def sealed(site: Site, form: str = FORM) -> bytes:
    """Return a form sealed to the wave of a site."""
    public = site.field.door.queue_key
    assert public is not None
    return envelope(form.encode(), public, site.code)


def arrive(site: Site, body: bytes, path: str | None = None, **headers: str) -> TestResponse:
    """Let an envelope arrive."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    kind = "application/octet-stream"
    address = path or f"{site.address}/sealed"
    return site.client.post(address, data=body, content_type=kind, headers=named)


def told(answer: TestResponse) -> tuple[int, str, str | None]:
    return answer.status_code, answer.json["receipt"], answer.json["delete"]


def stored(site: Site) -> list[tuple[dict[str, object], ...]]:
    with site.field.database.read() as connection:
        sheets = connection.execute(select(schema.open_sheet.c.answers)).scalars()
        texts = connection.execute(select(schema.open_text.c.text)).scalars()
        return [*map(json.loads, sheets), *texts]


def close(field: Field) -> None:
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)


# Rule 1


def test_an_envelope_is_counted_once(queue_on_both: Site) -> None:
    one, other = sealed(queue_on_both), sealed(queue_on_both)
    assert told(arrive(queue_on_both, one)) == (200, "counted", "sheet")
    assert told(arrive(queue_on_both, one)) == (200, "already_counted", "sheet")
    assert told(arrive(queue_on_both, other)) == (200, "already_counted", "sheet")
    assert stored(queue_on_both) == [{"k1": 2, "tage": 3}, "Mehr Pausen"]


def test_a_form_whose_reply_was_lost_is_not_counted_again(queue_on_both: Site) -> None:
    answers = {"k1": "2", "aendern": "Mehr Pausen", "tage": "3"}
    assert queue_on_both.post(answers, submission=ID).status_code == 200
    answer = arrive(queue_on_both, sealed(queue_on_both))
    assert told(answer) == (200, "already_counted", "sheet")
    assert queue_on_both.count("open_sheet") == 1


# Rule 2


def test_other_answers_under_the_same_id_are_a_conflict(queue_on_both: Site) -> None:
    arrive(queue_on_both, sealed(queue_on_both))
    changed = sealed(queue_on_both, f"k1=5&submission={ID}")
    assert told(arrive(queue_on_both, changed)) == (409, "conflict", "sheet")
    assert stored(queue_on_both) == [{"k1": 2, "tage": 3}, "Mehr Pausen"]


def test_what_comes_after_closing_is_too_late(queue_on_both: Site) -> None:
    late = sealed(queue_on_both)
    close(queue_on_both.field)
    assert told(arrive(queue_on_both, late)) == (410, "closed", "all")
    queue_on_both.clock.now += 5
    assert told(arrive(queue_on_both, late)) == (410, "closed", "all")
    assert queue_on_both.count("open_sheet") == 0


def test_what_comes_after_the_last_day_is_too_late(queue: Site) -> None:
    queue.clock.day = TODAY + timedelta(days=9)
    assert told(arrive(queue, sealed(queue))) == (410, "closed", "all")


def test_what_comes_before_the_first_day_waits(queue: Site) -> None:
    queue.clock.day = TODAY - timedelta(days=1)
    assert told(arrive(queue, sealed(queue))) == (403, "not_yet_open", None)


def test_a_code_that_leads_nowhere_deletes_nothing(queue: Site) -> None:
    answer = arrive(queue, sealed(queue), path="/q/AAAAA-AAAAA/sealed")
    page = queue.get("/q/AAAAA-AAAAA")
    assert (answer.status_code, answer.data) == (404, page.data)
    assert queue.clock.waits == [0.3, 0.3]


# Rule 3


def test_what_cannot_be_read_is_left_out(queue_on_both: Site) -> None:
    form = f"k1=2&tage=viele&zufrieden=99&alter=a14&submission={ID}"
    assert told(arrive(queue_on_both, sealed(queue_on_both, form))) == (200, "counted", "sheet")
    assert told(arrive(queue_on_both, sealed(queue_on_both, form))) == (
        200,
        "already_counted",
        "sheet",
    )
    assert stored(queue_on_both) == [{"k1": 2, "alter": "a14"}]


@pytest.mark.parametrize("form", ["", "tage=viele&"])
def test_a_form_with_nothing_left_is_forgotten(queue_on_both: Site, form: str) -> None:
    answer = arrive(queue_on_both, sealed(queue_on_both, f"{form}submission={ID}"))
    assert told(answer) == (200, "empty", "sheet")
    assert queue_on_both.count("open_sheet") == 0


# Rule 4


def broken_envelopes(site: Site) -> dict[str, bytes]:
    whole = sealed(site)
    return {
        "nothing": b"",
        "a form": FORM.encode(),
        "changed": whole[:-1] + bytes([whole[-1] ^ 1]),
        "cut": whole[:-100],
        "another version": b"\x02" + whole[1:],
        "for another code": envelope(FORM.encode(), site.field.door.queue_key or b"", "A" * 10),
        "for another wave": envelope(FORM.encode(), sealing.new_keys().public, site.code),
        "without an id": sealed(site, "k1=2"),
        "with a strange id": sealed(site, "k1=2&submission=hallo"),
        "with two ids": sealed(site, f"k1=2&submission={ID}&submission={OTHER_ID}"),
        "with too many fields": sealed(site, "&".join(["k1=2"] * 1001)),
        "no text": envelope(b"k1=\xff", site.field.door.queue_key or b"", site.code),
    }


def test_what_is_no_envelope_is_refused(queue: Site) -> None:
    answers = {name: told(arrive(queue, body)) for name, body in broken_envelopes(queue).items()}
    assert answers == dict.fromkeys(answers, (400, "unreadable", None))
    assert queue.count("open_sheet") == 0


def test_a_wave_without_a_queue_opens_nothing(site: Site, queue: Site) -> None:
    assert told(arrive(site, sealed(queue))) == (400, "unreadable", None)


def test_a_long_form_fits_and_a_longer_one_does_not(queue: Site) -> None:
    long = f"k1=2&submission={ID}&x=" + "x" * 64_000
    assert told(arrive(queue, sealed(queue, long))) == (200, "counted", "sheet")
    assert arrive(queue, sealed(queue, long + "x" * 16_384)).status_code == 413


def test_another_site_cannot_send_envelopes(queue: Site) -> None:
    assert arrive(queue, sealed(queue), sec_fetch_site="cross-site").status_code == 403
    assert queue.count("open_sheet") == 0


# Rule 5


def test_only_a_way_in_with_a_queue_has_its_key_and_its_script(site: Site, queue: Site) -> None:
    key = b64encode(queue.field.door.queue_key or b"").decode()
    assert (f'data-queue="{key}"' in queue.get().text, "/assets/queue." in queue.get().text) == (
        True,
        True,
    )
    plain = site.get().text
    assert ("data-queue" in plain, "/assets/queue." in plain, "verschlüsselt" in plain) == (
        False,
        False,
        False,
    )


def test_the_script_of_the_queue_is_small() -> None:
    assets = Assets(Path(survey_app.web.__file__).parent / "static")
    assert len(assets.file("queue.js").packed) < 2_500


def test_a_page_that_is_closed_has_the_script_but_no_key(queue: Site) -> None:
    close(queue.field)
    page = queue.get().text
    assert ("/assets/queue." in page, "data-queue=" in page) == (True, False)


# The browser


@pytest.fixture
def live_queue(queue: Site) -> Iterator[str]:
    with served(queue.app) as address:
        yield address


WAITING = "[data-count=waiting]"
PACKED = "Danke! Sicher verpackt"


def cached(page: Page) -> None:
    """Wait until the page is on the device, with its service worker."""
    page.wait_for_function(
        "async () => (await caches.keys()).length && (await navigator.serviceWorker.ready)"
    )


def answer_without_network(page: Page, text: str, *, wait: bool = True) -> None:
    """Answer and send while there is no network."""
    choose(page, "k1", 2)
    write(page, "aendern", text)
    if wait:
        cached(page)
    page.context.set_offline(True)
    send(page)
    page.get_by_role("heading", name=PACKED).wait_for()


def next_person(page: Page) -> None:
    page.get_by_role("link", name="Nächste Person").tap()
    page.locator("[data-go]").wait_for()


def says_waiting(page: Page, number: int) -> None:
    line = page.locator(WAITING)
    if number:
        expect(line).to_have_text(
            f"Rückmeldungen, die auf diesem Gerät auf Verbindung warten: {number}"
        )
    expect(line).to_be_visible(visible=bool(number))


def test_sheets_wait_and_are_sent_when_there_is_a_network(
    queue: Site, live_queue: str, phone: Phone
) -> None:
    page = phone().new_page()
    page.goto(live_queue + queue.address)
    answer_without_network(page, "Erster Text")
    says_waiting(page, 1)
    next_person(page)
    answer_without_network(page, "Zweiter Text", wait=False)
    says_waiting(page, 2)
    next_person(page)
    page.reload()
    says_waiting(page, 2)
    assert page.locator("input:checked").count() == 0
    assert queue.count("open_sheet") == 0
    page.context.set_offline(False)
    says_waiting(page, 0)
    assert sorted(map(str, stored(queue))) == [
        "Erster Text",
        "Zweiter Text",
        "{'k1': 2}",
        "{'k1': 2}",
    ]
    assert envelopes(page) == []


def test_waiting_sheets_are_sent_when_the_page_is_opened(
    queue: Site, live_queue: str, phone: Phone
) -> None:
    context = phone()
    page = context.new_page()
    page.goto(live_queue + queue.address)
    answer_without_network(page, "Ein Text")
    page.close()
    context.set_offline(False)
    later = context.new_page()
    with later.expect_response("**/sealed"):
        later.goto(live_queue + queue.address)
    says_waiting(later, 0)
    assert stored(queue) == [{"k1": 2}, "Ein Text"]


def test_history_leads_to_no_sheet_that_was_packed(
    queue: Site, live_queue: str, phone: Phone
) -> None:
    page = phone().new_page()
    page.goto(live_queue + queue.address)
    answer_without_network(page, "GEHEIM")
    used = "[...document.querySelectorAll('[name=submission]')].map(input => input.value)"
    next_person(page)
    fresh = page.evaluate(used)
    page.go_forward()  # there is nothing ahead any more
    assert page.evaluate(used) == fresh
    page.go_back()
    page.locator("[data-go]").wait_for()
    assert page.evaluate("document.body.outerHTML.includes('GEHEIM')") is False


READ = """async () => {
    const database = await new Promise(done => {
        const request = indexedDB.open("mitreden");
        request.onsuccess = () => done(request.result);
    });
    const all = await new Promise(done => {
        const request = database.transaction("sheets").objectStore("sheets").getAll();
        request.onsuccess = () => done(request.result);
    });
    database.close();
    return all.map(envelope => [...envelope]);
}"""


def envelopes(page: Page) -> list[bytes]:
    """Return what waits on a device, as it lies in the browser's store."""
    return [bytes(each) for each in page.evaluate(READ)]


def private_key(site: Site) -> bytes:
    with site.field.database.read() as connection:
        return bytes(connection.execute(select(schema.wave_key.c.private)).scalar_one())


def test_the_server_opens_what_the_browser_sealed(
    queue: Site, live_queue: str, phone: Phone
) -> None:
    page = phone().new_page()
    page.goto(live_queue + queue.address)
    answer_without_network(page, "Ä – 日本 & mehr=viel")
    (waiting,) = envelopes(page)
    form = sealing.opened(waiting, private_key(queue), queue.code).decode()
    assert form.startswith("k1=2&aendern=%C3%84+%E2%80%93+%E6%97%A5%E6%9C%AC+%26+mehr%3Dviel&")
    changed = bytearray(waiting)
    changed[-1] ^= 1
    with pytest.raises(sealing.Unreadable):
        sealing.opened(bytes(changed), private_key(queue), queue.code)
    assert len(waiting) == sealing.HEAD + sealing.STEP + sealing.TAG


@pytest.fixture
def device(chromium: Browser, tmp_path: Path) -> tuple[BrowserContext, Path]:
    """Give a phone that writes to a disk, and the folder it writes to."""
    folder = tmp_path / "device"
    program = chromium_program()
    context = chromium.browser_type.launch_persistent_context(
        folder,
        executable_path=program,
        args=list(FLAGS),
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        locale="de-DE",
    )
    return context, folder


def files_with(folder: Path, text: str) -> list[str]:
    """Return the files below a folder in which a text stands, in either way a browser writes it."""
    wanted = (text.encode(), text.encode("utf-16-le"))
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(each in path.read_bytes() for each in wanted)
    ]


def test_no_file_on_the_device_holds_an_answer(
    queue: Site, live_queue: str, device: tuple[BrowserContext, Path]
) -> None:
    context, folder = device
    page = context.new_page()
    page.goto(live_queue + queue.address)
    answer_without_network(page, "Geheimnisvoll")
    (waiting,) = envelopes(page)
    page.evaluate(
        """() => new Promise(done => {
            const request = indexedDB.open("control");
            request.onupgradeneeded = () => request.result.createObjectStore("plain");
            request.onsuccess = () => {
                const writing = request.result.transaction("plain", "readwrite", {durability: "strict"});
                writing.objectStore("plain").put("Kontrollwort", 1);
                writing.oncomplete = done;
            };
        })"""
    )
    context.close()
    assert files_with(folder, "Kontrollwort") != [], "the search finds what lies in such a store"
    assert files_with(folder, f"{queue.code} ") != [], "and where the envelopes are"
    assert files_with(folder, "Geheimnisvoll") == []
    form = sealing.opened(waiting, private_key(queue), queue.code).decode()
    submission = form.rpartition("submission=")[2]
    places = {Path(name).parent.name for name in files_with(folder, submission)}
    assert places <= {"Sessions"}, "an id, without answers, where the browser remembers open tabs"


def test_a_lost_acknowledgement_counts_nothing_twice(
    queue: Site, live_queue: str, phone: Phone
) -> None:
    page = phone().new_page()
    page.goto(live_queue + queue.address)
    answer_without_network(page, "Ein Text")
    lost: list[int] = []

    def lose_the_reply(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/sealed", lose_the_reply, times=1)
    with page.expect_event("requestfailed"):
        page.context.set_offline(False)
    says_waiting(page, 1)
    page.get_by_role("button", name="Jetzt senden").tap()
    says_waiting(page, 0)
    assert lost == [200]
    assert stored(queue) == [{"k1": 2}, "Ein Text"]


def test_a_page_of_another_network_deletes_nothing(
    queue: Site, live_queue: str, phone: Phone
) -> None:
    page = phone().new_page()
    page.goto(live_queue + queue.address)
    answer_without_network(page, "Ein Text")
    page.route(
        "**/sealed",
        lambda route: route.fulfill(status=200, body="<h1>Willkommen im WLAN</h1>"),
        times=1,
    )
    with page.expect_response("**/sealed"):
        page.context.set_offline(False)
    says_waiting(page, 1)
    page.get_by_role("button", name="Jetzt senden").tap()
    says_waiting(page, 0)
    assert stored(queue) == [{"k1": 2}, "Ein Text"]


def test_what_comes_too_late_is_deleted_and_counted(
    queue: Site, live_queue: str, phone: Phone
) -> None:
    page = phone().new_page()
    page.goto(live_queue + queue.address)
    answer_without_network(page, "Erster Text")
    next_person(page)
    answer_without_network(page, "Zweiter Text", wait=False)
    close(queue.field)
    queue.clock.now += 5
    page.context.set_offline(False)
    late = page.locator("[data-count=late]")
    expect(late).to_have_text(
        "Zu spät, die Umfrage war schon zu Ende. Auf diesem Gerät gelöscht: 2"
    )
    says_waiting(page, 0)
    assert envelopes(page) == []
    assert queue.count("closed_sheet") == 0
    page.goto(live_queue + queue.address)
    page.get_by_role("heading", name="Diese Umfrage ist zu Ende").wait_for()
    assert page.evaluate("() => caches.keys()") == []


def test_without_a_store_the_page_goes_on_trying(
    queue: Site, live_queue: str, phone: Phone
) -> None:
    context = phone()
    context.add_init_script("indexedDB.open = () => { throw new Error('closed to us'); }")
    page = context.new_page()
    page.goto(live_queue + queue.address)
    choose(page, "k1", 2)
    context.set_offline(True)
    send(page)
    page.get_by_role("heading", name="Keine Verbindung").wait_for()
    context.set_offline(False)
    page.get_by_role("heading", name="Danke!").wait_for()
    assert stored(queue) == [{"k1": 2}]
