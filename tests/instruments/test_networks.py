"""What networks say about themselves, read and checked as files.

1. What is shipped has neither errors nor doubts on the day it was checked; its card is the one that
   young people have always seen.
2. A fault has its place, and says what to write instead.
3. Two files of one folder do not speak for the same network; a file in the operator's folder goes
   before the one that is shipped.
4. Doubts: a card older than half a year, a day to come, a statement older than a year, a missing or
   undeclared language, a number that is none, an organisation without facts, a law without an
   authority.
5. Editors get a schema: every key is explained, and what is shipped is what the models say.
6. The files in docs/networks.md are sound.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from survey_app.data import data_dir
from survey_app.domain.directory import Directory
from survey_app.domain.measure import Law
from survey_app.instruments.networks import check_networks, network_files, read_directory
from survey_app.instruments.networks_schema import MEANINGS, network_schema, schema_file
from survey_app.instruments.places import UnreadableQuestionnaire
from survey_app.services.sample_district import MEASURES, NETWORK

TODAY = date(2026, 11, 21)
SHIPPED = data_dir("networks")
NOTHING = Directory(())

SOUND = """\
network: Kreis Beispiel
languages: [de, en]
help:
  last_checked: '2026-11-01'
  contacts:
    - name: Beratung am Markt
      phone: 02162 000-11
      hours: {de: montags, en: on Mondays}
organisations:
  - name: Jugendamt
    imprint:
      address: Markt 1
      represented_by: Frau Beispiel
      email: amt@kreis.example
    privacy:
      law: DSGVO
      officer: Herr Muster
      email: datenschutz@kreis.example
    accessibility:
      state: partial
      checked_on: '2026-11-01'
      feedback: barrieren@kreis.example
"""


def written(folder: Path, text: str = SOUND, name: str = "kreis.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def said(*files: Path, known: Directory = NOTHING) -> tuple[list[str], list[str]]:
    """Return the errors and the doubts about files."""
    checked = list(check_networks(files, known, TODAY))
    errors = [str(error) for each in checked for error in each.errors]
    return errors, [str(doubt) for each in checked for doubt in each.doubts]


def shipped() -> Directory:
    return read_directory([SHIPPED])


def test_shipped_files_are_sound() -> None:
    """Rule 1."""
    assert said(*network_files(SHIPPED)) == ([], [])


def test_shipped_card() -> None:
    """Rule 1."""
    card = shipped().help_for()
    assert [(each.name, each.dial, each.site) for each in card.contacts] == [
        ("Nummer gegen Kummer", "tel:116111", ""),
        ("krisenchat", None, "krisenchat.de"),
        ("TelefonSeelsorge", "tel:08001110111", ""),
    ]
    assert card.emergency_dial == "tel:112"


def test_sample_says_that_it_is_invented_and_knows_every_organisation_of_the_district() -> None:
    """Rule 1."""
    known = shipped()
    for organisation in {measure.organisation for measure in MEASURES}:
        legal = known.legal(NETWORK, organisation.name, Law.GDPR)
        assert legal.law is organisation.law
        assert legal.imprint is not None
        assert legal.imprint.more is not None
        assert legal.imprint.more.german.startswith("Beispieldaten:")
    assert known.help_for(NETWORK) is known.help_for()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "phone: 02162 000-11",
            "telefon: 02162 000-11",
            (
                "7:7: „telefon“ gibt es hier nicht. Streiche es. Möglich sind: phone, web, name, for,"
                " hours."
            ),
        ),
        ("phone: 02162 000-11", "phone: 112", "7:14: YAML liest das als Zahl oder als true/false,"),
        (
            "  law: DSGVO",
            "  law: DSGVOO",
            "16:12: „DSGVOO“ ist hier nicht möglich. Möglich sind: DSGVO",
        ),
        ("    privacy:\n      law", "    privacy:\n      #law", "15:5: hier fehlt „law“."),
        (
            "state: partial",
            "state: halb",
            "20:14: „halb“ ist hier nicht möglich. Möglich sind: full",
        ),
        (
            "email: amt@kreis.example",
            "email: amt",
            "14:14: „amt“ ist keine E-Mail-Adresse. Schreib",
        ),
        (
            "phone: 02162 000-11",
            "web: javascript:alert(1)",
            "7:12: „javascript:alert(1)“ ist keine Web-Adresse. Schreib sie so: https://beratung",
        ),
        (
            "'2026-11-01'\n  contacts",
            "'01.11.2026'\n  contacts",
            "4:17: „01.11.2026“ ist kein Datum.",
        ),
        ("    - name: Beratung am Markt\n      phone", "    - phone", "6:7: hier fehlt „name“."),
        (
            "name: Jugendamt",
            "name: [Jugendamt]",
            "10:11: hier gehört ein einzelner Text hin, keine",
        ),
        ("organisations:", "authorities: {XYZ: {name: a}}\norganisations:", "9:15: „XYZ“ ist hier"),
        (
            "organisations:",
            "authorities: [a]\norganisations:",
            "9:14: hier gehören Angaben der Form",
        ),
        (
            "hours: {de: montags, en: on Mondays}",
            "hours: {en: Mo}",
            "8:14: der deutsche Text fehlt.",
        ),
    ],
)
def test_fault_has_its_place_and_a_remedy(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """Rule 2."""
    assert SOUND.count(old) == 1
    file = written(tmp_path, SOUND.replace(old, new))
    (error,), doubts = said(file)
    assert error.startswith(f"kreis.yaml:{fault}")
    assert doubts == []
    with pytest.raises(UnreadableQuestionnaire) as refused:
        read_directory([tmp_path])
    assert str(refused.value) == error


def test_two_files_do_not_speak_for_one_network(tmp_path: Path) -> None:
    """Rule 3."""
    files = [written(tmp_path, name=name) for name in ("a.yaml", "b.yaml")]
    fault = (
        "b.yaml:1:10: für „Kreis Beispiel“ spricht schon die Datei a.yaml. Fasse beide zusammen"
        " oder ändere den Namen."
    )
    assert said(*files, known=shipped()) == ([fault], [])
    with pytest.raises(UnreadableQuestionnaire, match="spricht schon"):
        read_directory([tmp_path])


def test_own_folder_goes_before_what_is_shipped(tmp_path: Path) -> None:
    """Rule 3: an own default card counts everywhere; the authorities are still the shipped ones."""
    written(tmp_path, SOUND.replace("network: Kreis Beispiel", "network: default"))
    known = read_directory([tmp_path, SHIPPED])
    assert [each.name for each in known.help_for(NETWORK).contacts] == ["Beratung am Markt"]
    authority = known.legal("Irgendwo", "Irgendwer", Law.CATHOLIC).authority
    assert authority is not None
    assert authority.name == "Katholisches Datenschutzzentrum, Dortmund"


@pytest.mark.parametrize(
    ("old", "new", "doubt"),
    [
        (
            "'2026-11-01'\n  contacts",
            "'2026-05-24'\n  contacts",
            (
                "4:17: die Hilfekarte wurde zuletzt am 2026-05-24 geprüft, vor mehr als 180 Tagen. Probier"
                " Nummern und Zeiten aus und trag den heutigen Tag ein."
            ),
        ),
        (
            "'2026-11-01'\n  contacts",
            "'2026-11-22'\n  contacts",
            (
                "4:17: der Tag 2026-11-22 liegt in der Zukunft. Trag den Tag ein, an dem wirklich geprüft"
                " wurde."
            ),
        ),
        (
            "checked_on: '2026-11-01'",
            "checked_on: '2025-11-20'",
            (
                "21:19: die Barrierefreiheit wurde zuletzt am 2025-11-20 geprüft, vor mehr als einem"
                " Jahr. Prüf sie neu und trag den Tag ein."
            ),
        ),
        (
            "{de: montags, en: on Mondays}",
            "montags",
            "8:14: die Übersetzung fehlt: en. Bis dahin erscheint dort der deutsche Text.",
        ),
        (
            "en: on Mondays}",
            "en: on Mondays, tr: pazartesi}",
            "8:48: „tr“ steht nicht unter languages. Ergänze die Sprache oder streiche den Text.",
        ),
        (
            "02162 000-11",
            "02162 HILFE",
            (
                "7:14: „02162 HILFE“ lässt sich nicht wählen und wird darum nicht zum Antippen angeboten."
                " Schreib nur Ziffern und Leerzeichen: '0800 111 0 111'."
            ),
        ),
        (
            "organisations:\n",
            "organisations:\n  - name: Sportverein\n",
            (
                "10:5: über „Sportverein“ fehlt hier: imprint, privacy, accessibility. Bis dahin lesen"
                " Teilnehmende, dass die Angaben fehlen."
            ),
        ),
    ],
)
def test_what_should_be_better_is_a_doubt(tmp_path: Path, old: str, new: str, doubt: str) -> None:
    """Rule 4."""
    assert SOUND.count(old) == 1
    file = written(tmp_path, SOUND.replace(old, new))
    assert said(file, known=shipped()) == ([], [f"kreis.yaml:{doubt}"])


def test_law_without_an_authority_is_a_doubt(tmp_path: Path) -> None:
    """Rule 4: without what is shipped nobody watches over the law."""
    assert said(written(tmp_path)) == (
        [],
        [
            (
                "kreis.yaml:16:12: wer über DSGVO wacht, steht nirgends. Ergänze authority, oder für alle"
                " Träger dieses Rechts authorities."
            )
        ],
    )


def test_schema_is_the_one_beside_the_files_and_explains_every_key() -> None:
    """Rule 5."""
    assert (SHIPPED / "network.schema.json").read_text(encoding="utf-8") == schema_file()
    schema = network_schema()
    keys = {
        key for part in (*schema["$defs"].values(), schema) for key in part.get("properties", {})
    }
    assert keys == set(MEANINGS)


@pytest.mark.parametrize("file", network_files(SHIPPED), ids=lambda file: file.stem)
def test_shipped_files_name_the_schema(file: Path) -> None:
    """Rule 5."""
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=./network.schema.json"


def test_files_in_the_documentation_are_sound(tmp_path: Path) -> None:
    """Rule 6."""
    guide = (SHIPPED.parent / "docs" / "networks.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    whole = [block for block in blocks if "network:" in block]
    files = [written(tmp_path, text, f"{at}.yaml") for at, text in enumerate(whole)]
    assert len(files) == 2
    assert said(*files, known=shipped()) == ([], [])
