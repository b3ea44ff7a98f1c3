"""Money and hours, as people here write them: 1.234,50 € and 1,5 hours.

Money is whole cents and time is whole minutes, so that sums are exact. What is written with a point
where a comma belongs is refused and not guessed at: 1.500 and 1.50 are a thousandfold apart.

    cents_of("1.234,50 €")  →  123450        euros(123450)  →  "1.234,50"
    minutes_of("1,5")       →  90            hours(90)      →  "1,5"
"""

import re
from typing import Final

from survey_app.domain.messages import N_

MOST_CENTS: Final = 10_000_000_00  # ten million euros: nothing here costs more
MOST_HOURS: Final = 100_000

_MONEY = re.compile(r"(?P<euros>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<cents>\d{1,2}))?")
_HOURS = re.compile(r"(?P<whole>\d+)(?:[.,](?P<part>\d{1,2}))?")
_SPACES = str.maketrans("", "", " \u00a0\u202f'’")


class NotAnAmount(ValueError):
    """Raised for what cannot be read; its text is the German sentence for the person."""


def cents_of(written: str) -> int:
    """Return an amount of money in cents; raises NotAnAmount with what to write instead."""
    text = written.translate(_SPACES).removeprefix("€").removesuffix("EUR").removesuffix("€")
    found = _MONEY.fullmatch(text.removesuffix(",-"))
    if found is None:
        raise NotAnAmount(NO_MONEY)
    cents = (found["cents"] or "0").ljust(2, "0")
    amount = int(found["euros"].replace(".", "")) * 100 + int(cents)
    if amount > MOST_CENTS:
        raise NotAnAmount(TOO_MUCH_MONEY)
    return amount


def euros(cents: int) -> str:
    """Return cents as euros without the sign: 1.234,50."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}".replace(",", ".") + f",{rest:02}"


def minutes_of(written: str) -> int:
    """Return hours in minutes; raises NotAnAmount with what to write instead."""
    found = _HOURS.fullmatch(written.translate(_SPACES).removesuffix("h"))
    if found is None:
        raise NotAnAmount(NO_HOURS)
    hundredths = int(found["whole"]) * 100 + int((found["part"] or "0").ljust(2, "0"))
    if hundredths > MOST_HOURS * 100:
        raise NotAnAmount(TOO_MANY_HOURS)
    return round(hundredths * 60 / 100)


def hours(minutes: int) -> str:
    """Return minutes as hours with at most two decimals: 90 is 1,5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")


NO_MONEY = N_("Bitte schreiben Sie den Betrag mit Komma vor den Cent, zum Beispiel 1.234,50.")
TOO_MUCH_MONEY = N_("Das sind mehr als 10 Millionen Euro. Bitte prüfen Sie Punkt und Komma.")
NO_HOURS = N_("Bitte geben Sie Stunden als Zahl ein, zum Beispiel 2 oder 1,5.")
TOO_MANY_HOURS = N_("Das sind mehr als 100.000 Stunden. Bitte prüfen Sie Punkt und Komma.")
