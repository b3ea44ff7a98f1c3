"""The addresses of a phone: where a code is typed, and what is behind it."""

import re
from dataclasses import replace
from threading import Lock
from typing import Any

from flask import Blueprint, Response, abort, redirect, request

from survey_app.domain.collector import printed_code, read_code
from survey_app.domain.directory import HelpCard
from survey_app.domain.questionnaire import Audience, Reading
from survey_app.domain.response import RawAnswers
from survey_app.domain.wave import Phase
from survey_app.languages import Language
from survey_app.services.collecting import Door, Receipt, find_door, is_counted, submit
from survey_app.services.returning import with_echo
from survey_app.web.application import MOST_FIELDS
from survey_app.web.house import House
from survey_app.web.origin import comes_from_elsewhere
from survey_app.web.respond.doors import Doors, Entrance
from survey_app.web.respond.express import copy_of
from survey_app.web.respond.pages import (
    DoorPage,
    FormPage,
    SlipNeededPage,
    StartPage,
    ThanksPage,
    UnknownCodePage,
)
from survey_app.web.respond.passing import FORGET
from survey_app.web.respond.results import face_of
from survey_app.web.respond.slips import (
    SLIP_REFUSED,
    SlipDoors,
    asks_for_slip,
    slip_address,
)
from survey_app.web.respond.splicing import MARK, SplicedPage
from survey_app.web.speaking import (
    CHECKED,
    PARAMETER,
    LanguageLink,
    language_links,
    spoken_language,
    wants_only_language,
)
from survey_app.web.templating import draw

THANKS, THANKS_PAGE = "danke", "respond/thanks.html"
SUBMISSION = "submission"
SUBMISSION_ID = re.compile(r"[A-Za-z0-9_-]{22}")

RECEIPTS = {
    Receipt.COUNTED: THANKS_PAGE,
    Receipt.ALREADY_COUNTED: THANKS_PAGE,
    Receipt.CONFLICT: "respond/conflict.html",
    Receipt.NOT_YET_OPEN: "respond/planned.html",
    Receipt.CLOSED: "respond/closed.html",
    Receipt.SLIP_USED: "respond/slip_used.html",
}
STATUS = {
    Receipt.COUNTED: 200,
    Receipt.ALREADY_COUNTED: 200,
    Receipt.CONFLICT: 409,
    Receipt.NOT_YET_OPEN: 403,
    Receipt.CLOSED: 410,
    Receipt.EMPTY: 422,
    Receipt.INVALID: 422,
    Receipt.SLIP_NEEDED: 403,
    Receipt.SLIP_UNKNOWN: 403,
    Receipt.SLIP_USED: 409,
}
FORM_AGAIN = {Receipt.EMPTY, Receipt.INVALID, *SLIP_REFUSED}


class Respond:
    """The views and what they share."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.doors = Doors(self._find, house.languages, house.clock)
        self._slips = SlipDoors(house, self._find)
        self._slow_seat = Lock()

    def blueprint(self) -> Blueprint:
        """Return the routes. A QR code holds the address in capitals: its modules get larger."""
        blueprint = Blueprint("respond", __name__)
        blueprint.add_url_rule("/", "start", self.start)
        blueprint.add_url_rule("/sw.js", "worker", self.worker)
        for address in ("/q/<code>", "/Q/<code>"):
            blueprint.add_url_rule(address, "questionnaire", self.show)
            blueprint.add_url_rule(address, "submission", self.take_in, methods=["POST"])
            blueprint.add_url_rule(f"{address}/{THANKS}", "thanks", self.thank)
        return blueprint

    def start(self) -> Any:
        """Show where to type a code, or go to the one that was typed."""
        words, offered = self._spoken()
        typed = request.args.get("code")
        code = read_code(typed) if typed is not None else None
        asked = words.code if PARAMETER in request.args else None
        if code is not None:
            query = f"?{PARAMETER}={asked}" if asked else ""
            return redirect(f"/q/{printed_code(code)}{query}", 303)
        page = StartPage(language_links("/", offered, words), typed, asked, help=self._help())
        return draw("respond/start.html", words, page), 422 if typed else 200

    def show(self, code: str) -> Any:
        """Show what is behind a code. This is the page that a whole school opens at once."""
        entrance = self.doors.behind(code)
        if entrance is not None:
            return self._page(entrance, None)
        held = self._slips.behind(code)
        if held is None:
            return self.unknown()
        if held.used and held.entrance.phase is Phase.OPEN:
            return self._page(held.entrance, Receipt.SLIP_USED), 410
        return self._page(held.entrance, None)

    def take_in(self, code: str) -> Any:
        """Take in a form and say what became of it."""
        if comes_from_elsewhere(request, self._house.settings.public_url):
            abort(403)
        entrance = self._slips.asked(self.doors.behind(code))
        if entrance is None:
            return self.unknown()
        raw = sent_fields()
        submission = "".join(raw.get(SUBMISSION, ()))
        if not SUBMISSION_ID.fullmatch(submission):
            abort(400)
        if wants_only_language(request.args):
            return self._spent(entrance, submission) or self._translated(entrance, submission, raw)
        today = self._house.clock.today()
        result = submit(
            self._house.database,
            entrance.door,
            submission,
            raw,
            today,
            slip=self._slips.in_hand(entrance, code, raw),
        )
        if result.receipt is Receipt.SLIP_UNKNOWN:
            self._slowly()
        if result.receipt in FORM_AGAIN:
            slip_refused = result.receipt in SLIP_REFUSED
            read = None if slip_refused else Reading({}, result.problems)
            again = self._form_again(entrance, submission, raw, read, result.receipt)
            return self._spent(entrance, submission) or (again, STATUS[result.receipt])
        page = self._page(entrance, result.receipt)
        if entrance.door.collector.is_passed_on:
            page.headers.extend(FORGET)
        return page, STATUS[result.receipt]

    def thank(self, code: str) -> Any:
        """Thank whoever reloads the page after sending, or wants to read it in another language."""
        entrance = self.doors.behind(code)
        if entrance is None:
            return self.unknown()
        language = spoken_language(entrance.languages)
        if entrance.phase is not Phase.OPEN:
            return redirect(address_of(entrance, language), 303)
        return self._thanks(entrance, None, language)

    def worker(self) -> Response:
        """Send the service worker, from an address that never changes and is always asked anew."""
        asset = self._house.assets.file("sw.js")
        return Response(asset.plain, content_type=asset.kind, headers={"Cache-Control": "no-cache"})

    def _page(self, entrance: Entrance, receipt: Receipt | None) -> Response:
        """Answer with a page that is drawn once: the first one, or the one after sending."""
        language = spoken_language(entrance.languages)
        page = entrance.pages.get((language.code, receipt))
        if page is None:
            page = self._drawn_once(entrance, receipt, language)
        headers, body = copy_of(page, request.environ)
        return Response(body, headers=headers)

    def _drawn_once(
        self, entrance: Entrance, receipt: Receipt | None, language: Language
    ) -> SplicedPage:
        key = (language.code, receipt)
        with entrance.drawing:
            if key not in entrance.pages:
                entrance.pages[key] = SplicedPage(self._drawn(entrance, receipt, language))
            return entrance.pages[key]

    def _drawn(self, entrance: Entrance, receipt: Receipt | None, language: Language) -> str:
        if receipt is not None:
            return self._thanks(entrance, receipt, language)
        address, links = address_of(entrance, language), self._links(entrance, language)
        page: DoorPage
        if entrance.phase is Phase.OPEN and not asks_for_slip(entrance):
            template = "respond/form.html"
            page = FormPage(
                entrance.door, links, address, submission=MARK, help=self._help(entrance)
            )
        elif entrance.phase is Phase.OPEN:
            template = "respond/slip_needed.html"
            page = SlipNeededPage(entrance.door, links, help=self._help(entrance))
        else:
            template, kind = face_of(entrance.door, entrance.phase)
            page = kind(entrance.door, links, help=self._help(entrance))
        return draw(template, self._words(entrance, language), page)

    def _thanks(self, entrance: Entrance, receipt: Receipt | None, language: Language) -> str:
        """Return the page after sending; thanks have an address of their own."""
        template = RECEIPTS[receipt or Receipt.COUNTED]
        path = path_of(entrance)
        if template == THANKS_PAGE:
            path += f"/{THANKS}"
        elif receipt is Receipt.SLIP_USED:
            path = ""  # the address of the slip, whose code no page holds
        page = ThanksPage(
            door=entrance.door,
            languages=language_links(path, entrance.languages, language),
            help=self._help(entrance),
            receipt=receipt,
            address=f"{path}?{PARAMETER}={language.code}",
        )
        return draw(template, self._words(entrance, language), page)

    def _spent(self, entrance: Entrance, submission: str) -> Any:
        """Answer for answers that are not to be shown again, because somebody else has the device.

        Without a script, going back to a page that was the answer to a form sends that form anew.
        """
        if not entrance.door.collector.is_passed_on:
            return None
        if not is_counted(self._house.database, entrance.door, submission):
            return None
        return self._page(entrance, Receipt.CONFLICT), STATUS[Receipt.CONFLICT]

    def _translated(self, entrance: Entrance, submission: str, raw: RawAnswers) -> Any:
        """Answer with the form as it was sent; if it had been refused, it says again why."""
        if entrance.phase is not Phase.OPEN:
            return self._page(entrance, None)
        was_refused = CHECKED in request.args
        read = entrance.door.wave.questionnaire.read(raw) if was_refused else None
        return self._form_again(entrance, submission, raw, read)

    def _form_again(
        self,
        entrance: Entrance,
        submission: str,
        raw: RawAnswers,
        read: Reading | None,
        receipt: Receipt | None = None,
    ) -> str:
        """Return the form as it was sent; if it was read, with what is wrong with it."""
        language = spoken_language(entrance.languages)
        page = FormPage(
            door=entrance.door,
            languages=self._links(entrance, language),
            help=self._help(entrance),
            address=address_of(entrance, language),
            submission=submission,
            sent=raw,
            problems=read.problems if read else (),
            nothing_answered=read is not None and read.is_empty,
            slip_problem=SLIP_REFUSED.get(receipt) if receipt else None,
        )
        return draw("respond/form.html", self._words(entrance, language), page)

    def unknown(self) -> Any:
        """Answer for a code that leads nowhere: always alike, and slowly.

        Slowness must not become a way to stop the server: with every thread asleep, no class could
        answer. So one guess at a time waits, and who finds the seat taken is answered at once. What
        keeps a code from being guessed is its length (domain/collector.py), this only makes trying
        dull.
        """
        self._slowly()
        words, offered = self._spoken()
        page = UnknownCodePage(language_links("/", offered, words), help=self._help())
        return draw("respond/unknown.html", words, page), 404

    def _slowly(self) -> None:
        if self._slow_seat.acquire(blocking=False):
            try:
                self._house.clock.wait(0.3)
            finally:
                self._slow_seat.release()

    def _find(self, code: str) -> Door | None:
        database, policy = self._house.database, self._house.settings.policy
        door = find_door(database, code, policy)
        if door is None:
            return None
        return with_echo(database, door, policy=policy, today=self._house.clock.today())

    def _spoken(self) -> tuple[Language, tuple[Language, ...]]:
        """Return the language of a page that belongs to no questionnaire, and all there are."""
        offered = self._house.languages.offered
        return spoken_language(offered), offered

    def _help(self, entrance: Entrance | None = None) -> HelpCard:
        """Return the help card of the network that asks, or the one that holds everywhere."""
        directory = self._house.directory
        return directory.help_for(entrance.door.network.name) if entrance else directory.help_for()

    def _words(self, entrance: Entrance, language: Language) -> Language:
        """Return the language as it speaks to whoever answers here."""
        if entrance.door.wave.audience is Audience.PROFESSIONALS:
            return self._house.languages.polite(language)
        return language

    def _links(self, entrance: Entrance, language: Language) -> tuple[LanguageLink, ...]:
        links = language_links(path_of(entrance), entrance.languages, language)
        if not entrance.door.by_slip:
            return links
        return tuple(replace(link, address=slip_address(entrance, link.language)) for link in links)


def path_of(entrance: Entrance) -> str:
    """Return the path of the page behind a code."""
    return f"/q/{printed_code(entrance.door.collector.code)}"


def address_of(entrance: Entrance, language: Language) -> str:
    """Return where the form of a page goes: to the language it was read in."""
    if entrance.door.by_slip:
        return slip_address(entrance, language)
    return f"{path_of(entrance)}?{PARAMETER}={language.code}"


def sent_fields() -> RawAnswers:
    """Return the form of the current request; more fields than a questionnaire has are a 413."""
    raw = dict(request.form.lists())
    if sum(map(len, raw.values())) > MOST_FIELDS:
        abort(413)
    return raw
