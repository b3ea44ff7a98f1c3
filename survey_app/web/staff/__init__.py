"""Youth workers, coordinators and evaluators: measures, their waves, posters and sheets.

    views.py      the addresses of pages
    ways_in.py    the addresses where a way into a wave is set up
    returning.py  the addresses for the day of the results and their preview
    commitments.py  the addresses for what becomes of a wish
    review.py     free texts, read one by one (review_pages.py)
    start.py      what to think of today
    designs.py    how often young people are asked, as waves
    waves.py      the page of one wave, and its days
    approvals.py  what a school said
    accounts.py   who may log in, as what (account_pages.py, account_deeds.py)
    places.py     municipalities, organisations, sites (place_forms.py)
    paper.py      sheets that were filled in on paper (paper_pages.py, paper_session.py)
    downloads.py  the addresses of files: posters, sheets, tables
    files.py      all files of a measure, with their checksums
    tokens.py     tokens for programs that read results (web/api)
    slips.py      single-use codes on paper
    batch.py      many prints at once, drawn by a worker (batch_pages.py)
    studio.py     printing: format, languages, colours, preview
    own_account.py  the own account: password, second factor, open logins (own_account_pages.py)
    audit.py      what was done in this network (audit_pages.py)
    look.py       the colour and the logo of the network
    school.py     the request pack for a school
    public_list.py  what the network shows to everybody
    consents.py   institutions whose results may be told as those of their town
    rollups.py    a year of measures together: the network, a municipality, a topic
    imports.py    answers from a file (import_forms.py, import_pages.py)
    measures.py   the list and the white spots (selecting.py)
    master.py     the master data, part by part (part_forms.py and other forms, facts.py)
    guard.py      which right an address needs, and who is turned away
    desk.py       who asks, in which language, and what belongs to them
    pages.py      one dataclass per page
    forms.py      what is asked, and what is wrong with it
    errors.py     what is said when something went wrong

Everything lies below /team and asks for a login (web/account), and every record is looked up by the
network of whoever asks: what belongs to another network is as missing as what never was.
"""

import atexit
from pathlib import Path

from flask import Flask
from flask_wtf.csrf import CSRFError

from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.sheet import SCREEN_STYLES
from survey_app.services.printing import Printer
from survey_app.web import account, api
from survey_app.web.account.arriving import arriving
from survey_app.web.account.login import Busy
from survey_app.web.account.sessions import ROOT
from survey_app.web.house import House
from survey_app.web.impossible import Impossible
from survey_app.web.public.measures import STYLE as PUBLIC_LIST
from survey_app.web.public.views import LegalPages
from survey_app.web.staff.accounts import Accounts
from survey_app.web.staff.approvals import Approvals
from survey_app.web.staff.audit import Audit
from survey_app.web.staff.batch import Batch
from survey_app.web.staff.commitments import Commitments
from survey_app.web.staff.consents import Consents
from survey_app.web.staff.designs import Designs
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.downloads import Downloads
from survey_app.web.staff.errors import answer_error
from survey_app.web.staff.files import Files
from survey_app.web.staff.giving_back import GivingBack
from survey_app.web.staff.guard import Guard
from survey_app.web.staff.imports import Imports
from survey_app.web.staff.look import Look
from survey_app.web.staff.master import Master
from survey_app.web.staff.measures import Measures
from survey_app.web.staff.own_account import OwnAccount
from survey_app.web.staff.paper import Paper
from survey_app.web.staff.places import Places
from survey_app.web.staff.public_list import PublicLists
from survey_app.web.staff.returning import Returning
from survey_app.web.staff.review import Reviewing
from survey_app.web.staff.rollups import RollUps
from survey_app.web.staff.school import School
from survey_app.web.staff.sentences import Sentences
from survey_app.web.staff.slips import Slips
from survey_app.web.staff.start import Start
from survey_app.web.staff.studio import Studio
from survey_app.web.staff.tokens import Tokens
from survey_app.web.staff.views import BLUEPRINT, Staff
from survey_app.web.staff.waves import Waves
from survey_app.web.staff.ways_in import WaysIn

PRINTER = "mitreden-printer"
CONDITIONS = Path(__file__).parents[1] / "static" / "respond" / "conditions.js"
PDF_WORKERS = 2
PDF_PATIENCE = 1.0  # seconds: the server's few threads are there for phones, not for waiting


def install(app: Flask, house: House) -> None:
    """Add the pages to the application."""
    printer = Printer(PdfPool(PDF_WORKERS, patience=PDF_PATIENCE))
    atexit.register(printer.close)
    app.extensions[PRINTER] = printer
    house.assets.add(SCREEN_STYLES)
    house.assets.add(PUBLIC_LIST)  # for the preview
    house.assets.add(CONDITIONS)  # what a phone shows, and what is typed in from paper
    desk = Desk(house)
    staff = Staff(desk)
    blueprint = staff.blueprint()
    Guard(desk).stand_before(blueprint, app)
    for more in (
        WaysIn,
        Returning,
        Commitments,
        Places,
        Accounts,
        Measures,
        Master,
        Start,
        Designs,
        Waves,
        Approvals,
        OwnAccount,
        Audit,
        Files,
        Tokens,
        Reviewing,
        Sentences,
        Consents,
        PublicLists,
    ):
        more(desk, staff).add_to(blueprint)
    for part in (Downloads, Studio, Look, School):
        part(desk, printer).add_to(blueprint)
    Imports(desk).add_to(blueprint)
    Paper(desk, staff, printer).add_to(blueprint)
    RollUps(desk, staff, printer).add_to(blueprint)
    Slips(desk, staff, printer).add_to(blueprint)
    GivingBack(desk, staff, printer).add_to(blueprint)
    Batch(desk, staff).add_to(blueprint)
    app.register_blueprint(blueprint)
    if "public" not in app.blueprints:  # on a host of its own
        app.register_blueprint(LegalPages(house).blueprint())
    account.install(app, house, guarded=BLUEPRINT)
    app.register_blueprint(arriving(house))
    api.install(app, house)
    app.jinja_env.globals["staff_address"] = f"{ROOT}/anmelden"  # for the foot of the first page
    for kind in (CSRFError, Busy, Impossible):
        app.register_error_handler(kind, answer_error)
