"""Roll-ups for programs: which there are of a year, each as a document, and the files of it.

Who may read one is asked of the same function as for the pages of staff (rolling_up.may_see): what
lies beyond the reach of the account is as missing as what never was.
"""

from typing import Any, Final

from flask import Blueprint, Response, abort, request, url_for

from survey_app.domain.roll_up_report import RollUpReport
from survey_app.domain.scope import Scope
from survey_app.services import exporting, rolling_up, rolling_up_files
from survey_app.services.rolling_up import Possible
from survey_app.web.api.asking import JSON, Asking, answered

LIST: Final = "/rollups"
ONE: Final = f"{LIST}/<int:year>/<scope>"
FIRST_YEAR, LAST_YEAR = 1900, 9999
PER_PAGE: Final = 100


class RollUps:
    """The views."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def add_to(self, routes: Blueprint) -> None:
        """Add the addresses."""
        add = routes.add_url_rule
        add("/schemas/mitreden-rollup-1.json", "rollup_schema", self.schema)
        add(LIST, "rollups", self.rollups)
        add(ONE, "rollup", self.rollup)
        add(f"{ONE}/results/<name>", "rollup_file", self.file)

    def schema(self) -> Response:
        """Describe the document of `rollup`."""
        return answered(rolling_up_files.ROLL_UP_SCHEMA.read_bytes(), "application/schema+json")

    def rollups(self) -> Response:
        """List the roll-ups of a year within reach; without a year those of the latest."""
        year = request.args.get("year", type=int)
        page = request.args.get("page", default=1, type=int)
        if page < 1 or ("year" in request.args and not _is_year(year or 0)):
            abort(404)
        asking = self._asking
        found = rolling_up.possible_roll_ups(asking.database, asking.actor, year, asking.today)
        first = (page - 1) * PER_PAGE
        more = first + PER_PAGE < len(found.possible)
        following = url_for("api.rollups", year=found.year, page=page + 1)
        return asking.json(
            {
                "year": found.year,
                "years": list(found.years),
                "rollups": [
                    self._listed(each) for each in found.possible[first : first + PER_PAGE]
                ],
                "total": len(found.possible),
                "next": following if more else None,
            }
        )

    def rollup(self, year: int, scope: str) -> Response:
        """Send a roll-up."""
        report = self._report(year, scope)
        content = rolling_up_files.document_of(report, self._asking.words)
        return self._asking.said(content, JSON)

    def file(self, year: int, scope: str, name: str) -> Response:
        """Send the core questions of a roll-up in one of the formats."""
        if name not in exporting.formats():
            abort(404)
        report = self._report(year, scope)
        file = rolling_up_files.file_of(report, name, self._asking.words) or abort(404)
        response = self._asking.said(file.content, file.format.media_type)
        if name != "json":
            title = f"{report.number}.{file.format.suffix}"
            response.headers["Content-Disposition"] = f'attachment; filename="{title}"'
        return response

    def _report(self, year: int, scope: str) -> RollUpReport:
        asking = self._asking
        wanted = Scope.read(year, scope) if _is_year(year) else None
        return (
            wanted
            and rolling_up.roll_up_of(
                asking.database,
                asking.actor,
                wanted,
                policy=asking.settings.policy,
                as_of=asking.today,
            )
        ) or abort(404)

    def _listed(self, each: Possible) -> dict[str, Any]:
        scope = each.scope
        return {
            "year": scope.year,
            "key": scope.key,
            "municipality": {"name": each.town.name, "ags": each.town.ags} if each.town else None,
            "topic": scope.topic.value if scope.topic else None,
            "measures": each.measures,
            "is_over": scope.year < self._asking.today.year,
            "href": url_for("api.rollup", year=scope.year, scope=scope.key),
        }


def _is_year(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR
