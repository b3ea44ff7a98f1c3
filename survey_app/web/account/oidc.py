"""Signing on elsewhere: to the provider, and back with an answer.

The way there is a link, not a form: browsers apply `form-action` to where a form leads in the end,
and ours allows this site only. What must come back stays in the session, for one answer. Whatever
goes wrong ends on a page that says what to do; the reason goes to the log in a few words.
"""

import hmac
from dataclasses import asdict
from typing import Any, Final

from flask import Blueprint, Response, current_app, redirect, request, session, url_for

from survey_app.domain.messages import N_
from survey_app.services import signing_on
from survey_app.services.signing_on import Refusal
from survey_app.web.account.entering import current_entrance
from survey_app.web.account.invitation import NoEntrancePage, spoken_words
from survey_app.web.account.login import Turnstile
from survey_app.web.account.oidc_provider import (
    Provider,
    Question,
    Unreachable,
    Untrusted,
    identity_of,
    proved_twice,
)
from survey_app.web.account.sessions import ROOT, is_staff_page
from survey_app.web.house import House
from survey_app.web.templating import draw

START: Final = "/anmelden/haus"
BACK: Final = "/anmelden/haus/zurueck"
VIA: Final = "sign_on"
KEPT: Final = "sign_on"  # in the session, while somebody is at the provider
AT_ONCE: Final = 4  # each waits for the provider with one of the server's threads
WAITING: Final = 2
LONGEST: Final = 4000  # of what a provider sends back in an address

AGAIN: Final = N_("Bitte versuchen Sie es noch einmal oder melden Sie sich mit Ihrem Passwort an.")
UNREACHABLE: Final = NoEntrancePage(
    N_("Die Anmeldung Ihres Hauses antwortet gerade nicht"),
    (
        N_("Bitte versuchen Sie es in ein paar Minuten noch einmal."),
        N_("Haben Sie hier ein Passwort? Damit können Sie sich jetzt anmelden."),
    ),
)
NOT_FINISHED: Final = NoEntrancePage(
    N_("Sie sind nicht angemeldet"), (N_("Die Anmeldung bei Ihrem Haus wurde abgebrochen."), AGAIN)
)
UNTRUSTED: Final = NoEntrancePage(
    N_("Die Anmeldung hat nicht geklappt"),
    (
        N_(
            "Die Antwort Ihres Hauses passt nicht zu dieser Anmeldung; vielleicht war die Seite zu"
            " lange offen."
        ),
        AGAIN,
    ),
)
REFUSALS: Final = {
    Refusal.NO_EMAIL: NoEntrancePage(
        N_("Ihre E-Mail-Adresse ist noch nicht bestätigt"),
        (
            N_(
                "Ihr Haus hat Sie angemeldet, aber nicht bestätigt, dass die E-Mail-Adresse Ihnen"
                " gehört. Bitte wenden Sie sich dort an die Technik."
            ),
        ),
    ),
    Refusal.NO_ACCOUNT: NoEntrancePage(
        N_("Für Sie gibt es hier kein Konto"),
        (
            N_(
                "Ihr Haus hat Sie angemeldet, aber zu Ihrer E-Mail-Adresse gibt es bei Mitreden"
                " kein Konto, das eingeschaltet ist."
            ),
            N_("Bitten Sie die Person, die in Ihrem Netzwerk Konten verwaltet, Sie einzuladen."),
        ),
    ),
    Refusal.SOMEBODY_ELSE: NoEntrancePage(
        N_("Dieses Konto ist schon mit jemand anderem verknüpft"),
        (
            N_(
                "Haben Sie bei Ihrem Haus ein neues Konto bekommen? Dann bitten Sie die Person, die"
                " in Ihrem Netzwerk Konten verwaltet, die alte Verknüpfung zu lösen."
            ),
        ),
    ),
}


class SignOn:
    """The two views."""

    def __init__(self, house: House) -> None:
        self._house = house
        settings = house.settings
        secret = settings.oidc_client_secret
        self._provider = Provider(
            issuer=settings.oidc_issuer or "",
            client_id=settings.oidc_client_id or "",
            client_secret=secret.get_secret_value() if secret else None,
            redirect_uri=f"{settings.staff_address}{ROOT}{BACK}",
        )
        self._turnstile = Turnstile(AT_ONCE, WAITING)

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes."""
        blueprint.add_url_rule(START, "sign_on", self.begin)
        blueprint.add_url_rule(BACK, "signed_on", self.end)

    def begin(self) -> Any:
        """Lead to the provider."""
        question = Question.new()
        try:
            with self._turnstile.passed():
                address = self._provider.address(question)
        except Unreachable as error:
            return self._no_entrance(UNREACHABLE, 503, str(error))
        session[KEPT] = asdict(question) | {"next": _own_page(request.args.get("next", ""))}
        return redirect(address, 303)

    def end(self) -> Any:
        """Take the answer, and log in whose it is."""
        kept = session.pop(KEPT, {})
        there = kept.pop("next", "")
        said = {name: value[:LONGEST] for name, value in request.args.items()}
        if not kept or not _same(said.get("state", ""), kept["state"]):
            return self._no_entrance(UNTRUSTED, 400, "state")
        if said.get("iss", self._provider.issuer) != self._provider.issuer:  # RFC 9207
            return self._no_entrance(UNTRUSTED, 400, "iss")
        if "code" not in said:
            return self._no_entrance(NOT_FINISHED, 400, "no code")
        return self._entered(Question(**kept), said["code"], there)

    def _entered(self, question: Question, code: str, there: str) -> Any:
        try:
            with self._turnstile.passed():
                claims = self._provider.claims(question, code)
        except Unreachable as error:
            return self._no_entrance(UNREACHABLE, 503, str(error))
        except Untrusted as error:
            return self._no_entrance(UNTRUSTED, 400, str(error))
        found = signing_on.account_of(
            self._house.database, identity_of(claims), self._house.clock.today()
        )
        if isinstance(found, Refusal):
            return self._no_entrance(REFUSALS[found], 403, found.value)
        trusted = self._house.settings.oidc_second_factor and proved_twice(claims)
        let_in = current_entrance().complete if trusted else current_entrance().enter
        return let_in(found, via=VIA, there=there or url_for("staff.home"))

    def _no_entrance(self, page: NoEntrancePage, status: int, reason: str) -> Response:
        current_app.logger.warning("OIDC: %s", reason)
        return Response(draw("account/no_entrance.html", spoken_words(self._house), page), status)


def _own_page(wanted: str) -> str:
    """Return the page that somebody wanted to see, if it is one of staff; else nothing."""
    if not wanted.startswith("/") or "//" in wanted or "\\" in wanted:
        return ""
    return wanted if is_staff_page(wanted.partition("?")[0]) else ""


def _same(sent: str, kept: str) -> bool:
    return hmac.compare_digest(sent.encode(), kept.encode())
