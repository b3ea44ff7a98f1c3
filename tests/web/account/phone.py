"""The app on Herr Albrecht's phone, and people who log in with it."""

import re
from dataclasses import dataclass
from typing import Any

from passlib.totp import TOTP
from werkzeug.test import TestResponse

from survey_app.domain.rights import Role
from survey_app.services import accounts
from survey_app.services.accounts import Account
from survey_app.storage import schema
from tests.support_field import ALBRECHT
from tests.web.staff.office import PASSWORD, Office, Page, Person

LOGIN = "/team/anmelden"
CODE = "/team/anmelden/code"
RECOVERY = "/team/anmelden/recovery-code"
SETUP = "/team/anmelden/einrichten"
APP = "/team/anmelden/einrichten/app"
OWN = "/team/konto"
STEP = 30


@dataclass
class Phone:
    """An app that knows the secret of a page."""

    office: Office
    key: str

    @property
    def code(self) -> str:
        """Return what it shows now."""
        return self.code_at(self.office.clock.moment)

    def code_at(self, moment: float) -> str:
        """Return what it shows at a moment."""
        token: str = TOTP(key=self.key, format="base32").generate(int(moment)).token
        return token

    def next_code(self) -> str:
        """Wait for the next code and return it."""
        self.office.clock.moment += STEP
        return self.code


def account_of(office: Office, email: str = ALBRECHT) -> Account:
    """Return an account."""
    account = accounts.account_with_email(office.database, email)
    assert account is not None
    return account


def worker_in(office: Office) -> str:
    """Open an account for a youth worker and return its address."""
    email = "jugend@beispiel.example"
    accounts.open_account(
        office.database,
        email=email,
        network="Kreis Beispiel",
        password=PASSWORD,
        role=Role.YOUTH_WORKER,
        place="Jugendamt",
    )
    return email


def set_up_app(office: Office, person: Person) -> tuple[Phone, tuple[str, ...]]:
    """Set up an app, as somebody who may; return it and the recovery codes that are shown."""
    page = person.page(SETUP)
    token = page.form()["csrf_token"]
    begun = person.client.post(f"{SETUP}/neu", data={"csrf_token": token})
    assert (begun.status_code, begun.location) == (303, APP)
    key = "".join("".join(person.page(APP).find("p[@class='secret']").itertext()).split())
    phone = Phone(office, key)
    return phone, codes_on(person.send(APP, code=phone.code))


def codes_on(response: TestResponse) -> tuple[str, ...]:
    """Return the recovery codes of a page."""
    assert response.status_code == 200
    codes = tuple(each.text or "" for each in Page(response).all("ol//code"))
    assert len(codes) == 10
    return codes


def row_of(office: Office, table: str) -> list[tuple[Any, ...]]:
    """Return the rows of a table."""
    with office.database.read() as connection:
        return [tuple(row) for row in connection.execute(schema.metadata.tables[table].select())]


def audited(office: Office) -> list[tuple[str, str, str]]:
    """Return who did what about whom, in order."""
    table = schema.audit
    with office.database.read() as connection:
        rows = connection.execute(table.select().order_by(table.c.id))
        return [(row.actor, row.action, row.detail) for row in rows]


def secrets_in(response: TestResponse) -> list[str]:
    """Return what looks like a secret on a page."""
    return re.findall(r"secret=|[A-Z2-7]{32}", response.get_data(as_text=True))
