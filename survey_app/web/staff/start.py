"""The first page after logging in: what to think of, and the shortest ways to what is wanted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import Blueprint, url_for

from survey_app.domain.messages import N_
from survey_app.domain.reminders import Place, Reminder, Urgency
from survey_app.services import reminding
from survey_app.services.reminding import Overview
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.pages import AUDIENCES, StaffPage
from survey_app.web.staff.views import Staff

AT_A_GLANCE: Final = 6
BADGES: Final[Mapping[Urgency, tuple[str, str]]] = {
    Urgency.NOW: (N_("jetzt"), "warning"),
    Urgency.SOON: (N_("bald"), "plain"),
    Urgency.LATER: (N_("zur Kenntnis"), "quiet"),
}
LINKS: Final[Mapping[Place, str]] = {
    Place.WAVE: N_("Zur Erhebung"),
    Place.APPROVAL: N_("Zustimmung eintragen"),
    Place.SHEET: N_("Auswertungsbogen ansehen"),
    Place.NEW_COMMITMENT: N_("Zusage eintragen"),
    Place.COMMITMENT: N_("Zusage aktualisieren"),
    Place.REVIEW: N_("Texte lesen"),
    Place.GIVING_BACK: N_("Brief und Bogen für die Schule"),
}


@dataclass(frozen=True)
class StartPage(StaffPage):
    """What somebody finds after logging in."""

    overview: Overview
    today: date

    @property
    def first_reminders(self) -> tuple[Reminder, ...]:
        """Return those that are read at a glance."""
        return self.overview.reminders[:AT_A_GLANCE]

    @property
    def more_reminders(self) -> tuple[Reminder, ...]:
        """Return the others."""
        return self.overview.reminders[AT_A_GLANCE:]

    def badge(self, reminder: Reminder) -> tuple[str, str]:
        """Return the urgency in a word, and the kind of its badge."""
        return BADGES[reminder.urgency]

    def link(self, reminder: Reminder) -> str:
        """Return what the link of a reminder says."""
        return LINKS[reminder.place]

    def address(self, reminder: Reminder) -> str:
        """Return the place a reminder leads to."""
        number = "number" if reminder.place is Place.COMMITMENT else "wave"
        which = {} if reminder.number is None else {number: reminder.number}
        values: dict[str, Any] = {"measure": reminder.measure.id, **which}
        return url_for(f"staff.{reminder.place.value}", **values)

    def audience(self, entry: reminding.Entry) -> str:
        """Return who is asked."""
        return AUDIENCES[entry.wave.audience]


class Start:
    """The view."""

    def __init__(self, desk: Desk, staff: Staff) -> None:
        self._desk = desk
        self._house = desk.house
        self._staff = staff

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the route to the blueprint of staff."""
        blueprint.add_url_rule("/start", "start", self.start)

    def start(self) -> str:
        """Show what to think of today."""
        self._desk.close_what_is_due()
        settings, today = self._house.settings, self._house.clock.today()
        found = reminding.overview(
            self._desk.database,
            self._desk.actor,
            today,
            policy=settings.policy,
            recount_days=settings.recount_days,
            text_days=settings.text_days,
        )
        return self._staff.drawn("staff/start.html", StartPage, overview=found, today=today)
