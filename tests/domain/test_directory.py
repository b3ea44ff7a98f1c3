"""Help cards and legal facts: who says what, and what holds where nothing is said.

1. A network has its own help card, else the default one; without either nothing is made up.
2. A number is dialled as people write it; what is no number is not.
3. A card is old after half a year, not before.
4. An organisation's facts count; what it leaves open comes from the network, then from the default
   file, and its accessibility statement from the operator at last.
5. A church organisation has its law and the authority of that law.
6. The file says which law holds; without it, what is stored.
7. Of two files for one network the earlier goes first, part by part. Names are the same whatever
   kind of space is in them.
8. Staff are told what is old and what is missing, and nothing else.
9. A file that contradicts itself is refused.
"""

from datetime import date

import pytest
from pydantic import ValidationError

from survey_app.domain.directory import Directory, NetworkEntry, dialled
from survey_app.domain.measure import Law
from tests.support import as_json, refusals

TODAY = date(2026, 11, 21)
VIERSEN = "Kreis Beispiel"

DEFAULT = """
network: default
languages: [de]
help:
  last_checked: '2026-11-01'
  contacts: [{name: Nummer gegen Kummer, phone: 116 111}]
authorities:
  DSGVO: {name: Landesbeauftragte}
  KDG: {name: Katholisches Datenschutzzentrum}
  DSG-EKD: {name: Der Beauftragte der EKD}
enforcement: {name: Ombudsstelle}
"""
OPERATOR = """
operator:
  name: Kreis Beispiel, Gesundheitsamt
  accessibility: {state: full, checked_on: '2026-11-01', feedback: betrieb@kreis.example}
"""
OWN = """
network: Kreis Beispiel
languages: [de, en]
help:
  last_checked: '2026-05-25'
  contacts:
    - {name: Beratung am Markt, phone: 02162 000-11, web: https://www.beratung.example/}
organisations:
  - name: Jugendamt
    imprint: {address: Markt 1, represented_by: Frau Beispiel, email: amt@kreis.example}
    privacy: {law: DSGVO, officer: Herr Muster, email: datenschutz@kreis.example}
  - name: Katholische Jugend
    privacy: {law: KDG, officer: Frau Muster, email: datenschutz@kirche.example}
"""
IMPRINT = "imprint: {address: Markt 1, represented_by: Frau Beispiel, email: amt@kreis.example}"


def entry(yaml: str) -> NetworkEntry:
    return NetworkEntry.model_validate_json(as_json(yaml), by_name=False)


def directory(*files: str) -> Directory:
    return Directory(tuple(map(entry, files)))


def contacts(known: Directory, network: str) -> list[str]:
    return [contact.name for contact in known.help_for(network).contacts]


def test_network_has_its_own_help_card_else_the_default_one() -> None:
    """Rule 1."""
    known = directory(OWN, DEFAULT)
    assert contacts(known, VIERSEN) == ["Beratung am Markt"]
    assert contacts(known, "Kreis Nebenan") == ["Nummer gegen Kummer"]
    assert known.help_for() == known.help_for("Kreis Nebenan")


def test_no_card_at_all_is_no_card() -> None:
    """Rule 1."""
    with pytest.raises(LookupError):
        Directory(()).help_for(VIERSEN)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("116 111", "tel:116111"),
        ("0800 111 0 111", "tel:08001110111"),
        ("+49 (0)2162 39-1234", "tel:+492162391234"),
        ("0511/768128-0", "tel:05117681280"),
        ("(02162) 39-1234", "tel:02162391234"),
        ("112", "tel:112"),
        ("11", None),
        ("0800 HILFE", None),
        ("0211 855 oder 856", None),
        ("1234567890123456", None),
        ("116 111;ext=1", None),
    ],
)
def test_number_is_dialled_as_people_write_it(written: str, address: str | None) -> None:
    """Rule 2."""
    assert dialled(written) == address


def test_web_address_is_shown_without_what_nobody_says() -> None:
    """Rule 2."""
    (contact,) = entry(OWN).help.contacts  # type: ignore[union-attr]
    assert (contact.site, contact.dial) == ("beratung.example", "tel:0216200011")


@pytest.mark.parametrize(("day", "old"), [(date(2026, 11, 21), False), (date(2026, 11, 22), True)])
def test_card_is_old_after_half_a_year(day: date, old: bool) -> None:
    """Rule 3: 25 May and 180 days are 21 November."""
    assert directory(OWN).help_for(VIERSEN).is_old(day) is old


def test_what_an_organisation_leaves_open_comes_from_elsewhere() -> None:
    """Rule 4."""
    legal = directory(OWN, DEFAULT + OPERATOR).legal(VIERSEN, "Jugendamt", Law.GDPR)
    assert legal.imprint is not None
    assert legal.imprint.represented_by == "Frau Beispiel"
    assert legal.authority is not None
    assert legal.authority.name == "Landesbeauftragte"
    assert legal.enforcement is not None
    assert legal.enforcement.name == "Ombudsstelle"
    assert legal.accessibility is not None
    assert legal.accessibility.feedback == "betrieb@kreis.example"


def test_statement_of_the_network_goes_before_that_of_the_operator() -> None:
    """Rule 4."""
    own = OWN + "accessibility: {state: none, checked_on: '2026-11-01', feedback: wir@n.example}\n"
    legal = directory(own, DEFAULT + OPERATOR).legal(VIERSEN, "Jugendamt", Law.GDPR)
    assert legal.accessibility is not None
    assert legal.accessibility.feedback == "wir@n.example"


def test_organisation_nobody_wrote_about_has_no_facts_but_an_authority() -> None:
    """Rule 4."""
    legal = directory(OWN, DEFAULT).legal(VIERSEN, "Sportverein", Law.GDPR)
    assert (legal.name, legal.imprint, legal.privacy) == ("Sportverein", None, None)
    assert legal.accessibility is None
    assert legal.authority is not None
    assert legal.authority.name == "Landesbeauftragte"


@pytest.mark.parametrize(
    ("law", "authority"),
    [
        (Law.GDPR, "Landesbeauftragte"),
        (Law.CATHOLIC, "Katholisches Datenschutzzentrum"),
        (Law.PROTESTANT, "Der Beauftragte der EKD"),
    ],
)
def test_every_law_has_its_authority(law: Law, authority: str) -> None:
    """Rule 5."""
    legal = directory(DEFAULT).legal(VIERSEN, "Irgendwer", law)
    assert legal.law is law
    assert legal.authority is not None
    assert legal.authority.name == authority


def test_law_in_the_file_goes_before_the_stored_one() -> None:
    """Rule 6."""
    known = directory(OWN, DEFAULT)
    assert known.legal(VIERSEN, "Katholische Jugend", Law.GDPR).law is Law.CATHOLIC
    assert known.legal(VIERSEN, "Sportverein", Law.PROTESTANT).law is Law.PROTESTANT


def test_earlier_file_goes_first_part_by_part() -> None:
    """Rule 7: the operator comes from the first default file, the help card from the second."""
    known = directory("network: default\nlanguages: [de]" + OPERATOR, DEFAULT)
    assert known.operator is not None
    assert known.operator.name == "Kreis Beispiel, Gesundheitsamt"
    assert known.legal_of_operator().name == known.operator.name
    assert contacts(known, VIERSEN) == ["Nummer gegen Kummer"]


def test_names_are_the_same_whatever_the_space() -> None:
    """Rule 7."""
    known = directory(OWN.replace("Jugendamt", "Jugend e. V."), DEFAULT)
    assert known.legal("Kreis\u00a0Beispiel", "Jugend e.\u00a0V.", Law.GDPR).imprint is not None


def test_staff_are_told_what_is_old_and_what_is_missing() -> None:
    """Rule 8: half a year is over one day later; the catholic organisation has no imprint."""
    names = ["Sportverein", "Jugendamt", "Katholische Jugend"]
    notes = list(map(str, directory(OWN, DEFAULT).notes(VIERSEN, names, date(2026, 11, 22))))
    assert [note[:52] for note in notes] == [
        "Die Hilfekarte auf den Umfrage-Seiten wurde zuletzt ",
        "Impressum und Datenschutz sind noch unvollständig be",
    ]
    assert "am 2026-05-25 geprüft" in notes[0]
    assert "bei: Katholische Jugend, Sportverein." in notes[1]


def test_staff_are_told_nothing_when_all_is_well() -> None:
    """Rule 8."""
    assert list(directory(OWN, DEFAULT).notes(VIERSEN, ["Jugendamt"], TODAY)) == []


@pytest.mark.parametrize(
    ("file", "place", "fault"),
    [
        (
            OWN.replace("languages: [de, en]", "languages: [en]"),
            "languages",
            "„de“ fehlt: Deutsch ist die Grundsprache",
        ),
        (
            OWN + f"  - {{name: 'Jugendamt ', {IMPRINT}}}",
            "organisations.2.name",
            "der Träger „Jugendamt “ steht schon weiter oben. Fasse beide Einträge zusammen",
        ),
        (
            OWN + OPERATOR,
            "operator",
            (
                "wer die Website betreibt, steht nur in der Datei mit „network: default“. Verschiebe es"
                " dorthin"
            ),
        ),
        (
            OWN.replace("phone: 02162 000-11, web: https://www.beratung.example/", ""),
            "",
            "wie erreicht man „Beratung am Markt“? Ergänze phone oder web",
        ),
        (
            OWN.replace("2026-05-25", "2026-02-30"),
            "",
            "den Tag 2026-02-30 gibt es nicht. Schreib Jahr, Monat und Tag: 2026-12-31",
        ),
        (
            OWN.replace("Frau Beispiel", '"Frau\\u202eBeispiel"'),
            "",
            "der Text enthält das unsichtbare Zeichen U+202E. Lösche es",
        ),
    ],
)
def test_file_that_contradicts_itself_is_refused(file: str, place: str, fault: str) -> None:
    """Rule 9."""
    with pytest.raises(ValidationError) as refused:
        entry(file)
    assert refusals(refused) == [(place, fault)]
