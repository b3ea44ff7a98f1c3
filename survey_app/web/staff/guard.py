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
    "own_account": None,  # everybody has one
    "own_confirm": None,
    "own_password": None,
    "own_codes": None,
    "own_app_off": None,
    "own_passkey": None,
    "own_passkey_off": None,
    "own_logins_end": None,
    "measures": Right.SEE_MEASURES,
    "measure": Right.SEE_MEASURES,
    "white_spots": Right.SEE_MEASURES,
    "master_data": Right.SEE_MEASURES,
    "new_measure": Right.PLAN,
    "edit_basics": Right.PLAN,
    "edit_goals": Right.PLAN,
    "edit_target_group": Right.PLAN,
    "edit_participation": Right.PLAN,
    "edit_attendance": Right.PLAN,
    "edit_costs": Right.PLAN,
    "edit_realisation": Right.PLAN,
    "edit_quality": Right.PLAN,
    "edit_consequence": Right.PLAN,
    "publication": Right.SUBMIT,  # which step by whom: domain/rights.may_move
    "copy_measure": Right.PLAN,
    "remove_measure": Right.PLAN,
    "new_wave": Right.FIELD,
    "start": Right.SEE_MEASURES,
    "designs": Right.FIELD,
    "wave": Right.SEE_MEASURES,
    "wave_days": Right.FIELD,
    "approval": Right.APPROVE,
    "close": Right.FIELD,
    "new_way_in": Right.FIELD,
    "way_in": Right.FIELD,
    "poster": Right.PRINT,
    "studio": Right.PRINT,
    "slips": Right.PRINT,
    "batch": Right.SEE_MEASURES,  # and of each print the right that a single one takes
    "job": Right.SEE_MEASURES,
    "job_file": Right.SEE_MEASURES,
    "job_cancel": Right.SEE_MEASURES,
    "job_again": Right.SEE_MEASURES,
    "print_preview": Right.PRINT,
    "print_file": Right.PRINT,
    "school": Right.PRINT,
    "school_file": Right.PRINT,
    "sheet": Right.SEE_RESULTS,
    "sheet_pdf": Right.SEE_RESULTS,
    "sheet_sentences": Right.PROMISE,
    "sheet_annex": Right.EXPORT,
    "sheet_bundle": Right.EXPORT,
    "file": Right.EXPORT,
    "files": Right.EXPORT,
    "tokens": Right.EXPORT,
    "new_token": Right.EXPORT,
    "revoke_token": Right.EXPORT,
    "review": Right.REVIEW,
    "review_question": Right.REVIEW,
    "conclude_review": Right.REVIEW,
    "review_quotes": Right.REVIEW,
    "results_day": Right.PROMISE,
    "results_preview": Right.PROMISE,
    "giving_back": Right.SEE_RESULTS,
    "next_way": Right.PROMISE,
    "hand_back": Right.PROMISE,
    "school_letter": Right.SEE_RESULTS,
    "new_commitment": Right.PROMISE,
    "commitment": Right.PROMISE,
    "remove_commitment": Right.PROMISE,
    "import_begin": Right.IMPORT,
    "import_assign": Right.IMPORT,
    "import_check": Right.IMPORT,
    "paper": Right.ENTER_PAPER,
    "paper_back": Right.ENTER_PAPER,
    "paper_done": Right.ENTER_PAPER,
    "paper_form": Right.PRINT,
    "import_forget": Right.IMPORT,
    "accounts": Right.MANAGE_ACCOUNTS,
    "invite": Right.MANAGE_ACCOUNTS,
    "invite_as": Right.MANAGE_ACCOUNTS,
    "account": Right.MANAGE_ACCOUNTS,
    "account_role": Right.MANAGE_ACCOUNTS,
    "account_role_as": Right.MANAGE_ACCOUNTS,
    "account_link": Right.MANAGE_ACCOUNTS,
    "account_deed": Right.MANAGE_ACCOUNTS,
    "places": Right.MANAGE_PLACES,
    "new_municipality": Right.MANAGE_PLACES,
    "municipality": Right.MANAGE_PLACES,
    "remove_municipality": Right.MANAGE_PLACES,
    "new_organisation": Right.MANAGE_PLACES,
    "organisation": Right.MANAGE_PLACES,
    "remove_organisation": Right.MANAGE_PLACES,
    "new_site": Right.MANAGE_PLACES,
    "site": Right.MANAGE_PLACES,
    "remove_site": Right.MANAGE_PLACES,
    "roll_ups": Right.EXPORT,  # whose reach holds which roll-up: services/rolling_up.may_see
    "roll_up": Right.EXPORT,
    "roll_up_pdf": Right.EXPORT,
    "roll_up_file": Right.EXPORT,
    "consents": Right.CONSENT,
    "revoke_consent": Right.CONSENT,
    "audit": Right.READ_AUDIT,
    "audit_file": Right.READ_AUDIT,
    "public_list": Right.PUBLISH,
    "public_list_preview": Right.PUBLISH,
    "public_list_on": Right.PUBLISH,
    "public_list_off": Right.PUBLISH,
    "public_preview": Right.SUBMIT,  # whoever may publish a measure may look before
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
        found = fielding.measure_of(self._desk.database, actor.network, measure)
        return found is not None and reaches(actor, found)
