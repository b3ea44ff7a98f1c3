"""The entry for any WSGI server: `granian --interface wsgi wsgi:app`."""

from survey_app.app import create_app

app = create_app()
