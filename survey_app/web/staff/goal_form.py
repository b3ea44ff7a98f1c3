"""The goals of a measure as a form: three places, each with an indicator and a target.

An indicator is an answer of one of the questionnaires, or something staff count themselves. Where
no stage is chosen it is the one that such an answer can show, and not more. Once a wave has opened
a changed target has to be confirmed: it will be printed as set afterwards.
"""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.fields.choices import SelectChoice

from survey_app.domain.goal import (
    MOST_GOALS,
    NO_SHARE,
    Goal,
    Indicator,
    NewGoal,
    Stage,
    honest_stage,
    indicators,
)
from survey_app.domain.messages import N_, Words
from survey_app.domain.questionnaire import Questionnaire
from survey_app.services.measures import KnownMeasure
from survey_app.web.staff.part_fields import EMPTY, a_choice, a_line, a_note, a_share

PLACES = range(1, MOST_GOALS + 1)
FIELDS = ("text", "indicator", "other", "target", "stage")
CONFIRM = N_(
    "Die Befragung hat schon begonnen. Bitte bestätigen Sie, dass dieser Zielwert als nachträglich"
    " gesetzt gekennzeichnet wird."
)
LONGEST_LABEL = 110


class GoalForm(FlaskForm):
    """Up to three goals; the fields of each are made below."""

    late = BooleanField(
        N_("Trotzdem ändern"),
        description=N_(
            "Auf dem Auswertungsbogen steht dann „Zielwert nachträglich gesetzt“. Der alte Wert"
            " bleibt aufbewahrt."
        ),
    )

    def offer(self, questionnaires: Mapping[str, Questionnaire], words: Words) -> None:
        """Fill the lists; an indicator that no questionnaire has any more stays as it is."""
        asked = indicator_choices(questionnaires, words)
        known = {choice.value for choice in asked}
        stages = [SelectChoice(str(each.value), words.gettext(each.label)) for each in Stage]
        for place in PLACES:
            field = self[f"indicator_{place}"]
            gone = field.object_data
            kept = [SelectChoice(gone)] if gone and gone not in known else []
            field.choices = [SelectChoice(*EMPTY), *kept, *asked]
            automatic = words.gettext(N_("Passend zur Frage"))
            self[f"stage_{place}"].choices = [SelectChoice("", automatic), *stages]

    def validate(self, extra_validators: Any = None) -> bool:
        """See that every goal has a target."""
        sound = bool(super().validate(extra_validators))
        for place in PLACES:
            target = self[f"target_{place}"]
            if self._is_used(place) and target.data is None and not target.errors:
                target.errors = [NO_SHARE]
                sound = False
        return sound

    def confirms(self, known: KnownMeasure) -> bool:
        """Return whether nothing is late or somebody said that it may be; else say so."""
        if known.first_opened is None or self.late.data or not self._changes(known):
            return True
        self.late.errors = [CONFIRM]
        return False

    def values(self, questionnaires: Mapping[str, Questionnaire]) -> tuple[NewGoal | None, ...]:
        """Return what was entered, None for an empty place."""
        return tuple(
            self._value(place, questionnaires) if self._is_used(place) else None for place in PLACES
        )

    def _value(self, place: int, questionnaires: Mapping[str, Questionnaire]) -> NewGoal:
        said = {name: self[f"{name}_{place}"].data for name in FIELDS}
        indicator = Indicator.read(said["indicator"] or "")
        stage = Stage(int(said["stage"])) if said["stage"] else _stage(indicator, questionnaires)
        return NewGoal(
            text=(said["text"] or "").strip(),
            indicator=indicator,
            other=(said["other"] or "").strip(),
            target=said["target"],
            stage=stage,
        )

    def _is_used(self, place: int) -> bool:
        return any(self[f"{name}_{place}"].data not in (None, "") for name in FIELDS)

    def _changes(self, known: KnownMeasure) -> bool:
        now = self.values({})
        before = (known.goal_at(place) for place in PLACES)
        return any(
            (was.promise if was else None) != (goal.promise if goal else None)
            for was, goal in zip(before, now, strict=True)
        )


for _place in PLACES:
    GoalForm_fields = {
        "text": a_note(N_("Was soll erreicht sein?"), N_("Ein Satz, den man prüfen kann."), 300),
        "indicator": a_choice(N_("Woran sieht man es?"), N_("An dieser Frage:")),
        "other": a_line(N_("Oder woran sonst?"), N_("Was Sie selbst zählen, in Ihren Worten.")),
        "target": a_share(N_("Zielwert (%)"), N_("Wie viele von hundert sollen zustimmen?")),
        "stage": a_choice(N_("Wirkungsstufe"), N_("Stufe 6 und 7 kann eine Umfrage nicht zeigen.")),
    }
    for _name, _field in GoalForm_fields.items():
        setattr(GoalForm, f"{_name}_{_place}", _field)


def known_goals(goals: tuple[Goal, ...]) -> dict[str, Any]:
    """Return what is known, by the name of its field."""
    values: dict[str, Any] = {}
    for goal in goals:
        said = (
            goal.text,
            str(goal.indicator or ""),
            goal.other,
            goal.target,
            str(goal.stage.value),
        )
        values |= {f"{name}_{goal.place}": each for name, each in zip(FIELDS, said, strict=True)}
    return values


def indicator_choices(
    questionnaires: Mapping[str, Questionnaire], words: Words
) -> list[SelectChoice]:
    """Return the questions whose answers can show that a goal is reached, by questionnaire."""
    return [
        SelectChoice(
            str(Indicator(name, variable.name)),
            _shortened(variable.text.said(words.code)),
            optgroup=questionnaire.title.said(words.code),
        )
        for name, questionnaire in questionnaires.items()
        for variable in indicators(questionnaire.codebook())
    ]


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1].rstrip()}…"


def _stage(indicator: Indicator | None, questionnaires: Mapping[str, Questionnaire]) -> Stage:
    asked = questionnaires.get(indicator.questionnaire) if indicator else None
    if indicator is None or asked is None:
        return Stage.SATISFIED
    core = {variable.name: variable.core for variable in asked.codebook()}
    return honest_stage(core.get(indicator.variable))
