"""A roll-up as JSON for other programs, by the schema ``mitreden-rollup/1``.

The schema is a file beside this one (`mitreden-rollup-1.schema.json`, JSON Schema 2020-12), and the
tests hold every document against it. A change that breaks readers gets a new number; new keys do
not.

    schema      always "mitreden-rollup/1"
    roll_up     number, title, year, key, municipality and topic (or null), day of the data
    measures    what belongs to it, by the alphabet; reach says how many took part where
    goals       how many have which light; standards how many measures met which of them
    answers     how many people the questions tell of, null if nothing is released
    why         why there are no questions at all, or null
    questions   the core questions: as in mitreden-results/1, and beside it from how many measures
                and institutions, and the positive answers with their 95 % interval
    conferences the meetings of a network, oldest first, with the share of positive answers
    rest        of a municipality: the same questions in the rest of the district, or null
    changes     of a topic: before and after, in percent or as means, by design; the first questions
                by measure too
    money       by funder and by year, in cents; null if nobody said anything
    next_steps  of a municipality or a topic: what was decided and promised, by day

A withheld number is null and never 0.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from survey_app.domain.disclosure import Withheld
from survey_app.domain.extract import Extract
from survey_app.domain.measure import Municipality
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.roll_up_report import CoreLine, RollUpReport, audience_of
from survey_app.domain.roll_up_trend import Trend
from survey_app.domain.statistics import Share
from survey_app.rendering.exports.base import WITHHELD_SIGN, section_results
from survey_app.rendering.exports.explaining import protection, rights
from survey_app.rendering.exports.json import told_variable, written
from survey_app.rendering.rollup import title_of
from survey_app.rendering.rollup_json_parts import more_of, percent, positive

SCHEMA: Final = "mitreden-rollup/1"
SCHEMA_FILE: Final = Path(__file__).parent / "mitreden-rollup-1.schema.json"


def roll_up_document(report: RollUpReport, extract: Extract | None, words: Words) -> bytes:
    """Return the document; `extract` is what is released, None if nothing is."""
    document = {
        "schema": SCHEMA,
        "sample": report.network.sample,
        "note": words.gettext(N_("Beispieldaten")) if report.network.sample else "",
        "language": words.code,
        "roll_up": _head(report, words),
        "measures": [
            {"id": each.measure.id, "title": each.measure.title} for each in report.measures
        ],
        "institutions": report.institutions,
        "reach": [
            {
                "municipality": _town(each.town),
                "participations": each.participations,
                "unknown": each.unknown,
            }
            for each in report.reach
        ],
        "goals": {light.value: number for light, number in sorted(report.lights.items())},
        "standards": [
            {"name": each.name.said(words), "met": each.met, "of": each.of, "unknown": each.unknown}
            for each in report.standards
        ],
        "answers": report.rolled.answers if report.rolled else None,
        "why": report.why.said(words) if report.why else None,
        "questions": list(_questions(report, extract, words)),
        "conferences": _conferences(report.trend, words) if report.trend else [],
        **more_of(report, words),
        "protection": [each.said(words) for each in protection(extract)] if extract else [],
        "limits": [limit.said(words) for limit in extract.limits] if extract else [],
        "rights": rights(extract).said(words) if extract else None,
    }
    return written(document)


def _head(report: RollUpReport, words: Words) -> dict[str, Any]:
    return {
        "number": report.number,
        "title": title_of(report, words),
        "year": report.scope.year,
        "key": report.scope.key,
        "municipality": _town(report.town),
        "topic": report.scope.topic.value if report.scope.topic else None,
        "as_of": report.as_of.isoformat(),
        "network": report.network.name,
        "contact": report.network.contact,
    }


def _town(town: Municipality | None) -> dict[str, Any] | None:
    return {"name": town.name, "ags": town.ags} if town else None


def _questions(
    report: RollUpReport, extract: Extract | None, words: Words
) -> Iterator[dict[str, Any]]:
    audiences, sections = audience_of(report), extract.sections if extract else ()
    shown = {
        name: told_variable(list(rows))
        for section in sections
        if extract
        for name, rows in groupby(section_results(extract, section, words), lambda r: r.variable)
    }
    for line in report.cores:
        name = line.variable.name
        found = shown.get(name) or _too_small(line, words)
        yield found | {"name": name, "audience": audiences[name].value} | _beside(line)


def _too_small(line: CoreLine, words: Words) -> dict[str, Any]:
    """Return a question that is too small for this scope, and therefore in no file either."""
    why = line.table if isinstance(line.table, Message) else Message(N_("zu klein"))
    return {
        "question": line.variable.text.said(words.code),
        "status": "withheld",
        "reason": why.said(words),
        "reason_code": "small_scope",
        "mark": WITHHELD_SIGN,
    }


def _beside(line: CoreLine) -> dict[str, Any]:
    """Return how many it comes from and what they agree to; nothing of what is withheld."""
    if isinstance(line.table, Withheld | Message):
        return {}
    found: dict[str, Any] = {"measures": line.measures, "institutions": line.institutions}
    return found | {"positive": positive(line)}


def _conferences(trend: Trend, words: Words) -> list[dict[str, Any]]:
    asked = [(each.core or each.name, each.text.said(words.code)) for each in trend.variables]
    return [
        {
            "title": each.title,
            "day": each.day.isoformat(),
            "base": None if isinstance(each.base, Withheld) else each.base,
            "questions": [
                {"name": name, "question": text, "percent": _share(each.shares.get(name))}
                for name, text in asked
            ],
        }
        for each in trend.conferences
    ]


def _share(share: Share | Withheld | None) -> int | None:
    return percent(share.value) if isinstance(share, Share) else None
