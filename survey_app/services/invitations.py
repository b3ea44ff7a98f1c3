"""Inviting somebody by a link, and giving a link for another password: one mechanism for both.

No mail is sent. Whoever invites gets a link once and hands it on; opening it, the person chooses a
password. The link holds 256 random bits, the database only their hash (SHA-256 is enough: there is
nothing to guess). It works for seven days and once, and a new link ends the one before. A link
that is over, used or invented is one and the same: there is no such link.

Who has never chosen a password is invited to join; who has one gets another, and all logins end.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message, refuse
from survey_app.domain.rights import Actor, Reach, Role
from survey_app.services import accounts
from survey_app.storage import audit, invitations, places, staff
from survey_app.storage.database import Database
from survey_app.storage.invitations import Invitation
from survey_app.storage.staff import Account

__all__ = ["Account", "Invitation", "Link"]

VALID_FOR: Final = timedelta(days=7)
BYTES: Final = 32
OPERATOR: Final = "survey-app"  # who invites on the command line
ADDRESS: Final = "/team/einladung/{token}"  # of the page that a link opens

NO_PLACE: Final = N_("Diesen Ort gibt es in Ihrem Netzwerk nicht. Bitte wählen Sie aus der Liste.")
IS_OFF: Final = N_(
    "%(email)s ist ausgeschaltet. Schalten Sie das Konto erst ein, dann gibt es einen Link."
)


@dataclass(frozen=True)
class Link:
    """A link that was just made: the only time that `token` is known."""

    account: Account
    token: str = field(repr=False)
    expires_on: date

    @property
    def path(self) -> str:
        """Return the address of its page, below where staff log in."""
        return ADDRESS.format(token=self.token)


def invite(
    database: Database, *, email: str, by: Account, role: Role, place: int | None, today: date
) -> Link:
    """Make an account in the network of `by`, with a link to join.

    `place` is the id of what the role is limited to. Raises InvalidDefinition, with the name of the
    argument, if it cannot be.
    """
    with database.write() as connection:
        actor = actor_at(connection, by.network.id, role, place)
        return _invited(connection, email, actor, by=by.email, today=today)


def invite_from_outside(
    database: Database, *, email: str, network: str, role: Role, place: str | None, today: date
) -> Link:
    """Do the same on the command line, where network and place have names."""
    with database.write() as connection:
        owner = places.network_named(connection, network)
        if owner is None:
            raise InvalidDefinition(accounts.no_such_network(connection, network))
        actor = accounts.actor_named(connection, owner.id, role, place)
        return _invited(connection, email, actor, by=OPERATOR, today=today)


def renew(database: Database, network: int, account: int, *, by: str, today: date) -> Link | None:
    """Give an account of the network a new link; None if there is no such account.

    Raises InvalidDefinition for an account that is switched off.
    """
    with database.write() as connection:
        found = staff.of_network(connection, network, account)
        if not found:
            return None
        if not found[0].active:
            raise InvalidDefinition(Fault(Message(IS_OFF, {"email": found[0].email}), ("email",)))
        action = "new link" if found[0].has_password else "invite again"
        note(connection, found[0], action, by=by, today=today)
        return _link(connection, found[0], by=by, today=today)


def invitation_for(database: Database, token: str, today: date) -> Invitation | None:
    """Return what a link opens; None if it is over, used or invented."""
    with database.read() as connection:
        return _valid(connection, token, today)


def accept(database: Database, token: str, password: str, *, today: date) -> Account | None:
    """Use the link up, store the chosen password, and return the account as it is now.

    None if there is no such link (any more). Raises InvalidDefinition for a password too short.
    """
    refuse(accounts.faults_of_password(password))
    if invitation_for(database, token, today) is None:
        return None  # a stranger's guess is not worth a hash
    hashed = accounts.hashed_password(password)
    with database.write() as connection:
        invitation = _valid(connection, token, today)
        if invitation is None or not _taken(connection, invitation, token):
            return None
        account = invitation.account
        staff.store_password(
            connection, account, password=hashed, fs_uniquifier=accounts.new_uniquifier()
        )
        action = "chose another password" if account.has_password else "joined"
        note(connection, account, action, by=account.email, today=today)
        return staff.of_network(connection, account.network.id, account.id)[0]


def actor_at(connection: Connection, network: int, role: Role, place: int | None) -> Actor:
    """Return the actor of a role at the place with this id; raises InvalidDefinition."""
    reach = accounts.PLACES[role] if place is not None else Reach.NETWORK
    actor = Actor(network, role, reach, place)
    if not actor.is_sound:
        text = (
            accounts.NO_PLACE_WANTED if reach is Reach.NETWORK and place else accounts.PLACE_WANTED
        )
        raise InvalidDefinition(Fault(Message(text), ("place",)))
    if place is not None:
        known = {each.id for each in accounts.places_of(connection, network, reach)}
        if place not in known:
            raise InvalidDefinition(Fault(Message(NO_PLACE), ("place",)))
    return actor


def _invited(connection: Connection, email: str, actor: Actor, *, by: str, today: date) -> Link:
    address = accounts.normal_email(email)
    refuse(accounts.faults_of_email(address))
    network = places.get_network(connection, actor.network)
    assert network is not None  # noqa: S101 - whoever invites belongs to it
    try:
        account = staff.add(
            connection,
            network=network,
            email=address,
            password=staff.NO_PASSWORD,
            fs_uniquifier=accounts.new_uniquifier(),
            actor=actor,
        )
    except IntegrityError:  # maybe in a network that this connection cannot see
        taken = Message(accounts.TAKEN, {"email": address})
        raise InvalidDefinition(Fault(taken, ("email",))) from None
    note(connection, account, "invite", by=by, today=today, detail=told(actor))
    return _link(connection, account, by=by, today=today)


def _link(connection: Connection, account: Account, *, by: str, today: date) -> Link:
    token, last = secrets.token_urlsafe(BYTES), today + VALID_FOR
    invitations.put(connection, account, digest=_digest(token), invited_by=by, expires_on=last)
    return Link(account, token, last)


def _taken(connection: Connection, invitation: Invitation, token: str) -> bool:
    return invitations.take(connection, invitation.account.network.id, _digest(token))


def _valid(connection: Connection, token: str, today: date) -> Invitation | None:
    found = invitations.with_digest(connection, _digest(token))
    if found is None or today > found.expires_on or not found.account.active:
        return None
    return found


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()


def told(actor: Actor) -> str:
    """Return role and place as the audit log has them."""
    return actor.role if actor.place is None else f"{actor.role}, {actor.reach} {actor.place}"


def note(
    connection: Connection, account: Account, action: str, *, by: str, today: date, detail: str = ""
) -> None:
    """Write into the audit log what was done about an account."""
    audit.note(
        connection,
        network=account.network.id,
        day=today,
        actor=by,
        action=action,
        subject=account.email,
        detail=detail,
    )
