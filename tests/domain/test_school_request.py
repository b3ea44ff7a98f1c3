"""What a school is asked follows from the wave and from the limits in force.

1. The timetable names every day, in order; parents hear two weeks before the first day.
2. A request that comes late moves the days that are left, never into the past.
3. Without free text there is nothing to say about it; professionals have no parents.
4. The limits are those of what the questionnaire asks, with the raised ones where they are raised.
"""

from dataclasses import replace
from datetime import date

import pytest

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.directory import HelpCard, HelpContact, Legal
from survey_app.domain.disclosure import IN_USE, DisclosurePolicy
from survey_app.domain.land import PackPart
from survey_app.domain.measure import (
    Law,
    Measure,
    Municipality,
    Network,
    Organisation,
    Setting,
    Site,
    Topic,
)
from survey_app.domain.school_request import SchoolRequest
from survey_app.domain.wave import Wave
from tests.support import asking

NETWORK = Network(1, "Kreis Beispiel", "kontakt@beispiel.example")
MEASURE = Measure(
    id=1,
    network=NETWORK,
    title="Klick mit Kopf",
    summary="Eine Woche Medien.",
    topic=Topic.MEDIA_LITERACY,
    municipality=Municipality(1, 1, "05166016", "Nettetal"),
    organisation=Organisation(1, 1, "Jugendamt"),
    site=Site(1, 1, 1, "Gesamtschule", Setting.SCHOOL),
    starts_on=date(2027, 1, 11),
    ends_on=date(2027, 1, 15),
)
LEGAL = Legal("Jugendamt", None, None, Law.GDPR, None, None, None)
CARD = HelpCard(
    last_checked="2026-11-21",
    contacts=(HelpContact(name="Sorgentelefon Musterstadt", phone="0221 4710-100"),),
)
RATING = "- {id: k1, kind: rating, scale: agreement, text: Es war gut.}"
TEXT = "- {id: k9, kind: open_text, text: Was war gut?}"
FEELING = "- {id: g1, kind: rating, scale: agreement, sensitivity: C, text: Mir geht es gut.}"


def request(*questions: str, as_of: date = date(2026, 11, 21), **changes: object) -> SchoolRequest:
    """Return a request about a wave in January that asks these questions."""
    wave = Wave(1, 1, 1, asking("\n".join(questions)), date(2027, 1, 18), date(2027, 1, 29))
    values = {
        "land": None,
        "policy": DisclosurePolicy(),
        "recount_days": 14,
        "text_days": 90,
        "legal": LEGAL,
        "help_card": CARD,
    }
    return SchoolRequest(MEASURE, wave, **values | changes, as_of=as_of)  # type: ignore[arg-type]


def days(asked: SchoolRequest) -> list[tuple[str, str]]:
    """Return the timetable as people read it: the day, and the first words of what happens."""
    return [
        (
            f"{'' if each.first is None else each.first}–{each.last}",
            " ".join(str(each.what).split()[:3]),
        )
        for each in asked.timetable
    ]


def test_the_timetable_names_every_day() -> None:
    """Rule 1."""
    assert days(request(RATING, TEXT)) == [
        ("2026-11-21–2026-11-21", "Diese Anfrage"),
        ("–2027-01-04", "Entscheidung der Schule"),
        ("–2027-01-04", "Der Elternbrief geht"),
        ("2027-01-18–2027-01-29", "Befragung, für alle"),
        ("2027-01-30–2027-01-30", "Auszählung. Alles, was"),
        ("–2027-02-13", "Die gemischten Antwortbögen"),
        ("–2027-03-26", "Die Ergebnisse gehen"),
        ("–2027-04-30", "Die freien Texte"),
    ]


def test_a_late_request_is_never_decided_in_the_past() -> None:
    """Rule 2."""
    late = date(2027, 1, 12)
    assert days(request(RATING, as_of=late))[1:3] == [
        ("–2027-01-12", "Entscheidung der Schule"),
        ("–2027-01-12", "Der Elternbrief geht"),
    ]


def test_without_texts_nothing_is_said_about_them() -> None:
    """Rule 3."""
    assert [what for _, what in days(request(RATING))][-1] == "Die Ergebnisse gehen"


def test_professionals_have_no_parents() -> None:
    """Rule 3."""
    asked = request(RATING)
    grown_up = asked.wave.questionnaire.model_copy(update={"audience": "professionals"})
    among = replace(asked, wave=replace(asked.wave, questionnaire=grown_up))
    assert PackPart.PARENTS_LETTER in asked.parts
    assert PackPart.PARENTS_LETTER not in among.parts
    assert [what for _, what in days(among)][2] == "Befragung, für alle"


@pytest.mark.parametrize(
    ("questions", "named"),
    [((RATING,), ["A"]), ((RATING, FEELING), ["A", "C"])],
)
def test_the_limits_are_those_of_what_is_asked(
    questions: tuple[str, ...], named: list[str]
) -> None:
    """Rule 4."""
    asked = request(*questions)
    assert [sensitivity.value for sensitivity, _ in asked.rules] == named
    assert [rule for _, rule in asked.rules] == [IN_USE[Sensitivity(each)] for each in named]


def test_raised_limits_are_promised() -> None:
    """Rule 4."""
    raised = IN_USE[Sensitivity.A].model_copy(update={"smallest_block": 12})
    policy = DisclosurePolicy(rules={**IN_USE, Sensitivity.A: raised})
    assert request(RATING, policy=policy).minimum == 12
