"""The shortest way from a page in memory to the phone.

When a school begins, one page is asked for hundreds of times a second. If it lies in memory it is
answered here, before Flask makes a request object, a context and a route out of the same three
facts: the code, the language, whether the phone reads gzip. Everything else goes on to Flask; both
answer with `copy_of`, so there is one page and one way to copy it.
"""

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from survey_app.web.assets import reads_gzip
from survey_app.web.respond.doors import Doors
from survey_app.web.respond.splicing import SplicedPage
from survey_app.web.speaking import language_for

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATHS = ("/q/", "/Q/")
KIND = ("Content-Type", "text/html; charset=utf-8")
PACKED = ("Content-Encoding", "gzip")

Headers = list[tuple[str, str]]


class Express:
    """Answer with a page from memory, or let `application` answer."""

    def __init__(self, application: "WSGIApplication", doors: Doors) -> None:
        self._application, self._doors = application, doors

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        page = self._page(environ)
        if page is None:
            return self._application(environ, start_response)
        headers, body = copy_of(page, environ)
        start_response("200 OK", headers)
        return (body,)

    def _page(self, environ: "WSGIEnvironment") -> SplicedPage | None:
        path: str = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET" or path[:3] not in PATHS:
            return None
        entrance = self._doors.remembered(path[3:])
        if entrance is None:
            return None
        return entrance.pages.get((language_for(environ, entrance.languages).code, None))


def copy_of(page: SplicedPage, environ: "WSGIEnvironment") -> tuple[Headers, bytes]:
    """Return a copy of a page with a submission id nobody has had, as this browser can read it."""
    submission = secrets.token_urlsafe(16).encode() if page.has_mark else b""
    if reads_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        body = page.gzipped(submission)
        return [KIND, PACKED, ("Content-Length", str(len(body)))], body
    body = page.plain(submission)
    return [KIND, ("Content-Length", str(len(body)))], body
