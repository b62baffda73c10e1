"""What a comparison of two coders depends on beside their records; stored with every result."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from imhcode.analysis.alignment import DEFAULT_COSTS, Costs
from imhcode.analysis.overlap_linking import DEFAULT_SHARE
from imhcode.domain.scheme import Scheme, Track

DEFAULT_TOLERANCE_US = 1_000_000  #: where neither the person nor the scheme names one


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Parameters of a comparison.

    Attributes
    ----------
    tolerance_us : int or None
        For boundaries of states and onsets of events; ``None``: what the scheme says for a track.
    overlap : float
        Share of the longer state that a linked pair must have in common.
    draws, level, seed : int, float, int
        Of the resampled intervals.
    """

    tolerance_us: int | None = None
    overlap: float = DEFAULT_SHARE
    costs: Costs = field(default_factory=lambda: DEFAULT_COSTS)
    draws: int = 2_000
    level: float = 0.95
    seed: int = 1

    def tolerance_of(self, scheme: Scheme, track: Track) -> int:
        """The tolerance on one track; bins lie where they lie, so that theirs is zero."""
        if track.kind == "interval":
            return 0
        if self.tolerance_us is not None:
            return self.tolerance_us
        for plain in scheme.document.get("tracks", ()):
            if plain.get("id") == track.id:
                seconds = (plain.get("reliability") or {}).get("tolerance_s")
                if seconds is not None:
                    return round(float(seconds) * 1_000_000)
        return DEFAULT_TOLERANCE_US

    def digest(self) -> str:
        """The first 16 digits of the SHA-256 of the parameters as canonical JSON."""
        text = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]
