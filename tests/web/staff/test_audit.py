"""The audit log as a page.

1. Every deed of the house has German words; a new one without words fails here.
2. The newest line comes first, in words, with the measure it is about; pages follow one another.
3. It can be narrowed down by person, deed and period, and the address says by what.
4. The page says how far the chain was checked, and says so plainly if it is broken.
5. Only who may read it does; nobody reads the lines of another network.
6. It can be saved as a table, in which no cell is a formula.
7. Nothing in it is about respondents: a wave that was answered leaves numbers only.
8. An empty log, and a choice that nothing fits, say what to do.
9. `survey-app audit check` names the first broken line and ends with 1; `audit show` reads it out.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from survey_app.cli import main
from survey_app.services import audit_words
from survey_app.storage import audit
from tests.fixtures.walls import SERVICES
from tests.support_field import ALBRECHT, TODAY
from tests.web.staff.office import Office, Person

PATH = "/team/protokoll"
NOTING = {"note", "_note"}


def deeds(module: ast.Module) -> Iterator[str]:
    """Yield what a module notes: the words it hands to a function that notes."""
    names = {
        target.id: node.value.value
        for node in module.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name not in NOTING:
            continue
        given = [word.value for word in call.keywords if word.arg == "action"] or call.args
        said = [
            each.value if isinstance(each, ast.Constant) else names.get(getattr(each, "id", ""))
            for each in given
        ]
        yield from [each for each in said if isinstance(each, str)][:1]


def note(office: Office, action: str, **changes: object) -> None:
    values = {
        "network": office.field.network,
        "day": TODAY,
        "actor": ALBRECHT,
        "subject": f"wave {office.field.wave}",
    }
    with office.database.write() as connection:
        audit.note(connection, action=action, **values | changes)  # type: ignore[arg-type]


def numbers(person: Person, path: str = PATH) -> list[str]:
    """Return the numbers of the lines on a page."""
    return [cell.text or "" for cell in person.page(path).all("td[@class='audit-number']")]


def test_every_deed_has_words() -> None:
    """Rule 1."""
    modules = [
        ast.parse(path.read_text("utf-8")) for path in sorted(Path(SERVICES).glob("**/*.py"))
    ]
    noted = {deed for module in modules for deed in deeds(module)}
    assert len(noted) > 20
    known = audit_words.ACTIONS
    unsaid = {
        deed
        for deed in noted
        if deed not in known and not any(each.startswith(f"{deed} ") for each in known)
    }
    assert unsaid == set(), "Say it in German in survey_app/services/audit_words.py."


def test_the_newest_comes_first_and_in_words(office: Office) -> None:
    """Rule 2."""
    office.answers(12)
    office.close()
    page = office.albrecht().page(PATH)
    rows = [" ".join(" ".join(row.itertext()).split()) for row in page.all("tbody/tr")]
    assert rows[0] == (
        f"{len(rows)} 21. November 2026 Erhebung abgeschlossen Sommercamp · Erhebung 1 {ALBRECHT}"
    )
    link = page.find("tbody/tr/td/p/a")
    assert link.get("href") == f"/team/massnahmen/{office.field.measure}"


def test_pages_follow_one_another(office: Office) -> None:
    """Rule 2."""
    for _ in range(101):
        note(office, "close")
    person = office.albrecht()
    first, second, third = (numbers(person, f"{PATH}?seite={number}") for number in (1, 2, 3))
    assert (len(first), len(second)) == (50, 50)
    found = [int(number) for number in [*first, *second, *third]]
    assert found == list(range(len(found), 0, -1))
    assert numbers(person, f"{PATH}?seite=99") == third
    assert numbers(person, f"{PATH}?seite=quatsch") == first


def test_it_can_be_narrowed_down(office: Office) -> None:
    """Rule 3."""
    person = office.albrecht()
    note(office, "close", actor="calendar")
    note(office, "branding", subject="#00695c")
    newest = int(numbers(person)[0])
    assert numbers(person, f"{PATH}?was=branding") == [str(newest)]
    assert numbers(person, f"{PATH}?wer=calendar") == [str(newest - 1)]
    assert numbers(person, f"{PATH}?von={TODAY}&bis={TODAY}&was=close") == [str(newest - 1)]
    assert numbers(person, f"{PATH}?von=2026-11-22") == []
    assert numbers(person, f"{PATH}?von=quatsch&was=branding") == [str(newest)]
    left_empty = person.get(f"{PATH}?wer=&was=branding&von=&bis=")
    assert (left_empty.status_code, left_empty.location) == (303, f"{PATH}?was=branding")
    form = person.page(f"{PATH}?was=branding&von={TODAY}").form()
    assert form == {"wer": "", "was": "branding", "von": str(TODAY), "bis": ""}


def test_it_says_how_far_it_was_checked(office: Office) -> None:
    """Rule 4."""
    note(office, "close")
    person = office.albrecht()
    last = numbers(person)[0]
    said = f"Vollständig geprüft bis Zeile {last} vom 21. November 2026."
    assert said in person.page(PATH).main
    with office.database.write() as connection:
        connection.execute(text("DROP TRIGGER audit_is_never_changed"))
        connection.execute(text(f"UPDATE audit SET actor = 'niemand' WHERE number = {last}"))
    main_text = person.page(PATH).main
    assert f"Zeile {last} wurde nachträglich verändert." in main_text
    assert "Vollständig geprüft" not in main_text


def test_nobody_reads_the_lines_of_another_network(office: Office) -> None:
    """Rule 5: who may read at all is in test_rights."""
    with office.database.read() as connection:
        foreign = connection.scalars(
            text("SELECT id FROM network WHERE id <> :own"), {"own": office.field.network}
        ).one()
    note(office, "close", network=foreign, actor="yildiz@nachbar.example", subject="FREMD")
    note(office, "close")
    person = office.albrecht()
    for path in (PATH, f"{PATH}.csv", f"{PATH}?wer=yildiz@nachbar.example"):
        found = person.get(path).get_data(as_text=True)
        assert ("FREMD" in found, "nachbar" in found.replace("?wer=yildiz", "")) == (False, False)


def test_it_can_be_saved(office: Office) -> None:
    """Rule 6."""
    note(office, "close", actor="=1+1", subject="+49", detail="12 sheets")
    response = office.albrecht().get(f"{PATH}.csv?was=close")
    head, row = response.get_data().decode("utf-8-sig").splitlines()
    assert head == "Zeile;Tag;Wer;Was;Woran;Näheres;Prüfsumme"
    assert row.split(";")[1:6] == [
        *("2026-11-21", "'=1+1", "Erhebung abgeschlossen"),
        *("+49", "Bögen: 12"),
    ]
    assert response.headers["Content-Disposition"] == "attachment; filename=Protokoll.csv"


def test_a_wave_that_was_answered_leaves_numbers_only(office: Office) -> None:
    """Rule 7."""
    office.field.send({"k1": ["3"], "nummer": ["4711"], "k9": ["GEHEIM"]})
    office.answers(12)
    office.close()
    with office.database.read() as connection:
        rows = connection.execute(audit.TABLE.select()).all()
    assert ("GEHEIM" in repr(rows), "4711" in repr(rows)) == (False, False)
    for row in rows:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row.day.isoformat())


def test_an_empty_log_says_what_will_be_there(office: Office) -> None:
    """Rule 8."""
    with office.database.write() as connection:
        connection.execute(text("DROP TRIGGER audit_is_never_deleted"))
    person = office.albrecht()
    with office.database.write() as connection:
        connection.execute(text("DELETE FROM audit"))
    assert "Noch steht hier nichts" in person.page(PATH).main
    note(office, "close")
    assert "Nichts gefunden" in person.page(f"{PATH}?wer=wer%20anders").main


def test_what_is_stored_is_said(office: Office) -> None:
    """Rule 1: each detail in words, and what nobody knows as it is."""
    for detail, said in (
        ("12 sheets, 3 texts", "Bögen: 12, Texte: 3"),
        ("same", "gleiches Ergebnis"),
        ("12 sheets, 3 apples", "12 sheets, 3 apples"),
        ("", ""),
    ):
        assert ", ".join(map(str, audit_words.details_said(detail))) == said
    assert str(audit_words.subject_said("wave 3")) == "Erhebung 3"
    assert str(audit_words.subject_said("#00695c")) == "#00695c"
    assert str(audit_words.action_said("unerhört")) == "unerhört"


def typed(office: Office, *words: str) -> Result:
    url = str(office.database.url)
    return CliRunner().invoke(main, ["audit", *words], env={"SURVEY_DATABASE_URL": url})


def test_the_command_checks_and_shows(office: Office) -> None:
    """Rule 9."""
    note(office, "forget", actor="retention", detail="12 sheets")
    found = typed(office, "check", "--network", "Kreis Beispiel")
    assert found.exit_code == 0
    (seen,) = re.findall(
        r"^Kreis Beispiel: vollständig bis (\d+:\w{64})$", found.output, re.MULTILINE
    )
    assert typed(office, "check", "--network", "Kreis Beispiel", "--seen", seen).exit_code == 0
    shown = typed(office, "show", "--network", "Kreis Beispiel", "--last", "1").output
    assert shown.splitlines()[1].split("  ")[-1] == (
        "Aufbewahrungsfrist vorbei, gelöscht · Erhebung 1 · Bögen: 12 ·"
        " von selbst: Aufbewahrungsfrist"
    )


def test_the_command_names_the_first_broken_line(office: Office) -> None:
    """Rule 9."""
    for _ in range(3):
        note(office, "close")
    with office.database.write() as connection:
        last = connection.scalar(text("SELECT max(number) FROM audit WHERE network = 1"))
        connection.execute(text("DROP TRIGGER audit_is_never_deleted"))
        connection.execute(text(f"DELETE FROM audit WHERE network = 1 AND number = {last - 1}"))
    result = typed(office, "check")
    assert result.exit_code == 1
    assert result.stderr == f"Kreis Beispiel: Zeile {last - 1} fehlt.\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check", "--seen", "1:ab"), "--seen braucht --network"),
        (("check", "--network", "Kreis Beispiel", "--seen", "1:ab"), "ist keine Prüfsumme"),
        (("show", "--network", "Kreis Nirgends"), "Es gibt: Kreis Beispiel, Kreis Nachbar."),
    ],
)
def test_a_mistake_is_explained(office: Office, words: tuple[str, ...], told: str) -> None:
    """Rule 9."""
    result = typed(office, *words)
    assert (result.exit_code != 0, told in result.stderr) == (True, True)
