"""Our rules, as they are or with a fault built in.

`load` reads the source of the domain modules that decide what is shown, puts one text in the place
of another, and runs them as modules of their own: nothing is patched, and nobody else sees them.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

PACKAGE = "survey_app.domain"
NAMES = (
    "policy",
    "block",
    "disclosure",
    "ledger",
    "rollup",
    "recount",
)  # each uses those before it


@dataclass(frozen=True)
class Rules:
    """The modules that decide what is shown. Mutants have classes of their own, hence Any."""

    policy: Any
    block: Any
    disclosure: Any
    ledger: Any
    rollup: Any
    recount: Any


@dataclass(frozen=True)
class Fault:
    """One text in one module, and what stands there instead."""

    module: str
    right: str
    wrong: str


def load(*faults: Fault) -> Rules:
    """Return the rules with some faults in them."""
    unknown = {fault.module for fault in faults} - set(NAMES)
    if unknown:
        raise LookupError(f"no rules in {', '.join(unknown)}")
    loaded: dict[str, ModuleType] = {}
    with _own_modules() as modules:
        for name in NAMES:
            source = with_faults(source_of(name), [f for f in faults if f.module == name])
            full = f"{PACKAGE}.{name}"
            modules[full] = loaded[name] = ModuleType(full)
            exec(compile(source, f"<{name} with a fault>", "exec"), loaded[name].__dict__)
    return Rules(**loaded)


def source_of(name: str) -> str:
    """Return the source of one of the modules."""
    found = find_spec(f"{PACKAGE}.{name}")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).read_text()


def with_faults(source: str, faults: list[Fault]) -> str:
    """Put the faults into a source; each must fit in one place only."""
    for fault in faults:
        if source.count(fault.right) != 1:
            raise LookupError(f"{fault.module}: {source.count(fault.right)} × {fault.right!r}")
        source = source.replace(fault.right, fault.wrong)
    return source


@contextmanager
def _own_modules() -> Iterator[dict[str, ModuleType]]:
    """Let imports find other modules for a while."""
    names = [f"{PACKAGE}.{name}" for name in NAMES]
    before: Mapping[str, ModuleType] = {n: sys.modules[n] for n in names if n in sys.modules}
    for name in names:
        sys.modules.pop(name, None)
    try:
        yield sys.modules
    finally:
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(before)


def as_they_are() -> Rules:
    """Return the rules the product runs with, the very modules."""
    from survey_app.domain import block, disclosure, ledger, policy, recount, rollup

    return Rules(policy, block, disclosure, ledger, rollup, recount)
