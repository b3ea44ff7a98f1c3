"""A device that goes from hand to hand: the next person finds nothing of the one before.

With scripts, the answers leave the page when they are sent (static/respond), and the browser keeps
no page that could show them. Without scripts a browser keeps the whole page with everything that
was ticked and typed, in its back/forward cache; Chromium does so in spite of `no-store`. It enters
the cache when the next page is shown, too late for a header of that page. So every page of such a
way in asks, without scripts, for an empty style sheet, and *that* answer says that what was kept is
to be thrown away.
"""

from flask import Blueprint, Response

FORGET = {"Clear-Site-Data": '"cache"'}
ADDRESS = "/forget.css"


def add_to(blueprint: Blueprint) -> None:
    """Add the route to the blueprint of phones."""
    blueprint.add_url_rule(ADDRESS, "forget", empty_sheet)


def empty_sheet() -> Response:
    """Answer with no style at all, and with the wish to forget."""
    return Response("", content_type="text/css; charset=utf-8", headers=FORGET)
