"""JSON for other programs, by the schema ``mitreden-results/1``.

The schema is a file beside this one (`mitreden-results-1.schema.json`, JSON Schema 2020-12), and
the tests hold every document against it. A change that breaks readers gets a new number; new keys
do not.

    schema      always "mitreden-results/1"
    kind        "measure" or "roll_up"
    sample      true for invented data, which must say so wherever it is shown
    extract     number, title, day of the data (ISO 8601), and facts by name
    waves       each: wave (null for several together), audience, questionnaire, version,
                fingerprint, base, variables; base is null where it is withheld
    variables   each: name, question, status, and either reason, reason_code and mark (why it is
                withheld) or base, missing and answers: code, label, count, percent (whole)
    codebook    one entry per code, as in the XLSX file

A withheld number is null and never 0.
"""

import json
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from survey_app.domain.disclosure import Withheld
from survey_app.domain.extract import Extract, Section
from survey_app.domain.messages import N_, Words
from survey_app.rendering.exports.base import WITHHELD_SIGN, Format, Result, section_results
from survey_app.rendering.exports.explaining import codebook, protection, rights

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
        "variables": [_variable(list(each)) for _, each in groupby(rows, lambda r: r.variable)],
    }


def _variable(rows: list[Result]) -> dict[str, Any]:
    first = rows[0]
    head = {"name": first.variable, "question": first.question}
    if first.reason:
        why = {"reason": first.reason, "reason_code": first.reason_code, "mark": WITHHELD_SIGN}
        return {**head, "status": "withheld", **why}
    return {
        **head,
        "status": "released",
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
