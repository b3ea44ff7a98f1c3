"""The pack for a school holds what its head has to see, and every part can be had alone.

 1. The whole pack is every part, in their order, with a bookmark for each.
 2. A single part is the same as within the pack.
 3. The request says who asks whom, when, for how long, on what ground, and has a form to answer on.
 4. What the Land demands stands beside the part that answers it; without a Land it says so.
 5. The data sheet names the limits in force, also raised ones, and the law of the organisation;
    whom to ask about it, and where to complain, or who can tell.
 6. The parents' letter is one page in each language, from the right in Arabic.
 7. The questionnaire is there in each of its languages, with the help card of the network.
 8. The poster and the teacher's page are there, and the code on the poster is read.
 9. Nothing is printed over something else; the colour and the logo are those of the network.
10. Texts are data.
"""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pikepdf
import pytest

from survey_app.domain.branding import Branding
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.directory import Office, Privacy
from survey_app.domain.disclosure import IN_USE, DisclosurePolicy
from survey_app.domain.land import PackPart
from survey_app.domain.measure import Law
from survey_app.domain.school_request import SchoolRequest
from survey_app.rendering.pdf import PdfPool
from survey_app.rendering.school_request import Pack, school_request_document
from survey_app.services.lands import land_of
from tests.domain.test_school_request import LEGAL, MEASURE, RATING, TEXT
from tests.domain.test_school_request import request as plain_request
from tests.rendering.paper import (
    GERMAN,
    decoded,
    language,
    open_pdf,
    over_one_another,
    pixels,
    text,
    words,
)
from tests.rendering.test_poster import WERKSTATT
from tests.rendering.test_prints import GREEN

ENGLISH = language(
    "en",
    **{
        "Die Meinung Ihres Kindes zählt": "Your child's opinion counts",
        "Liebe Eltern, liebe Sorgeberechtigte,": "Dear parents,",
    },
)
ARABIC = language("ar", **{"Liebe Eltern, liebe Sorgeberechtigte,": "أعزاءنا أولياء الأمور،"})
TOLD = replace(
    LEGAL,
    privacy=Privacy(law=Law.GDPR, officer="Frau Muster", email="datenschutz@jugendamt.example"),
    authority=Office(
        name="Aufsicht Musterland",
        address="Ring 1, 00000 Musterstadt",
        phone="0221 4710-0",
        web="https://www.aufsicht.example/",
    ),
)
INVITATION = replace(WERKSTATT, title=MEASURE.title, branding=GREEN)


def request(*questions: str, **changes: object) -> SchoolRequest:
    """Return a request under the rules of North Rhine-Westphalia."""
    asked = plain_request(*(questions or (RATING, TEXT)), land=land_of(MEASURE.municipality))
    return replace(asked, **changes)  # type: ignore[arg-type]


def pack(asked: SchoolRequest | None = None) -> Pack:
    """Return a pack with letters in three languages and the questionnaire in two."""
    return Pack(
        request=asked or request(),
        invitation=INVITATION,
        words=GERMAN,
        poster=GERMAN,
        letters=(GERMAN, ENGLISH, ARABIC),
        forms=(GERMAN, ENGLISH),
    )


def drawn(pool: PdfPool, whole: Pack, *parts: PackPart) -> bytes:
    """Return some parts of a pack, or all."""
    return pool.render(school_request_document(whole, parts or whole.request.parts))


def bookmarks(pdf: bytes) -> list[str]:
    """Return the bookmarks of the first level."""
    with open_pdf(pdf) as opened, opened.open_outline() as outline:
        return [item.title for item in outline.root]


def pages(pdf: bytes) -> int:
    """Return how many pages there are."""
    with open_pdf(pdf) as opened:
        return len(opened.pages)


def test_the_pack_is_every_part_in_order(pool: PdfPool) -> None:
    """Rule 1."""
    assert bookmarks(drawn(pool, pack())) == [
        "Anfrage: Befragung an Ihrer Schule",
        "Zeitplan",
        "Datenschutz auf einer Seite",
        "Die Meinung Ihres Kindes zählt",
        "Your child's opinion counts",
        "Die Meinung Ihres Kindes zählt",
        "Probe",
        "Trial",
        "Sag uns, wie’s war!",
        "So läuft die Umfrage",
    ]


def test_the_parts_are_the_pack(pool: PdfPool) -> None:
    """Rule 2."""
    whole = pack()
    parts = [drawn(pool, whole, part) for part in whole.request.parts]
    assert sum(map(pages, parts)) == pages(drawn(pool, whole))
    with open_pdf(parts[1]) as opened:
        assert str(opened.docinfo["/Title"]) == "Zeitplan: Klick mit Kopf"


def test_the_request_says_what_a_head_has_to_know(pool: PdfPool) -> None:
    """Rules 3 and 4."""
    said = text(drawn(pool, pack(), PackPart.REQUEST))
    for part in (
        "An die Schulleitung, Gesamtschule",
        "Wer fragt Jugendamt, Kreis Beispiel",
        "Zeitraum 18. Januar 2027 bis 29. Januar 2027",
        "Einmal etwa 3 Minuten auf dem Handy oder auf Papier.",
        "nur, was mindestens 5 Personen zusammen gesagt haben",
        "Was in Nordrhein-Westfalen verlangt wird",
        "Zeitplan (Nr. 2.1.4) Zeitplan",
        "BASS 10-45 Nr. 2",
        "Ein Anspruch auf Zustimmung besteht nicht",
        "Die Schulkonferenz wurde beteiligt am:",
        "Ich stimme unter diesen Bedingungen zu:",
    ):
        assert part in said, part


def test_an_unknown_land_is_said_to_be_unknown(pool: PdfPool) -> None:
    """Rule 4."""
    said = text(drawn(pool, pack(request(land=None)), PackPart.REQUEST))
    assert "ist in diesem Programm noch nicht hinterlegt" in said
    assert "Schulkonferenz" not in said


def test_the_data_sheet_names_the_limits_in_force(pool: PdfPool) -> None:
    """Rule 5."""
    usual = text(drawn(pool, pack(), PackPart.DATA_SHEET))
    assert "Wie war das Angebot? 5 –" in usual
    assert "von einer benannten Person geprüft 10 3 Texte" in usual
    assert "Es gilt" not in usual
    assert "Datenschutz-Grundverordnung (DSGVO)" in usual
    raised = IN_USE[Sensitivity.A].model_copy(update={"smallest_block": 12})
    policy = DisclosurePolicy(rules={**IN_USE, Sensitivity.A: raised})
    assert "Wie war das Angebot? 12 –" in text(
        drawn(pool, pack(request(policy=policy)), PackPart.DATA_SHEET)
    )
    church = replace(LEGAL, law=Law.CATHOLIC)
    assert "Kirchlichen Datenschutz (KDG)" in text(
        drawn(pool, pack(request(legal=church)), PackPart.DATA_SHEET)
    )


def test_the_data_sheet_names_whom_to_ask_and_where_to_complain(pool: PdfPool) -> None:
    """Rule 5."""
    pdf = drawn(pool, pack(request(legal=TOLD)), PackPart.DATA_SHEET)
    assert pages(pdf) == 1
    said = text(pdf)
    for part in (
        "Fragen zum Datenschutz an Frau Muster, datenschutz@jugendamt.example",
        (
            "Beschwerden an Aufsicht Musterland, Ring 1, 00000 Musterstadt,"
            " 0221 4710-0, aufsicht.example"
        ),
        "Andere Fragen an kontakt@beispiel.example",
    ):
        assert part in said
    assert "noch nicht eingetragen" not in said


def test_a_data_sheet_without_facts_says_who_can_tell(pool: PdfPool) -> None:
    """Rule 5."""
    pdf = drawn(pool, pack(), PackPart.DATA_SHEET)
    assert pages(pdf) == 1
    said = text(pdf)
    for part in (
        (
            "Wer das bei Jugendamt beantwortet, ist hier noch nicht eingetragen."
            " Bitte fragen Sie: kontakt@beispiel.example"
        ),
        (
            "Welche Stelle hier über den Datenschutz wacht, ist noch nicht eingetragen."
            " Bitte fragen Sie: kontakt@beispiel.example"
        ),
    ):
        assert part in said


def test_without_texts_the_data_sheet_is_silent_about_them(pool: PdfPool) -> None:
    """Rule 5."""
    assert "Text" not in text(drawn(pool, pack(request(RATING)), PackPart.DATA_SHEET))


def test_the_letter_is_one_page_in_each_language(pool: PdfPool) -> None:
    """Rule 6."""
    pdf = drawn(pool, pack(), PackPart.PARENTS_LETTER)
    found = words(pdf)
    assert {word.page for word in found} == {0, 1, 2}
    said = text(pdf)
    assert "Liebe Eltern, liebe Sorgeberechtigte," in said
    assert "Dear parents," in said
    assert "von mindestens 5 Personen zusammen" in said
    lefts = {
        page: min(word.left for word in found if word.page == page and word.text == "Klick")
        for page in (0, 2)
    }
    assert lefts[2] > lefts[0]


def test_the_questionnaire_is_there_in_each_language(pool: PdfPool) -> None:
    """Rule 7."""
    said = text(drawn(pool, pack(), PackPart.QUESTIONNAIRE))
    for part in ("stimmt gar nicht", "not true at all", "Es war gut."):
        assert part in said


def test_the_questionnaire_has_the_help_card_of_the_network(pool: PdfPool) -> None:
    """Rule 7."""
    helps = "- {id: hilfe, kind: information, text: Du bist nicht allein., help_card: true}"
    said = text(drawn(pool, pack(request(RATING, helps)), PackPart.QUESTIONNAIRE))
    assert said.count("Sorgentelefon Musterstadt 0221 4710-100") == 2


def test_the_material_is_there(pool: PdfPool) -> None:
    """Rule 8."""
    pdf = drawn(pool, pack(), PackPart.MATERIAL)
    assert pages(pdf) == 2
    assert decoded(pixels(pdf, dpi=60)) == [INVITATION.url]
    assert "Bitte nicht" in text(pdf)


@pytest.mark.parametrize("branding", [Branding(), GREEN], ids=["plain", "branded"])
def test_nothing_is_printed_over_something_else(pool: PdfPool, branding: Branding) -> None:
    """Rule 9."""
    whole = replace(pack(), invitation=replace(INVITATION, branding=branding))
    found = words(drawn(pool, whole))
    clashes = [
        (one.page, one.text, other.text)
        for page in range(1 + max(word.page for word in found))
        for one, other in combinations([word for word in found if word.page == page], 2)
        if over_one_another(one, other)
    ]
    assert clashes == []


def test_a_logo_is_on_every_page_of_ours(pool: PdfPool) -> None:
    """Rule 9: not on the questionnaire, which belongs to its authors."""
    with open_pdf(drawn(pool, pack())) as opened:
        names = [str(each.get("/Alt", "")) for each in opened.objects if _is_figure(each)]
    assert names.count("Logo: Netzwerk Gesunde Kommune Kreis Viersen") == 8


def _is_figure(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == pikepdf.Name.Figure


def test_texts_are_data(pool: PdfPool) -> None:
    """Rule 10."""
    hostile = "<script>x</script> {{ request }} %(n)s <img src=file:///etc/passwd>"
    measure = replace(MEASURE, title=hostile, summary=hostile)
    said = text(drawn(pool, pack(request(measure=measure)), PackPart.REQUEST))
    assert "".join(said.split()).count("".join(hostile.split())) >= 3


def test_a_day_far_away_is_written_out(pool: PdfPool) -> None:
    """Rule 3."""
    late = request(as_of=date(2026, 12, 24))
    assert "24. Dezember 2026" in text(drawn(pool, pack(late), PackPart.TIMETABLE))
