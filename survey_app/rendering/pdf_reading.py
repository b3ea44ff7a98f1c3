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

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher


class Reading(HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A document that was read; `elements` are the rules that come before all others."""

    def __init__(self, source: str, *, fetcher: URLFetcher, elements: CSS) -> None:
        self._elements = elements
        try:
            tree = ElementTree.fromstring(source)  # noqa: S314 - expat limits entities, opens nothing
        except ElementTree.ParseError:
            super().__init__(string=source, url_fetcher=fetcher)
        else:
            self._take(tree, fetcher)

    def _take(self, tree: ElementTree.Element, fetcher: URLFetcher) -> None:
        """Do what WeasyPrint does after parsing."""
        self.base_url, self.media_type, self.url_fetcher = None, "print", fetcher
        self.wrapper_element = ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002, FBT001, FBT002
        return [self._elements]
