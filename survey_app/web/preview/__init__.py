"""The preview: one questionnaire, shown from its file as a phone shows it.

    views.py       the addresses
    pages.py       the pages of a phone, with what the author has to know above them
    markdown.py    the page about a questionnaire as HTML
    preview.css, preview.js

It is started by `survey-app questionnaires preview` on this machine, for the author alone, and
stores nothing. Its own words are for the author and stay German, whatever language is previewed.
"""

from pathlib import Path

from flask import Flask

from survey_app.web.house import House
from survey_app.web.preview.views import Preview
from survey_app.web.public.views import LegalPages

HERE = Path(__file__).parent


def install(app: Flask, house: House, file: Path) -> None:
    """Add the pages for one file to the application."""
    for name in ("preview.css", "preview.js"):
        house.assets.add(HERE / name)
    app.register_blueprint(Preview(house, file).blueprint())
    app.register_blueprint(LegalPages(house).blueprint())
