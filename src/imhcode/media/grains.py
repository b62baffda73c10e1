"""The short sound of one step."""

import numpy as np
from numpy.typing import NDArray

from imhcode.media.audio import RATE_HZ

SHORTEST_US, LONGEST_US = 60_000, 120_000
_FADE = RATE_HZ // 200  # 5 ms at each end: no click

Samples = NDArray[np.float32]


def grain_us(frame_rate_hz: float) -> int:
    """How long a grain is: two frames, but no less than 60 ms and no more than 120."""
    return min(max(round(2_000_000 / frame_rate_hz), SHORTEST_US), LONGEST_US)


def faded(grain: Samples) -> Samples:
    """Return a grain, shape (n_samples, channels), that comes and goes softly."""
    ramp = (np.arange(_FADE, dtype=np.float32) + 0.5) / _FADE
    fade = np.ones(len(grain), np.float32)
    fade[:_FADE] = ramp
    fade[-_FADE:] = ramp[::-1]
    return np.asarray(grain * fade[:, None], dtype=np.float32)
