"""Accounts of staff: made on the command line, used by the login of `web/account`.

Nobody registers and nobody is sent a mail: whoever runs an installation makes an account for each
person and hands over the password. Passwords are hashed with argon2id in its common text form
(``$argon2id$v=19$m=65536,t=3,p=4$…``, the second recommendation of RFC 9106), with nothing added
from the configuration, so that every tool that knows argon2 can check them.

An address is compared without regard to case, and a password in Unicode's NFKD form: an umlaut
comes in one coding from a Mac and in another from a PC.
"""

import secrets
import unicodedata
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Final

from argon2 import PasswordHasher
from sqlalchemy import Connection

from survey_app.domain.collector import ALPHABET
from survey_app.domain.measure import Municipality, Organisation, Site
from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message, refuse
from survey_app.domain.rights import Actor, Reach, Role
from survey_app.services.logins import note
from survey_app.storage import logins, places, staff
from survey_app.storage.database import Database

Account = staff.Account  # whoever calls this module needs its name

NORMAL_FORM: Final = "NFKD"
LONGEST_EMAIL: Final = 200  # what a line of the audit log can hold
SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200
ROUNDS: Final = 3
MEMORY_KIB: Final = 64 * 1024
LANES: Final = 4

NO_ADDRESS = N_("„%(email)s“ ist keine E-Mail-Adresse.")
TAKEN = N_("Für %(email)s gibt es schon ein Konto.")
NO_ACCOUNT = N_("Für %(email)s gibt es kein Konto.")
NO_SUCH_NETWORK = N_("Das Netzwerk „%(name)s“ gibt es nicht. Es gibt: %(names)s.")
NO_SUCH_PLACE = N_("„%(name)s“ gibt es in diesem Netzwerk nicht. Es gibt: %(names)s.")
NO_PLACE_WANTED = N_("Diese Rolle gilt für das ganze Netzwerk. Bitte keinen Ort angeben.")
PLACE_WANTED = N_(
    "Diese Rolle gilt für einen Träger oder eine Einrichtung. Bitte den Namen angeben."
)
WRONG_LENGTH = N_("Das Passwort braucht %(least)s bis %(most)s Zeichen.")


# What a role is limited to, if somebody names a place.
PLACES: Final = {
    Role.ADMINISTRATOR: Reach.NETWORK,
    Role.COORDINATOR: Reach.NETWORK,
    Role.EVALUATOR: Reach.MUNICIPALITY,
    Role.YOUTH_WORKER: Reach.ORGANISATION,
    Role.SCHOOL_CONTACT: Reach.SITE,
}


def open_account(
    database: Database,
    *,
    email: str,
    network: str,
    password: str,
    role: Role = Role.COORDINATOR,
    place: str | None = None,
) -> Account:
    """Store an account for somebody of the network with this name.

    `place` is the name of what the role is limited to: an organisation for a youth worker, a site
    for a school contact, a municipality for an evaluator who has only one. Raises
    InvalidDefinition, with the name of the argument, if it cannot be.
    """
    address = normal_email(email)
    refuse(_faults_of_login(address, password))
    hashed = hashed_password(password)
    with database.write() as connection:
        owner = places.network_named(connection, network)
        if owner is None:
            raise InvalidDefinition(no_such_network(connection, network))
        if staff.with_email(connection, address) is not None:
            raise InvalidDefinition(Fault(Message(TAKEN, {"email": address}), ("email",)))
        return staff.add(
            connection,
            network=owner,
            email=address,
            password=hashed,
            fs_uniquifier=new_uniquifier(),
            actor=actor_named(connection, owner.id, role, place),
        )


def set_password(database: Database, *, email: str, password: str, by: str, today: date) -> None:
    """Give an account another password and end its logins; raises InvalidDefinition."""
    address = normal_email(email)
    refuse(_faults_of_login(address, password))
    hashed = hashed_password(password)
    with database.write() as connection:
        account = staff.with_email(connection, address)
        if account is None:
            raise InvalidDefinition(Fault(Message(NO_ACCOUNT, {"email": address}), ("email",)))
        staff.store_password(connection, account, password=hashed, fs_uniquifier=new_uniquifier())
        logins.remove_all(connection, account.id)
        note(connection, account, "change password", today=today, by=by)


def renew_hash(database: Database, account: Account, password: str) -> None:
    """Store the hash of the same password, made with newer parameters; logins stay."""
    with database.write() as connection:
        staff.store_password(
            connection, account, password=password, fs_uniquifier=account.fs_uniquifier
        )


def account_with_email(database: Database, email: str) -> Account | None:
    """Return the account of an address in whatever case."""
    with database.read() as connection:
        return staff.with_email(connection, normal_email(email))


def account_logged_in(database: Database, uniquifier: str) -> Account | None:
    """Return the account that a login cookie means."""
    with database.read() as connection:
        return staff.with_uniquifier(connection, uniquifier)


def new_password() -> str:
    """Return a password of 80 random bits that can be read from paper: ``K7QX-M2RD-…``."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def hashed_password(password: str) -> str:
    """Return the hash that is stored."""
    hasher = PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=LANES)
    return hasher.hash(unicodedata.normalize(NORMAL_FORM, password))


def normal_email(email: str) -> str:
    """Return an address as it is stored."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def _faults_of_login(email: str, password: str) -> list[Fault]:
    return faults_of_email(email) + faults_of_password(password)


def faults_of_email(email: str) -> list[Fault]:
    """Return what is wrong with an address, written as it is stored."""
    local, _, domain = email.rpartition("@")
    too_long = len(email) > LONGEST_EMAIL
    if local and domain and not too_long and email.isprintable() and " " not in email:
        return []
    return [Fault(Message(NO_ADDRESS, {"email": email}), ("email",))]


def faults_of_password(password: str) -> list[Fault]:
    """Return what is wrong with a password that somebody chose."""
    faults = []
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        values = {"least": SHORTEST_PASSWORD, "most": LONGEST_PASSWORD}
        faults.append(Fault(Message(WRONG_LENGTH, values), ("password",)))
    return faults


def actor_named(connection: Connection, network: int, role: Role, place: str | None) -> Actor:
    """Return the actor of a role at a place with this name; raises InvalidDefinition."""
    reach = PLACES[role] if place is not None else Reach.NETWORK
    if reach is Reach.NETWORK:
        actor = Actor(network, role)
    else:
        known = {each.name: each.id for each in places_of(connection, network, reach)}
        if place not in known:
            values = {"name": place, "names": ", ".join(sorted(known)) or "–"}
            raise InvalidDefinition(Fault(Message(NO_SUCH_PLACE, values), ("place",)))
        actor = Actor(network, role, reach, known[place])
    if place is not None and reach is Reach.NETWORK:
        raise InvalidDefinition(Fault(Message(NO_PLACE_WANTED), ("place",)))
    if not actor.is_sound:
        raise InvalidDefinition(Fault(Message(PLACE_WANTED), ("place",)))
    return actor


def places_of(
    connection: Connection, network: int, reach: Reach
) -> Sequence[Municipality | Organisation | Site]:
    """Return what an account with this reach can be limited to."""
    if reach is Reach.MUNICIPALITY:
        return places.municipalities(connection, network)
    if reach is Reach.ORGANISATION:
        return places.organisations(connection, network)
    return places.sites(connection, network)


def no_such_network(connection: Connection, name: str) -> Fault:
    """Return what to say about a network with this name."""
    names = ", ".join(places.network_names(connection)) or "–"
    return Fault(Message(NO_SUCH_NETWORK, {"name": name, "names": names}), ("network",))


def new_uniquifier() -> str:
    """Return what a login cookie holds from now on; those from before are worth nothing."""
    return uuid.uuid4().hex
