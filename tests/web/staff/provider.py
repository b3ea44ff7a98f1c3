"""A small provider that signs people on: OpenID Connect, code flow with PKCE, RS256.

It serves discovery, authorize, token and keys, and checks what a real one checks: the client, its
secret, where it sends people back to, and that who brings the code is who asked for it (S256). A
test says whom it lets in (`claims`) and what else it does wrong.
"""

import json
import secrets
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

from tests.web.site import _Quiet

CLIENT = "mitreden"
SECRET = "das Geheimnis von Mitreden"
SUBJECT = "4711"
PUBLIC = "http://127.0.0.1:8000"  # what the application calls itself if nothing is set
Change = Callable[[dict[str, Any]], None]


def nothing(_claims: dict[str, Any]) -> None:
    """Change nothing."""


@dataclass
class Provider:
    """A WSGI application. `claims` is what a token says of whoever signs on, beside the usual."""

    claims: dict[str, Any]
    change: Change = nothing  # of the claims of a token, before it is signed
    denies: bool = False
    is_down: bool = False
    signs_with_another_key: bool = False
    issuer: str = ""
    sends_back_to: str = PUBLIC  # where the application is served to a browser
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: int = 0

    @cached_property
    def key(self) -> RSAKey:
        """Return what tokens are signed with."""
        return RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        path = environ["PATH_INFO"]
        if self.is_down:
            return self._answer(start, "503 Service Unavailable", {})
        if path == "/.well-known/openid-configuration":
            return self._answer(start, "200 OK", self._discovery())
        if path == "/authorize":  # somebody who is signed on there already
            back = self.sign_on(f"{self.issuer}{path}?{environ['QUERY_STRING']}")
            start("302 Found", [("Location", back.replace(PUBLIC, self.sends_back_to))])
            return []
        if path == "/keys":
            return self._answer(start, "200 OK", KeySet([self.key]).as_dict(private=False))
        if path == "/token":
            return self._token(environ, start)
        return self._answer(start, "404 Not Found", {})

    def sign_on(self, address: str) -> str:
        """Do what a person does at the authorize endpoint; return where the browser is sent."""
        query = {name: value for name, (value,) in parse_qs(address.partition("?")[2]).items()}
        assert address.startswith(f"{self.issuer}/authorize?")
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["scope"].split() == ["openid", "email"]
        assert query["code_challenge_method"] == "S256"
        back: dict[str, str] = {"state": query["state"], "iss": self.issuer}
        if self.denies:
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe(16)
            self.codes[back["code"]] = query
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _token(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        sent = {name: value for name, (value,) in parse_qs(body).items()}
        asked = self.codes.pop(sent.get("code", ""), None)
        basic = b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        is_right = (
            asked is not None
            and environ.get("HTTP_AUTHORIZATION") == f"Basic {basic}"
            and sent.get("grant_type") == "authorization_code"
            and sent.get("redirect_uri") == asked["redirect_uri"]
            and create_s256_code_challenge(sent.get("code_verifier", "")) == asked["code_challenge"]
        )
        if not is_right or asked is None:
            return self._answer(start, "400 Bad Request", {"error": "invalid_grant"})
        self.tokens += 1
        token = {"access_token": "x", "token_type": "Bearer", "id_token": self._id_token(asked)}
        return self._answer(start, "200 OK", token)

    def _id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": SUBJECT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.claims,
        }
        self.change(claims)
        key = self.key
        if self.signs_with_another_key:
            key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
        return jwt.encode({"alg": "RS256", "kid": "1"}, claims, key)

    @staticmethod
    def _answer(start: Callable[..., Any], status: str, content: object) -> Iterable[bytes]:
        start(status, [("Content-Type", "application/json")])
        return [json.dumps(content).encode()]


@contextmanager
def provider_for(**claims: Any) -> Iterator[Provider]:
    """Serve a provider on a free port of this machine."""
    provider = Provider(claims)
    server = make_server("127.0.0.1", 0, provider, threaded=True, request_handler=_Quiet)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
