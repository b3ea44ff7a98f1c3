"""Two pages, whatever people write: how closely each page is set, and what gives way.

A page is set as airy as its content allows. Where the content needs more room, the page takes the
next closer setting. What does not fit even the closest gives way in this order:

page 1  the panel beside the free texts moves to page 2; statements, goals and commitments are cut
        after three lines, then after two; commitments move to the annexes; free texts are counted
        together. Without core questions it tells what changed; of that, rows move to the CSV annex
page 2  the table of all counts is left to the files; statements that stand among the pairs are not
        repeated; statements are cut after two lines; rows move to the CSV annex, from the end of
        the longest section; of conditions, course and result three points stay each, then two;
        then pairs leave, then comparisons, and the page says how many

Nothing is clipped, and nothing is set smaller than 8 points.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from survey_app.rendering import sheet_heights as height
from survey_app.rendering.metrics import lines_of, shortened
from survey_app.rendering.sheet_area_heights import key_size
from survey_app.rendering.sheet_heights import rows_of_four
from survey_app.rendering.sheet_measures import FACT, HALF, WIDTH, Density
from survey_app.rendering.sheet_page import Fact, SheetPage
from survey_app.rendering.sheet_parts import BarTable
from survey_app.rendering.sheet_trimming import (
    page_one_steps,
    page_two_steps,
    with_legends_once,
)

PAGE: Final = 264.5  # a little less than the 266.9 mm there are
ONE: Final = (
    Density(text=9.5, bar=6.4, pad=1.5, gap=6.5, statement=66),
    Density(text=9.5, bar=5.6, pad=1.1, gap=5.5, statement=66),
    Density(text=9.0, bar=5.0, pad=0.8, gap=4.5, statement=66),
    Density(text=8.5, bar=4.4, pad=0.55, gap=3.6, statement=66),
    Density(text=8.0, bar=3.9, pad=0.35, gap=2.8, statement=66),
)
TWO: Final = tuple(replace(each, bar=max(3.9, each.bar - 0.6), statement=86) for each in ONE)
TITLE_SIZES: Final = (27, 24, 21, 18, 16, 14)
WITH_NUMBERS: Final = 3  # so many settings are tried before the table of all counts is given up
SPARSE: Final = 0.55  # a page used less than this is set from the top, its foot does not hang
MOST_LABELS = 6  # so many columns of counts have room
MOST_PAD, MOST_GAP = 1.6, 4.0  # how much airier than the airiest setting a page may get

Make = Callable[[Density], SheetPage]
Steps = Iterator[SheetPage]


@dataclass(frozen=True)
class Setting:
    """How one page is set: type, padding of rows, gaps, widths of columns."""

    text: float
    pad: float
    gap: float
    statement: float
    bar: float
    dots: float
    hanging: bool


@dataclass(frozen=True)
class Layout:
    """The pages as they fit, and the sizes the stylesheet takes."""

    page: SheetPage
    title: float
    key: float
    short_title: str
    facts: tuple[tuple[Fact, ...], ...]
    one: Setting
    two: Setting


def fitted(make: Make) -> Layout:
    """Return two pages that fit; `make` builds them with the drawings of a density."""
    first = make(ONE[0])
    title = title_size(first.title)
    one, setting_one = _page_one(first, make, title)
    two, setting_two = _page_two(first, make, one)
    return Layout(
        page=replace(
            two,
            changes=one.changes if one.opens_with_changes else two.changes,
            facts=one.facts,
            core=one.core,
            texts=one.texts,
            texts_left_out=one.texts_left_out,
            aside=one.aside,
            goals=one.goals,
            goals_sentence=one.goals_sentence,
            voices=one.voices,
            commitments=one.commitments,
            commitments_left_out=one.commitments_left_out,
        ),
        title=title,
        key=key_size(one.key_sentence),
        short_title=shortened(first.title, 1, 150, 9.5, "Bold"),
        facts=rows_of_four(one.facts),
        one=setting_one,
        two=setting_two,
    )


def title_size(title: str) -> float:
    """Return the largest size at which the title takes two lines; the smallest may take more."""
    two_lines = (s for s in TITLE_SIZES if lines_of(title, WIDTH, s, "Black") <= 2)
    return next(two_lines, TITLE_SIZES[-1])


def _page_one(first: SheetPage, make: Make, title: float) -> tuple[SheetPage, Setting]:
    def prepared(page: SheetPage) -> SheetPage:
        return replace(page, facts=_cut_facts(page.facts))

    def measure(page: SheetPage, density: Density) -> float:
        return height.page_one(page, density, title=title)

    page, density = _chosen(first, lambda d: prepared(make(d)), prepared, measure, ONE)
    if measure(page, density) > PAGE:
        page = _first_that_fits(page_one_steps(page), lambda p: measure(p, density))
    return page, _airier(density, measure(page, density), _rows_on_one(page))


def _page_two(first: SheetPage, make: Make, one: SheetPage) -> tuple[SheetPage, Setting]:
    def with_numbers(page: SheetPage) -> SheetPage:
        numbers = page.core.tables if page.core else ()
        return replace(_second_page(page, one), numbers=tuple(filter(_has_counts, numbers)))

    def without_numbers(page: SheetPage) -> SheetPage:
        return _second_page(page, one)

    prepare, densities = with_numbers, TWO[:WITH_NUMBERS]
    if all(height.page_two(with_numbers(first), density) > PAGE for density in densities):
        prepare, densities = without_numbers, TWO
    page, density = _chosen(first, lambda d: prepare(make(d)), prepare, height.page_two, densities)
    if height.page_two(page, density) > PAGE:
        page = _first_that_fits(page_two_steps(page), lambda p: height.page_two(p, density))
    used = height.page_two(page, density)
    return page, _airier(density, used, _rows_on_two(page), _gaps_on_two(page))


def _chosen(
    first: SheetPage,
    make: Make,
    prepare: Callable[[SheetPage], SheetPage],
    measure: Callable[[SheetPage, Density], float],
    densities: Sequence[Density],
) -> tuple[SheetPage, Density]:
    """Return the page in the airiest setting in which it fits, or in the closest there is.

    Heights do not depend on the drawings, so `first` is measured and only one page is drawn.
    """
    measured = prepare(first)
    fits = (density for density in densities if measure(measured, density) <= PAGE)
    density = next(fits, densities[-1])
    return make(density), density


def _first_that_fits(steps: Steps, measure: Callable[[SheetPage], float]) -> SheetPage:
    """Return the first page that fits; the last step is the smallest there is."""
    *_, page = _until(steps, lambda page: measure(page) <= PAGE)
    return page


def _until(steps: Steps, done: Callable[[SheetPage], bool]) -> Steps:
    for page in steps:
        yield page
        if done(page):
            return


def _airier(density: Density, used: float, rows: int, gaps: int = 8) -> Setting:
    """Spread what is left of a page over its rows and gaps, without tearing it apart."""
    spare = max(0.0, PAGE - used)
    hanging = used > SPARSE * PAGE
    pad = min(MOST_PAD, 0.7 * spare / (2 * max(1, rows)))
    gap = min(MOST_GAP, (spare - 2 * rows * pad) / gaps)
    return Setting(
        text=density.text,
        pad=density.pad + pad,
        gap=density.gap + gap,
        statement=density.statement,
        bar=density.bar_width,
        dots=density.dots_width,
        hanging=hanging,
    )


def _rows_on_one(page: SheetPage) -> int:
    core = sum(len(table.rows) for table in page.core.tables) if page.core else 0
    changes = sum(len(table.rows) for table in page.changes) if page.opens_with_changes else 0
    return core + changes + len(page.texts) + len(page.goals) + len(page.commitments)


def _rows_on_two(page: SheetPage) -> int:
    tables = [table for section in page.sections for table in section.tables]
    tables += page.numbers
    changes = sum(len(table.rows) for table in page.changes)
    return len(page.pairs) + changes + sum(len(table.rows) for table in tables)


def _gaps_on_two(page: SheetPage) -> int:
    areas = (page.pairs, page.sides, page.ratings or page.costs)
    return 7 + len(page.changes) + sum(map(bool, areas)) + max(0, len(page.sections) - 3)


# What page 1 and page 2 consist of


def _cut_facts(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    *most, last = (replace(fact, value=shortened(fact.value, 4, FACT, 9)) for fact in facts)
    return (*most, replace(last, value=shortened(facts[-1].value, 3, HALF, 9)))


def _second_page(page: SheetPage, one: SheetPage) -> SheetPage:
    """Return page 2 with what page 1 had no room for, and without what stands there."""
    moved = page.aside if one.aside is None else None
    page = replace(
        page,
        sections=(moved, *page.sections) if moved else page.sections,
        changes=() if one.opens_with_changes else page.changes,
        left_out=one.left_out,
    )
    return with_legends_once(page)


def _has_counts(table: BarTable) -> bool:
    return len(table.labels) <= MOST_LABELS and any(row.counts for row in table.rows)
