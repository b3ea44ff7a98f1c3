"""The colour and the logo of a network."""

from sqlalchemy import Connection, delete, insert, select

from survey_app.domain.branding import Branding, Logo, LogoKind
from survey_app.storage import schema


def get(connection: Connection, network: int) -> Branding:
    """Return how the paper of a network looks; ours, if it never chose."""
    table = schema.branding
    columns = (
        table.c.accent,
        table.c.logo_kind,
        table.c.logo,
        table.c.logo_width,
        table.c.logo_height,
    )
    row = connection.execute(select(*columns).where(table.c.network == network)).first()
    if row is None:
        return Branding()
    accent, kind, content, width, height = row
    return Branding(accent, Logo(LogoKind(kind), content, width, height) if kind else None)


def put(connection: Connection, network: int, branding: Branding) -> None:
    """Store how the paper of a network looks."""
    table, logo = schema.branding, branding.logo
    values = {
        "network": network,
        "accent": branding.accent,
        "logo_kind": logo.kind.value if logo else None,
        "logo": logo.content if logo else None,
        "logo_width": logo.width if logo else None,
        "logo_height": logo.height if logo else None,
    }
    connection.execute(delete(table).where(table.c.network == network))
    connection.execute(insert(table).values(values))
