"""A town in which every page of a phone can be found: one installation, a code for each state.

*Sommercamp* has thirty responses and commitments; *Werkstatt* has four, too few for results. The
open questionnaire is the tour of all kinds (tour.py); counted is what is shipped.
"""

import gzip
import random
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.wrappers import Response

from survey_app.data import data_dir
from survey_app.domain.collector import Collector, printed_code
from survey_app.domain.commitment import NewCommitment, Status
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import NewMeasure, Publication, Topic
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.taking_part import NextWay, Way
from survey_app.domain.voices import Reviewed, ReviewedTheme
from survey_app.instruments.library import Library
from survey_app.services import (
    closing,
    collecting,
    fielding,
    handing_back,
    measures,
    promising,
    public_lists,
)
from survey_app.services.sample import leanings_in, simulated_form
from survey_app.storage import reviews
from survey_app.storage.database import Database
from tests.support_field import (
    ALBRECHT,
    TODAY,
    TOMORROW,
    Field,
    field_in,
    let_school_agree,
    migrated,
)
from tests.support_field import questionnaire_from as read
from tests.support_slips import slips_for
from tests.web.site import served, site_for
from tests.web.tour import TOUR

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LAST_MONTH = TODAY - timedelta(days=40)
A_DAY_LATER = LAST_MONTH + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)
NOWHERE = "AAAAA-AAAAA"

# Everything the legal pages can show about a survey; about the website nothing is known.
FACTS = """
network: Kreis Beispiel
languages: [de, en]
organisations:
  - name: Jugendamt
    imprint:
      address: |-
        Markt 1
        00000 Musterstadt
      represented_by: Landrat Max Muster
      email: jugendamt@kreis.example
      phone: 0221 4710-100
      more: {de: Dieses Jugendamt ist erfunden., en: This youth office is invented.}
    privacy:
      law: DSGVO
      officer: Behördliche Datenschutzbeauftragte
      email: datenschutz@kreis.example
    accessibility:
      state: partial
      checked_on: '2026-11-21'
      feedback: barrieren@kreis.example
      limits: {de: Das Video am Anfang hat keine Untertitel., en: The first video has no subtitles.}
"""

COMMITMENTS = (
    NewCommitment(
        wish="Mehr Pausen zwischen den Workshops",
        status=Status.STARTED,
        answer="Ab Montag gibt es nach jeder Stunde zehn Minuten Pause.",
        office="Jugendamt, Team Prävention",
        due_on=TODAY + timedelta(days=9),
        decided_on=YESTERDAY,
    ),
    NewCommitment(
        wish="WLAN am See",
        status=Status.PLANNED,
        answer="Wir fragen beim Betreiber des Campingplatzes an.",
        office="Kreisjugendring",
        due_on=TODAY + timedelta(days=60),
        decided_on=YESTERDAY,
    ),
    NewCommitment(
        wish="Ein Boot für die Gruppe",
        status=Status.DONE,
        answer="Das Boot liegt seit gestern am Steg.",
        office="Jugendamt",
        decided_on=YESTERDAY,
    ),
    NewCommitment(
        wish="Das Camp soll drei Wochen dauern",
        status=Status.DECLINED,
        reason="So lange haben die Betreuerinnen und Betreuer keinen Urlaub.",
        office="Jugendamt",
        decided_on=YESTERDAY,
    ),
)


@dataclass(frozen=True)
class Exchange:
    """What a phone asked for, and what it was answered."""

    method: str
    path: str
    query: str
    sent: bytes
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Return whether a page was answered."""
        return self.headers.get("Content-Type", "").startswith("text/html") and bool(self.body)


class Recorder:
    """Notes everything that an application is asked, and its answers as they leave it."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application
        self.exchanges: list[Exchange] = []

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer as the application does."""
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        response = Response.from_app(self._application, environ | {"wsgi.input": BytesIO(sent)})
        packed = response.headers.get("Content-Encoding") == "gzip"
        body = response.get_data()
        self.exchanges.append(
            Exchange(
                method=environ["REQUEST_METHOD"],
                path=environ["PATH_INFO"],
                query=environ.get("QUERY_STRING", ""),
                sent=sent,
                status=response.status_code,
                headers=dict(response.headers),
                body=gzip.decompress(body) if packed else body,
            )
        )
        return response(environ, start_response)


@dataclass(frozen=True)
class Town:
    """A running installation: its address, and the codes by what is behind them."""

    app: Flask
    origin: str
    codes: Mapping[str, str]
    recorder: Recorder

    def path(self, place: str) -> str:
        """Return the path of the page behind a code."""
        return f"/q/{printed_code(self.codes[place])}"


@dataclass
class Planner:
    """Herr Albrecht, who plans waves; with the codes of those he planned."""

    field: Field
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """Return where it is stored."""
        return self.field.database

    def plan(
        self,
        place: str,
        asked: Questionnaire,
        opens_on: date = TODAY,
        closes_on: date = TOMORROW,
        *,
        measure: int | None = None,
        **ways: bool,
    ) -> int:
        """Plan a wave, note its code, and return its id."""
        network, measure = self.field.network, measure or self.field.measure
        wave = fielding.plan_wave(
            self.database,
            network,
            measure,
            asked,
            opens_on=opens_on,
            closes_on=closes_on,
            today=min(TODAY, opens_on),
            **ways,
        )
        assert wave is not None
        let_school_agree(self.database, wave)
        fielded = fielding.fielded_measure(self.database, network, measure, TODAY)
        assert fielded is not None
        (code,) = (w.collectors[0].code for w in fielded.waves if w.wave.id == wave.id)
        self.codes[place] = code
        return wave.id

    def count(self, place: str, wave: int, answers: int, day: date) -> None:
        """Let people answer and close the wave the day after."""
        door = collecting.find_door(self.database, self.codes[place], DisclosurePolicy())
        assert door is not None
        asked, chance = door.wave.questionnaire, random.Random(place)
        leanings = leanings_in(asked, chance)
        for _ in range(answers):
            form = simulated_form(asked, chance, 0.8, leanings)
            collecting.submit(self.database, door, secrets.token_urlsafe(16), form, day)
        closing.close_wave(
            self.database, self.field.network, wave, today=day + timedelta(days=1), actor=ALBRECHT
        )

    def slips(self, place: str, asked: Questionnaire, opens_on: date = TODAY) -> None:
        """Plan a wave that asks for slips; note a fresh one, and if it is open one that was used."""
        wave = self.plan(place, asked, opens_on, opens_on + timedelta(days=7))
        way_in = Collector(self.codes[place], wave)
        fresh, used = slips_for(self.field, 2, collector=way_in)
        self.codes[f"{place}-fresh"], self.codes[f"{place}-used"] = fresh, used
        door = collecting.find_door(self.database, way_in.code, DisclosurePolicy())
        assert door is not None
        collecting.submit(self.database, door, "x" * 22, {"k1": ["1"]}, TODAY, slip=used)

    def second_measure(self, title: str) -> int:
        """Plan a measure at the same place."""
        there = fielding.choices(self.database, self.field.network)
        new = NewMeasure(
            title=title,
            summary="Ein Nachmittag.",
            topic=Topic.MEDIA_LITERACY,
            municipality=there.municipalities[0].id,
            organisation=there.organisations[0].id,
            site=there.sites[0].id,
            starts_on=LAST_MONTH,
            ends_on=LAST_MONTH,
        )
        return fielding.plan_measure(self.database, self.field.network, new)

    def conclude(self, wave: int) -> None:
        """Let somebody have read what was written in a wave."""
        themes = (("Mehr Pausen", 12), ("Essen ohne Fleisch und ohne Warteschlange", 5))
        kept = Reviewed(read=20, themes=tuple(ReviewedTheme(label=n, count=c) for n, c in themes))
        with self.database.write() as connection:
            reviews.conclude(connection, self.field.network, wave, "k9", kept, TODAY)

    def say_how_it_goes_on(self) -> None:
        """Say how somebody can take part next."""
        by, network = measures.By(ALBRECHT, TODAY), self.field.network
        link = "https://jugendforum.example/termine"
        new = NextWay(way=Way.MEETING, text="17 Uhr, mit Pizza.", day=TODAY, link=link)
        handing_back.say_next_way(self.database, network, self.field.measure, new, by)

    def show_to_everybody(self, *published: int) -> None:
        """Publish measures and switch the public list on."""
        network, by = self.field.network, measures.By(ALBRECHT, TODAY)
        for measure in published:
            measures.publish(self.database, network, measure, Publication.PUBLISHED, by)
        public_lists.switch_on(self.database, network, today=TODAY, actor=ALBRECHT)


@contextmanager
def town(url: str) -> Iterator[Town]:
    """Found the town in a new database and serve it."""
    with migrated(url) as database, TemporaryDirectory() as networks:
        Path(networks, "beispiel.yaml").write_text(FACTS, encoding="utf-8")
        field = field_in(database, questionnaire=TOUR)
        planner = Planner(field, {"open": field.door.collector.code})
        settle(planner)
        with site_for(field, networks=Path(networks)) as site:
            recorder = Recorder(site.app.wsgi_app)
            site.app.wsgi_app = recorder  # type: ignore[method-assign]
            with served(site.app) as origin:
                yield Town(site.app, origin, planner.codes, recorder)


def settle(planner: Planner) -> None:
    """Plan a wave for every state, and make commitments."""
    tour, library = read(TOUR), Library(data_dir("questionnaires"))
    youth, grown_up = library.get("kern-jugend"), library.get("fachkraefte")
    planner.plan("shared", tour, shared_device=True)
    planner.plan("queue", tour, shared_device=True, offline_queue=True)
    planner.slips("slips", tour)
    planner.slips("slips-planned", tour, TOMORROW)
    planner.plan("professionals", grown_up)
    planner.plan("planned", tour, TOMORROW, TOMORROW + timedelta(days=7))
    planner.plan("ended", tour, LAST_MONTH, YESTERDAY)
    wave = planner.plan("closed", youth, YESTERDAY, TODAY)
    planner.count("closed", wave, 12, YESTERDAY)
    wave = planner.plan("results", youth, LAST_MONTH, A_DAY_LATER)
    planner.count("results", wave, 30, LAST_MONTH)
    planner.conclude(wave)
    wave = planner.plan("results-professionals", grown_up, LAST_MONTH, A_DAY_LATER)
    planner.count("results-professionals", wave, 12, LAST_MONTH)
    workshop = planner.second_measure("Werkstatt")
    wave = planner.plan("few", youth, LAST_MONTH, A_DAY_LATER, measure=workshop)
    planner.count("few", wave, 4, LAST_MONTH)
    planner.show_to_everybody(planner.field.measure, workshop)
    for commitment in COMMITMENTS:
        promising.promise(
            planner.database,
            planner.field.network,
            planner.field.measure,
            commitment,
            today=TODAY,
            actor=ALBRECHT,
        )
    planner.say_how_it_goes_on()
