"""The login: its form, how many passwords are hashed at once, and what the library is told.

Whether an account exists must not show: an unknown address and a wrong password get the same
sentence after the same work (the library hashes what was typed in either case).

One hash takes 64 MB and a tenth of a second. In a server that also answers phones, a hundred logins
at once must neither fill the memory nor keep all threads waiting, so two are hashed at a time, one
more waits, and the rest are asked to try again.

Whoever guesses gets slower (services/slowing.py), for an address that nobody has just as for one of
ours. Whoever is told to wait costs no hash.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from threading import BoundedSemaphore, Lock
from typing import Any, Final

from flask import Response
from flask_security import forms
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests
from wtforms import EmailField, PasswordField, SubmitField
from wtforms.validators import InputRequired

from survey_app.config import Settings
from survey_app.domain.messages import N_, Message
from survey_app.services import accounts, slowing
from survey_app.services.slowing import PASSWORDS, TooSoon
from survey_app.web.account.drawing import polite_words, wait
from survey_app.web.account.entering import Entrance, current_entrance
from survey_app.web.account.sessions import ROOT
from survey_app.web.house import current_house
from survey_app.web.templating import draw

BLUEPRINT: Final = "account"
HASHED_AT_ONCE: Final = 2
WAITING: Final = 1
PATIENCE: Final = 5.0

WRONG = N_("E-Mail-Adresse oder Passwort stimmt nicht. Bitte prüfen Sie beides.")


class Busy(ServiceUnavailable):
    """Too many people log in at this moment."""


class Slowed(TooManyRequests):
    """Somebody was wrong too often; the form comes back with the time that is left."""

    def __init__(self, form: "LoginForm", seconds: int) -> None:
        super().__init__(retry_after=seconds)
        self.form = form
        self.seconds = seconds


class Turnstile:
    """Lets `inside` threads through at a time; `waiting` more wait, others are turned away."""

    def __init__(self, inside: int, waiting: int) -> None:
        self._seats = BoundedSemaphore(inside)
        self._room = inside + waiting
        self._here = 0
        self._counting = Lock()

    @property
    def is_full(self) -> bool:
        """Return whether the next one is turned away."""
        return self._here >= self._room

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Be inside; raises Busy if there is no room."""
        with self._arrived():
            if not self._seats.acquire(timeout=PATIENCE):
                raise Busy
            try:
                yield
            finally:
                self._seats.release()

    @contextmanager
    def _arrived(self) -> Iterator[None]:
        with self._counting:
            if self.is_full:
                raise Busy
            self._here += 1
        try:
            yield
        finally:
            with self._counting:
                self._here -= 1


HASHING: Final = Turnstile(HASHED_AT_ONCE, WAITING)


class LoginForm(forms.LoginForm):
    """Address and password; nobody is remembered longer than a working day."""

    email = EmailField(
        N_("E-Mail-Adresse"),
        validators=[InputRequired(), forms.EmailValidation(verify=False)],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        N_("Passwort"),
        validators=[InputRequired()],
        render_kw={"autocomplete": "current-password"},
    )
    submit = SubmitField(N_("Anmelden"))
    remember = None  # WTForms' way to leave out a field

    def validate(self, **kwargs: Any) -> bool:
        """Return whether this is somebody's password; hashes, whoever it is."""
        entrance = current_entrance()
        database, key = entrance.house.database, entrance.known.key(self.email.data or "")
        try:
            slowing.check_patience(database, key, PASSWORDS, entrance.now)
        except TooSoon as soon:
            raise Slowed(self, soon.seconds) from None
        with HASHING.passed():
            is_right = super().validate(**kwargs)
        if is_right:
            slowing.forgive(database, key)
        elif self.password.data:
            slowing.fail(database, key, entrance.now)
        return is_right


@dataclass(frozen=True)
class LoginPage:
    """The login form; `problems` says why it came back."""

    form: LoginForm
    problems: tuple[str, ...]
    passkeys: bool
    sign_on: str | None  # the button for signing on elsewhere (oidc.py)


def draw_account_page(template: str, **values: Any) -> str:
    """Return a page of the library, drawn with our templates and in our words."""
    words = polite_words()
    form: LoginForm = values["login_user_form"]
    wrong = (Message(each) if isinstance(each, str) else each for each in form.form_errors)
    problems = tuple(dict.fromkeys(problem.said(words) for problem in wrong))
    for field in form:
        field.label.text = words.gettext(str(field.label.text))
    sign_on = current_house().settings.sign_on
    page = LoginPage(
        form, problems, current_entrance().offers_passkeys, sign_on and words.gettext(sign_on)
    )
    return draw(template, words, page)


def answer_slowed(error: Slowed) -> Response:
    """Answer with the form and how long to wait; nothing of what was typed was looked at."""
    error.form.form_errors = [wait(error.seconds)]
    page = draw_account_page("account/login.html", login_user_form=error.form)
    headers = {"Retry-After": str(error.seconds)}
    return Response(page, HTTPStatus.TOO_MANY_REQUESTS, headers)


def refused_login(problem: Message) -> str:
    """Return the login as a page that came back from something else than its own form."""
    form = LoginForm(formdata=None)
    form.form_errors = [problem]
    return draw_account_page("account/login.html", login_user_form=form)


def configuration(settings: Settings, entrance: Entrance, *, home: str) -> dict[str, object]:
    """Return what Flask and the libraries are told; `home` is the page after logging in."""
    assert settings.secret_key is not None  # noqa: S101 - Settings demands it for this part
    return _session(settings) | {
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "PERMANENT_SESSION_LIFETIME": timedelta(seconds=entrance.limits.longest),
        "SESSION_PROTECTION": None,  # would compare addresses and browsers
        # Our pages send no referrer; where a form comes from, the browser says (web/origin.py).
        "WTF_CSRF_SSL_STRICT": False,
        "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as the session
        "WTF_I18N_ENABLED": False,  # our own words, see staff/forms.py
        "SECURITY_BLUEPRINT_NAME": BLUEPRINT,
        "SECURITY_URL_PREFIX": ROOT,
        "SECURITY_LOGIN_URL": "/anmelden",
        "SECURITY_LOGOUT_URL": "/abmelden",
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_LOGIN_USER_TEMPLATE": "account/login.html",
        "SECURITY_POST_LOGIN_VIEW": home,
        "SECURITY_POST_LOGOUT_VIEW": f"{BLUEPRINT}.login",
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_TRACKABLE": False,  # would write down addresses of machines
        "SECURITY_FRESHNESS": timedelta(minutes=-1),  # ours is services.logins.is_fresh
        "SECURITY_CACHE_CONTROL": None,  # ours is stricter, and spelled right
        "SECURITY_CLI_USERS_NAME": False,
        "SECURITY_CLI_ROLES_NAME": False,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_MSG_GENERIC_AUTHN_FAILED": (WRONG, "error"),
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_PASSWORD_NORMALIZE_FORM": accounts.NORMAL_FORM,
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__rounds": accounts.ROUNDS,
            "argon2__memory_cost": accounts.MEMORY_KIB,
            "argon2__parallelism": accounts.LANES,
        },
    }


def _session(settings: Settings) -> dict[str, object]:
    # __Host- lets no other host of the domain set or read the cookie (RFC 6265bis, 4.1.3.2); it
    # demands an encrypted address and the path "/".
    return {
        "SESSION_COOKIE_NAME": "__Host-mitreden" if settings.is_secure else "mitreden",
        "SESSION_COOKIE_SECURE": settings.is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }
