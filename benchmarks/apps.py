"""The applications that are compared: ours, and what the same server can do at all.

`bare` is the smallest page Flask can send. `respond_without_database` is our part for phones with
the one step left out that makes an answer durable: form, checks and thank-you page are the same.
"""

import os
from typing import Any

from flask import Flask

from survey_app.app import create_app
from survey_app.config import Settings
from survey_app.services import collecting
from survey_app.services.collecting import Receipt


def bare() -> Flask:
    """Return an application with one route that says hello."""
    app = Flask(__name__)
    app.add_url_rule("/", "hello", lambda: "Hello")
    return app


def respond() -> Flask:
    """Return the part for phones as it is."""
    return create_app(_settings())


def respond_without_database() -> Flask:
    """Return the part for phones; what is sent is read, checked and thrown away."""
    app = create_app(_settings())

    def forget(*_: Any) -> Receipt:
        return Receipt.COUNTED

    collecting._put_in = forget
    return app


def _settings() -> Settings:
    return Settings.from_environment(os.environ)
