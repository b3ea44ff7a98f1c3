"""Youth workers, coordinators and evaluators: measures, their waves, posters and sheets.

    views.py      the addresses of pages
    ways_in.py    the addresses where a way into a wave is set up
    returning.py  the addresses for the day of the results and their preview
    commitments.py  the addresses for what becomes of a wish
    downloads.py  the addresses of files: posters, sheets, tables
    studio.py     printing: format, languages, colours, preview
    look.py       the colour and the logo of the network
    school.py     the request pack for a school
    imports.py    answers from a file (import_forms.py, import_pages.py)
    guard.py      which right an address needs, and who is turned away
    desk.py       who asks, in which language, and what belongs to them
    pages.py      one dataclass per page
    forms.py      what is asked, and what is wrong with it
    errors.py     what is said when something went wrong

Everything lies below /team and asks for a login (web/account), and every record is looked up by the
network of whoever asks: what belongs to another network is as missing as what never was.
"""

import atexit

from flask import Flask
from flask_wtf.csrf import CSRFError

from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.sheet import SCREEN_STYLES
from survey_app.services.printing import Printer
from survey_app.web import account
from survey_app.web.account.login import Busy
from survey_app.web.account.sessions import ROOT
from survey_app.web.house import House
from survey_app.web.public.views import LegalPages
from survey_app.web.staff.commitments import Commitments
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.downloads import Downloads
from survey_app.web.staff.errors import answer_error
from survey_app.web.staff.guard import Guard
from survey_app.web.staff.imports import Imports
from survey_app.web.staff.look import Look
from survey_app.web.staff.returning import Returning
from survey_app.web.staff.school import School
from survey_app.web.staff.studio import Studio
from survey_app.web.staff.views import BLUEPRINT, Staff
from survey_app.web.staff.ways_in import WaysIn

PRINTER = "mitreden-printer"
PDF_WORKERS = 2
PDF_PATIENCE = 1.0  # seconds: the server's few threads are there for phones, not for waiting


def install(app: Flask, house: House) -> None:
    """Add the pages to the application."""
    printer = Printer(PdfPool(PDF_WORKERS, patience=PDF_PATIENCE))
    atexit.register(printer.close)
    app.extensions[PRINTER] = printer
    house.assets.add(SCREEN_STYLES)
    desk = Desk(house)
    staff = Staff(desk)
    blueprint = staff.blueprint()
    Guard(desk).stand_before(blueprint, app)
    for more in (WaysIn, Returning, Commitments):
        more(desk, staff).add_to(blueprint)
    for part in (Downloads, Studio, Look, School):
        part(desk, printer).add_to(blueprint)
    Imports(desk).add_to(blueprint)
    app.register_blueprint(blueprint)
    if "public" not in app.blueprints:  # on a host of its own
        app.register_blueprint(LegalPages(house).blueprint())
    account.install(app, house, guarded=BLUEPRINT)
    app.jinja_env.globals["staff_address"] = f"{ROOT}/anmelden"  # for the foot of the first page
    for kind in (CSRFError, Busy):
        app.register_error_handler(kind, answer_error)
