"""Quotes of a concluded question: which stand on the sheet, and taking one back for good."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection

from survey_app.domain.messages import N_, Fault, Message, refuse
from survey_app.domain.voices import MOST_QUOTES, Reviewed
from survey_app.domain.wave import Wave
from survey_app.services.reviewing import Done, note
from survey_app.services.scrubbing import scrub_traces
from survey_app.storage import reviews, traces, waves
from survey_app.storage.database import Database
from survey_app.storage.schema import TAKEN_BACK


def choose(
    database: Database,
    network: int,
    wave_id: int,
    variable: str,
    names: Collection[str],
    *,
    today: date,
    actor: str,
) -> Done:
    """Let these quotes of a concluded question stand on the sheet, and no others.

    Raises InvalidDefinition if the wave would have more than a sheet has room for.
    """
    with database.write() as connection:
        wave, concluded = _concluded(connection, network, wave_id)
        if wave is None or variable not in concluded:
            return Done.GONE
        kept = concluded[variable]
        texts = [each.model_copy(update={"chosen": each.name in names}) for each in kept.texts]
        new = kept.model_copy(update={"texts": tuple(texts)})
        every = (concluded | {variable: new}).values()
        number = sum(each.chosen for reviewed in every for each in reviewed.texts)
        refuse(_too_many() if number > MOST_QUOTES else [])
        reviews.replace(connection, network, wave_id, variable, new)
        detail = f"{sum(each.chosen for each in texts)} quotes"
        note(connection, wave, "choose quotes", detail, today=today, actor=actor)
    return Done.DONE


def take_back(
    database: Database,
    network: int,
    wave_id: int,
    variable: str,
    name: str,
    *,
    today: date,
    actor: str,
) -> Done:
    """Remove a published text for good: it says more than anybody saw when it was read."""
    with database.write() as connection:
        wave, concluded = _concluded(connection, network, wave_id)
        if wave is None or variable not in concluded:
            return Done.GONE
        kept = concluded[variable]
        texts = tuple(each for each in kept.texts if each.name != name)
        gone = len(kept.texts) - len(texts)
        if not gone:
            return Done.GONE
        new = kept.model_copy(update={"texts": texts})
        reviews.replace(connection, network, wave_id, variable, new)
        traces.note(connection, TAKEN_BACK)
        note(connection, wave, "take back quote", f"{gone} quotes", today=today, actor=actor)
    scrub_traces(database)
    return Done.DONE


def _concluded(
    connection: Connection, network: int, wave_id: int
) -> tuple[Wave | None, dict[str, Reviewed]]:
    waves.shut(connection, wave_id)
    wave = waves.get(connection, network, wave_id)
    return wave, dict(reviews.concluded(connection, network, [wave_id]).get(wave_id, {}))


def _too_many() -> list[Fault]:
    return [Fault(Message(TOO_MANY_QUOTES, {"most": MOST_QUOTES}), ("quotes",))]


TOO_MANY_QUOTES = N_(
    "Auf den Bogen passen höchstens %(most)s Zitate einer Erhebung. Bitte nehmen Sie eines weg."
)
