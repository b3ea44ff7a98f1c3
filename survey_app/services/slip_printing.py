"""Printing slips: codes that are drawn, put on paper, and known to nobody afterwards.

The codes of a print are drawn, put on paper and forgotten in one go: the PDF is made in memory and
handed to whoever asked, the database keeps keyed hashes (domain/slip.py), the audit log a number.
Nobody can print the same slips again; another print has new codes, and the old ones that were not
used yet may be withdrawn with it.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from survey_app.domain.branding import Branding
from survey_app.domain.collector import Collector, printed_code
from survey_app.domain.measure import Measure
from survey_app.domain.messages import Fault, InvalidDefinition, Message, Words, refuse
from survey_app.domain.slip import key_of, new_slips
from survey_app.domain.towns import names_of
from survey_app.domain.wave import Phase, Wave
from survey_app.rendering.slips import Layout, SlipPaper, slip_document
from survey_app.services.printing import Printer
from survey_app.services.ways_in import OVER, SLIPS_NEED_A_CONNECTION
from survey_app.storage import audit, measures, slips, waves
from survey_app.storage.database import Database


@dataclass(frozen=True)
class SlipOrder:
    """What to print: how many, in which layout and languages, and what becomes of older slips.

    `polite` is the language of the top sheet, `spoken` the languages on the slips, the main one
    first, as they speak to whoever answers.
    """

    count: int
    layout: Layout
    spoken: Sequence[Words]
    polite: Words
    withdraw: bool
    public_url: str
    branding: Branding


def print_slips(
    database: Database,
    printer: Printer,
    network: int,
    collector: Collector,
    order: SlipOrder,
    *,
    today: date,
    actor: str,
) -> bytes | None:
    """Return new slips as PDF; None if the way in is not of this network. They are good at once.

    From now on its way in asks for a slip. Raises InvalidDefinition if the wave is over or the way
    in has a queue, and RenderingFailed, in which case no slip was made.
    """
    with database.read() as connection:
        found = _planned(connection, network, collector)
    if found is None:
        return None
    measure, wave = found
    _check(wave, collector, today)
    codes = new_slips(random.SystemRandom(), order.count)
    paper = _paper(measure, wave, collector, order, codes)
    pdf = printer.pdf_once(slip_document(paper, order.layout, order.polite))
    with database.write() as connection:
        _store(connection, wave, collector, codes, order, today=today, actor=actor)
    return pdf


def _planned(
    connection: Connection, network: int, collector: Collector
) -> tuple[Measure, Wave] | None:
    wave = waves.get(connection, network, collector.wave)
    measure = measures.get(connection, network, wave.measure) if wave else None
    return (measure, wave) if wave and measure else None


def _check(wave: Wave, collector: Collector, today: date) -> None:
    if wave.phase(today) in (Phase.ENDED, Phase.CLOSED):
        refuse([Fault(Message(OVER), ("count",))])
    if collector.offline_queue:
        refuse([Fault(Message(SLIPS_NEED_A_CONNECTION), ("count",))])


def _store(
    connection: Connection,
    wave: Wave,
    collector: Collector,
    codes: Sequence[str],
    order: SlipOrder,
    *,
    today: date,
    actor: str,
) -> None:
    """Keep the keys of new slips, unless the wave was closed while they were drawn."""
    waves.shut(connection, wave.id)
    _check(waves.get(connection, wave.network, wave.id) or wave, collector, today)
    secret = waves.enter(connection, wave.id).secret
    if secret is None:
        raise InvalidDefinition(Fault(Message(OVER), ("count",)))
    gone = slips.withdraw_unused(connection, wave.id, collector.code) if order.withdraw else 0
    slips.add(connection, wave.id, collector.code, (key_of(secret, code) for code in codes))
    if not collector.single_use:
        waves.set_up_collector(connection, wave.network, replace(collector, single_use=True))
    audit.note(
        connection,
        network=wave.network,
        day=today,
        actor=actor,
        action="print slips",
        subject=f"wave {wave.id}",
        detail=f"{printed_code(collector.code)}: {len(codes)} new, {gone} withdrawn",
    )


def _paper(
    measure: Measure,
    wave: Wave,
    collector: Collector,
    order: SlipOrder,
    codes: Sequence[str],
) -> SlipPaper:
    return SlipPaper(
        title=measure.title,
        site=measure.site.name if measure.site else names_of(measure),
        network=measure.network.name,
        label=collector.label,
        spoken=tuple(order.spoken),
        address=f"{order.public_url.partition('://')[2]}/q",
        urls=tuple(f"{order.public_url}/q/{code}".upper() for code in codes),
        codes=tuple(printed_code(code) for code in codes),
        results_code=printed_code(collector.code),
        results_from=wave.results_from,
        opens_on=wave.opens_on,
        closes_on=wave.closes_on,
        sample=measure.network.sample,
        branding=order.branding,
    )
