"""Who works here: logging in and logging out, with Flask-Security-Too (docs/adr/013).

    people.py    accounts as Flask-Security wants them, over our own table
    login.py     the form, how many may be hashed at once, what the library is told
    sessions.py  sessions and hooks that exist on staff pages and nowhere else

Only the staff part imports this package.
"""

from functools import partial

from flask import Flask, abort, request
from flask_login import user_logged_in
from flask_security.core import Security
from flask_wtf.csrf import CSRFProtect

from survey_app.web.account.login import BLUEPRINT, LoginForm, configuration, draw_account_page
from survey_app.web.account.people import Addresses, People
from survey_app.web.account.sessions import (
    StaffSessions,
    forget_the_machine,
    hooks_only_on,
)
from survey_app.web.house import House
from survey_app.web.origin import comes_from_elsewhere


def refuse_foreign_forms(public_url: str) -> None:
    """End a request that carries a form from another site."""
    if request.method == "POST" and comes_from_elsewhere(request, public_url):
        abort(403)


def install(app: Flask, house: House, *, guarded: str) -> None:
    """Let people log in, and check the token of every form of the blueprint `guarded`."""
    app.config |= configuration(house.settings, home=f"{guarded}.home")
    app.session_interface = StaffSessions()
    with hooks_only_on(app, BLUEPRINT, guarded):
        app.before_request(partial(refuse_foreign_forms, house.settings.public_url))
        CSRFProtect(app)
        security = Security(
            app,
            People(house.database),
            login_form=LoginForm,
            mail_util_cls=Addresses,
            render_template=draw_account_page,
        )
    user_logged_in.connect(forget_the_machine, app)
    # The library would also take a token from any address or header; there are none here.
    security.login_manager.request_loader(None)
