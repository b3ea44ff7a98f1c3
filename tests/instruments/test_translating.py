"""Questionnaires go to translators as PO files and come back.

1. Whatever people read is an entry with a lasting name; empty slots and the easy wording are not.
2. An entry tells its German text, its English one, where it is shown and where it stands; the
   header is complete.
3. Out and back without a change is the same file, byte by byte, in whatever layout.
4. Translations come back without touching anything else: every other line and remark stays.
5. What does not belong to the German text of today is refused by itself, with place and remedy.
6. A language that is complete is declared; nothing that is there is ever removed.
7. A broken PO file is a sentence.
8. The commands do all that with files.
"""

import difflib
import random
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polib
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey_app.cli import main
from survey_app.data import data_dir
from survey_app.instruments.document import parse
from survey_app.instruments.library import Library
from survey_app.instruments.reader import read_questionnaire
from survey_app.instruments.translating import (
    Imported,
    Translations,
    UnreadableTranslation,
    exported,
    imported,
    read_translations,
)
from survey_app.instruments.wordings import Source, source_of
from tests.instruments.generated import WORDINGS, laid_out, questionnaires

SHIPPED = Library(data_dir("questionnaires"))
NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

every_questionnaire = pytest.mark.parametrize("name", SHIPPED.names())

SMALL = """\
# Kopf: bleibt
id: klein
version: 1.0.0
audience: young_people
languages: [de, en]   # Reihenfolge zählt
title: Wie war's?     # der Titel
minutes: 1
licence: {class: A,   holder: "Mitreden"}
scales:
  agreement:
    options:
    - {code: 1, text: {de: nein, en: 'no'}}
    - {code: 2, text: "ja, sehr"}
sections:
  - id: woche

    questions:
      # K1
      - id: k1
        kind: rating
        scale: agreement
        text:
          de: Ich hatte Spaß.   # nicht ändern
          en: I had fun.
        easy: {de: Es war gut.}
      - {id: frei, kind: open_text, text: Und sonst?}
      - id: lang
        kind: information
        text: |
          Danke!

          Das war alles.

        # Ende
"""

TURKISH = {
    "klein.title": "Nasıldı?",
    "klein.agreement.1.text": "hayır",
    "klein.agreement.2.text": "evet, çok",
    "klein.k1.text": "Eğlendim.",
    "klein.frei.text": "Başka: bir şey?",
    "klein.lang.text": "Teşekkürler!\n\nBu kadardı.\n",
}

SMALL_IN_TURKISH = """\
# Kopf: bleibt
id: klein
version: 1.0.0
audience: young_people
languages: [de, en, tr]   # Reihenfolge zählt
title:
  de: Wie war's?     # der Titel
  tr: Nasıldı?
minutes: 1
licence: {class: A,   holder: "Mitreden"}
scales:
  agreement:
    options:
    - {code: 1, text: {de: nein, en: 'no', tr: hayır}}
    - {code: 2, text: {de: "ja, sehr", tr: 'evet, çok'}}
sections:
  - id: woche

    questions:
      # K1
      - id: k1
        kind: rating
        scale: agreement
        text:
          de: Ich hatte Spaß.   # nicht ändern
          en: I had fun.
          tr: Eğlendim.
        easy: {de: Es war gut.}
      - {id: frei, kind: open_text, text: {de: Und sonst?, tr: 'Başka: bir şey?'}}
      - id: lang
        kind: information
        text:
          de: |
            Danke!

            Das war alles.
          tr: "Teşekkürler!\\n\\nBu kadardı.\\n"

        # Ende
"""


def source(text: str | bytes) -> Source:
    content = text.encode() if isinstance(text, str) else text
    return source_of(content, parse(content, "klein.yaml"))


def po(asked: Source, language: str, folder: Path, **wordings: str) -> Translations:
    """Export, fill in `wordings` by name, and read what came back."""
    file = folder / "x.po"
    file.write_text(exported(asked, language, now=NOW), encoding="utf-8", newline="")
    catalogue = polib.pofile(str(file), encoding="utf-8", wrapwidth=78)
    for entry in catalogue:
        entry.msgstr = wordings.get(entry.msgctxt, entry.msgstr)
    catalogue.save()
    return read_translations(file)


def back(asked: Source, language: str, folder: Path, **wordings: str) -> Imported:
    return imported(asked, po(asked, language, folder, **wordings))


# What there is to translate


def test_every_wording_has_a_name() -> None:
    """Rule 1: the easy wording is German only."""
    assert [entry.name for entry in source(SMALL).entries] == list(TURKISH)


@every_questionnaire
def test_names_are_unique(name: str) -> None:
    """Rule 1."""
    names = [entry.name for entry in source((SHIPPED.folder / f"{name}.yaml").read_bytes()).entries]
    assert len(set(names)) == len(names)


def test_scale_and_section_called_like_a_question_are_told_apart() -> None:
    """Rule 1."""
    text = SMALL.replace("agreement", "frei").replace("kind: open_text,", CHOICE)
    assert [entry.name for entry in source(text).entries if "frei" in entry.name] == [
        "klein.scales.frei.1.text",
        "klein.scales.frei.2.text",
        "klein.frei.text",
        "klein.frei.1.text",
        "klein.frei.x.text",
    ]


CHOICE = "kind: single_choice, options: [{code: 1, text: a}, {code: x, text: b}],"


def test_name_stays_when_a_question_moves() -> None:
    """Rule 1."""
    moved = SMALL.replace("      - {id: frei, kind: open_text, text: Und sonst?}\n", "") + MOVED
    assert {entry.name for entry in source(moved).entries} == set(TURKISH)


MOVED = "  - id: mehr\n    questions: [{id: frei, kind: open_text, text: Und sonst?}]\n"


def test_slot_is_nothing_to_translate() -> None:
    """Rule 1."""
    text = SMALL.replace("text: Und sonst?", "text: {slot: 3}").replace("class: A", "class: B")
    asked = source(text)
    assert "klein.frei.text" not in [entry.name for entry in asked.entries]


def test_export_is_complete() -> None:
    """Rule 2."""
    assert exported(source(SMALL), "en", now=NOW, plural_forms="nplurals=2; plural=(n != 1);") == PO


PO = r"""# Fragebogen klein 1.0.0 „Wie war's?“, Deutsch → en
# Für junge Menschen (du). Einfache Wörter, kurze Sätze, gleicher Sinn, gleiche Stärke.
# Der deutsche Text gilt, der englische hilft beim Verstehen.
# Zurück in den Fragebogen: survey-app questionnaires import-po klein.en.po
msgid ""
msgstr ""
"Project-Id-Version: klein 1.0.0\n"
"Report-Msgid-Bugs-To: Mitreden\n"
"POT-Creation-Date: 2026-11-21 10:30+0000\n"
"PO-Revision-Date: 2026-11-21 10:30+0000\n"
"Last-Translator: \n"
"Language-Team: \n"
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"X-Generator: Mitreden\n"
"X-Source-Language: de\n"

#. Überschrift
#: klein.yaml:6
msgctxt "klein.title"
msgid "Wie war's?"
msgstr ""

#. Wortlaut: Skala agreement (bei k1) › Antwort 1 „nein“
#. Englisch: no
#: klein.yaml:12
msgctxt "klein.agreement.1.text"
msgid "nein"
msgstr "no"

#. Wortlaut: Skala agreement (bei k1) › Antwort 2 „ja, sehr“
#: klein.yaml:13
msgctxt "klein.agreement.2.text"
msgid "ja, sehr"
msgstr ""

#. Wortlaut: Abschnitt woche › Frage k1 „Ich hatte Spaß.“
#. Englisch: I had fun.
#: klein.yaml:23
msgctxt "klein.k1.text"
msgid "Ich hatte Spaß."
msgstr "I had fun."

#. Wortlaut: Abschnitt woche › Frage frei „Und sonst?“
#: klein.yaml:26
msgctxt "klein.frei.text"
msgid "Und sonst?"
msgstr ""

#. Wortlaut: Abschnitt woche › Frage lang „Danke! Das war alles.“
#: klein.yaml:29
msgctxt "klein.lang.text"
msgid ""
"Danke!\n"
"\n"
"Das war alles.\n"
msgstr ""
"""


# Out and back


@every_questionnaire
@pytest.mark.parametrize("language", ["en", "tr"])
def test_shipped_file_comes_back_unchanged(name: str, language: str, tmp_path: Path) -> None:
    """Rule 3."""
    asked = source((SHIPPED.folder / f"{name}.yaml").read_bytes())
    result = back(asked, language, tmp_path)
    assert (result.content, result.taken, result.refused) == (asked.content, 0, ())


@every_questionnaire
def test_shipped_file_takes_a_language_and_changes_nothing_else(name: str, tmp_path: Path) -> None:
    """Rules 4 and 6: lines are added, or get something added in brackets; none goes away."""
    asked = source((SHIPPED.folder / f"{name}.yaml").read_bytes())
    wordings = {entry.name: f"xx {entry.text.german}" for entry in asked.entries}
    result = back(asked, "xx", tmp_path, **wordings)
    old, new = (content.decode().splitlines() for content in (asked.content, result.content))
    for line in difflib.ndiff(old, new):
        assert line[:2] != "- " or " {" in line or "[" in line, line
    after = source(result.content)
    assert {e.name: e.text.said("xx") for e in after.entries} == wordings
    assert (result.declared, after.questionnaire.languages[-1]) == (True, "xx")
    assert (result.taken, result.missing) == (len(wordings), ())
    # … and an export from the new file brings nothing new.
    assert back(after, "xx", tmp_path).content == result.content


@given(data=questionnaires(), seed=st.integers(0, 999), newline=st.sampled_from(["\n", "\r\n"]),
       language=st.sampled_from(["en", "tr", "uk"]))  # fmt: skip
@SLOW
def test_any_file_in_any_layout_comes_back_unchanged(
    data: dict[str, Any], seed: int, newline: str, language: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    """Rule 3."""
    asked = source(laid_out(data, random.Random(seed), newline))
    result = back(asked, language, tmp_path_factory.mktemp("po"))
    assert (result.content, result.refused) == (asked.content, ())


@given(data=questionnaires(), seed=st.integers(0, 999), newline=st.sampled_from(["\n", "\r\n"]),
       language=st.sampled_from(["en", "tr", "uk"]), wording=WORDINGS)  # fmt: skip
@SLOW
def test_any_file_in_any_layout_takes_translations(
    data: dict[str, Any], seed: int, newline: str, language: str, wording: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    """Rule 4: `translated` itself refuses to return a file that says anything else."""
    asked = source(laid_out(data, random.Random(seed), newline))
    wordings = {entry.name: f"{wording} {at}" for at, entry in enumerate(asked.entries)}
    result = back(asked, language, tmp_path_factory.mktemp("po"), **wordings)
    after = source(result.content)
    assert {e.name: e.text.said(language) for e in after.entries} == wordings
    for remark in (b"# so gemeint", b"# eine Bemerkung: {ja}", b"# Kopf", "# Fuß".encode()):
        assert result.content.count(remark) == asked.content.count(remark)
    if newline == "\r\n":
        assert result.content.count(b"\r\n") == result.content.count(b"\n")


def test_author_would_have_written_it_like_this(tmp_path: Path) -> None:
    """Rules 4 and 6."""
    result = back(source(SMALL), "tr", tmp_path, **TURKISH)
    assert result.content.decode() == SMALL_IN_TURKISH
    assert (result.taken, result.missing, result.declared) == (6, (), True)


def test_new_language_stands_in_the_declared_order(tmp_path: Path) -> None:
    """Rule 4: English goes between German and Turkish, as `languages` says."""
    text = SMALL_IN_TURKISH.replace("          en: I had fun.\n", "")
    result = back(source(text), "en", tmp_path, **{"klein.k1.text": "I had fun."})
    assert result.content.decode() == SMALL_IN_TURKISH


def test_languages_in_lines_get_a_line(tmp_path: Path) -> None:
    """Rule 6."""
    text = SMALL.replace("[de, en]   # Reihenfolge zählt", "\n- de\n- en # zwei")
    result = back(source(text), "tr", tmp_path, **TURKISH)
    assert "languages: \n- de\n- en # zwei\n- tr\ntitle:" in result.content.decode()


def test_file_with_a_mark_of_its_encoding_keeps_it(tmp_path: Path) -> None:
    """Rule 4: some editors begin a file with U+FEFF."""
    result = back(source(b"\xef\xbb\xbf" + SMALL.encode()), "tr", tmp_path, **TURKISH)
    assert result.content == b"\xef\xbb\xbf" + SMALL_IN_TURKISH.encode()


# What does not fit


def changed(folder: Path, *, german: str = SMALL, **entries: dict[str, Any]) -> Imported:
    """Import a Turkish PO in which the attributes of some entries were changed."""
    file = folder / "klein.tr.po"
    file.write_text(exported(source(SMALL), "tr", now=NOW), encoding="utf-8")
    catalogue = polib.pofile(str(file), encoding="utf-8")
    for entry in catalogue:
        entry.msgstr = TURKISH[entry.msgctxt]
        for attribute, value in entries.get(entry.msgctxt.replace(".", "_"), {}).items():
            setattr(entry, attribute, value)
    catalogue.save()
    return imported(source(german), read_translations(file))


def test_stale_translation_is_refused_and_the_others_are_taken(tmp_path: Path) -> None:
    """Rule 5."""
    result = changed(tmp_path, german=SMALL.replace("Ich hatte Spaß.", "Ich hatte viel Spaß."))
    assert list(map(str, result.refused)) == [
        (
            "klein.tr.po:39:1: „klein.k1.text“ ist veraltet: Übersetzt wurde „Ich hatte Spaß.“, im"
            " Fragebogen (klein.yaml:23) steht jetzt „Ich hatte viel Spaß.“. Exportiere neu und"
            " übersetze diesen Satz noch einmal."
        )
    ]
    assert (result.taken, result.missing, result.declared) == (5, ("klein.k1.text",), False)
    after = source(result.content)
    assert "tr" not in next(e.text.root for e in after.entries if e.name == "klein.k1.text")
    assert after.questionnaire.languages == ("de", "en")


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        (
            {"msgctxt": "klein.weg.text"},
            (
                "„klein.weg.text“ gibt es im Fragebogen nicht. Exportiere neu, und übertrage den Satz,"
                " wenn er noch gebraucht wird."
            ),
        ),
        (
            {"msgctxt": None},
            (
                "„–“ gibt es im Fragebogen nicht. Exportiere neu, und übertrage den Satz, wenn er noch"
                " gebraucht wird."
            ),
        ),
        (
            {"flags": ["fuzzy"]},
            (
                "„klein.k1.text“ ist als unsicher markiert (fuzzy). Prüfe sie und nimm die Markierung"
                " weg."
            ),
        ),
        (
            {"msgid_plural": "Wir hatten Spaß.", "msgstr_plural": {0: "a", 1: "b"}},
            "„klein.k1.text“ hat Pluralformen, die es hier nicht gibt. Exportiere neu.",
        ),
        (
            {"msgstr": "Eğlen\u202edim."},
            (
                "„klein.k1.text“ kann so nicht erscheinen: der Text enthält das unsichtbare Zeichen"
                " U+202E. Lösche es."
            ),
        ),
        (
            {"msgstr": "  "},
            (
                "„klein.k1.text“ kann so nicht erscheinen: der Text ist leer. Schreib ihn oder streiche"
                " die Zeile."
            ),
        ),
    ],
)
def test_what_cannot_be_taken_is_named(
    attributes: dict[str, Any], said: str, tmp_path: Path
) -> None:
    """Rule 5."""
    result = changed(tmp_path, klein_k1_text=attributes)
    (refused,) = result.refused
    assert str(refused).partition(": ")[2] == said
    assert (result.taken, result.missing) == (5, ("klein.k1.text",))


def test_two_translations_of_one_wording_are_refused(tmp_path: Path) -> None:
    """Rule 5: the first is taken."""
    same = {"msgctxt": "klein.title", "msgid": "Wie war's?", "msgstr": "Nasıl oldu?"}
    result = changed(tmp_path, klein_k1_text=same)
    assert [str(fault).partition(": ")[2] for fault in result.refused] == [
        "„klein.title“ ist zweimal und verschieden übersetzt. Streiche einen der Einträge."
    ]
    assert source(result.content).questionnaire.title.said("tr") == "Nasıldı?"


def test_empty_entry_removes_nothing(tmp_path: Path) -> None:
    """Rule 6."""
    asked = source(SMALL_IN_TURKISH)
    result = back(asked, "tr", tmp_path, **dict.fromkeys(TURKISH, ""))
    assert (result.content, result.missing) == (asked.content, ())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "x.po:1:1: im Kopf steht keine Sprache"),
        (b'msgid ""\nmsgstr ""\n"Language: de\\n"\n', "x.po:1:1: im Kopf steht keine Sprache"),
        (b'msgid ""\nmsgstr ""\n"Language: ../x\\n"\n', "x.po:1:1: im Kopf steht keine Sprache"),
        (b'msgid "a"\nmsgstr "b"\nquatsch\n', "x.po:3:1: ab hier ist das keine PO-Datei mehr."),
        (b'msgid "a"\nmsgstr "b\n', "x.po:2:1: ab hier ist das keine PO-Datei mehr."),
        (b'msgid "\xe4"\nmsgstr "b"\n', "x.po:1:1: die Datei ist nicht in UTF-8."),
        (b"\x00" * 2_000_001, "x.po:1:1: die Datei ist größer als 2 MB."),
        (b"PK\x03\x04" + bytes(range(128)), "x.po:1:1: ab hier ist das keine PO-Datei mehr."),
    ],
)
def test_broken_file_is_a_sentence(content: bytes, said: str, tmp_path: Path) -> None:
    """Rule 7."""
    file = tmp_path / "x.po"
    file.write_bytes(content)
    with pytest.raises(UnreadableTranslation) as unreadable:
        read_translations(file)
    assert str(unreadable.value).startswith(said)


@given(content=st.binary(max_size=300))
@SLOW
def test_whatever_is_in_the_file_nothing_crashes(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Rule 7."""
    file = tmp_path_factory.mktemp("po") / "x.po"
    file.write_bytes(b'msgid ""\nmsgstr ""\n"Language: tr\\n"\n\n' + content)
    with suppress(UnreadableTranslation):
        imported(source(SMALL), read_translations(file))


# The commands


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with one questionnaire."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "klein.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["questionnaires", *words])


def test_translator_gets_a_file_and_sends_it_back(folder: Path) -> None:
    """Rule 8."""
    result = typed("export-po", "klein.yaml", "--language", "tr")
    assert result.output == "klein.tr.po: 6 Texte, davon 6 noch nicht übersetzt.\n"
    catalogue = polib.pofile("klein.tr.po")
    assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    for entry in catalogue:
        entry.msgstr = TURKISH[entry.msgctxt]
    catalogue.save()
    result = typed("import-po", "klein.tr.po", "--questionnaire", "klein.yaml")
    assert result.output == (
        "klein.yaml: 6 Texte neu übersetzt (tr). tr ist vollständig und steht jetzt unter"
        " languages. Wurde diese Version schon eingesetzt, geben Sie der Datei eine neue.\n"
    )
    assert result.exit_code == 0
    assert (folder / "klein.yaml").read_text(encoding="utf-8") == SMALL_IN_TURKISH
    read_questionnaire((folder / "klein.yaml").read_bytes(), "klein.yaml")


def test_existing_file_is_overwritten_only_on_demand(folder: Path) -> None:
    """Rule 8."""
    typed("export-po", "klein.yaml", "--language", "tr", "-o", "a.po")
    (folder / "a.po").write_text("meins")
    result = typed("export-po", "klein.yaml", "--language", "tr", "-o", "a.po")
    assert result.exit_code == 1
    assert result.output == (
        "Error: a.po gibt es schon. Nehmen Sie mit -o einen anderen Namen, oder überschreiben Sie"
        " die Datei mit --force.\n"
    )
    assert (folder / "a.po").read_text() == "meins"
    assert (
        typed("export-po", "klein.yaml", "--language", "tr", "-o", "a.po", "--force").exit_code == 0
    )


def test_refused_translations_are_listed_and_fail(folder: Path) -> None:
    """Rule 8."""
    typed("export-po", "klein.yaml", "--language", "tr")
    catalogue = polib.pofile("klein.tr.po")
    catalogue[0].msgstr, catalogue[0].msgid = "Nasıldı?", "Wie?"
    catalogue[1].msgstr = "hayır"
    catalogue.save()
    result = typed("import-po", "klein.tr.po", "--questionnaire", "klein.yaml")
    assert result.exit_code == 1
    assert result.output.startswith("Nicht übernommen:\n  klein.tr.po:")
    assert result.output.endswith(
        "klein.yaml: 1 Text neu übersetzt (tr). Es fehlen noch 5. Wurde diese Version schon"
        " eingesetzt, geben Sie der Datei eine neue.\n"
    )


def test_shipped_questionnaire_is_found_by_its_name(folder: Path) -> None:
    """Rule 8: nothing is changed here."""
    shipped = SHIPPED.folder / "kern-jugend.yaml"
    before = shipped.read_bytes()
    typed("export-po", str(shipped), "--language", "en")
    result = typed("import-po", "kern-jugend.en.po")
    assert result.output == f"{shipped}: 0 Texte neu übersetzt (en).\n"
    assert shipped.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["export-po", "klein.yaml", "--language", "de"], 2, "„de“ ist kein Kürzel einer Sprache"),
        (["export-po", "klein.yaml", "--language", "../x"], 2, "„../x“ ist kein Kürzel"),
        (
            ["export-po", "kaputt.yaml", "--language", "tr"],
            1,
            "kaputt.yaml:1:1: die Datei ist leer",
        ),
        (["import-po", "kaputt.yaml"], 1, "kaputt.yaml:1:1: im Kopf steht keine Sprache"),
        (["import-po", "fremd.po"], 1, "Zu „fremd“ gibt es keinen mitgelieferten Fragebogen."),
        (["export-po", "klein.yaml", "--language", "tr", "-o", "x/y.po"], 1, "x/y.po lässt sich"),
    ],
)
def test_what_goes_wrong_is_a_sentence(
    folder: Path, words: list[str], code: int, said: str
) -> None:
    """Rule 8."""
    (folder / "kaputt.yaml").write_text("")
    header = 'msgid ""\nmsgstr ""\n"Language: tr\\n"\n\n'
    (folder / "fremd.po").write_text(f'{header}msgctxt "fremd.a.b"\nmsgid "x"\nmsgstr "y"\n')
    result = typed(*words)
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (code, True)
    assert said in result.output
