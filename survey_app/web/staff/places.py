"""Municipalities, organisations and sites: the lists, one form for each, and how they go again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import Any, Final

from flask import Blueprint, abort, redirect, request, url_for

from survey_app.domain.messages import N_, InvalidDefinition
from survey_app.domain.places import PlaceKind, Uses
from survey_app.services import places
from survey_app.services.places import KnownPlaces, Place
from survey_app.web.staff import forms
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.pages import FormPage, StaffPage
from survey_app.web.staff.place_forms import (
    MunicipalityForm,
    OrganisationForm,
    PlaceForm,
    SiteForm,
)
from survey_app.web.staff.views import ID, Staff

ROOT: Final = "/orte"


@dataclass(frozen=True)
class Shelf:
    """How a kind of places is asked for: its part of an address, its form, its titles."""

    kind: PlaceKind
    path: str
    form: type[PlaceForm]
    new: str
    remove: str

    @property
    def endpoint(self) -> str:
        """Return the name of the address of one place of this kind."""
        return self.kind.value


SHELVES: Final[Mapping[PlaceKind, Shelf]] = {
    shelf.kind: shelf
    for shelf in (
        Shelf(
            PlaceKind.MUNICIPALITY,
            "kommunen",
            MunicipalityForm,
            N_("Neue Kommune"),
            N_("Kommune löschen?"),
        ),
        Shelf(
            PlaceKind.ORGANISATION,
            "traeger",
            OrganisationForm,
            N_("Neuer Träger"),
            N_("Träger löschen?"),
        ),
        Shelf(
            PlaceKind.SITE,
            "einrichtungen",
            SiteForm,
            N_("Neue Einrichtung"),
            N_("Einrichtung löschen?"),
        ),
    )
}


@dataclass(frozen=True)
class PlacesPage(StaffPage):
    """All places of the network."""

    known: KnownPlaces

    @property
    def towns(self) -> Mapping[int, str]:
        """Return the names of the municipalities."""
        return {town.id: town.name for town in self.known.municipalities}


@dataclass(frozen=True)
class PlacePage(FormPage):
    """The form for a place; without a `place` it is a new one."""

    shelf: Shelf
    place: Place | None
    uses: Uses


@dataclass(frozen=True)
class RemovePlacePage(StaffPage):
    """The last question before a place is removed, or why it has to stay."""

    shelf: Shelf
    place: Place
    uses: Uses


class Places:
    """The views."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        blueprint.add_url_rule(ROOT, "places", self.places)
        for shelf in SHELVES.values():
            name, path = shelf.endpoint, f"{ROOT}/{shelf.path}"
            one = f"{path}/<{ID}:number>"
            for address, endpoint, view in (
                (f"{path}/neu", f"new_{name}", self.new),
                (one, name, self.change),
                (f"{one}/loeschen", f"remove_{name}", self.remove),
            ):
                bound = update_wrapper(partial(view, shelf), view)
                blueprint.add_url_rule(address, endpoint, bound, methods=["GET", "POST"])

    def places(self) -> str:
        """Show all places."""
        known = places.known_places(self._desk.database, self._desk.network)
        return self._staff.drawn("staff/places.html", PlacesPage, known=known)

    def new(self, shelf: Shelf) -> Any:
        """Ask about a place, and store it."""
        form = self._offered(shelf.form(prefix="o-"))
        if form.validate_on_submit():
            try:
                places.add(
                    self._desk.database,
                    self._desk.network,
                    form.value(),
                    **self._who_and_when(),
                )
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._back(shelf)
        return self._form(shelf, form, None, Uses())

    def change(self, shelf: Shelf, number: int) -> Any:
        """Show what is stated about a place, and store what is stated now."""
        place = self._place(shelf, number)
        form = self._offered(shelf.form(prefix="o-", obj=place))
        if form.validate_on_submit():
            try:
                places.change(
                    self._desk.database,
                    self._desk.network,
                    number,
                    form.value(),
                    **self._who_and_when(),
                )
            except InvalidDefinition as invalid:
                forms.blame(form, invalid, self._desk.words)
            else:
                return self._back(shelf)
        return self._form(shelf, form, place, self._uses(shelf, number))

    def remove(self, shelf: Shelf, number: int) -> Any:
        """Ask once more, and remove a place; one that is used stays."""
        place = self._place(shelf, number)
        uses = self._uses(shelf, number)
        if request.method == "POST" and not uses:
            network = self._desk.network
            left = places.remove(
                self._desk.database, shelf.kind, network, number, **self._who_and_when()
            )
            if not left:
                return self._back(shelf)
            uses = left
        page = self._staff.drawn(
            "staff/remove_place.html", RemovePlacePage, shelf=shelf, place=place, uses=uses
        )
        return page, 409 if request.method == "POST" else 200

    def _offered(self, form: PlaceForm) -> PlaceForm:
        known = places.known_places(self._desk.database, self._desk.network)
        form.offer(known.municipalities, self._desk.words)
        return form

    def _form(self, shelf: Shelf, form: PlaceForm, place: Place | None, uses: Uses) -> Any:
        return self._staff.form(
            "staff/place.html", PlacePage, form, shelf=shelf, place=place, uses=uses
        )

    def _place(self, shelf: Shelf, number: int) -> Place:
        network = self._desk.network
        return places.find(self._desk.database, shelf.kind, network, number) or abort(404)

    def _uses(self, shelf: Shelf, number: int) -> Uses:
        return places.uses_of(self._desk.database, shelf.kind, self._desk.network, number)

    def _who_and_when(self) -> dict[str, Any]:
        return {"today": self._house.clock.today(), "actor": self._desk.account.email}

    def _back(self, shelf: Shelf) -> Any:
        return redirect(url_for("staff.places", _anchor=shelf.path), 303)
