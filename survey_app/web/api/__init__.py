"""The interface for programs: released results, to be read and never written.

    views.py       the addresses below /api/v1
    problems.py    what is answered when something is wrong (RFC 9457)
    rollups.py     those of roll-ups
    asking.py      who asks, and how they are answered
    pace.py        how many requests a token may make
    openapi.json   the description that programs read (OpenAPI 3.1)

It belongs to the staff part and is there wherever that is; the part for phones knows nothing of it.
There is no cookie and no session: every request carries a token (services/tokens.py).
"""

from flask import Flask

from survey_app.web.api.views import Api
from survey_app.web.house import House


def install(app: Flask, house: House) -> None:
    """Add the addresses to the application."""
    app.register_blueprint(Api(house).blueprint())
