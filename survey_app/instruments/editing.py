"""Adding translations to a questionnaire file without touching anything else in it.

A YAML library that reads a file and writes it again keeps the comments, but folds long lines,
moves remarks and changes indents: an author's file comes back as somebody else's. Therefore nothing
is written again here. The nodes of the file say where each wording begins and ends, and only there
something is cut in. A file without a change is thereby the same file, byte by byte; and after every
change it is read again and must say exactly what it said before, plus the translations.

    text: Ich hatte Spaß.   # K1          text:
                                     →      de: Ich hatte Spaß.   # K1
                                            tr: Eğlendim.
"""

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from survey_app.domain.text import FALLBACK
from survey_app.instruments.document import parse
from survey_app.instruments.places import Path
from survey_app.instruments.writing import STEP, scalar

BOM = b"\xef\xbb\xbf"
BLOCKS = ("|", ">")
REST_OF_LINE = re.compile(r"[^\r\n]*")
ONE_LINE_END = re.compile(r"\r?\n\Z")
LINE_ENDS = re.compile(r"(\r?\n)+\Z")


class LostContent(RuntimeError):
    """Raised instead of returning a file that would not say what it should: a mistake of ours."""


@dataclass(frozen=True)
class _Cut:
    """What stands from `start` to `end` is replaced."""

    start: int
    end: int
    replacement: str


def translated(
    content: bytes, language: str, wordings: Mapping[Path, str], *, declare: bool
) -> bytes:
    """Return a file with `wordings` in `language`, each at the way to its text.

    With `declare` the language is added to ``languages``. `content` must be readable.
    """
    if not wordings and not declare:
        return content
    marked = content.startswith(BOM)
    file = _File(content.decode("utf-8-sig"), language)
    cuts = [cut for path, wording in wordings.items() for cut in file.cuts_at(path, wording)]
    if declare:
        cuts.append(file.declaration())
    changed = (BOM if marked else b"") + file.after(cuts).encode()
    if parse(changed, "").data != _expected(content, language, wordings, declare=declare):
        raise LostContent(f"{language}: {', '.join(map(str, wordings))}")
    return changed


def _expected(
    content: bytes, language: str, wordings: Mapping[Path, str], *, declare: bool
) -> dict[str, Any]:
    data = copy.deepcopy(parse(content, "").data)
    for path, wording in wordings.items():
        *above, last = path
        parent: Any = data
        for step in above:
            parent = parent[step]
        if isinstance(parent[last], str):
            parent[last] = {FALLBACK: parent[last]}
        parent[last][language] = wording
    if declare:
        data["languages"].append(language)
    return data


class _File:
    """The text of a file with its nodes."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.root = YAML(typ="safe", pure=True).compose(text)
        declared = [item.value for item in self._found(("languages",)).node.value]
        self.order = declared if language in declared else [*declared, language]

    def after(self, cuts: Sequence[_Cut]) -> str:
        """Return the text with all cuts made, from its end to its beginning."""
        text = self.text
        for cut in sorted(cuts, key=lambda cut: cut.start, reverse=True):
            text = text[: cut.start] + cut.replacement + text[cut.end :]
        return text

    def cuts_at(self, path: Path, wording: str) -> list[_Cut]:
        """Return what to cut in so that the text at `path` has `wording`."""
        found = self._found(path)
        if isinstance(found.node, ScalarNode):
            if found.in_flow:
                return [self._short_in_flow(found.node, wording)]
            return self._short_in_block(found, wording)
        for key, value in found.node.value:
            if key.value == self.language:
                return [self._replaced(value, wording, in_flow=found.in_flow)]
        before = self._predecessor(found.node)
        if found.in_flow:
            addition = f", {self.language}: {scalar(wording, in_flow=True)}"
            return [_Cut(before.end_mark.index, before.end_mark.index, addition)]
        return [self._line_after(before, found.node.value[0][0].start_mark.column, wording)]

    def declaration(self) -> _Cut:
        """Return what to cut in so that `languages` names the language."""
        found = self._found(("languages",))
        last = found.node.value[-1]
        if found.in_flow:
            return _Cut(last.end_mark.index, last.end_mark.index, f", {self.language}")
        indent = " " * found.node.start_mark.column
        return self._new_line(last, f"{indent}- {self.language}")

    def _found(self, path: Path) -> "_Found":
        node, key, in_flow = self.root, self.root, False
        for step in path:
            if isinstance(node, SequenceNode):
                key = node = node.value[int(step)]
            else:
                key, node = next(pair for pair in node.value if pair[0].value == step)
            in_flow = in_flow or bool(getattr(node, "flow_style", False))
        return _Found(node, key, in_flow)

    def _predecessor(self, texts: MappingNode) -> Node:
        """Return the wording to stand behind: the nearest of a language declared earlier."""
        earlier = self.order[: self.order.index(self.language)]
        named = [value for key, value in texts.value if key.value in earlier]
        found: Node = named[-1] if named else texts.value[-1][1]
        return found

    def _replaced(self, old: ScalarNode, wording: str, *, in_flow: bool) -> _Cut:
        end = old.start_mark.index + len(self._source(old))
        return _Cut(old.start_mark.index, end, scalar(wording, in_flow=in_flow))

    def _short_in_flow(self, german: ScalarNode, wording: str) -> _Cut:
        pair = f"{FALLBACK}: {self._source(german)}, {self.language}: "
        replacement = "{" + pair + scalar(wording, in_flow=True) + "}"
        return _Cut(german.start_mark.index, german.end_mark.index, replacement)

    def _short_in_block(self, found: "_Found", wording: str) -> list[_Cut]:
        """Make a mapping of a plain German text, on its own line or below its key."""
        german, start = found.node, found.node.start_mark.index
        is_below = german.start_mark.line > found.key.start_mark.line
        if is_below and german.style not in BLOCKS:
            column, lead, head = german.start_mark.column, 0, f"{FALLBACK}: "
        else:
            column = found.key.start_mark.column + len(STEP)
            lead = len(self.text[:start]) - len(self.text[:start].rstrip(" \t"))
            head = f"{self.newline}{' ' * column}{FALLBACK}: "
        source = self._source(german)
        moved = _moved_in(source) if german.style in BLOCKS else _hung(source, column)
        begin = _Cut(start - lead, start + len(source), head + moved)
        return [begin, self._line_after(german, column, wording)]

    def _line_after(self, before: Node, column: int, wording: str) -> _Cut:
        line = f"{' ' * column}{self.language}: {scalar(wording, in_flow=False)}"
        return self._new_line(before, line)

    def _new_line(self, before: Node, line: str) -> _Cut:
        """Return a line below the one on which `before` ends, behind a remark that stands there."""
        end = before.start_mark.index + len(self._source(before))
        rest = REST_OF_LINE.match(self.text, end)
        at = rest.end() if rest else end
        return _Cut(at, at, self.newline + line)

    def _source(self, node: Node) -> str:
        """Return a scalar as it stands in the file; of a block not the empty lines behind it."""
        source = self.text[node.start_mark.index : node.end_mark.index]
        if getattr(node, "style", None) not in BLOCKS:
            return source
        keeps_empty_lines = "+" in source.partition("\n")[0]
        return ONE_LINE_END.sub("", source) if keeps_empty_lines else LINE_ENDS.sub("", source)


@dataclass(frozen=True)
class _Found:
    """A node, its key (or itself, in a list), and whether it stands in brackets."""

    node: Any
    key: Any
    in_flow: bool


def _moved_in(source: str) -> str:
    """Return a block scalar with its lines one step further in."""
    return re.sub(r"\n(?=[^\r\n])", f"\n{STEP}", source)


def _hung(source: str, column: int) -> str:
    """Return a scalar of several lines, all but the first indented below a key at `column`."""
    return re.sub(r"\n[ \t]*(?=[^ \t\r\n])", "\n" + " " * (column + len(STEP)), source)
