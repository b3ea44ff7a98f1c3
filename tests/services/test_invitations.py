"""Inviting by a link, administering accounts, signing on elsewhere: the services.

1. A link is 256 random bits; of it only a hash is stored. It works once, for seven days, until a new
   one replaces it or the account is switched off; all that is over is as missing as what never was.
2. Whoever opens it chooses a password by the rules for passwords; whoever had one gets another, and
   all logins end.
3. An account is invited with a role and the place that goes with it, in the own network only.
4. The last administrator who can log in is neither switched off nor given another role; whoever
   runs the installation may.
5. An account of another network is as missing as what never was, whatever is asked for.
6. An invitation is withdrawn with the account as long as nobody used it, and never afterwards.
7. Signing on: at first the checked e-mail finds the account, then issuer and number do; nobody
   else's number gets into a bound account, no account is made, none that is off is opened.
8. The audit log has a line for everything, with the e-mail, never with a link.
"""

from collections.abc import Iterator
from datetime import timedelta
from unicodedata import normalize

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.rights import Reach, Role
from survey_app.services import Database, accounts, administering, invitations, signing_on
from survey_app.services.accounts import Account
from survey_app.services.invitations import Link
from survey_app.services.signing_on import Identity, Refusal
from survey_app.storage import schema
from tests.support_field import ALBRECHT, TODAY, field_in, migrated

NETWORK, NEIGHBOUR = "Kreis Beispiel", "Kreis Nachbar"
PASSWORD = "ein Satz über Äpfel"
ANOTHER = "ein Satz über Birnen"
MIRA = "mira@beispiel.example"
DAY = timedelta(days=1)
ISSUER = "https://login.kreis.example"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give two networks, each with one administrator."""
    with migrated(database_url) as opened:
        for name, email in ((NETWORK, ALBRECHT), (NEIGHBOUR, "yildiz@nachbar.example")):
            field_in(opened, name=name)
            accounts.open_account(
                opened, email=email, network=name, password=PASSWORD, role=Role.ADMINISTRATOR
            )
        yield opened


@pytest.fixture
def albrecht(database: Database) -> Account:
    """Give Herr Albrecht, who administers."""
    return known(database, ALBRECHT)


def known(database: Database, email: str) -> Account:
    account = accounts.account_with_email(database, email)
    assert account is not None
    return account


def invited(
    database: Database,
    by: Account,
    *,
    email: str = MIRA,
    role: Role = Role.COORDINATOR,
    place: int | None = None,
) -> Link:
    return invitations.invite(database, email=email, by=by, role=role, place=place, today=TODAY)


def lines(database: Database) -> list[tuple[str, str, str]]:
    table = schema.audit
    with database.read() as connection:
        rows = connection.execute(select(table).order_by(table.c.id))
        return [(row.actor, row.action, row.subject) for row in rows]


def faults(refused: pytest.ExceptionInfo[InvalidDefinition]) -> list[tuple[str, str]]:
    return [(str(fault.at[0]), str(fault.message)) for fault in refused.value.faults]


def works(database: Database, link: Link, day: int = 0) -> bool:
    return invitations.invitation_for(database, link.token, TODAY + day * DAY) is not None


def accept(database: Database, link: Link, password: str = PASSWORD) -> Account | None:
    return invitations.accept(database, link.token, password, today=TODAY)


def test_a_link_is_long_random_and_stored_as_a_hash(database: Database, albrecht: Account) -> None:
    """Rule 1."""
    link = invited(database, albrecht)
    assert len(link.token) == 43  # 256 bits in base64
    assert link.token not in repr(link)
    with database.read() as connection:
        (row,) = connection.execute(select(schema.invitation)).all()
    assert len(row.digest) == 32
    assert link.token.encode() not in row.digest
    assert link.path == f"/team/einladung/{link.token}"


def test_a_link_works_for_seven_days_and_once(database: Database, albrecht: Account) -> None:
    """Rules 1 and 2."""
    link = invited(database, albrecht)
    assert [works(database, link, day) for day in (0, 7, 8)] == [True, True, False]
    late = TODAY + 8 * DAY
    assert invitations.accept(database, link.token, PASSWORD, today=late) is None
    joined = accept(database, link)
    assert joined is not None
    assert PasswordHasher().verify(joined.password, normalize("NFKD", PASSWORD))
    assert accept(database, link, ANOTHER) is None
    assert not works(database, link)
    assert invitations.invitation_for(database, "erfunden", TODAY) is None


def test_a_new_link_replaces_the_one_before(database: Database, albrecht: Account) -> None:
    """Rule 1."""
    first = invited(database, albrecht)
    network = albrecht.network.id
    second = invitations.renew(database, network, first.account.id, by=ALBRECHT, today=TODAY)
    assert second is not None
    assert (works(database, first), works(database, second)) == (False, True)


def test_switching_off_ends_the_link(database: Database, albrecht: Account) -> None:
    """Rule 1."""
    link = invited(database, albrecht)
    network, account = albrecht.network.id, link.account.id
    assert administering.switch_off(database, network, account, by=ALBRECHT, today=TODAY)
    assert not works(database, link)
    with pytest.raises(InvalidDefinition) as refused:
        invitations.renew(database, network, account, by=ALBRECHT, today=TODAY)
    assert faults(refused)[0][0] == "email"
    assert administering.switch_on(database, network, account, by=ALBRECHT, today=TODAY)
    assert not works(database, link)


def test_a_short_password_uses_nothing_up(database: Database, albrecht: Account) -> None:
    """Rule 2."""
    link = invited(database, albrecht)
    with pytest.raises(InvalidDefinition) as refused:
        accept(database, link, "kurz")
    assert faults(refused) == [("password", "Das Passwort braucht 12 bis 200 Zeichen.")]
    assert works(database, link)


def test_a_link_for_another_password_ends_all_logins(database: Database, albrecht: Account) -> None:
    """Rule 2."""
    link = invitations.renew(database, albrecht.network.id, albrecht.id, by=ALBRECHT, today=TODAY)
    assert link is not None
    assert known(database, ALBRECHT) == albrecht  # the old password counts until then
    after = accept(database, link, ANOTHER)
    assert after is not None
    assert after.password != albrecht.password
    assert after.fs_uniquifier != albrecht.fs_uniquifier
    assert lines(database)[-1] == (ALBRECHT, "chose another password", ALBRECHT)


@pytest.mark.parametrize("role", Role)
def test_a_role_is_given_with_its_place(database: Database, albrecht: Account, role: Role) -> None:
    """Rule 3."""
    own = administering.places_for(database, albrecht.network.id, role)
    (place,) = own or [None]
    account = invited(database, albrecht, role=role, place=place).account
    assert (account.actor.role, account.actor.place) == (role, place)
    assert account.actor.is_sound
    assert known(database, MIRA).network == albrecht.network


def test_a_place_of_the_neighbour_does_not_exist(database: Database, albrecht: Account) -> None:
    """Rule 3."""
    neighbour = known(database, "yildiz@nachbar.example").network.id
    (strange,) = administering.places_for(database, neighbour, Role.YOUTH_WORKER)
    for place in (strange, 99, None):
        with pytest.raises(InvalidDefinition) as refused:
            invited(database, albrecht, role=Role.YOUTH_WORKER, place=place)
        assert faults(refused)[0][0] == "place"
    with pytest.raises(InvalidDefinition):
        invited(database, albrecht, role=Role.COORDINATOR, place=strange)


def test_an_address_is_invited_once(database: Database, albrecht: Account) -> None:
    for email in (ALBRECHT.upper(), "yildiz@nachbar.example"):
        with pytest.raises(InvalidDefinition) as refused:
            invited(database, albrecht, email=email)
        address = accounts.normal_email(email)
        assert faults(refused) == [("email", f"Für {address} gibt es schon ein Konto.")]


def test_the_last_administrator_stays(database: Database, albrecht: Account) -> None:
    """Rule 4."""
    network = albrecht.network.id
    second = invited(database, albrecht, role=Role.ADMINISTRATOR)

    def change() -> bool:
        return administering.change_role(
            database,
            network,
            albrecht.id,
            role=Role.COORDINATOR,
            place=None,
            by=ALBRECHT,
            today=TODAY,
        )

    with pytest.raises(InvalidDefinition) as refused:
        change()
    assert faults(refused)[0][0] == "role"
    with pytest.raises(InvalidDefinition) as refused:
        administering.switch_off(database, network, albrecht.id, by=ALBRECHT, today=TODAY)
    assert faults(refused)[0][0] == "email"
    assert known(database, ALBRECHT) == albrecht
    accept(database, second)  # now there are two who can log in
    assert change()
    assert known(database, ALBRECHT).actor.role is Role.COORDINATOR


def test_the_operator_may_switch_off_the_last(database: Database, albrecht: Account) -> None:
    """Rule 4."""
    network = albrecht.network.id
    assert administering.switch_off(
        database, network, albrecht.id, by="survey-app", today=TODAY, even_the_last=True
    )
    assert not known(database, ALBRECHT).active


def test_a_foreign_account_is_as_missing_as_none(database: Database, albrecht: Account) -> None:
    """Rule 5."""
    network = albrecht.network.id
    foreign = known(database, "yildiz@nachbar.example")
    before = lines(database)
    for account in (foreign.id, 999):
        assert administering.standing(database, network, account) is None
        assert invitations.renew(database, network, account, by=ALBRECHT, today=TODAY) is None
        for deed in (
            administering.switch_off,
            administering.switch_on,
            administering.end_logins,
            administering.withdraw,
            administering.release_sign_on,
            administering.reset_second_factor,
        ):
            assert not deed(database, network, account, by=ALBRECHT, today=TODAY)
        assert not administering.change_role(
            database, network, account, role=Role.COORDINATOR, place=None, by="x", today=TODAY
        )
    assert known(database, foreign.email) == foreign
    assert lines(database) == before
    assert [each.account.email for each in administering.standings(database, network)] == [ALBRECHT]


def test_an_invitation_is_withdrawn_until_it_is_used(database: Database, albrecht: Account) -> None:
    """Rule 6."""
    network = albrecht.network.id
    link = invited(database, albrecht)
    assert administering.withdraw(database, network, link.account.id, by=ALBRECHT, today=TODAY)
    assert accounts.account_with_email(database, MIRA) is None
    assert not works(database, link)
    joined = accept(database, invited(database, albrecht))
    assert joined is not None
    assert not administering.withdraw(database, network, joined.id, by=ALBRECHT, today=TODAY)
    assert known(database, MIRA) == joined


def test_what_an_administrator_sees(database: Database, albrecht: Account) -> None:
    (place,) = administering.places_for(database, albrecht.network.id, Role.SCHOOL_CONTACT)
    link = invited(database, albrecht, role=Role.SCHOOL_CONTACT, place=place)
    _, mira = administering.standings(database, albrecht.network.id)
    assert (mira.place, mira.link_until, mira.has_joined, mira.signs_on) == (
        "Schule am See",
        TODAY + 7 * DAY,
        False,
        False,
    )
    assert mira.account.actor.reach is Reach.SITE
    accept(database, link)
    _, mira = administering.standings(database, albrecht.network.id)
    assert (mira.link_until, mira.has_joined) == (None, True)


def test_signing_on_finds_the_account_by_e_mail_and_then_by_number(database: Database) -> None:
    """Rule 7."""
    found = signing_on.account_of(database, Identity(ISSUER, "7", ALBRECHT.upper()), TODAY)
    assert found == known(database, ALBRECHT)
    moved = Identity(ISSUER, "7", "yildiz@nachbar.example")
    assert signing_on.account_of(database, moved, TODAY) == found
    assert signing_on.account_of(database, Identity(ISSUER, "7", None), TODAY) == found


@pytest.mark.parametrize(
    ("identity", "refusal"),
    [
        (Identity(ISSUER, "8", ALBRECHT), Refusal.SOMEBODY_ELSE),
        (Identity("https://anders.example", "7", ALBRECHT), Refusal.SOMEBODY_ELSE),
        (Identity(ISSUER, "8", None), Refusal.NO_EMAIL),
        (Identity(ISSUER, "8", "niemand@beispiel.example"), Refusal.NO_ACCOUNT),
    ],
)
def test_nobody_else_gets_in(database: Database, identity: Identity, refusal: Refusal) -> None:
    """Rule 7."""
    signing_on.account_of(database, Identity(ISSUER, "7", ALBRECHT), TODAY)
    with database.read() as connection:
        before = connection.scalar(select(func.count()).select_from(schema.staff))
    assert signing_on.account_of(database, identity, TODAY) is refusal
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.staff)) == before


def test_an_account_that_is_off_stays_shut(database: Database, albrecht: Account) -> None:
    """Rule 7."""
    network = albrecht.network.id
    signing_on.account_of(database, Identity(ISSUER, "7", ALBRECHT), TODAY)
    administering.switch_off(
        database, network, albrecht.id, by="survey-app", today=TODAY, even_the_last=True
    )
    for number in ("7", "8"):
        identity = Identity(ISSUER, number, ALBRECHT)
        assert signing_on.account_of(database, identity, TODAY) is Refusal.NO_ACCOUNT


def test_a_bond_is_released_for_a_new_number(database: Database, albrecht: Account) -> None:
    """Rule 7."""
    network = albrecht.network.id
    signing_on.account_of(database, Identity(ISSUER, "7", ALBRECHT), TODAY)
    assert administering.release_sign_on(database, network, albrecht.id, by=ALBRECHT, today=TODAY)
    found = signing_on.account_of(database, Identity(ISSUER, "8", ALBRECHT), TODAY)
    assert found == known(database, ALBRECHT)


def test_signing_on_is_a_way_to_accept_an_invitation(database: Database, albrecht: Account) -> None:
    """Rule 7."""
    link = invited(database, albrecht)
    found = signing_on.account_of(database, Identity(ISSUER, "9", MIRA), TODAY)
    assert found == known(database, MIRA)
    assert not works(database, link)
    standing = administering.standing(database, albrecht.network.id, link.account.id)
    assert standing is not None
    assert standing.has_joined


def test_every_deed_is_in_the_log_and_no_link_is(database: Database, albrecht: Account) -> None:
    """Rule 8."""
    network = albrecht.network.id
    link = invited(database, albrecht)
    account = link.account.id
    new = invitations.renew(database, network, account, by=ALBRECHT, today=TODAY)
    assert new is not None
    accept(database, new)
    signing_on.account_of(database, Identity(ISSUER, "9", MIRA), TODAY)
    administering.change_role(
        database, network, account, role=Role.EVALUATOR, place=None, by=ALBRECHT, today=TODAY
    )
    for deed in (
        administering.end_logins,
        administering.release_sign_on,
        administering.reset_second_factor,
        administering.switch_off,
        administering.switch_on,
    ):
        assert deed(database, network, account, by=ALBRECHT, today=TODAY)
    again = invitations.renew(database, network, account, by=ALBRECHT, today=TODAY)
    assert again is not None
    assert lines(database) == [
        (ALBRECHT, "invite", MIRA),
        (ALBRECHT, "invite again", MIRA),
        (MIRA, "joined", MIRA),
        (MIRA, "bind sign-on", MIRA),
        (ALBRECHT, "change role", MIRA),
        (ALBRECHT, "end logins", MIRA),
        (ALBRECHT, "release sign-on", MIRA),
        (ALBRECHT, "reset factors", MIRA),
        (ALBRECHT, "switch off", MIRA),
        (ALBRECHT, "switch on", MIRA),
        (ALBRECHT, "new link", MIRA),
    ]
    with database.read() as connection:
        told = str(connection.execute(select(schema.audit)).all())
    assert not [each for each in (link, new, again) if each.token in told]
