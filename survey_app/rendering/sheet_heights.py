"""How much height the parts of an evaluation sheet take, before they are drawn.

Every function here mirrors a few lines of ``styles/sheet.css``: whoever changes a measure there
changes it here. ``tests/rendering/test_sheet_layout.py`` compares both with the drawn page.
All measures are in millimetres, sizes of type in points.
"""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from survey_app.rendering import sheet_area_heights as areas
from survey_app.rendering.metrics import lines_of
from survey_app.rendering.sheet_measures import (
    FACT,
    HAIR,
    HALF,
    SMALL,
    THIRD,
    WIDTH,
    Density,
    head,
    heading,
    line,
    text,
)
from survey_app.rendering.sheet_page import Fact, SectionView, SheetPage, TextView, TileView
from survey_app.rendering.sheet_parts import BarRow, BarTable, PairRow, Panel

# Page 1


def page_one(page: SheetPage, density: Density, *, title: float) -> float:
    """Return the height of all of page 1; `title` is the size of its title."""
    return sum(
        (
            5.0 + lines_of(page.title, WIDTH, title, "Black") * line(title, 1.1),
            density.gap + sum(fact_row(row) for row in rows_of_four(page.facts)),
            density.gap + key_sentence(page),
            density.gap + tiles(page.tiles),
            areas.goals(page, density),
            section(page.core, density) if page.core else 0.0,
            areas.changes(page, density) if page.opens_with_changes else 0.0,
            max(
                areas.voices(page.voices, density) if page.voices else texts(page, density),
                areas.commitments(page, density),
                aside(page, density),
            ),
            areas.confidence(page, density),
        )
    )


def key_sentence(page: SheetPage) -> float:
    """Return the height of the key sentence in the size it is set in."""
    size = areas.key_size(page.key_sentence)
    return areas.key_lines(page.key_sentence, size) * line(size, 1.3)


def rows_of_four(facts: Sequence[Fact]) -> tuple[tuple[Fact, ...], ...]:
    """Return the facts of the head in rows of at most four."""
    return tuple(tuple(facts[place : place + 4]) for place in range(0, len(facts), 4))


def fact_row(row: Sequence[Fact]) -> float:
    """Return the height of one row of the head; its last fact has what is left of the width."""
    widths = [FACT] * (len(row) - 1) + [WIDTH - (FACT + 4) * (len(row) - 1)]
    lines = (lines_of(fact.value, width, 9) for fact, width in zip(row, widths, strict=True))
    return HAIR + 2.2 + line(SMALL) + max(lines) * line(9)


def tiles(views: Iterable[TileView]) -> float:
    """Return the height of the four tiles."""
    notes = max(sum(lines_of(part, FACT, SMALL) for part in v.parts if part) for v in views)
    return 2.1 + line(9.5) + line(25, 1.15) + notes * line(SMALL)


def texts(page: SheetPage, density: Density) -> float:
    """Return the height of the free-text area."""
    if not page.texts and not page.texts_left_out:
        return 0.0
    rows = sum(text_row(view, density) for view in page.texts)
    reasons = sum(text(f"• {reason}", HALF, SMALL) for reason in page.text_reasons)
    left_out = 1.0 + line(SMALL) if page.texts_left_out else 0.0
    return heading("", density) + 0.8 + line(SMALL) + rows + reasons + left_out + 1.2 + 2 * line(8)


def text_row(view: TextView, density: Density) -> float:
    """Return the height of one free-text question."""
    words = f"{view.text.text} {view.audience}"
    return HAIR + 2 * density.pad + text(words, HALF - 15, density.text)


def aside(page: SheetPage, density: Density) -> float:
    """Return the height of what stands beside the free texts."""
    if page.aside is None:
        return 0.0
    return heading("", density) + panel(page.aside.panels[0], density)


# Page 2


def page_two(page: SheetPage, density: Density) -> float:
    """Return the height of all of page 2."""
    return sum(
        (
            5.0,
            0.0 if page.opens_with_changes else areas.changes(page, density),
            pairs(page, density),
            sum(section(view, density) for view in page.sections),
            1.0 + line(SMALL) if page.left_out else 0.0,
            sum(numbers(table, density) for table in page.numbers),
            areas.sides(page.sides, density),
            max(areas.ratings(page, density), areas.costs(page, density)),
            foot(page, density),
        )
    )


def pairs(page: SheetPage, density: Density) -> float:
    """Return the height of the mirrored questions."""
    if not page.pairs:
        return 0.0
    rows = sum(pair_row(row, density) for row in page.pairs)
    return heading("", density) + areas.sentence(page.pairs_sentence) + head() + rows


def pair_row(row: PairRow, density: Density) -> float:
    """Return the height of one mirrored question: both wordings, or two lines of figures."""
    young = text(row.young_text.text, density.statement, density.text)
    wordings = young + text(row.professional_text.text, density.statement, SMALL)
    figures = line(density.text) + line(SMALL)
    reason = text(row.reason, density.dots_width, SMALL)
    return HAIR + 2 * density.pad + max(wordings, figures, reason)


def numbers(table: BarTable, density: Density) -> float:
    """Return the height of a table of statements with all counts."""
    width = (WIDTH - 70) / (len(table.labels) + 2) - 2
    lines = max(lines_of(label, width, SMALL) for label in (*table.labels, table.missing_head))
    rows = (
        HAIR + 2 * density.pad + text(f"{row.number}M {row.text.text}", 66, density.text)
        for row in table.rows
    )
    return heading("", density) + 0.8 + lines * line(SMALL) + sum(rows)


def foot(page: SheetPage, density: Density) -> float:
    """Return the height of the limits and the method."""
    rows = zip_longest(page.limits[::2], page.limits[1::2], fillvalue="")
    limits = sum(max(text(f"• {each}", 84, 8.5) for each in row) + 0.6 for row in rows)
    waves = sum(0.4 + text(f"{wave.name}: {wave.value}", WIDTH, SMALL) for wave in page.waves)
    method = max(text(fact.value, THIRD, SMALL) for fact in page.method)
    return 2 * heading("", density) + 0.1 + limits + waves + 1.5 + line(SMALL) + method


# Both pages: the results of one wave


def section(view: SectionView, density: Density) -> float:
    """Return the height of the results of one wave."""
    two_by_two = zip_longest(view.panels[::2], view.panels[1::2])
    return sum(
        (
            heading(f"{view.title.text} {view.about}", density),
            sum(bars(table, density) for table in view.tables),
            sum(0.1 + max(panel(each, density) for each in row if each) for row in two_by_two),
            1.0 + line(SMALL) if view.left_out else 0.0,
        )
    )


def bars(table: BarTable, density: Density) -> float:
    """Return the height of a table of statements with its legend and head."""
    legend = "MMM ".join(key.label.replace(" ", "\xa0") for key in table.keys)
    keys = 2.0 + text(legend, WIDTH, SMALL) if table.legend else 0.0
    notice = 1.2 + text(table.notice, WIDTH, SMALL) if table.notice else 0.0
    return keys + notice + head() + sum(bar_row(row, density) for row in table.rows)


def bar_row(row: BarRow, density: Density) -> float:
    """Return the height of one statement."""
    words = f"{row.number}M {row.text.text}" if row.number else row.text.text
    statement = text(words, density.statement, density.text)
    reason = text(row.reason, density.bar_width, SMALL) if row.reason else 0.0
    return HAIR + 2 * density.pad + max(density.bar, statement, reason)


def panel(view: Panel, density: Density) -> float:
    """Return the height of a question of half a page's width."""
    question = 1.6 + text(f"{view.text.text} n = 000 {view.scale}", HALF, density.text, "Bold")
    if view.reason:
        return question + text(f"• {view.reason}", HALF, SMALL)
    if view.picture:
        return question + density.columns + 1.0
    return question + sum(0.8 + text(each.label, 42, SMALL) for each in view.lines)
