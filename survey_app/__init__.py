"""Mitreden: young people say by phone what a measure was like, and everyone sees what came of it.

This module imports nothing, so that `survey_app.domain` can be used without Flask or a database.
"""

__version__ = "0.1.0"
