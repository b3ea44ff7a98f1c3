"""Sheets that waited on a device: they arrive sealed, when there is nobody left who could be asked.

`static/queue.js` sends the envelopes of one device one after the other, each as the body of a
request to /q/CODE/sealed; services/sealing.py says what an envelope is. In it is a form like any
other with its submission id, and it goes the same way through `submit`: a sheet that arrives twice
is counted once, also when its first journey, unsealed, had ended before the answer came back. What
cannot be read in a form is left out; a form with nothing left is acknowledged and forgotten.

The answer says what became of it, and what the device may delete now:

    {"receipt": "counted", "delete": "sheet"}    this one: it counts, now or before
    {"receipt": "closed", "delete": "all"}       all of this code: they come too late
    {"receipt": "unreadable", "delete": null}    nothing; it waits until the wave is closed

An answer without these words deletes nothing: a network that asks for a login answers 200 as well.
A code that leads nowhere gets the page that it always gets, and deletes nothing either: it may be
the server that has lost its memory.
"""

from typing import Any
from urllib.parse import parse_qs

from flask import Blueprint, Response, abort, jsonify, request

from survey_app.domain.response import RawAnswers
from survey_app.services.collecting import Receipt, open_sealed, submit
from survey_app.services.sealing import LARGEST
from survey_app.web.application import MOST_FIELDS
from survey_app.web.house import House
from survey_app.web.origin import comes_from_elsewhere
from survey_app.web.respond.doors import Entrance
from survey_app.web.respond.views import SUBMISSION, SUBMISSION_ID, Respond

SHEET, ALL = "sheet", "all"

ANSWERS: dict[Receipt, tuple[int, str | None]] = {
    Receipt.COUNTED: (200, SHEET),
    Receipt.ALREADY_COUNTED: (200, SHEET),
    Receipt.EMPTY: (200, SHEET),
    Receipt.CONFLICT: (409, SHEET),
    Receipt.CLOSED: (410, ALL),
    Receipt.NOT_YET_OPEN: (403, None),
    Receipt.UNREADABLE: (400, None),
    Receipt.SLIP_NEEDED: (403, None),
}


class Sealed:
    """The view; it shares the doors with the others."""

    def __init__(self, house: House, views: Respond) -> None:
        self._house = house
        self._views = views

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the route to the blueprint of phones."""
        for address in ("/q/<code>/sealed", "/Q/<code>/sealed"):
            blueprint.add_url_rule(address, "sealed", self.take_in, methods=["POST"])

    def take_in(self, code: str) -> Any:
        """Take in an envelope and say what became of it."""
        if comes_from_elsewhere(request, self._house.settings.public_url):
            abort(403)
        entrance = self._views.doors.behind(code)
        if entrance is None:
            return self._views.unknown()
        request.max_content_length = LARGEST
        envelope = request.get_data(cache=False)
        receipt = self._receipt(entrance, envelope)
        return answer_to(receipt)

    def _receipt(self, entrance: Entrance, envelope: bytes) -> Receipt:
        """Open an envelope, and take in the form as if it had just been sent."""
        opened = open_sealed(self._house.database, entrance.door, envelope)
        if isinstance(opened, Receipt):
            return opened
        raw = fields_of(opened)
        submission = "".join(raw.get(SUBMISSION, ()))
        if not SUBMISSION_ID.fullmatch(submission):
            return Receipt.UNREADABLE
        today = self._house.clock.today()
        return submit(
            self._house.database, entrance.door, submission, raw, today, leaving_out_invalid=True
        ).receipt


def fields_of(form: bytes) -> RawAnswers:
    """Return the fields of a form; nothing if it has more than any questionnaire."""
    try:
        text = form.decode("ascii")
        return parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}


def answer_to(receipt: Receipt) -> tuple[Response, int]:
    """Return what the device is told."""
    status, delete = ANSWERS[receipt]
    return jsonify(receipt=receipt.value, delete=delete), status
