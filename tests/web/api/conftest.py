"""Fixtures of the interface for programs: the office, with a program that has a token."""

from tests.web.staff.conftest import office, office_on_both

__all__ = ["office", "office_on_both"]
