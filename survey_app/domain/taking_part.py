"""The next way to take part: what somebody can do who has read the results and wants more.

A page that says "thank you" and nothing else ends the conversation. So staff say how it goes on:
one of a few ready sentences, which every language has, and beside it words of their own, a day, and
an address on the web. Their own words stand there in German, as they were written.

    Das nächste Treffen ist am 12. Dezember 2026. Komm dazu!
    „17 Uhr im Jugendtreff, es gibt Pizza.“                     jugendforum.example

A day that has passed is no way to take part any more: then nothing stands there.

The address leads away from a page that everybody can open, so it is checked: https and nothing
else, a host with a name, nobody's password. Its host is shown, so that one sees where it leads.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from survey_app.domain.messages import N_, Fault, Message

LONGEST: Final = 200
LONGEST_LINK: Final = 300
# Letters of German names, digits and hyphens, and a top level that is no number.
HOST: Final = re.compile(
    r"(?=.{4,253}$)([a-z0-9äöüß]([a-z0-9äöüß-]{0,61}[a-z0-9äöüß])?\.)+([a-z]{2,63}|xn--[a-z0-9-]+)"
)
UNFIT: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"'`{}|^]")


class Way(StrEnum):
    """A ready sentence, or none."""

    OWN = "own"
    MEETING = "meeting"
    DECISION = "decision"
    AGAIN = "again"
    CONTACT = "contact"

    @property
    def label(self) -> str:
        """Return what staff choose it by, in German, to be translated."""
        return LABELS[self]

    @property
    def needs_day(self) -> bool:
        """Return whether the sentence has a day in it."""
        return self in DATED


DATED: Final = (Way.MEETING, Way.DECISION, Way.AGAIN)
LABELS: Final = {
    Way.OWN: N_("nur eigene Worte"),
    Way.MEETING: N_("„Das nächste Treffen ist am …“"),
    Way.DECISION: N_("„Am … wird entschieden, wie es weitergeht“"),
    Way.AGAIN: N_("„Das Angebot gibt es wieder: am …“"),
    Way.CONTACT: N_("„Du hast eine Idee? Melde dich bei uns“"),
}
SENTENCES: Final = {
    Way.MEETING: N_("Das nächste Treffen ist am %(day)s. Komm dazu!"),
    Way.DECISION: N_("Am %(day)s wird entschieden, wie es weitergeht. Du kannst dabei sein."),
    Way.AGAIN: N_("Das Angebot gibt es wieder: am %(day)s. Mach mit!"),
    Way.CONTACT: N_("Du hast eine Idee? Melde dich bei uns."),
}


@dataclass(frozen=True, kw_only=True)
class NextWay:
    """How somebody can take part next.

    `text` is in the words of staff, in German; `day` is in the sentence, or stands beside it.
    `shown` says whether it stands with the results.
    """

    way: Way = Way.OWN
    text: str = ""
    day: date | None = None
    link: str = ""
    shown: bool = True

    @property
    def sentence(self) -> Message | None:
        """Return the ready sentence, if one was chosen."""
        if self.way is Way.OWN:
            return None
        return Message(SENTENCES[self.way], {"day": self.day} if self.way.needs_day else {})

    @property
    def day_beside(self) -> date | None:
        """Return the day, if no sentence says it."""
        return None if self.way.needs_day else self.day

    @property
    def host(self) -> str:
        """Return where the link leads, as people know it."""
        return host_of(self.link)

    def is_ahead(self, today: date) -> bool:
        """Return whether it can still be taken, and staff want it to be seen."""
        return self.shown and (self.day is None or self.day >= today)


def host_of(link: str) -> str:
    """Return the host of an address, or nothing if it is none that may be linked to.

    >>> host_of("https://www.jugendforum.example/termine"), host_of("http://jugendforum.example")
    ('www.jugendforum.example', '')
    """
    if len(link) > LONGEST_LINK or UNFIT.search(link) or not link.lower().startswith("https://"):
        return ""
    try:
        parts = urlsplit(link)
        is_plain = parts.port is None and "@" not in parts.netloc
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    return host if is_plain and HOST.fullmatch(host) else ""


def faults_of(new: NextWay, today: date) -> list[Fault]:
    """Return what keeps it from being public, each with the name of its field."""
    found = {
        "text": _fault_of_text(new),
        "day": _fault_of_day(new, today),
        "link": new.link and not new.host and NO_LINK,
    }
    return [Fault(Message(text), (field,)) for field, text in found.items() if text]


def _fault_of_text(new: NextWay) -> str | None:
    if len(new.text) > LONGEST:
        return TOO_LONG
    return NO_TEXT if new.way is Way.OWN and not new.text else None


def _fault_of_day(new: NextWay, today: date) -> str | None:
    if new.day is None:
        return NO_DAY if new.way.needs_day else None
    return IS_OVER if new.shown and new.day < today else None


TOO_LONG = N_("Das ist zu lang. Bitte sagen Sie es in höchstens 200 Zeichen.")
NO_TEXT = N_("Bitte schreiben Sie, wie es weitergeht, oder wählen Sie oben einen fertigen Satz.")
NO_DAY = N_("In diesem Satz steht ein Tag. Bitte nennen Sie ihn.")
IS_OVER = N_("Dieser Tag ist vorbei. Bitte wählen Sie heute oder später.")
NO_LINK = N_(
    "Diese Adresse lässt sich nicht verlinken. Bitte geben Sie sie vollständig ein, mit https://"
    " am Anfang, zum Beispiel: https://www.jugendforum.example"
)
