"""Sessions and hooks that exist on staff pages and nowhere else.

A respondent has no session (docs/adr/007). Flask and the libraries that log people in work on a
whole application: a session is opened for every request, hooks look for a user in it. Here both
are bound to the staff part, so that on a page of a phone there is nothing that could read or write
a cookie, whatever a browser sends: the cookie of a youth worker who tries the survey is not
even looked at.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from flask import Flask, Request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

ROOT: Final = "/team"
HOOKS: Final = ("before_request_funcs", "after_request_funcs", "template_context_processors")


class StaffSessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, on the addresses of the staff part."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of a staff page; elsewhere None, which Flask never saves."""
        return super().open_session(app, request) if is_staff_page(request.path) else None


def forget_the_machine(_app: Flask, **_: object) -> None:
    """Take out of the cookie what Flask-Login makes of address and browser; nothing reads it."""
    session.pop("_id", None)


def is_staff_page(path: str) -> bool:
    """Return whether an address belongs to the staff part."""
    return path == ROOT or path.startswith(f"{ROOT}/")


@contextmanager
def hooks_only_on(app: Flask, *blueprints: str) -> Iterator[None]:
    """Give what libraries hook onto the whole of `app` meanwhile to these blueprints alone."""
    known = {kind: len(getattr(app, kind)[None]) for kind in HOOKS}
    yield
    for kind, count in known.items():
        hooks = getattr(app, kind)
        added = hooks[None][count:]
        del hooks[None][count:]
        for blueprint in blueprints:
            hooks[blueprint][:0] = added
