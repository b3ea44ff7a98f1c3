"""Doubts: what a questionnaire may do, and its author should look at once more.

1. A wording that lacks a declared language is named, each on its own.
2. A wording in a language that is not declared is named.
3. More than twenty questions and statements are many.
4. A scale that nobody uses, and a sensitive one without its coarse form, are named.
5. Doubts stand in the order of the file; a file with errors has none yet.
"""

import pytest

from survey_app.instruments.checks import doubts
from survey_app.instruments.document import parse
from survey_app.instruments.reader import understand
from tests.instruments.test_reader import SOUND

# SOUND is written as a youth worker writes: short, so that three wordings are in German only.
ALL_ENGLISH = (
    SOUND.replace("text: nein", "text: {de: nein, en: 'no'}")
    .replace("text: ja", "text: {de: ja, en: 'yes'}")
    .replace("text: Gut.", "text: {de: Gut., en: Good.}")
)
IN_GERMAN = "Bis dahin erscheint dort der deutsche Text."


def doubted(yaml: str) -> list[str]:
    document = parse(yaml.encode(), "probe.yaml")
    found = doubts(understand(document), document)
    return [str(doubt).removeprefix("probe.yaml:") for doubt in found]


def test_complete_questionnaire_is_beyond_doubt() -> None:
    """Rule 1."""
    assert doubted(ALL_ENGLISH) == []


def test_every_missing_translation_is_named() -> None:
    """Rule 1."""
    assert doubted(SOUND) == [
        f"11:25: die Übersetzung fehlt: en. {IN_GERMAN}",
        f"12:25: die Übersetzung fehlt: en. {IN_GERMAN}",
        f"20:15: die Übersetzung fehlt: en. {IN_GERMAN}",
    ]


def test_missing_languages_of_one_wording_stand_together() -> None:
    """Rule 1."""
    turkish = ALL_ENGLISH.replace("[de, en]", "[de, en, tr]")
    assert len(doubted(turkish)) == 5
    short = turkish.replace("{de: Gut., en: Good.}", "Gut.")
    assert f"20:15: die Übersetzung fehlt: en, tr. {IN_GERMAN}" in doubted(short)


def test_wording_that_nobody_would_see_is_named() -> None:
    """Rule 2."""
    assert doubted(ALL_ENGLISH.replace("[de, en]", "[de]"))[0] == (
        "5:24: „en“ steht nicht unter languages, diesen Text sieht niemand. Ergänze die Sprache"
        " oder streiche den Text."
    )


@pytest.mark.parametrize(("number", "said"), [(18, False), (19, True)])
def test_more_than_twenty_are_many(number: int, said: bool) -> None:
    """Rule 3: the sound questionnaire has two."""
    more = "".join(
        f"      - {{id: q{i}, kind: open_text, text: {{de: Was?, en: What?}}}}\n"
        for i in range(number)
    )
    many = (
        "14:1: 21 Fragen und Aussagen sind viel. Bei höchstens 20 bleiben mehr Menschen bis zum"
        " Ende dabei."
    )
    assert doubted(ALL_ENGLISH + more) == ([many] if said else [])


def test_scale_that_nobody_uses_is_named() -> None:
    """Rule 4."""
    unused = (
        "  gefuehl: {options: [{code: 1, text: {de: a, en: a}}, {code: 2, text: {de: b, en: b}}]}\n"
    )
    assert doubted(ALL_ENGLISH.replace("sections:\n", f"{unused}sections:\n")) == [
        "14:12: die Skala „gefuehl“ wird von keiner Frage benutzt. Streiche sie."
    ]


def test_sensitive_question_needs_a_coarse_scale() -> None:
    """Rule 4: below fifty answers it would not be released at all (ANONYMITY.md)."""
    sensitive = ALL_ENGLISH.replace(
        "        scale:", "        sensitivity: C\n        scale:"
    ).replace("        show_if: {question: k1, at_most: 1}\n", "")
    (doubt,) = doubted(sensitive)
    assert doubt == (
        "9:3: zur Skala „agreement“ gehören Fragen der Stufe C. Ohne „coarse“ werden sie unter 50"
        " Antworten nicht ausgewiesen."
    )
    assert (
        doubted(sensitive.replace("    positive:", "    coarse: [[1], [2]]\n    positive:")) == []
    )
