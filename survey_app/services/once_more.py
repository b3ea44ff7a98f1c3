"""Two people who do the same thing at the same instant.

What may be stored is looked up first, so that whoever is refused learns why. Between the look and
the deed somebody else may have been faster, and the database refuses with a rule of its own: one
key per network, no place that is still used removed. Nothing was stored then, and the deed is begun
again: it now sees what the other one did, and says so as it always does. A second refusal by the
database is a fault of ours. On SQLite one waits for the other from the beginning.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError

Given = ParamSpec("Given")
Result = TypeVar("Result")


def once_more(deed: Callable[Given, Result]) -> Callable[Given, Result]:
    """Begin a deed, which is one transaction, a second time if somebody else came first."""

    @wraps(deed)
    def done(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return deed(*args, **kwargs)
        except IntegrityError:
            return deed(*args, **kwargs)

    return done
