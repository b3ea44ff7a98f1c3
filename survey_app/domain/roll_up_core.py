"""The core questions of a roll-up: one line each, with an interval that knows of groups.

Few measures in a small town are one school: of a municipality numbers are shown from three
measures, two institutions and thirty answers on, each question by itself. Where all of them are
held at one institution, its consent takes the place of the second one (domain/consent.py).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from survey_app.domain.clustering import clustered
from survey_app.domain.codebook import Variable
from survey_app.domain.disclosure import Released, Withheld
from survey_app.domain.funnel import Funnel, funnel
from survey_app.domain.ledger import Refused
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.roll_up_trend import CONFERENCE
from survey_app.domain.rollup import CoreResult, RolledUp
from survey_app.domain.scope import Scope, institution_of
from survey_app.domain.standards import Judged
from survey_app.domain.statistics import Interval, Share, top_box

LEAST_MEASURES: Final = 3
LEAST_INSTITUTIONS: Final = 2
LEAST_ANSWERS: Final = 30
OF_YOUNG_PEOPLE: Final = "K"
"""How the core questions to young people are called; F are those to professionals (kern-jugend)."""


@dataclass(frozen=True)
class CoreLine:
    """One core question: its table or why there is none, from how many measures.

    `with_consent` says that it is shown because an institution agreed.
    """

    variable: Variable
    table: Released | Withheld | Message
    measures: int
    institutions: int
    share: Share | None
    interval: Interval | None
    with_consent: bool = False


def can_be_asked(scope: Scope, measures: Iterable[Measure], agreed: Collection[str] = ()) -> bool:
    """Return whether the measures with a counted wave can be enough: before anything is pooled."""
    if scope.municipality is None:
        return True
    found = list(measures)
    return len(found) >= LEAST_MEASURES and not _is_of_one(found, agreed)


def why_not(measures: Iterable[Measure]) -> Message:
    """Return why a municipality is told of in words only: too little, or one institution."""
    found = list(measures)
    if len(found) >= LEAST_MEASURES and len(set(map(key_of, found))) == 1:
        return Message(ONE_INSTITUTION, {"measures": len(found)})
    return too_small()


def too_small() -> Message:
    """Return from what size on numbers are told of a municipality."""
    values = {
        "measures": LEAST_MEASURES,
        "institutions": LEAST_INSTITUTIONS,
        "answers": LEAST_ANSWERS,
    }
    return Message(TOO_SMALL, values)


def key_of(measure: Measure) -> str:
    """Return how roll-ups call the institution of a measure (rollup.Part)."""
    kind, number = institution_of(measure)
    return f"{kind} {number}"


def relied_on(rolled: RolledUp) -> frozenset[str]:
    """Return the institutions whose word a roll-up needs for what it shows."""
    return frozenset(
        each.dominant
        for each in rolled.cores.values()
        if each.dominant is not None and isinstance(each.table, Released)
    )


def enough(
    scope: Scope, rolled: RolledUp | Refused | Message, at: Mapping[int, Measure]
) -> tuple[RolledUp | None, Message | None]:
    """Return a roll-up of which numbers can be told, or why not; `at` is the measure by wave."""
    if isinstance(rolled, Refused):
        return None, rolled.reason
    if isinstance(rolled, Message):
        return None, rolled
    told = [at[wave] for grain in rolled.release.grains for wave in grain]
    if not told:
        return None, Message(NOTHING_YET)
    if _is_too_few(scope, told, rolled.answers, relied_on(rolled)):
        return None, why_not(_different(told))
    return rolled, None


def _is_of_one(measures: Iterable[Measure], agreed: Collection[str]) -> bool:
    """Return whether all of it is the result of one institution, which has not agreed."""
    institutions = set(map(key_of, measures))
    return len(institutions) < LEAST_INSTITUTIONS and not institutions <= set(agreed)


def _is_too_few(
    scope: Scope, told: Iterable[Measure], answers: int, agreed: Collection[str]
) -> bool:
    if scope.municipality is None:
        return False
    return not can_be_asked(scope, _different(told), agreed) or answers < LEAST_ANSWERS


def _different(measures: Iterable[Measure]) -> list[Measure]:
    return list({measure.id: measure for measure in measures}.values())


def core_lines(
    scope: Scope,
    rolled: RolledUp,
    asked: Mapping[str, Variable],
    at: Mapping[int, Measure],
) -> Iterator[CoreLine]:
    """Yield the core questions that were asked, in their order: first those of young people."""
    for core in sorted(rolled.cores.keys() & asked.keys(), key=_order):
        result = rolled.cores[core]
        told = [at[wave] for grain in result.grains for wave in grain]
        yield _core_line(scope, replace(asked[core], name=core), result, told)


def _core_line(
    scope: Scope, variable: Variable, result: CoreResult, told: Sequence[Measure]
) -> CoreLine:
    measures = len({measure.id for measure in told})
    institutions = len({institution_of(measure) for measure in told})
    table: Released | Withheld | Message = result.table
    agreed = {result.dominant} if result.dominant else set[str]()
    if isinstance(table, Released) and _is_too_few(scope, told, table.base, agreed):
        table = why_not(_different(told))
    if not isinstance(table, Released) or not variable.positive:
        shown = isinstance(table, Released) and bool(agreed)
        return CoreLine(variable, table, measures, institutions, None, None, shown)
    share = top_box(table, variable.positive)
    sizes = [each.base for each in result.grains.values()]
    interval = clustered(share.count, sizes)
    return CoreLine(variable, table, measures, institutions, share, interval, bool(agreed))


def core_variables(measures: Iterable[Judged]) -> Mapping[str, Variable]:
    """Return the core questions that were asked, as they were last worded.

    Those of conferences are not among them: who comes again would be counted again in their sum.
    They stand side by side (roll_up_trend.py).
    """
    return {
        variable.core: variable
        for questionnaire in questionnaires_of(measures)
        if questionnaire.id != CONFERENCE
        for variable in questionnaire.codebook()
        if variable.core is not None
    }


def core_audiences(measures: Iterable[Judged]) -> Mapping[str, Audience]:
    """Return who was asked each core question."""
    return {
        variable.core: questionnaire.audience
        for questionnaire in questionnaires_of(measures)
        for variable in questionnaire.codebook()
        if variable.core is not None
    }


def questionnaires_of(measures: Iterable[Judged]) -> Iterable[Questionnaire]:
    """Return the questionnaires that were asked, each once: reading one takes a moment."""
    found = {
        result.released.fingerprint: result.questionnaire
        for each in measures
        for result in each.results
    }
    return found.values()


def _order(core: str) -> tuple[bool, str, int]:
    letters = core.rstrip("0123456789")
    return letters != OF_YOUNG_PEOPLE, letters, int(core.removeprefix(letters) or 0)


def funnel_of(rolled: RolledUp | None, lines: Iterable[CoreLine]) -> tuple[Variable, Funnel] | None:
    """Return the funnel plot of the first question that has one."""
    for line in lines:
        if rolled and line.share:
            found = funnel(rolled.cores[line.variable.name].grains, line.variable.positive)
            return (line.variable, found) if found else None
    return None


NOTHING_YET: Final = N_("Noch keine Erhebung dieses Jahres ist ausgezählt und groß genug.")
TOO_SMALL: Final = N_(
    "Für Zahlen ist das zu wenig: Von einer Kommune wird ab %(measures)s Maßnahmen,"
    " %(institutions)s Einrichtungen und %(answers)s Antworten berichtet. Sonst wäre es das"
    " Ergebnis einer einzelnen Schule oder eines Treffs."
)
ONE_INSTITUTION: Final = N_(
    "Die %(measures)s Maßnahmen hier fanden alle in einer einzigen Einrichtung statt. Das Ergebnis"
    " der Kommune wäre ihr Ergebnis: Gezeigt wird es, wenn sie zustimmt. Die Koordination trägt die"
    " Zustimmung unter „Gesamtauswertungen“ ein."
)
