"""What goes wrong, said in a sentence and an exit status: 2 refused, 3 trouble.

A traceback is shown for our own mistakes only.  What the log keeps of one names places in the
program and the kind of mistake: no message, no file of the user's, no id and no code.
"""

import logging
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from imhcode.domain.errors import Refused, Trouble

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
    noted = _note(failure)
    where = f" Where it happened was noted in {noted}." if noted else ""
    _say(f"\nThis is a mistake in imhcode, not yours; what was acknowledged is saved.{where}")
    _say("Please report the lines above; look first whether they name a person.")


def _note(failure: Exception) -> Path | None:
    """Note the places the mistake went through; ``None`` if that cannot be written."""
    from platformdirs import user_log_path  # noqa: PLC0415  (only needed when all else failed)

    path = user_log_path("imhcode", appauthor=False) / "imhcode.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=1, encoding="utf-8")
        frames = traceback.extract_tb(failure.__traceback__)
        places = " < ".join(
            f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in reversed(frames)
        )
        record = logging.makeLogRecord({"msg": f"{type(failure).__name__}: {places}"})
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        handler.emit(record)
        handler.close()
    except OSError:
        return None
    return path


def _say(text: str) -> None:
    print(text, file=sys.stderr)
