"""Fixtures: an office in which the second factor is compulsory, as it is by default."""

from collections.abc import Iterator

import pytest

from tests.support_field import migrated
from tests.web.staff.office import Office, office_on


@pytest.fixture
def strict(sqlite_url: str) -> Iterator[Office]:
    """Give the application with two networks and the setting that is in force by default."""
    with (
        migrated(sqlite_url) as database,
        office_on(database, second_factor="compulsory") as office,
    ):
        yield office


@pytest.fixture
def strict_on_both(database_url: str) -> Iterator[Office]:
    """Give the same on SQLite and on PostgreSQL."""
    with (
        migrated(database_url) as database,
        office_on(database, second_factor="compulsory") as office,
    ):
        yield office


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """Give an office in which a password is enough."""
    with migrated(sqlite_url) as database, office_on(database) as opened:
        yield opened


@pytest.fixture
def office_on_both(database_url: str) -> Iterator[Office]:
    """Give the same on SQLite and on PostgreSQL."""
    with migrated(database_url) as database, office_on(database) as opened:
        yield opened
