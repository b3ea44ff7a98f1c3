"""Every page of a phone, for everybody (WCAG 2.2 AA).

1. Axe finds nothing on any page, in any language and state, with and without JavaScript, and has no
   doubts; no script fails on the way. Contrasts are looked at in German, by day and by night: no
   language has colours of its own (test_style.py).
2. Nothing is wider than the smallest screen, also with the spacing that a person may set; nothing is
   cut off; everything to tap is at least 44 points high and wide.
3. The focus of a keyboard is seen on everything that can have it; in the colours that a person
   forces upon all pages every control has an edge, and what is chosen another one.
   This too has nothing to do with the language, and is looked at in German.
4. `make pictures` leaves pictures of all of them in var/pictures, for people to look at: 390 points
   wide by day, 320 wide by night.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.fixtures.browser import requests_elsewhere
from tests.web.looking import AXE, faults
from tests.web.pages_of_a_phone import VOICES, WALKS, Walk, visit
from tests.web.town import Town, town

PICTURES = Path(__file__).parents[2] / "var" / "pictures"

WAYS = [
    pytest.param(
        walk,
        language,
        script,
        id=f"{walk.name}-{language}{'' if script else '-without-script'}",
    )
    for walk in WALKS
    for language in walk.languages
    for script in walk.scripts
]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Found a town for all walks of this process."""
    with town(f"sqlite:///{tmp_path_factory.mktemp('town')}/town.sqlite") as founded:
        yield founded


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """Give one phone for all walks. It keeps no page for later: that is tested elsewhere."""
    phone = chromium.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=1,
        is_mobile=True,
        has_touch=True,
        locale="de-DE",
        service_workers="block",
    )
    phone.add_init_script(VOICES)
    phone.add_init_script(AXE)
    elsewhere = requests_elsewhere(phone)
    yield phone
    phone.close()
    assert elsewhere == []


@pytest.mark.parametrize(("walk", "language", "script"), WAYS)
def test_page_is_for_everybody(
    here: Town, context: BrowserContext, walk: Walk, language: str, script: bool
) -> None:
    folder = PICTURES / language / f"{walk.name}{'' if script else '-without-script'}"
    found: dict[str, list[str]] = {}
    with visit(context, here, language, script) as visitor:
        for look in walk.go(visitor):
            with visitor.examined() as page:
                found[look] = faults(page, folder / look, colours=language == "de")
        assert visitor.complaints == []
    assert {look: wrong for look, wrong in found.items() if wrong} == {}
