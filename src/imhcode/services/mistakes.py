"""What is kept of our own mistakes, for a report: places in the program, nothing of the user's."""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path


def noted_in(failure: BaseException) -> Path | None:
    """Note the places a mistake went through; the log, or ``None`` if it cannot be written.

    The kind of mistake and the places in the program: no message, no file, no id and no code.
    """
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
