"""What a person reads when something went wrong: what happened, and what to do now."""

from dataclasses import dataclass

from survey_app.domain.messages import N_
from survey_app.web.phone import PhonePage
from survey_app.web.speaking import LanguageLink


@dataclass(frozen=True)
class ErrorPage:
    """One error: heading and advice, in German, to be translated."""

    code: int
    title: str
    advice: str


@dataclass(frozen=True)
class PhoneErrorPage(PhonePage):
    """The same on a phone."""

    error: ErrorPage
    languages: tuple[LanguageLink, ...] = ()


def page_of(code: int) -> ErrorPage:
    """Return the page for an HTTP status."""
    title, advice = PAGES.get(code, SERVER if code >= 500 else REQUEST)
    return ErrorPage(code, title, advice)


REQUEST = (
    N_("Das hat nicht geklappt"),
    N_("Bitte geh eine Seite zurück und versuch es noch einmal."),
)
SERVER = (
    N_("Bei uns ist etwas schiefgegangen"),
    N_(
        "Das liegt an uns, nicht an dir. Bitte versuch es in ein paar Minuten noch einmal. Doppelt"
        " gezählt wird nichts."
    ),
)
PAGES = {
    403: (
        N_("Das geht von hier aus nicht"),
        N_("Öffne die Seite bitte direkt, zum Beispiel über den QR-Code, und versuch es dort."),
    ),
    404: (
        N_("Diese Seite gibt es nicht"),
        N_("Prüf bitte, ob die Adresse stimmt."),
    ),
    405: (
        N_("So lässt sich diese Seite nicht öffnen"),
        N_("Öffne die Adresse bitte neu."),
    ),
    413: (
        N_("Das war zu viel auf einmal"),
        N_("Bitte kürze deine Texte und schick sie noch einmal ab."),
    ),
    429: (
        N_("Gerade ist viel los"),
        N_("Bitte warte einen Moment und versuch es dann noch einmal."),
    ),
    503: (
        N_("Gerade ist viel los"),
        N_("Bitte warte einen Moment und versuch es dann noch einmal."),
    ),
}
