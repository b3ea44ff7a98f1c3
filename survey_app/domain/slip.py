"""A slip is a single-use code on paper: drawn from a bag, used once, worth one answer sheet.

Its code looks like the code of a way in (domain/collector.py) and is as hard to guess: ten letters
of 32, 2^50. It belongs to one way in, and to nobody in particular. The database knows a slip only
as

    key = HMAC(secret of the wave, "slip" + code)

and that it was used; the code itself is on the paper and nowhere else. While a wave is open a code
can be checked against its key. When the wave is closed the secret goes, and with it the slips: then
a slip's code leads nowhere any more, and the results stand behind the code of its way in, which is
printed on the slip as well (docs/slips.md).
"""

import hmac
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from survey_app.domain.collector import new_code

MOST_AT_ONCE: Final = 240
SPARE: Final = 10  # one more for every ten people: some slips get lost


@dataclass(frozen=True)
class SlipCount:
    """How many slips of a way in exist, and how many of them were used."""

    issued: int = 0
    used: int = 0

    @property
    def unused(self) -> int:
        """Return how many are still good for an answer sheet."""
        return self.issued - self.used


NO_SLIPS: Final = SlipCount()
SlipCounts = Mapping[str, SlipCount]
"""Counts by the code of the way in."""


def new_slips(chance: random.Random, count: int) -> tuple[str, ...]:
    """Return so many different codes; `chance` must be unpredictable (`random.SystemRandom`)."""
    codes: dict[str, None] = {}
    while len(codes) < count:
        codes[new_code(chance)] = None
    return tuple(codes)


def key_of(secret: bytes, code: str) -> bytes:
    """Return what is stored of a slip."""
    # No submission id has these letters and this length: keys of sheets are other ones.
    return hmac.digest(secret, f"slip\x1f{code}".encode(), "sha256")


def suggested(group: int | None, per_page: int) -> int:
    """Return how many slips to print for a group: some spare ones, and whole pages."""
    wanted = (group or per_page) + (group or 0) // SPARE
    return min(-(-wanted // per_page) * per_page, MOST_AT_ONCE)
