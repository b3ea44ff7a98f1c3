"""Put options in order: "Was war dir am wichtigsten?".

Every option gets a place, 1 for the first. Who wants to may place only some of them; two options
cannot share a place, and no place may be left out in between. Each option is a variable of its
own, because "how often was it first?" is the question that a reader asks.
"""

import random
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from survey_app.domain.codebook import CodeLabel, Level, Variable
from survey_app.domain.messages import N_, InvalidAnswer, Message, Problem, refuse
from survey_app.domain.questions.base import Question, first_answer, part_name
from survey_app.domain.response import Answers, Code, RawAnswers
from survey_app.domain.scales import Option, faults_of_options
from survey_app.domain.text import FALLBACK, Text

PLACE_TAKEN = N_("Platz %(place)s hast du zweimal vergeben. Bitte ändere einen davon.")
PLACE_MISSING = N_("Platz %(place)s fehlt noch. Bitte vergib die Plätze der Reihe nach.")
NO_SUCH_PLACE = N_("Bitte wähle einen Platz von 1 bis %(last)s.")


class Ranking(Question):
    """Give each option a place."""

    kind: Literal["ranking"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=10)

    @model_validator(mode="after")
    def _has_usable_codes(self) -> "Ranking":
        refuse(faults_of_options(self.options))
        return self

    @property
    def places(self) -> range:
        """Return the places from the first to the last."""
        return range(1, len(self.options) + 1)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return one name per option."""
        return tuple(part_name(self.id, option.code) for option in self.options)

    @property
    def is_ranking(self) -> bool:
        """Return that it is."""
        return True

    def allows(self, answers: Answers) -> bool:
        """Return whether these places can be given together: no place twice."""
        return len(set(answers.values())) == len(answers)

    def variables(self) -> tuple[Variable, ...]:
        """Return one variable per option: its place."""
        labels = tuple(CodeLabel(place, Text({FALLBACK: f"{place}."})) for place in self.places)
        first: tuple[Code, ...] = (1,)
        others: tuple[Code, ...] = tuple(self.places[1:])
        return tuple(
            Variable(
                name=name,
                question=self.id,
                text=option.text,
                stem=self.text,
                level=Level.ORDINAL,
                sensitivity=self.sensitivity,
                labels=labels,
                positive=first,
                coarse=(first, others),
            )
            for name, option in zip(self.parts, self.options, strict=True)
        )

    def read(self, raw: RawAnswers) -> Answers:
        """Return the places that were given."""
        places: dict[str, int] = {}
        for field in self.fields:
            sent = first_answer(raw, field)
            if sent is not None:
                places[field] = self._place(field, sent)
        self._refuse_gaps(places)
        return places

    def simulate(self, chance: random.Random, mood: float) -> RawAnswers:
        """Put all options in some order; now and then none."""
        if chance.random() < 0.05:
            return {}
        order = chance.sample(self.places, len(self.places))
        return {field: [str(place)] for field, place in zip(self.fields, order, strict=True)}

    def _place(self, field: str, sent: str) -> int:
        if sent.isdecimal() and len(sent) < 3 and int(sent) in self.places:
            return int(sent)
        message = Message(NO_SUCH_PLACE, {"last": len(self.options)})
        raise InvalidAnswer(Problem(field, message))

    def _refuse_gaps(self, places: Mapping[str, int]) -> None:
        taken: set[int] = set()
        for field, place in places.items():
            if place in taken:
                raise InvalidAnswer(Problem(field, Message(PLACE_TAKEN, {"place": place})))
            taken.add(place)
        for place in range(1, len(taken) + 1):
            if place not in taken:
                raise InvalidAnswer(Problem(self.id, Message(PLACE_MISSING, {"place": place})))
