"""How a page of the second step is drawn: in the words for grown-ups, 422 if it came back."""

from http import HTTPStatus
from typing import Final

from flask import Response

from survey_app.domain.messages import NN_, Message
from survey_app.languages import Language
from survey_app.web.account.pages import CodesPage, StepPage
from survey_app.web.house import current_house
from survey_app.web.speaking import spoken_language
from survey_app.web.templating import draw

WAIT: Final = NN_(
    "Das waren mehrere Fehlversuche. Bitte warten Sie %(n)s Sekunde, dann geht es weiter.",
    "Das waren mehrere Fehlversuche. Bitte warten Sie %(n)s Sekunden, dann geht es weiter.",
)


def wait(seconds: int) -> Message:
    """Return what is said to whoever has to wait."""
    return Message.counted(WAIT, seconds, {"n": seconds})


def polite_words() -> Language:
    """Return the language of the browser, as it speaks to grown-ups."""
    languages = current_house().languages
    return languages.polite(spoken_language(languages.offered))


def answer(template: str, page: StepPage | CodesPage) -> Response:
    """Answer with a page."""
    came_back = isinstance(page, StepPage) and page.problem is not None
    status = HTTPStatus.UNPROCESSABLE_ENTITY if came_back else HTTPStatus.OK
    return Response(draw(template, polite_words(), page), status)
