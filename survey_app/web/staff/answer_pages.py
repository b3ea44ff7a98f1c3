"""What the pages about giving something back show: one frozen dataclass each."""

from dataclasses import dataclass
from datetime import date

from survey_app.domain.commitment import Commitment
from survey_app.domain.measure import Measure
from survey_app.web.respond.results import ResultsPage
from survey_app.web.staff.pages import FormPage, StaffPage, WaveView


@dataclass(frozen=True)
class ResultsDayPage(FormPage):
    """From which day those who answered see the results, and a way to look before."""

    measure: Measure
    view: WaveView
    first: date
    is_out: bool
    commitments: int


@dataclass(frozen=True)
class CommitmentPage(FormPage):
    """The form for a commitment; without a `commitment` it is a new one."""

    measure: Measure
    commitment: Commitment | None


@dataclass(frozen=True)
class RemovePage(StaffPage):
    """The last question before a commitment is removed."""

    measure: Measure
    commitment: Commitment


@dataclass(frozen=True, kw_only=True)
class ResultsPreview(ResultsPage):
    """The results as those who answered will see them, with the way back for staff."""

    measure: int
    wave: int
    day: date
    is_out: bool

    @property
    def legal_path(self) -> str:
        """Return the path of the website: a preview is behind no code."""
        return ""
