"""A certificate: who reached which criterion in which version of a scheme, until when."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["valid", "recheck due", "expired", "other version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What somebody has shown to be able to do; it never changes once issued.

    Attributes
    ----------
    sessions : tuple of (str, float)
        The run that met the criterion, each with the lowest value of the index.
    issued, expires, recheck : str
        ISO dates; empty: never.
    """

    id: str
    coder_id: str
    practice_set: str
    scheme_id: str
    scheme_version: str
    scheme_hash: str
    scheme_title: str
    index: str
    threshold: float
    consecutive: int
    tracks: tuple[str, ...]
    critical: tuple[str, ...]
    sessions: tuple[tuple[str, float], ...]
    issued: str
    expires: str
    recheck: str

    def state(self, today: date, scheme_hash: str = "") -> State:
        """What it is worth on a day, for work with a version of its scheme where one is named."""
        if scheme_hash and scheme_hash != self.scheme_hash:
            return "other version"
        if self.expires and today.isoformat() >= self.expires:
            return "expired"
        if self.recheck and today.isoformat() >= self.recheck:
            return "recheck due"
        return "valid"
