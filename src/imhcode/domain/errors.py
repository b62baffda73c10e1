"""Errors sorted by blame, each with its sentence.

``Refused``: the person asked for what the rules forbid.  ``Trouble``: the world failed (disk,
file, device).  Anything else that escapes is our bug.

A class carries its sentence as a template and its details as fields, so that an error can never
lack a sentence, a script can read the fields, and the window can translate the template before
the fields are filled in (docs/decisions/0008).
"""

from typing import ClassVar


class ImhcodeError(Exception):
    """Something that is not our bug, said in one sentence and, where there is one, a next step.

    Attributes
    ----------
    sentence : str
        What is wrong, with ``{fields}``.
    next_step : str
        What the person can do now, with ``{fields}``; may be empty.
    fields : dict
        The values for both, by name.
    """

    sentence: ClassVar[str] = ""
    next_step: ClassVar[str] = ""

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.text())

    def text(self) -> str:
        """Sentence and next step, filled in."""
        return f"{self.sentence} {self.next_step}".strip().format(**self.fields)


class Refused(ImhcodeError):  # noqa: N818  (Refused and Trouble are the words of the house)
    """The person asked for something that the rules forbid; nothing has changed."""


class Trouble(ImhcodeError):  # noqa: N818
    """The world failed: a disk, a file, a device; nothing has changed."""
