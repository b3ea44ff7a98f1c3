"""Where the data folders are found.

1. In a checkout the folder beside the package is used.
2. In a wheel the folder inside the package is used, whatever lies beside it.
3. A folder that is nowhere is named, with both places and what to do.
"""

from pathlib import Path

import pytest

from survey_app.data import data_dir


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Give a checkout: a package with questionnaires beside it."""
    (tmp_path / "questionnaires").mkdir()
    (tmp_path / "survey_app").mkdir()
    return tmp_path / "survey_app"


def test_checkout_uses_the_folder_beside_the_package(package: Path) -> None:
    """Rule 1."""
    assert data_dir("questionnaires", package=package) == package.parent / "questionnaires"


def test_wheel_uses_the_folder_inside_the_package(package: Path) -> None:
    """Rule 2."""
    inside = package / "_data" / "questionnaires"
    inside.mkdir(parents=True)
    assert data_dir("questionnaires", package=package) == inside


def test_folder_that_is_nowhere_is_named(package: Path) -> None:
    """Rule 3."""
    with pytest.raises(FileNotFoundError) as refused:
        data_dir("migrations", package=package)
    assert str(refused.value) == (
        f"Der Ordner „migrations“ fehlt: weder {package}/_data/migrations"
        f" noch {package.parent}/migrations ist da. Mitreden bitte neu installieren."
    )
