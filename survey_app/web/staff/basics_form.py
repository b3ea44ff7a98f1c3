"""The basics of a measure once it is there: its seven needed facts, and what goes with them.

And what is asked before it is held again.
"""

from dataclasses import replace
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from survey_app.domain.measure import Measure, NewMeasure, Setting, Topic
from survey_app.domain.messages import N_, Words
from survey_app.services.fielding import Choices
from survey_app.web.staff.forms import (
    CHOOSE,
    TOO_LONG,
    a_day,
    an_id,
    beside,
    listed,
    needed,
    some_towns,
)
from survey_app.web.staff.part_fields import PartForm, a_choice, a_line, choices_of

SECONDARY = ("second_topic", "third_topic")


def a_title() -> StringField:
    """Return the field for the title."""
    return StringField(N_("Titel"), validators=[needed(), Length(max=200, message=TOO_LONG)])


class BasicsForm(PartForm):
    """The seven needed facts, and what goes with them."""

    title = a_title()
    summary = TextAreaField(
        N_("Kurzbeschreibung"),
        description=N_("Ein oder zwei Sätze: Was ist geschehen, für wen?"),
        validators=[needed(), Length(max=300, message=TOO_LONG)],
        render_kw={"rows": 3},
    )
    topic = SelectField(N_("Themenfeld"), validators=[needed(CHOOSE)])
    second_topic = a_choice(N_("Zweites Thema"))
    third_topic = a_choice(N_("Drittes Thema"))
    municipality = SelectField(N_("Kommune"), coerce=an_id, validators=[needed(CHOOSE)])
    district_wide = BooleanField(
        N_("Kreisweit"),
        description=N_("Junge Menschen aus allen Kommunen konnten mitmachen."),
    )
    also_in = some_towns()
    organisation = SelectField(N_("Träger"), coerce=an_id, validators=[needed(CHOOSE)])
    carried_out_by = a_line(N_("Durchgeführt von"), N_("Wenn es nicht der Träger selbst ist."))
    site = SelectField(N_("Einrichtung"), coerce=an_id)
    setting = a_choice(N_("Art des Ortes"), N_("Nur nötig, wenn keine Einrichtung gewählt ist."))
    starts_on = a_day(N_("Erster Tag"))
    ends_on = a_day(N_("Letzter Tag"))
    lists: ClassVar = {"second_topic": Topic, "third_topic": Topic, "setting": Setting}

    def offer_places(self, choices: Choices, words: Words) -> None:
        """Fill the lists with what this network has."""
        towns = {town.id: town.name for town in choices.municipalities}
        self.topic.choices = choices_of(Topic, words)[1:]
        self.municipality.choices = listed(towns.items())
        self.also_in.choices = list(towns.items())
        self.organisation.choices = listed((each.id, each.name) for each in choices.organisations)
        self.site.choices = listed(
            ((site.id, f"{site.name} ({towns[site.municipality]})") for site in choices.sites),
            always_empty=True,
        )
        self.site.flags.unmarked = True

    @staticmethod
    def known_values(measure: Measure) -> dict[str, Any]:
        """Return what is known, by the name of its field."""
        new = measure.as_planned()
        names = ("title", "summary", "topic", "setting", "district_wide", "municipality")
        others = ("also_in", "organisation", "site")
        values = {name: getattr(new, name) for name in (*names, *others)}
        return (
            values
            | dict(zip(SECONDARY, new.secondary_topics, strict=False))
            | {"starts_on": new.starts_on, "ends_on": new.ends_on}
            | {"carried_out_by": new.master.carried_out_by}
        )

    def applied_to(self, new: NewMeasure) -> NewMeasure:
        """Return what is stated when what was entered here goes with it."""
        same = ("district_wide", "municipality", "organisation", "site", "starts_on", "ends_on")
        secondary = tuple(Topic(self[name].data) for name in SECONDARY if self[name].data)
        master = new.master.model_copy(update={"carried_out_by": self.said("carried_out_by")})
        return replace(
            new,
            **{name: self[name].data for name in same},
            also_in=beside(self.municipality.data, self.also_in.data),
            title=self.said("title"),
            summary=self.said("summary"),
            topic=Topic(self.topic.data),
            secondary_topics=secondary,
            setting=Setting(self.setting.data) if self.setting.data else None,
            master=master,
        )


class CopyForm(FlaskForm):
    """What is new when a measure is held again."""

    title = a_title()
    starts_on = a_day(N_("Erster Tag"))
    ends_on = a_day(N_("Letzter Tag"))
