"""The interface catalogues, in a small house with one Python module and one template.

1. `update` writes exactly the sentences of the code, sorted, without places; twice changes nothing.
2. `update` keeps translations, drops what is gone, and never guesses.
3. `check` names a missing, an outdated, a guessed and an untranslated sentence; German is the
   source and may stay empty.
4. `compile` refuses every fault of every language at once and leaves the old .mo files.
5. The program gets the compiled wording.
"""

import gettext
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import catalogues

TEMPLATE = '<h1>{{ _("Herzlich willkommen") }}</h1>'
MODULE = """
from flask_babel import lazy_gettext, ngettext
title = lazy_gettext("Noch %(days)s Tage offen")
count = ngettext("%(num)s Antwort", "%(num)s Antworten", 2)
mark = N_("Zusage")
"""
ENGLISH = {
    "Herzlich willkommen": "Welcome",
    "Noch %(days)s Tage offen": "Open for %(days)s days",
    "Zusage": "Commitment",
}
PLURAL = '"%(num)s Antwort"\nmsgid_plural "%(num)s Antworten"\nmsgstr[0] "{}"\nmsgstr[1] "{}"'


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a checkout in which German and English are current and complete."""
    root = Path(catalogues.__file__).parent.parent
    (tmp_path / "pyproject.toml").write_text((root / "pyproject.toml").read_text())
    (tmp_path / "survey_app" / "templates").mkdir(parents=True)
    (tmp_path / "survey_app" / "templates" / "start.html").write_text(TEMPLATE)
    (tmp_path / "survey_app" / "words.py").write_text(MODULE)
    for language in ("de", "en"):
        (tmp_path / "translations" / language).mkdir(parents=True)
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path / "translations")
    monkeypatch.setattr(catalogues, "COMPLETE", frozenset({"en"}))
    catalogues.update()
    for sentence, wording in ENGLISH.items():
        edit(tmp_path, f'"{sentence}"\nmsgstr ""', f'"{sentence}"\nmsgstr "{wording}"')
    edit(tmp_path, PLURAL.format("", ""), PLURAL.format("%(num)s answer", "%(num)s answers"))
    return tmp_path


def path_of(house: Path, language: str = "en") -> Path:
    """Return the path of a language's messages.po."""
    return house / "translations" / language / "LC_MESSAGES" / "messages.po"


def edit(house: Path, old: str, new: str) -> None:
    """Replace one place of the English catalogue."""
    path = path_of(house)
    before = path.read_text()
    assert before.count(old) == 1, before
    path.write_text(before.replace(old, new))


def body(path: Path) -> str:
    """Return a catalogue without its header."""
    return path.read_text().partition("\n\n")[2].strip()


def test_update_writes_the_sentences_of_the_code_sorted(house: Path) -> None:
    """Rule 1."""
    assert body(path_of(house, "de")) == "\n\n".join(
        [
            "#, python-format\nmsgid " + PLURAL.format("", ""),
            'msgid "Herzlich willkommen"\nmsgstr ""',
            '#, python-format\nmsgid "Noch %(days)s Tage offen"\nmsgstr ""',
            'msgid "Zusage"\nmsgstr ""',
        ]
    )


def test_update_asks_nobody_to_fill_in_a_header(house: Path) -> None:
    """Rule 1."""
    header = path_of(house).read_text().partition("\n\n")[0]
    assert header.splitlines()[0] == catalogues.HEADER
    assert [word for word in ("PROJECT", "NAME", "EMAIL") if word in header] == []


def test_update_twice_changes_nothing(house: Path) -> None:
    """Rule 1."""
    before = path_of(house).read_bytes()
    catalogues.update()
    assert path_of(house).read_bytes() == before


def test_update_keeps_translations_and_drops_what_is_gone(house: Path) -> None:
    """Rule 2."""
    (house / "survey_app" / "words.py").write_text('N_("Zusagen")')
    catalogues.update()
    assert body(path_of(house)) == (
        'msgid "Herzlich willkommen"\nmsgstr "Welcome"\n\nmsgid "Zusagen"\nmsgstr ""'
    )


def test_current_catalogues_pass(house: Path) -> None:
    """Rule 3: German is empty here, and that is right."""
    assert catalogues.check() == []


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        (
            lambda house: edit(house, 'msgid "Zusage"\nmsgstr "Commitment"\n', ""),
            "“Zusage” is missing. Run `make messages`.",
        ),
        (
            lambda house: edit(house, 'msgid "Zusage"', 'msgid "Ja"\nmsgstr "Y"\n\nmsgid "Zusage"'),
            "“Ja” is no longer in the code. Run `make messages`.",
        ),
        (
            lambda house: edit(house, 'msgid "Zusage"', '#, fuzzy\nmsgid "Zusage"'),
            "“Zusage” is a guess. Correct it and delete “#, fuzzy”.",
        ),
        (
            lambda house: edit(house, 'msgstr "Commitment"', 'msgstr ""'),
            "“Zusage” has no translation. Write its msgstr.",
        ),
        (
            lambda house: edit(house, "Open for %(days)s days", "Open for %(n)s days"),
            "“Noch %(days)s Tage offen”: unknown named placeholder 'n'. Correct the translation.",
        ),
    ],
    ids=["missing", "outdated", "guessed", "untranslated", "placeholder"],
)
def test_check_names_the_sentence(house: Path, change: Callable[[Path], None], doubt: str) -> None:
    """Rule 3."""
    change(house)
    assert catalogues.check() == [f"{path_of(house)}: {doubt}"]


def test_template_that_cannot_be_read_is_named(house: Path) -> None:
    """Rule 3."""
    (house / "survey_app" / "templates" / "start.html").write_text("<p>\n{{ _( }}")
    with pytest.raises(catalogues.BrokenCatalogue) as refused:
        catalogues.check()
    assert str(refused.value).startswith("survey_app/templates/start.html, line 2: ")


def test_check_misses_a_whole_language(house: Path) -> None:
    """Rule 3."""
    path_of(house).unlink()
    assert catalogues.check() == [f"{house / 'translations'}: en is missing."]


def test_compile_refuses_all_faults_and_leaves_the_old_files(house: Path) -> None:
    """Rule 4."""
    (compiled, *_) = catalogues.compile_all(house / "translations")
    before = compiled.read_bytes()
    edit(house, "Open for %(days)s days", "Open for %(tage)s days")
    edit(house, '"%(num)s answers"', '"%(number)s answers"')
    with pytest.raises(catalogues.BrokenCatalogue) as refused:
        catalogues.compile_all(house / "translations")
    assert str(refused.value).count("Correct the translation.") == 2
    assert compiled.read_bytes() == before


def test_line_that_cannot_be_read_is_named(house: Path) -> None:
    """Rule 4."""
    path = path_of(house)
    path.write_text(path.read_text() + "\nmsgid no quotes\n")
    with pytest.raises(catalogues.BrokenCatalogue, match=r"messages\.po, line \d+: .*Correct this"):
        catalogues.compile_all(house / "translations")


def test_program_gets_the_wording(house: Path) -> None:
    """Rule 5."""
    catalogues.compile_all(house / "translations")
    english = gettext.translation("messages", house / "translations", ["en"])
    german = gettext.translation("messages", house / "translations", ["de"])
    assert english.gettext("Zusage") == "Commitment"
    assert english.ngettext("%(num)s Antwort", "%(num)s Antworten", 2) == "%(num)s answers"
    assert german.gettext("Zusage") == "Zusage"


def test_plural_form_without_its_number_is_a_fault(house: Path) -> None:
    """Rule 4: Babel takes any text without a placeholder, even one letter of a list cut apart."""
    edit(house, 'msgstr[1] "%(num)s answers"', 'msgstr[1] "%"')
    with pytest.raises(catalogues.BrokenCatalogue, match=r"the last plural form lacks %\(num\)s"):
        catalogues.compile_all(house / "translations")


@pytest.mark.parametrize(
    ("language", "locale"), [("en", "en"), ("pt_BR", "pt_BR"), ("de-leicht", "de"), ("uk", "uk")]
)
def test_new_language_gets_the_plural_forms_of_its_locale(language: str, locale: str) -> None:
    """Rule 1."""
    assert str(catalogues.locale_of(language)) == locale
