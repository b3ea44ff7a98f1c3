"""What the page of the audit log shows, and what its address says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from survey_app.domain.messages import N_, Message
from survey_app.services import audit_words
from survey_app.services.auditing import Choice, Fault, Line, Look
from survey_app.web.staff.pages import StaffPage
from survey_app.web.staff.selecting import PAGE

LONGEST: Final = 200

BREAKS: Final[Mapping[Fault, str]] = {
    Fault.GAP: N_("Zeile %(number)s fehlt."),
    Fault.TORN: N_("Zeile %(number)s schließt nicht an die Zeile davor an."),
    Fault.CHANGED: N_("Zeile %(number)s wurde nachträglich verändert."),
    Fault.REPLACED: N_("Zeile %(number)s ist eine andere als früher."),
}


@dataclass(frozen=True)
class AuditLine:
    """One line in words, and the measure it is about."""

    line: Line
    measure: tuple[int, str] | None

    @property
    def is_of_measure(self) -> bool:
        """Return whether the title of the measure says already what the line is about."""
        return self.measure is not None and self.line.subject.startswith("measure ")

    @property
    def actor(self) -> Message:
        """Return who it was."""
        return audit_words.actor_said(self.line.actor)

    @property
    def action(self) -> Message:
        """Return what was done."""
        return audit_words.action_said(self.line.action)

    @property
    def subject(self) -> Message:
        """Return what it was done to."""
        return audit_words.subject_said(self.line.subject)

    @property
    def details(self) -> tuple[Message, ...]:
        """Return what else is known."""
        return audit_words.details_said(self.line.detail)


@dataclass(frozen=True)
class AuditPage(StaffPage):
    """A page of the log."""

    look: Look
    choice: Choice

    @property
    def lines(self) -> tuple[AuditLine, ...]:
        """Return the lines, the newest first."""
        titles = self.look.titles
        return tuple(AuditLine(line, titles.get(line.subject)) for line in self.look.lines)

    @property
    def broken(self) -> Message | None:
        """Return what is wrong with the chain, if anything is."""
        found = self.look.chain.broken
        return Message(BREAKS[found.fault], {"number": found.number}) if found else None

    @property
    def is_chosen(self) -> bool:
        """Return whether anything is left out."""
        return self.choice != Choice()

    @property
    def actors(self) -> tuple[tuple[str, Message], ...]:
        """Return who can be chosen."""
        return tuple((actor, audit_words.actor_said(actor)) for actor in self.look.actors)

    @property
    def actions(self) -> tuple[tuple[str, Message], ...]:
        """Return what can be chosen."""
        return tuple((action, audit_words.action_said(action)) for action in self.look.actions)

    @property
    def arguments(self) -> dict[str, str]:
        """Return what is chosen, as an address says it."""
        return arguments_of(self.choice)

    def at(self, number: int) -> dict[str, str]:
        """Return the arguments of another page."""
        return self.arguments | ({PAGE: str(number)} if number > 1 else {})


def choice_from(arguments: Mapping[str, str]) -> Choice:
    """Return what an address asks for; what makes no sense in it is left out."""
    return Choice(
        actor=_word(arguments.get("wer", "")),
        action=_word(arguments.get("was", "")),
        first=_day(arguments.get("von", "")),
        last=_day(arguments.get("bis", "")),
    )


def arguments_of(choice: Choice) -> dict[str, str]:
    """Return a choice as the arguments of an address."""
    said: Iterable[tuple[str, str | date | None]] = (
        ("wer", choice.actor),
        ("was", choice.action),
        ("von", choice.first),
        ("bis", choice.last),
    )
    return {name: str(value) for name, value in said if value is not None}


def _word(text: str) -> str | None:
    return text.replace("\0", " ").strip()[:LONGEST] or None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
