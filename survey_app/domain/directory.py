"""Whom to call and who answers for it: what networks and organisations say about themselves.

Young people find help on every page, and on the legal pages who asks them, under which law, and
where to complain. None of that is in the program; it stands in ``networks/*.yaml`` and changes
without it. One file speaks for one network; the file of the network `DEFAULT` says what holds
wherever a network says nothing itself. So a network writes down only what is its own:

    help card         the network's, else the default one
    operator          who runs this website; only the default file has it
    authority         the organisation's, else the network's for its law, else the default one
    enforcement body  the organisation's, else the network's, else the default one
    accessibility     the organisation's statement, else the network's, else the operator's

Contacts grow old without anybody noticing. A help card therefore carries the day on which somebody
tried its numbers, and after half a year there is a doubt.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Final, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from survey_app.domain.coherence import faults_of_languages
from survey_app.domain.measure import Law
from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.questionnaire import IsoDay
from survey_app.domain.reference import NO_SUCH_DAY
from survey_app.domain.text import Definition, LanguageCode, Text, faults_of_wording

DEFAULT: Final = "default"
HALF_A_YEAR: Final = timedelta(days=180)

# Short numbers like 112 have three digits, international ones at most 15 (E.164).
NUMBER = re.compile(r"\+?\(?[0-9]+(?:[ /()-]{1,2}[0-9]+)*")
DIGITS = range(3, 16)

Found = TypeVar("Found")


def _readable(text: str) -> str:
    refuse([Fault(message) for message in faults_of_wording(text)])
    return text


def _existing(day: str) -> str:
    try:
        date.fromisoformat(day)
    except ValueError:
        refuse([Fault(Message(NO_SUCH_DAY, {"day": day}))])
    return day


Line = Annotated[str, AfterValidator(_readable)]
"""A name or an address as it stands on a door: the same in every language."""
Day = Annotated[IsoDay, AfterValidator(_existing)]
Web = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+(/\S*)?$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^\s@]+@[^\s@]+\.[^\s@]+$")]


def dialled(number: str) -> str | None:
    """Return the address that dials a number as people write it, or None if it is none.

    ``0800 111 0 111`` is ``tel:08001110111``; the zero of ``+49 (0)2162 39-0`` is not dialled.
    """
    if number.startswith("+"):
        number = number.replace("(0)", "")
    digits = re.sub(r"[^0-9]", "", number)
    if not NUMBER.fullmatch(number) or len(digits) not in DIGITS:
        return None
    return f"tel:{'+' if number.startswith('+') else ''}{digits}"


def plain(name: str) -> str:
    """Return a name without the differences nobody sees: e. V. has a no-break space, or has not."""
    return " ".join(name.split())


class Reachable(Definition):
    """What may have a phone and a website."""

    phone: Line | None = None
    web: Web | None = None

    @property
    def dial(self) -> str | None:
        """Return the address that dials the number; None for a number that is none."""
        return dialled(self.phone) if self.phone else None

    @property
    def site(self) -> str:
        """Return the web address as people read it."""
        return (self.web or "").removeprefix("https://").removeprefix("www.").rstrip("/")


class HelpContact(Reachable):
    """Somebody who listens: by phone, by chat, or both. `whom` (``for``) says who is meant."""

    name: Line
    whom: Text | None = Field(default=None, alias="for")
    hours: Text | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> "HelpContact":
        if self.phone is None and self.web is None:
            refuse([Fault(Message(NO_WAY, {"name": self.name}))])
        return self


class HelpCard(Definition):
    """The same for everybody, on every page, never triggered by an answer.

    On `last_checked` somebody tried the numbers and hours. Without an `introduction` of its own the
    card says that all of it is free of charge and asks for no name.
    """

    last_checked: Day
    contacts: tuple[HelpContact, ...] = Field(min_length=1)
    introduction: Text | None = None
    emergency: Line = "112"

    @property
    def checked_on(self) -> date:
        """Return when it was checked last."""
        return date.fromisoformat(self.last_checked)

    @property
    def emergency_dial(self) -> str | None:
        """Return the address that dials the emergency number."""
        return dialled(self.emergency)

    def is_old(self, today: date) -> bool:
        """Return whether nobody has checked the card for half a year."""
        return self.checked_on < today - HALF_A_YEAR


class Office(Reachable):
    """A public office that one can turn to."""

    name: Line
    address: Line | None = None
    email: Email | None = None


class Imprint(Reachable):
    """Who answers for a website (§ 5 DDG). `more` are paragraphs of one's own."""

    address: Line
    represented_by: Line
    email: Email
    more: Text | None = None


class Privacy(Definition):
    """The law an organisation lives under, and whom to ask about it."""

    law: Law
    officer: Line
    email: Email
    authority: Office | None = None
    more: Text | None = None


class Conformity(StrEnum):
    """How far a website meets the requirements, in the three steps of the EU's model statement."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Accessibility(Definition):
    """The accessibility statement (§ 10b BGG NRW). `limits` are barriers that one knows of."""

    state: Conformity
    checked_on: Day
    feedback: Email
    enforcement: Office | None = None
    limits: Text | None = None
    more: Text | None = None

    @property
    def day(self) -> date:
        """Return when it was checked last."""
        return date.fromisoformat(self.checked_on)


class LegalFacts(Definition):
    """What the legal pages say about an organisation or the operator, called by its exact name."""

    name: Line
    imprint: Imprint | None = None
    privacy: Privacy | None = None
    accessibility: Accessibility | None = None


class NetworkEntry(Definition):
    """One file: what one network says. `network` is its name in the database, or `DEFAULT`."""

    network: Line
    languages: tuple[LanguageCode, ...]
    help: HelpCard | None = None
    operator: LegalFacts | None = None
    authorities: dict[Law, Office] = Field(default_factory=dict)
    enforcement: Office | None = None
    accessibility: Accessibility | None = None
    organisations: tuple[LegalFacts, ...] = ()

    @model_validator(mode="after")
    def _is_coherent(self) -> "NetworkEntry":
        faults = faults_of_languages(self.languages)
        if self.operator is not None and self.network != DEFAULT:
            faults.append(Fault(Message(OPERATOR_ELSEWHERE), ("operator",)))
        names: set[str] = set()
        for place, each in enumerate(self.organisations):
            if plain(each.name) in names:
                at = ("organisations", place, "name")
                faults.append(Fault(Message(TWICE, {"name": each.name}), at))
            names.add(plain(each.name))
        refuse(faults)
        return self

    def facts_of(self, organisation: str) -> LegalFacts | None:
        """Return what is said about an organisation."""
        wanted = plain(organisation)
        return next((each for each in self.organisations if plain(each.name) == wanted), None)


@dataclass(frozen=True)
class Legal:
    """Everything the legal pages say about whoever is responsible. None is what nobody wrote down.

    `name` is None for an operator who has not even said who they are.
    """

    name: str | None
    imprint: Imprint | None
    privacy: Privacy | None
    law: Law
    authority: Office | None
    accessibility: Accessibility | None
    enforcement: Office | None


@dataclass(frozen=True)
class Directory:
    """All files there are. Of two that speak for one network the earlier one goes first."""

    entries: tuple[NetworkEntry, ...]

    def help_for(self, network: str = DEFAULT) -> HelpCard:
        """Return the help card of a network. Raises LookupError if there is not even a default."""
        card = self._first(network, lambda entry: entry.help)
        if card is None:
            raise LookupError("no help card, not even a default one")
        return card

    @property
    def operator(self) -> LegalFacts | None:
        """Return who runs this website."""
        return self._first(DEFAULT, lambda entry: entry.operator)

    def legal(self, network: str, organisation: str, law: Law) -> "Legal":
        """Return what the legal pages say about an organisation; `law` is the one that is stored.

        What stands in the file goes first.
        """
        return self._legal(network, self._facts(network, organisation), organisation, law)

    def legal_of_operator(self) -> "Legal":
        """Return the same about the operator, for pages that belong to no survey."""
        facts = self.operator
        return self._legal(DEFAULT, facts, facts.name if facts else None, Law.GDPR)

    def _legal(
        self, network: str, facts: LegalFacts | None, name: str | None, stored: Law
    ) -> "Legal":
        privacy = facts.privacy if facts else None
        law = privacy.law if privacy else stored
        sources = (facts, *self._speaking_for(network), self.operator)
        statement = next(_found(sources, lambda each: each.accessibility if each else None), None)
        return Legal(
            name=name,
            imprint=facts.imprint if facts else None,
            privacy=privacy,
            law=law,
            authority=(privacy.authority if privacy else None)
            or self._first(network, lambda entry: entry.authorities.get(law)),
            accessibility=statement,
            enforcement=(statement.enforcement if statement else None)
            or self._first(network, lambda entry: entry.enforcement),
        )

    def notes(self, network: str, organisations: Iterable[str], today: date) -> Iterator[Message]:
        """Yield what the staff of a network should know about its entries."""
        card = self.help_for(network)
        if card.is_old(today):
            yield Message(HELP_IS_OLD, {"day": card.checked_on})
        bare = sorted(set(organisations), key=str.casefold)
        names = [name for name in bare if not _is_told(self._facts(network, name))]
        if names:
            yield Message(NOTHING_TOLD, {"names": ", ".join(names)})

    def _facts(self, network: str, organisation: str) -> LegalFacts | None:
        sources = self._speaking_for(network)
        return next(_found(sources, lambda entry: entry.facts_of(organisation)), None)

    def _speaking_for(self, *networks: str) -> Iterator[NetworkEntry]:
        for network in networks:
            wanted = plain(network)
            yield from (entry for entry in self.entries if plain(entry.network) == wanted)

    def _first(self, network: str, part: Callable[[NetworkEntry], Found | None]) -> Found | None:
        """Return a part from the files of a network, else from those of the default."""
        return next(_found(self._speaking_for(network, DEFAULT), part), None)


def _is_told(facts: LegalFacts | None) -> bool:
    """Return whether the legal pages can say what they must about an organisation."""
    return facts is not None and facts.imprint is not None and facts.privacy is not None


Source = TypeVar("Source")


def _found(sources: Iterable[Source], part: Callable[[Source], Found | None]) -> Iterator[Found]:
    """Yield the parts that are there."""
    return (found for source in sources if (found := part(source)) is not None)


NO_WAY = N_("wie erreicht man „%(name)s“? Ergänze phone oder web")
TWICE = N_("der Träger „%(name)s“ steht schon weiter oben. Fasse beide Einträge zusammen")
OPERATOR_ELSEWHERE = N_(
    "wer die Website betreibt, steht nur in der Datei mit „network: default“. Verschiebe es dorthin"
)
HELP_IS_OLD = N_(
    "Die Hilfekarte auf den Umfrage-Seiten wurde zuletzt am %(day)s geprüft, also vor mehr als"
    " einem halben Jahr. Stimmen die Nummern und Zeiten noch? Prüfen Sie es, und lassen Sie den Tag"
    " in der Datei Ihres Netzwerks nachtragen."
)
NOTHING_TOLD = N_(
    "Impressum und Datenschutz sind noch unvollständig bei: %(names)s. Teilnehmende lesen dort,"
    " dass Angaben fehlen. Lassen Sie sie in der Datei Ihres Netzwerks nachtragen."
)
