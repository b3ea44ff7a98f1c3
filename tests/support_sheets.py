"""Evaluation sheets for tests: made the whole way, from a questionnaire to released blocks.

Nothing here is a stand-in. A questionnaire is YAML, answers are simulated or given one by one,
`tabulate` counts them, `release_block` decides what may be shown and `evaluation_sheet` puts the
sheet together. *Sommercamp* has thirty responses, *Werkstatt* has four.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ruamel.yaml import YAML

from survey_app.domain.block import Block, block_of
from survey_app.domain.commitment import Commitment, Status
from survey_app.domain.disclosure import DisclosurePolicy, release_block
from survey_app.domain.finding import Place
from survey_app.domain.goal import Goal, Indicator, Stage
from survey_app.domain.good_practice import Criterion, Rated, Rating
from survey_app.domain.master_data import (
    Approach,
    Attendance,
    Consequence,
    Costs,
    Decision,
    FieldOfAction,
    Funding,
    MasterData,
    Occasion,
    Participation,
    ParticipationStage,
    Realisation,
)
from survey_app.domain.measure import (
    Measure,
    Municipality,
    Network,
    Organisation,
    Setting,
    Site,
    Topic,
)
from survey_app.domain.questionnaire import Questionnaire
from survey_app.domain.response import Answers
from survey_app.domain.sheet import EvaluationSheet, Known, WaveResult, evaluation_sheet
from survey_app.domain.tabulation import tabulate
from survey_app.domain.voices import Reviewed, ReviewedText, ReviewedTheme, Source, voices
from survey_app.domain.wave import Point, Wave

POLICY = DisclosurePolicy()
AS_OF = date(2026, 11, 21)

AGREEMENT = """
agreement:
  options:
    - {code: 1, text: {de: stimmt gar nicht, en: not true at all}}
    - {code: 2, text: {de: stimmt eher nicht, en: rather not true}}
    - {code: 3, text: {de: teils/teils, en: partly}}
    - {code: 4, text: {de: stimmt eher, en: rather true}}
    - {code: 5, text: {de: stimmt genau, en: exactly true}}
  positive: [4, 5]
  coarse: [[1, 2], [3], [4, 5]]
  refusal: true
"""

YOUNG = """
id: kern-jugend
version: 1.0.0
audience: young_people
languages: [de, en]
title: {de: Wie war’s?, en: How was it?}
minutes: 3
licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}
sections:
  - id: angebot
    questions:
      - {id: k1, kind: rating, scale: agreement, core: K1, mirror: f1,
         text: {de: Das Angebot hat mir insgesamt gefallen., en: I liked the activity overall.}}
      - {id: k2, kind: rating, scale: agreement, core: K2,
         text: Die Themen haben mit meinem Leben zu tun.}
      - {id: k3, kind: rating, scale: agreement, core: K3, mirror: f4,
         text: 'Ich habe etwas gelernt, das ich gebrauchen kann.'}
      - {id: k4, kind: rating, scale: agreement, core: K4,
         text: Ich habe mich während des Angebots wohlgefühlt.}
      - {id: k5, kind: rating, scale: agreement, core: K5, mirror: f2,
         text: Meine Meinung war hier wichtig.}
      - {id: k6, kind: rating, scale: agreement, core: K6,
         text: Ich würde das Angebot Freundinnen und Freunden empfehlen.}
      - {id: k7, kind: rating, scale: agreement, core: K7,
         text: 'Es war leicht, alles zu verstehen.'}
      - {id: k8, kind: rating, scale: agreement, core: K8, mirror: f5,
         text: 'Ich weiß jetzt besser, wo ich Hilfe bekomme, wenn es mir schlecht geht.'}
      - {id: k9, kind: open_text, text: Was war richtig gut?}
      - {id: k10, kind: open_text, text: Was sollen wir ändern?}
  - id: person
    questions:
      - id: alter
        kind: single_choice
        text: Wie alt bist du?
        options:
          - {code: u14, text: 13 oder jünger}
          - {code: a14, text: 14 oder 15}
          - {code: a16, text: 16 oder 17}
          - {code: a18, text: 18 oder älter}
"""

PROFESSIONALS = """
id: fachkraefte
version: 1.1.0
audience: professionals
languages: [de, en]
title: {de: Rückmeldung der Fachkräfte, en: Professionals’ feedback}
minutes: 4
licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}
sections:
  - id: angebot
    questions:
      - {id: f1, kind: rating, scale: agreement, text: Das Angebot passte zu unseren Jugendlichen.}
      - {id: f2, kind: rating, scale: agreement, text: Die Jugendlichen waren aktiv dabei.}
      - {id: f3, kind: rating, scale: agreement, text: Der Aufwand für uns war angemessen.}
      - {id: f4, kind: rating, scale: agreement,
         text: Ich kann Inhalte in meinem Alltag weiterführen.}
      - {id: f5, kind: rating, scale: agreement,
         text: 'Die Jugendlichen wissen jetzt, wo sie Hilfe finden.'}
      - {id: f6, kind: rating, scale: agreement, text: Absprachen haben gut geklappt.}
      - {id: f7, kind: open_text, text: Welche Jugendlichen haben wir nicht erreicht?}
"""

MEDIA = """
id: medienkompetenz
version: 1.0.0
audience: young_people
languages: [de]
title: Medien und ich
minutes: 5
licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}
sections:
  - id: medien
    questions:
      - id: koennen
        kind: battery
        scale: agreement
        text: Wie gut passt das auf dich?
        items:
          - {id: m1, text: 'Ich kann erkennen, ob eine Nachricht im Netz falsch sein könnte.'}
          - {id: m2, text: 'Ich weiß, wie ich Werbung von anderen Inhalten unterscheide.'}
          - {id: m3, text: 'Ich kann mein Profil so einstellen, dass nicht alle alles sehen.'}
          - {id: m6, text: 'Ich weiß, was ich tun kann, wenn jemand im Netz beleidigt wird.'}
      - id: geraete
        kind: multiple_choice
        sensitivity: B
        text: Womit bist du online?
        options:
          - {code: handy, text: Handy}
          - {code: tablet, text: Tablet}
          - {code: rechner, text: Computer oder Laptop}
          - {code: konsole, text: Spielkonsole}
      - {id: stunden, kind: number, sensitivity: B, maximum: 14, unit: Stunden,
         bands: [[0, 2], [3, 4], [5, 14]],
         text: Wie viele Stunden bist du an einem Schultag online?}
      - {id: zufrieden, kind: ladder, sensitivity: C,
         text: Wie zufrieden bist du zurzeit mit deinem Leben?,
         lowest: gar nicht, highest: völlig}
"""


def questionnaire(text: str, *, scales: str = AGREEMENT) -> Questionnaire:
    """Return the questionnaire written in YAML."""
    content = YAML(typ="safe").load(text)
    content["scales"] = YAML(typ="safe").load(scales)
    return Questionnaire.model_validate_json(json.dumps(content))


def simulated(
    form: Questionnaire, count: int, *, mood: float = 0.72, seed: int = 1
) -> list[Answers]:
    """Return the answers of `count` people; the same seed gives the same people."""
    chance = random.Random(seed)
    people = []
    for _ in range(count):
        raw: dict[str, Sequence[str]] = {}
        temper = min(1.0, max(0.0, chance.gauss(mood, 0.12)))
        for question in form.questions:
            raw |= question.simulate(chance, temper)
        people.append(form.read(raw).answers)
    return people


def counted(form: Questionnaire, people: Sequence[Answers]) -> Block:
    """Return the block of these answers."""
    texts = {name: sum(name in answers for answers in people) for name in form.text_fields}
    return block_of(form, tabulate(form, people), texts)


def wave_of(form: Questionnaire, *, number: int = 1, expected: int | None = None) -> Wave:
    """Return a closed wave with this questionnaire."""
    return Wave(
        id=number,
        network=1,
        measure=7,
        questionnaire=form,
        opens_on=date(2026, 11, 2),
        closes_on=date(2026, 11, 13),
        expected=expected,
        closed_on=date(2026, 11, 14),
    )


def result(
    form: Questionnaire,
    people: Sequence[Answers],
    *,
    number: int = 1,
    expected: int | None = None,
    policy: DisclosurePolicy = POLICY,
) -> WaveResult:
    """Return what of these answers may be shown."""
    block = counted(form, people)
    return WaveResult(wave_of(form, number=number, expected=expected), release_block(block, policy))


NETWORK = Network(1, "Netzwerk Gesunde Kommune Kreis Viersen", "gesundheitsamt@kreis.example", True)
SOMMERCAMP = Measure(
    id=7,
    network=NETWORK,
    title="Sommercamp „Kopf frei“",
    summary="Fünf Tage über Stress, Schlaf und darüber, wo es Hilfe gibt.",
    topic=Topic.MENTAL_HEALTH_LITERACY,
    municipality=Municipality(1, 1, "05166012", "Kempen"),
    organisation=Organisation(1, 1, "Jugendhilfe Niederrhein e. V."),
    site=Site(1, 1, 1, "Jugendzentrum am Ring", Setting.YOUTH_CENTRE),
    starts_on=date(2026, 10, 26),
    ends_on=date(2026, 10, 30),
    sessions=5,
    invited=60,
    participants=34,
    funders=("AOK Rheinland/Hamburg", "Barmer", "Techniker Krankenkasse"),
)
WERKSTATT = replace(SOMMERCAMP, id=8, title="Werkstatt Selfie", participants=4, invited=12)


def sheet_of(measure: Measure, *results: WaveResult) -> EvaluationSheet:
    """Return the sheet of a measure."""
    return evaluation_sheet(measure, results, policy=POLICY, as_of=AS_OF, recount_days=14)


def sommercamp() -> EvaluationSheet:
    """Return the usual sheet: thirty young people, eleven professionals, a media questionnaire."""
    young, professionals, media = map(questionnaire, (YOUNG, PROFESSIONALS, MEDIA))
    return sheet_of(
        SOMMERCAMP,
        result(young, simulated(young, 30), number=1),
        result(professionals, simulated(professionals, 11, mood=0.8), number=2, expected=14),
        result(media, simulated(media, 28, seed=5), number=3),
    )


def small_group() -> EvaluationSheet:
    """Return a sheet with counts before percentages: nine young people."""
    young = questionnaire(YOUNG)
    return sheet_of(
        replace(SOMMERCAMP, participants=12), result(young, simulated(young, 9, seed=3))
    )


def werkstatt() -> EvaluationSheet:
    """Return a sheet on which everything is withheld: four people, and the block knows it."""
    young, professionals = questionnaire(YOUNG), questionnaire(PROFESSIONALS)
    return sheet_of(
        WERKSTATT,
        result(young, simulated(young, 4), number=1),
        result(professionals, simulated(professionals, 2), number=2),
    )


def without_waves() -> EvaluationSheet:
    """Return the sheet of a measure about which nobody has been asked yet."""
    return sheet_of(SOMMERCAMP)


def many_waves() -> EvaluationSheet:
    """Return a sheet with four waves and twenty-five rows beside the core."""
    young, media = questionnaire(YOUNG), questionnaire(MEDIA)
    professionals = questionnaire(PROFESSIONALS)
    again = questionnaire(MEDIA.replace("id: medienkompetenz", "id: medien-nachher"))
    return sheet_of(
        replace(SOMMERCAMP, participants=150),
        result(media, simulated(media, 60, seed=4), number=1),
        result(young, simulated(young, 120, seed=6), number=2),
        result(professionals, simulated(professionals, 24, mood=0.8), number=3),
        result(again, simulated(again, 58, mood=0.85, seed=9), number=4),
    )


def long_everything() -> EvaluationSheet:
    """Return a sheet whose every wording is as long as people manage to write."""
    title = (
        "Achtsamkeit, Medienkompetenzförderung und seelische Gesundheit: die große"
        " Projektwoche an der Gesamtschule Niederkrüchten"
    )[:120]
    tail = (
        ", und zwar auch dann, wenn ich an die Pausen, die Gruppenarbeit und die Wege zwischen den"
        " Räumen denke, die für manche von uns ziemlich weit gewesen sind."
    )
    young = questionnaire(_longer(YOUNG, tail))
    professionals = questionnaire(_longer(PROFESSIONALS, tail))
    media = questionnaire(_longer(MEDIA, tail))
    again = questionnaire(_longer(MEDIA.replace("id: medienkompetenz", "id: medien-zwei"), tail))
    organisation = "Katholische Kinder- und Jugendhilfe im Kreis Viersen gemeinnützige GmbH"
    return sheet_of(
        replace(
            SOMMERCAMP,
            title=title,
            organisation=Organisation(1, 1, organisation),
            funders=tuple(f"Gesundheitskasse Rheinland und Westfalen {n}" for n in range(1, 6)),
            network=replace(NETWORK, contact="gesundheitsfoerderung.netzwerkbuero@kreis.example"),
        ),
        result(young, simulated(young, 30), number=1),
        result(professionals, simulated(professionals, 22), number=2),
        result(media, simulated(media, 31), number=3),
        result(again, simulated(again, 31), number=4),
    )


def _longer(text: str, tail: str) -> str:
    """Return the questionnaire with `tail` added to every statement that ends in a full stop."""
    content = YAML(typ="safe").load(text)
    for section in content["sections"]:
        for question in section["questions"]:
            for part in (question, *question.get("items", ())):
                wording = part["text"]
                german = wording["de"] if isinstance(wording, dict) else wording
                part["text"] = german.removesuffix(".") + tail
            for option in question.get("options", ()):
                option["text"] += " oder etwas, das dem sehr nahe kommt"
    return json.dumps(content, ensure_ascii=False)


WORKSHOP = """
id: vorher-nachher
version: 1.0.0
audience: young_people
languages: [de]
title: Vor dem Workshop und jetzt
minutes: 4
licence: {class: A, spdx: CC-BY-4.0, holder: Mitreden}
sections:
  - id: vergleich
    questions:
      - id: wissen
        kind: then_now
        scale: agreement
        text: Wie sehr stimmen diese Sätze für dich?
        then: Vor dem Workshop
        now: Jetzt
        items:
          - {id: w1, text: 'Ich kann erkennen, ob ein Gesundheits-Tipp stimmt.'}
          - {id: w2, text: 'Ich weiß, wo ich Hilfe bekomme.'}
          - {id: w3, text: 'Ich weiß, was mir bei Stress guttut.'}
"""
GOALS = (
    Goal(
        id=1,
        network=1,
        measure=7,
        place=1,
        set_on=date(2026, 10, 1),
        text="Den Jugendlichen gefällt, was wir zusammen machen.",
        indicator=Indicator("kern-jugend", "k1"),
        target=80,
    ),
    Goal(
        id=2,
        network=1,
        measure=7,
        place=2,
        set_on=date(2026, 10, 1),
        text="Die Jugendlichen wissen, wo sie Hilfe bekommen.",
        indicator=Indicator("kern-jugend", "k8"),
        target=60,
        stage=Stage.KNOWLEDGE,
    ),
    Goal(
        id=3,
        network=1,
        measure=7,
        place=3,
        set_on=date(2026, 11, 10),
        text="Jede Gruppe legt eine eigene Liste guter Quellen an.",
        other="Gruppen mit fertiger Liste, gezählt vom Team",
        target=100,
        stage=Stage.BEHAVIOUR,
        set_late=True,
    ),
)
COMMITMENTS = (
    Commitment(
        id=1,
        network=1,
        measure=7,
        decided_on=date(2026, 11, 16),
        wish="Mehr Pausen",
        status=Status.PLANNED,
        answer="Nach jedem Block gibt es eine halbe Stunde frei.",
        office="Jugendhilfe Niederrhein, Team Freizeit",
        due_on=date(2027, 7, 1),
    ),
    Commitment(
        id=2,
        network=1,
        measure=7,
        decided_on=date(2026, 11, 16),
        wish="WLAN im Zelt",
        status=Status.DECLINED,
        reason="Am See gibt es keinen Anschluss.",
        office="Jugendhilfe Niederrhein, Team Freizeit",
    ),
)
MASTER = MasterData(
    field_of_action=FieldOfAction.STRESS,
    approach=Approach.BEHAVIOUR,
    participation=Participation(
        stage=ParticipationStage.CO_DETERMINATION, decided="Das Programm der letzten beiden Tage."
    ),
    attendance=Attendance(
        occasions=tuple(
            Occasion(day=date(2026, 10, day), minutes=420, attended=34) for day in range(26, 31)
        ),
        registered=38,
        professionals=7,
    ),
    costs=Costs(
        planned=620000,
        actual=587450,
        own_funds=90000,
        funding=(
            Funding(funder="Beispielkasse", cents=350000),
            Funding(funder="Beispielstiftung Niederrhein", cents=147450),
        ),
        staff_minutes=186 * 60,
    ),
    realisation=Realisation(
        partners=("DLRG Kempen", "Beratungsstelle Seitenwind"),
        structure="Das Seehaus hatte genug Räume, auch für Gespräche zu zweit.",
        deviations="Am dritten Tag Gewitter: Die Wanderung fiel aus, stattdessen Theater.",
    ),
    quality=tuple(
        Rated(criterion=criterion, rating=Rating(step))
        for criterion, step in zip(Criterion, [*"33423433", "na", *"322"], strict=True)
    ),
    consequence=Consequence(
        decision=Decision.ADAPT, reason="Wieder im nächsten Sommer, mit mehr freier Zeit."
    ),
)


def at(point: Point, found: WaveResult) -> WaveResult:
    """Return a result whose wave asked before or after."""
    return replace(found, wave=replace(found.wave, point=point))


def full_sheet(measure: Measure, *results: WaveResult, **known: Any) -> EvaluationSheet:
    """Return the sheet of a measure of which everything is known."""
    everything = Known(goals=GOALS, first_opened=date(2026, 11, 2), commitments=COMMITMENTS)
    return evaluation_sheet(
        replace(measure, master=MASTER),
        results,
        policy=POLICY,
        as_of=AS_OF,
        recount_days=14,
        known=replace(everything, **known),
    )


def everything() -> EvaluationSheet:
    """Return a sheet on which no area is empty."""
    young, professionals, media = map(questionnaire, (YOUNG, PROFESSIONALS, MEDIA))
    workshop = questionnaire(WORKSHOP)
    before = result(media, simulated(media, 31, seed=4, mood=0.5), number=1)
    return full_sheet(
        SOMMERCAMP,
        at(Point.BEFORE, before),
        result(young, simulated(young, 30), number=2),
        result(professionals, simulated(professionals, 11, mood=0.8), number=3, expected=14),
        at(Point.AFTER, result(media, simulated(media, 29, seed=5), number=4)),
        result(workshop, simulated(workshop, 26, seed=7), number=5),
    )


def before_and_after() -> EvaluationSheet:
    """Return a sheet of two groups that were asked the same, and of nothing else."""
    media = questionnaire(MEDIA)
    return sheet_of(
        SOMMERCAMP,
        at(Point.BEFORE, result(media, simulated(media, 31, seed=4, mood=0.5), number=1)),
        at(Point.AFTER, result(media, simulated(media, 33, seed=5), number=2)),
    )


def looking_back() -> EvaluationSheet:
    """Return a sheet of one look back by twelve people."""
    workshop = questionnaire(WORKSHOP)
    return full_sheet(
        replace(SOMMERCAMP, participants=14),
        result(workshop, simulated(workshop, 12, seed=7), number=1),
        goals=(),
        commitments=(),
    )


def edited() -> EvaluationSheet:
    """Return a sheet with a long key sentence that staff wrote, and professionals alone."""
    young, professionals = questionnaire(YOUNG), questionnaire(PROFESSIONALS)
    own = "Das Camp hat den meisten gut gefallen, und viele wissen jetzt, wer ihnen zuhört. " * 4
    return full_sheet(
        SOMMERCAMP,
        result(young, simulated(young, 34), number=1),
        result(professionals, simulated(professionals, 14, mood=0.8), number=2),
        edits={Place.KEY: own.strip()},
    )


def heard() -> EvaluationSheet:
    """Return a sheet with quotes and themes that people have released."""
    young = questionnaire(YOUNG)
    found = result(young, simulated(young, 30), number=1)
    reviewed = Reviewed(
        read=15,
        texts=(
            ReviewedText(text="Dass wir selbst entscheiden durften.", chosen=True),
            ReviewedText(text="Das Theater am Regentag " * 20, chosen=True, paraphrased=True),
            ReviewedText(text="Nicht auf den Bogen."),
        ),
        themes=(
            ReviewedTheme(label="Mitbestimmen", count=6),
            ReviewedTheme(label="Essen", count=2),
        ),
    )
    released = voices([Source(found.wave, found.released, {"k9": reviewed})], POLICY)
    return full_sheet(SOMMERCAMP, found, voices=released)


def nothing_shown() -> EvaluationSheet:
    """Return a sheet that knows everything beside the answers, and may show none of them."""
    young = questionnaire(YOUNG)
    return full_sheet(WERKSTATT, result(young, simulated(young, 4), number=1))


def six_waves() -> EvaluationSheet:
    """Return a sheet of six waves: young people twice, professionals twice, media twice."""
    young, professionals, media = map(questionnaire, (YOUNG, PROFESSIONALS, MEDIA))
    return full_sheet(
        SOMMERCAMP,
        at(Point.BEFORE, result(young, simulated(young, 33, mood=0.5), number=1)),
        at(Point.BEFORE, result(media, simulated(media, 31, seed=4, mood=0.5), number=2)),
        result(professionals, simulated(professionals, 11, mood=0.8), number=3, expected=14),
        at(Point.AFTER, result(young, simulated(young, 30, seed=2), number=4)),
        at(Point.AFTER, result(media, simulated(media, 29, seed=5), number=5)),
        result(professionals, simulated(professionals, 12, seed=8), number=6, expected=14),
    )


def arabic_names() -> EvaluationSheet:
    """Return a sheet on which names and quotes are written from the right."""
    young = questionnaire(YOUNG)
    found = result(young, simulated(young, 30), number=1)
    reviewed = Reviewed(
        read=15,
        texts=(ReviewedText(text="كان المسرح رائعاً، وأريد أن أعود.", chosen=True),),
        themes=(ReviewedTheme(label="المسرح", count=6),),
    )
    return full_sheet(
        replace(
            SOMMERCAMP,
            title="ورشة المسرح مع ميرا – Theater für alle",
            organisation=Organisation(1, 1, "بيت الشباب Kempen e. V."),
            funders=("مؤسسة الشباب",),
        ),
        found,
        voices=voices([Source(found.wave, found.released, {"k9": reviewed})], POLICY),
    )


SITUATIONS = {
    "Sommercamp": sommercamp,
    "nine answers": small_group,
    "Werkstatt": werkstatt,
    "no waves": without_waves,
    "many waves": many_waves,
    "long everything": long_everything,
    "everything": everything,
    "before and after": before_and_after,
    "looking back": looking_back,
    "edited": edited,
    "heard": heard,
    "nothing shown": nothing_shown,
    "six waves": six_waves,
    "Arabic names": arabic_names,
}
