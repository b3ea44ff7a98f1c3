"""Questionnaires nobody would write, for round trips: every kind, odd texts, odd layouts.

`questionnaires()` gives plain data that the reader accepts; `laid_out(data, chance)` writes it as
some author might have, in brackets or blocks, with all kinds of quotes and with remarks.
"""

import json
import random
from typing import Any

from hypothesis import strategies as st

from survey_app.domain.text import faults_of_wording
from survey_app.instruments.writing import scalar

ODD = [
    "Wie war's?",
    "ja",
    "no",
    "null",
    "~",
    "3",
    "1.50",
    "2026-11-21",
    "- eins",
    "a: b",
    "ende:",
    "# kein Kommentar",
    "a #b",
    "{de: nein}",
    "[1, 2]",
    "Komma, Punkt. Strich;",
    'sagt: "Hallo"',
    "'beide' \"Arten\"",
    "100 % \\n",
    "@wer & *was* !",
    "? wirklich",
    "hinten leer ",
    "Zeile 1\nZeile 2",
    "Zeile 1\n\n  eingerückt\n",
    "\u2028geteilt",
    "مرحبا، كيف كان؟",
    "Hast du Spaß gehabt? – „Ja“",
    "a" * 180,
    "😀 👩‍👧",
]
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs",))
WORDINGS = st.one_of(st.sampled_from(ODD), st.text(LETTERS, min_size=1, max_size=40)).filter(
    lambda text: not faults_of_wording(text) and "⟨" not in text
)
TEXTS = st.one_of(
    st.fixed_dictionaries({"de": WORDINGS}),
    st.fixed_dictionaries({"de": WORDINGS}, optional={"en": WORDINGS, "tr": WORDINGS}),
)
CODES = st.sampled_from([[1, 2, 3], ["ja", "nein"], ["u14", "on", "null"], [0, "a", "b_2"]])


@st.composite
def _options(draw: st.DrawFn) -> list[dict[str, Any]]:
    return [{"code": code, "text": draw(TEXTS)} for code in draw(CODES)]


@st.composite
def _question(draw: st.DrawFn, at: int, earlier: list[str]) -> dict[str, Any]:
    kind = draw(
        st.sampled_from(
            ["rating", "battery", "single_choice", "multiple_choice", "ladder", "number",
             "open_text", "ranking", "dots", "then_now", "information"]
        )
    )  # fmt: skip
    question: dict[str, Any] = {"id": f"q{at}", "kind": kind, "text": draw(TEXTS)}
    if kind in ("rating", "battery", "then_now"):
        question["scale"] = "agreement"
    if kind in ("battery", "then_now"):
        question["items"] = [{"id": f"q{at}_{i}", "text": draw(TEXTS)} for i in range(2)]
    if kind == "then_now":
        question |= {"then": draw(TEXTS), "now": draw(TEXTS)}
    if kind in ("single_choice", "multiple_choice", "ranking", "dots"):
        question["options"] = draw(_options())
    if kind == "ladder":
        question |= {"lowest": draw(TEXTS), "highest": draw(TEXTS)}
    if kind == "number":
        question |= {"maximum": 24, "unit": draw(TEXTS), "bands": [[0, 2], [3, 24]]}
    if kind == "dots":
        question["points"] = 5
    if draw(st.booleans()):
        question["hint"] = draw(TEXTS)
    if earlier and draw(st.booleans()):
        question["show_if"] = draw(st.sampled_from(_conditions(earlier[-1])))
    return question


def _conditions(name: str) -> list[dict[str, Any]]:
    asked = {"question": name, "answered": True}
    return [asked, {"not": asked}, {"all": [asked, {"any": [{"not": asked}, asked]}]}]


@st.composite
def questionnaires(draw: st.DrawFn) -> dict[str, Any]:
    """Return a questionnaire as plain data."""
    earlier: list[str] = []
    sections = []
    for s in range(draw(st.integers(1, 3))):
        asked = []
        for _ in range(draw(st.integers(1, 3))):
            asked.append(
                draw(_question(sum(len(x["questions"]) for x in sections) + len(asked), earlier))
            )
            if asked[-1]["kind"] in ("rating", "single_choice", "ladder", "number"):
                earlier.append(asked[-1]["id"])
        sections.append({"id": f"s{s}", "title": draw(TEXTS), "questions": asked})
    scale = [{"code": code, "text": draw(TEXTS)} for code in (1, 2, 3)]
    return {
        "id": "probe",
        "version": "1.0.0",
        "audience": "young_people",
        "languages": ["de", "en"],
        "title": draw(TEXTS),
        "minutes": 3,
        "licence": {"class": "A", "holder": draw(WORDINGS)},
        "scales": {"agreement": {"options": scale, "positive": [3], "refusal": True}},
        "sections": sections,
    }


def laid_out(data: dict[str, Any], chance: random.Random, newline: str = "\n") -> str:
    """Return `data` as YAML in some author's layout."""
    lines = ["# Kopf", *_mapping(data, 0, chance), "# Fuß"]
    return newline.join(lines) + chance.choice(["", newline, newline * 2])


def _mapping(data: dict[str, Any], indent: int, chance: random.Random) -> list[str]:
    lines: list[str] = []
    for key, value in data.items():
        if chance.random() < 0.1:
            lines += [" " * indent + "# eine Bemerkung: {ja}", ""]
        lines += _entry(key, value, indent, chance)
    return lines


def _entry(key: str, value: Any, indent: int, chance: random.Random) -> list[str]:
    lead = f"{' ' * indent}{key}:"
    if isinstance(value, dict) and value.keys() == {"de"} and chance.random() < 0.8:
        value = value["de"]
    if isinstance(value, str):
        return _text(lead, value, indent, chance)
    if not isinstance(value, dict | list) or chance.random() < 0.3:
        return [f"{lead} {_flow(value, chance)}{_remark(chance)}"]
    if isinstance(value, dict):
        return [lead + _remark(chance), *_mapping(value, indent + chance.choice([1, 2, 4]), chance)]
    inner = indent + chance.choice([0, 2])
    lines = [lead]
    for entry in value:
        if isinstance(entry, dict) and chance.random() < 0.6:
            block = _mapping(entry, inner + 2, random.Random(1))  # no remark before the first key
            lines += [f"{' ' * inner}- {block[0].strip()}", *block[1:]]
        else:
            lines.append(f"{' ' * inner}- {_flow(entry, chance)}{_remark(chance)}")
    return lines


def _text(lead: str, text: str, indent: int, chance: random.Random) -> list[str]:
    inner = " " * (indent + chance.choice([1, 2, 3]))
    simple = text.isprintable() and text == text.strip()
    words = text.split(" ")
    style = chance.choice(["line", "line", "below", "literal", "folded", "quoted lines"])
    if style == "literal" and simple:
        return [f"{lead} {chance.choice(['|-', '|2-'])}".replace("2", str(len(inner) - indent)),
                inner + text, *[""] * chance.randint(0, 2)]  # fmt: skip
    if style == "folded" and simple and "" not in words:
        return [f"{lead} >-", *(inner + word for word in words)]
    if style == "quoted lines" and simple and "" not in words:
        quoted = [json.dumps(word, ensure_ascii=False)[1:-1] for word in words]
        return f'{lead} "{f"{chr(10)}{inner}".join(quoted)}"'.split("\n")
    if style == "below":
        return [lead, inner + scalar(text, in_flow=False) + _remark(chance)]
    return [f"{lead} {scalar(text, in_flow=False)}{_remark(chance)}"]


def _flow(value: Any, chance: random.Random) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(part, chance)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(part, chance) for part in value) + "]"
    return scalar(value, in_flow=True) if isinstance(value, str) else json.dumps(value)


def _remark(chance: random.Random) -> str:
    return chance.choice(["", "", "  # so gemeint"])
