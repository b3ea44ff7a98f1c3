"""The export formats: one module each, and the folder is the register.

A format is a module with one `FORMAT`: how a file name ends, its media type, its name in the menu,
whom it is for, and a function from an extract to bytes. Exports read released values only:
`Extract` holds `Released | Withheld`, and what is withheld says so instead of a number. The same
extract always gives the same bytes, so a checksum can stand beside a file before it is fetched.

To add a format, add a module here; the pages of staff and the interface for programs offer it, and
``tests/rendering/test_exports.py`` attacks it.
"""

import importlib
import pkgutil
from typing import Final

from survey_app.rendering.exports.base import Format

SHARED: Final = ("base", "explaining", "grouped")

FORMATS: Final[dict[str, Format]] = {
    module.name: importlib.import_module(f"{__name__}.{module.name}").FORMAT
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
    if module.name not in SHARED
}
