"""What the pages of the second step show: one frozen dataclass each.

Whoever is on the way in is not logged in, so these pages have no bar with a name; setting up can
also be done later, from the own account, and then they have one (`Own…`).
"""

from dataclasses import dataclass, field

from markupsafe import Markup

from survey_app.domain.measure import Network
from survey_app.domain.messages import Message


@dataclass(frozen=True)
class StepPage:
    """A page on the way in; `problem` says why it came back."""

    problem: Message | None = None


@dataclass(frozen=True)
class CodePage(StepPage):
    """Asks for a code: of the app, or from paper."""

    email: str = ""
    has_app: bool = False
    has_codes: bool = False
    passkeys: bool = False


@dataclass(frozen=True)
class SetupPage(StepPage):
    """Offers the ways to a second factor; an app that is there already would be replaced."""

    passkeys: bool = False
    has_app: bool = False
    name: str = ""


@dataclass(frozen=True)
class AppPage(StepPage):
    """Shows what an app scans, and asks for its first code."""

    email: str = ""
    picture: Markup = field(default=Markup(), repr=False)
    key: str = field(default="", repr=False)


@dataclass(frozen=True)
class _Own:
    person: str
    network: Network


@dataclass(frozen=True)
class OwnSetupPage(SetupPage, _Own):
    """The same for somebody who is logged in."""


@dataclass(frozen=True)
class OwnAppPage(AppPage, _Own):
    """The same for somebody who is logged in."""


@dataclass(frozen=True)
class CodesPage:
    """Shows recovery codes, this once; `there` is where to go on."""

    person: str
    network: Network
    codes: tuple[str, ...] = field(repr=False)
    there: str

    @property
    def text(self) -> str:
        """Return the file to keep."""
        return "\n".join(("Mitreden", self.person, "", *self.codes, ""))
