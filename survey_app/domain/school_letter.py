"""The letter with which results go back to the school or institution: one page, in German.

It says what was asked and when, how many answered, up to three findings, what happens now, and whom
to ask. The figures are those of the page behind the code (domain/echo.py), so the letter says no
more than the sheet that is enclosed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from survey_app.domain.commitment import Commitment
from survey_app.domain.disclosure import DisclosurePolicy, Withheld
from survey_app.domain.echo import Finding, echo_of
from survey_app.domain.handing_back import is_at_school
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, NN_, Message, Number
from survey_app.domain.questionnaire import Audience
from survey_app.domain.results import WaveResult, group_size
from survey_app.domain.sheet import EvaluationSheet
from survey_app.domain.taking_part import NextWay
from survey_app.domain.wave import Wave

FINDINGS: Final = 3


@dataclass(frozen=True)
class Round:
    """A wave in the letter: what was asked, and how many answered or that they were too few."""

    wave: Wave
    answered: Message


@dataclass(frozen=True)
class SchoolLetter:
    """What the letter says.

    `findings` are about `about`, the latest wave in which young people were asked, or professionals
    if no others were; `few` says why there are none.
    """

    measure: Measure
    as_of: date
    rounds: tuple[Round, ...]
    about: Wave
    findings: tuple[Finding, ...]
    few: tuple[Message, ...]
    commitments: tuple[Commitment, ...]
    next_way: NextWay | None

    @property
    def salutation(self) -> Message:
        """Return to whom it goes."""
        site = self.measure.site
        if site is None:
            return Message(TO_ORGANISATION, {"name": self.measure.organisation.name})
        return Message(TO_SCHOOL if self.is_at_school else TO_SITE, {"name": site.name})

    @property
    def is_at_school(self) -> bool:
        """Return whether a school gets it."""
        return is_at_school(self.measure)

    @property
    def asks_young_people(self) -> bool:
        """Return whether young people find the results behind a code."""
        return self.about.audience is Audience.YOUNG_PEOPLE

    @property
    def is_out(self) -> bool:
        """Return whether the results behind the code can be seen on the day of the letter."""
        return self.about.gives_results(self.as_of)


def letter_of(
    sheet: EvaluationSheet, next_way: NextWay | None, *, policy: DisclosurePolicy, today: date
) -> SchoolLetter:
    """Return the letter that goes with a sheet on which there is something."""
    about = _latest(sheet.results)
    echo = echo_of(about, (), policy)
    is_withheld = isinstance(echo.answered, Withheld)
    return SchoolLetter(
        measure=sheet.measure,
        as_of=today,
        rounds=tuple(_rounds(sheet)),
        about=about.wave,
        findings=echo.large[:FINDINGS],
        few=() if echo.large else (Message(NO_FIGURES),) if is_withheld else echo.notes,
        commitments=sheet.commitments,
        next_way=next_way if next_way and next_way.is_ahead(today) else None,
    )


def _latest(results: Iterable[WaveResult]) -> WaveResult:
    """Return the latest wave, one of young people if there is any."""
    order = sorted(results, key=lambda each: each.wave.audience is Audience.YOUNG_PEOPLE)
    return order[-1]


def _rounds(sheet: EvaluationSheet) -> Iterator[Round]:
    for result in sheet.results:
        base, group = result.released.base, group_size(sheet.measure, result.wave)
        if isinstance(base, Withheld):
            yield Round(result.wave, Message(TOO_FEW, {"limit": base.limit}))
        elif group and base <= group:
            values = {"count": Number(base), "group": Number(group)}
            yield Round(result.wave, Message.counted(OF_GROUP, base, values))
        else:
            yield Round(result.wave, Message.counted(ANSWERED, base, {"count": Number(base)}))


TO_SCHOOL = N_("An die Schulleitung, %(name)s")
TO_SITE = N_("An die Leitung der Einrichtung, %(name)s")
TO_ORGANISATION = N_("An %(name)s")
ANSWERED = NN_("%(count)s Person hat geantwortet", "%(count)s Personen haben geantwortet")
OF_GROUP = NN_(
    "%(count)s von %(group)s hat geantwortet", "%(count)s von %(group)s haben geantwortet"
)
TOO_FEW = N_("weniger als %(limit)s haben geantwortet")
NO_FIGURES = N_(
    "Für Zahlen haben zu wenige geantwortet: Es ließe sich erraten, wer was gesagt hat. Darum gibt"
    " es keine, auch nicht bei uns."
)
