"""Taking in what a person with a phone sends: counted once, or refused with a reason.

The page carries a submission id that was drawn when the page was made. The sheet is stored under

    key = HMAC(secret of the wave, submission id)

so that the same page sent twice (a double tap, a lost reply, a reload) meets its own key. The id
itself is stored nowhere. A free text gets a key of its own from the same id and its variable: the
sender's retry can be compared with it, but text and sheet cannot be brought together without the
id, which only the phone had. At closing the secret is destroyed, and with it the meaning of all
keys. A receipt that says "counted" follows a durable commit, which sheets of one wave that come at
the same moment share (storage/group_commit.py).

Where a way in asks for a slip, it is used up in the same transaction, after the submission id was
looked for: a slip makes at most one sheet, and who sends the same page again is not refused for it.
"""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from survey_app.domain.collector import Collector
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import Law, Network
from survey_app.domain.messages import Problem
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Answers, RawAnswers
from survey_app.domain.slip import key_of
from survey_app.domain.wave import Phase, Wave
from survey_app.services import sealing
from survey_app.storage import measures, public_lists, sheets, slips, waves
from survey_app.storage.database import Database

if TYPE_CHECKING:
    from survey_app.domain.echo import Echo


@dataclass(frozen=True)
class Door:
    """Everything a page behind a code needs. Frozen; may be kept for a few seconds.

    `queue_key` is the key to which sheets are sealed, if any way into this wave has a queue. `echo`
    is what those who answered see, once its day has come (services/returning.py). `by_slip` says
    that it was reached with a slip, not with the code of the way in itself. `public_list` is where
    the network shows its measures to everybody, if it does (services/public_lists.py).
    """

    collector: Collector
    wave: Wave
    network: Network
    measure_title: str
    organisation: str
    promised_minimum: int
    law: Law = Law.GDPR
    queue_key: bytes | None = None
    echo: "Echo | None" = None
    by_slip: bool = False
    public_list: str | None = None

    def phase(self, today: date) -> Phase:
        """Return where the wave stands."""
        return self.wave.phase(today)


class Receipt(StrEnum):
    """What became of a submission."""

    COUNTED = "counted"
    ALREADY_COUNTED = "already_counted"
    CONFLICT = "conflict"
    NOT_YET_OPEN = "not_yet_open"
    CLOSED = "closed"
    EMPTY = "empty"
    INVALID = "invalid"
    UNREADABLE = "unreadable"
    SLIP_NEEDED = "slip_needed"
    SLIP_UNKNOWN = "slip_unknown"
    SLIP_USED = "slip_used"


@dataclass(frozen=True)
class Submission:
    """A receipt, and what is wrong with which field if it is INVALID."""

    receipt: Receipt
    problems: tuple[Problem, ...] = ()


def find_door(database: Database, code: str, policy: DisclosurePolicy) -> Door | None:
    """Return what is behind a code (as `collector.read_code` returns it), or None."""
    with database.read() as connection:
        found = waves.behind(connection, code)
        if found is None:
            return None
        collector, wave = found
        measure = measures.get(connection, wave.network, wave.measure)
        known = public_lists.network_with_list(connection, wave.network)
        queue_key = waves.public_key(connection, wave.id)
    if measure is None or known is None:
        return None
    network, public_list = known
    return Door(
        collector=collector,
        wave=wave,
        network=network,
        measure_title=measure.title,
        organisation=measure.organisation.name,
        promised_minimum=policy.promised_minimum(wave.questionnaire),
        law=measure.organisation.law,
        queue_key=queue_key,
        public_list=public_list,
    )


def open_sealed(database: Database, door: Door, envelope: bytes) -> bytes | Receipt:
    """Return the form in an envelope of the queue, or the receipt that says why there is none."""
    with database.read() as connection:
        gate = waves.enter(connection, door.wave.id)
        private = waves.private_key(connection, door.wave.id)
    if private is None:
        return Receipt.CLOSED if gate.secret is None else Receipt.UNREADABLE
    try:
        return sealing.opened(envelope, private, door.collector.code)
    except sealing.Unreadable:
        return Receipt.UNREADABLE


def submit(
    database: Database,
    door: Door,
    submission_id: str,
    raw: RawAnswers,
    today: date,
    *,
    leaving_out_invalid: bool = False,
    slip: str | None = None,
) -> Submission:
    """Take in one form; see the module for what the receipt promises.

    `slip` is the code of the slip it came with, for a way in that asks for one.

    A sheet from a queue is read when nobody is there any more who could be asked again: with
    `leaving_out_invalid` a question that cannot be read counts as left out.
    """
    if door.phase(today) is Phase.PLANNED:
        return Submission(Receipt.NOT_YET_OPEN)
    reading = door.wave.questionnaire.read(raw)
    if reading.problems and not leaving_out_invalid:
        return Submission(Receipt.INVALID, reading.problems)
    if not reading.answers:
        return Submission(Receipt.EMPTY)
    if door.collector.single_use and slip is None:
        return Submission(Receipt.SLIP_NEEDED)
    sheet = SealedSheet.of(door.wave.questionnaire, reading.answers)
    in_hand = Slip(door.collector.code, slip) if slip is not None else None
    arrival = Arrival(submission_id, sheet, today, in_hand)
    return Submission(_put_in(database, door.wave.id, arrival))


def is_counted(database: Database, door: Door, submission_id: str) -> bool:
    """Return whether a sheet with this submission id has been counted while the wave is open."""
    with database.read() as connection:
        gate = waves.enter(connection, door.wave.id)
        if gate.secret is None:
            return False
        key = _key(gate.secret, submission_id)
        return sheets.open_answers(connection, door.wave.id, key) is not None


@dataclass(frozen=True)
class SealedSheet:
    """Answers split into the sheet that is counted and the free texts that lie apart.

    `texts` has every free-text variable; None where nothing was written.
    """

    answers: str
    texts: Mapping[str, str | None]

    @classmethod
    def of(cls, questionnaire: Questionnaire, answers: Answers) -> "SealedSheet":
        """Return `answers` split."""
        written = questionnaire.text_fields
        counted = {name: value for name, value in answers.items() if name not in written}
        texts = {name: str(answers[name]) if name in answers else None for name in written}
        return cls(sheets.as_text(counted), texts)


@dataclass(frozen=True)
class Slip:
    """The code of a slip, and that of the way in it has to belong to."""

    collector: str
    code: str


@dataclass(frozen=True)
class Arrival:
    """A sheet that came on a day under a submission id, with a slip if one was asked for."""

    submission_id: str
    sheet: SealedSheet
    day: date
    slip: Slip | None = None


def _put_in(database: Database, wave: int, arrival: Arrival) -> Receipt:
    """Store a sheet, in one transaction with those that come at the same moment."""
    deliver = partial(_put_in_together, wave=wave)
    return database.write_together(wave, arrival, deliver)


def _put_in_together(
    connection: Connection, arrivals: Sequence[Arrival], *, wave: int
) -> list[Receipt]:
    gate = waves.enter(connection, wave)
    refusals = [_refusal(gate, arrival.day) for arrival in arrivals]
    if gate.secret is None:
        return [refusal or Receipt.CLOSED for refusal in refusals]
    let_in = [
        arrival for arrival, refusal in zip(arrivals, refusals, strict=True) if refusal is None
    ]
    receipts = iter(_stored(connection, wave, gate.secret, let_in))
    return [refusal or next(receipts) for refusal in refusals]


def _refusal(gate: waves.Gate, day: date) -> Receipt | None:
    if gate.secret is None or day > gate.closes_on:
        return Receipt.CLOSED
    is_shut = gate.awaits_approval or day < gate.opens_on
    return Receipt.NOT_YET_OPEN if is_shut else None


def _stored(
    connection: Connection, wave: int, secret: bytes, arrivals: Sequence[Arrival]
) -> list[Receipt]:
    """Store what is new and return what became of each; one page may come twice in a group."""
    first: dict[bytes, Arrival] = {}
    for arrival in arrivals:
        first.setdefault(_key(secret, arrival.submission_id), arrival)
    refused = _use_slips(connection, wave, secret, first)
    rows = {key: each.sheet.answers for key, each in first.items() if id(each) not in refused}
    new = {id(first[key]) for key in sheets.add_open(connection, wave, rows)}
    texts = [text for arrival in arrivals if id(arrival) in new for text in _texts(secret, arrival)]
    sheets.add_open_texts(connection, wave, texts)
    return [
        refused.get(id(arrival))
        or (Receipt.COUNTED if id(arrival) in new else _again(connection, wave, secret, arrival))
        for arrival in arrivals
    ]


def _use_slips(
    connection: Connection, wave: int, secret: bytes, first: Mapping[bytes, Arrival]
) -> dict[int, Receipt]:
    """Use up the slips of sheets that are new; return what is refused for its slip, by id().

    The submission id comes first: who sends again because the reply was lost has used the slip.
    Slips are taken in a steady order, so that two groups never wait for one another.
    """
    refused = {}
    with_slip = [(key, each, each.slip) for key, each in first.items() if each.slip is not None]
    for key, arrival, slip in sorted(with_slip, key=lambda each: each[2].code):
        if _is_stored(connection, wave, key):
            continue
        if receipt := _use(connection, wave, secret, key, slip):
            refused[id(arrival)] = receipt
    return refused


def _use(
    connection: Connection, wave: int, secret: bytes, key: bytes, slip: Slip
) -> Receipt | None:
    """Use a slip up, or return why not."""
    slip_key = key_of(secret, slip.code)
    if slips.use(connection, wave, slip.collector, slip_key):
        return None
    if _is_stored(connection, wave, key):
        return None  # The same page was sent twice at once: we have waited for the other one.
    known = slips.find(connection, wave, slip.collector, slip_key)
    return Receipt.SLIP_USED if known else Receipt.SLIP_UNKNOWN


def _is_stored(connection: Connection, wave: int, key: bytes) -> bool:
    return sheets.open_answers(connection, wave, key) is not None


def _texts(secret: bytes, arrival: Arrival) -> Iterator[tuple[bytes, str, str]]:
    """Yield the key, the variable and the words of each free text that was written."""
    for variable, text in arrival.sheet.texts.items():
        if text is not None:
            yield _key(secret, arrival.submission_id, variable), variable, text


def _again(connection: Connection, wave: int, secret: bytes, arrival: Arrival) -> Receipt:
    same = _is_the_same(connection, wave, secret, arrival.submission_id, arrival.sheet)
    return Receipt.ALREADY_COUNTED if same else Receipt.CONFLICT


def _is_the_same(
    connection: Connection, wave: int, secret: bytes, submission_id: str, sheet: SealedSheet
) -> bool:
    """Return whether a sheet that came again is equal in all answers, left-out texts included."""
    if sheets.open_answers(connection, wave, _key(secret, submission_id)) != sheet.answers:
        return False
    return all(
        sheets.open_text(connection, wave, _key(secret, submission_id, variable)) == text
        for variable, text in sheet.texts.items()
    )


def keys_of_sheet(
    secret: bytes, submission_id: str, variables: Sequence[str]
) -> tuple[bytes, dict[str, bytes]]:
    """Return the key of a sheet, and those of its free texts by variable (see the module)."""
    texts = {variable: _key(secret, submission_id, variable) for variable in variables}
    return _key(secret, submission_id), texts


def _key(secret: bytes, submission_id: str, variable: str = "") -> bytes:
    # The unit separator occurs neither in a submission id nor in the name of a variable.
    return hmac.digest(secret, f"{variable}\x1f{submission_id}".encode(), "sha256")
