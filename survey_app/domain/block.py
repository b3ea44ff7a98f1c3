"""The block: the tables of one closed wave, counted once and never again.

Everything people see is drawn from blocks. A result that moves while answers come in gives each
new answer away (ANONYMITY.md: a teacher who reloads a live sheet after each submission learns the
complete answers of 80 % of a class); a block does not move.
"""

from collections.abc import Mapping

from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.tabulation import FrequencyTable, Tabulation
from survey_app.domain.text import Definition


class TextCount(Definition):
    """How many people wrote something in one free-text question."""

    variable: str
    count: int


class Block(Definition):
    """The frozen count of one closed wave."""

    questionnaire: str
    version: str
    fingerprint: str
    audience: Audience
    base: int
    tables: tuple[FrequencyTable, ...]
    texts: tuple[TextCount, ...] = ()


def block_of(
    questionnaire: Questionnaire, tabulation: Tabulation, texts: Mapping[str, int]
) -> Block:
    """Return the block of a wave; `texts` counts the free texts per variable."""
    return Block(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        fingerprint=questionnaire.fingerprint,
        audience=questionnaire.audience,
        base=tabulation.base,
        tables=tabulation.tables,
        texts=tuple(
            TextCount(variable=name, count=texts.get(name, 0)) for name in questionnaire.text_fields
        ),
    )
