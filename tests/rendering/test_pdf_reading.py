"""A worker reads our documents quickly, and that changes nothing that is drawn.

1. Our documents are well-formed XML; read as HTML they give the same bytes.
2. What is not XML is read as HTML.
3. Our rules for elements give the same bytes as the whole default stylesheet of WeasyPrint.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from xml.etree import ElementTree

import pytest

from survey_app.domain.messages import Words
from survey_app.rendering.pdf import Document, PdfPool
from survey_app.rendering.prints.poster_a4 import poster_document
from survey_app.rendering.sheet import sheet_document
from tests.rendering.paper import GERMAN, language, text
from tests.rendering.test_poster import ARABIC, MIRA, WERKSTATT
from tests.support_sheets import SITUATIONS

RIGHT_TO_LEFT: Words = language("ar")
DOCUMENTS = {name: sheet_document(make(), GERMAN) for name, make in SITUATIONS.items()} | {
    "sheet from the right": sheet_document(SITUATIONS["Sommercamp"](), RIGHT_TO_LEFT),
    "posters": poster_document([WERKSTATT] * 2, GERMAN),
    "poster from the right": poster_document([MIRA], ARABIC),
}
WITH_EITHER = """
import hashlib, json, sys
from survey_app.rendering.pdf_reading import Reading
from survey_app.rendering.pdf_worker import Painter
documents, painter = json.load(sys.stdin), Painter()
assert Reading.__base__._ua_stylesheets is not Reading._ua_stylesheets
ours = [painter.pdf(**document) for document in documents]
del Reading._ua_stylesheets
theirs = [painter.pdf(**document) for document in documents]
print([ours == theirs, len(ours)])
"""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_is_xml_and_reads_the_same_as_html(pool: PdfPool, name: str) -> None:
    """Rule 1."""
    document = DOCUMENTS[name]
    assert ElementTree.fromstring(document.html).tag == "html"
    loose = document.html.replace('<meta charset="utf-8"/>', '<meta charset="utf-8">')
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(loose)
    drawn = pool.render_many([document, Document(loose, document.stylesheets)])
    assert drawn[0] == drawn[1]


def test_what_is_not_xml_is_read_as_html(pool: PdfPool) -> None:
    """Rule 2."""
    loose = Document("<html lang=de><title>Probe</title><p>Grüße<p>an&nbsp;alle")
    assert text(pool.render(loose)) == "Grüße an alle"


def test_our_rules_for_elements_draw_what_the_default_ones_draw() -> None:
    """Rule 3."""
    told = subprocess.run(
        [sys.executable, "-c", WITH_EITHER],
        input=json.dumps([asdict(document) for document in DOCUMENTS.values()]),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    assert told.stdout == f"[True, {len(DOCUMENTS)}]\n"
