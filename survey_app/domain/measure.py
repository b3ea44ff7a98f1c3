"""Places, people who are responsible, and the measure that is evaluated.

The controlled lists (topics, settings, laws) are short on purpose: a roll-up needs words that
everybody uses the same way.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey_app.domain.messages import N_


class Topic(StrEnum):
    """What a measure is about."""

    MENTAL_HEALTH_LITERACY = "mental_health_literacy"
    MEDIA_LITERACY = "media_literacy"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return TOPICS[self]


class Setting(StrEnum):
    """Where a measure takes place."""

    SCHOOL = "school"
    YOUTH_CENTRE = "youth_centre"
    CLUB = "club"
    MUNICIPALITY = "municipality"
    ONLINE = "online"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return SETTINGS[self]


class Law(StrEnum):
    """The data protection law an organisation lives under."""

    GDPR = "DSGVO"
    CATHOLIC = "KDG"
    PROTESTANT = "DSG-EKD"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return LAWS[self]


TOPICS = {
    Topic.MENTAL_HEALTH_LITERACY: N_("Psychische Gesundheitskompetenz"),
    Topic.MEDIA_LITERACY: N_("Medienkompetenz"),
}
SETTINGS = {
    Setting.SCHOOL: N_("Schule"),
    Setting.YOUTH_CENTRE: N_("Jugendtreff"),
    Setting.CLUB: N_("Verein"),
    Setting.MUNICIPALITY: N_("Kommune"),
    Setting.ONLINE: N_("Online"),
}
LAWS = {
    Law.GDPR: N_("Datenschutz-Grundverordnung (DSGVO)"),
    Law.CATHOLIC: N_("Gesetz über den Kirchlichen Datenschutz (KDG)"),
    Law.PROTESTANT: N_("Datenschutzgesetz der Evangelischen Kirche in Deutschland (DSG-EKD)"),
}


@dataclass(frozen=True)
class Network:
    """The tenant: everything else belongs to exactly one network.

    `contact` is the address printed on sheets and pages. `sample` marks invented data, which says
    so wherever it is shown.
    """

    id: int
    name: str
    contact: str
    sample: bool = False


@dataclass(frozen=True)
class Municipality:
    """A town. `ags` is the official 8-digit key, a string with its leading zero."""

    id: int
    network: int
    ags: str
    name: str


@dataclass(frozen=True)
class Organisation:
    """Who is responsible for measures (Träger)."""

    id: int
    network: int
    name: str
    law: Law = Law.GDPR


@dataclass(frozen=True)
class Site:
    """A school, youth centre or club."""

    id: int
    network: int
    municipality: int
    name: str
    setting: Setting


@dataclass(frozen=True)
class NewMeasure:
    """What a person states when planning a measure; ids refer to the same network.

    `participants` is how many young people took part, `invited` how many were asked to; both may
    be unknown. `sessions` counts how often it was held.
    """

    title: str
    summary: str
    topic: Topic
    municipality: int
    organisation: int
    site: int | None
    starts_on: date
    ends_on: date
    sessions: int = 1
    invited: int | None = None
    participants: int | None = None
    funders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """The activity that is evaluated, with its places and people looked up."""

    id: int
    network: Network
    title: str
    summary: str
    topic: Topic
    municipality: Municipality
    organisation: Organisation
    site: Site | None
    starts_on: date
    ends_on: date
    sessions: int = 1
    invited: int | None = None
    participants: int | None = None
    funders: tuple[str, ...] = ()
