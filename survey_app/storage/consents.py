"""Consents of institutions, and the releases that rest on them."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, insert, select, update

from survey_app.domain.consent import Consent, Institution
from survey_app.domain.ledger import Release
from survey_app.storage import schema

Use = tuple[int, str, str]
"""A consent, the name of a release, and which grains it told of."""


def add(
    connection: Connection,
    network: int,
    institution: Institution,
    *,
    agreed_on: date,
    agreed_by: str,
    recorded_by: str,
) -> int:
    """Store a consent and return its id."""
    values = {"network": network, institution.kind: institution.id, "agreed_on": agreed_on}
    values |= {"agreed_by": agreed_by, "recorded_by": recorded_by}
    statement = insert(schema.consent).values(values).returning(schema.consent.c.id)
    return int(connection.execute(statement).scalar_one())


def of_network(connection: Connection, network: int) -> tuple[Consent, ...]:
    """Return all consents of a network, the revoked ones too, as they were recorded."""
    table, site, owner = schema.consent, schema.site, schema.organisation
    # Both walls: a name of another network is never joined.
    statement = (
        select(table, site.c.name.label("site_name"), owner.c.name.label("owner_name"))
        .outerjoin(site, (site.c.id == table.c.site) & (site.c.network == network))
        .outerjoin(owner, (owner.c.id == table.c.organisation) & (owner.c.network == network))
        .where(table.c.network == network)
        .order_by(table.c.id)
    )
    return tuple(
        Consent(
            id=row.id,
            network=row.network,
            institution=Institution("site", row.site, row.site_name)
            if row.site
            else Institution("organisation", row.organisation, row.owner_name),
            agreed_on=row.agreed_on,
            agreed_by=row.agreed_by,
            recorded_by=row.recorded_by,
            revoked_on=row.revoked_on,
        )
        for row in connection.execute(statement)
    )


def revoke(connection: Connection, network: int, consent: int, day: date) -> bool:
    """End a consent; return whether there was one in force."""
    table = schema.consent
    statement = update(table).where(
        table.c.id == consent, table.c.network == network, table.c.revoked_on.is_(None)
    )
    return connection.execute(statement.values(revoked_on=day)).rowcount > 0


def uses(connection: Connection, network: int, release: str) -> frozenset[Use]:
    """Return which consents a release of this name was shown with, and which grains it told of."""
    table = schema.consent_use
    statement = select(table.c.consent, table.c.name, table.c.digest).where(
        table.c.network == network, table.c.name == release
    )
    return frozenset(
        (consent, name, digest) for consent, name, digest in connection.execute(statement)
    )


def add_uses(connection: Connection, network: int, new: Iterable[Use], day: date) -> None:
    """Remember which consents releases rest on; each of `new` is not there yet."""
    rows = [
        {"network": network, "consent": consent, "name": name, "digest": digest, "used_on": day}
        for consent, name, digest in sorted(new)
    ]
    if rows:
        connection.execute(insert(schema.consent_use), rows)


def use_of(consent: int, release: Release) -> Use:
    """Return the entry that says that this release rests on a consent."""
    grains = json.dumps(sorted(map(sorted, release.grains)), separators=(",", ":"))
    return consent, release.name, hashlib.sha256(grains.encode()).hexdigest()
