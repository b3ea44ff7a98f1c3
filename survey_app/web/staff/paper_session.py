"""What a browser session remembers of a sitting at paper sheets: how many, and the last one's id.

It lies in the signed cookie of staff, below the account it belongs to, and nowhere on the server:
with the id of the last sheet this browser, and nobody else, can take that sheet back. Each sheet
replaces the id of the one before.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from flask import session

NAME: Final = "paper"


@dataclass(frozen=True)
class Sitting:
    """One account at one wave; `last` is the submission id of the last sheet, if there is one."""

    account: int
    wave: int
    count: int = 0
    last: str | None = None

    def with_sheet(self, submission: str) -> "Sitting":
        """Return the sitting after a sheet; the same sheet sent twice is one."""
        count = self.count + (submission != self.last)
        return replace(self, count=count, last=submission)

    def without_last(self) -> "Sitting":
        """Return the sitting after the last sheet was taken back."""
        return replace(self, count=max(0, self.count - 1), last=None)


def sitting_of(account: int, wave: int) -> Sitting:
    """Return the sitting of an account at a wave in this browser; a new one if there is none."""
    kept = _kept(account).get(str(wave))
    return Sitting(account, wave, *kept) if kept else Sitting(account, wave)


def remember(sitting: Sitting) -> None:
    """Keep a sitting for the next sheet."""
    kept = _kept(sitting.account)
    kept[str(sitting.wave)] = [sitting.count, sitting.last]
    session[NAME] = {"account": sitting.account, "waves": kept}


def forget(sitting: Sitting) -> None:
    """End a sitting."""
    kept = _kept(sitting.account)
    kept.pop(str(sitting.wave), None)
    session[NAME] = {"account": sitting.account, "waves": kept}


def _kept(account: int) -> dict[str, Any]:
    """Return what is kept for this account; what somebody else left in the browser is not."""
    found = session.get(NAME, {})
    return dict(found.get("waves", {})) if found.get("account") == account else {}
