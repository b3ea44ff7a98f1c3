"""The examples in the docstrings of the domain are true."""

import doctest
import importlib
import pkgutil

import pytest

from survey_app import domain

MODULES = [module.name for module in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_the_module_are_true(name: str) -> None:
    """Also where a module has none yet: the next one is checked."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_examples_are_found() -> None:
    """A check that finds nothing would hold forever."""
    tried = [doctest.testmod(importlib.import_module(name)).attempted for name in MODULES]
    assert sum(tried) >= 3
