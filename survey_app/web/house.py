"""What all parts of the web application share, made once by `create_app`."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import current_app

from survey_app.config import Settings
from survey_app.domain.directory import Directory
from survey_app.languages import Languages
from survey_app.services import Database
from survey_app.web.assets import Assets

NAME = "mitreden"


@dataclass(frozen=True)
class Clock:
    """Where time comes in: the day, seconds that only ever grow, waiting, and seconds since 1970.

    `moment` is for logins, which last over restarts and several processes.
    """

    today: Callable[[], date]
    seconds: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    moment: Callable[[], float] = time.time


@dataclass(frozen=True)
class House:
    """The settings and the things made from them."""

    settings: Settings
    database: Database
    languages: Languages
    assets: Assets
    clock: Clock

    @cached_property
    def directory(self) -> Directory:
        """Return help cards and legal facts, read when the first page needs them.

        Reading takes up to a tenth of a second, half of it for the library that reads YAML: too
        much for the start of the part for phones. `survey-app serve` refuses to start with files
        that cannot be read.
        """
        from survey_app.services.networks import known_networks

        return known_networks(self.settings.networks)


def current_house() -> House:
    """Return the house of the request that is being answered."""
    house: House = current_app.extensions[NAME]
    return house
