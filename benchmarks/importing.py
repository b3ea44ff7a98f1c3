"""Importing a file of 100,000 rows: look at it, check it, store it, close and count the wave.

Against: 20 s and 200 MB, for a CSV file and for an .xlsx of Microsoft Forms' shape with everything
that is refused (times, addresses, names) beside eleven answers. A job runs in a process of its own,
so that its memory is its alone; starting Python is not part of it. All answers are invented.
"""

import csv
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from benchmarks.figures import Figure, at_most, note
from benchmarks.servers import ROOT
from survey_app.domain.questionnaire import Questionnaire
from survey_app.services.choosing import questionnaires
from survey_app.services.importing import Occasion, incoming, rehearsed, take_in
from survey_app.services.sample import leanings_in, simulated_form
from survey_app.storage.database import Database

if TYPE_CHECKING:
    from benchmarks.stage import Stage

ROWS = 100_000
KINDS_OF_PEOPLE = 2_000
CORE = "kern-jugend"
PERSONAL = ("ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name")


def measure(stage: "Stage") -> Iterator[Figure]:
    """Yield seconds and memory for both formats."""
    yield note("rows", ROWS, "")
    for write, name in ((write_csv, "answers.csv"), (write_xlsx, "answers.xlsx")):
        file = stage.folder / name
        write(file, ROWS)
        wave = stage.open_wave(stage.sqlite_url())
        seconds, megabytes = _job_elsewhere(file, wave.url, wave.network)
        yield note(f"{file.suffix}: size of the file", file.stat().st_size / 1e6, "MB")
        yield at_most(f"{file.suffix}: import", seconds, 20, "s")
        yield at_most(f"{file.suffix}: memory", megabytes, 200, "MB")


def write_csv(file: Path, count: int) -> None:
    """Write invented rows as a German Excel does."""
    with file.open("w", encoding="cp1252", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows(count))


def write_xlsx(file: Path, count: int) -> None:
    """Write the same rows as a workbook with shared texts."""
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows(count)):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(number, column, text)


def rows(count: int) -> Iterator[Sequence[str]]:
    """Yield headers and then people, as Microsoft Forms exports them."""
    core = questionnaires()[CORE]
    fields = [variable for variable in core.codebook() if not variable.is_derived]
    yield [*PERSONAL, *(variable.text.german for variable in fields)]
    people = _people(core)
    for number in range(count):
        person = people[number % len(people)]
        time_sent = f"12.10.2024 {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}"
        name = f"person{number}@beispiel.example"
        yield [str(number), time_sent, time_sent, name, "Erfundener Name", *person]


def _people(questionnaire: Questionnaire) -> list[list[str]]:
    chance = random.Random(1)
    leanings = leanings_in(questionnaire, chance)
    people = (simulated_form(questionnaire, chance, 0.7, leanings) for _ in iter(int, 1))
    fields = [variable for variable in questionnaire.codebook() if not variable.is_derived]
    labels = {v.name: {str(c.code): c.text.german for c in v.labels} for v in fields}
    return [
        [labels[v.name].get(said, said) for v in fields for said in ["".join(form.get(v.name, ""))]]
        for form in islice(people, KINDS_OF_PEOPLE)
    ]


def _job_elsewhere(file: Path, url: str, network: int) -> tuple[float, float]:
    """Return seconds and megabytes of an import in a fresh process."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.importing", str(file), url, str(network)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        timeout=600,
    ).stdout
    seconds, megabytes = json.loads(told)
    return seconds, megabytes


def _job(file: Path, url: str, network: int) -> tuple[float, float]:
    """Import a file; return the seconds and this process's largest memory in MB."""
    database, today = Database(url), datetime.now(UTC).date()
    started = time.perf_counter()
    questionnaire = questionnaires()[CORE]
    occasion = Occasion(network, 1, opens_on=today, closes_on=today)
    with incoming(file, questionnaire) as found:
        assignment = found.guess.assignment
        rehearsal = rehearsed(found.copy, found.survey, assignment, questionnaire)
    imported = take_in(database, occasion, rehearsal, today=today, actor="benchmark")
    elapsed = time.perf_counter() - started
    assert imported is not None
    assert len(rehearsal.sheets) + rehearsal.empty == ROWS
    database.close()
    return elapsed, _most_memory()


def _most_memory() -> float:
    """Return the most that this process ever held; getrusage counts who started it, too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    print(json.dumps(_job(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))
