"""Sentences for people.

1. A message is a German sentence with its values filled in.
2. Said in another language, everything in it is: messages, dates and shares too.
3. The sentence takes the form that goes with its number.
4. Refusing carries every problem at once; nothing to refuse is no refusal.
"""

from datetime import date

import pytest

from survey_app.domain.messages import (
    N_,
    Fault,
    InvalidAnswer,
    InvalidDefinition,
    Message,
    Number,
    Percent,
    Problem,
    refuse,
)

ENGLISH = {
    "noch %(days)s Tag": "%(days)s day to go",
    "noch %(days)s Tage": "%(days)s days to go",
    "bis %(day)s: %(share)s, %(note)s": "until %(day)s: %(share)s, %(note)s",
    "%(count)s Personen": "%(count)s people",
    "gut": "good",
}


class English:
    """The smallest language a message can be said in."""

    code = "en"
    direction = "ltr"

    def gettext(self, text: str, /) -> str:
        return ENGLISH[text]

    def ngettext(self, singular: str, plural: str, n: int, /) -> str:
        return ENGLISH[singular if n == 1 else plural]

    def date(self, day: date, /) -> str:
        return f"{day:%d %B %Y}"

    def number(self, value: float, digits: int = 0, /) -> str:
        return f"{value:,.{digits}f}"

    def percent(self, share: float, /) -> str:
        return f"{100 * share:.0f}%"

    def money(self, cents: int, /) -> str:
        return f"€{cents / 100:,.2f}"


def to_go(days: int) -> Message:
    return Message(N_("noch %(days)s Tag"), {"days": days}, plural=N_("noch %(days)s Tage"), n=days)


def test_marked_text_is_unchanged() -> None:
    """Rule 1."""
    assert N_("Wie war's?") == "Wie war's?"


def test_message_is_a_german_sentence() -> None:
    """Rule 1."""
    message = Message("höchstens %(maximum)s Zeichen (%(share)s)", {"maximum": 500, "share": 1})
    assert str(message) == "höchstens 500 Zeichen (1)"


def test_message_in_a_message_is_german_too() -> None:
    """Rule 1."""
    inner = Message("%(share)s", {"share": Percent(0.75)})
    assert str(Message("davon %(inner)s", {"inner": inner})) == "davon 75 %"


def test_everything_inside_is_said_in_the_language() -> None:
    """Rule 2."""
    values = {"day": date(2026, 12, 12), "share": Percent(0.75), "note": Message("gut")}
    message = Message("bis %(day)s: %(share)s, %(note)s", values)
    assert message.said(English()) == "until 12 December 2026: 75%, good"


def test_large_number_has_the_separators_of_the_language() -> None:
    """Rule 2."""
    message = Message("%(count)s Personen", {"count": Number(1200)})
    assert (str(message), message.said(English())) == ("1200 Personen", "1,200 people")


@pytest.mark.parametrize(
    ("days", "german", "english"),
    [(1, "noch 1 Tag", "1 day to go"), (2, "noch 2 Tage", "2 days to go")],
)
def test_number_decides_the_form(days: int, german: str, english: str) -> None:
    """Rule 3."""
    assert (str(to_go(days)), to_go(days).said(English())) == (german, english)


def test_invalid_answer_names_every_field() -> None:
    """Rule 4."""
    problems = (Problem("k1", Message("Bitte wähle.")), Problem("k2", Message("Zu lang.")))
    assert InvalidAnswer(*problems).problems == problems
    assert str(InvalidAnswer(*problems)) == "k1: Bitte wähle.; k2: Zu lang."


def test_refusing_carries_every_fault() -> None:
    """Rule 4."""
    faults = [Fault(Message("leer"), ("title",)), Fault(Message("doppelt"), ("options", 1))]
    with pytest.raises(InvalidDefinition, match=r"^leer; doppelt$") as refused:
        refuse(faults)
    assert refused.value.faults == tuple(faults)


def test_nothing_to_refuse_is_no_refusal() -> None:
    """Rule 4."""
    refuse([])
