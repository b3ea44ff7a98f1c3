"""The interface catalogues: `python scripts/catalogues.py update | check | compile`.

Message ids are the German sentences of the code, so `de` may stay empty and a missing wording falls
back to German. A folder below translations/ is a language: `update` writes its messages.po with
exactly the sentences of the code, sorted and without places, so that a change of code moves no
other line. It never guesses (no fuzzy entries). `check` says what `update` or a translator has to
do; `compile` writes the .mo files that the program reads.
"""

import re
import sys
import tomllib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from jinja2 import TemplateSyntaxError

ROOT = Path(__file__).parent.parent
TRANSLATIONS = ROOT / "translations"
CATALOGUE = Path("LC_MESSAGES", "messages.po")
HEADER = "# Interface wording of Mitreden, kept current by `make messages`."
# Other languages may grow; they are offered once they are complete.
PLACEHOLDER = re.compile(r"%\(\w+\)s")
COMPLETE = frozenset({"ar", "en", "ru", "tr", "uk"})


class BrokenCatalogue(Exception):
    """A catalogue that cannot be used; the message names every fault in it."""


def extracted() -> Catalog:
    """Return every sentence that the code and the templates mark for translation.

    Raises BrokenCatalogue with the place in a template that Jinja cannot read.
    """
    template, places = Catalog(), [""]
    methods, options = mappings()
    found = extract_from_dir(
        ROOT / "survey_app",
        methods,
        options,
        callback=lambda path, _method, _options: places.append(path),
    )
    try:
        for _path, _line, sentence, comments, context in found:
            template.add(sentence, auto_comments=comments, context=context)
    except TemplateSyntaxError as error:
        place = f"survey_app/{places[-1]}, line {error.lineno}"
        raise BrokenCatalogue(f"{place}: {error}. Correct the template.") from error
    return template


def mappings() -> tuple[list[tuple[str, str]], dict[str, dict[str, Any]]]:
    """Return how pyproject.toml wants files read: methods and options by pattern."""
    methods: list[tuple[str, str]] = []
    options: dict[str, dict[str, Any]] = {}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for mapping in settings["tool"]["babel"]["mappings"]:
        method, patterns = mapping.pop("method"), mapping.pop("pattern")
        mapping["keywords"] = parse_keywords(mapping.get("keywords", []))
        for pattern in patterns if isinstance(patterns, list) else [patterns]:
            methods.append((pattern, method))
            options[pattern] = mapping
    return methods, options


def read(path: Path) -> Catalog:
    """Read a catalogue; raises BrokenCatalogue with the line that cannot be read."""
    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except PoFileError as error:
        raise BrokenCatalogue(
            f"{path}, line {error.lineno + 1}: {error}. Correct this line."
        ) from error


def locale_of(language: str) -> Locale:
    """Return the locale whose plural forms a new language gets: `de-leicht` counts as `de`."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language.replace("-", "_").partition("_")[0])


def faults(path: Path, catalogue: Catalog) -> list[str]:
    """Name what would break a page: wrong placeholders, wrong number of plural forms."""
    known = {message.id: errors for message, errors in catalogue.check()}
    return [
        f"{path}: {quoted(message)}: {error}. Correct the translation."
        for message in catalogue
        for error in known.get(message.id) or lost_values(message)
    ]


def lost_values(message: Message) -> Iterable[str]:
    """Yield the placeholders that the general plural form, the last one, leaves out.

    A form for exactly one or two may do without the number ("eine Antwort"); Babel therefore
    accepts every form without any, even a single letter.
    """
    if isinstance(message.id, str) or not is_translated(message):
        return
    general = list(message.string or ())[-1]
    for value in PLACEHOLDER.findall(message.id[-1]):
        if value not in general:
            yield f"the last plural form lacks {value}"


def quoted(message: Message) -> str:
    """Return the German sentence, short enough for one line."""
    sentence = message.id if isinstance(message.id, str) else message.id[0]
    return f"“{sentence if len(sentence) <= 60 else sentence[:57] + '…'}”"


def sentences(catalogue: Catalog) -> dict[object, Message]:
    """Return the messages by what identifies them, without the header."""
    return {(m.context, m.id): m for m in catalogue if m.id}


def is_translated(message: Message) -> bool:
    """Tell whether every form of the sentence has a wording."""
    forms = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return all(forms)


def doubts(path: Path, language: str, catalogue: Catalog, template: Catalog) -> Iterable[str]:
    """Say what keeps a readable catalogue from being current."""
    current, have = sentences(template), sentences(catalogue)
    for key in current.keys() - have.keys():
        yield f"{path}: {quoted(current[key])} is missing. Run `make messages`."
    for key in have.keys() - current.keys():
        yield f"{path}: {quoted(have[key])} is no longer in the code. Run `make messages`."
    for key, message in have.items():
        if message.fuzzy:
            yield f"{path}: {quoted(message)} is a guess. Correct it and delete “#, fuzzy”."
        elif language in COMPLETE and key in current and not is_translated(message):
            yield f"{path}: {quoted(message)} has no translation. Write its msgstr."


def compile_all(translations: Path) -> list[Path]:
    """Write messages.mo beside every messages.po below `translations` and return their paths.

    Raises BrokenCatalogue with all faults of all languages, and then leaves every .mo as it was.
    """
    compiled: dict[Path, bytes] = {}
    broken: list[str] = []
    for path in sorted(translations.glob(f"*/{CATALOGUE}")):
        catalogue, buffer = read(path), BytesIO()
        broken += faults(path, catalogue)
        write_mo(buffer, catalogue)
        compiled[path.with_suffix(".mo")] = buffer.getvalue()
    if broken:
        raise BrokenCatalogue("\n".join(broken))
    for path, content in compiled.items():
        replace(path, content)
    return list(compiled)


def update() -> None:
    """Bring every language to exactly the sentences of the code."""
    template = extracted()
    for folder in sorted(path for path in TRANSLATIONS.iterdir() if path.is_dir()):
        path, buffer = folder / CATALOGUE, BytesIO()
        catalogue = (
            read(path) if path.exists() else Catalog(locale=locale_of(folder.name), fuzzy=False)
        )
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        head(catalogue)
        write_po(buffer, catalogue, sort_output=True, no_location=True, ignore_obsolete=True)
        replace(path, buffer.getvalue())


def head(catalogue: Catalog) -> None:
    """Give a catalogue the one header: no names of persons, nothing left to fill in."""
    catalogue.fuzzy = False
    catalogue.header_comment = HEADER
    catalogue.project, catalogue.version = "Mitreden", "interface"
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = "-"


def check() -> list[str]:
    """Return everything that is wrong with the catalogues, worst first."""
    template = extracted()
    paths = sorted(TRANSLATIONS.glob(f"*/{CATALOGUE}"))
    languages = {path.parent.parent.name for path in paths}
    problems = [f"{TRANSLATIONS}: {name} is missing." for name in sorted(COMPLETE - languages)]
    for path, language in zip(paths, sorted(languages), strict=True):
        catalogue = read(path)
        problems += faults(path, catalogue)
        problems += sorted(doubts(path, language, catalogue, template))
    return problems


def replace(path: Path, content: bytes) -> None:
    """Write `content` unless it is there already; a reader sees the old or the new file."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    draft.replace(path)


def main(command: str) -> None:
    """Carry out one of the three commands; end with 1 and the reasons when something is wrong."""
    try:
        if command == "update":
            update()
        elif command == "compile":
            compile_all(TRANSLATIONS)
        elif command == "check" and (problems := check()):
            raise BrokenCatalogue("\n".join(problems))
    except BrokenCatalogue as error:
        sys.exit(str(error))


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["check"], ["compile"]):
        sys.exit("usage: python scripts/catalogues.py update | check | compile")
    main(sys.argv[1])
