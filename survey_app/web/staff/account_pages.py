"""What the pages of the account administration show, and what a role is in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote

from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.rights import Reach, Role
from survey_app.services.accounts import PLACES
from survey_app.services.administering import Standing
from survey_app.web.staff.pages import FormPage, StaffPage

DUTIES: Final[Mapping[Role, str]] = {
    Role.ADMINISTRATOR: N_(
        "Lädt Menschen ein, verwaltet Konten, Orte und das Aussehen der Poster. Sieht keine"
        " Ergebnisse."
    ),
    Role.COORDINATOR: N_(
        "Plant, druckt und wertet aus, im ganzen Netzwerk. Verwaltet keine Konten und prüft keine"
        " freien Texte."
    ),
    Role.EVALUATOR: N_(
        "Sieht Maßnahmen und Ergebnisse, prüft freie Texte, gibt Tabellen aus und erfasst Bögen"
        " von Papier. Im ganzen Netzwerk oder in einer Kommune."
    ),
    Role.YOUTH_WORKER: N_(
        "Plant und druckt für Maßnahmen eines Trägers, sieht deren Ergebnisse und trägt Zusagen"
        " ein."
    ),
    Role.SCHOOL_CONTACT: N_(
        "Sieht die Ergebnisse einer Einrichtung und hält fest, dass sie zugestimmt hat."
    ),
}
PLACE_LABELS: Final[Mapping[Reach, str]] = {
    Reach.MUNICIPALITY: N_("Kommune"),
    Reach.ORGANISATION: N_("Träger"),
    Reach.SITE: N_("Einrichtung"),
}
WITHOUT_PLACES: Final[Mapping[Reach, str]] = {
    Reach.MUNICIPALITY: N_("In diesem Netzwerk gibt es noch keine Kommune."),
    Reach.ORGANISATION: N_(
        "In diesem Netzwerk gibt es noch keinen Träger. Legen Sie erst einen an; dann können Sie"
        " jemanden dafür einladen."
    ),
    Reach.SITE: N_(
        "In diesem Netzwerk gibt es noch keine Einrichtung. Legen Sie erst eine an; dann können Sie"
        " jemanden dafür einladen."
    ),
}
WHOLE_NETWORK: Final = N_("ganzes Netzwerk")

INVITED: Final = N_("eingeladen bis %(day)s")
LINK_OVER: Final = N_("Link abgelaufen")
NOT_INVITED: Final = N_("ohne Link")
OFF: Final = N_("ausgeschaltet")
WITH_FACTOR: Final = N_("mit zweitem Faktor")
WITHOUT_FACTOR: Final = N_("noch ohne zweiten Faktor")

SUBJECT: Final = N_("Ihr Zugang zu Mitreden: %(network)s")
JOIN_MAIL: Final = N_(
    "Guten Tag,\n\nich lade Sie zu Mitreden ein: %(network)s, Rolle %(role)s.\n\nMit diesem Link"
    " wählen Sie Ihr Passwort. Er gilt bis %(day)s und nur einmal. Bitte geben Sie ihn nicht"
    " weiter.\n\n%(link)s\n\nViele Grüße"
)
RESET_MAIL: Final = N_(
    "Guten Tag,\n\nmit diesem Link wählen Sie ein neues Passwort für Mitreden (%(network)s). Er"
    " gilt bis %(day)s und nur einmal. Bitte geben Sie ihn nicht weiter.\n\n%(link)s\n\nViele"
    " Grüße"
)


@dataclass(frozen=True)
class AccountView:
    """An account as it stands on a page; `today` is what an open link is compared with."""

    standing: Standing
    today: date
    has_second_factor: bool

    @property
    def id(self) -> int:
        """Return the id of the account."""
        return self.standing.account.id

    @property
    def email(self) -> str:
        """Return whose account it is."""
        return self.standing.account.email

    @property
    def role(self) -> Role:
        """Return what the person is."""
        return self.standing.account.actor.role

    @property
    def duty(self) -> str:
        """Return what the role may do, in German, to be translated."""
        return DUTIES[self.role]

    @property
    def place_label(self) -> str:
        """Return what kind of place the account is limited to; German, to be translated."""
        return PLACE_LABELS.get(self.standing.account.actor.reach, WHOLE_NETWORK)

    @property
    def is_on(self) -> bool:
        """Return whether the person may log in."""
        return self.standing.account.active

    @property
    def has_open_link(self) -> bool:
        """Return whether there is a link that still works."""
        last = self.standing.link_until
        return last is not None and self.today <= last

    @property
    def badges(self) -> tuple[tuple[Message, str], ...]:
        """Return what is to be known at a glance, with the kind of each badge."""
        if not self.is_on:
            return ((Message(OFF), "quiet"),)
        if not self.standing.has_joined:
            return (self._invitation,)
        if self.has_second_factor:
            return ((Message(WITH_FACTOR), "good"),)
        return ((Message(WITHOUT_FACTOR), "warning"),) if self.role.needs_second_factor else ()

    @property
    def _invitation(self) -> tuple[Message, str]:
        if self.has_open_link:
            return Message(INVITED, {"day": self.standing.link_until}), "plain"
        return Message(LINK_OVER if self.standing.link_until else NOT_INVITED), "warning"


@dataclass(frozen=True)
class RoleChoice:
    """A role to choose: `address` is where it is filled in, `is_now` that the account has it."""

    role: Role
    address: str
    is_now: bool = False

    @property
    def duty(self) -> str:
        """Return what the role may do, in German, to be translated."""
        return DUTIES[self.role]


@dataclass(frozen=True)
class AccountsPage(StaffPage):
    """All accounts of the network: those that are on first; `done` says what has just happened."""

    accounts: tuple[AccountView, ...]
    roles: tuple[RoleChoice, ...]
    done: str | None


@dataclass(frozen=True)
class RolesPage(StaffPage):
    """Which role: for somebody new, or for the one whose account it is."""

    roles: tuple[RoleChoice, ...]
    account: AccountView | None


@dataclass(frozen=True)
class RolePage(FormPage):
    """The form for somebody with this role, or for giving it to the one whose account it is.

    `refusal` says why the role cannot be given at all.
    """

    role: Role
    account: AccountView | None
    has_places: bool
    refusal: Message | None

    @property
    def duty(self) -> str:
        """Return what the role may do, in German, to be translated."""
        return DUTIES[self.role]

    @property
    def without_places(self) -> str:
        """Return what to say if there is no place to choose; German, to be translated."""
        return WITHOUT_PLACES[PLACES[self.role]]


@dataclass(frozen=True)
class Deed:
    """Something an administrator does about an account, after a page that asks.

    All texts are German, to be translated. `is_harsh`: it cannot be taken back by another click.
    """

    question: str
    explanation: str
    button: str
    done: str
    is_harsh: bool = False


@dataclass(frozen=True)
class AccountPage(StaffPage):
    """One account, with what can be done about it, by the end of its address."""

    account: AccountView
    deeds: Mapping[str, Deed]
    done: str | None
    is_own: bool


@dataclass(frozen=True)
class DeedPage(StaffPage):
    """The last question before a deed; `problems` say why it was not done."""

    account: AccountView
    deed: Deed
    problems: tuple[Message, ...]


@dataclass(frozen=True)
class LinkPage(StaffPage):
    """A link that was just made: shown once, None ever after."""

    account: AccountView
    link: str | None

    @property
    def mail(self) -> Message:
        """Return the letter that goes with the link."""
        return Message(
            RESET_MAIL if self.account.standing.account.has_password else JOIN_MAIL,
            {
                "network": self.network.name,
                "role": Message(self.account.role.label),
                "day": self.account.standing.link_until,
                "link": self.link or "",
            },
        )

    def mailto(self, words: Words) -> str:
        """Return the address that opens the letter in a mail program, in this language."""
        subject = Message(SUBJECT, {"network": self.network.name}).said(words)
        body = self.mail.said(words).replace("\n", "\r\n")  # RFC 6068, 5
        return f"mailto:{quote(self.account.email)}?subject={quote(subject)}&body={quote(body)}"
