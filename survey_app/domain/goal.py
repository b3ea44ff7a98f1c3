"""A goal of a measure: what shall be reached, by which answer one sees it, how many shall say so.

    "Die Jugendlichen wissen, wo sie Hilfe bekommen." · kern-jugend k8 · 80 % · stage 4

A target proves something only if it stood before the answers came. Goals are free until the first
wave of the measure opens. From then on nothing is overwritten in silence: a change keeps what was
promised before (`former`), the goal is `late` for good, and the sheet prints "Zielwert nachträglich
gesetzt". Nor can a goal disappear any more, for the ones that were missed would be the first to go.

Whether a target is late is stated twice: `set_late` was noted when it was set while a wave was
open (days alone cannot tell a morning from an afternoon), and `is_late(first_opened)` also sees
answers that were collected before and taken over from a file later.

The stages of effect are PHINEO's. A questionnaire shows stages 1 to 4 and, by self-report, 5; 6 and
7 need other proof, and `Stage.can_be_asked` says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Final

from survey_app.domain.codebook import Sensitivity, Variable
from survey_app.domain.messages import N_, Fault, Message
from survey_app.domain.wave import Phase, Wave

MOST_GOALS: Final = 3
FURTHEST_ASKED: Final = 5


class Stage(IntEnum):
    """How far an effect reaches (PHINEO's Wirkungstreppe)."""

    OFFERED = 1
    USED = 2
    SATISFIED = 3
    KNOWLEDGE = 4
    BEHAVIOUR = 5
    LIFE = 6
    SOCIETY = 7

    @property
    def label(self) -> str:
        """Return the German words, to be translated."""
        return STAGES[self]

    @property
    def can_be_asked(self) -> bool:
        """Return whether the answers of those who took part can show it."""
        return self <= FURTHEST_ASKED


@dataclass(frozen=True)
class Indicator:
    """The answer by which one sees it: a variable of a questionnaire, counted by its top answers.

    As text it is ``kern-jugend:k8``.
    """

    questionnaire: str
    variable: str

    def __str__(self) -> str:
        return f"{self.questionnaire}:{self.variable}"

    @classmethod
    def read(cls, text: str) -> "Indicator | None":
        """Return the indicator that a text stands for; of an empty one there is none."""
        questionnaire, _, variable = text.partition(":")
        return cls(questionnaire, variable) if variable else None


@dataclass(frozen=True, kw_only=True)
class NewGoal:
    """What staff state. `target` is a share in whole percent.

    The indicator is asked in a questionnaire, or is `other`: something staff count themselves, in
    their own words.
    """

    text: str
    indicator: Indicator | None = None
    other: str = ""
    target: int
    stage: Stage = Stage.SATISFIED

    @property
    def target_share(self) -> float:
        """Return the target between 0 and 1."""
        return self.target / 100

    @property
    def promise(self) -> tuple[object, ...]:
        """Return what may not change in silence once answers have come."""
        return (self.text, self.indicator, self.other, self.target)


@dataclass(frozen=True)
class FormerTarget:
    """What was promised before, from when to when."""

    text: str
    indicator: str
    target: int
    set_on: date
    replaced_on: date


@dataclass(frozen=True, kw_only=True)
class Goal(NewGoal):
    """A goal as it is kept.

    `place` is 1 to 3; `set_on` is the day of the promise in force; `former` are the promises that
    were replaced after the first wave had opened, the oldest first.
    """

    id: int
    network: int
    measure: int
    place: int
    set_on: date
    set_late: bool = False
    former: tuple[FormerTarget, ...] = ()

    def was_set_before(self, day: date) -> bool:
        """Return whether the promise stood when the first wave opened on `day`."""
        return not self.set_late and self.set_on <= day

    def is_late(self, first_opened: date | None) -> bool:
        """Return whether answers could have been known when the target was set.

        `first_opened` is the day on which the first wave of the measure opened, None before that.
        """
        if self.set_late:
            return True
        return first_opened is not None and not self.was_set_before(first_opened)

    def changed_to(self, new: NewGoal, today: date, *, locked: bool) -> "Goal":
        """Return the goal as it now stands; a locked one keeps what it promised before."""
        named = {name: getattr(new, name) for name in NewGoal.__dataclass_fields__}
        if new.promise == self.promise:
            return replace(self, **named)
        if not locked:
            return replace(self, **named, set_on=today)
        before = FormerTarget(
            self.text, str(self.indicator or self.other), self.target, self.set_on, today
        )
        return replace(self, **named, set_on=today, set_late=True, former=(*self.former, before))


def first_opened(waves: Iterable[Wave], today: date) -> date | None:
    """Return the day from which the goals of a measure are locked, None while they are free."""
    opened = [wave.opens_on for wave in waves if wave.phase(today) is not Phase.PLANNED]
    return min(opened, default=None)


def indicators(codebook: Sequence[Variable]) -> tuple[Variable, ...]:
    """Return the variables by which a goal can be judged.

    A share of positive answers can be counted of them; they do not look back to how it was before;
    and they do not ask how somebody feels (class C): no measure is to be proven by that.
    """
    looking_back = {variable.difference[1] for variable in codebook if variable.difference}
    return tuple(
        variable
        for variable in codebook
        if variable.positive
        and not variable.is_derived
        and variable.name not in looking_back
        and variable.sensitivity is not Sensitivity.C
    )


def honest_stage(core: str | None) -> Stage:
    """Return the stage that an answer shows, by the core question that was asked.

    Whether somebody liked it is no effect yet; what somebody learned or knows now is.
    """
    if core is None or core in KNOWLEDGE_ITEMS:
        return Stage.KNOWLEDGE
    return Stage.SATISFIED


def faults_of(new: NewGoal) -> list[Fault]:
    """Return what is missing in a goal, each with the name of its field."""
    found = {
        "text": not new.text and NO_TEXT,
        "indicator": new.indicator is None and not new.other and NO_INDICATOR,
        "other": new.indicator is not None and new.other and TWO_INDICATORS,
        "target": not 0 <= new.target <= 100 and NO_SHARE,
    }
    return [Fault(Message(text), (field,)) for field, text in found.items() if text]


KNOWLEDGE_ITEMS = frozenset({"K3", "K8", "F4", "F5"})
STAGES = {
    Stage.OFFERED: N_("1 – Das Angebot findet statt"),
    Stage.USED: N_("2 – Es wird genutzt"),
    Stage.SATISFIED: N_("3 – Die Teilnehmenden sind zufrieden"),
    Stage.KNOWLEDGE: N_("4 – Sie wissen oder können mehr"),
    Stage.BEHAVIOUR: N_("5 – Sie handeln anders (nach eigener Aussage)"),
    Stage.LIFE: N_("6 – Ihre Lebenslage ändert sich"),
    Stage.SOCIETY: N_("7 – Die Gesellschaft ändert sich"),
}
NO_TEXT = N_("Bitte schreiben Sie in einem Satz, was erreicht sein soll.")
NO_INDICATOR = N_("Bitte wählen Sie, woran man es erkennt, oder beschreiben Sie es selbst.")
TWO_INDICATORS = N_("Bitte entscheiden Sie sich: eine Frage aus der Liste oder eigene Worte.")
NO_SHARE = N_("Bitte geben Sie eine ganze Zahl von 0 bis 100 ein.")
LATE = N_("Zielwert nachträglich gesetzt")
