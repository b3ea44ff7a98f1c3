"""A person with a phone: the questionnaire behind a code, and the answer to what they send.

    views.py      the addresses
    sealed.py     what waited on a device without a network
    slips.py      what is behind the code of a slip
    passing.py    what a device that goes from hand to hand must forget
    doors.py      what is behind a code, kept in memory for five seconds
    pages.py      one dataclass per page
    splicing.py   a page drawn once, with a fresh submission id in each copy
    express.py    the shortest way from such a page to the phone

Nothing here sets a cookie, has a session, or writes down who came (ADR 007). The page that most
phones ask for costs neither a query nor a template (ADR 010).
"""

from flask import Flask

from survey_app.web.house import House
from survey_app.web.respond import passing
from survey_app.web.respond.express import Express
from survey_app.web.respond.sealed import Sealed
from survey_app.web.respond.views import Respond


def install(app: Flask, house: House) -> None:
    """Add the pages to the application."""
    # These take doors and splicing from here.
    from survey_app.web.public.measures import PublicLists
    from survey_app.web.public.views import SurveyPages

    views = Respond(house)
    blueprint = views.blueprint()
    Sealed(house, views).add_to(blueprint)
    passing.add_to(blueprint)
    app.register_blueprint(blueprint)
    app.register_blueprint(SurveyPages(house, views.doors, views.unknown).blueprint())
    app.register_blueprint(PublicLists(house).blueprint())
    app.wsgi_app = Express(app.wsgi_app, views.doors)  # type: ignore[method-assign]
