"""What one person sent, once it has been read.

`Answers` maps the name of a variable to its value: a code, a number, a text, or, where several
answers are allowed, the tuple of codes in the order of the options. A variable that is not in the
mapping was left out. A person who ticked "weiß nicht / möchte ich nicht sagen" gave the value
`REFUSED`: an answer, but a missing one. Missing is never zero.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

Code = int | str
Value = int | str | tuple[Code, ...]
Answers = Mapping[str, Value]

RawAnswers = Mapping[str, Sequence[str]]
"""A form as it arrives: each field's values in the order sent."""


class Missing(StrEnum):
    """Why there is no valid answer."""

    UNANSWERED = "unanswered"
    REFUSED = "refused"
    FILTERED = "filtered"


REFUSED = Missing.REFUSED.value
RESERVED_CODES = frozenset(str(reason) for reason in Missing)


def is_valid(value: Value | None) -> bool:
    """Return whether `value` is an answer that counts."""
    return value is not None and value != REFUSED
