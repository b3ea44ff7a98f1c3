"""Setting up a second factor: an app that shows codes, or a passkey.

This is open to whoever is on the way in and must have one (entering.py), and to whoever is logged
in and proved only a short while ago who they are.

The page with the recovery codes is the answer to the first code itself, not a redirect to it: the
codes are shown once, and nowhere is there anything from which they could be shown again.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, abort, redirect, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from survey_app.domain.messages import N_, InvalidDefinition, Message
from survey_app.rendering.qr import qr_svg
from survey_app.services import logins, passkeys, second_factors
from survey_app.services.accounts import Account
from survey_app.services.second_factors import NewApp
from survey_app.services.slowing import TooSoon
from survey_app.web.account.challenge import new_challenge, taken_challenge
from survey_app.web.account.drawing import answer, polite_words, wait
from survey_app.web.account.entering import Entrance, OnTheWay, Step
from survey_app.web.account.pages import (
    AppPage,
    CodesPage,
    OwnAppPage,
    OwnSetupPage,
    SetupPage,
)

POST: Final = ["POST"]

WRONG = N_(
    "Der Code passt nicht zu diesem QR-Code. Geben Sie den ein, den die App jetzt zeigt. Wenn es"
    " wieder nicht klappt: Geht die Uhr Ihres Handys richtig?"
)


@dataclass(frozen=True)
class Owner:
    """Whoever sets something up; `note` is there while they are on the way in."""

    account: Account
    note: OnTheWay | None

    @property
    def bar(self) -> dict[str, Any]:
        """Return what the bar of a page shows of somebody who is logged in."""
        if self.note is not None:
            return {}
        return {"person": self.account.email, "network": self.account.network}


class SettingUp:
    """The views."""

    def __init__(self, entrance: Entrance) -> None:
        self._entrance = entrance
        self._clock = entrance.house.clock
        self._database = entrance.house.database

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        add, root = routes.add_url_rule, "/anmelden/einrichten"
        add(root, "setup", self.setup)
        add(f"{root}/neu", "begin_app", self.begin_app, methods=POST)
        add(f"{root}/app", "app", self.app, methods=["GET", "POST"])
        add(f"{root}/passkey/frage", "new_passkey_question", self.question, methods=POST)
        add(f"{root}/passkey", "new_passkey", self.new_passkey, methods=POST)

    def setup(self) -> Any:
        """Offer the ways to a second factor."""
        return self._offer(self._owner())

    def begin_app(self) -> Any:
        """Make a secret for an app, and show it."""
        account = self._owner().account
        second_factors.begin_app(self._database, self._entrance.vault, account)
        return redirect(url_for("entry.app"), HTTPStatus.SEE_OTHER)

    def app(self) -> Any:
        """Show what to scan and ask for the first code."""
        owner = self._owner()
        new = second_factors.new_app(self._database, self._entrance.vault, owner.account)
        if new is None:
            return redirect(url_for("entry.setup"), HTTPStatus.SEE_OTHER)
        if request.method == "GET":
            return self._show(owner, new)
        try:
            if self._is_first_code(owner.account, request.form.get("code", "")):
                return self._done(owner, via="app")
        except TooSoon as soon:
            response = self._show(owner, new, wait(soon.seconds))
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response.headers["Retry-After"] = str(soon.seconds)
            return response
        return self._show(owner, new, Message(WRONG))

    def question(self) -> Any:
        """Answer with what a browser needs to make a passkey."""
        account = self._owner().account
        if not self._entrance.offers_passkeys:
            abort(404)
        site, challenge = self._entrance.site, new_challenge(self._entrance.now)
        return dict(passkeys.questions_for_new(self._database, account, site, challenge))

    def new_passkey(self) -> Any:
        """Store the passkey that the browser made."""
        owner, name = self._owner(), request.form.get("name", "")
        challenge = taken_challenge(self._entrance.now)
        try:
            passkeys.add(
                self._database,
                owner.account,
                self._entrance.site,
                answer=request.form.get("answer", ""),
                challenge=challenge or b"",
                name=name,
                today=self._clock.today(),
            )
        except InvalidDefinition as invalid:
            return self._offer(owner, invalid.faults[0].message, name)
        return self._done(owner, via="passkey")

    def _owner(self) -> Owner:
        """Return who may set something up; everybody else is led to where they prove it."""
        waiting = self._entrance.on_the_way(Step.SETUP)
        if waiting is not None:
            return Owner(*waiting)
        if not current_user.is_authenticated:
            abort(redirect(url_for("account.login")))
        if not logins.is_fresh(current_user.login, self._entrance.now):
            there = url_for("staff.own_confirm", next=url_for("entry.setup"))
            abort(redirect(there, HTTPStatus.SEE_OTHER))
        return Owner(current_user.account, None)

    def _is_first_code(self, account: Account, code: str) -> bool:
        entrance = self._entrance
        return second_factors.confirm_app(
            self._database,
            entrance.vault,
            account,
            code,
            now=entrance.now,
            today=self._clock.today(),
        )

    def _done(self, owner: Owner, *, via: str) -> Any:
        """Let in whoever was on the way, and show recovery codes to whoever has none."""
        account, there = owner.account, url_for("staff.own_account", getan=via)
        has_codes = self._entrance.factors_of(account).codes_left > 0
        if owner.note is not None:
            there = owner.note.there
            self._entrance.complete(account, via=via, there=there)
        if has_codes:
            return redirect(there, HTTPStatus.SEE_OTHER)
        codes = second_factors.new_recovery_codes(
            self._database, self._entrance.vault, account, self._clock.today()
        )
        return answer("account/codes.html", CodesPage(account.email, account.network, codes, there))

    def _offer(self, owner: Owner, problem: Message | None = None, name: str = "") -> Response:
        kind = SetupPage if owner.note else OwnSetupPage
        factors = self._entrance.factors_of(owner.account)
        page = kind(
            problem=problem,
            passkeys=self._entrance.offers_passkeys,
            has_app=factors.app_since is not None,
            name=name,
            **owner.bar,
        )
        return answer("account/setup.html", page)

    def _show(self, owner: Owner, new: NewApp, problem: Message | None = None) -> Response:
        kind = AppPage if owner.note else OwnAppPage
        title = polite_words().gettext(N_("QR-Code für Ihre App"))
        picture = qr_svg(new.address, title=title)
        page = kind(
            problem=problem,
            email=owner.account.email,
            picture=picture,
            key=new.key,
            **owner.bar,
        )
        return answer("account/app.html", page)
