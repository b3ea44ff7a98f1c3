"""Many files become one: a bound PDF, or a ZIP. Memory stays bounded, whatever their number."""

import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from survey_app.rendering.pdf import PACKAGE_ROOT

SECONDS: Final = 120.0
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # a ZIP has a time for each file; ours say nothing
READABLE: Final = 0o644 << 16


class BindingFailed(RuntimeError):
    """Raised if the parts could not be put together."""


def bind(parts: Sequence[Path], target: Path) -> None:
    """Write PDFs as one PDF, in a process of its own, or raise BindingFailed."""
    program = [sys.executable, "-P", "-m", "survey_app.rendering.pdf_binder", str(target)]
    try:
        ended = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            program,
            input="\n".join(map(str, parts)).encode(),
            env={"PYTHONPATH": str(PACKAGE_ROOT), "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BindingFailed(type(error).__name__) from error
    if ended.returncode != 0:
        raise BindingFailed(f"the process ended with status {ended.returncode}")


def pack(parts: Mapping[str, Path], target: Path) -> None:
    """Write files as a ZIP under the names given. A PDF is packed already: it is only stored."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for name, path in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = READABLE
            with packed.open(entry, "w", force_zip64=True) as file, path.open("rb") as part:
                while piece := part.read(2**20):
                    file.write(piece)
