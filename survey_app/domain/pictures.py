"""The pictures a questionnaire can name: five faces and a few pictograms.

They are drawn by us as SVG (`rendering.pictures`), because an emoji looks
different on every phone and is missing on paper. A picture never stands without words.
"""

from collections.abc import Iterator
from enum import StrEnum

from pydantic import BaseModel


class Face(StrEnum):
    """From very sad to very happy."""

    VERY_SAD = "very_sad"
    SAD = "sad"
    NEUTRAL = "neutral"
    HAPPY = "happy"
    VERY_HAPPY = "very_happy"


class Picture(StrEnum):
    """Pictograms beside a text."""

    TALK = "talk"
    PHONE = "phone"
    HEART = "heart"
    GROUP = "group"
    HELP = "help"
    CALENDAR = "calendar"


def pictures_in(part: object) -> Iterator[Face | Picture]:
    """Yield every face and pictogram named anywhere in a part of a questionnaire."""
    if isinstance(part, (Face, Picture)):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from pictures_in(getattr(part, name))
    elif isinstance(part, tuple):
        for element in part:
            yield from pictures_in(element)
    elif isinstance(part, dict):
        for element in part.values():
            yield from pictures_in(element)
