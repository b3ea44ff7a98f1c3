"""How somebody comes in: one way for all who proved something, whatever it was.

    enter(account, via="password")

A password (or another house's word for somebody) lets in only whoever has no second factor and
needs none. Whoever has one is asked for it; whoever needs one and has none is led to set it up.
Until then there is no login at all, only a note in the signed cookie of who is on the way: for
every page of staff such a person is nobody, so there is no page that could forget to ask.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from flask import after_this_request, current_app, redirect, request, session, url_for
from flask_security import current_user
from flask_security.tf_plugin import TfPlugin
from flask_security.utils import _get_post_login_redirect, login_user
from werkzeug.wrappers import Response

from survey_app.config import SecondFactor
from survey_app.services import accounts, logins, second_factors
from survey_app.services.accounts import Account
from survey_app.services.logins import Limits
from survey_app.services.passkeys import Site
from survey_app.services.second_factors import Factors, Vault
from survey_app.web.account.devices import device_words
from survey_app.web.account.known import KnownBrowsers
from survey_app.web.account.people import Person
from survey_app.web.house import House

NAME: Final = "mitreden-entrance"
ON_THE_WAY: Final = "on_the_way"  # in the session
PATIENCE: Final = 30 * 60  # seconds between the password and the second factor


class Step(StrEnum):
    """What is still missing."""

    CODE = "code"
    SETUP = "setup"


@dataclass(frozen=True)
class OnTheWay:
    """Somebody who proved one thing; `who` is the uniquifier, `there` where to go in the end."""

    who: str
    step: Step
    since: int
    via: str
    there: str


class Entrance:
    """The door of the staff part."""

    def __init__(self, house: House) -> None:
        assert house.settings.secret_key is not None  # noqa: S101 - Settings demands it here
        secret_key = house.settings.secret_key.get_secret_value()
        settings = house.settings
        self.house = house
        self.vault = Vault(secret_key)
        self.known = KnownBrowsers(secret_key, self.vault, secure=settings.is_secure)
        self.limits = Limits(idle=settings.idle_minutes * 60, longest=settings.login_hours * 3600)

    @property
    def now(self) -> float:
        """Return the moment in seconds since 1970."""
        return self.house.clock.moment()

    @property
    def site(self) -> Site:
        """Return for whom passkeys are: the address of staff, or what this machine is called."""
        settings = self.house.settings
        here = urlsplit(request.host_url)
        if settings.is_on_this_machine:
            return Site(here.hostname or "", (f"{here.scheme}://{here.netloc}",))
        staff = urlsplit(settings.staff_address)
        return Site(staff.hostname or "", (settings.staff_address,))

    @property
    def offers_passkeys(self) -> bool:
        """Return whether the address has a name; a number cannot have passkeys."""
        try:
            ip_address(self.site.host)
        except ValueError:
            return bool(self.site.host)
        return False

    @property
    def wanted(self) -> str:
        """Return the page that somebody wanted to see; never one of another site."""
        wanted: str = _get_post_login_redirect()
        return wanted

    def needs_factor(self, account: Account) -> bool:
        """Return whether a password alone is not enough for an account."""
        compulsory = self.house.settings.second_factor is SecondFactor.COMPULSORY
        return compulsory and account.actor.role.needs_second_factor

    def factors_of(self, account: Account) -> Factors:
        """Return what an account has beside its password."""
        return second_factors.factors_of(self.house.database, account)

    def enter(self, account: Account, *, via: str, there: str | None = None) -> Response:
        """Let somebody in, or ask for what is missing."""
        there = there or self.wanted
        step = self._missing(account)
        if step is None:
            return self.complete(account, via=via, there=there)
        note = OnTheWay(account.fs_uniquifier, step, int(self.now), via, there)
        session[ON_THE_WAY] = asdict(note)
        return redirect(url_for("entry.code" if step is Step.CODE else "entry.setup"), 303)

    def complete(self, account: Account, *, via: str, there: str) -> Response:
        """Begin a login; one that was open in this browser ends."""
        session.pop(ON_THE_WAY, None)
        if current_user.is_authenticated:
            logins.end(self.house.database, current_user.login)
        token, login = logins.open_login(
            self.house.database,
            account,
            device=device_words(request.user_agent.string),
            via=via,
            now=self.now,
            limits=self.limits,
        )
        login_user(Person(account, token, login), remember=False, authn_via=[via])
        after_this_request(lambda response: self.known.note(response, account.email))
        return redirect(there, 302)

    def on_the_way(self, step: Step) -> tuple[Account, OnTheWay] | None:
        """Return who is on the way and has this step before them; forgets who took too long."""
        kept = session.get(ON_THE_WAY)
        if kept is None:
            return None
        note = OnTheWay(**kept)
        account = accounts.account_logged_in(self.house.database, note.who)
        late = not 0 <= self.now - note.since <= PATIENCE
        if account is None or not account.active or late:
            session.pop(ON_THE_WAY)
            return None
        # Whoever set up a factor meanwhile, in another window, is asked for it.
        return (account, note) if note.step == step == self._missing(account) else None

    def _missing(self, account: Account) -> Step | None:
        if self.factors_of(account).any:
            return Step.CODE
        return Step.SETUP if self.needs_factor(account) else None


class Steps(TfPlugin):
    """Where the library asks whether a second factor is needed, we answer."""

    def tf_enter(
        self,
        user: Any,
        remember_me: bool | None,  # noqa: ARG002 - the library's signature
        primary_authn_via: str,
        next_loc: str | None,  # noqa: ARG002
    ) -> Any:
        """Answer a right password."""
        return enter(user.account, via=primary_authn_via)


def enter(account: Account, *, via: str, there: str | None = None) -> Response:
    """Let in somebody who proved who they are, or ask for what is missing."""
    return current_entrance().enter(account, via=via, there=there)


def current_entrance() -> Entrance:
    """Return the door of the request that is being answered."""
    entrance: Entrance = current_app.extensions[NAME]
    return entrance
