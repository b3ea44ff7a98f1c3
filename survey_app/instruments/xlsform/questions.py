"""Rows of `survey` as our questions: one method for each type that becomes one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from survey_app.domain.coherence import OTHER_FORM_FIELDS
from survey_app.instruments.xlsform.choices import (
    WHICH_OTHER,
    Choice,
    ChoiceList,
    other_choice,
    said,
)
from survey_app.instruments.xlsform.conditions import Asked, Condition, Names, both, show_if
from survey_app.instruments.xlsform.constraints import COUNT, LENGTH, VALUE, Bounds, bounds
from survey_app.instruments.xlsform.expressions import ExpressionError
from survey_app.instruments.xlsform.leftovers import REASONS
from survey_app.instruments.xlsform.names import identifier, unique
from survey_app.instruments.xlsform.numbers import Range, number, range_of, scale_of
from survey_app.instruments.xlsform.report import Report
from survey_app.instruments.xlsform.sheets import Row
from survey_app.instruments.xlsform.texts import Texts
from survey_app.instruments.xlsform.types import Type

Question = dict[str, Any]
NOTHING = Bounds({}, {}, (), is_exact=True)
FEWEST, MOST_OPTIONS, MOST_STEPS, MOST_PLACES = 2, 30, 11, 10
LONGEST_TEXT = 2000
PERSONAL = re.compile(
    r"\b(vor|nach|familien)?name\b|e-?mail|telefon|phone|handynummer|adresse|address|geburt|birth"
    r"|anschrift|wohnort|postleitzahl",
    re.IGNORECASE,
)


class NotCarried(Exception):
    """Raised when a row cannot become a question; says why, and under which header."""

    def __init__(self, header: str, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.header = header
        self.sentence = sentence
        self.values = values


@dataclass
class Questions:
    """Makes questions, and remembers what later rows may refer to.

    `asked` leads from names in the form to what was asked; `scales` are the named scales that the
    questions use; `remarks` and `remarks_on_scales` are for the YAML. `rows` tells where each
    question came from.
    """

    report: Report
    texts: Texts
    lists: Mapping[str, ChoiceList]
    all_names: frozenset[str]
    asked: dict[str, Asked] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    scales: dict[str, dict[str, Any]] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    remarks_on_scales: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=lambda: set(OTHER_FORM_FIELDS))
    _scale_of: dict[str, str] = field(default_factory=dict)

    def of(self, row: Row, type_: Type, outer: Condition | None) -> list[Question]:
        """Return the questions a row becomes, asked under its own condition and `outer`."""
        try:
            question = self._begun(row)
            more = self._made(type_)(question, row, type_)
        except NotCarried as reason:
            self.report.lost(row.place(reason.header), reason.sentence, **reason.values)
            self.give_up(row)
            return []
        condition = both(outer, self.condition(row))
        if condition is not None:
            question["show_if"] = condition
        self._report_appearance(row, type_)
        return [question, *more]

    def give_up(self, row: Row) -> None:
        """Note that a row became nothing; whatever stands in it needs no further word."""
        self.lost.add(row.get("name"))
        row.used.update(row.cells)

    def condition(self, row: Row) -> Condition | None:
        """Return the condition of a row, None if there is none that can be carried over."""
        text = row.get("relevant")
        if not text:
            return None
        try:
            return show_if(text, Names(self.asked, frozenset(self.lost), self.all_names))
        except ExpressionError as error:
            values = {"at": error.at, "why": error.sentence}
            self.report.lost(row.place("relevant"), CONDITION, **values)
            return None

    def _made(self, type_: Type) -> "Callable[[Question, Row, Type], list[Question]]":
        makers: dict[str, Callable[[Question, Row, Type], list[Question]]] = {
            "one": self._one,
            "several": self._several,
            "order": self._order,
            "words": self._words,
            "whole": self._whole,
            "decimal": self._whole,
            "range": self._range,
            "note": self._note,
            "tick": self._note,
        }
        return makers[type_.is_]

    # What all questions have

    def _begun(self, row: Row) -> Question:
        text = self.texts.of(row, "label")
        if text is None:
            raise NotCarried("label", NO_LABEL, name=row.get("name") or "–")
        question: Question = {"text": text}
        if hint := self.texts.of(row, "hint"):
            question["hint"] = hint
        return question

    def _named(self, row: Row, question: Question, kind: str, asked: Asked | None = None) -> str:
        """Give a question its id and kind, now that it is sure to be one."""
        raw = row.get("name")
        wanted = identifier(raw or question["text"]["de"], f"frage_{row.number}")
        found = unique(wanted, self._taken)
        place = row.place("name")
        if not raw:
            self.report.changed(place, NO_NAME, id=found)
        elif found != wanted:
            self.report.changed(place, TWICE, name=raw, id=found)
        elif found != raw:
            self.report.changed(place, RENAMED, name=raw, id=found)
        question |= {"id": found, "kind": kind}
        self.rows[found] = row
        if raw and asked is not None:
            described = Asked(found, asked.codes, asked.is_multiple, asked.is_text)
            self.asked.setdefault(raw, described)
        return found

    def _report_appearance(self, row: Row, type_: Type) -> None:
        done = {"one": {"likert"}, "words": {"multiline"}}.get(type_.is_, set())
        if set(row.get("appearance").lower().split()) - done:
            self.report.lost(row.place("appearance"), REASONS["appearance"])

    def _bounds(self, row: Row, *measures: str) -> Bounds:
        """Return the constraint of a row, as far as it bounds `measures`."""
        text = row.get("constraint")
        if not text:
            return NOTHING
        try:
            found = bounds(text)
        except ExpressionError as error:
            values = {"at": error.at, "why": error.sentence}
            self.report.lost(row.place("constraint"), CONSTRAINT, **values)
            return NOTHING
        if found.leave(*measures):
            self.report.lost(row.place("constraint"), REASONS["constraint"])
        return found

    # Types

    def _one(self, question: Question, row: Row, type_: Type) -> list[Question]:
        choices = self._list(type_, MOST_OPTIONS)
        is_likert = "likert" in row.get("appearance").lower().split() and not type_.or_other
        if is_likert and len(choices.choices) > MOST_STEPS:
            self.report.changed(row.place("appearance"), TOO_MANY_STEPS, most=MOST_STEPS)
        elif is_likert:
            self._named(row, question, "rating", Asked("", choices.codes))
            question["scale"] = self._scale(choices, row)
            return []
        name = self._named(row, question, "single_choice", Asked("", choices.codes))
        question["options"] = choices.options()
        return self._which_other(name, row, "is", choices) if type_.or_other else []

    def _several(self, question: Question, row: Row, type_: Type) -> list[Question]:
        choices = self._list(type_, MOST_OPTIONS)
        limits = self._bounds(row, COUNT)
        name = self._named(
            row, question, "multiple_choice", Asked("", choices.codes, is_multiple=True)
        )
        question["options"] = options = choices.options()
        for option, choice in zip(options, choices.choices, strict=True):
            if choice.name in limits.alone:
                option["exclusive"] = True
        most = limits.highest.get(COUNT)
        if most is not None and FEWEST <= most <= len(options):
            question["maximum"] = most
        elif most is not None or limits.lowest.get(COUNT, 0) > 1:
            self.report.lost(row.place("constraint"), REASONS["constraint"])
        return self._which_other(name, row, "includes", choices) if type_.or_other else []

    def _order(self, question: Question, row: Row, type_: Type) -> list[Question]:
        choices = self._list(type_, MOST_PLACES)
        self._named(row, question, "ranking", Asked("", is_text=True))
        question["options"] = choices.options()
        return []

    def _words(self, question: Question, row: Row, _: Type) -> list[Question]:
        limits = self._bounds(row, LENGTH)
        raw = row.get("name")
        self._named(row, question, "open_text", Asked("", is_text=True))
        longest = limits.highest.get(LENGTH)
        if longest is not None and longest > 0:
            question["max_length"] = min(longest, LONGEST_TEXT)
        if PERSONAL.search(f"{raw.replace('_', ' ')} {question['text']['de']}"):
            self.report.check(row.place("label"), ASKS_FOR_PERSONS, text=question["text"]["de"])
        return []

    def _whole(self, question: Question, row: Row, type_: Type) -> list[Question]:
        limits = self._bounds(row, VALUE)
        range_ = Range(limits.lowest.get(VALUE), limits.highest.get(VALUE))
        lossy = type_.is_ == "decimal" or not limits.is_exact
        self._number(question, row, range_, lossy=lossy)
        return []

    def _range(self, question: Question, row: Row, _: Type) -> list[Question]:
        range_ = range_of(row.get("parameters"))
        if range_ is None:
            raise NotCarried("parameters", BAD_RANGE)
        steps = range_.steps
        if steps == tuple(range(11)):
            self._ladder(question, row)
        elif steps is not None and FEWEST <= len(steps) <= MOST_STEPS:
            name, scale, codes = scale_of(steps, self.texts.languages.all)
            self._named(row, question, "rating", Asked("", codes))
            question["scale"] = name
            self.scales.setdefault(name, scale)
        else:
            self._number(question, row, range_, lossy=range_.is_lossy)
        return []

    def _note(self, question: Question, row: Row, type_: Type) -> list[Question]:
        self._named(row, question, "information")
        if type_.is_ == "tick":
            self.report.changed(row.place("type"), NO_TICK)
        return []

    # Parts of them

    def _list(self, type_: Type, most: int) -> ChoiceList:
        found = self.lists.get(type_.list_name)
        if found is None:
            known = ", ".join(self.lists) or "–"
            raise NotCarried("type", NO_SUCH_LIST, name=type_.list_name, known=known)
        if type_.or_other:
            languages = self.texts.languages.all
            taken = {str(choice.code) for choice in found.choices}
            other = Choice("other", unique("other", taken), other_choice(languages).text)
            found = ChoiceList(found.name, (*found.choices, other))
        if not FEWEST <= len(found.choices) <= most:
            values = {"name": found.name, "count": len(found.choices), "most": most}
            raise NotCarried("type", LIST_LENGTH, **values)
        return found

    def _scale(self, choices: ChoiceList, row: Row) -> str:
        """Return the name of the scale that a list became; questions with one list share it."""
        if choices.name not in self._scale_of:
            name = unique(identifier(choices.name, "skala"), set(self.scales))
            self._scale_of[choices.name] = name
            self.scales[name] = {"options": choices.options()}
            self.remarks_on_scales[name] = SCALE
            self.report.check(row.place("type"), f"Skala „%(name)s“: {SCALE}", name=name)
        return self._scale_of[choices.name]

    def _which_other(
        self, name: str, row: Row, comparison: str, choices: ChoiceList
    ) -> list[Question]:
        """Return the question that asks what „etwas anderes“ is."""
        id_ = unique(identifier(f"{name}_other", name), self._taken)
        self.rows[id_] = row
        self.report.check(row.place("type"), OR_OTHER, id=id_)
        text = said(WHICH_OTHER, self.texts.languages.all)
        condition = {"question": name, comparison: choices.choices[-1].code}
        return [{"id": id_, "kind": "open_text", "show_if": condition, "text": text}]

    def _number(self, question: Question, row: Row, range_: Range, *, lossy: bool) -> None:
        found, assumed = number(range_)
        if found is None:
            raise NotCarried("constraint", BAD_BOUNDS)
        name = self._named(row, question, "number", Asked(""))
        question |= found
        if lossy:
            self.report.changed(row.place("type"), NO_DECIMALS)
        if assumed:
            self.remarks[name] = assumed
            self.report.check(row.place("name"), f"„%(name)s“: {assumed}", name=name)

    def _ladder(self, question: Question, row: Row) -> None:
        codes = {str(step): step for step in range(11)}
        name = self._named(row, question, "ladder", Asked("", codes))
        languages = self.texts.languages.all
        question |= {"lowest": said(LOW, languages), "highest": said(HIGH, languages)}
        self.remarks[name] = ENDS
        self.report.check(row.place("label"), f"„%(name)s“: {ENDS}", name=name)


LOW = {"de": "niedrig", "en": "low", "tr": "düşük", "ar": "منخفض", "uk": "низько", "ru": "низко"}
HIGH = {"de": "hoch", "en": "high", "tr": "yüksek", "ar": "مرتفع", "uk": "високо", "ru": "высоко"}

NO_LABEL = "der Frage „%(name)s“ fehlt der Text (label). Ergänze ihn"
NO_NAME = "der Frage fehlt der Name; sie heißt jetzt „%(id)s“"
TWICE = "den Namen „%(name)s“ gibt es schon; diese Frage heißt jetzt „%(id)s“"
RENAMED = "„%(name)s“ heißt jetzt „%(id)s“: Namen bestehen aus a–z, 0–9 und Unterstrich"
CONDITION = (
    "die Bedingung ist nicht übernommen, die Frage bekommen alle. Zeichen %(at)s: %(why)s. Schreib"
    " sie unter show_if"
)
CONSTRAINT = "die Prüfung ist nicht übernommen. Zeichen %(at)s: %(why)s"
NO_SUCH_LIST = "die Liste „%(name)s“ steht nicht im Blatt „choices“. Es gibt: %(known)s"
LIST_LENGTH = (
    "die Liste „%(name)s“ hat %(count)s Antworten, möglich sind hier 2 bis %(most)s. Fasse welche"
    " zusammen oder ergänze welche"
)
TOO_MANY_STEPS = "eine Skala hat höchstens %(most)s Stufen; daraus ist eine Auswahl geworden"
SCALE = (
    "Stehen die Antworten vom niedrigen zum hohen Ende? Ergänze, welche als Zustimmung zählen, zum"
    " Beispiel: positive: [4, 5]"
)
OR_OTHER = "für „etwas anderes“ gibt es jetzt eine Antwort und die Frage „%(id)s“"
ASKS_FOR_PERSONS = (
    "„%(text)s“ fragt vielleicht nach einer Person. Das macht die Umfrage nicht mehr anonym."
    " Streiche die Frage"
)
NO_DECIMALS = "gefragt werden nur ganze Zahlen; Stellen hinter dem Komma fallen weg"
NO_TICK = "etwas bestätigen muss hier niemand; daraus ist ein Text geworden"
BAD_BOUNDS = "zwischen den Grenzen liegt keine Zahl ab 0. Prüfe constraint oder parameters"
BAD_RANGE = "diese Angaben sind nicht zu verstehen. Schreib zum Beispiel: start=0 end=10 step=1"
ENDS = "Wie heißen die beiden Enden? Angenommen ist „niedrig“ und „hoch“"
