"""What is peculiar to a kind.

1. number: whole numbers from minimum to maximum, in any script's digits; bands without gaps.
2. multiple_choice: answers in the order of the options; at most `maximum`; exclusive ones alone.
3. open_text: tidied, measured as the phone measures it, nothing in it that nobody can see.
4. ladder: eleven steps; "positive" begins where a group of the coarse scale begins.
5. battery: every statement is read on its own, and all problems are named.
6. ranking: places in order, none twice, none left out; only some may be placed.
7. dots: who spreads points has said something about every option; not more than there are.
8. then_now: two answers per statement on two pages; the change is counted per person who gave
   both, and of a reversed statement less is better.
9. information: nothing to answer, nothing to count.
"""

import pytest
from pydantic import ValidationError

from survey_app.domain.messages import InvalidAnswer
from survey_app.domain.questions import Question
from survey_app.domain.questions.number import equal_bands
from survey_app.domain.questions.open_text import tidied
from survey_app.domain.response import REFUSED, Answers, Value
from survey_app.domain.tabulation import tabulate
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


# ranking

RANKING = question(
    "kind: ranking, options: [{code: a, text: A}, {code: b, text: B}, {code: c, text: C}]"
)


def ranked(**places: str) -> Answers:
    return RANKING.read({f"q__{code}": [place] for code, place in places.items()})


def not_ranked(**places: str) -> tuple[str, str]:
    with pytest.raises(InvalidAnswer) as invalid:
        ranked(**places)
    (problem,) = invalid.value.problems
    return problem.field, str(problem.message)


def test_every_option_gets_its_place() -> None:
    """Rule 6."""
    assert ranked(a="2", b="1", c="3") == {"q__a": 2, "q__b": 1, "q__c": 3}


def test_only_some_options_may_be_placed() -> None:
    """Rule 6: an empty select sends an empty value."""
    assert ranked(a="", b="1", c="") == {"q__b": 1}
    assert ranked(a="", b="", c="") == {}


@pytest.mark.parametrize(
    ("places", "field", "said"),
    [
        (("1", "1", ""), "q__b", "Platz 1 hast du zweimal vergeben. Bitte ändere einen davon."),
        (("2", "", ""), "q", "Platz 1 fehlt noch. Bitte vergib die Plätze der Reihe nach."),
        (("1", "3", ""), "q", "Platz 2 fehlt noch. Bitte vergib die Plätze der Reihe nach."),
        (("4", "", ""), "q__a", "Bitte wähle einen Platz von 1 bis 3."),
        (("0", "", ""), "q__a", "Bitte wähle einen Platz von 1 bis 3."),
    ],
)
def test_what_is_no_order_is_refused(places: tuple[str, str, str], field: str, said: str) -> None:
    """Rule 6."""
    assert not_ranked(**dict(zip("abc", places, strict=True))) == (field, said)


def test_first_places_are_what_a_reader_asks_for() -> None:
    """Rule 6."""
    variables = RANKING.variables()
    assert [variable.name for variable in variables] == ["q__a", "q__b", "q__c"]
    assert {variable.positive for variable in variables} == {(1,)}
    assert {variable.coarse for variable in variables} == {((1,), (2, 3))}


# dots

DOTS = question(
    "kind: dots, points: 4, options: [{code: a, text: A}, {code: b, text: B}, {code: c, text: C}]"
)


def spread(**points: str) -> Answers:
    return DOTS.read({f"q__{code}": [sent] for code, sent in points.items()})


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (("3", "1", "0"), (3, 1, 0)),
        (("3", "1", ""), (3, 1, 0)),
        (("1", "", ""), (1, 0, 0)),
        ((" 2 ", "", "٢"), (2, 0, 2)),
    ],
)
def test_an_option_without_a_point_got_none(
    points: tuple[str, str, str], expected: tuple[int, int, int]
) -> None:
    """Rule 7: 0 is an answer once any point was spread; not all need be."""
    read = spread(**dict(zip("abc", points, strict=True)))
    assert tuple(read.values()) == expected


@pytest.mark.parametrize("points", [("", "", ""), ("0", "0", "0"), ("0", "", "")])
def test_no_point_at_all_is_no_answer(points: tuple[str, str, str]) -> None:
    """Rule 7."""
    assert spread(**dict(zip("abc", points, strict=True))) == {}


def test_more_points_than_there_are_are_refused() -> None:
    """Rule 7."""
    with pytest.raises(InvalidAnswer) as invalid:
        spread(a="3", b="3", c="")
    (problem,) = invalid.value.problems
    assert (problem.field, str(problem.message)) == (
        "q",
        "Du hast 6 Punkte verteilt, es gibt aber nur 4. Bitte nimm 2 weg.",
    )


# then_now

WORKSHOP = """
- id: q
  kind: then_now
  text: Vorher und jetzt
  then: Vorher
  now: Jetzt
  scale: agreement
  items: [{id: g, text: Ich weiß es.}, {id: h, text: Hilfe ist Schwäche., reverse: true}]
"""


def change_of(name: str, answers: list[Answers]) -> tuple[dict[object, int], int, int]:
    """Return the counts of a change but for zeros, the base and how many are missing."""
    tables = {table.variable: table for table in tabulate(asking(WORKSHOP), answers).tables}
    table = tables[f"{name}__change"]
    counts = {cell.code: cell.count for cell in table.cells if cell.count}
    return counts, table.base, table.missing.total


def test_the_change_is_counted_per_person() -> None:
    """Rule 8: two up by 2, one down by 1; the tables of then and now alone would not tell."""
    people: list[Answers] = [
        {"g__then": 2, "g__now": 4},
        {"g__then": 3, "g__now": 5},
        {"g__then": 4, "g__now": 3},
        {"g__then": 3, "g__now": 3},
    ]
    assert change_of("g", people) == ({2: 2, -1: 1, 0: 1}, 4, 0)


def test_a_change_needs_both_answers() -> None:
    """Rule 8: "weiß nicht" is no answer, and nobody's missing answer becomes a zero."""
    people: list[Answers] = [
        {"g__then": 2},
        {"g__now": 2},
        {},
        {"g__then": REFUSED, "g__now": 4},
        {"g__then": 1, "g__now": 5},
    ]
    assert change_of("g", people) == ({4: 1}, 1, 4)


def test_of_a_reversed_statement_less_is_better() -> None:
    """Rule 8: the difference stays now - then; what counts as good turns round."""
    then, now, change = list(asking(WORKSHOP).codebook())[3:]
    assert (then.positive, now.positive) == ((1, 2), (1, 2))
    assert change.codes == (-4, -3, -2, -1, 0, 1, 2, 3, 4)
    assert change.positive == (-4, -3, -2, -1)
    assert change.coarse == ((-4, -3, -2, -1), (0,), (1, 2, 3, 4))
    assert [change.label_of(code, "de") for code in (-2, 0, 3)] == ["−2", "0", "+3"]


def test_a_change_stands_in_no_form() -> None:
    """Rule 8: who sends one is not believed."""
    (asked,) = asking(WORKSHOP).questions
    assert asked.fields == ("g__then", "h__then", "g__now", "h__now")
    assert asked.read({"g__change": ["4"], "g__then": ["1"]}) == {"g__then": 1}


# information


def test_information_asks_nothing() -> None:
    """Rule 9."""
    asked = asking("- {id: q, kind: information, text: Hallo., help_card: true}")
    (shown,) = asked.questions
    assert (shown.fields, shown.variables(), shown.shows_help) == ((), (), True)
    assert shown.read({"q": ["etwas"]}) == {}
    assert asked.codebook() == ()
    assert asked.sensitivities() == frozenset()
