"""What one closed wave has to say: its released tables, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from survey_app.domain.codebook import Level, Variable
from survey_app.domain.comparison import Tables, positive_share
from survey_app.domain.disclosure import Released, ReleasedBlock, Withheld
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.statistics import Share
from survey_app.domain.wave import Wave


@dataclass(frozen=True)
class WaveResult:
    """A closed wave and what of it may be shown; `imported` answers were collected elsewhere.

    `recounted_on` is the day on which a recount replaced what had been counted (domain/recount.py).
    """

    wave: Wave
    released: ReleasedBlock
    imported: bool = False
    recounted_on: date | None = None

    @property
    def questionnaire(self) -> Questionnaire:
        """Return the frozen questionnaire."""
        return self.wave.questionnaire

    @property
    def rows(self) -> tuple["ResultRow", ...]:
        """Return one row per variable that has a table."""
        return tuple(map(self.row, self.counted))

    @property
    def counted(self) -> Iterator[Variable]:
        """Yield the variables that have a table."""
        return (each for each in self.questionnaire.codebook() if each.level is not Level.TEXT)

    def row(self, variable: Variable) -> "ResultRow":
        """Return the row of one variable of this questionnaire, without looking at the others."""
        return ResultRow(variable, self.released.tables[variable.name])

    @property
    def tables(self) -> Tables:
        """Return the variables and their tables by name."""
        return {row.variable.name: (row.variable, row.table) for row in self.rows}


@dataclass(frozen=True)
class ResultRow:
    """One variable and its table, or why there is none."""

    variable: Variable
    table: Released | Withheld

    @property
    def positive(self) -> Share | Withheld | None:
        """Return the share of positive answers; None where no answer counts as positive."""
        if not self.variable.positive:
            return None
        return positive_share(self.table, self.variable)


@dataclass(frozen=True)
class ResultSection:
    """The rows of one wave that stand together on the sheet."""

    wave: Wave
    base: int | Withheld
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True)
class TextRow:
    """One free-text question and how many wrote something."""

    wave: Wave
    variable: Variable
    count: int | Withheld


RECOUNTED = N_("neu ausgezählt am %(day)s")


def row_of(core: WaveResult | None, name: str) -> ResultRow | None:
    """Return the row of a core question, if it was asked."""
    if core is None:
        return None
    return next((core.row(each) for each in core.counted if each.core == name), None)


def group_size(measure: Measure, wave: Wave) -> int | None:
    """Return how many people could have answered, if known."""
    if wave.expected is not None:
        return wave.expected
    return measure.participants if wave.audience is Audience.YOUNG_PEOPLE else None


def response_rate(measure: Measure, result: WaveResult) -> float | None:
    """Return which share of the group answered; None if that is unknown or withheld."""
    base, group = result.released.base, group_size(measure, result.wave)
    return None if isinstance(base, Withheld) or not group else base / group
