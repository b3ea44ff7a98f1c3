"""A warm pool for all tests of this room; every remark of WeasyPrint is an error in it."""

from collections.abc import Iterator

import pytest

from survey_app.rendering.pdf import PdfPool


@pytest.fixture(scope="session")
def pool() -> Iterator[PdfPool]:
    """Return a strict pool of two processes."""
    with PdfPool(2, strict=True) as strict_pool:
        yield strict_pool
