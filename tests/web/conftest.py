"""Fixtures of the web: `site` (SQLite), `site_on_both` (SQLite and PostgreSQL), `live`.

`asking` takes its questionnaire from the test; `address` is that of its page.
"""

from collections.abc import Iterator

import pytest

from tests.web.questionnaires import EVERY_KIND
from tests.web.site import Site, served, site_asking


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Site]:
    """Give the respondent part with a wave that asks one question of every kind."""
    with site_asking(EVERY_KIND, sqlite_url) as opened:
        yield opened


@pytest.fixture
def site_on_both(database_url: str) -> Iterator[Site]:
    """Give the same on SQLite and on PostgreSQL."""
    with site_asking(EVERY_KIND, database_url) as opened:
        yield opened


@pytest.fixture
def live(site: Site) -> Iterator[str]:
    """Serve `site` and give its address."""
    with served(site.app) as address:
        yield address


@pytest.fixture
def asking(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Site]:
    """Give a site with the questionnaire of the test."""
    with site_asking(request.param, sqlite_url) as opened:
        yield opened


@pytest.fixture
def address(asking: Site) -> Iterator[str]:
    """Serve it and give the address of its page."""
    with served(asking.app) as origin:
        yield origin + asking.address
