"""What a program is told when something is wrong: a problem by RFC 9457, in German or English.

`title` and `detail` are for the person who reads a log; programs read `status`. What is foreign and
what never was are one and the same answer, and so are a token that is over, one that was taken back
and one that was invented.
"""

import json

from flask import Response
from werkzeug.exceptions import HTTPException

from survey_app.domain.messages import N_, Words

MEDIA_TYPE = "application/problem+json"
BLANK = "about:blank"
CHALLENGE = 'Bearer realm="mitreden"'

OTHER = (N_("Das ging nicht"), N_("Bitte prüfen Sie die Anfrage anhand von /api/v1/openapi.json."))
PROBLEMS = {
    401: (
        N_("Kein gültiger Schlüssel"),
        N_(
            "Bitte senden Sie „Authorization: Bearer …“ mit einem Schlüssel, der gilt. Neue gibt es"
            " im Bereich für das Team unter „Schlüssel für Programme“."
        ),
    ),
    404: (
        N_("Das gibt es nicht"),
        N_(
            "Unter dieser Adresse gibt es für diesen Schlüssel nichts. Alle stehen in openapi.json."
        ),
    ),
    405: (N_("Hier wird nur gelesen"), N_("Bitte fragen Sie mit GET.")),
    429: (
        N_("Zu viele Anfragen"),
        N_("Bitte warten Sie so viele Sekunden, wie in „Retry-After“ steht."),
    ),
    500: (
        N_("Bei uns ist etwas schiefgegangen"),
        N_("Das liegt nicht an Ihnen. Bitte versuchen Sie es in ein paar Minuten noch einmal."),
    ),
}


def problem(status: int, words: Words, headers: dict[str, str] | None = None) -> Response:
    """Return the answer for a status."""
    title, detail = PROBLEMS.get(status, OTHER)
    content = {
        "type": BLANK,
        "title": words.gettext(title),
        "status": status,
        "detail": words.gettext(detail),
    }
    response = Response(json.dumps(content, ensure_ascii=False) + "\n", status)
    response.content_type = MEDIA_TYPE
    response.headers["Content-Language"] = words.code
    if status == 401:
        response.headers["WWW-Authenticate"] = CHALLENGE
    response.headers.update(headers or {})
    return response


class Wait(HTTPException):
    """Too many requests with this token; `seconds` are to wait."""

    code = 429

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds
