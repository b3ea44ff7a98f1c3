"""A folder of questionnaires, and the three that come with Mitreden.

1. A questionnaire is found by its id, and its file is called by it.
2. A name is never made into a path; an unknown one gets a guess.
3. Every shipped questionnaire is sound, without doubts, and complete in all its languages.
4. Whatever the mood, a simulated form is read without problems and fills every variable.
5. Mirrored questions name each other and are answered on the same scale.
6. The core is there in full, and only there.
7. Between them, the shipped questionnaires show every kind and a condition.
8. The schema for editors is fresh, and every shipped file names it.
9. The example in the documentation works.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey_app.data import data_dir
from survey_app.domain.codebook import Variable
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.questions import KINDS
from survey_app.instruments.checks import CheckedFile, check_file
from survey_app.instruments.library import Library, UnknownQuestionnaire
from survey_app.instruments.places import UnreadableQuestionnaire
from survey_app.instruments.schema import schema_file
from tests.instruments.test_reader import SOUND

SHIPPED = Library(data_dir("questionnaires"))

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


def test_three_questionnaires_are_shipped() -> None:
    """Rule 3."""
    assert SHIPPED.names() == ("fachkraefte", "kern-jugend", "medienkompetenz")


@every_questionnaire
def test_shipped_file_has_neither_errors_nor_doubts(name: str) -> None:
    """Rule 3: a missing translation would be a doubt."""
    assert check_file(SHIPPED.folder / f"{name}.yaml") == CheckedFile((), ())


@every_questionnaire
def test_shipped_text_may_be_shipped_and_is_in_german_and_english(name: str) -> None:
    """Rule 3."""
    questionnaire = SHIPPED.get(name)
    assert questionnaire.languages == ("de", "en")
    assert (questionnaire.licence.class_, questionnaire.licence.validated) == ("A", False)


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
    assert filled == {variable.name for variable in questionnaire.codebook()}


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
    assert core == {
        "fachkraefte": [],
        "kern-jugend": [f"K{number}" for number in range(1, 11)],
        "medienkompetenz": [],
    }


def test_agreement_is_the_same_scale_everywhere() -> None:
    """Rule 5."""
    assert (
        len({SHIPPED.get(name).scales["agreement"].model_dump_json() for name in SHIPPED.names()})
        == 1
    )


def questions(*questionnaires: Questionnaire) -> Iterator[tuple[str, bool]]:
    for questionnaire in questionnaires:
        for question in questionnaire.questions:
            yield question.kind_name, question.show_if is not None


def test_every_kind_and_a_condition_can_be_seen_in_use() -> None:
    """Rule 7."""
    seen = list(questions(*SHIPPED.all()))
    assert {kind for kind, _ in seen} == set(KINDS)
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
    documentation = Path(__file__).parents[2] / "docs" / "questionnaires.md"
    example = documentation.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    file = tmp_path / "ferienfreizeit.yaml"
    file.write_text(example, encoding="utf-8")
    assert check_file(file) == CheckedFile((), ())
