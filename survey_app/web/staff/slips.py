"""Slips of a wave: how many there are, and new ones as a PDF.

The form is answered with the file itself, not with a redirect: the codes are in this one answer and
nowhere else (services/slip_printing.py), so there is no second address that could give them out.
"""

from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, abort, redirect, url_for
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange

from survey_app.domain.collector import Collector, printed_code
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, InvalidDefinition
from survey_app.domain.questionnaire import Audience
from survey_app.domain.slip import MOST_AT_ONCE, NO_SLIPS, SlipCount, suggested
from survey_app.domain.wave import Wave
from survey_app.languages import Language
from survey_app.rendering.slips import LAYOUTS, Layout
from survey_app.services import branding
from survey_app.services.printing import Printer
from survey_app.services.slip_printing import SlipOrder, print_slips
from survey_app.web.staff import forms
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.downloads import PDF, attached
from survey_app.web.staff.pages import FormPage, WaveView
from survey_app.web.staff.views import WAVE, Staff, wave_of

FIRST_LAYOUT: Final = "12"
NO_SUCH_NUMBER = N_("Bitte geben Sie eine Zahl von 1 bis 240 ein.")
NAMED_BY = N_("Zugang")


class SlipsForm(FlaskForm):
    """New slips: for which way in, how many, how they look, and what becomes of older ones."""

    way_in = SelectField(
        NAMED_BY,
        description=N_("Ab jetzt kann man hier nur noch mit einem Zettel mitmachen."),
        validators=[forms.needed(forms.CHOOSE)],
    )
    count = IntegerField(
        N_("Wie viele Zettel"),
        description=N_("Ein paar mehr als Personen: Manche Zettel gehen verloren."),
        validators=[InputRequired(), NumberRange(1, MOST_AT_ONCE, NO_SUCH_NUMBER)],
        render_kw={"inputmode": "numeric", "min": 1, "max": MOST_AT_ONCE},
    )
    layout = RadioField(N_("Größe"), default=FIRST_LAYOUT)
    language = SelectField(N_("Sprache auf dem Zettel"), validators=[forms.needed(forms.CHOOSE)])
    more = SelectMultipleField(N_("Auch auf dem Zettel"))
    withdraw = BooleanField(
        N_("Ältere Zettel ungültig machen"),
        description=N_(
            "Zettel, die noch niemand benutzt hat, gelten dann nicht mehr. Das lässt sich nicht"
            " rückgängig machen. Ohne Häkchen gelten alte und neue."
        ),
    )

    def offer(self, collectors: tuple[Collector, ...], languages: tuple[Language, ...]) -> None:
        """Fill the lists with what this wave has."""
        self.way_in.choices = [
            (each.code, each.label or printed_code(each.code)) for each in collectors
        ]
        self.layout.choices = [(name, layout.label) for name, layout in LAYOUTS.items()]
        self.language.choices = self.more.choices = [(each.code, each.name) for each in languages]


@dataclass(frozen=True)
class SlipsPage(FormPage):
    """The page of one wave; `languages` are those of its questionnaire, German first."""

    measure: Measure
    view: WaveView
    collectors: tuple[Collector, ...]
    languages: tuple[Language, ...]

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """Return the layouts to choose from."""
        return tuple(LAYOUTS.values())

    @property
    def printed(self) -> tuple[tuple[str, SlipCount], ...]:
        """Return the counts of the ways in that have slips, by name."""
        return tuple(
            (name_of(each), self.count(each)) for each in self.collectors if self.count(each).issued
        )

    @property
    def unused(self) -> int:
        """Return how many slips are still good."""
        return sum(count.unused for _, count in self.printed)

    @property
    def open_to_all(self) -> tuple[str, ...]:
        """Return the ways in through which people can answer without a slip, by name."""
        return tuple(name_of(each) for each in self.view.fielded.collectors if not each.single_use)

    def count(self, collector: Collector) -> SlipCount:
        """Return how many slips a way in has."""
        return self.view.fielded.slips.get(collector.code, NO_SLIPS)


def name_of(collector: Collector) -> str:
    """Return what staff call a way in."""
    return collector.label or printed_code(collector.code)


class Slips:
    """The view."""

    def __init__(self, desk: Desk, staff: Staff, printer: Printer) -> None:
        self._desk = desk
        self._staff = staff
        self._printer = printer

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the route to the blueprint of staff."""
        both = ["GET", "POST"]
        blueprint.add_url_rule(f"{WAVE}/zettel", "slips", self.slips, methods=both)

    def slips(self, measure: int, wave: int) -> Any:
        """Ask how many slips, and send them."""
        fielded = self._desk.measure(measure)
        view = wave_of(fielded, wave)
        collectors = tuple(each for each in view.fielded.collectors if not each.offline_queue)
        if not view.takes_ways_in or not collectors:
            return redirect(url_for("staff.measure", measure=measure), 303)
        languages = self._desk.house.languages.of(view.wave.questionnaire)
        form = SlipsForm(prefix="z-", data=_usual(view, languages))
        form.offer(collectors, languages)
        if form.validate_on_submit():
            try:
                return self._printed(fielded.measure, view, form)
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
        return self._staff.form(
            "staff/slips.html",
            SlipsPage,
            form,
            measure=fielded.measure,
            view=view,
            collectors=collectors,
            languages=languages,
        )

    def _printed(self, measure: Measure, view: WaveView, form: SlipsForm) -> Any:
        chosen = next(each for each in view.fielded.collectors if each.code == form.way_in.data)
        pdf = print_slips(
            self._desk.database,
            self._printer,
            self._desk.network,
            chosen,
            self._order(view.wave, form),
            today=self._desk.house.clock.today(),
            actor=self._desk.account.email,
        )
        name = self._desk.words.gettext(N_("Einmal-Zettel"))
        return attached(pdf or abort(404), PDF, f"{name} {measure.title} {chosen.label}.pdf")

    def _order(self, wave: Wave, form: SlipsForm) -> SlipOrder:
        main, house = form.language.data, self._desk.house
        more = [code for code in form.more.data or () if code != main]
        return SlipOrder(
            count=form.count.data,
            layout=LAYOUTS[form.layout.data],
            spoken=tuple(self._spoken(code, wave) for code in (main, *more)),
            polite=self._desk.words,
            withdraw=form.withdraw.data,
            public_url=house.settings.public_url,
            branding=branding.branding_of(self._desk.database, self._desk.network),
        )

    def _spoken(self, code: str, wave: Wave) -> Language:
        """Return a language as it speaks to those who answer."""
        languages = self._desk.house.languages
        language = next(each for each in languages.of(wave.questionnaire) if each.code == code)
        return languages.polite(language) if wave.audience is Audience.PROFESSIONALS else language


def _usual(view: WaveView, languages: tuple[Language, ...]) -> dict[str, Any]:
    """Return what most people want: enough for the group, in German."""
    per_page = LAYOUTS[FIRST_LAYOUT].per_page
    return {"count": suggested(view.group, per_page), "language": languages[0].code}
