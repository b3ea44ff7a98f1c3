"""Every number of four small sheets and their annexes, counted by hand and read from the drawn PDF.

1. Each line below stands on its page, and the numbers of a page are those of its lines, each as
   often as it is there: a number that nobody expected fails, and so does one that is missing.
2. What four people said leaves no number; of their sheet every number is a rule, a date or a name.
3. The web page has every number of the paper, and those within drawings stand in its tables.

The answers are in hand_made.py. W(x, n) is the 95 % interval of Wilson with z² = 3.8415:
centre = (p + z²/2n) / (1 + z²/n), half = z / (1 + z²/n) · √(p(1 - p)/n + z²/4n²).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import html5lib
import pypdfium2  # type: ignore[import-untyped]
import pytest

from survey_app.domain.sheet import EvaluationSheet
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.sheet import sheet_document, sheet_html
from survey_app.rendering.sheet_annex import annex_document
from tests.rendering.hand_made import camp, evening, workshop, workshop_of_four
from tests.rendering.paper import GERMAN
from tests.support_sheets import SITUATIONS

NUMBER = re.compile(r"(?<![\w.,])[+−]?\d+(?:[.,]\d+)*")

# What stands on every sheet whatever was answered: 5 is the smallest block of class A, 20 the
# number of answers from which percents come first, 28 November is 14 days after the closing.
HEAD = (
    "Kempen (AGS 05166012)",
    "26. Oktober 2026 bis 30. Oktober 2026",
    "Durchgänge 5",
)
FURNITURE_ONE = ("Auswertungsbogen M0007-20261121", "Datenstand 21. November 2026", "S. 1/2")
FURNITURE_TWO = ("Auswertungsbogen M0007-20261121", "Datenstand 21. November 2026", "S. 2/2")
WAVE = "1.0.0, Prüfzeichen ), 2. November 2026 bis 14. November 2026, CC-BY-4.0"
METHOD = (
    "stehen ab 5 Antworten hier.",
    "auf 100 gerundet nach dem größten Rest; unter 20 Antworten zuerst Anzahlen.",
    "KI: 95-%-Konfidenzintervall",
    "am 28. November 2026 gelöscht.",
)
RANGES = ("95-%-Bereiche",)
ANNEX_A = ("Kempen (AGS 05166012)", "Laufzeit 26. Oktober 2026 bis 30. Oktober 2026")
ANNEX_B = ("(SHA-256)",)

SHEETS: dict[Callable[[], EvaluationSheet], tuple[tuple[str, ...], tuple[str, ...]]] = {
    camp: (
        (
            *HEAD,
            "30 von 40 Teilnehmenden haben geantwortet (75 %).",  # 30 / 40
            "Etwa drei von vier (75 %, mit großer Unsicherheit) fanden das Angebot gut.",  # 21 / 28
            "Etwa vier von fünf (80 %) wissen jetzt besser",  # 24 / 30, 28 points wide
            "Erreicht 40 von 60 Eingeladenen",
            "Rücklauf 75 % 30 von 40 Teilnehmenden",
            # k1 afterwards: 2 refused, 2, 5, 9 and 12 on the steps 2 to 5; positive 9 + 12 of 28.
            # W(21, 28): (.75 + .0686) / 1.1372 = .7198, half .1744 / 1.1372 = .1534
            "Gesamturteil 75 % fanden das Angebot gut: 21 von 28 (95-%-KI 57 % bis 87 %)",
            # W(24, 30): (.8 + .0640) / 1.1280 = .7659, half .1568 / 1.1280 = .1390
            "Wirkungsstufe 4 – Sie wissen",
            "70 % 80 % 63 % bis 90 % erreicht",
            "Jugendliche, danach, 30 Rückmeldungen",
            "Es war gut. 75 % 28 2",
            "Ich kenne Hilfe. 80 % 30 0",
            # 2, 5, 9, 12 of 28: 7.14, 17.86, 32.14, 42.86; the two missing go to .86 and .86
            "7 18 32 43",
            "20 40 40",  # 6, 12, 12 of 30
            "geplant, bis 1. Juli 2027, Team",
            "hoch Antworten: 30 davor, 30 danach · 75 % Rücklauf",
            *FURNITURE_ONE,
        ),
        (
            "3 von 3 verglichenen Fragen",  # all three intervals below leave out zero
            # before: 3, 7, 8, 8, 4; positive 12 of 30 = 40 %. W(12, 30) = .4114 ± .1654
            # Newcombe: .35 - √(.1836² + .1768²) = .095, .35 + √(.1232² + .1541²) = .547
            "Es war gut. 40 % n = 30 75 % n = 28 +35 +10 bis +55",
            # before: 6 + 3 of 30 = 30 %. W(9, 30) = .3227 ± .1561
            # .5 - √(.1731² + .1788²) = .251, .5 + √(.1050² + .1334²) = .670
            "Ich kenne Hilfe. 30 % n = 30 80 % n = 30 +50 +25 bis +67",
            # means (15·4 + 15·5) / 30 and (15·6 + 15·8) / 30; variances .25·30/29 and 1·30/29;
            # √(.00862 + .03448) = .2076; 42.6 degrees of freedom: t = 2.017; 2.5 ± .419
            "Mittelwert, von 0 bis 10 4,5 n = 30 7,0 n = 30 +2,50 +2,08 bis +2,92",
            "Wie war’s? Jugendliche, davor, 30 Rückmeldungen",
            "Wie war’s? Jugendliche, danach, 30 Rückmeldungen",
            "n = 30 mit dem Rad 40 % mit dem Bus 60 %",  # 12 and 18 of 30
            "n = 30 mit dem Rad 50 % mit dem Bus 50 %",  # 15 and 15
            "3 Fachkräfte",
            "2 Termine",
            "344 Stunden mit Jugendlichen",  # 5 h · 40 + 4 h · 36
            "Ziele nach den Antworten erreicht: 1 von 1",
            "Geplant 2.100,00 € Ausgegeben 2.052,00 € Stiftung 1.500,00 €",
            "je teilnehmender Person 51,30 € je Person und Stunde 5,97 €",  # 2052/40, 2052/344
            "10 von 40 haben nicht geantwortet",
            *METHOD,
            "Nicht ausgewiesene Werte: 0.",
            *RANGES,
            f"Wie war’s? (camp {WAVE}",
            f"Wie war’s? (camp {WAVE}",
            *FURNITURE_TWO,
        ),
    ),
    evening: (
        (
            *HEAD,
            "24 von 30 Teilnehmenden haben geantwortet (80 %).",
            "Erreicht 30 junge Menschen",
            "Rücklauf 80 % 24 von 30 Teilnehmenden",
            # then 2,3,3,2,4,1,3,2,3,4,2,3: sum 32, squares 94; now: sum 41, squares 147; twice over.
            # changes of twelve: eight better (seven by 1, one by 2), four the same; sum 9, squares 11
            # sd then √((188 - 64²/24)/23) = .868, now √((294 - 82²/24)/23) = .776
            # d = .75 / ((.868 + .776) / 2) = .91
            "große Veränderung (d = 0,91) · 16 besser, 8 gleich oder schlechter",
            # 64/24, 82/24; sd of the changes √((22 - 18²/24)/23) = .608; t(23) = 2.069
            # .75 ± 2.069 · .608 / √24 = .75 ± .257
            "2,7 n = 24 3,4 n = 24 +0,75 +0,49 bis +1,01",
            "mittel 24 Antworten · 80 % Rücklauf",
            *FURNITURE_ONE,
        ),
        (
            "6 von 30 haben nicht geantwortet",
            "um etwa 4 Prozentpunkte",  # 100 / 24
            *METHOD,
            "Nicht ausgewiesene Werte: 0.",
            *RANGES,
            f"Der Abend (abend {WAVE}",
            *FURNITURE_TWO,
        ),
    ),
    workshop: (
        (
            *HEAD,
            "12 von 15 Teilnehmenden haben geantwortet (80 %).",
            "Etwa drei von vier (9 von 12, mit großer Unsicherheit) fanden das Angebot gut.",
            "Erreicht 15 junge Menschen",
            "Rücklauf 12 von 15 Teilnehmenden (80 %)",
            # k1: 1, 0, 2, 3, 6. W(9, 12): (.75 + .1601) / 1.3201 = .6894, half .2926 / 1.3201
            "Gesamturteil 9 von 12 fanden das Angebot gut: 75 % (95-%-KI 47 % bis 91 %)",
            # k3: 1, 2, 3, 6, 0. W(6, 12): .5 ± .3250 / 1.3201
            "Nutzen 6 von 12 haben etwas Brauchbares gelernt: 50 % (95-%-KI 25 % bis 75 %)",
            "Jugendliche, 12 Rückmeldungen",
            "Es war gut. 9 von 12 12 0",
            "Ich habe etwas gelernt. 6 von 12 12 0",
            "1 2 3 6",
            "1 2 3 6",
            "Was war gut? Jugendliche 3",
            "mittel 12 Antworten · 80 % Rücklauf",
            *FURNITURE_ONE,
        ),
        (
            "Es war gut. 1 0 2 3 6 0 12",
            "Ich habe etwas gelernt. 1 2 3 6 0 0 12",
            "3 von 15 haben nicht geantwortet",
            "um etwa 8 Prozentpunkte",  # 100 / 12
            *METHOD,
            "Nicht ausgewiesene Werte: 0.",
            f"Selfie (werkstatt {WAVE}",
            *FURNITURE_TWO,
        ),
    ),
    workshop_of_four: (
        (
            *HEAD,
            "Werkstatt Weniger als 5 Antworten: zum Schutz nicht ausgewiesen.",
            "Erreicht 15 junge Menschen",
            "Rücklauf • Weniger als 5 Antworten",
            "Gesamturteil • Weniger als 5 Antworten",
            "Nutzen • Weniger als 5 Antworten",
            "stimmt genau • Weniger als 5 Antworten",
            "Was war gut? Jugendliche • • Weniger als 10 Antworten",
            *FURNITURE_ONE,
        ),
        (
            *METHOD,
            "Nicht ausgewiesene Werte: 3.",  # two statements and a free text
            f"Selfie (werkstatt {WAVE}",
            *FURNITURE_TWO,
        ),
    ),
}


def ladder(**counts: int) -> str:
    """Return the line of a ladder: nobody on all steps but those named."""
    ends = {0: "0 – gar nicht", 10: "10 – ganz"}
    steps = (f"{ends.get(step, step)}: {counts.get(f's{step}', 0)}" for step in range(11))
    return " · ".join(f"{each} ({50 if each.endswith(' 15') else 0} %)" for each in steps)


def agreement(*steps: tuple[int, int]) -> str:
    """Return the line of a scale of agreement: people and percent of each step."""
    words = ("stimmt gar nicht", "stimmt eher nicht", "teils/teils", "stimmt eher", "stimmt genau")
    lines = zip(words, steps, strict=True)
    return " · ".join(f"{word}: {count} ({percent} %)" for word, (count, percent) in lines)


ANNEXES: dict[Callable[[], EvaluationSheet], tuple[tuple[str, ...], tuple[str, ...]]] = {
    camp: (
        (
            *ANNEX_A,
            "Eingeladen 60 Angemeldet 44 Teilgenommen 40 Fachkräfte 3 Termine 2",
            "Personalstunden 45,5",  # 45 h 30 min
            "Geplant 2.100,00 € Ausgegeben 2.052,00 € Stiftung 1.500,00 €",
            "je teilnehmender Person 51,30 € je Person und Stunde 5,97 €",
            "(geplant, bis 1. Juli 2027, Team)",
            *FURNITURE_ONE,
        ),
        (
            "Wie war’s? Jugendliche, davor, 30 Rückmeldungen",
            # 3, 7, 8, 8, 4 of 30: 10, 23.33, 26.67, 26.67, 13.33; two missing go to the eights
            "Es war gut. " + agreement((3, 10), (7, 23), (8, 27), (8, 27), (4, 13)) + " 30 0",
            "Ich kenne Hilfe. " + agreement((0, 0), (12, 40), (9, 30), (6, 20), (3, 10)) + " 30 0",
            "Wie sicher bist du? " + ladder(s4=15, s5=15) + " 30 0",
            "mit dem Rad: 12 (40 %) · mit dem Bus: 18 (60 %) 30 0",
            "Wie war’s? Jugendliche, danach, 30 Rückmeldungen",
            "Es war gut. " + agreement((0, 0), (2, 7), (5, 18), (9, 32), (12, 43)) + " 28 2",
            "Ich kenne Hilfe. " + agreement((0, 0), (0, 0), (6, 20), (12, 40), (12, 40)) + " 30 0",
            "Wie sicher bist du? " + ladder(s6=15, s8=15) + " 30 0",
            "mit dem Rad: 15 (50 %) · mit dem Bus: 15 (50 %) 30 0",
            *ANNEX_B,
            *FURNITURE_TWO,
        ),
    ),
    evening: (
        (*ANNEX_A, "Teilgenommen 30", *FURNITURE_ONE),
        (
            "Der Abend Jugendliche, 24 Rückmeldungen",
            # 8.33, 33.33, 41.67, 16.67: two missing go to .67 and .67
            "Vor dem Abend: Ich erkenne Werbung. "
            + agreement((2, 8), (8, 33), (10, 42), (4, 17), (0, 0))
            + " 24 0",
            # 8.33, 50, 33.33, 8.33: the one missing goes to the first of equal remainders
            "Jetzt: Ich erkenne Werbung. "
            + agreement((0, 0), (2, 9), (12, 50), (8, 33), (2, 8))
            + " 24 0",
            # eight 0, fourteen +1, two +2: 33.33, 58.33, 8.33, and again the first
            (
                "−4: 0 (0 %) · −3: 0 (0 %) · −2: 0 (0 %) · −1: 0 (0 %) · 0: 8 (34 %)"
                " · +1: 14 (58 %) · +2: 2 (8 %) · +3: 0 (0 %) · +4: 0 (0 %) 24 0"
            ),
            *ANNEX_B,
            *FURNITURE_TWO,
        ),
    ),
    workshop: (
        (*ANNEX_A, "Teilgenommen 15", *FURNITURE_ONE),
        (
            "Selfie Jugendliche, 12 Rückmeldungen",
            # 8.33, 16.67, 25, 50: the one missing goes to .67
            "Es war gut. " + agreement((1, 8), (0, 0), (2, 17), (3, 25), (6, 50)) + " 12 0",
            "Ich habe etwas gelernt. "
            + agreement((1, 8), (2, 17), (3, 25), (6, 50), (0, 0))
            + " 12 0",
            *ANNEX_B,
            *FURNITURE_TWO,
        ),
    ),
    workshop_of_four: (
        (*ANNEX_A, "Teilgenommen 15", *FURNITURE_ONE),
        (
            "Es war gut. • Weniger als 5 Antworten: zum Schutz nicht ausgewiesen. • •",
            "Ich habe etwas gelernt. • Weniger als 5 Antworten: zum Schutz nicht ausgewiesen. • •",
            *ANNEX_B,
            *FURNITURE_TWO,
        ),
    ),
}


def pages(pdf: bytes, sheet: EvaluationSheet) -> list[str]:
    """Return the text of each page; fingerprints, which are no numbers, are left out."""
    document = pypdfium2.PdfDocument(pdf)
    found = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    for result in sheet.results:
        found = [text.replace(result.questionnaire.fingerprint, "") for text in found]
    return found


def numbers(texts: Iterable[str]) -> Counter[str]:
    """Return every number with how often it is there."""
    return Counter(NUMBER.findall(" ".join(texts).replace("\u00a0", " ")))


@pytest.mark.parametrize("make", SHEETS, ids=lambda make: make.__name__)
def test_every_number_of_both_pages_is_counted_by_hand(
    make: Callable[[], EvaluationSheet], pool: PdfPool
) -> None:
    """Rules 1 and 2."""
    sheet = make()
    drawn = pages(pool.render(sheet_document(sheet, GERMAN)), sheet)
    for text, lines in zip(drawn, SHEETS[make], strict=True):
        assert [line for line in lines if line not in text] == []
        assert numbers([text]) == numbers(lines)


@pytest.mark.parametrize("make", ANNEXES, ids=lambda make: make.__name__)
def test_every_number_of_the_annexes_is_counted_by_hand(
    make: Callable[[], EvaluationSheet], pool: PdfPool
) -> None:
    """Rules 1 and 2."""
    sheet = make()
    drawn = pages(pool.render(annex_document(sheet, GERMAN, {})), sheet)
    for text, lines in zip(drawn, ANNEXES[make], strict=True):
        assert [line for line in lines if line not in text] == []
        assert numbers([text]) == numbers(lines)


# The web page


def tree(sheet: EvaluationSheet) -> Any:
    """Return the fragment for the web, parsed."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(f"<!DOCTYPE html><title>x</title>{sheet_html(sheet, GERMAN)}")


def drawn_numbers(found: Any) -> Counter[str]:
    """Return the numbers that only a picture shows: its figures, not its name."""
    return numbers(" ".join(each.itertext()) for each in found.iter() if is_a(each, "text"))


def is_a(element: Any, name: str) -> bool:
    """Return whether an element has this name, in HTML or in a drawing."""
    return str(element.tag).rpartition("}")[2] == name


@pytest.mark.parametrize("make", [*SHEETS, SITUATIONS["heard"], SITUATIONS["nine answers"]])
def test_the_web_page_has_every_number_of_the_paper(
    make: Callable[[], EvaluationSheet], pool: PdfPool
) -> None:
    """Rule 3."""
    sheet = make()
    paper = pages(pool.render(sheet_document(sheet, GERMAN)), sheet)
    found = tree(sheet)
    words = " ".join(found.itertext())
    for result in sheet.results:
        words = words.replace(result.questionnaire.fingerprint, "")
    leaves = {"1", "2"}  # of "S. 1/2"
    assert numbers(paper).keys() - numbers([words]).keys() - leaves == set()


@pytest.mark.parametrize("name", SITUATIONS)
def test_numbers_within_drawings_stand_in_tables(name: str) -> None:
    """Rule 3."""
    found = tree(SITUATIONS[name]())
    cells = [cell for cell in found.iter() if is_a(cell, "td") or is_a(cell, "th")]
    in_tables = numbers(" ".join(cell.itertext()) for cell in cells)
    assert drawn_numbers(found).keys() - in_tables.keys() == set()
