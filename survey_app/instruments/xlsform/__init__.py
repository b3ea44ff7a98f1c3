"""XLSForms: spreadsheets of KoboToolbox, ODK or SurveyCTO, carried over into our YAML.

The way of a form: bytes → `sheets` (cells with their addresses, within limits) → `texts`, `names`,
`choices` (what the parts are called and how they are worded) → `questions` and
`conditions` (each row as one of our questions) → `form` (the whole, checked by the
same reader as any other file) → YAML with remarks.

An XLSForm can do more than a questionnaire for young people should: record the place, the device,
the second at which an answer was given, demand an answer. What is not carried over is listed with
its cell, the reason and a remedy. This holds by construction: a cell that no step asked for is
reported as left over (`Row.leftovers`).

Messages are for the command line, which speaks German; they are not in the catalogues.
"""

from survey_app.instruments.xlsform.form import Converted, convert
from survey_app.instruments.xlsform.report import Kind, Note, UnusableForm
from survey_app.instruments.xlsform.sheets import MAX_BYTES

__all__ = ["MAX_BYTES", "Converted", "Kind", "Note", "UnusableForm", "convert"]
