"""What a screen reader says of a page, read from the browser's accessibility tree.

    python -m tests.web.listening de          the way from the start to the results, spoken
    python -m tests.web.listening ar start

One line per stop of the reading cursor, in reading order: what a thing is called, what it is, what
state it is in, what describes it. The words for roles are those of NVDA in German. A sighted person
reads it with the page beside it and asks: is everything said, nothing twice, in an order that makes
sense? docs/accessibility.md is the protocol.
"""

import sys
import tempfile
from collections.abc import Container, Iterator, Mapping
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.fixtures.browser import FLAGS, chromium_program
from tests.web.pages_of_a_phone import VOICES, WALKS, visit
from tests.web.town import town

Node = Mapping[str, Any]

WAY = ("start", "steps", "refused", "sending", "thanks", "results")

# Named by what is in them, so that what is in them is not said again.
WHOLE = {
    "button": "Schaltfläche",
    "checkbox": "Kontrollkästchen",
    "combobox": "Auswahlfeld",
    "DisclosureTriangle": "Schaltfläche",
    "heading": "Überschrift",
    "link": "Link",
    "progressbar": "Fortschrittsbalken",
    "radio": "Optionsfeld",
    "spinbutton": "Zahlenfeld",
    "textbox": "Eingabefeld",
}
AROUND = {
    "alert": "Warnung",
    "article": "Artikel",
    "banner": "Kopfbereich",
    "contentinfo": "Fußbereich",
    "form": "Formular",
    "group": "Gruppe",
    "list": "Liste",
    "main": "Hauptbereich",
    "navigation": "Navigation",
    "radiogroup": "Gruppe",
    "region": "Bereich",
    "status": "Status",
    "timer": "Zeit",
}
FLOWING = ("paragraph", "listitem", "term", "definition")
STATES = {
    ("checked", "true"): "ausgewählt",
    ("checked", "false"): "nicht ausgewählt",
    ("expanded", True): "erweitert",
    ("expanded", False): "reduziert",
    ("disabled", True): "nicht verfügbar",
    ("invalid", "true"): "ungültige Eingabe",
    ("required", True): "erforderlich",
}


class Reader:
    """Reads the page that is open."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._devtools: CDPSession = page.context.new_cdp_session(page)

    def lines(self) -> Iterator[str]:
        """Say the page from its top: one line per stop, indented by what it lies in."""
        nodes = self._devtools.send("Accessibility.getFullAXTree")["nodes"]
        self._by_id: dict[str, Node] = {node["nodeId"]: node for node in nodes}
        yield f"Seite: {self._page.title()}"
        yield from self._said(nodes[0], 0, "")

    def focused(self) -> str:
        """Say what has the focus."""
        nodes = self._devtools.send("Accessibility.getFullAXTree")["nodes"]
        self._by_id = {node["nodeId"]: node for node in nodes}
        for node in nodes:
            if _properties(node).get("focused") and _role(node) != "RootWebArea":
                return _name(node) or " ".join(self._texts(node))
        return "die Seite"

    def _said(self, node: Node, depth: int, around: str) -> Iterator[str]:
        role, name = _role(node), _name(node)
        if not node.get("ignored"):
            if role == "StaticText":
                if name.strip() and name.strip() not in around:
                    yield "  " * depth + name.strip()
                return
            if role in FLOWING and not self._holds(node, {*WHOLE, *AROUND}):
                if said := self._flow(node, around):
                    yield "  " * depth + said
                return
            if role in WHOLE:
                yield "  " * depth + ", ".join(_whole(node))
                if role not in ("heading", "DisclosureTriangle"):
                    return
                around = name
            elif role in AROUND and (name or role not in ("group", "form", "region")):
                yield "  " * depth + ", ".join([*_around(node), *self._length(node)])
                depth, around = depth + 1, name
            elif role in ("LabelText", "Legend"):
                around += " ".join(self._texts(node))  # its field says it
        for child in node.get("childIds", ()):
            if child in self._by_id:
                yield from self._said(self._by_id[child], depth, around)

    def _length(self, node: Node) -> Iterator[str]:
        """Yield how many entries a list has."""
        if _role(node) == "list":
            yield f"{len(node['childIds'])} Einträge"

    def _flow(self, node: Node, around: str) -> str:
        """Return a paragraph in one piece."""
        texts = (text.strip() for text in self._texts(node))
        return " ".join(text for text in texts if text and text not in around)

    def _holds(self, node: Node, roles: Container[str]) -> bool:
        """Return whether something lies in it where the cursor stops."""
        inside = [self._by_id[child] for child in node.get("childIds", ()) if child in self._by_id]
        return any(_role(each) in roles or self._holds(each, roles) for each in inside)

    def _texts(self, node: Node) -> Iterator[str]:
        if _role(node) == "StaticText":
            yield _name(node)
        for child in node.get("childIds", ()):
            if child in self._by_id:
                yield from self._texts(self._by_id[child])


def _role(node: Node) -> str:
    return str(node.get("role", {}).get("value", ""))


def _name(node: Node) -> str:
    return " ".join(str(node.get("name", {}).get("value", "")).split())


def _properties(node: Node) -> dict[str, Any]:
    return {each["name"]: each["value"].get("value") for each in node.get("properties", ())}


def _whole(node: Node) -> Iterator[str]:
    """Yield name, role, states, value and description of a thing that is said at once."""
    properties = _properties(node)
    yield _name(node) or "(ohne Namen)"
    yield WHOLE[_role(node)] + (f" {properties['level']}" if "level" in properties else "")
    yield from _states(properties)
    value = node.get("value", {}).get("value")
    if value not in (None, ""):
        yield f"{value}"
    if described := node.get("description", {}).get("value"):
        yield f"– {described}"


def _around(node: Node) -> Iterator[str]:
    yield AROUND[_role(node)] + (f" „{_name(node)}“" if _name(node) else "")
    yield from _states(_properties(node))
    if described := node.get("description", {}).get("value"):
        yield f"– {described}"


def _states(properties: Mapping[str, Any]) -> Iterator[str]:
    for name, value in properties.items():
        if (name, value) in STATES:
            yield STATES[name, value]


def main(language: str, *wanted: str) -> None:
    """Walk the way in a language and say every page of it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        town(f"sqlite:///{folder}/town.sqlite") as founded,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=list(FLAGS))
        phone = browser.new_context(
            viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
        )
        phone.add_init_script(VOICES)
        for walk in WALKS:
            if walk.name not in (wanted or WAY):
                continue
            with visit(phone, founded, language, script=True) as visitor:
                reader = Reader(visitor.page)
                for look in walk.go(visitor):
                    print(f"\n### {walk.name}: {look}\n\nFokus: {reader.focused()}\n")
                    print("\n".join(reader.lines()))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
