"""Accounts: who is there, inviting somebody, another role, switching off (Right.MANAGE_ACCOUNTS).

A link to join is shown once: it travels in the session of whoever made it from the form to the page
that shows it, and that page takes it out. So a reload shows no link and makes no second one.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from flask import Blueprint, abort, redirect, request, session, url_for
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from survey_app.domain.messages import N_, InvalidDefinition, Message
from survey_app.domain.rights import Reach, Role
from survey_app.services import administering, invitations
from survey_app.services.accounts import LONGEST_EMAIL, PLACES
from survey_app.services.administering import Standing
from survey_app.services.invitations import Link
from survey_app.web.staff import forms
from survey_app.web.staff.account_deeds import DEEDS, FACTOR, deeds_about, do
from survey_app.web.staff.account_pages import (
    PLACE_LABELS,
    WHOLE_NETWORK,
    AccountPage,
    AccountsPage,
    AccountView,
    DeedPage,
    LinkPage,
    RoleChoice,
    RolePage,
    RolesPage,
)
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.views import ID, Staff

ROOT: Final = "/konten"
ACCOUNT: Final = f"{ROOT}/<{ID}:account>"
KEPT: Final = "link"  # in the session, between the form and the page that shows it
DONE: Final = "getan"
BOTH: Final = ["GET", "POST"]
REQUIRED: Final = {
    role
    for role, reach in PLACES.items()
    if role is not Role.EVALUATOR and reach is not Reach.NETWORK
}


class RoleForm(FlaskForm):
    """Where somebody has a role; a role for the whole network asks for no place."""

    place = SelectField("", coerce=forms.an_id)

    def offer(self, role: Role, places: Mapping[int, str], everywhere: str) -> None:
        """Fill the list with what this role can be limited to; `everywhere` is no limit."""
        reach = PLACES[role]
        if reach is Reach.NETWORK:
            del self.place
            return
        self.place.label.text = PLACE_LABELS[reach]
        if role in REQUIRED:
            self.place.validators = [forms.needed(forms.CHOOSE)]
            self.place.flags.required = True
            self.place.choices = forms.listed(places.items())
        else:
            self.place.choices = forms.listed(places.items(), always_empty=True)
            self.place.choices[0] = SelectChoice("", everywhere)
            self.place.flags.required = True  # there is always a choice: "optional" would mislead

    @property
    def chosen_place(self) -> int | None:
        """Return the id of the place, None for the whole network."""
        return self.place.data if "place" in self else None


class InvitationForm(RoleForm):
    """Who is invited."""

    email = EmailField(
        N_("E-Mail-Adresse"),
        description=N_("Damit meldet sich die Person an."),
        validators=[forms.needed(), Length(max=LONGEST_EMAIL, message=forms.TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )


class Accounts:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._whole = desk.house.database  # what proves who somebody is, no desk can see
        self._drawn = staff.drawn
        self._form = staff.form

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        add = blueprint.add_url_rule
        add(ROOT, "accounts", self.accounts)
        add(f"{ROOT}/einladen", "invite", self.invite)
        add(f"{ROOT}/einladen/<role>", "invite_as", self.invite_as, methods=BOTH)
        add(ACCOUNT, "account", self.account)
        add(f"{ACCOUNT}/rolle", "account_role", self.role)
        add(f"{ACCOUNT}/rolle/<role>", "account_role_as", self.role_as, methods=BOTH)
        add(f"{ACCOUNT}/link", "account_link", self.link, methods=BOTH)
        add(f"{ACCOUNT}/<deed>", "account_deed", self.deed, methods=BOTH)

    def accounts(self) -> Any:
        """Show all accounts."""
        found = administering.standings(self._desk.database, self._desk.network)
        protected = administering.protected(self._whole, self._desk.network)
        views = (AccountView(each, self._today, each.account.id in protected) for each in found)
        return self._drawn(
            "staff/accounts.html",
            AccountsPage,
            accounts=tuple(sorted(views, key=lambda view: not view.is_on)),
            roles=_choices("staff.invite_as"),
            done=_done(),
        )

    def invite(self) -> Any:
        """Ask for which role."""
        roles = _choices("staff.invite_as")
        return self._drawn("staff/account_roles.html", RolesPage, roles=roles, account=None)

    def invite_as(self, role: str) -> Any:
        """Ask who and where, and make an account with a link."""
        chosen = _role(role)
        form = InvitationForm(prefix="k-")
        has_places = self._offer(form, chosen)
        if form.validate_on_submit():
            make = partial(
                invitations.invite,
                self._desk.database,
                email=form.email.data,
                by=self._desk.account,
                role=chosen,
                place=form.chosen_place,
                today=self._today,
            )
            try:
                return self._show_once(make())
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
        return self._role_form(form, chosen, has_places, None)

    def account(self, account: int) -> Any:
        """Show one account and what can be done about it."""
        view = self._view(self._standing(account))
        return self._drawn(
            "staff/account.html",
            AccountPage,
            account=view,
            deeds=deeds_about(view),
            done=_done(),
            is_own=account == self._desk.account.id,
        )

    def role(self, account: int) -> Any:
        """Ask for which role."""
        view = self._view(self._standing(account))
        roles = _choices("staff.account_role_as", account=account, now=view.role)
        return self._drawn("staff/account_roles.html", RolesPage, roles=roles, account=view)

    def role_as(self, account: int, role: str) -> Any:
        """Ask where, and give the account this role."""
        chosen, standing = _role(role), self._standing(account)
        actor = standing.account.actor
        form = RoleForm(prefix="k-", data={"place": actor.place if actor.role is chosen else None})
        has_places, refusal = self._offer(form, chosen), None
        if form.validate_on_submit():
            try:
                administering.change_role(
                    self._desk.database,
                    self._desk.network,
                    account,
                    role=chosen,
                    place=form.chosen_place,
                    **self._who(),
                )
                return redirect(url_for("staff.account", account=account, getan="rolle"), 303)
            except InvalidDefinition as invalid:
                if invalid.faults[0].at == ("place",):
                    forms.blame(form, invalid, self._desk.words)
                else:
                    refusal = invalid.faults[0].message
        return self._role_form(form, chosen, has_places, self._view(standing), refusal)

    def link(self, account: int) -> Any:
        """Make a new link; or show the one that was just made, once."""
        view = self._view(self._standing(account))
        if request.method == "POST":
            made = invitations.renew(
                self._desk.database, self._desk.network, account, **self._who()
            )
            return self._show_once(made or abort(404))
        kept = session.pop(KEPT, {})
        token = kept.get("token") if kept.get("account") == account else None
        address = url_for("arriving.invitation", token=token) if token else None
        return self._drawn(
            "staff/account_link.html",
            LinkPage,
            account=view,
            link=address and f"{self._desk.house.settings.staff_address}{address}",
        )

    def deed(self, account: int, deed: str) -> Any:
        """Ask once more, and do it."""
        view = self._view(self._standing(account))
        known = deeds_about(view).get(deed) or abort(404)
        problems: tuple[Any, ...] = ()
        if request.method == "POST":
            try:
                database = self._whole if deed == FACTOR else self._desk.database
                do(deed, database, self._desk.network, account, **self._who())
                return self._after(deed, account)
            except InvalidDefinition as invalid:
                problems = tuple(fault.message for fault in invalid.faults)
        html = self._drawn(
            "staff/account_deed.html",
            DeedPage,
            account=view,
            deed=known,
            problems=problems,
        )
        return html, 422 if problems else 200

    def _after(self, deed: str, account: int) -> Any:
        if administering.standing(self._desk.database, self._desk.network, account) is None:
            return redirect(url_for("staff.accounts", getan=deed), 303)
        return redirect(url_for("staff.account", account=account, getan=deed), 303)

    def _show_once(self, made: Link) -> Any:
        session[KEPT] = {"account": made.account.id, "token": made.token}
        return redirect(url_for("staff.account_link", account=made.account.id), 303)

    def _offer(self, form: RoleForm, role: Role) -> bool:
        """Fill the list of places; return whether there is anything that must be chosen from."""
        places = administering.places_for(self._desk.database, self._desk.network, role)
        form.offer(role, places, self._desk.words.gettext(WHOLE_NETWORK))
        return bool(places) or role not in REQUIRED

    def _role_form(
        self,
        form: RoleForm,
        role: Role,
        has_places: bool,
        account: AccountView | None,
        refusal: Message | None = None,
    ) -> Any:
        return self._form(
            "staff/account_form.html",
            RolePage,
            form,
            role=role,
            account=account,
            has_places=has_places,
            refusal=refusal,
        )

    def _standing(self, account: int) -> Standing:
        return administering.standing(self._desk.database, self._desk.network, account) or abort(
            404
        )

    def _view(self, standing: Standing) -> AccountView:
        protected = administering.protected(self._whole, self._desk.network)
        return AccountView(standing, self._today, standing.account.id in protected)

    @property
    def _today(self) -> Any:
        return self._desk.house.clock.today()

    def _who(self) -> dict[str, Any]:
        return {"by": self._desk.account.email, "today": self._today}


def _choices(endpoint: str, *, now: Role | None = None, **values: Any) -> tuple[RoleChoice, ...]:
    return tuple(
        RoleChoice(
            role, url_for(endpoint, role=role.value.replace("_", "-"), **values), role is now
        )
        for role in Role
    )


def _role(name: str) -> Role:
    """Return the role that an address names, or answer 404."""
    known = {role.value.replace("_", "-"): role for role in Role}
    return known.get(name) or abort(404)


def _done() -> str | None:
    """Return what the address says has just happened, in German, to be translated."""
    deed = DEEDS.get(request.args.get(DONE, ""))
    return deed.done if deed else None
