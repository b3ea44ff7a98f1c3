"""The pictures a questionnaire can name: five faces and a few pictograms.

They are drawn by us as SVG (``web/templates/components/pictures.html``), because an emoji looks
different on every phone and is missing on paper. A picture never stands without words.
"""

from enum import StrEnum


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
