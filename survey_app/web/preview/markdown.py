"""The page about a questionnaire, as HTML.

Of Markdown only what docs/questionnaires uses: headings, lists, paragraphs, **bold**, `code`. All
else stays as it is typed, and every character is escaped first.
"""

import re
from itertools import groupby

from markupsafe import Markup, escape

INLINE = ((re.compile(r"\*\*(.+?)\*\*"), "b"), (re.compile(r"`(.+?)`"), "code"))
HEADING = re.compile(r"(#{1,3}) (.+)")
ITEM = re.compile(r"(?:- |[0-9]+\. )")


def html_of(text: str) -> Markup:
    """Return a text as HTML."""
    paragraphs = re.split(r"\n{2,}|\n(?=#)|(?<=^)(?=#)", text.strip())
    return Markup("\n").join(block for part in paragraphs for block in _blocks(part))


def _blocks(paragraph: str) -> list[Markup]:
    """Return the blocks of a paragraph: a heading may be followed by text without a blank line."""
    first, _, rest = paragraph.partition("\n")
    if heading := HEADING.fullmatch(first):
        level = len(heading[1])
        block = Markup("<h{0}>{1}</h{0}>").format(level, _inline(heading[2]))
        return [block, *(_blocks(rest) if rest else [])]
    groups = groupby(_joined(paragraph), key=lambda line: bool(ITEM.match(line)))
    return [_list(list(lines)) if listed else _text(list(lines)) for listed, lines in groups]


def _joined(paragraph: str) -> list[str]:
    """Return the lines, with what continues an item put to it."""
    lines: list[str] = []
    for line in paragraph.splitlines():
        if lines and not ITEM.match(line):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line.strip())
    return lines


def _list(lines: list[str]) -> Markup:
    tag = "ul" if lines[0].startswith("- ") else "ol"
    items = Markup("").join(
        Markup("<li>{}</li>").format(_inline(ITEM.sub("", line, count=1))) for line in lines
    )
    return Markup("<{0}>{1}</{0}>").format(tag, items)


def _text(lines: list[str]) -> Markup:
    return Markup("<p>{}</p>").format(_inline(" ".join(lines)))


def _inline(text: str) -> Markup:
    said = str(escape(text))
    for pattern, tag in INLINE:
        said = pattern.sub(rf"<{tag}>\1</{tag}>", said)
    return Markup(said)  # noqa: S704 - escaped above
