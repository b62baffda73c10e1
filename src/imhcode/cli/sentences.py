"""What goes wrong, said in a sentence and an exit status: 2 refused, 3 trouble.

A traceback is shown for our own mistakes only.
"""

import sys
import traceback

from imhcode.domain.errors import Refused, Trouble
from imhcode.services.mistakes import noted_in

REFUSED, TROUBLE = 2, 3


def told(failure: Exception) -> int:
    """Say on stderr what went wrong; return the exit status."""
    if isinstance(failure, Refused):
        _say(failure.text())
        return REFUSED
    if isinstance(failure, Trouble):
        _say(failure.text())
    elif isinstance(failure, OSError):
        where = f"{failure.filename}: " if failure.filename else ""
        _say(f"The computer would not: {where}{failure.strerror or failure}.")
    else:
        _tell_of_our_mistake(failure)
    return TROUBLE


def _tell_of_our_mistake(failure: Exception) -> None:
    traceback.print_exception(failure, file=sys.stderr)
    noted = noted_in(failure)
    where = f" Where it happened was noted in {noted}." if noted else ""
    _say(f"\nThis is a mistake in imhcode, not yours; what was acknowledged is saved.{where}")
    _say("Please report the lines above; look first whether they name a person.")


def _say(text: str) -> None:
    print(text, file=sys.stderr)
