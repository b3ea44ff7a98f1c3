"""Which language a request gets: the one asked for, else the phone's, else German.

`?lang=` comes from the language switch and stands in the address only: the choice is stored
nowhere, neither in a cookie nor with the answers. On a page with a form the switch sends the form:
`only=language` says that the answers are not to be counted but to be shown again, `checked` that
they had been checked, so that the page says once more what was wrong.

What a header means is worked out once and kept for the next phone that sends the same one, as a
function of the header and of nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from flask import request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from survey_app.languages import Language, best_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PARAMETER = "lang"
ONLY_LANGUAGE = "language"
CHECKED = "checked"


@dataclass(frozen=True)
class LanguageLink:
    """One entry of the language switch."""

    language: Language
    address: str
    current: bool

    def address_of_form(self, *, checked: bool) -> str:
        """Return where a form goes to come back in this language, with what was answered."""
        return f"{self.address}&only={ONLY_LANGUAGE}{f'&{CHECKED}=1' if checked else ''}"


def spoken_language(offered: tuple[Language, ...]) -> Language:
    """Return the language in which to answer the current request."""
    return language_for(request.environ, offered)


def wants_only_language(arguments: Mapping[str, str]) -> bool:
    """Return whether a form was sent to be shown in another language, by its address."""
    return arguments.get("only") == ONLY_LANGUAGE


def language_for(environ: "WSGIEnvironment", offered: tuple[Language, ...]) -> Language:
    """Return the language in which to answer a request."""
    query, accepted = environ.get("QUERY_STRING", ""), environ.get("HTTP_ACCEPT_LANGUAGE", "")
    return _negotiated(query, accepted, offered)


def language_links(
    path: str, offered: tuple[Language, ...], current: Language
) -> tuple[LanguageLink, ...]:
    """Return the language switch of a page at `path`; a single language needs none."""
    if len(offered) < 2:
        return ()
    return tuple(
        LanguageLink(
            language=language,
            address=f"{path}?{PARAMETER}={language.code}",
            current=language.code == current.code,
        )
        for language in offered
    )


@lru_cache(maxsize=512)
def _negotiated(query: str, accepted: str, offered: tuple[Language, ...]) -> Language:
    asked = parse_qs(query, max_num_fields=20).get(PARAMETER, []) if len(query) < 200 else []
    return best_of([*asked, *parse_accept_header(accepted, LanguageAccept).values()], offered)
