"""Hypothesis is not hurried here: nothing in this room is a timed test, and machines are shared."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "unhurried",
    parent=settings(),  # in CI Hypothesis has already chosen the same examples for every run
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unhurried")
