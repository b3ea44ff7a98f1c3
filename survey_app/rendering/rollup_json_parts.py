"""The parts of mitreden-rollup/1 that compare and add up: rest, changes, money, next steps.

They say what stands on the page, rounded as there: shares in whole percent, means to one decimal.
What the page withholds is null here, with the reason beside it.
"""

from typing import Any

from survey_app.domain.differences import Moments
from survey_app.domain.measure import Measure
from survey_app.domain.messages import Words
from survey_app.domain.roll_up_change import Change, OfMeasure, Pooled
from survey_app.domain.roll_up_core import CoreLine
from survey_app.domain.roll_up_money import Money, Sum, YearOfMoney
from survey_app.domain.roll_up_report import RollUpReport
from survey_app.domain.roll_up_rest import Beside, RestOfDistrict
from survey_app.domain.roll_up_steps import Step
from survey_app.domain.statistics import Share
from survey_app.rendering.rollup_parts import by_measure

Told = dict[str, Any]


def more_of(report: RollUpReport, words: Words) -> Told:
    """Return the parts by their keys; a part that this scope has not is null or empty."""
    shown = set(map(id, by_measure(report)))
    of_network = report.town is None and report.scope.topic is None
    return {
        "rest": _rest(report.rest, words) if report.rest else None,
        "changes": [_pooled(each, words, lines=id(each) in shown) for each in report.changes],
        "money": _money(report.money) if report.money.is_known else None,
        "next_steps": [] if of_network else [_step(each, report) for each in report.steps],
    }


def positive(line: CoreLine) -> Told | None:
    """Return how many agree, with the interval; None where that makes no sense."""
    if line.share is None or line.interval is None:
        return None
    return {
        "count": line.share.count,
        "percent": percent(line.share.value),
        "low": percent(line.interval.low),
        "high": percent(line.interval.high),
    }


def percent(value: float) -> int:
    """Return a share in whole percent."""
    return round(100 * value)


# The rest of the district


def _rest(rest: RestOfDistrict, words: Words) -> Told:
    return {
        "why": rest.why.said(words) if rest.why else None,
        "finding": rest.finding.said(words) if rest.finding else None,
        "answers": None if rest.why else rest.answers,
        "measures": None if rest.why else rest.measures,
        "questions": [_beside(each, words) for each in rest.rows],
    }


def _beside(row: Beside, words: Words) -> Told:
    there = row.rest.share if row.rest else None
    return {
        "name": row.here.variable.name,
        "why": row.why.said(words) if row.why else None,
        "overlaps": row.overlaps,
        "base": there.base if there else None,
        "positive": positive(row.rest) if row.rest else None,
    }


# Before and after


def _pooled(pooled: Pooled, words: Words, *, lines: bool) -> Told:
    is_of_shares = pooled.is_of_shares
    return {
        "name": pooled.variable.name,
        "question": pooled.variable.text.said(words.code),
        "design": pooled.linkage.value,
        "unit": "percent" if is_of_shares else "mean",
        "measures": pooled.shown,
        "why": pooled.why.said(words) if pooled.why else None,
        "together": _change(pooled.together, is_of_shares),
        "by_measure": [_line(each, is_of_shares) for each in pooled.lines] if lines else [],
    }


def _line(line: OfMeasure, is_of_shares: bool) -> Told:
    return {**_named(line.measure), "change": _change(line.change, is_of_shares)}


def _named(measure: Measure) -> Told:
    return {"id": measure.id, "title": measure.title}


def _change(change: Change | None, is_of_shares: bool) -> Told | None:
    if change is None:
        return None
    found, (before, after) = change.difference, change.people
    ends = {"value": found.value, "low": found.low, "high": found.high}
    d_av = change.effect.d_av if change.effect else None
    return {
        "before": _end(change.before),
        "after": _end(change.after),
        "difference": {
            name: percent(end) if is_of_shares else round(end, 1) for name, end in ends.items()
        },
        "d_av": None if d_av is None else round(d_av, 2),
        "people": {"before": before, "after": after},
    }


def _end(end: Share | Moments | None) -> float | None:
    if end is None:
        return None
    return percent(end.value) if isinstance(end, Share) else round(end.mean, 1)


# Money and next steps


def _money(money: Money) -> Told:
    return {
        "funders": [
            {"name": each.name, "measures": each.measures}
            | _sums(given=each.given, planned=each.planned, actual=each.actual)
            for each in money.funders
        ],
        "years": [_year(each) for each in money.years],
    }


def _year(year: YearOfMoney) -> Told:
    sums = _sums(given=year.given, planned=year.planned, actual=year.actual)
    return {"year": year.year, **sums}


def _sums(**sums: Sum) -> Told:
    """Return cents, and how many measures said so; nobody is no zero."""
    return {
        name: {"cents": each.cents if each.measures else None, "measures": each.measures}
        for name, each in sums.items()
    }


def _step(step: Step, report: RollUpReport) -> Told:
    return {
        "measure": _named(step.measure),
        "decision": step.decision.value if step.decision else None,
        "what": step.what,
        "who": step.who,
        "due_on": step.due_on.isoformat() if step.due_on else None,
        "late": step.is_late(report.as_of),
    }
