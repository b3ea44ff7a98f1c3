"""What we write comes back equal.

1. Answers of every kind of question, written with codes or with words of any language, several
   answers in one cell or in a column each, as CSV of any dialect or as a workbook, are read as the
   same sheets and the same free texts.
2. The order of the file is not the order of the result.
3. A shipped questionnaire, answered in each of its languages, is understood without a person.
"""

import json
import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import REFUSED, Answers, Value
from survey_app.services.choosing import questionnaires
from survey_app.services.collecting import SealedSheet
from survey_app.services.importing.targets import Role, Target, targets_of
from survey_app.services.sample import leanings_in, simulated_form
from tests.support_import import csv_file, dry_run, look, summer, xlsx_file

DIALECTS = [(",", "utf-8"), ("\t", "utf-16"), ("|", "utf-8-sig")]
WORDS_FOR_NO = "weiß nicht / möchte ich nicht sagen"
SIGNS = st.characters(codec="cp1252", exclude_categories=("C", "Z"), include_characters=" \n")

Write = Callable[[Path, list[Sequence[str]]], Path]


def written(target: Target, value: Value | None, language: str | None) -> str:
    """Return an answer as other programs write it: in words of a language, or as its code."""
    if value is None:
        return ""
    if value == REFUSED:
        return WORDS_FOR_NO if language else REFUSED
    said = {label.code: label.text.said(language or "de") for label in target.labels}
    if target.role is Role.SEVERAL:
        assert isinstance(value, tuple)
        return ";".join(said[code] if language else str(code) for code in value)
    if target.role is Role.TICK:
        assert isinstance(value, tuple)
        return "Ja" if target.labels[0].code in value else "Nein"
    assert not isinstance(value, tuple)
    return said.get(value, str(value)) if language else str(value)


def table(
    questionnaire: Questionnaire, people: Sequence[Answers], language: str | None, *, ticks: bool
) -> list[Sequence[str]]:
    """Return people's answers under headers."""
    left_out = (Role.ORDER, Role.PLACE, Role.SEVERAL if ticks else Role.TICK)
    targets = [t for t in targets_of(questionnaire).values() if t.role not in left_out]
    heads = [header(target, language) for target in targets]
    return [
        heads,
        *[[written(t, person.get(t.field), language) for t in targets] for person in people],
    ]


def header(target: Target, language: str | None) -> str:
    if language is None:
        return target.key.replace("=", "_")
    *outer, inner = (text.said(language) for text in target.texts)
    return f"{' '.join(outer)} [{inner}]" if outer else inner


def people_of(questionnaire: Questionnaire, seed: int, count: int) -> list[Answers]:
    """Return invented people."""
    chance = random.Random(seed)
    leanings = leanings_in(questionnaire, chance)
    forms = [simulated_form(questionnaire, chance, chance.random(), leanings) for _ in range(count)]
    return [questionnaire.read(form).answers for form in forms]


def expected(
    questionnaire: Questionnaire, people: Sequence[Answers]
) -> tuple[list[str], list[tuple[str, str]]]:
    sealed = [SealedSheet.of(questionnaire, person) for person in people if person]
    texts = [(v, text) for sheet in sealed for v, text in sheet.texts.items() if text is not None]
    return sorted(sheet.answers for sheet in sealed), sorted(texts)


def in_dialect(delimiter: str, encoding: str) -> Write:
    return lambda folder, rows: csv_file(folder, rows, delimiter=delimiter, encoding=encoding)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10**6),
    language=st.sampled_from([None, "de", "en", "tr"]),
    ticks=st.booleans(),
    write=st.sampled_from([xlsx_file, *[in_dialect(*dialect) for dialect in DIALECTS]]),
    texts=st.lists(st.text(SIGNS, min_size=4, max_size=60), max_size=4),
)
def test_what_we_write_comes_back_equal(
    seed: int, language: str | None, ticks: bool, write: Write, texts: list[str]
) -> None:
    asked = summer()
    people = people_of(asked, seed, 12)
    people += [asked.read({"k1": ["5"], "k9": [f"Text {text}"]}).answers for text in texts]
    with tempfile.TemporaryDirectory() as folder:
        rows = table(asked, people, language, ticks=ticks)
        outcome = dry_run(write(Path(folder), rows), asked)
    assert outcome.problems == []
    assert (outcome.sheets, outcome.texts) == expected(asked, people)


def test_the_result_is_in_no_order(tmp_path: Path) -> None:
    """By chance alone the order would survive once in 300! runs."""
    rows = [["Wie viele Stunden warst du da?"], *[[str(number)] for number in range(300)]]
    outcome = dry_run(csv_file(tmp_path, rows), summer())
    hours = [json.loads(sheet)["stunden"] for sheet in outcome.rehearsal.sheets]
    assert sorted(hours) == list(range(300))
    assert hours != sorted(hours)


LANGUAGES = [
    (name, language)
    for name, asked in questionnaires().items()
    for language in asked.languages
    if asked.fieldable
]


@pytest.mark.parametrize(("name", "language"), LANGUAGES)
def test_shipped_questionnaires_are_understood(tmp_path: Path, name: str, language: str) -> None:
    asked = questionnaires()[name]
    people = people_of(asked, 1, 20)
    file = csv_file(tmp_path, table(asked, people, language, ticks=False))
    outcome = dry_run(file, asked)
    assert outcome.problems == []
    assert (outcome.sheets, outcome.texts) == expected(asked, people)
    with look(file, asked) as found:
        assert found.guess.doubtful == frozenset()
