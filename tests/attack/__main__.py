"""Plays histories on all processors: ``python -m tests.attack 1000000 [first seed]``.

Ends with 1 and the seed of the first history in which the attacker learned something. The same
numbers give the same histories, on any machine; ``python -m tests.attack 1 SEED`` plays one again.
"""

import os
import sys
import time
from collections.abc import Iterator
from multiprocessing import Pool

from tests.attack.finding import Counterexample, attacked

AT_ONCE = 250
EVERY = 20.0  # seconds between two lines


def main(histories: int, first: int) -> int:
    """Play that many histories and say what came of them."""
    started = said = time.monotonic()
    done = 0
    with Pool(os.cpu_count()) as pool:
        for played, found in pool.imap(_play, _pieces(histories, first)):
            done += played
            if found is not None:
                _say(f"Seed {found.seed}: {', '.join(sorted(found.findings))}")
                pool.terminate()
                return 1
            if time.monotonic() - said > EVERY or done == histories:
                said = time.monotonic()
                rate = done / (said - started)
                _say(f"{done:,} of {histories:,} histories, {rate:,.0f} per second: nothing found")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _pieces(histories: int, first: int) -> Iterator[range]:
    for start in range(first, first + histories, AT_ONCE):
        yield range(start, min(start + AT_ONCE, first + histories))


def _play(seeds: range) -> tuple[int, Counterexample | None]:
    return len(seeds), attacked(seeds)


if __name__ == "__main__":
    wanted = [int(word) for word in sys.argv[1:]]
    sys.exit(main(wanted[0] if wanted else 10_000, wanted[1] if len(wanted) > 1 else 0))
