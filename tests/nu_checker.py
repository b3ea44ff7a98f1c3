"""The Nu HTML Checker of the W3C: is this valid HTML, CSS, SVG?

The program that validator.w3.org runs, as its makers publish it (tests/npm). Starting Java costs
more than reading a hundred pages, so whoever asks hands over all of them at once.
"""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.fixtures.availability import unavailable

JAR = Path(__file__).parents[1] / ".venv/npm/tests/node_modules/vnu-jar/build/dist/vnu.jar"
OPTIONS = (
    *("--also-check-css", "--also-check-svg", "--no-langdetect"),
    *("--format", "json", "--stdout"),
)


def complaints(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Return what is not valid or doubtful in files, by their names (``start-de.html``).

    `folder` is an empty one to lay them out in. An error that many files share is said once.
    """
    java = shutil.which("java")
    if java is None:
        unavailable("No Java found: apt-get install default-jre-headless.")
    if not JAR.exists():
        unavailable("No Nu checker found: make .venv/npm/tests/stamp, which asks npm.")
    for name, content in files.items():
        folder.joinpath(name).write_bytes(content)
    # An interpreter that starts fast: the pages are read before the compiler would pay off.
    command = [java, "-XX:TieredStopAtLevel=1", "-Xss2m", "-jar", JAR, *OPTIONS, folder]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False, timeout=300)
    return list(dict.fromkeys(_said(message) for message in json.loads(done.stdout)["messages"]))


def _said(message: dict[str, Any]) -> str:
    """Return one message in a line, with the place but without the file it was first seen in."""
    place = " ".join(message.get("extract", "").split())
    return f"{message['message']} – {place}"
