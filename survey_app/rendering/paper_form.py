"""A questionnaire on paper: for the approval by a school, and for a room without phones.

It shows every question in the order of the phone, in one language, on A4, to be ticked with a pen.
What a phone decides by itself stands there as an instruction ("Nur beantworten, wenn …"). The foot
of each page names questionnaire, version and fingerprint, so that what was approved can be told
from what is asked.

Statements on the same scale become one table, with the scale as its head, if the answers fit into
columns; otherwise each has its answers below it. The other kinds have a template each,
``templates/paper/<kind>.html``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import ClassVar, Final

from markupsafe import Markup

from survey_app.domain.codebook import Variable
from survey_app.domain.directory import HelpCard
from survey_app.domain.messages import Words
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.questions.base import Question, ScaledQuestion
from survey_app.domain.scales import Option, Scale
from survey_app.domain.text import Text
from survey_app.rendering.environment import render_template
from survey_app.rendering.fitting import MM_PER_POINT, ems
from survey_app.rendering.paper_conditions import Place, told
from survey_app.rendering.paper_numbers import PaperNumbers, key_at
from survey_app.rendering.pdf import Document
from survey_app.rendering.pictures import strokes

PAGE_WIDTH: Final = 174.0
INDENT: Final = 7.0
COLUMN_WIDTHS: Final = (15.5, 17.5, 20.0, 23.0)
STATEMENT_WIDTH: Final = 60.0
HEAD_SIZE: Final = 8.0
OPTION_SIZE: Final = 10.0
MOST_COLUMNS: Final = 5


@dataclass(frozen=True)
class Row:
    """One statement of a table, with its number on the paper."""

    number: str
    text: Text


@dataclass(frozen=True)
class Table:
    """Statements on one scale. `column` is the width of an answer in mm; None if they don't fit.

    `heading` is the question they belong to; a statement that is a question itself has none.
    """

    rows: tuple[Row, ...]
    scale: Scale
    column: float | None
    heading: Text | None = None
    number: str = ""
    stem: Text | None = None
    hint: Text | None = None
    condition: str = ""
    on_new_page: bool = False

    template: ClassVar[str] = "paper/table.html"


@dataclass(frozen=True)
class Single:
    """Any other question."""

    question: Question
    number: str
    condition: str
    columns: int

    on_new_page: ClassVar[bool] = False

    @property
    def template(self) -> str:
        """Return the template of this kind."""
        return f"paper/{self.question.kind_name}.html"


Block = Table | Single


@dataclass(frozen=True)
class Part:
    """A section with its blocks."""

    title: Text | None
    introduction: Text | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class PaperForm:
    """What the template shows. `code` is the one of the wave it is printed for, if it is."""

    questionnaire: Questionnaire
    words: Words
    minimum: int
    help_card: HelpCard
    code: str = ""

    @property
    def for_professionals(self) -> bool:
        """Return whether grown-ups answer."""
        return self.questionnaire.audience is Audience.PROFESSIONALS

    @property
    def count(self) -> int:
        """Return how many questions there are; a mere text is none."""
        return len(self.numbers)

    @cached_property
    def _counted(self) -> PaperNumbers:
        return PaperNumbers(self.questionnaire)

    @property
    def numbers(self) -> dict[str, str]:
        """Return the number of each question that asks something."""
        return self._counted.numbers

    @property
    def places(self) -> dict[str, Place]:
        """Return where each variable stands: question 3, or statement b of question 3."""
        return self._counted.places

    def key(self, position: int) -> str:
        """Return the key of an answer, for whoever types the sheet in; empty where nobody does."""
        return key_at(position) if self.code else ""

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Return the sections."""
        return tuple(
            Part(section.title, section.introduction, tuple(self._blocks(section.questions)))
            for section in self.questionnaire.sections
        )

    def _blocks(self, questions: Iterable[Question]) -> Iterator[Block]:
        for scale, together in groupby(questions, key=_table_shared):
            if scale is not None:
                yield self._shared([each for each in together if isinstance(each, ScaledQuestion)])
                continue
            for question in together:
                if isinstance(question, ScaledQuestion):
                    yield from self._own(question)
                else:
                    yield self._single(question)

    def _shared(self, questions: Sequence[ScaledQuestion]) -> Table:
        rows = tuple(Row(self.numbers[each.id], each.text) for each in questions)
        scale = questions[0].answer_scale
        return Table(rows, scale, _column(scale, self.words))

    def _own(self, question: ScaledQuestion) -> Iterator[Table]:
        """Yield the table of a question; of one that looks back and at now, two pages."""
        asked = {variable.name: variable for variable in question.variables()}
        fields = [asked[name] for name in question.fields]
        for place, (stem, group) in enumerate(groupby(fields, key=lambda each: each.stem)):
            scale = question.answer_scale
            yield Table(
                rows=tuple(Row(self._letter(each), each.text) for each in group),
                scale=scale,
                column=_column(scale, self.words),
                heading=question.text if stem is not None else None,
                number=self.numbers[question.id],
                stem=stem if stem != question.text else None,
                hint=question.hint,
                condition=self._condition(question),
                on_new_page=place > 0,
            )

    def _letter(self, variable: Variable) -> str:
        number = self.places[variable.name].number
        return number[len(self.numbers[variable.question]) :] or number

    def _single(self, question: Question) -> Single:
        options: tuple[Option, ...] = getattr(question, "options", ())
        return Single(
            question,
            self.numbers.get(question.id, ""),
            self._condition(question),
            _columns_of(options, self.words),
        )

    def _condition(self, question: Question) -> str:
        return told(question.show_if, self.places, self.words) if question.show_if else ""


def paper_form_document(
    questionnaire: Questionnaire,
    words: Words,
    *,
    minimum: int,
    help_card: HelpCard,
    code: str = "",
) -> Document:
    """Return the questionnaire on paper in the language of `words`, for `PdfPool`.

    `minimum` is the number of people below which no result is shown. With the `code` of a wave, as
    it stands on paper, every page names it, and every answer the key to type it in with.
    """
    html = paper_form_html(questionnaire, words, minimum=minimum, help_card=help_card, code=code)
    return Document(html, ("paper_form.css",))


def paper_form_html(
    questionnaire: Questionnaire,
    words: Words,
    *,
    minimum: int,
    help_card: HelpCard,
    code: str = "",
) -> str:
    """Return the questionnaire on paper as HTML."""
    form = PaperForm(questionnaire, words, minimum, help_card, code)
    return render_template("paper_form.html", words, form=form, strokes=strokes)


def paper_form_part(
    questionnaire: Questionnaire, words: Words, *, minimum: int, help_card: HelpCard
) -> Markup:
    """Return the questionnaire on paper as a part of a larger document, with paper_form.css."""
    form = PaperForm(questionnaire, words, minimum, help_card)
    html = render_template("paper/form.html", words, form=form, strokes=strokes)
    return Markup(html)  # noqa: S704 - a template of ours has escaped what it was given


def _table_shared(question: Question) -> str | None:
    """Return the name of the scale whose table a question can share with its neighbours."""
    alone = question.show_if is None and question.hint is None
    is_statement = len(question.fields) == 1 and question.variables()[0].stem is None
    return question.scale_name if alone and is_statement else None


def _column(scale: Scale, words: Words) -> float | None:
    """Return the least width at which no word of an answer is broken; None if there is no room."""
    said = [option.text.said(words.code) for option in scale.options]
    widest = max(ems(word) for text in said for word in text.replace("/", "/ ").split())
    count = len(said) + scale.refusal
    for width in COLUMN_WIDTHS:
        fits = widest * HEAD_SIZE * MM_PER_POINT <= width - 2
        if fits and PAGE_WIDTH - count * width >= STATEMENT_WIDTH:
            return width
    return None


def _columns_of(options: Sequence[Option], words: Words) -> int:
    """Return in how many columns the options of a question stand."""
    widest = max((ems(option.text.said(words.code)) for option in options), default=0.0)
    width = widest * OPTION_SIZE * MM_PER_POINT + 10
    several = (len(options),) if len(options) <= MOST_COLUMNS else ()
    return next((n for n in (*several, 3, 2) if n * width <= PAGE_WIDTH - INDENT), 1)
