"""The roll-up: a few A4 pages for a health conference, and the same content for a web page.

`RollUpReport` decides what stands there; one template says it for both, so that paper and page can
never differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from survey_app.domain.disclosure import Released, Withheld
from survey_app.domain.lights import Light
from survey_app.domain.measure import Topic
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.roll_up_report import CoreLine, RollUpReport
from survey_app.domain.selection import DISTRICT
from survey_app.domain.standards import Judged
from survey_app.domain.statistics import Share
from survey_app.domain.text import Wording
from survey_app.rendering.charts.base import Drawing, Frame
from survey_app.rendering.environment import render_template
from survey_app.rendering.funnel import funnel_drawing, share_line
from survey_app.rendering.pdf import Document

WITHHELD: Final = "•"
PAPER_LINE, SCREEN_LINE = Frame(52, 4.2, 3, "mm"), Frame(240, 22, 14)
PAPER_FUNNEL, SCREEN_FUNNEL = Frame(180, 54, 2.9, "mm"), Frame(720, 320, 14)


@dataclass(frozen=True)
class CoreRow:
    """One core question as it is said."""

    name: str
    text: Wording
    figure: str
    interval: str
    counts: str
    base: str
    measures: str
    drawing: Drawing | None
    reason: str


@dataclass(frozen=True)
class RollUpPage:
    """What the template shows beside the report itself."""

    title: str
    report: RollUpReport
    rows: tuple[CoreRow, ...]
    funnel: Drawing | None
    funnel_text: Wording | None
    trend: tuple[tuple[Wording, tuple[str, ...]], ...]
    lights: tuple[Light, ...] = (Light.GREEN, Light.YELLOW, Light.RED, Light.GREY)
    topics: tuple[Topic, ...] = tuple(Topic)
    whole_district: int = DISTRICT
    withheld: str = WITHHELD

    @property
    def is_of_network(self) -> bool:
        """Return whether it is about everything."""
        return self.report.town is None and self.report.scope.topic is None

    @property
    def participations(self) -> int:
        """Return how often somebody took part, as far as it is known."""
        return sum(each.participations for each in self.report.reach)

    def lights_of(self, judged: Judged) -> tuple[tuple[Light, int], ...]:
        """Return the lights of a measure with their numbers."""
        found = [goal.light for goal in judged.goals]
        return tuple((light, found.count(light)) for light in self.lights if light in found)


def roll_up_document(report: RollUpReport, words: Words) -> Document:
    """Return the roll-up as a document for `PdfPool`."""
    page = _page(report, words, PAPER_LINE, PAPER_FUNNEL)
    return Document(render_template("rollup.html", words, page=page), ("leaves.css", "rollup.css"))


def roll_up_html(report: RollUpReport, words: Words) -> Markup:
    """Return the content as a fragment for a web page; it begins with an h1."""
    page = _page(report, words, SCREEN_LINE, SCREEN_FUNNEL)
    return Markup(render_template("rollup_fragment.html", words, page=page))  # noqa: S704 - escaped


def title_of(report: RollUpReport, words: Words) -> str:
    """Return what it is about: a municipality, a topic or the network."""
    if report.town:
        return report.town.name
    return words.gettext(report.scope.topic.label) if report.scope.topic else report.network.name


def _page(report: RollUpReport, words: Words, line: Frame, plot: Frame) -> RollUpPage:
    return RollUpPage(
        title=title_of(report, words),
        report=report,
        rows=tuple(_row(each, line, words) for each in report.cores),
        funnel=funnel_drawing(report.funnel[1], plot, words) if report.funnel else None,
        funnel_text=report.funnel[0].text.wording(words.code) if report.funnel else None,
        trend=tuple(_trend(report, words)),
    )


def _row(line: CoreLine, frame: Frame, words: Words) -> CoreRow:
    variable, table = line.variable, line.table
    text = variable.text.wording(words.code)
    if not isinstance(table, Released):
        reason = table.message if isinstance(table, Withheld) else table
        return CoreRow(
            variable.name, text, WITHHELD, "", "", WITHHELD, "", None, reason.said(words)
        )
    interval = share = None
    if line.share and line.interval:
        share, interval = line.share, line.interval
    return CoreRow(
        name=variable.name,
        text=text,
        figure=words.percent(share.value) if share else "",
        interval=_interval(line, words),
        counts=_counts(line, table, words) if share is None else "",
        base=words.number(table.base),
        measures=words.number(line.measures),
        drawing=share_line(share, interval, frame, words) if share and interval else None,
        reason="",
    )


def _interval(line: CoreLine, words: Words) -> str:
    if line.interval is None:
        return ""
    low, high = (round(100 * end) for end in (line.interval.low, line.interval.high))
    return Message(FROM_TO, {"low": low, "high": high}).said(words)


def _counts(line: CoreLine, table: Released, words: Words) -> str:
    cells: Mapping[object, int] = {cell.code: cell.count for cell in table.cells}
    return " · ".join(
        f"{line.variable.label_of(code, words.code)}: {words.number(count)}"  # type: ignore[arg-type]
        for code, count in cells.items()
    )


def _trend(report: RollUpReport, words: Words) -> list[tuple[Wording, tuple[str, ...]]]:
    if report.trend is None:
        return []
    return [
        (
            variable.text.wording(words.code),
            tuple(
                _share(each.shares.get(variable.core or ""), words)
                for each in report.trend.conferences
            ),
        )
        for variable in report.trend.variables
    ]


def _share(share: Share | Withheld | None, words: Words) -> str:
    if share is None:
        return "–"
    return WITHHELD if isinstance(share, Withheld) else words.percent(share.value)


FROM_TO: Final = N_("%(low)s–%(high)s %%")
