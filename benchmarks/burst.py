"""A burst: 100 classes of 30 open the page within 10 seconds and answer 10 seconds later.

3,000 phones, each with connections of its own, against one process on SQLite. Nobody may be turned
away, and one in a hundred may wait longer than a second.
"""

from collections.abc import Iterator

from benchmarks.figures import Figure, at_most, note, percentile
from benchmarks.journey import sent_by_phones, settings_of
from benchmarks.servers import server
from benchmarks.stage import Stage

PHONES = 100 * 30
SECONDS = 10.0


def measure(stage: Stage) -> Iterator[Figure]:
    """Yield failures and waiting times."""
    wave = stage.open_wave(stage.sqlite_url())
    with server("respond", settings_of(wave), stage.folder) as running:
        seen = sent_by_phones(stage, running, wave, journeys=PHONES, within=SECONDS)
    acknowledged = seen.statuses["200"]
    yield note("phones", PHONES, "")
    yield at_most("failed", seen.statuses.total() - acknowledged, 0, "")
    yield at_most("sent and not stored", abs(wave.rows() - acknowledged), 0, "")
    yield at_most("page, p99", percentile(seen.pages, 99), 1, "s")
    yield at_most("submit, p99", percentile(seen.submissions, 99), 1, "s")
