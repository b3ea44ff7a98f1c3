"""What staff are asked about giving something back: from which day, and what becomes of a wish."""

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from survey_app.domain.commitment import HAS_A_DAY, NewCommitment, Status
from survey_app.domain.messages import N_, Words
from survey_app.web.staff.forms import CHOOSE, DAY_FORMATS, TOO_LONG, a_day, needed


class ResultsDayForm(FlaskForm):
    """From which day those who answered see the results."""

    results_on = a_day(N_("Ergebnisse ab"))


class NeededSometimes(Optional):
    """Let a field be empty here, but do not call it voluntary: the service may need it."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {"optional": True, "required": True}


def a_text(label: str, description: str, demand: object) -> TextAreaField:
    """Return a field for one or two sentences that everybody may read."""
    return TextAreaField(
        label,
        description=description,
        validators=[demand, Length(max=300, message=TOO_LONG)],
        render_kw={"rows": 3},
    )


class CommitmentForm(FlaskForm):
    """One commitment. What is needed beside wish, status and office depends on the status."""

    wish = a_text(
        N_("Was haben die Jugendlichen gesagt?"),
        N_("In Ihren Worten. Keine Zitate, keine Namen, nichts, woran man jemanden erkennt."),
        needed(),
    )
    status = SelectField(N_("Stand"), validators=[needed(CHOOSE)])
    answer = a_text(
        N_("Was geschieht jetzt?"),
        N_(
            "So, dass Jugendliche es verstehen. Bei „geht nicht“ kann hier stehen, was stattdessen"
            " möglich ist."
        ),
        NeededSometimes(),
    )
    reason = a_text(N_("Grund"), N_("Nötig, wenn es nicht geht."), NeededSometimes())
    office = StringField(
        N_("Zuständige Stelle"),
        description=N_("Ein Amt, ein Team, eine Schule. Keine Person: Die Seite ist öffentlich."),
        validators=[needed(), Length(max=200, message=TOO_LONG)],
    )
    due_on = DateField(
        N_("Bis wann"),
        description=N_("Nötig bei „geplant“ und „angefangen“."),
        format=DAY_FORMATS,
        validators=[NeededSometimes()],
    )
    decided_on = a_day(N_("Entschieden am"))

    def offer(self, words: Words) -> None:
        """Fill the list of states."""
        self.status.choices = [
            SelectChoice(status.value, words.gettext(status.label)) for status in Status
        ]

    def value(self) -> NewCommitment:
        """Return what was entered; what does not go with the status is left out."""
        status = Status(self.status.data)
        return NewCommitment(
            wish=self.wish.data.strip(),
            status=status,
            answer=self.answer.data.strip(),
            reason=self.reason.data.strip() if status is Status.DECLINED else "",
            office=self.office.data.strip(),
            due_on=self.due_on.data if status in HAS_A_DAY else None,
            decided_on=self.decided_on.data,
        )
