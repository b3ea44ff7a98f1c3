"""Every figure of three small sheets, computed by hand and read from the drawn PDF.

1. Goals: share, interval, light, doubt, stage; what was set late says so; what is promised stands
   there with its office and day; costs per person and hour are divided by people and hours.
2. Two groups: shares by Newcombe, means by Welch, and "unverknüpft".
3. A look back: change by paired t, its size in words, who moved, and "rückblickend".
4. Words of staff say so. Voices stand there only when people have read them.
"""

from survey_app.domain.finding import Place
from survey_app.domain.response import Answers
from survey_app.domain.wave import Point
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.sheet import sheet_document
from tests.rendering.paper import GERMAN, text
from tests.support_sheets import (
    SITUATIONS,
    SOMMERCAMP,
    WORKSHOP,
    YOUNG,
    at,
    full_sheet,
    questionnaire,
    result,
    sheet_of,
)

TWICE = """
id: sicher
version: 1.0.0
audience: young_people
languages: [de]
title: Wie sicher bist du?
minutes: 2
licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}
sections:
  - id: s
    questions:
      - {id: s1, kind: rating, scale: agreement, text: Ich erkenne Werbung.}
      - {id: s2, kind: ladder, text: Wie sicher bist du?, lowest: gar nicht, highest: völlig}
"""
PRE = (2, 3, 3, 2, 4, 1, 3, 2, 3, 4, 2, 3)
POST = (3, 4, 3, 3, 4, 2, 4, 4, 3, 5, 3, 3)


def drawn(pool: PdfPool, sheet: object) -> str:
    """Return the text of the drawn sheet."""
    return text(pool.render(sheet_document(sheet, GERMAN)))  # type: ignore[arg-type]


def test_goals_commitments_and_costs(pool: PdfPool) -> None:
    """Rule 1: 18 of 24 for a target of 80 %, 20 of 24 for 60 %; 5 × 7 hours × 34 people."""
    k1 = [1] * 1 + [2] * 2 + [3] * 3 + [4] * 8 + [5] * 10
    k8 = [5] * 20 + [1] * 4
    people: list[Answers] = [{"k1": a, "k8": b} for a, b in zip(k1, k8, strict=True)]
    sheet = full_sheet(SOMMERCAMP, result(questionnaire(YOUNG), people, expected=30))
    said = drawn(pool, sheet)
    for figures in (
        "24 von 30 Teilnehmenden haben geantwortet (80 %).",
        "Etwa drei von vier (75 %, mit großer Unsicherheit) fanden das Angebot gut.",
        "Etwa vier von fünf (83 %) wissen jetzt besser, wo es Hilfe gibt.",
        "1 von 2 Zielen ist nach den Antworten erreicht. Über 1 Ziel lässt sich noch nichts sagen.",
        "80 % 75 % 55 % bis 88 % knapp oder ungewiss unsicher",
        "60 % 83 % 64 % bis 93 % erreicht",
        "100 % – keine Aussage zählt das Team selbst Zielwert nachträglich gesetzt",
        "Wirkungsstufe 4 – Sie wissen oder können mehr",
        "Nach jedem Block gibt es eine halbe Stunde frei. geplant, bis 1. Juli 2027, Jugendhilfe",
        "„WLAN im Zelt“ geht nicht: Am See gibt es keinen Anschluss.",
        "Aussagekraft: mittel 24 Antworten · 80 % Rücklauf · einmal gefragt",
        "1.190 Stunden mit Jugendlichen",
        "Beteiligung: Stufe 6 von 9, Mitbestimmung",
        "Ziele nach den Antworten erreicht: 1 von 2",
        "Multiplikatorenkonzept 2 von 4",
        "Integriertes Handlungskonzept und Vernetzung n. a.",
        "Geplant 6.200,00 € Ausgegeben 5.874,50 € davon eigene Mittel 900,00 €",
        "Beispielkasse 3.500,00 € Beispielstiftung Niederrhein 1.474,50 €",
        "je teilnehmender Person 172,78 € je Person und Stunde 4,94 €",
    ):
        assert figures in said
    assert "je Wirkung stehen hier nicht" in said


def test_two_groups(pool: PdfPool) -> None:
    """Rule 2: 10 and 15 of 20; ladders of mean 4.5 (sd 0.51) and 7.0 (sd 1.03)."""
    form = questionnaire(TWICE)
    before: list[Answers] = [{"s1": 5, "s2": 4}] * 10 + [{"s1": 1, "s2": 5}] * 10
    after: list[Answers] = [{"s1": 5, "s2": 6}] * 10 + [{"s1": 5, "s2": 8}] * 5
    after += [{"s1": 1, "s2": 8}] * 5
    sheet = sheet_of(
        SOMMERCAMP,
        at(Point.BEFORE, result(form, before, number=1)),
        at(Point.AFTER, result(form, after, number=2)),
    )
    said = drawn(pool, sheet)
    for figures in (
        "unverknüpft Davor und jetzt",
        "ohne Vergleichsgruppe: vielleicht nicht dieselben Personen.",
        "1 von 2 verglichenen Fragen wird jetzt klar anders beantwortet als davor.",
        "Ich erkenne Werbung. 50 % n = 20 75 % n = 20 +25 −5 bis +49",
        "Mittelwert, von 0 bis 10 4,5 n = 20 7,0 n = 20 +2,50 +1,97 bis +3,03",
    ):
        assert figures in said


def test_a_look_back(pool: PdfPool) -> None:
    """Rule 3: the test vector of EVALUATION 3.4; below twenty no spread, so no d is printed."""
    people: list[Answers] = [
        {"w1__then": then, "w1__now": now} for then, now in zip(PRE, POST, strict=True)
    ]
    sheet = sheet_of(SOMMERCAMP, result(questionnaire(WORKSHOP), people))
    said = drawn(pool, sheet)
    for figures in (
        "rückblickend Davor und jetzt",
        "aus der Erinnerung verglichen, ohne Vergleichsgruppe",
        "große Veränderung · 8 besser, 4 gleich oder schlechter",
        "2,7 n = 12 3,4 n = 12 +0,75 +0,36 bis +1,14",
    ):
        assert figures in said
    assert "d = " not in said


def test_a_look_back_of_many_says_its_size(pool: PdfPool) -> None:
    """Rule 3: the same twice over; d_av = 0.75 / ((0.869 + 0.776) / 2) = 0.91."""
    people: list[Answers] = [
        {"w1__then": then, "w1__now": now} for then, now in zip(2 * PRE, 2 * POST, strict=True)
    ]
    sheet = sheet_of(SOMMERCAMP, result(questionnaire(WORKSHOP), people))
    assert "große Veränderung (d = 0,91)" in drawn(pool, sheet)


def test_words_of_staff_say_so_and_nothing_unread_is_quoted(pool: PdfPool) -> None:
    """Rule 4."""
    said = drawn(pool, SITUATIONS["edited"]())
    assert "wer ihnen zuhört. redaktionell geändert" in said
    assert said.count("redaktionell geändert") == 1
    assert "Noch nicht geprüft" in said
    own = SITUATIONS["edited"]().finding(Place.KEY)
    assert "haben geantwortet" in own.as_generated(GERMAN)


def test_what_people_released_is_quoted(pool: PdfPool) -> None:
    """Rule 4: two chosen quotes, one in other words and cut; a theme of two is not counted."""
    said = drawn(pool, SITUATIONS["heard"]())
    assert "„Dass wir selbst entscheiden durften.“" in said
    assert "Das Theater am …“ sinngemäß" in said
    assert "Am häufigsten genannt: Mitbestimmen (6 Nennungen)" in said
    for hidden in ("Nicht auf den Bogen", "Essen", "Noch nicht geprüft"):
        assert hidden not in said
