"""The faces and pictograms that a questionnaire can name (`domain.pictures`), drawn once.

They are strokes in a field of 24 × 24, in the line of our speech bubble: round ends, no filling, a
dot is a stroke without length. Colour, width and ground come from whoever shows them, so that the
same strokes serve the phone (``web/templates/components/pictures.html``) and paper. They say
nothing that the words beside them do not say, and are hidden from screen readers.
"""

from typing import Final

from markupsafe import Markup

from survey_app.domain.pictures import Face, Picture

_EYES: Final = "M8.6 9.6v.5M15.4 9.6v.5"

_PATHS: Final[dict[str, tuple[str, ...]]] = {
    Face.VERY_SAD: (
        _EYES,
        "M7.4 17.4c1.2-2.6 2.8-3.8 4.6-3.8s3.4 1.2 4.6 3.8",
        "M6.6 7.4l2.8-1.2M17.4 7.4l-2.8-1.2",
    ),
    Face.SAD: (
        _EYES,
        "M8 16.4c1-1.3 2.4-2 4-2s3 .7 4 2",
    ),
    Face.NEUTRAL: (
        _EYES,
        "M8.2 15.4h7.6",
    ),
    Face.HAPPY: (
        _EYES,
        "M8 14.4c1 1.3 2.4 2 4 2s3-.7 4-2",
    ),
    Face.VERY_HAPPY: (
        _EYES,
        "M7 13.4h10c-.5 3-2.4 4.6-5 4.6s-4.5-1.6-5-4.6z",
    ),
    Picture.TALK: (
        "M5.5 5h9a2 2 0 0 1 2 2v4.5a2 2 0 0 1-2 2h-4l-3 2.7v-2.7h-2a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z",
        "M19.2 9.5a2 2 0 0 1 1.3 1.9v4.1a2 2 0 0 1-2 2h-.8V20l-2.7-2.5h-2.3",
    ),
    Picture.PHONE: (
        (
            "M8.5 3.5h7A1.5 1.5 0 0 1 17 5v14a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 7"
            " 19V5a1.5 1.5 0 0 1 1.5-1.5z"
        ),
        "M12 17.6v.1M10.5 6.2h3",
    ),
    Picture.HEART: (
        "M12 19.2C7.5 16 4.5 13.2 4.5 9.7c0-2.3 1.7-4 3.8-4 1.6 0 2.9.9 3.7 2.3",
        "M12 8c.8-1.4 2.1-2.3 3.7-2.3 2.1 0 3.8 1.7 3.8 4 0 3.5-3 6.3-7.5 9.5",
    ),
    Picture.GROUP: (
        "M12 11.6a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4z",
        "M7.3 18.6v-.9a3.3 3.3 0 0 1 3.3-3.3h2.8a3.3 3.3 0 0 1 3.3 3.3v.9",
        "M5.6 11.2a2 2 0 0 1 .8-3.8M3.4 16.8c0-1.5.7-2.5 2-2.9",
        "M18.4 11.2a2 2 0 0 0-.8-3.8M20.6 16.8c0-1.5-.7-2.5-2-2.9",
    ),
    Picture.HELP: (
        "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z",
        "M12 15.3a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z",
        "M6.4 6.4l3.2 3.2M17.6 6.4l-3.2 3.2M6.4 17.6l3.2-3.2M17.6 17.6l-3.2-3.2",
    ),
    Picture.CALENDAR: (
        (
            "M6 5.5h12A1.5 1.5 0 0 1 19.5 7v11a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5"
            " 18V7A1.5 1.5 0 0 1 6 5.5z"
        ),
        "M4.5 10h15M8.5 3.5v3.5M15.5 3.5v3.5",
        "M9.2 14.8l1.9 1.9 3.7-3.7",
    ),
}


def strokes(name: str) -> Markup:
    """Return what is drawn of a face or a pictogram, to be put into an <svg> or a <symbol>."""
    return Markup('<path d="{}"/>').format("".join(_PATHS[name]))
