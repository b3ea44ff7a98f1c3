"""The traffic light of a goal, and how far a sheet can be trusted.

A light compares the share of positive answers p of n people with the target t that was promised:

    ○ grey    nothing can be said: fewer than 8 answers, or fewer than 30 % of the group answered,
              or the answer was not asked, is withheld or is counted by staff themselves
    ● green   p ≥ t
    ■ red     even the upper end of the 95 % Wilson interval lies below t
    ▲ yellow  p < t, but t lies within what chance alone could do

An interval wider than 30 points makes any light "unsicher". Where nobody knows how large the group
was, the response rate cannot make it grey; the confidence below then is middling at best.

Confidence ("Aussagekraft") is the weakest of three marks:

              high                    middling                         low
    answers   30 and more             10 to 29                         fewer than 10
    response  50 % and more           30 to 49 %, unknown, or more     less than 30 %
                                      answers than people
    design    before and after        once, or looking back            –

Asked once, people can say how it was, but not what has changed; so a single survey is never "high".
Of before and after the smaller group counts. Nothing released is low.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from survey_app.domain.codebook import Variable
from survey_app.domain.disclosure import Withheld
from survey_app.domain.goal import Goal
from survey_app.domain.messages import N_, NN_, Message, Percent
from survey_app.domain.statistics import Share

LEAST_ANSWERS: Final = 8
LEAST_RESPONSE: Final = 0.3
WIDE: Final = 0.3
MANY_ANSWERS, SOME_ANSWERS = 30, 10
GOOD_RESPONSE: Final = 0.5


class Light(StrEnum):
    """How a result stands to its target; every light has a sign and a word of its own."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"

    @property
    def sign(self) -> str:
        """Return the sign: four forms that differ without colour."""
        return LIGHTS[self][0]

    @property
    def word(self) -> str:
        """Return the German words, to be translated."""
        return LIGHTS[self][1]


@dataclass(frozen=True)
class JudgedGoal:
    """A goal, what was found, and its light.

    `variable` and `share` are None where nobody was asked yet, or where staff count themselves.
    `why` says why a light is grey. `late` says that the target was set when answers could have been
    known.
    """

    goal: Goal
    variable: Variable | None
    share: Share | Withheld | None
    light: Light
    why: Message | None
    late: bool

    @property
    def is_unsure(self) -> bool:
        """Return whether the interval is wider than 30 points."""
        return self.light is not Light.GREY and is_wide(self.share)


def is_wide(share: Share | Withheld | None) -> bool:
    """Return whether the interval of a share is wider than 30 points."""
    return isinstance(share, Share) and share.interval.width > WIDE


def light_of(share: Share, target: float, response: float | None) -> Light:
    """Return the light; `response` is the share of the group that answered, None if unknown."""
    if why_grey(share, response):
        return Light.GREY
    if share.value >= target:
        return Light.GREEN
    return Light.RED if share.interval.high < target else Light.YELLOW


def why_grey(share: Share | Withheld | None, response: float | None) -> Message | None:
    """Return why nothing can be said, or None."""
    if share is None:
        return Message(NOT_ASKED)
    if isinstance(share, Withheld):
        return share.message
    if share.base < LEAST_ANSWERS:
        return Message(TOO_FEW, {"limit": LEAST_ANSWERS})
    if response is not None and response < LEAST_RESPONSE:
        return Message(LOW_RESPONSE, {"limit": Percent(LEAST_RESPONSE)})
    return None


def judged(
    goal: Goal,
    variable: Variable | None,
    share: Share | Withheld | None,
    response: float | None,
    *,
    late: bool,
) -> JudgedGoal:
    """Return a goal with its light."""
    why = Message(COUNTED_BY_STAFF) if goal.indicator is None else why_grey(share, response)
    light = Light.GREY
    if why is None and isinstance(share, Share):
        light = light_of(share, goal.target_share, response)
    return JudgedGoal(goal, variable, share, light, why, late)


class Strength(IntEnum):
    """How far a sheet can be trusted."""

    LOW = 1
    MIDDLING = 2
    HIGH = 3

    @property
    def word(self) -> str:
        """Return the German word, to be translated."""
        return STRENGTHS[self]


@dataclass(frozen=True)
class Confidence:
    """How far a sheet can be trusted, and the facts from which it follows."""

    strength: Strength
    reasons: tuple[Message, ...]


def confidence(
    groups: Sequence[int], response: float | None, *, looks_back: bool = False
) -> Confidence:
    """Return how far results of young people can be trusted.

    `groups` are the released numbers of answers: of one survey, or of before and after, in this
    order; `response` is the lowest response rate, None if unknown.
    """
    if not groups:
        return Confidence(Strength.LOW, (Message(NOTHING_RELEASED),))
    answers = min(groups)
    strength = min(_of_answers(answers), _of_response(response), _of_design(groups))
    design = TWICE if len(groups) > 1 else LOOKING_BACK if looks_back else ONCE
    return Confidence(strength, (_answers(groups), _response(response), Message(design)))


def _answers(groups: Sequence[int]) -> Message:
    """Return how many answered; of two groups both, and which of them counts."""
    if len(groups) == 1:
        return Message.counted(ANSWERS, groups[0], {"answers": groups[0]})
    before, after = groups
    values = {"before": before, "after": after}
    return Message(EQUAL_GROUPS if before == after else SMALLER_GROUP, values)


def _of_answers(answers: int) -> Strength:
    if answers < SOME_ANSWERS:
        return Strength.LOW
    return Strength.HIGH if answers >= MANY_ANSWERS else Strength.MIDDLING


def _of_response(response: float | None) -> Strength:
    if response is None or response > 1:
        return Strength.MIDDLING
    if response < LEAST_RESPONSE:
        return Strength.LOW
    return Strength.HIGH if response >= GOOD_RESPONSE else Strength.MIDDLING


def _of_design(groups: Sequence[int]) -> Strength:
    return Strength.HIGH if len(groups) > 1 else Strength.MIDDLING


def _response(response: float | None) -> Message:
    if response is None:
        return Message(UNKNOWN_RESPONSE)
    if response > 1:
        return Message(MORE_THAN_ALL)
    return Message(RESPONSE, {"percent": Percent(response)})


LIGHTS: Final = {
    Light.GREEN: ("●", N_("erreicht")),
    Light.YELLOW: ("▲", N_("knapp oder ungewiss")),
    Light.RED: ("■", N_("nicht erreicht")),
    Light.GREY: ("○", N_("keine Aussage")),
}
STRENGTHS: Final = {
    Strength.LOW: N_("gering"),
    Strength.MIDDLING: N_("mittel"),
    Strength.HIGH: N_("hoch"),
}
NOT_ASKED: Final = N_("noch nicht gefragt")
COUNTED_BY_STAFF: Final = N_("zählt das Team selbst")
TOO_FEW: Final = N_("weniger als %(limit)s Antworten")
LOW_RESPONSE: Final = N_("weniger als %(limit)s der Gruppe haben geantwortet")
NOTHING_RELEASED: Final = N_("zu wenige Antworten junger Menschen")
ANSWERS: Final = NN_("%(answers)s Antwort", "%(answers)s Antworten")
SMALLER_GROUP: Final = N_("Antworten: %(before)s davor, %(after)s danach (die kleinere Zahl gilt)")
EQUAL_GROUPS: Final = N_("Antworten: %(before)s davor, %(after)s danach")
RESPONSE: Final = N_("%(percent)s Rücklauf")
UNKNOWN_RESPONSE: Final = N_("Rücklauf unbekannt")
MORE_THAN_ALL: Final = N_("mehr Antworten als Teilnehmende")
ONCE: Final = N_("einmal gefragt, ohne Vergleichsgruppe")
LOOKING_BACK: Final = N_("im Rückblick gefragt, ohne Vergleichsgruppe")
TWICE: Final = N_("ohne Vergleichsgruppe")
