"""Who asks, in which language, and how they are answered."""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask import Response, g, request

from survey_app.config import Settings
from survey_app.domain.rights import Actor
from survey_app.languages import Language
from survey_app.services import Database
from survey_app.web.house import House
from survey_app.web.speaking import spoken_language

JSON: Final = "application/json"


class Asking:
    """The request that is being answered; `views.Api` has let it in."""

    def __init__(self, house: House) -> None:
        self._house = house

    @property
    def actor(self) -> Actor:
        """Return who asks, with the rights of this moment."""
        actor: Actor = g.actor
        return actor

    @property
    def database(self) -> Database:
        """Return the database as the network of who asks may see it."""
        return self._house.database.of(self.actor.network)

    @property
    def words(self) -> Language:
        """Return the language of the answer."""
        languages = self._house.languages
        return languages.polite(spoken_language(languages.offered))

    @property
    def settings(self) -> Settings:
        """Return the settings of this installation."""
        return self._house.settings

    @property
    def today(self) -> date:
        """Return the day."""
        return self._house.clock.today()

    def json(self, document: Mapping[str, Any]) -> Response:
        """Answer with a document."""
        content = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        return self.said(content.encode(), JSON)

    def said(self, content: bytes, media_type: str) -> Response:
        """Answer with content in the language of the answer."""
        response = answered(content, media_type)
        response.headers["Content-Language"] = self.words.code
        return response


def answered(content: bytes, media_type: str) -> Response:
    """Answer with content and its checksum, or with 304 to whoever has it already."""
    digest = hashlib.sha256(content)
    response = Response(content)
    response.content_type = media_type
    response.set_etag(digest.hexdigest())
    response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization, Accept-Language, Accept-Encoding"
    response.make_conditional(request)
    return response
