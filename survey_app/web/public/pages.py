"""What the legal pages show: the facts about whoever is responsible, and the rules in force."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.collector import printed_code
from survey_app.domain.directory import Conformity, Legal, LegalFacts
from survey_app.domain.disclosure import ClassRule, DisclosurePolicy
from survey_app.domain.messages import N_
from survey_app.services.collecting import Door
from survey_app.web.phone import PhonePage
from survey_app.web.speaking import LanguageLink

CONFORMITY = {
    Conformity.FULL: N_("Diese Seiten erfüllen die Anforderungen."),
    Conformity.PARTIAL: N_(
        "Diese Seiten erfüllen die Anforderungen zum größten Teil. Was noch fehlt, steht unten."
    ),
    Conformity.NONE: N_("Diese Seiten erfüllen die Anforderungen noch nicht."),
}
TOPICS = {
    Sensitivity.A: N_("Fragen zum Angebot"),
    Sensitivity.B: N_("Fragen dazu, was du selbst machst"),
    Sensitivity.C: N_("Fragen dazu, wie es dir geht"),
}


@dataclass(frozen=True)
class Terms:
    """How this installation is set."""

    recount_days: int
    text_days: int
    policy: DisclosurePolicy
    address: str


@dataclass(frozen=True)
class Limit:
    """What holds for one kind of question: what it is about, and the rule in force."""

    topic: str
    rule: ClassRule


@dataclass(frozen=True)
class LegalPage(PhonePage):
    """One of the pages, about the survey behind `door` or, without one, about the website.

    `home` is where a person goes on, if there is a page for phones here.
    """

    languages: tuple[LanguageLink, ...]
    legal: Legal
    operator: LegalFacts | None
    terms: Terms
    door: Door | None = None
    home: str | None = None

    @property
    def legal_path(self) -> str:
        """Return below which path these pages are."""
        return path_of(self.door)

    @property
    def public_list(self) -> str | None:
        """Return where the network shows its measures to everybody, if it does."""
        return self.door.public_list if self.door else None

    @property
    def law(self) -> str:
        """Return the name of the law, in German, to be translated."""
        return self.legal.law.label

    @property
    def conformity(self) -> str | None:
        """Return how accessible the pages are, in German, if anybody has checked."""
        statement = self.legal.accessibility
        return CONFORMITY[statement.state] if statement else None

    @property
    def limits(self) -> Sequence[Limit]:
        """Return the limits for what is asked here; without a survey, all of them."""
        asked = self.door.wave.questionnaire.sensitivities() if self.door else set(Sensitivity)
        return [Limit(TOPICS[each], self.terms.policy.rule(each)) for each in sorted(asked)]

    @property
    def minimum(self) -> int:
        """Return of how many people at least there are results."""
        if self.door:
            return self.door.promised_minimum
        return min(limit.rule.smallest_block for limit in self.limits)

    @property
    def has_texts(self) -> bool:
        """Return whether there are fields to write in."""
        return self.door is None or bool(self.door.wave.questionnaire.text_fields)


def path_of(door: Door | None) -> str:
    """Return the path of a survey, or the empty one of the website."""
    return f"/q/{printed_code(door.collector.code)}" if door else ""
