"""Mitreden: young people answer about a measure on their phones, and everyone involved sees what came out of it.

This module imports nothing, so that `survey_app.domain` can be used without Flask or a database.
"""

__version__ = "0.1.0"
