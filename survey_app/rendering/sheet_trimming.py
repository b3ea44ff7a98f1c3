"""What gives way when a page is too full: each step needs a little less room than the one before.

`sheet_layout` takes the first step that fits. Nothing is lost: whatever leaves the page is in the
files, and the page says how much it is.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from survey_app.domain.text import Wording
from survey_app.rendering.metrics import shortened
from survey_app.rendering.sheet_heights import HALF
from survey_app.rendering.sheet_page import SectionView, SheetPage
from survey_app.rendering.sheet_parts import PairRow

NARROW: Final = 58.0  # a little less than the statements' column on page 1, in millimetres
WIDE: Final = 80.0  # the same on page 2
SMALLEST: Final = 8.0  # points


def page_one_steps(page: SheetPage) -> Iterator[SheetPage]:
    """Yield page 1 with less and less on it."""
    page = replace(page, aside=None)
    yield page
    for lines in (3, 2):
        if page.core:
            page = replace(page, core=_cut_section(page.core, lines, NARROW))
        texts = tuple(replace(t, text=_cut(t.text, lines, HALF - 30)) for t in page.texts)
        page = replace(page, texts=texts)
        yield page
    for kept in range(len(page.texts) - 1, -1, -1):
        yield replace(page, texts=page.texts[:kept], texts_left_out=len(page.texts) - kept)


def page_two_steps(page: SheetPage) -> Iterator[SheetPage]:
    """Yield page 2 with less and less on it."""
    for step in _rows_of_page_two(page):
        yield with_legends_once(step)


def _rows_of_page_two(page: SheetPage) -> Iterator[SheetPage]:
    page = replace(page, sections=_without_mirrored(page))
    yield page
    page = replace(
        page,
        pairs=tuple(_cut_pair(pair) for pair in page.pairs),
        sections=tuple(_cut_section(section, 2, WIDE) for section in page.sections),
    )
    yield page
    while page.sections:
        page = _without_one_row(page)
        yield page
    while page.pairs:
        page = replace(page, pairs=page.pairs[:-1], left_out=page.left_out + 1)
        yield page


def with_legends_once(page: SheetPage) -> SheetPage:
    """Return the page with a legend only where it differs from the one above."""
    above: tuple[str, ...] = ()
    sections = []
    for section in page.sections:
        tables = []
        for table in section.tables:
            tables.append(replace(table, legend=table.labels != above))
            above = table.labels
        sections.append(replace(section, tables=tuple(tables)))
    return replace(page, sections=tuple(sections))


def _cut(text: Wording, lines: int, width: float) -> Wording:
    return text._replace(text=shortened(text.text, lines, width, SMALLEST))


def _cut_pair(pair: PairRow) -> PairRow:
    return replace(
        pair,
        young_text=_cut(pair.young_text, 2, WIDE),
        professional_text=_cut(pair.professional_text, 1, WIDE),
    )


def _cut_section(section: SectionView, lines: int, width: float) -> SectionView:
    tables = tuple(
        replace(
            table,
            rows=tuple(replace(row, text=_cut(row.text, lines, width)) for row in table.rows),
        )
        for table in section.tables
    )
    panels = tuple(
        replace(panel, text=_cut(panel.text, lines, HALF - 20)) for panel in section.panels
    )
    return replace(section, tables=tables, panels=panels)


def _without_mirrored(page: SheetPage) -> tuple[SectionView, ...]:
    """Return the sections without the professionals' statements that stand among the pairs."""
    mirrored = {pair.professional_text for pair in page.pairs}
    sections = (
        replace(
            section,
            tables=tuple(
                replace(table, rows=rows)
                for table in section.tables
                if (rows := tuple(row for row in table.rows if row.text not in mirrored))
            ),
        )
        for section in page.sections
    )
    return tuple(section for section in sections if _size(section))


def _size(section: SectionView) -> int:
    return sum(len(table.rows) for table in section.tables) + len(section.panels)


def _without_one_row(page: SheetPage) -> SheetPage:
    """Take the last row of the longest section; a section without rows leaves as a whole."""
    longest = max(page.sections, key=_size)
    shorter = _shorter(longest)
    if _size(shorter) == 0:
        sections = tuple(section for section in page.sections if section is not longest)
        return replace(page, sections=sections, left_out=page.left_out + shorter.left_out)
    sections = tuple(shorter if section is longest else section for section in page.sections)
    return replace(page, sections=sections)


def _shorter(section: SectionView) -> SectionView:
    left_out = section.left_out + 1
    if section.panels:
        return replace(section, panels=section.panels[:-1], left_out=left_out)
    *tables, last = section.tables
    if len(last.rows) == 1:
        return replace(section, tables=tuple(tables), left_out=left_out)
    shorter = replace(last, rows=last.rows[:-1])
    return replace(section, tables=(*tables, shorter), left_out=left_out)
