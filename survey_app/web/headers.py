"""The security headers, on every response there is.

They are added outside Flask, around the whole application: a page, a style sheet, a redirect, a
404 and a crash leave through the same door, and a cached page pays no hook for it. A response that
brings a header of its own keeps it.

The policy allows what our pages need: style sheets, scripts and pictures of our own, requests and
a service worker of theirs, and the icon as a data address. Nothing inline, nothing from elsewhere,
no frame around us.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import ContentSecurityPolicy
from werkzeug.http import dump_csp_header

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = ContentSecurityPolicy(
    {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
)
UNUSED_ABILITIES = ("browsing-topics", "camera", "geolocation", "microphone", "payment", "usb")

HEADERS = {
    "Content-Security-Policy": dump_csp_header(POLICY),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{ability}=()" for ability in UNUSED_ABILITIES),
    # The address of a page holds a code; no other site learns it, and no log of our own proxy.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language, Accept-Encoding",
}
ONLY_ENCRYPTED = {"Strict-Transport-Security": "max-age=63072000"}


class SecurityHeaders:
    """Add the headers to whatever `application` answers."""

    def __init__(self, application: "WSGIApplication", *, secure: bool) -> None:
        self._application = application
        self._headers = list((HEADERS | (ONLY_ENCRYPTED if secure else {})).items())
        self._names = frozenset(name.lower() for name, _ in self._headers)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[..., Any]:
            own = self._names.intersection(name.lower() for name, _ in headers)
            added = self._headers
            if own:
                added = [(name, value) for name, value in added if name.lower() not in own]
            return start_response(status, headers + added, *error)

        return self._application(environ, start)
