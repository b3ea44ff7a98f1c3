"""Answer scales.

1. A scale keeps its options from the low to the high end.
2. A code is a number from 0 or a short word; it is used once and never means "missing".
3. `positive` names codes of the scale.
4. The coarse scale has every code once and in order, and no group is only half positive: the share
   of positive answers can be read off either scale.
5. Every fault is named at its place, all at once.
"""

import pytest
from pydantic import ValidationError

from survey_app.domain.scales import Scale
from tests.support import as_json, refusals


def scale(yaml: str) -> Scale:
    return Scale.model_validate_json(as_json(yaml))


def refused_scale(yaml: str) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        scale(yaml)
    return refusals(refused)


def options(*codes: object) -> str:
    listed = ", ".join(f"{{code: {code}, text: Antwort}}" for code in codes)
    return f"options: [{listed}]\n"


def test_codes_run_from_the_low_to_the_high_end() -> None:
    """Rule 1."""
    yaml = options(1, 2, 3, 4, 5) + "positive: [4, 5]\ncoarse: [[1, 2], [3], [4, 5]]\nrefusal: true"
    assert scale(yaml).codes == (1, 2, 3, 4, 5)
    assert (scale(yaml).positive, scale(yaml).refusal) == ((4, 5), True)
    assert scale(yaml).coarse == ((1, 2), (3,), (4, 5))


@pytest.mark.parametrize("codes", [(1,), tuple(range(12))])
def test_scale_has_two_to_eleven_options(codes: tuple[int, ...]) -> None:
    """Rule 1."""
    with pytest.raises(ValidationError, match=r"too_(short|long)"):
        scale(options(*codes))


@pytest.mark.parametrize("code", [0, 10, "ja", "a14", "nie_mehr", "'7'", "x" * 20])
def test_usable_code(code: object) -> None:
    """Rule 2."""
    assert scale(options(code, "sonst")).codes[1] == "sonst"


@pytest.mark.parametrize("code", [-1, "'Ja'", "'a b'", "'1+2'", "'_a'", "''", "'ä'", "x" * 21])
def test_unusable_code_is_refused(code: object) -> None:
    """Rule 2."""
    ((place, sentence),) = refused_scale(options("gut", code))
    assert place == "options.1.code"
    assert sentence.endswith(
        "taugt nicht als Code. Nimm eine Zahl ab 0 oder bis zu 20 Zeichen aus a–z, 0–9 und"
        " Unterstrich"
    )


@pytest.mark.parametrize("code", ["true", 1.5, "null", "[1]"])
def test_only_whole_numbers_and_texts_are_codes(code: object) -> None:
    """Rule 2: YAML's own words for yes and no are not codes."""
    with pytest.raises(ValidationError, match="code"):
        scale(options("gut", code))


@pytest.mark.parametrize("second", [1, "'1'"])
def test_code_used_twice_is_refused(second: object) -> None:
    """Rule 2: on the form the number 1 and the text "1" are the same."""
    assert refused_scale(options(1, second)) == [
        (
            "options.1.code",
            "der Code „1“ kommt zweimal vor. Gib einer der Antworten einen anderen",
        )
    ]


@pytest.mark.parametrize("code", ["unanswered", "refused", "filtered"])
def test_reason_for_missing_is_no_code(code: str) -> None:
    """Rule 2."""
    assert refused_scale(options("gut", code)) == [
        (
            "options.1.code",
            f"der Code „{code}“ ist für fehlende Antworten reserviert. Nimm einen anderen",
        )
    ]


def test_positive_names_codes_of_the_scale() -> None:
    """Rule 3."""
    assert refused_scale(options(1, 2) + "positive: [2, 3]") == [
        ("positive.1", "„3“ ist kein Code dieser Skala. Es gibt: 1, 2")
    ]


@pytest.mark.parametrize(
    "coarse", ["[[1, 2]]", "[[1, 2], [2, 3]]", "[[3], [1, 2]]", "[[1, 3], [2]]", "[['1', 2], [3]]"]
)
def test_coarse_scale_that_is_no_division_is_refused(coarse: str) -> None:
    """Rule 4."""
    sentence = (
        "die grobe Skala muss jeden Code genau einmal und in der Reihenfolge der Antworten"
        " enthalten: 1, 2, 3"
    )
    assert refused_scale(options(1, 2, 3) + f"coarse: {coarse}") == [("coarse", sentence)]


def test_half_positive_group_is_refused() -> None:
    """Rule 4."""
    sentence = (
        "von der Gruppe 2, 3 der groben Skala steht nur ein Teil unter positive. Lass die Gruppe"
        " dort enden, wo positive beginnt"
    )
    yaml = options(1, 2, 3) + "positive: [3]\ncoarse: [[1], [2, 3]]"
    assert refused_scale(yaml) == [("coarse.1", sentence)]


def test_all_faults_are_named_at_once() -> None:
    """Rule 5."""
    yaml = options(1, 1, "refused") + "positive: [9]\ncoarse: [[1]]"
    places = ["options.1.code", "options.2.code", "positive.0", "coarse"]
    assert [place for place, _ in refused_scale(yaml)] == places
