"""Results in words: sentences for people who do not read tables, generated from released shares.

    18 of 24  →  "Etwa drei von vier (75 %)"           52 of 100  →  "Etwa fünf von zehn (52 %)"
    14 of 18  →  "Etwa vier von fünf (14 von 18)"       4 of 6   →  "4 von 6, zu wenige für eine …"

The words are the nearest of a few fractions; below eight answers there are none. Where chance
alone could move a share by more than 30 points in all, the sentence says so.

Staff may put words of their own in the place of a sentence. Then every output says so, and the
generated sentence can be brought back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.lights import LEAST_ANSWERS, is_wide
from survey_app.domain.messages import N_, Fault, Message, Percent, Words
from survey_app.domain.statistics import Share

LONGEST: Final = 350


class Place(StrEnum):
    """Which sentence of a sheet it is."""

    KEY = "key"
    GOALS = "goals"
    CHANGE = "change"
    GROUPS = "groups"

    @property
    def label(self) -> str:
        """Return where it stands, in German, to be translated."""
        return PLACES[self]


@dataclass(frozen=True)
class Finding:
    """One passage of the sheet: what was generated, and what somebody wrote in its place."""

    place: Place
    generated: tuple[Message, ...]
    edited: str = ""

    @property
    def is_edited(self) -> bool:
        """Return whether these are words of staff."""
        return bool(self.edited)

    def said(self, words: Words) -> str:
        """Return what stands on the sheet; words of staff are not translated."""
        return self.edited or self.as_generated(words)

    def as_generated(self, words: Words) -> str:
        """Return the generated sentences."""
        return " ".join(sentence.said(words) for sentence in self.generated)


def finding(place: Place, generated: tuple[Message, ...], edits: Mapping[Place, str]) -> Finding:
    """Return a passage with the words of staff, if there are any."""
    return Finding(place, generated, edits.get(place, ""))


def people_who(share: Share, policy: DisclosurePolicy) -> Message:
    """Return who they are, to stand before a verb: "Etwa drei von vier (75 %)"."""
    values: dict[str, object] = {
        "count": share.count,
        "base": share.base,
        "percent": Percent(share.value),
    }
    if share.base < LEAST_ANSWERS:
        return Message(TOO_FEW_TO_SAY, values)
    figure = Message(COUNTED if share.base < policy.percent_from else IN_PERCENT, values)
    values = {"who": Message(fraction_word(share)), "figure": figure}
    return Message(UNSURE if is_wide(share) else SURE, values)


def said_of(forms: tuple[str, str], share: Share, policy: DisclosurePolicy) -> Message:
    """Return a sentence about people; `forms` have the verb in the singular and in the plural.

    One person and nobody take the singular: "1 von 6 (…) fand", "Niemand (0 %) fand".
    """
    one = share.count == 0 or (share.count == 1 and share.base < LEAST_ANSWERS)
    number = 1 if one else max(2, share.count)
    return Message.counted(forms, number, {"people": people_who(share, policy)})


def fraction_word(share: Share) -> str:
    """Return the nearest simple fraction in German words, to be translated."""
    if share.count == 0:
        return NOBODY
    if share.count == share.base:
        return ALL
    return min(FRACTIONS, key=lambda known: abs(known[0] - share.value))[1]


def faults_of(text: str) -> list[Fault]:
    """Return what is wrong with words of staff."""
    return [Fault(Message(TOO_LONG, {"most": LONGEST}), ("text",))] if len(text) > LONGEST else []


PLACES: Final = {
    Place.KEY: N_("Kernsatz auf Seite 1"),
    Place.GOALS: N_("Satz zu den Zielen"),
    Place.CHANGE: N_("Satz zu vorher und nachher"),
    Place.GROUPS: N_("Satz zu Jugendlichen und Fachkräften"),
}
SURE: Final = N_("%(who)s (%(figure)s)")
UNSURE: Final = N_("%(who)s (%(figure)s, mit großer Unsicherheit)")
IN_PERCENT: Final = N_("%(percent)s")
COUNTED: Final = N_("%(count)s von %(base)s")
TOO_FEW_TO_SAY: Final = N_("%(count)s von %(base)s (zu wenige für eine Aussage)")
NOBODY, ALL = N_("Niemand"), N_("Alle")
FRACTIONS: Final = (
    (0.04, N_("Sehr wenige")),
    (0.10, N_("Wenige")),
    (0.20, N_("Etwa zwei von zehn")),
    (0.30, N_("Etwa drei von zehn")),
    (0.40, N_("Etwa vier von zehn")),
    (0.50, N_("Etwa fünf von zehn")),
    (0.60, N_("Etwa sechs von zehn")),
    (2 / 3, N_("Etwa zwei von drei")),
    (0.70, N_("Etwa sieben von zehn")),
    (0.75, N_("Etwa drei von vier")),
    (0.80, N_("Etwa vier von fünf")),
    (0.90, N_("Etwa neun von zehn")),
    (0.97, N_("Fast alle")),
)
TOO_LONG: Final = N_("Bitte höchstens %(most)s Zeichen: Der Bogen hat zwei Seiten.")
