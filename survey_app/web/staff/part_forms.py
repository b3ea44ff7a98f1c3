"""The parts of the master data as forms: what is asked, and what becomes of it.

A form is filled from what is known (`known_values`) and gives back a change (`applied_to`), so
that two people who fill in two parts do not overwrite each other. Basics and goals, which are more
than master data, have modules of their own, and so have the parts that hold a table.
"""

from typing import Any, ClassVar

from wtforms import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from survey_app.domain.good_practice import Criterion, Rated, Rating
from survey_app.domain.master_data import (
    AGES_TURNED,
    Approach,
    Consequence,
    Decision,
    FieldOfAction,
    Participation,
    ParticipationStage,
    Realisation,
    TargetGroup,
)
from survey_app.domain.measure import Measure, NewMeasure
from survey_app.domain.messages import N_, Words
from survey_app.web.staff.forms import TOO_LONG
from survey_app.web.staff.part_fields import (
    EMPTY,
    PartForm,
    a_choice,
    a_line,
    a_note,
    a_voluntary_day,
    an_age,
    with_master,
)


class TargetGroupForm(PartForm):
    """Whom it is for, and what kind of prevention it is."""

    age_from = an_age(N_("Alter von"))
    age_to = an_age(N_("Alter bis"))
    special_need = a_line(
        N_("Wer braucht es besonders?"),
        N_("Zum Beispiel: neu zugewanderte Jugendliche, Jugendliche in Ausbildung"),
    )
    field_of_action = a_choice(
        N_("Handlungsfeld der Krankenkassen"), N_("Nach dem Leitfaden Prävention der GKV.")
    )
    approach = a_choice(N_("Was soll sich ändern?"))
    lists: ClassVar = {"field_of_action": FieldOfAction, "approach": Approach}

    def validate_age_to(self, field: Field) -> None:
        """See that the ages are in order."""
        if None not in (self.age_from.data, field.data) and field.data < self.age_from.data:
            raise ValidationError(AGES_TURNED)

    @staticmethod
    def known_values(measure: Measure) -> dict[str, Any]:
        """Return what is known, by the name of its field."""
        master = measure.master
        return {
            **master.target_group.model_dump(),
            "field_of_action": master.field_of_action,
            "approach": master.approach,
        }

    def applied_to(self, new: NewMeasure) -> NewMeasure:
        """Return what is stated when what was entered here goes with it."""
        field, approach = self.field_of_action.data, self.approach.data
        return with_master(
            new,
            target_group=TargetGroup(
                age_from=self.age_from.data,
                age_to=self.age_to.data,
                special_need=self.said("special_need"),
            ),
            field_of_action=FieldOfAction(field) if field else None,
            approach=Approach(approach) if approach else None,
        )


class ParticipationForm(PartForm):
    """How much young people had to say."""

    stage = a_choice(
        N_("Stufe der Beteiligung"),
        N_("Ab Stufe 6 entscheiden junge Menschen mit. Stufe 3 bis 5 sind Vorstufen."),
    )
    decided = a_note(
        N_("Was haben junge Menschen entschieden?"),
        N_("Zum Beispiel: das Thema des zweiten Tages, wer eingeladen wird"),
    )

    def offer(self, words: Words) -> None:
        """Fill the list."""
        stages = [
            SelectChoice(str(stage.value), f"{stage.value} – {words.gettext(stage.label)}")
            for stage in ParticipationStage
        ]
        self.stage.choices = [SelectChoice(*EMPTY), *stages]

    @staticmethod
    def known_values(measure: Measure) -> dict[str, Any]:
        """Return what is known, by the name of its field."""
        known = measure.master.participation
        stage = str(known.stage.value) if known.stage else ""
        return {"stage": stage, "decided": known.decided}

    def applied_to(self, new: NewMeasure) -> NewMeasure:
        """Return what is stated when what was entered here goes with it."""
        stage = ParticipationStage(int(self.stage.data)) if self.stage.data else None
        said = Participation(stage=stage, decided=self.said("decided"))
        return with_master(new, participation=said)


class RealisationForm(PartForm):
    """With whom, under which conditions, and what went otherwise."""

    partners = a_note(N_("Kooperationspartner"), N_("Einer je Zeile, höchstens 20."), longest=2000)
    structure = a_note(N_("Rahmen"), N_("Räume, Personal, Material: Was war gut, was hat gefehlt?"))
    deviations = a_note(N_("Ablauf"), N_("Was lief anders als geplant, und warum?"))

    def validate_partners(self, field: Field) -> None:
        """See that there are not too many, and that each is a name."""
        names = _lines(field)
        if len(names) > 20 or any(len(name) > 200 for name in names):
            raise ValidationError(TOO_LONG)

    @staticmethod
    def known_values(measure: Measure) -> dict[str, Any]:
        """Return what is known, by the name of its field."""
        known = measure.master.realisation
        return known.model_dump() | {"partners": "\n".join(known.partners)}

    def applied_to(self, new: NewMeasure) -> NewMeasure:
        """Return what is stated when what was entered here goes with it."""
        realisation = Realisation(
            partners=_lines(self.partners),
            structure=self.said("structure"),
            deviations=self.said("deviations"),
        )
        return with_master(new, realisation=realisation)


class QualityForm(PartForm):
    """The judgement on each of the twelve criteria."""

    lists: ClassVar = dict.fromkeys((criterion.value for criterion in Criterion), Rating)

    @staticmethod
    def known_values(measure: Measure) -> dict[str, Any]:
        """Return what is known, by the name of its field."""
        return {each.criterion.value: each.rating.value for each in measure.master.quality}

    def applied_to(self, new: NewMeasure) -> NewMeasure:
        """Return what is stated when what was entered here goes with it."""
        rated = tuple(
            Rated(criterion=criterion, rating=Rating(self[criterion.value].data))
            for criterion in Criterion
            if self[criterion.value].data
        )
        return with_master(new, quality=rated)


for _criterion in Criterion:
    setattr(QualityForm, _criterion.value, a_choice(_criterion.label, _criterion.question))


class ConsequenceForm(PartForm):
    """What follows from it."""

    decision = a_choice(N_("Was wird aus der Maßnahme?"))
    reason = a_note(N_("Was genau, und warum?"))
    responsible = a_line(
        N_("Wer sieht danach?"), N_("Am besten eine Stelle, zum Beispiel: Team Prävention")
    )
    due_on = a_voluntary_day(N_("Bis wann"))
    lists: ClassVar = {"decision": Decision}

    @staticmethod
    def known_values(measure: Measure) -> dict[str, Any]:
        """Return what is known, by the name of its field."""
        return dict(measure.master.consequence)

    def applied_to(self, new: NewMeasure) -> NewMeasure:
        """Return what is stated when what was entered here goes with it."""
        decision = Decision(self.decision.data) if self.decision.data else None
        consequence = Consequence(
            decision=decision,
            reason=self.said("reason"),
            responsible=self.said("responsible"),
            due_on=self.due_on.data,
        )
        return with_master(new, consequence=consequence)


def _lines(field: Field) -> tuple[str, ...]:
    """Return what was written line by line, without empty lines."""
    return tuple(line.strip() for line in (field.data or "").splitlines() if line.strip())
