"""What a format cannot hold: said before anything is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that does not survive, or is written in another way.

    Attributes
    ----------
    what : str
        Short name, for scripts: ``links``, ``microseconds``, ``overlaps``.
    count : int
        How many of them these records hold.
    how : str
        One sentence without full stop: what becomes of them.
    """

    what: str
    count: int
    how: str
