"""The provider that signs staff on: OpenID Connect, code flow with PKCE.

Three requests of ours for each person: what the provider offers (discovery), the code against an ID
token, and its keys. They are asked for anew each time, so that a provider may change its keys; a
few dozen people a day do that. All go to addresses that the configured issuer names, follow no
redirect, read at most 256 KB and wait five seconds. A token counts only if a key of the provider
signed it with one of the algorithms below, for us, just now, as the answer to this very question.

Authlib knows the rules of the tokens; the requests are made with the standard library, which trusts
the certificates that the machine trusts: a district's provider often has one of its own authority.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata, get_well_known_url
from joserfc import jwt
from joserfc.errors import InvalidClaimError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from survey_app.config import THIS_MACHINE
from survey_app.services.signing_on import Identity

SECONDS: Final = 5.0
MOST_BYTES: Final = 256 * 1024
LONGEST_SUBJECT: Final = 255  # OpenID Connect Core 1.0, 2
LEEWAY: Final = 60  # seconds by which clocks may differ
SCOPE: Final = "openid email"
ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"]
ONE_FACTOR: Final = {"pwd", "pin"}  # RFC 8176


class Unreachable(Exception):
    """The provider does not answer, or not as a provider does."""


class Untrusted(Exception):
    """What came back is not the answer to our question; the text says why, for the log."""


@dataclass(frozen=True)
class Question:
    """What must come back; kept in the session of whoever is on the way to the provider."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Question":
        """Return one that nobody can guess."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))


@dataclass(frozen=True)
class Provider:
    """The provider, and what we are called there; `redirect_uri` is where it sends people back."""

    issuer: str
    client_id: str
    client_secret: str | None
    redirect_uri: str

    def address(self, question: Question) -> str:
        """Return where to send somebody to sign on; raises Unreachable."""
        address: str = prepare_grant_uri(
            self._metadata()["authorization_endpoint"],
            client_id=self.client_id,
            response_type="code",
            redirect_uri=self.redirect_uri,
            scope=SCOPE,
            state=question.state,
            nonce=question.nonce,
            code_challenge=create_s256_code_challenge(question.verifier),
            code_challenge_method="S256",
        )
        return address

    def claims(self, question: Question, code: str) -> Mapping[str, Any]:
        """Return what the provider says of whoever came back; raises Unreachable, Untrusted."""
        metadata = self._metadata()
        token = self._token(metadata, question, code)
        keys = _answer(Request(metadata["jwks_uri"]))  # noqa: S310 - see _answer
        try:
            return _checked(token, keys, question, issuer=self.issuer, client_id=self.client_id)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Untrusted(_reason(error)) from error

    def _metadata(self) -> Mapping[str, Any]:
        found = _answer(Request(get_well_known_url(self.issuer, external=True)))  # noqa: S310 - see _answer
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if found.get("issuer") != self.issuer or not all(
            isinstance(found.get(name), str) for name in needed
        ):
            raise Unreachable("discovery")
        return dict(OpenIDProviderMetadata(found))

    def _token(
        self, metadata: Mapping[str, Any], question: Question, code: str
    ) -> Mapping[str, Any]:
        body = prepare_token_request(
            "authorization_code",
            redirect_uri=self.redirect_uri,
            code=code,
            code_verifier=question.verifier,
        )
        auth = ClientAuth(self.client_id, self.client_secret, self._way_to_prove(metadata))
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
        }
        address, headers, body = auth.prepare("POST", metadata["token_endpoint"], headers, body)
        return _answer(Request(address, body.encode(), headers, method="POST"))  # noqa: S310

    def _way_to_prove(self, metadata: Mapping[str, Any]) -> str:
        """Return how we say who we are: the way that every provider knows, if this one does."""
        if self.client_secret is None:
            return "none"
        known = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_basic" if "client_secret_basic" in known else "client_secret_post"


def identity_of(claims: Mapping[str, Any]) -> Identity:
    """Return who somebody is; an e-mail counts only if the provider says that it has checked it."""
    email = claims.get("email") if claims.get("email_verified") is True else None
    is_one = isinstance(email, str) and email.isprintable()
    return Identity(claims["iss"], claims["sub"], email if is_one else None)


def proved_twice(claims: Mapping[str, Any]) -> bool:
    """Return whether nothing speaks against a second factor: many providers say nothing of it."""
    return not claims.get("amr") or not ONE_FACTOR.issuperset(claims["amr"])


def _checked(
    token: Mapping[str, Any],
    keys: Mapping[str, Any],
    question: Question,
    *,
    issuer: str,
    client_id: str,
) -> Mapping[str, Any]:
    """Return the claims of an ID token (OpenID Connect Core 1.0, 3.1.3.7)."""
    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    signed = jwt.decode(token["id_token"], KeySet.import_key_set(keys), registry=registry)  # type: ignore[arg-type]
    claims = CodeIDToken(
        signed.claims,
        signed.header,
        options={
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": client_id},
            "sub": {"essential": True},
        },
        params={
            "nonce": question.nonce,
            "client_id": client_id,
            "access_token": token.get("access_token"),
        },
    )
    claims.validate(leeway=LEEWAY)
    if len(claims["sub"]) > LONGEST_SUBJECT or not claims["sub"].isprintable():
        raise InvalidClaimError("sub")
    return dict(claims)


def _reason(error: Exception) -> str:
    """Return what was wrong in one word, without a value of the token."""
    claim = getattr(error, "claim", None)
    return f"{type(error).__name__} {claim}" if claim else type(error).__name__


class _Stay(HTTPRedirectHandler):
    """Follow no redirect: the answer comes from the address that was asked."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Return no other request."""


_OPENER: Final = build_opener(_Stay)


def _answer(request: Request) -> dict[str, Any]:
    """Return the JSON object that an address answers with; raises Unreachable, Untrusted."""
    if request.type != "https" and request.host.partition(":")[0] not in THIS_MACHINE:
        raise Unreachable("not encrypted")
    try:
        with _OPENER.open(request, timeout=SECONDS) as response:
            found = json.loads(response.read(MOST_BYTES))
    except HTTPError as error:
        with error:
            if error.code < 500 and request.method == "POST":
                raise Untrusted(f"token endpoint {error.code}") from None
            raise Unreachable(f"status {error.code}") from None
    except (OSError, ValueError) as error:
        raise Unreachable(type(error).__name__) from error
    if not isinstance(found, dict):
        raise Unreachable("no object")
    return found
