"""What the sample district is made of: who, where, and who answered what (sample_district.py)."""

from dataclasses import dataclass

from survey_app.domain.measure import Law, Setting, Topic
from survey_app.domain.wave import Point


@dataclass(frozen=True)
class SampleOrganisation:
    """Who is responsible, and the law it lives under."""

    name: str
    law: Law = Law.GDPR


@dataclass(frozen=True)
class SampleSite:
    """A place where something happens, in one of the municipalities."""

    name: str
    municipality: str
    setting: Setting


@dataclass(frozen=True)
class SampleWave:
    """`answers` sheets come from a group of `group` people.

    What is asked before stays open until the measure begins, and fewer agree than afterwards.
    Nobody leaves out `all_say`: one person without a group is a group too small to be shown.
    """

    questionnaire: str
    answers: int
    group: int
    point: Point = Point.ONCE
    all_say: tuple[str, ...] = ()


@dataclass(frozen=True)
class SampleMeasure:
    """An invented measure; its waves open on its last day and stay open for `OPEN_DAYS`.

    A wave before it opens that many days before its first.

    `ends` counts days from today, the past is negative. `mood` is how well it was received, from 0
    to 1.
    """

    title: str
    summary: str
    topic: Topic
    organisation: SampleOrganisation
    site: SampleSite
    ends: int
    waves: tuple[SampleWave, ...]
    also_in: tuple[str, ...] = ()
    district_wide: bool = False
    mood: float = 0.68
    days: int = 1
    sessions: int = 1
    invited: int | None = None
    participants: int | None = None
