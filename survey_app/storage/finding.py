"""Finding measures: the list somebody asked for, and counts by place and topic.

Everything is done by the database, and nothing leaves the network and the reach of whoever asks.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, not_, or_, select
from sqlalchemy import false as nothing

from survey_app.domain.measure import Measure, Organisation, Topic
from survey_app.domain.rights import Actor, Reach
from survey_app.domain.selection import (
    DISTRICT,
    Counted,
    Order,
    Selection,
    Standing,
    places_of,
)
from survey_app.storage import measures, places, schema

MEASURE, SITE, WAVE = schema.measure, schema.site, schema.wave
ORGANISATION, MUNICIPALITY = schema.organisation, schema.municipality
ALSO = schema.measure_municipality
TOPICS = (MEASURE.c.topic, MEASURE.c.second_topic, MEASURE.c.third_topic)
SEARCHED = (MEASURE.c.title, MEASURE.c.summary, ORGANISATION.c.name, SITE.c.name)
LATEST = (MEASURE.c.starts_on.desc(), MEASURE.c.id.desc())
ORDERS = {
    Order.LATEST: LATEST,
    Order.TITLE: (func.lower(MEASURE.c.title), MEASURE.c.id),
    Order.MUNICIPALITY: (MEASURE.c.district_wide, MUNICIPALITY.c.name, *LATEST),
}
ESCAPE = "\\"


def found(
    connection: Connection,
    actor: Actor,
    selection: Selection,
    today: date,
    *,
    skip: int = 0,
    limit: int | None = None,
) -> list[Measure]:
    """Return the selected measures that somebody may see, in the order they asked for."""
    statement = _selected(select(MEASURE), actor, selection, today)
    statement = statement.order_by(*ORDERS[selection.order]).offset(skip).limit(limit)
    return measures.listed(connection, actor.network, statement)


def count(connection: Connection, actor: Actor, selection: Selection, today: date) -> int:
    """Return how many measures `found` would return without a limit."""
    statement = _selected(select(func.count(MEASURE.c.id)), actor, selection, today)
    return int(connection.execute(statement).scalar_one())


def organisations(connection: Connection, actor: Actor) -> list[Organisation]:
    """Return who is responsible for any of the measures that somebody may see, by name."""
    responsible = select(MEASURE.c.organisation).where(*_within(actor))
    ids = set(connection.execute(responsible.distinct()).scalars())
    known = places.organisations(connection, actor.network)
    return [organisation for organisation in known if organisation.id in ids]


def years(connection: Connection, actor: Actor) -> tuple[int, ...]:
    """Return the years in which anything happens, the latest first."""
    columns = (func.min(MEASURE.c.starts_on), func.max(MEASURE.c.ends_on))
    first, last = connection.execute(select(*columns).where(*_within(actor))).one()
    return () if first is None else tuple(range(last.year, first.year - 1, -1))


def counts(connection: Connection, actor: Actor, year: int | None) -> tuple[Counted, ...]:
    """Return how many measures there are by places and topics."""
    wanted = (*_within(actor), *(_in_year(year) if year is not None else ()))
    place = case((MEASURE.c.district_wide, DISTRICT), else_=MEASURE.c.municipality)
    columns = (place, *TOPICS)
    one_town = or_(MEASURE.c.district_wide, not_(_also_in(actor.network).exists()))
    statement = select(*columns, func.count(MEASURE.c.id)).where(*wanted, one_town)
    together: Counter[tuple[tuple[int, ...], tuple[Topic, ...]]] = Counter()
    for where, *topics, number in connection.execute(statement.group_by(*columns)):
        together[(where,), tuple(Topic(topic) for topic in topics if topic)] += number
    several = select(MEASURE).where(*wanted, not_(one_town))
    for measure in measures.listed(connection, actor.network, several):
        together[places_of(measure), measure.topics] += 1
    return tuple(Counted(*key, number) for key, number in together.items())


def _also_in(network: int) -> Select[Any]:
    """Return the municipalities of a measure beside the one where it is at home."""
    return select(ALSO.c.municipality).where(
        ALSO.c.network == network, ALSO.c.measure == MEASURE.c.id
    )


def _selected(
    statement: Select[Any], actor: Actor, selection: Selection, today: date
) -> Select[Any]:
    joined = statement.select_from(MEASURE)
    for table, column, is_needed in (
        (ORGANISATION, MEASURE.c.organisation, True),
        (MUNICIPALITY, MEASURE.c.municipality, True),
        (SITE, MEASURE.c.site, False),
    ):
        same = and_(table.c.id == column, table.c.network == actor.network)
        joined = joined.join(table, same, isouter=not is_needed)
    return joined.where(*_within(actor), *_wanted(selection, actor.network, today))


def _within(actor: Actor) -> Sequence[ColumnElement[bool]]:
    """Return what keeps the list within the network and the reach (domain/rights.reaches)."""
    own = MEASURE.c.network == actor.network
    if not actor.is_sound:
        return (own, nothing())
    if actor.reach is Reach.NETWORK:
        return (own,)
    column = {
        Reach.MUNICIPALITY: MEASURE.c.municipality,
        Reach.ORGANISATION: MEASURE.c.organisation,
        Reach.SITE: MEASURE.c.site,
    }[actor.reach]
    return (own, column == actor.place)


def _wanted(selection: Selection, network: int, today: date) -> list[ColumnElement[bool]]:
    wanted = [_says(word) for word in selection.words]
    if selection.municipality == DISTRICT:
        wanted.append(MEASURE.c.district_wide)
    elif selection.municipality is not None:
        here = or_(
            MEASURE.c.municipality == selection.municipality,
            _also_in(network).where(ALSO.c.municipality == selection.municipality).exists(),
        )
        wanted.append(and_(here, not_(MEASURE.c.district_wide)))
    if selection.topic:
        wanted.append(or_(*(column == selection.topic.value for column in TOPICS)))
    if selection.setting:
        setting = func.coalesce(MEASURE.c.setting, SITE.c.setting)
        wanted.append(setting == selection.setting.value)
    if selection.standing:
        wanted.append(_stands(selection.standing, network, today))
    if selection.year is not None:
        wanted += _in_year(selection.year)
    return wanted


def _in_year(year: int) -> Sequence[ColumnElement[bool]]:
    return (
        MEASURE.c.starts_on <= date(year, 12, 31),
        MEASURE.c.ends_on >= date(year, 1, 1),
    )


def _says(word: str) -> ColumnElement[bool]:
    """Return whether a word occurs, in capitals or not.

    Databases know the capitals of ASCII only (SQLite always, PostgreSQL in the locale C): ü and Ü
    are asked for one by one.
    """
    plain = word.replace(ESCAPE, ESCAPE * 2).replace("%", r"\%").replace("_", r"\_")
    spellings = {plain, plain.lower(), plain.upper(), plain.capitalize()}
    return or_(
        *(
            column.ilike(f"%{spelling}%", escape=ESCAPE)
            for column in SEARCHED
            for spelling in sorted(spellings)
        )
    )


def _stands(standing: Standing, network: int, today: date) -> ColumnElement[bool]:
    waves = select(WAVE.c.id).where(WAVE.c.network == network, WAVE.c.measure == MEASURE.c.id)
    any_wave = waves.exists()
    running = waves.where(
        WAVE.c.closed_on.is_(None), WAVE.c.opens_on <= today, not_(WAVE.c.awaits_approval)
    ).exists()
    counted = waves.where(WAVE.c.closed_on.is_not(None)).exists()
    return {
        Standing.WITHOUT_WAVE: not_(any_wave),
        Standing.PLANNED: and_(any_wave, not_(running), not_(counted)),
        Standing.RUNNING: running,
        Standing.EVALUATED: and_(counted, not_(running)),
    }[standing]
