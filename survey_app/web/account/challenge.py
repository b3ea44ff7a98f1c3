"""What a device signs to prove that it answers now: random, for one answer, for five minutes."""

import base64
import secrets
from typing import Final

from flask import session

CHALLENGE: Final = "challenge"  # in the session
BYTES: Final = 32
PATIENCE: Final = 5 * 60


def new_challenge(now: float) -> bytes:
    """Return a challenge and keep it in the session."""
    challenge = secrets.token_bytes(BYTES)
    session[CHALLENGE] = [base64.b64encode(challenge).decode(), int(now)]
    return challenge


def taken_challenge(now: float) -> bytes | None:
    """Return the challenge of this session once, if it is not too old."""
    challenge, begun = session.pop(CHALLENGE, (None, 0))
    if challenge is None or not 0 <= now - begun <= PATIENCE:
        return None
    return base64.b64decode(challenge)
