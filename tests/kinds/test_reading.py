"""What is peculiar to a kind.

1. number: whole numbers from minimum to maximum, in any script's digits; bands without gaps.
2. multiple_choice: answers in the order of the options; at most `maximum`; exclusive ones alone.
3. open_text: tidied, measured as the phone measures it, nothing in it that nobody can see.
4. ladder: eleven steps; "positive" begins where a group of the coarse scale begins.
5. battery: every statement is read on its own, and all problems are named.
"""

import pytest
from pydantic import ValidationError

from survey_app.domain.messages import InvalidAnswer
from survey_app.domain.questions import Question
from survey_app.domain.questions.number import equal_bands
from survey_app.domain.questions.open_text import tidied
from survey_app.domain.response import Answers, Value
from tests.support import asking, refusals


def question(yaml: str) -> Question:
    (asked,) = asking(f"- {{id: q, text: Frage?, {yaml}}}").questions
    return asked


def refused_question(yaml: str) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        question(yaml)
    return refusals(refused)


def answer(asked: Question, *sent: str) -> Value | None:
    return asked.read({"q": sent}).get("q")


def refusal(asked: Question, *sent: str) -> str:
    with pytest.raises(InvalidAnswer) as invalid:
        asked.read({"q": sent})
    (problem,) = invalid.value.problems
    return str(problem.message)


# number

HOURS = question("kind: number, minimum: 1, maximum: 24")


@pytest.mark.parametrize(
    ("sent", "number"), [("1", 1), ("24", 24), (" 7 ", 7), ("+7", 7), ("007", 7)]
)
def test_number_is_read(sent: str, number: int) -> None:
    """Rule 1: both ends of the range are in it."""
    assert answer(HOURS, sent) == number


@pytest.mark.parametrize("sent", ["١٢", "۱۲", "१२", "１２"])
def test_number_is_read_in_the_digits_of_the_keyboard(sent: str) -> None:
    """Rule 1: Mira's phone types Arabic digits."""
    assert answer(HOURS, sent) == 12


@pytest.mark.parametrize(
    "sent", ["drei", "3,5", "3.5", "1e3", "²", "½", "0x10", "1 2", "--1", "9" * 10]
)
def test_what_is_no_whole_number_is_refused(sent: str) -> None:
    """Rule 1."""
    assert refusal(HOURS, sent) == "Bitte gib eine ganze Zahl ein, zum Beispiel 2."


@pytest.mark.parametrize("sent", ["0", "25", "-1", "999999999"])
def test_number_out_of_range_is_refused(sent: str) -> None:
    """Rule 1."""
    assert refusal(HOURS, sent) == "Bitte gib eine Zahl von 1 bis 24 ein."


@pytest.mark.parametrize(
    ("minimum", "maximum", "bands"),
    [
        (0, 24, ((0, 4), (5, 9), (10, 14), (15, 19), (20, 24))),
        (1, 3, ((1, 1), (2, 2), (3, 3))),
        (0, 7, ((0, 0), (1, 2), (3, 3), (4, 5), (6, 7))),
    ],
)
def test_range_is_cut_into_at_most_five_bands(
    minimum: int, maximum: int, bands: tuple[tuple[int, int], ...]
) -> None:
    """Rule 1."""
    assert equal_bands(minimum, maximum) == bands


@pytest.mark.parametrize(
    "bands", ["[[0, 2], [4, 9]]", "[[0, 2], [2, 9]]", "[[1, 9]]", "[[0, 8]]", "[[5, 9], [0, 4]]"]
)
def test_bands_with_gaps_are_refused(bands: str) -> None:
    """Rule 1."""
    sentence = (
        "die Bereiche müssen lückenlos von minimum bis maximum reichen, zum Beispiel"
        " [[0, 2], [3, 5], [6, 24]]"
    )
    assert refused_question(f"kind: number, maximum: 9, bands: {bands}") == [("bands", sentence)]


def test_empty_range_is_refused() -> None:
    """Rule 1."""
    assert refused_question("kind: number, minimum: 5, maximum: 5") == [
        ("minimum", "minimum muss kleiner sein als maximum")
    ]


# multiple_choice

APPS = question(
    "kind: multiple_choice, maximum: 2, options: [{code: chat, text: Chats},"
    " {code: video, text: Videos}, {code: spiel, text: Spiele},"
    " {code: nichts, text: nichts davon, exclusive: true}]"
)


def test_ticks_come_in_the_order_of_the_options_and_once() -> None:
    """Rule 2."""
    assert answer(APPS, "spiel", "chat", "chat") == ("chat", "spiel")


def test_too_many_ticks_are_refused() -> None:
    """Rule 2."""
    assert refusal(APPS, "chat", "video", "spiel") == "Bitte wähle höchstens 2 Antworten aus."


def test_exclusive_answer_stands_alone() -> None:
    """Rule 2."""
    assert answer(APPS, "nichts") == ("nichts",)
    assert refusal(APPS, "nichts", "chat") == (
        "„nichts davon“ passt nicht zu den anderen Antworten. Bitte nimm eins davon weg."
    )


def test_one_unknown_tick_spoils_the_answer() -> None:
    """Rule 2: a tampered form is not half counted."""
    assert refusal(APPS, "chat", "quatsch").startswith("Diese Antwort gehört nicht zu dieser Frage")


def test_maximum_beyond_the_options_is_refused() -> None:
    """Rule 2."""
    options = "options: [{code: a, text: A}, {code: b, text: B}]"
    assert refused_question(f"kind: multiple_choice, maximum: 3, {options}") == [
        ("maximum", "es gibt weniger Antworten als maximum")
    ]


# open_text


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("  Mehr Zeit.  ", "Mehr Zeit."),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00b\tc", "a b c"),
        ("gut\u202etug", "guttug"),
        ("\u2066a\u2069", "a"),
        ("می\u200cروم 👩\u200d🏫", "می\u200cروم 👩\u200d🏫"),
        ("u\u0308ber", "über"),
        ("\u202e \x00", ""),
    ],
)
def test_text_is_tidied(sent: str, text: str) -> None:
    """Rule 3."""
    assert tidied(sent) == text


def test_text_is_measured_after_tidying() -> None:
    """Rule 3: a line end counts once, as on the phone."""
    short = question("kind: open_text, max_length: 3")
    assert answer(short, " a\r\nb ") == "a\nb"
    assert refusal(short, "abcd") == (
        "Dein Text ist zu lang: 4 Zeichen, möglich sind 3. Bitte kürze ihn."
    )


# ladder


def test_ladder_has_eleven_steps_with_both_ends_named() -> None:
    """Rule 4."""
    ladder = question("kind: ladder, lowest: gar nicht, highest: {de: völlig, en: fully}")
    (variable,) = ladder.variables()
    assert variable.codes == tuple(range(11))
    assert [variable.label_of(step, "en") for step in (0, 5, 10)] == [
        "0 – gar nicht",
        "5",
        "10 – fully",
    ]
    assert answer(ladder, "0") == 0


@pytest.mark.parametrize(
    ("start", "positive"), [(6, (6, 7, 8, 9, 10)), (8, (8, 9, 10))], ids=["from 6", "from 8"]
)
def test_positive_steps_fill_groups_of_the_coarse_scale(
    start: int, positive: tuple[int, ...]
) -> None:
    """Rule 4."""
    asked = question(f"kind: ladder, lowest: nein, highest: ja, positive_from: {start}")
    assert asked.variables()[0].positive == positive


@pytest.mark.parametrize("start", [0, 5, 7, 10])
def test_positive_steps_never_begin_within_a_group(start: int) -> None:
    """Rule 4."""
    with pytest.raises(ValidationError, match="positive_from"):
        question(f"kind: ladder, lowest: nein, highest: ja, positive_from: {start}")


# battery


def test_every_statement_of_a_battery_is_read_on_its_own() -> None:
    """Rule 5."""
    battery = question(
        "kind: battery, scale: agreement, items: [{id: a, text: A.}, {id: b, text: B.},"
        " {id: c, text: C.}]"
    )
    expected: Answers = {"a": 5, "c": "refused"}
    assert battery.read({"a": ["5"], "c": ["refused"]}) == expected
    with pytest.raises(InvalidAnswer) as invalid:
        battery.read({"a": ["9"], "b": ["1"], "c": ["1", "2"]})
    assert [problem.field for problem in invalid.value.problems] == ["a", "c"]
