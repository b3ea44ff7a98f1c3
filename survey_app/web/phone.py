"""What every page of a phone has besides its content."""

from dataclasses import dataclass
from typing import ClassVar

from survey_app.domain.directory import HelpCard


@dataclass(frozen=True, kw_only=True)
class PhonePage:
    """Help, and the way to the legal pages."""

    help: HelpCard

    holds_answers: ClassVar[bool] = False  # then the legal pages open beside it, in a new tab

    @property
    def legal_path(self) -> str:
        """Return below which path the legal pages are: those of a survey, or of the website."""
        return ""

    @property
    def public_list(self) -> str | None:
        """Return where the network shows its measures to everybody, if it does."""
        return None
