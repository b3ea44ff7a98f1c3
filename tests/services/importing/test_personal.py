"""Columns that say who answered.

1. They are recognised by header, in the words of the programs people use, and by what stands in
   them, whatever the header says.
2. A question is not suspected for its words.
3. No mapping lets them in; no byte of them is stored, kept, or said in an error.
"""

from pathlib import Path

import pytest

from survey_app.domain.messages import InvalidDefinition
from survey_app.services.importing import Assignment, ColumnAssignment
from survey_app.services.importing.personal import Personal, by_content, by_header
from tests.support_field import questionnaire_from
from tests.support_import import csv_bytes, csv_file, dry_run, look, summer

SECRETS = ("Mira", "Muster", "mira@beispiel.example", "203.0.113.7", "0170 1234567", "12.10.2024")


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Name", Personal.NAME),
        ("Vor- und Nachname", Personal.NAME),
        ("Name, Vorname", Personal.NAME),
        ("E-Mail-Adresse:", Personal.EMAIL),
        ("email", Personal.EMAIL),
        ("Telefon / Handy", Personal.PHONE),
        ("Straße & Hausnummer", Personal.ADDRESS),
        ("PLZ", Personal.ADDRESS),
        ("Geburtsdatum", Personal.BIRTH),
        ("IP-Adresse", Personal.MACHINE),
        ("ipaddr", Personal.MACHINE),
        ("User Agent", Personal.MACHINE),
        ("Zeitstempel", Personal.TIME),
        ("Startzeit", Personal.TIME),
        ("Completion time", Personal.TIME),
        ("submitdate", Personal.TIME),
        ("interviewtime", Personal.TIME),
        ("groupTime12", Personal.TIME),
        ("Gruppenzeit: Das Angebot", Personal.TIME),
        ("ID", Personal.NUMBER),
        ("Antwort-ID", Personal.NUMBER),
        ("Zugangsschlüssel", Personal.NUMBER),
        ("startlanguage", Personal.LANGUAGE),
        ("Adı Soyadı", Personal.NAME),
        ("Имя", Personal.NAME),
        ("البريد الإلكتروني", Personal.EMAIL),
        ("Wie fandest du den Namen des Projekts?", None),
        ("Freizeit", None),
        ("k1", None),
        ("", None),
    ],
)
def test_headers(header: str, kind: Personal | None) -> None:
    assert by_header(header) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mira@beispiel.example", Personal.EMAIL),
        ("203.0.113.7", Personal.MACHINE),
        ("2001:db8::7", Personal.MACHINE),
        ("Mozilla/5.0 (X11; Linux)", Personal.MACHINE),
        ("12.10.2024", Personal.TIME),
        ("12.10.24 9:00:01", Personal.TIME),
        ("2024-10-12T09:00:01Z", Personal.TIME),
        ("2024/10/12 9:00:01 AM MEZ", Personal.TIME),
        ("9:30", Personal.TIME),
        ("6f9619ff-8b86-d011-b42d-00cf4fc964ff", Personal.NUMBER),
        ("+49 170 1234567", Personal.PHONE),
        ("0170/1234567", Personal.PHONE),
        ("5", None),
        ("2,5", None),
        ("stimmt genau", None),
        ("der See; 3 von 5", None),
        ("13 oder jünger", None),
    ],
)
def test_contents(text: str, kind: Personal | None) -> None:
    assert by_content(text) is kind


def test_content_betrays_what_a_header_hides(tmp_path: Path) -> None:
    rows = [
        ["Feld 1", "Feld 2", "Feld 3", "k1"],
        *[[f"p{n}@beispiel.example", f"203.0.113.{n}", f"{n}.10.2024", 5] for n in range(1, 9)],
    ]
    with look(csv_file(tmp_path, rows), summer()) as found:
        kinds = [column.personal for column in found.survey.columns]
        assert [column.values for column in found.survey.columns[:3]] == [None, None, None]
    assert kinds == [Personal.EMAIL, Personal.MACHINE, Personal.TIME, None]


def test_a_question_is_not_suspected_for_its_words(tmp_path: Path) -> None:
    asks = questionnaire_from("""
id: sprache
version: 1.0.0
audience: young_people
languages: [de]
title: Sprache
minutes: 1
licence: {class: A, holder: Mitreden}
sections:
  - id: a
    questions:
      - {id: s1, kind: single_choice, text: Sprache, options: [{code: 1, text: eine}, {code: 2, text: mehrere}]}
""")
    outcome = dry_run(csv_file(tmp_path, [["Name", "Sprache"], ["Mira", "eine"]]), asks)
    assert outcome.sheets == ['{"s1":1}']


@pytest.mark.parametrize("header", ["Name", "Feld"])
@pytest.mark.parametrize("to", ["k1", "k9"])
def test_no_assignment_lets_them_in(tmp_path: Path, header: str, to: str) -> None:
    content = "Mira Muster" if header == "Name" else "mira@beispiel.example"
    file = csv_file(tmp_path, [["k2", header], [5, content], [4, content]])
    column = ColumnAssignment(column="B", header=header, to=to)
    with pytest.raises(InvalidDefinition) as refused:
        dry_run(file, summer(), Assignment(questionnaire="sommer", columns=(column,)))
    (fault,) = refused.value.faults
    kind = "Name" if header == "Name" else "E-Mail-Adresse"
    assert str(fault.message) == (
        f"Spalte B ({kind}) wird nicht übernommen: Sie könnte verraten, wer geantwortet hat. Nehmen"
        " Sie sie aus der Zuordnung."
    )
    assert fault.at == ("B",)


def test_nothing_of_them_is_stored_kept_or_said(tmp_path: Path) -> None:
    """Every column but k1 is personal; k1 has a fault, and its value is quoted."""
    rows = [
        ["Vorname", "Familienname", "Mail", "IP", "Handy", "Datum", "k1"],
        [*SECRETS, "trifft zu"],
        [*SECRETS, 5],
    ]
    file = csv_file(tmp_path, rows)
    assert all(secret.encode() in csv_bytes(rows) for secret in SECRETS)
    outcome = dry_run(file, summer())
    with look(file, summer()) as found:
        survey = repr(found.survey)
    told = "\n".join([*outcome.sheets, *map(str, outcome.texts), *map(str, outcome.problems)])
    told += outcome.assignment.as_text() + survey + repr(outcome.rehearsal)
    assert "trifft zu" in told
    assert [secret for secret in SECRETS if secret in told] == []
