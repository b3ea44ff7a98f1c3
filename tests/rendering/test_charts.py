"""The charts, drawn from tables that passed disclosure control.

1. Every variable and every mirrored pair has exactly one chart.
2. Every chart copes with an empty answer, a single answer, a withheld table and long labels; what
   is withheld is not drawn.
3. Nothing leaves its frame; shares are lengths; the bars of one table share scale and zero line,
   and their right-hand, dark side is the good one.
4. A drawing says its finding, and its numbers have no locale: no comma in any attribute.
5. Colours of an ordered scale differ in greyscale on either side; figures on them are readable.
"""

import re
from collections.abc import Sequence

import pytest

from survey_app.domain.comparison import GroupChange, MirroredPair
from survey_app.domain.disclosure import Withheld
from survey_app.domain.response import Answers
from survey_app.domain.sheet import ResultRow
from survey_app.rendering.charts import CHARTS, Thing, chart_for
from survey_app.rendering.charts.base import Drawing, Frame, Pen, luminance, readable_on, tones
from survey_app.rendering.charts.columns import span
from survey_app.rendering.environment import environment
from survey_app.rendering.palette import PALETTE
from tests.rendering.paper import GERMAN
from tests.support_sheets import (
    AGREEMENT,
    MEDIA,
    POLICY,
    SITUATIONS,
    YOUNG,
    questionnaire,
    result,
    sommercamp,
    werkstatt,
)

FRAME = Frame(70, 5, 2.8, "mm")
PEN = Pen(FRAME, GERMAN, POLICY)


def things() -> list[Thing]:
    """Return everything that stands on all sheets there are."""
    found: list[Thing] = []
    for make in SITUATIONS.values():
        sheet = make()
        found += [row for each in sheet.results for row in each.rows]
        found += sheet.mirrored
        found += sheet.comparison.groups
        found += sheet.comparison.looking_back
    return found


def row(text: str, name: str, people: Sequence[Answers], scales: str = AGREEMENT) -> ResultRow:
    """Return one variable as these people answered it."""
    found = result(questionnaire(text, scales=scales), people)
    return next(row for row in found.rows if row.variable.name == name)


def drawn(thing: Thing) -> tuple[Drawing, ...]:
    """Return the drawings of one thing alone."""
    (drawings,) = CHARTS[chart_for(thing)].drawings([thing], PEN)
    return drawings


def is_withheld(thing: Thing) -> bool:
    """Tell whether nothing of a thing may be shown."""
    if isinstance(thing, MirroredPair):
        shares = (thing.young_share, thing.professional_share)
        return all(isinstance(share, Withheld) for share in shares)
    if isinstance(thing, GroupChange):
        return isinstance(thing.after, Withheld)
    return isinstance(thing.table, Withheld)


def extent(drawing: Drawing) -> list[float]:
    """Return every horizontal place a drawing touches."""
    boxes = [end for box in drawing.boxes for end in (box.x, box.x + box.width)]
    dots = [end for dot in drawing.dots for end in (dot.x - dot.radius, dot.x + dot.radius)]
    return boxes + dots


def svg(drawing: Drawing) -> str:
    """Return the drawing as the page has it."""
    module = environment().get_template("charts/drawing.svg").module
    return str(vars(module)["svg"](drawing))


def test_every_thing_has_exactly_one_chart() -> None:
    for thing in things():
        assert sum(chart.draws(thing) for chart in CHARTS.values()) == 1


def test_every_chart_is_used_by_the_sheets() -> None:
    assert {chart_for(thing) for thing in things()} == set(CHARTS)


def test_withheld_is_not_drawn_and_everything_else_is() -> None:
    for thing in things():
        assert (drawn(thing) == ()) == is_withheld(thing)


@pytest.mark.parametrize("name", ["k1", "alter"])
def test_a_single_answer_for_all_fills_the_whole_bar(name: str) -> None:
    same = row(YOUNG, name, [{"k1": 5, "alter": "u14"}] * 12)
    filled = [box for box in drawn(same)[0].boxes if box.fill == PALETTE.ink]
    if name == "k1":
        assert [box.width for box in filled] == [pytest.approx(FRAME.width)]
    else:
        assert [box.width for box in filled] == [FRAME.width]
        assert [len(each.boxes) for each in drawn(same)] == [2, 1, 1, 1]


def test_an_answer_nobody_gave_has_no_segment_and_no_number() -> None:
    bar = drawn(row(YOUNG, "k1", [{"k1": 2}] * 10 + [{"k1": 4}] * 10))[0]
    assert [box.fill for box in bar.boxes] == [tones(5)[1], tones(5)[3]]
    assert [figure.text for figure in bar.figures] == ["50", "50"]


def test_segments_are_as_long_as_their_shares_and_meet_at_a_common_zero() -> None:
    codes = [1] * 1 + [2] * 2 + [3] * 4 + [4] * 8 + [5] * 10
    one = row(YOUNG, "k1", [{"k1": code} for code in codes])
    other = row(YOUNG, "k2", [{"k2": code} for code in reversed(codes)])
    flipped = row(YOUNG, "k3", [{"k3": 6 - code} for code in codes])
    pictures = CHARTS["diverging"].drawings([one, other, flipped], PEN)
    widths = [box.width for box in pictures[0][0].boxes]
    assert [round(width / widths[0], 6) for width in widths] == [1, 2, 4, 8, 10]
    zeros = {picture.rules[0].lines[0][0] for (picture,) in pictures}
    assert len(zeros) == 1
    for (picture,) in pictures:
        neutral = picture.boxes[2]
        assert neutral.x + neutral.width / 2 == pytest.approx(zeros.copy().pop())


def test_right_and_dark_always_mean_good() -> None:
    turned = AGREEMENT.replace("positive: [4, 5]", "positive: [1, 2]")
    codes = [1] * 10 + [2] * 8 + [4] * 6 + [5] * 1
    bar = drawn(row(YOUNG, "k1", [{"k1": code} for code in codes], scales=turned))[0]
    assert [figure.text for figure in bar.figures] == ["4", "24", "32", "40"]
    assert [box.fill for box in bar.boxes] == [tones(5)[place] for place in (0, 1, 3, 4)]
    assert bar.boxes[-1].width == pytest.approx(10 * bar.boxes[0].width)
    assert bar.title.startswith("18 von 25: „stimmt gar nicht / stimmt eher nicht“.")


def test_bars_of_few_people_count_people_and_add_up() -> None:
    few = drawn(row(YOUNG, "k1", [{"k1": 4}] * 8 + [{"k1": 5}] * 6))[0]
    assert [figure.text for figure in few.figures] == ["8", "6"]
    many = drawn(row(YOUNG, "k1", [{"k1": code} for code in (2, 4, 5)] * 11))[0]
    assert [figure.text for figure in many.figures] == ["34", "33", "33"]


def test_a_coarse_ladder_shows_spans() -> None:
    people = [{"zufrieden": step} for step in [3] * 5 + [6] * 7 + [9] * 9]
    picture = drawn(row(MEDIA, "zufrieden", people))[0]
    assert [figure.text for figure in picture.figures] == ["5", "0–5", "7", "6–7", "9", "8–10"]
    assert [span(code) for code in ("0+1+2", 7, "3–4")] == ["0–2", "7", "3–4"]


def test_a_multiple_choice_may_add_up_to_more_than_all() -> None:
    people = [{"geraete": ("handy", "tablet")}] * 6 + [{"geraete": ("rechner", "konsole")}] * 6
    pictures = drawn(row(MEDIA, "geraete", people))
    assert [picture.boxes[-1].width for picture in pictures] == [FRAME.width / 2] * 4


def test_the_gap_lies_between_disc_and_diamond() -> None:
    pair = sommercamp().mirrored[0]
    (picture,) = drawn(pair)
    young, professional = picture.dots
    assert (young.diamond, professional.diamond) == (False, True)
    assert picture.rules[-1].lines == ((young.x, young.y, professional.x, professional.y),)
    assert young.x < professional.x
    assert pair.gap is not None
    assert pair.gap < 0


def test_one_withheld_side_leaves_the_other_alone() -> None:
    pair = sommercamp().mirrored[0]
    few = werkstatt().mirrored[0].professional_share
    assert isinstance(few, Withheld)
    half = MirroredPair(pair.young, pair.professional, pair.young_share, few)
    (picture,) = drawn(half)
    assert len(picture.dots) == 1
    assert picture.title == "Jugendliche 76\xa0%, Fachkräfte nicht ausgewiesen"


def test_nothing_leaves_its_frame() -> None:
    for thing in things():
        for drawing in drawn(thing):
            assert min(extent(drawing)) >= -1e-9
            assert max(extent(drawing)) <= FRAME.width + 1e-9


def test_a_drawing_says_its_finding() -> None:
    codes = [2] * 3 + [3] * 3 + [4] * 8 + [5] * 10
    bar = drawn(row(YOUNG, "k1", [{"k1": code} for code in codes]))[0]
    assert bar.title == (
        "18 von 24: „stimmt eher / stimmt genau“. Alle Antworten: stimmt gar nicht 0,"
        " stimmt eher nicht 3, teils/teils 3, stimmt eher 8, stimmt genau 10."
    )


def test_numbers_of_a_drawing_have_no_locale() -> None:
    for thing in things():
        for drawing in drawn(thing):
            drawing_text = svg(drawing)
            places = re.findall(r' (?:x|y|width|height|cx|cy|r|d|viewBox)="([^"]*)"', drawing_text)
            assert places
            assert not [place for place in places if "," in place]
            assert f"<title>{drawing.title}</title>" in drawing_text


def test_a_label_cannot_become_part_of_the_picture() -> None:
    text = YOUNG.replace("13 oder jünger", "</title><script>alert(1)</script>")
    picture = drawn(row(text, "alter", [{"alter": "u14"}] * 12))[0]
    assert "<script>" not in svg(picture)


@pytest.mark.parametrize("steps", range(2, 12))
def test_tones_of_either_side_differ_without_colour(steps: int) -> None:
    shades = [luminance(tone) for tone in tones(steps)]
    half = steps // 2
    assert shades[:half] == sorted(shades[:half])
    assert shades[steps - half :] == sorted(shades[steps - half :], reverse=True)
    assert len(set(shades)) == steps
    if steps % 2:
        assert shades[half] == max(shades)


@pytest.mark.parametrize("tone", sorted({tone for steps in range(2, 12) for tone in tones(steps)}))
def test_figures_are_readable_on_every_tone(tone: str) -> None:
    lights = sorted((luminance(tone) + 0.05, luminance(readable_on(tone)) + 0.05))
    assert lights[1] / lights[0] >= 4.5
