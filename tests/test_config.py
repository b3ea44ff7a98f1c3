"""The settings.

1. Everything has a default that works on this machine; variables are read as people write them.
2. An unknown variable is an error with a guess; all faults are named at once, with variable and
   remedy, and without the value of a secret.
3. The disclosure rules can be raised, never lowered, and nothing else can be slipped in with them.
4. The staff part needs a key; only on this machine one is drawn.
5. The day is the day where the surveys take place.
6. A provider that signs staff on is whole and encrypted, or not there at all.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from survey_app.config import Part, Settings, UnusableSettings
from survey_app.domain.codebook import Sensitivity
from survey_app.domain.disclosure import IN_USE


def read(**variables: str) -> Settings:
    return Settings.from_environment(
        {f"SURVEY_{name.upper()}": value for name, value in variables.items()} | {"PATH": "/bin"}
    )


def refusal(**variables: str) -> str:
    with pytest.raises(UnusableSettings) as refused:
        read(**variables)
    return str(refused.value)


def test_nothing_needs_to_be_set_on_this_machine() -> None:
    settings = read()
    assert settings.database_url == "sqlite:///var/mitreden.db"
    assert settings.parts == {Part.RESPOND, Part.STAFF}
    assert (settings.recount_days, settings.text_days) == (14, 90)
    assert not settings.is_secure
    assert settings.policy.rules == IN_USE


def test_variables_are_read_as_people_write_them() -> None:
    settings = read(
        parts=" respond ", public_url="https://mitreden.example/", recount_days="7", text_days="30"
    )
    assert settings.parts == {Part.RESPOND}
    assert settings.public_url == "https://mitreden.example"
    assert settings.is_secure
    assert (settings.recount_days, settings.text_days) == (7, 30)


def test_unknown_variable_is_an_error_with_a_guess() -> None:
    assert refusal(publik_url="https://mitreden.example", recount="3") == (
        "SURVEY_PUBLIK_URL ist keine Einstellung. Gemeint ist vielleicht SURVEY_PUBLIC_URL.\n"
        "SURVEY_RECOUNT ist keine Einstellung. Gemeint ist vielleicht SURVEY_RECOUNT_DAYS."
    )
    assert refusal(xyz="1").startswith(
        "SURVEY_XYZ ist keine Einstellung. Es gibt: SURVEY_DATABASE_URL, SURVEY_IDLE_MINUTES,"
    )


@pytest.mark.parametrize(
    ("name", "value", "place"),
    [
        ("public_url", "mitreden.example", "SURVEY_PUBLIC_URL"),
        ("public_url", "https://mitreden.example/umfrage", "SURVEY_PUBLIC_URL"),
        ("recount_days", "bald", "SURVEY_RECOUNT_DAYS"),
        ("text_days", "91", "SURVEY_TEXT_DAYS"),
        ("timezone", "Europa/Berlin", "SURVEY_TIMEZONE"),
        ("networks", "/gibt/es/nicht", "SURVEY_NETWORKS"),
        ("timezone", "../etc/passwd", "SURVEY_TIMEZONE"),
        ("parts", "", "SURVEY_PARTS"),
        ("parts", "respond,stuff", "SURVEY_PARTS"),
        ("policy", "streng", "SURVEY_POLICY"),
        ("policy", "[]", "SURVEY_POLICY"),
        ("policy", '{"A": 9}', "SURVEY_POLICY"),
        ("policy", '{"D": {"smallest_block": 9}}', "SURVEY_POLICY"),
        ("policy", '{"text_block": 9}', "SURVEY_POLICY"),
        ("policy", '{"rules": {}, "seal": 1}', "SURVEY_POLICY"),
    ],
)
def test_fault_names_its_variable(name: str, value: str, place: str) -> None:
    assert refusal(**{name: value}).startswith(place)


def test_all_faults_are_named_at_once_without_values() -> None:
    sentences = refusal(recount_days="geheim", text_days="geheim").splitlines()
    assert [sentence.partition(":")[0] for sentence in sentences] == [
        "SURVEY_RECOUNT_DAYS",
        "SURVEY_TEXT_DAYS",
    ]
    assert "geheim" not in "".join(sentences)


def test_disclosure_rules_can_be_raised() -> None:
    policy = read(policy='{"A": {"smallest_block": 8}, "text_block": 12}').policy
    assert policy.rule(Sensitivity.A).smallest_block == 8
    assert policy.text_block == 12
    assert policy.rule(Sensitivity.C) == IN_USE[Sensitivity.C]


def test_disclosure_rules_cannot_be_lowered() -> None:
    assert refusal(policy='{"C": {"smallest_cell": 2}}') == (
        "SURVEY_POLICY: smallest_cell darf nicht kleiner sein als 3."
        " Erhöhen ist erlaubt, senken nicht"
    )


def test_staff_part_in_public_needs_a_key() -> None:
    public = {"public_url": "https://mitreden.example"}
    assert refusal(**public).startswith("SURVEY_SECRET_KEY fehlt.")
    assert read(**public, parts="respond").secret_key is None
    key = read(**public, secret_key="k" * 43).secret_key
    assert key is not None
    assert key.get_secret_value() == "k" * 43


def test_key_is_drawn_on_this_machine_and_shown_nowhere() -> None:
    first, second = read(), read()
    assert first.secret_key is not None
    assert first.secret_key != second.secret_key
    assert first.secret_key.get_secret_value() not in repr(first)


def test_day_is_the_day_of_the_surveys() -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        before = datetime.now(ZoneInfo(zone)).date()
        today = read(timezone=zone).today()
        assert before <= today <= datetime.now(ZoneInfo(zone)).date()


def test_a_provider_is_whole_or_not_there() -> None:
    """Rule 6."""
    assert read().sign_on is None
    settings = read(oidc_issuer="https://login.kreis.example/realms/kreis", oidc_client_id="m")
    assert settings.sign_on == "Mit dem Konto Ihres Hauses anmelden"
    assert settings.oidc_issuer == "https://login.kreis.example/realms/kreis"
    assert not settings.oidc_second_factor
    assert refusal(oidc_issuer="https://login.kreis.example") == (
        "SURVEY_OIDC_ISSUER und SURVEY_OIDC_CLIENT_ID gehören zusammen: bitte beide setzen oder"
        " keine"
    )
    assert refusal(oidc_issuer="http://login.kreis.example", oidc_client_id="m").startswith(
        "SURVEY_OIDC_ISSUER: die Adresse des Anbieters erwartet, mit https"
    )


def test_staff_may_have_an_address_of_their_own() -> None:
    assert read().staff_address == "http://127.0.0.1:8000"
    assert read(staff_url="https://team.mitreden.example/").staff_address == (
        "https://team.mitreden.example"
    )
