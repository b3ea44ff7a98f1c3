"""`survey-app user …`: the people who may log in."""

import click

from survey_app.cli._opening import ready, settings_in_force
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.rights import Role
from survey_app.services import Database, accounts, administering, invitations, logins
from survey_app.services.administering import Standing
from survey_app.services.invitations import OPERATOR

PASSWORD = click.option(
    "--ask", is_flag=True, help="Nach dem Passwort fragen, statt eines zu erzeugen."
)

NETWORK = click.option(
    "--network", required=True, help="Name des Netzwerks, zum Beispiel: Kreis Viersen"
)
ROLE = click.option(
    "--role",
    type=click.Choice(Role, case_sensitive=False),
    default=Role.COORDINATOR,
    show_default=Role.COORDINATOR.value,
    help="Was die Person ist.",
)
PLACE = click.option(
    "--place",
    help="Name des Trägers (youth_worker), der Einrichtung (school_contact) oder der Kommune"
    " (evaluator), für die das Konto gilt.",
)


@click.group()
def command() -> None:
    """Konten für alle, die Maßnahmen planen und auswerten."""


@command.command()
@click.argument("email")
@NETWORK
@ROLE
@PLACE
@PASSWORD
def add(email: str, network: str, role: Role, place: str | None, ask: bool) -> None:
    """Legt ein Konto für EMAIL an; ohne --ask wird das Passwort erzeugt und einmal gezeigt."""
    password = _password(ask)
    try:
        with ready(settings_in_force()) as database:
            accounts.open_account(
                database, email=email, network=network, password=password, role=role, place=place
            )
    except InvalidDefinition as invalid:
        raise _refused(invalid) from None
    _tell(accounts.normal_email(email), password, ask)


@command.command()
@click.argument("email")
@PASSWORD
def password(email: str, ask: bool) -> None:
    """Gibt dem Konto EMAIL ein neues Passwort; alle Anmeldungen enden."""
    chosen, settings = _password(ask), settings_in_force()
    try:
        with ready(settings) as database:
            accounts.set_password(
                database, email=email, password=chosen, by=OPERATOR, today=settings.today()
            )
    except InvalidDefinition as invalid:
        raise _refused(invalid) from None
    _tell(accounts.normal_email(email), chosen, ask)


@command.command()
@click.argument("email")
@NETWORK
@ROLE
@PLACE
def invite(email: str, network: str, role: Role, place: str | None) -> None:
    """Legt ein Konto für EMAIL an und zeigt einmal einen Link, mit dem die Person beitritt."""
    settings = settings_in_force()
    try:
        with ready(settings) as database:
            link = invitations.invite_from_outside(
                database,
                email=email,
                network=network,
                role=role,
                place=place,
                today=settings.today(),
            )
    except InvalidDefinition as invalid:
        raise _refused(invalid) from None
    click.echo(f"Eingeladen: {link.account.email}")
    click.echo(f"Link:       {settings.staff_address}{link.path}")
    click.echo(f"Er gilt bis {link.expires_on:%d.%m.%Y} und nur einmal; bitte sicher weitergeben.")


@command.command("list")
def list_() -> None:
    """Listet alle Konten: E-Mail-Adresse, Rolle, Ort, Netzwerk, Stand."""
    with ready(settings_in_force()) as database:
        for each in administering.everybody(database):
            account, place = each.account, f" ({each.place})" if each.place else ""
            what = f"{account.actor.role}{place}"
            click.echo(f"{account.email}  {what}  {account.network.name}  {_state(each)}")


@command.command()
@click.argument("email")
def off(email: str) -> None:
    """Schaltet das Konto EMAIL aus; alle Anmeldungen enden."""
    settings = settings_in_force()
    with ready(settings) as database:
        account = _account(database, email)
        administering.switch_off(
            database,
            account.network.id,
            account.id,
            by=OPERATOR,
            today=settings.today(),
            even_the_last=True,
        )
    click.echo(f"{account.email} ist ausgeschaltet. Wieder an: survey-app user on {account.email}")


@command.command()
@click.argument("email")
def on(email: str) -> None:
    """Schaltet das Konto EMAIL wieder ein."""
    settings = settings_in_force()
    with ready(settings) as database:
        account = _account(database, email)
        administering.switch_on(
            database, account.network.id, account.id, by=OPERATOR, today=settings.today()
        )
    click.echo(f"{account.email} ist eingeschaltet.")


@command.command("reset-factors")
@click.argument("email")
def reset_factors(email: str) -> None:
    """Entfernt App, Recovery-Codes und Passkeys des Kontos EMAIL; alle Anmeldungen enden.

    Für den Notfall: Handy und Codes sind weg, oder SURVEY_SECRET_KEY hat gewechselt. Das Passwort
    bleibt; prüfen Sie vorher auf einem zweiten Weg, dass wirklich die Person selbst fragt.
    """
    # Brings the library for codes along, which the other commands do not need.
    from survey_app.services import second_factors

    settings = settings_in_force()
    try:
        with ready(settings) as database:
            second_factors.reset(database, email, settings.today(), by=OPERATOR)
    except InvalidDefinition as invalid:
        raise _refused(invalid) from None
    click.echo(f"{accounts.normal_email(email)} hat keinen zweiten Faktor mehr.")
    click.echo(
        "Bei der nächsten Anmeldung richtet die Person einen neuen ein, wenn er Pflicht ist."
    )


@command.command()
@click.argument("email")
def logout(email: str) -> None:
    """Beendet alle offenen Anmeldungen des Kontos EMAIL."""
    settings = settings_in_force()
    address = accounts.normal_email(email)
    try:
        with ready(settings) as database:
            ended = logins.end_all_for(database, address, settings.today(), by=OPERATOR)
    except InvalidDefinition as invalid:
        raise _refused(invalid) from None
    click.echo(f"Anmeldungen von {address} beendet: {ended}")


def _account(database: Database, email: str) -> accounts.Account:
    found = accounts.account_with_email(database, email)
    if found is None:
        said = accounts.NO_ACCOUNT % {"email": accounts.normal_email(email)}
        raise click.ClickException(said)
    return found


def _state(standing: Standing) -> str:
    if not standing.account.active:
        return "ausgeschaltet"
    return "aktiv" if standing.has_joined else "eingeladen"


def _password(ask: bool) -> str:
    if not ask:
        return accounts.new_password()
    typed: str = click.prompt("Passwort", hide_input=True, confirmation_prompt="Noch einmal")
    return typed


def _refused(invalid: InvalidDefinition) -> click.ClickException:
    return click.ClickException("\n".join(str(fault.message) for fault in invalid.faults))


def _tell(email: str, password: str, asked: bool) -> None:
    click.echo(f"Anmelden mit: {email}")
    if not asked:
        click.echo(f"Passwort:     {password}")
        click.echo("Das Passwort steht nirgends sonst; bitte notieren und sicher weitergeben.")
