"""The poster with the results, and the letter to a school: whole, readable, one page.

1. The poster is one page of A4 or A3 for each way in, and its code is decoded as a cheap printer
   leaves it, also from a copy in black and white.
2. Nothing lies on something else, is cut off or too close to the edge: with the longest texts, with
   none, in Arabic, with a logo.
3. It says what the page behind the code says: three findings with bars of exactly so many steps,
   themes, every commitment or how many more there are, and how to take part next.
4. Where too few answered it thanks, says so, and has no figure.
5. In grey a full step is dark and an empty one is not; how far a promise has come is a word.
6. A text that is cut ends in "…" at a word; a share is never cut.
7. The same poster gives the same bytes.
8. The letter is one page, whatever is in it, and says what was asked, how many answered, what they
   say, what happens now, whom to ask, and what is enclosed.
9. The letter goes to a school, to another institution, or to whoever is responsible.
"""

from dataclasses import replace
from datetime import date
from itertools import combinations
from unicodedata import combining

import pytest

from survey_app.domain.branding import Branding
from survey_app.domain.commitment import Commitment, Status
from survey_app.domain.echo import Echo, echo_of
from survey_app.domain.measure import Setting
from survey_app.domain.school_letter import letter_of
from survey_app.domain.sheet import EvaluationSheet
from survey_app.domain.taking_part import NextWay, Way
from survey_app.domain.voices import Reviewed, ReviewedTheme, Source, Voices, voices
from survey_app.languages import load_languages
from survey_app.rendering.metrics import lines_of
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.prints import RESULTS
from survey_app.rendering.prints.base import ResultsPoster
from survey_app.rendering.prints.results_a4 import page_of
from survey_app.rendering.results_fitting import cut
from survey_app.rendering.school_letter import letter_document
from tests.rendering.paper import (
    MM,
    Word,
    at_the_edge,
    codes_on,
    decoded,
    letters,
    open_pdf,
    over_one_another,
    pixels,
    text,
    words,
)
from tests.rendering.test_prints import GREEN
from tests.support_sheets import (
    MEDIA,
    POLICY,
    PROFESSIONALS,
    SITUATIONS,
    YOUNG,
    everything,
    long_everything,
    questionnaire,
    result,
    simulated,
    werkstatt,
)

LANGUAGES = load_languages()
GERMAN, ARABIC = LANGUAGES.all["de"], LANGUAGES.all["ar"]
DAY = date(2026, 12, 12)
PIZZA = NextWay(
    way=Way.MEETING,
    text="17 Uhr im Jugendtreff, und ihr plant das nächste Camp.",
    day=DAY,
    link="https://www.jugendforum.example/termine",
)
LONG_WAY = NextWay(
    way=Way.DECISION,
    text=("Kommt alle in die Aula der Gesamtschule. " * 6)[:200].strip(),
    day=DAY,
    link="https://www." + "jugendforum-im-kreis-und-umgebung." * 3 + "example/",
)
LONGEST = "Medienkompetenzförderungsangebote sollen öfter stattfinden, und zwar für alle. " * 4


def promise(number: int, status: Status, *, long: bool = False) -> Commitment:
    wish, answer, reason = "Mehr Pausen.", "Nach jedem Block ist frei.", "Es fehlt ein Raum."
    return Commitment(
        id=number,
        network=1,
        measure=1,
        wish=LONGEST[:300] if long else wish,
        status=status,
        answer=LONGEST[:300] if long else "" if status is Status.DECLINED else answer,
        reason=(LONGEST[:300] if long else reason) if status is Status.DECLINED else "",
        office="Amt für Kinder, Jugend und Familie der Stadt " * 4 if long else "Jugendamt",
        due_on=DAY if status in (Status.PLANNED, Status.STARTED) else None,
        decided_on=date(2026, 11, 20),
    )


USUAL = tuple(promise(number, status) for number, status in enumerate(Status))
LONG = tuple(promise(number, status, long=True) for number, status in enumerate((*Status, *Status)))


def heard(labels: dict[str, int], base: int = 24, form: str = YOUNG) -> Echo:
    """Return an echo with these themes."""
    asked = questionnaire(form)
    found = result(asked, simulated(asked, base, seed=4))
    themes = tuple(ReviewedTheme(label=label, count=count) for label, count in labels.items())
    reviewed = {"k9": Reviewed(read=20, themes=themes)} if labels else {}
    known = voices([Source(found.wave, found.released, reviewed)], POLICY)
    return echo_of(
        found,
        USUAL,
        POLICY,
        voices=known if isinstance(known, Voices) else None,
        next_way=PIZZA,
    )


THEMES = {"Mehr Pausen": 12, "Essen ohne Fleisch": 7, "Handys auf dem Zimmer": 4}
LONG_THEMES = {("Handys auf allen Zimmern und im Speisesaal " + mark) * 3: 9 for mark in "abc"}
POSTER = ResultsPoster(
    echo=heard(THEMES),
    title="Sommercamp „Kopf frei“",
    site="Jugendtreff am See",
    network="Netzwerk Gesunde Kommune Kreis Viersen",
    organisation="Jugendhilfe Kieselbach gGmbH",
    url="HTTPS://UMFRAGE.EXAMPLE/Q/KQ7RM2H8BG",
    address="umfrage.example/q",
    code="KQ7RM-2H8BG",
)
FEW = replace(POSTER, echo=replace(heard({}, 4), commitments=(), next_way=None))
LONG_ECHO = replace(
    heard(LONG_THEMES), large=heard({}, form=MEDIA).large, commitments=LONG, next_way=LONG_WAY
)
LONG_POSTER = replace(
    POSTER,
    echo=LONG_ECHO,
    title="Medienkompetenzförderung und seelische Gesundheit im Schuljahr " * 3,
    site="Städtische Gesamtschule Silbergraben mit Jugendzentrum und Sportanlagen " * 2,
    address="umfragen.gesundheitsamt.kreis-viersen.example/q",
    code="WWMMW-2WMWM",
    sample=True,
    branding=GREEN,
)
POSTERS = {
    "usual": POSTER,
    "long": LONG_POSTER,
    "few": FEW,
    "few and long": replace(
        LONG_POSTER, echo=replace(FEW.echo, commitments=LONG, next_way=LONG_WAY)
    ),
    "nine": replace(POSTER, echo=heard({}, 9)),
    "no commitment": replace(POSTER, echo=replace(POSTER.echo, commitments=())),
    "no theme": replace(POSTER, echo=heard({})),
    "professionals": replace(POSTER, echo=heard({}, form=PROFESSIONALS)),
}
SPOKEN = {"de": GERMAN, "ar": ARABIC}
CASES = [(name, code) for name in POSTERS for code in SPOKEN]
SIZES = {"results_a4": (210, 297), "results_a3": (297, 420)}


def drawn(pool: PdfPool, what: str, code: str = "de", name: str = "results_a4") -> bytes:
    return pool.render(RESULTS[name].document([POSTERS[what]], SPOKEN[code]))


def lies_on(one: Word, other: Word) -> bool:
    """Tell whether two words touch; single letters are pieces of one Arabic word."""
    are_pieces = len(one.text) == len(other.text) == 1
    return over_one_another(one, other) and not are_pieces


# Rule 1


@pytest.mark.parametrize("name", RESULTS)
def test_a_page_of_its_size_for_each_way_in(pool: PdfPool, name: str) -> None:
    second = replace(POSTER, code="WWMMW-2WMWM")
    pdf = pool.render(RESULTS[name].document([POSTER, second], GERMAN))
    with open_pdf(pdf) as opened:
        sizes = [[round(float(edge) / MM) for edge in page.mediabox[2:]] for page in opened.pages]
    assert sizes == [list(SIZES[name])] * 2


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("code", SPOKEN)
def test_the_code_is_read_from_a_cheap_printer(pool: PdfPool, name: str, code: str) -> None:
    image = pixels(drawn(pool, "long", code, name), dpi=100)
    copy = image.point(lambda grey: 255 * (grey > 128))
    assert [decoded(image), decoded(copy)] == [[POSTER.url]] * 2


# Rule 2


@pytest.mark.parametrize(("what", "code"), CASES)
def test_nothing_lies_on_something_else_or_is_cut_off(pool: PdfPool, what: str, code: str) -> None:
    pdf = drawn(pool, what, code)
    found = [word for word in words(pdf) if not all(map(combining, word.text))]
    assert {word.page for word in found} == {0}
    pairs = combinations([*found, *codes_on(pdf, dpi=100)], 2)
    assert [(a.text, b.text) for a, b in pairs if lies_on(a, b)] == []
    assert at_the_edge(found, 4 * MM, 210 * MM, 297 * MM) == []
    line = 228 * MM  # where the zone of the code begins: no word of the answers crosses it
    assert [word.text for word in found if word.top < line < word.bottom] == []


# Rule 3


def test_the_poster_says_what_the_page_says(pool: PdfPool) -> None:
    said = letters(text(drawn(pool, "usual")))
    echo = POSTER.echo
    shares = [each.tenths.said.said(GERMAN) for each in echo.large]
    assert len(shares) == 3
    parts = (
        *("Das kam heraus", "24 von euch haben mitgemacht.", POSTER.title, "fanden es gut."),
        *shares,
        *("Das habt ihr gesagt", *THEMES, "12-mal genannt", "7-mal genannt", "4-mal genannt"),
        *("geplant", "angefangen", "erledigt", "geht nicht", "Mehr Pausen."),
        *("Das machen wir:", "Das haben wir gemacht:", "Das geht leider nicht. Der Grund:"),
        *("Es fehlt ein Raum.", "bis 12. Dezember 2026 · Jugendamt"),
        *("So kannst du weiter mitmachen", "Das nächste Treffen ist am 12. Dezember 2026."),
        *(PIZZA.text, "www.jugendforum.example", "umfrage.example/q", "KQ7RM-2H8BG"),
    )
    assert [part for part in parts if letters(part) not in said] == []


@pytest.mark.parametrize(("what", "code"), CASES)
def test_no_answer_is_lost_without_a_word(what: str, code: str) -> None:
    page, echo = page_of(POSTERS[what], SPOKEN[code]), POSTERS[what].echo
    answers = page.answers
    assert len(answers.views) + answers.left_out == len(echo.commitments)
    assert bool(answers.views) == bool(echo.commitments)


def test_a_bar_has_exactly_so_many_steps() -> None:
    html = RESULTS["results_a4"].document([POSTER], GERMAN).html
    full = [each.tenths.full for each in POSTER.echo.large]
    assert html.count('class="step full"') == sum(full)
    assert html.count('class="step') == 30 + html.count('class="steps')


def test_without_a_commitment_it_says_who_decides(pool: PdfPool) -> None:
    said = text(drawn(pool, "no commitment"))
    assert "Das ist noch nicht entschieden" in said
    assert "Was sich ändert, entscheidet: Jugendhilfe Kieselbach gGmbH" in said


# Rule 4


@pytest.mark.parametrize("base", range(5))
def test_too_few_are_thanked_and_betrayed_by_nothing(pool: PdfPool, base: int) -> None:
    echo = replace(heard({}, base), commitments=(), next_way=None)
    pdf = pool.render(RESULTS["results_a4"].document([replace(POSTER, echo=echo)], GERMAN))
    assert pdf == drawn(pool, "few")
    said = text(pdf)
    assert "Danke fürs Mitmachen!" in said
    assert "Es haben weniger als 5 mitgemacht." in said
    assert "von 10" not in said


def test_below_ten_there_is_no_figure(pool: PdfPool) -> None:
    said = text(drawn(pool, "nine"))
    assert "erst ab 10 Antworten" in said
    assert "von 10" not in said


# Rule 5


def test_grey_says_the_same(pool: PdfPool) -> None:
    for branding in (Branding(), GREEN):
        poster = replace(POSTER, branding=branding)
        pdf = pool.render(RESULTS["results_a4"].document([poster], GERMAN))
        image = pixels(pdf, dpi=254)  # ten pixels are a millimetre
        first = page_of(poster, GERMAN).findings[0]
        middle = round((first.top + first.height - 3) * 10)
        steps = [
            image.getpixel((round((75 + 11.3 * (step + 0.5)) * 10), middle)) for step in range(10)
        ]
        assert [grey < 100 for grey in steps] == [step < first.full for step in range(10)]


# Rule 6


@pytest.mark.parametrize("lines", [1, 2, 4])
@pytest.mark.parametrize("said", [LONGEST[:300], "x" * 300, "kurz", "Donaudampfschiff " * 20])
def test_what_is_cut_says_so(said: str, lines: int) -> None:
    found = cut(said, lines, 90, 12)
    whole = " ".join(said.split())
    assert lines_of(found, 90, 12) <= lines
    assert found == whole or (found.endswith(" …") and whole.startswith(found[:-2]))
    if " " in whole and found != whole:
        assert whole[len(found) - 2] == " "


# Rule 7


def test_same_posters_give_the_same_bytes(pool: PdfPool) -> None:
    document = RESULTS["results_a4"].document([LONG_POSTER], GERMAN)
    assert len(set(pool.render_many([document] * 3))) == 1


# Rules 8 and 9

POLITE = LANGUAGES.polite(GERMAN)
SENT = date(2026, 12, 1)


def letter(
    pool: PdfPool,
    sheet: EvaluationSheet,
    way: NextWay | None = None,
    branding: Branding = GREEN,
) -> bytes:
    found = letter_of(sheet, way, policy=POLICY, today=SENT)
    return pool.render(letter_document(found, POLITE, branding))


SHEETS = {name: make for name, make in SITUATIONS.items() if make().results}


LETTERS = [(what, LONG) for what in SHEETS] + [("everything", ()), ("everything", USUAL)]


@pytest.mark.parametrize(("what", "commitments"), LETTERS)
def test_the_letter_is_one_page(
    pool: PdfPool, what: str, commitments: tuple[Commitment, ...]
) -> None:
    sheet = replace(SHEETS[what](), commitments=commitments)
    pdf = letter(pool, sheet, LONG_WAY)
    found = words(pdf)
    assert {word.page for word in found} == {0}
    assert text(pdf).count("Anlage: Auswertungsbogen") == 1
    pairs = combinations([word for word in found if not all(map(combining, word.text))], 2)
    assert [(a.text, b.text) for a, b in pairs if over_one_another(a, b)] == []


def test_the_letter_says_what_matters(pool: PdfPool) -> None:
    said = text(letter(pool, replace(everything(), commitments=USUAL), PIZZA, Branding()))
    for part in (
        "1. Dezember 2026",
        "An die Leitung der Einrichtung, Jugendzentrum am Ring",
        "30 von 34 haben geantwortet",
        "11 von 14 haben geantwortet",
        "Was die Jugendlichen sagen",
        "von 10 sagen: „stimmt eher / stimmt genau“.",
        "Das machen wir: Nach jedem Block ist frei.",
        "Das geht leider nicht. Der Grund: Es fehlt ein Raum.",
        "Das nächste Treffen ist am 12. Dezember 2026. Komm dazu!",
        "unter demselben QR-Code",
        "gesundheitsamt@kreis.example",
        "Anlage: Auswertungsbogen",
        "Beispieldaten",
    ):
        assert part in said


def test_a_letter_about_too_few_has_no_figure(pool: PdfPool) -> None:
    said = text(letter(pool, werkstatt()))
    assert "weniger als 5 haben geantwortet" in said
    assert "Für Zahlen haben zu wenige geantwortet" in said
    assert "von 10" not in said


def test_a_long_question_never_cuts_the_share(pool: PdfPool) -> None:
    found = letter_of(long_everything(), None, policy=POLICY, today=SENT)
    said = letters(text(letter(pool, long_everything())))
    assert found.findings
    assert [
        each for each in found.findings if letters(each.sentence.said(POLITE)) not in said
    ] == []


def test_the_letter_knows_where_it_goes() -> None:
    sheet = everything()
    site = sheet.measure.site
    assert site is not None
    to = {
        "school": replace(sheet.measure, site=replace(site, setting=Setting.SCHOOL)),
        "centre": sheet.measure,
        "nowhere": replace(sheet.measure, site=None),
    }
    said = {
        name: str(
            letter_of(replace(sheet, measure=measure), None, policy=POLICY, today=SENT).salutation
        )
        for name, measure in to.items()
    }
    assert said == {
        "school": "An die Schulleitung, Jugendzentrum am Ring",
        "centre": "An die Leitung der Einrichtung, Jugendzentrum am Ring",
        "nowhere": f"An {sheet.measure.organisation.name}",
    }
