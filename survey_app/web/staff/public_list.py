"""The public list of the network: what would be seen, a look at it, switching it on and off.

Nothing is shown before somebody has read how many measures that are and has confirmed it. Whoever
may publish a measure may look at its public page before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import Blueprint, abort, redirect, request, url_for

from survey_app.domain.measure import Publication
from survey_app.domain.public_list import Listed
from survey_app.services import public_lists
from survey_app.services.public_lists import Prospect, Shown
from survey_app.web.public.measures import links
from survey_app.web.public.measures_pages import MeasurePage, MeasuresPage, choice_in, query_of
from survey_app.web.speaking import spoken_language
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.pages import StaffPage
from survey_app.web.staff.views import MEASURE, Staff
from survey_app.web.templating import draw

PATH: Final = "/oeffentliche-liste"


@dataclass(frozen=True)
class PublicListPage(StaffPage):
    """How the list stands; `origin` is the website it appears on."""

    prospect: Prospect
    origin: str

    @property
    def address(self) -> str | None:
        """Return where the list is, or was."""
        known = self.prospect.known
        return f"{self.origin}{known.path}" if known else None

    @property
    def since(self) -> date | None:
        """Return since when it is on, or off."""
        return self.prospect.known.since if self.prospect.known else None


@dataclass(frozen=True, kw_only=True)
class ListPreview(MeasuresPage):
    """The list as everybody will see it; `numbers` are the measures by their keys."""

    numbers: Mapping[str, int]
    is_open: bool

    def address_of(self, measure: Listed) -> str:
        """Return where staff look at a measure."""
        number = self.numbers[measure.key]
        return url_for("staff.public_preview", measure=number, lang=self.language)


@dataclass(frozen=True, kw_only=True)
class MeasurePreview(MeasurePage):
    """A measure as everybody will see it; `number` is its id."""

    number: int
    publication: Publication

    @property
    def is_published(self) -> bool:
        """Return whether it stands on the list."""
        return self.publication is Publication.PUBLISHED

    @property
    def back(self) -> str:
        """Return where staff look at the list."""
        return url_for("staff.public_list_preview", lang=self.language)


class PublicLists:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        both = ["GET", "POST"]
        blueprint.add_url_rule(PATH, "public_list", self.overview)
        blueprint.add_url_rule(f"{PATH}/vorschau", "public_list_preview", self.preview)
        blueprint.add_url_rule(
            f"{PATH}/einschalten", "public_list_on", self.switch_on, methods=both
        )
        blueprint.add_url_rule(
            f"{PATH}/ausschalten", "public_list_off", self.switch_off, methods=both
        )
        blueprint.add_url_rule(f"{MEASURE}/oeffentlich", "public_preview", self.measure)

    def overview(self) -> str:
        """Show how the list stands, and what stands on it."""
        return self._page("staff/public_list.html")

    def switch_on(self) -> Any:
        """Say what everybody will see, and switch the list on."""
        if request.method == "POST":
            public_lists.switch_on(self._desk.database, self._desk.network, **self._who_and_when())
        elif not self._prospect().is_open:
            return self._page("staff/public_list_on.html")
        return redirect(url_for("staff.public_list"), 303)

    def switch_off(self) -> Any:
        """Say what disappears, and switch the list off."""
        if request.method == "POST":
            public_lists.switch_off(self._desk.database, self._desk.network, **self._who_and_when())
        elif self._prospect().is_open:
            return self._page("staff/public_list_off.html")
        return redirect(url_for("staff.public_list"), 303)

    def preview(self) -> str:
        """Show the list as everybody will see it."""
        prospect, network = self._prospect(), self._desk.account.network
        offered = self._house.languages.offered
        language = spoken_language(offered)
        path = url_for("staff.public_list_preview")
        shown = Shown(network, path, tuple(each.listed for each in prospect.candidates))
        choice = choice_in(request.args, shown.measures)
        page = ListPreview(
            help=self._house.directory.help_for(network.name),
            languages=links(path, query_of(choice), offered, language),
            language=language.code,
            shown=shown,
            choice=choice,
            numbers={each.listed.key: each.id for each in prospect.candidates},
            is_open=prospect.is_open,
        )
        return draw("staff/public_list_preview.html", language, page)

    def measure(self, measure: int) -> str:
        """Show a measure as everybody will see it, published or not."""
        found = public_lists.measure_as_staff_see_it(
            self._desk.database,
            self._desk.network,
            measure,
            policy=self._house.settings.policy,
            today=self._house.clock.today(),
        )
        shown, publication = found or abort(404)
        offered = self._house.languages.offered
        language = spoken_language(offered)
        path = url_for("staff.public_preview", measure=measure)
        page = MeasurePreview(
            help=self._house.directory.help_for(shown.network.name),
            languages=links(path, "", offered, language),
            language=language.code,
            shown=shown,
            number=measure,
            publication=publication,
        )
        return draw("staff/public_preview.html", language, page)

    def _page(self, template: str) -> str:
        origin = self._house.settings.public_url
        return self._staff.drawn(template, PublicListPage, prospect=self._prospect(), origin=origin)

    def _prospect(self) -> Prospect:
        today = self._house.clock.today()
        return public_lists.prospect(self._desk.database, self._desk.network, today)

    def _who_and_when(self) -> dict[str, Any]:
        return {"today": self._house.clock.today(), "actor": self._desk.account.email}
