"""Consents of institutions: recorded, revoked, and asked about when a roll-up rests on one.

Recording needs the right and nothing else: what an institution said, and who said so there, is for
the coordination to know. A roll-up asks for it after it was counted: only a question that most
answers to come from one institution needs its word (domain/consent.py).
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from sqlalchemy import Connection

from survey_app.domain.consent import Consent, Institution, NewConsent, faults_of, institution_named
from survey_app.domain.ledger import Refused
from survey_app.domain.measure import Measure
from survey_app.domain.messages import refuse
from survey_app.domain.roll_up_core import relied_on
from survey_app.domain.rollup import RolledUp
from survey_app.services.acting import By, note
from survey_app.storage import consents, ledger, measures
from survey_app.storage.database import Database

Count = Callable[[Collection[str]], RolledUp | Refused]
"""Count a roll-up with the consent of some institutions."""


def consents_of(
    database: Database, network: int
) -> tuple[tuple[Consent, ...], tuple[Institution, ...]]:
    """Return all consents, those in force first, and the institutions that have measures."""
    with database.read() as connection:
        held = consents.of_network(connection, network)
        known = _institutions(connection, network)
    return tuple(sorted(held, key=_as_read)), known


def record(database: Database, network: int, new: NewConsent, by: By) -> int:
    """Store a consent and return its id.

    Raises InvalidDefinition with the name of the field where something is wrong.
    """
    with database.write() as connection:
        ledger.lock(connection, network)  # two at once would both find no consent yet
        known = _institutions(connection, network)
        refuse(faults_of(new, by.today, known, consents.of_network(connection, network)))
        institution = institution_named(new.institution, known)
        if institution is None:
            raise LookupError(new.institution)  # `faults_of` has said so
        number = consents.add(
            connection,
            network,
            institution,
            agreed_on=new.agreed_on,
            agreed_by=new.agreed_by,
            recorded_by=by.actor,
        )
        note(connection, network, by, "record consent", institution.key)
        return number


def revoke(database: Database, network: int, consent: Consent, by: By) -> bool:
    """End a consent; what was released with it stays. Return whether there was one in force."""
    with database.write() as connection:
        if not consents.revoke(connection, network, consent.id, by.today):
            return False
        note(connection, network, by, "revoke consent", consent.institution.key)
        return True


def held_by(database: Database, network: int) -> tuple[Consent, ...]:
    """Return all consents of a network, the revoked ones too."""
    with database.read() as connection:
        return consents.of_network(connection, network)


def counted_with_consent(
    database: Database,
    network: int,
    name: str,
    held: Sequence[Consent],
    count: Count,
    *,
    today: date,
) -> RolledUp | Refused:
    """Return a roll-up that shows what rests on a consent only where there is one.

    `count` is asked again where a consent was revoked and this is not what was released with it.
    """
    rolled = count({each.institution.key for each in held})
    if isinstance(rolled, Refused) or not relied_on(rolled):
        return rolled
    with database.read() as connection:
        used = consents.uses(connection, network, name)
    allowed = [
        each
        for each in held
        if each.holds(today) or consents.use_of(each.id, rolled.release) in used
    ]
    if not relied_on(rolled) <= {each.institution.key for each in allowed}:
        rolled = count({each.institution.key for each in allowed})
    if isinstance(rolled, RolledUp):
        _remember(database, network, rolled, allowed, used, today)
    return rolled


def _remember(
    database: Database,
    network: int,
    rolled: RolledUp,
    allowed: Collection[Consent],
    used: Collection[consents.Use],
    today: date,
) -> None:
    needed = {
        consents.use_of(each.id, rolled.release)
        for each in allowed
        if each.institution.key in relied_on(rolled)
    }
    if needed - set(used):
        with database.write() as connection:
            ledger.lock(connection, network)
            there = consents.uses(connection, network, rolled.release.name)
            consents.add_uses(connection, network, needed - there, today)


def _institutions(connection: Connection, network: int) -> tuple[Institution, ...]:
    found = {each.key: each for each in map(_of, measures.all_of(connection, network))}
    return tuple(sorted(found.values(), key=lambda each: (each.name.casefold(), each.key)))


def _of(measure: Measure) -> Institution:
    if measure.site:
        return Institution("site", measure.site.id, measure.site.name)
    return Institution("organisation", measure.organisation.id, measure.organisation.name)


def _as_read(consent: Consent) -> tuple[bool, str, int]:
    return consent.revoked_on is not None, consent.institution.name.casefold(), consent.id
