"""Jinja for the web: the same words as on paper, and addresses of assets.

A page template gets `words`, the language it is drawn in, and `page`, one frozen dataclass. Flask's
own additions (request, session) are not used: what a page shows stands in its dataclass. Macros
that say something are imported `with context`, so that they have the words too.
"""

from flask import Flask, current_app
from jinja2 import StrictUndefined

from survey_app.domain.messages import Words
from survey_app.domain.towns import towns_named
from survey_app.rendering.environment import teach_words
from survey_app.web.assets import Assets


def prepare_templates(app: Flask, assets: Assets) -> None:
    """Make the environment of `app` ready; no template may have been loaded yet."""
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals["asset"] = assets.address
    teach_words(app.jinja_env)
    app.jinja_env.filters["towns"] = towns_named


def draw(template: str, words: Words, page: object) -> str:
    """Return the page as HTML in the language of `words`."""
    return current_app.jinja_env.get_template(template).render(words=words, page=page)
