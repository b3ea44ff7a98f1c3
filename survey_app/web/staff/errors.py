"""What staff read when something went wrong: what happened, and what to do now."""

from typing import Any

from flask import Response
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from survey_app.domain.messages import N_
from survey_app.rendering.pdf import RenderingFailed
from survey_app.web.house import current_house
from survey_app.web.impossible import Impossible
from survey_app.web.speaking import spoken_language
from survey_app.web.staff.pages import ErrorPage
from survey_app.web.templating import draw


class NotDrawn(HTTPException):
    """A PDF could not be drawn just now."""

    code = 503


def answer_error(error: HTTPException) -> Any:
    """Answer with a page that says what happened and what to do."""
    if error.code is None or error.code < 400:
        return error
    languages = current_house().languages
    words = languages.polite(spoken_language(languages.offered))
    title, advice = _said(error)
    html = draw("staff/error.html", words, ErrorPage(title, advice))
    return Response(html, status=error.code)


def answer_not_drawn(_error: RenderingFailed) -> Any:
    """Answer a view whose PDF failed or came too late."""
    return answer_error(NotDrawn())


def _said(error: HTTPException) -> tuple[str, str]:
    for kind, texts in KINDS.items():
        if isinstance(error, kind):
            return texts
    return PAGES.get(error.code or 500, OTHER)


OTHER = (
    N_("Das hat nicht geklappt"),
    N_("Bitte gehen Sie eine Seite zurück und versuchen Sie es noch einmal."),
)
KINDS = {
    CSRFError: (
        N_("Die Seite war zu lange offen"),
        N_(
            "Gespeichert wurde nichts. Bitte laden Sie die Seite neu und senden Sie sie noch"
            " einmal."
        ),
    ),
    Impossible: (
        N_("In einem Feld steckt ein Zeichen, das sich nicht speichern lässt"),
        N_(
            "Es ist unsichtbar und kommt meist aus einer kopierten Datei. Gespeichert wurde nichts."
            " Bitte gehen Sie eine Seite zurück und tippen Sie den eingefügten Text neu."
        ),
    ),
    NotDrawn: (
        N_("Das PDF ist gerade nicht fertig geworden"),
        N_("Es wird viel gedruckt. Bitte versuchen Sie es in einer Minute noch einmal."),
    ),
}
PAGES = {
    403: (
        N_("Dafür ist Ihr Konto nicht freigegeben"),
        N_("Geändert wurde nichts. Wer die Konten verwaltet, kann Ihnen weiterhelfen."),
    ),
    404: (
        N_("Diese Seite gibt es nicht"),
        N_("Vielleicht ist die Adresse unvollständig. Alle Maßnahmen stehen in der Übersicht."),
    ),
    409: (
        N_("Diese Erhebung hat noch nicht begonnen"),
        N_("Abschließen lässt sich erst, was begonnen hat."),
    ),
    413: (
        N_("Das ist zu groß"),
        N_("Bitte verkleinern Sie die Datei oder kürzen Sie den Text. Gespeichert wurde nichts."),
    ),
    500: (
        N_("Bei uns ist etwas schiefgegangen"),
        N_("Das liegt nicht an Ihnen. Bitte versuchen Sie es in ein paar Minuten noch einmal."),
    ),
    503: (
        N_("Gerade melden sich viele an"),
        N_("Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal."),
    ),
}
