"""The second factor: an app that shows codes (TOTP, RFC 6238), and codes on paper for a bad day.

The secret of an app is stored encrypted, a recovery code as a keyed hash; both keys are derived
from the secret key of the installation. With another secret key no stored secret can be read, and
`survey-app user reset-factors` lets people begin again.

A code counts once: the step of time it belongs to is stored, and no code of it or of an earlier one
is taken afterwards (RFC 6238, 5.2). One step before and after now is taken too, for clocks that go
wrong. Whoever guesses gets slower (slowing.py).
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from passlib.exc import TokenError
from passlib.totp import TOTP
from sqlalchemy import Connection

from survey_app.domain.collector import ALPHABET
from survey_app.services import slowing
from survey_app.services.accounts import normal_email
from survey_app.services.logins import account_named, note
from survey_app.services.slowing import CODES
from survey_app.storage import factors, logins, staff
from survey_app.storage.database import Database
from survey_app.storage.factors import App
from survey_app.storage.staff import Account

Passkey = factors.Passkey  # whoever calls this module needs its name

ISSUER: Final = "Mitreden"
STEP: Final = 30
RECOVERY_CODES: Final = 10
RECOVERY_SIGNS: Final = 10  # of 32: fifty random bits, so a fast hash with a key is enough


class Vault:
    """What is derived from the secret key: it encrypts secrets and hashes codes."""

    def __init__(self, secret_key: str) -> None:
        self._key = secret_key.encode()
        secret = self.digest("secrets of apps", "")
        tag = self.digest("name of this key", "")[:8]
        self._totp = TOTP.using(issuer=ISSUER, secrets={tag: secret})

    def digest(self, purpose: str, text: str) -> str:
        """Return a keyed hash; another purpose gives another one."""
        return hmac.new(self._key, f"{purpose}\n{text}".encode(), hashlib.sha256).hexdigest()

    def new_secret(self) -> str:
        """Return a fresh secret of an app, encrypted."""
        encrypted: str = self._totp.new().to_json(encrypt=True)
        return encrypted

    def opened(self, secret: str) -> Any:
        """Return passlib's TOTP of an encrypted secret; None if another key encrypted it."""
        try:
            return self._totp.from_source(secret)
        except KeyError:
            return None


@dataclass(frozen=True)
class Factors:
    """What an account has beside its password; `app_since` is the day its app was set up."""

    app_since: date | None
    passkeys: tuple[Passkey, ...]
    codes_left: int

    @property
    def any(self) -> bool:
        """Return whether a password alone does not let in."""
        return self.app_since is not None or bool(self.passkeys)


@dataclass(frozen=True)
class NewApp:
    """What an app scans or what somebody types into it."""

    address: str = field(repr=False)
    key: str = field(repr=False)


def factors_of(database: Database, account: Account) -> Factors:
    """Return what an account has."""
    with database.read() as connection:
        return _factors(connection, account)


def begin_app(database: Database, vault: Vault, account: Account) -> None:
    """Make a secret for an app; it counts when a code of it was typed."""
    with database.write() as connection:
        app = factors.app_of(connection, account.id)
        factors.store_app(connection, account.id, replace(app, next_secret=vault.new_secret()))


def new_app(database: Database, vault: Vault, account: Account) -> NewApp | None:
    """Return what to scan, if an app was begun."""
    with database.read() as connection:
        secret = factors.app_of(connection, account.id).next_secret
    opened = vault.opened(secret) if secret else None
    if opened is None:
        return None
    return NewApp(opened.to_uri(account.email), opened.pretty_key(sep=" "))


def confirm_app(
    database: Database, vault: Vault, account: Account, code: str, *, now: float, today: date
) -> bool:
    """Take the new app into use if this is a code of it; raises TooSoon."""
    key = _guesses(vault, account)
    with database.write() as connection:
        staff.lock(connection, account.network.id, account.id)  # one code at a time
        slowing.demand_patience(connection, key, CODES, now)
        app = factors.app_of(connection, account.id)
        step = _step(vault, app.next_secret, code, now, after=None)
        if step is None:
            slowing.note_failure(connection, key, now)
            return False
        logins.forgive(connection, key)
        factors.store_app(connection, account.id, App(app.next_secret, None, today, step))
        note(connection, account, "set up app", today=today)
    return True


def check_code(
    database: Database, vault: Vault, account: Account, code: str, *, now: float, guesser: str = ""
) -> bool:
    """Return whether this is the code of the moment, which then is used up; raises TooSoon.

    `guesser` names a browser that is known: it has a patience of its own.
    """
    key = _guesses(vault, account, guesser)
    with database.write() as connection:
        staff.lock(connection, account.network.id, account.id)  # one code at a time
        slowing.demand_patience(connection, key, CODES, now)
        app = factors.app_of(connection, account.id)
        step = _step(vault, app.secret, code, now, after=app.last_counter)
        if step is None:
            slowing.note_failure(connection, key, now)
            return False
        logins.forgive(connection, key)
        factors.store_app(connection, account.id, replace(app, last_counter=step))
    return True


def check_recovery_code(
    database: Database,
    vault: Vault,
    account: Account,
    code: str,
    *,
    now: float,
    today: date,
    guesser: str = "",
) -> bool:
    """Return whether this is a recovery code, which then is used up; raises TooSoon."""
    key = _guesses(vault, account, guesser)
    with database.write() as connection:
        staff.lock(connection, account.network.id, account.id)  # one code at a time
        slowing.demand_patience(connection, key, CODES, now)
        if not factors.use_code(connection, account.id, _recovery_digest(vault, account, code)):
            slowing.note_failure(connection, key, now)
            return False
        logins.forgive(connection, key)
        note(connection, account, "use recovery code", today=today)
    return True


def new_recovery_codes(
    database: Database, vault: Vault, account: Account, today: date
) -> tuple[str, ...]:
    """Return fresh recovery codes to be shown once; earlier ones are worth nothing from now on."""
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    with database.write() as connection:
        digests = [_recovery_digest(vault, account, code) for code in codes]
        factors.store_codes(connection, account.id, digests)
        note(connection, account, "new recovery codes", today=today)
    return codes


def remove_app(database: Database, account: Account, today: date) -> None:
    """Forget the app of an account, and its recovery codes if nothing is left to recover."""
    with database.write() as connection:
        factors.remove_app(connection, account.id)
        drop_codes_without_factor(connection, account)
        note(connection, account, "remove app", today=today)


def drop_codes_without_factor(connection: Connection, account: Account) -> None:
    """Forget the recovery codes of an account that has neither an app nor a passkey."""
    if not _factors(connection, account).any:
        factors.store_codes(connection, account.id, ())


def reset(database: Database, email: str, today: date, *, by: str) -> None:
    """Forget app, recovery codes and passkeys, and end all logins; raises InvalidDefinition."""
    with database.write() as connection:
        account = account_named(connection, normal_email(email))
        factors.remove_app(connection, account.id)
        factors.store_codes(connection, account.id, ())
        factors.remove_passkeys(connection, account.id)
        logins.remove_all(connection, account.id)
        note(connection, account, "reset factors", today=today, by=by)


def _factors(connection: Connection, account: Account) -> Factors:
    return Factors(
        app_since=factors.app_of(connection, account.id).since,
        passkeys=factors.passkeys_of(connection, account.id),
        codes_left=factors.codes_left(connection, account.id),
    )


def _guesses(vault: Vault, account: Account, guesser: str = "") -> str:
    return vault.digest("guessed codes", f"{account.id}\n{guesser}")


def _step(
    vault: Vault, secret: str | None, code: str, now: float, *, after: int | None
) -> int | None:
    """Return the step of time that a code belongs to; None if it is wrong or was used."""
    opened = vault.opened(secret) if secret else None
    if opened is None:
        return None
    try:
        match = opened.match("".join(code.split()), time=int(now), window=STEP, last_counter=after)
    except TokenError:
        return None
    step: int = match.counter
    return step


def _recovery_code() -> str:
    signs = [secrets.choice(ALPHABET) for _ in range(RECOVERY_SIGNS)]
    return f"{''.join(signs[:5])}-{''.join(signs[5:])}"


def _recovery_digest(vault: Vault, account: Account, code: str) -> str:
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    return vault.digest("recovery code", f"{account.id}\n{typed}")
