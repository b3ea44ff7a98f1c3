"""A first visit with a slow phone: requests, bytes, time until it can be used, layout shift.

Chromium with an empty cache, 150 ms away at 1.6 Mbit/s down and 0.75 up (what Lighthouse calls slow
4G), on a processor made four times slower. Against: 3 requests, 30 kB, 1 s, no shift. "Usable" is
DOMContentLoaded: the page is there, styled, and its script has run: it shows the start of the
questionnaire. Then a tap on "Los geht's": how long until the first question is on the screen, what
that moves without being asked, and how many requests follow. The median of five visits.
"""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Browser, CDPSession, sync_playwright

from benchmarks.figures import Figure, at_most, note
from benchmarks.journey import settings_of
from benchmarks.servers import Server, server
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
# What moved without being asked: a tap may move things at once.
SHIFT = """() => new Promise(resolve => {
    let total = 0;
    const add = list => list.getEntries().filter(entry => !entry.hadRecentInput)
        .forEach(entry => { total += entry.value; });
    new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(total), 300);
})"""
# From a tap until the next picture is on the screen.
WATCH = """() => addEventListener("pointerdown", () => {
    const started = performance.now();
    requestAnimationFrame(() => setTimeout(() => { window.tapped = performance.now() - started; }));
}, {capture: true, once: true})"""


@dataclass
class Loading:
    """What a phone has loaded so far."""

    requests: int = 0
    bytes: int = 0


@dataclass
class Visit:
    """What one visit cost."""

    requests: int
    bytes: int
    usable: float
    painted: float
    shift: float = 0.0
    tapped: float = 0.0
    following: list[str] = field(default_factory=list)


def measure(stage: Stage) -> Iterator[Figure]:
    """Yield the medians."""
    program = chromium_program()
    if program is None:
        raise Unavailable("no Chromium found: apt-get install chromium")
    wave = stage.open_wave(stage.sqlite_url())
    with (
        server("respond", settings_of(wave), stage.folder, noting=True) as running,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        address = f"http://127.0.0.1:{running.port}{wave.path}"
        visits = [_visit(browser, address, running) for _ in range(VISITS)]
        browser.close()
    yield from _figures(visits)


def _figures(visits: list[Visit]) -> Iterator[Figure]:
    yield at_most("requests", statistics.median(v.requests for v in visits), 3, "")
    yield at_most("transferred", statistics.median(v.bytes for v in visits) / 1000, 30, "kB")
    yield at_most("usable after", statistics.median(v.usable for v in visits) / 1000, 1, "s")
    yield note("first paint after", statistics.median(v.painted for v in visits) / 1000, "s")
    yield at_most("layout shift, also after the first tap", max(v.shift for v in visits), 0, "")
    yield note(
        "from the first tap to the first question",
        statistics.median(v.tapped for v in visits),
        "ms",
    )
    yield at_most(
        "requests that the first tap causes", max(len(v.following) for v in visits), 1, ""
    )


def _visit(browser: Browser, address: str, running: Server) -> Visit:
    """Open the page with a phone that was never here, and begin."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale="de-DE",
    )
    page = context.new_page()
    loading = Loading()
    _watch(context.new_cdp_session(page), loading)
    page.goto(address, wait_until="networkidle")
    times = page.evaluate(TIMES)
    visit = Visit(loading.requests, loading.bytes, times["usable"], times["painted"])
    before = len(running.answered())
    page.evaluate(WATCH)
    page.locator("[data-go]").tap()
    page.locator(".step:visible").first.wait_for()
    visit.tapped = page.evaluate("tapped")
    visit.shift = page.evaluate(SHIFT)
    page.evaluate("navigator.serviceWorker.ready")
    visit.following = running.answered()[before:]
    context.close()
    return visit


def _watch(devtools: CDPSession, loading: Loading) -> None:
    """Make the phone slow and count what it loads."""

    def asked(event: dict[str, dict[str, str]]) -> None:
        if not event["request"]["url"].startswith("data:"):
            loading.requests += 1

    def loaded(event: dict[str, float]) -> None:
        loading.bytes += int(event["encodedDataLength"])

    devtools.on("Network.requestWillBeSent", asked)
    devtools.on("Network.loadingFinished", loaded)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
