"""The tables.

Every table below `network` carries its network, but those of logging in and those that carry a wave
instead (walls.py says how they are kept apart). A module holds what belongs together; `schema.wave`
finds it without asking where.
"""

from survey_app.storage.schema.base import metadata
from survey_app.storage.schema.consents import consent, consent_use
from survey_app.storage.schema.desks import api_token, audit, invitation, job, sign_on, staff
from survey_app.storage.schema.logins import (
    failed_login,
    passkey,
    recovery_code,
    second_factor,
    staff_login,
)
from survey_app.storage.schema.measures import (
    commitment,
    goal,
    measure,
    measure_municipality,
    sheet_edit,
)
from survey_app.storage.schema.places import (
    branding,
    municipality,
    network,
    organisation,
    public_list,
    site,
)
from survey_app.storage.schema.releases import ledger, ledger_wave
from survey_app.storage.schema.returns import handed_back, taking_part
from survey_app.storage.schema.reviews import TAKEN_BACK, UNDER_REVIEW, reviewed, text_decision
from survey_app.storage.schema.waves import (
    FROM_PHONES,
    SHUFFLED,
    approval,
    block,
    closed_sheet,
    collector,
    imported_wave,
    open_sheet,
    open_text,
    review_text,
    saved_assignment,
    sheet_reading,
    slip,
    trace,
    wave,
    wave_key,
    wave_secret,
)

__all__ = [
    "FROM_PHONES",
    "SHUFFLED",
    "TAKEN_BACK",
    "UNDER_REVIEW",
    "api_token",
    "approval",
    "audit",
    "block",
    "branding",
    "closed_sheet",
    "collector",
    "commitment",
    "consent",
    "consent_use",
    "failed_login",
    "goal",
    "handed_back",
    "imported_wave",
    "invitation",
    "job",
    "ledger",
    "ledger_wave",
    "measure",
    "measure_municipality",
    "metadata",
    "municipality",
    "network",
    "open_sheet",
    "open_text",
    "organisation",
    "passkey",
    "public_list",
    "recovery_code",
    "review_text",
    "reviewed",
    "saved_assignment",
    "second_factor",
    "sheet_edit",
    "sheet_reading",
    "sign_on",
    "site",
    "slip",
    "staff",
    "staff_login",
    "taking_part",
    "text_decision",
    "trace",
    "wave",
    "wave_key",
    "wave_secret",
]
