"""The evaluation sheet of one measure, as a value.

Everything that stands on the two pages is decided here, from the measure and from released blocks;
rendering only sets it in type. What is withheld stays in the sheet as `Withheld`, so that paper,
screen and file all say why.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from survey_app.domain.codebook import Level, Sensitivity, Variable
from survey_app.domain.comparison import MirroredPair, mirrored_pairs, positive_share
from survey_app.domain.disclosure import DisclosurePolicy, Released, ReleasedBlock, Withheld
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, NN_, Message, Percent
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.statistics import Share
from survey_app.domain.wave import Wave


@dataclass(frozen=True)
class WaveResult:
    """A closed wave and what of it may be shown."""

    wave: Wave
    released: ReleasedBlock

    @property
    def questionnaire(self) -> Questionnaire:
        """Return the frozen questionnaire."""
        return self.wave.questionnaire

    @property
    def rows(self) -> tuple["ResultRow", ...]:
        """Return one row per variable that has a table."""
        return tuple(
            ResultRow(variable, self.released.tables[variable.name])
            for variable in self.questionnaire.codebook()
            if variable.level is not Level.TEXT
        )


@dataclass(frozen=True)
class ResultRow:
    """One variable and its table, or why there is none."""

    variable: Variable
    table: Released | Withheld

    @property
    def positive(self) -> Share | Withheld | None:
        """Return the share of positive answers; None where no answer counts as positive."""
        if not self.variable.positive:
            return None
        return positive_share(self.table, self.variable)


@dataclass(frozen=True)
class ResultSection:
    """The rows of one wave that stand together on the sheet."""

    wave: Wave
    base: int | Withheld
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True)
class Tile:
    """One of the four large figures of page 1: label, figure, and a small line below it."""

    label: Message
    figure: Message | Withheld
    note: Message | None = None


@dataclass(frozen=True)
class TextRow:
    """One free-text question and how many wrote something."""

    wave: Wave
    variable: Variable
    count: int | Withheld


@dataclass(frozen=True)
class Method:
    """What a reader needs to judge the figures."""

    waves: tuple[Wave, ...]
    policy: DisclosurePolicy
    withheld: int
    sheets_deleted_on: date | None


@dataclass(frozen=True)
class EvaluationSheet:
    """Two A4 pages about one measure (EVALUATION.md 2.3).

    `results` holds everything released, wave by wave and in the order of the questionnaires: what
    the files contain. The other fields are what the pages say about it.
    """

    measure: Measure
    as_of: date
    results: tuple[WaveResult, ...]
    key_sentences: tuple[Message, ...]
    tiles: tuple[Tile, ...]
    core: ResultSection | None
    mirrored: tuple[MirroredPair, ...]
    further: tuple[ResultSection, ...]
    texts: tuple[TextRow, ...]
    limits: tuple[Message, ...]
    method: Method

    @property
    def number(self) -> str:
        """Return the sheet's own number: measure and day of the data."""
        return f"M{self.measure.id:04d}-{self.as_of:%Y%m%d}"


def evaluation_sheet(
    measure: Measure,
    results: Sequence[WaveResult],
    *,
    policy: DisclosurePolicy,
    as_of: date,
    recount_days: int,
) -> EvaluationSheet:
    """Return the sheet of a measure from its closed waves, oldest first."""
    core = _core_result(results)
    return EvaluationSheet(
        measure=measure,
        as_of=as_of,
        results=tuple(results),
        key_sentences=_key_sentences(measure, core, policy),
        tiles=_tiles(measure, core, policy),
        core=_core_section(core),
        mirrored=tuple(_mirrored(results)),
        further=tuple(_further_sections(results, core)),
        texts=tuple(_text_rows(results)),
        limits=_limits(measure, core),
        method=_method(results, policy, recount_days),
    )


def _core_result(results: Sequence[WaveResult]) -> WaveResult | None:
    """Return the wave that page 1 is about: the latest in which young people were asked.

    One with core questions goes before one without.
    """
    young = [result for result in results if result.wave.audience is Audience.YOUNG_PEOPLE]
    with_core = [result for result in young if any(row.variable.core for row in result.rows)]
    return next(reversed(with_core or young), None)


def _core_section(core: WaveResult | None) -> ResultSection | None:
    rows = tuple(row for row in core.rows if row.variable.core) if core else ()
    return ResultSection(core.wave, core.released.base, rows) if core and rows else None


def _further_sections(
    results: Iterable[WaveResult], core: WaveResult | None
) -> Iterable[ResultSection]:
    for result in results:
        rows = tuple(row for row in result.rows if result is not core or not row.variable.core)
        if rows:
            yield ResultSection(result.wave, result.released.base, rows)


def _mirrored(results: Sequence[WaveResult]) -> Iterable[MirroredPair]:
    def tables(audience: Audience) -> Mapping[str, tuple[Variable, Released | Withheld]]:
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


def _row_of(core: WaveResult | None, name: str) -> ResultRow | None:
    rows = core.rows if core else ()
    return next((row for row in rows if row.variable.core == name), None)


def said_share(share: Share, policy: DisclosurePolicy) -> Message:
    """Return a share as people read it: counts first where few people answered."""
    if share.base < policy.percent_from:
        values = {"count": share.count, "base": share.base, "percent": Percent(share.value)}
        return Message(N_("%(count)s von %(base)s (%(percent)s)"), values)
    return Message(N_("%(percent)s"), {"percent": Percent(share.value)})


def group_size(measure: Measure, wave: Wave) -> int | None:
    """Return how many people could have answered, if known."""
    if wave.expected is not None:
        return wave.expected
    return measure.participants if wave.audience is Audience.YOUNG_PEOPLE else None


# Page 1: sentences and tiles


def _key_sentences(
    measure: Measure, core: WaveResult | None, policy: DisclosurePolicy
) -> tuple[Message, ...]:
    if core is None:
        return (Message(NOTHING_YET),)
    if isinstance(core.released.base, Withheld):
        return (core.released.base.message,)
    sentences = [_who_answered(core.released.base, group_size(measure, core.wave))]
    for name, sentence in KEY_FINDINGS.items():
        row = _row_of(core, name)
        if row is not None and isinstance(row.positive, Share):
            sentences.append(Message(sentence, {"share": said_share(row.positive, policy)}))
    return tuple(sentences)


def _who_answered(base: int, group: int | None) -> Message:
    if not group:
        return Message.counted(PERSONS_ANSWERED, base, {"base": base})
    values = {"base": base, "group": group, "percent": Percent(base / group)}
    if base > group:
        return Message(N_("%(base)s Rückmeldungen kamen bei %(group)s Teilnehmenden."), values)
    return Message(
        N_("%(base)s von %(group)s Teilnehmenden haben geantwortet (%(percent)s)."), values
    )


def _tiles(measure: Measure, core: WaveResult | None, policy: DisclosurePolicy) -> tuple[Tile, ...]:
    return (
        _reach_tile(measure),
        _response_tile(measure, core, policy),
        _share_tile(*OVERALL, _row_of(core, "K1"), policy),
        _share_tile(*BENEFIT, _row_of(core, "K3"), policy),
    )


def _reach_tile(measure: Measure) -> Tile:
    label = Message(N_("Erreicht"))
    if measure.participants is None:
        return Tile(label, Message(UNKNOWN), Message(N_("Teilnahme nicht erfasst")))
    figure = Message(N_("%(participants)s"), {"participants": measure.participants})
    if measure.invited is None:
        return Tile(label, figure, Message(N_("junge Menschen haben teilgenommen")))
    note = Message(N_("von %(invited)s Eingeladenen"), {"invited": measure.invited})
    return Tile(label, figure, note)


def _response_tile(measure: Measure, core: WaveResult | None, policy: DisclosurePolicy) -> Tile:
    label = Message(N_("Rücklauf"))
    if core is None:
        return Tile(label, Message(UNKNOWN), Message(NOTHING_YET))
    base, group = core.released.base, group_size(measure, core.wave)
    if isinstance(base, Withheld):
        return Tile(label, base)
    figure = Message(N_("%(base)s"), {"base": base})
    if not group:
        return Tile(label, figure, Message(N_("Rückmeldungen, Gruppengröße unbekannt")))
    if base > group:
        return Tile(label, figure, Message(MORE_THAN_THE_GROUP, {"group": group}))
    if base < policy.percent_from:
        figure = Message(N_("%(base)s von %(group)s"), {"base": base, "group": group})
        share = {"percent": Percent(base / group)}
        return Tile(label, figure, Message(N_("Teilnehmenden (%(percent)s)"), share))
    note = Message(N_("%(base)s von %(group)s Teilnehmenden"), {"base": base, "group": group})
    return Tile(label, Message(N_("%(percent)s"), {"percent": Percent(base / group)}), note)


def _share_tile(label: str, meaning: str, row: ResultRow | None, policy: DisclosurePolicy) -> Tile:
    if row is None or row.positive is None:
        return Tile(Message(label), Message(UNKNOWN), Message(N_("nicht gefragt")))
    share = row.positive
    if isinstance(share, Withheld):
        return Tile(Message(label), share)
    counts = Message(N_("%(count)s von %(base)s"), {"count": share.count, "base": share.base})
    percent = Message(N_("%(percent)s"), {"percent": Percent(share.value)})
    few = share.base < policy.percent_from
    values = {
        "meaning": Message(meaning),
        "figure": percent if few else counts,
        "low": Percent(share.interval.low),
        "high": Percent(share.interval.high),
    }
    return Tile(Message(label), counts if few else percent, Message(SHARE_NOTE, values))


# Page 2: limits and method


def _limits(measure: Measure, core: WaveResult | None) -> tuple[Message, ...]:
    limits = [Message(NO_COMPARISON), Message(SELF_REPORT)]
    if core is None or isinstance(core.released.base, Withheld):
        return tuple(limits)
    base, group = core.released.base, group_size(measure, core.wave)
    if group and base < group:
        limits.append(Message(NON_RESPONSE, {"missing": group - base, "group": group}))
    if group and base > group:
        limits.append(Message(EXCESS, {"excess": base - group, "group": group}))
    if base < SMALL_GROUP:
        limits.append(Message(FEW_ANSWERS, {"points": round(100 / base)}))
    return tuple(limits)


def _method(results: Sequence[WaveResult], policy: DisclosurePolicy, recount_days: int) -> Method:
    closed = [result.wave.closed_on for result in results if result.wave.closed_on is not None]
    return Method(
        waves=tuple(result.wave for result in results),
        policy=policy,
        withheld=sum(result.released.withheld_count for result in results),
        sheets_deleted_on=max(closed) + timedelta(days=recount_days) if closed else None,
    )


def sensitivities_in(sheet: EvaluationSheet) -> tuple[Sensitivity, ...]:
    """Return the sensitivities the sheet's questions have, in order: whose limits to print."""
    found = {s for wave in sheet.method.waves for s in wave.questionnaire.sensitivities()}
    return tuple(sorted(found))


SMALL_GROUP = 30
UNKNOWN = N_("–")
PERSONS_ANSWERED = NN_("%(base)s Person hat geantwortet.", "%(base)s Personen haben geantwortet.")
MORE_THAN_THE_GROUP = N_("Rückmeldungen, mehr als die %(group)s Teilnehmenden")
NOTHING_YET = N_("Noch keine abgeschlossene Erhebung unter jungen Menschen.")
KEY_FINDINGS = {
    "K1": N_("%(share)s fanden das Angebot gut."),
    "K8": N_("%(share)s wissen jetzt besser, wo es Hilfe gibt."),
}
OVERALL = (N_("Gesamturteil"), N_("fanden das Angebot gut"))
BENEFIT = (N_("Nutzen"), N_("haben etwas Brauchbares gelernt"))
SHARE_NOTE = N_("%(meaning)s: %(figure)s (95-%%-KI %(low)s bis %(high)s)")
NO_COMPARISON = N_(
    "Ohne Vergleichsgruppe: Der Bogen zeigt, was die Befragten sagen, nicht, was das Angebot"
    " bewirkt hat."
)
SELF_REPORT = N_(
    "Alle Angaben sind Selbstauskünfte; manche antworten so, wie es ihrer Meinung nach erwartet"
    " wird."
)
NON_RESPONSE = N_(
    "%(missing)s von %(group)s haben nicht geantwortet; sie können anders denken als die übrigen."
)
EXCESS = N_(
    "Es kamen %(excess)s Rückmeldungen mehr, als die Gruppe groß war (%(group)s): Einige haben"
    " vermutlich mehrfach geantwortet."
)
FEW_ANSWERS = N_(
    "Bei so wenigen Antworten verschiebt eine einzige das Ergebnis um etwa %(points)s"
    " Prozentpunkte."
)
