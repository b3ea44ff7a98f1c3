"""The pool that draws PDFs, as in tests/rendering."""

from tests.rendering.conftest import pool

__all__ = ["pool"]
