"""A questionnaire is data: whatever stands in its texts is shown as it stands there.

1. A template is not filled in, HTML is not HTML, a quote ends no attribute: everywhere on the page,
   in every kind of question, and when the form comes back.
"""

import json
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from ruamel.yaml import YAML

from survey_app.domain.questions import KINDS
from tests.kinds.test_kinds import EXAMPLES
from tests.support import AGREEMENT, HEAD
from tests.web.site import Site, site_asking

HOSTILE = "{{7*7}}{% raw %}<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;${7*7}%(n)s"


def hostile(part: object, key: str = "") -> object:
    """Return `part` with a hostile text behind every wording in it."""
    if isinstance(part, dict) and "de" in part:
        return {language: f"{text} {HOSTILE}" for language, text in part.items()}
    if isinstance(part, dict):
        return {name: hostile(value, str(name)) for name, value in part.items()}
    if isinstance(part, list):
        return [hostile(value, key) for value in part]
    if isinstance(part, str) and key in (
        "text",
        "hint",
        "unit",
        "lowest",
        "highest",
        "then",
        "now",
    ):
        return f"{part} {HOSTILE}"
    return part


def questionnaire(kind: str) -> str:
    """Return the example of a kind, with hostile texts, as JSON, which is YAML."""
    questions = YAML(typ="safe").load((EXAMPLES / f"{kind}.yaml").read_text(encoding="utf-8"))
    questions.append({"id": "und", "kind": "open_text", "text": "Und?"})
    head = YAML(typ="safe").load(HEAD + AGREEMENT)
    sections = [{"id": "a", "title": {"de": "Teil"}, "questions": questions}]
    return json.dumps(hostile({**head, "sections": sections}))


@pytest.fixture(params=KINDS)
def hostile_site(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Site]:
    """Give a wave that asks hostile questions of one kind."""
    with site_asking(questionnaire(request.param), sqlite_url) as opened:
        yield opened


def elements(html: str) -> list[Element]:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return list(parser.parse(html).iter())


def test_hostile_text_is_shown_as_it_stands(hostile_site: Site) -> None:
    """Rule 1."""
    html = hostile_site.get().text
    found = elements(html)
    shown = "".join(found[0].itertext())
    assert shown.count(HOSTILE) >= 3
    assert shown.count("{{7*7}}") == shown.count(HOSTILE)
    assert not [each for each in found if each.tag in ("script", "img") and not each.get("src")]
    assert not [each for each in found if any(str(name).startswith("on") for name in each.attrib)]
    assert not re.search(r"\b49\b", shown)


def test_form_that_comes_back_is_as_harmless(hostile_site: Site) -> None:
    """Rule 1: nothing was answered, and a field has something nobody asked for."""
    answer = hostile_site.post({"x": HOSTILE})
    assert answer.status_code == 422
    shown = "".join(elements(answer.text)[0].itertext())
    assert shown.count("{{7*7}}") == shown.count(HOSTILE) >= 3
