"""The question kinds: one module each, and the folder is the register.

A kind is a frozen model with the same members in the same order, so that two of them can be read
side by side:

    kind           its name in YAML
    variables()    what can be counted: the codebook's entries for this question
    read(raw)      what was sent → answers, or InvalidAnswer with a sentence for the person
    simulate(…)    what a person of a given mood might send: sample data and tests

To add a kind, add a module here and ``web/templates/questions/<kind>.html``; schema, codebook,
tables, form and exports follow, and ``tests/kinds`` names what is still missing.
"""

import importlib
import pkgutil
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, get_args

from pydantic import Field

from survey_app.domain.questions.base import Question


def _kind_of(module_name: str) -> type[Question]:
    module = importlib.import_module(f"{__name__}.{module_name}")
    (kind,) = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Question)
        and thing.__module__ == module.__name__
    ]
    return kind


def name_of(kind: type[Question]) -> str:
    """Return the name of a kind as it stands in YAML."""
    (name,) = get_args(kind.model_fields["kind"].annotation)
    return str(name)


KINDS: dict[str, type[Question]] = {
    name_of(kind): kind
    for kind in (
        _kind_of(module.name)
        for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
        if module.name != "base"
    )
}

if TYPE_CHECKING:
    AnyQuestion = Question
else:
    AnyQuestion = Annotated[reduce(or_, KINDS.values()), Field(discriminator="kind")]
