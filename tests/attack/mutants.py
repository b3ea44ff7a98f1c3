"""The rules with one fault each. Whoever attacks them must find every one.

A fault is one text of the source and what stands there instead; if the source changes, the fault
that no longer fits says so (rules.py). What could be changed without harm is not here: rules that
only withhold more, and plans of a roll-up that the ledger refuses anyway.
"""

from tests.attack.rules import Fault


def _policy(right: str, wrong: str) -> Fault:
    return Fault("policy", right, wrong)


def _block(right: str, wrong: str) -> Fault:
    return Fault("block", right, wrong)


def _disclosure(right: str, wrong: str) -> Fault:
    return Fault("disclosure", right, wrong)


def _ledger(right: str, wrong: str) -> Fault:
    return Fault("ledger", right, wrong)


def _recount(right: str, wrong: str) -> Fault:
    return Fault("recount", right, wrong)


def _rollup(right: str, wrong: str) -> Fault:
    return Fault("rollup", right, wrong)


B_RULE = "B: ClassRule(smallest_block=8, smallest_cell=3, spare=1)"
C_RULE = "C: ClassRule(smallest_block=10, smallest_cell=3, spare=3, full_scale_from=50)"

LIMITS = {
    "A from four on": _policy("A: ClassRule(smallest_block=5)", "A: ClassRule(smallest_block=4)"),
    "B from seven on": _policy(B_RULE, B_RULE.replace("=8", "=7")),
    "C from nine on": _policy(C_RULE, C_RULE.replace("=10", "=9")),
    "B with cells of two": _policy(B_RULE, B_RULE.replace("cell=3", "cell=2")),
    "B with everybody in a cell": _policy(B_RULE, B_RULE.replace("spare=1", "spare=0")),
    "C with cells of two": _policy(C_RULE, C_RULE.replace("cell=3", "cell=2")),
    "C with everybody in a cell": _policy(C_RULE, C_RULE.replace("spare=3", "spare=0")),
    "C on its full scale": _policy(C_RULE, C_RULE.replace("from=50", "from=0")),
    "the lesser of two limits for the full scale": _policy(
        "return max(self.full_scale_from", "return min(self.full_scale_from"
    ),
    "B and C treated as feedback": _policy(
        "return self.rules.get(sensitivity, FLOOR[sensitivity])", "return self.rules[A]"
    ),
    "groups of five for feedback": _policy(
        "group_of_feedback: int = Field(default=10, ge=10)",
        "group_of_feedback: int = Field(default=5, ge=5)",
    ),
    "groups of ten for B and C": _policy(
        "    group: int = Field(default=30, ge=30)", "    group: int = Field(default=10, ge=10)"
    ),
    "groups of feedback for all": _policy(
        "return self.group_of_feedback if sensitivity is A else self.group",
        "return self.group_of_feedback",
    ),
    "nine of ten from one institution": _policy(
        "Field(default=70, ge=34, le=70)", "Field(default=90, ge=34, le=90)"
    ),
    "texts from five on": _policy(
        "text_block: int = Field(default=10, ge=10)", "text_block: int = Field(default=5, ge=5)"
    ),
    "single texts": _policy(
        "text_count: int = Field(default=3, ge=3)", "text_count: int = Field(default=1, ge=1)"
    ),
    "limits that can be lowered": _policy(") < floor\n", ") > 1_000\n"),
}

KEPT = {
    "groups of one are kept": _block("SMALLEST_GROUP: Final = 10", "SMALLEST_GROUP: Final = 1"),
    "one large group is enough": _block(
        "len(sizes) > 1 and all(size >=", "len(sizes) > 1 and any(size >="
    ),
    "a sensitive question makes groups": _block("_is_feedback(each) and ", ""),
}

TABLES = {
    "one person less is enough": _disclosure(
        "if table.base < least:", "if table.base < least - 1:"
    ),
    "who left it out counts too": _disclosure(
        "if table.base < least:", "if table.base + table.missing.total < least:"
    ),
    "C without a coarse scale from ten on": _disclosure(
        "if table.coarse else max(rule.smallest_block, rule.full_scale_from)", ""
    ),
    "the coarse scale forgotten": _disclosure(
        "table.coarsened() if table.coarse and full_from else table", "table"
    ),
    "the full scale shown": _disclosure(
        "shown = coarser if table.base < full_from else table", "shown = table"
    ),
    "the coarse scale not judged": _disclosure(" or _names_somebody(coarser, rule)", ""),
    "the shown scale not judged": _disclosure("_names_somebody(shown, rule) or ", ""),
    "the number in the reason": _disclosure(
        "return Withheld(Reason.SMALL_CELL, rule.smallest_cell)\n    return _made",
        "return Withheld(Reason.SMALL_CELL, table.base)\n    return _made",
    ),
    "too small and too large told apart": _disclosure(
        "return Withheld(Reason.SMALL_CELL, rule.smallest_cell)\n    return _made",
        "return Withheld(Reason.SMALL_CELL, 3 if max(_groups(shown)) < table.base else 8)\n"
        "    return _made",
    ),
    "reasons for missing answers": _disclosure(
        "table.missing if table.sensitivity is Sensitivity.A else None", "table.missing"
    ),
    "cells of one": _disclosure("any(0 < size < rule", "any(1 < size < rule"),
    "large cells forgotten": _disclosure("too_small or too_large", "too_small"),
    "small cells forgotten": _disclosure("too_small or too_large", "too_large"),
    "who left it out hides in the crowd": _disclosure(
        "max(groups) > table.base - rule.spare",
        "max(groups) > table.base + table.missing.total - rule.spare",
    ),
    "who did not tick forgotten": _disclosure(
        " if table.multiple else ticked", " if 0 else ticked"
    ),
}

CHANGES = {
    "who changed, beside then and now": _disclosure(
        "if table.is_change and table.sensitivity is not Sensitivity.A:", "if False:"
    ),
    "a short score beside its items": _disclosure("        if is_short or not", "        if not"),
}

BLOCKS = {
    "the size of a small block": _disclosure("    if block.base < least:\n", "    if False:\n"),
    "the size of a withheld block": _disclosure("base=why,", "base=block.base,"),
    "feedback promised for all": _disclosure(
        "[policy.rule(table.sensitivity).smallest_block for table in block.tables]",
        "[policy.rule(Sensitivity.A).smallest_block]",
    ),
    "texts of any block": _disclosure("if block.base < policy.text_block:", "if False:"),
    "any number of texts": _disclosure("if count < policy.text_count:", "if False:"),
}

BREAKDOWNS = {
    "the number in the reason of a breakdown": _disclosure(
        "    none = Withheld(Reason.SMALL_GROUP, policy.group_of_feedback)\n",
        "    none = Withheld(Reason.SMALL_GROUP, block.base)\n",
    ),
    "small groups": _disclosure("    if any(table.base < limit for", "    if any(False for"),
    "sizes and cells group by group": _disclosure(
        "limit = max(policy.smallest_group(whole.sensitivity), least)",
        "limit = policy.smallest_group(whole.sensitivity)",
    ),
    "the silent left out": _disclosure(
        "for code, table in groups if table.base}",
        "for code, table in groups if table.base and code is not None}",
    ),
    "small groups left out": _disclosure(
        "for code, table in groups if table.base}",
        "for code, table in groups if table.base >= min(30, max(t.base for _, t in groups))}",
    ),
    "a withheld group left out": _disclosure(
        "        if isinstance(result, Withheld):\n            return result",
        "        if isinstance(result, Withheld):\n            continue",
    ),
    "each group on its own scale": _disclosure(
        "_on_one_scale(list(shown.values()))", "list(shown.values())"
    ),
}

SUMS = {
    "a wrong base": _disclosure(
        "base=sum(table.base for table in alike)", "base=max(table.base for table in alike)"
    ),
    "a wrong sum": _disclosure("count=sum(count))", "count=max(count))"),
}

LEDGER = {
    "nothing is remembered": _ledger("Ledger(self.grains | new,", "Ledger(self.grains,"),
    "nothing is asked": _ledger(
        "new = release.grains - self.grains", "new: frozenset[Grain] = frozenset()"
    ),
    "pools may overlap": _ledger("any(self.grain_of(w) for grain in new for w in grain)", "False"),
    "a wave may be told of twice": _ledger("len(told) != len(set(told))", "False"),
    "pools are shown one by one": _ledger(
        "        if ledger.is_pooled(wave)\n", "        if not wave\n"
    ),
    "sheets are not entered": _ledger(
        "if not is_too_small(each.block, policy) and not", "if not each and not"
    ),
    "who stands alone may be pooled": _ledger(
        "return block.base < least_base(block, policy)",
        "return block.base <= least_base(block, policy)",
    ),
    "pools of any size": _ledger(" and sum(sizes) >= pool_base(members, policy)", ""),
    "answers counted for people": _ledger(
        "most[measure] = max(count, most.get(measure, 0))",
        "most[measure] = count + most.get(measure, 0)",
    ),
    "what is withheld for its cells is pooled": _ledger(
        "return block.base < least_base(block, policy)",
        "return block.base < least_base(block, policy) or any("
        "getattr(release_block(block, policy).tables[each.variable], 'reason', '') == 'small_cell'"
        " for each in block.tables)",
    ),
}

ROLL_UPS = {
    "the small ones are counted": _rollup(
        "answers=sum(by_wave[wave].block.base for wave in told)",
        "answers=sum(part.block.base for part in by_wave.values())",
    ),
    "everything is added": _rollup(
        "table = sum_of(list(alike.values()))",
        "table = release(reduce(add, [_table(core, part) for part in asked]), policy)",
    ),
    "the sum judged afresh": _rollup(
        "table = sum_of(list(alike.values()))",
        "told = [each for grain in alike for each in _tables(core, grain, parts)]\n"
        "    table = release(reduce(add, told), policy)",
    ),
    "what is withheld for its cells is added up": _rollup(
        "    alike = _of_usual_shape(found, shapes)\n",
        "    hidden = [g for g, t in found.items() if getattr(t, 'reason', '') == 'small_cell']\n"
        "    if len(hidden) > 1:\n"
        "        pool = frozenset(wave for grain in hidden for wave in grain)\n"
        "        pooled = reduce(add, [t for g in hidden for t in _tables(core, g, parts)])\n"
        "        found[pool], shapes[pool] = release(pooled, policy), shapes[hidden[0]]\n"
        "    alike = _of_usual_shape(found, shapes)\n",
    ),
    "some waves of a pool speak for it": _rollup(
        "if len(tables) < len(grain) or len({table.shape for table in tables}) > 1:\n"
        "        return few\n"
        "    measures = [parts[wave].measure for wave in sorted(grain)]\n",
        "measures = [parts[wave].measure for wave in sorted(grain) if core in parts[wave].cores]\n",
    ),
    "answers of a pool counted for people": _rollup(
        "len(sizes) < 2 or sum(sizes) < few.limit", "False"
    ),
    "no wave dominates": _rollup("institution if 100 * most > policy", "None if 0 and policy"),
    "who dominates need not agree": _rollup(
        "if dominant is not None and dominant not in agreed:", "if False:"
    ),
    "who dominates is not named": _rollup(
        "return CoreResult(table, alike, len(found) - len(alike), dominant)",
        "return CoreResult(table, alike, len(found) - len(alike), None)",
    ),
}

RECOUNTS = {
    "a forgotten sheet is counted": _recount(
        "(people == 0 or people >= least_base(new, LEAST))", "True"
    ),
    "tables of two counts are not compared": _recount(
        "all(_is_nobodys(*pair) for pair in whole)", "True"
    ),
    "groups of two counts are not compared": _recount(
        "least=LEAST.smallest_group(pair[0].sensitivity))", "least=0) or True"
    ),
    "groups of two counts are compared like tables": _recount(
        "least=LEAST.smallest_group(pair[0].sensitivity))", "least=0)"
    ),
    "another breakdown after a recount": _recount("old.variable == new.variable", "True"),
    "few are corrected": _recount("return sum(gone) >= least and not", "return not"),
    "a few of one answer are corrected": _recount(" and not is_small and", " and"),
    "everybody who is corrected gave one answer": _recount(" and not is_large", ""),
    "only who came is looked at": _recount(
        "_can_be_shown(before, after, people) and _can_be_shown(after, before, people)",
        "_can_be_shown(after, before, people)",
    ),
    "feelings of a few on the full scale": _recount("max(enough, full))] if", "enough)] if"),
    "what was withheld is all that is looked at": _recount(
        "or not _was_shown(old)", "or _was_shown(old)"
    ),
    "what was shown on its coarse scale is not looked at": _recount(
        "for each in (LEAST, COARSE)", "for each in (LEAST,)"
    ),
}

ASKED = "_told(name, grains, others, ledger, policy, agreed)"
OTHERS = "    others = [part for part in parts if part.wave not in without]\n    return "
WHOLE = "grains = frozenset(grain for grain in whole if grain.isdisjoint(without))\n"
CUT = "grains = frozenset(g for grain in whole if (g := grain - frozenset(without)))\n"

# What the ledger refuses as well stands in test_rest.py.
RESTS = {
    "the rest asks an empty ledger": _rollup(ASKED, ASKED.replace("ledger", "type(ledger)()")),
    "the rest divides a pool, and asks an empty ledger": _rollup(
        WHOLE + OTHERS + ASKED, CUT + OTHERS + ASKED.replace("ledger", "type(ledger)()")
    ),
    "the rest is not entered": _rollup(
        "return " + ASKED,
        f"told = {ASKED}\n"
        "    if isinstance(told, RolledUp):\n"
        "        object.__setattr__(told, 'admitted', Admitted(ledger, frozenset()))\n"
        "    return told",
    ),
}

MUTANTS = {
    **LIMITS,
    **KEPT,
    **TABLES,
    **CHANGES,
    **BLOCKS,
    **BREAKDOWNS,
    **SUMS,
    **LEDGER,
    **ROLL_UPS,
    **RESTS,
    **RECOUNTS,
}
