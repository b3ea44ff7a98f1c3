"""The parts of a roll-up that compare, as they are said: the rest of the district, changes, time.

Each part is a table whose rows carry a drawing; numbers are said here, once for paper and page.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from survey_app.domain.differences import Difference, Moments
from survey_app.domain.disclosure import Withheld
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.roll_up_change import Change, Pooled
from survey_app.domain.roll_up_core import CoreLine
from survey_app.domain.roll_up_report import RollUpReport
from survey_app.domain.roll_up_rest import Beside
from survey_app.domain.statistics import Share
from survey_app.domain.text import Wording
from survey_app.rendering.charts.base import Drawing, Frame
from survey_app.rendering.rollup_drawings import difference_line, over_time, reach_of, share_bar

WITHHELD: Final = "•"
MOST_FORESTS: Final = 3
MINUS: Final = "\u2212"
LEFT, BACK = "\u2066", "\u2069"  # left-to-right isolate, and its end


@dataclass(frozen=True)
class SideRow:
    """One of both sides of a question."""

    name: str
    figure: str
    interval: str
    base: str
    drawing: Drawing


@dataclass(frozen=True)
class BesideRow:
    """One question beside the rest of the district: both sides, or why not."""

    core: str
    text: Wording
    sides: tuple[SideRow, ...]
    overlap: Message | None
    why: str

    @property
    def is_apart(self) -> bool:
        """Return whether more than chance explains lies between both sides."""
        return self.overlap is not None and self.overlap.text == APART


@dataclass(frozen=True)
class ForestRow:
    """One line of a forest plot; a title of None is all together."""

    title: str | None
    before: str
    after: str
    difference: str
    people: str
    drawing: Drawing | None


@dataclass(frozen=True)
class Forest:
    """One question with its lines."""

    pooled: Pooled
    text: Wording
    rows: tuple[ForestRow, ...]
    together: ForestRow | None
    why: str
    effect: str
    d_av: str


@dataclass(frozen=True)
class ChangeRow:
    """One question with all measures together, and how many these are."""

    pooled: Pooled
    text: Wording
    measures: str
    together: ForestRow | None
    why: str
    d_av: str


@dataclass(frozen=True)
class TrendRow:
    """One question over the conferences."""

    text: Wording
    drawing: Drawing
    shares: tuple[str, ...]


def interval_said(line: CoreLine, words: Words) -> str:
    """Return the interval of a share in whole percent."""
    if line.interval is None:
        return ""
    low, high = (round(100 * end) for end in (line.interval.low, line.interval.high))
    return _leftward(Message(FROM_TO, {"low": low, "high": high}).said(words), words)


def _leftward(said: str, words: Words) -> str:
    """Return figures that keep their order in a language that is written from the right."""
    return f"{LEFT}{said}{BACK}" if words.direction == "rtl" else said


# Beside the rest of the district


def beside_rows(report: RollUpReport, frame: Frame, words: Words) -> Iterator[BesideRow]:
    """Yield the questions of a municipality beside those of the rest."""
    for row in report.rest.rows if report.rest else ():
        yield _beside(row, report.town.name if report.town else "", frame, words)


def _beside(row: Beside, town: str, frame: Frame, words: Words) -> BesideRow:
    variable = row.here.variable
    lines = [(town, row.here)]
    if row.rest is not None:
        lines.append((words.gettext(REST), row.rest))
    sides = tuple(
        _side(name, line, frame, words, hatched=line is not row.here) for name, line in lines
    )
    said = None if row.overlaps is None else Message(OVERLAP if row.overlaps else APART)
    why = row.why.said(words) if row.why else ""
    return BesideRow(variable.name, variable.text.wording(words.code), sides, said, why)


def _side(name: str, line: CoreLine, frame: Frame, words: Words, *, hatched: bool) -> SideRow:
    if line.share is None or line.interval is None:
        raise ValueError(f"{line.variable.name}: only what has a share is compared")
    return SideRow(
        name,
        words.percent(line.share.value),
        interval_said(line, words),
        words.number(line.share.base),
        share_bar(line.share, line.interval, frame, words, hatched=hatched),
    )


# Before and after


def forests(report: RollUpReport, frame: Frame, words: Words) -> Iterator[Forest]:
    """Yield the first questions about change, each with a line per measure and all together.

    All of them would fill many pages, and their measures' sheets have them; which come first is the
    questionnaire's order and no choice by result.
    """
    for pooled in by_measure(report):
        yield _forest(pooled, frame, words)


def by_measure(report: RollUpReport) -> list[Pooled]:
    """Return the questions about change that are told by measure."""
    return [each for each in report.changes if len(each.lines) > 1][:MOST_FORESTS]


def change_rows(report: RollUpReport, frame: Frame, words: Words) -> Iterator[ChangeRow]:
    """Yield every question about change with all measures together."""
    for pooled in report.changes:
        found = _forest(pooled, frame, words)
        shown = words.number(pooled.shown)
        yield ChangeRow(pooled, found.text, shown, found.together, found.why, found.d_av)


def _forest(pooled: Pooled, frame: Frame, words: Words) -> Forest:
    changes = [line.change for line in pooled.lines]
    every = [each.difference for each in (*changes, pooled.together) if each]
    reach = reach_of(every)
    say = _points(words) if pooled.is_of_shares else _steps(words)

    def row(title: str | None, change: Change | None) -> ForestRow:
        return _forest_row(title, change, reach, frame, words, say)

    together = row(None, pooled.together) if pooled.together else None
    return Forest(
        pooled,
        pooled.variable.text.wording(words.code),
        tuple(row(line.measure.title, line.change) for line in pooled.lines),
        together,
        pooled.why.said(words) if pooled.why else "",
        *_effect_said(pooled.together, words),
    )


def _forest_row(
    title: str | None,
    change: Change | None,
    reach: float,
    frame: Frame,
    words: Words,
    say: Callable[[float], str],
) -> ForestRow:
    if change is None:
        return ForestRow(title, WITHHELD, WITHHELD, WITHHELD, WITHHELD, None)
    said = _difference_said(change.difference, say, words)
    before, after = change.people
    people = words.number(before)
    if before != after:
        values = {"before": words.number(before), "after": words.number(after)}
        people = Message(BOTH, values).said(words)
    return ForestRow(
        title,
        _end_said(change.before, words),
        _end_said(change.after, words),
        said,
        people,
        difference_line(change.difference, reach, frame, said, pooled=title is None),
    )


def _end_said(end: Share | Moments | None, words: Words) -> str:
    if isinstance(end, Share):
        return words.percent(end.value)
    return "–" if end is None else words.number(end.mean, 1)


def _difference_said(found: Difference, say: Callable[[float], str], words: Words) -> str:
    values = {"value": say(found.value), "low": say(found.low), "high": say(found.high)}
    return Message(DIFFERENCE, values).said(words)


def _points(words: Words) -> Callable[[float], str]:
    return lambda value: signed(round(100 * value), 0, words)


def _steps(words: Words) -> Callable[[float], str]:
    return lambda value: signed(value, 1, words)


def signed(value: float, digits: int, words: Words) -> str:
    """Return a number with its sign, a true minus; what rounds to zero has none.

    In a language that is written from the right the sign stays on the left of its number.
    """
    rounded = round(value, digits)
    size = words.number(abs(rounded), digits)
    if rounded == 0:
        return size
    return _leftward(f"{'+' if rounded > 0 else MINUS}{size}", words)


def _effect_said(change: Change | None, words: Words) -> tuple[str, str]:
    found = change.effect if change else None
    if found is None or found.d_av is None or found.word is None:
        return "", "–"
    d_av = signed(found.d_av, 2, words)
    return Message(EFFECT, {"d": d_av, "word": words.gettext(found.word)}).said(words), d_av


# Over time


def trend_rows(report: RollUpReport, frame: Frame, words: Words) -> Iterator[TrendRow]:
    """Yield the questions of the conferences, each with its line."""
    if report.trend is None:
        return
    for variable in report.trend.variables:
        found = [each.shares.get(variable.core or "") for each in report.trend.conferences]
        said = tuple(_share(share, words) for share in found)
        drawn = over_time(_shown(found), frame, " → ".join(said))
        yield TrendRow(variable.text.wording(words.code), drawn, said)


def _shown(shares: Sequence[Share | Withheld | None]) -> list[Share | None]:
    return [share if isinstance(share, Share) else None for share in shares]


def _share(share: Share | Withheld | None, words: Words) -> str:
    if share is None:
        return "–"
    return WITHHELD if isinstance(share, Withheld) else words.percent(share.value)


FROM_TO: Final = N_("%(low)s–%(high)s %%")
REST: Final = N_("übriger Kreis")
OVERLAP: Final = N_("Bereiche überschneiden sich")
APART: Final = N_("Bereiche überschneiden sich nicht")
BOTH: Final = N_("%(before)s / %(after)s")
DIFFERENCE: Final = N_("%(value)s (%(low)s bis %(high)s)")
EFFECT: Final = N_("Alle zusammen: d_av = %(d)s, %(word)s. Ohne Vergleichsgruppe.")
