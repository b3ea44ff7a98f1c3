"""What a printed code shows by and by, when there is nothing to fill in.

    planned        what this is, who asks, when it opens, what becomes of the answers
    open           the questionnaire (pages.FormPage)
    ended, closed  that it is over, from when there are results, and whom to ask
    then           the results in words and bars, and what happens now

A code that was printed once never leads to nothing, also when the sheets are long destroyed.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey_app.domain.disclosure import Withheld
from survey_app.domain.messages import N_, Words
from survey_app.domain.wave import Phase
from survey_app.services.collecting import Door
from survey_app.web.respond.pages import DoorPage

if TYPE_CHECKING:
    from survey_app.domain.commitment import Commitment
    from survey_app.domain.echo import Echo, Finding

WAITING = {
    Phase.PLANNED: "respond/planned.html",
    Phase.ENDED: "respond/closed.html",
    Phase.CLOSED: "respond/closed.html",
}


@dataclass(frozen=True)
class ResultsPage(DoorPage):
    """The results, for those who answered."""

    @property
    def echo(self) -> "Echo":
        """Return what they see."""
        if self.door.echo is None:
            raise ValueError("the results behind this door are not out yet")
        return self.door.echo

    @property
    def is_withheld(self) -> bool:
        """Return whether too few answered to show anything."""
        return isinstance(self.echo.answered, Withheld)

    @property
    def commitments(self) -> "tuple[Commitment, ...]":
        """Return what happens now."""
        return self.echo.commitments

    @property
    def heard(self) -> str:
        """Return what stands above a wish, in German, to be translated.

        Where too few answered to show anything, not even that somebody said it is shown.
        """
        if self.is_withheld:
            return N_("Darum geht es")
        return N_("Das wurde gesagt") if self.for_professionals else N_("Ihr habt gesagt")

    def parts(self, finding: "Finding", words: Words) -> tuple[str, str, str]:
        """Return the sentence of a finding, cut around its share: that is set in large type."""
        before, share, after = finding.sentence.said(words).partition(
            finding.tenths.said.said(words)
        )
        return before.strip(), share, after.strip()


def face_of(door: Door, phase: Phase) -> tuple[str, type[DoorPage]]:
    """Return the template and the page of a code that cannot be answered just now."""
    if door.echo is not None:
        return "respond/results.html", ResultsPage
    return WAITING[phase], DoorPage
