"""Numbers and ranges: `integer`, `decimal`, and `range` with its parameters.

    start=0 end=10 step=1   → a ladder         start=1 end=5 → a rating on five steps
    start=0 end=100 step=5  → a number from 0 to 100

Only whole numbers from 0 are counted here. Steps below 0 can still be a rating, whose codes are
then counted from 1.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LARGEST = 1_000_000
ASSUMED_MAXIMUM = 100
PARAMETER = re.compile(r"([a-z]+)\s*=\s*(-?\d{1,9}(?:\.\d{1,9})?)")
MOST_STEPS = 1_000


@dataclass(frozen=True)
class Range:
    """Lowest and highest whole number, as far as they are said; the distance of two steps."""

    minimum: int | None
    maximum: int | None
    step: float = 1
    is_lossy: bool = False

    @property
    def steps(self) -> tuple[int, ...] | None:
        """Return all steps if they are few whole numbers."""
        if self.minimum is None or self.maximum is None or self.is_lossy or self.step < 1:
            return None
        found = range(self.minimum, self.maximum + 1, int(self.step))
        return tuple(found) if len(found) <= MOST_STEPS else None


def range_of(parameters: str) -> Range | None:
    """Return what the parameters of a range say, None if they make no sense."""
    text = re.sub(r"[;,]", " ", parameters.lower())
    given = {name: float(value) for name, value in PARAMETER.findall(text)}
    start, end, step = given.get("start", 1.0), given.get("end", 10.0), given.get("step", 1.0)
    if PARAMETER.sub("", text).strip() or start >= end or step <= 0:
        return None
    lossy = any(value != int(value) for value in (start, end, step))
    return Range(math.ceil(start), math.floor(end), step, is_lossy=lossy)


def number(range_: Range) -> tuple[dict[str, int] | None, str]:
    """Return the bounds of a number question and what was assumed about them.

    None if no number from 0 lies between them.
    """
    assumed = []
    minimum, maximum = range_.minimum or 0, range_.maximum
    if minimum < 0:
        minimum = 0
        assumed.append(NO_NEGATIVE)
    if maximum is None:
        maximum = ASSUMED_MAXIMUM if minimum < ASSUMED_MAXIMUM else LARGEST
        assumed.append(NO_MAXIMUM % maximum)
    if maximum > LARGEST:
        maximum = LARGEST
        assumed.append(NO_MAXIMUM % LARGEST)
    if range_.step > 1 and range_.maximum is not None:
        assumed.append(NO_STEPS)
    if minimum >= maximum:
        return None, ""
    bounds = {"minimum": minimum, "maximum": maximum} if minimum else {"maximum": maximum}
    return bounds, " ".join(assumed)


def scale_of(
    steps: tuple[int, ...], languages: Iterable[str]
) -> tuple[str, dict[str, Any], dict[str, int | str]]:
    """Return name, scale and codes (by the numbers shown) of a rating on these steps."""
    shown = [str(step).replace("-", "−") for step in steps]
    codes = steps if steps[0] >= 0 else tuple(range(1, len(steps) + 1))
    texts = [dict.fromkeys(("de", *languages), text) for text in shown]
    options = [{"code": code, "text": text} for code, text in zip(codes, texts, strict=True)]
    distance = steps[1] - steps[0]
    ends = "_".join(str(step).replace("-", "minus_") for step in (steps[0], steps[-1]))
    name = f"zahlen_{ends}" if distance == 1 else f"zahlen_{ends}_je_{distance}"
    names: dict[str, int | str] = {str(step): code for step, code in zip(steps, codes, strict=True)}
    return name, {"options": options}, names


NO_NEGATIVE = "Zahlen unter 0 gibt es nicht, angefangen wird bei 0."
NO_MAXIMUM = "Wie groß darf die Zahl höchstens sein? Angenommen ist %s."
NO_STEPS = "Schritte gibt es nicht, jede ganze Zahl ist möglich."
