"""JSON for other programs, by the schema ``mitreden-results/1``.

The schema is a file beside this one (`mitreden-results-1.schema.json`, JSON Schema 2020-12), and
the tests hold every document against it. A change that breaks readers gets a new number; new keys
do not.

    schema      always "mitreden-results/1"
    kind        "measure" or "roll_up"
    sample      true for invented data, which must say so wherever it is shown
    extract     number, title, day of the data (ISO 8601), and facts by name
    waves       each: wave (null for several together), audience, questionnaire, version,
                fingerprint, base, variables, groups, recounted_on; base is null where it is
                withheld, recounted_on where no recount replaced the numbers
    variables   each: name, question, status, and either reason, reason_code and mark (why it is
                withheld) or base, missing and answers: code, label, count, percent (whole)
    groups      for each declared breakdown: by, question, status, and either the reason or the
                variables, each with groups (code, label, base, missing, answers) or the reason
    codebook    one entry per code, as in the XLSX file

A withheld number is null and never 0.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from survey_app.domain.disclosure import Withheld
from survey_app.domain.extract import Extract, Section
from survey_app.domain.messages import N_, Words
from survey_app.rendering.exports.base import WITHHELD_SIGN, Format, Result, section_results
from survey_app.rendering.exports.explaining import codebook, protection, rights
from survey_app.rendering.exports.grouped import GroupResult, section_group_results

SCHEMA: Final = "mitreden-results/1"
SCHEMA_FILE: Final = Path(__file__).parent / "mitreden-results-1.schema.json"


def export(extract: Extract, words: Words) -> bytes:
    """Return the document, indented, keys in a fixed order."""
    document = {
        "schema": SCHEMA,
        "kind": extract.kind.value,
        "sample": extract.sample,
        "note": words.gettext(N_("Beispieldaten")) if extract.sample else "",
        "language": words.code,
        "extract": _head(extract),
        "waves": [_wave(extract, section, words) for section in extract.sections],
        "withheld": extract.withheld,
        "protection": [message.said(words) for message in protection(extract)],
        "limits": [limit.said(words) for limit in extract.limits],
        "rights": rights(extract).said(words),
        "codebook": [asdict(entry) for entry in codebook(extract, words)],
    }
    return written(document)


def written(document: Any) -> bytes:
    """Return a document as bytes: indented, in UTF-8, with a line break at the end."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _head(extract: Extract) -> dict[str, Any]:
    return {
        "number": extract.number,
        "title": extract.title,
        "as_of": extract.as_of.isoformat(),
        "network": extract.network,
        "contact": extract.contact,
        "facts": {fact.name: fact.value for fact in extract.facts},
    }


def _wave(extract: Extract, section: Section, words: Words) -> dict[str, Any]:
    rows = section_results(extract, section, words)
    return {
        "wave": section.wave,
        "audience": section.audience.value,
        "questionnaire": section.questionnaire,
        "version": section.version,
        "fingerprint": section.fingerprint,
        "base": None if isinstance(section.base, Withheld) else section.base,
        "variables": [told_variable(list(each)) for _, each in groupby(rows, lambda r: r.variable)],
        "groups": _groups(extract, section, words),
        "recounted_on": section.recounted_on.isoformat() if section.recounted_on else None,
    }


def _groups(extract: Extract, section: Section, words: Words) -> list[dict[str, Any]]:
    """Return the breakdowns: by what, and question by question all groups or a reason."""
    found = []
    rows = section_group_results(extract, section, words)
    for _, each in groupby(rows, lambda row: row.by):
        first, *others = each
        head = {"by": first.by, "question": first.by_question}
        if not first.variable:
            found.append({**head, **_why(first)})
        else:
            variables = groupby([first, *others], lambda row: row.variable)
            shown = [_by_group(list(row)) for _, row in variables]
            found.append({**head, "status": "released", "variables": shown})
    return found


def _by_group(rows: list[GroupResult]) -> dict[str, Any]:
    first = rows[0]
    head = {"name": first.variable, "question": first.question}
    if first.reason:
        return {**head, **_why(first)}
    groups = groupby(rows, lambda row: (row.group, row.group_label))
    return {
        **head,
        "status": "released",
        "groups": [
            {"code": code, "label": label, **_counts(list(each))} for (code, label), each in groups
        ],
    }


def told_variable(rows: list[Result]) -> dict[str, Any]:
    """Return a variable with its answers, or the reason why there are none."""
    first = rows[0]
    head = {"name": first.variable, "question": first.question}
    if first.reason:
        return {**head, **_why(first)}
    return {**head, "status": "released", **_counts(rows)}


def _why(row: Result) -> dict[str, Any]:
    why = {"reason": row.reason, "reason_code": row.reason_code, "mark": WITHHELD_SIGN}
    return {"status": "withheld", **why}


def _counts(rows: Sequence[Result]) -> dict[str, Any]:
    first = rows[0]
    return {
        "base": first.base,
        "missing": {
            "total": first.missing,
            "unanswered": first.unanswered,
            "refused": first.refused,
            "filtered": first.filtered,
        },
        "answers": [
            {"code": row.code, "label": row.label, "count": row.count, "percent": row.percent}
            for row in rows
        ],
    }


FORMAT = Format(
    "json",
    "application/json",
    N_("JSON für Programme"),
    N_("Mit Codebuch und festem Schema, für eigene Programme."),
    export,
)
