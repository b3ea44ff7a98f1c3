"""Versions: what was released stays what it was.

1. A released version is one line: id, version, fingerprint; sorted, and written by `release` alone.
2. A text that changed under a released version is an error with the next version as its remedy.
3. A version that is not released yet is a doubt, where there is a lock.
4. A comment, a space or another order of keys changes no text.
5. Old lines stay; a lock that cannot be read is told with its line.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey_app.cli import main
from survey_app.instruments.checks import CheckedFile, Checker
from survey_app.instruments.library import Library
from survey_app.instruments.releases import LOCK, Releases
from tests.instruments.test_across import put
from tests.instruments.test_checks import GERMAN

SECOND = GERMAN.replace("id: probe", "id: zweite")


def release(folder: Path, *ids: str) -> Result:
    return CliRunner().invoke(main, ["questionnaires", "release", *ids, "--folder", str(folder)])


def checked(folder: Path, name: str = "probe") -> CheckedFile:
    return Checker().check(folder / f"{name}.yaml")


def said(folder: Path, name: str = "probe") -> list[str]:
    found = checked(folder, name)
    return [str(each) for each in (*found.errors, *found.doubts)]


def lines(folder: Path) -> list[str]:
    return (folder / LOCK).read_text(encoding="utf-8").splitlines()[1:]


def test_release_writes_one_line_per_version(folder: Path) -> None:
    """Rule 1."""
    put(folder, SECOND, GERMAN)
    result = release(folder)
    assert result.output == "probe 1.0.0 ist veröffentlicht.\nzweite 1.0.0 ist veröffentlicht.\n"
    prints = {each.id: each.fingerprint for each in Library(folder).all()}
    assert lines(folder) == [f"{name} 1.0.0 {prints[name]}" for name in ("probe", "zweite")]
    assert said(folder) == []


def test_release_of_one_leaves_the_others(folder: Path) -> None:
    """Rules 1 and 3."""
    put(folder, SECOND, GERMAN)
    release(folder, "zweite")
    assert [line.split()[0] for line in lines(folder)] == ["zweite"]
    assert said(folder) == [
        (
            "probe.yaml:2:10: Version 1.0.0 ist noch nicht veröffentlicht. Wenn der Text fertig ist:"
            " „survey-app questionnaires release probe“."
        )
    ]


def test_without_a_lock_nobody_is_reminded(folder: Path) -> None:
    """Rule 3: an author's own folder."""
    put(folder, GERMAN)
    assert said(folder) == []


CHANGED = (
    "probe.yaml:2:10: der Text ist ein anderer als der, der unter Version 1.0.0 veröffentlicht ist."
    " Nimm ihn zurück, oder schreib version: 1.0.1 und rufe „survey-app questionnaires release"
    " probe“ auf."
)


def test_changed_text_needs_a_new_version(folder: Path) -> None:
    """Rule 2: and `release` does not help itself over it."""
    put(folder, GERMAN)
    release(folder)
    before = lines(folder)
    put(folder, GERMAN.replace("text: Gut.", "text: Prima."))
    assert said(folder) == [CHANGED]
    result = release(folder)
    assert (result.exit_code, lines(folder)) == (1, before)
    assert CHANGED in result.output
    put(folder, GERMAN.replace("text: Gut.", "text: Prima.").replace("1.0.0", "1.0.1"))
    assert release(folder).output == "probe 1.0.1 ist veröffentlicht.\n"
    assert said(folder) == []
    assert [line.split()[:2] for line in lines(folder)] == [["probe", "1.0.0"], ["probe", "1.0.1"]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minutes: 3", "minutes: 3  # etwa"),
        ("licence: {class: A, holder: Mitreden}", "licence:\n  holder: Mitreden\n  class: A"),
        ("title: Probe", "title: {de: Probe}"),
        ("text: Gut.", 'text: "Gut."'),
    ],
)
def test_other_spelling_of_the_same_is_no_change(folder: Path, old: str, new: str) -> None:
    """Rule 4."""
    put(folder, GERMAN)
    release(folder)
    assert old in GERMAN
    put(folder, GERMAN.replace(old, new))
    assert said(folder) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: Gut.", "text: {de: Gut., en: Good.}"),
        ("code: 2", "code: 3"),
        ("at_most: 1", "at_most: 2"),
        ("kind: open_text", "kind: open_text\n        sensitivity: B"),
    ],
)
def test_whatever_changes_an_answer_is_a_change(folder: Path, old: str, new: str) -> None:
    """Rule 2: a translation, too: who answers in English reads it."""
    put(folder, GERMAN)
    release(folder)
    put(folder, GERMAN.replace(old, new).replace("positive: [2]", "positive: [1]"))
    assert CHANGED in said(folder)


def test_versions_are_sorted_as_numbers(folder: Path) -> None:
    """Rules 1 and 2: 1.10.0 comes after 1.9.0."""
    for version in ("1.10.0", "1.9.0", "1.2.0"):
        put(folder, GERMAN.replace("1.0.0", version))
        release(folder)
    assert [line.split()[1] for line in lines(folder)] == ["1.2.0", "1.9.0", "1.10.0"]
    assert Releases.beside(folder).next_version("probe") == "1.10.1"


def test_release_twice_changes_nothing(folder: Path) -> None:
    """Rule 5."""
    put(folder, GERMAN)
    release(folder)
    before = (folder / LOCK).read_bytes()
    assert release(folder).output == "Alle Versionen waren schon veröffentlicht.\n"
    assert (folder / LOCK).read_bytes() == before


def test_file_with_faults_is_not_released(folder: Path) -> None:
    """Rule 1: nor is anything else in the same breath."""
    put(folder, SECOND, GERMAN.replace("minutes: 3", "minutes: viele"))
    result = release(folder)
    assert result.exit_code == 1
    assert "probe.yaml:6:10: hier gehört eine ganze Zahl hin" in result.output
    assert not (folder / LOCK).exists()


def test_unknown_id_is_a_sentence(folder: Path) -> None:
    """Rule 1."""
    put(folder, GERMAN)
    result = release(folder, "prob")
    assert (result.exit_code, result.output) == (
        1,
        "Error: „prob“ gibt es nicht. Es gibt: probe.\n",
    )


def test_torn_lock_is_told_with_its_line(folder: Path) -> None:
    """Rule 5: what a merge conflict leaves behind."""
    put(folder, GERMAN)
    release(folder)
    torn = (folder / LOCK).read_text(encoding="utf-8") + "<<<<<<< hier\n"
    (folder / LOCK).write_text(torn, encoding="utf-8")
    expected = (
        "versions.lock:3:1: „<<<<<<< hier“ ist keine Zeile der Form „id version fingerabdruck“."
        " Behalte nach einem Konflikt beide Seiten, oder hole die Zeile aus der"
        " Versionsverwaltung zurück."
    )
    assert said(folder) == [expected]
    assert release(folder).exit_code == 1
