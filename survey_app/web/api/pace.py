"""How many requests a token may make: a bucket that refills, in the memory of this process.

Nothing of it is stored. What is counted is the number of the token, nothing about who came with it.
"""

import math
import threading
from typing import Final

BURST: Final = 60
PER_SECOND: Final = 1.0


class Bucket:
    """A bucket for each token: BURST requests at once, then PER_SECOND."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: dict[int, tuple[float, float]] = {}

    def wait(self, token: int, now: float) -> int:
        """Take one request out, or return how many seconds there are to wait."""
        with self._lock:
            left, since = self._left.get(token, (float(BURST), now))
            left = min(float(BURST), left + (now - since) * PER_SECOND)
            if left < 1:
                self._left[token] = left, now
                return math.ceil((1 - left) / PER_SECOND)
            self._left[token] = left - 1, now
            return 0
