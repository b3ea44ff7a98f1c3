"""A network in the field, for tests: one measure, one wave that is open today.

*Herr Albrecht* planned it; the questionnaire asks one of each that matters for storage: a rating, a
number that can carry an order, a free text.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from survey_app.data import data_dir
from survey_app.domain.approval import Approval, Status
from survey_app.domain.commitment import NewCommitment
from survey_app.domain.commitment import Status as CommitmentStatus
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import Law, NewMeasure, Setting, Topic
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import RawAnswers
from survey_app.domain.wave import Wave
from survey_app.services import collecting, fielding
from survey_app.storage import approvals, migrating, places, waves
from survey_app.storage.database import Database
from tests.fixtures.shelf import sqlite_file

TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(days=1)
ALBRECHT = "albrecht@beispiel.example"
BOAT = NewCommitment(
    wish="Ein Boot",
    status=CommitmentStatus.DONE,
    answer="Es liegt am Steg der Schule am See.",
    office="Jugendamt",
    decided_on=TODAY,
)

WAVE = """
id: kurz
version: 1.0.0
audience: young_people
languages: [de]
title: Wie war's?
minutes: 1
licence: {class: A, holder: Mitreden}
scales:
  agreement:
    options:
      - {code: 1, text: nein}
      - {code: 2, text: teils}
      - {code: 3, text: ja}
    positive: [3]
sections:
  - id: angebot
    questions:
      - {id: k1, kind: rating, scale: agreement, core: K1, text: Es war gut.}
      - {id: nummer, kind: number, maximum: 100000, text: Welche Zahl?}
      - {id: k9, kind: open_text, text: Was war gut?}
"""


@cache
def questionnaire_from(text: str) -> Questionnaire:
    """Return a questionnaire written as YAML in a test."""
    return Questionnaire.model_validate_json(json.dumps(YAML(typ="safe").load(StringIO(text))))


@dataclass(frozen=True)
class Field:
    """A database with one open wave, and the door a phone comes through."""

    database: Database
    network: int
    measure: int
    door: collecting.Door

    @property
    def wave(self) -> int:
        """Return the id of the wave."""
        return self.door.wave.id

    def send(
        self, raw: RawAnswers, submission: str | None = None, today: date = TODAY
    ) -> collecting.Receipt:
        """Send a form as a phone does, with a submission id of its own unless one is given."""
        submission = submission or secrets.token_urlsafe(16)
        return collecting.submit(self.database, self.door, submission, raw, today).receipt

    def plan(self, **changes: Any) -> int:
        """Plan another measure, without a site and without waves."""
        choices = fielding.choices(self.database, self.network)
        new = NewMeasure(
            title="Werkstatt",
            summary="Ein Nachmittag.",
            topic=Topic.MEDIA_LITERACY,
            municipality=choices.municipalities[0].id,
            organisation=choices.organisations[0].id,
            site=None,
            starts_on=TODAY,
            ends_on=TODAY,
        )
        return fielding.plan_measure(self.database, self.network, replace(new, **changes))


def let_school_agree(database: Database, wave: Wave) -> None:
    """Let a wave begin whose school had to be asked, without a line in the audit log."""
    if not wave.awaits_approval:
        return
    asked = wave.opens_on - timedelta(days=30)
    given = Approval(
        status=Status.GIVEN, requested_on=asked, decided_on=asked, decided_by="Schulleitung"
    )
    with database.write() as connection:
        approvals.put(connection, wave.network, wave.id, given)
        waves.set_awaits_approval(connection, wave, False)


def bring_up(database: Database) -> None:
    """Give a database the newest schema; a new file of SQLite comes from the shelf."""
    path = Path(str(database.url.database))
    if database.is_sqlite and not path.exists():
        path.write_bytes(sqlite_file())
    else:
        migrating.upgrade(database, data_dir("migrations"))


@contextmanager
def migrated(url: str) -> Iterator[Database]:
    """Open a database and bring it to the newest schema."""
    database = Database(url)
    try:
        bring_up(database)
        yield database
    finally:
        database.close()


def field_in(
    database: Database,
    *,
    questionnaire: str = WAVE,
    opens_on: date = TODAY,
    closes_on: date = TOMORROW,
    name: str = "Kreis Beispiel",
    shared_device: bool = False,
    offline_queue: bool = False,
) -> Field:
    """Put a network with one measure and one wave into a database."""
    with database.write() as connection:
        network = places.add_network(connection, name, "kontakt@beispiel.example", sample=True)
        town = places.add_municipality(connection, network.id, "05166004", "Brüggen")
        owner = places.add_organisation(connection, network.id, "Jugendamt", Law.GDPR)
        site = places.add_site(connection, network.id, town.id, "Schule am See", Setting.SCHOOL)
    new = NewMeasure(
        title="Sommercamp",
        summary="Eine Woche am See.",
        topic=Topic.MEDIA_LITERACY,
        municipality=town.id,
        organisation=owner.id,
        site=site.id,
        starts_on=TODAY,
        ends_on=TODAY,
        participants=30,
    )
    measure = fielding.plan_measure(database, network.id, new)
    wave = fielding.plan_wave(
        database,
        network.id,
        measure,
        questionnaire_from(questionnaire),
        opens_on=opens_on,
        closes_on=closes_on,
        shared_device=shared_device,
        offline_queue=offline_queue,
        today=min(TODAY, opens_on),
    )
    assert wave is not None
    let_school_agree(database, wave)
    fielded = fielding.fielded_measure(database, network.id, measure, TODAY)
    assert fielded is not None
    code = fielded.waves[0].collectors[0].code
    door = collecting.find_door(database, code, DisclosurePolicy())
    assert door is not None
    return Field(database, network.id, measure, door)
