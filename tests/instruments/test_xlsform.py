"""XLSForms become questionnaires.

1. Every form of `xlsforms` converts, is accepted by the reader, and simulated answers read back.
2. Each type, column and setting becomes what it should, in YAML that an author would have written.
3. Nothing is dropped silently: every filled cell is carried over or listed.
4. What would tell who somebody is never comes along, with a reason.
5. Messy files work as far as they make sense; the rest is said with its cell.
6. Hostile files are refused with a sentence, within a second, before they are unpacked.
7. The command writes the file, lists, and fails only when nothing can be made of the form.
8. Young people can answer the result on their phones.
9. The documentation names the types that come along, and those that stay behind.
"""

import random
import re
import time
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from survey_app.cli import main
from survey_app.domain.questionnaire import Questionnaire
from survey_app.instruments.checks import check_file
from survey_app.instruments.document import parse
from survey_app.instruments.reader import read_questionnaire
from survey_app.instruments.xlsform import Converted, Kind, UnusableForm, convert
from survey_app.instruments.xlsform.types import UNKNOWN, read_type
from tests.instruments import xlsforms
from tests.instruments.spreadsheets import xlsx
from tests.instruments.xlsforms import FORMS
from tests.web.site import site_asking

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
every_form = pytest.mark.parametrize("name", FORMS)


def converted(content: bytes, name: str = "formular.xlsx") -> Converted:
    return convert(content, name=name)


def asked(content: bytes) -> Questionnaire:
    form = converted(content)
    return read_questionnaire(form.text.encode(), f"{form.id}.yaml")


def data(content: bytes) -> Any:
    return parse(converted(content).text.encode(), "x.yaml").data


def questions(content: bytes) -> dict[str, dict[str, Any]]:
    """Return the questions as they stand in the YAML, by id, without id and text."""
    return {
        question["id"]: {k: v for k, v in question.items() if k not in ("id", "text")}
        for section in data(content)["sections"]
        for question in section["questions"]
    }


def said(content: bytes, *kinds: Kind) -> list[str]:
    return [str(note) for note in converted(content).notes if note.kind in kinds]


def survey(*lines: str, **sheets: str) -> bytes:
    """Return a form of a few rows: type | name | label | relevant | constraint | appearance."""
    header = "type | name | label | relevant | constraint | appearance | parameters"
    return xlsx(survey="\n".join((header, *lines)), **sheets)


JANEIN = """
list_name | name | label
janein    | ja   | Ja
janein    | nein | Nein
"""


# All forms


def test_there_are_more_than_ten_forms() -> None:
    """Rule 1."""
    assert len(FORMS) == 11


@every_form
def test_form_is_a_questionnaire_that_can_be_asked(name: str) -> None:
    """Rule 1."""
    questionnaire = asked(FORMS[name])
    chance, filled = random.Random(name), set[str]()
    for step in range(100):
        raw = {
            field: values
            for question in questionnaire.questions
            for field, values in question.simulate(chance, step / 100).items()
        }
        reading = questionnaire.read(raw)
        assert reading.problems == ()
        filled |= set(reading.answers)
    assert filled == {variable.name for variable in questionnaire.codebook()}


@every_form
def test_file_has_no_errors_when_it_is_checked(name: str, tmp_path: Path) -> None:
    """Rule 1."""
    form = converted(FORMS[name])
    file = tmp_path / f"{form.id}.yaml"
    file.write_text(form.text, encoding="utf-8")
    assert check_file(file).errors == ()


@every_form
def test_every_filled_cell_is_carried_over_or_listed(name: str) -> None:
    """Rule 3: a word that is neither in the file nor in a listed cell was dropped silently."""
    form = converted(FORMS[name])
    listed = {str(cell) for note in form.notes for cell in note.cells}
    book = load_workbook(BytesIO(FORMS[name]))
    for sheet in ("survey", "choices", "settings"):
        rows = book[sheet].iter_rows(min_row=2) if sheet in book.sheetnames else ()
        for cell in (cell for row in rows for cell in row if cell.value is not None):
            headline = str(book[sheet].cell(1, cell.column).value).lower()
            is_kept = str(cell.value).split("\n")[0] in form.text
            is_listed = {cell.coordinate, f"Spalte {cell.column_letter}"} & listed
            is_row_listed = {f"Zeile {cell.row}", f"A{cell.row}", f"J{cell.row}"} & listed
            is_about_parts = headline.split(":")[0] in (
                *("type", "name", "relevant", "relevance", "constraint", "parameters"),
                *("list_name", "list name", "default_language", "version", "required", "read only"),
                *("appearance", "comment"),
            )
            assert is_kept or is_listed or is_row_listed or is_about_parts, cell


# One form, word for word


def test_author_would_have_written_it_like_this() -> None:
    """Rule 2."""
    assert converted(xlsforms.FERIENCAMP).text == FERIENCAMP


FERIENCAMP = """\
# yaml-language-server: $schema=./questionnaire.schema.json
id: ferien-camp
version: 1.2.0
# young_people oder professionals?
audience: young_people
languages: [de, en]
title: 'Wie war’s: Camp?'
# Geschätzt. Wie lange dauert das Ausfüllen wirklich?
minutes: 1
# Bitte prüfen. Wem gehören die Fragen, und erlaubt die Lizenz, sie zu benutzen? Trag den Namen
# unter holder ein.
licence: {class: A, holder: unbekannt, validated: false}

scales:
  # Stehen die Antworten vom niedrigen zum hohen Ende? Ergänze, welche als Zustimmung zählen, zum
  # Beispiel: positive: [4, 5]
  z5:
    options:
      - {code: 1, text: {de: stimmt gar nicht, en: not true at all}}
      - {code: 2, text: {de: stimmt eher nicht, en: rather not true}}
      - {code: 3, text: {de: 'teils, teils', en: partly}}
      - {code: 4, text: {de: stimmt eher, en: rather true}}
      - {code: 5, text: {de: stimmt genau, en: exactly true}}

# Bitte prüfen. Alle Fragen haben Stufe A (Rückmeldung). Fragen zum eigenen Verhalten brauchen
# sensitivity: B, Fragen zu Befinden, Körper, Gewalt oder Herkunft sensitivity: C.
sections:
  - id: woche
    title:
      de: Die Woche
      en: The week
    questions:
      - id: spass
        kind: rating
        scale: z5
        text:
          de: Ich hatte Spaß.
          en: I had fun.
      - id: gruppe
        kind: rating
        scale: z5
        text:
          de: Die Gruppe war nett.
          en: The group was nice.
      - id: besser
        kind: open_text
        show_if: {question: spass, at_most: 2}
        text:
          de: Was sollen wir ändern?
          en: What should we change?
        hint: Ein Satz genügt.

  - id: teil_2
    questions:
      - id: danke
        kind: information
        text:
          de: Danke, dass du dabei warst!
          en: Thank you for being here!
"""


def test_notes_name_cell_reason_and_remedy() -> None:
    """Rule 3."""
    notes = [(note.kind.value, str(note)) for note in converted(xlsforms.FERIENCAMP).notes]
    assert notes == [
        (
            "Nicht übernommen",
            (
                "survey, A2: „start“: das würde Menschen erkennbar machen (Gerät, Zeitpunkt, Person)."
                " Mitreden speichert so etwas nie. Streiche die Zeile."
            ),
        ),
        (
            "Nicht übernommen",
            "survey, F4, F5: Mitmachen ist freiwillig: Jede Frage kann ausgelassen werden.",
        ),
        ("Geändert", "settings, B2: die id „Ferien Camp!“ heißt jetzt „ferien-camp“."),
        (
            "Bitte prüfen",
            (
                "survey: Alle Fragen haben Stufe A (Rückmeldung). Fragen zum eigenen Verhalten brauchen"
                " sensitivity: B, Fragen zu Befinden, Körper, Gewalt oder Herkunft sensitivity: C."
            ),
        ),
        (
            "Bitte prüfen",
            (
                "survey, A4: Skala „z5“: Stehen die Antworten vom niedrigen zum hohen Ende? Ergänze,"
                " welche als Zustimmung zählen, zum Beispiel: positive: [4, 5]."
            ),
        ),
        (
            "Bitte prüfen",
            (
                "settings: Wem gehören die Fragen, und erlaubt die Lizenz, sie zu benutzen? Trag den"
                " Namen unter holder ein."
            ),
        ),
    ]


# Types


def test_old_spellings_are_understood() -> None:
    """Rule 2: `select one from`, capital letters, `Caption`, `Relevance`."""
    assert questions(xlsforms.OLD_STYLE) == {
        "age": {"kind": "number", "minimum": 10, "maximum": 25},
        "club": {
            "kind": "single_choice",
            "show_if": {"question": "age", "at_least": 13},
            "options": [
                {"code": "yes", "text": {"de": "Yes", "en": "Yes"}},
                {"code": "no", "text": {"de": "No", "en": "No"}},
            ],
        }
        | {"options": [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}]},
        "what": {
            "kind": "multiple_choice",
            "show_if": {"question": "club", "is": "yes"},
            "maximum": 2,
            "options": [
                {"code": "ball", "text": "Ball games"},
                {"code": "run", "text": "Running"},
                {"code": "none", "text": "None"},
            ],
        },
        "why": {
            "kind": "open_text",
            "show_if": {
                "all": [
                    {"not": {"question": "what", "includes": "none"}},
                    {"question": "club", "is": "yes"},
                ]
            },
            "max_length": 120,
        },
    }


def test_numbers_and_ranges() -> None:
    """Rule 2: 0–10 is a ladder, a few steps are a rating, everything else is a number."""
    assert questions(xlsforms.ZAHLEN) == {
        "leben": {"kind": "ladder", "lowest": "niedrig", "highest": "hoch"},
        "note": {"kind": "rating", "scale": "zahlen_1_6"},
        "stern": {"kind": "rating", "scale": "zahlen_1_5"},
        "gleich": {"kind": "rating", "scale": "zahlen_minus_2_2"},
        "prozent": {"kind": "number", "maximum": 100},
        "halb": {"kind": "number", "maximum": 5},
        "stunden": {"kind": "number", "maximum": 24},
        "buecher": {"kind": "number", "maximum": 100},
        "grad": {"kind": "number", "maximum": 39},
        "liter": {"kind": "number", "minimum": 1, "maximum": 9},
    }
    assert data(xlsforms.ZAHLEN)["scales"]["zahlen_minus_2_2"]["options"] == [
        {"code": 1, "text": "−2"},
        {"code": 2, "text": "−1"},
        {"code": 3, "text": "0"},
        {"code": 4, "text": "1"},
        {"code": 5, "text": "2"},
    ]


def test_what_numbers_lose_is_said() -> None:
    """Rule 3."""
    assert said(xlsforms.ZAHLEN, Kind.LOST, Kind.CHANGED) == [
        "survey, F3: das Aussehen bestimmt Mitreden, auf jedem Handy gleich.",
        "survey, A7, A11: gefragt werden nur ganze Zahlen; Stellen hinter dem Komma fallen weg.",
    ]
    assert [line for line in said(xlsforms.ZAHLEN, Kind.CHECK) if "„" in line][:6] == [
        "survey, C2: „leben“: Wie heißen die beiden Enden? Angenommen ist „niedrig“ und „hoch“.",
        "survey, B6: „prozent“: Schritte gibt es nicht, jede ganze Zahl ist möglich.",
        "survey, B9: „buecher“: Wie groß darf die Zahl höchstens sein? Angenommen ist 100.",
        "survey, B10: „grad“: Zahlen unter 0 gibt es nicht, angefangen wird bei 0.",
        "settings: das Formular hat keinen Titel (form_title); er heißt vorerst „formular“.",
    ]
    text = converted(xlsforms.ZAHLEN).text
    assert (
        "      # Wie groß darf die Zahl höchstens sein? Angenommen ist 100.\n      - id: buecher"
        in text
    )


def test_groups_are_sections_and_their_conditions_those_of_their_questions() -> None:
    """Rule 2."""
    found = data(xlsforms.GRUPPEN)["sections"]
    assert [
        (s["id"], s.get("title"), s.get("introduction"), [q["id"] for q in s["questions"]])
        for s in found
    ] == [
        ("teil_1", None, None, ["dabei"]),
        ("aussen", "Das Angebot", "Denk an letzte Woche.", ["spass"]),
        ("innen", "Der Ausflug", None, ["wohin"]),
        ("aussen_2", "Das Angebot", None, ["tage"]),
        ("teil_5", None, None, ["rest"]),
    ]
    da, passt = {"question": "dabei", "is": "ja"}, {"question": "spass", "is": "ja"}
    conditions = {
        name: question.get("show_if") for name, question in questions(xlsforms.GRUPPEN).items()
    }
    assert conditions == {
        "dabei": None,
        "spass": da,
        "wohin": {"all": [da, passt]},
        "tage": {"all": [da, {"question": "spass", "is": "nein"}]},
        "rest": None,
    }


def test_other_answers_get_an_answer_and_a_question() -> None:
    """Rule 2: the list has an answer called `other` already."""
    found = questions(xlsforms.AUSWAHL)
    assert list(found) == [
        *("snack", "snack_other", "snacks", "snacks_other", "folge", "gut", "wetter", "ok"),
    ]
    assert found["snack"]["options"] == [
        {"code": "obst", "text": {"de": "Obst", "en": "fruit"}},
        {"code": "other", "text": {"de": "Nüsse", "en": "nuts"}},
        {"code": "other_2", "text": {"de": "etwas anderes", "en": "something else"}},
    ]
    assert found["snack_other"] == {
        "kind": "open_text",
        "show_if": {"question": "snack", "is": "other_2"},
    }
    assert found["snacks_other"]["show_if"] == {"question": "snacks", "includes": "other_2"}
    assert found["folge"]["kind"] == "ranking"
    assert [option.get("exclusive") for option in found["gut"]["options"]] == [None, None, True]
    assert [option["code"] for option in found["wetter"]["options"]] == ["minus_1", 0, 1]
    assert found["ok"] == {"kind": "information"}


def test_likert_questions_with_one_list_share_a_scale() -> None:
    """Rule 2."""
    content = survey(
        "select_one janein | a | A? | | | likert",
        "select_one janein | b | B? | | | likert",
        "select_one janein | c | C? | | |",
        choices=JANEIN,
    )
    assert {n: q.get("scale", q["kind"]) for n, q in questions(content).items()} == {
        "a": "janein",
        "b": "janein",
        "c": "single_choice",
    }


def test_likert_with_too_many_steps_is_a_choice() -> None:
    """Rule 2."""
    many = "list_name | name | label\n" + "\n".join(f"z | s{n} | Stufe {n}" for n in range(12))
    content = survey("select_one z | a | A? | | | likert", choices=many)
    assert questions(content)["a"]["kind"] == "single_choice"
    assert said(content, Kind.CHANGED) == [
        "survey, F2: eine Skala hat höchstens 11 Stufen; daraus ist eine Auswahl geworden."
    ]


def test_conditions_are_carried_over() -> None:
    """Rule 2."""
    found = {
        name: question.get("show_if") for name, question in questions(xlsforms.BEDINGUNGEN).items()
    }
    assert found == {
        "alter": None,
        "sport": {
            "all": [{"question": "alter", "at_least": 10}, {"question": "alter", "at_most": 20}]
        },
        "art": {"question": "sport", "is": "ja"},
        "gern": {
            "any": [
                {"question": "art", "includes": "ball"},
                {
                    "all": [
                        {"question": "art", "includes": "lauf"},
                        {"not": {"question": "alter", "is": 12}},
                    ]
                },
            ]
        },
        "mehr": {
            "all": [
                {"not": {"question": "gern", "is": "nein"}},
                {"question": "gern", "answered": True},
            ]
        },
        "warum": {"question": "gern", "is": "nein"},
    }


@pytest.mark.parametrize(
    ("relevant", "why"),
    [
        (
            "${a} = 'vielleicht'",
            "Zeichen 8: die Antwort „vielleicht“ gibt es nicht. Es gibt: ja, nein",
        ),
        ("${a} = ja", "Zeichen 8: „ja“ steht ohne Anführungszeichen oder ohne ${ }"),
        ("${z} = 'ja'", "Zeichen 1: eine Frage „z“ gibt es nicht"),
        ("${d} = 'ja'", "Zeichen 1: „d“ wird erst später gefragt"),
        ("${t} != ''", "Zeichen 1: „t“ ist ein Freitext"),
        ("${w} = 'x'", "Zeichen 1: „w“ ist selbst nicht übernommen worden"),
    ],
)
def test_condition_that_cannot_be_carried_over_is_listed(relevant: str, why: str) -> None:
    """Rule 3: the question is asked all the same."""
    content = survey(
        "select_one janein | a | A?",
        "text | t | T?",
        "geopoint | w | Wo?",
        f"text | c | C? | {relevant}",
        "select_one janein | d | D?",
        choices=JANEIN,
    )
    assert "show_if" not in questions(content)["c"]
    (line,) = [line for line in said(content, Kind.LOST) if "D5" in line]
    assert line.startswith(
        "survey, D5: die Bedingung ist nicht übernommen, die Frage bekommen alle. "
    )
    assert why in line


def test_condition_that_the_reader_refuses_is_listed() -> None:
    """Rule 3: nobody can be both; an XLSForm does not mind."""
    content = survey(
        "integer | a | A? | | . <= 20",
        "text | b | B? | ${a} > 30",
        "text | c | C? | ${a} > 10",
    )
    found = questions(content)
    assert found["c"]["show_if"] == {"question": "a", "at_least": 11}
    assert "show_if" not in found["b"]
    (line,) = said(content, Kind.LOST)
    assert line.startswith(
        "survey, D3: die Bedingung ist nicht übernommen, die Frage bekommen alle: "
    )


# Texts


def test_languages_come_from_the_headers() -> None:
    """Rule 2: one without a code is guessed by its name, an unknown one is listed."""
    assert asked(xlsforms.VIELE_SPRACHEN).languages == ("de", "tr", "ar", "en")
    assert data(xlsforms.VIELE_SPRACHEN)["sections"][0]["questions"][0]["text"] == {
        "de": "Wo warst du?",
        "tr": "Neredeydin?",
        "ar": "أين كنت؟",
        "en": "Where were you?",
    }
    assert said(xlsforms.VIELE_SPRACHEN, Kind.LOST) == [
        (
            "survey, Spalte F: die Sprache von „label::Klingon“ ist unbekannt. Schreib ihr Kürzel in"
            " Klammern dahinter, zum Beispiel: label::Türkçe (tr)."
        )
    ]


def test_form_without_german_gets_its_own_language_as_german() -> None:
    """Rule 2."""
    content = xlsx(
        survey="type | name | label::English (en) | label::French (fr)\ntext | a | Why? | Pourquoi ?"
    )
    assert asked(content).languages == ("de", "en", "fr")
    assert data(content)["sections"][0]["questions"][0]["text"] == {
        "de": "Why?",
        "en": "Why?",
        "fr": "Pourquoi ?",
    }
    assert said(content, Kind.CHECK)[0] == (
        "survey: das Formular hat keinen deutschen Text. Unter „de“ steht überall der Text in „en“."
        " Übersetze ihn dort."
    )


def test_default_language_is_that_of_columns_without_one() -> None:
    """Rule 2."""
    content = xlsx(
        survey="type | name | label | label::Deutsch (de)\ntext | a | Neden? | Warum?",
        settings="form_title | default_language\nAnket | Türkçe (tr)",
    )
    assert data(content)["sections"][0]["questions"][0]["text"] == {"de": "Warum?", "tr": "Neden?"}


def test_missing_german_is_borrowed_and_said() -> None:
    """Rule 3."""
    content = xlsx(
        survey="type | name | label::de | label::en\ntext | a | | Why?\ntext | b | Was? | What?"
    )
    assert data(content)["sections"][0]["questions"][0]["text"] == {"de": "Why?", "en": "Why?"}
    assert "survey, D2: hier fehlt der deutsche Text. Unter „de“ steht vorerst „Why?“." in said(
        content, Kind.CHECK
    )


def test_texts_lose_markup_and_references_and_it_is_said() -> None:
    """Rule 3."""
    kopf, was, mal = data(xlsforms.TEXTE)["sections"][0]["questions"]
    assert (kopf["text"], kopf["hint"]) == ("Hallo!\nSchön, dass du da bist.", "Wichtig")
    assert (was["text"], was["hint"]) == ("Hallo …, was war gut?", "einSatz")
    assert (mal["text"], mal["hint"]) == ("3 * 4 * 5 und snake_case_wort", "a < b und b > c")
    assert said(xlsforms.TEXTE, Kind.LOST, Kind.CHANGED) == [
        (
            "survey, C3: Antworten auf frühere Fragen können nicht im Text stehen; dort steht jetzt"
            " „…“. Formuliere den Satz ohne sie."
        ),
        "survey, C2, C3: Auszeichnungen (Markdown, HTML) sind entfernt, der Text bleibt.",
        "survey, D2: Auszeichnungen (Markdown, HTML) sind entfernt, der Text bleibt.",
        "survey, D3: unsichtbare Zeichen sind entfernt.",
    ]


# What stays behind


def test_nothing_that_identifies_comes_along() -> None:
    """Rule 4."""
    assert list(questions(xlsforms.SPUREN)) == ["p", "q"]
    lines = said(xlsforms.SPUREN, Kind.LOST)
    assert [line.partition(": ")[0] for line in lines] == [
        f"survey, A{row}" for row in range(2, 16)
    ]
    assert [line.split(": ")[1] for line in lines] == [
        *("„start“", "„end“", "„today“", "„deviceid“", "„phonenumber“", "„username“", "„audit“"),
        *("„geopoint“", "„start-geopoint“", "„image“", "„barcode“", "„date“", "„calculate“"),
        "„select_one_from_file x.csv“",
    ]
    assert "survey, C16: „Wie heißt du? Name bitte“ fragt vielleicht nach einer Person." in str(
        said(xlsforms.SPUREN, Kind.CHECK)
    )


def test_repeated_groups_are_listed_row_by_row() -> None:
    """Rule 3."""
    assert list(questions(xlsforms.WIEDERHOLUNG)) == ["anfang", "ende"]
    assert said(xlsforms.WIEDERHOLUNG, Kind.LOST) == [
        (
            "survey, A3, A4, A5, A6: Wiederholungen gibt es nicht. Stell die Fragen einmal für alles,"
            " außerhalb der Wiederholung."
        ),
        (
            "survey, D9: die Bedingung ist nicht übernommen, die Frage bekommen alle. Zeichen 1:"
            " „kindalter“ ist selbst nicht übernommen worden. Schreib sie unter show_if."
        ),
    ]


def test_every_column_that_stays_behind_has_its_reason() -> None:
    """Rule 3: a column of remarks needs none."""
    assert [line.split(": ")[0] for line in said(xlsforms.SPALTEN, Kind.LOST)] == [
        *("survey, D2", "survey, E2", "survey, F2", "survey, H2, H3", "survey, I2", "survey, J2"),
        *("survey, K2", "survey, L2", "survey, M2", "survey, N2", "survey, P2", "survey, G3"),
        *("survey, L3", "choices, D2", "choices, E2"),
        *("settings, C2", "settings, D2", "settings, E2", "settings, F2"),
    ]  # fmt: skip


# Messy files


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            survey("text | a | Was?", "text | b |"),
            "survey, C3: der Frage „b“ fehlt der Text (label). Ergänze ihn.",
        ),
        (
            survey("text | a | Was?", "select_one farben | b | Farbe?", choices=JANEIN),
            "survey, A3: die Liste „farben“ steht nicht im Blatt „choices“. Es gibt: janein.",
        ),
        (
            survey("text | a | Was?", "text | A | Noch was?"),
            "survey, B3: den Namen „A“ gibt es schon; diese Frage heißt jetzt „a_2“.",
        ),
        (
            survey("text | Größe in cm? | Was?"),
            ("survey, B2: „Größe in cm?“ heißt jetzt „groesse_in_cm“: Namen bestehen aus a–z, 0–9 und"
            " Unterstrich."),
        ),
        (
            survey("text | 1 | Was?"),
            "survey, B2: „1“ heißt jetzt „q_1“: Namen bestehen aus a–z, 0–9 und Unterstrich.",
        ),
        (
            survey("text | submission | Was?"),
            ("survey, B2: den Namen „submission“ gibt es schon; diese Frage heißt jetzt"
            " „submission_2“."),
        ),
        (survey("text | | Was war?"), "survey, B2: der Frage fehlt der Name; sie heißt jetzt „was_war“."),
        (
            survey("text | سؤال | Was?"),
            "survey, B2: „سؤال“ heißt jetzt „frage_2“: Namen bestehen aus a–z, 0–9 und Unterstrich.",
        ),
        (
            survey("text | a | Was?", "textt | b | Wie?"),
            "survey, A3: „textt“: diesen Typ gibt es nicht. Meintest du „text“?",
        ),
        (
            survey("text | a | Was?", "| b | Wie?"),
            "survey, A3: hier fehlt der Typ der Frage. Ergänze ihn oder lösche die Zeile.",
        ),
        (
            survey("text | a | Was?", "end_group"),
            "survey, A3: hier endet eine Gruppe, die nirgends beginnt.",
        ),
        (
            survey("begin_group | g | Los", "text | a | Was?"),
            "survey, A2: die Gruppe „g“ endet nirgends; sie reicht jetzt bis zum Ende.",
        ),
        (
            survey("text | a | Was?", "range | b | Wie? | | | | start=5 end=1"),
            ("survey, G3: diese Angaben sind nicht zu verstehen. Schreib zum Beispiel: start=0 end=10"
            " step=1."),
        ),
        (
            survey("text | a | Was?", "integer | b | Wie? | | . < 0"),
            ("survey, E3: zwischen den Grenzen liegt keine Zahl ab 0. Prüfe constraint oder"
            " parameters."),
        ),
        (
            survey("text | a | Was?", "select_one eins | b | Eins?", choices="list_name | name | label\neins | x | X"),
            ("survey, A3: die Liste „eins“ hat 1 Antworten, möglich sind hier 2 bis 30. Fasse welche"
            " zusammen oder ergänze welche."),
        ),
        (
            survey("text | a | Was?", choices=JANEIN),
            "choices: die Liste „janein“ wird von keiner Frage benutzt.",
        ),
        (
            survey("select_one janein | a | A?", choices=JANEIN + "janein | Ja | Doch\n"),
            "choices, B4: den Code von „Ja“ gibt es in dieser Liste schon; er heißt jetzt „ja_2“.",
        ),
        (
            survey("select_one janein | a | A?", choices=JANEIN + "janein | nie |\n"),
            "choices, C4: der Antwort „nie“ fehlt der Text (label); vorerst steht dort ihr Name.",
        ),
        (
            survey("select_one janein | a | A?", choices=JANEIN + " | nie | Nie\n"),
            "choices, Zeile 4: dieser Antwort fehlt der Name der Liste (list_name). Ergänze ihn.",
        ),
        (
            survey("select_one janein | a | A?", choices=JANEIN + "janein | refused | keine Angabe\n"),
            "choices, B4: der Name „refused“ taugt nicht als Code und heißt jetzt „x_refused“.",
        ),
        (
            xlsx(survey="type | name | label | label\ntext | a | Was? | Wie?"),
            ("survey, Spalte D: die Überschrift „label“ gibt es zweimal. Gelesen wird nur die erste"
            " Spalte."),
        ),
        (
            xlsx(survey="type | name | label\ntext | a | Was? | verloren"),
            ("survey, D2: über dieser Zelle steht keine Überschrift. Schreib eine in die erste Zeile,"
            " oder hebe dort verbundene Zellen auf."),
        ),
        (
            xlsx(survey="type | name | label\ntext | a | =1+1", computed="Was?"),
            ("survey, C2: hier steht eine Formel. Übernommen ist der Wert, den Excel zuletzt berechnet"
            " hat."),
        ),
        (
            xlsx(survey="type | name | label\ntext | a | Was?\ntext | b | #REF!"),
            "survey, C3: hier steht „#REF!“, ein Fehler von Excel. Schreib den Text hin.",
        ),
        (
            xlsx(survey="type | name | label\ntext | a | Was?", Notizen="nur | für | mich"),
            ("Notizen: das Blatt „Notizen“ wird nicht gelesen. Gelesen werden: survey, choices,"
            " settings."),
        ),
        (
            xlsx(survey="type | name | label | disabled\ntext | a | Was? | no\ntext | b | Wie? | yes"),
            "survey, Zeile 3: die Zeile ist abgeschaltet (disabled).",
        ),
        (
            xlsx(survey="type | name | label\ntext | a | Was?", settings="form_title\nA\nB"),
            "settings, Zeile 3: gelesen wird nur die erste Zeile.",
        ),
        (
            xlsx(survey="type | name | label\ntext | a | Was?", settings="form_title | version\nA | 2024.1"),
            "settings, B2: „2024.1“ ist keine Version aus drei Zahlen; angefangen wird mit 1.0.0.",
        ),
    ],
)  # fmt: skip
def test_mess_is_sorted_out_and_said(content: bytes, line: str) -> None:
    """Rule 5."""
    assert line in [str(note) for note in converted(content).notes]
    assert list(asked(content).questions)


def test_merged_headers_lose_nothing_silently() -> None:
    """Rule 5: the text under the second half of a merged header is listed."""
    content = xlsx(survey="type | name | label |\ntext | a | Was? | What?", merged=["C1:D1"])
    assert said(content, Kind.LOST)[0].startswith("survey, D2: über dieser Zelle steht keine")


def test_spaces_capitals_numbers_and_empty_rows_are_no_trouble() -> None:
    """Rule 5."""
    content = xlsx(
        **{
            "Survey ": ".\n  TYPE |  Name | LABEL :: Deutsch (DE) \n"
            ".\n  Select_One   J | Q | Was? \n.\nTEXT | t | #12",
            "CHOICES": "List_Name | NAME | Label\nJ | #1 | #true\nJ | #2.5 | Zwei",
        }
    )
    found = data(content)["sections"][0]["questions"]
    assert found == [
        {
            "id": "q",
            "kind": "single_choice",
            "text": "Was?",
            "options": [{"code": 1, "text": "true"}, {"code": "2_5", "text": "Zwei"}],
        },
        {"id": "t", "kind": "open_text", "text": "12"},
    ]


def test_more_questions_than_a_section_holds_get_a_second_one() -> None:
    """Rule 5."""
    content = survey("begin_group | g | Viel", *(f"text | t{n} | Was {n}?" for n in range(61)))
    sections = data(content)["sections"]
    assert [(s["id"], s["title"], len(s["questions"])) for s in sections] == [
        ("g", "Viel", 60),
        ("g_2", "Viel", 1),
    ]


CELLS = st.sampled_from(
    ["text", "select_one l", "select_multiple l or_other", "range", "integer", "note", "begin group",
     "end group", "begin repeat", "end repeat", "rank l", "l", "a", "b", "ja", "1", "-1", "${a} = 1",
     "${a} = '1' or selected(${b}, 'ja')", ". > 3", "start=0 end=10", "likert", "x y z", "…", "=",
     "${", "yes", "مرحبا", "null", "a: b # c", "\u202e", "- {[", "'\"", "%s %(x)s %", "type"]
)  # fmt: skip
HEADERS = [
    "type", "name", "label", "label::en", "hint", "relevant", "constraint", "parameters",
    "appearance", "required", "foo %s",
]  # fmt: skip


@given(
    rows=st.lists(st.lists(CELLS, max_size=11), max_size=12), choices=st.lists(CELLS, max_size=9)
)
@SLOW
def test_whatever_is_in_the_cells_it_is_a_questionnaire_or_a_sentence(
    rows: list[list[str]], choices: list[str]
) -> None:
    """Rule 5."""
    table = "\n".join(["|".join(HEADERS), *("|".join(row) or "." for row in rows)])
    answers = "\n".join(["list_name | name | label", *(f"l | {name} | {name}" for name in choices)])
    try:
        questionnaire = asked(xlsx(survey=table, choices=answers))
    except UnusableForm as unusable:
        sentences = unusable.sentences
    else:
        sentences = tuple(question.text.german for question in questionnaire.questions)
    assert all(sentences)


# Hostile files


def refused(content: bytes) -> str:
    started = time.process_time()
    with pytest.raises(UnusableForm) as unusable:
        converted(content)
    assert time.process_time() - started < 1
    return unusable.value.sentences[0]


def repacked(content: bytes, **parts: bytes) -> bytes:
    """Return an .xlsx in which some parts are replaced; names without their ending."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            stem = name.rpartition("/")[2].removesuffix(".xml")
            new.writestr(name, parts.get(stem, old.read(name)))
    return file.getvalue()


GOOD = xlsx(survey="type | name | label\ntext | a | Was?")
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>"""
DAMAGED = "Die Datei ist beschädigt. Öffne sie in Excel oder LibreOffice und speichere sie neu."


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    """Rule 6: 10 MB of spaces take 10 kB in the file."""
    bomb = repacked(GOOD, sheet1=b" " * 10_000_000)
    assert len(bomb) < 20_000
    assert refused(bomb) == (
        "Ausgepackt wäre die Datei größer als 8 MB; so groß ist kein Formular. Lösche leere Zeilen,"
        " Bilder und Blätter, die nicht zum Formular gehören."
    )


def test_bomb_that_lies_about_its_size_is_refused() -> None:
    """Rule 6: the directory claims 7 bytes."""
    bomb = bytearray(repacked(GOOD, sheet1=b" " * 10_000_000))
    for size in ((10_000_000).to_bytes(4, "little"),):
        while (at := bomb.find(size)) >= 0:
            bomb[at : at + 4] = (7).to_bytes(4, "little")
    assert refused(bytes(bomb)) == DAMAGED


def test_file_of_ten_megabytes_is_refused() -> None:
    """Rule 6."""
    assert refused(b"PK\x03\x04" + bytes(10_000_000)) == (
        "Die Datei ist größer als 4 MB. Lösche Bilder und Blätter, die nicht zum Formular gehören."
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    """Rule 6."""
    entities = ENTITIES.decode().replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding)
    assert refused(repacked(GOOD, sharedStrings=entities)) == DAMAGED


def sheet_of(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


TOO_MANY = (
    "Das Blatt „survey“ hat mehr als 3000 Zeilen oder 200 Spalten. Lösche, was nicht zum Formular"
    " gehört, auch leere Zeilen und Spalten am Ende."
)


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(1, 20_000)),
        "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 20_000)),
    ],
)
def test_endless_sheet_is_refused(cells: str) -> None:
    """Rule 6: empty cells count, too; a row may claim 16,384 of them."""
    assert refused(repacked(GOOD, sheet1=sheet_of(cells))) == TOO_MANY


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Das ist keine Excel-Datei (.xlsx). Speichere das Formular als .xlsx."),
        (b"type,name,label\n", "Das ist keine Excel-Datei (.xlsx). Speichere das Formular als .xlsx."),
        (
            b"\xd0\xcf\x11\xe0" + bytes(512),
            ("Das ist eine Datei des alten Excel (.xls) oder eine mit Kennwort. Speichere sie ohne"
            " Kennwort als .xlsx."),
        ),
        (b"PK\x03\x04 kaputt", DAMAGED),
        (GOOD[:-40], DAMAGED),
        (repacked(GOOD, workbook=b"<workbook/>"), "Es gibt kein Blatt „survey“."),
        (repacked(GOOD, sheet1=b"<worksheet><unfertig"), DAMAGED),
        (xlsx(Tabelle1="a | b"), "Es gibt kein Blatt „survey“."),
        (xlsx(survey="typ | name\ntext | a"), "Im Blatt „survey“ fehlt die Spalte „type“."),
        (xlsx(survey="type | name\ntext | a"), "Im Blatt „survey“ fehlt die Spalte „label“."),
        (xlsx(survey="."), "Im Blatt „survey“ fehlt die Spalte „type“."),
        (survey("start | s", "geopoint | g | Wo?"), "Keine Zeile konnte zu einer Frage werden:"),
    ],
)  # fmt: skip
def test_unusable_file_is_a_sentence(content: bytes, said: str) -> None:
    """Rule 6."""
    assert refused(content).startswith(said)


@given(at=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
@SLOW
def test_damaged_file_never_crashes(at: int, byte: int) -> None:
    """Rule 6."""
    content = bytearray(GOOD)
    content[at] = byte
    try:
        sentences = (converted(bytes(content)).text,)
    except UnusableForm as unusable:
        sentences = unusable.sentences
    assert all(sentences)


# The command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a form."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "camp.xlsx").write_bytes(xlsforms.FERIENCAMP)
    (tmp_path / "leer.xlsx").write_bytes(xlsx(survey="type | name | label\nstart | s |"))
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["questionnaires", "import-xlsform", *words])


def test_form_becomes_a_file_called_by_its_id(folder: Path) -> None:
    """Rule 7."""
    result = typed("camp.xlsx")
    assert result.exit_code == 0
    assert (folder / "ferien-camp.yaml").read_text(encoding="utf-8") == FERIENCAMP
    headings = [line for line in result.output.splitlines() if not line.startswith(" ")]
    assert headings == [
        *("Nicht übernommen:", "Geändert:", "Bitte prüfen:"),
        "ferien-camp.yaml: 4 Fragen in 2 Abschnitten (de, en).",
    ]


def test_name_of_the_file_is_the_id(folder: Path) -> None:
    """Rule 7."""
    assert typed("camp.xlsx", "-o", "sommer.yaml").exit_code == 0
    assert check_file(folder / "sommer.yaml").errors == ()
    result = typed("camp.xlsx", "-o", "Mein Sommer.yaml")
    assert (result.exit_code, "„Mein Sommer.yaml“ taugt nicht" in result.output) == (2, True)


def test_existing_file_is_overwritten_only_on_demand(folder: Path) -> None:
    """Rule 7."""
    (folder / "ferien-camp.yaml").write_text("meins")
    result = typed("camp.xlsx")
    assert (result.exit_code, "ferien-camp.yaml gibt es schon." in result.output) == (1, True)
    assert (folder / "ferien-camp.yaml").read_text() == "meins"
    assert typed("camp.xlsx", "--force").exit_code == 0


def test_form_of_which_nothing_is_left_fails_and_says_why(folder: Path) -> None:
    """Rule 7."""
    result = typed("leer.xlsx")
    assert (result.exit_code, [*folder.glob("*.yaml")]) == (1, [])
    assert result.output.startswith(
        "Error: leer.xlsx:\n  Keine Zeile konnte zu einer Frage werden:\n  survey, A2: „start“: "
    )


# On the phone


@pytest.mark.parametrize("name", ["feriencamp", "bedingungen", "auswahl", "viele-sprachen"])
def test_young_people_can_answer_it(name: str, sqlite_url: str) -> None:
    """Rule 8."""
    form = converted(FORMS[name])
    questionnaire = asked(FORMS[name])
    with site_asking(form.text, sqlite_url) as site:
        page = site.get()
        assert page.status_code == 200
        for question in questionnaire.questions:
            assert question.text.german.split("\n")[0] in page.text.replace("&#39;", "'")
        raw: dict[str, Any] = {}
        for question in questionnaire.questions:
            raw |= question.simulate(random.Random(1), 0.7)
        assert "Deine Antworten sind angekommen" in site.post(raw).text


# What the documentation promises


def documented(heading: str) -> list[str]:
    """Return what stands in code in the first column of the tables below a heading."""
    text = (Path(__file__).parents[2] / "docs" / "xlsform.md").read_text(encoding="utf-8")
    part = text.split(f"## {heading}")[1].split("## ")[0]
    cells = [line.split("|")[1] for line in part.splitlines() if line.startswith("| ")]
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_documented_types_come_along() -> None:
    """Rule 9."""
    types = [name for name in documented("What becomes what") if read_type(name).refusal == ""]
    assert types == [
        *("select_one list", "select_one list", "select_multiple list", "rank list", "text"),
        *("integer", "decimal", "range", "note", "acknowledge", "begin_group", "end_group"),
    ]


def test_documented_types_stay_behind() -> None:
    """Rule 9."""
    columns = {"required", "default", "choice_filter", "${answers}", "begin_repeat"}
    for name in set(documented("What stays behind, and why")) - columns:
        assert read_type(name).refusal not in ("", UNKNOWN)
