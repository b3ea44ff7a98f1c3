"""The two parts of the master data that hold a table: dates with who came, funders with amounts.

Rows are fields with a number, `day_1`, `day_2`; there are always some empty ones, because a page
without a script cannot add any. An empty row is none.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, ClassVar, Final

from wtforms import IntegerField
from wtforms.validators import NumberRange

from survey_app.domain.master_data import (
    MOST_FUNDERS,
    MOST_OCCASIONS,
    Attendance,
    Costs,
    Funding,
    Occasion,
)
from survey_app.domain.measure import Measure, NewMeasure
from survey_app.domain.messages import N_
from survey_app.web.staff.forms import NO_SIZE, needed
from survey_app.web.staff.part_fields import (
    PartForm,
    a_count,
    a_line,
    a_voluntary_day,
    duration,
    money,
    with_master,
)

SPARE_DATES: Final = 4
SPARE_FUNDERS: Final = 2

NO_DAY = N_("Zu welchem Tag gehört das? Bitte geben Sie ihn an.")
NO_FUNDER = N_("Bitte nennen Sie, von wem das Geld kommt.")


class AttendanceForm(PartForm):
    """How many were invited and came, in all and per date."""

    rows: ClassVar[int] = 0
    sessions = IntegerField(
        N_("Durchgänge"),
        validators=[needed(), NumberRange(1, 10_000, NO_SIZE)],
        render_kw={"inputmode": "numeric", "min": 1},
    )
    invited = a_count(N_("Eingeladene"))
    registered = a_count(N_("Angemeldete"))
    participants = a_count(
        N_("Teilnehmende"), N_("Verschiedene junge Menschen, jede und jeder einmal gezählt.")
    )
    professionals = a_count(N_("Fachkräfte"))

    def validate(self, extra_validators: Any = None) -> bool:
        """See that every row has a day."""
        sound = bool(super().validate(extra_validators))
        for row in range(1, self.rows + 1):
            day, *others = (self[f"{name}_{row}"] for name in ("day", "hours", "attended"))
            if day.data is None and not day.errors and any(o.data is not None for o in others):
                day.errors = [NO_DAY]
                sound = False
        return sound

    @classmethod
    def for_measure(cls, measure: Measure, sent: Mapping[str, str]) -> type[PartForm]:
        """Return the form with a row for every date that is known or was sent, and some more."""
        known = len(measure.master.attendance.occasions) + SPARE_DATES
        return _attendance_form(max(known, _last_row("day", sent)))

    @staticmethod
    def known_values(measure: Measure) -> dict[str, Any]:
        """Return what is known, by the name of its field."""
        known = measure.master.attendance
        values: dict[str, Any] = {
            "sessions": measure.sessions,
            "invited": measure.invited,
            "participants": measure.participants,
            "registered": known.registered,
            "professionals": known.professionals,
        }
        for row, each in enumerate(known.occasions, start=1):
            values |= {f"day_{row}": each.day, f"hours_{row}": each.minutes}
            values |= {f"attended_{row}": each.attended}
        return values

    def applied_to(self, new: NewMeasure) -> NewMeasure:
        """Return what is stated when what was entered here goes with it."""
        occasions = [
            Occasion(
                day=self[f"day_{row}"].data,
                minutes=self[f"hours_{row}"].data,
                attended=self[f"attended_{row}"].data,
            )
            for row in range(1, self.rows + 1)
            if self[f"day_{row}"].data is not None
        ]
        attendance = Attendance(
            occasions=tuple(sorted(occasions, key=lambda each: each.day)),
            registered=self.registered.data,
            professionals=self.professionals.data,
        )
        people = {name: self[name].data for name in ("sessions", "invited", "participants")}
        return replace(with_master(new, attendance=attendance), **people)


class CostsForm(PartForm):
    """What was planned and spent, and where it came from."""

    rows: ClassVar[int] = 0
    planned = money(N_("Kosten geplant (€)"))
    actual = money(N_("Kosten tatsächlich (€)"))
    own_funds = money(N_("Davon Eigenmittel (€)"))
    staff_minutes = duration(
        N_("Personalstunden"), N_("Alle Fachkräfte zusammen, mit Vor- und Nachbereitung.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """See that every amount has a funder."""
        sound = bool(super().validate(extra_validators))
        for row in range(1, self.rows + 1):
            funder, amount = self[f"funder_{row}"], self[f"amount_{row}"]
            if amount.data is not None and not self.said(f"funder_{row}"):
                funder.errors = [NO_FUNDER]
                sound = False
        return sound

    @classmethod
    def for_measure(cls, measure: Measure, sent: Mapping[str, str]) -> type[PartForm]:
        """Return the form with a row for every funder that is known or was sent, and some more."""
        known = len(funding_of(measure)) + SPARE_FUNDERS
        return _costs_form(max(known, _last_row("funder", sent)))

    @staticmethod
    def known_values(measure: Measure) -> dict[str, Any]:
        """Return what is known, by the name of its field."""
        known = measure.master.costs
        names = ("planned", "actual", "own_funds", "staff_minutes")
        values: dict[str, Any] = {name: getattr(known, name) for name in names}
        for row, each in enumerate(funding_of(measure), start=1):
            values |= {f"funder_{row}": each.funder, f"amount_{row}": each.cents}
        return values

    def applied_to(self, new: NewMeasure) -> NewMeasure:
        """Return what is stated when what was entered here goes with it."""
        funding = tuple(
            Funding(funder=self.said(f"funder_{row}"), cents=self[f"amount_{row}"].data)
            for row in range(1, self.rows + 1)
            if self.said(f"funder_{row}")
        )
        costs = Costs(
            planned=self.planned.data,
            actual=self.actual.data,
            own_funds=self.own_funds.data,
            funding=funding,
            staff_minutes=self.staff_minutes.data,
        )
        funders = tuple(each.funder for each in funding)
        return replace(with_master(new, costs=costs), funders=funders)


def funding_of(measure: Measure) -> tuple[Funding, ...]:
    """Return the funders with their amounts; one that is known by name only has none."""
    known = measure.master.costs.funding
    named = {each.funder for each in known}
    return (*known, *(Funding(funder=name) for name in measure.funders if name not in named))


def _last_row(name: str, sent: Mapping[str, str]) -> int:
    """Return the number of the last row that a form was sent with."""
    numbers = (key.rpartition(f"{name}_")[2] for key in sent if f"{name}_" in key)
    return max((int(each) for each in numbers if each.isdecimal() and len(each) < 4), default=0)


@lru_cache
def _attendance_form(rows: int) -> type[AttendanceForm]:
    """Return the form with so many rows for dates."""
    fields: dict[str, Any] = {"rows": min(rows, MOST_OCCASIONS)}
    for row in range(1, fields["rows"] + 1):
        fields |= {
            f"day_{row}": a_voluntary_day(N_("Tag")),
            f"hours_{row}": duration(N_("Stunden")),
            f"attended_{row}": a_count(N_("Gekommen")),
        }
    form: type[AttendanceForm] = type("AttendanceForm", (AttendanceForm,), fields)
    return form


@lru_cache
def _costs_form(rows: int) -> type[CostsForm]:
    """Return the form with so many rows for funders."""
    fields: dict[str, Any] = {"rows": min(rows, MOST_FUNDERS)}
    for row in range(1, fields["rows"] + 1):
        fields |= {
            f"funder_{row}": a_line(N_("Förderung durch")),
            f"amount_{row}": money(N_("Betrag (€)")),
        }
    form: type[CostsForm] = type("CostsForm", (CostsForm,), fields)
    return form
