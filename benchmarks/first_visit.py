"""A first visit with a slow phone: requests, bytes, time until it can be used, layout shift.

Chromium with an empty cache, 150 ms away at 1.6 Mbit/s down and 0.75 up (what Lighthouse calls slow
4G), on a processor made four times slower. Against: 3 requests, 30 kB, 1 s, no shift. "Usable" is
DOMContentLoaded: the form is there, styled, and its script has run. The median of five visits.
"""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Browser, CDPSession, sync_playwright

from benchmarks.figures import Figure, at_most, note
from benchmarks.journey import settings_of
from benchmarks.servers import server
from benchmarks.stage import Stage, Unavailable
from tests.fixtures.browser import FLAGS, chromium_program

VISITS = 5
SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 768_000 / 8,
}
TIMES = """() => {
    const page = performance.getEntriesByType("navigation")[0];
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return {usable: page.domContentLoadedEventEnd, painted: paint ? paint.startTime : 0};
}"""
SHIFT = """() => new Promise(resolve => {
    let total = 0;
    const add = list => list.getEntries().forEach(entry => { total += entry.value; });
    new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(total), 300);
})"""


@dataclass
class Visit:
    """What one visit cost."""

    bytes: int = 0
    requests: list[str] = field(default_factory=list)
    usable: float = 0.0
    painted: float = 0.0
    shift: float = 0.0


def measure(stage: Stage) -> Iterator[Figure]:
    """Yield the medians."""
    program = chromium_program()
    if program is None:
        raise Unavailable("no Chromium found: apt-get install chromium")
    wave = stage.open_wave(stage.sqlite_url())
    with (
        server("respond", settings_of(wave), stage.folder) as running,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        address = f"http://127.0.0.1:{running.port}{wave.path}"
        visits = [_visit(browser, address) for _ in range(VISITS)]
        browser.close()
    yield from _figures(visits)


def _figures(visits: list[Visit]) -> Iterator[Figure]:
    yield at_most("requests", statistics.median(len(v.requests) for v in visits), 3, "")
    yield at_most("transferred", statistics.median(v.bytes for v in visits) / 1000, 30, "kB")
    yield at_most("usable after", statistics.median(v.usable for v in visits) / 1000, 1, "s")
    yield note("first paint after", statistics.median(v.painted for v in visits) / 1000, "s")
    yield at_most("layout shift", max(v.shift for v in visits), 0, "")


def _visit(browser: Browser, address: str) -> Visit:
    """Open the page with a phone that was never here."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale="de-DE",
    )
    page = context.new_page()
    visit = Visit()
    _watch(context.new_cdp_session(page), visit)
    page.goto(address, wait_until="networkidle")
    times = page.evaluate(TIMES)
    visit.usable, visit.painted = times["usable"], times["painted"]
    visit.shift = page.evaluate(SHIFT)
    context.close()
    return visit


def _watch(devtools: CDPSession, visit: Visit) -> None:
    """Make the phone slow and count what it loads."""

    def asked(event: dict[str, dict[str, str]]) -> None:
        if not event["request"]["url"].startswith("data:"):
            visit.requests.append(event["request"]["url"])

    def loaded(event: dict[str, float]) -> None:
        visit.bytes += int(event["encodedDataLength"])

    devtools.on("Network.requestWillBeSent", asked)
    devtools.on("Network.loadingFinished", loaded)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
