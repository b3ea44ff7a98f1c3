"""Administration of accounts: who is there, as what, and what an administrator does about it.

Everything looks for the account in one network, so that another network's account is as missing as
what never was; the functions say so by returning None or False. Everything is noted in the audit
log. A network keeps an administrator who can log in: the last one is neither switched off nor given
another role, except by whoever runs the installation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from sqlalchemy import Connection

from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message
from survey_app.domain.rights import Reach, Role
from survey_app.services import accounts, second_factors
from survey_app.services.invitations import actor_at, note, told
from survey_app.storage import factors, invitations, places, sign_ons, staff
from survey_app.storage.database import Database
from survey_app.storage.staff import Account

PLACED: Final = (Reach.MUNICIPALITY, Reach.ORGANISATION, Reach.SITE)

THE_LAST: Final = N_(
    "%(email)s ist das letzte Konto, das in diesem Netzwerk Konten verwalten kann. Geben Sie erst"
    " einer anderen Person diese Rolle; sie zählt, sobald sie ihren Link geöffnet und ein Passwort"
    " gewählt hat."
)


@dataclass(frozen=True)
class Standing:
    """An account as an administrator sees it.

    `place` is the name of what it is limited to; `link_until` the last day of an open link, whether
    or not it is over; `signs_on` whether it is bound to the provider that signs people on.
    """

    account: Account
    place: str | None
    link_until: date | None
    signs_on: bool

    @property
    def has_joined(self) -> bool:
        """Return whether the person has ever been able to log in."""
        return self.account.has_password or self.signs_on


def standings(database: Database, network: int) -> tuple[Standing, ...]:
    """Return all accounts of a network by address."""
    with database.read() as connection:
        return tuple(_standings(connection, network))


def everybody(database: Database) -> tuple[Standing, ...]:
    """Return the accounts of all networks, by network and address, for whoever runs all of them."""
    with database.read() as connection:
        networks = map(partial(places.network_named, connection), places.network_names(connection))
        return tuple(
            each for network in networks if network for each in _standings(connection, network.id)
        )


def standing(database: Database, network: int, account: int) -> Standing | None:
    """Return one account of a network."""
    with database.read() as connection:
        return next(iter(_standings(connection, network, account)), None)


def protected(database: Database, network: int) -> set[int]:
    """Return the accounts of a network whose password alone does not let in.

    A desk cannot see what proves who somebody is (storage/walls.py): `database` is the whole one.
    """
    with database.read() as connection:
        return factors.protected(connection, network)


def places_for(database: Database, network: int, role: Role) -> dict[int, str]:
    """Return what a role can be limited to: names by id, in order."""
    with database.read() as connection:
        return _names(connection, network).get(accounts.PLACES[role], {})


def change_role(
    database: Database,
    network: int,
    account: int,
    *,
    role: Role,
    place: int | None,
    by: str,
    today: date,
) -> bool:
    """Give an account another role or place; return whether there is such an account.

    Raises InvalidDefinition for a place that does not go with the role (`place`), and for the last
    administrator (`role`).
    """
    with database.write() as connection:
        found = staff.of_network(connection, network, account)
        if not found:
            return False
        actor = actor_at(connection, network, role, place)
        if role is not Role.ADMINISTRATOR:
            _keep_an_administrator(connection, found[0], "role")
        staff.store_actor(connection, account, actor)
        note(connection, found[0], "change role", by=by, today=today, detail=told(actor))
        return True


def switch_off(
    database: Database,
    network: int,
    account: int,
    *,
    by: str,
    today: date,
    even_the_last: bool = False,
) -> bool:
    """Let nobody log in with an account, end its logins and its link; False if there is none.

    Raises InvalidDefinition for the last administrator, unless `even_the_last`.
    """
    with database.write() as connection:
        found = staff.of_network(connection, network, account)
        if not found:
            return False
        if not even_the_last:
            _keep_an_administrator(connection, found[0], "email")
        invitations.withdraw(connection, network, account)
        _store_active(connection, found[0], active=False)
        note(connection, found[0], "switch off", by=by, today=today)
        return True


def switch_on(database: Database, network: int, account: int, *, by: str, today: date) -> bool:
    """Let somebody log in again; return whether there is such an account."""
    with database.write() as connection:
        found = staff.of_network(connection, network, account)
        if found:
            _store_active(connection, found[0], active=True)
            note(connection, found[0], "switch on", by=by, today=today)
        return bool(found)


def end_logins(database: Database, network: int, account: int, *, by: str, today: date) -> bool:
    """End all logins of an account; return whether there is such an account."""
    with database.write() as connection:
        found = staff.of_network(connection, network, account)
        if found:
            _store_active(connection, found[0], active=found[0].active)
            note(connection, found[0], "end logins", by=by, today=today)
        return bool(found)


def reset_second_factor(
    database: Database, network: int, account: int, *, by: str, today: date
) -> bool:
    """Forget app, recovery codes and passkeys, and end all logins; False if there is no account.

    `database` is the whole one, as for `protected`.
    """
    found = standing(database, network, account)
    if found:
        second_factors.reset(database, found.account.email, today, by=by)
    return found is not None


def withdraw(database: Database, network: int, account: int, *, by: str, today: date) -> bool:
    """Delete an account that nobody ever used; False if there is none, or somebody did."""
    with database.write() as connection:
        found = list(_standings(connection, network, account))
        if not found or found[0].has_joined:
            return False
        invitations.withdraw(connection, network, account)
        staff.remove(connection, network, account)
        note(connection, found[0].account, "withdraw invitation", by=by, today=today)
        return True


def release_sign_on(
    database: Database, network: int, account: int, *, by: str, today: date
) -> bool:
    """Forget who somebody is at the provider; at the next sign-on the e-mail counts again."""
    with database.write() as connection:
        found = staff.of_network(connection, network, account)
        if found and sign_ons.release(connection, network, account):
            note(connection, found[0], "release sign-on", by=by, today=today)
        return bool(found)


def _standings(connection: Connection, network: int, account: int | None = None) -> list[Standing]:
    found = staff.of_network(connection, network, account)
    links, bound = invitations.open_until(connection, network), sign_ons.bound(connection, network)
    names = _names(connection, network)
    return [
        Standing(
            each,
            names.get(each.actor.reach, {}).get(each.actor.place or 0),
            links.get(each.id),
            each.id in bound,
        )
        for each in found
    ]


def _names(connection: Connection, network: int) -> Mapping[Reach, dict[int, str]]:
    return {
        reach: {each.id: each.name for each in accounts.places_of(connection, network, reach)}
        for reach in PLACED
    }


def _keep_an_administrator(connection: Connection, account: Account, argument: str) -> None:
    """Raise InvalidDefinition if the network would have nobody left who can let others in."""
    if account.actor.role is not Role.ADMINISTRATOR or not account.active:
        return
    network = account.network.id
    staff.lock_administrators(connection, network)
    others = [
        each
        for each in _standings(connection, network)
        if each.account.actor.role is Role.ADMINISTRATOR
        and each.account.active
        and each.has_joined
        and each.account.id != account.id
    ]
    if not others:
        raise InvalidDefinition(Fault(Message(THE_LAST, {"email": account.email}), (argument,)))


def _store_active(connection: Connection, account: Account, *, active: bool) -> None:
    staff.store_active(
        connection,
        account.network.id,
        account.id,
        active=active,
        fs_uniquifier=accounts.new_uniquifier(),
    )
