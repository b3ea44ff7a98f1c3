"""Who works here: logging in and logging out, with Flask-Security-Too (docs/adr/013).

    people.py    accounts as Flask-Security wants them, over our own tables
    login.py     the form, how many may be hashed at once, what the library is told
    entering.py  what happens after a right password, passkey or word of another house
    arriving.py  two ways in beside the form: a link (invitation.py), another house's word (oidc.py)
    steps.py     the addresses of the second step: a code, a recovery code, a passkey
    setting_up.py  the addresses where a second factor is set up
    pages.py, drawing.py  what they show, and how
    challenge.py what a passkey signs
    known.py     browsers in which somebody has logged in before
    devices.py   by which words somebody recognises a browser
    sessions.py  sessions and hooks that exist on staff pages and nowhere else

Only the staff part imports this package.
"""

from functools import partial
from typing import Final

from flask import Blueprint, Flask, abort, request
from flask_login import user_logged_in, user_logged_out
from flask_security.core import Security
from flask_wtf.csrf import CSRFProtect

from survey_app.config import SecondFactor
from survey_app.services import logins
from survey_app.web.account.entering import NAME, Entrance, Steps
from survey_app.web.account.login import (
    BLUEPRINT,
    LoginForm,
    Slowed,
    answer_slowed,
    configuration,
    draw_account_page,
)
from survey_app.web.account.people import Addresses, People, Person
from survey_app.web.account.sessions import (
    ROOT,
    StaffSessions,
    forget_the_machine,
    hooks_only_on,
)
from survey_app.web.account.setting_up import SettingUp
from survey_app.web.account.steps import SecondStep
from survey_app.web.house import House, current_house
from survey_app.web.impossible import refuse_the_impossible
from survey_app.web.origin import comes_from_elsewhere

ARRIVING: Final = "arriving"  # the blueprint of arriving.py, which the staff part adds
STEPS: Final = "entry"


def refuse_foreign_forms(public_url: str) -> None:
    """End a request that carries a form from another site."""
    if request.method == "POST" and comes_from_elsewhere(request, public_url):
        abort(403)


def install(app: Flask, house: House, *, guarded: str) -> None:
    """Let people log in, and check the token of every form of the blueprint `guarded`."""
    entrance = Entrance(house)
    app.extensions[NAME] = entrance
    app.config |= configuration(house.settings, entrance, home=f"{guarded}.home")
    app.session_interface = StaffSessions()
    with hooks_only_on(app, BLUEPRINT, STEPS, ARRIVING, guarded):
        app.before_request(partial(refuse_foreign_forms, house.settings.staff_address))
        CSRFProtect(app)
        app.before_request(refuse_the_impossible)
        security = Security(
            app,
            People(house, entrance.limits),
            login_form=LoginForm,
            mail_util_cls=Addresses,
            render_template=draw_account_page,
        )
    security.two_factor_plugins = Steps()
    app.register_blueprint(_steps(entrance))
    app.register_error_handler(Slowed, answer_slowed)
    app.jinja_env.globals["is_tried_out"] = house.settings.second_factor is SecondFactor.OPTIONAL
    user_logged_in.connect(forget_the_machine, app)
    user_logged_out.connect(_end_login, app)
    # The library would also take a token from any address or header; there are none here.
    security.login_manager.request_loader(None)


def _steps(entrance: Entrance) -> Blueprint:
    """Return the addresses between a password and a login."""
    routes = Blueprint(STEPS, __name__, url_prefix=ROOT)
    SecondStep(entrance).add_to(routes)
    SettingUp(entrance).add_to(routes)
    return routes


def _end_login(_app: Flask, *, user: Person, **_: object) -> None:
    """Make a copy of the cookie worthless."""
    if user.login is not None:
        logins.end(current_house().database, user.login)
