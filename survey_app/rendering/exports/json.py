"""JSON for other programs, by the schema name ``mitreden-sheet/1``.

    schema      always "mitreden-sheet/1"; a change that breaks readers gets a new number
    sample      true for invented data, which must say so wherever it is shown
    sheet       number, day of the data (ISO 8601), measure, place
    waves       each: wave, audience, questionnaire, version, fingerprint, base, variables
                base is null where it is withheld
    variables   each: name, question, status, and either reason (why it is withheld) or base,
                missing and answers: code, label, count, percent (whole)
    codebook    one entry per code, as in the XLSX file

A withheld number is null and never 0.
"""

import json
from dataclasses import asdict
from itertools import groupby
from typing import Any

from survey_app.domain.disclosure import Withheld
from survey_app.domain.messages import N_, Words
from survey_app.domain.sheet import EvaluationSheet, WaveResult
from survey_app.rendering.exports.base import Format, Result, codebook, results

SCHEMA = "mitreden-sheet/1"


def export(sheet: EvaluationSheet, words: Words) -> bytes:
    """Return the document, indented, keys in a fixed order."""
    rows = {wave: list(each) for wave, each in groupby(results(sheet, words), lambda r: r.wave)}
    document = {
        "schema": SCHEMA,
        "sample": sheet.measure.network.sample,
        "note": words.gettext(N_("Beispieldaten")) if sheet.measure.network.sample else "",
        "language": words.code,
        "sheet": _head(sheet),
        "waves": [_wave(result, rows.get(result.wave.id, [])) for result in sheet.results],
        "withheld": sheet.method.withheld,
        "limits": [limit.said(words) for limit in sheet.limits],
        "codebook": [asdict(entry) for entry in codebook(sheet, words)],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _head(sheet: EvaluationSheet) -> dict[str, Any]:
    measure = sheet.measure
    return {
        "number": sheet.number,
        "as_of": sheet.as_of.isoformat(),
        "measure": measure.title,
        "municipality": measure.municipality.name,
        "ags": measure.municipality.ags,
        "organisation": measure.organisation.name,
        "contact": measure.network.contact,
    }


def _wave(result: WaveResult, rows: list[Result]) -> dict[str, Any]:
    released = result.released
    return {
        "wave": result.wave.id,
        "audience": result.wave.audience.value,
        "questionnaire": released.questionnaire,
        "version": released.version,
        "fingerprint": released.fingerprint,
        "base": None if isinstance(released.base, Withheld) else released.base,
        "variables": [_variable(list(each)) for _, each in groupby(rows, lambda r: r.variable)],
    }


def _variable(rows: list[Result]) -> dict[str, Any]:
    first = rows[0]
    head = {"name": first.variable, "question": first.question}
    if first.reason:
        return {**head, "status": "withheld", "reason": first.reason}
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


FORMAT = Format("json", "application/json", N_("JSON für Programme"), export)
