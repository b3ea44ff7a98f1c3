"""Passkeys (WebAuthn): a device proves with a key of its own who sits before it.

The device asks for finger, face or PIN each time (user verification). That is possession and a
second proof in one, so a passkey alone is a full login; a device that cannot ask is refused. Keys
are found by the device itself: nobody types an address, and nobody learns which accounts exist.

A browser gives a passkey only to the site it was made for. `Site` says which that is; an address
without a name (http://127.0.0.1) cannot have any.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import webauthn
from sqlalchemy import Connection
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.options_to_json_dict import options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from survey_app.domain.messages import N_, Fault, InvalidDefinition, Message
from survey_app.services.logins import note
from survey_app.services.second_factors import ISSUER, drop_codes_without_factor
from survey_app.storage import factors, staff
from survey_app.storage.database import Database
from survey_app.storage.factors import Passkey
from survey_app.storage.staff import Account

LONGEST_NAME: Final = 60
MOST: Final = 10  # per account; nobody has more devices, and a list stays a list
PATIENCE_MS: Final = 120_000

NO_NAME = N_("Bitte geben Sie dem Passkey einen Namen, zum Beispiel „Diensthandy“.")
LONG_NAME = N_("Der Name ist zu lang. Bitte kürzen Sie ihn auf %(most)s Zeichen.")
TAKEN_NAME = N_("Ein Passkey heißt schon so. Bitte wählen Sie einen anderen Namen.")
TOO_MANY = N_("Mehr als %(most)s Passkeys hat kein Konto. Bitte entfernen Sie erst einen.")
NOT_PROVED = N_(
    "Das Gerät hat nicht bestätigt, wer Sie sind. Bitte versuchen Sie es noch einmal, oder nehmen"
    " Sie ein Gerät mit PIN, Fingerabdruck oder Gesichtserkennung."
)

# What the library raises on what no browser sends; it parses bytes that anybody can write.
UNREADABLE = (WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError)


@dataclass(frozen=True)
class Site:
    """For whom a passkey is: the name of the host, and the addresses pages may have there."""

    host: str
    origins: tuple[str, ...]


def questions_for_new(
    database: Database, account: Account, site: Site, challenge: bytes
) -> Mapping[str, Any]:
    """Return what a browser needs to make a passkey."""
    with database.read() as connection:
        known = factors.passkeys_of(connection, account.id)
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=ISSUER,
        user_id=_handle(account.id),
        user_name=account.email,
        challenge=challenge,
        timeout=PATIENCE_MS,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each.credential) for each in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return options_to_json_dict(options)


def questions_for_login(site: Site, challenge: bytes) -> Mapping[str, Any]:
    """Return what a browser needs to log in with a passkey."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        timeout=PATIENCE_MS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def add(
    database: Database,
    account: Account,
    site: Site,
    *,
    answer: str,
    challenge: bytes,
    name: str,
    today: date,
) -> None:
    """Store the passkey that a browser made; raises InvalidDefinition."""
    made = _made(answer, site, challenge)
    with database.write() as connection:
        known = factors.passkeys_of(connection, account.id)
        named = _checked_name(name, known)
        if len(known) >= MOST:
            raise _refusal(Message(TOO_MANY, {"most": MOST}))
        if factors.with_credential(connection, made.credential_id) is not None:
            raise _refusal(Message(NOT_PROVED))
        factors.add_passkey(
            connection,
            account.id,
            credential=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=named,
            added_on=today,
        )
        note(connection, account, "add passkey", today=today, detail=named)


def account_proved(
    database: Database, site: Site, *, answer: str, challenge: bytes, today: date
) -> Account | None:
    """Return whose passkey answered, if it is good."""
    with database.write() as connection:
        passkey = _meant(connection, answer)
        proved = _proved(answer, site, challenge, passkey) if passkey else None
        if passkey is None or proved is None:
            return None
        account = staff.with_id(connection, passkey.account)
        if account is None or not account.active:
            return None
        factors.passkey_used(
            connection, passkey.id, sign_count=proved.new_sign_count, used_on=today
        )
    return account


def rename(database: Database, account: Account, passkey: int, name: str) -> None:
    """Give a passkey another name; raises InvalidDefinition."""
    with database.write() as connection:
        known = factors.passkeys_of(connection, account.id)
        named = _checked_name(name, [each for each in known if each.id != passkey])
        factors.rename_passkey(connection, account.id, passkey, named)


def remove(database: Database, account: Account, passkey: Passkey, today: date) -> None:
    """Forget a passkey, and the recovery codes if nothing is left to recover."""
    with database.write() as connection:
        factors.remove_passkey(connection, account.id, passkey.id)
        drop_codes_without_factor(connection, account)
        note(connection, account, "remove passkey", today=today, detail=passkey.name)


def _handle(account: int) -> bytes:
    """Return what a device keeps instead of a name; it says nothing about the person."""
    return hashlib.sha256(f"mitreden passkey {account}".encode()).digest()


def _made(answer: str, site: Site, challenge: bytes) -> VerifiedRegistration:
    try:
        return webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=list(site.origins),
            require_user_verification=True,
        )
    except UNREADABLE:
        raise _refusal(Message(NOT_PROVED)) from None


def _meant(connection: Connection, answer: str) -> Passkey | None:
    """Return the passkey that an answer names; it is for the account it was made for."""
    try:
        sent = json.loads(answer)
        passkey = factors.with_credential(connection, webauthn.base64url_to_bytes(sent["rawId"]))
        handle = sent["response"].get("userHandle")
        if passkey is None or handle is None:
            return passkey
        meant = webauthn.base64url_to_bytes(handle)
    except UNREADABLE:
        return None
    return passkey if meant == _handle(passkey.account) else None


def _proved(
    answer: str, site: Site, challenge: bytes, passkey: Passkey
) -> VerifiedAuthentication | None:
    try:
        return webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=list(site.origins),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except UNREADABLE:
        return None


def _checked_name(name: str, known: Iterable[Passkey]) -> str:
    named = " ".join(name.split())
    if not named:
        raise _refusal(Message(NO_NAME))
    if len(named) > LONGEST_NAME:
        raise _refusal(Message(LONG_NAME, {"most": LONGEST_NAME}))
    if named.casefold() in {each.name.casefold() for each in known}:
        raise _refusal(Message(TAKEN_NAME))
    return named


def _refusal(message: Message) -> InvalidDefinition:
    return InvalidDefinition(Fault(message, ("name",)))
