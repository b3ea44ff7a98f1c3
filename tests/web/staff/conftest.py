"""Fixtures of the staff part: `office` (SQLite), `office_on_both` (SQLite and PostgreSQL)."""

from collections.abc import Iterator

import pytest

from tests.support_field import migrated
from tests.web.staff.office import Office, office_on


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """Give the application with two networks."""
    with migrated(sqlite_url) as database, office_on(database) as opened:
        yield opened


@pytest.fixture
def office_on_both(database_url: str) -> Iterator[Office]:
    """Give the same on SQLite and on PostgreSQL."""
    with migrated(database_url) as database, office_on(database) as opened:
        yield opened
