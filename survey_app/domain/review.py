"""The review of free texts: what a person decides about a text, and when a question is concluded.

    waiting ─ publish ────┐
            ─ paraphrase ─┤  for how people feel (C): a second person agrees, or it is withheld
            ─ withhold ───┘
    all decided  →  concluded: what is published is kept (voices.Reviewed), every text is destroyed

Until a question is concluded each decision can be undone and nothing of it is shown anywhere.
After that no original is left: a paraphrase replaces it, a withheld text is gone, and of one that
is published there is the copy that everybody may read.

The second person sees the words as they would appear and agrees to these or to none. What the first
has withheld needs no second opinion: whichever it was, the text would stay withheld.

Themes are short labels. A text may have some whatever becomes of it, so that the counts speak for
everybody who wrote; those that too few texts share are not kept.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from survey_app.domain.codebook import Sensitivity, Variable
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.marks import Kind, marks
from survey_app.domain.messages import N_, Fault, Message
from survey_app.domain.text import tidied
from survey_app.domain.voices import Reviewed, ReviewedText, ReviewedTheme

LONGEST_LABEL: Final = 40
MOST_LABELS: Final = 5
LONGEST_WORDS: Final = 2000


class Verdict(StrEnum):
    """What becomes of a text."""

    PUBLISH = "publish"
    PARAPHRASE = "paraphrase"
    WITHHOLD = "withhold"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return VERDICTS[self]


class Stage(StrEnum):
    """How far a text has come."""

    WAITING = "waiting"
    WAITING_FOR_SECOND = "waiting_for_second"
    DECIDED = "decided"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided: `reader` and `second` are accounts, `words` the text of a paraphrase.

    `agreed` is what the second person said, None before. `chosen` asks for a place on the sheet.
    """

    verdict: Verdict
    reader: int
    words: str = ""
    second: int | None = None
    agreed: bool | None = None
    chosen: bool = False
    themes: tuple[str, ...] = ()

    def with_second(self, account: int, *, agreed: bool) -> "Decision":
        """Return the decision with what a second person said of it."""
        return replace(self, second=account, agreed=agreed)

    def without_second(self) -> "Decision":
        """Return the decision as it was before a second person spoke."""
        return replace(self, second=None, agreed=None)


@dataclass(frozen=True)
class Reading:
    """A text on its way through the review. `needs_two` says that one person is not enough."""

    key: bytes
    variable: str
    text: str
    needs_two: bool
    decision: Decision | None = None

    @property
    def stage(self) -> Stage:
        """Return how far it has come."""
        known = self.decision
        if known is None:
            return Stage.WAITING
        is_open = known.verdict is not Verdict.WITHHOLD and known.agreed is None
        return Stage.WAITING_FOR_SECOND if self.needs_two and is_open else Stage.DECIDED

    @property
    def outcome(self) -> Verdict | None:
        """Return what becomes of it; None before that is decided."""
        if self.decision is None or self.stage is not Stage.DECIDED:
            return None
        disagreed = self.needs_two and self.decision.agreed is False
        return Verdict.WITHHOLD if disagreed else self.decision.verdict

    @property
    def words(self) -> str:
        """Return the words as they would appear."""
        return (self.decision and self.decision.words) or self.text

    def awaits(self, account: int) -> bool:
        """Return whether somebody can bring it further: nobody is their own second."""
        if self.stage is Stage.WAITING_FOR_SECOND:
            return self.decision is not None and self.decision.reader != account
        return self.stage is Stage.WAITING


def needs_two(variable: Variable) -> bool:
    """Return whether two people must agree to a text of this question."""
    return variable.sensitivity is Sensitivity.C


def is_concluded(readings: Sequence[Reading]) -> bool:
    """Return whether every text of a question is decided, so that it can be concluded."""
    return all(reading.stage is Stage.DECIDED for reading in readings)


def conclusion(readings: Sequence[Reading], policy: DisclosurePolicy) -> Reviewed:
    """Return what a question keeps for good once all its texts are decided.

    The texts stand in the order of the alphabet: not even the order of their keys is kept.
    """
    if not is_concluded(readings):
        raise ValueError("a question is concluded when all its texts are decided")
    kept = (_kept(reading) for reading in readings if reading.outcome is not Verdict.WITHHOLD)
    counts = theme_counts(readings)
    return Reviewed(
        read=len(readings),
        texts=tuple(sorted(kept, key=lambda each: each.text)),
        themes=tuple(
            ReviewedTheme(label=label, count=count)
            for label, count in sorted(counts.items())
            if count >= policy.text_count
        ),
    )


def _kept(reading: Reading) -> ReviewedText:
    decision = reading.decision
    return ReviewedText(
        text=reading.words,
        paraphrased=reading.outcome is Verdict.PARAPHRASE,
        chosen=decision is not None and decision.chosen,
    )


def theme_counts(readings: Iterable[Reading]) -> Counter[str]:
    """Return how many texts each theme was given to."""
    return Counter(
        label for reading in readings if reading.decision for label in reading.decision.themes
    )


def outcomes(readings: Iterable[Reading]) -> Counter[Verdict]:
    """Return how many texts come to what end."""
    return Counter(reading.outcome for reading in readings if reading.outcome)


def labels_of(entered: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return the themes somebody entered, separated by commas, in the spelling already known."""
    spelling = {label.casefold(): label for label in known}
    parts = (part for text in entered for part in text.replace("\n", ",").split(","))
    cleaned = (" ".join(tidied(part).split()) for part in parts)
    found = {label.casefold(): spelling.get(label.casefold(), label) for label in cleaned if label}
    return tuple(sorted(found.values()))


def decision_of(
    reading: Reading,
    verdict: Verdict,
    *,
    words: str,
    reader: int,
    chosen: bool,
    themes: tuple[str, ...],
) -> Decision:
    """Return a decision as it is kept: what says the same as the original is no paraphrase."""
    words = tidied(words) if verdict is Verdict.PARAPHRASE else ""
    if words == reading.text:
        verdict, words = Verdict.PUBLISH, ""
    chosen = chosen and verdict is not Verdict.WITHHOLD
    return Decision(verdict=verdict, reader=reader, words=words, chosen=chosen, themes=themes)


def faults_of(decision: Decision) -> list[Fault]:
    """Return what keeps a decision from being stored, each with the name of its field."""
    empty = decision.verdict is Verdict.PARAPHRASE and not decision.words
    personal = any(
        mark.kind is not Kind.MAYBE for label in decision.themes for mark in marks(label)
    )
    too_long = any(len(label) > LONGEST_LABEL for label in decision.themes)
    found = {
        NO_WORDS: empty and "words",
        TOO_LONG: len(decision.words) > LONGEST_WORDS and "words",
        LABEL_TOO_LONG: too_long and "themes",
        TOO_MANY_LABELS: len(decision.themes) > MOST_LABELS and "themes",
        LABEL_NAMES: personal and "themes",
    }
    values = {"most": MOST_LABELS, "longest": LONGEST_LABEL, "maximum": LONGEST_WORDS}
    return [Fault(Message(text, values), (field,)) for text, field in found.items() if field]


VERDICTS = {
    Verdict.PUBLISH: N_("veröffentlichen"),
    Verdict.PARAPHRASE: N_("umschreiben"),
    Verdict.WITHHOLD: N_("zurückhalten"),
}
NO_WORDS = N_("Bitte schreiben Sie den Text in anderen Worten, oder halten Sie ihn zurück.")
TOO_LONG = N_("Dieser Text ist zu lang: Möglich sind %(maximum)s Zeichen. Bitte kürzen Sie ihn.")
LABEL_TOO_LONG = N_("Ein Thema hat höchstens %(longest)s Zeichen. Bitte kürzen Sie es.")
TOO_MANY_LABELS = N_("Ein Text bekommt höchstens %(most)s Themen. Bitte lassen Sie eines weg.")
LABEL_NAMES = N_(
    "Ein Thema nennt keine Person, keine Klasse und keine Adresse. Bitte wählen Sie ein anderes."
)
