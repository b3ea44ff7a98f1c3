"""Looking for garbage is put off while much is read, and only then.

1. It is off inside and on again afterwards, whatever happened inside.
2. Who had switched it off finds it off.
"""

import gc
from contextlib import suppress

from survey_app.services.steady import steady


def test_it_is_on_again_afterwards() -> None:
    """Rule 1."""
    seen = [gc.isenabled()]
    with suppress(LookupError), steady():
        seen.append(gc.isenabled())
        raise LookupError
    assert [*seen, gc.isenabled()] == [True, False, True]


def test_what_was_off_stays_off() -> None:
    """Rule 2."""
    gc.disable()
    try:
        with steady():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
