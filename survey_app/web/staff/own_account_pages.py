"""What the pages of the own account show."""

from dataclasses import dataclass
from datetime import date

from survey_app.domain.messages import N_
from survey_app.domain.rights import Role
from survey_app.services.logins import Login
from survey_app.services.second_factors import Factors, Passkey
from survey_app.web.staff.pages import FormPage, StaffPage

WAYS = {  # by what a login came about
    "password": N_("mit Passwort"),
    "app": N_("mit Passwort und App"),
    "recovery": N_("mit Passwort und Recovery-Code"),
    "passkey": N_("mit Passkey"),
    "link": N_("mit einem Link"),
}
ELSEWHERE = N_("über die Anmeldung Ihres Hauses")

DONE = {  # by what stands in the address after a deed
    "app": N_("Die App ist eingerichtet. Ab jetzt fragt die Anmeldung nach ihrem Code."),
    "app-weg": N_("Die App ist entfernt."),
    "passkey": N_("Der Passkey ist eingerichtet."),
    "passkey-name": N_("Der Passkey hat einen neuen Namen."),
    "passkey-weg": N_("Der Passkey ist entfernt. Löschen Sie ihn auch auf dem Gerät."),
    "passwort": N_("Das Passwort ist geändert. Alle anderen Anmeldungen sind beendet."),
    "anmeldung": N_("Die Anmeldung ist beendet."),
    "anmeldungen": N_("Alle anderen Anmeldungen sind beendet."),
}


@dataclass(frozen=True)
class OpenLogin:
    """One browser in which somebody is logged in; `is_here` is this one."""

    login: Login
    begun_on: date
    seen_on: date
    is_here: bool

    @property
    def name(self) -> str:
        """Return what names it in a form: no more of its key than needed."""
        return self.login.key[:16]

    @property
    def way(self) -> str:
        """Return how it came about, in German, to be translated."""
        return WAYS.get(self.login.via, ELSEWHERE)


@dataclass(frozen=True)
class OwnAccountPage(StaffPage):
    """Everything about the own account; `may_lose_app` if something else is left then."""

    role: Role
    has_password: bool
    factors: Factors
    needs_factor: bool
    may_lose: bool
    passkeys: bool
    logins: tuple[OpenLogin, ...]
    idle_minutes: int
    today: date
    done: str | None


@dataclass(frozen=True)
class ConfirmPage(FormPage):
    """Asks for the password once more; `there` is what somebody wanted to do."""

    there: str
    has_password: bool
    passkeys: bool


@dataclass(frozen=True)
class PasswordPage(FormPage):
    """Asks for the password that is and the one to be."""

    least: int
    has_password: bool


@dataclass(frozen=True)
class NewCodesPage(StaffPage):
    """The question before fresh recovery codes."""

    left: int


@dataclass(frozen=True)
class LoseAppPage(StaffPage):
    """The question before the app goes."""


@dataclass(frozen=True)
class PasskeyPage(FormPage):
    """One passkey: its name, and a way to remove it."""

    passkey: Passkey
    may_lose: bool


@dataclass(frozen=True)
class LosePasskeyPage(StaffPage):
    """The question before a passkey goes."""

    passkey: Passkey
