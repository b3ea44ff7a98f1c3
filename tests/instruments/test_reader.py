"""Reading a questionnaire file, and telling its author what is wrong with it.

1. Every fault has file, line and column, says what is wrong and what to do (broken.txt).
2. A file gets all its complaints at once, from top to bottom, also those that show only when
   questions are seen together.
3. Nobody is blamed for what follows from another fault.
4. A hostile file is refused at the first place that is too much.
5. Whatever a file holds, the answer is a questionnaire or complaints.
6. Every fault that pydantic can find in a questionnaire has its own sentence.
7. Comfort stays comfort: comments, a byte order mark, Windows line ends, "no" and 12:30.
8. What is printed from a file cannot repaint a terminal.
"""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questions import KINDS
from survey_app.instruments.document import MAX_BYTES
from survey_app.instruments.networks_schema import network_schema
from survey_app.instruments.places import Located, UnreadableQuestionnaire
from survey_app.instruments.reader import read_questionnaire
from survey_app.instruments.schema import known_keys, questionnaire_schema
from survey_app.instruments.sentences import PATTERNS, UNEXPECTED

SOUND = """\
id: probe
version: 1.0.0
audience: young_people
languages: [de, en]
title: {de: Probe, en: Trial}
minutes: 3
licence: {class: A, holder: Mitreden}
scales:
  agreement:
    options:
      - {code: 1, text: nein}
      - {code: 2, text: ja}
    positive: [2]
sections:
  - id: a
    questions:
      - id: k1
        kind: rating
        scale: agreement
        text: Gut.
      - id: warum
        kind: open_text
        show_if: {question: k1, at_most: 1}
        text:
          de: Warum?
          en: Why?
"""

SIGN = re.compile(r"(⟨\w+⟩)")
UNSEEN = {"⟨tab⟩": "\t", "⟨bell⟩": "\a", "⟨rlo⟩": "\u202e"}


def read(yaml: str) -> Questionnaire:
    return read_questionnaire(yaml.encode(), "probe.yaml")


def complaints(content: str | bytes) -> list[str]:
    """Return what is said about a file, without its name."""
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(UnreadableQuestionnaire) as unreadable:
        read_questionnaire(content, "probe.yaml")
    return [str(fault).removeprefix("probe.yaml:") for fault in unreadable.value.faults]


def faults_of(yaml: str) -> tuple[Located, ...]:
    """Return the faults of a file that may have none."""
    try:
        read(yaml)
    except UnreadableQuestionnaire as unreadable:
        return unreadable.faults
    return ()


# One fault


Changes = list[tuple[str, str]]


def ways_to_break() -> list[tuple[str, Changes, list[str]]]:
    """Return the entries of broken.txt: name, changes (old text, new text), complaints."""
    ways = []
    for entry in (
        Path(__file__).with_name("broken.txt").read_text(encoding="utf-8").split("== ")[1:]
    ):
        name, *lines = [line for line in entry.splitlines() if line and not line.startswith("#")]
        ways.append((name, changes(lines), [line for line in lines if line[0].isdigit()]))
    return ways


def changes(lines: list[str]) -> Changes:
    """Return what the lines with - and + change; a - behind a + begins another change."""
    found: list[tuple[list[str], list[str]]] = [([], [])]
    for line in lines:
        if line.startswith("-"):
            if found[-1][1]:
                found.append(([], []))
            found[-1][0].append(line[1:])
        elif line.startswith("+"):
            found[-1][1].append("".join(UNSEEN.get(part, part) for part in SIGN.split(line[1:])))
    return [("\n".join(old), "\n".join(new)) for old, new in found]


@pytest.mark.parametrize(("name", "changed", "said"), ways_to_break())
def test_every_fault_has_its_place_and_its_remedy(
    name: str, changed: Changes, said: list[str]
) -> None:
    """Rule 1."""
    broken = SOUND
    for old, new in changed:
        assert old in broken
        broken = broken.replace(old, new, 1)
    assert complaints(broken) == said


def test_the_table_is_long_and_names_every_entry_once() -> None:
    """Rule 1."""
    names = [name for name, *_ in ways_to_break()]
    assert len(names) == len(set(names)) >= 100


def test_a_message_begins_with_the_file() -> None:
    """Rule 1."""
    with pytest.raises(UnreadableQuestionnaire, match=r"^probe\.yaml:1:1: die Datei ist leer\."):
        read("# noch nichts\n")


def test_a_character_that_is_not_utf_8_is_found() -> None:
    """Rule 1."""
    content = SOUND.replace("minutes: 3", "minutes: 3 # für").encode("cp1252")
    assert complaints(content) == [f"6:15: {NO_UTF_8}"]


def test_a_fault_in_an_indented_block_is_shown_at_its_key() -> None:
    """Rule 1: the first line of the block is a child, and innocent."""
    block = SOUND.replace("          de: Warum?\n", "")
    assert complaints(block) == ["24:9: der deutsche Text fehlt. Ergänze ihn unter „de“."]


# Many faults

NO_ANCHORS = (
    "Anker und Verweise (& und *) sind nicht erlaubt. Schreib den Inhalt aus oder setze den Text in"
    " Anführungszeichen."
)
NOT_BEFORE = "aber vor dieser Frage gibt es keine Frage mit dieser id"

MANY = """\
id: probe
version: 1.0.0
audience: young_people
languages: [de, en]
titel: Probe
minutes: drei
licence: {class: A, holder: &ich Mitreden}
scales:
  agreement:
    options: [{code: 1, text: nein}, {code: 1, text: ja}]
sections:
  - id: a
    questions:
      - {id: k1, kind: rating, scale: agreement, text: Gut.}
      - {id: k2, kind: rating, scale: zustimmung, text: Gut.}
      - {id: k3, kind: slider, text: Wie sehr?}
      - {id: k4, kind: open_text, text: Warum?, show_if: {question: k9, is: 1}}
      - {id: k4, kind: open_text, text: Wieso?}
"""


def test_all_faults_of_a_file_are_told_at_once() -> None:
    """Rule 2: of YAML, of the shape, of the contents, and between the questions."""
    assert complaints(MANY) == [
        "5:1: „titel“ gibt es hier nicht. Meintest du „title“?",
        "6:10: hier gehört eine ganze Zahl hin, zum Beispiel 3.",
        f"7:29: {NO_ANCHORS}",
        "10:45: der Code „1“ kommt zweimal vor. Gib einer der Antworten einen anderen.",
        "15:39: die Skala „zustimmung“ gibt es nicht. Es gibt: –.",
        f"16:24: die Art „slider“ gibt es nicht. Möglich sind: {', '.join(KINDS)}.",
        f"17:58: die Bedingung fragt nach „k9“, {NOT_BEFORE}.",
        "18:14: die id „k4“ kommt zweimal vor. Gib einer der Fragen eine andere.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: rating", "kind: ratin", "18:15"),  # k1 is there, although nobody can read it
        ("scale: agreement", "scale: zustimmung", "19:16"),
        ("code: 1", "code: [1]", "11:16"),  # neither is the scale unknown
        ("text: Gut.", "text: Gut.\n        kind: ladder", "21:9"),
    ],
)
def test_nobody_is_blamed_for_asking_about_a_faulty_question(old: str, new: str, said: str) -> None:
    """Rule 3: `warum` has a condition on k1."""
    places = [complaint.split(": ")[0] for complaint in complaints(SOUND.replace(old, new, 1))]
    assert said in places
    assert not any(place.startswith("23:") for place in places)


def test_a_battery_that_cannot_be_read_still_has_its_items() -> None:
    """Rule 3."""
    battery = SOUND.replace(
        "        kind: rating\n", "        kind: battery\n        items: [{id: m1}]\n"
    ).replace("question: k1", "question: m1")
    assert complaints(battery) == [
        "19:16: die Liste ist zu kurz: mindestens 2 Angaben gehören hinein.",
        "19:17: hier fehlt „text“. Ergänze eine Zeile „text: …“.",
    ]


def test_sound_elements_are_not_missed_when_another_one_is_faulty() -> None:
    """Rule 3: pydantic counts two options of which one is faulty as one option, too few."""
    assert complaints(SOUND.replace("text: ja}", "txet: ja}")) == [
        "12:19: „txet“ gibt es hier nicht. Meintest du „text“?"
    ]


# Hostile files

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n"
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
TOO_DEEP = "hier ist mehr als 20-mal eingerückt. So tief geht kein Fragebogen."
TOO_MANY = "die Datei hat mehr als 10000 Angaben. Teile den Fragebogen."
TOO_LARGE = "die Datei ist größer als 256 kB. Teile den Fragebogen."
EMPTY = "die Datei ist leer. Nimm einen mitgelieferten Fragebogen als Vorlage."
COLON = (
    "hier steht ein zweiter Doppelpunkt in der Zeile. Gehört er zum Text, setze den ganzen Text in"
    " Anführungszeichen."
)
NO_KEY = "vor einem Doppelpunkt darf nur ein Wort stehen, keine Liste und keine Klammer."
NO_UTF_8 = "hier steht ein Zeichen, das nicht in UTF-8 ist. Speichere die Datei als UTF-8."
NO_YAML = (
    "ab hier ist das kein gültiges YAML mehr. Prüfe Einrückung, Klammern und Anführungszeichen in"
    " dieser Zeile und in der davor."
)
ODD = (
    f"„{'9' * 300}…“ liest YAML als Datum oder als besondere Zahl. Setze es in Anführungszeichen,"
    " oder schreib die Zahl so: 7."
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"a" * (MAX_BYTES + 1), f"1:1: {TOO_LARGE}", id="large"),
        pytest.param(b"[" * MAX_BYTES, f"1:22: {TOO_DEEP}", id="brackets"),
        pytest.param(b"{a: " * (MAX_BYTES // 4), f"1:85: {TOO_DEEP}", id="braces"),
        pytest.param(b"- " * (MAX_BYTES // 2), f"1:43: {TOO_DEEP}", id="dashes"),
        pytest.param(b"? " * (MAX_BYTES // 2), f"1:3: {NO_KEY}", id="keys"),
        pytest.param(b"a: " * (MAX_BYTES // 3), f"1:5: {COLON}", id="colons"),
        pytest.param(b"[" + b"a," * (MAX_BYTES // 2 - 1), f"1:20000: {TOO_MANY}", id="words"),
        pytest.param(b"-\n" * (MAX_BYTES // 2), f"10000:2: {TOO_MANY}", id="lines"),
        pytest.param(b"\n" * MAX_BYTES, f"1:1: {EMPTY}", id="nothing"),
        pytest.param(b"a: " + b"9" * 5_000, f"1:4: {ODD}", id="digits"),
        pytest.param(b"\xff\xfei\x00d\x00", f"1:1: {NO_UTF_8}", id="utf-16"),
        pytest.param(b'id: "\\U00110000"', f"1:1: {NO_YAML}", id="beyond-unicode"),
        pytest.param(
            b"\x00", "1:1: hier steht das unsichtbare Zeichen U+0000. Lösche es.", id="nul"
        ),
    ],
)
def test_hostile_file_is_refused_where_it_is_too_much(content: bytes, said: str) -> None:
    """Rule 4."""
    assert said in complaints(content)


def test_a_billion_laughs_are_not_laughed() -> None:
    """Rule 4: nothing is expanded, every reference is named."""
    named = [c for c in complaints(BOMB) if "Anker und Verweise" in c]
    assert len(named) == 9 + 8 * 9


def test_a_file_full_of_conditions_is_refused_soon() -> None:
    """Rule 4: each looks at six questions and contradicts itself."""
    parts = [f"{{question: q{n}, is: 1}}" for n in range(6)] + ["{question: q0, is: 2}"]
    condition = f"{{all: [{', '.join(parts)}]}}"
    asked = [f"{{id: q{n}, kind: rating, scale: agreement, text: Gut." for n in range(206)]
    lines = [
        f"      - {each}{f', show_if: {condition}' if n >= 6 else ''}}}\n"
        for n, each in enumerate(asked)
    ]
    sections = [lines[start : start + 50] for start in range(0, len(lines), 50)]
    many = SOUND[: SOUND.index("sections:")] + "sections:\n"
    for number, part in enumerate(sections):
        many += f"  - id: s{number}\n    questions:\n{''.join(part)}"
    begun = time.process_time()  # what others do on this machine is of no account
    assert len(complaints(many)) == 200
    assert time.process_time() - begun < 20  # it takes less than one; without a limit it is minutes


# Any file


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_complained_about(content: bytes) -> None:
    """Rule 5."""
    assert complaints(content)


PIECES = st.sampled_from(
    ["\n", "  ", "- ", ": ", "{", "}", "[", "]", ", ", "'", '"', "&a ", "*a ", "!x ", "| ", "> ",
     "? ", "#", "\t", "---\n", "...\n", "<<: ", "null", "true", "1", "%TAG ! x\n", "\\U00110000",
     "\u2028", "\x85", "\r", "@", "~", "2026-01-01", "id", "kind", "text", "int"]
)  # fmt: skip


@given(cut=st.integers(0, len(SOUND)), width=st.integers(0, 12), put=st.lists(PIECES, max_size=6))
def test_a_file_that_somebody_typed_into_is_read_or_complained_about(
    cut: int, width: int, put: list[str]
) -> None:
    """Rule 5."""
    content = SOUND[:cut] + "".join(put) + SOUND[cut + width :]
    for fault in faults_of(content):
        assert 1 <= fault.line <= len(content.splitlines()) + 1


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "k1", "de", "A", "rating"])
    | st.floats(-9, 9).map(lambda number: round(number, 2)),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "de", "text", "code", "int", "str"]), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


def places(data: object) -> list[tuple[str | int, ...]]:
    """Return the ways to everything in `data`."""
    pairs = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [(), *((step, *rest) for step, value in pairs for rest in places(value))]


@given(choice=st.data(), value=VALUES)
def test_every_fault_of_the_shape_has_its_own_sentence(
    choice: st.DataObject, value: object
) -> None:
    """Rule 6: any value at any place."""
    data = YAML(typ="safe").load(SOUND)
    *way, last = choice.draw(st.sampled_from(places(data)[1:]))
    holder = data
    for step in way:
        holder = holder[step]
    holder[last] = value
    for fault in faults_of(json.dumps(data)):
        assert fault.message.text != UNEXPECTED


def test_every_pattern_of_the_format_is_explained() -> None:
    """Rule 6."""
    schema = json.dumps([questionnaire_schema(), network_schema()])
    found = {match for match in PATTERNS if json.dumps(match) in schema}
    assert found == set(PATTERNS)
    assert schema.count('"pattern":') == sum(
        schema.count(f'"pattern": {json.dumps(pattern)}') for pattern in PATTERNS
    )


# Comfort


@pytest.mark.parametrize(
    "content",
    [
        "# yaml-language-server: $schema=x\n" + SOUND,
        "\ufeff" + SOUND,
        SOUND.replace("\n", "\r\n"),
        "---\n" + SOUND + "...\n",
        SOUND.replace("{de: Probe, en: Trial}", "\n  de: Probe  # kurz\n  en: >-\n    Trial"),
        json.dumps(YAML(typ="safe").load(SOUND)),
    ],
    ids=["comment", "byte order mark", "windows", "document marks", "block text", "json"],
)
def test_the_same_questionnaire_may_be_written_in_many_ways(content: str) -> None:
    """Rule 7."""
    assert read(content) == read(SOUND)


@pytest.mark.parametrize("text", ["no", "on", "12:30", "Ja!", "5 %", "3/4", "=", "Wie war’s?"])
def test_a_text_stays_a_text(text: str) -> None:
    """Rule 7: PyYAML would make False, True and 750 of the first three."""
    assert read(SOUND.replace("text: Gut.", f"text: {text}")).codebook()[0].text.german == text


def test_lines_and_columns_count_as_an_editor_does() -> None:
    """Rule 7: a byte order mark, two-byte letters and Windows line ends are no extra columns."""
    content = "\ufeff" + SOUND.replace("{code: 1, text: nein}", "{text: 'nö 🙂', code: [1]}")
    assert complaints(content.replace("\n", "\r\n")) == [
        "11:30: hier gehört ein Code hin: eine ganze Zahl oder ein kurzes Wort wie „ja“."
    ]


def test_a_key_cannot_repaint_the_terminal() -> None:
    """Rule 8."""
    keys = ", ".join(known_keys({}, ()))
    assert complaints(SOUND + '"\\e[2Jweg": 1\n') == [
        f"27:1: „\\x1b[2Jweg“ gibt es hier nicht. Streiche es. Möglich sind: {keys}."
    ]
