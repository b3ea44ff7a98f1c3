"""Two ways in beside the login form: a link that somebody was given, and signing on elsewhere.

Both are open to everybody, and both end at the one door (entering.py), which asks for a second
factor if there must be one.
"""

from flask import Blueprint
from werkzeug.exceptions import HTTPException

from survey_app.web.account import ARRIVING
from survey_app.web.account.invitation import Invitations
from survey_app.web.account.oidc import SignOn
from survey_app.web.account.sessions import ROOT
from survey_app.web.house import House
from survey_app.web.staff.errors import answer_error


def arriving(house: House) -> Blueprint:
    """Return the routes of both ways."""
    blueprint = Blueprint(ARRIVING, __name__, url_prefix=ROOT)
    blueprint.register_error_handler(HTTPException, answer_error)
    Invitations(house).add_to(blueprint)
    if house.settings.oidc_issuer:
        SignOn(house).add_to(blueprint)
    return blueprint
