"""The request pack for a school: everything its head has to see, as one PDF or in parts.

    request      what is planned, and a form to answer on        timetable
    data sheet   what is stored, and the limits in force         parents' letter, in each language
    questionnaire, in each language, as the phone asks it         poster and page for the teacher

Each part is what it is elsewhere too: the questionnaire is `paper_form`, the poster is the poster.
They are put together before they are drawn, so that the pack has one tagged structure, bookmarks
and page numbers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.land import PackPart
from survey_app.domain.messages import N_, Words
from survey_app.domain.school_request import SchoolRequest
from survey_app.rendering.environment import render_template
from survey_app.rendering.paper_form import paper_form_part
from survey_app.rendering.pdf import Document
from survey_app.rendering.pictures import strokes
from survey_app.rendering.prints.base import Invitation, colours_of, logo_view, pictures_of
from survey_app.rendering.prints.briefing import briefing_of
from survey_app.rendering.prints.poster_a4 import page_of

STYLES: Final = ("paper_form.css", "poster.css", "briefing.css", "school_request.css")

SENSITIVITIES: Final = {
    Sensitivity.A: N_("Wie war das Angebot?"),
    Sensitivity.B: N_("Eigenes Verhalten, zum Beispiel Mediennutzung"),
    Sensitivity.C: N_("Wie es jemandem geht"),
}
NEVER_STORED: Final = (
    N_("Namen, Adressen, Klassenlisten"),
    N_("IP-Adressen, Geräte und Browser"),
    N_("Uhrzeit, Reihenfolge und Dauer der Antworten"),
    N_("welche Sprache jemand gewählt hat"),
    N_("Cookies oder angefangene Antworten auf dem Handy"),
)
STORED: Final = (
    N_(
        "der ausgefüllte Bogen, unter einem zufälligen Schlüssel, ohne jeden Hinweis auf die Person"
    ),
    N_("freie Texte, getrennt vom Bogen und gemischt"),
    N_("auf Dauer nur Zahlen: wie viele was geantwortet haben"),
)
RIGHTS: Final = (
    N_("Mitmachen ist freiwillig; jede Frage kann ausgelassen werden."),
    N_(
        "Wer abgeschickt hat, kann die eigene Antwort nicht zurückholen: Niemand weiß, welche es"
        " ist."
    ),
    N_("Was sich nicht ausschließen lässt: Wer daneben sitzt, kann mitlesen."),
)


@dataclass(frozen=True)
class Pack:
    """What parts of a pack are drawn from.

    `words` is how the school is spoken to, `poster` the language of the `invitation` as it will
    hang there; `letters` are the languages of the parents' letter, `forms` of the questionnaire.
    """

    request: SchoolRequest
    invitation: Invitation
    words: Words
    poster: Words
    letters: Sequence[Words]
    forms: Sequence[Words]


def school_request_document(pack: Pack, parts: Sequence[PackPart]) -> Document:
    """Return some parts of a pack, or all, as one document for `PdfPool`."""
    said = [html for part in parts for html in DRAWN[part](pack)]
    html = render_template(
        "school_request.html", pack.words, parts=said, title=title_of(pack, parts)
    )
    return Document(html, STYLES, pictures_of([pack.invitation]))


def title_of(pack: Pack, parts: Sequence[PackPart]) -> str:
    """Return the title of the document: the part, or what the whole is."""
    kind = parts[0].label if len(parts) == 1 else WHOLE
    return f"{pack.words.gettext(kind)}: {pack.request.measure.title}"


def _request(pack: Pack) -> Iterator[Markup]:
    yield _page(pack, "school/request.html", pack.words, parts=pack.request.parts)


def _timetable(pack: Pack) -> Iterator[Markup]:
    yield _page(pack, "school/timetable.html", pack.words)


def _data_sheet(pack: Pack) -> Iterator[Markup]:
    yield _page(
        pack,
        "school/data_sheet.html",
        pack.words,
        never=NEVER_STORED,
        stored=STORED if pack.request.wave.questionnaire.text_fields else STORED[::2],
        rights=RIGHTS,
        sensitivities=SENSITIVITIES,
    )


def _letters(pack: Pack) -> Iterator[Markup]:
    for words in pack.letters:
        yield _page(pack, "school/parents_letter.html", words)


def _forms(pack: Pack) -> Iterator[Markup]:
    request = pack.request
    for words in pack.forms:
        yield paper_form_part(
            request.wave.questionnaire,
            words,
            minimum=request.minimum,
            help_card=request.help_card,
        )


def _material(pack: Pack) -> Iterator[Markup]:
    page = page_of(pack.invitation, pack.poster)
    briefing = briefing_of(pack.invitation, pack.words)
    yield _drawn("prints/poster_page.html", pack.poster, page=page)
    yield _drawn("prints/briefing_page.html", pack.words, briefing=briefing)


DRAWN: Final[dict[PackPart, Callable[[Pack], Iterator[Markup]]]] = {
    PackPart.REQUEST: _request,
    PackPart.TIMETABLE: _timetable,
    PackPart.DATA_SHEET: _data_sheet,
    PackPart.PARENTS_LETTER: _letters,
    PackPart.QUESTIONNAIRE: _forms,
    PackPart.MATERIAL: _material,
}


def _page(pack: Pack, template: str, words: Words, **values: object) -> Markup:
    return _drawn(
        template,
        words,
        request=pack.request,
        colours=colours_of(pack.invitation),
        logo=logo_view(pack.invitation, words, width=45, height=14),
        **values,
    )


def _drawn(template: str, words: Words, **values: object) -> Markup:
    html = render_template(template, words, strokes=strokes, **values)
    return Markup(html)  # noqa: S704 - a template of ours has escaped what it was given


WHOLE: Final = N_("Unterlagen für die Schulleitung")
