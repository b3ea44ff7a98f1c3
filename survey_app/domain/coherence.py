"""What shows only when the parts of a questionnaire are seen together.

A questionnaire whose parts are each sound can still make no sense: a condition on a question that
comes later, a scale that nobody defined, an id used twice, a question that nobody can reach. These
functions take parts with their places, so that a file of which some parts are unreadable is still
looked through as far as it goes. Nobody is blamed for referring to an unreadable part.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from survey_app.domain.codebook import Level, Sensitivity, Variable
from survey_app.domain.conditions import Condition
from survey_app.domain.messages import N_, Fault, Message
from survey_app.domain.questions.base import Question
from survey_app.domain.reachability import Asked, outcomes
from survey_app.domain.scales import Scale
from survey_app.domain.scoring import Score, faults_of_score
from survey_app.domain.text import FALLBACK, Place, Text

OTHER_FORM_FIELDS = frozenset({"submission", "language", "csrf_token", "slip"})
MOST_BREAKDOWNS = 3

Placed = tuple[Place, Question]


def faults_of_languages(languages: Sequence[str]) -> list[Fault]:
    """Return a fault if German is not among the languages."""
    return [] if FALLBACK in languages else [Fault(Message(NO_GERMAN), ("languages",))]


def faults_between(
    placed: Sequence[Placed],
    scales: Mapping[str, Scale],
    *,
    unreadable: frozenset[str] = frozenset(),
) -> list[Fault]:
    """Return the faults between questions and scales; bind each question to its scale.

    `placed` are the questions with their place, in order. `unreadable` are names of scales and
    questions that exist but have faults of their own; what refers to them is not blamed.
    """
    faults: list[Fault] = []
    earlier: dict[str, Asked] = {}
    groups: dict[str, Question] = {}
    names: set[str] = set()
    cores: set[str] = set()
    for number, (place, question) in enumerate(placed):
        conditions = _faults_of_condition(place, question, earlier, groups, unreadable)
        scaled = _faults_of_scale(place, question, scales, unreadable)
        faults += [*conditions, *scaled, *_faults_of_names(place, question, names)]
        names |= question.names
        groups[question.id] = question
        if question.scale_name in (None, *scales):
            question.bind(scales)
            variables = question.variables()
            earlier |= {v.name: Asked(number, question, v) for v in variables}
            faults += _faults_of_cores(place, variables, cores)
        if conditions or question.scale_name not in (None, *scales):
            unreadable |= question.names
    return [*faults, *_faults_of_breakdowns(placed)]


# Conditions


def _faults_of_condition(
    place: Place,
    question: Question,
    earlier: Mapping[str, Asked],
    groups: Mapping[str, Question],
    unreadable: Set[str],
) -> list[Fault]:
    if question.show_if is None:
        return []
    compared = [(str(each.question), each) for each in question.show_if.comparisons()]
    readable = [(name, each) for name, each in compared if name.split("__")[0] not in unreadable]
    messages: list[Message] = []
    for name, comparison in readable:
        if name in earlier:
            messages += _faults_of_comparison(comparison, earlier[name].variable)
        else:
            messages.append(_not_there(name, groups.get(name)))
    if not messages and readable == compared:
        messages += _faults_of_reach(question.show_if, earlier)
    return [Fault(message, (*place, "show_if")) for message in messages]


def _not_there(name: str, group: Question | None) -> Message:
    if group is None:
        return Message(NOT_EARLIER, {"name": name})
    if not group.fields:
        return Message(NO_ANSWER, {"name": name})
    return Message(HAS_PARTS, {"name": name, "names": ", ".join(group.fields)})


def _faults_of_comparison(comparison: Condition, asked: Variable) -> Iterator[Message]:
    if asked.sensitivity is not Sensitivity.A:
        yield Message(TELLS_TOO_MUCH, {"name": asked.name, "sensitivity": asked.sensitivity})
    if asked.level is Level.TEXT:
        yield Message(LIES_APART, {"name": asked.name})
    elif asked.is_derived:
        yield Message(COUNTED_LATER, {"name": asked.name})
    elif unfit := _unfit(comparison, asked):
        yield Message(unfit, {"name": asked.name})
    elif asked.codes and not asked.bands:
        for code in comparison.compared_codes():
            if code not in asked.codes:
                yield _never_given(asked, code)


def _unfit(comparison: Condition, asked: Variable) -> str | None:
    """Return why this comparison cannot be made with the answers to this question."""
    bounded = comparison.at_least is not None or comparison.at_most is not None
    if asked.multiple and comparison.includes is None and comparison.answered is None:
        return SEVERAL_ANSWERS
    if comparison.includes is not None and not asked.multiple:
        return ONE_ANSWER
    if bounded and not asked.bands and not any(isinstance(code, int) for code in asked.codes):
        return WORDS
    return None


def _never_given(asked: Variable, code: int | str) -> Message:
    alike = next((known for known in asked.codes if str(known) == str(code)), None)
    if alike is not None:
        return Message(OTHER_TYPE, {"name": asked.name, "code": alike})
    known = ", ".join(map(str, asked.codes))
    return Message(NEVER_GIVEN, {"name": asked.name, "code": code, "codes": known})


def _faults_of_reach(condition: Condition, earlier: Mapping[str, Asked]) -> list[Message]:
    if True in outcomes(condition, earlier):
        return []
    everybody = {
        name: Asked(each.place, each.question.model_copy(update={"show_if": None}), each.variable)
        for name, each in earlier.items()
    }
    return [Message(DEAD_END if True in outcomes(condition, everybody) else NEVER_TRUE)]


# Scales and names of all kinds


def _faults_of_scale(
    place: Place, question: Question, scales: Mapping[str, Scale], unreadable: Set[str]
) -> list[Fault]:
    name = question.scale_name
    if name is None or name in unreadable:
        return []
    if name in scales:
        messages = question.faults_with(scales[name])
    else:
        known = ", ".join(scales) or "–"
        messages = [Message(NO_SUCH_SCALE, {"name": name, "names": known})]
    return [Fault(message, (*place, "scale")) for message in messages]


def _faults_of_names(place: Place, question: Question, taken: Set[str]) -> Iterator[Fault]:
    for name in sorted(question.names):
        if name in taken:
            yield Fault(Message(TWICE, {"name": name}), (*place, "id"))
        elif name in OTHER_FORM_FIELDS:
            yield Fault(Message(RESERVED, {"name": name}), (*place, "id"))


def _faults_of_cores(
    place: Place, variables: Sequence[Variable], taken: set[str]
) -> Iterator[Fault]:
    for core in (variable.core for variable in variables if variable.core is not None):
        if core in taken:
            yield Fault(Message(CORE_TWICE, {"core": core}), (*place, "core"))
        taken.add(core)


def _faults_of_breakdowns(placed: Sequence[Placed]) -> list[Fault]:
    declared = [place for place, question in placed if question.is_breakdown]
    message = Message(MANY_BREAKDOWNS, {"most": MOST_BREAKDOWNS})
    return [Fault(message, (*place, "breakdown")) for place in declared[MOST_BREAKDOWNS:]]


# Scores, and texts that may not be shipped


def faults_of_scores(
    placed: Sequence[tuple[Place, Score]],
    variables: Mapping[str, Variable],
    *,
    validated: bool,
    unreadable: Set[str] = frozenset(),
) -> Iterator[Fault]:
    """Yield the faults of scores beside the questions; `validated` is about the wording."""
    taken = set(variables)
    for place, score in placed:
        for fault in faults_of_score(score, variables, taken, unreadable):
            yield Fault(fault.message, (*place, *fault.at))
        if score.reference is not None and not validated:
            yield Fault(Message(OWN_WORDING), (*place, "reference"))
        taken.add(score.id)


def faults_of_slots(wordings: Iterable[tuple[Place, Text]], licence: str) -> Iterator[Fault]:
    """Yield a fault for each empty slot where the wording may be shipped."""
    if licence != "B":
        for place, text in wordings:
            if text.is_slot:
                yield Fault(Message(NO_SLOTS), place)


NO_GERMAN = N_("„de“ fehlt: Deutsch ist die Grundsprache")
NOT_EARLIER = N_(
    "die Bedingung fragt nach „%(name)s“, aber vor dieser Frage gibt es keine Frage mit dieser id"
)
NO_ANSWER = N_(
    "„%(name)s“ ist ein Text ohne Antwort. Nimm eine Bedingung mit einer Frage, auf die geantwortet"
    " wird"
)
HAS_PARTS = N_(
    "„%(name)s“ hat mehrere Teile mit je einer Antwort. Frage nach einem davon: %(names)s"
)
NEVER_GIVEN = N_(
    "die Frage „%(name)s“ hat keine Antwort mit dem Code „%(code)s“, die Bedingung wäre nie"
    " erfüllt. Es gibt: %(codes)s"
)
OTHER_TYPE = N_(
    "bei „%(name)s“ ist der Code %(code)s mal eine Zahl und mal ein Text. Schreib ihn hier und dort"
    " gleich, beide Male mit oder beide Male ohne Anführungszeichen"
)
SEVERAL_ANSWERS = N_(
    "auf „%(name)s“ sind mehrere Antworten möglich. Frage mit includes, ob eine davon dabei ist"
)
ONE_ANSWER = N_(
    "auf „%(name)s“ gibt es nur eine Antwort, includes passt dort nicht. Nimm is oder one_of"
)
WORDS = N_(
    "die Codes von „%(name)s“ sind Wörter, at_least und at_most brauchen Zahlen. Nimm is oder"
    " one_of"
)
COUNTED_LATER = N_(
    "„%(name)s“ wird erst beim Zählen gebildet. Nimm eine Bedingung mit einer Antwort"
)
NEVER_TRUE = N_(
    "diese Bedingung ist nie erfüllt: Ihre Teile widersprechen sich, oder ein Wert kommt unter den"
    " Antworten nicht vor. Ändere sie, oder streiche die Frage"
)
DEAD_END = N_(
    "diese Frage bekommt niemand: Wer so antworten könnte, dem wird die Frage davor gar nicht"
    " gestellt. Vergleiche diese Bedingung mit der Bedingung dort"
)
# The number of people who were asked a question is printed with its table (n). If a sensitive
# answer decided who was asked, n would give away the very count that disclosure control withholds.
TELLS_TOO_MUCH = N_(
    "die Frage „%(name)s“ ist empfindlich (sensitivity %(sensitivity)s): schon die Zahl derer, die"
    " diese Frage bekommen, würde verraten, wie dort geantwortet wurde. Stelle sie allen, oder nimm"
    " eine Bedingung mit einer Frage der Stufe A"
)
# Free text is stored apart from the other answers and is not there when they are counted.
LIES_APART = N_(
    "die Frage „%(name)s“ ist ein Freitext und wird getrennt von den anderen Antworten gespeichert."
    " Nimm eine Bedingung mit einer anderen Frage"
)
NO_SUCH_SCALE = N_("die Skala „%(name)s“ gibt es nicht. Es gibt: %(names)s")
TWICE = N_("die id „%(name)s“ kommt zweimal vor. Gib einer der Fragen eine andere")
# A roll-up counts a core question once per person.
CORE_TWICE = N_("die Kernfrage %(core)s kommt zweimal vor. Streiche core bei einer der Fragen")
RESERVED = N_("die id „%(name)s“ ist für das Formular reserviert. Nimm eine andere")
# Every further breakdown makes smaller groups (ANONYMITY.md, "What is released", rule 3).
MANY_BREAKDOWNS = N_(
    "mehr als %(most)s Fragen mit breakdown machen die Gruppen zu klein. Streiche breakdown hier"
    " oder bei einer anderen Frage"
)
OWN_WORDING = N_(
    "Vergleichswerte gelten nur für den geprüften Wortlaut, unter licence steht aber validated:"
    " false. Streiche reference"
)
NO_SLOTS = N_(
    "hier steht nur ein Platzhalter, und den gibt es nur in Lizenzklasse B. Schreib den Text, oder"
    " ändere unter licence die Klasse"
)
