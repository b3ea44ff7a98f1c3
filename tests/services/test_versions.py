"""What a wave asks stays what it asked.

1. A wave freezes its questionnaire: when the file moves to a new version, the wave opens, collects
   and closes with the old one, and its block says which it was.
2. A wave of the new version beside it is counted on its own.
3. What may not be asked is refused with the reason: class B without its text or without an accepted
   licence.
"""

from datetime import date

import pytest

from survey_app.domain.block import Block
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.wave import Wave
from survey_app.services import closing, fielding
from survey_app.services.closing import Closing
from survey_app.storage import blocks, waves
from tests.support_field import (
    ALBRECHT,
    TODAY,
    TOMORROW,
    WAVE,
    Field,
    let_school_agree,
    questionnaire_from,
)

MOVED = WAVE.replace("version: 1.0.0", "version: 1.1.0").replace(
    "      - {code: 2, text: teils}\n",
    "      - {code: 2, text: teils}\n      - {code: 4, text: sehr}\n",
)


def planned(field: Field, questionnaire: str) -> Wave:
    return plan(field, questionnaire_from(questionnaire))


def plan(field: Field, questionnaire: Questionnaire, closes_on: date = TOMORROW) -> Wave:
    wave = fielding.plan_wave(
        field.database,
        field.network,
        field.measure,
        questionnaire,
        opens_on=TODAY,
        closes_on=closes_on,
        today=TODAY,
    )
    assert wave is not None
    let_school_agree(field.database, wave)
    return wave


def closed(field: Field, wave: int) -> Block:
    assert (
        closing.close_wave(field.database, field.network, wave, today=TODAY, actor=ALBRECHT)
        is Closing.CLOSED
    )
    with field.database.read() as connection:
        return blocks.of_waves(connection, field.network, [wave])[wave]


def test_wave_of_an_old_version_is_counted_with_it(field: Field) -> None:
    """Rule 1: in between, the file has got a new version with one answer more."""
    assert planned(field, MOVED).questionnaire.version == "1.1.0"
    for answer in ("1", "3", "3", "4"):  # the fourth is an answer of the new version only
        field.send({"k1": [answer], "k9": ["gut"]})
    block = closed(field, field.wave)
    assert (block.version, block.base) == ("1.0.0", 3)
    assert [(cell.code, cell.count) for cell in block.tables[0].cells] == [(1, 1), (2, 0), (3, 2)]
    assert block.fingerprint == questionnaire_from(WAVE).fingerprint


def test_both_versions_stand_side_by_side(field: Field) -> None:
    """Rule 2."""
    newer = planned(field, MOVED)
    with field.database.read() as connection:
        stored = {
            wave: waves.get(connection, field.network, wave) for wave in (field.wave, newer.id)
        }
    assert [each.questionnaire.version for each in stored.values() if each] == ["1.0.0", "1.1.0"]
    field.send({"k1": ["3"]})
    older_block, newer_block = closed(field, field.wave), closed(field, newer.id)
    assert (older_block.version, newer_block.version) == ("1.0.0", "1.1.0")
    assert (older_block.base, newer_block.base) == (1, 0)
    assert len(newer_block.tables[0].cells) == len(older_block.tables[0].cells) + 1


SHELL = WAVE.replace("class: A, holder: Mitreden", "class: B, holder: WHO")
ACCEPTED = "holder: WHO, accepted: {by: Kreis Beispiel, on: '2026-11-20'}"


@pytest.mark.parametrize(
    ("questionnaire", "reason"),
    [
        (SHELL, "Niemand hat die Lizenz angenommen (WHO)."),
        (
            SHELL.replace("holder: WHO", ACCEPTED).replace("text: Es war gut.", "text: {slot: 1}"),
            "Es fehlt 1 Originaltext (WHO).",
        ),
    ],
    ids=["nobody accepted", "a text is missing"],
)
def test_what_may_not_be_asked_is_not_planned(
    field: Field, questionnaire: str, reason: str
) -> None:
    """Rule 3."""
    with pytest.raises(InvalidDefinition) as refused:
        planned(field, questionnaire)
    (fault,) = refused.value.faults
    assert fault.at == ("questionnaire",)
    assert reason in str(fault.message)


def test_class_b_with_text_and_licence_is_planned(field: Field) -> None:
    """Rule 3."""
    wave = planned(field, SHELL.replace("holder: WHO", ACCEPTED))
    assert wave.questionnaire.licence.accepted is not None
