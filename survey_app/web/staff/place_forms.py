"""What is asked about a municipality, an organisation and a site."""

from collections.abc import Sequence
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional
from wtforms.widgets import TextInput

from survey_app.domain.measure import Law, Municipality, SchoolForm, Setting
from survey_app.domain.messages import N_, Words
from survey_app.domain.places import NewMunicipality, NewOrganisation, NewSite
from survey_app.web.staff.forms import CHOOSE, DAY_FORMATS, TOO_LONG, an_id, listed, needed

BETWEEN_DIGITS: Final = str.maketrans("", "", "  \u00a0\u202f.'’")


class CountField(IntegerField):
    """A number as people copy it: 15.800, 15 800 and 15800 are one."""

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the number without what stands between its digits."""
        super().process_formdata([str(value).translate(BETWEEN_DIGITS) for value in valuelist])


def a_name(label: str) -> StringField:
    """Return a field for the name of a place."""
    return StringField(label, validators=[needed(), Length(max=200, message=TOO_LONG)])


def a_count(label: str, description: str) -> CountField:
    """Return a field for how many people there are."""
    return CountField(
        label,
        description=description,
        validators=[Optional()],
        render_kw={"inputmode": "numeric"},
    )


class PlaceForm(FlaskForm):
    """What every form for a place can do."""

    def offer(self, towns: Sequence[Municipality], words: Words) -> None:
        """Fill the lists."""


class MunicipalityForm(PlaceForm):
    """A municipality: name and key, and how many people live there."""

    name = a_name(N_("Name"))
    ags = StringField(
        N_("Amtlicher Gemeindeschlüssel (AGS)"),
        description=N_("Acht Ziffern, zum Beispiel 05166004"),
        validators=[needed()],
        render_kw={"inputmode": "numeric", "maxlength": 12},
    )
    population = a_count(
        N_("Einwohnerinnen und Einwohner"),
        N_("Damit Kommunen verschiedener Größe vergleichbar werden."),
    )
    population_on = DateField(
        N_("Stand"),
        description=N_("Von welchem Tag die Zahl ist."),
        format=DAY_FORMATS,
        validators=[Optional()],
    )
    population_basis = StringField(
        N_("Quelle"),
        description=N_("Zum Beispiel: Fortschreibung auf Basis des Zensus 2022 (IT.NRW)"),
        validators=[Length(max=200, message=TOO_LONG)],
    )
    youth_population = a_count(
        N_("Davon 12 bis 21 Jahre alt"),
        N_("Aus derselben Zählung. Daran misst die Gesamtauswertung, wie viele erreicht wurden."),
    )

    def value(self) -> NewMunicipality:
        """Return what was entered."""
        return NewMunicipality(
            ags=self.ags.data.translate(BETWEEN_DIGITS),
            name=self.name.data.strip(),
            population=self.population.data,
            population_on=self.population_on.data,
            population_basis=(self.population_basis.data or "").strip(),
            youth_population=self.youth_population.data,
        )


class OrganisationForm(PlaceForm):
    """An organisation: its name, and the law it lives under."""

    name = a_name(N_("Name"))
    law = SelectField(
        N_("Datenschutzrecht"),
        description=N_("Kirchliche Träger haben ein eigenes. Es steht auf den Umfrage-Seiten."),
        validators=[needed(CHOOSE)],
    )
    legal_form = StringField(
        N_("Rechtsform"),
        description=N_("Zum Beispiel: e. V., gGmbH, Körperschaft des öffentlichen Rechts"),
        validators=[Length(max=100, message=TOO_LONG)],
    )

    def offer(self, towns: Sequence[Municipality], words: Words) -> None:  # noqa: ARG002
        """Fill the list of laws."""
        self.law.choices = [SelectChoice(law.value, words.gettext(law.label)) for law in Law]

    def value(self) -> NewOrganisation:
        """Return what was entered."""
        return NewOrganisation(
            self.name.data.strip(), Law(self.law.data), (self.legal_form.data or "").strip()
        )


class SiteForm(PlaceForm):
    """A site: its name, where it is, and what it is."""

    name = a_name(N_("Name"))
    municipality = SelectField(N_("Kommune"), coerce=an_id, validators=[needed(CHOOSE)])
    setting = SelectField(N_("Art der Einrichtung"), validators=[needed(CHOOSE)])
    school_form = SelectField(N_("Schulform"), description=N_("Nur bei Schulen."))

    def offer(self, towns: Sequence[Municipality], words: Words) -> None:
        """Fill the lists."""
        self.municipality.choices = listed((town.id, town.name) for town in towns)
        self.setting.choices = listed((each.value, words.gettext(each.label)) for each in Setting)
        self.school_form.choices = listed(
            ((form.value, words.gettext(form.label)) for form in SchoolForm), always_empty=True
        )

    def value(self) -> NewSite:
        """Return what was entered."""
        form = SchoolForm(self.school_form.data) if self.school_form.data else None
        return NewSite(
            municipality=self.municipality.data,
            name=self.name.data.strip(),
            setting=Setting(self.setting.data),
            school_form=form,
        )
