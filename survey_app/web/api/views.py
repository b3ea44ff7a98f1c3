"""The addresses of the interface for programs: read, call one service, answer.

Every request is looked up with the rights that the account behind its token has at that moment, in
the database as its network sees it. The same content has the same entity tag; whoever sends it back
gets 304 and no content.
"""

from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Response, abort, g, request, url_for
from werkzeug.exceptions import HTTPException

from survey_app.domain.extract import Extract
from survey_app.domain.towns import keys_of, names_of
from survey_app.services import exporting, tokens
from survey_app.services.exporting import Listed
from survey_app.web.api.asking import JSON, Asking, answered
from survey_app.web.api.pace import Bucket
from survey_app.web.api.problems import Wait, problem
from survey_app.web.api.rollups import RollUps
from survey_app.web.house import House

BLUEPRINT: Final = "api"
ROOT: Final = "/api/v1"
MEASURE: Final = "/measures/<int(max=2147483647):measure>"
OPEN_TO_ALL: Final = frozenset({"api.openapi", "api.schema", "api.rollup_schema"})
DESCRIPTION: Final = Path(__file__).parent / "openapi.json"
PER_PAGE: Final = 100
LAST_PAGE: Final = 10_000
EVERY_METHOD: Final = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class Api:
    """The views."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._bucket = Bucket()
        self._asking = Asking(house)

    def blueprint(self) -> Blueprint:
        """Return the routes; all but the description ask for a token."""
        routes = Blueprint(BLUEPRINT, __name__, url_prefix=ROOT)
        routes.before_request(self._let_in)
        routes.register_error_handler(HTTPException, self._answer_error)
        add = routes.add_url_rule
        add("/openapi.json", "openapi", self.openapi)
        add("/schemas/mitreden-results-1.json", "schema", self.schema)
        add("/measures", "measures", self.measures)
        add(MEASURE, "measure", self.measure)
        add(f"{MEASURE}/results", "results", self.results)
        add(f"{MEASURE}/results/<name>", "file", self.file)
        add(f"{MEASURE}/codebook", "codebook", self.codebook)
        RollUps(self._asking).add_to(routes)
        add("/<path:rest>", "nothing", self.nothing, methods=EVERY_METHOD)
        add("/", "nothing", self.nothing, methods=EVERY_METHOD)
        return routes

    # Views

    def openapi(self) -> Response:
        """Describe all this."""
        return answered(DESCRIPTION.read_bytes(), JSON)

    def schema(self) -> Response:
        """Describe the document of `results`."""
        return answered(exporting.RESULTS_SCHEMA.read_bytes(), "application/schema+json")

    def measures(self) -> Response:
        """List the measures within reach."""
        page = request.args.get("page", default=1, type=int)
        if not 1 <= page <= LAST_PAGE:
            abort(404)
        found, total = exporting.measures_within(
            self._asking.database, self._asking.actor, page=page, per_page=PER_PAGE
        )
        more = page * PER_PAGE < total
        return self._asking.json(
            {
                "measures": [_listed(each) for each in found],
                "total": total,
                "next": url_for("api.measures", page=page + 1) if more else None,
            }
        )

    def measure(self, measure: int) -> Response:
        """Say what a measure is, and in which formats there are results."""
        extract = self._extract(measure)
        words = self._asking.words
        return self._asking.json(
            {
                "id": measure,
                "number": extract.number,
                "title": extract.title,
                "as_of": extract.as_of.isoformat(),
                "sample": extract.sample,
                "network": extract.network,
                "contact": extract.contact,
                "facts": {fact.name: fact.value for fact in extract.facts},
                "waves": len(extract.sections),
                "withheld": extract.withheld,
                "codebook": url_for("api.codebook", measure=measure),
                "results": [
                    {
                        "format": name,
                        "label": words.gettext(each.label),
                        "media_type": each.media_type,
                        "href": url_for("api.file", measure=measure, name=name),
                    }
                    for name, each in exporting.formats().items()
                ],
            }
        )

    def results(self, measure: int) -> Response:
        """Send the released results as JSON."""
        return self.file(measure, "json")

    def file(self, measure: int, name: str) -> Response:
        """Send the released results in one of the formats."""
        if name not in exporting.formats():
            abort(404)
        extract = self._extract(measure)
        file = exporting.exported(name, extract, self._asking.words)
        response = self._asking.said(file.content, file.format.media_type)
        if name != "json":
            title = f"{extract.number}.{file.format.suffix}"
            response.headers["Content-Disposition"] = f'attachment; filename="{title}"'
        return response

    def codebook(self, measure: int) -> Response:
        """Send what was asked, and what the codes mean."""
        return self._asking.json(
            {"codebook": exporting.codebook(self._extract(measure), self._asking.words)}
        )

    def nothing(self, **_: str) -> Response:
        """Say that there is nothing here, or nothing to be written."""
        abort(404 if request.method in ("GET", "HEAD") else 405)

    # Who asks

    def _let_in(self) -> None:
        """Answer 401 or 429 instead of the view, or let it answer."""
        if request.endpoint in OPEN_TO_ALL:
            return
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        found = None
        if kind.lower() == "bearer":
            today = self._house.clock.today()
            found = tokens.holder_of(self._house.database, secret.strip(), today)
        if found is None:
            abort(401)
        token, account = found
        seconds = self._bucket.wait(token.id, self._house.clock.seconds())
        if seconds:
            raise Wait(seconds)
        g.actor = account.actor

    def _answer_error(self, error: HTTPException) -> Any:
        if error.code is None or error.code < 400:
            return error
        headers = {}
        if isinstance(error, Wait):
            headers["Retry-After"] = str(error.seconds)
        if error.code == 405:
            headers["Allow"] = "GET, HEAD"
        return problem(error.code, self._asking.words, headers)

    def _extract(self, measure: int) -> Extract:
        settings = self._house.settings
        return exporting.extract_within(
            self._asking.database,
            self._asking.actor,
            measure,
            policy=settings.policy,
            as_of=self._house.clock.today(),
            recount_days=settings.recount_days,
        ) or abort(404)


def _listed(each: Listed) -> dict[str, Any]:
    measure = each.measure
    return {
        "id": measure.id,
        "title": measure.title,
        "topic": measure.topic.value,
        "municipality": names_of(measure),
        "ags": keys_of(measure),
        "municipalities": [{"name": town.name, "ags": town.ags} for town in measure.municipalities],
        "organisation": measure.organisation.name,
        "starts_on": measure.starts_on.isoformat(),
        "ends_on": measure.ends_on.isoformat(),
        "closed_waves": each.closed_waves,
        "href": url_for("api.measure", measure=measure.id),
    }
