"""The parts of an evaluation sheet, with everything already said in one language.

What a template gets is text and drawings, nothing to decide. `BarTable`, `PairRow` and `Panel` are
the three ways in which the sheet shows results; which one a variable gets is the choice of the
chart that draws it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from survey_app.domain.codebook import Variable
from survey_app.domain.comparison import MirroredPair
from survey_app.domain.disclosure import DisclosurePolicy, Released, Withheld
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.sheet import ResultRow
from survey_app.domain.statistics import Share, percents_of
from survey_app.domain.text import Text, Wording
from survey_app.rendering.charts import CHARTS, chart_for
from survey_app.rendering.charts.base import Drawing, Frame, Pen, hatches, tones
from survey_app.rendering.charts.columns import span
from survey_app.rendering.charts.diverging import from_bad_to_good, in_people, is_turned

WITHHELD: Final = "•"
FEW_FIGURE: Final = N_("%(count)s von %(base)s")


@dataclass(frozen=True)
class Frames:
    """The sizes of the drawings of one medium."""

    bar: Frame
    dots: Frame
    line: Frame
    columns: Frame


@dataclass(frozen=True)
class Style:
    """In which language, at which size and under which rules parts are made."""

    words: Words
    policy: DisclosurePolicy
    frames: Frames

    def pen(self, frame: Frame) -> Pen:
        """Return the pen that draws in `frame`."""
        return Pen(frame, self.words, self.policy)

    def wording(self, text: Text) -> Wording:
        """Return a wording with its true language."""
        return text.wording(self.words.code)

    def statement(self, variable: Variable) -> Wording:
        """Return what was rated; of then and now with the moment it is about."""
        text = self.wording(variable.text)
        if variable.stem is None or not variable.stem_first:
            return text
        return text._replace(text=f"{self.wording(variable.stem).text}: {text.text}")

    def said(self, text: str, **values: object) -> str:
        """Return a German sentence in the language of the sheet."""
        return Message(text, values).said(self.words)

    def day(self, day: date) -> str:
        """Return a date that is not broken over two lines."""
        return self.words.date(day).replace(" ", "\u00a0")

    def number(self, value: int) -> str:
        """Return a whole number."""
        return self.words.number(value)


@dataclass(frozen=True)
class Count:
    """One line of the table of numbers: an answer and how many gave it."""

    label: str
    count: str
    percent: str


@dataclass(frozen=True)
class Key:
    """One entry of a legend; `hatch` is the colour of the lines on it, if there are any."""

    label: str
    colour: str
    hatch: str


@dataclass(frozen=True)
class BarRow:
    """One statement with its bar; `reason` instead of it where it is withheld."""

    number: str
    text: Wording
    drawing: Drawing | None
    positive: str
    base: str
    missing: str
    counts: tuple[Count, ...]
    reason: str


@dataclass(frozen=True)
class BarTable:
    """Statements on one scale. `people`: the bars show people, not percents.

    `labels` are the answers of the scale, `keys` its legend; `legend` says whether it is printed.
    """

    labels: tuple[str, ...]
    keys: tuple[Key, ...]
    rows: tuple[BarRow, ...]
    people: bool
    missing_head: str
    notice: str = ""
    legend: bool = True


@dataclass(frozen=True)
class PairFigure:
    """One side of a pair: the figure people read first and the smaller one."""

    first: str
    second: str


@dataclass(frozen=True)
class PairRow:
    """What young people and professionals say about the same thing."""

    young_text: Wording
    professional_text: Wording
    drawing: Drawing | None
    young: PairFigure
    professional: PairFigure
    gap: str
    reason: str


@dataclass(frozen=True)
class PanelLine:
    """One answer of a panel with its bar."""

    label: str
    drawing: Drawing
    figure: str


@dataclass(frozen=True)
class Panel:
    """One question of half a page's width: a line per answer, or one picture of all.

    `scale` says what the numbers of a picture mean: their unit, or the wording of both ends.
    """

    text: Wording
    base: str
    scale: str
    lines: tuple[PanelLine, ...]
    picture: Drawing | None
    counts: tuple[Count, ...]
    reason: str


# Statements and their bars


def bar_tables(rows: Iterable[ResultRow], style: Style) -> tuple[BarTable, ...]:
    """Return one table per answer scale, in the order in which the scales come."""
    groups: dict[tuple[object, ...], list[ResultRow]] = {}
    for row in rows:
        if chart_for(row) == "diverging":
            coarse = isinstance(row.table, Released) and row.table.coarse
            scale = tuple((label.code, label.text.german) for label in row.variable.labels)
            groups.setdefault((scale, coarse, is_turned(row.variable)), []).append(row)
    return tuple(_bar_table(group, style) for group in groups.values())


def _bar_table(rows: Sequence[ResultRow], style: Style) -> BarTable:
    people = in_people(rows, style.policy)
    released = [row.table for row in rows if isinstance(row.table, Released)]
    reasons = all(table.missing is not None for table in released)
    notice = _common_reason(rows, style)
    drawings = CHARTS["diverging"].drawings(rows, style.pen(style.frames.bar))
    labels = _labels(rows, style)
    return BarTable(
        labels=labels,
        keys=tuple(map(Key, labels, tones(len(labels)), hatches(len(labels)))),
        rows=tuple(
            _bar_row(row, drawn, style, people=people, reasons=reasons, notice=notice)
            for row, drawn in zip(rows, drawings, strict=True)
        ),
        people=people,
        missing_head=style.said(N_("weiß nicht")) if reasons else style.said(N_("ohne Angabe")),
        notice=notice,
    )


def _common_reason(rows: Sequence[ResultRow], style: Style) -> str:
    """Return the one reason why all rows are withheld; empty if they have no such thing."""
    tables = {row.table if isinstance(row.table, Withheld) else None for row in rows}
    (table, *others) = tables
    return table.message.said(style.words) if table and not others else ""


def _labels(rows: Sequence[ResultRow], style: Style) -> tuple[str, ...]:
    variable = rows[0].variable
    tables = [row.table for row in rows if isinstance(row.table, Released)]
    codes = [cell.code for cell in tables[0].cells] if tables else list(variable.codes)
    labels = [variable.label_of(code, style.words.code) for code in codes]
    return tuple(from_bad_to_good(variable, labels))


def _bar_row(
    row: ResultRow,
    drawn: Sequence[Drawing],
    style: Style,
    *,
    people: bool,
    reasons: bool,
    notice: str,
) -> BarRow:
    number, text = row.variable.core or "", style.statement(row.variable)
    table, positive = row.table, row.positive
    if isinstance(table, Withheld) or not isinstance(positive, Share):
        reason = "" if notice or isinstance(table, Released) else table.message.said(style.words)
        return BarRow(number, text, None, WITHHELD, WITHHELD, WITHHELD, (), reason)
    missing = table.missing.refused if reasons and table.missing else table.missing_total
    return BarRow(
        number=number,
        text=text,
        drawing=drawn[0],
        positive=_figure(positive, style, people=people),
        base=style.number(table.base),
        missing=style.number(missing),
        counts=tuple(from_bad_to_good(row.variable, counts_of(row, table, style))),
        reason="",
    )


def _figure(share: Share, style: Style, *, people: bool) -> str:
    if people:
        values = {"count": style.number(share.count), "base": style.number(share.base)}
        return style.said(FEW_FIGURE, **values)
    return style.words.percent(share.value)


def counts_of(row: ResultRow, table: Released, style: Style) -> tuple[Count, ...]:
    """Return the table's numbers: count and whole percent of each answer."""
    return tuple(
        Count(
            row.variable.label_of(cell.code, style.words.code),
            style.number(cell.count),
            style.words.percent(percent / 100),
        )
        for cell, percent in zip(table.cells, percents_of(table), strict=True)
    )


# Two groups side by side


def pair_rows(pairs: Sequence[MirroredPair], style: Style) -> tuple[PairRow, ...]:
    """Return the mirrored questions."""
    drawings = CHARTS["paired_dots"].drawings(pairs, style.pen(style.frames.dots))
    return tuple(
        PairRow(
            young_text=style.wording(pair.young.text),
            professional_text=style.wording(pair.professional.text),
            drawing=drawn[0] if drawn else None,
            young=_pair_figure(pair.young_share, style),
            professional=_pair_figure(pair.professional_share, style),
            gap=WITHHELD if pair.gap is None else signed(pair.gap),
            reason=_pair_reason(pair, style),
        )
        for pair, drawn in zip(pairs, drawings, strict=True)
    )


def _pair_figure(share: Share | Withheld, style: Style) -> PairFigure:
    if isinstance(share, Withheld):
        return PairFigure(WITHHELD, "")
    percent = style.words.percent(share.value)
    few = share.base < style.policy.percent_from
    first = _figure(share, style, people=few)
    return PairFigure(first, percent if few else f"n = {style.number(share.base)}")


def _pair_reason(pair: MirroredPair, style: Style) -> str:
    if isinstance(pair.young_share, Withheld) and isinstance(pair.professional_share, Withheld):
        return pair.young_share.message.said(style.words)
    return ""


def signed(points: int) -> str:
    """Return whole points with their sign.

    >>> signed(12), signed(-5), signed(0)
    ('+12', '−5', '0')
    """
    return f"{points:+d}".replace("-", "−") if points else "0"


# Questions of half a page's width


def panels(rows: Iterable[ResultRow], style: Style) -> tuple[Panel, ...]:
    """Return the questions that are not drawn as diverging bars."""
    return tuple(_panel(row, style) for row in rows if chart_for(row) != "diverging")


def _panel(row: ResultRow, style: Style) -> Panel:
    text, table = style.wording(row.variable.text), row.table
    if isinstance(table, Withheld):
        return Panel(text, WITHHELD, "", (), None, (), table.message.said(style.words))
    name = chart_for(row)
    single = name == "columns"
    frame = style.frames.columns if single else style.frames.line
    (drawings,) = CHARTS[name].drawings([row], style.pen(frame))
    counts = _spans(row, table, style) if single else counts_of(row, table, style)
    return Panel(
        text=text,
        base=style.number(table.base),
        scale=_scale(row, style) if single else "",
        lines=() if single else _panel_lines(counts, drawings, table, style),
        picture=drawings[0] if single else None,
        counts=counts,
        reason="",
    )


def _spans(row: ResultRow, table: Released, style: Style) -> tuple[Count, ...]:
    return tuple(
        replace(count, label=span(cell.code))
        for count, cell in zip(counts_of(row, table, style), table.cells, strict=True)
    )


def _scale(row: ResultRow, style: Style) -> str:
    """Return the unit, or the wording of both ends, or nothing."""
    if row.variable.unit:
        return row.variable.unit.said(style.words.code)
    ends = (row.variable.codes[0], row.variable.codes[-1])
    said = [row.variable.label_of(code, style.words.code) for code in ends]
    return ", ".join(said) if said != [str(code) for code in ends] else ""


def _panel_lines(
    counts: Sequence[Count], drawings: Sequence[Drawing], table: Released, style: Style
) -> tuple[PanelLine, ...]:
    few = table.base < style.policy.percent_from
    return tuple(
        PanelLine(count.label, drawing, count.count if few else count.percent)
        for count, drawing in zip(counts, drawings, strict=True)
    )
