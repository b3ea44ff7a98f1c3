"""Which text was released under which version: ``versions.lock`` beside the questionnaires.

A wave freezes the questionnaire it asks, so nothing here protects answers that were given. What it
protects is the version number: two sheets that both say "kern-jugend 1.0.0" must have asked the
same. Each released version stands in one line with its fingerprint,

    kern-jugend 1.0.0 3f6c0a91d2b7e845

sorted, so that two people who release at once get a conflict they can read. Nothing is ever taken
out of it by the program.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Questionnaire
from survey_app.instruments.places import Position, UnreadableQuestionnaire, located

LOCK = "versions.lock"
HEADING = (
    "# Welcher Text unter welcher Version veröffentlicht ist. Geschrieben von „survey-app"
    " questionnaires release“.\n"
)
LINE = re.compile(r"([a-z][a-z0-9-]{1,40}) (\d+\.\d+\.\d+) ([0-9a-f]{16})")

Release = tuple[str, str]
"""The id of a questionnaire and a version of it."""


@dataclass(frozen=True)
class Releases:
    """The released versions with their fingerprints. `kept` is false where there is no lock."""

    prints: Mapping[Release, str] = field(default_factory=dict)
    kept: bool = True

    @classmethod
    def beside(cls, folder: FilePath) -> "Releases":
        """Return what the lock of a folder says. Raises UnreadableQuestionnaire."""
        file = folder / LOCK
        if not file.is_file():
            return NOTHING_RELEASED
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        found = [
            (number, line, LINE.fullmatch(line))
            for number, line in enumerate(lines, start=1)
            if line.strip() and not line.startswith("#")
        ]
        faults = [
            located(LOCK, Position(number, 1), Message(NO_RELEASE, {"line": line}))
            for number, line, match in found
            if match is None
        ]
        if faults:
            raise UnreadableQuestionnaire(faults)
        return cls({(match[1], match[2]): match[3] for *_, match in found if match})

    def is_changed(self, questionnaire: Questionnaire) -> bool:
        """Return whether this version was released with another text."""
        known = self.prints.get(_release_of(questionnaire))
        return known is not None and known != questionnaire.fingerprint

    def is_missing(self, questionnaire: Questionnaire) -> bool:
        """Return whether this version was never released."""
        return self.kept and _release_of(questionnaire) not in self.prints

    def next_version(self, name: str) -> str:
        """Return the smallest version above all released ones of a questionnaire."""
        known = [tuple(map(int, version.split("."))) for id_, version in self.prints if id_ == name]
        major, minor, patch = max(known)
        return f"{major}.{minor}.{patch + 1}"

    def with_all(self, questionnaires: Iterable[Questionnaire]) -> "Releases":
        """Return the releases with these, too. None of them may be changed."""
        more = {_release_of(each): each.fingerprint for each in questionnaires}
        return Releases({**more, **self.prints})

    def text(self) -> str:
        """Return the lock as it stands in the file."""
        lines = (f"{name} {version} {print_}\n" for (name, version), print_ in self.prints.items())
        return HEADING + "".join(sorted(lines, key=_by_version))


NOTHING_RELEASED = Releases(kept=False)


def _release_of(questionnaire: Questionnaire) -> Release:
    return questionnaire.id, questionnaire.version


def _by_version(line: str) -> tuple[str, tuple[int, ...]]:
    name, version, _ = line.split(" ")
    return name, tuple(map(int, version.split(".")))


NO_RELEASE = N_(
    "„%(line)s“ ist keine Zeile der Form „id version fingerabdruck“. Behalte nach einem Konflikt"
    " beide Seiten, oder hole die Zeile aus der Versionsverwaltung zurück"
)
CHANGED = N_(
    "der Text ist ein anderer als der, der unter Version %(version)s veröffentlicht ist. Nimm ihn"
    " zurück, oder schreib version: %(next)s und rufe „survey-app questionnaires release %(id)s“"
    " auf"
)
NOT_RELEASED = N_(
    "Version %(version)s ist noch nicht veröffentlicht. Wenn der Text fertig ist: „survey-app"
    " questionnaires release %(id)s“"
)


def fault_of_version(releases: Releases, questionnaire: Questionnaire) -> Message | None:
    """Return the fault of a text that was changed under a released version."""
    if not releases.is_changed(questionnaire):
        return None
    values = {"id": questionnaire.id, "version": questionnaire.version}
    return Message(CHANGED, {**values, "next": releases.next_version(questionnaire.id)})


def doubt_of_version(releases: Releases, questionnaire: Questionnaire) -> Message | None:
    """Return the doubt about a version that is not released yet."""
    if not releases.is_missing(questionnaire):
        return None
    return Message(NOT_RELEASED, {"id": questionnaire.id, "version": questionnaire.version})
