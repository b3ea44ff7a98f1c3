"""The prints of a wave: one module each, and the folder is the register.

A format is a module with one `FORMAT`: its name and use in the menu, how many languages it shows,
and a function from invitations to a `Document`. Everything it needs comes in as frozen values, so
three hundred posters are a matter of seconds (docs/adr/008). What a module ``results_…`` prints is
no invitation but what came of it (`base.ResultsPoster`).

To add a format, add a module here; the page "Drucken" offers it, and
``tests/rendering/prints/test_every_print.py`` decodes it, copies it in grey, and reads it in six
languages.
"""

import importlib
import pkgutil
from typing import Any, Final

from survey_app.rendering.prints.base import Format, Invitation, ResultsPoster


def _formats(*, of_results: bool) -> dict[str, Format[Any]]:
    names = [module.name for module in pkgutil.iter_modules(__path__) if module.name != "base"]
    wanted = [name for name in names if name.startswith("results_") is of_results]
    found = {name: importlib.import_module(f"{__name__}.{name}").FORMAT for name in wanted}
    return dict(sorted(found.items(), key=lambda item: item[1].order))


FORMATS: Final[dict[str, Format[Invitation]]] = _formats(of_results=False)
RESULTS: Final[dict[str, Format[ResultsPoster]]] = _formats(of_results=True)
