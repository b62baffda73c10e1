"""Lines of the edit log in words: what was done, and when."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from imhcode.domain.edit import Cause, Gesture

_DONE: dict[Gesture, str] = {
    "press": "Coded",
    "add": "Added",
    "delete": "Deleted",
    "set-onset": "Onset set",
    "set-offset": "Offset set",
    "recode": "Code changed",
    "modifier": "Modifier",
    "comment": "Comment",
    "import": "Imported",
    "close": "Ended",
    "link": "Linked",
    "unlink": "Link taken off",
    "move": "Moved",
    "nudge": "Nudged",
    "split": "Split",
    "join": "Joined",
    "insert": "Inserted",
    "copy": "Copied",
    "review": "Reviewed",
    "flag": "Flagged",
    "transcript": "Words",
    "instance": "Who",
    "rate": "Rated",
    "map": "Moved to another scheme",
    "consensus": "Agreed",
}
_CAUSES: dict[Cause, str] = {"do": "{done}", "undo": "Undone: {done}", "redo": "Redone: {done}"}


def gesture_in_words(gesture: Gesture, cause: Cause = "do") -> str:
    """What a gesture is called, and whether it was taken back or brought back."""
    words = QCoreApplication.translate("gestures", _CAUSES[cause])
    return words.format(done=QCoreApplication.translate("gestures", _DONE.get(gesture, gesture)))


def instant_in_words(at_utc: str, today: date) -> str:
    """When something was done, by the clock of this place; with its date if it was not today."""
    try:
        at = datetime.fromisoformat(at_utc).astimezone()
    except ValueError:
        return at_utc
    clock = at.strftime("%H:%M:%S")
    if at.date() == today:
        return clock
    day = QDate(at.year, at.month, at.day)
    return f"{QLocale().toString(day, QLocale.FormatType.ShortFormat)} {clock}"
