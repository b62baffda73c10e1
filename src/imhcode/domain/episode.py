"""Episodes: named stretches of a session, the same for every coder."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A named stretch of a session, half-open on the session clock.

    Attributes
    ----------
    kind : str
        Id of the scheme's episode kind, or the lab's own word where the scheme allows it.
    onset_us : int
        First microsecond that belongs to it.
    offset_us : int or None
        First that no longer does; ``None`` while it runs.
    end_reason : str
        Id of the scheme's end reason.
    excluded : bool
        Left out of codable time.
    """

    id: str
    session_id: str
    kind: str
    label: str = ""
    onset_us: int
    offset_us: int | None = None
    end_reason: str = ""
    excluded: bool = False
