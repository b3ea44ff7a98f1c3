"""Institutions that let their results be told as those of their town.

1. A consent is recorded with its day and who agreed, once at a time, in the audit log; what is wrong
   in it is named by its field.
2. More than 70 % from one institution: withheld without its consent, shown with it, and marked.
3. All measures of a municipality at one institution: words without its consent, numbers with it;
   three measures and thirty answers are needed all the same.
4. Revoked, it stays as it was released: the same groups of people are shown again, with one more
   they are not. Another institution's consent changes nothing.
5. A consent of one network is none of another.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from survey_app.domain.consent import Consent, NewConsent
from survey_app.domain.disclosure import Reason, Released, Withheld
from survey_app.domain.messages import InvalidDefinition
from survey_app.domain.scope import Scope
from survey_app.services import consenting
from survey_app.services.acting import By
from survey_app.storage import places, schema
from tests.services.test_rolling_up import held, report, town_of
from tests.support_field import ALBRECHT, TODAY, Field, field_in, migrated

BY = By(ALBRECHT, TODAY)


@pytest.fixture
def field(database_url: str) -> Iterator[Field]:
    """Give a network with one open wave, on both databases."""
    with migrated(database_url) as database:
        yield field_in(database)


def site_of(field: Field, name: str) -> str:
    with field.database.read() as connection:
        (found,) = (s for s in places.sites(connection, field.network) if s.name == name)
    return f"site {found.id}"


def agree(field: Field, name: str) -> Consent:
    """Record that an institution agreed, and return the consent."""
    new = NewConsent(institution=site_of(field, name), agreed_on=TODAY, agreed_by="Schulleitung")
    number = consenting.record(field.database, field.network, new, BY)
    consents, _ = consenting.consents_of(field.database, field.network)
    return next(each for each in consents if each.id == number)


def actions(field: Field) -> list[str]:
    with field.database.read() as connection:
        statement = select(schema.audit.c.action).filter_by(network=field.network)
        return list(connection.execute(statement.order_by(schema.audit.c.number)).scalars())[-2:]


def test_recording(field: Field) -> None:
    """Rule 1."""
    held(field, 6, site="Große Schule")
    consent = agree(field, "Große Schule")
    assert (consent.institution.name, consent.agreed_by, consent.agreed_on) == (
        *("Große Schule", "Schulleitung", TODAY),
    )
    assert consenting.revoke(field.database, field.network, consent, BY)
    assert not consenting.revoke(field.database, field.network, consent, BY)
    assert actions(field) == ["record consent", "revoke consent"]
    assert agree(field, "Große Schule").id != consent.id


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"institution": "site 999"}, "institution"),
        ({"institution": "nichts"}, "institution"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "agreed_on"),
        ({"agreed_by": ""}, "agreed_by"),
        ({"agreed_by": "x" * 201}, "agreed_by"),
    ],
)
def test_what_is_wrong_is_named(field: Field, changes: dict[str, object], place: str) -> None:
    """Rule 1."""
    held(field, 6, site="Große Schule")
    right = {"institution": site_of(field, "Große Schule"), "agreed_on": TODAY, "agreed_by": "SL"}
    with pytest.raises(InvalidDefinition) as refused:
        consenting.record(
            field.database,
            field.network,
            NewConsent(**(right | changes)),  # type: ignore[arg-type]
            BY,
        )
    assert [fault.at for fault in refused.value.faults] == [(place,)]


def test_twice_is_refused(field: Field) -> None:
    """Rule 1."""
    held(field, 6, site="Große Schule")
    agree(field, "Große Schule")
    with pytest.raises(InvalidDefinition):
        agree(field, "Große Schule")


def test_who_dominates_is_shown_with_consent(field: Field) -> None:
    """Rule 2."""
    held(field, 40, site="Große Schule")
    for sheets in (6, 7):
        held(field, sheets)
    (line,) = report(field).cores
    assert isinstance(line.table, Withheld)
    assert line.table.reason is Reason.DOMINATED
    agree(field, "Große Schule")
    (line,) = report(field).cores
    assert isinstance(line.table, Released)
    assert (line.table.base, line.with_consent) == (53, True)


def test_one_school_is_its_municipality_with_consent(field: Field) -> None:
    """Rule 3."""
    here = Scope(TODAY.year, municipality=town_of(field))
    for sheets in (14, 15):
        held(field, sheets, site="Schule am See")
    agree(field, "Schule am See")
    assert report(field, here).rolled is None  # two measures
    held(field, 16, site="Schule am See")
    (line,) = report(field, here).cores
    assert isinstance(line.table, Released)
    assert (line.table.base, line.with_consent) == (45, True)


def test_one_school_without_consent_is_told_in_words(field: Field) -> None:
    """Rule 3."""
    here = Scope(TODAY.year, municipality=town_of(field))
    for sheets in (14, 15, 16):
        held(field, sheets, site="Schule am See")
    found = report(field, here)
    assert found.rolled is None
    assert "in einer einzigen Einrichtung" in str(found.why)


def test_revoked_it_stays_as_it_was_released(field: Field) -> None:
    """Rule 4."""
    held(field, 50, site="Große Schule")
    held(field, 6)
    held(field, 7)
    consent = agree(field, "Große Schule")
    before = report(field).cores
    consenting.revoke(field.database, field.network, consent, BY)
    assert report(field).cores == before
    held(field, 8)
    (line,) = report(field).cores
    assert isinstance(line.table, Withheld)


def test_revoked_before_it_was_used_it_shows_nothing(field: Field) -> None:
    """Rule 4."""
    held(field, 40, site="Große Schule")
    held(field, 6)
    held(field, 7)
    agree(field, "Treff 6 2")
    consent = agree(field, "Große Schule")
    consenting.revoke(field.database, field.network, consent, BY)
    (line,) = report(field).cores
    assert isinstance(line.table, Withheld)


def test_networks_do_not_share_consents(field: Field) -> None:
    """Rule 5."""
    held(field, 6, site="Große Schule")
    consent = agree(field, "Große Schule")
    with field.database.write() as connection:
        other = places.add_network(connection, "Nebenan", "n@beispiel.example", sample=False).id
    assert consenting.consents_of(field.database, other) == ((), ())
    assert not consenting.revoke(field.database, other, consent, BY)
