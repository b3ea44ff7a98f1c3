"""A folder of questionnaires."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an empty folder within an empty folder."""
    inner = tmp_path / "hier"
    inner.mkdir()
    return inner
