"""What was decided about a disagreement, or about an event of a gold standard."""

from dataclasses import dataclass
from typing import Literal, get_args

Choice = Literal["mine", "theirs", "both", "neither", "third", "accept"]
CHOICES: tuple[Choice, ...] = get_args(Choice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision; it lies in the edit that carries it out, so that undo takes back both.

    Attributes
    ----------
    about : str
        Key of the disagreement; for ``accept`` the id of an event.
    choice : str
        ``mine`` and ``theirs`` are the first and the second coder's.  ``accept``: no disagreement
        was decided, only what else is accepted.
    note : str
        Why.
    accepted : tuple of str
        Codes that count as right too where others are scored against this event; an empty one:
        nothing need be coded there.
    """

    about: str
    choice: Choice
    note: str = ""
    accepted: tuple[str, ...] = ()
