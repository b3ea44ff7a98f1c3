"""What a person states about a municipality, an organisation or a site, and what is wrong with it.

How many people live somewhere is only worth something with a day and a source: "15.800" alone can
neither be checked nor compared. So the three are stated together or not at all.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from survey_app.domain.measure import Law, SchoolForm, Setting
from survey_app.domain.messages import N_, NN_, Fault, Message

# The key begins with the number of the Land, 01 to 16 (Statistisches Bundesamt,
# Gemeindeverzeichnis).
AGS: Final = re.compile(r"(0[1-9]|1[0-6])[0-9]{6}")
MOST_PEOPLE: Final = 20_000_000


class PlaceKind(StrEnum):
    """The three kinds of places; the values are those of a person's reach, too."""

    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"
    SITE = "site"


@dataclass(frozen=True)
class NewMunicipality:
    """What is stated about a municipality; see `measure.Municipality`."""

    ags: str
    name: str
    population: int | None = None
    population_on: date | None = None
    population_basis: str = ""
    youth_population: int | None = None

    def faults(self, today: date) -> list[Fault]:
        """Return what is wrong, each with the name of its field."""
        faults = [] if AGS.fullmatch(self.ags) else [Fault(Message(NO_AGS), ("ags",))]
        return [*faults, *self._faults_of_population(today), *self._faults_of_youth()]

    def _faults_of_population(self, today: date) -> list[Fault]:
        if self.population is None:
            given = self.population_on or self.population_basis or self.youth_population
            return [Fault(Message(NO_POPULATION), ("population",))] if given else []
        faults = []
        if not 0 < self.population <= MOST_PEOPLE:
            faults.append(Fault(Message(NO_SUCH_SIZE), ("population",)))
        if self.population_on is None:
            faults.append(Fault(Message(NO_DAY), ("population_on",)))
        elif self.population_on > today:
            faults.append(Fault(Message(IN_THE_FUTURE), ("population_on",)))
        if not self.population_basis:
            faults.append(Fault(Message(NO_BASIS), ("population_basis",)))
        return faults

    def _faults_of_youth(self) -> list[Fault]:
        if self.youth_population is None or self.population is None:
            return []
        if 0 < self.youth_population <= self.population:
            return []
        return [Fault(Message(TOO_MANY_YOUNG), ("youth_population",))]


@dataclass(frozen=True)
class NewOrganisation:
    """What is stated about an organisation."""

    name: str
    law: Law
    legal_form: str = ""


@dataclass(frozen=True)
class NewSite:
    """What is stated about a site; `municipality` is an id of the same network."""

    municipality: int
    name: str
    setting: Setting
    school_form: SchoolForm | None = None

    def faults(self) -> list[Fault]:
        """Return what is wrong, each with the name of its field."""
        if self.school_form is None or self.setting is Setting.SCHOOL:
            return []
        return [Fault(Message(NOT_A_SCHOOL), ("school_form",))]


@dataclass(frozen=True)
class Uses:
    """How often a place is used: what would be left without it."""

    sites: int = 0
    measures: int = 0
    accounts: int = 0

    def __bool__(self) -> bool:
        return bool(self.sites or self.measures or self.accounts)

    @property
    def said(self) -> tuple[Message, ...]:
        """Return them in words: "3 Einrichtungen", "1 Maßnahme"."""
        counted = ((SITES, self.sites), (MEASURES, self.measures), (ACCOUNTS, self.accounts))
        return tuple(Message.counted(forms, n, {"n": n}) for forms, n in counted if n)


UNUSED: Final = Uses()

SITES: Final = NN_("%(n)s Einrichtung", "%(n)s Einrichtungen")
MEASURES: Final = NN_("%(n)s Maßnahme", "%(n)s Maßnahmen")
ACCOUNTS: Final = NN_("%(n)s Konto", "%(n)s Konten")

NO_AGS: Final = N_(
    "Der amtliche Gemeindeschlüssel hat acht Ziffern, zum Beispiel 05166004 für Brüggen. Er steht"
    " im Gemeindeverzeichnis."
)
NO_POPULATION: Final = N_("Dazu fehlt die Zahl der Einwohnerinnen und Einwohner.")
NO_SUCH_SIZE: Final = N_("So groß ist keine Kommune. Bitte prüfen Sie die Zahl.")
NO_DAY: Final = N_("Von welchem Tag ist die Zahl? Meist ist es ein 31. Dezember.")
IN_THE_FUTURE: Final = N_("Dieser Tag kommt erst noch. Bitte prüfen Sie das Datum.")
NO_BASIS: Final = N_(
    "Woher ist die Zahl? Zum Beispiel: Fortschreibung auf Basis des Zensus 2022 (IT.NRW)"
)
TOO_MANY_YOUNG: Final = N_("Das können nicht mehr sein, als insgesamt dort wohnen, und nicht null.")
NOT_A_SCHOOL: Final = N_("Eine Schulform hat nur eine Schule. Bitte lassen Sie das Feld leer.")
