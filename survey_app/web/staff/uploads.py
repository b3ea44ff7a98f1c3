"""A form that brings a file may be larger than others, for whoever is logged in.

The limits are those of one request; every other form stays as small as forms are.
"""

from typing import Final

from flask import request
from flask_security import current_user

AROUND_A_FILE: Final = 20_000  # what a browser adds to a file it sends
AT_ONCE: Final = 500_000  # Werkzeug reads a file in pieces, and counts a piece as memory


def allow_a_file(size: int) -> None:
    """Let a file of this size through in the request that is being answered.

    The form is read before the login is asked for, so strangers send nothing large.
    """
    if current_user.is_authenticated:
        request.max_content_length = size + AROUND_A_FILE
        request.max_form_memory_size = AT_ONCE
