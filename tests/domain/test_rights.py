"""Who may do what, where.

1. What is not written down is denied: every role × right is in the table below, right by right.
2. Rights end at the network, and at the place a person is limited to.
3. A role with an impossible reach may do nothing.
4. Whoever hands out accounts sees no results, and the other way round.
5. A second factor is compulsory for administrators, coordinators and evaluators.
6. Whoever plans hands over what is known about a measure; coordination and evaluation check it.
"""

from dataclasses import replace
from datetime import date

import pytest

from survey_app.domain.measure import (
    Law,
    Measure,
    Municipality,
    Network,
    Organisation,
    Publication,
    Setting,
    Site,
    Topic,
)
from survey_app.domain.rights import REACHES, Actor, Reach, Right, Role, may, may_move

HERE, ELSEWHERE = 1, 2
TOWN, CARRIER, SCHOOL = 11, 21, 31

# a administrator, c coordinator, e evaluator, y youth worker, s school contact
WRITTEN = {
    Right.SEE_MEASURES: "ceys",
    Right.PLAN: "cy",
    Right.FIELD: "cy",
    Right.PRINT: "cy",
    Right.ENTER_PAPER: "cey",
    Right.IMPORT: "cey",
    Right.SEE_RESULTS: "ceys",
    Right.EXPORT: "ce",
    Right.REVIEW: "e",
    Right.PROMISE: "cy",
    Right.CONSENT: "c",
    Right.APPROVE: "cys",
    Right.MANAGE_PLACES: "ac",
    Right.BRAND: "ac",
    Right.MANAGE_ACCOUNTS: "a",
    Right.READ_AUDIT: "ac",
    Right.PUBLISH: "c",
    Right.SUBMIT: "cey",
    Right.CHECK: "ce",
}
OWN = {
    Role.ADMINISTRATOR: Actor(HERE, Role.ADMINISTRATOR),
    Role.COORDINATOR: Actor(HERE, Role.COORDINATOR),
    Role.EVALUATOR: Actor(HERE, Role.EVALUATOR, Reach.MUNICIPALITY, TOWN),
    Role.YOUTH_WORKER: Actor(HERE, Role.YOUTH_WORKER, Reach.ORGANISATION, CARRIER),
    Role.SCHOOL_CONTACT: Actor(HERE, Role.SCHOOL_CONTACT, Reach.SITE, SCHOOL),
}


def measure(
    *, network: int = HERE, town: int = TOWN, carrier: int = CARRIER, school: int | None = SCHOOL
) -> Measure:
    """Return Sommercamp at these places."""
    site = Site(school, network, town, "Schule am See", Setting.SCHOOL) if school else None
    return Measure(
        id=1,
        network=Network(network, "Kreis Beispiel", "kontakt@beispiel.example"),
        title="Sommercamp",
        summary="",
        topic=Topic.MEDIA_LITERACY,
        municipality=Municipality(town, network, "05166004", "Brüggen"),
        organisation=Organisation(carrier, network, "Jugendamt", Law.GDPR),
        site=site,
        starts_on=date(2026, 11, 21),
        ends_on=date(2026, 11, 21),
    )


def test_every_right_is_written_down() -> None:
    """Rule 1."""
    assert WRITTEN.keys() == set(Right)
    assert {role.value[0] for role in Role} == set("aceys")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_role_has_the_rights_that_are_written_and_no_other(right: Right, role: Role) -> None:
    """Rule 1."""
    allowed = role.value[0] in WRITTEN[right]
    assert may(OWN[role], right) is allowed
    assert may(OWN[role], right, measure()) is allowed


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_rights_end_at_the_network(right: Right, role: Role) -> None:
    """Rule 2."""
    assert not may(OWN[role], right, measure(network=ELSEWHERE))


@pytest.mark.parametrize(
    ("role", "other"),
    [
        (Role.EVALUATOR, measure(town=12)),
        (Role.YOUTH_WORKER, measure(carrier=22)),
        (Role.SCHOOL_CONTACT, measure(school=32)),
        (Role.SCHOOL_CONTACT, measure(school=None)),
    ],
)
def test_rights_end_at_the_place(role: Role, other: Measure) -> None:
    """Rule 2."""
    assert may(OWN[role], Right.SEE_MEASURES, measure())
    assert not may(OWN[role], Right.SEE_MEASURES, other)


def test_evaluator_of_a_network_sees_every_town() -> None:
    """Rule 2."""
    assert may(Actor(HERE, Role.EVALUATOR), Right.SEE_RESULTS, measure(town=12))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize("place", [None, 11])
def test_impossible_reach_may_do_nothing(role: Role, reach: Reach, place: int | None) -> None:
    """Rule 3."""
    sound = reach in REACHES[role] and (place is None) == (reach is Reach.NETWORK)
    actor = Actor(HERE, role, reach, place)
    assert any(may(actor, right) for right in Right) is sound


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("now", Publication)
@pytest.mark.parametrize("step", Publication)
def test_who_may_say_how_far_a_measure_is(role: Role, now: Publication, step: Publication) -> None:
    """Rule 6."""
    begun = {Publication.DRAFT, Publication.SUBMITTED}
    allowed = {
        Role.ADMINISTRATOR: False,
        Role.COORDINATOR: True,
        Role.EVALUATOR: True,
        Role.YOUTH_WORKER: now in begun and step in begun,
        Role.SCHOOL_CONTACT: False,
    }
    known = replace(measure(), publication=now)
    assert may_move(OWN[role], known, step) is allowed[role]
    assert not may_move(OWN[role], replace(known, network=replace(known.network, id=9)), step)


def test_nobody_grants_and_sees() -> None:
    """Rule 4."""
    both = {Right.MANAGE_ACCOUNTS, Right.SEE_RESULTS}
    assert [role for role in Role if all(may(OWN[role], right) for right in both)] == []


def test_second_factor_is_compulsory_for_whoever_sees_much() -> None:
    """Rule 5."""
    assert [role for role in Role if not role.needs_second_factor] == [
        Role.YOUTH_WORKER,
        Role.SCHOOL_CONTACT,
    ]
