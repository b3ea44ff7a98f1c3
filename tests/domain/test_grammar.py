"""Number and verb of every generated sentence, for every number of people from 0 to 40.

1. One person is singular in German, everybody else plural; "niemand" is singular.
2. Below eight answers a sentence says "zu wenige für eine Aussage", below twenty it has counts and
   from there percents; it never has both.
3. A fraction said in words is the nearest there is, and "etwa" stands before it.
4. What is counted beside the answers agrees with its number too.
5. In English, too, no 1 stands before a plural.
"""

import re
from dataclasses import replace
from datetime import date

import pytest

from survey_app.domain.at_a_glance import KEY_FINDINGS, goal_sentences, key_sentences, tiles
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.finding import said_of
from survey_app.domain.lights import confidence
from survey_app.domain.master_data import Attendance, MasterData, Occasion
from survey_app.domain.messages import Message, Words
from survey_app.domain.sheet import evaluation_sheet
from survey_app.domain.side_facts import sides
from survey_app.domain.statistics import Share
from survey_app.languages import load_languages
from tests.rendering.paper import GERMAN
from tests.support_sheets import AS_OF, SOMMERCAMP, YOUNG, everything, questionnaire, result

POLICY = DisclosurePolicy()
ENGLISH = load_languages().all["en"]
MOST = 40
LIMIT = 5  # behind three key sentences and two limits that every sheet has
SHARES = [Share(count, base) for base in range(1, MOST + 1) for count in range(base + 1)]
THINGS = "Antworten|Fachkräfte|Menschen|Personen|Rückmeldungen|Stunden|Termine|Ziele"
ONE_OF_MANY = re.compile(rf"(?<![\d.,+−])1 (?:junge )?(?:{THINGS})\b")
ONES = "answers|dates|goals|hours|people|persons|professionals|responses"
ONE_IN_ENGLISH = re.compile(rf"(?<![\d.,])1 (?:{ONES})\b")


def sentence(name: str, share: Share) -> str:
    return said_of(KEY_FINDINGS[name], share, POLICY).said(GERMAN).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("count", "base", "said"),
    [
        (0, 7, "0 von 7 (zu wenige für eine Aussage) fand das Angebot gut."),
        (1, 7, "1 von 7 (zu wenige für eine Aussage) fand das Angebot gut."),
        (2, 7, "2 von 7 (zu wenige für eine Aussage) fanden das Angebot gut."),
        (0, 40, "Niemand (0 %) fand das Angebot gut."),
        (1, 40, "Sehr wenige (2 %) fanden das Angebot gut."),
        (4, 40, "Wenige (10 %) fanden das Angebot gut."),
        (14, 18, "Etwa vier von fünf (14 von 18, mit großer Unsicherheit) fanden das Angebot gut."),
        (30, 40, "Etwa drei von vier (75 %) fanden das Angebot gut."),
        (39, 40, "Fast alle (98 %) fanden das Angebot gut."),
        (40, 40, "Alle (100 %) fanden das Angebot gut."),
    ],
)
def test_sentences_read_aloud(count: int, base: int, said: str) -> None:
    """Rules 1 to 3."""
    assert sentence("K1", Share(count, base)) == said


def test_the_verb_agrees_with_the_people() -> None:
    """Rule 1, all shares up to 40."""
    for share in SHARES:
        first, last = sentence("K1", share), sentence("K8", share)
        nobody_or_one = share.count == 0 or (share.count == 1 and share.base < 8)
        assert first.endswith(") fand das Angebot gut.") == nobody_or_one
        assert first.endswith(") fanden das Angebot gut.") == (not nobody_or_one)
        assert last.endswith(") weiß jetzt besser, wo es Hilfe gibt.") == nobody_or_one
        assert first.startswith("Niemand") == (share.count == 0 and share.base >= 8)


def test_few_are_counted_and_many_are_percents() -> None:
    """Rule 2."""
    for share in SHARES:
        said = sentence("K1", share)
        counts = f"{share.count} von {share.base}" in said
        assert ("zu wenige für eine Aussage" in said) == (share.base < 8)
        assert (counts, " %" in said) == (share.base < 20, share.base >= 20)


def test_etwa_stands_before_fractions_only() -> None:
    """Rule 3."""
    alone = {"Alle", "Fast", "Niemand", "Sehr", "Wenige"}
    for share in SHARES:
        word = sentence("K1", share).split()[0]
        assert word in ({"Etwa"} | alone if share.base >= 8 else {str(share.count)})


def sheet_messages(people: int, group: int) -> list[Message]:
    """Return what page 1 and the limits say of so many answers out of a group."""
    measure = replace(SOMMERCAMP, participants=group, invited=None)
    found = result(questionnaire(YOUNG), [{"k1": 5, "k8": 4}] * people)
    sheet = evaluation_sheet(measure, [found], policy=POLICY, as_of=AS_OF, recount_days=14)
    said = [*key_sentences(measure, found, POLICY), *sheet.limits, *sheet.confidence.reasons]
    return said + [tile.note for tile in tiles(measure, found, POLICY) if tile.note]


@pytest.mark.parametrize("words", [GERMAN, ENGLISH], ids=lambda words: words.code)
def test_no_one_stands_before_a_plural(words: Words) -> None:
    """Rules 4 and 5: a group of 0 is one whose size nobody knows."""
    wrong = ONE_OF_MANY if words is GERMAN else ONE_IN_ENGLISH
    for number in range(MOST + 1):
        said = [each.said(words) for each in sheet_messages(max(number, 5), number)]
        said += [each.said(words) for each in sheet_messages(20, 20 + number)]
        said += [each.said(words) for each in confidence((number,), 0.5).reasons]
        said += [each.said(words) for each in beside(number)]
        assert [each for each in said if wrong.search(each)] == []


def beside(number: int) -> list[Message]:
    """Return what the three sides of quality say where everything is there so often."""
    once = Occasion(day=date(2026, 10, 26), minutes=60, attended=1)
    occasions = (once,) * number
    master = MasterData(attendance=Attendance(occasions=occasions, professionals=number))
    return [each for side in sides(replace(SOMMERCAMP, master=master), ()) for each in side.bullets]


def test_who_did_not_answer_and_who_answered_twice() -> None:
    """Rule 4."""

    def limit(people: int, group: int) -> str:
        return sheet_messages(people, group)[LIMIT].said(GERMAN)

    assert limit(19, 20) == "1 von 20 hat nicht geantwortet und kann anders denken als die übrigen."
    assert limit(18, 20).startswith("2 von 20 haben nicht geantwortet; sie können")
    assert limit(21, 20) == (
        "Es kam 1 Rückmeldung mehr, als die Gruppe groß war (20): Vermutlich hat jemand mehrfach"
        " geantwortet."
    )
    assert limit(22, 20).startswith("Es kamen 2 Rückmeldungen mehr")


def test_goals_agree_with_their_number() -> None:
    """Rule 4: of everything() one goal is reached, one is not, one is unknown."""
    one, two, three = everything().goals
    groups = ((one, two, three), (two, three), (two,), (three,), (two, two, three, three))
    said = [" ".join(each.said(GERMAN) for each in goal_sentences(group)) for group in groups]
    assert said == [
        "1 von 2 Zielen ist nach den Antworten erreicht. Über 1 Ziel lässt sich noch nichts sagen.",
        "Das Ziel ist nach den Antworten erreicht. Über 1 Ziel lässt sich noch nichts sagen.",
        "Das Ziel ist nach den Antworten erreicht.",
        "Ob die Ziele erreicht sind, lässt sich noch nicht sagen.",
        (
            "2 von 2 Zielen sind nach den Antworten erreicht."
            " Über 2 Ziele lässt sich noch nichts sagen."
        ),
    ]
