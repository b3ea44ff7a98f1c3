"""A data package: everything about the results in one file, for archives and for the next decade.

A zip with a `datapackage.json` by the Data Package standard (Frictionless), so that programs know
the columns, their types and what an empty field means:

    datapackage.json    what is in here, whose it is, with checksums
    results.csv         the table of results (RFC 4180)
    groups.csv          the same by group, if the questionnaire declares a breakdown
    codebook.csv        what was asked, and what the codes mean
    ddi-codebook.xml    the same for archives
    mitreden.R          a script that reads results.csv
    NOTES.txt           method, protection, limits, in words
    SHA256SUMS          checksums: sha256sum --check SHA256SUMS

The order and the dates of the files are fixed: the same extract gives the same bytes.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from survey_app.domain.extract import Extract
from survey_app.domain.messages import N_, Words
from survey_app.rendering.exports import csv_groups, csv_rfc4180, ddi, r_script
from survey_app.rendering.exports.base import RESULT_HEADS, SAMPLE, Format, Result, columns
from survey_app.rendering.exports.explaining import (
    CODEBOOK_HEADS,
    CodebookEntry,
    codebook,
    notes,
    rights,
)
from survey_app.rendering.exports.grouped import GROUP_HEADS, GroupResult, has_groups
from survey_app.rendering.exports.json import written

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
RESULTS: Final = "results.csv"
GROUPS: Final = "groups.csv"
CODEBOOK: Final = "codebook.csv"
DESCRIPTION: Final = "datapackage.json"
SUMS: Final = "SHA256SUMS"
WHOLE: Final = frozenset(
    {"wave", "count", "percent", "base", "missing", "unanswered", "refused", "filtered"}
)
TRUTHS: Final = frozenset({"multiple", "positive"})
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # zip knows nothing earlier; the true day is in the content


def export(extract: Extract, words: Words) -> bytes:
    """Return the package."""
    files = {
        RESULTS: csv_rfc4180.export(extract, words),
        **({GROUPS: csv_groups.export(extract, words)} if has_groups(extract) else {}),
        CODEBOOK: csv_rfc4180.table(CodebookEntry, codebook(extract, words)),
        "ddi-codebook.xml": ddi.export(extract, words),
        "mitreden.R": r_script.export(extract, words),
        "NOTES.txt": _notes(extract, words),
    }
    files = {DESCRIPTION: written(description(extract, files, words)), **files}
    files[SUMS] = "".join(f"{_sum(files[name])}  {name}\n" for name in sorted(files)).encode()
    return packed(files)


def description(extract: Extract, files: Mapping[str, bytes], words: Words) -> dict[str, Any]:
    """Return what `datapackage.json` says."""
    note = f"{words.gettext(SAMPLE)}. " if extract.sample else ""
    return {
        "$schema": PROFILE,
        "name": extract.number.lower(),
        "id": extract.number,
        "title": extract.title,
        "description": note + rights(extract).said(words),
        "version": extract.as_of.isoformat(),
        "created": f"{extract.as_of.isoformat()}T00:00:00Z",
        "contributors": [{"title": extract.network, "roles": ["publisher"]}],
        "sample": extract.sample,
        "contact": extract.contact,
        "facts": {fact.name: fact.value for fact in extract.facts},
        "resources": [
            _table(RESULTS, Result, RESULT_HEADS, files[RESULTS], words),
            *(
                [_table(GROUPS, GroupResult, GROUP_HEADS, files[GROUPS], words)]
                if GROUPS in files
                else []
            ),
            _table(CODEBOOK, CodebookEntry, CODEBOOK_HEADS, files[CODEBOOK], words),
        ],
    }


def _table(
    path: str, kind: type[object], heads: Mapping[str, str], content: bytes, words: Words
) -> dict[str, Any]:
    fields = [
        {"name": name, "type": _type(name), "title": words.gettext(heads[name])}
        for name in columns(kind)
    ]
    for field in fields:
        if field["type"] == "boolean":
            field |= {"trueValues": ["True"], "falseValues": ["False"]}  # type: ignore[dict-item]
    return {
        "name": path.removesuffix(".csv"),
        "path": path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{_sum(content)}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _type(name: str) -> str:
    return "integer" if name in WHOLE else "boolean" if name in TRUTHS else "string"


def _notes(extract: Extract, words: Words) -> bytes:
    return "".join(f"{name}: {text}\n" for name, text in notes(extract, words)).encode()


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of these files, in this order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content)
    return file.getvalue()


FORMAT = Format(
    "zip",
    "application/zip",
    N_("Datenpaket"),
    N_("Tabellen, Codebuch, DDI, R-Skript und Prüfsummen in einer Datei (Frictionless)."),
    export,
)
