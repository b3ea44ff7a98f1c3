"""The codebook as DDI: the XML in which data archives describe studies (DDI Codebook 2.5).

One document says what was asked, with which answers and how many gave them, who asked and how the
answers are protected. Archives (GESIS among them) and catalogues read it. Every questionnaire is a
`fileDscr`, every variable of every wave a `var`; a variable that is withheld has a `security` note
with the reason and no number. What is shown by group is a `var` for each group, its `universe`.

Elements, their order and their attributes follow the schema; the tests walk every document against
what it allows (tests/rendering/ddi_model.py). Characters that XML does not know are left out.
"""

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from survey_app.domain.by_group import ByGroup
from survey_app.domain.codebook import Level, Variable
from survey_app.domain.disclosure import Released, Withheld
from survey_app.domain.extract import Extract, Section
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.results import RECOUNTED, ResultRow
from survey_app.domain.tabulation import Cell
from survey_app.rendering.exports.base import SAMPLE, WROTE, Format
from survey_app.rendering.exports.explaining import protection, rights

NAMESPACE: Final = "ddi:codebook:2_5"
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# Everything outside the Char production of XML 1.0.
NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UNIT: Final = N_("Gruppe von Antwortenden: Es gibt nur Auszählungen, keine einzelnen Antworten.")


def export(extract: Extract, words: Words) -> bytes:
    """Return the document."""
    register_namespace("", NAMESPACE)
    root = Element(_named("codeBook"), {"version": "2.5", LANGUAGE: words.code})
    root.set("ID", _id(extract.number))
    _document(root, extract, words)
    _study(root, extract, words)
    for place, section in enumerate(extract.sections):
        _file(root, place, section, words)
    data = SubElement(root, _named("dataDscr"))
    for place, section in enumerate(extract.sections):
        _variables(data, place, section, words)
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _document(root: Element, extract: Extract, words: Words) -> None:
    citation = _add(_add(root, "docDscr"), "citation")
    titles = _add(citation, "titlStmt")
    _add(titles, "titl", extract.title)
    _add(titles, "IDNo", extract.number)
    production = _add(citation, "prodStmt")
    _add(production, "producer", extract.network)
    day = extract.as_of.isoformat()
    _add(production, "prodDate", words.date(extract.as_of), date=day)
    _add(production, "software", "Mitreden")


def _study(root: Element, extract: Extract, words: Words) -> None:
    study = _add(root, "stdyDscr")
    citation = _add(study, "citation")
    titles = _add(citation, "titlStmt")
    _add(titles, "titl", extract.title)
    _add(titles, "IDNo", extract.number)
    facts = {fact.name: fact.value for fact in extract.facts}
    if "organisation" in facts:
        _add(_add(citation, "rspStmt"), "AuthEnty", facts["organisation"])
    _add(_add(citation, "distStmt"), "contact", extract.contact)
    if extract.sample:
        _add(citation, "notes", words.gettext(SAMPLE))
    _scope(study, facts, words)
    method = _add(study, "method")
    for message in extract.limits:
        _add(method, "notes", message.said(words))
    _access(study, extract, words)


def _scope(study: Element, facts: dict[str, str], words: Words) -> None:
    summary = _add(_add(study, "stdyInfo"), "sumDscr")
    for event, name in (("start", "starts_on"), ("end", "ends_on")):
        if name in facts:
            _add(summary, "timePrd", facts[name], date=facts[name], event=event)
    if "municipality" in facts:
        _add(summary, "geogCover", " ".join([facts["municipality"], facts.get("ags", "")]).strip())
    _add(summary, "anlyUnit", words.gettext(UNIT))


def _access(study: Element, extract: Extract, words: Words) -> None:
    use = _add(_add(study, "dataAccs"), "useStmt")
    protected = " ".join(message.said(words) for message in protection(extract))
    # Not `confDec`: that says, unless it denies it, that something has to be signed first.
    _add(use, "restrctn", protected)
    _add(use, "contact", extract.contact)
    _add(use, "conditions", rights(extract).said(words))


def _file(root: Element, place: int, section: Section, words: Words) -> None:
    described = _add(root, "fileDscr", ID=_file_id(place))
    text = _add(described, "fileTxt")
    name = section.questionnaire if section.wave is None else f"wave-{section.wave}"
    _add(text, "fileName", name)
    if not isinstance(section.base, Withheld):
        _add(_add(text, "dimensns"), "caseQnty", str(section.base))
    if section.fingerprint:
        version = f"{section.questionnaire} {section.version} ({section.fingerprint})"
        _add(_add(text, "verStmt"), "version", version)
    if section.recounted_on:
        _add(described, "notes", Message(RECOUNTED, {"day": section.recounted_on}).said(words))


def _variables(data: Element, place: int, section: Section, words: Words) -> None:
    for row in section.rows:
        _asked(_variable(data, place, row.variable, words), row, words)
    for asked, count in section.texts:
        _text(_variable(data, place, asked, words), asked, count, words)
    for breakdown in section.groups:
        _groups(data, place, breakdown, words)


def _groups(data: Element, place: int, breakdown: ByGroup, words: Words) -> None:
    """Write each question once more for each group, which is its universe."""
    for asked, groups in breakdown.shown:
        for number, group in enumerate(groups, start=1):
            end = f".{_id(breakdown.by.name)}.{number}"
            name = breakdown.name_of(group.code, words)
            universe = f"{breakdown.by.text.said(words.code)} {name}"
            variable = _variable(data, place, asked, words, end=end)
            _asked(variable, ResultRow(asked, group.table), words, universe)
    for number, (why, variables) in enumerate(breakdown.reasons, start=1):
        end = f".{_id(breakdown.by.name)}.withheld{number}"
        for asked in variables or (breakdown.by,):
            variable = _variable(data, place, asked, words, end=end)
            universe = breakdown.by.text.said(words.code)
            _asked(variable, ResultRow(asked, why), words, universe)


def _asked(variable: Element, row: ResultRow, words: Words, universe: str = "") -> None:
    table = row.table
    if isinstance(table, Withheld):
        _withhold(variable, table, words)
    _question(variable, row.variable, words)
    if universe:
        _add(variable, "universe", universe)
    if isinstance(table, Released):
        _add(variable, "TotlResp", str(table.base))
        _add(variable, "sumStat", str(table.base), type="vald")
        _add(variable, "sumStat", str(table.missing_total), type="invd")
    cells = table.cells if isinstance(table, Released) else ()
    _categories(variable, row.variable, cells, words)
    if row.variable.core:
        _add(variable, "concept", row.variable.core, vocab="Mitreden")
    codes = [cell.code for cell in cells] or row.variable.codes
    numeric = all(isinstance(code, int) for code in codes)
    _add(variable, "varFormat", type="numeric" if numeric else "character")


def _text(variable: Element, asked: Variable, count: int | Withheld, words: Words) -> None:
    if isinstance(count, Withheld):
        _withhold(variable, count, words)
    _question(variable, asked, words)
    if not isinstance(count, Withheld):
        _add(variable, "sumStat", str(count), type="vald")
        _add(variable, "txt", words.gettext(WROTE))
    _add(variable, "varFormat", type="character")


def _variable(
    data: Element, place: int, variable: Variable, words: Words, end: str = ""
) -> Element:
    found = _add(
        data,
        "var",
        ID=f"{_file_id(place)}.{_id(variable.name)}{end}",
        name=variable.name,
        files=_file_id(place),
        intrvl="contin" if variable.level is Level.NUMERIC and not variable.labels else "discrete",
    )
    _add(found, "labl", variable.text.said(words.code), level="variable")
    return found


def _withhold(variable: Element, withheld: Withheld, words: Words) -> None:
    _add(variable, "security", withheld.message.said(words), source="producer")


def _question(variable: Element, asked: Variable, words: Words) -> None:
    question = _add(variable, "qstn")
    if asked.stem:
        _add(question, "preQTxt", asked.stem.said(words.code))
    _add(question, "qstnLit", asked.text.said(words.code))


def _categories(variable: Element, asked: Variable, cells: tuple[Cell, ...], words: Words) -> None:
    """Write the codes: those of the table, which may be joined, or those of the questionnaire."""
    counted = {cell.code: cell.count for cell in cells}
    for code in counted or asked.codes:
        category = _add(variable, "catgry")
        _add(category, "catValu", str(code))
        _add(category, "labl", asked.label_of(code, words.code), level="category")
        if code in counted:
            _add(category, "catStat", str(counted[code]), type="freq")


# Elements


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    known = {name: clean(value) for name, value in attributes.items()}
    child = SubElement(parent, _named(tag), known)
    child.text = None if text is None else clean(text)
    return child


def _named(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _file_id(place: int) -> str:
    return f"F{place + 1}"


def _id(name: str) -> str:
    """Return an NCName.

    >>> _id("M0007-20261121"), _id("7 Tage")
    ('M0007-20261121', '_7_Tage')
    """
    found = re.sub(r"[^A-Za-z0-9_.-]", "_", name)
    return found if found[:1].isalpha() else f"_{found}"


def clean(text: str) -> str:
    """Return a text without characters that XML does not know."""
    return NO_XML.sub("", text)


FORMAT = Format(
    "xml",
    "application/xml; charset=utf-8",
    N_("DDI-Codebuch"),
    N_("Beschreibung der Daten für Archive, als DDI Codebook 2.5."),
    export,
)
