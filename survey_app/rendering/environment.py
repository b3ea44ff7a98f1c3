"""The one Jinja environment of everything that is drawn.

A template gets `words`, the language it is drawn in, and says German sentences through it:

    <html lang="{{ words.code }}" dir="{{ words.direction }}">
    <p>{% trans %}Mitmachen bis{% endtrans %} {{ poster.closes_on | date }}</p>
    <p>{% trans n=poster.minutes %}{{ n }} Minute{% pluralize %}{{ n }} Minuten{% endtrans %}</p>

Templates are compiled once for all languages. Whatever comes out of a catalogue is escaped like
any other text: a translator writes sentences, never HTML. An undefined name is an error.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from survey_app.domain.messages import Message, Words
from survey_app.rendering.palette import PALETTE

TEMPLATES: Final = Path(__file__).parent / "templates"


def render_template(name: str, words: Words, **values: object) -> str:
    """Return the template in the language of `words`."""
    return environment().get_template(name).render(words=words, **values)


@cache
def environment() -> Environment:
    """Return the environment; compiled templates stay in it."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    teach_words(made)
    made.filters["plain"] = "{:.2f}".format
    made.globals["palette"] = PALETTE
    return made


def teach_words(environment: Environment) -> None:
    """Let templates say sentences, dates and numbers through the `words` they are given.

    The environment must have the extension jinja2.ext.i18n; the web's environment learns it here
    too.
    """
    environment.policies["ext.i18n.trimmed"] = True
    install: Callable[..., None] = vars(environment)["install_gettext_callables"]
    install(_gettext, _ngettext, newstyle=True)
    environment.filters |= {"date": _date, "number": _number, "percent": _percent, "said": _said}


def _words(context: Context) -> Words:
    words: Words = context["words"]
    return words


@pass_context
def _gettext(context: Context, text: str) -> Markup:
    return escape(_words(context).gettext(text))


@pass_context
def _ngettext(context: Context, singular: str, plural: str, n: int) -> Markup:
    return escape(_words(context).ngettext(singular, plural, n))


@pass_context
def _date(context: Context, day: date) -> str:
    return _words(context).date(day)


@pass_context
def _number(context: Context, value: float, digits: int = 0) -> str:
    return _words(context).number(value, digits)


@pass_context
def _percent(context: Context, share: float) -> str:
    return _words(context).percent(share)


@pass_context
def _said(context: Context, message: Message) -> str:
    return message.said(_words(context))
