"""A questionnaire on paper shows what a phone asks, ready to be ticked with a pen.

 1. It is A4, every page names questionnaire, version, fingerprint, licence and its number.
 2. All that is asked is on paper, in the order of the phone, numbered; a mere text has no number.
 3. Statements on one scale share a table with the scale as its head; where the answers do not fit
    into columns each statement has them below it.
 4. What a phone decides by itself is an instruction in words, whatever the condition.
 5. Before and now stand on two pages.
 6. Every kind of question has its form on paper.
 7. In Arabic it runs from the right; what is not translated is shown in German.
 8. It is tagged: headings, tables with heads, pictures with a description.
 9. Texts are data.
10. The same questionnaire gives the same bytes.
11. Printed for a wave every page carries its code, and every answer the key to type it in with;
    otherwise neither is there.
"""

import re
from pathlib import Path

import pytest

from survey_app.domain.conditions import Condition
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questions import KINDS
from survey_app.domain.questions.base import ScaledQuestion
from survey_app.rendering.environment import TEMPLATES
from survey_app.rendering.paper_conditions import told
from survey_app.rendering.paper_form import PaperForm, Table, paper_form_document, paper_form_html
from survey_app.rendering.paper_numbers import PaperNumbers, keys_of
from survey_app.rendering.pdf import PdfPool
from survey_app.services.networks import known_networks
from tests.rendering.paper import GERMAN, MM, language, open_pdf, structure, text, words
from tests.support import asking

EXAMPLES = Path(__file__).parents[1] / "kinds" / "examples"
ARABIC = language("ar", Seite="صفحة")
CARD = known_networks(None).help_for()

ALL_SORTS = """
- {id: los, kind: information, text: Jetzt geht es los., picture: talk}
- {id: k1, kind: rating, scale: agreement, text: {de: Es war gut., ar: كان جيدًا}}
- {id: k2, kind: rating, scale: agreement, text: Ich habe etwas gelernt.}
- id: alter
  kind: single_choice
  text: Wie alt bist du?
  options: [{code: u14, text: unter 14}, {code: a14, text: 14 oder 15}, {code: a16, text: ab 16}]
- id: viele
  kind: multiple_choice
  maximum: 2
  text: Was noch?
  options: [{code: a, text: Sport}, {code: b, text: Musik}]
- {id: tage, kind: number, maximum: 9, text: Wie viele Tage?}
- {id: rang, kind: ranking, text: Was zuerst?, options: [{code: a, text: Essen}, {code: b, text: Reden}]}
- id: damals
  kind: then_now
  scale: agreement
  text: Vorher und jetzt
  then: Davor
  now: Heute
  items: [{id: g1, text: Ich weiß Rat.}, {id: g2, text: Ich frage.}]
- {id: warum, kind: open_text, text: Warum?, show_if: {question: k1, at_most: 2}}
"""


def drawn(pool: PdfPool, form: Questionnaire) -> bytes:
    """Return the form in German."""
    return pool.render(paper_form_document(form, GERMAN, minimum=5, help_card=CARD))


def test_pages_are_a4_and_named(pool: PdfPool) -> None:
    """Rule 1."""
    form = asking(ALL_SORTS)
    pdf = drawn(pool, form)
    with open_pdf(pdf) as opened:
        sizes = {tuple(round(float(edge) / MM) for edge in page.mediabox) for page in opened.pages}
        pages = len(opened.pages)
    assert sizes == {(0, 0, 210, 297)}
    foot = f"probe 1.0.0 · {form.fingerprint} · © Mitreden, CC-BY-4.0"
    said = text(pdf)
    assert said.count(foot) == pages
    assert re.findall(r"Seite (\d/\d)", said) == [f"{n + 1}/{pages}" for n in range(pages)]


def test_all_that_is_asked_is_on_paper_in_order(pool: PdfPool) -> None:
    """Rule 2."""
    said = text(drawn(pool, asking(ALL_SORTS)))
    order = [
        *("Probe", "Jugendliche · 8 Fragen · etwa 3 Minuten", "Das versprechen wir dir"),
        *("mindestens 5 Personen", "Jetzt geht es los.", "1 Es war gut.", "2 Ich habe etwas"),
        *("3 Wie alt bist du?", "unter 14", "4 Was noch?", "Höchstens 2 Kreuze.", "Sport"),
        *("5 Wie viele Tage?", "Eine Zahl von 0 bis 9", "6 Was zuerst?", "Essen"),
        *("7 Vorher und jetzt", "Davor", "a Ich weiß Rat.", "b Ich frage.", "Heute"),
        *("Nur beantworten, wenn das zutrifft:", "8 Warum?", "Bitte keine Namen", "Danke!"),
    ]
    places = [said.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def tables(form: Questionnaire) -> list[tuple[int, bool]]:
    """Return how many statements each table has, and whether the scale is its head."""
    (part,) = PaperForm(form, GERMAN, 5, CARD).parts
    return [
        (len(block.rows), block.column is not None)
        for block in part.blocks
        if isinstance(block, Table)
    ]


def test_statements_on_one_scale_share_a_table() -> None:
    """Rule 3: neighbours do; a condition or a hint keeps a question apart."""
    assert tables(asking(ALL_SORTS)) == [(2, True), (2, True), (2, True)]
    apart = ALL_SORTS.replace("text: Ich habe etwas gelernt.", "hint: Kurz., text: Gelernt.")
    assert tables(asking(apart)) == [(1, True), (1, True), (2, True), (2, True)]


def test_answers_that_do_not_fit_stand_below(pool: PdfPool) -> None:
    """Rule 3."""
    long = "scales: {agreement: {options: [" + ", ".join(
        f"{{code: {code}, text: 'Unwahrscheinlichkeitserwägung {code}'}}" for code in range(7)
    )
    form = asking(
        "- {id: k1, kind: rating, scale: agreement, text: Gut.}", scales=f"\n{long}]}}}}\n"
    )
    assert tables(form) == [(1, False)]
    assert text(drawn(pool, form)).count("Unwahrscheinlichkeitserwägung") == 7


CONDITIONS = {
    "{question: k1, is: 3}": "Frage 1: „teils/teils“",
    "{question: k1, at_most: 2}": "Frage 1: „stimmt gar nicht“ oder „stimmt eher nicht“",
    "{not: {question: k1, at_least: 2}}": "Frage 1: „stimmt gar nicht“ oder keine Angabe",
    "{question: alter, one_of: [u14, a16]}": "Frage 3: „unter 14“ oder „ab 16“",
    "{question: viele, includes: b}": "Frage 4: „Musik“",
    "{not: {question: viele, includes: b}}": "Frage 4: „Musik“ ist nicht angekreuzt",
    "{question: tage, at_least: 3}": "Frage 5: mindestens 3",
    "{not: {question: tage, at_most: 3}}": "Frage 5: mehr als 3 oder keine Angabe",
    "{question: tage, one_of: [1, 2]}": "Frage 5: 1 oder 2",
    "{not: {question: tage, is: 1}}": "Frage 5: nicht 1",
    "{question: rang__b, is: 1}": "Frage 6, „Reden“: 1",
    "{question: rang__b, answered: false}": "Frage 6, „Reden“ ist nicht beantwortet",
    "{question: g2__now, is: 5}": "Frage 7b, „Heute“: „stimmt genau“",
    "{not: {question: k1, answered: true}}": "Frage 1 ist nicht beantwortet",
    "{all: [{question: k1, is: 3}, {question: tage, is: 1}]}": (
        "Frage 1: „teils/teils“ und außerdem Frage 5: 1"
    ),
    "{not: {all: [{question: k1, answered: true}, {question: tage, at_least: 2}]}}": (
        "Frage 1 ist nicht beantwortet oder stattdessen Frage 5: weniger als 2 oder keine Angabe"
    ),
    "{any: [{question: tage, is: 1}, {all: [{question: k1, is: 3}, {question: k2, is: 3}]}]}": (
        "Frage 5: 1 oder stattdessen (Frage 1: „teils/teils“ und außerdem Frage 2: „teils/teils“)"
    ),
}


@pytest.mark.parametrize(("condition", "said"), CONDITIONS.items())
def test_condition_in_words(condition: str, said: str) -> None:
    """Rule 4."""
    form = asking(ALL_SORTS.replace("{question: k1, at_most: 2}", condition))
    places = PaperForm(form, GERMAN, 5, CARD).places
    shown_if = list(form.questions)[-1].show_if
    assert isinstance(shown_if, Condition)
    assert told(shown_if, places, GERMAN) == said


def test_before_and_now_stand_on_two_pages(pool: PdfPool) -> None:
    """Rule 5."""
    places = {word.text: word.page for word in words(drawn(pool, asking(ALL_SORTS)))}
    assert places["Heute"] == places["Davor"] + 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_form_on_paper(pool: PdfPool, kind: str) -> None:
    """Rule 6: with every key it has, without a remark of WeasyPrint."""
    form = asking((EXAMPLES / f"{kind}.yaml").read_text(encoding="utf-8"))
    said = "".join(text(drawn(pool, form)).split())
    for question in form.questions:
        assert "".join(question.text.german.split()) in said
    has_template = (TEMPLATES / "paper" / f"{kind}.html").exists()
    assert has_template is not issubclass(KINDS[kind], ScaledQuestion)


def test_arabic_runs_from_the_right(pool: PdfPool) -> None:
    """Rule 7."""
    form = asking(ALL_SORTS)
    html = paper_form_html(form, ARABIC, minimum=5, help_card=CARD)
    assert html.count('<span lang="de" dir="ltr">Ich habe etwas gelernt.</span>') == 1
    pdf = pool.render(paper_form_document(form, ARABIC, minimum=5, help_card=CARD))
    first = next(word for word in words(pdf) if word.text == "1")
    assert first.left > 105 * MM
    with open_pdf(pdf) as opened:
        assert str(opened.Root.Lang) == "ar"


def test_form_is_tagged(pool: PdfPool) -> None:
    """Rule 8."""
    found = structure(drawn(pool, asking(ALL_SORTS)))
    kinds = [kind for kind, _ in found]
    assert kinds.count("H1") == 1
    assert kinds.count("Table") == 3
    assert kinds.count("TH") == 3 * 7
    assert [said for kind, said in found if kind == "Figure"] == ["Bild"]
    with open_pdf(drawn(pool, asking(ALL_SORTS))) as opened:
        metadata = opened.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert str(opened.docinfo["/Title"]) == "Probe"


def test_texts_are_data(pool: PdfPool) -> None:
    """Rule 9."""
    hostile = "<script>x</script> {{ form }} %(n)s &amp; <img src=file:///etc/passwd>"
    form = asking(f"- {{id: k1, kind: rating, scale: agreement, text: '{hostile}'}}")
    assert "".join(hostile.split()) in "".join(text(drawn(pool, form)).split())


def test_same_questionnaire_gives_the_same_bytes(pool: PdfPool) -> None:
    """Rule 10."""
    document = paper_form_document(asking(ALL_SORTS), GERMAN, minimum=5, help_card=CARD)
    assert len(set(pool.render_many([document] * 3))) == 1


def test_for_a_wave_it_carries_code_and_keys(pool: PdfPool) -> None:
    """Rule 11."""
    form = asking(ALL_SORTS)
    document = paper_form_document(form, GERMAN, minimum=5, help_card=CARD, code="KQ7RM-2H8BG")
    pdf = pool.render(document)
    with open_pdf(pdf) as opened:
        pages = len(opened.pages)
    assert text(pdf).count("KQ7RM-2H8BG") == pages
    assert re.findall(r'class="key">(.)<', document.html)[:10] == list("1234512345")
    plain = paper_form_html(form, GERMAN, minimum=5, help_card=CARD)
    assert ('class="key"' in plain, "data-code" in plain) == (False, False)


def test_answers_have_one_key_each() -> None:
    """Rule 11."""
    many = ", ".join(f"{{code: o{n}, text: Nr {n}}}" for n in range(12))
    form = asking(
        f"""
- {{id: viele, kind: single_choice, text: Was?, options: [{many}]}}
- {{id: rang, kind: ranking, text: Was zuerst?, options: [{{code: a, text: A}}, {{code: b, text: B}}]}}
- {{id: leben, kind: ladder, text: Wie?, lowest: schlecht, highest: gut}}
"""
    )
    keys = [
        "".join(keys_of(question, variable))
        for question in form.questions
        for variable in question.variables()
    ]
    assert keys == ["123456789abc", "12", "12", "012345678910"]
    assert list(PaperNumbers(form).numbers.values()) == ["1", "2", "3"]
