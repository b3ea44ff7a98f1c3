"""How a worker reads a document: as XML where it is XML, and with few rules of its own.

Both are about time; neither changes a byte of what is drawn.

**XML.** A parser for HTML written in Python takes a tenth of the time of a sheet, expat takes next
to none of it. Our templates close every element, write ``<tbody>`` and ``<br/>`` and name the
namespace of SVG, so both parsers see the same tree. What is not well-formed is read as HTML.

**Rules.** WeasyPrint's default stylesheet has rules that are tried on every element and make four
pseudo-elements for each. ``styles/elements.css`` has what our templates need of it.
"""

from typing import Any
from xml.etree import ElementTree

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher


class Reading(HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A document that was read; `elements` are the rules that come before all others."""

    wrapper_element: Any

    def __init__(self, source: str, *, fetcher: URLFetcher, elements: CSS) -> None:
        self._elements = elements
        tree = tree_of(source)
        super().__init__(string=source if tree is None else "", url_fetcher=fetcher)
        if tree is not None:
            self.etree_element = tree
            self.wrapper_element = self.wrapper_element.from_html_root(tree, content_language=None)

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002
        return [self._elements]


def tree_of(source: str) -> ElementTree.Element | None:
    """Return the tree of a document that is XML, or None.

    HTML may leave out head and body, and a parser for HTML puts them in; XML has what it says.
    """
    try:
        tree = ElementTree.fromstring(source)  # noqa: S314 - expat limits entities, opens nothing
    except ElementTree.ParseError:
        return None
    return tree if [part.tag for part in tree] == ["head", "body"] else None
