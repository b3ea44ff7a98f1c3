"""Texts under review, the decisions about them, and what concluded questions keep.

Whoever calls has looked the wave up with its network in the same transaction.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from survey_app.domain.review import Decision, Verdict
from survey_app.domain.voices import Reviewed
from survey_app.storage.schema import review_text, reviewed, text_decision
from survey_app.storage.schema import wave as wave_table


def texts(connection: Connection, wave: int) -> list[tuple[bytes, str, str]]:
    """Return key, variable and words of every text that is left, in the order of random keys."""
    table = review_text
    statement = select(table.c.key, table.c.variable, table.c.text).where(table.c.wave == wave)
    rows = connection.execute(statement.order_by(table.c.key))
    return [(bytes(key), variable, text) for key, variable, text in rows]


def count_texts(
    connection: Connection, network: int, waves: Sequence[int]
) -> dict[int, dict[str, int]]:
    """Return how many texts are left of each variable, by wave; waves without any are missing."""
    table = review_text
    statement = (
        select(table.c.wave, table.c.variable, func.count())
        .join(wave_table, wave_table.c.id == table.c.wave)
        .where(wave_table.c.network == network, wave_table.c.id.in_(waves))
        .group_by(table.c.wave, table.c.variable)
    )
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for number, variable, count in connection.execute(statement):
        counts[number][variable] = count
    return counts


def decisions(connection: Connection, network: int, wave: int) -> dict[bytes, Decision]:
    """Return what was decided about the texts of a wave, by key."""
    statement = select(text_decision).filter_by(network=network, wave=wave)
    return {bytes(row.key): _decision(row) for row in connection.execute(statement)}


def put(
    connection: Connection, network: int, wave: int, key: bytes, decision: Decision | None
) -> None:
    """Store a decision in the place of what was decided before; None leaves nothing."""
    table = text_decision
    mine = (table.c.network == network, table.c.wave == wave, table.c.key == key)
    connection.execute(delete(table).where(*mine))
    if decision is not None:
        values = vars(decision) | {
            "verdict": decision.verdict.value,
            "themes": json.dumps(decision.themes, ensure_ascii=False),
        }
        connection.execute(insert(table).values(network=network, wave=wave, key=key, **values))


def conclude(
    connection: Connection, network: int, wave: int, variable: str, content: Reviewed, day: date
) -> None:
    """Store what a question keeps, and destroy its texts and the decisions about them."""
    values = {"network": network, "wave": wave, "variable": variable}
    kept = {"concluded_on": day, "content": content.model_dump_json()}
    connection.execute(insert(reviewed).values(**values, **kept))
    mine = (review_text.c.wave == wave, review_text.c.variable == variable)
    of_the_texts = text_decision.c.key.in_(select(review_text.c.key).where(*mine))
    connection.execute(
        delete(text_decision).where(
            text_decision.c.network == network, text_decision.c.wave == wave, of_the_texts
        )
    )
    connection.execute(delete(review_text).where(*mine))


def replace(
    connection: Connection, network: int, wave: int, variable: str, content: Reviewed
) -> None:
    """Put other content in the place of what a concluded question kept."""
    mine = (
        reviewed.c.network == network,
        reviewed.c.wave == wave,
        reviewed.c.variable == variable,
    )
    values = {"content": content.model_dump_json()}
    connection.execute(update(reviewed).where(*mine).values(values))


def destroy_decisions(connection: Connection, network: int, wave: int) -> None:
    """Destroy what was decided about texts that are destroyed."""
    table = text_decision
    connection.execute(delete(table).where(table.c.network == network, table.c.wave == wave))


def concluded(
    connection: Connection, network: int, waves: Sequence[int]
) -> Mapping[int, Mapping[str, Reviewed]]:
    """Return what concluded questions of some waves keep: by wave, then by variable."""
    statement = select(reviewed.c.wave, reviewed.c.variable, reviewed.c.content).where(
        reviewed.c.network == network, reviewed.c.wave.in_(waves)
    )
    found: dict[int, dict[str, Reviewed]] = defaultdict(dict)
    for wave, variable, content in connection.execute(statement):
        found[wave][variable] = Reviewed.model_validate_json(content)
    return found


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        verdict=Verdict(row.verdict),
        reader=row.reader,
        words=row.words,
        second=row.second,
        agreed=row.agreed,
        chosen=row.chosen,
        themes=tuple(json.loads(row.themes)),
    )
