"""What `make wheel` builds, and what it is like to have only that.

1. The wheel carries the questionnaires, the migrations and one compiled catalogue per language, and
   nothing that belongs to a checkout alone.
2. A broken catalogue stops the build and is named.
3. Installed in an empty venv, used in an empty folder, it finds its data inside itself.
4. There it fills the sample district.

The venv borrows the libraries of the one that runs the tests: nothing is downloaded.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
LEFT_OUT = (".*", "build", "dist", "node_modules", "tests", "var", "__pycache__")


def checkout(folder: Path) -> Path:
    """Copy what git would hand out, so that a build leaves the real checkout alone."""
    return Path(shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT, "*.mo")))


def build(source: Path) -> subprocess.CompletedProcess[str]:
    """Build a wheel of `source` into its dist/."""
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel"],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the wheel of this checkout."""
    source = checkout(tmp_path_factory.mktemp("source") / "mitreden")
    built = build(source)
    assert built.returncode == 0, built.stderr
    (wheel,) = (source / "dist").glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty venv and give the folder of its programs."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=True)
    install = [sys.executable, "-m", "pip", "--python", f"{home}/bin/python", "install"]
    subprocess.run([*install, "--quiet", "--no-deps", "--no-index", f"{wheel}"], check=True)
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def run(programs: Path, name: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run an installed program in `cwd` without the settings of the tests, or a path to ours."""
    ours = ("SURVEY_", "PYTHONPATH")
    settings = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return subprocess.run(
        [programs / name, *arguments],
        cwd=cwd,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )


def files_of(folder: str, pattern: str) -> set[str]:
    """Return the files of a data folder as the wheel names them."""
    return {
        f"survey_app/_data/{path.relative_to(ROOT)}"
        for path in (ROOT / folder).rglob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_wheel_carries_the_data_folders(wheel: Path) -> None:
    """Rule 1."""
    packed = {name for name in ZipFile(wheel).namelist() if name.startswith("survey_app/_data/")}
    compiled = {name.removesuffix(".po") + ".mo" for name in files_of("translations", "*.po")}
    folders = ("questionnaires", "networks", "lands", "migrations")
    whole = (files_of(folder, "*") for folder in folders)
    assert packed == compiled.union(*whole)


def test_wheel_carries_nothing_else_of_the_checkout(wheel: Path) -> None:
    """Rule 1."""
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    (metadata,) = tops - {"survey_app"}
    assert metadata.endswith(".dist-info")


def test_broken_catalogue_stops_the_build(tmp_path: Path) -> None:
    """Rule 2."""
    source = checkout(tmp_path / "mitreden")
    (source / "translations/en/LC_MESSAGES/messages.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n'
        '#, python-format\nmsgid "Noch %(days)s Tage"\nmsgstr "%(tage)s days left"\n'
    )
    built = build(source)
    assert built.returncode != 0
    assert "“Noch %(days)s Tage”: unknown named placeholder 'tage'." in built.stderr


@pytest.mark.parametrize(
    "name", ["questionnaires", "networks", "lands", "translations", "migrations"]
)
def test_installed_package_finds_its_data_inside_itself(
    programs: Path, tmp_path: Path, name: str
) -> None:
    """Rule 3."""
    question = f"from survey_app.data import data_dir; print(data_dir({name!r}))"
    told = run(programs, "python", "-c", question, cwd=tmp_path)
    (package,) = programs.parent.glob("lib/python*/site-packages/survey_app")
    assert told.stdout.strip() == f"{package}/_data/{name}", told.stderr


def test_installed_package_fills_the_sample_district(programs: Path, tmp_path: Path) -> None:
    """Rule 4."""
    filled = run(programs, "survey-app", "demo", "--directory", "demo", "--no-serve", cwd=tmp_path)
    assert filled.returncode == 0, filled.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]
    assert list((tmp_path / "demo" / "posters").glob("*.pdf"))
    assert list((tmp_path / "demo" / "sheets").glob("*.pdf"))
