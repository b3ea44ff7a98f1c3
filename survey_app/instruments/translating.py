"""Questionnaires for translators: out as gettext PO, and back into the same file.

PO is what translators' programs read and write. Each wording is one entry: `msgid` is the German
text, `msgctxt` its name, which stays the same when questions move (``kern-jugend.k1.text``,
``kern-jugend.agreement.4.text``), and the comment tells the English wording and where it is shown.

Coming back, an entry counts only if its German text is still the one in the questionnaire: a
translation of an older wording would ask young people with another language another question.
Such an entry is refused by itself, with its place and a remedy; all others are taken. Nothing is
ever removed: an empty entry leaves an existing translation alone.

Left out are the empty slots of instruments whose official text may not be shipped, and the easy
wording, which exists in German only.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path as FilePath

import polib

from survey_app.domain.messages import Message
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.text import FALLBACK, faults_of_wording
from survey_app.instruments.editing import translated
from survey_app.instruments.places import Located, Position, located
from survey_app.instruments.wordings import Entry, Source

MAX_BYTES = 2_000_000
# polib takes `msgstr "Evet` for "Eve": a line must be sound before it may read it.
LINE = re.compile(r'\s*|\s*#.*|\s*(msg\w+(\[\d+\])?\s*)?"(\\.|[^"\\])*"\s*')
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")


class UnreadableTranslation(ValueError):
    """Raised for a PO file of which nothing can be used."""


# Out


def exported(source: Source, language: str, *, now: datetime, plural_forms: str = "") -> str:
    """Return the PO file for one language, with what is already translated.

    `plural_forms` is the header of that name; no entry needs it, but some programs ask for it.
    """
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.header = _introduction(source.questionnaire, language)
    catalogue.metadata = _header(source.questionnaire, language, now, plural_forms)
    for entry in source.entries:
        catalogue.append(
            polib.POEntry(
                msgctxt=entry.name,
                msgid=entry.text.german,
                msgstr=entry.text.root.get(language, ""),
                comment=_remark(entry),
                occurrences=[(f"{source.questionnaire.id}.yaml", str(source.place(entry).line))],
            )
        )
    return str(catalogue)


def _introduction(questionnaire: Questionnaire, language: str) -> str:
    is_young = questionnaire.audience is Audience.YOUNG_PEOPLE
    name = questionnaire.id
    return INTRODUCTION % {
        "title": " ".join(questionnaire.title.german.split()),
        "name": f"{name} {questionnaire.version}",
        "readers": "junge Menschen (du)" if is_young else "Fachkräfte (Sie)",
        "language": language,
        "file": f"{name}.{language}.po",
    }


def _header(
    questionnaire: Questionnaire, language: str, now: datetime, plural_forms: str
) -> dict[str, str]:
    moment = now.strftime("%Y-%m-%d %H:%M%z")
    header = {
        "Project-Id-Version": f"{questionnaire.id} {questionnaire.version}",
        "Report-Msgid-Bugs-To": questionnaire.licence.holder,
        "POT-Creation-Date": moment,
        "PO-Revision-Date": moment,
        "Last-Translator": "",
        "Language-Team": "",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms,
        "X-Source-Language": FALLBACK,
        "X-Generator": "Mitreden",
    }
    return header if plural_forms else {k: v for k, v in header.items() if k != "Plural-Forms"}


def _remark(entry: Entry) -> str:
    lines = [entry.shown]
    if english := entry.text.root.get("en"):
        lines.append(f"Englisch: {' '.join(english.split())}")
    return "\n".join(lines)


# Back


@dataclass(frozen=True)
class Translation:
    """One entry of a PO file, with its line."""

    name: str
    german: str
    wording: str
    line: int
    is_fuzzy: bool = False
    has_plural: bool = False


@dataclass(frozen=True)
class Translations:
    """A PO file that could be read."""

    file: str
    language: str
    entries: tuple[Translation, ...]

    @property
    def questionnaire(self) -> str | None:
        """Return the id of the questionnaire most entries belong to."""
        ids = Counter(entry.name.partition(".")[0] for entry in self.entries if entry.name)
        return next(iter(ids.most_common(1)), (None, 0))[0]


def read_translations(path: FilePath, *, shown_as: str | None = None) -> Translations:
    """Return what a PO file says. Raises UnreadableTranslation with a sentence."""
    name = shown_as or path.name
    catalogue = _catalogue(path, name)
    language = catalogue.metadata.get("Language", "").strip().replace("_", "-")
    if not LANGUAGE.fullmatch(language) or language.partition("-")[0] == FALLBACK:
        raise UnreadableTranslation(
            f"{name}:1:1: im Kopf steht keine Sprache, in die übersetzt wird. Ergänze dort die"
            ' Zeile "Language: tr\\n" mit dem Kürzel der Sprache.'
        )
    entries = tuple(_translation(entry) for entry in catalogue if not entry.obsolete)
    return Translations(name, language, entries)


def _catalogue(path: FilePath, name: str) -> polib.POFile:
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableTranslation(
            f"{name}:1:1: die Datei ist größer als {MAX_BYTES // 1_000_000} MB. Das ist keine"
            " Übersetzung eines Fragebogens."
        )
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
            if not LINE.fullmatch(line):
                raise UnreadableTranslation(NO_PO % {"file": name, "line": number})
        return polib.pofile(str(path), encoding="utf-8-sig", check_for_duplicates=False)
    except UnicodeDecodeError:
        raise UnreadableTranslation(
            f"{name}:1:1: die Datei ist nicht in UTF-8. Speichere sie als UTF-8."
        ) from None
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        if isinstance(error, UnreadableTranslation):
            raise
        # polib says "Syntax error in po file x.po (line 7): …", and stumbles over odder files.
        found = re.search(r"line (\d+)", str(error))
        line = found[1] if found else "1"
        raise UnreadableTranslation(NO_PO % {"file": name, "line": line}) from None


def _translation(entry: polib.POEntry) -> Translation:
    return Translation(
        entry.msgctxt or "",
        entry.msgid,
        entry.msgstr,
        entry.linenum or 1,
        is_fuzzy="fuzzy" in entry.flags,
        has_plural=bool(entry.msgid_plural),
    )


@dataclass(frozen=True)
class Imported:
    """What became of a PO file.

    `content` is the new file of the questionnaire. `taken` is how many wordings changed, `missing`
    names those that still have none. `refused` says entry by entry what was not taken and why.
    """

    content: bytes
    taken: int
    missing: tuple[str, ...]
    declared: bool
    refused: tuple[Located, ...]


@dataclass
class _Intake:
    """Takes translations one by one."""

    source: Source
    translations: Translations
    wordings: dict[str, str] = field(default_factory=dict)
    refused: list[Located] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known: Mapping[str, Entry] = {entry.name: entry for entry in self.source.entries}

    def take(self, offered: Translation) -> None:
        """Take one translation or refuse it; an empty one is neither."""
        if offered.wording == "" and not offered.has_plural:
            return
        reason = self._reason(offered)
        if reason is None:
            self.wordings[offered.name] = offered.wording
        else:
            position = Position(offered.line, 1)
            self.refused.append(located(self.translations.file, position, reason))

    def _reason(self, offered: Translation) -> Message | None:
        """Return why a translation cannot be taken."""
        entry = self.known.get(offered.name)
        if entry is None:
            return Message(NO_SUCH_PLACE, {"name": offered.name or "–"})
        if offered.german != entry.text.german:
            return self._stale(offered, entry)
        if offered.has_plural:
            return Message(PLURAL, {"name": offered.name})
        if offered.is_fuzzy:
            return Message(FUZZY, {"name": offered.name})
        if self.wordings.get(offered.name, offered.wording) != offered.wording:
            return Message(TWICE, {"name": offered.name})
        faults = faults_of_wording(offered.wording)
        return Message(UNFIT, {"name": offered.name, "why": str(faults[0])}) if faults else None

    def _stale(self, offered: Translation, entry: Entry) -> Message:
        values = {
            "name": offered.name,
            "then": offered.german,
            "now": entry.text.german,
            "file": f"{self.source.document.name}:{self.source.place(entry).line}",
        }
        return Message(STALE, values)


def imported(source: Source, translations: Translations) -> Imported:
    """Return the questionnaire's file with the translations in it, and what was refused."""
    intake = _Intake(source, translations)
    for offered in translations.entries:
        intake.take(offered)
    language = translations.language
    changed = {
        intake.known[name].path: wording
        for name, wording in intake.wordings.items()
        if intake.known[name].text.root.get(language) != wording
    }
    missing = tuple(
        entry.name
        for entry in source.entries
        if language not in entry.text.root and entry.name not in intake.wordings
    )
    declare = not missing and language not in source.questionnaire.languages
    content = translated(source.content, language, changed, declare=declare)
    return Imported(content, len(changed), missing, declare, tuple(intake.refused))


INTRODUCTION = """\
Fragebogen %(name)s „%(title)s“, Deutsch → %(language)s
Für %(readers)s. Einfache Wörter, kurze Sätze, gleicher Sinn, gleiche Stärke.
Der deutsche Text gilt, der englische hilft beim Verstehen.
Zurück in den Fragebogen: survey-app questionnaires import-po %(file)s"""

NO_PO = (
    "%(file)s:%(line)s:1: ab hier ist das keine PO-Datei mehr. Öffne die Datei mit einem"
    " Übersetzungsprogramm und speichere sie neu."
)

# Said at the command line, which speaks German: no N_().
NO_SUCH_PLACE = (
    "„%(name)s“ gibt es im Fragebogen nicht. Exportiere neu, und übertrage den Satz, wenn er noch"
    " gebraucht wird"
)
STALE = (
    "„%(name)s“ ist veraltet: Übersetzt wurde „%(then)s“, im Fragebogen (%(file)s) steht jetzt"
    " „%(now)s“. Exportiere neu und übersetze diesen Satz noch einmal"
)
PLURAL = "„%(name)s“ hat Pluralformen, die es hier nicht gibt. Exportiere neu"
FUZZY = "„%(name)s“ ist als unsicher markiert (fuzzy). Prüfe sie und nimm die Markierung weg"
TWICE = "„%(name)s“ ist zweimal und verschieden übersetzt. Streiche einen der Einträge"
UNFIT = "„%(name)s“ kann so nicht erscheinen: %(why)s"
