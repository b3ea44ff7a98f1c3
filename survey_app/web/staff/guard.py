"""The guard of the staff part: which right an address needs, and whether whoever asks has it.

Every address stands in NEEDED with exactly one right; one that does not is closed to everybody. An
address that belongs to a measure is closed as if that measure did not exist (404) to whoever it is
out of reach for, in another network or in one's own: nobody learns what others plan. Only whoever
may see a measure is told that an action on it is not theirs (403).

Templates ask the same question, `may("new_wave")`, and show no button that leads to a refusal.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, abort, request
from flask_security import current_user

from survey_app.domain.rights import Reach, Right, may, reaches
from survey_app.services import fielding
from survey_app.web.staff.desk import Desk

NEEDED: Mapping[str, Right | None] = {
    "home": None,  # leads everybody to the first page of their own
    "measures": Right.SEE_MEASURES,
    "measure": Right.SEE_MEASURES,
    "new_measure": Right.PLAN,
    "new_wave": Right.FIELD,
    "close": Right.FIELD,
    "new_way_in": Right.FIELD,
    "way_in": Right.FIELD,
    "poster": Right.PRINT,
    "studio": Right.PRINT,
    "print_preview": Right.PRINT,
    "print_file": Right.PRINT,
    "school": Right.PRINT,
    "school_file": Right.PRINT,
    "sheet": Right.SEE_RESULTS,
    "sheet_pdf": Right.SEE_RESULTS,
    "file": Right.EXPORT,
    "results_day": Right.PROMISE,
    "results_preview": Right.PROMISE,
    "new_commitment": Right.PROMISE,
    "commitment": Right.PROMISE,
    "remove_commitment": Right.PROMISE,
    "import_begin": Right.IMPORT,
    "import_assign": Right.IMPORT,
    "import_check": Right.IMPORT,
    "look": Right.BRAND,
    "look_farbe": Right.BRAND,
    "look_logo": Right.BRAND,
    "look_ohne_logo": Right.BRAND,
    "look_picture": Right.BRAND,
}


class Guard:
    """Stands before every view of the blueprint."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def stand_before(self, blueprint: Blueprint, app: Flask) -> None:
        """Begin; templates may ask from now on."""
        blueprint.before_request(self.check)
        app.jinja_env.globals["may"] = self.may

    def check(self) -> None:
        """Answer 404 or 403 instead of the view, or let it answer."""
        name = (request.endpoint or "").rpartition(".")[2]
        if not current_user.is_authenticated:
            return  # the login comes first
        measure = (request.view_args or {}).get("measure")
        # Views look up in the own network: whom all of it is open to need not be asked about here.
        asks = measure is not None and not (self.may(name) and self._sees_the_whole_network)
        if asks and not self._within_reach(measure):
            abort(404)
        if not self.may(name):
            abort(403)

    def may(self, name: str) -> bool:
        """Return whether whoever asks may use an address, by the name of its endpoint."""
        if name not in NEEDED:
            return False
        right = NEEDED[name]
        return right is None or may(self._desk.actor, right)

    @property
    def _sees_the_whole_network(self) -> bool:
        actor = self._desk.actor
        return actor.reach is Reach.NETWORK and may(actor, Right.SEE_MEASURES)

    def _within_reach(self, measure: Any) -> bool:
        actor = self._desk.actor
        if not may(actor, Right.SEE_MEASURES):
            return False
        found = fielding.measure_of(self._desk.house.database, actor.network, measure)
        return found is not None and reaches(actor, found)
