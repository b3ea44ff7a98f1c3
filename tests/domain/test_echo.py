"""The echo: what those who answered see of their wave.

1. Three findings stand in large words, those of the core first, at most five more behind them, in
   the order of the questionnaire, however the answers came out.
2. A share is said in tenths, from ten answers on; below that there is no figure. The ends stay
   open: all and all but one say the same.
3. A wave below the smallest block says nothing at all, not even how many; a question withheld says
   why; neither says a number of its own.
4. Questions on how people feel are not shown in public, whatever their size.
5. Before and now: only now is shown.
6. Page and sheet together say no more than the sheet: a finding is a function of the released
   table, and the same for every count that rounds to the same tenth.
7. Every sentence is a whole one, with its own singular, in the language of the reader.
8. Of what was written up to three themes are shown, once people have read the texts: of this wave,
   of at least three texts and ten answers, none on how people feel; never a text. How often a theme
   was named is said, but all and all but one are "almost all".
"""

from collections import defaultdict
from dataclasses import replace

import pytest

from survey_app.domain.disclosure import DisclosurePolicy, Withheld
from survey_app.domain.echo import (
    ANSWERED,
    ANSWERS,
    AT_LEAST,
    AT_MOST,
    LARGE,
    MOST,
    SENTENCES,
    Echo,
    Tenths,
    echo_of,
    in_tenths,
)
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.response import Answers
from survey_app.domain.statistics import Share
from survey_app.domain.voices import Reviewed, ReviewedText, ReviewedTheme, Source, Voices, voices
from survey_app.languages import load_languages
from tests.support import asking, people, times
from tests.support_sheets import (
    MEDIA,
    POLICY,
    PROFESSIONALS,
    YOUNG,
    questionnaire,
    result,
    simulated,
)

GERMAN = load_languages().all["de"]
K1 = "{id: k1, kind: rating, scale: agreement, core: K1, text: Es war gut.}"
ONE = asking(f"- {K1}")


def echo(form: Questionnaire, answers: list[Answers], policy: DisclosurePolicy = POLICY) -> Echo:
    return echo_of(result(form, answers, policy=policy), (), policy)


def liked(count: int, base: int) -> list[Answers]:
    """Return the answers of `base` people of whom `count` liked it."""
    return people(k1=times({5: count, 1: base - count}))


def sentences(found: Echo) -> list[str]:
    return [each.sentence.said(GERMAN) for each in (*found.large, *found.further)]


def notes(found: Echo) -> list[str]:
    return [note.said(GERMAN) for note in found.notes]


# Rule 1


def test_core_findings_stand_first_and_large() -> None:
    form = questionnaire(YOUNG)
    found = echo(form, simulated(form, 30))
    assert [each.sentence.text for each in found.large] == [
        SENTENCES[name][0] for name in ("K1", "K3", "K8")
    ]
    assert [each.asked for each in found.large] == [None] * LARGE
    others = [v.text for v in form.codebook() if v.core in ("K2", "K4", "K5", "K6", "K7")]
    assert [each.asked for each in found.further] == others


@pytest.mark.parametrize("mood", [0.05, 0.5, 0.95])
def test_order_does_not_depend_on_the_answers(mood: float) -> None:
    form = questionnaire(YOUNG)
    found = echo(form, simulated(form, 40, mood=mood))
    usual = echo(form, simulated(form, 40))
    assert [each.asked for each in found.further] == [each.asked for each in usual.further]
    assert [each.sentence.text for each in found.large] == [
        each.sentence.text for each in usual.large
    ]


def test_there_are_never_more_than_eight() -> None:
    many = "\n".join(
        f"- {{id: a{n}, kind: rating, scale: agreement, text: Aussage {n}.}}" for n in range(12)
    )
    form = asking(many)
    found = echo(form, simulated(form, 30))
    assert (len(found.large), len(found.further)) == (LARGE, MOST - LARGE)


def test_without_core_the_first_questions_are_large_and_say_what_was_asked() -> None:
    form = questionnaire(MEDIA)
    found = echo(form, simulated(form, 30))
    first = form.codebook()[0]
    assert (found.large[0].asked, found.large[0].stem) == (first.text, first.stem)
    assert sentences(found)[0].endswith(" sagen: „stimmt eher / stimmt genau“.")


# Rule 2


@pytest.mark.parametrize(
    ("count", "base", "says"),
    [
        (7, 10, "7 von 10 fanden es gut."),
        (2, 20, "1 von 10 fand es gut."),
        (18, 24, "8 von 10 fanden es gut."),
        (17, 24, "7 von 10 fanden es gut."),
        (0, 12, "Höchstens 1 von 10 fand es gut."),
        (1, 10, "Höchstens 1 von 10 fand es gut."),
        (4, 100, "Höchstens 1 von 10 fand es gut."),
        (12, 12, "Mindestens 9 von 10 fanden es gut."),
        (9, 10, "Mindestens 9 von 10 fanden es gut."),
        (96, 100, "Mindestens 9 von 10 fanden es gut."),
        (18, 20, "9 von 10 fanden es gut."),
    ],
)
def test_a_share_is_said_in_tenths(count: int, base: int, says: str) -> None:
    assert sentences(echo(ONE, liked(count, base))) == [says]


@pytest.mark.parametrize("base", [10, 12, 24, 40, 100])
def test_all_and_all_but_one_say_the_same(base: int) -> None:
    assert echo(ONE, liked(base, base)).large == echo(ONE, liked(base - 1, base)).large
    assert echo(ONE, liked(0, base)).large == echo(ONE, liked(1, base)).large


def test_what_is_said_is_true() -> None:
    for base in range(10, 121):
        for count in range(base + 1):
            tenths, share = in_tenths(count, base), count / base
            if tenths == AT_MOST:
                assert share <= 0.1
            elif tenths == AT_LEAST:
                assert share >= 0.9
            else:
                assert abs(share - tenths.full / 10) <= 0.05 + 1e-9


@pytest.mark.parametrize("base", range(5, 10))
def test_below_ten_there_is_no_figure(base: int) -> None:
    found = echo(ONE, liked(4, base))
    assert (found.answered, found.large, found.further) == (base, (), ())
    assert notes(found) == [
        (
            "Ergebnisse in Zahlen zeigen wir hier erst ab 10 Antworten. Sonst ließe sich erraten,"
            " wer was gesagt hat."
        )
    ]


def test_a_raised_limit_holds_here_too() -> None:
    policy = DisclosurePolicy(tenths_from=20)
    assert echo(ONE, liked(9, 19), policy).large == ()
    assert sentences(echo(ONE, liked(9, 20), policy)) == ["5 von 10 fanden es gut."]


# Rule 3


@pytest.mark.parametrize("base", range(5))
def test_too_few_say_nothing_not_even_how_many(base: int) -> None:
    found = echo(ONE, liked(base, base))
    assert isinstance(found.answered, Withheld)
    assert (found.large, found.further, found.notes) == ((), (), ())
    assert found.who_answered.said(GERMAN).startswith("Es haben weniger als 5 mitgemacht.")


def test_every_wave_that_is_too_small_says_the_same() -> None:
    assert len({str(vars(echo(ONE, liked(base // 2, base)))) for base in range(5)}) == 1


def test_a_question_that_few_answered_says_so() -> None:
    form = asking(f"- {K1}\n- {{id: a2, kind: rating, scale: agreement, text: Es war laut.}}")
    answers = people(k1=times({5: 12}), a2=times({5: 9, None: 3}))
    found = echo(form, answers)
    assert sentences(found) == ["Mindestens 9 von 10 fanden es gut."]
    assert notes(found) == ["Bei 1 Frage steht hier nichts: Zu wenige haben sie beantwortet."]


def test_questions_in_which_somebody_stands_out_say_so() -> None:
    battery = """
- id: b
  kind: battery
  scale: agreement
  sensitivity: B
  text: Wie ist das bei dir?
  items: [{id: m1, text: Ich schlafe gut.}, {id: m2, text: Ich lege das Handy weg.}]
"""
    alone = times({5: 11, 1: 1})
    found = echo(asking(battery), people(m1=alone, m2=alone))
    assert sentences(found) == []
    assert notes(found) == [
        "Bei 2 Fragen steht hier nichts: Einzelne wären an ihrer Antwort zu erkennen."
    ]


# Rule 4


@pytest.mark.parametrize("base", [12, 60, 600])
def test_how_people_feel_is_not_shown_in_public(base: int) -> None:
    form = asking(
        f"- {K1}\n- {{id: w1, kind: rating, scale: agreement, sensitivity: C, text: Ich bin froh.}}"
    )
    half = base // 2
    found = echo(
        form,
        people(k1=times({5: base}), w1=times({5: half, 3: base // 4, 1: base - half - base // 4})),
    )
    assert [each.sentence.text for each in found.large] == [SENTENCES["K1"][0]]
    assert "hängen wir nicht aus" in notes(found)[-1]


# Rule 5


def test_of_before_and_now_only_now_is_shown() -> None:
    form = asking(
        """
- id: wissen
  kind: then_now
  scale: agreement
  text: Vorher und jetzt
  then: Vor dem Workshop
  now: Jetzt
  items: [{id: t1, text: Ich weiß Bescheid.}]
"""
    )
    found = echo(form, people(t1__then=times({1: 12}), t1__now=times({5: 9, 1: 3})))
    (finding,) = found.large
    assert finding.stem is not None
    assert (finding.stem.said("de"), finding.tenths) == ("Jetzt", Tenths(8))


# Rule 6


@pytest.mark.parametrize("base", range(10, 41))
def test_page_never_says_what_everybody_answered(base: int) -> None:
    """Who knows the size of the group tries every count that fits what the page says."""
    behind = defaultdict(set)
    for count in range(base + 1):
        behind[in_tenths(count, base)].add(count)
    assert [counts for counts in behind.values() if counts in ({0}, {base})] == []
    assert sum(map(len, behind.values())) == base + 1


def test_a_finding_is_a_function_of_the_released_table() -> None:
    form = questionnaire(YOUNG)
    shown = result(form, simulated(form, 24, seed=4))
    found = echo_of(shown, (), POLICY)
    rows = {row.variable.core: row.positive for row in shown.rows}
    for name, finding in zip(("K1", "K3", "K8"), found.large, strict=True):
        share = rows[name]
        assert isinstance(share, Share)
        assert finding.tenths == in_tenths(share.count, share.base)


def test_what_is_withheld_on_the_sheet_is_not_on_the_page() -> None:
    form = questionnaire(MEDIA.replace("kind: battery", "kind: battery\n        sensitivity: B"))
    seen, hidden = 0, 0
    for seed in range(20):
        shown = result(form, simulated(form, 14, seed=seed))
        found = echo_of(shown, (), POLICY)
        withheld = [row.variable.text for row in shown.rows if isinstance(row.table, Withheld)]
        on_page = [each.asked for each in (*found.large, *found.further)]
        assert [text for text in withheld if text in on_page] == []
        seen, hidden = seen + len(on_page), hidden + len(withheld)
    assert seen
    assert hidden


# Rule 8

WRITTEN = f"""
- {K1}
- {{id: gut, kind: open_text, text: Was war gut?}}
- {{id: sorge, kind: open_text, sensitivity: C, text: Was macht dir Sorgen?}}
"""


def themes(base: int, **counts: int) -> list[tuple[str, str]]:
    """Return what an echo says of themes that so many of `base` texts were about."""
    return mentions(base, {"gut": counts})


def mentions(
    base: int, counts: dict[str, dict[str, int]], *, wave: int = 1
) -> list[tuple[str, str]]:
    form = asking(WRITTEN)
    found = result(
        form,
        people(k1=times({5: base}), gut=times({"GEHEIM": base}), sorge=times({"GEHEIM": base})),
    )
    reviewed = {
        variable: Reviewed(
            read=base,
            texts=(ReviewedText(text="GEHEIM", chosen=True),),
            themes=tuple(ReviewedTheme(label=label, count=n) for label, n in labels.items()),
        )
        for variable, labels in counts.items()
    }
    source = Source(replace(found.wave, id=wave), found.released, reviewed)
    heard = voices([source], POLICY)
    said = echo_of(found, (), POLICY, voices=heard if isinstance(heard, Voices) else None)
    assert "GEHEIM" not in str(said)
    return [(each.theme.label, each.often.said(GERMAN)) for each in said.heard]


def test_three_themes_are_said_the_most_frequent_first() -> None:
    assert themes(24, Pausen=9, Essen=12, WLAN=4, Zelte=3) == [
        ("Essen", "12-mal genannt"),
        ("Pausen", "9-mal genannt"),
        ("WLAN", "4-mal genannt"),
    ]


def test_before_somebody_has_read_there_is_nothing() -> None:
    assert mentions(24, {}) == []
    form = asking(WRITTEN)
    assert echo(form, people(k1=times({5: 24}))).heard == ()


@pytest.mark.parametrize("base", range(10))
def test_too_few_have_no_themes(base: int) -> None:
    assert themes(base, Pausen=min(3, base)) == []


def test_rare_themes_are_not_said() -> None:
    assert themes(24, Pausen=2, Essen=3) == [("Essen", "3-mal genannt")]


def test_all_and_all_but_one_are_almost_all() -> None:
    said = {count: themes(10, Pausen=count)[0][1] for count in (8, 9, 10)}
    assert said == {8: "8-mal genannt", 9: "von fast allen genannt", 10: "von fast allen genannt"}


def test_worries_hang_in_no_corridor_and_waves_speak_for_themselves() -> None:
    assert mentions(24, {"sorge": {"Streit": 12}, "gut": {"Essen": 3}}) == [
        ("Essen", "3-mal genannt")
    ]
    assert mentions(24, {"gut": {"Essen": 3}}, wave=2) == []


# Rule 7


def test_who_answered_is_said_to_them() -> None:
    young, adult = questionnaire(YOUNG), questionnaire(PROFESSIONALS)
    assert echo(young, simulated(young, 24)).who_answered.said(GERMAN) == (
        "24 von euch haben mitgemacht."
    )
    assert echo(adult, simulated(adult, 1200)).who_answered.said(GERMAN) == (
        "1.200 Fachkräfte haben geantwortet."
    )


def test_every_sentence_has_its_share_in_it() -> None:
    for singular, plural in (*SENTENCES.values(), ANSWERS):
        assert singular.startswith("%(share)s ")
        assert plural.startswith("%(share)s ")
    assert set(ANSWERED) == set(Audience)


def test_equal_results_are_equal_and_changed_ones_are_not() -> None:
    found = echo(ONE, liked(7, 10))
    assert found == echo(ONE, liked(7, 10))
    assert found != echo(ONE, liked(6, 10))
    assert found != replace(found, notes=(ANSWERS,))  # type: ignore[arg-type]
