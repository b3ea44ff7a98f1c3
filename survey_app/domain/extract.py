"""An extract: released tables on their way into a file, whatever they were drawn from.

The sheet of a measure and a roll-up of many have little in common on paper. In a file they are the
same thing: sections of tables, each with the questionnaire that was asked, and a few facts about
what they belong to. Every format takes an extract, so none has to know what a measure is.

An extract holds `Released | Withheld` and nothing that was counted before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from survey_app.domain.by_group import ByGroup, by_group
from survey_app.domain.codebook import Level, Variable
from survey_app.domain.disclosure import DisclosurePolicy, Withheld
from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Audience
from survey_app.domain.results import ResultRow, WaveResult
from survey_app.domain.rollup import RolledUp
from survey_app.domain.sheet import EvaluationSheet
from survey_app.domain.towns import keys_of, names_of


class Kind(StrEnum):
    """What the tables were drawn from."""

    MEASURE = "measure"
    ROLL_UP = "roll_up"


@dataclass(frozen=True)
class Fact:
    """Something about the whole extract: a name for programs, a German label, a value."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Section:
    """The tables of one wave, or of several together (`wave` is None then).

    `variables` is the codebook; `texts` says for free texts how many people wrote something,
    `groups` are the breakdowns that were declared. On `recounted_on` other numbers took the place
    of the first ones.
    """

    wave: int | None
    audience: Audience
    questionnaire: str
    version: str
    fingerprint: str
    base: int | Withheld
    variables: tuple[Variable, ...]
    rows: tuple[ResultRow, ...]
    texts: tuple[tuple[Variable, int | Withheld], ...] = ()
    groups: tuple[ByGroup, ...] = ()
    recounted_on: date | None = None

    @property
    def withheld(self) -> int:
        """Return how many tables and counts are withheld, those by group included."""
        values = [row.table for row in self.rows] + [count for _, count in self.texts]
        by_group = sum(each.withheld for each in self.groups)
        return by_group + sum(isinstance(value, Withheld) for value in values)


@dataclass(frozen=True)
class Extract:
    """Everything a file may hold; `number` names it, `as_of` is the day of its data."""

    kind: Kind
    number: str
    title: str
    as_of: date
    sample: bool
    network: str
    contact: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    limits: tuple[Message, ...]
    policy: DisclosurePolicy

    @property
    def withheld(self) -> int:
        """Return how many values are withheld."""
        return sum(section.withheld for section in self.sections)


def extract_of(sheet: EvaluationSheet) -> Extract:
    """Return everything released about a measure, wave by wave."""
    measure = sheet.measure
    return Extract(
        kind=Kind.MEASURE,
        number=sheet.number,
        title=measure.title,
        as_of=sheet.as_of,
        sample=measure.network.sample,
        network=measure.network.name,
        contact=measure.network.contact,
        facts=(
            Fact("municipality", MUNICIPALITY, names_of(measure)),
            Fact("ags", AGS, keys_of(measure)),
            Fact("organisation", ORGANISATION, measure.organisation.name),
            Fact("starts_on", STARTS, measure.starts_on.isoformat()),
            Fact("ends_on", ENDS, measure.ends_on.isoformat()),
        ),
        sections=tuple(map(section_of, sheet.results)),
        limits=sheet.limits,
        policy=sheet.method.policy,
    )


def section_of(result: WaveResult) -> Section:
    """Return the tables of one wave."""
    released, variables = result.released, tuple(result.questionnaire.codebook())
    return Section(
        wave=result.wave.id,
        audience=result.wave.audience,
        questionnaire=released.questionnaire,
        version=released.version,
        fingerprint=released.fingerprint,
        base=released.base,
        variables=variables,
        rows=result.rows,
        texts=tuple(
            (variable, released.texts[variable.name])
            for variable in variables
            if variable.level is Level.TEXT
        ),
        groups=by_group(result),
        recounted_on=result.recounted_on,
    )


def section_of_roll_up(
    rolled: RolledUp, variables: Mapping[str, Variable], audience: Audience
) -> Section:
    """Return the core questions of a roll-up; `variables` says by core what was asked.

    Core questions come from several questionnaires: there is no version and no fingerprint, and
    each goes by its core name.
    """
    asked = {
        core: replace(variables[core], name=core) for core in rolled.cores if core in variables
    }
    return Section(
        wave=None,
        audience=audience,
        questionnaire=CORE_QUESTIONS,
        version="",
        fingerprint="",
        base=rolled.answers,
        variables=tuple(asked.values()),
        rows=tuple(
            ResultRow(variable, rolled.cores[core].table) for core, variable in asked.items()
        ),
    )


CORE_QUESTIONS: Final = "kernfragen"  # stands where the id of a questionnaire stands otherwise
MUNICIPALITY = N_("Kommune")
AGS = N_("Gemeindeschlüssel")
ORGANISATION = N_("Träger")
STARTS = N_("Beginn")
ENDS = N_("Ende")
