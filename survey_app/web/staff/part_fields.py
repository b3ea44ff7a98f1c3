"""What the forms of the master data are made of: numbers, money, hours, words, lists.

All of it is voluntary: what is empty is unknown. What was typed and cannot be read stays in its
field, beside the sentence that says what to write instead.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Final

from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import TextInput

from survey_app.domain.amounts import NotAnAmount, cents_of, euros, hours, minutes_of
from survey_app.domain.goal import NO_SHARE
from survey_app.domain.master_data import OLDEST
from survey_app.domain.measure import Measure, NewMeasure
from survey_app.domain.messages import N_, Words
from survey_app.web.staff.forms import DAY_FORMATS, LARGEST_GROUP, TOO_LONG

EMPTY: Final = ("", "–")

NO_COUNT = N_("Bitte geben Sie eine ganze Zahl ab 0 ein.")
NO_AGE = N_("Bitte geben Sie ein Alter von 0 bis 99 ein.")


class Voluntary(Optional):
    """Let a field be empty, on a page that has said so of all its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {"optional": True, "unmarked": True}


class AmountField(Field):
    """Money or hours, as people write them; `data` is whole cents or minutes."""

    widget = TextInput()

    def __init__(
        self, label: str, read: Callable[[str], int], write: Callable[[int], str], **options: Any
    ) -> None:
        super().__init__(
            label, validators=[Voluntary()], render_kw={"inputmode": "decimal"}, **options
        )
        self._read, self._write = read, write

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self._write(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; what cannot be read stays in the field."""
        self.data = None
        written = str(valuelist[0]).strip() if valuelist else ""
        if written:
            try:
                self.data = self._read(written)
            except NotAnAmount as unreadable:
                raise ValueError(str(unreadable)) from unreadable


def money(label: str, description: str = "") -> AmountField:
    """Return a field for an amount of money."""
    return AmountField(label, cents_of, euros, description=description)


def duration(label: str, description: str = "") -> AmountField:
    """Return a field for hours."""
    return AmountField(label, minutes_of, hours, description=description)


def a_count(label: str, description: str = "") -> IntegerField:
    """Return a field for how many there were; 0 is an answer, empty is unknown."""
    return _number(label, description, LARGEST_GROUP, NO_COUNT)


def a_share(label: str, description: str = "") -> IntegerField:
    """Return a field for a share in whole percent."""
    return _number(label, description, 100, NO_SHARE)


def an_age(label: str) -> IntegerField:
    """Return a field for an age in years."""
    return _number(label, "", OLDEST, NO_AGE)


def a_line(label: str, description: str = "", longest: int = 200) -> StringField:
    """Return a field for a few words."""
    return StringField(
        label,
        description=description,
        validators=[Voluntary(), Length(max=longest, message=TOO_LONG)],
    )


def a_note(label: str, description: str = "", longest: int = 1000) -> TextAreaField:
    """Return a field for some sentences."""
    return TextAreaField(
        label,
        description=description,
        validators=[Voluntary(), Length(max=longest, message=TOO_LONG)],
        render_kw={"rows": 3},
    )


def a_choice(label: str, description: str = "") -> SelectField:
    """Return a list to choose one from, or none."""
    return SelectField(label, description=description, validators=[Voluntary()])


def a_voluntary_day(label: str) -> DateField:
    """Return a field for a day that may be unknown."""
    return DateField(label, format=DAY_FORMATS, validators=[Voluntary()])


def _number(label: str, description: str, most: int, message: str) -> IntegerField:
    return IntegerField(
        label,
        description=description,
        validators=[Voluntary(), NumberRange(0, most, message)],
        render_kw={"inputmode": "numeric", "min": 0},
    )


def choices_of(kinds: Iterable[Any], words: Words) -> list[SelectChoice]:
    """Return the values of an enumeration with their labels, and none of them."""
    named = [SelectChoice(str(kind.value), words.gettext(kind.label)) for kind in kinds]
    return [SelectChoice(*EMPTY), *named]


class PartForm(FlaskForm):
    """What the forms of all parts can do."""

    lists: ClassVar[dict[str, Iterable[Any]]] = {}

    def offer(self, words: Words) -> None:
        """Fill the lists."""
        for name, kinds in self.lists.items():
            self[name].choices = choices_of(kinds, words)

    def said(self, name: str) -> str:
        """Return what was written into a field of text."""
        return (self[name].data or "").strip()

    @classmethod
    def for_measure(cls, _measure: Measure, _sent: Mapping[str, str]) -> "type[PartForm]":
        """Return the form with the fields that this measure and what was sent need."""
        return cls

    @staticmethod
    def known_values(measure: Measure) -> dict[str, Any]:
        """Return what is known, by the name of its field."""
        raise NotImplementedError

    def applied_to(self, new: NewMeasure) -> NewMeasure:
        """Return what is stated when what was entered here goes with it."""
        raise NotImplementedError


def with_master(new: NewMeasure, **changes: object) -> NewMeasure:
    """Return `new` with some of its master data changed."""
    return replace(new, master=new.master.model_copy(update=changes))
