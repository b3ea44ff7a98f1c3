"""Marks: what in a free text may tell of a person, found by its form or by a list.

1. A table of sentences in six languages: what is marked in each, and as what.
2. Sentences that tell of nobody have no mark, or the read-out would be full of them.
3. The pieces of a text, joined again, are the text; no two marks overlap.
4. A text as long as a field can take, made to hold a pattern up, does not.
"""

import random
from itertools import pairwise

import pytest

from survey_app.domain.marks import Kind, marks, pieces

MARKED = {
    # German
    "Kevin hat genervt": [("Kevin", "name")],
    "kevin und mehmet waren laut": [("kevin", "name"), ("mehmet", "name")],
    "Kevins Handy war weg": [("Kevins", "name")],
    "Frau Schmitz war nett": [("Schmitz", "name")],
    "der herr öztürk schreit": [("öztürk", "name")],
    "Fr. Kaya hilft immer": [("Kaya", "name")],
    "Ich war mit Tjark Heimsoeth in der Gruppe": [
        ("Tjark", "maybe"),
        ("Heimsoeth", "maybe"),
    ],
    "Die 8b war gemein": [("8b", "class")],
    "Wir aus der Klasse 9c fanden es gut": [("Klasse 9c", "class")],
    "Ruf an: 0171 2345678": [("0171 2345678", "phone")],
    "+49 (2162) 39-1234 ist meine Nummer": [("+49 (2162) 39-1234", "phone")],
    "schreib mir an lisa.m@gmx.de": [("lisa.m@gmx.de", "mail")],
    "schaut auf www.beispiel.example/a": [("www.beispiel.example/a", "web")],
    "folgt mir auf beispiel.de": [("beispiel.de", "web")],
    "mein insta: cooler.typ08": [("insta: cooler.typ08", "handle")],
    "@cooler_typ auf tiktok": [("@cooler_typ", "handle")],
    "zockerkind#1234": [("zockerkind#1234", "handle")],
    "Ich wohne Lindenstraße 12a": [("Lindenstraße 12a", "address")],
    "bei mir, Am Bahnhof 3": [("Am Bahnhof 3", "address")],
    "41379 Brüggen ist langweilig": [("41379 Brüggen", "address")],
    # English
    "I did not like what Ashley said": [("Ashley", "name")],
    "the teacher is called Mr Higgins": [("Higgins", "name")],
    "we met Brunhold at the pool": [("Brunhold", "maybe")],
    "I live at 12 Baker Street": [("12 Baker Street", "address")],
    "everybody in year 9 hates it": [("year 9", "class")],
    # Turkish
    "Ayşe'nin grubu çok iyiydi": [("Ayşe", "name")],
    "en iyisi Elif Hoca": [("Elif", "name")],
    "dün Sarper Hoca bağırdı": [("Sarper", "name")],
    "biz 8/B olarak sevdik": [("8/B", "class")],
    "Atatürk Caddesi 5": [("Atatürk Caddesi 5", "address")],
    # Arabic
    "كان محمد لطيفا": [("محمد", "name")],
    "لعبت مع فاطمة وأحمد": [("فاطمة", "name"), ("وأحمد", "name")],
    "الأستاذ سعيد رائع": [("سعيد", "name")],
    "رقمي ٠١٧١٢٣٤٥٦٧٨": [("٠١٧١٢٣٤٥٦٧٨", "phone")],
    "أنا من الصف 8": [("الصف 8", "class")],
    "أسكن في شارع الورد 5": [("شارع الورد 5", "address")],
    # Ukrainian
    "Мені сподобалось з Олегом": [("Олегом", "name")],
    "дякую пані Ковальчук": [("Ковальчук", "name")],
    "наш 8-Б найкращий": [("8-Б", "class")],
    "живу вул. Садова, 7": [("вул. Садова, 7", "address")],
    # Russian
    "Мы играли с Наташей и Марией": [("Наташей", "name"), ("Марией", "name")],
    "тренер Сидоров кричит": [("Сидоров", "name")],
    "я из 7а": [("7а", "class")],
}
UNMARKED = [
    "Die Gruppenarbeit hat Spaß gemacht.",
    "Schlechtes Wetter. Bessere Organisation! Die Frage ist gut.",
    "Mehr Pausen und besseres Essen wären gut!",
    "Am 21.11.2026 war ich krank. Danach ging es.",
    "Wir haben 3 Stunden im Schwimmbad gewartet. Das war zu lang.",
    "Es war gut. Aber die Musik war zu laut, und 2026 kommen wir wieder.",
    "ich fand alles mega nice und will 100 mal wieder hin",
    "I said that I can do it, and we had fun till the end.",
    "It was great. We should have more breaks on Friday.",
    "Çok güzeldi. Daha fazla mola olsun.",
    "كان رائعا جدا وأريد أن أعود",
    "Було дуже цікаво. Хочу ще раз.",
    "Мне всё понравилось. Спасибо!",
    "",
]


@pytest.mark.parametrize("text", MARKED)
def test_what_tells_of_a_person_is_marked(text: str) -> None:
    """Rule 1."""
    found = [(text[mark.start : mark.end], mark.kind.value) for mark in marks(text)]
    assert found == MARKED[text]


@pytest.mark.parametrize("text", UNMARKED)
def test_what_tells_of_nobody_is_not_marked(text: str) -> None:
    """Rule 2."""
    assert marks(text) == ()


@pytest.mark.parametrize("text", [*MARKED, *UNMARKED])
def test_pieces_are_the_text(text: str) -> None:
    """Rule 3."""
    assert "".join(piece.text for piece in pieces(text)) == text
    found = marks(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert {piece.kind for piece in pieces(text)} - {None} <= set(Kind)


@pytest.mark.parametrize("unit", ["a.", "0 ", "Am ", "a@", "@", "1-", "insta:", "вул. ", "Klasse "])
def test_a_text_made_to_hold_a_pattern_up_does_not(unit: str) -> None:
    """Rule 4: it comes back; one that tries every way to read it would not within a lifetime."""
    chance = random.Random(7)
    marks((unit * 2000)[:2000])
    marks("".join(chance.choice(unit) for _ in range(2000)))
