"""The rules of a Land are read from a file, and what is wrong with one is said where it is.

1. North Rhine-Westphalia is shipped: who decides, who is heard, what a request holds.
2. Every demand of a shipped Land is answered by a part of the pack.
3. Faults name the line and the remedy, with a guess at a mistyped key.
4. A Land is called by its id; YAML that could surprise is refused as in a questionnaire.
"""

from pathlib import Path

import pytest

from survey_app.data import data_dir
from survey_app.domain.land import PackPart
from survey_app.domain.measure import Municipality
from survey_app.instruments.lands import land_files, read_land, read_lands
from survey_app.instruments.places import UnreadableQuestionnaire
from survey_app.services.lands import land_of

SOUND = """
id: xy
key: "03"
name: Beispielland
checked_on: "2026-11-21"
schools:
  approval: true
  decides: die Schulbehörde
  results_return: true
  weeks_ahead: 8
  sources: [{cite: § 1, title: Schulgesetz}]
  demands: [{cite: Nr. 1, text: Zeitplan, parts: [timetable]}]
"""


def told(folder: Path, text: str, name: str = "xy.yaml") -> list[str]:
    """Return what is said about a file."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableQuestionnaire) as refused:
        read_land(file)
    return [str(fault) for fault in refused.value.faults]


def test_north_rhine_westphalia_is_shipped() -> None:
    """Rule 1."""
    land = land_of(Municipality(1, 1, "05166016", "Nettetal"))
    assert land is not None
    rules = land.schools
    assert (land.id, rules.approval, rules.results_return) == ("nrw", True, True)
    assert (rules.decides.german, rules.heard and rules.heard.german) == (
        "die Schulleitung",
        "die Schulkonferenz",
    )
    assert [source.cite for source in rules.sources] == [
        "§ 120 Abs. 4 SchulG NRW",
        "BASS 10-45 Nr. 2",
    ]
    assert {part for demand in rules.demands for part in demand.parts} >= {
        PackPart.REQUEST,
        PackPart.QUESTIONNAIRE,
        PackPart.TIMETABLE,
    }


def test_a_land_without_a_file_has_no_rules_here() -> None:
    """Rule 1."""
    assert land_of(Municipality(1, 1, "09162000", "München")) is None


@pytest.mark.parametrize("file", land_files(data_dir("lands")), ids=lambda file: file.stem)
def test_a_shipped_land_can_be_read(file: Path) -> None:
    """Rules 1 and 2."""
    land = read_land(file)
    assert all(demand.parts for demand in land.schools.demands)


def test_every_land_has_its_own_key() -> None:
    """Rule 1."""
    keys = [land.key for land in read_lands(data_dir("lands"))]
    assert len(keys) == len(set(keys))


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    """Rule 3: nothing is said about it."""
    (tmp_path / "xy.yaml").write_text(SOUND, encoding="utf-8")
    assert read_land(tmp_path / "xy.yaml").schools.heard is None


@pytest.mark.parametrize(
    ("right", "wrong", "line", "part"),
    [
        ("  decides:", "  decide:", 8, "decides"),
        ('key: "03"', 'key: "77"', 3, "erwartete Form"),
        ("approval: true", "approval: vielleicht", 7, "true"),
        ("parts: [timetable]", "parts: [zeitplan]", 12, "zeitplan"),
        ("parts: [timetable]", "part: [timetable]", 12, "parts"),
        ("sources: [{cite: § 1, title: Schulgesetz}]", "sources: []", 11, "Liste ist leer"),
        ("name: Beispielland", "name: *anker", 4, "Anker"),
    ],
)
def test_a_fault_names_its_line(
    tmp_path: Path, right: str, wrong: str, line: int, part: str
) -> None:
    """Rules 3 and 4."""
    assert right in SOUND
    said = told(tmp_path, SOUND.replace(right, wrong))
    assert any(each.startswith(f"xy.yaml:{line}:") and part in each for each in said), said


def test_a_land_is_called_by_its_id(tmp_path: Path) -> None:
    """Rule 4."""
    (said,) = told(tmp_path, SOUND, "nds.yaml")
    assert said.startswith("nds.yaml:2:5: die id ist „xy“, also muss die Datei „xy.yaml“ heißen")
