"""The evaluation sheet of one measure, as a value.

Everything that stands on the two pages is decided here and in the modules it is made of, from the
measure and from released blocks; rendering only sets it in type. What is withheld stays in the
sheet as `Withheld`, so that paper, screen and file all say why.

    results.py       what one wave has to say          at_a_glance.py   page 1
    comparison.py    before and after, two groups      side_facts.py    conditions, course, costs
    lights.py        goals and confidence              finding.py       results in words
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from survey_app.domain import at_a_glance
from survey_app.domain.at_a_glance import Tile, before_and_after
from survey_app.domain.codebook import Level, Sensitivity
from survey_app.domain.commitment import Commitment
from survey_app.domain.comparison import (
    Comparison,
    MirroredPair,
    Tables,
    group_changes,
    looks_back,
    mirrored_pairs,
    shown_in,
)
from survey_app.domain.disclosure import DisclosurePolicy, Released, Withheld
from survey_app.domain.finding import Finding, Place, finding
from survey_app.domain.goal import Goal
from survey_app.domain.lights import Confidence, JudgedGoal
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, NN_, Message
from survey_app.domain.questionnaire import Audience
from survey_app.domain.results import (
    ResultRow,
    ResultSection,
    TextRow,
    WaveResult,
    group_size,
)
from survey_app.domain.side_facts import CostLine, Side, cost_lines, sides
from survey_app.domain.voices import Voices
from survey_app.domain.wave import Wave

__all__ = [
    "EvaluationSheet",
    "Known",
    "Method",
    "ResultRow",
    "ResultSection",
    "TextRow",
    "Tile",
    "WaveResult",
    "evaluation_sheet",
    "group_size",
    "sensitivities_in",
]


@dataclass(frozen=True)
class Method:
    """What a reader needs to judge the figures.

    `imported` are the ids of waves from a file, `recounted` says of others when a recount replaced
    what had been counted.
    """

    waves: tuple[Wave, ...]
    policy: DisclosurePolicy
    withheld: int
    sheets_deleted_on: date | None
    imported: frozenset[int] = frozenset()
    recounted: Mapping[int, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What is known beside measure and answers.

    `first_opened` is the day from which goals are late (goal.first_opened). `edits` are the words
    that staff put in the place of generated sentences.
    """

    goals: tuple[Goal, ...] = ()
    first_opened: date | None = None
    commitments: tuple[Commitment, ...] = ()
    voices: Voices | Withheld | None = None
    edits: Mapping[Place, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EvaluationSheet:
    """Two A4 pages about one measure (EVALUATION.md 2.3).

    `results` holds everything released, wave by wave and in the order of the questionnaires: what
    the files contain. The other fields are what the pages say about it.
    """

    measure: Measure
    as_of: date
    results: tuple[WaveResult, ...]
    findings: tuple[Finding, ...]
    tiles: tuple[Tile, ...]
    goals: tuple[JudgedGoal, ...]
    confidence: Confidence
    core: ResultSection | None
    comparison: Comparison
    mirrored: tuple[MirroredPair, ...]
    further: tuple[ResultSection, ...]
    texts: tuple[TextRow, ...]
    voices: Voices | None
    commitments: tuple[Commitment, ...]
    sides: tuple[Side, ...]
    costs: tuple[CostLine, ...]
    limits: tuple[Message, ...]
    method: Method

    @property
    def number(self) -> str:
        """Return the sheet's own number: measure and day of the data."""
        return f"M{self.measure.id:04d}-{self.as_of:%Y%m%d}"

    @property
    def key_sentences(self) -> tuple[Message, ...]:
        """Return the generated sentences that page 1 begins with."""
        return self.finding(Place.KEY).generated

    def finding(self, place: Place) -> Finding:
        """Return the passage of one place; an empty one if there is nothing to say."""
        found = (each for each in self.findings if each.place is place)
        return next(found, Finding(place, ()))


def evaluation_sheet(
    measure: Measure,
    results: Sequence[WaveResult],
    *,
    policy: DisclosurePolicy,
    as_of: date,
    recount_days: int,
    known: Known | None = None,
) -> EvaluationSheet:
    """Return the sheet of a measure from its closed waves, oldest first."""
    known = known or Known()
    core = at_a_glance.core_result(results)
    goals = at_a_glance.judged_goals(measure, results, known.goals, known.first_opened)
    comparison = _comparison(results, policy)
    mirrored = tuple(_mirrored(results))
    generated = {
        Place.KEY: at_a_glance.key_sentences(measure, core, policy),
        Place.GOALS: at_a_glance.goal_sentences(goals),
        Place.CHANGE: _change_sentences(comparison),
        Place.GROUPS: _group_sentences(mirrored),
    }
    return EvaluationSheet(
        measure=measure,
        as_of=as_of,
        results=tuple(results),
        findings=tuple(
            finding(place, said, known.edits) for place, said in generated.items() if said
        ),
        tiles=at_a_glance.tiles(measure, core, policy),
        goals=goals,
        confidence=at_a_glance.trust(measure, results, core),
        core=_core_section(core),
        comparison=comparison,
        mirrored=mirrored,
        further=tuple(_further_sections(results, core, policy)),
        texts=tuple(_text_rows(results)),
        voices=known.voices if isinstance(known.voices, Voices) else None,
        commitments=known.commitments,
        sides=sides(measure, goals),
        costs=cost_lines(measure),
        limits=_limits(measure, core),
        method=_method(results, policy, recount_days),
    )


def _core_section(core: WaveResult | None) -> ResultSection | None:
    rows = tuple(row for row in core.rows if row.variable.core) if core else ()
    return ResultSection(core.wave, core.released.base, rows) if core and rows else None


def _further_sections(
    results: Sequence[WaveResult], core: WaveResult | None, policy: DisclosurePolicy
) -> Iterable[ResultSection]:
    """Yield what stands neither on page 1 nor among the comparisons."""
    compared = _compared_by_wave(results, policy)
    for result in results:
        shown = compared.get(result.wave.id, frozenset())
        rows = tuple(
            row
            for row in result.rows
            if row.variable.name not in shown and (result is not core or not row.variable.core)
        )
        if rows:
            yield ResultSection(result.wave, result.released.base, rows)


def _mirrored(results: Sequence[WaveResult]) -> Iterable[MirroredPair]:
    def tables(audience: Audience) -> Tables:
        rows = [
            row for result in results if result.wave.audience is audience for row in result.rows
        ]
        rows.sort(key=lambda row: isinstance(row.table, Released))  # stable: the latest released
        return {row.variable.name: (row.variable, row.table) for row in rows}

    return mirrored_pairs(tables(Audience.YOUNG_PEOPLE), tables(Audience.PROFESSIONALS))


def _text_rows(results: Iterable[WaveResult]) -> Iterable[TextRow]:
    for result in results:
        for variable in result.questionnaire.codebook():
            if variable.level is Level.TEXT:
                yield TextRow(result.wave, variable, result.released.texts[variable.name])


# What changed


def _comparison(results: Sequence[WaveResult], policy: DisclosurePolicy) -> Comparison:
    groups = [
        change
        for before, after in before_and_after(results)
        for change in group_changes(before.tables, after.tables, policy)
    ]
    young = [result for result in results if result.wave.audience is Audience.YOUNG_PEOPLE]
    looking_back = [row for result in young for row in looks_back(result.tables, policy)]
    return Comparison(tuple(groups), tuple(looking_back))


def _compared_by_wave(
    results: Sequence[WaveResult], policy: DisclosurePolicy
) -> Mapping[int, frozenset[str]]:
    """Return which variables of which wave stand among the comparisons."""
    shown: dict[int, frozenset[str]] = {
        result.wave.id: shown_in(looks_back(result.tables, policy))
        for result in results
        if result.wave.audience is Audience.YOUNG_PEOPLE
    }
    for before, after in before_and_after(results):
        names = shown_in(group_changes(before.tables, after.tables, policy))
        for each in (before, after):
            shown[each.wave.id] = shown.get(each.wave.id, frozenset()) | names
    return shown


def _change_sentences(comparison: Comparison) -> tuple[Message, ...]:
    """Return in a sentence what chance does not explain; never that the measure did it."""
    changes = [row.difference for row in comparison.groups if row.difference]
    changes += [row.effect.change for row in comparison.looking_back if row.effect]
    if not changes:
        return ()
    clear = sum(change.is_clear for change in changes)
    values = {"clear": clear, "all": len(changes)}
    if clear == 0:
        return (Message(NO_CLEAR_CHANGE),)
    if len(changes) == 1:
        return (Message(THE_ONE_CHANGED),)
    return (Message.counted(CLEAR_CHANGES, clear, values),)


def _group_sentences(pairs: Sequence[MirroredPair]) -> tuple[Message, ...]:
    """Return the widest gap between young people and professionals."""
    gaps = [(abs(pair.gap), pair) for pair in pairs if pair.gap is not None]
    if not gaps:
        return ()
    widest, pair = max(gaps, key=lambda gap: gap[0])
    if widest < FAR_APART:
        return (Message(CLOSE, {"points": FAR_APART}),)
    statement = {"text": pair.young.text, "points": widest}
    is_higher = pair.gap is not None and pair.gap > 0
    return (Message(YOUNG_HIGHER if is_higher else YOUNG_LOWER, statement),)


# Limits and method


def _limits(measure: Measure, core: WaveResult | None) -> tuple[Message, ...]:
    limits = [Message(NO_COMPARISON), Message(SELF_REPORT)]
    if core is None or isinstance(core.released.base, Withheld):
        return tuple(limits)
    base, group = core.released.base, group_size(measure, core.wave)
    if group and base < group:
        missing = {"missing": group - base, "group": group}
        limits.append(Message.counted(NON_RESPONSE, group - base, missing))
    if group and base > group:
        excess = {"excess": base - group, "group": group}
        limits.append(Message.counted(EXCESS, base - group, excess))
    if base < SMALL_GROUP:
        points = round(100 / base)  # three and more, as few are fewer than thirty
        limits.append(Message(FEW_ANSWERS, {"points": points}))
    return tuple(limits)


def _method(results: Sequence[WaveResult], policy: DisclosurePolicy, recount_days: int) -> Method:
    closed = [result.wave.closed_on for result in results if result.wave.closed_on is not None]
    return Method(
        waves=tuple(result.wave for result in results),
        policy=policy,
        withheld=sum(result.released.withheld_count for result in results),
        sheets_deleted_on=max(closed) + timedelta(days=recount_days) if closed else None,
        imported=frozenset(result.wave.id for result in results if result.imported),
        recounted={each.wave.id: each.recounted_on for each in results if each.recounted_on},
    )


def sensitivities_in(sheet: EvaluationSheet) -> tuple[Sensitivity, ...]:
    """Return the sensitivities the sheet's questions have, in order: whose limits to print."""
    found = {s for wave in sheet.method.waves for s in wave.questionnaire.sensitivities()}
    return tuple(sorted(found))


SMALL_GROUP = 30
FAR_APART = 10
NO_COMPARISON = N_(
    "Ohne Vergleichsgruppe: Der Bogen zeigt, was die Befragten sagen, nicht, was das Angebot"
    " bewirkt hat."
)
SELF_REPORT = N_(
    "Alle Angaben sind Selbstauskünfte; manche antworten so, wie es ihrer Meinung nach erwartet"
    " wird."
)
NON_RESPONSE = NN_(
    "%(missing)s von %(group)s hat nicht geantwortet und kann anders denken als die übrigen.",
    "%(missing)s von %(group)s haben nicht geantwortet; sie können anders denken als die übrigen.",
)
EXCESS = NN_(
    "Es kam %(excess)s Rückmeldung mehr, als die Gruppe groß war (%(group)s): Vermutlich hat"
    " jemand mehrfach geantwortet.",
    "Es kamen %(excess)s Rückmeldungen mehr, als die Gruppe groß war (%(group)s): Einige haben"
    " vermutlich mehrfach geantwortet.",
)
FEW_ANSWERS = N_(
    "Bei so wenigen Antworten verschiebt eine einzige das Ergebnis um etwa %(points)s"
    " Prozentpunkte."
)
NO_CLEAR_CHANGE = N_("Keine der Antworten unterscheidet sich klar von denen davor.")
THE_ONE_CHANGED = N_("Die verglichene Frage wird jetzt klar anders beantwortet als davor.")
CLEAR_CHANGES = NN_(
    "%(clear)s von %(all)s verglichenen Fragen wird jetzt klar anders beantwortet als davor.",
    "%(clear)s von %(all)s verglichenen Fragen werden jetzt klar anders beantwortet als davor.",
)
CLOSE = N_("Jugendliche und Fachkräfte liegen überall weniger als %(points)s Punkte auseinander.")
YOUNG_HIGHER = N_(
    "Am weitesten auseinander: „%(text)s“ Jugendliche stimmen um %(points)s Punkte häufiger zu."
)
YOUNG_LOWER = N_(
    "Am weitesten auseinander: „%(text)s“ Jugendliche stimmen um %(points)s Punkte seltener zu."
)
