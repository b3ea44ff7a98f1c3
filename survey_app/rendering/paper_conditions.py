"""A condition in words: what a phone decides by itself, people with paper have to read.

    Nur beantworten, wenn das zutrifft: Frage 3: „ja“ oder „teils“

A negation is turned inside out ("not at least 3" lists the answers below 3), because a sentence
with "not" and "or" is read wrongly. Leaving a question out makes a comparison false, so the
opposite of a comparison includes "keine Angabe".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey_app.domain.codebook import Variable
from survey_app.domain.conditions import Condition
from survey_app.domain.messages import N_, Message, Words
from survey_app.domain.response import Code
from survey_app.domain.text import Text


@dataclass(frozen=True)
class Place:
    """Where an earlier question stands on the paper, and what can be answered there.

    `part` names what a number alone does not: an option with a field of its own, a moment.
    """

    number: str
    variable: Variable
    part: Text | None = None

    @property
    def is_number(self) -> bool:
        """Return whether a number stands there, typed or written, and no wording."""
        labels = (label.text.german.rstrip(".") for label in self.variable.labels)
        return bool(self.variable.bands) or all(map(str.isdecimal, labels))


def told(condition: Condition, places: Mapping[str, Place], words: Words) -> str:
    """Return a condition as a clause, without a full stop."""
    return _Teller(places, words).clause(condition, negated=False)


@dataclass(frozen=True)
class _Teller:
    places: Mapping[str, Place]
    words: Words

    def clause(self, condition: Condition, *, negated: bool, inside: bool = False) -> str:
        if condition.not_ is not None:
            return self.clause(condition.not_, negated=not negated, inside=inside)
        parts = condition.all_ or condition.any_
        if parts is None:
            return self._comparison(condition, negated=negated)
        joined = self._joined(
            (self.clause(part, negated=negated, inside=True) for part in parts),
            BOTH if (condition.all_ is not None) is not negated else EITHER,
        )
        return f"({joined})" if inside and len(parts) > 1 else joined

    def _comparison(self, condition: Condition, *, negated: bool) -> str:
        place = self.places[condition.question or ""]
        number = self._said(QUESTION, number=place.number)
        if place.part is not None:
            number += f", {self._said(QUOTED, answer=place.part)}"
        if condition.answered is not None:
            text = ANSWERED if condition.answered is not negated else UNANSWERED
            return self._said(text, question=number)
        return f"{number}: {self._answer(condition, place, negated=negated)}"

    def _answer(self, condition: Condition, place: Place, *, negated: bool) -> str:
        asked = place.variable
        if asked.multiple and negated:
            return self._said(NOT_TICKED, answer=self._label(asked, condition.compared_codes()[0]))
        if place.is_number:
            return self._number(condition, negated=negated)
        met = [code for code in asked.codes if _meets(condition, code)]
        shown = [code for code in asked.codes if code not in met] if negated else met
        said = [self._label(asked, code) for code in shown]
        return self._joined([*said, self._said(MISSING)] if negated else said, OR)

    def _number(self, condition: Condition, *, negated: bool) -> str:
        bound = condition.at_least if condition.at_least is not None else condition.at_most
        if bound is None:
            exact = self._joined(map(str, condition.compared_codes()), OR)
            return self._said(OTHER, answer=exact) if negated else exact
        at_least = condition.at_least is not None
        text = (LESS if at_least else MORE) if negated else (LEAST if at_least else MOST)
        said = self._said(text, number=bound)
        return self._joined([said, self._said(MISSING)], OR) if negated else said

    def _label(self, asked: Variable, code: Code) -> str:
        return self._said(QUOTED, answer=asked.label_of(code, self.words.code))

    def _joined(self, parts: Iterable[str], word: str) -> str:
        return f" {self._said(word)} ".join(parts)

    def _said(self, text: str, **values: object) -> str:
        return Message(text, values).said(self.words)


def _meets(condition: Condition, code: Code) -> bool:
    if condition.at_least is not None:
        return isinstance(code, int) and code >= condition.at_least
    if condition.at_most is not None:
        return isinstance(code, int) and code <= condition.at_most
    return code in condition.compared_codes()


OR = N_("oder")
BOTH, EITHER = N_("und außerdem"), N_("oder stattdessen")
QUESTION = N_("Frage %(number)s")
ANSWERED, UNANSWERED = N_("%(question)s ist beantwortet"), N_("%(question)s ist nicht beantwortet")
QUOTED = N_("„%(answer)s“")
NOT_TICKED = N_("%(answer)s ist nicht angekreuzt")
MISSING = N_("keine Angabe")
OTHER = N_("nicht %(answer)s")
LEAST, MOST = N_("mindestens %(number)s"), N_("höchstens %(number)s")
LESS, MORE = N_("weniger als %(number)s"), N_("mehr als %(number)s")
