"""Giving back: what the young people and the school get, and what of it is still to be done.

One page per measure with everything that goes back: the day and the look of the results, what was
said, commitments, the next way to take part, the poster, and the letter to the school with its
sheet. What still has to be done says so.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from survey_app.domain.commitment import Commitment
from survey_app.domain.handing_back import LONGEST, HandedBack, is_at_school
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, InvalidDefinition, Words
from survey_app.domain.sheet import EvaluationSheet
from survey_app.domain.taking_part import LONGEST as LONGEST_TEXT
from survey_app.domain.taking_part import LONGEST_LINK, NextWay, Way
from survey_app.domain.text import FALLBACK
from survey_app.domain.voices import Voices
from survey_app.services import branding, handing_back
from survey_app.services.acting import By
from survey_app.services.handing_back import Given
from survey_app.services.printing import Printer
from survey_app.web.staff import forms, pages
from survey_app.web.staff.answer_forms import NeededSometimes
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.downloads import PDF, attached
from survey_app.web.staff.forms import CHOOSE, DAY_FORMATS, TOO_LONG, a_day, needed
from survey_app.web.staff.pages import FormPage, WaveView
from survey_app.web.staff.views import MEASURE, Staff


class NextWayForm(FlaskForm):
    """How somebody can take part next."""

    way = SelectField(
        N_("Fertiger Satz"),
        description=N_("Den gibt es in allen Sprachen. Der Tag kommt von selbst hinein."),
        validators=[needed(CHOOSE)],
    )
    text = TextAreaField(
        N_("Ihre Worte dazu"),
        description=N_(
            "Wo, wann, wofür? Höchstens 200 Zeichen, auf Deutsch. Keine Namen: Die Seite ist"
            " öffentlich."
        ),
        validators=[NeededSometimes(), Length(max=LONGEST_TEXT, message=TOO_LONG)],
        render_kw={"rows": 3, "maxlength": LONGEST_TEXT},
    )
    day = DateField(
        N_("Tag"),
        description=N_("Ist er vorbei, verschwindet der Hinweis von selbst."),
        format=DAY_FORMATS,
        validators=[NeededSometimes()],
    )
    link = StringField(
        N_("Adresse im Netz"),
        description=N_("Mit https:// am Anfang. Sie führt weg von Mitreden; das steht dabei."),
        validators=[NeededSometimes(), Length(max=LONGEST_LINK, message=TOO_LONG)],
        render_kw={"inputmode": "url", "maxlength": LONGEST_LINK},
    )
    shown = BooleanField(
        N_("Bei den Ergebnissen zeigen"),
        description=N_("Ohne Haken bleibt alles hier stehen, und niemand sonst sieht es."),
    )

    def offer(self, words: Words) -> None:
        """Fill the list of sentences."""
        self.way.choices = [SelectChoice(way.value, words.gettext(way.label)) for way in Way]

    def value(self) -> NextWay:
        """Return what was entered."""
        return NextWay(
            way=Way(self.way.data),
            text=" ".join((self.text.data or "").split()),
            day=self.day.data,
            link=(self.link.data or "").strip(),
            shown=self.shown.data,
        )


class HandedBackForm(FlaskForm):
    """When results were handed back, and who did it."""

    day = a_day(N_("Übergeben am"))
    by = StringField(
        N_("Von wem"),
        description=N_("Ihr Name oder Ihre Stelle. Das sieht nur Ihr Team."),
        validators=[needed(), Length(max=LONGEST, message=TOO_LONG)],
    )

    def value(self) -> HandedBack:
        """Return what was entered."""
        return HandedBack(self.day.data, " ".join(self.by.data.split()))


@dataclass(frozen=True)
class GivingBackPage(FormPage):
    """What goes back, with the form that records that the school has it."""

    measure: Measure
    waves: tuple[WaveView, ...]
    sheet: EvaluationSheet
    given: Given
    commitments: tuple[Commitment, ...]
    today: date

    @property
    def themes(self) -> int:
        """Return how many themes those who answered will see."""
        voices = self.sheet.voices
        return len(voices.in_public.themes) if isinstance(voices, Voices) else 0

    @property
    def has_texts(self) -> bool:
        """Return whether anything could be written in own words."""
        return any(view.wave.questionnaire.text_fields for view in self.waves)

    @property
    def is_evaluated(self) -> bool:
        """Return whether anything was counted."""
        return bool(self.sheet.results)

    @property
    def at_school(self) -> bool:
        """Return whether a school has a right to the results."""
        return is_at_school(self.measure)

    @property
    def receiver(self) -> str:
        """Return who gets the letter."""
        return self.measure.site.name if self.measure.site else self.measure.organisation.name

    @property
    def next_way_is_ahead(self) -> bool:
        """Return whether the next way to take part is shown with the results."""
        way = self.given.next_way
        return way is not None and way.is_ahead(self.today)

    def is_out(self, view: WaveView) -> bool:
        """Return whether those who answered see the results of a wave."""
        return view.wave.gives_results(self.today)

    @property
    def all_out(self) -> bool:
        """Return whether all who answered see their results."""
        return bool(self.waves) and all(map(self.is_out, self.waves))


@dataclass(frozen=True)
class NextWayPage(FormPage):
    """The form for the next way to take part."""

    measure: Measure


class GivingBack:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff, printer: Printer) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff
        self._printer = printer

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        place = f"{MEASURE}/zurueckgeben"
        both = ["GET", "POST"]
        blueprint.add_url_rule(place, "giving_back", self.page)
        blueprint.add_url_rule(f"{place}/mitmachen", "next_way", self.next_way, methods=both)
        blueprint.add_url_rule(f"{place}/uebergeben", "hand_back", self.record, methods=both)
        blueprint.add_url_rule(f"{place}/brief.pdf", "school_letter", self.letter)

    def page(self, measure: int) -> Any:
        """Show what goes back and what is still to be done."""
        return self._page(measure, self._empty_form())

    def record(self, measure: int) -> Any:
        """Record that the results were handed back; an address typed in leads to the page."""
        if request.method == "GET":
            self._desk.measure(measure)
            return self._back(measure, "uebergabe")
        form = HandedBackForm(prefix="h-")
        if form.validate_on_submit():
            try:
                self._store(measure, form.value())
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._back(measure, "uebergabe")
        return self._page(measure, form)

    def next_way(self, measure: int) -> Any:
        """Ask how somebody can take part next, and store it."""
        planned = self._desk.measure(measure).measure
        known = handing_back.given(self._desk.database, self._desk.network, measure).next_way
        form = NextWayForm(prefix="w-", obj=known or NextWay(way=Way.MEETING))
        form.offer(self._desk.words)
        if form.validate_on_submit():
            try:
                self._say(measure, form.value())
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._back(measure, "mitmachen")
        return self._staff.form("staff/next_way.html", NextWayPage, form, measure=planned)

    def letter(self, measure: int) -> Response:
        """Send the letter to the school, in German."""
        sheet, database = self._desk.results(measure), self._desk.database
        words = self._house.languages.polite(self._house.languages.all[FALLBACK])
        letter = handing_back.letter_about(
            database,
            sheet,
            policy=self._house.settings.policy,
            today=self._house.clock.today(),
        )
        look = branding.branding_of(database, self._desk.network)
        pdf = handing_back.letter_pdf(self._printer, letter, words, look)
        return attached(pdf, PDF, f"Ergebnisbrief {sheet.measure.title} {sheet.as_of}.pdf")

    def _page(self, measure: int, form: HandedBackForm) -> Any:
        fielded, sheet = self._desk.measure(measure), self._desk.sheet(measure)
        return self._staff.form(
            "staff/giving_back.html",
            GivingBackPage,
            form,
            measure=fielded.measure,
            waves=pages.views_of(fielded, pages.bases_of(sheet)),
            sheet=sheet,
            given=handing_back.given(self._desk.database, self._desk.network, measure),
            commitments=sheet.commitments,
            today=self._house.clock.today(),
        )

    def _empty_form(self) -> HandedBackForm:
        data = {"day": self._house.clock.today(), "by": self._desk.account.email}
        return HandedBackForm(prefix="h-", data=data)

    def _store(self, measure: int, new: HandedBack) -> None:
        stored = handing_back.record(
            self._desk.database, self._desk.network, measure, new, self._by
        )
        if not stored:
            abort(404)

    def _say(self, measure: int, new: NextWay) -> None:
        if not handing_back.say_next_way(
            self._desk.database, self._desk.network, measure, new, self._by
        ):
            abort(404)

    @property
    def _by(self) -> By:
        return By(self._desk.account.email, self._house.clock.today())

    def _back(self, measure: int, anchor: str) -> Any:
        return redirect(url_for("staff.giving_back", measure=measure, _anchor=anchor), 303)
