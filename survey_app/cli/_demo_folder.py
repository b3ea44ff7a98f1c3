"""The demo folder: the sample district, a login for it, and everything on paper.

    <folder>/mitreden.sqlite    the database
    <folder>/login.txt          the staff login, readable by its owner alone
    <folder>/key.txt            the secret key, too: what was set up with it works after a restart
    <folder>/posters/*.pdf      one per way in
    <folder>/sheets/*.pdf       one per measure with a closed wave

A district is made in a file of its own and moved to its place when it is complete: whoever breaks
off in the middle finds either the old one or none. A second run keeps what is there.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from survey_app.config import Settings
from survey_app.data import data_dir
from survey_app.domain.directory import Directory, HelpCard
from survey_app.domain.questionnaire import Audience
from survey_app.domain.sheet import EvaluationSheet
from survey_app.domain.wave import Phase, Point
from survey_app.instruments.library import Library
from survey_app.languages import Language, Languages
from survey_app.rendering.pdf import PdfPool
from survey_app.services import accounts, printing, promising, public_lists
from survey_app.services.evaluating import sheet_of
from survey_app.services.fielding import FieldedMeasure, FieldedWave, fielded_measures
from survey_app.services.invitations import OPERATOR
from survey_app.services.printing import Printer
from survey_app.services.sample import fill_sample, sample_network
from survey_app.services.sample_district import NETWORK
from survey_app.storage import migrating
from survey_app.storage.database import Database

EMAIL = "team@beispiel.example"
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class DemoFolder:
    """Where everything lies."""

    folder: Path

    @property
    def database(self) -> Path:
        """Return the file of the database."""
        return self.folder / "mitreden.sqlite"

    @property
    def login(self) -> Path:
        """Return the file with the login."""
        return self.folder / "login.txt"

    @property
    def key(self) -> Path:
        """Return the file with the secret key."""
        return self.folder / "key.txt"

    @property
    def posters(self) -> Path:
        """Return the folder of the posters."""
        return self.folder / "posters"

    @property
    def sheets(self) -> Path:
        """Return the folder of the evaluation sheets."""
        return self.folder / "sheets"


@dataclass(frozen=True)
class Paper:
    """One PDF to be drawn: where it goes, and how it is made."""

    path: Path
    draw: Callable[[Printer], bytes]


def database_url(path: Path) -> str:
    """Return SQLAlchemy's address of a file."""
    return f"sqlite:///{path.resolve()}"


def fill_folder(
    demo: DemoFolder, today: date, *, received: Callable[[int], object] = lambda _: None
) -> None:
    """Make the database with district and account; a database that is there is kept and upgraded.

    `received` hears how many answer sheets came in since the last time.
    """
    demo.folder.mkdir(parents=True, exist_ok=True)
    place = demo.database if demo.database.exists() else demo.database.with_suffix(".new")
    if place != demo.database:
        _remove(place)
    database = Database(database_url(place))
    try:
        migrating.upgrade(database, data_dir("migrations"))
        fill_sample(database, Library(data_dir("questionnaires")).get, today, received=received)
        _ensure_account(database, demo.login, today)
    finally:
        database.close()
    place.replace(demo.database)


def empty_folder(demo: DemoFolder) -> None:
    """Remove the database and what was drawn from it."""
    _remove(demo.database)
    demo.login.unlink(missing_ok=True)
    demo.key.unlink(missing_ok=True)
    for folder in (demo.posters, demo.sheets):
        for pdf in folder.glob("*.pdf"):
            pdf.unlink()


def papers(
    database: Database,
    demo: DemoFolder,
    words: Languages,
    settings: Settings,
    directory: Directory,
) -> list[Paper]:
    """Return everything that can be printed, posters first."""
    measures, card = _measures(database, settings.today()), directory.help_for(NETWORK)
    posters = [paper for each in measures for paper in _posters(each, demo, words, settings, card)]
    sheets = [
        _sheet_paper(sheet, demo, words.all["de"])
        for measure in measures
        if (sheet := _sheet(database, measure, settings)) and sheet.results
    ]
    return [*posters, *sheets]


def draw(demo: DemoFolder, work: list[Paper]) -> Iterator[Path]:
    """Draw in several processes and yield each file as it is written."""
    for folder in (demo.posters, demo.sheets):
        folder.mkdir(exist_ok=True)
    with PdfPool() as pool, ThreadPoolExecutor(pool.workers) as threads:
        printer = Printer(pool)
        for paper, pdf in zip(work, threads.map(lambda p: p.draw(printer), work), strict=True):
            paper.path.write_bytes(pdf)
            yield paper.path


def pupils_link(database: Database, settings: Settings) -> str | None:
    """Return the link of a wave that young people can answer now, if there is one."""
    open_waves = [
        wave
        for measure in _measures(database, settings.today())
        for wave in measure.waves
        if wave.phase is Phase.OPEN and wave.wave.audience is Audience.YOUNG_PEOPLE
    ]
    fresh_first = sorted(open_waves, key=lambda wave: wave.received or 0)
    if not fresh_first:
        return None
    return printing.link_of(fresh_first[0].collectors[0], settings.public_url)


def results_links(database: Database, settings: Settings) -> list[str]:
    """Return links to results that young people can read now, those with commitments first."""
    today, network = settings.today(), sample_network(database)
    out = [
        (len(promising.commitments_about(database, network.id, measure.measure.id)), wave)
        for measure in _measures(database, today)
        for wave in measure.waves
        if network
        and wave.wave.gives_results(today)
        and wave.wave.audience is Audience.YOUNG_PEOPLE
    ]
    most_first = sorted(out, key=lambda each: -each[0])
    return [printing.link_of(wave.collectors[0], settings.public_url) for _, wave in most_first]


def public_link(database: Database, settings: Settings) -> str:
    """Return the link to what the district shows to everybody, if it does."""
    network = sample_network(database)
    known = network and public_lists.prospect(database, network.id, settings.today()).known
    return f"{settings.public_url}{known.path}" if known and known.is_open else ""


def secret_key(demo: DemoFolder) -> str:
    """Return the secret key of this demo, drawn the first time."""
    if not demo.key.exists():
        demo.folder.mkdir(parents=True, exist_ok=True)
        demo.key.touch(mode=0o600)
        demo.key.write_text(secrets.token_urlsafe(32))
    return demo.key.read_text()


def login_of(demo: DemoFolder) -> tuple[str, str]:
    """Return address and password as they stand in the file."""
    email, password = demo.login.read_text().split()
    return email, password


def _measures(database: Database, today: date) -> tuple[FieldedMeasure, ...]:
    network = sample_network(database)
    return fielded_measures(database, network.id, today) if network else ()


def _posters(
    fielded: FieldedMeasure,
    demo: DemoFolder,
    words: Languages,
    settings: Settings,
    help_card: HelpCard,
) -> Iterator[Paper]:
    for wave in fielded.waves:
        language = words.all["de"]
        if wave.wave.audience is Audience.PROFESSIONALS:
            language = words.polite(language)
        yield _poster_paper(fielded, wave, demo, language, settings, help_card)


def _poster_paper(
    fielded: FieldedMeasure,
    wave: FieldedWave,
    demo: DemoFolder,
    language: Language,
    settings: Settings,
    help_card: HelpCard,
) -> Paper:
    posters = [
        printing.invitation_of(
            fielded.measure,
            wave.wave,
            collector,
            language,
            public_url=settings.public_url,
            policy=settings.policy,
            help_card=help_card,
        )
        for collector in wave.collectors
    ]
    name = f"{file_name(fielded.measure.title)}_{wave.wave.questionnaire.id}"
    if wave.wave.point is not Point.ONCE:
        name = f"{name}_{wave.wave.point}"
    return Paper(
        demo.posters / f"{name}.pdf",
        lambda printer: printing.poster_pdf(printer, posters, language),
    )


def _sheet(
    database: Database, fielded: FieldedMeasure, settings: Settings
) -> EvaluationSheet | None:
    return sheet_of(
        database,
        fielded.measure.network.id,
        fielded.measure.id,
        policy=settings.policy,
        as_of=settings.today(),
        recount_days=settings.recount_days,
    )


def _sheet_paper(sheet: EvaluationSheet, demo: DemoFolder, language: Language) -> Paper:
    path = demo.sheets / f"{file_name(sheet.measure.title)}.pdf"
    return Paper(path, lambda printer: printing.sheet_pdf(printer, sheet, language))


def file_name(title: str) -> str:
    """Return a title as a file name of plain letters: ``sommercamp-kopf-frei``."""
    plain = unicodedata.normalize("NFKD", title.lower().translate(UMLAUTS))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def _ensure_account(database: Database, login: Path, today: date) -> None:
    """Make the account, or give it the password in the file; without a file draw a new one."""
    known = accounts.account_with_email(database, EMAIL) is not None
    if known and login.exists():
        return
    password = login.read_text().split()[1] if login.exists() else _new_login(login)
    if known:
        accounts.set_password(database, email=EMAIL, password=password, by=OPERATOR, today=today)
    else:
        accounts.open_account(database, email=EMAIL, network=NETWORK, password=password)


def _new_login(login: Path) -> str:
    password = accounts.new_password()
    login.touch(mode=0o600)
    login.write_text(f"{EMAIL}\n{password}\n")
    return password


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
