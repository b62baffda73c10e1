"""What was noticed while reading a file: one line for whoever made it."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth knowing, and where to look.

    Attributes
    ----------
    severity : str
        ``error``: the row was refused; ``warning``: it was taken, but look again.
    rule : str
        Short name, for scripts: ``unknown-code``, ``overlap``.
    line : int
        Line of the file, from 1.
    message : str
        One sentence without full stop.
    where : str
        The place in words, where the file has no lines.
    """

    severity: Severity
    rule: str
    line: int
    message: str
    where: str = ""
