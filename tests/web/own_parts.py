"""What of a page is not in a file of ours: scripts and styles in its text, parts from elsewhere.

The policy in its headers (web/headers.py) forbids all of it, and a phone would not show it.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

LOADED = ("src", "action", "formaction")
OWN = re.compile(r"/(?!/)|\?|data:")  # "?…" is the address of the page itself


def foreign_parts(html: str) -> list[str]:
    """Return what is inline or from elsewhere; a link that somebody may follow is neither."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [fault for element in tree.iter() for fault in _faults(element)]


def _faults(element: Element) -> Iterator[str]:
    tag = str(element.tag)
    if tag == "style" or (tag == "script" and element.text):
        yield f"<{tag}> with text: {element.text}"
    for name, value in element.attrib.items():
        is_inline = name.startswith("on") or name == "style"
        is_loaded = name in LOADED or (tag, name) == ("link", "href")
        if is_inline or (is_loaded and not OWN.match(value)):
            yield f"<{tag} {name}>: {value}"
