"""What the phone's path costs and keeps.

1. A page from memory costs no query; within five seconds a code is looked up once.
2. The page is drawn once per language, and again when anything behind the code has changed.
3. Codes that lead nowhere are not kept, and not more than so many others.
4. The respondent part starts without the libraries that other parts need.
5. Phones that open the same code at once cause one look.
"""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event

from survey_app.storage import schema
from survey_app.web.house import NAME, House
from survey_app.web.respond import doors
from survey_app.web.respond.doors import Doors
from tests.web.site import SetClock, Site

PHONES = 30


@contextmanager
def queries(site: Site) -> Iterator[list[str]]:
    """Note every statement that the application sends to its database."""
    house: House = site.app.extensions[NAME]
    seen: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(house.database.engine, "before_cursor_execute", note)


def test_page_from_memory_costs_no_query(site: Site) -> None:
    with queries(site) as first:
        site.get()
    with queries(site) as later:
        for language in ("de", "en", "tr"):
            site.get(accept_language=language)
            site.get(accept_language=language, accept_encoding="gzip")
    assert "SELECT" in "".join(first)
    assert later == []


def test_code_is_looked_up_again_after_five_seconds(site: Site) -> None:
    site.get()
    site.clock.now += 5
    with queries(site) as seen:
        site.get()
        site.get()
    assert sum("FROM collector" in statement for statement in seen) == 1


def rename(site: Site, title: str) -> None:
    with site.field.database.write() as connection:
        connection.execute(schema.measure.update().values(title=title))


def test_changed_title_is_on_the_page_five_seconds_later(site: Site) -> None:
    site.get()
    rename(site, "Herbstcamp")
    assert "Herbstcamp" not in site.get().text
    site.clock.now += 5
    assert "Herbstcamp" in site.get().text


@pytest.fixture
def two_doors(site: Site) -> tuple[Doors, list[str], SetClock]:
    """Give doors that know one code, the codes that were looked up, and a clock."""
    looked_up: list[str] = []
    house: House = site.app.extensions[NAME]

    def find(code: str) -> Any:
        looked_up.append(code)
        return None if code.startswith("X") else site.field.door

    clock = SetClock()
    return Doors(find, house.languages, clock.clock), looked_up, clock


def test_same_door_keeps_its_pages(two_doors: tuple[Doors, list[str], SetClock]) -> None:
    known, looked_up, clock = two_doors
    first = known.behind("AAAAA-AAAAA")
    clock.now += 60
    assert known.behind("aaaaaaaaaa") is first
    assert looked_up == ["AAAAAAAAAA"] * 2


def test_a_class_that_comes_at_once_causes_one_look(site: Site) -> None:
    """Rule 5."""
    together = Barrier(PHONES)

    def open_page(_: int) -> int:
        together.wait(timeout=20)
        return site.get().status_code

    with queries(site) as alone:
        site.get()
    for _ in range(3):
        site.clock.now += 5
        with ThreadPoolExecutor(PHONES) as phones, queries(site) as of_all:
            assert list(phones.map(open_page, range(PHONES))) == [200] * PHONES
        assert len(of_all) <= len(alone)


def test_unknown_codes_are_not_kept(two_doors: tuple[Doors, list[str], SetClock]) -> None:
    known, looked_up, _ = two_doors
    assert [known.behind("XXXXXXXXXX"), known.behind("XXXXXXXXXX"), known.behind("kurz")] == [
        None
    ] * 3
    assert looked_up == ["XXXXXXXXXX"] * 2


def test_oldest_door_goes_when_there_are_too_many(
    two_doors: tuple[Doors, list[str], SetClock], monkeypatch: pytest.MonkeyPatch
) -> None:
    known, looked_up, _ = two_doors
    monkeypatch.setattr(doors, "MOST", 2)
    for letter in "ABCBA":
        known.behind(letter * 10)
    assert [code[0] for code in looked_up] == ["A", "B", "C", "A"]


HEAVY = {
    *("alembic", "cryptography", "flask_babel", "flask_security", "flask_wtf", "openpyxl"),
    *(
        "passlib",
        "webauthn",
        "pyreadstat",
        "qrcode",
        "ruamel",
        "weasyprint",
        "wtforms",
        "xlsxwriter",
    ),
}
START = """
import sys
from survey_app.app import create_app
from survey_app.config import Settings
def loaded():
    print(*{name.partition(".")[0] for name in sys.modules})
app = create_app(Settings(parts={"respond"}, database_url=sys.argv[1]))
loaded()
app.test_client().get("/")
loaded()
"""


def test_respondent_part_starts_without_what_others_need(sqlite_url: str) -> None:
    started = subprocess.run(
        [sys.executable, "-c", START, sqlite_url], capture_output=True, text=True, check=True
    )
    at_start, with_a_page = (set(line.split()) for line in started.stdout.splitlines())
    assert "flask" in at_start
    assert HEAVY & at_start == set()
    assert HEAVY & with_a_page == {"ruamel"}  # reads the help cards (House.directory), once
