"""The first draft of an assignment: which column answers what.

A header is compared with the codes and the wordings of the questionnaire in all its languages, as
it stands and without what exports add. What matches word for word is sure; what is only alike, or
fits several places, is marked to be looked at. A text in a cell is guessed in the same way. Nothing
is guessed for personal columns.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import product
from typing import Final

from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Code
from survey_app.services.importing import personal
from survey_app.services.importing.assignment import Assignment, ColumnAssignment
from survey_app.services.importing.folding import bracketed, codes_in, folded, plain, readings
from survey_app.services.importing.surveying import Column, Survey
from survey_app.services.importing.targets import Role, Target, targets_of
from survey_app.services.importing.values import REFUSALS, UNANSWERED, Cells

ALIKE: Final = 0.86
MOST_GUESSED: Final = 40
SHORTEST_ALIKE: Final = 8
NUMBERED_CODE: Final = re.compile(r"[A-Z]{1,3}0*([1-9]\d?)")
DIGITS: Final = re.compile(r"\d+")
PLACES: Final = re.compile(r"^(?:rang|ranking|rank|platz|place)\s*(?=\d)", re.IGNORECASE)
MEANS_MISSING: Final = frozenset({"77", "88", "97", "98", "99", "999"})

Doubtful = frozenset[tuple[str, str]]
"""What was only guessed: the letter of a column and a text in it, empty for the column itself."""


@dataclass(frozen=True)
class Guess:
    """A draft, and what in it a person should look at."""

    assignment: Assignment
    doubtful: Doubtful


class Index:
    """The targets of a questionnaire by everything a header may say."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.targets = targets_of(questionnaire)
        self._codes: dict[str, str] = {}
        self._texts: dict[str, list[str]] = defaultdict(list)
        self._answers = {word for each in self.targets.values() for word in each.known}
        for key, target in self.targets.items():
            for code in target.names():
                self._codes.setdefault(code, key)
            for text in _wordings(target):
                if key not in self._texts[text]:
                    self._texts[text].append(key)

    def names(self, header: str) -> bool:
        """Return whether a text is the header of a question, and not one of its answers."""
        if any(code.lower() in self._codes for code in codes_in(header)):
            return True
        return any(
            text in self._texts and text not in self._answers for text in _readings((header,))
        )

    def keys(self, parts: Sequence[str]) -> Iterator[list[str]]:
        """Yield the targets that a header may mean, the most certain first, each list in order."""
        for part in reversed(parts):
            for code in codes_in(plain(part)):
                if code.lower() in self._codes:
                    yield [self._codes[code.lower()]]
        for text in _readings(parts):
            if text and text in self._texts:
                yield self._texts[text]

    def alike(self, parts: Sequence[str]) -> Iterator[str]:
        """Yield the targets whose wording resembles a header."""
        for text in _readings(parts):
            for found in alike(text, self._texts):
                yield from self._texts[found]


def _wordings(target: Target) -> Iterator[str]:
    """Yield the headers that word a target, folded: alone, and behind what stands above it."""
    texts = [[folded(text) for text in each.root.values()] for each in target.texts]
    if target.role is not Role.PLACE:
        yield from texts[-1]
    for together in product(*texts):
        yield " ".join(together)


def _readings(parts: Sequence[str]) -> Iterator[str]:
    """Yield what the parts of a header may say, from the whole to its single parts."""
    if len(parts) > 1:
        yield folded(" ".join(parts[-2:]))
    for part in reversed(parts):
        stem, inner = bracketed(part)
        if inner:
            *_, stem_alone, _ = readings(stem)
            for outer in (folded(stem), stem_alone):
                yield f"{outer} {folded(PLACES.sub('', inner))}"
        yield from readings(part)


def alike(text: str, known: Iterable[str]) -> list[str]:
    """Return the one wording that resembles a text; other digits make another text of it."""
    if len(text) < SHORTEST_ALIKE:
        return []
    digits = DIGITS.findall(text)
    same = [wording for wording in known if DIGITS.findall(wording) == digits]
    return get_close_matches(text, same, n=1, cutoff=ALIKE)


def guessed(
    questionnaire: Questionnaire, survey: Survey, *, sheet: str = "", refusals: Iterable[str] = ()
) -> Guess:
    """Return the draft for a file. `refusals` are further words for "weiß nicht"."""
    found = _Draft(Index(questionnaire), survey).columns()
    words = REFUSALS | frozenset(map(folded, refusals))
    drafts, doubtful = [], set[tuple[str, str]]()
    for column, target, is_sure in found:
        draft = ColumnAssignment(column=column.letter, header=column.header, to=target.key)
        values = dict(_values(column, Cells(target, draft, words)))
        doubtful |= {(column.letter, text) for text in values}
        doubtful |= set() if is_sure else {(column.letter, "")}
        drafts.append(draft.model_copy(update={"values": values}))
    assignment = Assignment(
        questionnaire=questionnaire.id,
        sheet=sheet[:100],
        header=survey.header,
        sent=_sent_column(survey),
        columns=tuple(drafts),
    )
    return Guess(assignment, frozenset(doubtful))


@dataclass
class _Draft:
    """Gives each target to one column at most."""

    index: Index
    survey: Survey

    def __post_init__(self) -> None:
        self._given: dict[int, tuple[str, bool]] = {}
        self._free = [c for c in self.survey.columns if not c.personal and c.parts]

    def columns(self) -> Iterator[tuple[Column, Target, bool]]:
        """Yield column, target and whether that is beyond doubt, in the order of the file."""
        self._give_named()
        self._give_alike()
        for column in self.survey.columns:
            if column.position in self._given:
                key, is_sure = self._given[column.position]
                yield column, self.index.targets[key], is_sure

    def _give_named(self) -> None:
        for column in self._free:
            for keys in self.index.keys(column.parts):
                if self._give(column, keys, is_sure=len(keys) == 1):
                    break

    def _give_alike(self) -> None:
        for column in self._free:
            if column.position not in self._given:
                self._give(column, list(self.index.alike(column.parts)), is_sure=False)

    def _give(self, column: Column, keys: Sequence[str], *, is_sure: bool) -> bool:
        """Give a column the first of the targets that is still to be had."""
        taken = {key for key, _ in self._given.values()}
        ways = {self.index.targets[key].question: self.index.targets[key].role for key in taken}
        for key in keys:
            target = self.index.targets[key]
            fits = ways.get(target.question, target.role) is target.role
            if key not in taken and fits:
                self._given[column.position] = (key, is_sure)
                return True
        return False


def _sent_column(survey: Survey) -> str:
    """Return the column that tells who sent the form, if some did and some did not."""
    for column in survey.columns:
        tells = any(personal.tells_completion(part) for part in column.parts)
        if tells and 0 < column.filled < survey.rows:
            return column.letter
    return ""


def _values(column: Column, cells: Cells) -> Iterator[tuple[str, Code]]:
    """Yield what texts may mean that do not explain themselves."""
    if not cells.target.is_closed:
        return
    texts = unexplained(column, cells)
    if len(texts) > MOST_GUESSED:
        return  # these are no answers
    numbered = _numbered(texts, cells.target)
    for text in texts:
        resembled = alike(folded(text), cells.target.known)
        if text in numbered:
            yield text, numbered[text]
        elif resembled:
            yield text, cells.target.known[resembled[0]]
        elif text in MEANS_MISSING and cells.target.role is not Role.NUMBER:
            yield text, UNANSWERED


def _numbered(texts: Sequence[str], target: Target) -> Mapping[str, Code]:
    """Return the meanings of LimeSurvey's own codes, A1 being the first answer."""
    found = {text: NUMBERED_CODE.fullmatch(text) for text in texts}
    numbers = {text: int(match[1]) for text, match in found.items() if match}
    if not numbers or max(numbers.values()) > len(target.labels):
        return {}
    return {text: target.labels[number - 1].code for text, number in numbers.items()}


def unexplained(column: Column, cells: Cells) -> list[str]:
    """Return the texts of a column that do not explain themselves, single answers each."""
    several = cells.target.role in (Role.SEVERAL, Role.ORDER)
    found: dict[str, None] = {}
    for text in column.values or ():
        pieces = cells.pieces(text) if several else [text]
        found |= dict.fromkeys(piece for piece in pieces if cells.code(piece) is None)
    return list(found)
