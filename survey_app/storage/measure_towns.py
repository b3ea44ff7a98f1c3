"""In which municipalities a measure takes place, beside the one where it is at home."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from survey_app.storage import schema

TABLE = schema.measure_municipality


def put(connection: Connection, network: int, measure: int, towns: Sequence[int]) -> None:
    """Put these municipalities in the place of what was known."""
    connection.execute(delete(TABLE).where(TABLE.c.network == network, TABLE.c.measure == measure))
    if towns:
        same = {"network": network, "measure": measure}
        connection.execute(insert(TABLE), [same | {"municipality": town} for town in towns])


def of_measures(
    connection: Connection, network: int, measures: Collection[int]
) -> Mapping[int, Sequence[int]]:
    """Return the further municipalities by measure; a measure of one town is missing."""
    if not measures:
        return {}
    order = (TABLE.c.measure, TABLE.c.municipality)
    asked = select(*order).where(TABLE.c.network == network, TABLE.c.measure.in_(measures))
    found: dict[int, list[int]] = {}
    for measure, town in connection.execute(asked.order_by(*order)):
        found.setdefault(measure, []).append(town)
    return found
