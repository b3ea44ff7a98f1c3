"""Pins what tests/npm and benchmarks/npm ask for: `make lock` calls this.

npm writes into its lock file where each package came from, and where its authors take donations.
Both are left out: the registry is a setting of the machine (ADR 012), the checksums stay.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("tests/npm", "benchmarks/npm")
OPTIONS = ("--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved")


def main() -> None:
    """Write the lock file of every folder anew."""
    npm = Path(sys.executable).with_name("npm")
    for folder in FOLDERS:
        subprocess.run(  # noqa: S603 - our own virtual environment's npm
            [npm, "install", *OPTIONS, "--no-audit", "--no-fund", "--prefix", ROOT / folder],
            check=True,
        )
        drop_donations(ROOT / folder / "package-lock.json")


def drop_donations(path: Path) -> None:
    """Take the addresses of authors out of a lock file."""
    lock = json.loads(path.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(lock, indent=2) + "\n")


if __name__ == "__main__":
    main()
