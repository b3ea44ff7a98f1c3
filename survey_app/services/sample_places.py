"""The sample district's places in detail: invented numbers of people, forms of schools.

The municipalities are real, these numbers are not: round, and their source says so.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import Connection

from survey_app.domain.measure import Municipality, SchoolForm, Setting, Site
from survey_app.domain.places import NewMunicipality, NewSite, PlaceKind
from survey_app.storage import place_records

BASIS: Final = "erfundene Zahl für Beispieldaten"
COUNTED_ON: Final = date(2024, 12, 31)

PEOPLE: Final[Mapping[str, tuple[int, int]]] = {  # in all, and from 12 to 21
    "Brüggen": (15_000, 1_500),
    "Grefrath": (14_000, 1_400),
    "Kempen": (34_000, 3_300),
    "Nettetal": (42_000, 4_200),
    "Niederkrüchten": (15_500, 1_500),
    "Schwalmtal": (19_000, 1_900),
    "Tönisvorst": (29_000, 2_800),
    "Viersen": (76_000, 7_500),
    "Willich": (50_000, 5_000),
}
SCHOOL_FORMS: Final[Mapping[str, SchoolForm]] = {  # by how the name of a school begins
    "Gesamtschule": SchoolForm.COMPREHENSIVE,
    "Realschule": SchoolForm.INTERMEDIATE,
    "Gymnasium": SchoolForm.GRAMMAR,
    "Sekundarschule": SchoolForm.COMBINED_SECONDARY,
    "Berufskolleg": SchoolForm.VOCATIONAL,
}


def describe(connection: Connection, town: Municipality) -> None:
    """Store the invented numbers of a municipality."""
    people, young = PEOPLE[town.name]
    new = NewMunicipality(town.ags, town.name, people, COUNTED_ON, BASIS, young)
    place_records.change(connection, PlaceKind.MUNICIPALITY, town.network, town.id, new)


def describe_school(connection: Connection, site: Site) -> None:
    """Store the form of a school; other sites stay as they are."""
    if site.setting is Setting.SCHOOL:
        form = SCHOOL_FORMS[site.name.partition(" ")[0]]
        new = NewSite(site.municipality, site.name, site.setting, form)
        place_records.change(connection, PlaceKind.SITE, site.network, site.id, new)
