"""What is wrong, or unwise, in a scheme document: one line for its author."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, and where to look.

    Attributes
    ----------
    severity : str
        ``error``: the scheme cannot be used; ``warning``: it can, but look again.
    rule : str
        Short name of the rule, for scripts: ``unknown-field``, ``key-twice``.
    where : str
        Path by ids, such as ``tracks.infant_bid.codes.look.key``.
    line : int
        Line of the file, from 1.
    message : str
        One sentence without full stop; what is wrong and, where there is one, the way out.
    """

    severity: Severity
    rule: str
    where: str
    line: int
    message: str

    def at(self, file_name: str) -> str:
        """The line to print, ``file:line: message``."""
        return f"{file_name}:{self.line}: {self.message}"
