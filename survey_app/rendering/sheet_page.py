"""What stands on the two pages of an evaluation sheet, said in one language.

`sheet_page` turns the value `EvaluationSheet` into the one dataclass the templates get, for paper
and for the screen alike. The order of the fields is the order of the pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.disclosure import ClassRule, Withheld
from survey_app.domain.finding import Place
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_
from survey_app.domain.results import RECOUNTED
from survey_app.domain.sheet import EvaluationSheet, ResultSection, Tile, sensitivities_in
from survey_app.domain.text import Wording
from survey_app.domain.towns import towns_in_brief
from survey_app.domain.wave import Point, Wave
from survey_app.rendering.sheet_areas import (
    ChangeTable,
    CommitmentRow,
    CostView,
    GoalRow,
    RatingView,
    Sentence,
    SideView,
    VoicesView,
    change_tables,
    commitment_rows,
    confidence_facts,
    cost_views,
    goal_rows,
    rating_views,
    sentence,
    side_views,
    voices_view,
)
from survey_app.rendering.sheet_parts import (
    WITHHELD,
    BarTable,
    PairRow,
    Panel,
    Style,
    bar_tables,
    pair_rows,
    panels,
)


@dataclass(frozen=True)
class Fact:
    """One line of the head, or one paragraph of the method: a name and what it is."""

    name: str
    value: str


@dataclass(frozen=True)
class TileView:
    """A large figure. What stands in brackets at the end of its note has a line of its own."""

    label: str
    figure: str
    note: str

    @property
    def parts(self) -> tuple[str, str]:
        """Return the note without and the brackets with what is in them."""
        note, bracket, inside = self.note.partition("(")
        return note.strip(), bracket + inside


@dataclass(frozen=True)
class SectionView:
    """The results of one wave. `left_out` rows did not fit; they are in the files."""

    title: Wording
    about: str
    tables: tuple[BarTable, ...]
    panels: tuple[Panel, ...]
    left_out: int = 0


@dataclass(frozen=True)
class TextView:
    """A free-text question and how many wrote something."""

    text: Wording
    audience: str
    said: str


@dataclass(frozen=True)
class SheetPage:
    """Both pages. `numbers` are tables of all counts; `left_out` rows are only in the files."""

    number: str
    as_of: str
    network: str
    sample: bool
    title: str
    facts: tuple[Fact, ...]
    key_sentence: Sentence
    tiles: tuple[TileView, ...]
    goals: tuple[GoalRow, ...]
    goals_sentence: Sentence
    core: SectionView | None
    texts: tuple[TextView, ...]
    text_reasons: tuple[str, ...]
    voices: VoicesView | None
    commitments: tuple[CommitmentRow, ...]
    aside: SectionView | None
    confidence: str
    confidence_reasons: str
    changes: tuple[ChangeTable, ...]
    changes_sentence: Sentence
    pairs: tuple[PairRow, ...]
    pairs_sentence: Sentence
    sections: tuple[SectionView, ...]
    sides: tuple[SideView, ...]
    ratings: tuple[RatingView, ...]
    costs: tuple[CostView, ...]
    limits: tuple[str, ...]
    waves: tuple[Fact, ...]
    method: tuple[Fact, ...]
    texts_left_out: int = 0
    commitments_left_out: int = 0
    numbers: tuple[BarTable, ...] = ()
    left_out: int = 0

    @property
    def opens_with_changes(self) -> bool:
        """Return whether page 1 tells what changed: where no core questions have its place."""
        return self.core is None and bool(self.changes)

    @property
    def scales(self) -> tuple[int, ...]:
        """Return how many answers the scales of the legends have, each number once."""
        sections = (*([self.core] if self.core else []), *self.sections)
        tables = [table for section in sections for table in section.tables]
        return tuple(sorted({len(table.labels) for table in tables}))


def sheet_page(sheet: EvaluationSheet, style: Style) -> SheetPage:
    """Return both pages in the language and sizes of `style`."""
    sections = [_section(section, style) for section in sheet.further]
    aside = None if sheet.commitments else next(filter(_is_aside, sections), None)
    confidence, reasons = confidence_facts(sheet, style)
    return SheetPage(
        number=sheet.number,
        as_of=style.words.date(sheet.as_of),
        network=sheet.measure.network.name,
        sample=sheet.measure.network.sample,
        title=sheet.measure.title,
        facts=tuple(_facts(sheet, style)),
        key_sentence=sentence(sheet, Place.KEY, style),
        tiles=tuple(_tile(tile, style) for tile in sheet.tiles),
        goals=goal_rows(sheet.goals, style),
        goals_sentence=sentence(sheet, Place.GOALS, style),
        core=_section(sheet.core, style) if sheet.core else None,
        texts=() if sheet.voices else _texts(sheet, style),
        text_reasons=() if sheet.voices else _text_reasons(sheet, style),
        voices=voices_view(sheet, style),
        commitments=commitment_rows(sheet.commitments, style),
        aside=aside,
        confidence=confidence,
        confidence_reasons=reasons,
        changes=change_tables(sheet.comparison, style),
        changes_sentence=sentence(sheet, Place.CHANGE, style),
        pairs=pair_rows(sheet.mirrored, style),
        pairs_sentence=sentence(sheet, Place.GROUPS, style),
        sections=tuple(section for section in sections if section is not aside),
        sides=side_views(sheet, style),
        ratings=rating_views(sheet.measure, style),
        costs=cost_views(sheet.costs, style),
        limits=tuple(limit.said(style.words) for limit in sheet.limits),
        waves=tuple(
            Fact(", ".join(who_answered(wave, style)), _asked(wave, sheet, style))
            for wave in sheet.method.waves
        ),
        method=tuple(_method(sheet, style)),
    )


def _is_aside(section: SectionView) -> bool:
    """Return whether a section is small enough to stand beside the free texts on page 1."""
    return not section.tables and len(section.panels) == 1 and len(section.panels[0].lines) <= 7


def _facts(sheet: EvaluationSheet, style: Style) -> Iterable[Fact]:
    measure = sheet.measure
    yield Fact(style.said(N_("Kommune")), towns_in_brief(measure).said(style.words))
    yield Fact(style.said(N_("Träger")), measure.organisation.name)
    if measure.site:
        yield Fact(style.said(N_("Setting")), style.said(measure.site.setting.label))
    yield Fact(style.said(N_("Themenfeld")), style.said(measure.topic.label))
    yield Fact(style.said(N_("Zeitraum")), period(measure, style))
    yield Fact(style.said(N_("Durchgänge")), style.number(measure.sessions))
    if measure.funders:
        yield Fact(style.said(N_("Förderung")), ", ".join(measure.funders))


def period(measure: Measure, style: Style) -> str:
    """Return from when to when it took place; one day is said once."""
    days = {"first": style.day(measure.starts_on), "last": style.day(measure.ends_on)}
    once = measure.starts_on == measure.ends_on
    return style.said(N_("%(first)s") if once else N_("%(first)s bis %(last)s"), **days)


def _tile(tile: Tile, style: Style) -> TileView:
    label = tile.label.said(style.words)
    if isinstance(tile.figure, Withheld):
        return TileView(label, WITHHELD, tile.figure.message.said(style.words))
    note = tile.note.said(style.words) if tile.note else ""
    return TileView(label, tile.figure.said(style.words), note)


def who_answered(wave: Wave, style: Style) -> list[str]:
    """Return who was asked, and whether that was before or after, where there are both."""
    labels = [wave.audience.label] + [wave.point.label] * (wave.point is not Point.ONCE)
    return [style.said(label) for label in labels]


def _section(section: ResultSection, style: Style) -> SectionView:
    base = section.base
    about = who_answered(section.wave, style)
    if not isinstance(base, Withheld):
        about.append(style.said(N_("%(base)s Rückmeldungen"), base=style.number(base)))
    return SectionView(
        title=style.wording(section.wave.questionnaire.title),
        about=", ".join(about),
        tables=bar_tables(section.rows, style),
        panels=panels(section.rows, style),
    )


def _texts(sheet: EvaluationSheet, style: Style) -> tuple[TextView, ...]:
    return tuple(
        TextView(
            text=style.wording(row.variable.text),
            audience=style.said(row.wave.audience.label),
            said=WITHHELD if isinstance(row.count, Withheld) else style.number(row.count),
        )
        for row in sheet.texts
    )


def _text_reasons(sheet: EvaluationSheet, style: Style) -> tuple[str, ...]:
    counts = [row.count for row in sheet.texts]
    withheld = dict.fromkeys(count for count in counts if isinstance(count, Withheld))
    return tuple(each.message.said(style.words) for each in withheld)


# The foot: what a reader needs to judge the figures


def _asked(wave: Wave, sheet: EvaluationSheet, style: Style) -> str:
    """Return what was asked and when, and whether answers were imported or counted again."""
    form = wave.questionnaire
    values = {
        "title": form.title.said(style.words.code),
        "name": f"{form.id} {form.version}",
        "fingerprint": form.fingerprint,
        "first": wave.opens_on,
        "last": wave.closed_on or wave.closes_on,
        "licence": form.licence.spdx or form.licence.holder,
    }
    said = [style.said(WAVE, **values)]
    if wave.id in sheet.method.imported:
        said.append(style.said(IMPORTED))
    if recounted_on := sheet.method.recounted.get(wave.id):
        said.append(style.said(RECOUNTED, day=recounted_on))
    return " · ".join(said)


def _method(sheet: EvaluationSheet, style: Style) -> Iterable[Fact]:
    policy = sheet.method.policy
    rules = [_rule(each, policy.rule(each), style) for each in sensitivities_in(sheet)]
    withheld = style.said(WITHHELD_COUNT, sign=WITHHELD, count=style.number(sheet.method.withheld))
    yield Fact(style.said(N_("Schutz der Antworten")), " ".join([*rules, withheld]))
    arithmetic = [style.said(ARITHMETIC, few=policy.percent_from)]
    if sheet.comparison.linkages:
        arithmetic.append(style.said(DIFFERENCES))
    if sheet.comparison.looking_back:
        arithmetic.append(style.said(SIZE_OF_CHANGE))
    yield Fact(style.said(N_("Rechenweg")), " ".join(arithmetic))
    yield Fact(style.said(N_("Herkunft und Kontakt")), " ".join(_keeping(sheet, style)))


def _rule(sensitivity: Sensitivity, rule: ClassRule, style: Style) -> str:
    values = {"block": rule.smallest_block, "cell": rule.smallest_cell}
    return style.said(RULES[sensitivity], **values, step=rule.per_step)


def _keeping(sheet: EvaluationSheet, style: Style) -> Iterable[str]:
    if not all(wave.questionnaire.licence.validated for wave in sheet.method.waves):
        yield style.said(OWN_WORDING)
    if sheet.method.sheets_deleted_on:
        yield style.said(DELETION, day=sheet.method.sheets_deleted_on)
    yield style.said(CONTACT, contact=sheet.measure.network.contact)


IMPORTED: Final = N_("Antworten importiert")
WAVE: Final = N_(
    "%(title)s (%(name)s, Prüfzeichen %(fingerprint)s), %(first)s bis %(last)s, %(licence)s"
)
RULES: Final = {
    Sensitivity.A: N_("Rückmeldungen zum Angebot stehen ab %(block)s Antworten hier."),
    Sensitivity.B: N_(
        "Eigenes Verhalten: ab %(block)s Antworten, keine Gruppe unter %(cell)s, bei weniger als"
        " %(step)s Antworten je Stufe auf einer groben Skala."
    ),
    Sensitivity.C: N_(
        "Befinden: ab %(block)s Antworten, keine Gruppe unter %(cell)s, bei weniger als %(step)s"
        " Antworten je Stufe auf einer groben Skala."
    ),
}
WITHHELD_COUNT: Final = N_(
    "%(sign)s heißt: zum Schutz nicht ausgewiesen, nicht null. Nicht ausgewiesene Werte: %(count)s."
)
ARITHMETIC: Final = N_(
    "n: gültige Antworten. „Positiv“ fasst die guten Antworten zusammen, wie im Fragebogen"
    " festgelegt. Ganze Prozente, auf 100 gerundet nach dem größten Rest; unter %(few)s Antworten"
    " zuerst Anzahlen. KI: 95-%%-Konfidenzintervall nach Wilson."
)
DIFFERENCES: Final = N_(
    "Dünne Linien und Unterschiede: 95-%%-Bereiche (Anteile nach Newcombe, Mittelwerte nach Welch"
    " oder gepaartem t)."
)
SIZE_OF_CHANGE: Final = N_("d: Veränderung, geteilt durch die mittlere Streuung damals und jetzt.")
OWN_WORDING: Final = N_("Die Fragen sind eigene Formulierungen, nicht wissenschaftlich erprobt.")
DELETION: Final = N_("Die einzelnen Antwortbögen werden am %(day)s gelöscht.")
CONTACT: Final = N_("Fragen, Hinweise und Rückmeldungen zur Barrierefreiheit: %(contact)s")
