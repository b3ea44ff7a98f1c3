"""The public list: what everybody may read about the measures of a network.

A network switches its list on. Then every measure whose master data say "veröffentlicht" has a page
that needs no code and no login:

    /massnahmen/netzwerk-gesunde-kommune-kreis-viersen
    /massnahmen/netzwerk-gesunde-kommune-kreis-viersen/sommercamp-kopf-frei-h4kq2m7x

The list releases nothing of its own. What young people said is the `Echo` that hangs in the
corridor (domain/echo.py), from the same day on; what changed are the commitments that stand below
it. A `Listed` is all that a page can show of a measure: the institution, the people in charge,
costs and internal numbers have no place in it. In a small town "the school" is a name, so the kind
of place is missing as well.

The list itself shows no result, only what was kept of what was promised: two bars below one another
are a ranking.

How many came is said in tens, rounded down, from ten on. A measure is called by its title and eight
characters of a keyed digest, so that nobody counts measures by trying numbers, and an address that
was printed stays right when the title is corrected.
"""

import base64
import hmac
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from survey_app.domain.commitment import Commitment, Status
from survey_app.domain.measure import Measure, Topic
from survey_app.domain.messages import NN_, Message, Number
from survey_app.domain.questionnaire import Audience
from survey_app.domain.wave import Wave

ROOT: Final = "/massnahmen"
LONGEST_SLUG: Final = 60
KEY_LENGTH: Final = 8  # 40 bits: base32 has five in each character
REACH_FROM: Final = 10
SPELLED_OUT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ı": "i"}
)


@dataclass(frozen=True)
class PublicList:
    """The list of a network: its part of the address, the key of its measures, and since when.

    `slug` and `secret` are drawn once and stay, also while the list is off: links that people kept
    are right again when it comes back.
    """

    network: int
    slug: str
    secret: bytes
    is_open: bool
    since: date

    @property
    def path(self) -> str:
        """Return the address of the list, without a host."""
        return f"{ROOT}/{self.slug}"


@dataclass(frozen=True)
class Town:
    """A municipality as the list knows it, by its official key."""

    ags: str
    name: str


@dataclass(frozen=True)
class Listed:
    """A measure as everybody may see it; without towns it is for the whole district.

    `successes` are the wishes that came true. They and `promised`, the number of all that was
    answered, are known once results are out; `results_from` is the day for which they are announced
    until then.
    """

    key: str
    title: str
    summary: str
    towns: tuple[Town, ...]
    topics: tuple[Topic, ...]
    starts_on: date
    ends_on: date
    invited: int | None
    took_part: int | None
    has_results: bool
    results_from: date | None
    successes: tuple[str, ...]
    promised: int

    @property
    def name(self) -> str:
        """Return what it is called in its address."""
        return f"{slug_of(self.title, 'massnahme')}-{self.key}"


@dataclass(frozen=True)
class Choice:
    """What a list is narrowed down by; an unknown word narrows down nothing."""

    town: str | None = None
    topic: Topic | None = None

    def __bool__(self) -> bool:
        """Return whether anything was chosen."""
        return self.town is not None or self.topic is not None

    def holds(self, measure: Listed) -> bool:
        """Return whether a measure is wanted; one for the whole district is for every town."""
        here = not measure.towns or self.town in {None, *(town.ags for town in measure.towns)}
        return here and (self.topic is None or self.topic in measure.topics)


def choice_of(town: str, topic: str, measures: Iterable[Listed]) -> Choice:
    """Return the choice that these words mean, among what the measures have."""
    known = tuple(measures)
    towns = {each.ags for measure in known for each in measure.towns}
    topics = {each.value: each for measure in known for each in measure.topics}
    return Choice(town if town in towns else None, topics.get(topic))


def listed(
    measure: Measure,
    its_waves: Sequence[Wave],
    promised: Sequence[Commitment],
    secret: bytes,
    today: date,
) -> Listed:
    """Return what everybody may see of a measure."""
    asked = heard_in(its_waves)
    is_out = any(wave.gives_results(today) for wave in asked)
    coming = [wave.results_from for wave in asked if wave.closed_on and not is_out]
    public = promised if is_out else ()
    return Listed(
        key=key_of(secret, measure.id),
        title=measure.title,
        summary=measure.summary,
        towns=()
        if measure.district_wide
        else tuple(Town(town.ags, town.name) for town in measure.municipalities),
        topics=measure.topics,
        starts_on=measure.starts_on,
        ends_on=measure.ends_on,
        invited=rounded_down(measure.invited),
        took_part=rounded_down(measure.participants),
        has_results=is_out,
        results_from=min(coming, default=None),
        successes=tuple(each.wish for each in public if each.status is Status.DONE),
        promised=len(public),
    )


def heard_in(its_waves: Iterable[Wave]) -> tuple[Wave, ...]:
    """Return the waves in which young people were asked, the latest first."""
    asked = [wave for wave in its_waves if wave.audience is Audience.YOUNG_PEOPLE]
    return tuple(sorted(asked, key=lambda wave: (wave.opens_on, wave.id), reverse=True))


def rounded_down(people: int | None) -> int | None:
    """Return a number of people in tens; what is unknown or too few to be said is None.

    >>> rounded_down(37), rounded_down(30), rounded_down(9)
    (30, 30, None)
    """
    return people // 10 * 10 if people is not None and people >= REACH_FROM else None


def at_least(people: int) -> Message:
    """Return such a number in words."""
    return Message.counted(AT_LEAST, people, {"n": Number(people)})


def key_of(secret: bytes, measure: int) -> str:
    """Return what a measure is called in addresses; without the secret nobody tells which it is."""
    digest = hmac.digest(secret, str(measure).encode(), "sha256")
    return base64.b32encode(digest).decode().lower()[:KEY_LENGTH]


def key_in(name: str) -> str:
    """Return the key at the end of a name."""
    return name.rpartition("-")[2]


def slug_of(text: str, otherwise: str) -> str:
    """Return words as they stand in an address, umlauts spelled out, at most sixty characters.

    >>> slug_of("Café „Größe“ für alle!", "netzwerk"), slug_of("شبكة", "netzwerk")
    ('cafe-groesse-fuer-alle', 'netzwerk')
    """
    spelled = unicodedata.normalize("NFC", text).casefold().translate(SPELLED_OUT)
    letters = "".join(
        each for each in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(each)
    )
    slug = ""
    for word in re.findall(r"[a-z0-9]+", letters):
        longer = f"{slug}-{word}" if slug else word[:LONGEST_SLUG]
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    return slug or otherwise


def names_in(texts: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that stand in any of the texts."""
    said = "\n".join(texts).casefold()
    return tuple(name for name in names if name.casefold() in said)


AT_LEAST: Final = NN_("mindestens %(n)s junger Mensch", "mindestens %(n)s junge Menschen")
