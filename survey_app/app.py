"""Putting the house together: settings, database, languages, pages.

`create_app()` is what a server calls. It imports only the parts that are switched on, so that the
part for phones starts in a fraction of a second and loads neither what logs people in nor what
draws PDFs.
"""

import importlib
import os
from pathlib import Path

from flask import Flask

from survey_app.config import Part, Settings
from survey_app.languages import Languages, load_languages
from survey_app.storage.database import Database
from survey_app.web.application import Application
from survey_app.web.assets import Assets
from survey_app.web.headers import SecurityHeaders
from survey_app.web.house import NAME, Clock, House
from survey_app.web.templating import prepare_templates

PARTS = {Part.RESPOND: "survey_app.web.respond", Part.STAFF: "survey_app.web.staff"}


def create_app(
    settings: Settings | None = None,
    *,
    clock: Clock | None = None,
    languages: Languages | None = None,
) -> Flask:
    """Return the application; without `settings` they are read from the environment.

    A part is a package with a function `install(app, house)`.
    """
    settings = settings or Settings.from_environment(os.environ)
    app, house = _furnished(settings, clock, languages)
    for part in sorted(settings.parts):
        importlib.import_module(PARTS[part]).install(app, house)
    app.wsgi_app = SecurityHeaders(app.wsgi_app, secure=settings.is_secure)  # type: ignore[method-assign]
    return app


def create_preview(
    file: Path, *, clock: Clock | None = None, languages: Languages | None = None
) -> Flask:
    """Return the pages of the questionnaire in `file` as a phone shows them, and nothing else."""
    from survey_app.web import preview

    # The house has a database, as every house has, but nobody opens it.
    settings = Settings(database_url="sqlite:///vorschau.db", parts=frozenset({Part.RESPOND}))
    app, house = _furnished(settings, clock, languages)
    preview.install(app, house, file)
    app.wsgi_app = SecurityHeaders(app.wsgi_app, secure=False)  # type: ignore[method-assign]
    return app


def _furnished(
    settings: Settings, clock: Clock | None, languages: Languages | None
) -> tuple[Application, House]:
    """Return an application without a part, and its house; the database is not opened yet."""
    app = Application()
    house = House(
        settings=settings,
        database=Database(settings.database_url),
        languages=languages or load_languages(),
        assets=Assets(Path(app.root_path, "static")),
        clock=clock or Clock(today=settings.today),
    )
    app.extensions[NAME] = house
    prepare_templates(app, house.assets)
    app.register_blueprint(house.assets.blueprint())
    return app, house
