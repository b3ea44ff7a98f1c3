"""How much height the areas beside the answers take; as sheet_heights.py, with the same rules."""

from typing import Final

from survey_app.rendering.metrics import lines_of
from survey_app.rendering.sheet_areas import (
    ChangeRow,
    ChangeTable,
    CommitmentRow,
    GoalRow,
    Sentence,
    SideView,
    VoicesView,
)
from survey_app.rendering.sheet_measures import (
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
from survey_app.rendering.sheet_page import SheetPage

KEY_SIZES: Final = (14.0, 12.0, 10.5, 9.5)
KEY_LINES: Final = 3  # so many lines before the key sentence is set smaller
GOAL, INDICATOR, LIGHT = 58.0, 46.0, 26.0
RATING, COST = 58.0, 58.0
EDITED: Final = " redaktionell geändert"


def key_size(key: Sentence) -> float:
    """Return the size of the key sentence: smaller if somebody wrote a long one."""
    return next((s for s in KEY_SIZES if key_lines(key, s) <= KEY_LINES), KEY_SIZES[-1])


def key_lines(key: Sentence, size: float) -> int:
    """Return how many lines the key sentence takes."""
    return lines_of(key.text + EDITED * key.edited, 174, size)


def small(words: str, width: float, density: Density) -> float:
    """Return the height of small type within a cell: its lines are as high as those of the cell."""
    return lines_of(words, width, SMALL) * line(density.text)


def sentence(said: Sentence) -> float:
    """Return the height of a passage below a heading; none if there is none."""
    if not said.text:
        return 0.0
    return 0.6 + text(said.text + EDITED * said.edited, WIDTH, 8.5)


# Page 1


def goals(page: SheetPage, density: Density) -> float:
    """Return the height of the goals."""
    if not page.goals:
        return 0.0
    rows = sum(goal_row(row, density) for row in page.goals)
    return heading("", density) + sentence(page.goals_sentence) + head() + rows


def goal_row(row: GoalRow, density: Density) -> float:
    """Return the height of one goal."""
    goal = text(row.text, GOAL, density.text) + small(row.stage, GOAL, density)
    light = text(f"{row.light.sign}M {row.word}", LIGHT, density.text, "Bold")
    light += sum(small(note, LIGHT, density) for note in row.notes)
    figures = 2 * line(density.text)
    indicator = text(row.indicator.text, INDICATOR, SMALL)
    return HAIR + 2 * density.pad + max(goal, light, figures, indicator)


def voices(view: VoicesView, density: Density) -> float:
    """Return the height of what was said in own words."""
    quotes = sum(
        0.8 + text(f"„{quote.first}“ {quote.second}", HALF, density.text) for quote in view.quotes
    )
    themes = 0.8 + text(THEMES + ", ".join(view.themes), HALF, SMALL) if view.themes else 0.0
    return heading("", density) + quotes + themes


THEMES: Final = "Am häufigsten genannt: "


def commitments(page: SheetPage, density: Density) -> float:
    """Return the height of what becomes of the wishes."""
    if not page.commitments and not page.commitments_left_out:
        return 0.0
    rows = sum(commitment_row(row, density) for row in page.commitments)
    left_out = 1.0 + line(SMALL) if page.commitments_left_out else 0.0
    return heading("", density) + rows + left_out


def commitment_row(row: CommitmentRow, density: Density) -> float:
    """Return the height of one answer to a wish."""
    said = text(row.answer, HALF, density.text) + text(row.about, HALF, SMALL)
    return 0.2 + 2 * density.pad + said


def confidence(page: SheetPage, density: Density) -> float:
    """Return the height of the strip at the end of page 1."""
    words = f"Aussagekraft: {page.confidence} {page.confidence_reasons}"
    return density.gap + 2.4 + text(words, 172, 9.5, "Bold")


# Page 2


def changes(page: SheetPage, density: Density) -> float:
    """Return the height of all comparisons of two times."""
    said = sentence(page.changes_sentence) if page.changes else 0.0
    return said + sum(change_table(table, density) for table in page.changes)


def change_table(table: ChangeTable, density: Density) -> float:
    """Return the height of the comparisons of one kind."""
    label = density.gap + 2.0 + line(15)
    meaning = 0.4 + text(table.meaning, WIDTH, 8.5)
    return label + meaning + head() + sum(change_row(row, density) for row in table.rows)


def change_row(row: ChangeRow, density: Density) -> float:
    """Return the height of one comparison."""
    width = density.statement - 6
    words = text(row.text.text, width, density.text)
    words += small(row.note, width, density) if row.note else 0.0
    figures = 2 * line(density.text)
    reason = text(f"• {row.reason}", density.dots_width, SMALL)
    return HAIR + 2 * density.pad + max(words, figures, reason)


def sides(views: tuple[SideView, ...], density: Density) -> float:
    """Return the height of structure, process and outcome."""
    if not views:
        return 0.0
    longest = max(
        sum(0.4 + text(f"• {bullet}", THIRD, SMALL) for bullet in view.bullets) for view in views
    )
    return heading("", density) + 1.6 + line(SMALL) + longest


def ratings(page: SheetPage, density: Density) -> float:
    """Return the height of the good-practice profile."""
    if not page.ratings:
        return 0.0
    rows = sum(
        0.3 + lines_of(each.label, RATING, SMALL) * line(SMALL, 1.15) for each in page.ratings
    )
    return heading("", density) + 0.6 + rows


def costs(page: SheetPage, density: Density) -> float:
    """Return the height of the costs."""
    if not page.costs:
        return 0.0
    rows = sum(HAIR + 0.8 + text(each.name, COST, SMALL) for each in page.costs)
    return heading("", density) + rows + 0.6 + 2 * line(SMALL)
