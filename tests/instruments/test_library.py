"""A folder of questionnaires, and the ten that come with Mitreden.

1. A questionnaire is found by its id, and its file is called by it.
2. A name is never made into a path; an unknown one gets a guess.
3. Every shipped questionnaire is sound, without doubts, complete in all its languages, and has its
   page in the documentation.
4. Whatever the mood, a simulated form is read without problems and fills every variable.
5. Mirrored questions name each other and are answered on the same scale.
6. The core is there in full, and only there: K for young people, F for professionals, N for a
   network.
7. Between them, the shipped questionnaires show nearly every kind, and a condition.
8. The schema for editors is fresh, and every shipped file names it.
9. The example in the documentation works.
10. WHO-5 is a shell: it is scored, and nobody can be asked before its text and licence are there.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey_app.data import data_dir
from survey_app.domain.codebook import Variable
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.questions import KINDS
from survey_app.domain.text import texts
from survey_app.instruments.checks import CheckedFile, Checker, check_file
from survey_app.instruments.library import Library, UnknownQuestionnaire
from survey_app.instruments.places import UnreadableQuestionnaire
from survey_app.instruments.schema import schema_file
from tests.instruments.test_reader import SOUND

SHIPPED = Library(data_dir("questionnaires"))
CHECKER = Checker(SHIPPED)
DOCUMENTATION = Path(__file__).parents[2] / "docs"

every_questionnaire = pytest.mark.parametrize("name", SHIPPED.names())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with one sound questionnaire."""
    (tmp_path / "probe.yaml").write_text(SOUND, encoding="utf-8")
    return tmp_path


# A folder


def test_questionnaire_is_found_by_its_id(folder: Path) -> None:
    """Rule 1."""
    library = Library(folder)
    assert library.names() == ("probe",)
    assert library.all() == (library.get("probe"),)
    assert library.get("probe").id == "probe"


def test_file_that_is_not_called_by_its_id_is_refused(folder: Path) -> None:
    """Rule 1: together with its other faults."""
    content = SOUND.replace("minutes: 3", "minutes: 300")
    (folder / "trial.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableQuestionnaire) as unreadable:
        Library(folder).get("trial")
    assert str(unreadable.value) == (
        "trial.yaml:1:5: die id ist „probe“, also muss die Datei „probe.yaml“ heißen, nicht"
        " „trial.yaml“. Ändere eins von beiden.\n"
        "trial.yaml:6:10: die Zahl ist zu groß: höchstens 60."
    )


def test_an_edit_shows_at_once(folder: Path) -> None:
    """Rule 1."""
    library = Library(folder)
    library.get("probe")
    content = SOUND.replace("version: 1.0.0", "version: 1.0.1")
    (folder / "probe.yaml").write_text(content, encoding="utf-8")
    assert library.get("probe").version == "1.0.1"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("prob", "den Fragebogen „prob“ gibt es nicht. Meinten Sie „probe“?"),
        ("kern-jugend", "den Fragebogen „kern-jugend“ gibt es nicht. Es gibt: probe"),
        ("../probe", "den Fragebogen „../probe“ gibt es nicht. Meinten Sie „probe“?"),
        ("", "den Fragebogen „“ gibt es nicht. Es gibt: probe"),
    ],
)
def test_unknown_name_gets_a_guess_and_no_path(folder: Path, name: str, said: str) -> None:
    """Rule 2."""
    with pytest.raises(UnknownQuestionnaire) as unknown:
        Library(folder / ".." / folder.name).get(name)
    assert str(unknown.value) == said


def test_hidden_files_of_an_editor_are_no_questionnaires(folder: Path) -> None:
    """Rule 1."""
    (folder / "._probe.yaml").write_bytes(b"\x00\x05")
    assert Library(folder).names() == ("probe",)


# What is shipped


SHELLS = {"who-5"}


def test_ten_questionnaires_are_shipped() -> None:
    """Rule 3."""
    assert SHIPPED.names() == (
        "fachkraefte",
        "gesundheitskompetenz",
        "kern-jugend",
        "medienkompetenz",
        "mitbestimmung",
        "netzwerktreffen",
        "ort",
        "vorher-nachher-workshop",
        "who-5",
        "wohlbefinden",
    )


@every_questionnaire
def test_shipped_questionnaire_has_its_page(name: str) -> None:
    """Rule 3: in German, with what it is for and what it cannot tell."""
    page = (DOCUMENTATION / "questionnaires" / f"{name}.md").read_text(encoding="utf-8")
    title = SHIPPED.get(name).title.german
    assert page.startswith(f"# {title} (`{name}`)\n")
    for part in ("Wer antwortet", "Dauer", "Version:", "Was er nicht sagen kann"):
        assert part in page
    assert f"**Version:** {SHIPPED.get(name).version}" in page


@every_questionnaire
def test_shipped_file_has_neither_errors_nor_doubts(name: str) -> None:
    """Rule 3: a missing translation would be a doubt."""
    assert CHECKER.check(SHIPPED.folder / f"{name}.yaml") == CheckedFile((), ())


@every_questionnaire
def test_shipped_text_may_be_shipped_and_is_in_german_and_english(name: str) -> None:
    """Rule 3."""
    questionnaire = SHIPPED.get(name)
    assert {"de", "en"} <= set(questionnaire.languages)
    licence = (questionnaire.licence.class_, questionnaire.licence.validated)
    assert licence == (("B", True) if name in SHELLS else ("A", False))
    assert questionnaire.fieldable is (name not in SHELLS)


@every_questionnaire
def test_simulated_form_is_read_without_problems(name: str) -> None:
    """Rule 4."""
    questionnaire = SHIPPED.get(name)
    chance = random.Random(name)
    filled: set[str] = set()
    for step in range(200):
        raw = {
            field: values
            for question in questionnaire.questions
            for field, values in question.simulate(chance, step / 200).items()
        }
        reading = questionnaire.read(raw)
        assert reading.problems == ()
        filled |= set(reading.answers)
    assert filled == {field for question in questionnaire.questions for field in question.fields}


def mirrored(audience: Audience) -> Iterator[tuple[str, Variable]]:
    for questionnaire in SHIPPED.all():
        if questionnaire.audience is audience:
            for variable in questionnaire.codebook():
                if variable.mirror is not None:
                    yield variable.mirror, variable


def test_mirrors_point_at_each_other_and_share_their_answers() -> None:
    """Rule 5."""
    young = {variable.name: variable for _, variable in mirrored(Audience.YOUNG_PEOPLE)}
    professionals = dict(mirrored(Audience.PROFESSIONALS))
    assert young.keys() == professionals.keys() == {"k1", "k2", "k7", "k8"}
    for name, variable in young.items():
        assert professionals[name].name == variable.mirror
        assert professionals[name].labels == variable.labels
        assert professionals[name].positive == variable.positive


def test_core_is_complete_and_in_one_place() -> None:
    """Rule 6: a second questionnaire with K1 would count people twice in a roll-up."""
    core = {
        questionnaire.id: [v.core for v in questionnaire.codebook() if v.core]
        for questionnaire in SHIPPED.all()
    }
    assert {
        name: sorted(found, key=lambda n: int(n[1:])) for name, found in core.items() if found
    } == {
        "fachkraefte": [f"F{number}" for number in range(1, 9)],
        "kern-jugend": [f"K{number}" for number in range(1, 11)],
        "netzwerktreffen": [f"N{number}" for number in range(1, 11)],
    }


def test_agreement_is_the_same_scale_everywhere() -> None:
    """Rule 5."""
    scales = [each.scales["agreement"] for each in SHIPPED.all() if "agreement" in each.scales]
    assert len(scales) == 8
    assert len({scale.model_dump_json() for scale in scales}) == 1


def questions(*questionnaires: Questionnaire) -> Iterator[tuple[str, bool]]:
    for questionnaire in questionnaires:
        for question in questionnaire.questions:
            yield question.kind_name, question.show_if is not None


def test_every_kind_and_a_condition_can_be_seen_in_use() -> None:
    """Rule 7."""
    seen = list(questions(*SHIPPED.all()))
    assert {kind for kind, _ in seen} == set(KINDS) - {"dots", "ranking"}
    assert any(conditional for _, conditional in seen)


# The schema for editors


def test_schema_for_editors_is_fresh() -> None:
    """Rule 8."""
    shipped = (SHIPPED.folder / "questionnaire.schema.json").read_text(encoding="utf-8")
    assert shipped == schema_file(), (
        "survey-app questionnaires schema > questionnaires/questionnaire.schema.json"
    )


@every_questionnaire
def test_shipped_file_names_the_schema(name: str) -> None:
    """Rule 8."""
    first, *_ = (SHIPPED.folder / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    assert first == "# yaml-language-server: $schema=./questionnaire.schema.json"


# What the documentation shows


def test_example_of_the_documentation_is_sound_and_complete(tmp_path: Path) -> None:
    """Rule 9."""
    documentation = DOCUMENTATION / "questionnaires.md"
    example = documentation.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    file = tmp_path / "ferienfreizeit.yaml"
    file.write_text(example, encoding="utf-8")
    assert check_file(file) == CheckedFile((), ())


# WHO-5


def who_5() -> str:
    return (SHIPPED.folder / "who-5.yaml").read_text(encoding="utf-8")


def test_who_5_is_scored_like_its_manual() -> None:
    """Rule 10: at most 50 is low; the threshold of the depression screen is not there."""
    (who,) = SHIPPED.get("who-5").scored()
    assert (who.range, who.limits, who.score.needed) == ((0, 100), [50], 4)
    low = {f"who5_{n}": answer for n, answer in enumerate((2, 3, 2, 3, 2), start=1)}
    assert (who.value(low), who.class_of(low)) == (48, 1)
    assert (who.value({**low, "who5_1": 3}), who.class_of({**low, "who5_1": 3})) == (52, 2)
    labels = [label.text.german for label in who.variable().labels]
    assert labels == ["niedrig (0–50)", "nicht niedrig (über 50)"]


def test_who_5_has_none_of_its_text() -> None:
    """Rule 10: twelve slots, each number once."""
    slots = [text.german for _, text in texts(SHIPPED.get("who-5")) if text.is_slot]
    assert sorted(slots) == sorted(f"⟨{number}⟩" for number in range(1, 13))


def test_who_5_can_be_asked_once_text_and_licence_are_there(tmp_path: Path) -> None:
    """Rule 10: what its file and its page tell an operator to do."""
    filled = re.sub(r"\{slot: (\d+)\}", r"Amtlicher Text \1", who_5())
    accepted = "accepted: {by: Kreis Beispiel, on: '2026-12-01'}, validated: true"
    file = tmp_path / "who-5.yaml"
    file.write_text(filled, encoding="utf-8")
    assert "Niemand hat die Lizenz angenommen" in str(
        Library(tmp_path).get("who-5").why_not_fieldable
    )
    file.write_text(filled.replace("validated: true", accepted), encoding="utf-8")
    assert Library(tmp_path).get("who-5").fieldable
