"""The export formats: one module each, and the folder is the register.

A format is a module with one `FORMAT`: how a file name ends, its media type, its name in the menu,
and a function from a sheet to bytes. Exports read released values only: `EvaluationSheet` holds
`Released | Withheld`, and what is withheld says so instead of a number. The same sheet always
gives the same bytes.

To add a format, add a module here; menu and command line offer it, and
``tests/rendering/test_exports.py`` attacks it.
"""

import importlib
import pkgutil
from typing import Final

from survey_app.rendering.exports.base import Format

FORMATS: Final[dict[str, Format]] = {
    module.name: importlib.import_module(f"{__name__}.{module.name}").FORMAT
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
    if module.name != "base"
}
