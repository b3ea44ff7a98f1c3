"""Doubts: what a questionnaire may do, and its author should look at once more.

1. A wording that lacks a declared language is named, each on its own; one in a language that is not
   declared, too. Easy language is German and needs people who tested it.
2. More than twenty questions and statements are many; none at all are too few.
3. A scale that nobody uses, a sensitive one without its coarse form, a lopsided one are named.
4. Two thoughts in one statement are suspected where "und" or "oder" joins two of a kind.
5. Long sentences, and a questionnaire that is hard to read as a whole, are named.
6. More than three questions about the person are named; a breakdown by a question of sensitivity B
   or C is, because its groups are never shown.
7. A question of sensitivity C without the help card is named.
8. A condition that always holds is named.
9. Doubts stand in the order of the file; a file with errors has none yet.
"""

import pytest

from survey_app.instruments.document import parse
from survey_app.instruments.doubts import doubts
from survey_app.instruments.reader import understand
from tests.instruments.test_reader import SOUND

# SOUND is written as a youth worker writes: short, so that three wordings are in German only.
ALL_ENGLISH = (
    SOUND.replace("text: nein", "text: {de: nein, en: 'no'}")
    .replace("text: ja", "text: {de: ja, en: 'yes'}")
    .replace("text: Gut.", "text: {de: Gut., en: Good.}")
)
GERMAN = SOUND.replace("[de, en]", "[de]").replace("{de: Probe, en: Trial}", "Probe")
GERMAN = GERMAN.replace("        text:\n          de: Warum?\n          en: Why?\n", "").replace(
    "kind: open_text\n", "kind: open_text\n        text: Warum?\n"
)
IN_GERMAN = "Bis dahin erscheint dort der deutsche Text."


def doubted(yaml: str) -> list[str]:
    document = parse(yaml.encode(), "probe.yaml")
    found = [document.fault(message, path) for path, message in doubts(understand(document))]
    found.sort(key=lambda doubt: (doubt.line, doubt.column))
    return [str(doubt).removeprefix("probe.yaml:") for doubt in found]


def with_questions(*questions: str) -> str:
    """Return GERMAN with more questions behind its own."""
    return GERMAN + "".join(f"      - {question}\n" for question in questions)


def test_complete_questionnaire_is_beyond_doubt() -> None:
    """Rule 1."""
    assert doubted(ALL_ENGLISH) == doubted(GERMAN) == []


# Languages


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
    """Rule 1."""
    assert doubted(ALL_ENGLISH.replace("[de, en]", "[de]"))[0] == (
        "5:24: „en“ steht nicht unter languages, diesen Text sieht niemand. Ergänze die Sprache"
        " oder streiche den Text."
    )


def test_empty_slots_need_no_translation() -> None:
    """Rule 1: the official text brings its own."""
    shell = ALL_ENGLISH.replace("class: A", "class: B").replace(
        "{de: Gut., en: Good.}", "{slot: 1}"
    )
    assert doubted(shell) == []


def test_easy_language_needs_people_who_tested_it() -> None:
    """Rule 1: one doubt for the whole file, at the first easy wording."""
    easy = ALL_ENGLISH.replace(
        "        text: {de: Gut.", "        easy: {de: Es war gut.}\n        text: {de: Gut."
    )
    assert doubted(easy) == [
        (
            "20:15: Leichte Sprache wird erst angeboten, wenn Menschen sie geprüft haben, die sie"
            " brauchen. Trage das dann ein: easy_language: {tested: true, by: …, on: …}."
        )
    ]
    tested = "easy_language: {tested: true, by: Werkstatt, on: '2026-11-01'}\nminutes: 3"
    assert doubted(easy.replace("minutes: 3", tested)) == []
    english = easy.replace("{de: Es war gut.}", "{de: Es war gut., en: It was good.}")
    assert doubted(english.replace("minutes: 3", tested)) == [
        (
            "21:37: Leichte Sprache gibt es hier nur auf Deutsch, den Text unter „en“ sieht niemand."
            " Streiche ihn."
        )
    ]


# Length


@pytest.mark.parametrize(("number", "said"), [(18, False), (19, True)])
def test_more_than_twenty_are_many(number: int, said: bool) -> None:
    """Rule 2: the sound questionnaire has two."""
    more = [f"{{id: q{i}, kind: open_text, text: Was?}}" for i in range(number)]
    many = (
        "14:1: 21 Fragen und Aussagen sind viel. Bei höchstens 20 bleiben mehr Menschen bis zum"
        " Ende dabei."
    )
    assert doubted(with_questions(*more)) == ([many] if said else [])


def test_statements_are_counted_and_texts_and_options_are_not() -> None:
    """Rule 2: 2 + 1 (ranking) + 0 (information) + 8 x 2 (then and now) = 19, change not counted."""
    options = ", ".join(f"{{code: o{n}, text: Was{n}}}" for n in range(9))
    items = ", ".join(f"{{id: i{n}, text: So{n}.}}" for n in range(8))
    more = (
        f"{{id: r, kind: ranking, text: Was?, options: [{options}]}}",
        "{id: n, kind: information, text: Hallo.}",
        f"{{id: v, kind: then_now, scale: agreement, then: A, now: B, text: C, items: [{items}]}}",
    )
    assert doubted(with_questions(*more)) == []
    two_more = ("{id: x, kind: open_text, text: A}", "{id: y, kind: open_text, text: B}")
    assert doubted(with_questions(*more, *two_more))[0].startswith("14:1: 21 Fragen")


def test_questionnaire_that_asks_nothing_is_named() -> None:
    """Rule 2."""
    start = GERMAN.index("      - id: k1")
    silent = f"{GERMAN[:start]}      - {{id: n, kind: information, text: Hallo.}}\n"
    assert "13:1: hier wird nichts gefragt. Füge eine Frage hinzu." in doubted(
        silent.replace("    positive: [2]\n", "")
    )


# Scales


def test_scale_that_nobody_uses_is_named() -> None:
    """Rule 3."""
    unused = "  gefuehl: {options: [{code: 1, text: a}, {code: 2, text: b}]}\n"
    assert doubted(GERMAN.replace("sections:\n", f"{unused}sections:\n")) == [
        "14:12: die Skala „gefuehl“ wird von keiner Frage benutzt. Streiche sie."
    ]


SENSITIVE = GERMAN.replace("        scale:", "        sensitivity: C\n        scale:").replace(
    "        show_if: {question: k1, at_most: 1}\n", ""
)
HELP = "      - {id: hilfe, kind: information, help_card: true, text: Hier ist Hilfe.}\n"


def test_sensitive_question_needs_a_coarse_scale() -> None:
    """Rule 3: below fifty answers it would not be released at all (ANONYMITY.md)."""
    assert doubted(SENSITIVE + HELP) == [
        (
            "9:3: zur Skala „agreement“ gehören Fragen der Stufe C. Ohne „coarse“ werden sie unter 50"
            " Antworten nicht ausgewiesen."
        )
    ]
    coarse = "    coarse: [[1], [2]]\n    positive:"
    assert doubted(SENSITIVE.replace("    positive:", coarse) + HELP) == []


def scale(*options: str, positive: str = "[]") -> str:
    listed = "".join(f"      - {{code: {n}, {option}}}\n" for n, option in enumerate(options))
    start, end = GERMAN.index("    options:"), GERMAN.index("sections:")
    return f"{GERMAN[:start]}    options:\n{listed}    positive: {positive}\n{GERMAN[end:]}"


FIVE = tuple(f"text: t{n}" for n in range(5))


@pytest.mark.parametrize(
    ("options", "positive", "lopsided"),
    [
        (FIVE, "[3, 4]", False),
        (FIVE, "[0, 1]", False),
        (FIVE, "[4]", False),
        (FIVE, "[2, 3, 4]", True),
        (FIVE[:4], "[2, 3]", False),
        (FIVE[:4], "[1, 2, 3]", True),
        (("text: a, face: sad", "text: b, face: neutral", "text: c, face: happy"), "[2]", False),
        (("text: a, face: sad", "text: b", "text: c, face: very_happy"), "[2]", False),
        (("text: a, face: neutral", "text: b", "text: c, face: happy"), "[2]", True),
        (("text: a, face: sad", "text: b, face: happy", "text: c, face: very_happy"), "[2]", True),
    ],
)
def test_lopsided_scale_is_named(options: tuple[str, ...], positive: str, lopsided: bool) -> None:
    """Rule 3: without a middle is fine; one side longer than the other is not."""
    said = (
        "9:3: die Skala „agreement“ ist schief: Eine Seite hat mehr Antworten als die andere. Biete"
        " auf beiden Seiten gleich viele an."
    )
    assert doubted(scale(*options, positive=positive)) == ([said] if lopsided else [])


# Statements

TWO_THOUGHTS = (
    "20:15: hier stehen vielleicht zwei Gedanken in einem Satz. Wer nur einem zustimmt, kann nicht"
    " antworten. Mach zwei Sätze daraus."
)


def stating(text: str) -> list[str]:
    return doubted(GERMAN.replace("text: Gut.", f"text: '{text}'"))


@pytest.mark.parametrize(
    "text",
    [
        "Das Angebot war spannend und nützlich.",
        "Ich hatte Spaß und habe viel gelernt.",
        "Ich habe mich wohlgefühlt und ich komme wieder.",
        "Es war langweilig oder anstrengend.",
        "Ich weiß jetzt mehr und kann anderen helfen.",
    ],
)
def test_two_thoughts_in_one_statement_are_suspected(text: str) -> None:
    """Rule 4."""
    assert stating(text) == [TWO_THOUGHTS]


@pytest.mark.parametrize(
    "text",
    [
        "Ich würde es meinen Freundinnen und Freunden empfehlen.",
        "Ich kann zwischen Werbung und Nachrichten unterscheiden.",
        "Ich weiß mehr oder weniger Bescheid.",
        "Ich bin hin und wieder am Handy.",
        "Das ging allen so, mir und den anderen.",
        "Ich war zwei oder drei Tage dabei.",
        "Vor und nach der Pause war es laut.",
        "Wenn es einer Freundin oder einem Freund schlecht geht, weiß ich Rat.",
    ],
)
def test_two_names_for_one_thing_are_not_suspected(text: str) -> None:
    """Rule 4: a false alarm costs trust."""
    assert stating(text) == []


def test_and_or_is_named_wherever_it_stands() -> None:
    """Rule 4."""
    assert doubted(GERMAN.replace("text: Warum?", "text: Was war gut und/oder schlecht?"))[0] == (
        "23:15: „und/oder“ versteht jeder anders. Schreib „und“ oder „oder“."
    )


def test_answers_of_a_choice_are_no_statements() -> None:
    """Rule 4: they are chosen, not agreed to."""
    options = "options: [{code: a, text: chatten und telefonieren}, {code: b, text: nichts}]"
    assert doubted(with_questions(f"{{id: c, kind: single_choice, text: Was?, {options}}}")) == []


# Reading


def test_long_sentence_is_named() -> None:
    """Rule 5: twenty words are the most."""
    words = ["Ich", "weiß", "dass"] + ["so"] * 17
    assert stating(" ".join(words) + ".") == []
    assert stating(" ".join([*words, "ist"]) + ".") == [
        "20:15: ein Satz mit 21 Wörtern ist schwer zu lesen. Mach zwei daraus, mit höchstens 20."
    ]


HARD = [
    "Die vermittelten Inhalte waren für meine persönliche Lebenssituation bedeutsam.",
    "Ich verfüge über ausreichende Kenntnisse bezüglich vorhandener Beratungsangebote.",
    "Die partizipativen Elemente verbesserten nachhaltig mein Wohlbefinden.",
    "Rückmeldungen wurden wertschätzend entgegengenommen und anschließend berücksichtigt.",
]


def test_questionnaire_that_is_hard_to_read_is_named() -> None:
    """Rule 5: at its title, with the hardest sentence."""
    hard = [f"{{id: h{n}, kind: open_text, text: '{text}'}}" for n, text in enumerate(HARD)]
    (doubt,) = doubted(with_questions(*hard))
    assert doubt.startswith("5:8: der Fragebogen ist schwer zu lesen: Lesbarkeitsindex ")
    assert ", gut sind höchstens 40. Nimm kürzere Sätze und Wörter. Am schwersten ist: „" in doubt
    for_adults = with_questions(*hard).replace("young_people", "professionals")
    assert "gut sind höchstens 50." in doubted(for_adults)[0]


# Personal questions


def test_fourth_question_about_the_person_is_named() -> None:
    """Rule 6: by its words, or because it is a breakdown."""
    options = "options: [{code: a, text: A}, {code: b, text: B}]"
    personal = [
        f"{{id: p{n}, kind: single_choice, text: '{text}', {options}{more}}}"
        for n, (text, more) in enumerate(
            [
                ("Wie alt bist du?", ""),
                ("Welches Geschlecht hast du?", ""),
                ("Was bist du hier?", ", breakdown: true"),
                ("Welche Sprache sprichst du zu Hause?", ""),
            ]
        )
    ]
    assert doubted(with_questions(*personal[:3])) == []
    assert doubted(with_questions(*personal)) == [
        "28:9: 4 Fragen zur Person machen Menschen erkennbar. Streiche alle bis auf höchstens 3."
    ]


@pytest.mark.parametrize(("sensitivity", "found"), [("A", 0), ("B", 1), ("C", 1)])
def test_breakdown_by_what_is_sensitive_is_named(sensitivity: str, found: int) -> None:
    """Rule 6."""
    by = (
        "{id: p, kind: single_choice, text: Wie oft?, options: [{code: a, text: A}, {code: b, text:"
        f" B}}], breakdown: true, sensitivity: {sensitivity}}}"
    )
    told = (
        f"25:116: nach einer Frage der Stufe {sensitivity} wird nie aufgeteilt: Wie groß die Gruppen"
        " sind, wäre selbst eine Antwort. Streiche „breakdown“, oder teile nach einer Frage der Stufe"
        " A auf, zum Beispiel nach dem Alter."
    )
    assert doubted(with_questions(by) + HELP) == [told] * found


# Help


def test_sensitive_question_needs_the_help_card() -> None:
    """Rule 7: before or after, once for all."""
    coarse = SENSITIVE.replace("    positive:", "    coarse: [[1], [2]]\n    positive:")
    assert doubted(coarse) == [
        (
            "18:9: diese Frage hat Stufe C, aber nirgends steht die Hilfekarte. Füge davor oder danach"
            " eine Frage der Art information mit help_card: true ein."
        )
    ]
    before = coarse.replace("    questions:\n", f"    questions:\n{HELP}")
    assert doubted(before) == doubted(coarse + HELP) == []
    assert len(doubted(coarse + HELP.replace("true", "false"))) == 1


# Conditions


def test_condition_that_always_holds_is_named() -> None:
    """Rule 8."""
    always = "{any: [{question: k1, answered: true}, {question: k1, answered: false}]}"
    assert doubted(GERMAN.replace("{question: k1, at_most: 1}", always)) == [
        "24:18: diese Bedingung ist immer erfüllt. Streiche sie, oder ändere sie."
    ]
