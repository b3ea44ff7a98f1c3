"""The ledger: whose answers were released together, so that no two releases can be subtracted.

Each release may be large enough by itself and still give somebody away beside an earlier one. Four
workshops, one after the other, with 3, 4, 2 and 4 answers:

    spring   roll-up of {1, 2}         7 people together. Released.
    summer   roll-up of {1, 2, 3}      9 people, but 9 - 7 = 2: workshop 3 alone. Refused.
    autumn   roll-up of {1, 2}, {3, 4} 7 people and 6 people. Released; {1, 2} as before.
    winter   workshop 4, whose limit   6 - 4 = 2: workshop 3 again. Refused, for good.
             is lower by now

The rule that gives these answers is one sentence: **every wave belongs to at most one grain, for
ever.** A *grain* is the smallest group of people of which anything is ever told: a wave that is
large enough by itself, or a *pool* of at least two that are not. A release is a set of whole
grains.

Why that is enough. Grains are disjoint, and each has at least k people. Every printed number is a
function of the tables of whole grains, each of which passed `disclosure.release` by itself. So
whatever anybody computes from any number of releases (differences, differences of unions, linear
systems, integer programs) they could compute from the grains side by side, and a group that can be
isolated is a union of grains.

Why it is not looser. To divide a pool would often be harmless by size: 40 people, later 20 and 20.
But then the tables of the halves decide whether they can be shown, and to refuse *because of the
answers*, with the sum already printed, says something about the answers. For the same reason a
grain is made by the sizes of its waves before any table is looked at, and stays a grain even if
every table of it is withheld. The price: what became part of a pool once is never seen alone.

People are counted, not answers: who was asked before and after a workshop stands in two waves, and
four of them are no pool of eight. In a pool each measure counts with its largest wave.

What declares a breakdown needs no entry: a block keeps at most one, in which every group is large
(domain/block.py), and its groups are all shown or none (`disclosure.release_breakdown`).

    ledger = Ledger()
    match ledger.admit(Release("roll-up of Kempen 2026", {frozenset({1, 2})}), counted, policy):
        case Admitted(ledger=ledger, new=new):   store `new` and the release; then print
        case Refused(reason=reason):             say why, print nothing; there is no override
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from survey_app.domain.block import Block
from survey_app.domain.disclosure import (
    DisclosurePolicy,
    Reason,
    ReleasedBlock,
    Withheld,
    greatest_base,
    least_base,
    release_block,
    withhold_block,
)
from survey_app.domain.messages import N_, Message

Grain = frozenset[int]
"""The waves of a grain: one, or those of a pool."""


@dataclass(frozen=True)
class Counted:
    """A closed wave: its measure, whose people may have answered other waves too, and its block."""

    wave: int
    measure: int
    block: Block


@dataclass(frozen=True)
class Release:
    """Something that is shown to people: its name, and the grains it tells of."""

    name: str
    grains: frozenset[Grain]


@dataclass(frozen=True)
class Admitted:
    """A release may be shown. `ledger` holds it, `new` are the grains to be stored with it."""

    ledger: "Ledger"
    new: frozenset[Grain]


@dataclass(frozen=True)
class Refused:
    """A release may not be shown, and why."""

    reason: Message


@dataclass(frozen=True)
class Ledger:
    """Every release there was, and the grains they tell of.

    It may be cut to the waves that a release asks for, if it knows these and their pools wholly.
    """

    grains: frozenset[Grain] = frozenset()
    releases: frozenset[Release] = field(default=frozenset(), repr=False)

    @cached_property
    def _grain_of(self) -> Mapping[int, Grain]:
        return {wave: grain for grain in self.grains for wave in grain}

    def grain_of(self, wave: int) -> Grain | None:
        """Return the grain that a wave belongs to, if it is in any."""
        return self._grain_of.get(wave)

    def is_pooled(self, wave: int) -> bool:
        """Return whether a wave is part of a pool, and can never be shown alone."""
        return len(self._grain_of.get(wave, ())) > 1

    def admit(
        self, release: Release, counted: Mapping[int, Counted], policy: DisclosurePolicy
    ) -> Admitted | Refused:
        """Return whether a release may be shown beside all earlier ones.

        `counted` has all waves in it. What was admitted once is admitted again.
        """
        new = release.grains - self.grains
        told = [wave for grain in release.grains for wave in grain]
        if len(told) != len(set(told)) or any(self.grain_of(w) for grain in new for w in grain):
            return Refused(Message(OVERLAPS))
        for grain in new:
            if why := _why_no_grain(grain, counted, policy):
                return Refused(why)
        return Admitted(Ledger(self.grains | new, self.releases | {release}), new)


def one_by_one(
    name: str, counted: Mapping[int, Counted], ledger: Ledger, policy: DisclosurePolicy
) -> Release:
    """Return the release of waves that stand by themselves, as on a sheet."""
    alone = (
        wave
        for wave, each in counted.items()
        if not is_too_small(each.block, policy) and not ledger.is_pooled(wave)
    )
    return Release(name, frozenset(frozenset({wave}) for wave in alone))


def released_one_by_one(
    counted: Mapping[int, Counted], ledger: Ledger, policy: DisclosurePolicy
) -> Mapping[int, ReleasedBlock]:
    """Return what of each wave may be shown by itself, once `one_by_one` was admitted."""
    return {
        wave: _in_a_pool(each.block, policy)
        if ledger.is_pooled(wave)
        else release_block(each.block, policy)
        for wave, each in counted.items()
    }


def _in_a_pool(block: Block, policy: DisclosurePolicy) -> ReleasedBlock:
    return withhold_block(block, Withheld(Reason.POOLED, least_base(block, policy)), policy)


def _why_no_grain(
    grain: Grain, counted: Mapping[int, Counted], policy: DisclosurePolicy
) -> Message | None:
    """Return why these waves cannot be a grain; their sizes decide, no answer does."""
    if not grain or not grain <= counted.keys():
        return Message(NOT_COUNTED)
    members = [counted[wave] for wave in grain]
    if len(members) == 1:
        least = least_base(members[0].block, policy)
        is_enough = members[0].block.base >= least
    elif not all(is_too_small(each.block, policy) for each in members):
        return Message(STANDS_ALONE)
    else:
        least, is_enough = pool_base(members, policy), can_pool(members, policy)
    return None if is_enough else Message(TOO_FEW, {"limit": least})


def is_too_small(block: Block, policy: DisclosurePolicy) -> bool:
    """Return whether a block is withheld whole, and may be part of a pool."""
    return block.base < least_base(block, policy)


def can_pool(members: Collection[Counted], policy: DisclosurePolicy) -> bool:
    """Return whether too-small waves are enough people together to be a pool."""
    sizes = people([(each.measure, each.block.base) for each in members])
    return len(sizes) > 1 and sum(sizes) >= pool_base(members, policy)


def pool_base(members: Collection[Counted], policy: DisclosurePolicy) -> int:
    """Return how many people a pool of these waves needs: enough for each of their tables."""
    return max(greatest_base(each.block, policy) for each in members)


def people(answers: Iterable[tuple[int, int]]) -> list[int]:
    """Return how many people there are at least, per measure, from (measure, answers) per wave."""
    most: dict[int, int] = {}
    for measure, count in answers:
        most[measure] = max(count, most.get(measure, 0))
    return [count for count in most.values() if count]


OVERLAPS = N_(
    "Das lässt sich nicht veröffentlichen: Ein Teil dieser Antworten ist schon in anderer"
    " Zusammensetzung veröffentlicht. Aus beiden zusammen ließen sich Antworten von zu wenigen"
    " Personen herausrechnen. Nehmen Sie dieselbe Zusammensetzung wie früher."
)
NOT_COUNTED = N_(
    "Das lässt sich nicht veröffentlichen: Mindestens eine Erhebung darin ist noch nicht"
    " ausgezählt. Schließen Sie sie zuerst ab."
)
TOO_FEW = N_(
    "Das lässt sich nicht veröffentlichen: Zusammen sind es weniger als %(limit)s Antworten. Warten"
    " Sie auf weitere Erhebungen."
)
STANDS_ALONE = N_(
    "Das lässt sich nicht veröffentlichen: Zusammengelegt werden nur Erhebungen, die für sich zu"
    " klein sind. Eine davon ist groß genug und steht für sich."
)
