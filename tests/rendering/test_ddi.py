"""The DDI codebook against what DDI Codebook 2.5 allows (tests/rendering/ddi_model.py).

1. Whatever is exported fits: order and number of children, attributes, their values and types,
   IDs that are names and there once, references that lead somewhere.
2. The walker sees what does not fit: it names each fault, and only that; two neighbours that change
   places are a fault wherever an order is prescribed.
3. The model has a line for each element that is written, and for no other.
4. Where the schema is silent the document is sound too: days are ISO days, no form has to be signed
   before the numbers may be read, a variable is numeric only if all its codes are numbers.
5. The document is UTF-8, says so, and has one namespace, whatever people wrote into a title.
"""

import doctest
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

import pytest

from survey_app.domain.extract import Extract, extract_of
from survey_app.domain.sheet import EvaluationSheet
from survey_app.languages import Language
from survey_app.rendering.exports import FORMATS
from tests.rendering import ddi_model, test_groups
from tests.rendering.ddi_model import MODEL, faults
from tests.rendering.paper import GERMAN, language
from tests.rendering.test_export_formats import rolled_up
from tests.support_sheets import (
    NETWORK,
    SITUATIONS,
    SOMMERCAMP,
    YOUNG,
    questionnaire,
    result,
    sheet_of,
    simulated,
)

DDI: Final = ddi_model.NAMESPACE
ARABIC: Final = language("ar", Beispieldaten="بيانات تجريبية")
EASY: Final = replace(GERMAN, code="de-x-leicht")


def not_a_sample() -> EvaluationSheet:
    """Return the sheet of a network that is real."""
    young = questionnaire(YOUNG)
    real = replace(SOMMERCAMP, network=replace(NETWORK, sample=False))
    return sheet_of(real, result(young, simulated(young, 30)))


def in_arabic() -> EvaluationSheet:
    """Return the sheet of a questionnaire that also speaks Arabic, with a title that hurts."""
    arabic = YOUNG.replace("languages: [de, en]", "languages: [de, en, ar]").replace(
        "en: I liked the activity overall.", "en: I liked it., ar: أعجبني النشاط عموماً."
    )
    young = questionnaire(arabic)
    measure = replace(SOMMERCAMP, title="ورشة \x0b<b> & \ufffe„Kopf frei“ ]]> 😀")
    return sheet_of(measure, result(young, simulated(young, 30)))


SHEETS: Final[dict[str, Callable[[], EvaluationSheet]]] = {
    **SITUATIONS,
    "by group": test_groups.by_hand,
    "by group, some silent": lambda: test_groups.sheet(test_groups.people(30, 12, 10)),
    "by group, too few": lambda: test_groups.sheet(test_groups.people(9, 9, 9)[::2]),
    "by group, withheld": lambda: test_groups.sheet(test_groups.people(2, 2)),
    "real": not_a_sample,
    "Arabic": in_arabic,
}


def exported(extract: Extract, words: Language = GERMAN) -> bytes:
    """Return the file."""
    return FORMATS["ddi"].export(extract, words)


@cache
def document(name: str, words: Language = GERMAN) -> bytes:
    """Return the file of a situation."""
    return exported(extract_of(SHEETS[name]()), words)


def everything() -> list[bytes]:
    """Return a file of each situation, and that of a roll-up."""
    return [*(document(name) for name in SHEETS), exported(rolled_up())]


# What we write


@pytest.mark.parametrize("name", SHEETS)
def test_every_situation_fits(name: str) -> None:
    """Rule 1."""
    assert faults(document(name)) == []


@pytest.mark.parametrize("words", [ARABIC, language("en"), EASY])
def test_every_language_fits(words: Language) -> None:
    """Rule 1: the language is on the root, the wording that there is in its place."""
    found = document("Arabic", words)
    assert faults(found) == []
    root = fromstring(found)
    assert root.get(f"{ddi_model.XML}lang") == words.code
    said = {"ar": "أعجبني النشاط عموماً.", "en": "I liked it."}
    k1 = next(each for each in root.iter(f"{DDI}var") if each.get("name") == "k1")
    german = "Das Angebot hat mir insgesamt gefallen."
    assert k1.findtext(f"{DDI}qstn/{DDI}qstnLit") == said.get(words.code, german)


def test_a_roll_up_fits() -> None:
    """Rule 1."""
    assert faults(exported(rolled_up())) == []


def test_the_model_holds_what_is_written_and_no_more() -> None:
    """Rule 3."""
    written = {each.tag for found in everything() for each in fromstring(found).iter()}
    assert {tag.removeprefix(DDI) for tag in written} == set(MODEL)


# The walker


def first(root: Element, tag: str) -> Element:
    """Return the first element of a name."""
    return next(root.iter(f"{DDI}{tag}"))


def without(tag: str, child: str) -> Callable[[Element], None]:
    """Return what takes a child away from the first element of a name."""

    def change(root: Element) -> None:
        parent = first(root, tag)
        parent.remove(next(each for each in parent if each.tag == f"{DDI}{child}"))

    return change


def having(tag: str, child: str, place: int | None = None) -> Callable[[Element], None]:
    """Return what adds a child to the first element of a name, at a place or at the end."""

    def change(root: Element) -> None:
        parent = first(root, tag)
        parent.insert(len(parent) if place is None else place, Element(f"{DDI}{child}"))

    return change


def saying(tag: str, attribute: str, value: str | None) -> Callable[[Element], None]:
    """Return what sets an attribute of the first element of a name, or takes it away."""

    def change(root: Element) -> None:
        if value is None:
            del first(root, tag).attrib[attribute]
        else:
            first(root, tag).set(attribute, value)

    return change


def chatting(root: Element) -> None:
    """Write words where only elements may be."""
    first(root, "useStmt")[0].tail = "So nicht."


def foreign(root: Element) -> None:
    """Add an element that looks right and is of another namespace."""
    SubElement(first(root, "rspStmt"), "{urn:x}AuthEnty")


def twice(root: Element) -> None:
    """Give two variables one ID."""
    one, other, *_ = root.iter(f"{DDI}var")
    other.set("ID", one.attrib["ID"])


UNSOUND: Final[dict[str, tuple[Callable[[Element], None], list[str]]]] = {
    "wrong order": (having("titlStmt", "IDNo", 0), ["titlStmt holds IDNo titl IDNo"]),
    "too many": (having("titlStmt", "titl", 0), ["titlStmt holds titl titl IDNo"]),
    "no study": (
        without("codeBook", "stdyDscr"),
        ["codeBook holds docDscr fileDscr fileDscr fileDscr dataDscr"],
    ),
    "no description, which is allowed": (without("codeBook", "docDscr"), []),
    "no title": (without("titlStmt", "titl"), ["titlStmt holds IDNo"]),
    "no title statement": (without("citation", "titlStmt"), ["citation holds prodStmt"]),
    "a place of another": (having("qstn", "catStat"), ["qstn holds qstnLit catStat"]),
    "an unknown element": (
        having("useStmt", "price"),
        ["useStmt holds restrctn contact conditions price", "price has no line in the model"],
    ),
    "another namespace": (
        foreign,
        ["rspStmt holds AuthEnty {urn:x}AuthEnty", "{urn:x}AuthEnty has no line in the model"],
    ),
    "words among elements": (chatting, ["useStmt holds text"]),
    "no name": (saying("var", "name", None), ["var lacks name"]),
    "no type": (saying("sumStat", "type", None), ["sumStat lacks type"]),
    "an unknown attribute": (saying("catStat", "kind", "x"), ["catStat does not know kind"]),
    "a foreign attribute": (
        saying("catStat", "{urn:x}type", "freq"),
        ["catStat does not know {urn:x}type"],
    ),
    "a wrong value": (saying("timePrd", "event", "begin"), ["timePrd has event='begin'"]),
    "an empty value": (saying("sumStat", "type", ""), ["sumStat has type=''"]),
    "another version": (saying("codeBook", "version", "2.6"), ["codeBook has version='2.6'"]),
    "no language": (
        saying("codeBook", f"{ddi_model.XML}lang", "de_DE"),
        ["codeBook has xml:lang='de_DE'"],
    ),
    "a number as ID": (saying("notes", "ID", "7a"), ["notes has ID='7a'"]),
    "an ID twice": (twice, ["ID 'F1.k1' is there twice"]),
    "a dead end": (
        saying("var", "files", "F1 F9"),
        ["var refers to 'F9', which is nowhere"],
    ),
    "no reference": (saying("var", "files", ""), ["var has files=''"]),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_the_walker_names_the_fault_and_only_that(name: str) -> None:
    """Rule 2."""
    change, expected = UNSOUND[name]
    root = fromstring(document("Sommercamp"))
    change(root)
    assert faults(tostring(root)) == expected


def test_the_root_is_a_codebook() -> None:
    """Rule 2."""
    study = first(fromstring(document("Sommercamp")), "stdyDscr")
    assert faults(tostring(study)) == ["stdyDscr is not the root"]
    assert faults(b"<codeBook/>") == [
        "{}codeBook is not the root",
        "{}codeBook has no line in the model",
    ]


def test_neighbours_that_change_places_are_a_fault() -> None:
    """Rule 2: for each pair that is written anywhere, but in a question, which is free."""
    tried = set()
    for found in everything():
        root = fromstring(found)
        for parent in root.iter():
            for place in range(len(parent) - 1):
                one, other = parent[place], parent[place + 1]
                pair = (parent.tag, one.tag, other.tag)
                if one.tag == other.tag or parent.tag == f"{DDI}qstn" or pair in tried:
                    continue
                parent[place : place + 2] = [other, one]
                assert faults(tostring(root)) != [], pair
                parent[place : place + 2] = [one, other]
                tried.add(pair)
    assert len(tried) >= 40


def test_the_model_is_written_as_it_says() -> None:
    """Rule 2: the example of its shorthand is true, and every line of it is understood."""
    assert doctest.testmod(ddi_model).failed == 0
    assert all(ddi_model._rules(name) for name in MODEL)


# Beyond the schema


def test_days_are_iso_days() -> None:
    """Rule 4."""
    days = [
        each.get("date")
        for found in everything()
        for each in fromstring(found).iter()
        if "date" in each.attrib
    ]
    assert len(days) > len(SHEETS)
    assert days == [date.fromisoformat(day or "").isoformat() for day in days]


def test_nothing_has_to_be_signed() -> None:
    """Rule 4: `confDec` and `specPerm` mean that it has to be, unless they say no."""
    use = first(fromstring(document("Sommercamp")), "useStmt")
    assert [each.tag.removeprefix(DDI) for each in use] == ["restrctn", "contact", "conditions"]
    assert "ausgewiesen ab" in (use[0].text or "")


def test_joined_codes_are_no_numbers() -> None:
    """Rule 4: a coarse table counts `1+2`, and says that it holds characters."""
    formats = set()
    for found in everything():
        for variable in fromstring(found).iter(f"{DDI}var"):
            codes = [each.text or "" for each in variable.iter(f"{DDI}catValu")]
            kind = first(variable, "varFormat").get("type")
            numeric = all(code.removeprefix("-").isdecimal() for code in codes)
            formats.add((kind, numeric, any("+" in code for code in codes)))
    expected = {("numeric", True, False), ("character", False, False), ("character", False, True)}
    assert formats - {("character", True, False)} == expected


@pytest.mark.parametrize("name", ["Arabic", "Arabic names", "Sommercamp"])
def test_the_document_is_plain_utf_8(name: str) -> None:
    """Rule 5."""
    found = document(name)
    text = found.decode("utf-8")
    assert text.startswith("<?xml version='1.0' encoding='utf-8'?>\n<codeBook xmlns=\"")
    assert (text.count("xmlns"), text.count("<!"), text[-1]) == (1, 0, "\n")
    assert fromstring(found).findtext(f".//{DDI}titl") == (
        SHEETS[name]().measure.title.replace("\x0b", "").replace("\ufffe", "")
    )
