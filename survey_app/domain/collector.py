"""A collector is one way into a wave: a poster, a group, a link. Its code is all a person needs.

A code has ten letters from an alphabet of 32, without the look-alikes I, O, 0 and 1: 32^10 = 2^50.
With a thousand codes in use, a guesser with a thousand tries a second needs a median of 25
years to meet one. It is printed in two groups (``KM7QX-R2DTE``) and understood in lower case, with
or without its hyphen, because people type it from a poster.

Most people come with a phone of their own. Where they do not, a way in says so, and its pages
behave accordingly: `shared_device` is a tablet that goes from hand to hand, `offline_queue` a
device without a network, where sheets wait sealed until there is one (docs/ways-in.md).
`single_use` asks for a slip from everybody (domain/slip.py): its own code leads to results only.
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
    shared_device: bool = False
    offline_queue: bool = False
    single_use: bool = False

    @property
    def is_passed_on(self) -> bool:
        """Return whether the next person uses the same device."""
        return self.shared_device or self.offline_queue


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
