"""What gives way when a page is too full: from step to step a little less.

`sheet_layout` takes the first step that fits. Nothing is lost: whatever leaves the page is in the
files, and the page says how much it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from survey_app.domain.text import Wording
from survey_app.rendering.metrics import shortened
from survey_app.rendering.sheet_areas import ChangeTable, GoalRow, SideView
from survey_app.rendering.sheet_measures import FACT, HALF, THIRD
from survey_app.rendering.sheet_page import SectionView, SheetPage
from survey_app.rendering.sheet_parts import PairRow

NARROW: Final = 58.0  # a little less than the statements' column on page 1, in millimetres
WIDE: Final = 80.0  # the same on page 2
EDITED_LINE: Final = 120.0  # what is left of a line beside "redaktionell geändert"
SMALLEST: Final = 8.0  # points


def page_one_steps(page: SheetPage) -> Iterator[SheetPage]:
    """Yield page 1 with less and less on it."""
    page = replace(page, aside=None)
    yield page
    for lines in (3, 2):
        page = _cut_page_one(page, lines)
        yield page
    texts, commitments = page.texts, page.commitments
    for kept in range(len(texts) - 1, -1, -1):
        page = replace(page, texts=texts[:kept], texts_left_out=len(texts) - kept)
        yield page
    for kept in range(len(commitments) - 1, 0, -1):
        page = replace(
            page, commitments=commitments[:kept], commitments_left_out=len(commitments) - kept
        )
        yield page
    page = replace(
        page,
        goals=tuple(_cut_goal(goal, 1) for goal in page.goals),
        goals_sentence=replace(
            page.goals_sentence, text=_said(page.goals_sentence.text, 1, EDITED_LINE)
        ),
        facts=tuple(replace(fact, value=_said(fact.value, 2, FACT - 4)) for fact in page.facts),
    )
    yield page
    page = _cut_page_one(page, 1)
    yield page
    if page.opens_with_changes:  # one row at least stays, or they would stand on page 2
        fewer = list(_fewer_comparisons(replace(page, pairs=()), (3, 2, 1)))
        yield from fewer
        page = fewer[-1] if fewer else page
    voices = page.voices
    while voices and voices.quotes:
        voices = replace(voices, quotes=voices.quotes[:-1])
        yield replace(page, voices=voices)


def _cut_page_one(page: SheetPage, lines: int) -> SheetPage:
    texts = tuple(replace(t, text=_cut(t.text, lines, HALF - 30)) for t in page.texts)
    commitments = tuple(
        replace(each, answer=_said(each.answer, lines, HALF - 4), about=_said(each.about, 1, HALF))
        for each in page.commitments
    )
    return replace(
        page,
        core=_cut_section(page.core, lines, NARROW) if page.core else None,
        changes=tuple(_cut_changes(table, lines, NARROW - 6) for table in page.changes),
        texts=texts,
        commitments=commitments,
        goals=tuple(_cut_goal(goal, lines) for goal in page.goals),
    )


def _cut_goal(goal: GoalRow, lines: int) -> GoalRow:
    return replace(
        goal,
        text=_said(goal.text, lines, 54),
        indicator=_cut(goal.indicator, lines, 44),
        notes=tuple(_said(note, 2, 25) for note in goal.notes),
    )


def _said(text: str, lines: int, width: float) -> str:
    return shortened(text, lines, width, SMALLEST)


def page_two_steps(page: SheetPage) -> Iterator[SheetPage]:
    """Yield page 2 with less and less on it."""
    for step in _rows_of_page_two(page):
        yield _counted_once(with_legends_once(step))


def _counted_once(page: SheetPage) -> SheetPage:
    """Return the page with one line about what is left out, once a whole section had to leave."""
    if not page.left_out:
        return page
    left_out = page.left_out + sum(section.left_out for section in page.sections)
    sections = tuple(replace(section, left_out=0) for section in page.sections)
    return replace(page, sections=sections, left_out=left_out)


def _rows_of_page_two(page: SheetPage) -> Iterator[SheetPage]:
    page = replace(page, sections=_without_mirrored(page))
    yield page
    page = replace(
        page,
        pairs=tuple(_cut_pair(pair) for pair in page.pairs),
        changes=tuple(_cut_changes(table, 2, WIDE - 6) for table in page.changes),
        sections=tuple(_cut_section(section, 2, WIDE) for section in page.sections),
    )
    yield page
    while page.sections:
        page = _without_one_row(page)
        yield page
    for most in (3, 2):
        page = replace(page, sides=tuple(_cut_side(side, most) for side in page.sides))
        yield page
    yield from _fewer_comparisons(page, (2,))
    page = replace(page, pairs=(), left_out=page.left_out + len(page.pairs))
    yield from _fewer_comparisons(page, (2, 1, 0))


def _fewer_comparisons(page: SheetPage, stages: Sequence[int]) -> Iterator[SheetPage]:
    """Yield the page with fewer and fewer rows, down to so many of each kind."""
    for least in stages:
        while _longest_comparison(page) > least:
            page = _without_one_comparison(page)
            yield page


def _cut_side(side: SideView, most: int) -> SideView:
    bullets = (_said(bullet, 2, THIRD - 4) for bullet in side.bullets[:most])
    return replace(side, bullets=tuple(bullets))


def _longest_comparison(page: SheetPage) -> int:
    return max(len(page.pairs), 0, *(len(table.rows) for table in page.changes))


def _without_one_comparison(page: SheetPage) -> SheetPage:
    """Take the last row of the longest of pairs and comparisons; pairs go before comparisons."""
    left_out = page.left_out + 1
    if len(page.pairs) == _longest_comparison(page):
        return replace(page, pairs=page.pairs[:-1], left_out=left_out)
    *_, longest = sorted(page.changes, key=lambda table: len(table.rows))
    shorter = replace(longest, rows=longest.rows[:-1])
    changes = (shorter if table is longest else table for table in page.changes)
    return replace(page, changes=tuple(t for t in changes if t.rows), left_out=left_out)


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


def _cut_changes(table: ChangeTable, lines: int, width: float) -> ChangeTable:
    rows = (replace(row, text=_cut(row.text, lines, width)) for row in table.rows)
    return replace(table, rows=tuple(rows))


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
