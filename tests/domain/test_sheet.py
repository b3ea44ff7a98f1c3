"""The evaluation sheet as a value.

1. Key sentences and tiles say what was counted, in German, with the interval behind each share.
2. Below twenty answers counts come first, percents second.
3. Page 2 sets professionals beside young people, shows the rest of each wave, and counts texts.
4. What is withheld stays on the sheet as withheld, and is counted; nothing else is said about it.
5. Without a closed wave among young people the sheet says so.
6. More answers than people, and people who did not answer, are said openly.
7. The core is that of the latest wave among young people.
8. The method names the waves, the number of withheld values and the day the sheets are deleted.
"""

from dataclasses import replace
from datetime import date

import pytest

from survey_app.domain.block import block_of
from survey_app.domain.disclosure import DisclosurePolicy, Reason, Released, Withheld, release_block
from survey_app.domain.finding import people_who
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
from survey_app.domain.sheet import (
    EvaluationSheet,
    WaveResult,
    evaluation_sheet,
    group_size,
    sensitivities_in,
)
from survey_app.domain.statistics import Share
from survey_app.domain.tabulation import tabulate
from survey_app.domain.wave import Wave
from tests.support import HEAD, asking, people, times

POLICY = DisclosurePolicy()
NETWORK = Network(1, "Kreis Viersen", "netzwerk@example.org", sample=True)

SOMMERCAMP = Measure(
    id=7,
    network=NETWORK,
    title="Sommercamp",
    summary="Fünf Tage am See.",
    topic=Topic.MENTAL_HEALTH_LITERACY,
    municipality=Municipality(1, 1, "05166012", "Kempen"),
    organisation=Organisation(1, 1, "KreisSportBund"),
    site=Site(1, 1, 1, "Jugendtreff am See", Setting.YOUTH_CENTRE),
    starts_on=date(2026, 7, 1),
    ends_on=date(2026, 7, 5),
    invited=40,
    participants=32,
)
WERKSTATT = replace(SOMMERCAMP, id=8, title="Werkstatt", invited=None, participants=6)

KERN = asking(
    """
- {id: k1, kind: rating, scale: agreement, core: K1, mirror: f1, text: Es war gut.}
- {id: k3, kind: rating, scale: agreement, core: K3, text: Ich habe etwas gelernt.}
- {id: k8, kind: rating, scale: agreement, core: K8, text: Ich kenne Hilfe.}
- {id: allein, kind: rating, scale: agreement, sensitivity: C, text: Ich fühle mich allein.}
- {id: was, kind: open_text, text: Was sollen wir ändern?}
"""
)
FACHKRAEFTE = asking(
    "- {id: f1, kind: rating, scale: agreement, text: Es passte.}\n"
    "- {id: f7, kind: open_text, text: Wen haben wir nicht erreicht?}",
    head=HEAD.replace("young_people", "professionals").replace("probe", "fachkraefte"),
)


def wave(questionnaire: Questionnaire, number: int = 1, *, expected: int | None = None) -> Wave:
    return Wave(
        id=number,
        network=1,
        measure=7,
        questionnaire=questionnaire,
        opens_on=date(2026, 7, 5),
        closes_on=date(2026, 7, 12),
        expected=expected,
        closed_on=date(2026, 7, 12 + number),
    )


def result(closed: Wave, answers: list[Answers], **texts: int) -> WaveResult:
    counted = tabulate(closed.questionnaire, answers)
    block = block_of(closed.questionnaire, counted, texts)
    return WaveResult(closed, release_block(block, POLICY))


def sheet_of(measure: Measure, *results: WaveResult) -> EvaluationSheet:
    return evaluation_sheet(
        measure, results, policy=POLICY, as_of=date(2026, 12, 12), recount_days=14
    )


# Thirty of 32 answered. K1: 24 of 30. K3: 15 of 29, one refused. K8: 20 of 30.
# "allein" (C, coarse): 12 low, 4 in the middle, 14 high.
YOUNG = result(
    wave(KERN),
    people(
        k1=times({5: 14, 4: 10, 3: 4, 1: 2}),
        k3=times({5: 5, 4: 10, 2: 14, "refused": 1}),
        k8=times({4: 20, 2: 10}),
        allein=times({1: 10, 2: 2, 3: 4, 4: 13, 5: 1}),
    ),
    was=11,
)
TEAM = result(wave(FACHKRAEFTE, 2), people(f1=times({5: 4, 4: 2, 2: 2})), f7=5)
SHEET = sheet_of(SOMMERCAMP, YOUNG, TEAM)


def tiles(sheet: EvaluationSheet) -> list[tuple[str, str, str | None]]:
    return [
        (
            str(tile.label),
            str(tile.figure.message if isinstance(tile.figure, Withheld) else tile.figure),
            None if tile.note is None else str(tile.note),
        )
        for tile in sheet.tiles
    ]


# Sommercamp: thirty responses

NO_COMPARISON = (
    "Ohne Vergleichsgruppe: Der Bogen zeigt, was die Befragten sagen, nicht, was das Angebot"
    " bewirkt hat."
)
SELF_REPORT = (
    "Alle Angaben sind Selbstauskünfte; manche antworten so, wie es ihrer Meinung nach erwartet"
    " wird."
)


def test_key_sentences_of_sommercamp() -> None:
    """Rule 1: 30/32 = 93.75 %, 24/30 = 80 %, 20/30 = 66.7 %."""
    assert [str(sentence) for sentence in SHEET.key_sentences] == [
        "30 von 32 Teilnehmenden haben geantwortet (94 %).",
        "Etwa vier von fünf (80 %) fanden das Angebot gut.",
        "Etwa zwei von drei (67 %, mit großer Unsicherheit) wissen jetzt besser, wo es Hilfe gibt.",
    ]


def test_tiles_of_sommercamp() -> None:
    """Rule 1: the intervals are Wilson's for 24 of 30 and 15 of 29."""
    assert tiles(SHEET) == [
        ("Erreicht", "32", "von 40 Eingeladenen"),
        ("Rücklauf", "94 %", "30 von 32 Teilnehmenden"),
        ("Gesamturteil", "80 %", "fanden das Angebot gut: 24 von 30 (95-%-KI 63 % bis 90 %)"),
        ("Nutzen", "52 %", "haben etwas Brauchbares gelernt: 15 von 29 (95-%-KI 34 % bis 69 %)"),
    ]


def test_core_section_has_the_core_questions_alone() -> None:
    """Rule 3."""
    assert SHEET.core is not None
    assert (SHEET.core.wave, SHEET.core.base) == (YOUNG.wave, 30)
    assert [(row.variable.name, row.positive) for row in SHEET.core.rows] == [
        ("k1", Share(24, 30)),
        ("k3", Share(15, 29)),
        ("k8", Share(20, 30)),
    ]


def test_further_sections_have_the_rest_of_each_wave() -> None:
    """Rule 3: the sensitive question on its coarse scale."""
    assert [
        (section.wave.id, section.base, [row.variable.name for row in section.rows])
        for section in SHEET.further
    ] == [(1, 30, ["allein"]), (2, 8, ["f1"])]
    (row,) = SHEET.further[0].rows
    assert isinstance(row.table, Released)
    assert [cell.count for cell in row.table.cells] == [12, 4, 14]
    assert row.positive == Share(14, 30)


def test_professionals_stand_beside_young_people() -> None:
    """Rule 3: 80 % against 75 %."""
    (pair,) = SHEET.mirrored
    assert (pair.young.name, pair.professional.name) == ("k1", "f1")
    assert (pair.young_share, pair.professional_share) == (Share(24, 30), Share(6, 8))
    assert pair.gap == 5


def test_texts_are_counted_from_ten_responses_on() -> None:
    """Rules 3 and 4: eight professionals are too few for that."""
    found = [(row.wave.id, row.variable.name, row.count) for row in SHEET.texts]
    assert found == [(1, "was", 11), (2, "f7", Withheld(Reason.SMALL_BLOCK, 10))]


def test_limits_of_sommercamp() -> None:
    """Rule 6: two did not answer; thirty answers are not "few"."""
    assert [str(limit) for limit in SHEET.limits] == [
        NO_COMPARISON,
        SELF_REPORT,
        "2 von 32 haben nicht geantwortet; sie können anders denken als die übrigen.",
    ]


def test_method_of_sommercamp() -> None:
    """Rule 8: the later of two waves was closed on 14 July."""
    assert SHEET.number == "M0007-20261212"
    assert SHEET.method.waves == (YOUNG.wave, TEAM.wave)
    assert SHEET.method.withheld == 1
    assert SHEET.method.sheets_deleted_on == date(2026, 7, 28)
    assert sensitivities_in(SHEET) == ("A", "C")
    assert SHEET.results == (YOUNG, TEAM)


# Small groups


def test_below_twenty_counts_come_first() -> None:
    """Rule 2: the border lies between 19 and 20."""
    assert str(people_who(Share(14, 19), POLICY)) == (
        "Etwa drei von vier (14 von 19, mit großer Unsicherheit)"
    )
    assert str(people_who(Share(15, 20), POLICY)) == (
        "Etwa drei von vier (75 %, mit großer Unsicherheit)"
    )


def test_sheet_of_nine() -> None:
    """Rules 1, 2 and 6."""
    nine = result(wave(KERN), people(k1=times({5: 7, 1: 2}), k3=[4] * 9, k8=times({4: 3, 1: 6})))
    sheet = sheet_of(replace(SOMMERCAMP, invited=None, participants=None), nine)
    assert [str(sentence) for sentence in sheet.key_sentences] == [
        "9 Personen haben geantwortet.",
        "Etwa vier von fünf (7 von 9, mit großer Unsicherheit) fanden das Angebot gut.",
        "Etwa drei von zehn (3 von 9, mit großer Unsicherheit) wissen jetzt besser, wo es Hilfe gibt.",
    ]
    assert tiles(sheet) == [
        ("Erreicht", "–", "Teilnahme nicht erfasst"),
        ("Rücklauf", "9", "Rückmeldungen, Gruppengröße unbekannt"),
        ("Gesamturteil", "7 von 9", "fanden das Angebot gut: 78 % (95-%-KI 45 % bis 94 %)"),
        ("Nutzen", "9 von 9", "haben etwas Brauchbares gelernt: 100 % (95-%-KI 70 % bis 100 %)"),
    ]
    assert str(sheet.limits[-1]) == (
        "Bei so wenigen Antworten verschiebt eine einzige das Ergebnis um etwa 11 Prozentpunkte."
    )


@pytest.mark.parametrize(("count", "figure"), [(19, "19 von 19"), (20, "100 %")])
def test_tile_of_a_share_turns_to_percent_at_twenty(count: int, figure: str) -> None:
    """Rule 2."""
    sheet = sheet_of(SOMMERCAMP, result(wave(KERN), people(k1=[5] * count)))
    assert tiles(sheet)[2][1] == figure


def test_full_count_is_no_limit() -> None:
    """Rule 6: everybody answered, nobody twice."""
    sheet = sheet_of(SOMMERCAMP, result(wave(KERN, expected=30), people(k1=[5] * 30)))
    assert [str(limit) for limit in sheet.limits] == [NO_COMPARISON, SELF_REPORT]


@pytest.mark.parametrize(("count", "few"), [(29, True), (30, False)])
def test_few_answers_are_a_limit_below_thirty(count: int, few: bool) -> None:
    """Rule 6."""
    sheet = sheet_of(SOMMERCAMP, result(wave(KERN), people(k1=[5] * count)))
    assert any("so wenigen Antworten" in str(limit) for limit in sheet.limits) is few


def test_more_answers_than_people_are_said() -> None:
    """Rule 6: the wave's own group size counts before that of the measure."""
    sheet = sheet_of(SOMMERCAMP, result(wave(KERN, expected=27), people(k1=[5] * 30)))
    assert str(sheet.key_sentences[0]) == "30 Rückmeldungen kamen bei 27 Teilnehmenden."
    assert str(sheet.limits[-1]) == (
        "Es kamen 3 Rückmeldungen mehr, als die Gruppe groß war (27): Einige haben vermutlich"
        " mehrfach geantwortet."
    )


def test_participants_are_not_the_group_of_the_professionals() -> None:
    """Rule 6."""
    assert group_size(SOMMERCAMP, wave(KERN)) == 32
    assert group_size(SOMMERCAMP, wave(FACHKRAEFTE)) is None
    assert group_size(SOMMERCAMP, wave(FACHKRAEFTE, expected=9)) == 9


def test_question_that_nobody_asked_has_no_figure() -> None:
    """Rule 1: not asked is neither zero nor withheld."""
    short = asking("- {id: k1, kind: rating, scale: agreement, core: K1, text: Gut.}")
    sheet = sheet_of(SOMMERCAMP, result(wave(short), people(k1=[5] * 30)))
    assert tiles(sheet)[3] == ("Nutzen", "–", "nicht gefragt")
    assert len(sheet.key_sentences) == 2


# Werkstatt: four responses


def werkstatt(code: int, texts: int, count: int = 4) -> EvaluationSheet:
    answers = people(k1=[code] * count, k3=[code] * count, allein=[code] * count)
    return sheet_of(WERKSTATT, result(wave(KERN), answers, was=texts))


def test_sheet_of_werkstatt_says_why_there_is_nothing() -> None:
    """Rule 4."""
    few = "Weniger als 5 Antworten: zum Schutz nicht ausgewiesen."
    sheet = werkstatt(5, 4)
    assert [str(sentence) for sentence in sheet.key_sentences] == [few]
    assert tiles(sheet) == [
        ("Erreicht", "6", "junge Menschen haben teilgenommen"),
        ("Rücklauf", few, None),
        ("Gesamturteil", few, None),
        ("Nutzen", few, None),
    ]
    assert sheet.method.withheld == 5
    assert [str(limit) for limit in sheet.limits] == [NO_COMPARISON, SELF_REPORT]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_sheet_of_werkstatt_is_the_same_whatever_was_answered(count: int) -> None:
    """Rule 4: no field of it depends on the answers, nor on how many there were."""
    assert werkstatt(1, 0, count) == werkstatt(5, 4)
    assert repr(werkstatt(1, 0, count)) == repr(werkstatt(5, 4))


def test_sheet_of_one_withheld_question_keeps_the_others() -> None:
    """Rule 4."""
    lonely = people(k1=[5] * 12, allein=times({1: 11, 5: 1}))
    sheet = sheet_of(SOMMERCAMP, result(wave(KERN), lonely))
    (row,) = sheet.further[0].rows
    assert row.table == row.positive == Withheld(Reason.SMALL_CELL, 3)
    assert tiles(sheet)[2][1] == "12 von 12"


# Which wave


def test_sheet_without_a_wave_says_so() -> None:
    """Rule 5."""
    sheet = sheet_of(SOMMERCAMP)
    nothing = "Noch keine abgeschlossene Erhebung unter jungen Menschen."
    assert [str(sentence) for sentence in sheet.key_sentences] == [nothing]
    assert tiles(sheet) == [
        ("Erreicht", "32", "von 40 Eingeladenen"),
        ("Rücklauf", "–", nothing),
        ("Gesamturteil", "–", "nicht gefragt"),
        ("Nutzen", "–", "nicht gefragt"),
    ]
    assert (sheet.core, sheet.mirrored, sheet.further, sheet.texts) == (None, (), (), ())
    assert (sheet.method.withheld, sheet.method.sheets_deleted_on) == (0, None)


def test_professionals_alone_are_no_core() -> None:
    """Rules 5 and 7."""
    sheet = sheet_of(SOMMERCAMP, TEAM)
    assert sheet.core is None
    assert [section.wave.id for section in sheet.further] == [2]


def test_core_is_that_of_the_latest_wave() -> None:
    """Rule 7: the earlier one stays, whole, on page 2."""
    later = result(wave(KERN, 3), people(k1=times({5: 10, 1: 10})))
    sheet = sheet_of(SOMMERCAMP, YOUNG, later)
    assert sheet.core is not None
    assert sheet.core.wave.id == 3
    assert [(section.wave.id, len(section.rows)) for section in sheet.further] == [(1, 4), (3, 1)]


def test_a_wave_without_core_questions_still_says_who_answered() -> None:
    """Page 1 is about the young people, whatever they were asked."""
    asked = asking("- {id: g1, kind: rating, scale: agreement, text: Ich kenne Wege.}")
    sheet = sheet_of(SOMMERCAMP, result(wave(asked), people(g1=[5] * 24)))
    assert sheet.core is None
    assert str(sheet.key_sentences[0]) == "24 von 32 Teilnehmenden haben geantwortet (75 %)."
    assert [str(tile.figure) for tile in sheet.tiles[1:]] == ["75 %", "–", "–"]
    assert [row.variable.name for section in sheet.further for row in section.rows] == ["g1"]
