"""One disagreement: a stretch or event on which two coders of one session differ."""

from dataclasses import dataclass
from typing import Literal

from imhcode.domain.event import Values

Kind = Literal["missed", "added", "confused", "early", "late", "modifier"]
Edge = Literal["onset", "offset", ""]
US = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One difference; the second coder's, seen from the first.

    Attributes
    ----------
    kind : str
        ``missed``: only the first coder has it; ``added``: only the second; ``confused``: another
        code; ``early``, ``late``: the second coder's boundary; ``modifier``: another value.
    from_us, until_us : int
        The stretch to look at, half-open; an instant has no length.
    code_a, code_b : str
        Empty where nothing was coded.
    event_a, event_b : str
        Ids of the events; empty where there is none.
    edge : str
        ``onset`` or ``offset`` of an early or late event; empty if the whole event lies elsewhere.
    by_us : int
        Second coder's boundary minus the first one's.
    by_frames : int or None
        The same in frames, where both were coded on the same recording.
    modifier, values_a, values_b
        Of a modifier.
    weight : float
        Seconds about which they differ; 1 for an instant that one lacks or calls otherwise, 0.5
        for a modifier.
    """

    track_id: str
    instance: str = ""
    kind: Kind
    from_us: int
    until_us: int
    code_a: str = ""
    code_b: str = ""
    event_a: str = ""
    event_b: str = ""
    edge: Edge = ""
    by_us: int = 0
    by_frames: int | None = None
    modifier: str = ""
    values_a: Values = ()
    values_b: Values = ()
    weight: float

    @property
    def key(self) -> str:
        """What a decision about it is kept under: the same as long as the originals are."""
        about = self.modifier or self.edge
        place = f"{self.from_us}-{self.until_us}"
        parts = (self.track_id, self.instance, self.kind, about, place, self.event_a, self.event_b)
        return "|".join(parts)
