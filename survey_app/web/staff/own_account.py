"""The own account: password, second factor, recovery codes, passkeys, open logins.

Everybody has one, whatever their role. Before anything changes how they log in, people prove once
more who they are, unless they did so a short while ago: the computer may be one that somebody left.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, request, url_for
from flask_security import current_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from survey_app.domain.messages import N_, InvalidDefinition
from survey_app.services import logins, own_account, passkeys, second_factors
from survey_app.services.accounts import SHORTEST_PASSWORD, Account
from survey_app.services.logins import Login
from survey_app.services.second_factors import Factors, Passkey
from survey_app.services.slowing import TooSoon
from survey_app.web.account.drawing import answer, wait
from survey_app.web.account.entering import Entrance, current_entrance
from survey_app.web.account.login import HASHING
from survey_app.web.account.pages import CodesPage
from survey_app.web.account.sessions import ROOT
from survey_app.web.staff import forms
from survey_app.web.staff import own_account_pages as pages
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.views import ID, Staff

OWN: Final = "/konto"
PASSKEY: Final = f"{OWN}/passkeys/<{ID}:passkey>"
BOTH: Final = ["GET", "POST"]
POST: Final = ["POST"]

MISSING = N_("Bitte geben Sie Ihr Passwort ein.")


class ConfirmForm(FlaskForm):
    """The password, once more."""

    password = PasswordField(
        N_("Passwort"),
        validators=[InputRequired(MISSING)],
        render_kw={"autocomplete": "current-password"},
    )


class OwnPasswordForm(FlaskForm):
    """The password that is, and the one to be."""

    old = PasswordField(
        N_("Bisheriges Passwort"),
        validators=[InputRequired(MISSING)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        N_("Neues Passwort"),
        description=N_("Mindestens 12 Zeichen. Ein ganzer Satz ist leicht zu merken."),
        validators=[InputRequired(MISSING)],
        render_kw={"autocomplete": "new-password"},
    )


class PasskeyForm(FlaskForm):
    """The name of a passkey."""

    name = StringField(
        N_("Name"),
        description=N_("Woran Sie das Gerät wiedererkennen, zum Beispiel „Dienst-Laptop“."),
        validators=[InputRequired(passkeys.NO_NAME)],
        render_kw={"maxlength": passkeys.LONGEST_NAME, "autocomplete": "off"},
    )


def fresh(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let only those change how they log in who proved a short while ago who they are."""

    @wraps(view)
    def checked(*args: Any, **values: Any) -> Any:
        if logins.is_fresh(current_user.login, current_entrance().now):
            return view(*args, **values)
        return redirect(url_for("staff.own_confirm", next=request.path), HTTPStatus.SEE_OTHER)

    return checked


class OwnAccount:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._staff = staff
        self._house = desk.house
        self._database = desk.house.database  # accounts are looked up across networks

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        add = routes.add_url_rule
        add(OWN, "own_account", self.own_account)
        add(f"{OWN}/bestaetigen", "own_confirm", self.confirm, methods=BOTH)
        add(f"{OWN}/passwort", "own_password", self.password, methods=BOTH)
        add(f"{OWN}/recovery-codes", "own_codes", fresh(self.codes), methods=BOTH)
        add(f"{OWN}/app/entfernen", "own_app_off", fresh(self.lose_app), methods=BOTH)
        add(PASSKEY, "own_passkey", fresh(self.passkey), methods=BOTH)
        add(f"{PASSKEY}/entfernen", "own_passkey_off", fresh(self.lose_passkey), methods=BOTH)
        add(f"{OWN}/anmeldungen", "own_logins_end", self.end_logins, methods=POST)

    def own_account(self) -> Any:
        """Show everything about the own account."""
        account, entrance = self._account, current_entrance()
        factors = entrance.factors_of(account)
        done = pages.DONE.get(request.args.get("getan", ""))
        return self._staff.drawn(
            "account/own_account.html",
            pages.OwnAccountPage,
            role=account.actor.role,
            has_password=account.has_password,
            factors=factors,
            needs_factor=entrance.needs_factor(account),
            may_lose=self._may_lose(factors),
            passkeys=entrance.offers_passkeys,
            logins=self._open_logins(),
            idle_minutes=self._house.settings.idle_minutes,
            today=self._house.clock.today(),
            done=done,
        )

    def confirm(self) -> Any:
        """Ask for the password once more."""
        form, there = ConfirmForm(prefix="k-"), own_page(request.values.get("next", ""))
        if form.validate_on_submit() and self._is_password(form.password):
            logins.confirm(self._database, self._login, current_entrance().now)
            return redirect(there, HTTPStatus.SEE_OTHER)
        factors = current_entrance().factors_of(self._account)
        return self._staff.form(
            "account/confirm.html",
            pages.ConfirmPage,
            form,
            there=there,
            has_password=self._account.has_password,
            passkeys=bool(factors.passkeys) and current_entrance().offers_passkeys,
        )

    def password(self) -> Any:
        """Ask for another password, store it and end all other logins."""
        form, today = OwnPasswordForm(prefix="p-"), self._house.clock.today()
        if form.validate_on_submit() and self._is_password(form.old):
            try:
                with HASHING.passed():
                    changed = own_account.change_password(
                        self._database, self._account, form.password.data, today
                    )
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                there = url_for("staff.own_account", getan="passwort")
                return current_entrance().complete(changed, via=self._login.via, there=there)
        return self._staff.form(
            "account/password.html",
            pages.PasswordPage,
            form,
            least=SHORTEST_PASSWORD,
            has_password=self._account.has_password,
        )

    def codes(self) -> Any:
        """Ask before fresh recovery codes, then show them this once."""
        account, factors = self._account, current_entrance().factors_of(self._account)
        if not factors.any:
            return self._done()
        if request.method == "GET":
            return self._staff.drawn(
                "account/new_codes.html", pages.NewCodesPage, left=factors.codes_left
            )
        fresh_codes = second_factors.new_recovery_codes(
            self._database, current_entrance().vault, account, self._house.clock.today()
        )
        there = url_for("staff.own_account")
        return answer(
            "account/codes.html", CodesPage(account.email, account.network, fresh_codes, there)
        )

    def lose_app(self) -> Any:
        """Ask before the app goes, then forget it."""
        factors = current_entrance().factors_of(self._account)
        if factors.app_since is None or not self._may_lose(factors):
            return self._done()
        if request.method == "GET":
            return self._staff.drawn("account/lose_app.html", pages.LoseAppPage)
        second_factors.remove_app(self._database, self._account, self._house.clock.today())
        return self._done("app-weg")

    def passkey(self, passkey: int) -> Any:
        """Give a passkey another name."""
        kept = self._kept(passkey)
        form = PasskeyForm(prefix="n-", data={"name": kept.name})
        if form.validate_on_submit():
            try:
                passkeys.rename(self._database, self._account, passkey, form.name.data)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._done("passkey-name")
        factors = current_entrance().factors_of(self._account)
        return self._staff.form(
            "account/passkey.html",
            pages.PasskeyPage,
            form,
            passkey=kept,
            may_lose=self._may_lose(factors),
        )

    def lose_passkey(self, passkey: int) -> Any:
        """Ask before a passkey goes, then forget it."""
        kept = self._kept(passkey)
        if not self._may_lose(current_entrance().factors_of(self._account)):
            return self._done()
        if request.method == "GET":
            return self._staff.drawn(
                "account/lose_passkey.html", pages.LosePasskeyPage, passkey=kept
            )
        passkeys.remove(self._database, self._account, kept, self._house.clock.today())
        return self._done("passkey-weg")

    def end_logins(self) -> Any:
        """End one login, all others, or all of them."""
        account, which = self._account, request.form.get("which", "")
        today = self._house.clock.today()
        if which == "all":
            logins.end_all(self._database, account, today)
            return redirect(url_for("account.login"), HTTPStatus.SEE_OTHER)
        if which == "others":
            logins.end_all(self._database, account, today, but=self._login)
            return self._done("anmeldungen")
        logins.end_named(self._database, account, which)
        return self._done("anmeldung")

    @property
    def _account(self) -> Account:
        return self._desk.account

    @property
    def _login(self) -> Login:
        login: Login = current_user.login
        return login

    def _is_password(self, field: PasswordField) -> bool:
        """Return whether the own password was typed; says in the field why not."""
        entrance: Entrance = current_entrance()
        words = self._desk.words
        try:
            with HASHING.passed():
                is_right = own_account.is_own_password(
                    self._database, entrance.vault, self._account, field.data, entrance.now
                )
        except TooSoon as soon:
            field.errors = [wait(soon.seconds).said(words)]
            return False
        if not is_right:
            field.errors = [words.gettext(own_account.WRONG_PASSWORD)]
        return is_right

    def _may_lose(self, factors: Factors) -> bool:
        """Return whether something is left, or nothing needed, when a factor goes."""
        count = len(factors.passkeys) + (factors.app_since is not None)
        return count > 1 or not current_entrance().needs_factor(self._account)

    def _kept(self, passkey: int) -> Passkey:
        factors = current_entrance().factors_of(self._account)
        return next((each for each in factors.passkeys if each.id == passkey), None) or abort(404)

    def _open_logins(self) -> tuple[pages.OpenLogin, ...]:
        entrance = current_entrance()
        every = logins.open_logins(
            self._database, self._account, now=entrance.now, limits=entrance.limits
        )
        return tuple(
            pages.OpenLogin(
                login,
                self._day(login.begun),
                self._day(login.seen),
                is_here=login.key == self._login.key,
            )
            for login in every
        )

    def _day(self, moment: int) -> date:
        zone = ZoneInfo(self._house.settings.timezone)
        return datetime.fromtimestamp(moment, UTC).astimezone(zone).date()

    def _done(self, deed: str | None = None) -> Any:
        return redirect(url_for("staff.own_account", getan=deed), HTTPStatus.SEE_OTHER)


def own_page(wanted: str) -> str:
    """Return an address of the staff part that somebody wanted; otherwise that of the account."""
    url = urlsplit(wanted)
    ours = not url.scheme and not url.netloc and url.path.startswith(f"{ROOT}/")
    return url.path if ours and "\\" not in wanted else url_for("staff.own_account")
