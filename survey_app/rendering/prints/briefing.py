"""The page for whoever stands in front of the class: so läuft die Umfrage.

One page that is read in two minutes: what happens when, a few sentences to say, what to leave, who
helps when somebody is not well, and the promise that everybody in the room relies on. Nobody who
answers minors' questions honestly has to improvise.

It speaks to a grown-up ("Sie"); what is to be said aloud speaks to young people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from survey_app.domain.directory import HelpCard
from survey_app.domain.messages import N_, Message, Words
from survey_app.rendering.environment import render_template
from survey_app.rendering.fitting import fitting_size, text_height
from survey_app.rendering.pdf import Document
from survey_app.rendering.prints.base import (
    Format,
    Invitation,
    LogoView,
    colours_of,
    logo_view,
    pictures_of,
    qr_of,
    title_of,
)

KIND: Final = N_("So läuft die Umfrage")
OTHER_MINUTES: Final = 5  # to announce it, to begin and to end
LEFT: Final = 106.0
RIGHT: Final = 56.0
HEIGHT: Final = 196.0  # of both columns
TITLE_SIZES: Final = (15, 14, 13, 12, 11, 10)
BODY_SIZES: Final = (11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5)

ANNOUNCEMENT: Final = (
    N_("Ihr wart dabei, jetzt zählt eure Meinung: Was war gut, was nicht?"),
    N_("Mitmachen ist freiwillig. Jede Frage kann man auslassen."),
    N_("Niemand fragt nach eurem Namen, und ich sehe eure Antworten nicht."),
    N_("Schreibt keine Namen in die Textfelder, auch nicht die von anderen."),
)
LEAVE: Final = (
    N_("auf Bildschirme schauen oder durch die Reihen gehen"),
    N_("nach Antworten fragen, auch nicht hinterher"),
    N_("zum Mitmachen drängen oder dafür belohnen"),
    N_("eine Antwort nahelegen, wenn Sie eine Frage erklären"),
    N_("mehr versprechen, als auf diesem Blatt steht"),
)
CARE: Final = N_(
    "Während die Umfrage läuft, liest niemand mit. Sprechen Sie selbst an, wer Ihnen Sorgen macht."
)
FREE: Final = N_("Diese Stellen helfen kostenlos und ohne Namen:")
DANGER: Final = N_("In Gefahr? Ruf sofort an:")


@dataclass(frozen=True)
class Step:
    """One thing after the other: what, when or how long, and how."""

    title: str
    when: str
    text: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Briefing:
    """What the template needs for one page; sizes in points.

    `free` introduces the help card, `danger` the emergency number.
    """

    invitation: Invitation
    steps: tuple[Step, ...]
    leave: tuple[str, ...]
    care: str
    free: str
    danger: str
    minutes: int
    title: float
    body: float
    address: float
    code: float
    colours: str
    logo: LogoView | None
    qr: Markup


def briefing_document(invitations: Sequence[Invitation], words: Words) -> Document:
    """Return a page for each invitation."""
    html = render_template(
        "prints/briefing.html",
        words,
        briefings=[briefing_of(each, words) for each in invitations],
        title=title_of(words.gettext(KIND), invitations),
    )
    return Document(html, ("briefing.css",), pictures_of(invitations))


def briefing_of(invitation: Invitation, words: Words) -> Briefing:
    """Return what the template needs for one page."""
    steps = tuple(_steps(invitation, words))
    leave = tuple(map(words.gettext, LEAVE))
    care = words.gettext(CARE)
    helped = _helped(invitation.help, words) if invitation.help else ()
    return Briefing(
        invitation=invitation,
        steps=steps,
        leave=leave,
        care=care,
        free=words.gettext(FREE),
        danger=words.gettext(DANGER),
        minutes=invitation.minutes + OTHER_MINUTES,
        title=fitting_size(invitation.title, TITLE_SIZES, width=130, height=14),
        body=_body_size(steps, (*leave, care, *helped)),
        address=fitting_size(invitation.address, (10, 9, 8, 7, 6), width=RIGHT, height=9),
        code=fitting_size(invitation.code, (22, 20, 18, 16), width=RIGHT, height=10),
        colours=colours_of(invitation),
        logo=logo_view(invitation, words, width=36, height=12),
        qr=qr_of(invitation, words),
    )


def _steps(invitation: Invitation, words: Words) -> list[Step]:
    minute = words.ngettext("%(n)s Minute", "%(n)s Minuten", 1) % {"n": words.number(1)}
    taken = words.ngettext("%(n)s Minute", "%(n)s Minuten", invitation.minutes)
    until = {"day": invitation.closes_on}
    return [
        Step(words.gettext(N_("Vorbereiten")), words.gettext(N_("vorher")), words.gettext(PREPARE)),
        Step(
            words.gettext(N_("Ankündigen")),
            minute,
            words.gettext(N_("Sagen Sie in Ihren Worten:")),
            tuple(map(words.gettext, ANNOUNCEMENT)),
        ),
        Step(
            words.gettext(N_("Antworten lassen")),
            taken % {"n": words.number(invitation.minutes)},
            words.gettext(ANSWER),
        ),
        Step(
            words.gettext(N_("Abschließen")),
            minute,
            Message(END_UNTIL if invitation.closes_on else END, until).said(words),
        ),
        Step(words.gettext(N_("Zurückgeben")), words.gettext(N_("danach")), words.gettext(RETURN)),
    ]


def _helped(card: HelpCard, words: Words) -> Iterator[str]:
    """Yield the lines that the template makes of a help card."""
    yield card.introduction.said(words.code) if card.introduction else words.gettext(FREE)
    for contact in card.contacts:
        yield " ".join((contact.name, contact.phone or "", contact.site))
        said = [text.said(words.code) for text in (contact.whom, contact.hours) if text]
        yield " · ".join(said)
    yield f"{words.gettext(DANGER)} {card.emergency}"


def _body_size(steps: Sequence[Step], aside: Sequence[str]) -> float:
    """Return the size at which the longer of the two columns fits."""
    left = "\n".join(text for step in steps for text in (step.title, step.text, *step.said))
    right = "\n".join(aside)
    for size in BODY_SIZES:
        fits_left = text_height(left, size, width=LEFT - 15) <= HEIGHT - 45
        fits_right = text_height(right, size * 0.93, width=RIGHT - 2, leading=1.2) <= HEIGHT - 84
        if fits_left and fits_right:
            return size
    return BODY_SIZES[-1]


PREPARE: Final = N_(
    "Hängen Sie das Poster auf oder halten Sie die Folie bereit. Probieren Sie den Code einmal aus:"
    " Gezählt wird nur, was abgeschickt ist. Legen Sie für alle ohne Handy ein gemeinsames Gerät"
    " oder den Fragebogen auf Papier bereit."
)
ANSWER: Final = N_(
    "Alle öffnen den Code mit der Handykamera und wählen ihre Sprache. Bleiben Sie vorn. Wer nicht"
    " mitmachen möchte, sagt nichts und wartet; das fällt nicht auf. Wörter dürfen Sie erklären."
)
END: Final = N_("Danken Sie allen. Papierbögen kommen gemischt in einen Umschlag, ohne Namen.")
END_UNTIL: Final = N_(
    "Danken Sie allen. Papierbögen kommen gemischt in einen Umschlag, ohne Namen. Wer nicht fertig"
    " wurde oder fehlte, kann bis zum %(day)s mitmachen."
)
RETURN: Final = N_(
    "Erst wenn die Umfrage zu Ende ist, wird ausgezählt. Die Ergebnisse gehen an Ihre Einrichtung"
    " zurück, und alle finden sie unter demselben Code. Sprechen Sie mit der Gruppe darüber."
)

FORMAT: Final = Format(
    order=6,
    label=N_("So läuft die Umfrage"),
    about=N_("Eine Seite A4 für die Person vor der Klasse"),
    languages=1,
    document=briefing_document,
    for_grown_ups=True,
)
