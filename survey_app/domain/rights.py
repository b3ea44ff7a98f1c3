"""Who may do what, where: one table and one function, and whatever is not written here is denied.

A person has one role, and a reach: all of a network, or one municipality, organisation or site of
it. A role lists its rights; what they reach is the person's reach. The question is always the same:

    may(actor, Right.SEE_RESULTS, measure)

and the answer for a measure of another network, or outside of the reach, is no. Pages turn that
into "there is no such thing" (404), so that nobody learns what exists elsewhere.

An administrator hands out accounts and sees no result; who sees results hands out no account.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from survey_app.domain.measure import Measure, Publication
from survey_app.domain.messages import N_


class Role(StrEnum):
    """What a person is for a network."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    EVALUATOR = "evaluator"
    YOUTH_WORKER = "youth_worker"
    SCHOOL_CONTACT = "school_contact"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return LABELS[self]

    @property
    def needs_second_factor(self) -> bool:
        """Return whether a password alone is not enough: for who sees or grants more than a bit."""
        return self in (Role.ADMINISTRATOR, Role.COORDINATOR, Role.EVALUATOR)


class Right(StrEnum):
    """What can be done. A page, a file and a button each ask for exactly one."""

    SEE_MEASURES = "see_measures"
    PLAN = "plan"  # measures: new, change, copy
    SUBMIT = "submit"  # hand over to be checked what is known about a measure
    CHECK = "check"  # check, approve and publish it (`may_move`)
    FIELD = "field"  # waves: plan, open, close, ways in
    PRINT = "print"
    ENTER_PAPER = "enter_paper"
    IMPORT = "import"
    SEE_RESULTS = "see_results"
    EXPORT = "export"
    REVIEW = "review"
    PROMISE = "promise"  # commitments, and when results are shown
    APPROVE = "approve"  # record that a school agreed
    CONSENT = "consent"  # record that an institution lets its results be told as its town's
    MANAGE_PLACES = "manage_places"
    BRAND = "brand"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_AUDIT = "read_audit"
    PUBLISH = "publish"  # the public list of the network


class Reach(StrEnum):
    """How far a person's rights go."""

    NETWORK = "network"
    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"
    SITE = "site"


@dataclass(frozen=True)
class Actor:
    """Somebody who asks: a role in a network, with the one place it is limited to, if any.

    `place` is the id of a municipality, organisation or site, by the reach; None for a network.
    """

    network: int
    role: Role
    reach: Reach = Reach.NETWORK
    place: int | None = None

    @property
    def is_sound(self) -> bool:
        """Return whether this role can have this reach, and a place if and only if it needs one."""
        return self.reach in REACHES[self.role] and (self.place is None) == (
            self.reach is Reach.NETWORK
        )


def may(actor: Actor, right: Right, measure: Measure | None = None) -> bool:
    """Return whether somebody may do this: at all, or to this measure."""
    if not actor.is_sound or right not in RIGHTS.get(actor.role, frozenset()):
        return False
    return measure is None or reaches(actor, measure)


def may_move(actor: Actor, measure: Measure, step: Publication) -> bool:
    """Return whether somebody may say that what is known about a measure is this far.

    Whoever plans hands over, and may take back what nobody has looked at yet. All further steps,
    and every step back from one of them, are for those who check.
    """
    if not may(actor, Right.SUBMIT, measure):
        return False
    return may(actor, Right.CHECK, measure) or {measure.publication, step} <= UNCHECKED


def reaches(actor: Actor, measure: Measure) -> bool:
    """Return whether a measure lies within somebody's reach."""
    if measure.network.id != actor.network:
        return False
    site = measure.site.id if measure.site else None
    places = {
        Reach.NETWORK: None,
        Reach.MUNICIPALITY: measure.municipality.id,
        Reach.ORGANISATION: measure.organisation.id,
        Reach.SITE: site,
    }
    return actor.reach is Reach.NETWORK or (
        actor.place is not None and places[actor.reach] == actor.place
    )


UNCHECKED: Final = frozenset({Publication.DRAFT, Publication.SUBMITTED})
REACHES: Mapping[Role, frozenset[Reach]] = {
    Role.ADMINISTRATOR: frozenset({Reach.NETWORK}),
    Role.COORDINATOR: frozenset({Reach.NETWORK}),
    Role.EVALUATOR: frozenset({Reach.NETWORK, Reach.MUNICIPALITY}),
    Role.YOUTH_WORKER: frozenset({Reach.ORGANISATION}),
    Role.SCHOOL_CONTACT: frozenset({Reach.SITE}),
}

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(
        {Right.MANAGE_ACCOUNTS, Right.MANAGE_PLACES, Right.BRAND, Right.READ_AUDIT}
    ),
    Role.COORDINATOR: frozenset(Right) - {Right.MANAGE_ACCOUNTS, Right.REVIEW},
    Role.EVALUATOR: frozenset(
        {
            Right.SEE_MEASURES,
            Right.SEE_RESULTS,
            Right.EXPORT,
            Right.REVIEW,
            Right.SUBMIT,
            Right.CHECK,
            Right.IMPORT,
            Right.ENTER_PAPER,
        }
    ),
    Role.YOUTH_WORKER: frozenset(
        {
            Right.SEE_MEASURES,
            Right.PLAN,
            Right.SUBMIT,
            Right.FIELD,
            Right.PRINT,
            Right.ENTER_PAPER,
            Right.IMPORT,
            Right.SEE_RESULTS,
            Right.PROMISE,
            Right.APPROVE,
        }
    ),
    Role.SCHOOL_CONTACT: frozenset({Right.SEE_MEASURES, Right.SEE_RESULTS, Right.APPROVE}),
}

LABELS = {
    Role.ADMINISTRATOR: N_("Verwaltung der Konten"),
    Role.COORDINATOR: N_("Koordination"),
    Role.EVALUATOR: N_("Auswertung"),
    Role.YOUTH_WORKER: N_("Jugendarbeit"),
    Role.SCHOOL_CONTACT: N_("Ansprechperson der Einrichtung"),
}
