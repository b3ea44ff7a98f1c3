"""The traffic light of a goal, and how far a sheet can be trusted.

1. Green from the target on; red where even the upper end of the interval is below it; else yellow.
2. Grey below eight answers or thirty percent response, whatever the answers say.
3. What is not asked, is withheld or counted by staff is grey, and says why.
4. An interval wider than thirty points is unsure.
5. Confidence is the weakest of answers, response and design.
6. Every light has a sign and a word of its own.
"""

from datetime import date

import pytest

from survey_app.domain.disclosure import Reason, Withheld
from survey_app.domain.goal import Goal, Indicator
from survey_app.domain.lights import Light, Strength, confidence, judged, light_of
from survey_app.domain.statistics import Share

GOAL = Goal(
    text="Den Jugendlichen gefällt es.",
    indicator=Indicator("kern", "k1"),
    target=80,
    id=1,
    network=1,
    measure=7,
    place=1,
    set_on=date(2026, 10, 1),
)
OTHER = Goal(
    text="Alle Klassen machen mit.",
    other="Klassen, gezählt",
    target=100,
    id=2,
    network=1,
    measure=7,
    place=2,
    set_on=date(2026, 10, 1),
)


@pytest.mark.parametrize(
    ("count", "base", "target", "response", "light"),
    [
        (18, 24, 0.80, 0.8, Light.YELLOW),  # EVALUATION 2.3: 55.1–88.0
        (18, 24, 0.75, 0.8, Light.GREEN),
        (18, 24, 0.88, 0.8, Light.YELLOW),
        (18, 24, 0.89, 0.8, Light.RED),
        (7, 7, 0.50, 0.8, Light.GREY),
        (8, 8, 0.50, 0.8, Light.GREEN),
        (24, 24, 0.50, 0.29, Light.GREY),
        (24, 24, 0.50, 0.30, Light.GREEN),
        (24, 24, 0.50, None, Light.GREEN),
        (0, 12, 0.24, 1.0, Light.YELLOW),
        (0, 12, 0.25, 1.0, Light.RED),
    ],
)
def test_light(count: int, base: int, target: float, response: float | None, light: Light) -> None:
    """Rules 1 and 2."""
    assert light_of(Share(count, base), target, response) is light


def test_grey_says_why() -> None:
    """Rules 2 and 3."""
    withheld = Withheld(Reason.SMALL_BLOCK, 5)
    found = [
        judged(GOAL, None, Share(7, 7), 0.9, late=False),
        judged(GOAL, None, Share(20, 20), 0.2, late=False),
        judged(GOAL, None, withheld, None, late=False),
        judged(GOAL, None, None, None, late=True),
        judged(OTHER, None, None, None, late=False),
    ]
    assert [(goal.light, str(goal.why)) for goal in found] == [
        (Light.GREY, "weniger als 8 Antworten"),
        (Light.GREY, "weniger als 30 % der Gruppe haben geantwortet"),
        (Light.GREY, "Weniger als 5 Antworten: zum Schutz nicht ausgewiesen."),
        (Light.GREY, "noch nicht gefragt"),
        (Light.GREY, "zählt das Team selbst"),
    ]
    assert [goal.late for goal in found] == [False, False, False, True, False]


def test_wide_interval_is_unsure() -> None:
    """Rule 4: 18 of 24 spans 33 points, 45 of 60 spans 21; grey is no light to doubt."""
    few = judged(GOAL, None, Share(18, 24), 0.8, late=False)
    many = judged(GOAL, None, Share(45, 60), 0.8, late=False)
    grey = judged(GOAL, None, Share(3, 6), 0.8, late=False)
    assert [each.is_unsure for each in (few, many, grey)] == [True, False, False]


@pytest.mark.parametrize(
    ("groups", "response", "strength"),
    [
        ((), None, Strength.LOW),
        ((9,), 1.0, Strength.LOW),
        ((10,), 1.0, Strength.MIDDLING),
        ((300,), 1.0, Strength.MIDDLING),
        ((30, 30), 0.5, Strength.HIGH),
        ((30, 29), 0.5, Strength.MIDDLING),
        ((30, 30), 0.49, Strength.MIDDLING),
        ((30, 30), 0.29, Strength.LOW),
        ((30, 30), None, Strength.MIDDLING),
        ((30, 30), 1.1, Strength.MIDDLING),
    ],
)
def test_confidence_is_the_weakest_mark(
    groups: tuple[int, ...], response: float | None, strength: Strength
) -> None:
    """Rule 5."""
    assert confidence(groups, response).strength is strength


def test_confidence_gives_its_reasons() -> None:
    """Rule 5."""
    once, twice = confidence((24,), 0.75, looks_back=True), confidence((40, 31), None)
    alike = confidence((31, 31), 0.9)
    assert [str(reason) for reason in once.reasons] == [
        "24 Antworten",
        "75 % Rücklauf",
        "im Rückblick gefragt, ohne Vergleichsgruppe",
    ]
    assert [str(reason) for reason in twice.reasons] == [
        "Antworten: 40 davor, 31 danach (die kleinere Zahl gilt)",
        "Rücklauf unbekannt",
        "ohne Vergleichsgruppe",
    ]
    assert str(alike.reasons[0]) == "Antworten: 31 davor, 31 danach"


def test_lights_differ_without_colour() -> None:
    """Rule 6."""
    assert [light.sign for light in Light] == ["●", "▲", "■", "○"]
    assert len({light.word for light in Light}) == 4
