"""Reviewing free texts.

1. Only what could ever be shown is read: below the limits no text of a question is handed out.
2. Until a question is concluded nothing of it is shown; then only what was published is.
3. A paraphrase replaces its original, what is withheld goes: no byte of either is left in the files.
4. A decision can be undone as long as the text is there; of two people at one text the first decides.
5. How people feel (C) takes two accounts; if the second disagrees, or never spoke, it is not shown.
6. Themes are kept and shown only if enough texts share them, in one spelling.
7. What stays is in the order of the alphabet; only the house makes a quote.
8. When their time is over texts and decisions go, and what was concluded stays.
9. The audit log holds numbers and no word of a text.
10. A quote that says too much can be taken back for good; at most three stand on the sheet.
11. A foreign network has no such wave.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from survey_app.domain.disclosure import DisclosurePolicy, Reason, Withheld
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.review import Stage, Verdict
from survey_app.domain.voices import Quote, Theme, Voices
from survey_app.services import closing, quoting, releasing, retention, reviewing
from survey_app.services.reviewing import Done, Question, Review, State, Wish
from survey_app.storage import schema, waves
from survey_app.storage.database import Database
from tests.support_field import ALBRECHT, TODAY, WAVE, Field, field_in

POLICY = DisclosurePolicy()
FIRST, SECOND = 1, 2
TEXTS = ("Kevin aus der 8b GEHEIMNIS", "Zu laut GEHEIMNIS", "Das Essen", "Alle waren nett")
C_WAVE = WAVE.replace("text: Was war gut?}", "text: Was war gut?, sensitivity: C}")


def closed(field: Field, texts: tuple[str, ...] = TEXTS, answers: int = 12) -> Field:
    """Let people answer, the first of them with a text, and close."""
    for number in range(answers):
        text = texts[number] if number < len(texts) else ""
        field.send({"k1": ["3"], "k9": [text]})
    closing.close_wave(field.database, field.network, field.wave, today=TODAY, actor=ALBRECHT)
    return field


@pytest.fixture
def personal(database_url: str, field: Field) -> Iterator[Field]:
    """Give another network, whose free text is about how people feel."""
    return field_in(field.database, questionnaire=C_WAVE, name="Kreis Nachbar")


def review(field: Field) -> Review:
    found = reviewing.review_of(
        field.database, field.network, field.wave, policy=POLICY, today=TODAY
    )
    assert found is not None
    return found


def question(field: Field) -> Question:
    found = review(field).question("k9")
    assert found is not None
    return found


def key_of(field: Field, text: str) -> bytes:
    return next(each.key for each in question(field).readings if each.text == text)


def decide(field: Field, text: str, verdict: Verdict, account: int = FIRST, **wish: object) -> Done:
    return reviewing.decide(
        field.database,
        field.network,
        field.wave,
        key_of(field, text),
        Wish(verdict=verdict, **wish),  # type: ignore[arg-type]
        policy=POLICY,
        account=account,
    )


def agree(field: Field, text: str, account: int, *, agreed: bool = True) -> Done:
    return reviewing.agree(
        field.database,
        field.network,
        field.wave,
        key_of(field, text),
        agreed=agreed,
        policy=POLICY,
        account=account,
    )


def conclude(field: Field) -> Done:
    return reviewing.conclude(
        field.database,
        field.network,
        field.wave,
        "k9",
        policy=POLICY,
        today=TODAY,
        actor=ALBRECHT,
    )


def decide_all(field: Field) -> None:
    decide(field, TEXTS[0], Verdict.PARAPHRASE, words="Jemand aus einer Klasse", themes=["Streit"])
    decide(field, TEXTS[1], Verdict.WITHHOLD, themes=["lärm"])
    decide(field, TEXTS[2], Verdict.PUBLISH, themes=["Essen, Lärm"], chosen=True)
    decide(field, TEXTS[3], Verdict.PUBLISH, themes=["LÄRM"])


def heard(field: Field) -> Voices | Withheld:
    with field.database.read() as connection:
        asked = waves.of_measures(connection, field.network, [field.measure])
    released = releasing.released_blocks(
        field.database, field.network, f"measure {field.measure}", asked, policy=POLICY, day=TODAY
    )
    return reviewing.voices_of(field.database, field.network, asked, released, policy=POLICY)


def every_byte(database: Database) -> bytes:
    """Return what lies in the files of a database on SQLite."""
    place = Path(str(database.url.database))
    return b"".join(each.read_bytes() for each in place.parent.glob(f"{place.name}*"))


def audit(field: Field) -> dict[str, str]:
    columns = (schema.audit.c.action, schema.audit.c.detail)
    with field.database.read() as connection:
        return dict(tuple(row) for row in connection.execute(select(*columns)))


@pytest.mark.parametrize(("texts", "answers"), [(TEXTS, 9), (TEXTS[:2], 12)])
def test_texts_that_can_never_be_shown_are_read_by_nobody(
    field: Field, texts: tuple[str, ...], answers: int
) -> None:
    """Rule 1."""
    closed(field, texts, answers)
    assert (question(field).state, question(field).readings) == (State.TOO_FEW, ())
    assert isinstance(heard(field), Withheld)


def test_nothing_is_shown_before_a_question_is_concluded(field: Field) -> None:
    """Rule 2."""
    closed(field)
    assert heard(field) == Withheld(Reason.NOT_REVIEWED, POLICY.text_count)
    decide(field, TEXTS[2], Verdict.PUBLISH)
    assert conclude(field) is Done.TAKEN
    assert heard(field) == Withheld(Reason.NOT_REVIEWED, POLICY.text_count)


def test_what_was_published_is_shown(field: Field) -> None:
    """Rules 2, 6 and 7."""
    decide_all(closed(field))
    assert conclude(field) is Done.DONE
    voices = heard(field)
    assert isinstance(voices, Voices)
    (of_k9,) = voices.heard
    assert of_k9.read == 4
    assert [(quote.text, quote.paraphrased) for quote in of_k9.quotes] == [
        ("Das Essen", False),
        ("Alle waren nett", False),
        ("Jemand aus einer Klasse", True),
    ]
    assert [quote.text for quote in voices.quotes] == ["Das Essen"]
    assert [(theme.label, theme.count) for theme in voices.themes] == [("lärm", 3)]
    assert question(field).state is State.CONCLUDED
    assert conclude(field) is Done.GONE


def test_nobody_else_makes_a_quote() -> None:
    """Rule 7."""
    with pytest.raises(TypeError, match=r"only voices\.py"):
        Quote("GEHEIM", paraphrased=False, chosen=False, seal=object())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"only voices\.py"):
        Theme("GEHEIM", 1, seal=object())  # type: ignore[arg-type]


def test_no_byte_of_a_withheld_or_paraphrased_text_is_left(field: Field) -> None:
    """Rule 3: on PostgreSQL the tables are rewritten, on SQLite the files are searched."""
    decide_all(closed(field))
    if field.database.is_sqlite:
        assert b"GEHEIMNIS" in every_byte(field.database)
    conclude(field)
    if field.database.is_sqlite:
        assert b"GEHEIMNIS" not in every_byte(field.database)
    with field.database.read() as connection:
        for name in ("review_text", "text_decision", "trace"):
            assert connection.execute(select(schema.metadata.tables[name])).all() == []


def test_a_decision_can_be_undone(field: Field) -> None:
    """Rule 4."""
    closed(field)
    key = key_of(field, TEXTS[0])
    decide(field, TEXTS[0], Verdict.PUBLISH)
    assert decide(field, TEXTS[0], Verdict.WITHHOLD, account=SECOND) is Done.TAKEN
    where = (field.database, field.network, field.wave, key)
    assert reviewing.undo(*where, policy=POLICY) is Done.DONE
    assert reviewing.undo(*where, policy=POLICY) is Done.GONE
    assert {reading.stage for reading in question(field).readings} == {Stage.WAITING}


def test_a_paraphrase_needs_words_and_a_theme_names_nobody(field: Field) -> None:
    """Rules 4 and 6."""
    closed(field)
    for wish in ({"words": "  "}, {"words": "Gut", "themes": ["Herr Kevin"]}):
        with pytest.raises(InvalidDefinition):
            decide(field, TEXTS[0], Verdict.PARAPHRASE, **wish)
    decide(field, TEXTS[2], Verdict.PARAPHRASE, words="Das Essen ")
    decision = question(field).reading(key_of(field, TEXTS[2]))
    assert decision is not None
    assert decision.outcome is Verdict.PUBLISH


def test_how_people_feel_takes_two(personal: Field) -> None:
    """Rule 5."""
    decide_all(closed(personal))
    assert conclude(personal) is Done.TAKEN
    assert agree(personal, TEXTS[2], FIRST) is Done.TAKEN
    assert agree(personal, TEXTS[2], SECOND) is Done.DONE
    assert agree(personal, TEXTS[3], SECOND, agreed=False) is Done.DONE
    assert conclude(personal) is Done.TAKEN
    assert agree(personal, TEXTS[0], SECOND) is Done.DONE
    assert conclude(personal) is Done.DONE
    voices = heard(personal)
    assert isinstance(voices, Voices)
    shown = [quote.text for each in voices.heard for quote in each.quotes]
    assert shown == ["Das Essen", "Jemand aus einer Klasse"]
    assert voices.in_public == Voices()
    detail = "4 texts, 1 published, 1 paraphrased, 2 withheld, 1 themes, 2 readers"
    assert audit(personal)["review"] == detail


def test_a_second_opinion_is_undone_alone(personal: Field) -> None:
    """Rules 4 and 5."""
    closed(personal)
    decide(personal, TEXTS[2], Verdict.PUBLISH)
    agree(personal, TEXTS[2], SECOND)
    key = key_of(personal, TEXTS[2])
    where = (personal.database, personal.network, personal.wave, key)
    stages = []
    for _ in range(2):
        reviewing.undo(*where, policy=POLICY)
        reading = question(personal).reading(key)
        assert reading is not None
        stages.append(reading.stage)
    assert stages == [Stage.WAITING_FOR_SECOND, Stage.WAITING]


def test_texts_go_when_their_time_is_over(field: Field) -> None:
    """Rule 8."""
    decide_all(closed(field))
    retention.forget(field.database, TODAY + timedelta(days=91), recount_days=14, text_days=90)
    with field.database.read() as connection:
        left = connection.execute(select(schema.metadata.tables["text_decision"])).all()
    assert (question(field).state, left) == (State.GONE, [])
    assert conclude(field) is Done.GONE
    assert isinstance(heard(field), Withheld)


def test_what_was_concluded_stays(field: Field) -> None:
    """Rule 8."""
    decide_all(closed(field))
    conclude(field)
    before = heard(field)
    retention.forget(field.database, TODAY + timedelta(days=91), recount_days=14, text_days=90)
    assert heard(field) == before


def test_the_audit_log_holds_numbers_only(field: Field) -> None:
    """Rule 9."""
    decide_all(closed(field))
    conclude(field)
    lines = audit(field)
    detail = "4 texts, 2 published, 1 paraphrased, 1 withheld, 1 themes, 1 readers"
    assert lines["review"] == detail
    assert not re.search("GEHEIM|Essen|nett|lärm", str(lines))


def test_a_quote_is_taken_back_for_good(field: Field) -> None:
    """Rule 10."""
    decide_all(closed(field))
    conclude(field)
    kept = question(field).reviewed
    assert kept is not None
    where = (field.database, field.network, field.wave, "k9")
    who = {"today": TODAY, "actor": ALBRECHT}
    everyone = [each.name for each in kept.texts]
    assert quoting.choose(*where, everyone, **who) is Done.DONE  # type: ignore[arg-type]
    voices = heard(field)
    assert isinstance(voices, Voices)
    assert len(voices.quotes) == 3
    nice = next(each.name for each in kept.texts if each.text == "Alle waren nett")
    assert quoting.take_back(*where, nice, **who) is Done.DONE  # type: ignore[arg-type]
    assert quoting.take_back(*where, nice, **who) is Done.GONE  # type: ignore[arg-type]
    if field.database.is_sqlite:
        assert b"Alle waren nett" not in every_byte(field.database)


def test_more_quotes_than_the_sheet_has_room_for_are_refused(field: Field) -> None:
    """Rule 10."""
    closed(field, ("a", "b", "c", "d"))
    for text in ("a", "b", "c", "d"):
        decide(field, text, Verdict.PUBLISH)
    conclude(field)
    kept = question(field).reviewed
    assert kept is not None
    with pytest.raises(InvalidDefinition):
        quoting.choose(
            field.database,
            field.network,
            field.wave,
            "k9",
            [each.name for each in kept.texts],
            today=TODAY,
            actor=ALBRECHT,
        )


def test_waves_with_texts_to_read_are_found(field: Field, personal: Field) -> None:
    """Rule 1: and those with too few are not."""
    closed(field)
    closed(personal, TEXTS[:2])
    for each, expected in ((field, {field.wave}), (personal, set())):
        with each.database.read() as connection:
            found = reviewing.waiting(connection, each.network, [each.wave], POLICY)
        assert found == expected


def test_a_foreign_wave_is_none(field: Field, personal: Field) -> None:
    """Rule 11."""
    closed(field)
    strange = (field.database, personal.network, field.wave)
    assert reviewing.review_of(*strange, policy=POLICY, today=TODAY) is None
    key = key_of(field, TEXTS[0])
    wish = Wish(verdict=Verdict.PUBLISH)
    decided = reviewing.decide(*strange, key, wish, policy=POLICY, account=FIRST)
    assert decided is Done.GONE
