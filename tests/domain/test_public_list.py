"""What everybody may see of a measure.

1. A name in an address is plain: umlauts are spelled out, accents go, sixty characters at most, and
   never nothing.
2. A measure is called the same as long as the list lives; another list calls it otherwise, and its
   number is not in its name.
3. People are said in tens, rounded down, and below ten not at all.
4. Commitments are known once results for young people are out, those that are done by their wish;
   until then there is the day for which results are announced. Professionals alone change nothing.
5. Nothing of the institution, of costs or of the people in charge fits into what is shown.
6. A choice narrows down by municipality and topic; what is for the whole district is for each town;
   words that mean nothing choose nothing.
7. Names of institutions are found in the texts, whatever their case.
"""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from survey_app.domain.commitment import Commitment, Status
from survey_app.domain.measure import (
    Measure,
    Municipality,
    Network,
    Organisation,
    Setting,
    Site,
    Topic,
)
from survey_app.domain.public_list import (
    Choice,
    Listed,
    Town,
    at_least,
    choice_of,
    key_in,
    key_of,
    listed,
    names_in,
    rounded_down,
    slug_of,
)
from survey_app.domain.questionnaire import Audience
from survey_app.domain.wave import Wave
from tests.support_field import TODAY, WAVE, questionnaire_from

BRUEGGEN = Municipality(11, 1, "05166004", "Brüggen")
KEMPEN = Municipality(12, 1, "05166012", "Kempen")
CAMP = Measure(
    id=4711,
    network=Network(1, "Kreis Beispiel", "kontakt@beispiel.example"),
    title="Sommercamp „Größe zeigen“",
    summary="Eine Woche am See.",
    topic=Topic.STRESS,
    secondary_topics=(Topic.MOVEMENT,),
    municipality=BRUEGGEN,
    organisation=Organisation(21, 1, "Jugendamt Geheim"),
    site=Site(31, 1, 11, "Schule Geheim", Setting.SCHOOL),
    starts_on=date(2026, 8, 3),
    ends_on=date(2026, 8, 7),
    invited=38,
    participants=9,
)
ASKED = Wave(
    id=1,
    network=1,
    measure=CAMP.id,
    questionnaire=questionnaire_from(WAVE),
    opens_on=TODAY - timedelta(days=40),
    closes_on=TODAY - timedelta(days=30),
    closed_on=TODAY - timedelta(days=29),
)
GROWN_UPS = replace(
    ASKED,
    id=2,
    questionnaire=ASKED.questionnaire.model_copy(update={"audience": Audience.PROFESSIONALS}),
)
BOAT = Commitment(
    id=1,
    network=1,
    measure=CAMP.id,
    wish="Ein Boot",
    status=Status.DONE,
    answer="Es liegt am Steg.",
    office="Jugendamt",
    decided_on=TODAY,
)
PAUSES = replace(BOAT, id=2, wish="Pausen", status=Status.PLANNED, due_on=TODAY)
SECRET = b"s" * 16


def entry(measure: Measure = CAMP, *waves: Wave, today: date = TODAY) -> Listed:
    return listed(measure, waves, [BOAT, PAUSES], SECRET, today)


# Rule 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Netzwerk Gesunde Kommune Kreis Viersen", "netzwerk-gesunde-kommune-kreis-viersen"),
        ("Größe & Übermut – GRÜẞE!", "groesse-uebermut-gruesse"),
        ("Café Zoë, Łódź", "cafe-zoe-lodz"),
        ("Mu\u0308ll", "muell"),
        ("شبكة", "netzwerk"),
        ("…", "netzwerk"),
        ("x" * 200, "x" * 60),
        ("wort " * 30, "-".join(["wort"] * 12)),
        ("../team?a=b#c", "team-a-b-c"),
    ],
)
def test_names_in_addresses_are_plain(name: str, slug: str) -> None:
    assert slug_of(name, "netzwerk") == slug


# Rule 2


def test_measure_keeps_its_key_when_its_title_changes() -> None:
    before, after = entry(), entry(replace(CAMP, title="Herbstcamp"))
    assert before.name == f"sommercamp-groesse-zeigen-{key_of(SECRET, CAMP.id)}"
    assert after.name == f"herbstcamp-{before.key}"
    assert key_in(before.name) == key_in(after.name) == before.key


def test_keys_of_two_lists_have_nothing_in_common() -> None:
    keys = [key_of(secret, number) for secret in (SECRET, b"t" * 16) for number in range(1, 200)]
    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {8}
    assert str(CAMP.id) not in entry().name


# Rule 3


@pytest.mark.parametrize(
    ("people", "said"), [(None, None), (0, None), (9, None), (10, 10), (39, 30), (1234, 1230)]
)
def test_people_are_rounded_down(people: int | None, said: int | None) -> None:
    assert rounded_down(people) == said


def test_people_are_said_in_words() -> None:
    assert (entry().invited, entry().took_part) == (30, None)
    assert str(at_least(30)) == "mindestens 30 junge Menschen"


# Rule 4


def test_commitments_are_public_with_the_results() -> None:
    day = ASKED.results_from
    before, after = (
        entry(CAMP, ASKED, today=day - timedelta(days=1)),
        entry(CAMP, ASKED, today=day),
    )
    assert (before.has_results, before.results_from) == (False, day)
    assert (before.successes, before.promised) == ((), 0)
    assert (after.has_results, after.results_from) == (True, None)
    assert (after.successes, after.promised) == (("Ein Boot",), 2)


def test_what_is_open_or_of_professionals_announces_nothing() -> None:
    still_open = replace(ASKED, closed_on=None)
    for waves in ((), (still_open,), (GROWN_UPS,)):
        shown = entry(CAMP, *waves)
        assert (shown.has_results, shown.results_from, shown.promised) == (False, None, 0)


# Rule 5


def test_nothing_else_fits_in() -> None:
    assert {field.name for field in fields(Listed)} == {
        *("key", "title", "summary", "towns", "topics", "starts_on", "ends_on"),
        *("invited", "took_part", "has_results", "results_from", "successes", "promised"),
    }
    assert "Geheim" not in repr(entry(CAMP, ASKED))
    assert str(CAMP.id) not in repr(entry(CAMP, ASKED))


# Rule 6


def test_choosing() -> None:
    here = entry()
    there = entry(replace(CAMP, municipality=KEMPEN, topic=Topic.NUTRITION, secondary_topics=()))
    both = entry(replace(CAMP, also_in=(KEMPEN,), topic=Topic.NETWORKING))
    everywhere = entry(replace(CAMP, district_wide=True))
    assert both.towns == (Town("05166004", "Brüggen"), Town("05166012", "Kempen"))
    assert everywhere.towns == ()
    known = [here, there, both, everywhere]

    def chosen(town: str = "", topic: str = "") -> list[bool]:
        choice = choice_of(town, topic, known)
        return [choice.holds(each) for each in known]

    assert chosen() == [True] * 4
    assert chosen("05166012") == [False, True, True, True]
    assert chosen(topic="movement") == [True, False, True, True]
    assert chosen("05166012", "nutrition") == [False, True, False, False]
    assert choice_of("05166999", "tanzen", known) == Choice()
    assert not Choice()
    assert choice_of("05166012", "", known)


# Rule 7


def test_names_are_found() -> None:
    names = ["Schule am See", "Jugendhaus"]
    assert names_in(["Eine Woche an der SCHULE AM SEE."], names) == ("Schule am See",)
    assert names_in(["Eine Woche am See."], names) == ()
