"""From data to YAML that a person likes to read.

A program that writes a questionnaire (an import, a starting file) must leave behind what an author
would have written: a text in one line under its key, an answer in one line with its code, a blank
line between sections, and remarks where there is something to decide. A general YAML dumper knows
none of that. What is written here reads back as exactly the same data.

`comments` are put above the place they belong to: ``{("licence",): "Wem gehören die Fragen?"}``.
"""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode

from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.text import FALLBACK
from survey_app.instruments.places import Path

SCHEMA_LINE = "# yaml-language-server: $schema=./questionnaire.schema.json"
WIDTH = 100
STEP = "  "

ORDER = (
    *("id", "kind", "version", "audience", "languages", "title", "introduction", "minutes"),
    *("licence", "easy_language", "code", "exclusive", "scale", "sensitivity", "breakdown"),
    *("refusal", "core", "mirror", "show_if", "text", "easy", "spoken", "hint", "then", "now"),
    *("minimum", "maximum", "max_length", "unit", "bands", "points", "lowest", "highest"),
    *("options", "items", "questions", "scales", "sections", "scores"),
)
RANKS = {key: rank for rank, key in enumerate(ORDER)}
APART = frozenset({"scales", "sections", "scores"})
"""Keys with a blank line before them."""
ONE_LINERS = frozenset({"code", "at_most"})
"""A list entry with one of these keys is a line of its own, if it fits."""

LOOKS_LIKE_SWITCH = re.compile(r"(?i)true|false|null|yes|no|on|off|y|n|~")
STARTS_BADLY = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`=\s]")
BREAKS_PLAIN = re.compile(r":(\s|$)|\s#|\s$")
BREAKS_FLOW = re.compile(r"[,\[\]{}:]")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def written(data: Mapping[str, Any], comments: Mapping[Path, str] | None = None) -> str:
    """Return the YAML file of a questionnaire given as plain data, in the order authors know."""
    page = _Page(comments or {})
    lines = [SCHEMA_LINE, *_comment(page.comments.get((), ""), "")]
    if () in page.comments:
        lines.append("")
    lines += page.mapping(data, (), "")
    return "\n".join(lines) + "\n"


def as_data(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return a questionnaire as plain data, as an author would spell it: no defaults."""
    data: dict[str, Any] = questionnaire.model_dump(
        mode="json", by_alias=True, exclude_defaults=True
    )
    return data


def scalar(text: str, *, in_flow: bool) -> str:
    """Return `text` as it stands in YAML on one line: plain if possible, else in quotes.

    `in_flow` says that it stands inside ``{ }`` or ``[ ]``.
    """
    if _can_be_plain(text) and not (in_flow and BREAKS_FLOW.search(text)):
        return text
    if UNPRINTABLE.search(text) or ("'" in text and not re.search(r'["\\]', text)):
        return UNPRINTABLE.sub(_escaped, json.dumps(text, ensure_ascii=False))
    return "'" + text.replace("'", "''") + "'"


def _can_be_plain(text: str) -> bool:
    return bool(
        text
        and not STARTS_BADLY.match(text)
        and not BREAKS_PLAIN.search(text)
        and not UNPRINTABLE.search(text)
        and not LOOKS_LIKE_SWITCH.fullmatch(text)
        and str(_resolver().resolve(ScalarNode, text, (True, False))).endswith(":str")
    )


@cache
def _resolver() -> Any:
    """Return what decides whether YAML takes a plain word for a number or a date."""
    return YAML(typ="safe", pure=True).resolver


def _escaped(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"


class _Page:
    """Writes lines; each method returns the lines of one part."""

    def __init__(self, comments: Mapping[Path, str]) -> None:
        self.comments = comments

    def mapping(self, data: Mapping[str, Any], path: Path, indent: str) -> list[str]:
        """Return the lines of a mapping, one or more per key."""
        lines: list[str] = []
        for key, value in sorted(data.items(), key=lambda item: _rank(path, item[0])):
            if key in APART and not path:
                lines.append("")
            lines += _comment(self.comments.get((*path, key), ""), indent)
            lines += self.entry(key, value, (*path, key), indent)
        return lines

    def entry(self, key: str, value: Any, path: Path, indent: str) -> list[str]:
        """Return the lines of ``key: value``."""
        if isinstance(value, str) and "\n" in value and not UNPRINTABLE.search(_unbroken(value)):
            return _paragraphs(key, value, indent)
        if _is_short_text(value):
            return self.entry(key, value[FALLBACK], path, indent)
        line = f"{indent}{key}: {_flow(value, inside=False)}"
        if not isinstance(value, dict | list) or (_fits(line) and self._may_be_flow(value, path)):
            return [line]
        below = indent + STEP
        if isinstance(value, dict):
            return [f"{indent}{key}:", *self.mapping(value, path, below)]
        return [f"{indent}{key}:", *self.sequence(value, path, below)]

    def sequence(self, data: Sequence[Any], path: Path, indent: str) -> list[str]:
        """Return the lines of a list; its entries are all of one form."""
        flat = all(self._may_be_line(entry, (*path, at), indent) for at, entry in enumerate(data))
        lines: list[str] = []
        for at, entry in enumerate(data):
            if at and path == ("sections",):
                lines.append("")
            lines += _comment(self.comments.get((*path, at), ""), indent)
            if flat or not isinstance(entry, dict):
                lines.append(f"{indent}- {_flow(entry, inside=False)}")
            else:
                lines += _with_dash(self.mapping(entry, (*path, at), indent + STEP), indent)
        return lines

    def _may_be_flow(self, value: Any, path: Path) -> bool:
        return not _has_text(value) and not self._is_commented(path)

    def _may_be_line(self, entry: Any, path: Path, indent: str) -> bool:
        if not isinstance(entry, dict):
            return True
        fits = _fits(f"{indent}- {_flow(entry, inside=False)}")
        short = bool(ONE_LINERS & entry.keys()) or not _has_text(entry)
        return fits and short and not self._is_commented(path)

    def _is_commented(self, path: Path) -> bool:
        """Return whether there is a remark on something below `path`."""
        depth = len(path)
        return any(len(place) > depth and place[:depth] == path for place in self.comments)


def _rank(path: Path, key: str) -> int:
    """Return where a key stands; languages, names of scales and conditions keep their order."""
    is_free = path[-1:] == ("scales",) or "show_if" in path
    return 0 if is_free else RANKS.get(key, len(RANKS))


def _flow(value: Any, *, inside: bool = True) -> str:
    """Return a value on one line; `inside` says that it stands in brackets."""
    if _is_short_text(value):
        return _flow(value[FALLBACK], inside=inside)
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda item: _rank((), item[0]))
        return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return str(value) if isinstance(value, int) else scalar(str(value), in_flow=inside)


def _is_text(value: Any) -> bool:
    return isinstance(value, dict) and FALLBACK in value


def _is_short_text(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {FALLBACK}


def _has_text(value: Any) -> bool:
    """Return whether there are wordings for people in `value`."""
    if isinstance(value, dict):
        return _is_text(value) or any(map(_has_text, value.values())) or "text" in value
    return isinstance(value, list) and any(map(_has_text, value))


def _paragraphs(key: str, text: str, indent: str) -> list[str]:
    """Return a text of several lines as it would be typed."""
    lines = text.split("\n")
    if not text.endswith("\n") and not any(
        line[:1].isspace() or line.endswith(" ") for line in lines
    ):
        body = [f"{indent}{STEP}{line}" if line else "" for line in lines]
        return [f"{indent}{key}: |-", *body]
    return [f"{indent}{key}: {UNPRINTABLE.sub(_escaped, json.dumps(text, ensure_ascii=False))}"]


def _unbroken(text: str) -> str:
    return text.replace("\n", "")


def _with_dash(lines: list[str], indent: str) -> list[str]:
    """Put the dash of a list entry before its first line that is no remark."""
    first = next(at for at, line in enumerate(lines) if not line.lstrip().startswith("#"))
    dashed = f"{indent}- {lines[first][len(indent) + len(STEP) :]}"
    remarks = [line.removeprefix(STEP) for line in lines[:first]]
    return [*remarks, dashed, *lines[first + 1 :]]


def _comment(text: str, indent: str) -> Iterator[str]:
    for line in text.splitlines():
        width = WIDTH - len(indent)
        for part in textwrap.wrap(line, width - 2, break_long_words=False) or [""]:
            yield f"{indent}# {UNPRINTABLE.sub(' ', part)}".rstrip()


def _fits(line: str) -> bool:
    return len(line) <= WIDTH
