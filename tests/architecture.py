"""Reads the house as text and says where a wall was broken through.

Nothing is imported: every module is parsed, so that an import inside a function or under
TYPE_CHECKING counts like any other. A rule is a function from the modules to sentences, each with
place, fault and remedy. The tables say what docs/adr and ARCHITECTURE decided; a new room or a new
library needs a line here, and thereby a decision.
"""

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

PACKAGE = "survey_app"
LONGEST_FUNCTION = 60
LONGEST_MODULE = 400

# Which room may import which. A room may always import itself.
MAY_IMPORT = {
    "": set[str](),
    "domain": set(),
    "data": set(),
    "config": {"data", "domain"},
    "languages": {"data", "domain"},
    "instruments": {"domain", "data"},
    "storage": {"domain", "data"},
    "rendering": {"domain"},
    "tables": {"domain"},
    "services": {"instruments", "storage", "rendering", "tables", "domain", "data"},
    "web": {"services", "rendering", "domain", "config", "data", "languages"},
    # A command opens the database and the questionnaires of an installation, as app.py does.
    "cli": {
        *("app", "services", "instruments", "rendering", "storage", "domain"),
        *("config", "data", "languages"),
    },
    "app": {
        *("web", "cli", "services", "instruments", "storage", "rendering", "domain"),
        *("config", "data", "languages"),
    },
}

# Which libraries a room may use beside Python's own. Rooms that are not named may use any.
LIBRARIES = {
    "": set[str](),
    "domain": {"pydantic"},
    "data": set(),
    "instruments": {"openpyxl", "polib", "pydantic", "pydantic_core", "ruamel"},
    "storage": {"alembic", "psycopg", "sqlalchemy"},
    "tables": {"openpyxl"},
    "rendering": {
        *("babel", "fontTools", "jinja2", "markupsafe", "PIL", "pandas", "pypdfium2"),
        *("pyreadstat", "qrcode", "weasyprint", "xlsxwriter"),
    },
}

# Libraries that live in one place of the house.
HOME = {
    "cryptography": ("survey_app/services/sealing.py",),
    "openpyxl": ("survey_app/instruments/xlsform/sheets.py", "survey_app/tables/outline.py"),
    "PIL": ("survey_app/rendering/logos.py",),
    "polib": ("survey_app/instruments/translating.py",),
    "passlib": ("survey_app/services/second_factors.py",),
    "huey": ("survey_app/services/job_queue.py",),
    "pypdfium2": ("survey_app/rendering/pdf_*.py",),
    "ruamel": ("survey_app/instruments/*",),
    "webauthn": ("survey_app/services/passkeys.py",),
    "weasyprint": ("survey_app/rendering/pdf*.py",),
    "pandas": ("survey_app/rendering/exports/sav.py",),
    "pyreadstat": ("survey_app/rendering/exports/sav.py",),
    "qrcode": ("survey_app/rendering/*",),
    "xlsxwriter": ("survey_app/rendering/exports/*",),
}

# Views of staff that need more than one network's rows, and why.
WHOLE_DATABASE = {
    "survey_app/web/staff/desk.py": "binds it to the network, and closes what is due everywhere",
    "survey_app/web/staff/accounts.py": "what proves who somebody is no desk can see",
    "survey_app/web/staff/own_account.py": "what proves who somebody is no desk can see",
}

# What passed disclosure control, and what has not.
RELEASED = {"Released", "ReleasedBlock", "ReleasedBreakdown"}
RAW_COUNTS = {
    *("domain.block", "domain.block.Block", "domain.block.block_of", "domain.tabulation"),
    *(
        f"domain.tabulation.{name}"
        for name in ("Breakdown", "FrequencyTable", "Group", "Tabulation")
    ),
    *(f"domain.tabulation.{name}" for name in ("table_of", "tables_of", "tabulate")),
}
COUNTING = {
    *(f"survey_app/domain/{name}.py" for name in ("block", "policy", "disclosure")),
    *(f"survey_app/domain/{name}.py" for name in ("ledger", "rollup", "recount")),
    *("survey_app/services/closing.py", "survey_app/services/releasing.py"),
    "survey_app/storage/blocks.py",
}
BLOCK_READERS = {
    *("survey_app/services/closing.py", "survey_app/services/releasing.py"),
    "survey_app/services/reviewing.py",  # whether a wave is large enough for its texts to be read
    "survey_app/storage/imports.py",  # whoever imported a file is told how many sheets it had
}

# Texts that people have read, and those that nobody has. A quote and a theme are made in one place.
VOICED = {"Quote", "Theme"}
UNREVIEWED = {
    *("domain.review", "domain.review.Reading", "domain.review.Decision"),
    *(f"domain.voices.{name}" for name in ("Reviewed", "ReviewedText", "ReviewedTheme")),
}
REVIEWING = {
    *("survey_app/domain/review.py", "survey_app/domain/voices.py"),
    *(f"survey_app/services/{name}.py" for name in ("reviewing", "quoting")),
    "survey_app/storage/reviews.py",
    "survey_app/web/staff/review_pages.py",  # shows them to those who review
}
TEXT_READERS = {
    *(f"survey_app/services/{name}.py" for name in ("reviewing", "quoting", "retention")),
}

# Modules of Python that reach the clock, the disk, the network or the system's randomness.
IMPURE = {
    *("asyncio", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "secrets"),
    *(
        "shutil",
        "socket",
        "sqlite3",
        "subprocess",
        "tempfile",
        "threading",
        "time",
        "urllib.request",
    ),
}
CLOCK = {"now", "utcnow", "today"}
OWN_RANDOMNESS = {"uuid1", "uuid4"}


@dataclass(frozen=True)
class Module:
    """One file of the package: its place, the room it belongs to, what it says."""

    path: PurePosixPath
    source: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """Return the first folder or module below the package; empty for its __init__."""
        return _room(self.path.with_suffix("").parts[1:])

    def at(self, node: ast.AST, fault: str) -> str:
        """Return a sentence about one line of this module."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {fault}"


Rule = Callable[[Iterable[Module]], Iterator[str]]


def _room(parts: Iterable[str]) -> str:
    first = next(iter(parts), "")
    return "" if first == "__init__" else first


def read(root: Path) -> list[Module]:
    """Parse every module of the package below `root`."""
    return [parsed(path, root) for path in sorted((root / PACKAGE).rglob("*.py"))]


def parsed(path: Path, root: Path) -> Module:
    """Parse one module; a SyntaxError names its path."""
    place, source = PurePosixPath(path.relative_to(root)), path.read_text()
    return Module(place, source, ast.parse(source, filename=str(place)))


def imported(module: Module) -> Iterator[tuple[ast.stmt, str]]:
    """Give every imported name as a dotted path from the top, with its statement."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.path.parent.parts
            parts = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*parts, *filter(None, [node.module])])
            yield from ((node, f"{base}.{alias.name}") for alias in node.names)


def imports_point_one_way(modules: Iterable[Module]) -> Iterator[str]:
    """A room imports only what MAY_IMPORT grants it."""
    modules = list(modules)
    rooms = {module.room for module in modules}
    for module in modules:
        if module.room not in MAY_IMPORT:
            yield module.at(module.tree, f"{module.room} is a new room. Name it in MAY_IMPORT.")
            continue
        allowed = MAY_IMPORT[module.room] | {module.room}
        for node, name in imported(module):
            package, *rest = name.split(".")
            room = _room(rest) if package == PACKAGE else ""
            if room in rooms | MAY_IMPORT.keys() and room not in allowed | {""}:
                yield module.at(node, f"{module.room} must not import {name}.")


def package_imports_nothing(modules: Iterable[Module]) -> Iterator[str]:
    """`import survey_app` costs nothing and brings nothing."""
    for module in modules:
        if module.room == "":
            for node, name in imported(module):
                yield module.at(node, f"imports {name}; this module imports nothing.")


def libraries_stay_in_their_rooms(modules: Iterable[Module]) -> Iterator[str]:
    """A room uses only its libraries, and some libraries have one place."""
    for module in modules:
        known = LIBRARIES.get(module.room)
        for node, name in imported(module):
            library = name.split(".")[0]
            if library == PACKAGE or library in sys.stdlib_module_names:
                continue
            if known is not None and library not in known:
                yield module.at(node, f"{module.room or PACKAGE} does not use {library}.")
            elif library in HOME and not _lives_in(module.path, HOME[library]):
                yield module.at(node, f"{library} is imported in {HOME[library][0]} only.")


def _lives_in(path: PurePosixPath, places: tuple[str, ...]) -> bool:
    """Tell whether `path` or a folder above it matches one of `places`."""
    return any(part.match(place) for part in (path, *path.parents) for place in places)


def domain_is_pure(modules: Iterable[Module]) -> Iterator[str]:
    """The domain reads no clock, no file and no randomness: they come in as arguments."""
    for module in modules:
        if module.room != "domain":
            continue
        for node, name in imported(module):
            if any(f"{name}.".startswith(f"{impure}.") for impure in IMPURE):
                yield module.at(node, f"imports {name}; the domain gets such things as arguments.")
            elif name.startswith("random.") and name != "random.Random":
                yield module.at(node, f"imports {name}; take a random.Random as an argument.")
        for part in ast.walk(module.tree):
            if fault := _impure_use(part):
                yield module.at(part, fault)


def _impure_use(node: ast.AST) -> str:
    """Say what is impure about one expression; empty if nothing is."""
    match node:
        case ast.Call(func=ast.Name(id="open" | "input" | "print" as name)):
            return f"calls {name}(); the domain gets texts and returns values."
        case ast.Attribute(value=ast.Name(id="datetime" | "date"), attr=attr) if attr in CLOCK:
            return f"reads the clock ({attr}); take the time as an argument."
        case ast.Attribute(value=ast.Attribute(attr="datetime" | "date"), attr=attr) if (
            attr in CLOCK
        ):
            return f"reads the clock ({attr}); take the time as an argument."
        case ast.Attribute(value=ast.Name(id="random"), attr=attr) if attr != "Random":
            return f"uses random.{attr}; take a random.Random as an argument."
        case (
            ast.Call(func=ast.Attribute(value=ast.Name(id="random"), attr="Random"), args=[])
            | ast.Call(func=ast.Name(id="Random"), args=[])
        ):
            return "makes a Random without a seed; take it as an argument."
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in OWN_RANDOMNESS:
            return f"uses {name}; take the identifier as an argument."
    return ""


def only_services_commit(modules: Iterable[Module]) -> Iterator[str]:
    """A service decides where a transaction ends; storage/database.py only offers one."""
    for module in modules:
        if module.room == "services":
            continue
        words = {"commit"} if module.path.match("storage/database.py") else {"commit", "begin"}
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=ast.Attribute(attr=attr)) if attr in words:
                    yield module.at(node, f"calls .{attr}(); only services end a transaction.")


def desks_see_their_network_only(modules: Iterable[Module]) -> Iterator[str]:
    """Views of staff use `desk.database`, which is bound to the network of whoever asks."""
    for module in modules:
        path = str(module.path)
        if not module.path.match(f"{PACKAGE}/web/staff/*.py") or path in WHOLE_DATABASE:
            continue
        harmless = {
            id(node.value)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Attribute) and node.attr == "url"
        }
        for node in ast.walk(module.tree):
            match node:
                case ast.Attribute(
                    attr="database",
                    value=ast.Name(id="house" | "_house") | ast.Attribute(attr="house" | "_house"),
                ) if id(node) not in harmless:
                    yield module.at(node, "uses the whole database; take desk.database.")


def only_disclosure_releases(modules: Iterable[Module]) -> Iterator[str]:
    """What may be shown is made in domain/disclosure.py, where the rule is, and its seal stays."""
    for module in modules:
        if module.path.match("domain/disclosure.py"):
            continue
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)) if (
                    name in RELEASED
                ):
                    yield module.at(node, f"makes a {name}; ask disclosure.release for it.")
                case ast.ClassDef(bases=bases) if any(_name(base) in RELEASED for base in bases):
                    yield module.at(node, f"{node.name} passes for what disclosure released.")
                case ast.Attribute(value=ast.Name(id="disclosure"), attr="_SEAL" | "_Seal"):
                    yield module.at(node, "uses the seal of disclosure.py.")
        for node, name in imported(module):
            if name.startswith(f"{PACKAGE}.domain.disclosure._"):
                yield module.at(node, f"takes {name.split('.')[-1]}; it belongs to disclosure.py.")


def _name(node: ast.expr) -> str:
    return getattr(node, "attr", "") or getattr(node, "id", "")


def only_reviewed_is_quoted(modules: Iterable[Module]) -> Iterator[str]:
    """Whoever shows free texts takes `Quote` and `Theme`, which only domain/voices.py makes."""
    for module in modules:
        path = str(module.path)
        if module.path.match("domain/voices.py"):
            continue
        for part in ast.walk(module.tree):
            if fault := _forged(part):
                yield module.at(part, fault)
        for node, name in imported(module):
            short = name.removeprefix(f"{PACKAGE}.")
            if short.startswith("domain.voices._"):
                yield module.at(node, f"takes {name.split('.')[-1]}; it belongs to voices.py.")
            if short in UNREVIEWED and path not in REVIEWING:
                yield module.at(node, f"takes {short}; take the Quote that voices made of it.")
            if short == "storage.reviews" and path not in TEXT_READERS:
                yield module.at(node, "reads texts; ask services/reviewing.py.")


def _forged(node: ast.AST) -> str:
    """Say how a quote is made elsewhere; empty if none is."""
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)) if (
            name in VOICED
        ):
            return f"makes a {name}; ask voices.voices for it."
        case ast.ClassDef(bases=bases) if any(_name(base) in VOICED for base in bases):
            return f"{node.name} passes for what was reviewed."
        case ast.Attribute(value=ast.Name(id="voices"), attr="_SEAL" | "_Seal"):
            return "uses the seal of voices.py."
    return ""


def only_released_is_shown(modules: Iterable[Module]) -> Iterator[str]:
    """Raw counts stay where they are counted, kept and released; nobody else can show them."""
    for module in modules:
        path = str(module.path)
        for node, name in imported(module):
            short = name.removeprefix(f"{PACKAGE}.")
            if short in RAW_COUNTS and path not in COUNTING:
                yield module.at(node, f"takes {short}; take what disclosure released.")
            if short == "storage.blocks" and path not in BLOCK_READERS:
                yield module.at(node, "reads blocks; ask services/releasing.py.")


def nothing_grows_too_long(modules: Iterable[Module]) -> Iterator[str]:
    """A function is a paragraph, a module is a page or four."""
    for module in modules:
        lines = len(module.source.splitlines())
        if lines > LONGEST_MODULE:
            yield module.at(module.tree, f"{lines} lines; divide what is over {LONGEST_MODULE}.")
        for node in ast.walk(module.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    yield module.at(
                        node,
                        f"{node.name} has {length} lines; divide what is over {LONGEST_FUNCTION}.",
                    )
