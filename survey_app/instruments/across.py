"""What shows only when several questionnaires are seen together.

Two links lead from one file to another: `mirror`, the question for the other audience that means
the same, and `core`, the same question in every questionnaire that has it. Both promise that
numbers can be put side by side, which holds only for the same answers in the same words. A score
may name a pack of reference values. None of this can be seen in one file alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from survey_app.domain.codebook import Variable
from survey_app.domain.messages import N_, Message
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.reference import ReferencePack
from survey_app.instruments.places import Path
from survey_app.instruments.releases import NOTHING_RELEASED, Releases

Found = tuple[Path, Message]
Other = tuple[Questionnaire, Variable]


@dataclass(frozen=True)
class Shelf:
    """All that a file can refer to: questionnaires and packs by id, and what was released.

    It is not `complete` if a questionnaire lies there that cannot be read: then nobody is blamed
    for referring to what is not here.
    """

    questionnaires: Mapping[str, Questionnaire] = field(default_factory=dict)
    packs: Mapping[str, ReferencePack] = field(default_factory=dict)
    releases: Releases = NOTHING_RELEASED
    complete: bool = True

    def beside(self, questionnaire: Questionnaire) -> list[Questionnaire]:
        """Return the questionnaires other than this one."""
        return [each for each in self.questionnaires.values() if each.id != questionnaire.id]

    def below(self, upper: "Shelf") -> "Shelf":
        """Return both shelves as one; where both have a name, that of `upper` counts."""
        return Shelf(
            {**self.questionnaires, **upper.questionnaires},
            {**self.packs, **upper.packs},
            upper.releases,
            complete=self.complete and upper.complete,
        )


def refers(questionnaire: Questionnaire) -> bool:
    """Return whether anything in it leads to another file."""
    return any(linked(questionnaire)) or any(score.reference for score in questionnaire.scores)


def faults_across(questionnaire: Questionnaire, shelf: Shelf) -> Iterator[Found]:
    """Yield what is wrong between this questionnaire and the others, with its place here."""
    others = [(each, theirs) for each in shelf.beside(questionnaire) for theirs in each.codebook()]
    opposite = [(each, v) for each, v in others if each.audience is not questionnaire.audience]
    there = next(other for other in Audience if other is not questionnaire.audience)
    for path, variable in linked(questionnaire):
        if message := _fault_of_mirror(variable, opposite, there, shelf.complete):
            yield (*path, "mirror"), message
        if message := _fault_of_core(variable, others):
            yield (*path, "core"), message
    for place, score in enumerate(questionnaire.scores):
        if score.reference is not None:
            for message in _faults_of_reference(score.reference, questionnaire, shelf.packs):
                yield ("scores", place, "reference"), message


def doubts_across(questionnaire: Questionnaire, shelf: Shelf, today: date) -> Iterator[Found]:
    """Yield the doubts about what this questionnaire refers to."""
    for place, score in enumerate(questionnaire.scores):
        pack = shelf.packs.get(score.reference or "")
        if pack is not None and not pack.is_current(today):
            values = {"pack": pack.id, "day": pack.valid_until}
            yield ("scores", place, "reference"), Message(EXPIRED, values)


def linked(questionnaire: Questionnaire) -> Iterator[tuple[Path, Variable]]:
    """Yield the variables that have a core name or a mirror, each with its place in the file."""
    for s, section in enumerate(questionnaire.sections):
        for q, question in enumerate(section.questions):
            place: Path = ("sections", s, "questions", q)
            items = [item.id for item in getattr(question, "items", ())]
            for variable in question.variables():
                if variable.core is not None or variable.mirror is not None:
                    is_item = variable.name in items
                    within = ("items", items.index(variable.name)) if is_item else ()
                    yield (*place, *within), variable


def _fault_of_mirror(
    mine: Variable, opposite: Sequence[Other], there: Audience, complete: bool
) -> Message | None:
    values = {"own": mine.name, "mirror": mine.mirror}
    if mine.mirror is None:
        return None
    named = [(each, theirs) for each, theirs in opposite if theirs.name == mine.mirror]
    if not named:
        message = Message(NO_MIRROR, {**values, "audience": Message(there.label)})
        return message if complete else None
    pointing = [(each, theirs) for each, theirs in named if theirs.mirror == mine.name]
    if not pointing:
        return Message(NOT_BACK, {**values, "other": named[0][0].id})
    for each, theirs in pointing:
        if _answers(mine) != _answers(theirs):
            return Message(OTHER_ANSWERS, {**values, "other": each.id})
    return None


def _fault_of_core(mine: Variable, others: Sequence[Other]) -> Message | None:
    for each, theirs in others if mine.core is not None else ():
        values = {"core": mine.core, "other": each.id, "text": theirs.text.german}
        if theirs.core == mine.core and theirs.text.german != mine.text.german:
            return Message(OTHER_WORDING, values)
        if theirs.core == mine.core and _answers(mine) != _answers(theirs):
            return Message(OTHER_CORE_ANSWERS, values)
    return None


def _answers(variable: Variable) -> object:
    """Return what must be equal if two questions are to be compared."""
    labels = [(label.code, label.text.german) for label in variable.labels]
    return variable.level, variable.multiple, labels, variable.positive


def _faults_of_reference(
    name: str, questionnaire: Questionnaire, packs: Mapping[str, ReferencePack]
) -> Iterator[Message]:
    if name not in packs:
        yield Message(NO_PACK, {"pack": name, "packs": ", ".join(packs) or "–"})
    elif packs[name].instrument != questionnaire.id:
        yield Message(OTHER_INSTRUMENT, {"pack": name, "instrument": packs[name].instrument})


NO_MIRROR = N_(
    "„%(mirror)s“ gibt es in keinem Fragebogen für %(audience)s. Verbessere die id, oder streiche"
    " mirror"
)
NOT_BACK = N_(
    "„%(mirror)s“ in „%(other)s“ zeigt nicht zurück. Ergänze dort mirror: %(own)s, oder streiche"
    " mirror hier"
)
OTHER_ANSWERS = N_(
    "„%(mirror)s“ in „%(other)s“ hat andere Antworten. Nebeneinander stehen dürfen nur Fragen mit"
    " denselben Codes, demselben deutschen Wortlaut und demselben positive"
)
OTHER_WORDING = N_(
    "die Kernfrage %(core)s lautet in „%(other)s“ anders: „%(text)s“ Übernimm den Wortlaut, oder"
    " streiche core"
)
OTHER_CORE_ANSWERS = N_(
    "die Kernfrage %(core)s hat in „%(other)s“ andere Antworten. Nimm dieselbe Skala, oder streiche"
    " core"
)
NO_PACK = N_("die Vergleichswerte „%(pack)s“ gibt es nicht. Es gibt: %(packs)s")
OTHER_INSTRUMENT = N_(
    "die Vergleichswerte „%(pack)s“ gehören zu „%(instrument)s“. Für andere Fragen gelten sie"
    " nicht. Streiche reference"
)
EXPIRED = N_(
    "die Vergleichswerte „%(pack)s“ galten bis %(day)s. Sieh nach, ob es neuere gibt, oder streiche"
    " reference"
)
