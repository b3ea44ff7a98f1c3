"""Going through a questionnaire as a thumb does, one question per screen; without a script all of it
is on one page, and there is nothing to go through."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Locator, Page

from tests.fixtures.browser import Phone

GO, ON, BACK, SEND = "[data-go]", "[data-on]", "[data-back]", "form [type=submit]:enabled"


def opened(phone: Phone, address: str, **chosen: Any) -> Page:
    """Return the page on a new phone."""
    page = phone(**chosen).new_page()
    page.goto(address)
    return page


def screen(page: Page) -> str | None:
    """Return which screen the script shows: start, question or finish; None without a script."""
    return page.locator("body").get_attribute("data-screen")


def start(page: Page) -> None:
    """Leave the start for the first question."""
    page.locator(GO).tap()


def go_on(page: Page) -> None:
    """Go to the next screen: by key, since two taps in the blink of an eye count as one."""
    page.locator(ON).press("Enter")


def reach(page: Page, selector: str) -> None:
    """Go on until this is on the screen."""
    page.locator("[data-questionnaire]").wait_for(state="attached")
    page.wait_for_load_state()  # by then the script has begun
    if screen(page) == "start":
        start(page)
    while screen(page) == "question" and not page.locator(selector).first.is_visible():
        go_on(page)
    page.locator(selector).first.wait_for()


def choose(page: Page, name: str, *codes: str | int) -> None:
    """Tap answers of a question that is still to come."""
    for code in codes:
        answer = f"input[name={name}][value='{code}']"
        reach(page, answer)
        page.locator(answer).check()


def write(page: Page, name: str, text: str) -> None:
    """Type into a field of a question that is still to come."""
    reach(page, f"#f-{name}")
    page.locator(f"#f-{name}").fill(text)


def send(page: Page) -> None:
    """Go on to the end and tap the button there."""
    reach(page, SEND)
    page.locator(SEND).tap()


def screens(page: Page) -> Iterator[str]:
    """Go through all screens, skipping every question, and yield which it is."""
    while True:
        shown = screen(page)
        assert shown is not None
        yield shown
        if shown == "finish":
            return
        start(page) if shown == "start" else go_on(page)


def where(page: Page) -> str:
    """Return what the progress says; information has no number."""
    return page.locator("#where b").inner_text()


def focused(page: Page) -> Locator:
    """Return what has the focus."""
    return page.locator(":focus")
