"""Fixtures for every room: `database_url`, `postgres_database`, `sqlite_url`, `phone`, `chromium`.

Whoever wants a database without a table asks for `empty_database_url` or `empty_postgres`. They are real parts, never stand-ins. See tests/fixtures.
"""

import pytest

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.browser",
    "tests.fixtures.passwords",
    "tests.fixtures.remembered",
    "tests.fixtures.walls",
]

MARKS = {"chromium": "browser", "postgres_folder": "postgres"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or a server, so that `-m "not browser"` leaves nothing out."""
    for item in items:
        for fixture, mark in MARKS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)
