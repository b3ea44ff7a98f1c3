"""Every page of staff, as one list of stops in the sample district (services/sample.py).

Whoever has something to check about *all* pages of the team stops at all of them:

    with district(url, folder) as founded:
        for stop in STOPS:
            …founded.path(stop), founded.people[stop.who]…

A page that is not on the list is found by test_accessibility_of_staff.py, which compares it with the
addresses of the application. `refused` is one more look: the form of the page comes back with what is
wrong in it, after every field was emptied or filled with nonsense.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from flask import url_for
from pydantic import SecretStr
from sqlalchemy import Connection, Row, insert, text
from werkzeug.routing import BuildError

from survey_app.app import create_app
from survey_app.config import Settings
from survey_app.data import data_dir
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.review import Verdict
from survey_app.domain.rights import Role
from survey_app.instruments.library import Library
from survey_app.services import accounts, branding, importing, invitations, reviewing, tokens
from survey_app.services.reviewing import Wish
from survey_app.services.sample import fill_sample
from survey_app.services.sample_district import CONTACT, NETWORK
from survey_app.storage import places, schema
from survey_app.web.house import NAME, House
from survey_app.web.staff import PRINTER
from tests.fixtures.remembered import remember_templates
from tests.rendering.test_logos import png
from tests.support_field import TODAY, migrated
from tests.support_import import csv_bytes
from tests.web.account.phone import set_up_app
from tests.web.staff.office import PASSWORD, Office, Person, office_on

COORDINATOR, ADMINISTRATOR, EVALUATOR = "coordinator", "administrator", "evaluator"
WORKER = "worker"  # has an app as a second factor
NEWCOMER, FOUNDER = "newcomer", "founder"  # in a network in which nothing is yet
STRANGER, NEW, HALF = (
    "stranger",
    "new",
    "half",
)  # before the login; with a factor to set up; to show
EMPTY_NETWORK = "Kreis Neuland"

# By a short name: the measure, by the beginning of its title, and which of its waves.
MEASURES = {
    "camp": ("Sommercamp", 0),  # closed, with commitments
    "few": ("Werkstatt", 0),  # four answers: nothing to show
    "open": ("„Level up", 0),  # half answered
    "today": ("„Durchatmen", 0),  # opens today
    "planned": ("Theater", 0),  # waits for its school
    "read": ("„Stress", 0),  # every text is decided on
}

STATES = ("camp", "few", "open", "today", "planned")

# What sends a file or leads elsewhere, and is no page.
NO_PAGES = {
    *("home", "look_picture", "sheet_annex", "sheet_bundle", "sheet_pdf"),
    *("file", "print_file", "print_preview"),
    *("poster", "paper_form", "school_file", "audit_file", "job_file"),
    *("roll_up_pdf", "roll_up_file"),
    *("school_letter", "hand_back"),
}


@dataclass(frozen=True)
class Stop:
    """A page to look at: its endpoint, who looks, at which measure, and what else is in the address."""

    endpoint: str
    who: str = COORDINATOR
    of: str = "camp"
    state: str = ""
    refused: bool = False
    values: Mapping[str, str | int] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return what it is called: as a test, and as a picture."""
        return self.endpoint.rpartition(".")[2] + (f"-{self.state}" if self.state else "")


def staff_pages() -> Iterator[Stop]:
    """Yield the pages of measures and of what belongs to them."""
    yield Stop("start")
    yield Stop("start", NEWCOMER, state="empty")
    yield Stop("measures")
    yield Stop("measures", NEWCOMER, state="empty")
    yield Stop("measures", state="nothing-found", query={"suche": "gibt es nicht"})
    yield Stop("white_spots")
    yield Stop("white_spots", NEWCOMER, state="empty")
    yield Stop("new_measure", refused=True)
    for of in STATES:
        yield Stop("measure", of=of, state=of)
    yield Stop("master_data")
    yield Stop("master_data", of="planned", state="planned")
    yield from (
        Stop(f"edit_{part}", refused=part in REFUSABLE)
        for part in ("basics", "goals", "target_group", "participation", "attendance", "costs")
    )
    yield from (Stop(f"edit_{part}") for part in ("realisation", "quality", "consequence"))
    yield Stop("copy_measure", refused=True)
    yield Stop("remove_measure")
    yield Stop("remove_measure", of="bare", state="bare")
    yield Stop("publication", of="bare")


REFUSABLE = {"basics", "attendance", "costs"}


def wave_pages() -> Iterator[Stop]:
    """Yield the pages of a wave, its planning included."""
    yield Stop("designs")
    for way in ("once", "before_after"):
        yield Stop("designs", state=way, refused=True, query={"weg": way})
    yield Stop("new_wave", refused=True)
    for of in STATES:
        yield Stop("wave", of=of, state=of)
    yield Stop("wave_days", of="planned", refused=True)
    yield Stop("approval", of="planned", refused=True)
    yield Stop("school", of="planned")
    yield Stop("close", of="open")
    yield Stop("studio", of="open")
    yield Stop("slips", of="today", refused=True)
    yield Stop("new_way_in", of="today", refused=True)
    yield Stop("way_in", of="today")
    yield Stop("paper", of="today", refused=True)
    yield Stop("import_begin", of="few", refused=True)
    yield Stop("import_assign", of="few")
    yield Stop("import_check", of="few")
    yield Stop("import_forget", of="few", query={"fragebogen": "kern-jugend", "name": "Aus Excel"})


def result_pages() -> Iterator[Stop]:
    """Yield the pages of what came out, and of what becomes of it."""
    yield Stop("sheet")
    yield Stop("sheet", of="few", state="few")
    yield Stop("sheet_sentences")
    yield Stop("files")
    yield Stop("roll_ups")
    yield Stop("roll_ups", NEWCOMER, state="empty")
    yield Stop("consents", refused=True)
    yield Stop("consents", NEWCOMER, state="empty")
    yield Stop("revoke_consent", query={"zustimmung": "1"})
    for scope in ("netzwerk", "kommune-1"):
        address = {"year": TODAY.year, "scope": scope}
        yield Stop("roll_up", state=scope, values=address)
    yield Stop("results_day", state="out")
    yield Stop("results_day", of="open", refused=True)
    yield Stop("results_preview")
    yield Stop("giving_back")
    yield Stop("giving_back", of="open", state="open")
    yield Stop("next_way", refused=True)
    yield Stop("new_commitment", refused=True)
    yield Stop("commitment", refused=True)
    yield Stop("remove_commitment")
    yield Stop("review", EVALUATOR)
    yield Stop("review_question", EVALUATOR)
    yield Stop("review_question", EVALUATOR, of="read", state="read")
    yield Stop("conclude_review", EVALUATOR, of="read")


def house_pages() -> Iterator[Stop]:
    """Yield the pages of the network: places, accounts, batches, the look, the log."""
    yield Stop("batch", state="posters", query={"was": "poster"})
    yield Stop("batch", state="sheets", query={"was": "bogen"})
    yield Stop("batch", NEWCOMER, state="empty")
    yield Stop("job")
    yield Stop("look", refused=True)
    yield Stop("public_list")
    yield Stop("public_list", NEWCOMER, state="empty")
    yield Stop("public_list_preview")
    yield Stop("public_list_preview", NEWCOMER, state="empty")
    yield Stop("public_list_on", NEWCOMER)
    yield Stop("public_list_off")
    yield Stop("public_preview")
    yield Stop("public_preview", of="planned", state="planned")
    yield Stop("audit")
    yield Stop("audit", FOUNDER, state="empty")
    yield Stop("places", ADMINISTRATOR)
    yield Stop("places", FOUNDER, state="empty")
    for kind in ("municipality", "organisation", "site"):
        yield Stop(f"new_{kind}", ADMINISTRATOR, refused=True)
        yield Stop(kind, ADMINISTRATOR, refused=True)
        yield Stop(f"remove_{kind}", ADMINISTRATOR)
    yield Stop("accounts", ADMINISTRATOR)
    yield Stop("invite", ADMINISTRATOR)
    for role in ("coordinator", "youth-worker"):
        yield Stop("invite_as", ADMINISTRATOR, state=role, refused=True, values={"role": role})
    yield Stop("account", ADMINISTRATOR)
    for deed in ("ausschalten", "abmelden", "zweiter-faktor"):
        yield Stop("account_deed", ADMINISTRATOR, state=deed, values={"deed": deed})
    yield Stop("account_link", ADMINISTRATOR)
    yield Stop("account_role", ADMINISTRATOR)
    yield Stop("account_role_as", ADMINISTRATOR, values={"role": "school-contact"})


def own_pages() -> Iterator[Stop]:
    """Yield the pages of logging in and of the own account."""
    yield Stop("own_account")
    yield Stop("own_account", NEWCOMER, state="bare")
    yield from (Stop(f"own_{name}", refused=True) for name in ("confirm", "password"))
    yield Stop("own_codes", WORKER)
    yield Stop("own_app_off", WORKER)
    yield Stop("own_passkey", refused=True)
    yield Stop("own_passkey_off")
    yield Stop("tokens")
    yield Stop("new_token", refused=True)
    yield Stop("revoke_token", query={"schluessel": "1"})
    yield Stop("account.login", STRANGER, refused=True)
    yield Stop("arriving.invitation", STRANGER, refused=True)
    yield Stop("arriving.invitation", STRANGER, state="over", values={"token": "x" * 43})
    yield Stop("entry.setup", NEW)
    yield Stop("entry.app", NEW, refused=True)
    yield Stop("entry.code", HALF, refused=True)
    yield Stop("entry.recovery_code", HALF, refused=True)


STOPS = (*staff_pages(), *wave_pages(), *result_pages(), *house_pages(), *own_pages())
PARTS = ("staff", "account", "entry", "arriving")


@dataclass
class District:
    """The sample district with its team: who is logged in, and the numbers of everything."""

    office: Office
    strict: Office  # the same, where a second factor is compulsory
    people: dict[str, Person] = field(default_factory=dict)
    known: dict[str, str | int] = field(default_factory=dict)
    measures: dict[str, dict[str, str | int]] = field(default_factory=dict)

    def office_for(self, stop: Stop) -> Office:
        """Return the application that a stop is in."""
        return self.strict if stop.who in (NEW, HALF) else self.office

    def path(self, stop: Stop) -> str:
        """Return the address of a stop."""
        endpoint = stop.endpoint if "." in stop.endpoint else f"staff.{stop.endpoint}"
        own = {"number": self.known.get(stop.endpoint.removeprefix("remove_"), 0)}
        values = self.known | own | self.measures[stop.of] | stop.values
        app = self.office.app
        with app.test_request_context():
            rules = [rule for rule in app.url_map.iter_rules(endpoint) if "GET" in rule.methods]
            if not rules:
                raise BuildError(endpoint, {}, "GET")
            needed = {name: values[name] for name in rules[0].arguments}
            return url_for(endpoint, **needed) + (f"?{urlencode(stop.query)}" if stop.query else "")


def addresses(founded: District) -> set[str]:
    """Return the endpoints of all pages that the team can open."""
    return {
        name if part == "staff" else f"{part}.{name}"
        for rule in founded.office.app.url_map.iter_rules()
        for part, _, name in [rule.endpoint.partition(".")]
        if part in PARTS and "GET" in (rule.methods or ()) and name not in NO_PAGES
    }


@contextmanager
def district(url: str, folder: Path) -> Iterator[District]:
    """Fill a new database and open the application on it."""
    with migrated(url) as database:
        fill_sample(database, Library(data_dir("questionnaires")).get, TODAY)
        with (
            office_on(database, jobs_folder=folder / "jobs") as office,
            strict_twin(office, url) as strict,
        ):
            founded = District(office, strict)
            settle(founded)
            yield founded


@contextmanager
def strict_twin(office: Office, url: str) -> Iterator[Office]:
    """Open the application once more on the same database, with a compulsory second factor."""
    settings = {"database_url": url, "secret_key": SecretStr("geheim" * 6)}
    app = create_app(Settings.model_validate(settings), clock=office.clock.clock)
    remember_templates(app)
    try:
        yield Office(app, office.field, office.clock)
    finally:
        app.extensions[PRINTER].close()
        house: House = app.extensions[NAME]
        house.database.close()


def settle(founded: District) -> None:
    """Let people come to work, and leave something of everything behind."""
    office = founded.office
    database = office.database
    with database.write() as connection:
        places.add_network(connection, EMPTY_NETWORK, CONTACT, sample=False)
    for who, network, role in TEAM:
        accounts.open_account(
            database,
            email=f"{who}@beispiel.example",
            network=network,
            password=PASSWORD,
            role=role,
            place="Fachstelle Gesunde Jugend" if role is Role.YOUTH_WORKER else None,
        )
    for who, _, _ in TEAM[:-2]:
        founded.people[who] = person = office.stranger()
        assert person.log_in(f"{who}@beispiel.example").status_code == 302
    founded.people[STRANGER] = office.stranger()
    _set_up(founded)
    with database.read() as connection:
        _look_around(founded, connection)
    _leave_things(founded)


TEAM = (
    (COORDINATOR, NETWORK, Role.COORDINATOR),
    (ADMINISTRATOR, NETWORK, Role.ADMINISTRATOR),
    (EVALUATOR, NETWORK, Role.EVALUATOR),
    (WORKER, NETWORK, Role.YOUTH_WORKER),
    (NEWCOMER, EMPTY_NETWORK, Role.COORDINATOR),
    (FOUNDER, EMPTY_NETWORK, Role.ADMINISTRATOR),
    (NEW, NETWORK, Role.COORDINATOR),
    (HALF, NETWORK, Role.COORDINATOR),
)


def _set_up(founded: District) -> None:
    """Lead two people to the second factor: one has to set it up, one has to show it."""
    strict = founded.strict
    for who in (NEW, HALF):
        founded.people[who] = person = strict.stranger()
        person.log_in(f"{who}@beispiel.example")
    setup = "/team/anmelden/einrichten"
    new = founded.people[NEW]
    token = new.page(setup).form()["csrf_token"]
    new.client.post(f"{setup}/neu", data={"csrf_token": token})
    set_up_app(strict, founded.people[HALF])
    set_up_app(founded.office, founded.people[WORKER])
    founded.people[HALF] = person = strict.stranger()
    person.log_in(f"{HALF}@beispiel.example")


def _look_around(founded: District, connection: Connection) -> None:
    """Note the numbers of what is there."""

    def one(query: str, **values: object) -> Row[tuple[object, ...]]:
        return connection.execute(text(query), values).one()

    for name, (title, which) in MEASURES.items():
        measure, wave, code = one(
            "SELECT m.id, w.id, c.code FROM measure m JOIN wave w ON w.measure = m.id"
            " JOIN collector c ON c.wave = w.id WHERE m.title LIKE :title ORDER BY w.id"
            " LIMIT 1 OFFSET :which",
            title=f"{title}%",
            which=which,
        )
        founded.measures[name] = {"measure": measure, "wave": wave, "code": code}  # type: ignore[dict-item]
    camp = founded.measures["camp"]
    (founded.known["variable"],) = one(
        "SELECT variable FROM review_text WHERE wave = :wave LIMIT 1", wave=camp["wave"]
    )
    (founded.known["commitment"],) = one(
        "SELECT id FROM commitment WHERE measure = :measure LIMIT 1", measure=camp["measure"]
    )
    for kind in ("municipality", "organisation", "site"):
        query = f"SELECT min(p.id) FROM {kind} p JOIN network n ON n.id = p.network"
        (founded.known[kind],) = one(f"{query} WHERE n.name = :name", name=NETWORK)


def _leave_things(founded: District) -> None:
    """Make a passkey, an invitation, a token, a logo, an assignment, a job, a file that waits."""
    office, known = founded.office, founded.known
    database = office.database
    own, kaya, reader, worker = (
        accounts.account_with_email(database, f"{who}@beispiel.example")
        for who in (COORDINATOR, ADMINISTRATOR, EVALUATOR, WORKER)
    )
    assert own and kaya and reader and worker  # noqa: PT018 - all four were opened above
    network = own.actor.network
    known |= {"account": worker.id, "passkey": 1}
    row = {"id": 1, "account": own.id, "credential": b"x", "public_key": b"x", "sign_count": 0}
    with database.write() as connection:
        table = schema.metadata.tables["passkey"]
        connection.execute(insert(table).values(**row, name="Diensthandy", added_on=TODAY))
    invited = {"email": "mira@beispiel.example", "role": Role.COORDINATOR, "place": None}
    known["token"] = invitations.invite(database, by=kaya, today=TODAY, **invited).token  # type: ignore[arg-type]
    tokens.make(database, own, name="Jahresbericht", expires_on=TODAY, today=TODAY)
    printer = office.app.extensions[PRINTER]
    branding.change_logo(database, printer, network, png(), today=TODAY, actor=own.email)
    importing.save_assignment(database, network, "Aus Excel", "{}", "kern-jugend")
    office.field = replace(office.field, network=network)
    founded.measures["bare"] = {"measure": office.measure()}
    _decide(founded, network, reader.id)
    founded.measures["few"]["token"] = _upload(founded)
    coordinator, posters = founded.people[COORDINATOR], "/team/stapel?was=poster"
    form = coordinator.page(posters).find("main//form[@method='post']/input").get("value")
    ordered = coordinator.client.post(posters, data={"csrf_token": form, "alle": "ja"})
    known["job"] = int(str(ordered.location).rpartition("/")[2])


def _decide(founded: District, network: int, reader: int) -> None:
    """Read every text of a question."""
    database, wave = founded.office.database, int(founded.measures["read"]["wave"])
    policy, wish = DisclosurePolicy(), Wish(verdict=Verdict.WITHHOLD)
    review = reviewing.review_of(database, network, wave, policy=policy, today=TODAY)
    assert review
    question = review.question(str(founded.known["variable"]))
    assert question
    for reading in question.readings:
        reviewing.decide(database, network, wave, reading.key, wish, policy=policy, account=reader)


def _upload(founded: District) -> str:
    coordinator = founded.people[COORDINATOR]
    begin = founded.path(Stop("import_begin", of="few"))
    rows = [["ID", "Das Angebot hat mir insgesamt gefallen.", "Feld"], [1, "stimmt genau", "A4"]]
    day = TODAY.isoformat()
    values = coordinator.page(begin).form() | {
        "i-questionnaire": "kern-jugend",
        "i-opens_on": day,
        "i-closes_on": day,
    }
    file = (BytesIO(csv_bytes(rows)), "antworten.csv")
    sent = coordinator.client.post(begin, data={**values, "i-file": file})
    assert sent.status_code == 303, sent.text
    return sent.location.rpartition("/")[2]
