"""Reviewing free texts: reading them one by one, deciding, concluding a question.

Only texts that could ever be shown are read at all: where too few answered, nobody sees a text, and
retention destroys it. A decision is in force for nobody before its question is concluded; then the
texts are destroyed, and `voices_of` returns what is left to everybody.

What the audit log gets are numbers: how many texts came to which end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from survey_app.domain.codebook import Level, Variable
from survey_app.domain.disclosure import DisclosurePolicy, ReleasedBlock, Withheld, release_block
from survey_app.domain.messages import refuse
from survey_app.domain.review import (
    Decision,
    Reading,
    Stage,
    Verdict,
    conclusion,
    decision_of,
    faults_of,
    is_concluded,
    labels_of,
    needs_two,
    outcomes,
    theme_counts,
)
from survey_app.domain.voices import Reviewed, Source, Voices, voices
from survey_app.domain.wave import Wave
from survey_app.services.releasing import released_blocks
from survey_app.services.scrubbing import scrub_traces
from survey_app.storage import audit, blocks, reviews, traces, waves
from survey_app.storage.database import Database
from survey_app.storage.schema import UNDER_REVIEW


class State(StrEnum):
    """How a question stands."""

    TOO_FEW = "too_few"
    OPEN = "open"
    CONCLUDED = "concluded"
    GONE = "gone"  # its texts were destroyed before anybody concluded it


class Done(StrEnum):
    """What became of a deed: somebody else may have been faster."""

    DONE = "done"
    TAKEN = "taken"
    GONE = "gone"


@dataclass(frozen=True)
class Question:
    """One free-text question under review.

    `withheld` says why nobody reads its texts; `readings` is empty then. `reviewed` is what it
    keeps once it is concluded.
    """

    variable: Variable
    readings: tuple[Reading, ...] = ()
    withheld: Withheld | None = None
    reviewed: Reviewed | None = None

    @property
    def state(self) -> State:
        """Return how it stands."""
        if self.reviewed is not None:
            return State.CONCLUDED
        if self.withheld is not None:
            return State.TOO_FEW
        return State.OPEN if self.readings else State.GONE

    @property
    def needs_two(self) -> bool:
        """Return whether two people must agree."""
        return needs_two(self.variable)

    @property
    def decided(self) -> int:
        """Return how many texts are decided."""
        return sum(reading.stage is Stage.DECIDED for reading in self.readings)

    @property
    def can_be_concluded(self) -> bool:
        """Return whether nothing is left to decide."""
        return self.state is State.OPEN and is_concluded(self.readings)

    @property
    def themes(self) -> Mapping[str, int]:
        """Return the themes given so far, the most frequent first."""
        return dict(theme_counts(self.readings).most_common())

    @property
    def outcomes(self) -> Mapping[Verdict, int]:
        """Return how many texts come to what end."""
        return outcomes(self.readings)

    def next_for(self, account: int, after: bytes = b"") -> Reading | None:
        """Return the next text that somebody can bring further, from one on and round again."""
        waiting = [reading for reading in self.readings if reading.awaits(account)]
        behind = (reading for reading in waiting if reading.key > after)
        return next(behind, next(iter(waiting), None))

    def reading(self, key: bytes) -> Reading | None:
        """Return one text."""
        return next((each for each in self.readings if each.key == key), None)


@dataclass(frozen=True)
class Review:
    """The free-text questions of a closed wave, in the order of the questionnaire."""

    wave: Wave
    questions: tuple[Question, ...]

    def question(self, variable: str) -> Question | None:
        """Return one question."""
        return next((each for each in self.questions if each.variable.name == variable), None)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants to become of a text; `themes` may hold several, separated by commas."""

    verdict: Verdict
    words: str = ""
    chosen: bool = False
    themes: Sequence[str] = ()


def review_of(
    database: Database, network: int, wave_id: int, *, policy: DisclosurePolicy, today: date
) -> Review | None:
    """Return the review of a closed wave; None if this network has no such wave."""
    with database.read() as connection:
        wave = waves.get(connection, network, wave_id)
    if wave is None or wave.closed_on is None:
        return None
    released = released_blocks(
        database, network, f"measure {wave.measure}", [wave], policy=policy, day=today
    )
    with database.read() as connection:
        waves.get(connection, network, wave_id)
        return _review(connection, wave, released[wave_id])


def decide(
    database: Database,
    network: int,
    wave_id: int,
    key: bytes,
    wish: Wish,
    *,
    policy: DisclosurePolicy,
    account: int,
) -> Done:
    """Store what becomes of a text; of two people at the same text the first decides.

    Raises InvalidDefinition with the name of the field where something is missing.
    """
    with database.write() as connection:
        question, reading = _looked_up(connection, network, wave_id, key, policy)
        if question is None or reading is None:
            return Done.GONE
        decision = decision_of(
            reading,
            wish.verdict,
            words=wish.words,
            reader=account,
            chosen=wish.chosen,
            themes=labels_of(wish.themes, question.themes),
        )
        refuse(faults_of(decision))
        if reading.stage is not Stage.WAITING:
            return Done.TAKEN
        reviews.put(connection, network, wave_id, key, decision)
    return Done.DONE


def agree(
    database: Database,
    network: int,
    wave_id: int,
    key: bytes,
    *,
    agreed: bool,
    policy: DisclosurePolicy,
    account: int,
) -> Done:
    """Store what a second person says of a text; nobody is their own second."""
    with database.write() as connection:
        _, reading = _looked_up(connection, network, wave_id, key, policy)
        if reading is None:
            return Done.GONE
        can = reading.stage is Stage.WAITING_FOR_SECOND and reading.awaits(account)
        if not can or reading.decision is None:
            return Done.TAKEN
        decision = reading.decision.with_second(account, agreed=agreed)
        reviews.put(connection, network, wave_id, key, decision)
    return Done.DONE


def undo(
    database: Database, network: int, wave_id: int, key: bytes, *, policy: DisclosurePolicy
) -> Done:
    """Take the last decision about a text back, as long as the text is there."""
    with database.write() as connection:
        _, reading = _looked_up(connection, network, wave_id, key, policy)
        if reading is None or reading.decision is None:
            return Done.GONE
        by_two = reading.decision.agreed is not None
        left = reading.decision.without_second() if by_two else None
        reviews.put(connection, network, wave_id, key, left)
    return Done.DONE


def conclude(
    database: Database,
    network: int,
    wave_id: int,
    variable: str,
    *,
    policy: DisclosurePolicy,
    today: date,
    actor: str,
) -> Done:
    """Keep what was published of a question and destroy its texts, for good."""
    with database.write() as connection:
        review = _locked(connection, network, wave_id, policy)
        question = review.question(variable) if review else None
        if review is None or question is None or question.state is not State.OPEN:
            return Done.GONE
        if not question.can_be_concluded:
            return Done.TAKEN
        kept = conclusion(question.readings, policy)
        reviews.conclude(connection, network, wave_id, variable, kept, today)
        traces.note(connection, UNDER_REVIEW)
        detail = _numbers(question, kept)
        note(connection, review.wave, "review", detail, today=today, actor=actor)
    scrub_traces(database)
    return Done.DONE


def voices_of(
    database: Database,
    network: int,
    asked: Iterable[Wave],
    released: Mapping[int, ReleasedBlock],
    *,
    policy: DisclosurePolicy,
) -> Voices | Withheld:
    """Return what may be shown of the free texts of some waves, or why that is nothing.

    `released` is what `releasing.released_blocks` returned for them: what is not released as
    numbers has no voice either.
    """
    shown = [wave for wave in asked if wave.id in released]
    with database.read() as connection:
        known = reviews.concluded(connection, network, [wave.id for wave in shown])
    sources = [Source(wave, released[wave.id], known.get(wave.id, {})) for wave in shown]
    return voices(sources, policy)


def waiting(
    connection: Connection, network: int, wave_ids: Sequence[int], policy: DisclosurePolicy
) -> frozenset[int]:
    """Return those of some waves that have texts somebody should look through."""
    counts = reviews.count_texts(connection, network, wave_ids)
    counted = blocks.of_waves(connection, network, list(counts))
    return frozenset(
        wave
        for wave, block in counted.items()
        for variable, count in release_block(block, policy).texts.items()
        if not isinstance(count, Withheld) and counts[wave].get(variable)
    )


def _review(connection: Connection, wave: Wave, released: ReleasedBlock) -> Review:
    decisions = reviews.decisions(connection, wave.network, wave.id)
    known = reviews.concluded(connection, wave.network, [wave.id]).get(wave.id, {})
    texts = reviews.texts(connection, wave.id)
    variables = [v for v in wave.questionnaire.codebook() if v.level is Level.TEXT]
    return Review(
        wave, tuple(_question(each, released, known, texts, decisions) for each in variables)
    )


def _question(
    variable: Variable,
    released: ReleasedBlock,
    known: Mapping[str, Reviewed],
    texts: Sequence[tuple[bytes, str, str]],
    decisions: Mapping[bytes, Decision],
) -> Question:
    count = released.texts[variable.name]
    if isinstance(count, Withheld):
        return Question(variable, withheld=count)
    readings = tuple(
        Reading(key, name, text, needs_two(variable), decisions.get(key))
        for key, name, text in texts
        if name == variable.name
    )
    return Question(variable, readings, reviewed=known.get(variable.name))


def _locked(
    connection: Connection, network: int, wave_id: int, policy: DisclosurePolicy
) -> Review | None:
    """Return the review as it is, and let nobody else change it until the transaction ends."""
    waves.shut(connection, wave_id)
    wave = waves.get(connection, network, wave_id)
    counted = blocks.of_waves(connection, network, [wave_id])
    if wave is None or wave_id not in counted:
        return None
    return _review(connection, wave, release_block(counted[wave_id], policy))


def _looked_up(
    connection: Connection, network: int, wave_id: int, key: bytes, policy: DisclosurePolicy
) -> tuple[Question, Reading] | tuple[None, None]:
    review = _locked(connection, network, wave_id, policy)
    for question in review.questions if review else ():
        reading = question.reading(key)
        if reading is not None:
            return question, reading
    return None, None


def _numbers(question: Question, kept: Reviewed) -> str:
    ends = question.outcomes
    readers = {
        account
        for reading in question.readings
        if reading.decision is not None
        for account in (reading.decision.reader, reading.decision.second)
        if account is not None
    }
    counts = {
        "texts": kept.read,
        "published": ends.get(Verdict.PUBLISH, 0),
        "paraphrased": ends.get(Verdict.PARAPHRASE, 0),
        "withheld": ends.get(Verdict.WITHHOLD, 0),
        "themes": len(kept.themes),
        "readers": len(readers),
    }
    return ", ".join(f"{number} {what}" for what, number in counts.items())


def note(
    connection: Connection, wave: Wave, action: str, detail: str, *, today: date, actor: str
) -> None:
    """Note in the audit log what was done about the texts of a wave, in numbers."""
    audit.note(
        connection,
        network=wave.network,
        day=today,
        actor=actor,
        action=action,
        subject=f"wave {wave.id}",
        detail=detail,
    )
