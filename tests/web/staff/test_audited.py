"""Every writing address of the workspace leaves a line in the audit log, or a reason why not.

1. An address that takes forms stands in DEEDS, with a form that is sent here and the line it leaves;
   or in LEFT_OUT, with the reason. A new one that stands in neither fails.
2. What is sent leaves exactly the lines that are written beside it, by whoever sent it, on the day.
3. No line holds a word that somebody answered or wrote about respondents.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pytest
from sqlalchemy import select

from survey_app.services import audit_words
from survey_app.storage import schema
from tests.support_field import TODAY
from tests.web.staff.pages_of_staff import (
    ADMINISTRATOR,
    COORDINATOR,
    EVALUATOR,
    NEWCOMER,
    District,
    Stop,
    district,
)

SECRET: Final = "Nur unter uns gesagt"
TODAYS: Final = TODAY.isoformat()
PARTS: Final = ("staff", "account", "entry", "arriving")


@dataclass(frozen=True)
class Deed:
    """A form that is filled in and sent, and the actions of the lines it leaves."""

    endpoint: str
    lines: tuple[str, ...]
    of: str = "bare"
    who: str = COORDINATOR
    values: dict[str, str | None] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    address: dict[str, str | int] = field(default_factory=dict)
    has_page: bool = True

    @property
    def stop(self) -> Stop:
        """Return the page with the form."""
        return Stop(self.endpoint, self.who, self.of, values=self.address, query=self.query)


CHANGED: Final = ("change_measure",)
ORDER: Final = {
    "c-wish": SECRET,
    "c-answer": "Ja, bald.",
    "c-office": "Jugendamt",
    "c-due_on": "2027-03-01",
}
NO_OPTIONS: Final = {"z-single_use": None, "z-offline_queue": None}
PERIOD: Final = {"m-starts_on": TODAYS, "m-ends_on": TODAYS}
NEW: Final = {
    "m-summary": SECRET,
    "m-topic": "stress",
    "m-municipality": "1",
    "m-organisation": "1",
}
DEEDS: Final = (
    Deed("new_measure", ("plan_measure",), values={"m-title": "Neu", **NEW, **PERIOD}),
    Deed("copy_measure", ("copy_measure",), values={"m-title": "Noch einmal", **PERIOD}),
    Deed("edit_basics", CHANGED, values={"m-summary": SECRET}),
    Deed(
        "edit_goals",
        ("set_goal",),
        values={
            "m-text_1": "Alle sind dabei.",
            "m-other_1": "Liste",
            "m-target_1": "80",
            "m-stage_1": "3",
        },
    ),
    Deed("edit_target_group", CHANGED, values={"m-age_from": "12"}),
    Deed("edit_participation", CHANGED, values={"m-decided": SECRET}),
    Deed("edit_attendance", CHANGED, values={"m-invited": "30"}),
    Deed("edit_costs", CHANGED, values={"m-planned": "100"}),
    Deed("edit_realisation", CHANGED, values={"m-structure": SECRET}),
    Deed("edit_quality", CHANGED, values={"m-concept": "3"}),
    Deed("edit_consequence", CHANGED, values={"m-reason": SECRET}),
    Deed("publication", ("publish_measure",)),
    Deed(
        "new_wave",
        ("plan",),
        of="few",
        values={"e-questionnaire": "kern-jugend", "e-opens_on": TODAYS},
    ),
    Deed("designs", ("plan",), of="few", query={"weg": "once"}, values={"d-young": "kern-jugend"}),
    Deed("wave_days", ("move",), of="planned", values={"t-expected": "90"}),
    Deed(
        "approval",
        ("approval",),
        of="planned",
        values={"a-status": "requested", "a-conditions": SECRET},
    ),
    Deed("close", ("close",), of="open"),
    Deed("new_way_in", ("open way in",), of="today", values={"z-label": "Tablet", **NO_OPTIONS}),
    Deed("way_in", ("set up way in",), of="today", values=NO_OPTIONS),
    Deed("slips", ("print slips",), of="today", values={"z-count": "12"}),
    Deed("results_day", ("results_on",), of="today"),
    Deed("new_commitment", ("commit",), of="camp", values=ORDER),
    Deed("commitment", ("change_commitment",), of="camp", values=ORDER),
    Deed("remove_commitment", ("remove_commitment",), of="camp"),
    Deed("next_way", ("next_way",), of="few", values={"w-text": SECRET, "w-day": "2027-03-01"}),
    Deed("sheet_sentences", ("word_sheet",), of="camp", values={"key-text": SECRET}),
    Deed("conclude_review", ("review",), of="read", who=EVALUATOR),
    Deed("batch", ("print sheets",), query={"was": "bogen"}, values={"alle": "ja"}),
    Deed("public_list_on", ("open public list",), who=NEWCOMER),
    Deed("public_list_off", ("close public list",)),
    Deed("look_ohne_logo", ("branding",), has_page=False),
    Deed("look_farbe", ("branding",), values={"farbe": "#00695c"}, has_page=False),
    Deed(
        "new_municipality",
        ("add municipality",),
        who=ADMINISTRATOR,
        values={"o-name": "Neuland", "o-ags": "05166099"},
    ),
    Deed("municipality", ("change municipality",), who=ADMINISTRATOR, values={"o-name": "Neu"}),
    Deed("new_organisation", ("add organisation",), who=ADMINISTRATOR, values={"o-name": "Verein"}),
    Deed("organisation", ("change organisation",), who=ADMINISTRATOR, values={"o-name": "Bund"}),
    Deed(
        "new_site",
        ("add site",),
        who=ADMINISTRATOR,
        values={"o-name": "Halle", "o-municipality": "1", "o-setting": "club"},
    ),
    Deed("site", ("change site",), who=ADMINISTRATOR, values={"o-name": "Treff"}),
    Deed(
        "invite_as",
        ("invite",),
        who=ADMINISTRATOR,
        address={"role": "coordinator"},
        values={"k-email": "neu@beispiel.example"},
    ),
    Deed(
        "account_deed",
        ("end logins",),
        who=ADMINISTRATOR,
        address={"deed": "abmelden"},
    ),
    Deed("account_link", ("new link",), who=ADMINISTRATOR),
    Deed(
        "account_role_as",
        ("change role",),
        who=ADMINISTRATOR,
        address={"role": "school-contact"},
        values={"k-place": "1"},
    ),
    Deed(
        "new_token",
        ("make token",),
        values={"z-name": "Bericht"},
    ),
    Deed("revoke_token", ("revoke token",), query={"schluessel": "1"}),
    Deed("remove_measure", ("remove_measure",)),
)

ELSEWHERE: Final = "proved where it is: "
LEFT_OUT: Final = {
    "staff.paper": ELSEWHERE + "tests/web/staff/test_paper.py (begun, undone, done: a line each)",
    "staff.paper_back": ELSEWHERE + "tests/web/staff/test_paper.py",
    "staff.paper_done": ELSEWHERE + "tests/web/staff/test_paper.py",
    "staff.import_begin": "a file waits in memory; the line comes when it is taken over",
    "staff.import_assign": "nothing is taken over yet",
    "staff.import_check": ELSEWHERE + "tests/services/importing/test_storing.py",
    "staff.import_forget": "forgets an assignment of columns, which holds no answer",
    "staff.job_again": "draws again what is in the log as ordered",
    "staff.job_cancel": "ends a drawing; nothing has changed",
    "staff.review_question": "one text of many: the line comes with the conclusion, as numbers",
    "staff.review_quotes": ELSEWHERE + "tests/services/test_reviewing.py",
    "staff.look_logo": ELSEWHERE + "tests/services/test_branding.py",
    "staff.remove_municipality": ELSEWHERE + "tests/services/test_places.py",
    "staff.remove_organisation": ELSEWHERE + "tests/services/test_places.py",
    "staff.remove_site": ELSEWHERE + "tests/services/test_places.py",
    "staff.hand_back": ELSEWHERE + "tests/services (results handed to the institution)",
    "staff.consents": ELSEWHERE + "tests/services (record consent)",
    "staff.revoke_consent": ELSEWHERE + "tests/services (revoke consent)",
    "staff.own_confirm": "asks for the password once more and stores nothing",
    "staff.own_password": ELSEWHERE + "tests/web/account (change password)",
    "staff.own_codes": ELSEWHERE + "tests/web/account (new recovery codes)",
    "staff.own_app_off": ELSEWHERE + "tests/web/account (remove app)",
    "staff.own_passkey": "gives a passkey another name for its owner",
    "staff.own_passkey_off": ELSEWHERE + "tests/web/account (remove passkey)",
    "staff.own_logins_end": ELSEWHERE + "tests/web/account (end all logins)",
    "account.login": "who worked when is nobody's business; failed attempts are counted elsewhere",
    "account.logout": "as logging in",
    "entry.begin_app": "draws a new secret for the screen; the line comes when a code has proved it",
    "entry.app": ELSEWHERE + "tests/web/account (set up app)",
    "entry.code": "as logging in",
    "entry.passkey": "as logging in",
    "entry.passkey_question": "a question of the browser, nothing is stored",
    "entry.new_passkey": ELSEWHERE + "tests/web/account (add passkey)",
    "entry.new_passkey_question": "a question of the browser, nothing is stored",
    "entry.recovery_code": ELSEWHERE + "tests/web/account (use recovery code)",
    "arriving.invitation": ELSEWHERE + "tests/services/test_invitations.py (joined)",
}
NAMED: Final = {
    "use recovery code",
    "set up app",
    "remove app",
    "add passkey",
    "remove passkey",
    "end all logins",
    "new recovery codes",
    "change password",
    "joined",
}


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """Open the sample district with its team."""
    folder = tmp_path_factory.mktemp("audited")
    with district(f"sqlite:///{folder / 'mitreden.sqlite'}", folder) as opened:
        yield opened


def lines_of(founded: District) -> list[tuple[str, str, str]]:
    """Return who did what, and the rest of each line, the oldest first."""
    table = schema.audit
    columns = (table.c.actor, table.c.action, table.c.subject + " " + table.c.detail)
    with founded.office.database.read() as connection:
        rows = connection.execute(select(*columns).order_by(table.c.network, table.c.number))
        return [(actor, action, said) for actor, action, said in rows]


def path_of(founded: District, deed: Deed) -> str:
    if deed.has_page:
        return founded.path(deed.stop)
    rules = founded.office.app.url_map.iter_rules(f"staff.{deed.endpoint}")
    return next(rule.rule for rule in rules)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.endpoint)
def test_a_deed_leaves_its_line(founded: District, deed: Deed) -> None:
    """Rules 2 and 3."""
    person, before = founded.people[deed.who], lines_of(founded)
    page = person.page(path_of(founded, deed) if deed.has_page else "/team/gestaltung")
    form = page.form()
    if "csrf_token" not in str(form):  # the first form there searches
        form = {"csrf_token": page.form("header")["csrf_token"]}
    filled = {name: value for name, value in (form | deed.values).items() if value is not None}
    answer = person.client.post(path_of(founded, deed), data=filled)
    assert answer.status_code in (200, 303), page.main
    new = list(lines_of(founded))
    for line in before:
        new.remove(line)
    email = f"{deed.who}@beispiel.example"
    assert [(actor, action) for actor, action, _ in new] == [(email, it) for it in deed.lines]
    assert [said for _, _, said in new if SECRET in said] == []


def test_every_writing_address_is_known(founded: District) -> None:
    """Rule 1."""
    writing = {
        rule.endpoint
        for rule in founded.office.app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.endpoint.partition(".")[0] in PARTS
    }
    proved = {f"staff.{deed.endpoint}" for deed in DEEDS}
    assert writing == proved | LEFT_OUT.keys()
    assert proved & LEFT_OUT.keys() == set()
    assert {action for deed in DEEDS for action in deed.lines} | NAMED <= audit_words.ACTIONS.keys()
