"""Several questionnaires seen together.

1. A mirror exists in a questionnaire for the other audience, points back, and has the same codes,
   the same German wording and the same positive answers.
2. The same core name means the same wording and the same answers, in every file.
3. A reference names a pack that is there, for this instrument, and not expired.
4. A questionnaire is looked at beside those of its own folder and those that are shipped.
5. Nobody is blamed for referring to a file that cannot be read.
6. Nothing but the file is read if it refers to nothing.
"""

from datetime import date
from pathlib import Path

import pytest

from survey_app.instruments.checks import Checker
from survey_app.instruments.library import Library
from tests.instruments.test_checks import GERMAN

YOUNG = GERMAN.replace("text: Gut.", "text: Gut.\n        mirror: f1")
GROWN = (
    GERMAN.replace("id: probe", "id: profis")
    .replace("young_people", "professionals")
    .replace("id: k1", "id: f1")
    .replace("question: k1", "question: f1")
    .replace("text: Gut.", "text: Es gefiel.\n        mirror: k1")
)
TODAY = date(2026, 11, 21)


def put(folder: Path, *yamls: str) -> None:
    for yaml in yamls:
        name = yaml.split("\n", 1)[0].removeprefix("id: ")
        (folder / f"{name}.yaml").write_text(yaml, encoding="utf-8")


def said(folder: Path, name: str = "probe", shipped: Path | None = None) -> list[str]:
    """Return errors and doubts of one file."""
    checker = Checker(Library(shipped) if shipped else None, TODAY)
    checked = checker.check(folder / f"{name}.yaml")
    return [str(each).removeprefix(f"{name}.yaml:") for each in (*checked.errors, *checked.doubts)]


# Mirrors


def test_mirrors_that_agree_are_sound(folder: Path) -> None:
    """Rule 1."""
    put(folder, YOUNG, GROWN)
    assert said(folder) == said(folder, "profis") == []


def test_mirror_that_does_not_exist(folder: Path) -> None:
    """Rule 1."""
    put(folder, YOUNG, GROWN.replace("f1", "f2"))
    assert said(folder) == [
        (
            "21:17: „f1“ gibt es in keinem Fragebogen für Fachkräfte. Verbessere die id, oder streiche"
            " mirror."
        )
    ]
    assert said(folder, "profis") == [
        (
            "21:17: „k1“ in „probe“ zeigt nicht zurück. Ergänze dort mirror: f2, oder streiche mirror"
            " hier."
        )
    ]


def test_mirror_in_a_questionnaire_for_the_same_people_is_none(folder: Path) -> None:
    """Rule 1."""
    put(folder, YOUNG, GROWN.replace("professionals", "young_people"))
    assert "gibt es in keinem Fragebogen für Fachkräfte" in said(folder)[0]
    assert "gibt es in keinem Fragebogen für Fachkräfte" in said(folder, "profis")[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"code: 2": "code: 3", "positive: [2]": "positive: [3]"},
        {"text: ja": "text: genau"},
        {"positive: [2]": "positive: [1]"},
        {"options:\n": "options:\n      - {code: 0, text: nie}\n"},
    ],
    ids=["code", "wording", "positive", "number"],
)
def test_mirror_with_other_answers(folder: Path, changes: dict[str, str]) -> None:
    """Rule 1."""
    changed = GROWN
    for old, new in changes.items():
        changed = changed.replace(old, new)
    put(folder, YOUNG, changed)
    assert said(folder) == [
        (
            "21:17: „f1“ in „profis“ hat andere Antworten. Nebeneinander stehen dürfen nur Fragen mit"
            " denselben Codes, demselben deutschen Wortlaut und demselben positive."
        )
    ]
    assert "„k1“ in „probe“ hat andere Antworten" in said(folder, "profis")[0]


def test_other_languages_of_the_answers_may_differ(folder: Path) -> None:
    """Rule 1: one side may be translated further than the other."""
    put(
        folder,
        YOUNG,
        GROWN.replace("[de]", "[de, tr]").replace("text: ja", "text: {de: ja, tr: evet}"),
    )
    assert said(folder) == []


# Core questions

CORE = GERMAN.replace("text: Gut.", "text: Gut.\n        core: K1")
OTHER = CORE.replace("id: probe", "id: zweite")


def test_core_question_is_the_same_everywhere(folder: Path) -> None:
    """Rule 2."""
    put(folder, CORE, OTHER)
    assert said(folder) == said(folder, "zweite") == []


def test_core_question_in_other_words(folder: Path) -> None:
    """Rule 2: told in both files, because nobody knows which of them is meant."""
    put(folder, CORE, OTHER.replace("text: Gut.", "text: Prima."))
    remedy = "Übernimm den Wortlaut, oder streiche core."
    assert said(folder) == [f"21:15: die Kernfrage K1 lautet in „zweite“ anders: „Prima.“ {remedy}"]
    assert said(folder, "zweite") == [
        f"21:15: die Kernfrage K1 lautet in „probe“ anders: „Gut.“ {remedy}"
    ]


def test_core_question_with_other_answers(folder: Path) -> None:
    """Rule 2."""
    put(folder, CORE, OTHER.replace("text: ja", "text: sehr"))
    assert said(folder) == [
        (
            "21:15: die Kernfrage K1 hat in „zweite“ andere Antworten. Nimm dieselbe Skala, oder"
            " streiche core."
        )
    ]


def test_core_question_of_a_battery_has_its_place(folder: Path) -> None:
    """Rule 2: at the item."""
    battery = (
        CORE.replace("kind: rating", "kind: battery")
        .replace(
            "        text: Gut.\n        core: K1",
            "        text: Wie?\n        items:\n          - {id: b1, text: Gut., core: K1}\n"
            "          - {id: b2, text: Lang.}",
        )
        .replace("question: k1", "question: b1")
    )
    put(folder, battery, OTHER.replace("text: Gut.", "text: Prima."))
    (error,) = said(folder)
    assert error.startswith("22:40: die Kernfrage K1 lautet in „zweite“ anders")


# Reference values

SCORE = (
    "scores:\n  - {id: wert, title: Wert, items: [k1, k2], method: sum, reference: studie-2022}\n"
)
VALIDATED = (
    GERMAN.replace("holder: Mitreden", "holder: Mitreden, validated: true")
    .replace(
        "      - id: warum",
        "      - {id: k2, kind: rating, scale: agreement, text: Und?}\n      - id: warum",
    )
    .replace("sections:\n", f"{SCORE}sections:\n")
)
PACK = """\
id: studie-2022
instrument: probe
title: Eine Studie
values: [{statistic: Mittelwert, value: 3.5, n: 1200, ages: [11, 15], population: Deutschland}]
source: Tabelle 1
licence: CC-BY-4.0
valid_until: '2026-12-31'
"""


def put_pack(folder: Path, yaml: str, name: str = "studie-2022") -> None:
    (folder / "reference").mkdir(exist_ok=True)
    (folder / "reference" / f"{name}.yaml").write_text(yaml, encoding="utf-8")


def test_reference_that_is_there(folder: Path) -> None:
    """Rule 3."""
    put(folder, VALIDATED)
    put_pack(folder, PACK)
    assert said(folder) == []
    assert list(Checker().check_packs(folder)) == []


@pytest.mark.parametrize(
    ("pack", "expected"),
    [
        (None, "die Vergleichswerte „studie-2022“ gibt es nicht. Es gibt: –."),
        (
            PACK.replace("instrument: probe", "instrument: who-5"),
            (
                "die Vergleichswerte „studie-2022“ gehören zu „who-5“. Für andere Fragen gelten sie"
                " nicht. Streiche reference."
            ),
        ),
        (
            PACK.replace("2026-12-31", "2026-11-20"),
            (
                "die Vergleichswerte „studie-2022“ galten bis 2026-11-20. Sieh nach, ob es neuere gibt,"
                " oder streiche reference."
            ),
        ),
    ],
    ids=["missing", "of another instrument", "expired"],
)
def test_reference_that_does_not_fit(folder: Path, pack: str | None, expected: str) -> None:
    """Rule 3."""
    put(folder, VALIDATED)
    if pack is not None:
        put_pack(folder, pack)
    assert said(folder) == [f"15:70: {expected}"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("source: Tabelle 1\n", "", "1:1: hier fehlt „source“. Ergänze eine Zeile „source: …“."),
        ("source:", "sourc:", "5:1: „sourc“ gibt es hier nicht. Meintest du „source“?"),
        ("n: 1200", "n: 0", "4:49: die Zahl ist zu klein: mindestens 1."),
        ("value: 3.5", "value: viel", "4:41: hier gehört eine Zahl hin, zum Beispiel 4 oder 0.8."),
        (
            "2026-12-31",
            "2026-13-31",
            "7:14: den Tag 2026-13-31 gibt es nicht. Schreib Jahr, Monat und Tag: 2026-12-31.",
        ),
        (
            "id: studie-2022",
            "id: studie-2023",
            (
                "1:5: die id ist „studie-2023“, also muss die Datei „studie-2023.yaml“ heißen, nicht"
                " „studie-2022.yaml“. Ändere eins von beiden."
            ),
        ),
    ],
)
def test_faults_of_a_pack_have_their_place(folder: Path, old: str, new: str, expected: str) -> None:
    """Rule 3."""
    put_pack(folder, PACK.replace(old, new, 1))
    found = [str(error) for each in Checker().check_packs(folder) for error in each.errors]
    assert f"reference/studie-2022.yaml:{expected}" in found


# Folders


def test_what_is_shipped_can_be_referred_to(folder: Path, tmp_path: Path) -> None:
    """Rule 4: an own questionnaire mirrors the shipped one for professionals."""
    shipped = tmp_path / "dort"
    shipped.mkdir()
    put(folder, YOUNG)
    put(shipped, GROWN)
    assert len(said(folder)) == 1
    assert said(folder, shipped=shipped) == []


def test_own_file_counts_more_than_the_shipped_one(folder: Path, tmp_path: Path) -> None:
    """Rule 4: a changed copy is compared, not its original."""
    shipped = tmp_path / "dort"
    shipped.mkdir()
    put(shipped, GROWN)
    put(folder, YOUNG, GROWN.replace("text: ja", "text: genau"))
    assert "hat andere Antworten" in said(folder, shipped=shipped)[0]


def test_file_that_cannot_be_read_may_hold_the_mirror(folder: Path) -> None:
    """Rule 5."""
    put(folder, YOUNG, GROWN.replace("minutes: 3", "minutes: viele"))
    assert said(folder) == []
    assert len(said(folder, "profis")) == 1


def test_file_that_refers_to_nothing_is_read_alone(folder: Path) -> None:
    """Rule 6: what lies beside it is not even opened."""
    put(folder, GERMAN)
    (folder / "ordner.yaml").mkdir()
    assert said(folder) == []
