"""What tests of the domain have in common: questionnaires as their authors write them, and people.

A questionnaire stands in a test as YAML. `questionnaire` reads a whole one, `asking` only the list
of questions and adds the head. `people` turns columns into answers, one person per row:

    people(k1=times({5: 18, 1: 6}))          18 people answered 5, six answered 1
"""

import json
from collections.abc import Iterable, Mapping

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Answers, Value

HEAD = """
id: probe
version: 1.0.0
audience: young_people
languages: [de, en]
title: {de: Probe, en: Trial}
minutes: 3
licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}
"""

AGREEMENT = """
scales:
  agreement:
    options:
      - {code: 1, text: {de: stimmt gar nicht, en: not true at all}}
      - {code: 2, text: {de: stimmt eher nicht, en: rather not true}}
      - {code: 3, text: {de: teils/teils, en: partly}}
      - {code: 4, text: {de: stimmt eher, en: rather true}}
      - {code: 5, text: {de: stimmt genau, en: exactly true}}
    positive: [4, 5]
    coarse: [[1, 2], [3], [4, 5]]
    refusal: true
"""

SECTION = """
sections:
  - id: a
    questions:
"""


def as_json(yaml: str) -> str:
    """Return YAML as JSON: pydantic reads lists as tuples from JSON only."""
    return json.dumps(YAML(typ="safe").load(yaml))


def questionnaire(yaml: str) -> Questionnaire:
    """Return the questionnaire written in `yaml`."""
    return Questionnaire.model_validate_json(as_json(yaml))


def asking(questions: str, *, head: str = HEAD, scales: str = AGREEMENT) -> Questionnaire:
    """Return a questionnaire of one section that asks `questions`, a YAML list."""
    indented = "\n".join(f"      {line}" for line in questions.strip().splitlines())
    return questionnaire(head + scales + SECTION + indented)


def refusals(refused: pytest.ExceptionInfo[ValidationError]) -> list[tuple[str, str]]:
    """Return place and German sentence of every fault of our own in a refused definition."""
    return faults_in(refused.value)


def faults_in(error: ValidationError) -> list[tuple[str, str]]:
    """Return place and German sentence of every fault of our own that pydantic carries."""
    causes = [detail.get("ctx", {}).get("error") for detail in error.errors()]
    return [
        (".".join(map(str, fault.at)), str(fault.message))
        for cause in causes
        if isinstance(cause, InvalidDefinition)
        for fault in cause.faults
    ]


def times(counts: Mapping[Value | None, int]) -> list[Value | None]:
    """Return each value as often as its count says; None stands for "left out"."""
    return [value for value, count in counts.items() for _ in range(count)]


def people(**columns: Iterable[Value | None]) -> list[Answers]:
    """Return one person's answers per row of equally long columns."""
    rows = zip(*columns.values(), strict=True)
    return [
        {name: value for name, value in zip(columns, row, strict=True) if value is not None}
        for row in rows
    ]
