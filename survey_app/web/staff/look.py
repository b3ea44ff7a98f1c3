"""How the paper of a network looks: one colour and one logo, for everybody who prints there.

A logo that is uploaded is read by `rendering.logos` and made anew; what is shown and printed
afterwards is ours. Two forms on one page, so that a colour can be changed without a file at hand.
"""

from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Response, abort, redirect, url_for
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField

from survey_app.domain.branding import Branding
from survey_app.domain.messages import N_, InvalidDefinition
from survey_app.rendering.logos import LARGEST_FILE
from survey_app.services import branding
from survey_app.services.printing import Printer
from survey_app.web.staff import forms
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.pages import StaffPage
from survey_app.web.staff.uploads import allow_a_file
from survey_app.web.templating import draw

PATH: Final = "/gestaltung"
ENDPOINT: Final = "look"
COLOUR_HINT: Final = N_("Auf dieser Farbe steht die Überschrift. Zum Beispiel: #00695c")
LOGO_HINT: Final = N_("PNG oder SVG, höchstens 1 MB, am besten ohne weißen Rand")
NO_FILE: Final = N_("Bitte wählen Sie eine Datei aus.")


class ColourForm(FlaskForm):
    """Which colour; a browser without a colour field takes text."""

    accent = StringField(
        N_("Farbe"), description=COLOUR_HINT, validators=[forms.needed(forms.CHOOSE)]
    )


class LogoForm(FlaskForm):
    """Which file."""

    logo = FileField(N_("Logo"), description=LOGO_HINT, validators=[FileRequired(NO_FILE)])


@dataclass(frozen=True)
class LookPage(StaffPage):
    """The look of the network, and the two forms."""

    branding: Branding
    colour: ColourForm
    logo: LogoForm

    @property
    def problems(self) -> tuple[Any, ...]:
        """Return the fields to look at again."""
        return tuple(field for form in (self.colour, self.logo) for field in form if field.errors)


class Look:
    """The views."""

    def __init__(self, desk: Desk, printer: Printer) -> None:
        self._desk = desk
        self._house = desk.house
        self._printer = printer

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        blueprint.add_url_rule(PATH, ENDPOINT, self.look)
        for name, view in (
            ("farbe", self.colour),
            ("logo", self.logo),
            ("ohne-logo", self.no_logo),
        ):
            endpoint = f"{ENDPOINT}_{name.replace('-', '_')}"
            blueprint.add_url_rule(f"{PATH}/{name}", endpoint, view, methods=["POST"])
        blueprint.add_url_rule(f"{PATH}/logo-bild", f"{ENDPOINT}_picture", self.picture)
        blueprint.url_value_preprocessor(_allow_a_file)

    def look(self) -> Any:
        """Show the colour and the logo."""
        return self._page(self._colour_form(), LogoForm(prefix="l-"))

    def colour(self) -> Any:
        """Change the colour."""
        form = ColourForm(prefix="f-")
        if form.validate_on_submit():
            try:
                branding.change_colour(
                    self._desk.database, self._desk.network, form.accent.data, **self._who()
                )
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._back()
        return self._page(form, LogoForm(formdata=None, prefix="l-")), 422

    def logo(self) -> Any:
        """Change the logo."""
        form = LogoForm(prefix="l-")
        if form.validate_on_submit():
            with closing(form.logo.data) as file:
                content = file.read(LARGEST_FILE + 1)
            try:
                self._change_logo(content)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._back()
        return self._page(self._colour_form(), form), 422

    def no_logo(self) -> Any:
        """Take the logo away."""
        branding.remove_logo(self._desk.database, self._desk.network, **self._who())
        return self._back()

    def picture(self) -> Response:
        """Send the logo as it is printed."""
        logo = self._own().logo or abort(404)
        return Response(
            logo.content, content_type=logo.media_type, headers={"Cache-Control": "no-store"}
        )

    def _change_logo(self, content: bytes) -> None:
        branding.change_logo(
            self._desk.database, self._printer, self._desk.network, content, **self._who()
        )

    def _colour_form(self) -> ColourForm:
        return ColourForm(formdata=None, prefix="f-", data={"accent": self._own().accent})

    def _page(self, colour: ColourForm, logo: LogoForm) -> str:
        account = self._desk.account
        for form in (colour, logo):
            forms.speak(form, self._desk.words)
        page = LookPage(account.email, account.network, self._own(), colour, logo)
        return draw("staff/look.html", self._desk.words, page)

    def _own(self) -> Branding:
        return branding.branding_of(self._desk.database, self._desk.network)

    def _who(self) -> dict[str, Any]:
        return {"today": self._house.clock.today(), "actor": self._desk.account.email}

    def _back(self) -> Any:
        return redirect(url_for(f"staff.{ENDPOINT}"), 303)


def _allow_a_file(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let the one form through that brings a file; all others stay as small as forms are."""
    if endpoint == f"staff.{ENDPOINT}_logo":
        allow_a_file(LARGEST_FILE)
