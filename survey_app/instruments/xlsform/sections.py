"""Groups as sections.

A section lies in no other section. A group within a group becomes a section of its own; what comes
behind it in the outer group is a section again, with the outer title. The condition of a group is
that of each of its questions. A repeated group cannot be asked here and is left out as a whole.
"""

from dataclasses import dataclass, field
from typing import Any

from survey_app.instruments.xlsform.conditions import Condition, both
from survey_app.instruments.xlsform.leftovers import REASONS, report_leftovers
from survey_app.instruments.xlsform.names import identifier, unique
from survey_app.instruments.xlsform.questions import Question, Questions
from survey_app.instruments.xlsform.report import Cell
from survey_app.instruments.xlsform.sheets import Row
from survey_app.instruments.xlsform.texts import Wording
from survey_app.instruments.xlsform.types import Type, read_type

MOST_QUESTIONS = 60
HARMLESS = frozenset({"field-list"})
TRUE = frozenset({"yes", "true", "true()", "1", "ja"})


@dataclass
class _Group:
    """A group that was begun; `repeats` says that nothing in it can be asked."""

    name: str
    title: Wording | None
    introduction: Wording | None
    condition: Condition | None
    repeats: bool
    cell: Cell


@dataclass
class Sections:
    """Puts questions into sections, row by row."""

    questions: Questions
    found: list[dict[str, Any]] = field(default_factory=list)
    _groups: list[_Group] = field(default_factory=list)
    _filled: _Group | None = None
    _taken: set[str] = field(default_factory=set)

    def take(self, row: Row) -> None:
        """Take one row of `survey`."""
        report = self.questions.report
        raw = row.get("type")
        if row.get("disabled").lower() in TRUE:
            report.lost(row.place(), DISABLED)
            self.questions.give_up(row)
        elif not raw:
            report.lost(row.place("type"), NO_TYPE)
            self.questions.give_up(row)
        else:
            self._take(row, read_type(raw))
            report_leftovers(row, report)

    def close(self) -> None:
        """Report the groups that were never ended."""
        for group in self._groups:
            self.questions.report.changed(group.cell, NEVER_ENDED, name=group.name)

    def _take(self, row: Row, type_: Type) -> None:
        match type_.is_:
            case "begin" | "begin_repeat":
                self._begin(row, repeats=type_.is_ == "begin_repeat")
            case "end" | "end_repeat":
                self._end(row)
            case _ if any(group.repeats for group in self._groups):
                self.questions.report.lost(row.place("type"), REPEATED)
                self.questions.give_up(row)
            case "refused":
                sentence = f"„%(type)s“: {type_.refusal}"
                self.questions.report.lost(row.place("type"), sentence, type=row.get("type"))
                self.questions.give_up(row)
            case _:
                outer = both(*(group.condition for group in self._groups))
                self._put(self.questions.of(row, type_, outer))

    def _begin(self, row: Row, *, repeats: bool) -> None:
        questions = self.questions
        repeats = repeats or any(group.repeats for group in self._groups)
        if repeats:
            questions.report.lost(row.place("type"), REPEATED)
            questions.give_up(row)
            self._groups.append(_Group(row.get("name"), None, None, None, True, row.place("type")))
            return
        if set(row.get("appearance").lower().split()) - HARMLESS:
            questions.report.lost(row.place("appearance"), REASONS["appearance"])
        title = questions.texts.of(row, "label")
        introduction = questions.texts.of(row, "hint")
        name = row.get("name")
        condition = questions.condition(row)
        cell = row.place("type")
        self._groups.append(_Group(name, title, introduction, condition, repeats, cell))

    def _end(self, row: Row) -> None:
        row.get("name")
        list(row.texts("label"))  # authors repeat the group's name there
        if self._groups:
            self._groups.pop()
        else:
            self.questions.report.lost(row.place("type"), NEVER_BEGUN)

    def _put(self, questions: list[Question]) -> None:
        for question in questions:
            group = self._groups[-1] if self._groups else None
            is_full = bool(self.found) and len(self.found[-1]["questions"]) >= MOST_QUESTIONS
            if not self.found or self._filled is not group or is_full:
                self.found.append(self._section(group))
                self._filled = group
            self.found[-1]["questions"].append(question)

    def _section(self, group: _Group | None) -> dict[str, Any]:
        otherwise = f"teil_{len(self.found) + 1}"
        raw = (group.name or (group.title or {}).get("de", "")) if group else ""
        section: dict[str, Any] = {"id": unique(identifier(raw, otherwise), self._taken)}
        if group and group.title:
            section["title"] = group.title
        if group and group.introduction:
            section["introduction"] = group.introduction
            group.introduction = None  # said once, however often the group goes on
        section["questions"] = []
        return section


DISABLED = "die Zeile ist abgeschaltet (disabled)"
NO_TYPE = "hier fehlt der Typ der Frage. Ergänze ihn oder lösche die Zeile"
REPEATED = (
    "Wiederholungen gibt es nicht. Stell die Fragen einmal für alles, außerhalb der Wiederholung"
)
NEVER_BEGUN = "hier endet eine Gruppe, die nirgends beginnt"
NEVER_ENDED = "die Gruppe „%(name)s“ endet nirgends; sie reicht jetzt bis zum Ende"
