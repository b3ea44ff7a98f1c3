"""Plays histories on all processors: ``python -m tests.attack 1000000 [first seed]``.

Ends with 1 and the seed of the first history in which the attacker learned something. The same
numbers give the same histories, on any machine; ``python -m tests.attack 1 SEED`` plays one again.
Every line says how to go on from there, so that it can be stopped (Ctrl-C, or a signal) at any time.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from multiprocessing import Pool

from tests.attack.finding import Counterexample, attacked

AT_ONCE = 250
EVERY = 20.0  # seconds between two lines


def main(histories: int, first: int) -> int:
    """Play that many histories and say what came of them."""
    done, used, said = 0, 0.0, time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Pool(os.cpu_count(), _left_to_us) as pool:
        try:
            for played, found, seconds in pool.imap(_play, _pieces(histories, first)):
                done, used = done + played, used + seconds
                if found is not None:
                    _say(f"Seed {found.seed}: {', '.join(sorted(found.findings))}")
                    return 1
                if time.monotonic() - said > EVERY or done == histories:
                    said = time.monotonic()
                    _say(_so_far(done, histories, first, used))
        except KeyboardInterrupt:
            _say(f"Stopped. {_so_far(done, histories, first, used)}")
            return 2
    return 0


def _left_to_us() -> None:
    """Let the main process decide when to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _so_far(done: int, histories: int, first: int, used: float) -> str:
    """Return how far it is, what a thousand cost, and how to go on from here."""
    cost = f"{1000 * used / done:.1f} s of processor time per 1,000" if done else "none finished"
    left = histories - done
    on = f"; to go on: python -m tests.attack {left} {first + done}" if left else ""
    return f"{done:,} of {histories:,} histories, nothing found, {cost}{on}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _pieces(histories: int, first: int) -> Iterator[range]:
    for start in range(first, first + histories, AT_ONCE):
        yield range(start, min(start + AT_ONCE, first + histories))


def _play(seeds: range) -> tuple[int, Counterexample | None, float]:
    started = time.process_time()
    found = attacked(seeds)
    return len(seeds), found, time.process_time() - started


if __name__ == "__main__":
    wanted = [int(word) for word in sys.argv[1:]]
    sys.exit(main(wanted[0] if wanted else 10_000, wanted[1] if len(wanted) > 1 else 0))
