"""Whether a form was sent from a page of ours.

A phone has no session, so there is no token to compare; the browser itself says where a form comes
from. `Sec-Fetch-Site` says it outright (on encrypted pages and on this machine). Otherwise there is
`Origin`, which names the site, or is "null" because our pages ask for no referrer at all. Only a
browser that says "from elsewhere" is refused: a program can claim anything, but a program could
send answers without somebody else's browser too.
"""

from urllib.parse import urlsplit

from flask import Request


def comes_from_elsewhere(request: Request, public_url: str) -> bool:
    """Return whether the browser says that another site sent this form."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc not in (
        request.host,
        urlsplit(public_url).netloc,
    )
