"""A collector is one way into a wave: a poster, a group, a link. Its code is all a person needs.

A code has ten letters from an alphabet of 32, without the look-alikes I, O, 0 and 1: 32^10 = 2^50.
With a thousand codes in use, a guesser with a thousand tries a second needs a median of 25
years to meet one. It is printed in two groups (``KM7QX-R2DTE``) and understood in lower case, with
or without its hyphen, because people type it from a poster.
"""

import random
from dataclasses import dataclass

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 10


@dataclass(frozen=True)
class Collector:
    """One way into a wave. `label` tells it from the others ("Klasse 8b"), for staff only."""

    code: str
    wave: int
    label: str = ""


def new_code(chance: random.Random) -> str:
    """Return a fresh code; `chance` must be unpredictable (`random.SystemRandom`)."""
    return "".join(chance.choices(ALPHABET, k=LENGTH))


def read_code(typed: str) -> str | None:
    """Return the code that somebody typed, or None if it cannot be one."""
    code = typed.upper().replace("-", "").replace(" ", "")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def printed_code(code: str) -> str:
    """Return the code as it stands on paper, in two groups."""
    return f"{code[:5]}-{code[5:]}"
