"""Tokens for programs: those that somebody has, a new one, and away with one.

A token is shown once: it travels in the session of whoever made it from the form to the page that
shows it, and is forgotten there. Whoever makes one proved a short while ago who they are: a token
outlives the login, and the computer may be one that somebody left.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, abort, redirect, request, session, url_for
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired

from survey_app.domain.messages import N_, InvalidDefinition
from survey_app.services import tokens
from survey_app.services.tokens import Token
from survey_app.web.staff import forms
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.own_account import OWN, fresh
from survey_app.web.staff.pages import FormPage, StaffPage
from survey_app.web.staff.views import Staff

PATH: Final = f"{OWN}/programme"
KEPT: Final = "token"  # in the session, between the form and the page that shows it
USUAL: Final = timedelta(days=90)
BOTH: Final = ["GET", "POST"]


class TokenForm(FlaskForm):
    """A new token."""

    name = StringField(
        N_("Wofür"),
        description=N_(
            "Woran Sie den Schlüssel wiedererkennen, zum Beispiel „Jahresbericht in R“."
        ),
        validators=[InputRequired(tokens.NO_NAME)],
        render_kw={"maxlength": tokens.LONGEST_NAME, "autocomplete": "off"},
    )
    expires_on = forms.a_day(N_("Gilt bis"), N_("Höchstens ein Jahr. Danach gibt es einen neuen."))


@dataclass(frozen=True)
class TokensPage(StaffPage):
    """The tokens of whoever is logged in; `secret` belongs to the one just made."""

    tokens: tuple[Token, ...]
    secret: str | None
    address: str
    today: date


@dataclass(frozen=True)
class NewTokenPage(FormPage):
    """The form for a token."""

    last: date


@dataclass(frozen=True)
class RevokePage(StaffPage):
    """The last question before a token is deleted."""

    token: Token


class Tokens:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        add = blueprint.add_url_rule
        add(PATH, "tokens", self.tokens)
        add(f"{PATH}/neu", "new_token", fresh(self.new), methods=BOTH)
        add(f"{PATH}/loeschen", "revoke_token", self.revoke, methods=BOTH)

    def tokens(self) -> Any:
        """Show the tokens, and once the one that was just made."""
        return self._staff.drawn(
            "staff/tokens.html",
            TokensPage,
            tokens=tokens.tokens_of(self._desk.database, self._desk.account),
            secret=session.pop(KEPT, None),
            address=f"{self._desk.house.settings.staff_address}/api/v1",
            today=self._today,
        )

    def new(self) -> Any:
        """Ask what for and until when, and make a token."""
        form = TokenForm(prefix="z-", data={"expires_on": self._today + USUAL})
        if form.validate_on_submit():
            try:
                made = tokens.make(
                    self._desk.database,
                    self._desk.account,
                    name=form.name.data,
                    expires_on=form.expires_on.data,
                    today=self._today,
                )
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                session[KEPT] = made.secret
                return redirect(url_for("staff.tokens"), HTTPStatus.SEE_OTHER)
        last = self._today + tokens.LONGEST_LIFE
        return self._staff.form("staff/new_token.html", NewTokenPage, form, last=last)

    def revoke(self) -> Any:
        """Ask once more, and delete a token."""
        wanted = request.values.get("schluessel", type=int)
        known = tokens.tokens_of(self._desk.database, self._desk.account)
        token = next((each for each in known if each.id == wanted), None) or abort(404)
        if request.method == "POST":
            tokens.revoke(self._desk.database, self._desk.account, token.id, today=self._today)
            return redirect(url_for("staff.tokens"), HTTPStatus.SEE_OTHER)
        return self._staff.drawn("staff/revoke_token.html", RevokePage, token=token)

    @property
    def _today(self) -> date:
        return self._desk.house.clock.today()
