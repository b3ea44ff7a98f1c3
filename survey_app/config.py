"""The settings: one frozen object, read once from variables named `SURVEY_…`.

A mistyped variable is an error with a guess at what was meant; silently ignored, it would leave an
operator believing in a protection that is not there. The disclosure rules can be raised here, never
lowered:

    SURVEY_POLICY='{"A": {"smallest_block": 8}}'
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from survey_app.domain.disclosure import IN_USE, DisclosurePolicy
from survey_app.domain.messages import N_

PREFIX = "SURVEY_"
POLICY_EXAMPLE = 'erwartet wird JSON wie {"A": {"smallest_block": 8}}'
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
SIGN_ON = N_("Mit dem Konto Ihres Hauses anmelden")


class Part(StrEnum):
    """What an installation serves. Each part can run on a host of its own."""

    RESPOND = "respond"  # a person with a phone
    STAFF = "staff"  # youth workers, coordinators, evaluators


class SecondFactor(StrEnum):
    """Whether a password alone is enough for whoever sees or grants more than a bit."""

    COMPULSORY = "compulsory"  # not enough: Role.needs_second_factor
    OPTIONAL = "optional"  # enough; every page of staff says that this is for trying out


class UnusableSettings(ValueError):
    """Raised for settings that make no sense; names every fault with its variable and remedy."""


class Settings(BaseModel):
    """How this installation runs.

    `public_url` is what people type and what the QR codes hold, without a path. `recount_days` and
    `text_days` say how long shuffled sheets and free texts stay after a wave was closed. `networks`
    is a folder of the operator's own with help cards and legal facts, `jobs_folder` one for big
    prints on their way. A login ends after `idle_minutes` without a page, and `login_hours` after
    it began. `staff_url` is where staff log
    in, if not at `public_url`. `oidc_…` is the provider that may sign them on (docs/accounts.md).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    database_url: str = "sqlite:///var/mitreden.db"
    public_url: str = "http://127.0.0.1:8000"
    secret_key: SecretStr | None = Field(default=None, validate_default=False)
    parts: frozenset[Part] = frozenset(Part)
    recount_days: int = Field(default=14, ge=0, le=90)
    text_days: int = Field(default=90, ge=1, le=90)
    timezone: str = "Europe/Berlin"
    policy: DisclosurePolicy = DisclosurePolicy()
    networks: Path | None = None
    second_factor: SecondFactor = SecondFactor.COMPULSORY
    jobs_folder: Path = Path("var/jobs")
    idle_minutes: int = Field(default=60, ge=5, le=480)
    login_hours: int = Field(default=12, ge=1, le=24)
    staff_url: str | None = None
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_label: str = SIGN_ON
    oidc_second_factor: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Return the settings that the variables describe; raises UnusableSettings."""
        given = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in environment.items()
            if name.startswith(PREFIX)
        }
        refuse_unknown(given.keys(), known=cls.model_fields.keys())
        try:
            settings = cls.model_validate(given)
        except ValidationError as error:
            raise UnusableSettings("\n".join(_sentences(error))) from None
        return settings._with_a_key()

    @field_validator("parts", mode="before")
    @classmethod
    def _read_parts(cls, value: Any) -> Any:
        return frozenset(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("policy", mode="before")
    @classmethod
    def _raise_the_floor(cls, value: Any) -> Any:
        """Read `{"A": {"smallest_block": 8}, "text_block": 12}`; the rest stays as it is."""
        if not isinstance(value, str):
            return value
        wishes = json.loads(value)
        if not isinstance(wishes, dict) or "rules" in wishes:
            raise ValueError(POLICY_EXAMPLE)
        rules = {name: rule.model_dump() | _rule(wishes, name) for name, rule in IN_USE.items()}
        return DisclosurePolicy.model_validate_json(json.dumps({"rules": rules} | wishes))

    @field_validator("public_url", "staff_url")
    @classmethod
    def _is_an_origin(cls, value: str | None) -> str | None:
        if value is None:
            return None
        url = urlsplit(value.rstrip("/"))
        if url.scheme not in ("http", "https") or not url.hostname or url.path or url.query:
            raise ValueError(
                "eine Adresse ohne Pfad erwartet, zum Beispiel https://mitreden.example"
            )
        return value.rstrip("/")

    @field_validator("oidc_issuer")
    @classmethod
    def _is_an_issuer(cls, value: str | None) -> str | None:
        """Keep the address as it is: the provider's tokens must name it to the letter."""
        url = urlsplit(value or "")
        encrypted = url.scheme == "https" or url.hostname in THIS_MACHINE
        if value and not (encrypted and url.hostname and not url.query and not url.fragment):
            raise ValueError(
                "die Adresse des Anbieters erwartet, mit https, zum Beispiel"
                " https://login.kreis.example/realms/kreis"
            )
        return value or None

    @field_validator("timezone")
    @classmethod
    def _exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ValueError, KeyError, OSError):
            raise ValueError("eine Zeitzone erwartet, zum Beispiel Europe/Berlin") from None
        return value

    @field_validator("networks")
    @classmethod
    def _is_a_folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError(
                "ein Ordner erwartet, den es gibt, zum Beispiel /srv/mitreden/netzwerke"
            )
        return value

    @model_validator(mode="after")
    def _has_parts(self) -> "Settings":
        if not self.parts:
            raise ValueError(f"mindestens ein Teil erwartet: {', '.join(Part)}")
        return self

    @model_validator(mode="after")
    def _has_a_whole_provider(self) -> "Settings":
        if (self.oidc_issuer is None) != (self.oidc_client_id is None):
            raise ValueError(
                f"{PREFIX}OIDC_ISSUER und {PREFIX}OIDC_CLIENT_ID gehören zusammen: bitte beide"
                " setzen oder keine"
            )
        return self

    @property
    def sign_on(self) -> str | None:
        """Return what the button for signing on elsewhere says; None if there is no such way."""
        return self.oidc_label if self.oidc_issuer else None

    @property
    def staff_address(self) -> str:
        """Return where staff log in, without a path."""
        return self.staff_url or self.public_url

    @property
    def is_secure(self) -> bool:
        """Return whether the public address is encrypted."""
        return self.public_url.startswith("https://")

    @property
    def is_on_this_machine(self) -> bool:
        """Return whether nobody but this machine can reach the public address."""
        return urlsplit(self.public_url).hostname in THIS_MACHINE

    def today(self) -> date:
        """Return the day it is at the place where the surveys take place."""
        return datetime.now(ZoneInfo(self.timezone)).date()

    def _with_a_key(self) -> "Settings":
        """Return the settings with a key for the staff part; on this machine one is drawn."""
        if self.secret_key is not None or Part.STAFF not in self.parts:
            return self
        if not self.is_on_this_machine:
            raise UnusableSettings(
                f"{PREFIX}SECRET_KEY fehlt. Der Teil „staff“ braucht einen geheimen, gleich"
                " bleibenden Schlüssel. Einen neuen druckt:"
                " python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        return self.model_copy(update={"secret_key": SecretStr(secrets.token_urlsafe(32))})


def _rule(wishes: dict[str, Any], name: str) -> dict[str, Any]:
    """Take what is wished for one sensitivity out of `wishes`."""
    wish = wishes.pop(name, {})
    if not isinstance(wish, dict):
        raise ValueError(POLICY_EXAMPLE)
    return wish


def refuse_unknown(given: Iterable[str], *, known: Iterable[str]) -> None:
    """Raise UnusableSettings if a variable is none of ours, with the one that was likely meant."""
    names = sorted(known)
    faults = [_unknown(name, names) for name in sorted(given) if name not in names]
    if faults:
        raise UnusableSettings("\n".join(faults))


def _unknown(name: str, known: list[str]) -> str:
    guesses = get_close_matches(name, known, n=1)
    remedy = (
        f"Gemeint ist vielleicht {_variable(guesses[0])}."
        if guesses
        else f"Es gibt: {', '.join(map(_variable, known))}."
    )
    return f"{_variable(name)} ist keine Einstellung. {remedy}"


def _variable(field: str) -> str:
    return f"{PREFIX}{field.upper()}"


def _sentences(error: ValidationError) -> Iterable[str]:
    for fault in error.errors(include_url=False, include_input=False):
        said = fault["msg"].removeprefix("Value error, ")
        field, *place = map(str, fault["loc"] or ("parts",))
        where = ".".join([_variable(field), *place])
        yield said if said.startswith(PREFIX) else f"{where}: {said}"
