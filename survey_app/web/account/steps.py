"""The second step of logging in: a code of the app, a recovery code, or a passkey.

A passkey is also a way in of its own, without a password before it: the device has asked for a
finger, a face or a PIN already.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from survey_app.domain.messages import N_, Message
from survey_app.services import passkeys, second_factors
from survey_app.services.accounts import Account
from survey_app.services.slowing import TooSoon
from survey_app.web.account.challenge import new_challenge, taken_challenge
from survey_app.web.account.drawing import answer, wait
from survey_app.web.account.entering import Entrance, OnTheWay, Step
from survey_app.web.account.login import refused_login
from survey_app.web.account.pages import CodePage

POST: Final = ["POST"]
BOTH: Final = ["GET", "POST"]

WRONG_CODE = N_(
    "Der Code stimmt nicht, oder er wurde schon benutzt. Bitte nehmen Sie den, den die App jetzt"
    " zeigt."
)
WRONG_RECOVERY_CODE = N_("Diesen Recovery-Code gibt es nicht, oder er wurde schon benutzt.")
WRONG_PASSKEY = N_(
    "Mit diesem Passkey hat es nicht geklappt. Bitte versuchen Sie es noch einmal, oder melden Sie"
    " sich mit dem Passwort an."
)


class SecondStep:
    """The views."""

    def __init__(self, entrance: Entrance) -> None:
        self._entrance = entrance
        self._database = entrance.house.database

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        add = routes.add_url_rule
        add("/anmelden/code", "code", self.code, methods=BOTH)
        add("/anmelden/recovery-code", "recovery_code", self.recovery_code, methods=BOTH)
        add("/anmelden/passkey/frage", "passkey_question", self.passkey_question, methods=POST)
        add("/anmelden/passkey", "passkey", self.passkey, methods=POST)

    def code(self) -> Any:
        """Ask for the code of the app."""
        return self._asked("account/code.html", self._is_code, "app", WRONG_CODE)

    def recovery_code(self) -> Any:
        """Ask for a recovery code."""
        return self._asked(
            "account/recovery_code.html", self._is_recovery_code, "recovery", WRONG_RECOVERY_CODE
        )

    def passkey_question(self) -> Any:
        """Answer with what a browser needs to log in with a passkey."""
        if not self._entrance.offers_passkeys:
            abort(404)
        challenge = new_challenge(self._entrance.now)
        return dict(passkeys.questions_for_login(self._entrance.site, challenge))

    def passkey(self) -> Any:
        """Let in whoever has a passkey, whatever they did before."""
        challenge = taken_challenge(self._entrance.now)
        account = challenge and passkeys.account_proved(
            self._database,
            self._entrance.site,
            answer=request.form.get("answer", ""),
            challenge=challenge,
            today=self._entrance.house.clock.today(),
        )
        if not account:
            return refused_login(Message(WRONG_PASSKEY)), HTTPStatus.UNPROCESSABLE_ENTITY
        return self._entrance.complete(account, via="passkey", there=self._there(account))

    def _asked(
        self, template: str, is_right: Callable[[Account, str], bool], via: str, wrong: str
    ) -> Any:
        """Ask for a code of one kind until it is right."""
        account, note = self._waiting()
        if request.method == "GET":
            return self._page(template, account)
        try:
            if is_right(account, request.form.get("code", "")):
                return self._entrance.complete(account, via=via, there=note.there)
        except TooSoon as soon:
            response = self._page(template, account, wait(soon.seconds))
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response.headers["Retry-After"] = str(soon.seconds)
            return response
        return self._page(template, account, Message(wrong))

    def _is_code(self, account: Account, code: str) -> bool:
        entrance = self._entrance
        guesser = entrance.known.guesser(account.email)
        return second_factors.check_code(
            self._database, entrance.vault, account, code, now=entrance.now, guesser=guesser
        )

    def _is_recovery_code(self, account: Account, code: str) -> bool:
        entrance = self._entrance
        return second_factors.check_recovery_code(
            self._database,
            entrance.vault,
            account,
            code,
            now=entrance.now,
            today=entrance.house.clock.today(),
            guesser=entrance.known.guesser(account.email),
        )

    def _waiting(self) -> tuple[Account, OnTheWay]:
        """Return who is on the way in; everybody else goes to the login."""
        return self._entrance.on_the_way(Step.CODE) or abort(redirect(url_for("account.login")))

    def _there(self, account: Account) -> str:
        waiting = self._entrance.on_the_way(Step.CODE)
        same = waiting is not None and waiting[0].id == account.id
        return waiting[1].there if waiting is not None and same else self._entrance.wanted

    def _page(self, template: str, account: Account, problem: Message | None = None) -> Response:
        factors = self._entrance.factors_of(account)
        page = CodePage(
            problem=problem,
            email=account.email,
            has_app=factors.app_since is not None,
            has_codes=factors.codes_left > 0,
            passkeys=bool(factors.passkeys) and self._entrance.offers_passkeys,
        )
        return answer(template, page)
