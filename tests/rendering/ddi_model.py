"""What DDI Codebook 2.5 allows of the elements that we write, and a walker that holds us to it.

The facts are those of the schema `codebook.xsd` of the DDI Alliance (2.5, 17 January 2012), read
element by element and noted in a shorthand of our own; the schema itself is in no package that we
could install. Whoever writes a new element or attribute looks it up there and adds its line.

A line of `MODEL` says what an element may hold and which attributes it may carry:

    titl IDNo*         children in this order: one `titl`, any number of `IDNo`
    ? * +              as everywhere: at most one, any number, at least one
    TEXT               words (the schema takes links and XHTML there too, which we never write)
    TEXT (a | b)*      words, and these children in any order
    name!              an attribute that must be there
    files:IDREFS       an attribute of a type; without one it is any string
    event=start|end    an attribute with these values
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final
from xml.etree.ElementTree import Element, fromstring

NAMESPACE: Final = "{ddi:codebook:2_5}"
XML: Final = "{http://www.w3.org/XML/1998/namespace}"
EVERYWHERE: Final = (
    "ID:ID xml-lang:NMTOKEN xml:lang:language source=archive|producer elementVersion"
    " elementVersionDate:date ddiLifecycleUrn:anyURI ddiCodebookUrn:anyURI"
)
REFERENCES: Final = "sdatrefs:IDREFS methrefs:IDREFS pubrefs:IDREFS access:IDREFS"
CONCEPTUAL: Final = "TEXT (concept | txt)*"
WEIGHTED: Final = "wgtd=wgtd|not-wgtd wgt-var:IDREFS weight:IDREFS"

MODEL: Final[dict[str, tuple[str, str]]] = {
    "codeBook": (
        "docDscr* stdyDscr+ fileDscr* dataDscr* otherMat*",
        "version=2.5 codeBookAgency:NCName",
    ),
    # The document and the study. After its notes a citation may hold Dublin Core; we write none.
    "docDscr": ("citation? guide? docStatus? docSrc* controlledVocabUsed* notes*", ""),
    "citation": (
        "titlStmt rspStmt? prodStmt? distStmt? serStmt* verStmt* biblCit? holdings* notes*",
        "MARCURI",
    ),
    "titlStmt": ("titl subTitl* altTitl* parTitl* IDNo*", ""),
    "titl": ("TEXT", ""),
    "IDNo": ("TEXT", "agency level=study|file|project"),
    "rspStmt": ("AuthEnty* othId*", ""),
    "AuthEnty": ("TEXT", "affiliation"),
    "prodStmt": ("producer* copyright? prodDate* prodPlac* software* fundAg* grantNo*", ""),
    "producer": ("TEXT", "abbr affiliation role"),
    "prodDate": ("TEXT", "date"),
    "software": ("TEXT", "date version"),
    "distStmt": ("distrbtr* contact* depositr* depDate* distDate?", ""),
    "contact": ("TEXT", "affiliation URI email"),
    "notes": (
        "TEXT (table)*",
        "type subject level resp sdatrefs:IDREFS parent:IDREFS sameNote:IDREF",
    ),
    "stdyDscr": (
        (
            "citation+ studyAuthorization* stdyInfo* studyDevelopment* method* dataAccs*"
            " othrStdyMat* notes*"
        ),
        "access:IDREFS",
    ),
    "stdyInfo": (
        "studyBudget* subject* abstract* sumDscr* qualityStatement? notes* exPostEvaluation*",
        "",
    ),
    "sumDscr": (
        (
            "timePrd* collDate* nation* geogCover* geogUnit* geoBndBox? boundPoly? anlyUnit*"
            " universe* dataKind*"
        ),
        "",
    ),
    "timePrd": ("TEXT", "date event=start|end|single cycle"),
    "geogCover": (CONCEPTUAL, ""),
    "anlyUnit": (CONCEPTUAL, "unit"),
    "method": ("dataColl* notes* anlyInfo? stdyClas? dataProcessing* codingInstructions*", ""),
    "dataAccs": ("setAvail* useStmt* notes*", ""),
    "useStmt": (
        "confDec? specPerm? restrctn? contact* citReq? deposReq? conditions? disclaimer?",
        "",
    ),
    "restrctn": ("TEXT", ""),
    "conditions": ("TEXT", ""),
    # The files
    "fileDscr": ("fileTxt* locMap? notes*", f"URI {REFERENCES}"),
    "fileTxt": (
        (
            "fileName? fileCitation? fileCont? fileStrc? dimensns? fileType? format? filePlac?"
            " dataChck* ProcStat? dataMsng? software* verStmt?"
        ),
        "",
    ),
    "fileName": ("TEXT", ""),
    "dimensns": ("caseQnty* varQnty* logRecL* recPrCas* recNumTot*", ""),
    "caseQnty": ("TEXT", ""),
    "verStmt": ("version? verResp? notes*", ""),
    "version": ("TEXT", "date type"),
    # The variables
    "dataDscr": ("varGrp* nCubeGrp* var* nCube* notes*", ""),
    "var": (
        (
            "location* labl* imputation? security? embargo? respUnit? anlysUnit? qstn* valrng*"
            " invalrng* undocCod* universe* TotlResp? sumStat* txt* stdCatgry* catgryGrp* catgry*"
            " codInstr* verStmt* concept* derivation? varFormat? geoMap* catLevel* notes*"
        ),
        (
            "name! wgt=wgt|not-wgt wgt-var:IDREFS weight:IDREFS qstn:IDREFS files:IDREFS vendor"
            " dcml intrvl=contin|discrete rectype measUnit scale origin"
            " aggrMeth=sum|average|count|mode|median|maximum|minimum|percent|other"
            " otherAggrMeth:NMTOKEN nature=nominal|ordinal|interval|ratio|percent|other"
            " additivity=stock|flow|non-additive|other otherAdditivity:NMTOKEN temporal=Y|N"
            " geog=Y|N geoVocab catQnty representationType=text|numeric|code|datetime|other"
            f" otherRepresentationType:NMTOKEN {REFERENCES}"
        ),
    ),
    "labl": ("TEXT", "level vendor country sdatrefs:IDREFS"),
    "security": ("TEXT", "date"),
    "qstn": (
        "TEXT (preQTxt | qstnLit | postQTxt | forward | backward | ivuInstr)*",
        (
            "qstn:IDREF var:IDREFS seqNo sdatrefs:IDREFS otherResponseDomainType:NMTOKEN"
            " responseDomainType=text|numeric|code|category|datetime|geographic|multiple|other"
        ),
    ),
    "preQTxt": ("TEXT", ""),
    "qstnLit": ("TEXT", "sdatrefs:IDREFS"),
    "universe": (CONCEPTUAL, "level clusion=I|E"),
    "TotlResp": ("TEXT", ""),
    "sumStat": (
        "TEXT",
        (
            f"type!=mean|medn|mode|vald|invd|min|max|stdev|other otherType:NMTOKEN {WEIGHTED}"
            " access:IDREFS"
        ),
    ),
    "txt": ("TEXT (table)*", "level sdatrefs:IDREFS"),
    "catgry": (
        "catValu? labl* txt* catStat* mrow?",
        (
            "missing=Y|N missType country sdatrefs:IDREFS excls=true|false catgry:IDREFS"
            " level:IDREF access:IDREF"
        ),
    ),
    "catValu": ("TEXT", ""),
    "catStat": (
        "TEXT",
        (
            f"type=freq|percent|crosstab|other otherType:NMTOKEN URI methrefs:IDREFS {WEIGHTED}"
            " sdatrefs:IDREFS"
        ),
    ),
    "concept": ("TEXT", "vocab vocabURI"),
    "varFormat": (
        "TEXT",
        (
            "type=character|numeric formatname schema=SAS|SPSS|IBM|ANSI|ISO|XML-Data|other"
            " otherSchema:NMTOKEN category=date|time|currency|other otherCategory:NMTOKEN URI"
        ),
    ),
}

# The types of XML Schema, as far as attributes above have them. Names are ASCII on purpose: the
# schema would take more, some programs that read it would not.
NC_NAME: Final = r"[A-Za-z_][A-Za-z0-9_.-]*"
TYPES: Final = {
    "ID": NC_NAME,
    "NCName": NC_NAME,
    "IDREF": NC_NAME,
    "IDREFS": rf"{NC_NAME}( {NC_NAME})*",
    "NMTOKEN": r"[A-Za-z0-9_.:-]+",
    "language": r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*",
    "date": r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d)?)?)?(Z|[+-]\d\d:\d\d)?",
    "anyURI": r"\S*",
}
ATTRIBUTE: Final = re.compile(
    r"(?P<name>xml:lang|[A-Za-z-]+)(?P<must>!?)(:(?P<type>\w+)|=(?P<values>\S+))?"
)


def faults(document: bytes) -> list[str]:
    """Return what a document does that the schema does not allow; none: an empty list."""
    root = fromstring(document)
    start = [] if root.tag == f"{NAMESPACE}codeBook" else [f"{_name(root)} is not the root"]
    within = [fault for each in root.iter() for fault in _of_element(each)]
    return [*start, *within, *_references(root)]


def _name(element: Element) -> str:
    """Return the name in the namespace; a name of no namespace is another one."""
    found = str(element.tag)
    return found.removeprefix(NAMESPACE) if found.startswith("{") else f"{{}}{found}"


def _of_element(element: Element) -> Iterator[str]:
    name = _name(element)
    if name not in MODEL:
        yield f"{name} has no line in the model"
        return
    yield from _content(element, MODEL[name][0])
    yield from _attributes(element)


def _content(element: Element, content: str) -> Iterator[str]:
    children = [_name(child) for child in element]
    order = content.removeprefix("TEXT").strip()
    if not re.fullmatch(_pattern(order), "".join(f"{child} " for child in children)):
        yield f"{_name(element)} holds {' '.join(children) or 'nothing'}"
    words = [element.text, *(child.tail for child in element)]
    if not content.startswith("TEXT") and any(each and each.strip() for each in words):
        yield f"{_name(element)} holds text"


@cache
def _pattern(order: str) -> str:
    """Return the regular expression of an order: each name followed by a blank.

    >>> _pattern("titl IDNo*"), _pattern("(a | b)*")
    ('(?:titl[ ])(?:IDNo[ ])*', '((?:a[ ])|(?:b[ ]))*')
    """
    return re.sub(r"\w+", r"(?:\g<0>_)", order).replace(" ", "").replace("_)", "[ ])")


@cache
def _rules(name: str) -> tuple[re.Match[str], ...]:
    """Return what an element may carry, a rule for each attribute."""
    rules = [ATTRIBUTE.fullmatch(each) for each in f"{EVERYWHERE} {MODEL[name][1]}".split()]
    understood = tuple(rule for rule in rules if rule)
    assert len(understood) == len(rules), name
    return understood


def _attributes(element: Element) -> Iterator[str]:
    name = _name(element)
    found = {key.replace(XML, "xml:"): value for key, value in element.attrib.items()}
    for rule in _rules(name):
        value = found.pop(rule["name"], None)
        if value is None:
            if rule["must"]:
                yield f"{name} lacks {rule['name']}"
        elif not _fits(value, rule["type"], rule["values"]):
            yield f"{name} has {rule['name']}={value!r}"
    yield from (f"{name} does not know {key}" for key in found)


def _fits(value: str, kind: str | None, values: str | None) -> bool:
    if values:
        return value in values.split("|")
    return kind is None or re.fullmatch(TYPES[kind], value) is not None


def _references(root: Element) -> Iterator[str]:
    """Yield IDs that are there twice, and references to none."""
    known = Counter(each.attrib["ID"] for each in root.iter() if "ID" in each.attrib)
    yield from (f"ID {each!r} is there twice" for each, times in known.items() if times > 1)
    for element in root.iter():
        rules = _rules(_name(element)) if _name(element) in MODEL else ()
        for rule in (each for each in rules if each["type"] in ("IDREF", "IDREFS")):
            for target in element.get(rule["name"], "").split():
                if target not in known:
                    yield f"{_name(element)} refers to {target!r}, which is nowhere"
