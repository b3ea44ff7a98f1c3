"""The walls of the house hold.

1. Imports point one way: web, cli → services → instruments | storage | rendering → domain.
2. `import survey_app` imports nothing.
3. Every room keeps to its libraries; WeasyPrint is imported in rendering/pdf*.py only.
4. The domain is pure: no clock, no file, no randomness of its own.
5. Only services end a transaction.
6. Only domain/disclosure.py makes what may be shown, and raw counts stay where they are counted,
   kept and released: rendering, exports, charts and sentences get `Released` only.
7. Views of staff use the database as their network may see it.
8. No function is longer than 60 lines, no module longer than 400.
9. Only domain/voices.py makes quotes and themes, and texts that are not reviewed stay with those who
   review: renderers, exports, sentences and pages take `Quote` and `Theme` only.

Each rule runs over the package, and over a small house in which it is broken.
"""

from pathlib import Path

import pytest

from tests.architecture import (
    Rule,
    desks_see_their_network_only,
    domain_is_pure,
    imports_point_one_way,
    libraries_stay_in_their_rooms,
    nothing_grows_too_long,
    only_disclosure_releases,
    only_released_is_shown,
    only_reviewed_is_quoted,
    only_services_commit,
    package_imports_nothing,
    read,
)

ROOT = Path(__file__).parent.parent
RULES = [
    imports_point_one_way,
    package_imports_nothing,
    libraries_stay_in_their_rooms,
    domain_is_pure,
    only_services_commit,
    only_disclosure_releases,
    only_released_is_shown,
    only_reviewed_is_quoted,
    desks_see_their_network_only,
    nothing_grows_too_long,
]

SOUND = {
    "__init__.py": '"""The product."""\n__version__ = "1"\n',
    "domain/wave.py": "import random\nfrom pydantic import BaseModel\n"
    "def shuffled(chance: random.Random): chance.shuffle([])\n",
    "domain/disclosure.py": "def release(table): return Released(table)\n",
    "storage/database.py": "import sqlalchemy\nfrom survey_app.domain import wave\n"
    "def transaction(engine): return engine.begin()\n",
    "rendering/pdf_worker.py": "import weasyprint\nfrom survey_app.domain import disclosure\n",
    "services/closing.py": "from survey_app.storage.database import transaction\n"
    "def close(session): session.commit()\n",
    "web/staff/views.py": "import flask\nfrom survey_app import __version__\n"
    "from survey_app.services import closing\n",
    "app.py": "from survey_app.web.staff import views\n",
}

BROKEN = [
    (
        imports_point_one_way,
        "domain/wave.py",
        "def f():\n    from survey_app.storage import database",
        "2: domain must not import survey_app.storage.database.",
    ),
    (
        imports_point_one_way,
        "storage/waves.py",
        "from survey_app import rendering",
        "1: storage must not import survey_app.rendering.",
    ),
    (
        imports_point_one_way,
        "storage/waves.py",
        "from ..services import closing",
        "1: storage must not import survey_app.services.closing.",
    ),
    (
        imports_point_one_way,
        "web/staff/views.py",
        "import survey_app.storage.database as db",
        "1: web must not import survey_app.storage.database.",
    ),
    (
        imports_point_one_way,
        "domain/wave.py",
        "from survey_app.app import create_app",
        "1: domain must not import survey_app.app.create_app.",
    ),
    (
        imports_point_one_way,
        "helpers/misc.py",
        "",
        "1: helpers is a new room. Name it in MAY_IMPORT.",
    ),
    (
        package_imports_nothing,
        "__init__.py",
        "import json",
        "1: imports json; this module imports nothing.",
    ),
    (
        libraries_stay_in_their_rooms,
        "domain/wave.py",
        "import sqlalchemy.orm",
        "1: domain does not use sqlalchemy.",
    ),
    (
        libraries_stay_in_their_rooms,
        "rendering/sheet.py",
        "from weasyprint import HTML",
        "1: weasyprint is imported in survey_app/rendering/pdf*.py only.",
    ),
    (
        libraries_stay_in_their_rooms,
        "web/staff/views.py",
        "from weasyprint import HTML",
        "1: weasyprint is imported in survey_app/rendering/pdf*.py only.",
    ),
    (
        domain_is_pure,
        "domain/wave.py",
        "import datetime\nx = datetime.datetime.now(datetime.UTC)",
        "2: reads the clock (now); take the time as an argument.",
    ),
    (
        domain_is_pure,
        "domain/wave.py",
        "from datetime import date\nx = date.today()",
        "2: reads the clock (today); take the time as an argument.",
    ),
    (
        domain_is_pure,
        "domain/wave.py",
        "import random\nx = random.choice([1])",
        "2: uses random.choice; take a random.Random as an argument.",
    ),
    (
        domain_is_pure,
        "domain/wave.py",
        "from random import shuffle",
        "1: imports random.shuffle; take a random.Random as an argument.",
    ),
    (
        domain_is_pure,
        "domain/wave.py",
        "from random import Random\nx = Random()",
        "2: makes a Random without a seed; take it as an argument.",
    ),
    (
        domain_is_pure,
        "domain/wave.py",
        "from pathlib import Path",
        "1: imports pathlib.Path; the domain gets such things as arguments.",
    ),
    (
        domain_is_pure,
        "domain/wave.py",
        "x = open('answers')",
        "1: calls open(); the domain gets texts and returns values.",
    ),
    (
        domain_is_pure,
        "domain/wave.py",
        "import uuid\nx = uuid.uuid4()",
        "2: uses uuid4; take the identifier as an argument.",
    ),
    (
        only_services_commit,
        "storage/waves.py",
        "def save(session): session.commit()",
        "1: calls .commit(); only services end a transaction.",
    ),
    (
        only_services_commit,
        "web/staff/views.py",
        "def view(engine):\n    with engine.begin(): pass",
        "2: calls .begin(); only services end a transaction.",
    ),
    (
        only_disclosure_releases,
        "services/closing.py",
        "x = Released(4)",
        "1: makes a Released; ask disclosure.release for it.",
    ),
    (
        only_disclosure_releases,
        "services/closing.py",
        "x = disclosure.ReleasedBlock(4)",
        "1: makes a ReleasedBlock; ask disclosure.release for it.",
    ),
    (
        only_disclosure_releases,
        "rendering/sheet.py",
        "class Shown(disclosure.Released): pass",
        "1: Shown passes for what disclosure released.",
    ),
    (
        only_disclosure_releases,
        "services/closing.py",
        "x = disclosure._SEAL",
        "1: uses the seal of disclosure.py.",
    ),
    (
        only_disclosure_releases,
        "services/closing.py",
        "from survey_app.domain.disclosure import _made",
        "1: takes _made; it belongs to disclosure.py.",
    ),
    (
        only_released_is_shown,
        "rendering/sheet.py",
        "from survey_app.domain.tabulation import FrequencyTable",
        "1: takes domain.tabulation.FrequencyTable; take what disclosure released.",
    ),
    (
        only_released_is_shown,
        "domain/sheet.py",
        "from survey_app.domain import block",
        "1: takes domain.block; take what disclosure released.",
    ),
    (
        only_released_is_shown,
        "web/staff/views.py",
        "def f():\n    from survey_app.domain.block import Block",
        "2: takes domain.block.Block; take what disclosure released.",
    ),
    (
        only_released_is_shown,
        "services/evaluating.py",
        "from survey_app.storage import blocks",
        "1: reads blocks; ask services/releasing.py.",
    ),
    (
        only_reviewed_is_quoted,
        "services/closing.py",
        "x = Quote('ich', False, True, seal=None)",
        "1: makes a Quote; ask voices.voices for it.",
    ),
    (
        only_reviewed_is_quoted,
        "rendering/sheet.py",
        "x = voices.Theme('Essen', 3, seal=None)",
        "1: makes a Theme; ask voices.voices for it.",
    ),
    (
        only_reviewed_is_quoted,
        "rendering/sheet.py",
        "class Said(Quote): pass",
        "1: Said passes for what was reviewed.",
    ),
    (
        only_reviewed_is_quoted,
        "services/closing.py",
        "x = voices._SEAL",
        "1: uses the seal of voices.py.",
    ),
    (
        only_reviewed_is_quoted,
        "services/closing.py",
        "from survey_app.domain.voices import _SEAL",
        "1: takes _SEAL; it belongs to voices.py.",
    ),
    (
        only_reviewed_is_quoted,
        "rendering/sheet.py",
        "from survey_app.domain.voices import ReviewedText",
        "1: takes domain.voices.ReviewedText; take the Quote that voices made of it.",
    ),
    (
        only_reviewed_is_quoted,
        "domain/finding.py",
        "def f():\n    from survey_app.domain.review import Reading",
        "2: takes domain.review.Reading; take the Quote that voices made of it.",
    ),
    (
        only_reviewed_is_quoted,
        "services/evaluating.py",
        "from survey_app.storage import reviews",
        "1: reads texts; ask services/reviewing.py.",
    ),
    (
        desks_see_their_network_only,
        "web/staff/views.py",
        "def view(self):\n    return self._desk.house.database",
        "2: uses the whole database; take desk.database.",
    ),
    (
        desks_see_their_network_only,
        "web/staff/views.py",
        "def view(house): return house.database.of(3)",
        "1: uses the whole database; take desk.database.",
    ),
    (
        nothing_grows_too_long,
        "services/closing.py",
        "def close():\n" + "    x = 1\n" * 60,
        "1: close has 61 lines; divide what is over 60.",
    ),
    (
        nothing_grows_too_long,
        "services/closing.py",
        "x = 1\n" * 401,
        "1: 401 lines; divide what is over 400.",
    ),
]


def build(root: Path, files: dict[str, str]) -> Path:
    """Write a small house below `root`."""
    for name, source in files.items():
        path = root / "survey_app" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    return root


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_house_keeps_the_rule(rule: Rule) -> None:
    """Rules 1 to 9, over the package."""
    assert list(rule(read(ROOT))) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_sound_house_breaks_no_rule(rule: Rule, tmp_path: Path) -> None:
    """A rule does not cry where nothing is broken."""
    assert list(rule(read(build(tmp_path, SOUND)))) == []


@pytest.mark.parametrize(
    ("rule", "name", "source", "sentence"), BROKEN, ids=[f"{row[1]}:{row[3]}" for row in BROKEN]
)
def test_broken_rule_is_named(
    rule: Rule, name: str, source: str, sentence: str, tmp_path: Path
) -> None:
    """Each rule sees the one fault in a house that is otherwise sound."""
    found = list(rule(read(build(tmp_path, {**SOUND, name: source}))))
    assert found == [f"survey_app/{name}:{sentence}"]


def test_every_module_is_read() -> None:
    """A rule over nothing would hold forever."""
    assert {str(module.path) for module in read(ROOT)} == {
        str(path.relative_to(ROOT)) for path in (ROOT / "survey_app").rglob("*.py")
    }
