"""A recount that replaced numbers is said wherever they stand ("visibly replace", ANONYMITY.md).

1. The sheet says it in the line of that wave, on paper and on the page; annex B says it too.
2. The files say it: notes (of workbook, data package, script for R), JSON and DDI.
3. Those who answered hear of it only if the results were out before.
4. Of another wave, and of one that was never counted again, nobody says it.
"""

import json
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from survey_app.domain.echo import COUNTED_AGAIN, echo_of
from survey_app.domain.extract import extract_of
from survey_app.domain.messages import Message
from survey_app.domain.sheet import EvaluationSheet, WaveResult
from survey_app.rendering.exports import FORMATS
from survey_app.rendering.exports.explaining import notes
from survey_app.rendering.sheet import paper, sheet_html
from survey_app.rendering.sheet_annex import annex_page
from survey_app.rendering.sheet_layout import ONE
from survey_app.rendering.sheet_page import sheet_page
from survey_app.rendering.sheet_parts import Style
from tests.rendering.paper import GERMAN
from tests.support_sheets import (
    POLICY,
    PROFESSIONALS,
    SOMMERCAMP,
    YOUNG,
    questionnaire,
    result,
    sheet_of,
    simulated,
)

DAY = date(2026, 11, 20)
SAID = "neu ausgezählt am 20. November 2026"


def young() -> WaveResult:
    form = questionnaire(YOUNG)
    return result(form, simulated(form, 30), number=1)


@pytest.fixture(scope="module")
def recounted() -> EvaluationSheet:
    """Return a sheet of two waves, of which the first was counted again."""
    form = questionnaire(PROFESSIONALS)
    others = result(form, simulated(form, 12), number=2)
    return sheet_of(SOMMERCAMP, replace(young(), recounted_on=DAY), others)


def test_the_sheet_says_it_of_that_wave(recounted: EvaluationSheet) -> None:
    """Rules 1, 4."""
    page = sheet_page(recounted, Style(GERMAN, POLICY, paper(ONE[0])))
    first, second = page.waves
    assert first.value.endswith(f" · {SAID}")
    assert SAID not in second.value
    assert sheet_html(recounted, GERMAN).count(SAID) == 1


def test_annex_b_says_it_of_that_wave(recounted: EvaluationSheet) -> None:
    """Rules 1, 4."""
    about = [wave.about for wave in annex_page(recounted, GERMAN, {}).waves]
    assert about == [f"Jugendliche, 30 Rückmeldungen, {SAID}", "Fachkräfte, 12 Rückmeldungen"]


def test_the_notes_of_the_files_say_it(recounted: EvaluationSheet) -> None:
    """Rule 2."""
    told = [text for name, text in notes(extract_of(recounted), GERMAN) if name == "Auszählung"]
    assert told == [f"Erhebung 1: {SAID}"]


def test_json_has_the_day(recounted: EvaluationSheet) -> None:
    """Rules 2, 4."""
    document = json.loads(FORMATS["json"].export(extract_of(recounted), GERMAN))
    assert [wave["recounted_on"] for wave in document["waves"]] == ["2026-11-20", None]


def test_ddi_has_a_note_at_the_file(recounted: EvaluationSheet) -> None:
    """Rules 2, 4."""
    root = ElementTree.fromstring(FORMATS["ddi"].export(extract_of(recounted), GERMAN))
    files = root.findall("{ddi:codebook:2_5}fileDscr")
    assert [[e.text for e in each.findall("{ddi:codebook:2_5}notes")] for each in files] == [
        [SAID],
        [],
    ]


@pytest.mark.parametrize(("days", "hears"), [(-1, False), (0, False), (1, True)])
def test_those_who_answered_hear_of_it_if_they_could_have_seen_other_numbers(
    days: int, hears: bool
) -> None:
    """Rule 3."""
    found = young()
    day = found.wave.results_from + timedelta(days=days)
    echo = echo_of(replace(found, recounted_on=day), (), POLICY)
    assert (Message(COUNTED_AGAIN, {"day": day}) in echo.notes) is hears
    assert COUNTED_AGAIN not in [note.text for note in echo_of(found, (), POLICY).notes]
