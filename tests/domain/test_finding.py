"""Results in words.

1. A share is the nearest simple fraction, with its percent or, below twenty, its counts.
2. Below eight answers there are counts and "zu wenige für eine Aussage".
3. What chance could move by more than thirty points says so.
4. Nobody and everybody have words of their own; nobody else gets them.
5. Words of staff stand in the place of a sentence, and it can be brought back.
"""

import pytest

from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.finding import LONGEST, Finding, Place, faults_of, finding, people_who
from survey_app.domain.messages import Message
from survey_app.domain.statistics import Share
from tests.rendering.paper import GERMAN

POLICY = DisclosurePolicy()


@pytest.mark.parametrize(
    ("count", "base", "said"),
    [
        (180, 240, "Etwa drei von vier (75 %)"),
        (52, 100, "Etwa fünf von zehn (52 %)"),
        (66, 100, "Etwa zwei von drei (66 %)"),
        (99, 100, "Fast alle (99 %)"),
        (100, 100, "Alle (100 %)"),
        (0, 100, "Niemand (0 %)"),
        (1, 100, "Sehr wenige (1 %)"),
        (18, 19, "Fast alle (18 von 19)"),
        (14, 18, "Etwa vier von fünf (14 von 18, mit großer Unsicherheit)"),
        (7, 7, "7 von 7 (zu wenige für eine Aussage)"),
        (8, 8, "Alle (8 von 8, mit großer Unsicherheit)"),
    ],
)
def test_share_in_words(count: int, base: int, said: str) -> None:
    """Rules 1 to 4."""
    assert str(people_who(Share(count, base), POLICY)) == said


def test_words_never_stray_far_from_the_share() -> None:
    """Rule 1: the fraction said is at most seven points away."""
    said = {"zwei von zehn": 0.2, "drei von zehn": 0.3, "vier von zehn": 0.4, "fünf von zehn": 0.5}
    said |= {"sechs von zehn": 0.6, "zwei von drei": 2 / 3, "sieben von zehn": 0.7}
    said |= {"drei von vier": 0.75, "vier von fünf": 0.8, "neun von zehn": 0.9}
    for count in range(1, 1000):
        words = str(people_who(Share(count, 1000), POLICY)).removeprefix("Etwa ").split(" (")[0]
        assert words not in said or abs(said[words] - count / 1000) <= 0.07


def test_words_of_staff_stand_in_place_of_the_sentence() -> None:
    """Rule 5."""
    generated = (Message("Eins."), Message("Zwei."))
    mine = finding(Place.KEY, generated, {Place.KEY: "Es war schön."})
    assert (mine.said(GERMAN), mine.is_edited) == ("Es war schön.", True)
    assert mine.as_generated(GERMAN) == "Eins. Zwei."
    assert finding(Place.KEY, generated, {}) == Finding(Place.KEY, generated)


def test_words_of_staff_have_room() -> None:
    """Rule 5."""
    assert faults_of("x" * LONGEST) == []
    assert [str(fault.message) for fault in faults_of("x" * (LONGEST + 1))] == [
        "Bitte höchstens 350 Zeichen: Der Bogen hat zwei Seiten."
    ]
