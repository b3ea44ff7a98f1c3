"""`survey-app user …`: the people who may log in."""

import click

from survey_app.cli._opening import ready, settings_in_force
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.rights import Role
from survey_app.services import accounts

PASSWORD = click.option(
    "--ask", is_flag=True, help="Nach dem Passwort fragen, statt eines zu erzeugen."
)


@click.group()
def command() -> None:
    """Konten für alle, die Maßnahmen planen und auswerten."""


@command.command()
@click.argument("email")
@click.option("--network", required=True, help="Name des Netzwerks, zum Beispiel: Kreis Viersen")
@click.option(
    "--role",
    type=click.Choice(Role),
    default=Role.COORDINATOR,
    show_default=True,
    help="Was die Person ist.",
)
@click.option(
    "--place",
    help="Name des Trägers (youth_worker), der Einrichtung (school_contact) oder der Kommune"
    " (evaluator), für die das Konto gilt.",
)
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
    chosen = _password(ask)
    try:
        with ready(settings_in_force()) as database:
            accounts.set_password(database, email=email, password=chosen)
    except InvalidDefinition as invalid:
        raise _refused(invalid) from None
    _tell(accounts.normal_email(email), chosen, ask)


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
