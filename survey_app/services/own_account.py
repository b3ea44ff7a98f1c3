"""What people do about their own account: prove once more who they are, choose a password.

Whoever sits before a computer that somebody left open may guess a password here too; they get
slower as at the login (slowing.py).
"""

import unicodedata
from datetime import date

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message, refuse
from survey_app.services import accounts, slowing
from survey_app.services.accounts import Account
from survey_app.services.logins import note
from survey_app.services.second_factors import Vault
from survey_app.services.slowing import PASSWORDS
from survey_app.storage import logins, staff
from survey_app.storage.database import Database

WRONG_PASSWORD = N_("Das ist nicht Ihr Passwort. Bitte prüfen Sie es.")
SAME_PASSWORD = N_("Das ist Ihr bisheriges Passwort. Bitte wählen Sie ein anderes.")


def is_own_password(
    database: Database, vault: Vault, account: Account, password: str, now: float
) -> bool:
    """Return whether this is the account's password; raises TooSoon."""
    key = vault.digest("guessed own password", str(account.id))
    slowing.check_patience(database, key, PASSWORDS, now)
    if not _verified(account, password):
        slowing.fail(database, key, now)
        return False
    slowing.forgive(database, key)
    return True


def change_password(database: Database, account: Account, new: str, today: date) -> Account:
    """Store another password, end all logins and return the account as it is now.

    Raises InvalidDefinition for a password of the wrong length, or the one that is in use.
    """
    refuse(accounts.faults_of_password(new))
    if _verified(account, new):
        raise InvalidDefinition(Fault(Message(SAME_PASSWORD), ("password",)))
    hashed = accounts.hashed_password(new)
    with database.write() as connection:
        uniquifier = accounts.new_uniquifier()
        staff.store_password(connection, account, password=hashed, fs_uniquifier=uniquifier)
        logins.remove_all(connection, account.id)
        note(connection, account, "change password", today=today)
        changed = staff.with_id(connection, account.id)
    assert changed is not None  # noqa: S101 - it was changed in this transaction
    return changed


def _verified(account: Account, password: str) -> bool:
    try:
        return PasswordHasher().verify(
            account.password, unicodedata.normalize(accounts.NORMAL_FORM, password)
        )
    except (Argon2Error, InvalidHashError):
        return False
