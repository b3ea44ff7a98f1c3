"""The table of results as an SPSS file, with variable and value labels.

A case is one answer of one variable in one wave, as in the other files. Beside the columns that all
files have, each variable of a questionnaire has a column of its own, filled in the cases that are
about it. So SPSS draws the tables by itself:

    WEIGHT BY count.
    FREQUENCIES VARIABLES=k1.

SPSS wants numbers where it counts. A code that is a number stays what it is; one that joins others
(1+2) is numbered from 1001 on, and codes that are words from 1 on. Labels say what they are. In
`status` 1 is released and 0 is withheld; there the numbers are system-missing.

Results by group are further cases, with columns of their own, so that nobody is counted twice:

    CROSSTABS TABLES = group_label BY k1_by.

Names are unique without regard to case: a questionnaire may call its questions ab and AB, and so
would the library that writes the file; SPSS may not. The day in the head of the file is the day of
the data: the same extract gives the same bytes.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from survey_app.domain.codebook import Level, Variable
from survey_app.domain.disclosure import Reason
from survey_app.domain.extract import Extract
from survey_app.domain.messages import N_, Words
from survey_app.domain.response import Code
from survey_app.rendering.exports.base import (
    RELEASED,
    WITHHELD,
    Format,
    Result,
    columns,
    section_results,
)
from survey_app.rendering.exports.grouped import (
    GROUP_HEADS,
    GroupResult,
    section_group_results,
)

LONGEST_NAME: Final = 64  # bytes
LONGEST_LABEL: Final = 256
LONGEST_VALUE_LABEL: Final = 120
FIRST_NUMBER: Final = 1001  # of codes that are no numbers among others that are
RESERVED: Final = frozenset(
    ("ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH")
)
UNFIT: Final = re.compile(r"[^A-Za-z0-9_.$#@]")
MEASURES: Final = {Level.NOMINAL: "nominal", Level.ORDINAL: "ordinal", Level.NUMERIC: "scale"}
WORDS_OF_RESULTS: Final = tuple(
    name
    for name in columns(GroupResult)
    if name not in ("wave", "count", "percent", "base", "missing", "status", "reason_code")
    and name not in ("unanswered", "refused", "filtered")
)
MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
DATE_AT: Final = slice(92, 109)  # "dd mmm yyhh:mm:ss" in the head of a system file

Names = Mapping[tuple[str, str], str]
"""The column of a variable, by the fingerprint of its questionnaire and its name."""


Case = tuple[str | None, Result]
"""A row, and the fingerprint of the questionnaire that a column is about; None: another column."""


@dataclass(frozen=True)
class Column:
    """One variable of the file."""

    label: str
    cells: list[Any]
    labels: Mapping[float, str]
    measure: str = "nominal"


def export(extract: Extract, words: Words) -> bytes:
    """Return the file."""
    import pandas as pd
    import pyreadstat

    table = columns_of(extract, words)
    frame = pd.DataFrame({name: _series(pd, column) for name, column in table.items()})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "extract.sav")
        pyreadstat.write_sav(
            frame,
            path,
            file_label=fitting(f"{extract.number} {extract.title}", LONGEST_NAME),
            column_labels={name: column.label for name, column in table.items()},
            variable_value_labels={
                name: dict(column.labels) for name, column in table.items() if column.labels
            },
            variable_measure={name: column.measure for name, column in table.items()},
        )
        return dated(path.read_bytes(), extract.as_of)


def _series(pd: Any, column: Column) -> Any:
    if any(isinstance(cell, str) for cell in column.cells):
        return pd.Series(column.cells, dtype=object)
    return pd.Series(column.cells, dtype=float)


def columns_of(extract: Extract, words: Words) -> dict[str, Column]:
    """Return the variables of the file by name, those that all files have first."""
    plain: list[Case] = [
        (section.fingerprint, row)
        for section in extract.sections
        for row in section_results(extract, section, words)
    ]
    by_group: list[Case] = [
        (section.fingerprint, row)
        for section in extract.sections
        for row in section_group_results(extract, section, words)
    ]
    rows = [row for _, row in plain + by_group]
    found = {
        name: _common(name, words.gettext(GROUP_HEADS[name]), rows, words)
        for name in columns(GroupResult if by_group else Result)
    }
    names = names_of(extract, taken=found)
    for key, variable in _counted(extract):
        found[names[key]] = _own(key, variable, plain + _others(by_group), words)
    used = {name.upper() for name in found} | RESERVED
    for key, variable in _counted(extract):
        if any(each.variable == key[1] and each.count is not None for _, each in by_group):
            name = unused_name(f"{names[key]}_by", used)
            used.add(name.upper())
            found[name] = _own(key, variable, _others(plain) + by_group, words)
    return found


def _others(cases: Iterable[Case]) -> list[Case]:
    """Return cases that a column is not about."""
    return [(None, row) for _, row in cases]


def _common(name: str, label: str, rows: Iterable[Result], words: Words) -> Column:
    cells = [getattr(row, name, None) for row in rows]
    if name == "status":
        labels = {0.0: words.gettext(WITHHELD), 1.0: words.gettext(RELEASED)}
        withheld = words.gettext(WITHHELD)
        return Column(label, [0 if cell == withheld else 1 for cell in cells], labels)
    if name == "reason_code":
        reasons = {reason.value: number for number, reason in enumerate(Reason, start=1)}
        labels = {float(number): reason for reason, number in reasons.items()}
        return Column(label, [reasons.get(str(cell)) for cell in cells], labels)
    if name in WORDS_OF_RESULTS:
        return Column(label, ["" if cell is None else str(cell) for cell in cells], {})
    return Column(label, cells, {}, "nominal" if name == "wave" else "scale")


def _own(key: tuple[str, str], variable: Variable, cases: Iterable[Case], words: Words) -> Column:
    about = [row.code if (where, row.variable) == key else None for where, row in cases]
    numbers = numbers_of([*variable.codes, *(code for code in about if code is not None)])
    return Column(
        label=fitting(variable.text.said(words.code), LONGEST_LABEL),
        cells=[None if code is None else numbers[code] for code in about],
        labels={
            float(number): fitting(variable.label_of(code, words.code), LONGEST_VALUE_LABEL)
            for code, number in numbers.items()
        },
        measure=MEASURES[variable.level],
    )


def numbers_of(codes: Iterable[Code]) -> dict[Code, int]:
    """Return the number of each code: its own, or the next one that is free.

    >>> numbers_of([1, 2, "1+2"]), numbers_of(["u14", "a14"])
    ({1: 1, 2: 2, '1+2': 1001}, {'u14': 1, 'a14': 2})
    """
    different = tuple(dict.fromkeys(codes))
    numbers = [code for code in different if isinstance(code, int)]
    following = max(FIRST_NUMBER, *(number + 1 for number in numbers)) if numbers else 1
    found: dict[Code, int] = {}
    for code in different:
        if isinstance(code, int):
            found[code] = code
        else:
            found[code] = following
            following += 1
    return found


def _counted(extract: Extract) -> Iterator[tuple[tuple[str, str], Variable]]:
    """Yield the variables that have tables, each once, by questionnaire and name."""
    seen = set()
    for section in extract.sections:
        for variable in section.variables:
            key = section.fingerprint, variable.name
            if variable.level is not Level.TEXT and key not in seen:
                seen.add(key)
                yield key, variable


def names_of(extract: Extract, *, taken: Iterable[str]) -> Names:
    """Return the columns of all variables; `taken` are the names of other columns."""
    used = {name.upper() for name in taken} | RESERVED
    found = {}
    for key, variable in _counted(extract):
        name = found[key] = unused_name(variable.name, used)
        used.add(name.upper())
    return found


def unused_name(wanted: str, used: frozenset[str] | set[str]) -> str:
    """Return a name that SPSS takes: as wanted, or with a number at its end.

    >>> unused_name("AB", {"AB"}), unused_name("frage.", set()), unused_name("ä-1", set())
    ('AB_2', 'frage', 'v__1')
    """
    name = UNFIT.sub("_", wanted).rstrip("._") or "v"
    name = name if name[0].isascii() and name[0].isalpha() else f"v{name}"
    name = name[:LONGEST_NAME].rstrip("._")
    number, found = 1, name
    while found.upper() in used:
        number += 1
        end = f"_{number}"
        found = name[: LONGEST_NAME - len(end)] + end
    return found


def fitting(text: str, most: int) -> str:
    """Return a text of at most so many bytes, on one line; what was cut off ends in an ellipsis."""
    said = " ".join(text.split())
    if len(said.encode()) <= most:
        return said
    return said.encode()[: most - 3].decode(errors="ignore").rstrip() + "…"


def dated(content: bytes, day: date) -> bytes:
    """Return the file with `day` in its head, where the library writes the moment it is made."""
    written = f"{day.day:02} {MONTHS[day.month - 1]} {day.year % 100:02}00:00:00"
    return content[: DATE_AT.start] + written.encode() + content[DATE_AT.stop :]


FORMAT = Format(
    "sav",
    "application/x-spss-sav",
    N_("SPSS-Datei"),
    N_("Mit Variablen- und Wertebeschriftungen; auch für PSPP und jamovi."),
    export,
    needs=("pandas", "pyreadstat"),
)
