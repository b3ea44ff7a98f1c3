"""Three networks next door, full of things of every kind, each named so that a byte of it shows.

What services can make is made by services; a row of every other table lies there too, so that a new
kind of thing has a foreign row on the day its table is made (tests/storage/filling.py).
"""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import Select, Table, insert, select

from survey_app.domain.commitment import NewCommitment, Status
from survey_app.domain.measure import Law, NewMeasure, Setting, Topic
from survey_app.domain.rights import Actor, Role
from survey_app.services import branding, closing, fielding, importing, promising, ways_in
from survey_app.services.importing import keeping
from survey_app.storage import measures, places, schema, staff
from survey_app.storage.database import Database
from tests.fixtures.walls import TENANT
from tests.storage.filling import fill, marker, row_of
from tests.support_field import ALBRECHT, TODAY, WAVE, let_school_agree, questionnaire_from

PASSKEY = schema.metadata.tables["passkey"]
MARK = "Fremdmark"
NETWORKS = 3
MEASURES = 6  # in each
STRANGE = 700_001  # the number of a place there that occurs nowhere else
FILLED = 77  # the number of a fourth network: one bare row in every table


@dataclass
class Town:
    """The numbers of what lies next door, by table; codes by "code"."""

    numbers: dict[str, list[int]] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    token: str = ""  # of a file that waits for its import


def settle(database: Database, own: int) -> Town:
    """Build the networks next door and return the numbers of everything in them."""
    for number in range(NETWORKS):
        _network(database, f"{MARK} Kreis {number}")
    with database.write() as connection:
        rows = fill(connection, FILLED)
        for place in (schema.municipality, schema.organisation, schema.site):
            again = row_of(place, FILLED, rows, suffix="x") | {"id": STRANGE}
            connection.execute(insert(place).values(again))
        town = Town()
        for table in sorted(TENANT | {schema.network, PASSKEY}, key=lambda each: each.name):
            if "id" in table.c:
                town.numbers[table.name] = list(connection.scalars(_ids(table, own)))
        foreign = select(schema.collector.c.code).where(schema.collector.c.network != own)
        town.codes = list(connection.scalars(foreign))
    measure = town.numbers["measure"][0]
    occasion = importing.Occasion(int(town.numbers["network"][0]), measure, TODAY, TODAY)
    table = BytesIO(f"k1;k9\n1;{MARK}\n".encode())
    asked = questionnaire_from(WAVE)
    town.token = keeping.keep(table, asked, occasion, account=town.numbers["staff"][0]).token
    return town


def _ids(table: Table, own: int) -> Select[Any]:
    if table is PASSKEY:
        return select(table.c.id)
    column = table.c.id if table is schema.network else table.c.network
    return select(table.c.id).where(column != own)


def everything_next_door(database: Database, own: int) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of the other networks: nothing of it may change."""
    with database.read() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    select(table).where(table.c.network != own).order_by(*table.primary_key)
                )
            ]
            for table in sorted(TENANT, key=lambda each: each.name)
        }


def _network(database: Database, name: str) -> None:
    with database.write() as connection:
        network = places.add_network(connection, name, f"{MARK}@nachbar.example", sample=False)
        town = places.add_municipality(connection, network.id, "05166012", f"{MARK} Stadt")
        owner = places.add_organisation(connection, network.id, f"{MARK} Träger", Law.GDPR)
        site = places.add_site(connection, network.id, town.id, f"{MARK} Haus", Setting.CLUB)
        for role in Role:
            email = f"{MARK.lower()}{network.id}{role.value}@nachbar.example"
            staff.add(
                connection,
                network=network,
                email=email,
                password="x",
                fs_uniquifier=secrets.token_hex(16),
                actor=Actor(network.id, role),
            )
    branding.change_colour(database, network.id, "#00695c", today=TODAY, actor=f"{MARK} wer")
    importing.save_assignment(database, network.id, f"{MARK} Zuordnung", "{}", "kurz")
    for number in range(MEASURES):
        new = NewMeasure(
            title=f"{MARK} Maßnahme {number}",
            summary=f"{MARK} worum",
            topic=Topic.MEDIA_LITERACY,
            municipality=town.id,
            organisation=owner.id,
            site=site.id,
            starts_on=TODAY,
            ends_on=TODAY,
        )
        _measure(database, network.id, fielding.plan_measure(database, network.id, new))


def _measure(database: Database, network: int, measure: int) -> None:
    for over in (False, True):
        begun = TODAY - timedelta(days=2 if over else 0)
        wave = fielding.plan_wave(
            database,
            network,
            measure,
            questionnaire_from(WAVE),
            opens_on=begun,
            closes_on=TODAY,
            label=f"{MARK} Zugang",
            today=begun,
        )
        assert wave is not None
        let_school_agree(database, wave)
        ways_in.open_way_in(
            database, network, wave.id, label=f"{MARK} noch einer", today=begun, actor=MARK
        )
        if over:
            closing.close_wave(database, network, wave.id, today=TODAY, actor=MARK)
    new = NewCommitment(
        wish=f"{MARK} Wunsch",
        status=Status.PLANNED,
        answer=f"{MARK} Antwort",
        reason="",
        office=f"{MARK} Amt",
        due_on=TODAY + timedelta(days=9),
        decided_on=TODAY,
    )
    promising.promise(database, network, measure, new, today=TODAY, actor=ALBRECHT)
    with database.read() as connection:
        assert measures.get(connection, network, measure) is not None


BARE = marker(FILLED)
