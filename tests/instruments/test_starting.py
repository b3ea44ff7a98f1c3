"""A file to begin with.

1. It is sound, whichever topics are chosen: no errors, and no doubts but about its length.
2. It holds the questions of its topics in their wording, each once, the last ones last.
3. It is commented, and its first line tells editors the format.
4. A file that is there is never overwritten.
5. What cannot be begun is told in a sentence that names what there is.
"""

from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey_app.cli import main
from survey_app.data import data_dir
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.instruments.checks import check_file
from survey_app.instruments.library import Library, read_file
from survey_app.instruments.starting import starting_file, topics

BANK = Library(data_dir("questionnaires"))
NAMES = {
    audience: [topic.name for topic in topics(BANK) if topic.audience is audience]
    for audience in Audience
}


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["questionnaires", "new", *words])


def begun(folder: Path, *chosen: str) -> Questionnaire:
    file = folder / "ferien.yaml"
    file.write_text(starting_file(BANK, "ferien", chosen), encoding="utf-8")
    return read_file(file)


@pytest.mark.parametrize(
    "chosen",
    [
        pair
        for names in NAMES.values()
        for pair in [*combinations(names, 1), *combinations(names, 2)]
    ],
    ids="+".join,
)
def test_file_is_sound_whichever_topics_are_chosen(chosen: tuple[str, ...], tmp_path: Path) -> None:
    """Rule 1."""
    begun(tmp_path, *chosen)
    checked = check_file(tmp_path / "ferien.yaml", shipped=BANK)
    assert checked.errors == ()
    assert [str(doubt) for doubt in checked.doubts if "sind viel" not in str(doubt)] == []


def test_questions_stand_in_their_wording_and_once(tmp_path: Path) -> None:
    """Rule 2: both topics ask for the age, and both have a wish of their own."""
    asked = begun(tmp_path, "gesundheitskompetenz", "medienkompetenz")
    names = [question.id for question in asked.questions]
    assert names.count("alter") == 1
    assert names[-3:] == ["wunsch", "alter", "wunsch_2"]
    assert [section.id for section in asked.sections][-1] == "schluss"
    source = {q.id: q for q in BANK.get("gesundheitskompetenz").questions}
    assert {name: q for q in asked.questions if (name := q.id) in source} == source
    assert [question.id for question in asked.questions if question.is_breakdown] == ["alter"]


def test_what_belongs_to_licence_and_translations_comes_along(tmp_path: Path) -> None:
    """Rule 2."""
    asked, source = begun(tmp_path, "kern-jugend"), BANK.get("kern-jugend")
    assert (asked.licence, asked.languages) == (source.licence, source.languages)
    assert [v.core for v in asked.codebook()] == [v.core for v in source.codebook()]


def test_file_is_commented_for_its_author(tmp_path: Path) -> None:
    """Rule 3."""
    begun(tmp_path, "ort")
    lines = (tmp_path / "ferien.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=./questionnaire.schema.json"
    assert sum(line.startswith("# ") for line in lines) > 8


def test_command_makes_a_file_and_says_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule 3."""
    monkeypatch.chdir(tmp_path)
    result = typed("ferien", "--topic", "kern-jugend", "-t", "ort")
    assert result.output == (
        "ferien.yaml ist angelegt. Ändere sie und prüfe sie mit:\n"
        "  survey-app questionnaires check ferien.yaml\n"
    )
    assert read_file(tmp_path / "ferien.yaml").id == "ferien"


def test_file_that_is_there_stays(tmp_path: Path) -> None:
    """Rule 4."""
    file = tmp_path / "ferien.yaml"
    file.write_text("meins", encoding="utf-8")
    result = typed("ferien", "-t", "ort", "--folder", str(tmp_path))
    assert result.exit_code == 1
    assert "gibt es schon und bleibt, wie sie ist. Nimm einen anderen Namen." in result.output
    assert file.read_text(encoding="utf-8") == "meins"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Ferien 1", "-t", "ort"), "„Ferien 1“ taugt nicht als Name."),
        (("../ferien", "-t", "ort"), "„../ferien“ taugt nicht als Name."),
        (("ferien", "-t", "orte"), "das Thema „orte“ gibt es nicht. Meintest du „ort“?"),
        (("ferien", "-t", "who-5"), "das Thema „who-5“ gibt es nicht."),
        (("ferien", "-t", "ort", "-t", "fachkraefte"), "diese Themen richten sich teils an"),
        (("ferien",), "Wähle mit --topic mindestens ein Thema:"),
    ],
)
def test_what_cannot_be_begun_is_told(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """Rule 5: a class B shell has no text to begin with."""
    result = typed(*words, "--folder", str(tmp_path))
    assert result.exit_code != 0
    assert said in result.output
    assert list(tmp_path.iterdir()) == []


def test_topics_are_listed_with_their_titles() -> None:
    """Rule 5."""
    output = typed("ferien").output
    for topic in topics(BANK):
        assert f"  {topic.name:<24} {topic.title}\n" in output
