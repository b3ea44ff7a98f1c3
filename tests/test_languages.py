"""The languages of the interface.

1. A compiled folder below translations/ is a language; without German there is nothing to start with.
2. A language says sentences, forms, dates, numbers and shares; what it lacks it says in German.
3. The first preferred language that is offered wins, `en-GB` is content with `en`, else German.
4. A register ("Sie") is offered in no menu and falls back to its language.
5. English is complete.
"""

from datetime import date
from pathlib import Path

import pytest

from scripts.catalogues import compile_all
from survey_app.languages import Language, Languages, best_of, load_languages

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: {}\\n"\n\n'
TWO = "nplurals=2; plural=(n != 1);"
SENTENCES = {
    "de": HEADER.format(TWO),
    "de-x-sie": HEADER.format(TWO) + 'msgid "Prüf das"\nmsgstr "Prüfen Sie das"\n',
    "de-leicht": HEADER.format(TWO),
    "en": HEADER.format(TWO)
    + 'msgid "Danke"\nmsgstr "Thank you"\n\n'
    + 'msgid "%(n)s Tag"\nmsgid_plural "%(n)s Tage"\nmsgstr[0] "%(n)s day"\nmsgstr[1] "%(n)s days"\n\n',
    "ar": HEADER.format("nplurals=1; plural=0;"),
}


@pytest.fixture
def languages(tmp_path: Path) -> Languages:
    """Give languages from a folder of translations."""
    for code, text in SENTENCES.items():
        path = tmp_path / code / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    compile_all(tmp_path)
    return load_languages(tmp_path)


def test_folders_are_languages_german_first(languages: Languages) -> None:
    assert [language.code for language in languages.offered] == ["de", "ar", "de-leicht", "en"]
    assert [(language.name, language.direction) for language in languages.offered] == [
        ("Deutsch", "ltr"),
        ("العربية", "rtl"),
        ("Deutsch", "ltr"),
        ("English", "ltr"),
    ]


def test_without_compiled_catalogues_the_remedy_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make catalogues"):
        load_languages(tmp_path)


def test_language_says_sentences_and_forms(languages: Languages) -> None:
    english = languages.all["en"]
    assert english.gettext("Danke") == "Thank you"
    assert english.gettext("unübersetzt") == "unübersetzt"
    assert [english.ngettext("%(n)s Tag", "%(n)s Tage", n) for n in (1, 2)] == [
        "%(n)s day",
        "%(n)s days",
    ]


@pytest.mark.parametrize(
    ("code", "day", "number", "percent"),
    [
        ("de", "12. Dezember 2026", "1.234,5", "75\u00a0%"),
        ("en", "12 December 2026", "1,234.5", "75%"),
    ],
)
def test_language_says_dates_and_numbers(
    languages: Languages, code: str, day: str, number: str, percent: str
) -> None:
    language = languages.all[code]
    assert language.date(date(2026, 12, 12)) == day
    assert language.number(1234.54, 1) == number
    assert language.number(2.5) == "2"
    assert language.percent(0.75) == percent


@pytest.mark.parametrize(
    ("preferred", "code"),
    [
        (["en"], "en"),
        (["en-GB", "de"], "en"),
        (["tr", "EN-us", "de"], "en"),
        (["tr", "fr"], "de"),
        ([], "de"),
        (["*"], "de"),
        (["de-leicht"], "de-leicht"),
        (["de-AT"], "de"),
    ],
)
def test_first_offered_language_wins(languages: Languages, preferred: list[str], code: str) -> None:
    assert best_of(preferred, languages.offered).code == code


def test_german_wins_even_where_it_does_not_stand_first(languages: Languages) -> None:
    assert best_of(["tr"], languages.among(["en", "de", "fr"])).code == "de"


def test_register_falls_back_to_its_language(languages: Languages) -> None:
    polite = languages.polite(languages.all["de"])
    assert (polite.code, polite.gettext("Prüf das"), polite.gettext("Danke")) == (
        "de",
        "Prüfen Sie das",
        "Danke",
    )
    english: Language = languages.all["en"]
    assert languages.polite(english) is english
