"""The page behind a link that somebody was given: choose a password, and be logged in.

Opening the page uses nothing up: mail programs and chats open links by themselves to preview them.
A link that is over, used or invented gets one answer. The address holds the link, so this page
sends no referrer and is kept in no cache (web/headers.py says so for every page), and no line of
ours holds an address (web/application.py).
"""

from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Response, url_for
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import EqualTo

from survey_app.domain.measure import Network
from survey_app.domain.messages import N_, InvalidDefinition
from survey_app.domain.rights import Role
from survey_app.languages import Language
from survey_app.services import administering, invitations
from survey_app.services.invitations import Invitation
from survey_app.web.account.entering import enter
from survey_app.web.account.login import HASHING
from survey_app.web.house import House
from survey_app.web.speaking import spoken_language
from survey_app.web.staff import forms
from survey_app.web.staff.account_pages import DUTIES
from survey_app.web.templating import draw

PATH: Final = "/einladung/<token>"

PASSWORD_HINT: Final = N_("Mindestens 12 Zeichen. Ein ganzer Satz ist leicht zu merken.")
NOT_THE_SAME: Final = N_("Die beiden Passwörter sind verschieden. Bitte tippen Sie noch einmal.")


class PasswordForm(FlaskForm):
    """A new password, typed twice."""

    password = PasswordField(
        N_("Passwort"),
        description=PASSWORD_HINT,
        validators=[forms.needed()],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        N_("Passwort noch einmal"),
        validators=[forms.needed(), EqualTo("password", NOT_THE_SAME)],
        render_kw={"autocomplete": "new-password"},
    )


@dataclass(frozen=True)
class InvitationPage:
    """Who invites to what, and the form; `sign_on` is the button for signing on elsewhere."""

    invitation: Invitation
    place: str | None
    form: PasswordForm
    sign_on: str | None

    @property
    def problems(self) -> tuple[Any, ...]:
        """Return the fields to look at again."""
        return tuple(field for field in self.form if field.errors)

    @property
    def network(self) -> Network:
        """Return the network that the account belongs to."""
        return self.invitation.account.network

    @property
    def role(self) -> Role:
        """Return what the person will be."""
        return self.invitation.account.actor.role

    @property
    def duty(self) -> str:
        """Return what the role may do, in German, to be translated."""
        return DUTIES[self.role]

    @property
    def host(self) -> str | None:
        """Return the address of whoever invites; None for the operator of the installation."""
        return self.invitation.invited_by if "@" in self.invitation.invited_by else None


@dataclass(frozen=True)
class NoEntrancePage:
    """Why there is no way in here, and what to do; German, to be translated."""

    title: str
    advice: tuple[str, ...]


NO_LINK: Final = NoEntrancePage(
    N_("Dieser Link gilt nicht mehr"),
    (
        N_("Ein Link gilt sieben Tage und nur einmal, und ein neuer ersetzt den alten."),
        N_(
            "Haben Sie schon ein Passwort gewählt? Dann melden Sie sich damit an. Sonst bitten Sie"
            " die Person, von der Sie ihn haben, um einen neuen."
        ),
    ),
)


class Invitations:
    """The view."""

    def __init__(self, house: House) -> None:
        self._house = house

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the route."""
        blueprint.add_url_rule(PATH, "invitation", self.invitation, methods=["GET", "POST"])

    def invitation(self, token: str) -> Any:
        """Show who invites to what, and take the password that was chosen."""
        today = self._house.clock.today()
        found = invitations.invitation_for(self._house.database, token, today)
        if found is None:
            return self._no_link()
        form = PasswordForm(prefix="p-")
        if form.validate_on_submit():
            try:
                return self._accept(token, form)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._words)
        return self._page(found, form), 422 if form.is_submitted() else 200

    def _accept(self, token: str, form: PasswordForm) -> Any:
        with HASHING.passed():
            account = invitations.accept(
                self._house.database, token, form.password.data, today=self._house.clock.today()
            )
        if account is None:  # somebody else was quicker
            return self._no_link()
        return enter(account, via="link", there=url_for("staff.home"))

    def _page(self, invitation: Invitation, form: PasswordForm) -> str:
        account = invitation.account
        known = administering.standing(self._house.database, account.network.id, account.id)
        forms.speak(form, self._words)
        page = InvitationPage(
            invitation,
            known.place if known else None,
            form,
            self._sign_on,
        )
        return draw("account/invitation.html", self._words, page)

    def _no_link(self) -> Response:
        html = draw("account/no_entrance.html", self._words, NO_LINK)
        return Response(html, status=404)

    @property
    def _sign_on(self) -> str | None:
        label = self._house.settings.sign_on
        return label and self._words.gettext(label)

    @property
    def _words(self) -> Language:
        return spoken_words(self._house)


def spoken_words(house: House) -> Language:
    """Return the language of the browser, as it speaks to grown-ups."""
    return house.languages.polite(spoken_language(house.languages.offered))
