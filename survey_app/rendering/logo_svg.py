"""An SVG logo, read as shapes with flat colours and written anew.

SVG is a program as much as a picture: it can run scripts, fetch addresses, include pages, refer to
itself until memory is full. So nothing is filtered out of it. The file is parsed, and a new one is
written from the few things that a logo is made of: groups, outlines, flat colours. Every value is
matched against a pattern of its own, so a new attribute of tomorrow's browsers cannot slip through.
There is no reference of any kind: no ``url()``, no ``href``, no id. Style sheets of drawing
programs (``.st0{fill:#fff}``) are looked up and become attributes.

What would change the look if it were left out (text, gradients, pictures, masks) is refused with
the way out: convert it, or upload a PNG.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message

SVG: Final = "http://www.w3.org/2000/svg"
MOST_ELEMENTS: Final = 3000
MOST_DEPTH: Final = 20
LONGEST_VALUE: Final = 200_000

# Patterns name characters and their order only, so that none can be made to search for long.
# Whether the numbers make a shape is seen when the logo is drawn for the first time.
NUMBER: Final = r"[-+]?[0-9]{0,7}(?:\.[0-9]{0,12})?(?:[eE][-+]?[0-9])?"
FIGURES: Final = r"[0-9eE+\-.,\s]"
LENGTH: Final = re.compile(rf"({NUMBER})(px|pt|mm|cm|in)?")
FIGURE: Final = re.compile(NUMBER)
POINTS: Final = re.compile(rf"{FIGURES}*")
PATH: Final = re.compile(r"[MmZzLlHhVvCcSsQqTtAa0-9eE+\-.,\s]*")
COLOUR: Final = re.compile(
    r"none|#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|[a-z]{3,20}|rgb\([0-9%,\s]{5,30}\)"
)
TRANSFORM: Final = re.compile(
    rf"(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s?\({FIGURES}{{1,200}}\)[\s,]*){{1,20}}"
)
RULE: Final = re.compile("nonzero|evenodd")
SHOWN: Final = re.compile("inline|block|none|visible|hidden")

Pattern = re.Pattern[str]
Classes = Mapping[str, Mapping[str, str]]

PAINT: Final[Mapping[str, Pattern]] = {
    "fill": COLOUR,
    "fill-opacity": FIGURE,
    "fill-rule": RULE,
    "opacity": FIGURE,
    "stroke": COLOUR,
    "stroke-dasharray": re.compile(rf"none|{FIGURES}{{1,200}}"),
    "stroke-linecap": re.compile("butt|round|square"),
    "stroke-linejoin": re.compile("miter|round|bevel"),
    "stroke-miterlimit": FIGURE,
    "stroke-opacity": FIGURE,
    "stroke-width": LENGTH,
    "display": SHOWN,
    "visibility": SHOWN,
    "transform": TRANSFORM,
}
SHAPES: Final[Mapping[str, Mapping[str, Pattern]]] = {
    "g": {},
    "path": {"d": PATH},
    "rect": dict.fromkeys(("x", "y", "width", "height", "rx", "ry"), LENGTH),
    "circle": dict.fromkeys(("cx", "cy", "r"), LENGTH),
    "ellipse": dict.fromkeys(("cx", "cy", "rx", "ry"), LENGTH),
    "line": dict.fromkeys(("x1", "y1", "x2", "y2"), LENGTH),
    "polyline": {"points": POINTS},
    "polygon": {"points": POINTS},
}
SILENT: Final = frozenset({"desc", "metadata", "style", "title"})
NO_REFERENCE: Final = ("clip-path", "filter", "mask")
CLASS: Final = re.compile(r"\.[A-Za-z_-][\w-]{0,60}")
UNITS: Final = {"px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


@dataclass(frozen=True)
class Drawing:
    """An SVG that we wrote, and its proportions."""

    text: str
    width: float
    height: float


@dataclass
class Part:
    """One element of the file: its name (empty if it is none of SVG's), and what is in it."""

    name: str
    given: Mapping[str, str]
    parts: list["Part"] = field(default_factory=list)
    text: str = ""

    def all(self) -> Iterator["Part"]:
        """Yield this part and everything in it."""
        yield self
        for part in self.parts:
            yield from part.all()


def cleaned_svg(content: bytes) -> Drawing:
    """Return the drawing anew. Raises InvalidDefinition with the field ``logo``."""
    root = _read(content)
    if root.name != "svg":
        raise _refusal(NO_SVG)
    left, top, width, height = _view_box(root)
    classes = _classes(root)
    inside = "".join(_written(part, classes) for part in root.parts)
    if not any(part.name in SHAPES and part.name != "g" for part in root.all()):
        raise _refusal(EMPTY)
    box = f"{left:g} {top:g} {width:g} {height:g}"
    paint = _attributes(root, PAINT, classes)
    return Drawing(f'<svg xmlns="{SVG}" viewBox="{box}"{paint}>{inside}</svg>', width, height)


def _read(content: bytes) -> Part:
    """Return the tree of an XML file that declares no entity of its own."""
    nothing = Part("", {})
    way = [nothing]
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = _opener(way)
    parser.EndElementHandler = lambda _name: way.pop()
    parser.CharacterDataHandler = lambda text: _hear(way[-1], text)
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError):
        raise _refusal(NO_SVG) from None
    return nothing.parts[0]


def _opener(way: list[Part]) -> Callable[[str, dict[str, str]], None]:
    count = 0

    def begin(full_name: str, given: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST_ELEMENTS or len(way) > MOST_DEPTH:
            raise _refusal(TOO_COMPLEX)
        namespace, _, name = full_name.rpartition("}")
        part = Part(name if namespace == SVG else "", given)
        way[-1].parts.append(part)
        way.append(part)

    return begin


def _hear(part: Part, text: str) -> None:
    if part.name == "style":
        part.text += text


def _refuse_entity(*_: object) -> None:
    raise _refusal(FOREIGN, part="<!ENTITY>")


def _view_box(root: Part) -> tuple[float, float, float, float]:
    try:
        left, top, width, height = map(float, root.given["viewBox"].replace(",", " ").split())
    except (KeyError, ValueError):
        left = top = 0.0
        width, height = (_length(root.given.get(name, "")) for name in ("width", "height"))
    if not (0 < width < 1e6 and 0 < height < 1e6 and abs(left) < 1e6 and abs(top) < 1e6):
        raise _refusal(NO_SIZE)
    return left, top, width, height


def _length(text: str) -> float:
    found = LENGTH.fullmatch(text.strip())
    try:
        return float(found[1]) * UNITS[found[2] or "px"] if found else 0.0
    except ValueError:
        return 0.0


def _written(part: Part, classes: Classes) -> str:
    """Return one part and what is in it, written anew; nothing for what is not drawn."""
    if not part.name or part.name in SILENT:
        return ""  # notes of the drawing program; nobody sees them
    if part.name == "defs" and all(not each.name or each.name in SILENT for each in part.parts):
        return ""
    if part.name not in SHAPES:
        raise _refusal(FOREIGN, part=f"<{part.name[:30]}>")
    inside = "".join(_written(each, classes) for each in part.parts)
    attributes = _attributes(part, {**PAINT, **SHAPES[part.name]}, classes)
    return f"<{part.name}{attributes}>{inside}</{part.name}>"


def _attributes(part: Part, known: Mapping[str, Pattern], classes: Classes) -> str:
    """Return the attributes that are known, as text; classes and `style` win over attributes."""
    given = dict(part.given)
    for name in part.given.get("class", "").split():
        given |= classes.get(name, {})
    given |= dict(_declarations(part.given.get("style", "")))
    for name in NO_REFERENCE:
        if given.get(name, "none").strip() != "none":
            raise _refusal(FOREIGN, part=name)
    return "".join(
        f" {name}={quoteattr(_checked(name, value.strip(), known[name]))}"
        for name, value in given.items()
        if name in known
    )


def _checked(name: str, value: str, pattern: Pattern) -> str:
    if len(value) > LONGEST_VALUE:
        raise _refusal(TOO_COMPLEX)
    if pattern.fullmatch(value) is None:
        raise _refusal(ODD_VALUE, part=name, value=value[:30])
    return " ".join(value.split())


def _classes(root: Part) -> Classes:
    """Return the declarations of every class that a style sheet in the file knows."""
    found: dict[str, dict[str, str]] = {}
    for sheet in root.all():
        text = _without_comments(sheet.text)
        if len(text) > LONGEST_VALUE or "@" in text:
            raise _refusal(FOREIGN, part="<style>")
        for block in text.split("}")[:-1]:
            selectors, _, declarations = block.partition("{")
            declared = dict(_declarations(declarations))
            for selector in map(str.strip, selectors.split(",")):
                if CLASS.fullmatch(selector) is None:
                    raise _refusal(FOREIGN, part=f"<style> {selector[:30]}")
                found.setdefault(selector[1:], {}).update(declared)
    return found


def _without_comments(text: str) -> str:
    """Return a style sheet without its comments; one that never ends takes the rest with it."""
    kept, begin = [], 0
    while (comment := text.find("/*", begin)) >= 0:
        kept.append(text[begin:comment])
        end = text.find("*/", comment + 2)
        begin = end + 2 if end >= 0 else len(text)
    return "".join([*kept, text[begin:]])


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a list of declarations says about things we draw; the rest has no effect here."""
    for declaration in text.split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in {*PAINT, *NO_REFERENCE}:
            yield name.strip(), value


def _refusal(sentence: str, **values: object) -> InvalidDefinition:
    return InvalidDefinition(Fault(Message(sentence, values), ("logo",)))


NO_SVG = N_("Die Datei ist weder PNG noch SVG. Bitte laden Sie das Logo in einem der beiden hoch.")
NO_SIZE = N_("Im SVG fehlt die Größe (viewBox). Bitte speichern Sie es noch einmal, oder als PNG.")
EMPTY = N_("Im SVG ist nichts gezeichnet. Bitte laden Sie das Logo als PNG hoch.")
TOO_COMPLEX = N_("Das SVG ist zu verwickelt. Bitte laden Sie das Logo als PNG hoch.")
ODD_VALUE = N_(
    "Das SVG enthält „%(part)s: %(value)s“; das wird nicht angenommen. Bitte laden Sie das Logo als"
    " PNG hoch."
)
FOREIGN = N_(
    "Das SVG enthält %(part)s. Angenommen werden nur Flächen und Linien in festen Farben: Wandeln"
    " Sie Schrift in Pfade um, oder laden Sie das Logo als PNG hoch."
)
