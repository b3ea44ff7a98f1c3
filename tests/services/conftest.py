"""A field on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from tests.support_field import Field, field_in, migrated


@pytest.fixture
def field(database_url: str) -> Iterator[Field]:
    """Give a wave that is open today."""
    with migrated(database_url) as database:
        yield field_in(database)
