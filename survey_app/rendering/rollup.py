"""The roll-up: a few A4 pages for a health conference, and the same content for a web page.

`RollUpReport` decides what stands there; one template says it for both, so that paper and page can
never differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from survey_app.domain.commitment import Status
from survey_app.domain.disclosure import Released, Withheld
from survey_app.domain.lights import Light
from survey_app.domain.master_data import Decision
from survey_app.domain.measure import Topic
from survey_app.domain.messages import N_, Words
from survey_app.domain.questionnaire import Audience
from survey_app.domain.roll_up_report import CoreLine, RollUpReport, audience_of
from survey_app.domain.roll_up_steps import decided, promised
from survey_app.domain.selection import DISTRICT
from survey_app.domain.standards import Judged
from survey_app.domain.text import Wording
from survey_app.rendering.charts.base import Drawing, Frame
from survey_app.rendering.environment import render_template
from survey_app.rendering.funnel import funnel_drawing, share_line
from survey_app.rendering.pdf import Document
from survey_app.rendering.rollup_parts import (
    WITHHELD,
    BesideRow,
    ChangeRow,
    Forest,
    TrendRow,
    beside_rows,
    change_rows,
    forests,
    interval_said,
    trend_rows,
)

PAPER_LINE, SCREEN_LINE = Frame(42, 4, 3, "mm"), Frame(240, 22, 14)
PAPER_FUNNEL, SCREEN_FUNNEL = Frame(180, 50, 2.9, "mm"), Frame(720, 320, 14)


@dataclass(frozen=True)
class Small:
    """How large the small drawings are."""

    bar: Frame
    difference: Frame
    trend: Frame


ON_PAPER: Final = Small(Frame(39, 3.2, 3, "mm"), Frame(38, 3.6, 3, "mm"), Frame(40, 8, 3, "mm"))
ON_SCREEN: Final = Small(Frame(240, 18, 14), Frame(240, 22, 14), Frame(220, 56, 14))


@dataclass(frozen=True)
class CoreRow:
    """One core question as it is said; `also` are those that are withheld for the same reason."""

    name: str
    text: Wording
    figure: str
    interval: str
    counts: str
    base: str
    measures: str
    drawing: Drawing | None
    reason: str
    also: tuple["CoreRow", ...] = ()


@dataclass(frozen=True)
class CoreGroup:
    """The questions to one audience, with a German heading.

    `withheld` are those that are withheld for a reason they share: each time the first of them.
    """

    heading: str
    rows: tuple[CoreRow, ...]
    withheld: tuple[CoreRow, ...]


@dataclass(frozen=True)
class RollUpPage:
    """What the template shows beside the report itself."""

    title: str
    report: RollUpReport
    rows: tuple[CoreRow, ...]
    funnel: Drawing | None
    funnel_text: Wording | None
    trend: tuple[TrendRow, ...]
    beside: tuple[BesideRow, ...]
    changes: tuple[ChangeRow, ...]
    forests: tuple[Forest, ...]
    lights: tuple[Light, ...] = (Light.GREEN, Light.YELLOW, Light.RED, Light.GREY)
    topics: tuple[Topic, ...] = tuple(Topic)
    whole_district: int = DISTRICT
    withheld: str = WITHHELD

    @property
    def promised(self) -> Mapping[Status, int]:
        """Return how many promises there are of each status."""
        return promised(self.report.commitments)

    @property
    def decided(self) -> Mapping[Decision, int]:
        """Return what was decided of how many measures."""
        return decided(each.measure for each in self.report.measures)

    @property
    def says_what_follows(self) -> bool:
        """Return whether anything was decided or promised."""
        return any([*self.decided.values(), *self.promised.values()])

    @property
    def is_of_network(self) -> bool:
        """Return whether it is about everything."""
        return self.report.town is None and self.report.scope.topic is None

    @property
    def participations(self) -> int:
        """Return how often somebody took part, as far as it is known."""
        return sum(each.participations for each in self.report.reach)

    @property
    def groups(self) -> tuple[CoreGroup, ...]:
        """Return the questions by who was asked."""
        asked = audience_of(self.report)
        found: dict[str, list[CoreRow]] = {}
        for row in self.rows:
            heading = MEETING if row.name.startswith("N") else ASKED.get(asked.get(row.name), "")
            found.setdefault(heading, []).append(row)
        return tuple(_group(heading, rows) for heading, rows in found.items())

    @property
    def is_district_wide(self) -> bool:
        """Return whether no measure belongs to a single municipality."""
        spots = self.report.spots
        return len(spots.without_any) == len(spots.municipalities)

    @property
    def consented(self) -> tuple[str, ...]:
        """Return the questions that are shown because an institution agreed."""
        return tuple(line.variable.name for line in self.report.cores if line.with_consent)

    def lights_of(self, judged: Judged) -> tuple[tuple[Light, int], ...]:
        """Return the lights of a measure with their numbers."""
        found = [goal.light for goal in judged.goals]
        return tuple((light, found.count(light)) for light in self.lights if light in found)


def roll_up_document(report: RollUpReport, words: Words) -> Document:
    """Return the roll-up as a document for `PdfPool`."""
    page = _page(report, words, PAPER_LINE, PAPER_FUNNEL, ON_PAPER)
    return Document(render_template("rollup.html", words, page=page), ("leaves.css", "rollup.css"))


def roll_up_html(report: RollUpReport, words: Words) -> Markup:
    """Return the content as a fragment for a web page; it begins with an h1."""
    page = _page(report, words, SCREEN_LINE, SCREEN_FUNNEL, ON_SCREEN)
    return Markup(render_template("rollup_fragment.html", words, page=page))  # noqa: S704 - escaped


def title_of(report: RollUpReport, words: Words) -> str:
    """Return what it is about: a municipality, a topic or the network."""
    if report.town:
        return report.town.name
    return words.gettext(report.scope.topic.label) if report.scope.topic else report.network.name


def _page(report: RollUpReport, words: Words, line: Frame, plot: Frame, small: Small) -> RollUpPage:
    return RollUpPage(
        title=title_of(report, words),
        report=report,
        rows=tuple(_row(each, line, words) for each in report.cores if _is_alone(report, each)),
        funnel=funnel_drawing(report.funnel[1], plot, words) if report.funnel else None,
        funnel_text=report.funnel[0].text.wording(words.code) if report.funnel else None,
        trend=tuple(trend_rows(report, small.trend, words)),
        beside=tuple(beside_rows(report, small.bar, words)),
        changes=tuple(change_rows(report, small.difference, words)),
        forests=tuple(forests(report, small.difference, words)),
    )


def _group(heading: str, rows: Sequence[CoreRow]) -> CoreGroup:
    """Return a group; a reason that several share is said once, below what is shown."""
    by_reason: dict[str, list[CoreRow]] = {}
    for row in rows:
        by_reason.setdefault(row.reason, []).append(row)
    shared = {reason for reason, same in by_reason.items() if reason and len(same) > 1}
    alone = tuple(row for row in rows if row.reason not in shared)
    firsts = (by_reason[reason] for reason in by_reason if reason in shared)
    return CoreGroup(
        heading, alone, tuple(replace(each[0], also=tuple(each[1:])) for each in firsts)
    )


def _is_alone(report: RollUpReport, line: CoreLine) -> bool:
    """Return whether a question does not stand beside the rest of the district already."""
    beside = report.rest.rows if report.rest else ()
    return all(row.here is not line for row in beside)


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
        interval=interval_said(line, words),
        counts=_counts(line, table, words) if share is None else "",
        base=words.number(table.base),
        measures=words.number(line.measures),
        drawing=share_line(share, interval, frame, words) if share and interval else None,
        reason="",
    )


def _counts(line: CoreLine, table: Released, words: Words) -> str:
    cells: Mapping[object, int] = {cell.code: cell.count for cell in table.cells}
    return " · ".join(
        f"{line.variable.label_of(code, words.code)}: {words.number(count)}"  # type: ignore[arg-type]
        for code, count in cells.items()
    )


ASKED: Final[Mapping[Audience | None, str]] = {
    Audience.YOUNG_PEOPLE: N_("Junge Menschen"),
    Audience.PROFESSIONALS: N_("Fachkräfte"),
}
MEETING: Final = N_("Auf den Netzwerktreffen")
