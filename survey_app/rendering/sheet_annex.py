"""The annexes of a sheet: A for funders, B all items, C where the files are and their checksums.

They are a document of their own, as long as it takes, or stand behind the sheet. Annex A begins on
a page and fits on it: what funders ask for (Verwendungsnachweis), from the master data. Annex B is
every released table, and of what is withheld the reason. Annex C lets anybody check that a file is
the one the sheet was made from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey_app.domain.disclosure import Withheld
from survey_app.domain.messages import N_, Words
from survey_app.domain.results import RECOUNTED
from survey_app.domain.sheet import EvaluationSheet, ResultRow, WaveResult
from survey_app.domain.text import Wording
from survey_app.domain.towns import towns_said
from survey_app.rendering.environment import render_template
from survey_app.rendering.pdf import Document
from survey_app.rendering.sheet import paper, sheet_pdf_html
from survey_app.rendering.sheet_areas import CommitmentRow, CostView, commitment_rows, cost_views
from survey_app.rendering.sheet_groups import GroupsView, groups_of
from survey_app.rendering.sheet_layout import ONE
from survey_app.rendering.sheet_page import Fact, period, who_answered
from survey_app.rendering.sheet_parts import WITHHELD, Count, Style, counts_of


@dataclass(frozen=True)
class ItemRow:
    """One question with its counts, or the reason why there are none."""

    name: str
    text: Wording
    base: str
    missing: str
    counts: tuple[Count, ...]
    reason: str


@dataclass(frozen=True)
class WaveItems:
    """All questions of one wave."""

    title: Wording
    about: str
    rows: tuple[ItemRow, ...]
    groups: tuple[GroupsView, ...]


@dataclass(frozen=True)
class AnnexPage:
    """What the template shows."""

    number: str
    title: str
    as_of: str
    network: str
    sample: bool
    facts: tuple[Fact, ...]
    costs: tuple[CostView, ...]
    commitments: tuple[CommitmentRow, ...]
    waves: tuple[WaveItems, ...]
    checksums: tuple[Fact, ...]


def annex_document(sheet: EvaluationSheet, words: Words, checksums: Mapping[str, str]) -> Document:
    """Return the annexes; `checksums` are the SHA-256 of the files by their name."""
    return Document(annex_html(sheet, words, checksums), ("leaves.css", "annex.css"))


def annex_html(sheet: EvaluationSheet, words: Words, checksums: Mapping[str, str]) -> str:
    """Return the annexes as a whole HTML document, to be drawn with ``annex.css``."""
    page = annex_page(sheet, words, checksums)
    return render_template("sheet_annex.html", words, page=page)


def bundle_document(sheet: EvaluationSheet, words: Words, checksums: Mapping[str, str]) -> Document:
    """Return the sheet with its annexes: one document, one run of page numbers."""
    annex = annex_page(sheet, words, checksums)
    html = sheet_pdf_html(sheet, words, annex=annex)
    return Document(html, ("sheet.css", "annex.css", "bundle.css"))


def annex_page(sheet: EvaluationSheet, words: Words, checksums: Mapping[str, str]) -> AnnexPage:
    """Return what stands in the annexes, in one language."""
    style = Style(words, sheet.method.policy, paper(ONE[0]))
    return AnnexPage(
        number=sheet.number,
        title=sheet.measure.title,
        as_of=words.date(sheet.as_of),
        network=sheet.measure.network.name,
        sample=sheet.measure.network.sample,
        facts=tuple(_facts(sheet, style)),
        costs=cost_views(sheet.costs, style, everything=True),
        commitments=commitment_rows(sheet.commitments, style),
        waves=tuple(_wave_items(result, style) for result in sheet.results),
        checksums=tuple(Fact(name, digest) for name, digest in checksums.items()),
    )


def _facts(sheet: EvaluationSheet, style: Style) -> Iterator[Fact]:
    """Yield what funders ask for; what is not known says so."""
    for name, value in (*_about(sheet, style), *_reached(sheet, style), *_followed(sheet, style)):
        yield Fact(style.said(name), value or style.said(NOT_RECORDED))


def _about(sheet: EvaluationSheet, style: Style) -> Iterator[tuple[str, str]]:
    measure, master = sheet.measure, sheet.measure.master
    organisation = measure.organisation
    yield N_("Träger"), f"{organisation.name} {organisation.legal_form}".strip()
    yield N_("Durchgeführt von"), master.carried_out_by
    place = measure.kind_of_place
    yield N_("Lebenswelt"), style.said(place.label) if place else ""
    yield N_("Kommune"), towns_said(measure).said(style.words)
    yield N_("Laufzeit"), period(measure, style)
    yield N_("Themen"), ", ".join(style.said(topic.label) for topic in measure.topics)
    field, approach = master.field_of_action, master.approach
    yield N_("Handlungsfeld"), style.said(field.label) if field else ""
    yield N_("Ansatz"), style.said(approach.label) if approach else ""
    yield N_("Inhalt"), measure.summary


def _reached(sheet: EvaluationSheet, style: Style) -> Iterator[tuple[str, str]]:
    measure, attendance = sheet.measure, sheet.measure.master.attendance
    group = measure.master.target_group
    ages = [style.number(age) for age in (group.age_from, group.age_to) if age is not None]
    yield N_("Zielgruppe (Alter)"), "–".join(ages)
    for name, number in (
        (N_("Eingeladen"), measure.invited),
        (N_("Angemeldet"), attendance.registered),
        (N_("Teilgenommen"), measure.participants),
        (N_("Fachkräfte"), attendance.professionals),
        (N_("Termine"), len(attendance.occasions) or None),
    ):
        yield name, "" if number is None else style.number(number)
    minutes = measure.master.costs.staff_minutes
    yield N_("Personalstunden"), "" if minutes is None else _hours(minutes, style)
    yield N_("Partner"), ", ".join(measure.master.realisation.partners)


def _hours(minutes: int, style: Style) -> str:
    """Return minutes as hours, with as many decimals as they need, two at most."""
    digits = next((few for few in (0, 1) if minutes * 10**few % 60 == 0), 2)
    return style.words.number(minutes / 60, digits)


def _followed(sheet: EvaluationSheet, style: Style) -> Iterator[tuple[str, str]]:
    master = sheet.measure.master
    yield N_("Erfolgskontrolle"), style.said(N_("ja, mit diesem Bogen"))
    yield N_("Anders als geplant"), master.realisation.deviations
    decision = master.consequence.decision
    yield N_("Wie es weitergeht"), style.said(decision.label) if decision else ""
    yield N_("Zuständig"), master.consequence.responsible
    due = master.consequence.due_on
    yield N_("Frist"), style.day(due) if due else ""


def _wave_items(result: WaveResult, style: Style) -> WaveItems:
    base = result.released.base
    about = who_answered(result.wave, style)
    if not isinstance(base, Withheld):
        about.append(style.said(N_("%(base)s Rückmeldungen"), base=style.number(base)))
    if result.recounted_on:
        about.append(style.said(RECOUNTED, day=result.recounted_on))
    return WaveItems(
        title=style.wording(result.questionnaire.title),
        about=", ".join(about),
        rows=tuple(_item_row(row, style) for row in result.rows),
        groups=groups_of(result, style),
    )


def _item_row(row: ResultRow, style: Style) -> ItemRow:
    variable, table = row.variable, row.table
    text = style.statement(variable)
    if isinstance(table, Withheld):
        reason = table.message.said(style.words)
        return ItemRow(variable.name, text, WITHHELD, WITHHELD, (), reason)
    return ItemRow(
        name=variable.name,
        text=text,
        base=style.number(table.base),
        missing=style.number(table.missing_total),
        counts=counts_of(row, table, style),
        reason="",
    )


NOT_RECORDED = N_("nicht erfasst")
