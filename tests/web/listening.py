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
from collections.abc import Iterator, Mapping
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
        """Say a node and what is in it; `around` was said already by what it lies in."""
        role, name = _role(node), _name(node)
        if node.get("ignored"):
            yield from self._inside(node, depth, around)
        elif role == "StaticText" or (role in FLOWING and not self._holds(node)):
            if said := self._flow(node, around):
                yield "  " * depth + said
        elif role in WHOLE:
            yield "  " * depth + ", ".join(_whole(node))
            if role == "DisclosureTriangle":
                yield from self._inside(node, depth, name)
        elif role in AROUND and (name or role not in ("group", "form", "region")):
            yield "  " * depth + ", ".join([*_around(node), *self._length(node)])
            legend = name if role in ("group", "radiogroup") else around
            yield from self._inside(node, depth + 1, legend)
        else:
            label = self._flow(node, "") if role == "LabelText" else ""  # its field says it
            yield from self._inside(node, depth, around + label)

    def _inside(self, node: Node, depth: int, around: str) -> Iterator[str]:
        for child in self._children(node):
            yield from self._said(child, depth, around)

    def _children(self, node: Node) -> list[Node]:
        return [self._by_id[child] for child in node.get("childIds", ()) if child in self._by_id]

    def _length(self, node: Node) -> Iterator[str]:
        """Yield how many entries a list has."""
        if _role(node) == "list":
            yield f"{len(node['childIds'])} Einträge"

    def _flow(self, node: Node, around: str) -> str:
        """Return texts in one piece."""
        texts = (text.strip() for text in self._texts(node))
        return " ".join(text for text in texts if text and text not in around)

    def _holds(self, node: Node) -> bool:
        """Return whether something lies in it where the cursor stops."""
        inside = self._children(node)
        return any(_role(each) in WHOLE | AROUND or self._holds(each) for each in inside)

    def _texts(self, node: Node) -> Iterator[str]:
        if _role(node) == "StaticText":
            yield _name(node)
        for child in self._children(node):
            yield from self._texts(child)


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
                    heard = [f"\n### {walk.name}: {look}\n", f"Fokus: {reader.focused()}\n"]
                    sys.stdout.write("\n".join([*heard, *reader.lines(), ""]))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
