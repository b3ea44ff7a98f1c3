"""Templates of paper say sentences in the language they are given, and nothing else gets in.

1. Sentences, plurals, dates, numbers, shares and messages are said in the language of `words`.
2. What a translator or an author wrote is text: it is never read as HTML or as a template.
3. A name that the template was not given is an error.
4. One compiled template speaks all languages.
"""

from datetime import date

import pytest
from jinja2 import UndefinedError

from survey_app.domain.messages import Message, Words
from survey_app.rendering.environment import environment
from tests.rendering.paper import GERMAN, language

ENGLISH = language("en", Minute="minute", Minuten="minutes", **{"höchstens %(n)s": "at most %(n)s"})


def said(template: str, words: Words, **values: object) -> str:
    """Return what a template says."""
    return environment().from_string(template).render(words=words, **values)


@pytest.mark.parametrize(
    ("template", "german", "english"),
    [
        ("{% trans %}Minute{% endtrans %}", "Minute", "minute"),
        ("{% trans n=1 %}Minute{% pluralize %}Minuten{% endtrans %}", "Minute", "minute"),
        ("{% trans n=3 %}Minute{% pluralize %}Minuten{% endtrans %}", "Minuten", "minutes"),
        ("{{ day | date }}", "12. Dezember 2026", "December 12, 2026"),
        ("{{ 1234.5 | number(1) }}", "1.234,5", "1,234.5"),
        ("{{ 0.75 | percent }}", "75\N{NO-BREAK SPACE}%", "75%"),
        ("{{ message | said }}", "höchstens 5", "at most 5"),
    ],
)
def test_everything_is_said_in_the_language(template: str, german: str, english: str) -> None:
    """Rules 1 and 4."""
    values = {"day": date(2026, 12, 12), "message": Message("höchstens %(n)s", {"n": 5})}
    spoken = [said(template, words, **values) for words in (GERMAN, ENGLISH)]
    assert spoken == [german, english]


def test_translation_is_text() -> None:
    """Rule 2."""
    hostile = language("en", Minute="<script>x</script> {{ words }}", Minuten="<b>%(n)s</b>")
    template = (
        "{% trans %}Minute{% endtrans %} {% trans n=3 %}Minute{% pluralize %}Minuten{% endtrans %}"
    )
    assert said(template, hostile) == (
        "&lt;script&gt;x&lt;/script&gt; {{ words }} &lt;b&gt;3&lt;/b&gt;"
    )


def test_value_is_text() -> None:
    """Rule 2."""
    message = Message("höchstens %(n)s", {"n": "<b>"})
    assert said("{{ name }} {{ message | said }}", GERMAN, name="<i>", message=message) == (
        "&lt;i&gt; höchstens &lt;b&gt;"
    )


def test_missing_name_is_an_error() -> None:
    """Rule 3."""
    with pytest.raises(UndefinedError):
        said("{{ nobody }}", GERMAN)
