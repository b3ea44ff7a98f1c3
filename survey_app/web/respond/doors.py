"""What is behind a code, kept in memory for a few seconds.

A wave that opens, closes or changes is seen by the phones within five seconds; what is sent is
checked against the database itself in any case. Pages are kept with the door they were drawn for
and thrown away when the door looks different on the next look, so that no list of "everything a
page depends on" can be forgotten. Codes that lead nowhere are not kept: inventing them must not
fill the memory.

When a whole school opens the same code at once, one looks and draws and the others wait for that:
thirty threads that each begin the same page take turns and all come late.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from survey_app.domain.collector import read_code
from survey_app.domain.wave import Phase
from survey_app.languages import Language, Languages
from survey_app.services.collecting import Door, Receipt
from survey_app.web.house import Clock
from survey_app.web.respond.splicing import SplicedPage

SECONDS = 5.0
MOST = 2000
NEVER = (float("-inf"), None)
LOCKS = 64  # whoever asks for another code hardly ever waits


@dataclass(frozen=True)
class Entrance:
    """A door as it looked a moment ago, its languages, and the pages drawn for it so far.

    Pages are kept by language and, if they answer a form, by the receipt; legal pages by language
    and name.
    """

    door: Door
    phase: Phase
    languages: tuple[Language, ...]
    pages: dict[tuple[str, Receipt | None], SplicedPage] = field(
        default_factory=dict, compare=False
    )
    legal_pages: dict[tuple[str, str], SplicedPage] = field(default_factory=dict, compare=False)
    drawing: Lock = field(default_factory=Lock, compare=False)


class Doors:
    """The entrances that were asked for lately. Safe to share between threads."""

    def __init__(
        self, find: Callable[[str], Door | None], languages: Languages, clock: Clock
    ) -> None:
        self._find, self._languages, self._clock = find, languages, clock
        self._known: dict[str, tuple[float, Entrance]] = {}
        self._looking = tuple(Lock() for _ in range(LOCKS))

    def behind(self, typed: str) -> Entrance | None:
        """Return what is behind a code as somebody typed it, or None."""
        code = read_code(typed)
        if not code:
            return None
        if entrance := self._remembered(code):
            return entrance
        with self._looking[hash(code) % LOCKS]:
            return self._remembered(code) or self._look(code)

    def remembered(self, typed: str) -> Entrance | None:
        """Return what is behind a code if that was looked up just now."""
        code = read_code(typed)
        return self._remembered(code) if code else None

    def _remembered(self, code: str) -> Entrance | None:
        looked, entrance = self._known.get(code, NEVER)
        return entrance if self._clock.seconds() - looked < SECONDS else None

    def _look(self, code: str) -> Entrance | None:
        door = self._find(code)
        if door is None:
            self._known.pop(code, None)
            return None
        _, before = self._known.get(code, NEVER)
        now = Entrance(
            door=door,
            phase=door.phase(self._clock.today()),
            languages=self._languages.of(door.wave.questionnaire),
        )
        entrance = before if before == now else now
        self._remember(code, entrance)
        return entrance

    def _remember(self, code: str, entrance: Entrance) -> None:
        if code not in self._known and len(self._known) >= MOST:
            # The oldest goes. Another thread may have taken it already.
            self._known.pop(next(iter(tuple(self._known))), None)
        self._known[code] = (self._clock.seconds(), entrance)
