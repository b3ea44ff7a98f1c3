"""Who decides what is shown.

`OurHouse` asks the rules of the product, in the order of services/releasing.py. The two naive houses
do what is usual elsewhere, and are there to be broken: an attacker who cannot break them would prove
nothing about ours.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.questionnaire import Audience
from tests.attack.promises import LEAST, LEAST_GROUP, faults_of
from tests.attack.rules import Rules
from tests.attack.schools import ASKED, FORMS, GROUPS, Atom, WaveOfSchool, World
from tests.attack.seen import PEOPLE, Seen, Silence, scale_of


class House(Protocol):
    """What can be asked of a house."""

    seen: set[Seen]
    silences: set[Silence]
    faults: set[str]

    def close(self, wave: WaveOfSchool) -> None:
        """Count a wave."""

    def read_sheets(self, waves: Sequence[int]) -> None:
        """Read the sheets of closed waves."""

    def roll_up(self, waves: Sequence[int], agreed: Sequence[str]) -> None:
        """Ask for a roll-up of closed waves."""

    def rest(self, waves: Sequence[int], town: Sequence[int], agreed: Sequence[str]) -> None:
        """Ask for a roll-up of a town, and for that of the other waves to stand beside it."""

    def release(self, grains: Sequence[frozenset[int]]) -> None:
        """Ask for something that nobody has thought of yet: these waves together, and these."""

    def set_limits(self, *, raised: bool) -> None:
        """Raise the limits, or take that back."""


def everybody(waves: Iterable[int]) -> frozenset[Atom]:
    """Return all people of some waves."""
    return frozenset((wave, group) for wave in waves for group in GROUPS)


class OurHouse:
    """The rules of the product, right or with a fault in them."""

    def __init__(self, world: World, rules: Rules) -> None:
        self.world, self.rules = world, rules
        self.seen: set[Seen] = set()
        self.silences: set[Silence] = set()
        self.faults: set[str] = set()
        self._ledger = rules.ledger.Ledger()
        self._parts: dict[int, Any] = {}
        self.set_limits(raised=False)

    def set_limits(self, *, raised: bool) -> None:
        """Raise every smallest block by half, or take that back."""
        policy = self.rules.policy
        rules = {
            sensitivity: rule.model_copy(update={"smallest_block": rule.smallest_block * 3 // 2})
            if raised
            else rule
            for sensitivity, rule in policy.IN_USE.items()
        }
        self._policy = policy.DisclosurePolicy.model_construct(rules=rules)

    def close(self, wave: WaveOfSchool) -> None:
        """Count a wave, as closing does."""
        text = self.rules.block.TextCount(variable="t", count=wave.texts)
        block = self.rules.block.Block.model_construct(
            questionnaire=wave.form,
            version="1.0.0",
            fingerprint=wave.form,
            audience=Audience.YOUNG_PEOPLE,
            base=wave.base,
            tables=wave.tables,
            texts=(text,),
            breakdown=self.rules.block.to_be_kept(wave.breakdowns),
        )
        for group in block.breakdown.groups if block.breakdown else ():
            if 0 < group.base < LEAST_GROUP[Sensitivity.A]:
                self.faults.add("the answers of a small group are kept")
        self._parts[wave.id] = self.rules.rollup.Part(
            wave=wave.id,
            measure=wave.measure,
            block=block,
            institution=wave.school,
            area=wave.area,
            cores={asked.name: asked.name for asked in FORMS[wave.form]},
        )

    def read_sheets(self, waves: Sequence[int]) -> None:
        """Enter the waves that stand by themselves, and look at all of them."""
        ledger, parts = self.rules.ledger, {wave: self._parts[wave] for wave in waves}
        release = ledger.one_by_one("sheets", parts, self._ledger, self._policy)
        admitted = self._ledger.admit(release, parts, self._policy)
        if not isinstance(admitted, ledger.Admitted):
            return
        self._ledger = admitted.ledger
        shown = ledger.released_one_by_one(parts, self._ledger, self._policy)
        for wave, released in shown.items():
            self._look_at_block(wave, released)

    def roll_up(self, waves: Sequence[int], agreed: Sequence[str]) -> None:
        """Look at a roll-up, if there is one."""
        parts = [self._parts[wave] for wave in waves]
        roll_up = self.rules.rollup.roll_up
        rolled = roll_up("roll-up", parts, self._ledger, self._policy, agreed=agreed)
        self._look_at_rolled(rolled, agreed)

    def rest(self, waves: Sequence[int], town: Sequence[int], agreed: Sequence[str]) -> None:
        """Look at a town and at the rest beside it, as services/rolling_up_rest.py asks."""
        self.roll_up(town, agreed)
        parts = [self._parts[wave] for wave in waves]
        rest_of = self.rules.rollup.rest_of
        rest = rest_of("rest", parts, set(town), self._ledger, self._policy, agreed=agreed)
        self._look_at_rolled(rest, agreed)

    def _look_at_rolled(self, rolled: Any, agreed: Sequence[str]) -> None:
        if isinstance(rolled, self.rules.ledger.Refused):
            return
        self._ledger = rolled.admitted.ledger
        told = {wave for grain in rolled.release.grains for wave in grain}
        self._note(Seen(PEOPLE, everybody(told), rolled.answers)) if told else None
        for question, core in rolled.cores.items():
            self._look_at_core(question, core, agreed)
            for grain in rolled.release.grains:
                if any(question in self.world.by_id[wave].answers for wave in grain):
                    self._look_at_grain(question, grain)

    def release(self, grains: Sequence[frozenset[int]]) -> None:
        """Ask the ledger, and look at what it admits."""
        release = self.rules.ledger.Release("of its own", frozenset(grains))
        admitted = self._ledger.admit(release, self._parts, self._policy)
        if not isinstance(admitted, self.rules.ledger.Admitted):
            return
        self._ledger = admitted.ledger
        for grain in release.grains:
            for question in ASKED:
                if any(question in self.world.by_id[wave].answers for wave in grain):
                    self._look_at_grain(question, grain)

    def _look_at_grain(self, question: str, grain: frozenset[int]) -> None:
        table = self.rules.rollup.table_of_grain(question, grain, self._parts, self._policy)
        asked = [wave for wave in grain if question in self.world.by_id[wave].answers]
        self._look_at(question, everybody(asked), table, "roll-up")

    def _look_at_core(self, question: str, core: Any, agreed: Sequence[str]) -> None:
        asked = {
            wave
            for grain in core.grains
            for wave in grain
            if question in self.world.by_id[wave].answers
        }
        self._look_at(question, everybody(asked), core.table, "sum") if asked else None
        if asked and not isinstance(core.table, self.rules.disclosure.Withheld):
            self._look_who_dominates(question, asked, core.dominant, agreed)

    def _look_who_dominates(
        self, question: str, waves: Iterable[int], said: object, agreed: Sequence[str]
    ) -> None:
        answers: dict[str, int] = {}
        for wave in waves:
            school = self.world.by_id[wave].school
            own = sum(self.world.count(question, everybody([wave])))
            answers[school] = answers.get(school, 0) + own
        most = max(answers, key=lambda school: answers[school])
        if 10 * answers[most] > 7 * sum(answers.values()) and (most != said or most not in agreed):
            self.faults.add("one institution's result as that of many")

    def _look_at_block(self, wave: int, released: Any) -> None:
        atoms, withheld = everybody([wave]), self.rules.disclosure.Withheld
        if not isinstance(released.base, withheld):
            self._note(Seen(PEOPLE, atoms, released.base))
        for question, table in released.tables.items():
            self._look_at(question, atoms, table, "sheet")
        for count in released.texts.values():
            if not isinstance(count, withheld) and (self.world.by_id[wave].base < 10 or count < 3):
                self.faults.add("too few texts")
        if isinstance(released.breakdown, withheld):
            if released.breakdown.limit not in KNOWN_LIMITS:
                self.faults.add("a number of its own in the reason")
        else:
            by, tables = released.breakdown.variable, released.breakdown.tables
            shown = [groups for groups in tables.values() if not isinstance(groups, withheld)]
            if shown and isinstance(released.tables[by], withheld):
                self.faults.add("groups whose sizes are withheld")
            for question, groups in tables.items():
                if not isinstance(released.tables[by], withheld):  # else that is what they say
                    self._look_at_groups(wave, question, groups)

    def _look_at_groups(self, wave: int, question: str, groups: Any) -> None:
        if not isinstance(groups, self.rules.disclosure.Withheld):
            for group, table in groups:
                self._look_at(question, frozenset({(wave, group)}), table, "group")
        elif groups.reason == "small_cell" and question not in self._silent_about(wave):
            each = {frozenset({(wave, group)}) for group in GROUPS}
            answered = {g for g in each if sum(self.world.count(question, g))}
            self.silences.add(Silence(question, frozenset(answered)))

    def _silent_about(self, wave: int) -> set[str]:
        atoms = everybody([wave])
        return {each.question for each in self.silences if atoms in each.groups}

    def _look_at(self, question: str, atoms: frozenset[Atom], table: Any, where: str) -> None:
        if isinstance(table, self.rules.disclosure.Withheld):
            if table.limit not in KNOWN_LIMITS:
                self.faults.add("a number of its own in the reason")
            if table.reason == "small_cell":
                self.silences.add(Silence(question, frozenset({atoms})))
            return
        asked = ASKED[question]
        if asked.sensitivity is not Sensitivity.A and table.missing is not None:
            self.faults.add("reasons for missing answers")
        scale = scale_of((cell.code for cell in table.cells), asked.codes)
        counts = tuple(cell.count for cell in table.cells)
        self._note(Seen(question, atoms, table.base, scale, counts, where))
        self._note(Seen(PEOPLE, atoms, table.base + table.missing_total))

    def _note(self, seen: Seen) -> None:
        if seen not in self.seen:
            self.seen.add(seen)
            self.faults.update(faults_of(seen, self.world))


KNOWN_LIMITS = {
    *(limit for least in LEAST.values() for limit in (least, least * 3 // 2)),
    *(3, 10, 30, 50, 70),
}


class _Naive:
    """A house that shows every wave and every sum from the smallest block on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.seen: set[Seen] = set()
        self.silences: set[Silence] = set()
        self.faults: set[str] = set()

    def close(self, wave: WaveOfSchool) -> None:
        """Need not do anything: it counts when it is asked."""

    def set_limits(self, *, raised: bool) -> None:
        """Stay as it is."""

    def read_sheets(self, waves: Sequence[int]) -> None:
        """Show each wave that is large enough."""
        for wave in waves:
            self.show([wave], "sheet")

    def roll_up(self, waves: Sequence[int], agreed: Sequence[str]) -> None:
        """Show the sum of all of them."""
        self.show(waves, "sum")

    def rest(self, waves: Sequence[int], town: Sequence[int], agreed: Sequence[str]) -> None:
        """Show the sum of the town, and that of all others."""
        self.roll_up(town, agreed)
        self.roll_up([wave for wave in waves if wave not in town], agreed)

    def release(self, grains: Sequence[frozenset[int]]) -> None:
        """Show each of them."""
        for grain in grains:
            self.show(sorted(grain), "sum")

    def show(self, waves: Sequence[int], where: str) -> None:
        """Show the tables of some waves together."""
        for question in ("K1", "B1", "C1"):
            asked = [wave for wave in waves if question in self.world.by_id[wave].answers]
            for seen in self.tables(question, asked, where) if asked else ():
                self.seen.add(seen)

    def tables(self, question: str, waves: Sequence[int], where: str) -> Iterator[Seen]:
        """Yield what is shown of one question."""
        raise NotImplementedError


class ThresholdOnly(_Naive):
    """Shows everything that at least k people answered."""

    def tables(self, question: str, waves: Sequence[int], where: str) -> Iterator[Seen]:
        """Yield the whole table."""
        counts = self.world.count(question, everybody(waves))
        if sum(counts) >= LEAST[ASKED[question].sensitivity]:
            scale = tuple((code,) for code in ASKED[question].codes)
            yield Seen(question, everybody(waves), sum(counts), scale, counts, where)


class HidingCells(ThresholdOnly):
    """Shows waves alone, and hides cells of one and two; the totals stay."""

    def roll_up(self, waves: Sequence[int], agreed: Sequence[str]) -> None:
        """Show nothing."""

    def release(self, grains: Sequence[frozenset[int]]) -> None:
        """Show nothing."""

    def tables(self, question: str, waves: Sequence[int], where: str) -> Iterator[Seen]:
        """Yield the table with holes."""
        for seen in super().tables(question, waves, where):
            counts = tuple(None if count in (1, 2) else count for count in seen.counts)
            yield Seen(question, seen.atoms, seen.base, seen.scale, counts, where)
