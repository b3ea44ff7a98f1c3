"""Every question kind keeps the same promises; a new one is visited as soon as its module is there.

1. Its module opens with its idea, holds one kind, and has the members in the usual order.
2. tests/kinds/examples/<kind>.yaml shows every key it has.
3. survey_app/web/templates/questions/<kind>.html shows it on a phone.
4. Its variables, what it reads and what it simulates agree: whatever the mood, a simulated form is
   readable, and everything read is counted.
5. An empty form reads as nothing.
6. What cannot be an answer is refused, at its field and with a German sentence. A kind without
   fields has nothing to refuse.
7. Whatever is sent, it is read or refused; nothing else happens.
8. A refused question is a missing answer, wherever it can be refused.
9. Nobody else knows it: no other module asks for its name.
"""

import ast
import inspect
import random
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import survey_app
import survey_app.domain.questions as questions_package
from survey_app.domain.codebook import Level, Variable
from survey_app.domain.messages import InvalidAnswer
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.questions import KINDS, Question
from survey_app.domain.response import REFUSED
from survey_app.domain.tabulation import tabulate
from tests.support import asking

EXAMPLES = Path(__file__).parent / "examples"
PACKAGE = Path(survey_app.__file__).parent
MEMBERS = ["kind", "variables", "read", "simulate"]
MOODS = [0.0, 0.25, 0.5, 0.75, 1.0]

# Whoever tampers with a form sends something like this. None of it is a code, a number in range or
# a text of bearable length.
NONSENSE = ["quatsch", "-99", "1.5", "99999999999", "unanswered", "x" * 5_000]

every_kind = pytest.mark.parametrize("kind", KINDS)


def example(kind: str) -> Questionnaire:
    path = EXAMPLES / f"{kind}.yaml"
    assert path.exists(), f"Write an example with every key of {kind}: tests/kinds/{path.name}"
    return asking(path.read_text(encoding="utf-8"))


def questions(kind: str) -> list[Question]:
    return list(example(kind).questions)


def answered(question: Question) -> list[Variable]:
    """Return the variables that stand in the form; the others are computed from them."""
    return [variable for variable in question.variables() if not variable.is_derived]


def module_of(kind: str) -> ast.Module:
    return ast.parse(Path(inspect.getfile(KINDS[kind])).read_text(encoding="utf-8"))


# The module


@every_kind
def test_module_has_the_name_of_its_kind_and_opens_with_its_idea(kind: str) -> None:
    """Rule 1."""
    assert Path(inspect.getfile(KINDS[kind])).stem == kind
    docstring = ast.get_docstring(module_of(kind))
    assert docstring, f"questions/{kind}.py needs a docstring: what is asked, what is counted?"


@every_kind
def test_members_come_in_the_usual_order(kind: str) -> None:
    """Rule 1: two kinds can be read side by side."""
    (body,) = [
        node.body
        for node in module_of(kind).body
        if isinstance(node, ast.ClassDef) and node.name == KINDS[kind].__name__
    ]
    named = [
        node.target.id if isinstance(node, ast.AnnAssign) else node.name
        for node in body
        if isinstance(node, ast.FunctionDef)
        or (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name))
    ]
    assert [name for name in named if name in MEMBERS] == MEMBERS
    assert named[0] == "kind"


@every_kind
def test_example_shows_every_key(kind: str) -> None:
    """Rule 2."""
    asked = questions(kind)
    assert {question.kind_name for question in asked} == {kind}
    shown = {name for question in asked for name in question.model_fields_set}
    keys = set(KINDS[kind].model_fields) - {"show_if"}  # the same for all, tested with conditions
    assert keys - shown == set(), f"The example of {kind} does not show these keys."


@every_kind
def test_template_is_there(kind: str) -> None:
    """Rule 3."""
    template = PACKAGE / "web" / "templates" / "questions" / f"{kind}.html"
    assert template.is_file(), f"Draw {kind} for the phone: {template.relative_to(PACKAGE.parent)}"


# Variables, reading, simulation


@every_kind
def test_variables_are_named_and_labelled(kind: str) -> None:
    """Rule 4: every variable but the derived ones is a form field, every code has a wording."""
    for question in questions(kind):
        variables = question.variables()
        assert set(question.fields) == {variable.name for variable in answered(question)}
        assert set(question.fields) <= question.names
        assert {variable.question for variable in variables} <= {question.id}
        for variable in variables:
            assert len(set(variable.codes)) == len(variable.codes)
            assert bool(variable.codes) is (variable.level is not Level.TEXT)
            assert all(variable.label_of(code, "en") for code in variable.codes)


@every_kind
def test_coarse_codes_and_positive_codes_are_codes(kind: str) -> None:
    """Rule 4: the coarse scale has each code once; positive answers fill whole groups of it."""
    for variable in example(kind).codebook():
        assert set(variable.positive) <= set(variable.codes)
        if variable.coarse:
            assert [code for group in variable.coarse for code in group] == list(variable.codes)
        for group in variable.coarse:
            assert set(group) <= set(variable.positive) or not set(group) & set(variable.positive)


@every_kind
def test_simulated_forms_are_readable_and_counted(kind: str) -> None:
    """Rule 4: two hundred people in five moods."""
    asked = example(kind)
    answers = []
    for seed in range(200):
        chance, mood = random.Random(seed), MOODS[seed % len(MOODS)]
        form = {
            field: sent for q in asked.questions for field, sent in q.simulate(chance, mood).items()
        }
        assert set(form) <= {field for question in asked.questions for field in question.fields}
        reading = asked.read(form)
        assert reading.problems == ()
        assert set(reading.answers) == {name for name, sent in form.items() if any(sent)}
        answers.append(reading.answers)
    for table in tabulate(asked, answers).tables:
        ticks = sum(cell.count for cell in table.cells)
        assert ticks >= table.base if table.multiple else ticks == table.base
        assert table.base + table.missing.total == 200
        assert table.base > 0


@every_kind
def test_same_chance_simulates_the_same_form(kind: str) -> None:
    """Rule 4: the same seed gives the same district."""
    for question in questions(kind):
        first, second = (question.simulate(random.Random(7), 0.6) for _ in range(2))
        assert first == second


@every_kind
@pytest.mark.parametrize(
    "empty", [{}, [], [""], ["  "]], ids=["none", "no value", "empty", "blank"]
)
def test_empty_form_reads_as_nothing(kind: str, empty: list[str] | dict[str, str]) -> None:
    """Rule 5."""
    for question in questions(kind):
        form = dict.fromkeys(question.fields, empty) if isinstance(empty, list) else {}
        assert question.read(form) == {}


def refused(question: Question, variable: Variable, sent: list[str]) -> str:
    """Return the sentence with which `sent` is refused at its field."""
    with pytest.raises(InvalidAnswer) as invalid:
        question.read({variable.name: sent})
    (problem,) = invalid.value.problems
    assert problem.field == variable.name
    return str(problem.message)


@every_kind
def test_what_cannot_be_an_answer_is_refused_in_german(kind: str) -> None:
    """Rule 6: a text may say anything but not at any length; all else knows its codes."""
    for question in questions(kind):
        for variable in answered(question):
            free = variable.level is Level.TEXT
            for nonsense in NONSENSE[-1:] if free else NONSENSE:
                sentence = refused(question, variable, [nonsense])
                assert sentence[0].isupper()
                assert sentence.endswith(".")
                assert "bitte" in sentence.lower()


@every_kind
def test_second_answer_where_one_is_asked_for_is_refused(kind: str) -> None:
    """Rule 6."""
    for question in questions(kind):
        for variable in answered(question):
            if not variable.multiple:
                sentence = refused(question, variable, ["1", "2"])
                assert sentence == "Hier geht nur eine Antwort. Bitte wähle eine aus."


@every_kind
def test_refusal_is_read_where_it_is_offered_and_nowhere_else(kind: str) -> None:
    """Rule 8."""
    for question in questions(kind):
        for variable in answered(question):
            if variable.refusal:
                assert question.read({variable.name: [REFUSED]}) == {variable.name: REFUSED}
            elif variable.level is not Level.TEXT:
                assert refused(question, variable, [REFUSED])


@every_kind
@given(sent=st.lists(st.text(max_size=30), max_size=3))
@settings(max_examples=40, deadline=None)
def test_whatever_is_sent_is_read_or_refused(kind: str, sent: list[str]) -> None:
    """Rule 7: what is read can be counted."""
    asked = example(kind)
    reading = asked.read({field: sent for question in asked.questions for field in question.fields})
    for table in tabulate(asked, [reading.answers]).tables:
        assert sum(cell.count for cell in table.cells) >= table.base


# Nobody else knows it


def questioned(node: ast.AST) -> list[ast.AST]:
    """Return the parts of `node` that decide by a value: comparisons, cases, tables of choices."""
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.Dict) and len(node.keys) > 1:
        names = [key.value for key in node.keys if isinstance(key, ast.Constant)]
        return [node] if len(KINDS.keys() & set(names)) > 1 else []
    return [node] if isinstance(node, ast.MatchValue) else []


def decisions_about_kinds(path: PurePath, source: str) -> list[str]:
    """Return where a module decides by the name of a kind, or takes a kind's class by its name."""
    found = []
    for node in ast.walk(ast.parse(source)):
        for part in questioned(node):
            named = {value.value for value in ast.walk(part) if isinstance(value, ast.Constant)}
            found += [f"{path}:{part.lineno}: {name}" for name in sorted(KINDS.keys() & named)]
        if isinstance(node, ast.ImportFrom) and node.module:
            room, _, kind = node.module.rpartition(".")
            if room == questions_package.__name__ and kind in KINDS:
                found.append(f"{path}:{node.lineno}: {kind}")
    return found


def test_no_module_decides_by_a_kind() -> None:
    """Rule 9: what differs between kinds belongs into the kinds, their variables or templates."""
    outside = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "questions"]
    found = [d for p in outside for d in decisions_about_kinds(p, p.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "if question.kind_name == 'rating': ...",
        "x = kind in ('rating', 'battery')",
        "match kind:\n    case 'rating': ...",
        "draw = {'rating': bars, 'ladder': steps}[kind]",
        "from survey_app.domain.questions.rating import Rating",
    ],
)
def test_decision_by_a_kind_would_be_found(source: str) -> None:
    """Rule 9."""
    assert decisions_about_kinds(PurePath("views.py"), source)


@pytest.mark.parametrize("source", ["table = Table('rating')", "filters = {'number': number}"])
def test_word_that_is_no_decision_is_not_found(source: str) -> None:
    """Rule 9: a filter may be called like a kind."""
    assert decisions_about_kinds(PurePath("views.py"), source) == []
