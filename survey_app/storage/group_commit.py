"""Group commit: whoever writes while another one commits, commits together with the next.

What a durable commit costs (a sync of the disk, on PostgreSQL also five round trips) is the same
for one answer sheet and for thirty. The first to come leads: it writes and commits at once. Whoever
comes meanwhile waits in a line, and when the leader is done the first of the line leads all who
stand in it. Nobody waits for company, so that one phone alone is as quick as before, and thirty
phones cost two or three commits instead of thirty.

Each still hears only after the commit that holds its own item.
"""

from collections.abc import Callable, Sequence
from threading import Event, Lock
from typing import Generic, TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

AT_MOST = 64


class LeaderLost(Exception):
    """The thread that led was ended before it could say what became of its group."""


class _Ticket(Generic[Item, Outcome]):
    """One item in the line: called when it is delivered, or when it is its turn to lead."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.called = Event()
        self.is_done = False
        self.outcome: Outcome | None = None
        self.error: Exception | None = LeaderLost()


class GroupCommit(Generic[Item, Outcome]):
    """One line; `deliver` writes and commits items together and returns an outcome for each.

    If it raises, nothing of the group was committed. Where the database itself failed, everybody
    hears so; where an item may be to blame, each is delivered alone, and only the guilty one fails.
    """

    def __init__(self, deliver: Callable[[Sequence[Item]], Sequence[Outcome]]) -> None:
        self._deliver = deliver
        self._line: list[_Ticket[Item, Outcome]] = []
        self._is_led = False
        self._order = Lock()

    def put(self, item: Item) -> Outcome:
        """Return the outcome of an item once it is committed; raises what delivering it raised."""
        ticket = _Ticket[Item, Outcome](item)
        if not self._is_first(ticket):
            ticket.called.wait()
        if not ticket.is_done:
            self._lead()
        if ticket.error is not None:
            raise ticket.error
        return ticket.outcome  # type: ignore[return-value]  # delivered without an error

    def _is_first(self, ticket: _Ticket[Item, Outcome]) -> bool:
        with self._order:
            self._line.append(ticket)
            is_first, self._is_led = not self._is_led, True
        return is_first

    def _lead(self) -> None:
        """Deliver the head of the line, and hand over to whoever stands behind it."""
        with self._order:
            group, self._line = self._line[:AT_MOST], self._line[AT_MOST:]
        try:
            self._deliver_together(group)
        finally:
            for ticket in group:
                ticket.is_done = True
                ticket.called.set()
            self._hand_over()

    def _hand_over(self) -> None:
        with self._order:
            self._is_led = bool(self._line)
            if self._line:
                self._line[0].called.set()

    def _deliver_together(self, group: Sequence[_Ticket[Item, Outcome]]) -> None:
        try:
            outcomes = self._deliver([ticket.item for ticket in group])
        except Exception as error:  # noqa: BLE001 - raised again in the thread of each item
            if len(group) == 1 or not _may_be_one_items_fault(error):
                for ticket in group:
                    ticket.error = error
                return
            for ticket in group:
                self._deliver_together([ticket])
            return
        for ticket, outcome in zip(group, outcomes, strict=True):
            ticket.outcome, ticket.error = outcome, None


def _may_be_one_items_fault(error: Exception) -> bool:
    return not isinstance(error, OperationalError | InterfaceError)
