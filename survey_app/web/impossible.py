"""What no text holds: the sign of the number zero.

No keyboard writes it, but a copy out of a broken file may, and a program trying doors will.
PostgreSQL stores no text with it, SQLite does: so it is refused in one place, before any view, for
every form and address of the people who work here. What a search asks for is only compared
(selecting.py), and an address that makes no sense asks for nothing.
"""

from collections.abc import Iterator
from typing import Final

from flask import abort, request
from werkzeug.exceptions import HTTPException

NOTHING: Final = "\0"


class Impossible(HTTPException):
    """A field holds a sign that cannot be stored."""

    code = 400


def refuse_the_impossible() -> None:
    """End a request that holds such a sign; an address with one leads nowhere."""
    if any(NOTHING in str(value) for value in (request.view_args or {}).values()):
        abort(404)
    if any(NOTHING in text for text in _sent()):
        raise Impossible


def _sent() -> Iterator[str]:
    for name, value in request.form.items(multi=True):
        yield from (name, value)
    for name, file in request.files.items(multi=True):
        yield from (name, file.filename or "")
