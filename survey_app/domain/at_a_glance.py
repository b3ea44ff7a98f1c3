"""What page 1 of an evaluation sheet says: key sentence, four tiles, goals, confidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey_app.domain.disclosure import DisclosurePolicy, Withheld
from survey_app.domain.finding import said_of
from survey_app.domain.goal import Goal
from survey_app.domain.lights import (
    Confidence,
    JudgedGoal,
    Light,
    confidence,
    judged,
)
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_, NN_, Message, Percent
from survey_app.domain.questionnaire import Audience
from survey_app.domain.results import (
    ResultRow,
    WaveResult,
    group_size,
    response_rate,
    row_of,
)
from survey_app.domain.statistics import Share
from survey_app.domain.wave import Point


@dataclass(frozen=True)
class Tile:
    """One of the four large figures of page 1: label, figure, and a small line below it."""

    label: Message
    figure: Message | Withheld
    note: Message | None = None


def core_result(results: Sequence[WaveResult]) -> WaveResult | None:
    """Return the wave that page 1 is about: the latest in which young people were asked.

    One with core questions goes before one without.
    """
    young = [result for result in results if result.wave.audience is Audience.YOUNG_PEOPLE]
    with_core = [result for result in young if any(row.variable.core for row in result.rows)]
    return next(reversed(with_core or young), None)


def key_sentences(
    measure: Measure, core: WaveResult | None, policy: DisclosurePolicy
) -> tuple[Message, ...]:
    """Return who answered, and what they say in words."""
    if core is None:
        return (Message(NOTHING_YET),)
    if isinstance(core.released.base, Withheld):
        return (core.released.base.message,)
    sentences = [_who_answered(core.released.base, group_size(measure, core.wave))]
    for name, forms in KEY_FINDINGS.items():
        row = row_of(core, name)
        if row is not None and isinstance(row.positive, Share):
            sentences.append(said_of(forms, row.positive, policy))
    return tuple(sentences)


def _who_answered(base: int, group: int | None) -> Message:
    if not group:
        return Message.counted(PERSONS_ANSWERED, base, {"base": base})
    values = {"base": base, "group": group, "percent": Percent(base / group)}
    forms = MORE_ANSWERED if base > group else OF_THE_GROUP
    return Message.counted(forms, base, values)


def tiles(measure: Measure, core: WaveResult | None, policy: DisclosurePolicy) -> tuple[Tile, ...]:
    """Return reach, response, overall judgement and benefit."""
    return (
        _reach_tile(measure),
        _response_tile(measure, core, policy),
        _share_tile(*OVERALL, row_of(core, "K1"), policy),
        _share_tile(*BENEFIT, row_of(core, "K3"), policy),
    )


def _reach_tile(measure: Measure) -> Tile:
    label = Message(N_("Erreicht"))
    if measure.participants is None:
        return Tile(label, Message(UNKNOWN), Message(N_("Teilnahme nicht erfasst")))
    figure = Message(N_("%(participants)s"), {"participants": measure.participants})
    if measure.invited is None:
        return Tile(label, figure, Message.counted(TOOK_PART, measure.participants, {}))
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


def judged_goals(
    measure: Measure,
    results: Sequence[WaveResult],
    goals: Sequence[Goal],
    first_opened: date | None,
) -> tuple[JudgedGoal, ...]:
    """Return every goal with its light: by the latest answers, never by those from before."""
    return tuple(_judged(measure, results, goal, first_opened) for goal in goals)


def _judged(
    measure: Measure, results: Sequence[WaveResult], goal: Goal, first_opened: date | None
) -> JudgedGoal:
    late = goal.is_late(first_opened)
    for result in reversed(results):
        row = _row_for(goal, result)
        if row is not None:
            rate = response_rate(measure, result)
            return judged(goal, row.variable, row.positive, rate, late=late)
    return judged(goal, None, None, None, late=late)


def _row_for(goal: Goal, result: WaveResult) -> ResultRow | None:
    indicator = goal.indicator
    is_other = indicator is None or result.questionnaire.id != indicator.questionnaire
    if indicator is None or is_other or result.wave.point is Point.BEFORE:
        return None
    named = (each for each in result.counted if each.name == indicator.variable)
    return next(map(result.row, named), None)


def goal_sentences(goals: Sequence[JudgedGoal]) -> tuple[Message, ...]:
    """Return in a sentence how many of the goals are reached, as far as one can tell."""
    known = [goal for goal in goals if goal.light is not Light.GREY]
    if not goals:
        return ()
    if not known:
        return (Message(NO_GOAL_KNOWN),)
    reached = sum(goal.light is Light.GREEN for goal in known)
    sentences = [_reached(reached, len(known))]
    if len(goals) > len(known):
        unknown = len(goals) - len(known)
        sentences.append(Message.counted(GOALS_UNKNOWN, unknown, {"unknown": unknown}))
    return tuple(sentences)


def _reached(reached: int, known: int) -> Message:
    if known == 1:
        return Message(THE_GOAL_REACHED if reached else THE_GOAL_NOT_REACHED)
    return Message.counted(GOALS_REACHED, reached, {"reached": reached, "known": known})


def trust(measure: Measure, results: Sequence[WaveResult], core: WaveResult | None) -> Confidence:
    """Return how far the answers of young people on this sheet can be trusted."""
    pairs = before_and_after(results)
    of_core = [
        pair for pair in pairs if core in pair
    ]  # what page 1 is about, if it was asked twice
    asked = [*pairs, *of_core][-1] if pairs else ((core,) if core else ())
    bases = [each.released.base for each in asked]
    groups = [base for base in bases if not isinstance(base, Withheld)]
    if len(groups) < len(asked):
        groups = []
    rates = [response_rate(measure, each) for each in asked]
    known = [rate for rate in rates if rate is not None]
    response = min(known) if known and len(known) == len(rates) else None
    back = any(variable.difference for each in asked for variable in each.questionnaire.codebook())
    return confidence(groups, response, looks_back=back)


def before_and_after(
    results: Sequence[WaveResult],
) -> tuple[tuple[WaveResult, WaveResult], ...]:
    """Return the pairs of waves that asked young people the same, before and after."""
    by_point: dict[tuple[str, Point], WaveResult] = {
        (result.questionnaire.id, result.wave.point): result
        for result in results
        if result.wave.audience is Audience.YOUNG_PEOPLE
    }
    return tuple(
        (by_point[name, Point.BEFORE], after)
        for (name, point), after in by_point.items()
        if point is Point.AFTER and (name, Point.BEFORE) in by_point
    )


UNKNOWN = N_("–")
TOOK_PART = NN_("junger Mensch hat teilgenommen", "junge Menschen haben teilgenommen")
PERSONS_ANSWERED = NN_("%(base)s Person hat geantwortet.", "%(base)s Personen haben geantwortet.")
OF_THE_GROUP = NN_(
    "%(base)s von %(group)s Teilnehmenden hat geantwortet (%(percent)s).",
    "%(base)s von %(group)s Teilnehmenden haben geantwortet (%(percent)s).",
)
MORE_ANSWERED = NN_(
    "%(base)s Rückmeldung kam bei %(group)s Teilnehmenden.",
    "%(base)s Rückmeldungen kamen bei %(group)s Teilnehmenden.",
)
MORE_THAN_THE_GROUP = N_("Rückmeldungen, mehr als die %(group)s Teilnehmenden")
NOTHING_YET = N_("Noch keine abgeschlossene Erhebung unter jungen Menschen.")
KEY_FINDINGS = {
    "K1": NN_("%(people)s fand das Angebot gut.", "%(people)s fanden das Angebot gut."),
    "K8": NN_(
        "%(people)s weiß jetzt besser, wo es Hilfe gibt.",
        "%(people)s wissen jetzt besser, wo es Hilfe gibt.",
    ),
}
OVERALL = (N_("Gesamturteil"), N_("fanden das Angebot gut"))
BENEFIT = (N_("Nutzen"), N_("haben etwas Brauchbares gelernt"))
SHARE_NOTE = N_("%(meaning)s: %(figure)s (95-%%-KI %(low)s bis %(high)s)")
NO_GOAL_KNOWN = N_("Ob die Ziele erreicht sind, lässt sich noch nicht sagen.")
THE_GOAL_REACHED = N_("Das Ziel ist nach den Antworten erreicht.")
THE_GOAL_NOT_REACHED = N_("Dass das Ziel erreicht ist, zeigen die Antworten nicht.")
GOALS_REACHED = NN_(
    "%(reached)s von %(known)s Zielen ist nach den Antworten erreicht.",
    "%(reached)s von %(known)s Zielen sind nach den Antworten erreicht.",
)
GOALS_UNKNOWN = NN_(
    "Über %(unknown)s Ziel lässt sich noch nichts sagen.",
    "Über %(unknown)s Ziele lässt sich noch nichts sagen.",
)
