"""Places, people who are responsible, and the measure that is evaluated.

The controlled lists (topics, settings, laws) are short on purpose: a roll-up needs words that
everybody uses the same way.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey_app.domain.master_data import NOTHING_YET, MasterData
from survey_app.domain.messages import N_, Fault, Message


class Topic(StrEnum):
    """What a measure is about."""

    MENTAL_HEALTH_LITERACY = "mental_health_literacy"
    MEDIA_LITERACY = "media_literacy"
    MENTAL_HEALTH = "mental_health"
    STRESS = "stress"
    MOVEMENT = "movement"
    NUTRITION = "nutrition"
    ADDICTION_PREVENTION = "addiction_prevention"
    VIOLENCE_PREVENTION = "violence_prevention"
    INVOLVEMENT = "involvement"
    NETWORKING = "networking"

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


class SchoolForm(StrEnum):
    """What kind of school a school is."""

    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    INTERMEDIATE = "intermediate"
    COMBINED_SECONDARY = "combined_secondary"
    COMPREHENSIVE = "comprehensive"
    GRAMMAR = "grammar"
    VOCATIONAL = "vocational"
    SPECIAL_NEEDS = "special_needs"
    WALDORF = "waldorf"
    FURTHER_EDUCATION = "further_education"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return SCHOOL_FORMS[self]


class Law(StrEnum):
    """The data protection law an organisation lives under."""

    GDPR = "DSGVO"
    CATHOLIC = "KDG"
    PROTESTANT = "DSG-EKD"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return LAWS[self]


class Publication(StrEnum):
    """How far what is said about a measure has been looked at, from a draft to the public."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    APPROVED = "approved"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """Return the German word, to be translated."""
        return PUBLICATIONS[self]


TOPICS = {
    Topic.MENTAL_HEALTH_LITERACY: N_("Psychische Gesundheitskompetenz"),
    Topic.MEDIA_LITERACY: N_("Medienkompetenz"),
    Topic.MENTAL_HEALTH: N_("Seelische Gesundheit"),
    Topic.STRESS: N_("Stress und Entspannung"),
    Topic.MOVEMENT: N_("Bewegung und Sport"),
    Topic.NUTRITION: N_("Ernährung"),
    Topic.ADDICTION_PREVENTION: N_("Suchtprävention"),
    Topic.VIOLENCE_PREVENTION: N_("Gewaltprävention"),
    Topic.INVOLVEMENT: N_("Mitbestimmung"),
    Topic.NETWORKING: N_("Vernetzung"),
}
SETTINGS = {
    Setting.SCHOOL: N_("Schule"),
    Setting.YOUTH_CENTRE: N_("Jugendtreff"),
    Setting.CLUB: N_("Verein"),
    Setting.MUNICIPALITY: N_("Kommune"),
    Setting.ONLINE: N_("Online"),
}
SCHOOL_FORMS = {
    SchoolForm.PRIMARY: N_("Grundschule"),
    SchoolForm.LOWER_SECONDARY: N_("Hauptschule"),
    SchoolForm.INTERMEDIATE: N_("Realschule"),
    SchoolForm.COMBINED_SECONDARY: N_("Sekundarschule"),
    SchoolForm.COMPREHENSIVE: N_("Gesamtschule"),
    SchoolForm.GRAMMAR: N_("Gymnasium"),
    SchoolForm.VOCATIONAL: N_("Berufskolleg"),
    SchoolForm.SPECIAL_NEEDS: N_("Förderschule"),
    SchoolForm.WALDORF: N_("Waldorfschule"),
    SchoolForm.FURTHER_EDUCATION: N_("Weiterbildungskolleg"),
    SchoolForm.OTHER: N_("andere Schulform"),
}
LAWS = {
    Law.GDPR: N_("Datenschutz-Grundverordnung (DSGVO)"),
    Law.CATHOLIC: N_("Gesetz über den Kirchlichen Datenschutz (KDG)"),
    Law.PROTESTANT: N_("Datenschutzgesetz der Evangelischen Kirche in Deutschland (DSG-EKD)"),
}
PUBLICATIONS = {
    Publication.DRAFT: N_("Entwurf"),
    Publication.SUBMITTED: N_("zur Prüfung"),
    Publication.CHECKED: N_("fachlich geprüft"),
    Publication.APPROVED: N_("freigegeben"),
    Publication.PUBLISHED: N_("veröffentlicht"),
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
    """A town. `ags` is the official 8-digit key, a string with its leading zero.

    `population` was counted on `population_on`; `population_basis` says by whom and how ("Zensus
    2022, fortgeschrieben"). `youth_population` are those from 12 to 21 in the same count. What
    nobody looked up is None.
    """

    id: int
    network: int
    ags: str
    name: str
    population: int | None = None
    population_on: date | None = None
    population_basis: str = ""
    youth_population: int | None = None


@dataclass(frozen=True)
class Organisation:
    """Who is responsible for measures (Träger); `legal_form` is what the law calls it: GmbH …"""

    id: int
    network: int
    name: str
    law: Law = Law.GDPR
    legal_form: str = ""


@dataclass(frozen=True)
class Site:
    """A school, youth centre or club; only a school may have a school form."""

    id: int
    network: int
    municipality: int
    name: str
    setting: Setting
    school_form: SchoolForm | None = None


@dataclass(frozen=True)
class NewMeasure:
    """What a person states when planning a measure; ids refer to the same network.

    `participants` is how many young people took part, `invited` how many were asked to; both may
    be unknown. `sessions` counts how often it was held. `setting` is needed only where no site says
    it. What is `district_wide` is for young people of all municipalities; `municipality` is then
    where it is at home, as it is when a measure takes place in others too (`also_in`).
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
    secondary_topics: tuple[Topic, ...] = ()
    setting: Setting | None = None
    district_wide: bool = False
    also_in: tuple[int, ...] = ()
    publication: Publication = Publication.DRAFT
    master: MasterData = NOTHING_YET


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
    secondary_topics: tuple[Topic, ...] = ()
    setting: Setting | None = None
    district_wide: bool = False
    also_in: tuple[Municipality, ...] = ()
    publication: Publication = Publication.DRAFT
    master: MasterData = NOTHING_YET

    @property
    def municipalities(self) -> tuple[Municipality, ...]:
        """Return where it takes place, by name; of the whole district only where it is at home."""
        others = () if self.district_wide else self.also_in
        return tuple(sorted((self.municipality, *others), key=lambda town: town.name.casefold()))

    @property
    def counted_in(self) -> Municipality | None:
        """Return the one municipality whose young people were asked.

        None if they came from several: nobody knows how many from each, so what they say belongs to
        the district as a whole, and no answer is counted in two places.
        """
        return None if self.district_wide or self.also_in else self.municipality

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Return all topics, the main one first."""
        return (self.topic, *self.secondary_topics)

    @property
    def kind_of_place(self) -> Setting | None:
        """Return the setting: the one that was stated, else that of the site."""
        return self.setting or (self.site.setting if self.site else None)

    def as_planned(self) -> NewMeasure:
        """Return what was stated about it, to be changed or held again."""
        names = NewMeasure.__dataclass_fields__.keys() - {
            "municipality",
            "also_in",
            "organisation",
            "site",
        }
        return NewMeasure(
            **{name: getattr(self, name) for name in names},
            municipality=self.municipality.id,
            also_in=tuple(town.id for town in self.also_in),
            organisation=self.organisation.id,
            site=self.site.id if self.site else None,
        )


def faults_of_topics(new: NewMeasure) -> list[Fault]:
    """Return what is wrong with the topics, each with the name of its field."""
    if new.topic in new.secondary_topics or len(set(new.secondary_topics)) < len(
        new.secondary_topics
    ):
        return [Fault(Message(TOPIC_TWICE), ("second_topic",))]
    return []


TOPIC_TWICE = N_("Jedes Thema bitte nur einmal. Wählen Sie ein anderes oder lassen Sie es leer.")
