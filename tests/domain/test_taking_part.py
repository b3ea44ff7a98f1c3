"""The next way to take part, and handing results back to a school.

1. An address is linked only if it is https with the name of a host, and nothing hides in it.
2. A ready sentence or own words; a sentence with a day in it needs the day; nothing is too long.
3. What is over, or not to be shown, is not ahead.
4. Every ready sentence has a label to choose it by, and says its day.
5. What was handed back has a day since the first count and not after today, and somebody who did it;
   what is counted afterwards is due again.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from survey_app.domain import handing_back
from survey_app.domain.handing_back import HandedBack
from survey_app.domain.taking_part import (
    LABELS,
    LONGEST,
    SENTENCES,
    NextWay,
    Way,
    faults_of,
    host_of,
)
from tests.support_field import TODAY

DAY = timedelta(days=1)
PIZZA = NextWay(way=Way.MEETING, text="17 Uhr, mit Pizza.", day=TODAY + DAY)


def fields(new: NextWay) -> list[str]:
    return [str(fault.at[0]) for fault in faults_of(new, TODAY)]


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://jugendforum.example", "jugendforum.example"),
        ("https://www.jugendforum.example/termine?jahr=2026#mai", "www.jugendforum.example"),
        ("HTTPS://Jugendforum.Example/", "jugendforum.example"),
        ("https://jugend-köln.de/mitmachen", "jugend-köln.de"),
        ("https://xn--jugend-kln-ecb.de", "xn--jugend-kln-ecb.de"),
    ],
)
def test_an_address_shows_its_host(link: str, host: str) -> None:
    """Rule 1."""
    assert host_of(link) == host
    assert fields(replace(PIZZA, link=link)) == []


@pytest.mark.parametrize(
    "link",
    [
        "http://jugendforum.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "//jugendforum.example",
        "jugendforum.example",
        "https:jugendforum.example",
        "https:///jugendforum.example",
        "https://bank.example@boese.example/",
        "https://jugendforum.example:8443/",
        "https://jugendforum.example:x/",
        "https://[::1]/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://jugendforum.example\\@boese.example",
        "https://jugendforum.example/\nSet-Cookie: x",
        'https://jugendforum.example/"><script>',
        "https://jugendforum.example /x",
        "https://аpple.example",
        "https://-x.example",
        "https://" + "a" * 64 + ".example",
        "https://jugendforum.example/" + "a" * 300,
    ],
)
def test_anything_else_is_no_address(link: str) -> None:
    """Rule 1."""
    assert host_of(link) == ""
    assert fields(replace(PIZZA, link=link)) == ["link"]


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        (PIZZA, []),
        (replace(PIZZA, day=None), ["day"]),
        (replace(PIZZA, text=""), []),
        (NextWay(way=Way.CONTACT), []),
        (NextWay(text="Kommt vorbei."), []),
        (NextWay(), ["text"]),
        (replace(PIZZA, text="x" * LONGEST), []),
        (replace(PIZZA, text="x" * (LONGEST + 1)), ["text"]),
        (replace(PIZZA, day=TODAY), []),
        (replace(PIZZA, day=TODAY - DAY), ["day"]),
        (replace(PIZZA, day=TODAY - DAY, shown=False), []),
    ],
)
def test_what_is_missing_is_named(new: NextWay, wrong: list[str]) -> None:
    """Rule 2."""
    assert fields(new) == wrong


def test_what_is_over_or_hidden_is_not_ahead() -> None:
    """Rule 3."""
    ahead = [PIZZA.is_ahead(TODAY + each * DAY) for each in (0, 1, 2)]
    assert ahead == [True, True, False]
    assert not replace(PIZZA, shown=False).is_ahead(TODAY)
    assert NextWay(way=Way.CONTACT).is_ahead(TODAY + 999 * DAY)


@pytest.mark.parametrize("way", Way)
def test_every_sentence_can_be_chosen_and_says_its_day(way: Way) -> None:
    """Rule 4."""
    said = NextWay(way=way, day=TODAY)
    assert way in LABELS
    assert (said.sentence is None) == (way is Way.OWN) == (way not in SENTENCES)
    assert (said.day_beside is None) == way.needs_day
    assert way.needs_day == ("2026-11-21" in str(said.sentence))


@pytest.mark.parametrize(
    ("day", "by", "counted_on", "wrong"),
    [
        (TODAY, "Herr Albrecht", TODAY, []),
        (TODAY - DAY, "Herr Albrecht", TODAY, ["day"]),
        (TODAY + DAY, "Herr Albrecht", TODAY, ["day"]),
        (TODAY, "", TODAY, ["by"]),
        (TODAY, "x" * 101, TODAY, ["by"]),
        (TODAY, "Herr\nAlbrecht", TODAY, ["by"]),
        (TODAY, "Herr Albrecht", None, ["day"]),
    ],
)
def test_handing_back_has_a_day_and_somebody(
    day: object, by: str, counted_on: object, wrong: list[str]
) -> None:
    """Rule 5."""
    found = handing_back.faults_of(HandedBack(day, by), counted_on, TODAY)  # type: ignore[arg-type]
    assert [fault.at[0] for fault in found] == wrong


def test_what_is_counted_later_is_due_again() -> None:
    """Rule 5."""
    handed = HandedBack(TODAY, "Herr Albrecht")
    assert not handing_back.is_due(None, [])
    assert handing_back.is_due(None, [TODAY])
    assert not handing_back.is_due(handed, [TODAY - DAY, TODAY])
    assert handing_back.is_due(handed, [TODAY, TODAY + DAY])
