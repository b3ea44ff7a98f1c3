"""The echo: what those who answered see when their wave is counted.

A page of their own, not the evaluation sheet in small: three findings in large words, a few more
behind them, and what happens now. It hangs in the corridor, behind a printed code, so it says less
than the sheet says to professionals:

- Shares are rounded to tenths, from ten answers on (EVALUATION 2.5); below ten there is no figure
  at all. The ends stay open: "mindestens 9 von 10" is said of everybody and of all but one, so that
  a teacher who knows the group learns of nobody for certain what they answered.
- Questions on how people feel (C) are left out, whatever their size. Who wants to talk about them
  does so with the sheet on the table.
- Findings come in the order of the questionnaire, good or bad; none is chosen by its result.
- What was said in own words stands there as up to three themes, once people have read the texts
  (domain/voices.py). How often each was named is said as it is, but that all and all but one of
  those who answered say the same.

Everything is a function of the same `ReleasedBlock` that the sheet is made of, and coarser: page
and sheet together say no more than the sheet alone.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from survey_app.domain.codebook import Sensitivity, Variable
from survey_app.domain.commitment import Commitment, in_order
from survey_app.domain.disclosure import DisclosurePolicy, Reason, Withheld
from survey_app.domain.messages import N_, NN_, Message, Number
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.sheet import ResultRow, WaveResult
from survey_app.domain.statistics import Share
from survey_app.domain.taking_part import NextWay
from survey_app.domain.text import Text
from survey_app.domain.voices import Theme, Voices

LARGE: Final = 3  # findings in large words: one screen of a phone
MOST: Final = 8
THEMES: Final = 3


@dataclass(frozen=True)
class Labels:
    """The wording of several answers that count as one: "stimmt eher / stimmt genau"."""

    texts: tuple[Text, ...]

    def wording(self, language: str) -> object:
        """Return the wording itself; it may join several languages."""
        return self.said(language)

    def said(self, language: str) -> str:
        """Return the wording in one language."""
        return " / ".join(text.said(language) for text in self.texts)


@dataclass(frozen=True)
class Tenths:
    """How many of ten, as the steps of a bar.

    With `is_open` it is one of the ends: at most one of ten (no full step) or at least nine.
    """

    full: int
    is_open: bool = False

    @property
    def said(self) -> Message:
        """Return the share in words."""
        if self.is_open:
            return Message(AT_LEAST_NINE if self.full else AT_MOST_ONE)
        return Message(TENTHS, {"tenths": Number(self.full)})


AT_MOST, AT_LEAST = Tenths(0, is_open=True), Tenths(9, is_open=True)


@dataclass(frozen=True)
class Finding:
    """One result in words.

    `sentence` says it whole, with the share ("7 von 10") in it. Where it does not say what was
    asked, `asked` does, and `stem` what stood above it.
    """

    tenths: Tenths
    sentence: Message
    asked: Text | None = None
    stem: Text | None = None


@dataclass(frozen=True)
class Mention:
    """A theme of what was written: its label, in the words of staff, and how often in words."""

    theme: Theme
    often: Message


@dataclass(frozen=True)
class Echo:
    """What those who answered see.

    `answered` is how many they were, or why nobody may know. `notes` say what is missing and why.
    `heard` are themes of what was written, the most frequent first.
    """

    audience: Audience
    answered: int | Withheld
    large: tuple[Finding, ...]
    further: tuple[Finding, ...]
    notes: tuple[Message, ...]
    commitments: tuple[Commitment, ...]
    heard: tuple[Mention, ...] = ()
    next_way: NextWay | None = None

    @property
    def who_answered(self) -> Message:
        """Return how many answered, or that they were too few to show anything."""
        if isinstance(self.answered, Withheld):
            return Message(TOO_FEW, {"limit": self.answered.limit})
        return Message.counted(
            ANSWERED[self.audience], self.answered, {"count": Number(self.answered)}
        )


def echo_of(
    result: WaveResult,
    commitments: Iterable[Commitment],
    policy: DisclosurePolicy,
    *,
    voices: Voices | None = None,
    next_way: NextWay | None = None,
) -> Echo:
    """Return what those who answered this wave see; `voices` is what they wrote, once reviewed."""
    findings = tuple(
        finding_of(row, share)
        for row in asked_rows(result)
        if (share := _share_of(row, policy)) is not None
    )[:MOST]
    return Echo(
        audience=result.wave.audience,
        answered=result.released.base,
        large=findings[:LARGE],
        further=findings[LARGE:],
        notes=tuple(_notes(result, policy)),
        commitments=in_order(commitments),
        heard=tuple(_heard(result, voices)),
        next_way=next_way,
    )


def _heard(result: WaveResult, voices: Voices | None) -> Iterable[Mention]:
    """Yield the themes of this wave that may hang in a corridor."""
    base = result.released.base
    if voices is None or isinstance(base, Withheld):
        return
    for theme in voices.of_wave(result.wave.id).in_public.themes[:THEMES]:
        by_almost_all = theme.count >= base - 1
        often = Message.counted(NAMED, theme.count, {"n": Number(theme.count)})
        yield Mention(theme, Message(NAMED_BY_ALMOST_ALL) if by_almost_all else often)


def asked_rows(result: WaveResult) -> list[ResultRow]:
    """Return the rows an echo can speak of, those with sentences of their own first."""
    names = _on_a_scale(result.questionnaire)
    rows = [row for row in result.rows if row.variable.name in names and row.variable.positive]
    open_to_all = [row for row in rows if row.variable.sensitivity is not Sensitivity.C]
    return sorted(open_to_all, key=lambda row: row.variable.core not in SENTENCES)


def _on_a_scale(questionnaire: Questionnaire) -> set[str]:
    """Return the names of the variables whose answers are the words of a scale.

    Of "before" and "now" only now, and not their difference, which is no answer.
    """
    variables = [
        variable
        for question in questionnaire.questions
        if question.scale_name is not None
        for variable in question.variables()
    ]
    looking_back = {each.difference[1] for each in variables if each.difference is not None}
    return {each.name for each in variables if not each.is_derived} - looking_back


def _share_of(row: ResultRow, policy: DisclosurePolicy) -> Share | None:
    share = row.positive
    if isinstance(share, Share) and share.base >= policy.tenths_from:
        return share
    return None


def finding_of(row: ResultRow, share: Share) -> Finding:
    """Return the finding of one row in words."""
    tenths, variable = in_tenths(share.count, share.base), row.variable
    number = max(1, tenths.full)  # decides about singular and plural
    forms = SENTENCES.get(variable.core or "")
    if forms is not None:
        return Finding(tenths, Message.counted(forms, number, {"share": tenths.said}))
    values = {"share": tenths.said, "answers": _positive_labels(variable)}
    sentence = Message.counted(ANSWERS, number, values)
    return Finding(tenths, sentence, asked=variable.text, stem=variable.stem)


def in_tenths(count: int, base: int) -> Tenths:
    """Return how many of ten that is, halves upwards; a base of ten or more makes it true.

    >>> in_tenths(18, 24), in_tenths(11, 12), in_tenths(12, 12) == in_tenths(11, 12)
    (Tenths(full=8, is_open=False), Tenths(full=9, is_open=True), True)
    """
    rounded = (20 * count + base) // (2 * base)
    if count <= 1 or rounded == 0:
        return AT_MOST
    if count >= base - 1 or rounded == 10:
        return AT_LEAST
    return Tenths(rounded)


def _positive_labels(variable: Variable) -> Labels:
    return Labels(tuple(each.text for each in variable.labels if each.code in variable.positive))


def _notes(result: WaveResult, policy: DisclosurePolicy) -> Iterable[Message]:
    """Yield what else is to be said, in plain words: above all why something is not shown.

    Of a recount only those hear who could have seen the numbers before it.
    """
    base = result.released.base
    if isinstance(base, Withheld):
        return
    if result.recounted_on and result.recounted_on > result.wave.results_from:
        yield Message(COUNTED_AGAIN, {"day": result.recounted_on})
    if base < policy.tenths_from:
        yield Message(FEW, {"limit": policy.tenths_from})
        return
    missing = Counter(
        reason for row in asked_rows(result) if (reason := _why_not(row, policy)) is not None
    )
    for reason, forms in WHY_NOT.items():
        if missing[reason]:
            yield Message.counted(forms, missing[reason], {"n": missing[reason]})
    if Sensitivity.C in result.questionnaire.sensitivities():
        yield Message(NOT_IN_PUBLIC)


def _why_not(row: ResultRow, policy: DisclosurePolicy) -> Reason | None:
    if isinstance(row.table, Withheld):
        return row.table.reason
    return Reason.SMALL_BLOCK if row.table.base < policy.tenths_from else None


TENTHS = N_("%(tenths)s von 10")
AT_MOST_ONE = N_("Höchstens 1 von 10")
AT_LEAST_NINE = N_("Mindestens 9 von 10")
SENTENCES = {
    "K1": NN_("%(share)s fand es gut.", "%(share)s fanden es gut."),
    "K3": NN_(
        "%(share)s hat etwas gelernt, das nützlich ist.",
        "%(share)s haben etwas gelernt, das nützlich ist.",
    ),
    "K8": NN_(
        "%(share)s weiß jetzt besser, wo es Hilfe gibt.",
        "%(share)s wissen jetzt besser, wo es Hilfe gibt.",
    ),
}
ANSWERS = NN_("%(share)s sagt: „%(answers)s“.", "%(share)s sagen: „%(answers)s“.")
ANSWERED = {
    Audience.YOUNG_PEOPLE: NN_(
        "%(count)s von euch hat mitgemacht.", "%(count)s von euch haben mitgemacht."
    ),
    Audience.PROFESSIONALS: NN_(
        "%(count)s Fachkraft hat geantwortet.", "%(count)s Fachkräfte haben geantwortet."
    ),
}
NAMED = NN_("%(n)s-mal genannt", "%(n)s-mal genannt")
NAMED_BY_ALMOST_ALL = N_("von fast allen genannt")
TOO_FEW = N_(
    "Es haben weniger als %(limit)s mitgemacht. Aus so wenigen Antworten ließe sich erraten, wer"
    " was gesagt hat. Darum zeigen wir keine einzige Zahl, auch niemand anderem."
)
COUNTED_AGAIN = N_("Wir haben uns verzählt und am %(day)s neu gezählt. Jetzt stimmt es.")
FEW = N_(
    "Ergebnisse in Zahlen zeigen wir hier erst ab %(limit)s Antworten. Sonst ließe sich erraten,"
    " wer was gesagt hat."
)
WHY_NOT = {
    Reason.SMALL_BLOCK: NN_(
        "Bei %(n)s Frage steht hier nichts: Zu wenige haben sie beantwortet.",
        "Bei %(n)s Fragen steht hier nichts: Zu wenige haben sie beantwortet.",
    ),
    Reason.SMALL_CELL: NN_(
        "Bei %(n)s Frage steht hier nichts: Einzelne wären an ihrer Antwort zu erkennen.",
        "Bei %(n)s Fragen steht hier nichts: Einzelne wären an ihrer Antwort zu erkennen.",
    ),
}
NOT_IN_PUBLIC = N_(
    "Wie es euch geht, hängen wir nicht aus: Diese Seite kann jeder öffnen, der am Poster"
    " vorbeikommt."
)
