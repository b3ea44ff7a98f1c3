"""Words that staff put in the place of generated sentences of a sheet."""

from datetime import date

from sqlalchemy import Connection, delete, insert, select

from survey_app.domain.finding import Place
from survey_app.storage import schema

TABLE = schema.sheet_edit


def of_measure(connection: Connection, network: int, measure: int) -> dict[Place, str]:
    """Return the words of staff on the sheet of a measure, by their place."""
    statement = select(TABLE.c.place, TABLE.c.text).filter_by(network=network, measure=measure)
    return {Place(place): text for place, text in connection.execute(statement)}


def put(
    connection: Connection, network: int, measure: int, place: Place, text: str, day: date
) -> None:
    """Put words of staff in a place, or the other words in the place of these."""
    remove(connection, network, measure, place)
    values = {"network": network, "measure": measure, "place": place.value}
    connection.execute(insert(TABLE).values(values | {"text": text, "edited_on": day}))


def remove(connection: Connection, network: int, measure: int, place: Place) -> None:
    """Bring the generated sentence back."""
    connection.execute(
        delete(TABLE).where(
            TABLE.c.network == network, TABLE.c.measure == measure, TABLE.c.place == place.value
        )
    )
