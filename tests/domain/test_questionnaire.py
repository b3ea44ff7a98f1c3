"""The questionnaire.

1. A form is read in the order of the questions; every problem in it is named.
2. What `show_if` hides is not read: nobody leaves an answer to a question no longer asked.
3. The fingerprint stays as long as nothing changes and changes with any wording.
4. The canonical text reads back as the same questionnaire.
5. Names are used once, never clash with other fields of the form, and refer to what is there.
6. A condition asks for an earlier answer that can be given, is not sensitive and no free text.
7. What has faults of its own is not blamed a second time by those who refer to it.
8. At most three questions declare a breakdown; a core question is asked once.
9. Class C is refused with its reason. Class B is asked only with its official text and an accepted
   licence; slots exist in class B alone.
10. The codebook, the free texts and the sensitivities follow from the questions.
"""

import pytest
from pydantic import ValidationError

from survey_app.domain.codebook import Level, Sensitivity
from survey_app.domain.coherence import OTHER_FORM_FIELDS, faults_between
from survey_app.domain.questionnaire import Questionnaire, Reading
from tests.support import AGREEMENT, HEAD, asking, questionnaire, refusals

SOMMERCAMP = """
- {id: k1, kind: rating, scale: agreement, core: K1, text: {de: Es war gut., en: It was good.}}
- id: aendern
  kind: open_text
  show_if: {question: k1, at_most: 3}
  text: Was sollen wir ändern?
- id: apps
  kind: multiple_choice
  options: [{code: chat, text: Chat}, {code: video, text: Video}]
  sensitivity: B
  text: Was nutzt du?
- id: gefuehle
  kind: battery
  scale: agreement
  sensitivity: C
  text: Wie geht es dir?
  items: [{id: g1, text: Gut.}, {id: g2, text: Allein.}]
"""


def refused_questions(questions: str, scales: str = AGREEMENT) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        asking(questions, scales=scales)
    return refusals(refused)


def rating(name: str, more: str = "") -> str:
    return f"- {{id: {name}, kind: rating, scale: agreement, text: Gut.{more}}}\n"


# Reading a form


def test_answers_come_in_the_order_of_the_questions() -> None:
    """Rule 1."""
    form = {
        "g1": ["1"],
        "apps": ["video", "chat"],
        "aendern": ["  Mehr Zeit.\r\n"],
        "k1": ["3"],
        "submission": ["x"],
    }
    reading = asking(SOMMERCAMP).read(form)
    assert list(reading.answers.items()) == [
        ("k1", 3),
        ("aendern", "Mehr Zeit."),
        ("apps", ("chat", "video")),
        ("g1", 1),
    ]
    assert reading.problems == ()


def test_empty_form_reads_as_nothing() -> None:
    """Rule 1."""
    assert asking(SOMMERCAMP).read({}) == Reading({})


def test_every_problem_of_a_form_is_named() -> None:
    """Rule 1."""
    reading = asking(SOMMERCAMP).read(
        {"k1": ["9"], "apps": ["chat"], "g1": ["x"], "g2": ["1", "2"]}
    )
    assert reading.answers == {"apps": ("chat",)}
    assert [(problem.field, str(problem.message)) for problem in reading.problems] == [
        ("k1", "Diese Antwort gehört nicht zu dieser Frage. Bitte wähle noch einmal."),
        ("g1", "Diese Antwort gehört nicht zu dieser Frage. Bitte wähle noch einmal."),
        ("g2", "Hier geht nur eine Antwort. Bitte wähle eine aus."),
    ]


@pytest.mark.parametrize(
    ("k1", "kept"), [("3", True), ("4", False), ("", False), ("refused", False)]
)
def test_hidden_answer_is_dropped(k1: str, kept: bool) -> None:
    """Rule 2."""
    reading = asking(SOMMERCAMP).read({"k1": [k1], "aendern": ["Mehr Zeit."]})
    assert ("aendern" in reading.answers) is kept
    assert reading.problems == ()


def test_fault_in_a_hidden_answer_is_no_problem() -> None:
    """Rule 2: the person cannot see the field any more."""
    assert asking(SOMMERCAMP).read({"k1": ["5"], "aendern": ["x" * 501]}) == Reading({"k1": 5})


def test_hiding_goes_on_along_a_chain() -> None:
    """Rule 2: an answer that was dropped shows nothing either."""
    chain = asking(
        rating("a")
        + rating("b", ", show_if: {question: a, is: 1}")
        + rating("c", ", show_if: {question: b, is: 1}")
    )
    assert chain.read({"a": ["2"], "b": ["1"], "c": ["1"]}).answers == {"a": 2}
    assert chain.read({"a": ["1"], "b": ["1"], "c": ["1"]}).answers == {"a": 1, "b": 1, "c": 1}


# Fingerprint and canonical text


def test_fingerprint_is_the_same_for_the_same_questionnaire() -> None:
    """Rule 3: nor does it depend on the order of keys, or on a default being written out."""
    first, second = asking(SOMMERCAMP), asking(SOMMERCAMP)
    other_order = asking(
        SOMMERCAMP.replace("{id: k1, kind: rating,", "{kind: rating, sensitivity: A, id: k1,")
    )
    assert len(first.fingerprint) == 16
    assert first.fingerprint == second.fingerprint == other_order.fingerprint


def test_fingerprint_is_this_one() -> None:
    """Rule 3: blocks remember it; a new key of the format is left out while it is at its default."""
    assert asking(rating("k1")).fingerprint == "442f6314997e3143"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Es war gut.", "Es war gut"),
        ("en: It was good.", "en: It was nice."),
        ("en: It was good.", "tr: İyiydi."),
        ("Was sollen wir ändern?", "Was sollen wir ändern"),
        ("text: Chat", "text: Chats"),
        ("text: Allein.", "text: Einsam."),
        ("at_most: 3", "at_most: 2"),
        ("core: K1", "core: K2"),
        ("sensitivity: B", "sensitivity: C"),
        ("code: chat", "code: chats"),
        ("text: Was nutzt du?", "text: Was nutzt du?\n  maximum: 2"),
    ],
)
def test_fingerprint_changes_with_any_change(old: str, new: str) -> None:
    """Rule 3."""
    assert SOMMERCAMP.count(old) == 1
    changed = asking(SOMMERCAMP.replace(old, new))
    assert changed.fingerprint != asking(SOMMERCAMP).fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1.0.0", "version: 1.0.1"),
        ("en: Trial", "en: Probe"),
        ("minutes: 3", "minutes: 4"),
    ],
)
def test_fingerprint_changes_with_the_head(old: str, new: str) -> None:
    """Rule 3."""
    changed = asking(SOMMERCAMP, head=HEAD.replace(old, new))
    assert changed.fingerprint != asking(SOMMERCAMP).fingerprint


def test_fingerprint_changes_with_the_wording_of_a_scale_and_the_order_of_questions() -> None:
    """Rule 3."""
    reworded = asking(SOMMERCAMP, scales=AGREEMENT.replace("teils/teils", "mittel"))
    swapped = asking(rating("b") + rating("a"))
    assert reworded.fingerprint != asking(SOMMERCAMP).fingerprint
    assert swapped.fingerprint != asking(rating("a") + rating("b")).fingerprint


def test_canonical_text_reads_back_as_the_same_questionnaire() -> None:
    """Rule 4: also its scales are bound again."""
    first = asking(SOMMERCAMP)
    again = Questionnaire.model_validate_json(first.canonical())
    assert again == first
    assert again.canonical() == first.canonical()
    assert again.codebook() == first.codebook()


# Faults that show only between questions


def test_name_used_twice_is_refused() -> None:
    """Rule 5."""
    assert refused_questions(rating("k1") + rating("k1")) == [
        (
            "sections.0.questions.1.id",
            "die id „k1“ kommt zweimal vor. Gib einer der Fragen eine andere",
        )
    ]


def test_name_of_an_item_counts_like_that_of_a_question() -> None:
    """Rule 5."""
    ((place, sentence),) = refused_questions(SOMMERCAMP + rating("g1"))
    assert place == "sections.0.questions.4.id"
    assert sentence == "die id „g1“ kommt zweimal vor. Gib einer der Fragen eine andere"


def test_name_may_not_come_again_in_another_section() -> None:
    """Rule 5."""
    sections = """
sections:
  - {id: a, questions: [{id: k1, kind: open_text, text: Was?}]}
  - {id: b, questions: [{id: k1, kind: open_text, text: Was?}]}
"""
    with pytest.raises(ValidationError) as refused:
        questionnaire(HEAD + sections)
    assert [place for place, _ in refusals(refused)] == ["sections.1.questions.0.id"]


@pytest.mark.parametrize("name", sorted(OTHER_FORM_FIELDS))
def test_name_of_another_form_field_is_refused(name: str) -> None:
    """Rule 5."""
    assert refused_questions(rating(name)) == [
        (
            "sections.0.questions.0.id",
            f"die id „{name}“ ist für das Formular reserviert. Nimm eine andere",
        )
    ]


def test_unknown_scale_is_refused_with_the_known_ones() -> None:
    """Rule 5."""
    question = "- {id: k1, kind: rating, scale: agreemnt, text: Gut.}"
    assert refused_questions(question) == [
        ("sections.0.questions.0.scale", "die Skala „agreemnt“ gibt es nicht. Es gibt: agreement")
    ]
    assert refused_questions(question, scales="")[0][1] == (
        "die Skala „agreemnt“ gibt es nicht. Es gibt: –"
    )


@pytest.mark.parametrize("asked", ["later", "k2", "nowhere"])
def test_condition_asks_for_an_earlier_question(asked: str) -> None:
    """Rule 6."""
    questions = rating("k1") + rating("k2", f", show_if: {{question: {asked}, is: 1}}")
    sentence = (
        f"die Bedingung fragt nach „{asked}“, aber vor dieser Frage gibt es keine Frage mit"
        " dieser id"
    )
    assert refused_questions(questions + rating("later")) == [
        ("sections.0.questions.1.show_if", sentence)
    ]


@pytest.mark.parametrize("comparison", ["is: 9", "one_of: [1, 9]"])
def test_condition_that_can_never_hold_is_refused(comparison: str) -> None:
    """Rule 6."""
    questions = rating("k1") + rating("k2", f", show_if: {{question: k1, {comparison}}}")
    sentence = (
        "die Frage „k1“ hat keine Antwort mit dem Code „9“, die Bedingung wäre nie"
        " erfüllt. Es gibt: 1, 2, 3, 4, 5"
    )
    assert refused_questions(questions) == [("sections.0.questions.1.show_if", sentence)]


@pytest.mark.parametrize("sensitivity", ["B", "C"])
@pytest.mark.parametrize("comparison", ["is: 5", "at_most: 3", "answered: true"])
def test_condition_on_a_sensitive_answer_is_refused(sensitivity: str, comparison: str) -> None:
    """Rule 6: n of the second question would be the count that the first one withholds."""
    questions = rating("w1", f", sensitivity: {sensitivity}") + rating(
        "k1", f", show_if: {{not: {{question: w1, {comparison}}}}}"
    )
    ((place, sentence),) = refused_questions(questions)
    assert place == "sections.0.questions.1.show_if"
    assert sentence == (
        f"die Frage „w1“ ist empfindlich (sensitivity {sensitivity}): schon die Zahl derer, die"
        " diese Frage bekommen, würde verraten, wie dort geantwortet wurde. Stelle sie allen, oder"
        " nimm eine Bedingung mit einer Frage der Stufe A"
    )


def test_condition_on_a_free_text_is_refused() -> None:
    """Rule 6: when answers are counted, the texts are somewhere else."""
    questions = "- {id: was, kind: open_text, text: Was?}\n" + rating(
        "k1", ", show_if: {question: was, answered: true}"
    )
    sentence = (
        "die Frage „was“ ist ein Freitext und wird getrennt von den anderen Antworten"
        " gespeichert. Nimm eine Bedingung mit einer anderen Frage"
    )
    assert refused_questions(questions) == [("sections.0.questions.1.show_if", sentence)]


def test_condition_may_ask_for_any_number() -> None:
    """Rule 6: its codes are bands, its answers are numbers."""
    questions = "- {id: tage, kind: number, maximum: 5, text: Tage?}\n" + rating(
        "k1", ", show_if: {question: tage, is: 3}"
    )
    form = {"tage": ["3"], "k1": ["5"]}
    assert asking(questions).read(form).answers == {"tage": 3, "k1": 5}


def test_all_faults_are_named_at_once() -> None:
    """Rules 5 and 6."""
    questions = (
        rating("k1")
        + rating("k1", ", show_if: {question: k9, is: 1}")
        + "- {id: k2, kind: rating, scale: fehlt, text: Gut.}"
    )
    assert [place for place, _ in refused_questions(questions)] == [
        "sections.0.questions.1.show_if",
        "sections.0.questions.1.id",
        "sections.0.questions.2.scale",
    ]


def test_unreadable_scales_and_questions_are_not_blamed() -> None:
    """Rule 7."""
    sound = asking(rating("k1") + rating("k2", ", show_if: {question: k1, is: 1}"))
    second = [(("questions", 1), tuple(sound.questions)[1])]
    unreadable = frozenset({"k1", "agreement"})
    assert faults_between(second, {}, unreadable=unreadable) == []
    assert len(faults_between(second, {})) == 2


def test_german_is_always_among_the_languages() -> None:
    """Rule 5."""
    with pytest.raises(ValidationError) as refused:
        asking(SOMMERCAMP, head=HEAD.replace("[de, en]", "[en]"))
    assert refusals(refused) == [("languages", "„de“ fehlt: Deutsch ist die Grundsprache")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: probe", "id: Probe"),
        ("version: 1.0.0", "version: '1.0'"),
        ("minutes: 3", "minutes: '3'"),
        ("minutes: 3", "minutes: 0"),
        ("minutes: 3", "minutes: 3\nmood: good"),
        ("class: A", "class: C"),
        ("audience: young_people", "audience: teachers"),
    ],
)
def test_head_is_strict(old: str, new: str) -> None:
    """Rule 5: no unknown keys, no coercion, no refused licence class."""
    with pytest.raises(ValidationError):
        asking(SOMMERCAMP, head=HEAD.replace(old, new))


# What follows from the questions


def test_codebook_lists_every_variable_in_order() -> None:
    """Rule 8."""
    found = [(v.name, v.question, v.level, v.sensitivity) for v in asking(SOMMERCAMP).codebook()]
    a, b, c = Sensitivity.A, Sensitivity.B, Sensitivity.C
    assert found == [
        ("k1", "k1", Level.ORDINAL, a),
        ("aendern", "aendern", Level.TEXT, a),
        ("apps", "apps", Level.NOMINAL, b),
        ("g1", "gefuehle", Level.ORDINAL, c),
        ("g2", "gefuehle", Level.ORDINAL, c),
    ]


def test_texts_and_sensitivities_follow_from_the_codebook() -> None:
    """Rule 8."""
    assert asking(SOMMERCAMP).text_fields == ("aendern",)
    assert asking(SOMMERCAMP).sensitivities() == set("ABC")


def test_item_can_be_more_sensitive_than_its_battery() -> None:
    """Rule 8."""
    battery = """
- id: b
  kind: battery
  scale: agreement
  text: Wie ist es?
  items: [{id: b1, text: Gut.}, {id: b2, text: Allein., sensitivity: C}]
"""
    assert asking(battery).sensitivities() == {"A", "C"}


def test_language_is_the_wanted_one_or_german() -> None:
    """Rule 8."""
    found = asking(SOMMERCAMP)
    assert (found.language_for("en"), found.language_for("ar")) == ("en", "de")


def test_code_is_said_in_the_language_and_a_coarse_code_joins_what_it_covers() -> None:
    """Rule 8."""
    (k1, *_) = asking(SOMMERCAMP).codebook()
    assert k1.label_of(3, "en") == "partly"
    assert k1.label_of("4+5", "de") == "stimmt eher / stimmt genau"


def choice(name: str, more: str = "") -> str:
    options = "options: [{code: a, text: A}, {code: b, text: B}]"
    return f"- {{id: {name}, kind: single_choice, text: Was?, {options}{more}}}\n"


def test_three_breakdowns_are_possible_and_a_fourth_is_not() -> None:
    """Rule 8: each makes smaller groups."""
    three = "".join(choice(f"d{n}", ", breakdown: true") for n in range(3))
    declared = [v.name for v in asking(three + choice("e")).codebook() if v.breakdown]
    assert declared == ["d0", "d1", "d2"]
    assert [place for place, _ in refused_questions(three + choice("d3", ", breakdown: true"))] == [
        "sections.0.questions.3.breakdown"
    ]


def test_core_question_is_asked_once() -> None:
    """Rule 8: a roll-up counts people once."""
    assert refused_questions(choice("a", ", core: K1") + choice("b", ", core: K1")) == [
        (
            "sections.0.questions.1.core",
            "die Kernfrage K1 kommt zweimal vor. Streiche core bei einer der Fragen",
        )
    ]


def licensed(licence: str, text: str = "Gut.") -> Questionnaire:
    head = HEAD.replace(
        "licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}", f"licence: {licence}"
    )
    assert head != HEAD
    return asking(f"- {{id: k1, kind: rating, scale: agreement, text: {text}}}", head=head)


ACCEPTED = "accepted: {by: Kreis Beispiel, on: '2026-11-21'}"


def test_class_c_is_refused_with_its_reason() -> None:
    """Rule 9."""
    with pytest.raises(ValidationError) as refused:
        licensed("{class: C, holder: Youthinmind}")
    assert refusals(refused) == [
        (
            "class",
            (
                "dieses Instrument (Youthinmind) darf hier nicht eingesetzt werden: Seine Lizenz"
                " verbietet es, oder es stellt Diagnosen, und das hat in einer Klasse nichts zu"
                " suchen. Nimm eigene Fragen"
            ),
        )
    ]


def test_slot_in_class_a_is_refused() -> None:
    """Rule 9."""
    with pytest.raises(ValidationError) as refused:
        licensed("{class: A, holder: Mitreden}", "{slot: 1}")
    assert [place for place, _ in refusals(refused)] == ["sections.0.questions.0.text"]


@pytest.mark.parametrize(
    ("licence", "text", "why"),
    [
        ("{class: A, holder: Mitreden}", "Gut.", None),
        (f"{{class: B, holder: WHO, {ACCEPTED}}}", "Gut.", None),
        (
            "{class: B, holder: WHO}",
            "Gut.",
            (
                "„Probe“ ist noch nicht einsetzbar: Niemand hat die Lizenz angenommen (WHO). Tragen Sie"
                " in der Datei unter licence ein, wer das wann getan hat: accepted: {by: …, on: …}."
            ),
        ),
        (
            f"{{class: B, holder: WHO, {ACCEPTED}}}",
            "{slot: 1}",
            (
                "„Probe“ ist noch nicht einsetzbar: Es fehlt 1 Originaltext (WHO). Ersetzen Sie in der"
                " Datei {slot: …} durch den amtlichen Wortlaut."
            ),
        ),
    ],
)
def test_class_b_needs_its_text_and_an_accepted_licence(
    licence: str, text: str, why: str | None
) -> None:
    """Rule 9."""
    asked = licensed(licence, text)
    assert asked.fieldable is (why is None)
    assert str(asked.why_not_fieldable or "") == (why or "")
