"""The audit log: to read, to narrow down by its address, and as a file."""

from typing import Any, Final

from flask import Blueprint, Response, redirect, request, url_for

from survey_app.services import auditing
from survey_app.web.staff.audit_pages import AuditPage, arguments_of, choice_from
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.downloads import attached
from survey_app.web.staff.selecting import is_wordy, page_from
from survey_app.web.staff.views import Staff

PATH: Final = "/protokoll"
CSV: Final = "text/csv; charset=utf-8"


class Audit:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        blueprint.add_url_rule(PATH, "audit", self.audit)
        blueprint.add_url_rule(f"{PATH}.csv", "audit_file", self.file)

    def audit(self) -> Any:
        """Show the lines somebody asks for; what a form left empty leaves the address."""
        choice = choice_from(request.args)
        if is_wordy(request.args):
            arguments: dict[str, Any] = dict(arguments_of(choice))
            return redirect(url_for("staff.audit", **arguments), 303)
        look = auditing.look(
            self._desk.database, self._desk.network, choice, page_from(request.args)
        )
        return self._staff.drawn("staff/audit.html", AuditPage, look=look, choice=choice)

    def file(self) -> Response:
        """Send the lines somebody asks for."""
        content = auditing.as_file(
            self._desk.database, self._desk.network, choice_from(request.args), self._desk.words
        )
        return attached(content, CSV, "Protokoll.csv")
