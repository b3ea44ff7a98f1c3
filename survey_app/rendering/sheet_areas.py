"""The areas of a sheet that stand beside the answers, said in one language.

Goals with their lights, commitments, voices, comparisons, the three sides of quality, the
good-practice profile and the costs. An area without content is empty, and the page closes up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import bidirectional

from survey_app.domain.commitment import Commitment
from survey_app.domain.comparison import Comparison, GroupChange, Linkage, LookBack, Moved
from survey_app.domain.differences import Difference, Moments
from survey_app.domain.disclosure import Withheld
from survey_app.domain.finding import Place
from survey_app.domain.goal import LATE
from survey_app.domain.lights import JudgedGoal, Light
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, Message
from survey_app.domain.sheet import EvaluationSheet
from survey_app.domain.side_facts import CostLine, profile
from survey_app.domain.statistics import Share
from survey_app.domain.text import FALLBACK, Wording
from survey_app.rendering.charts import CHARTS
from survey_app.rendering.charts.base import Drawing
from survey_app.rendering.sheet_parts import WITHHELD, PairFigure, Style, signed

MOST_BULLET: Final = 110  # letters of a bullet; the rest is in the annex
MOST_FUNDERS: Final = 4
MOST_QUOTE: Final = 160


@dataclass(frozen=True)
class Sentence:
    """A passage of the sheet; `edited` says that staff put words of their own there."""

    text: str
    edited: bool


@dataclass(frozen=True)
class GoalRow:
    """One goal; `notes` are what else is to be said of it."""

    text: str
    stage: str
    indicator: Wording
    target: str
    result: PairFigure
    light: Light
    word: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class CommitmentRow:
    """One answer to a wish: what happens, who sees to it, until when."""

    answer: str
    about: str


@dataclass(frozen=True)
class VoicesView:
    """Quotes that a person released, each with its note, and the themes that were named most."""

    quotes: tuple[PairFigure, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True)
class ChangeRow:
    """One comparison of two times."""

    text: Wording
    note: str
    drawing: Drawing | None
    before: PairFigure
    after: PairFigure
    change: PairFigure
    reason: str


@dataclass(frozen=True)
class ChangeTable:
    """All comparisons of one kind; `label` is printed large."""

    label: str
    meaning: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class SideView:
    """One of the three sides of quality."""

    title: str
    bullets: tuple[str, ...]


@dataclass(frozen=True)
class RatingView:
    """One criterion of good practice; `step` is 0 to 4, None without a rating."""

    label: str
    step: int | None
    figure: str


@dataclass(frozen=True)
class CostView:
    """One line of the costs."""

    name: str
    amount: str


def sentence(sheet: EvaluationSheet, place: Place, style: Style) -> Sentence:
    """Return the passage of one place, generated or edited."""
    found = sheet.finding(place)
    return Sentence(found.said(style.words), found.is_edited)


# Page 1


def goal_rows(goals: Sequence[JudgedGoal], style: Style) -> tuple[GoalRow, ...]:
    """Return the goals with their lights."""
    return tuple(_goal_row(goal, style) for goal in goals)


def _goal_row(judged: JudgedGoal, style: Style) -> GoalRow:
    goal = judged.goal
    return GoalRow(
        text=goal.text,
        stage=style.said(STAGE, stage=Message(goal.stage.label)),
        indicator=_indicator(judged, style),
        target=style.words.percent(goal.target_share),
        result=_result(judged, style),
        light=judged.light,
        word=style.said(judged.light.word),
        notes=tuple(_notes(judged, style)),
    )


def _indicator(judged: JudgedGoal, style: Style) -> Wording:
    if judged.variable is not None:
        return style.wording(judged.variable.text)
    return Wording(judged.goal.other or str(judged.goal.indicator), FALLBACK)


def _result(judged: JudgedGoal, style: Style) -> PairFigure:
    share = judged.share
    if isinstance(share, Withheld):
        return PairFigure(WITHHELD, "")
    if share is None:
        return PairFigure("–", "")
    return share_figure(share, style)


def share_figure(share: Share, style: Style) -> PairFigure:
    """Return a share as people read it, and its interval."""
    values = {"count": style.number(share.count), "base": style.number(share.base)}
    few = share.base < style.policy.percent_from
    first = style.said(COUNTED, **values) if few else style.words.percent(share.value)
    low, high = (style.words.percent(end) for end in (share.interval.low, share.interval.high))
    return PairFigure(first, style.said(FROM_TO, low=low, high=high))


def _notes(judged: JudgedGoal, style: Style) -> Iterator[str]:
    if judged.is_unsure:
        yield style.said(UNSURE)
    if judged.light is Light.GREY and judged.why:
        yield judged.why.said(style.words)
    if judged.late:
        yield style.said(LATE)


def commitment_rows(commitments: Sequence[Commitment], style: Style) -> tuple[CommitmentRow, ...]:
    """Return what becomes of the wishes."""
    return tuple(_commitment_row(each, style) for each in commitments)


def _commitment_row(each: Commitment, style: Style) -> CommitmentRow:
    about = [style.said(each.status.label), each.office]
    if each.due_on and not each.is_declined:
        about.insert(1, style.said(UNTIL, day=style.day(each.due_on)))
    said = style.said(DECLINED, wish=each.wish, reason=each.reason)
    return CommitmentRow(said if each.is_declined else each.answer, ", ".join(about))


def voices_view(sheet: EvaluationSheet, style: Style) -> VoicesView | None:
    """Return what was said in own words, once people have read it."""
    if not sheet.voices:
        return None
    quotes = (
        PairFigure(
            _apart(_short(each.text, MOST_QUOTE)), each.note.said(style.words) if each.note else ""
        )
        for each in sheet.voices.quotes
    )
    return VoicesView(
        tuple(quotes), tuple(theme.said.said(style.words) for theme in sheet.voices.themes[:3])
    )


def _apart(text: str) -> str:
    """Return a text that keeps its own direction between our quotation marks (UAX 9, isolates)."""
    from_the_right = any(bidirectional(letter) in ("R", "AL") for letter in text)
    return f"\u2068{text}\u2069" if from_the_right else text


def confidence_facts(sheet: EvaluationSheet, style: Style) -> tuple[str, str]:
    """Return how far the sheet can be trusted in a word, and why."""
    reasons = (reason.said(style.words) for reason in sheet.confidence.reasons)
    return style.said(sheet.confidence.strength.word), " · ".join(reasons)


# Page 2: what changed


def change_tables(comparison: Comparison, style: Style) -> tuple[ChangeTable, ...]:
    """Return the comparisons, those of one kind together."""
    kinds: tuple[tuple[Linkage, Sequence[GroupChange | LookBack]], ...] = (
        (Linkage.UNLINKED, comparison.groups),
        (Linkage.LOOKING_BACK, comparison.looking_back),
    )
    return tuple(
        ChangeTable(
            style.said(linkage.label), style.said(linkage.meaning), tuple(_changes(rows, style))
        )
        for linkage, rows in kinds
        if rows
    )


def _changes(rows: Sequence[GroupChange | LookBack], style: Style) -> Iterator[ChangeRow]:
    drawings = CHARTS["dumbbell"].drawings(rows, style.pen(style.frames.dots))
    for row, drawn in zip(rows, drawings, strict=True):
        drawing = drawn[0] if drawn else None
        if isinstance(row, GroupChange):
            yield _group_change(row, drawing, style)
        else:
            yield _look_back(row, drawing, style)


def _group_change(row: GroupChange, drawing: Drawing | None, style: Style) -> ChangeRow:
    scale = style.said(ON_A_SCALE, low=row.scale[0], high=row.scale[1]) if row.is_of_means else ""
    return ChangeRow(
        text=style.wording(row.variable.text),
        note=scale,
        drawing=drawing,
        before=_figure(row.before, style),
        after=_figure(row.after, style),
        change=_change(row.difference, style, points=not row.is_of_means),
        reason=row.after.message.said(style.words) if isinstance(row.after, Withheld) else "",
    )


def _look_back(row: LookBack, drawing: Drawing | None, style: Style) -> ChangeRow:
    effect = row.effect
    withheld = row.table.message.said(style.words) if isinstance(row.table, Withheld) else ""
    return ChangeRow(
        text=style.wording(row.variable.text),
        note=" · ".join(_look_back_notes(row, style)),
        drawing=drawing,
        before=_figure(row.then, style),
        after=_figure(row.now, style),
        change=_change(effect.change if effect else None, style, points=False),
        reason=withheld,
    )


def _look_back_notes(row: LookBack, style: Style) -> Iterator[str]:
    effect = row.effect
    if effect and effect.word and effect.d_av is not None:
        enough = not isinstance(row.base, Withheld) and row.base >= style.policy.percent_from
        figure = f" (d = {style.words.number(effect.d_av, 2)})" if enough else ""
        yield style.said(effect.word) + figure
    if row.moved:
        yield _moved(row.moved, style)


def _moved(moved: Moved, style: Style) -> str:
    if moved.same is None or moved.worse is None:
        return style.said(TWO_GROUPS, better=moved.better, rest=moved.rest)
    values = {"better": moved.better, "same": moved.same, "worse": moved.worse}
    return style.said(THREE_GROUPS, **values)


def _figure(side: Share | Moments | Withheld | None, style: Style) -> PairFigure:
    if side is None or isinstance(side, Withheld):
        return PairFigure(WITHHELD, "")
    if isinstance(side, Share):
        few = side.base < style.policy.percent_from
        values = {"count": style.number(side.count), "base": style.number(side.base)}
        first = style.said(COUNTED, **values) if few else style.words.percent(side.value)
        second = style.words.percent(side.value) if few else f"n = {style.number(side.base)}"
        return PairFigure(first, second)
    return PairFigure(style.words.number(side.mean, 1), f"n = {style.number(side.n)}")


def _change(difference: Difference | None, style: Style, *, points: bool) -> PairFigure:
    if difference is None:
        return PairFigure(WITHHELD, "")
    ends = (difference.value, difference.low, difference.high)
    first, low, high = (
        signed(round(100 * end)) if points else signed_number(end, style) for end in ends
    )
    return PairFigure(first, style.said(FROM_TO, low=low, high=high))


def signed_number(value: float, style: Style) -> str:
    """Return a mean change with its sign and two decimals."""
    said = style.words.number(abs(value), 2)
    sign = "" if round(value, 2) == 0 else "+" if value > 0 else "−"
    return sign + said


# Page 2: beside the answers


def side_views(sheet: EvaluationSheet, style: Style) -> tuple[SideView, ...]:
    """Return structure, process and outcome."""
    return tuple(
        SideView(
            style.said(side.title),
            tuple(_short(bullet.said(style.words)) for bullet in side.bullets),
        )
        for side in sheet.sides
    )


def _short(text: str, most: int = MOST_BULLET) -> str:
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0] + " …"


def rating_views(measure: Measure, style: Style) -> tuple[RatingView, ...]:
    """Return the twelve criteria of good practice; none if nothing was rated."""
    return tuple(
        RatingView(
            label=style.said(criterion.label),
            step=rating.step if rating else None,
            figure=_rating(rating.step if rating else None, known=rating is not None, style=style),
        )
        for criterion, rating in profile(measure)
    )


def _rating(step: int | None, *, known: bool, style: Style) -> str:
    if step is not None:
        return style.said(OF_FOUR, step=step)
    return style.said(NOT_APPLICABLE) if known else "–"


def cost_views(
    lines: Sequence[CostLine], style: Style, *, everything: bool = False
) -> tuple[CostView, ...]:
    """Return the costs; unless `everything` is wanted, the smaller of many funders as a sum."""
    funders = sorted((each for each in lines if isinstance(each.name, str)), key=_by_amount)
    most = len(funders) if everything else MOST_FUNDERS
    shown = funders[:most]
    rest = sum(each.cents for each in funders[most:])
    views = []
    for line in lines:
        if not isinstance(line.name, str):
            views.append(CostView(line.name.said(style.words), style.words.money(line.cents)))
        elif line in shown:
            views.append(CostView(line.name, style.words.money(line.cents)))
    return (
        *views,
        *([CostView(style.said(MORE_FUNDERS), style.words.money(rest))] if rest else []),
    )


def _by_amount(line: CostLine) -> int:
    return -line.cents


STAGE: Final = N_("Wirkungsstufe %(stage)s")
COUNTED: Final = N_("%(count)s von %(base)s")
FROM_TO: Final = N_("%(low)s bis %(high)s")
UNSURE: Final = N_("unsicher")
UNTIL: Final = N_("bis %(day)s")
DECLINED: Final = N_("„%(wish)s“ geht nicht: %(reason)s")
ON_A_SCALE: Final = N_("Mittelwert, von %(low)s bis %(high)s")
THREE_GROUPS: Final = N_("%(better)s besser, %(same)s gleich, %(worse)s schlechter")
TWO_GROUPS: Final = N_("%(better)s besser, %(rest)s gleich oder schlechter")
MORE_FUNDERS: Final = N_("weitere Förderung")
OF_FOUR: Final = N_("%(step)s von 4")
NOT_APPLICABLE: Final = N_("n. a.")
