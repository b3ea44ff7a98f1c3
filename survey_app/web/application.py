"""The Flask application: how it logs, and what it answers when something goes wrong.

What is logged of an exception is its type and the way through the code. Its message and the request
are left out: an address holds a code, a form holds answers, and database errors like to quote both.
"""

import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError

from survey_app.web.errors import PhoneErrorPage, page_of
from survey_app.web.house import current_house
from survey_app.web.speaking import spoken_language
from survey_app.web.templating import draw

MOST_BYTES = 64 * 1024
MOST_FIELDS = 1000
GROWN_UPS = {"staff", "account", "arriving", "entry", "security"}  # blueprints that say "Sie"


class Application(Flask):
    """Flask, discreet."""

    def __init__(self) -> None:
        super().__init__("survey_app.web", static_folder=None)
        self.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
        self.config["MAX_FORM_MEMORY_SIZE"] = MOST_BYTES
        self.config["MAX_FORM_PARTS"] = MOST_FIELDS
        self.register_error_handler(HTTPException, answer_error)

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        """Log what went wrong and where, not what was sent."""
        self.logger.error("%s", "\n".join(discreet_lines(exc_info[1])))


def answer_error(error: HTTPException) -> Any:
    """Answer with a page that says what happened and what to do."""
    if error.response is not None or error.code is None or error.code < 400:
        return error
    response = Response(_error_page(error.code), status=error.code)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _error_page(code: int) -> str:
    house = current_house()
    language = spoken_language(house.languages.offered)
    error = page_of(code)
    if request.blueprint in GROWN_UPS:
        return draw("error.html", house.languages.polite(language), error)
    page = PhoneErrorPage(error, help=house.directory.help_for())
    return draw("respond/error.html", language, page)


def discreet_lines(error: BaseException | None) -> Iterator[str]:
    """Yield type and place of an exception and of those that led to it, the last one first."""
    while error is not None:
        if not isinstance(error, InternalServerError):
            yield type(error).__qualname__
            yield from (line.rstrip() for line in traceback.format_tb(error.__traceback__))
        error = error.__cause__ or error.__context__
