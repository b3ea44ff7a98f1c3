"""What all parts of the web application share, made once by `create_app`."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import current_app

from survey_app.config import Settings
from survey_app.languages import Languages
from survey_app.services import Database
from survey_app.web.assets import Assets

NAME = "mitreden"


@dataclass(frozen=True)
class Clock:
    """Where time comes in: the day, seconds that only ever grow, and waiting."""

    today: Callable[[], date]
    seconds: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class House:
    """The settings and the things made from them."""

    settings: Settings
    database: Database
    languages: Languages
    assets: Assets
    clock: Clock


def current_house() -> House:
    """Return the house of the request that is being answered."""
    house: House = current_app.extensions[NAME]
    return house
