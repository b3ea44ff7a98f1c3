"""What staff are asked, and what is wrong with what they said.

Labels, hints and messages are German message ids, like all wording in the code; `speak` says them
in the language of the page, once, before it is drawn. What WTForms itself has to say is said in our
words too. A fault that only a service can see (days the wrong way round, a site of somewhere else)
is put to the field that `fault.at` names.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from survey_app.domain.measure import NewMeasure, Topic
from survey_app.domain.messages import N_, InvalidDefinition, Words
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.services.fielding import Choices
from survey_app.web.staff.pages import WAYS_IN

DAYS_OPEN: Final = timedelta(days=14)
DAY_FORMATS: Final = ["%Y-%m-%d", "%d.%m.%Y"]  # a date input, and a person without one
LARGEST_GROUP: Final = 100_000

NEEDED = N_("Bitte füllen Sie dieses Feld aus.")
CHOOSE = N_("Bitte wählen Sie etwas aus.")
TOO_LONG = N_("Das ist zu lang. Bitte kürzen Sie den Text.")
NO_SIZE = N_("Bitte geben Sie eine Zahl ab 1 ein.")
WORDS_OF_WTFORMS = {
    "Not a valid integer value.": N_("Bitte geben Sie eine ganze Zahl ein."),
    "Not a valid date value.": N_("Bitte geben Sie einen Tag an, zum Beispiel 24.12.2026."),
    "Not a valid choice.": N_("Diese Auswahl gibt es nicht. Bitte wählen Sie aus der Liste."),
    "Invalid Choice: could not coerce.": CHOOSE,
}
AUDIENCES = {
    Audience.YOUNG_PEOPLE: N_("für junge Menschen"),
    Audience.PROFESSIONALS: N_("für Fachkräfte"),
}


def needed(message: str = NEEDED) -> InputRequired:
    """Demand an answer; 0 is one, and the browser is told too."""
    return InputRequired(message)


def a_size(label: str, description: str = "", *, default: int | None = None) -> IntegerField:
    """Return a field for how many there were, which may be unknown."""
    return IntegerField(
        label,
        description=description,
        default=default,
        validators=[Optional(), NumberRange(1, LARGEST_GROUP, NO_SIZE)],
        render_kw={"inputmode": "numeric", "min": 1},
    )


def a_day(label: str, description: str = "") -> DateField:
    """Return a field for a day."""
    return DateField(label, description=description, format=DAY_FORMATS, validators=[needed()])


def an_option(name: str) -> BooleanField:
    """Return a box to tick for an option of a way in."""
    label, description = WAYS_IN[name]
    return BooleanField(label, description=description)


def an_id(value: str | int | None) -> int | None:
    """Return the id that an option stands for; the empty option stands for none."""
    return int(value) if value else None


class Boxes(SelectMultipleField):
    """Boxes to tick, each with an id; what is not on the list is refused in our words."""

    option_widget = CheckboxInput()
    widget = ListWidget(prefix_label=False)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was ticked."""
        self.data = [int(value) if value.isdecimal() else 0 for value in valuelist]

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002 - of WTForms
        """Refuse what was not to be had."""
        if not {value for value, _ in self.choices}.issuperset(self.data or ()):
            raise ValidationError("Not a valid choice.")


def some_towns() -> Boxes:
    """Return boxes to tick: where a measure takes place beside the town where it is at home."""
    hint = N_("Wenn junge Menschen aus mehreren Orten dabei sind.")
    return Boxes(N_("Weitere Kommunen"), description=hint, coerce=an_id)


class MeasureForm(FlaskForm):
    """A new measure: seven things that are needed, five that may follow later."""

    title = StringField(N_("Titel"), validators=[needed(), Length(max=200, message=TOO_LONG)])
    summary = TextAreaField(
        N_("Kurzbeschreibung"),
        description=N_("Ein oder zwei Sätze: Was ist geschehen, für wen?"),
        validators=[needed(), Length(max=300, message=TOO_LONG)],
        render_kw={"rows": 3},
    )
    topic = SelectField(N_("Themenfeld"), validators=[needed(CHOOSE)])
    municipality = SelectField(N_("Kommune"), coerce=an_id, validators=[needed(CHOOSE)])
    organisation = SelectField(N_("Träger"), coerce=an_id, validators=[needed(CHOOSE)])
    starts_on = a_day(N_("Erster Tag"))
    ends_on = a_day(N_("Letzter Tag"))
    also_in = some_towns()
    site = SelectField(N_("Einrichtung"), coerce=an_id)
    sessions = a_size(N_("Durchgänge"), default=1)
    invited = a_size(N_("Eingeladene"))
    participants = a_size(N_("Teilnehmende"))
    funders = StringField(
        N_("Förderung"),
        description=N_("Mehrere mit Komma trennen, zum Beispiel: AOK, Barmer, TK"),
        validators=[Length(max=300, message=TOO_LONG)],
    )

    def offer(self, choices: Choices, words: Words) -> None:
        """Fill the lists with what this network has."""
        towns = {town.id: town.name for town in choices.municipalities}
        self.topic.choices = listed((topic.value, words.gettext(topic.label)) for topic in Topic)
        self.municipality.choices = listed(towns.items())
        self.also_in.choices = list(towns.items())
        self.organisation.choices = listed((each.id, each.name) for each in choices.organisations)
        self.site.choices = listed(
            ((site.id, f"{site.name} ({towns[site.municipality]})") for site in choices.sites),
            always_empty=True,
        )

    def value(self) -> NewMeasure:
        """Return what was entered."""
        return NewMeasure(
            title=self.title.data.strip(),
            summary=self.summary.data.strip(),
            topic=Topic(self.topic.data),
            municipality=self.municipality.data,
            also_in=beside(self.municipality.data, self.also_in.data),
            organisation=self.organisation.data,
            site=self.site.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            sessions=self.sessions.data or 1,
            invited=self.invited.data,
            participants=self.participants.data,
            funders=tuple(name.strip() for name in self.funders.data.split(",") if name.strip()),
        )


def beside(home: int, ticked: Iterable[int] | None) -> tuple[int, ...]:
    """Return the municipalities that were ticked without the one that was chosen anyway."""
    return tuple(sorted({*(ticked or ())} - {home}))


class WaveForm(FlaskForm):
    """A new wave: which questionnaire, from when to when, how many people."""

    questionnaire = SelectField(N_("Fragebogen"), validators=[needed(CHOOSE)])
    opens_on = a_day(N_("Erster Tag"), N_("Ab diesem Tag kann man mitmachen."))
    closes_on = a_day(N_("Letzter Tag"), N_("Am Tag danach wird ausgezählt."))
    expected = a_size(
        N_("Größe der Gruppe"),
        N_("Wie viele können antworten? Daran sehen Sie, ob zu viele Rückmeldungen kommen."),
    )
    label = StringField(
        N_("Name des Zugangs"),
        description=N_("Nur für Sie, zum Beispiel: Klasse 8b"),
        validators=[Length(max=100, message=TOO_LONG)],
    )

    def offer(self, questionnaires: Mapping[str, Questionnaire], words: Words) -> None:
        """Fill the list of questionnaires."""
        self.questionnaire.choices = listed(
            (name, described(questionnaire, words))
            for name, questionnaire in questionnaires.items()
        )


class OptionsForm(FlaskForm):
    """What a way in is set up for."""

    shared_device = an_option("shared_device")
    single_use = an_option("single_use")
    offline_queue = an_option("offline_queue")

    @property
    def options(self) -> dict[str, bool]:
        """Return what was ticked, by option."""
        return {name: bool(self[name].data) for name in WAYS_IN}


class WayInForm(OptionsForm):
    """Another way into a wave."""

    label = StringField(
        N_("Name des Zugangs"),
        description=N_("Nur für Sie, zum Beispiel: Tablet im Jugendtreff"),
        validators=[needed(), Length(max=100, message=TOO_LONG)],
    )


def from_today(today: date) -> dict[str, date]:
    """Return the days that a new wave most often has."""
    return {"opens_on": today, "closes_on": today + DAYS_OPEN}


def listed(
    options: Iterable[tuple[object, str]], *, always_empty: bool = False
) -> list[SelectChoice]:
    """Return options for a list; a single one is chosen already, of several none is."""
    choices = [SelectChoice(str(value), label) for value, label in options]
    if always_empty or len(choices) != 1:
        choices.insert(0, SelectChoice("", "–"))
    return choices


def described(questionnaire: Questionnaire, words: Words) -> str:
    """Return a questionnaire in one line: title, audience, minutes."""
    minutes = words.ngettext("%(n)s Minute", "%(n)s Minuten", questionnaire.minutes)
    parts = (
        questionnaire.title.said(words.code),
        words.gettext(AUDIENCES[questionnaire.audience]),
        minutes % {"n": questionnaire.minutes},
    )
    return " · ".join(parts)


def blame(form: FlaskForm, invalid: InvalidDefinition, words: Words) -> None:
    """Put the faults a service found to the fields they name."""
    for fault in invalid.faults:
        name = str(fault.at[0])
        form[name].errors = [*form[name].errors, fault.message.said(words)]


def speak(form: FlaskForm, words: Words) -> None:
    """Say labels, hints and the first message of each field in the language of the page."""
    for field in form:
        field.label.text = words.gettext(field.label.text)
        field.description = words.gettext(field.description) if field.description else ""
        field.errors = [_said(error, words) for error in field.errors[:1]]


def _said(error: str, words: Words) -> str:
    return words.gettext(WORDS_OF_WTFORMS.get(error, error))
