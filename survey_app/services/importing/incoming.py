"""A file that is being looked at: opened, copied, surveyed, with a first assignment."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Questionnaire
from survey_app.services.importing.folding import plain
from survey_app.services.importing.guessing import Guess, Index, guessed
from survey_app.services.importing.surveying import LOOKED_AT, Survey, surveyed
from survey_app.tables import GENEROUS, Copy, Limits, Table, UnreadableTable, copied, open_table


@dataclass(frozen=True)
class Incoming:
    """What is known of a file before anything is decided. `said` tells how it was understood."""

    copy: Copy
    sheet: str
    sheets: tuple[str, ...]
    said: Message
    survey: Survey
    guess: Guess


@contextmanager
def incoming(
    path: Path,
    questionnaire: Questionnaire,
    *,
    sheet: str = "",
    header: tuple[int, int] | None = None,
    limits: Limits = GENEROUS,
    refusals: Sequence[str] = (),
    seen: Callable[[int], object] = lambda _: None,
) -> Iterator[Incoming]:
    """Open a file; what is copied of it meanwhile is gone afterwards.

    `sheet` is a sheet of a workbook; without it the one that names most questions is taken.
    `refusals` are the words for "weiß nicht" in the languages of the interface. Raises
    UnreadableTable.
    """
    table, index = open_table(path, limits), Index(questionnaire)
    chosen = _sheet(table, index, sheet)
    with copied(_counted(table.rows(chosen), seen)) as copy:
        survey = surveyed(copy, index.names, header=header)
        guess = guessed(questionnaire, survey, sheet=chosen, refusals=refusals)
        yield Incoming(copy, chosen, table.sheets, table.said, survey, guess)


def _sheet(table: Table, index: Index, wanted: str) -> str:
    if wanted:
        if wanted not in table.sheets:
            names = ", ".join(f"„{name}“" for name in table.sheets if name) or "–"
            raise UnreadableTable(NO_SUCH_SHEET, name=wanted, names=names)
        return wanted
    if len(table.sheets) == 1:
        return table.sheets[0]
    return max(table.sheets, key=lambda name: _names_in(table, name, index))


def _names_in(table: Table, sheet: str, index: Index) -> int:
    """Return how many questions the fullest of the first rows names."""
    rows = islice(table.rows(sheet), LOOKED_AT)
    return max((sum(index.names(plain(cell)) for cell in row if cell) for row in rows), default=0)


def _counted(
    rows: Iterator[tuple[str, ...]], seen: Callable[[int], object]
) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows, start=1):
        yield row
        if number % 1000 == 0:
            seen(1000)


NO_SUCH_SHEET = N_("Das Blatt „%(name)s“ gibt es nicht. Es gibt: %(names)s.")
