"""Browsers in which somebody has logged in before.

Whoever guesses passwords makes further guesses slow, for everybody who comes with that address. So
that this cannot keep its owner out, a browser that was once let in carries a signed note of it, and
what goes wrong there is counted for itself (OWASP: "device cookies"). The note lets nobody in; it
holds a random number and a keyed hash of the address, and is sent to pages of staff only.
"""

import secrets
from typing import Final

from flask import Response, request
from itsdangerous import BadData, URLSafeTimedSerializer

from survey_app.services.accounts import normal_email
from survey_app.services.second_factors import Vault
from survey_app.web.account.sessions import ROOT

HALF_A_YEAR: Final = 180 * 24 * 60 * 60


class KnownBrowsers:
    """Reads and writes the note."""

    def __init__(self, secret_key: str, vault: Vault, *, secure: bool) -> None:
        self._notes = URLSafeTimedSerializer(secret_key, salt="known browser")
        self._vault = vault
        self._secure = secure
        self.cookie = f"{'__Secure-' if secure else ''}mitreden-known"

    def guesser(self, email: str) -> str:
        """Return what names this browser for an account; nothing if it is not known."""
        try:
            number, owner = self._notes.loads(request.cookies.get(self.cookie, ""), HALF_A_YEAR)
        except (BadData, ValueError, TypeError):
            return ""
        return str(number) if owner == self._owner(email) else ""

    def key(self, email: str) -> str:
        """Return under which key wrong passwords for an address are counted here."""
        guesser = self.guesser(email)
        return self._vault.digest("guessed passwords", f"{normal_email(email)}\n{guesser}")

    def note(self, response: Response, email: str) -> Response:
        """Give the browser its note, unless it has one."""
        if not self.guesser(email):
            response.set_cookie(
                self.cookie,
                self._notes.dumps((secrets.token_urlsafe(12), self._owner(email))),
                max_age=HALF_A_YEAR,
                path=ROOT,
                secure=self._secure,
                httponly=True,
                samesite="Lax",
            )
        return response

    def _owner(self, email: str) -> str:
        return self._vault.digest("owner of a browser", normal_email(email))
