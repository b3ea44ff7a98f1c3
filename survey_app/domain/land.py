"""What a Land demands before a school may be surveyed.

Schools are the business of the Länder: who decides, who is heard before, what a request has to
hold. Those rules are a file per Land (``lands/*.yaml``), so that another Land is another file. A
rule names its source and the part of our request pack that answers it; the head of a school sees
both side by side.

Nothing here is legal advice. `checked_on` says when somebody last compared the file with its
sources.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from survey_app.domain.messages import N_
from survey_app.domain.questionnaire import IsoDay
from survey_app.domain.text import Definition, Text

LandId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
LandKey = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-6])$")]


class PackPart(StrEnum):
    """A part of the request pack, in its order."""

    REQUEST = "request"
    TIMETABLE = "timetable"
    DATA_SHEET = "data_sheet"
    PARENTS_LETTER = "parents_letter"
    QUESTIONNAIRE = "questionnaire"
    MATERIAL = "material"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return PARTS[self]


PARTS = {
    PackPart.REQUEST: N_("Anfrage an die Schulleitung"),
    PackPart.TIMETABLE: N_("Zeitplan"),
    PackPart.DATA_SHEET: N_("Datenschutzblatt"),
    PackPart.PARENTS_LETTER: N_("Elternbrief"),
    PackPart.QUESTIONNAIRE: N_("Fragebogen"),
    PackPart.MATERIAL: N_("Poster und Hinweise für Lehrkräfte"),
}


class Source(Definition):
    """A law or a decree: how it is cited, and what it is called."""

    cite: str
    title: Text


class Demand(Definition):
    """Something a request has to hold, and the parts of our pack that hold it."""

    cite: str
    text: Text
    parts: tuple[PackPart, ...] = Field(min_length=1)


class Condition(Definition):
    """Something approval depends on, and how a survey with this program keeps it."""

    cite: str
    text: Text
    kept: Text


class SchoolRules(Definition):
    """Who decides about a survey in a school, after whom, and on what.

    `results_return` says whether the school has to be given the results. `weeks_ahead` is our
    advice, not the law: how long before the first day a request should be there.
    """

    approval: bool
    decides: Text
    heard: Text | None = None
    results_return: bool
    weeks_ahead: int = Field(ge=0, le=52)
    sources: tuple[Source, ...] = Field(min_length=1)
    demands: tuple[Demand, ...] = ()
    conditions: tuple[Condition, ...] = ()
    notes: tuple[Text, ...] = ()


class Land(Definition):
    """A Land: its key, the first two digits of the AGS of its towns, and its rules."""

    id: LandId
    key: LandKey
    name: Text
    checked_on: IsoDay
    schools: SchoolRules
