"""Side by side: what young people say and what professionals say about the same thing.

Two questions mirror each other when one names the other (`mirror: f1`). They are compared as two
independent groups; nothing links persons, and no significance is tested.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey_app.domain.codebook import Variable
from survey_app.domain.disclosure import Released, Withheld
from survey_app.domain.statistics import Share, top_box


@dataclass(frozen=True)
class MirroredPair:
    """One mirrored question: the share of positive answers in both groups, or why not."""

    young: Variable
    professional: Variable
    young_share: Share | Withheld
    professional_share: Share | Withheld

    @property
    def gap(self) -> int | None:
        """Return young people minus professionals in whole percentage points, if both are known."""
        if isinstance(self.young_share, Withheld) or isinstance(self.professional_share, Withheld):
            return None
        return round(100 * self.young_share.value) - round(100 * self.professional_share.value)


def positive_share(table: Released | Withheld, variable: Variable) -> Share | Withheld:
    """Return the share of positive answers, or why the table is withheld."""
    return table if isinstance(table, Withheld) else top_box(table, variable.positive)


def mirrored_pairs(
    young: Mapping[str, tuple[Variable, Released | Withheld]],
    professional: Mapping[str, tuple[Variable, Released | Withheld]],
) -> Iterator[MirroredPair]:
    """Yield the pairs in the order of the young people's questions.

    Questions without a positive answer have no share to compare.
    """
    named_by = {theirs.mirror: theirs.name for theirs, _ in professional.values() if theirs.mirror}
    for variable, table in young.values():
        name = variable.mirror or named_by.get(variable.name)
        if name is None or name not in professional:
            continue
        counterpart, theirs = professional[name]
        if variable.positive and counterpart.positive:
            yield MirroredPair(
                young=variable,
                professional=counterpart,
                young_share=positive_share(table, variable),
                professional_share=positive_share(theirs, counterpart),
            )
