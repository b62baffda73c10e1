"""A sound device of memory: it keeps what it is given and runs by a clock set by hand."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from imhcode.media.audio import RATE_HZ, Fill
from imhcode.media.sound_errors import NoSoundDevice


class RecordingSink:
    """Sound without hardware, for tests and benchmarks: every frame and when it was heard.

    Parameters
    ----------
    latency_us : int
        From being asked for to being heard.
    period_frames : int
        What it asks for at a time.
    parts_per_million : float
        How much faster than the monotonic clock its crystal runs.
    jitter_us : int
        By how much its calls come late, alternating over a few periods.
    works : bool
        Whether it can be opened at all.
    """

    def __init__(
        self,
        *,
        latency_us: int = 36_000,
        period_frames: int = 480,
        parts_per_million: float = 0.0,
        jitter_us: int = 0,
        works: bool = True,
    ) -> None:
        self.latency_us = latency_us
        self.works = works
        self._period_frames = period_frames
        self._rate_hz = RATE_HZ * (1 + parts_per_million / 1_000_000)
        self._jitter_us = jitter_us
        self._fill: Fill | None = None
        self._on_lost: Callable[[], None] = lambda: None
        self._opened_us = 0
        self._now_us = 0
        self._n_calls = 0
        self._blocks: list[NDArray[np.float32]] = []

    @property
    def is_open(self) -> bool:
        """Whether it asks for frames."""
        return self._fill is not None

    @property
    def heard(self) -> NDArray[np.float32]:
        """All frames since it was opened: float32, shape (frames, 2)."""
        return np.concatenate([np.zeros((0, 2), np.float32), *self._blocks])

    def heard_at_us(self, frame: float) -> float:
        """When a frame of `heard` reached the ear, µs of the clock set by hand."""
        return self._opened_us + frame / self._rate_hz * 1_000_000 + self.latency_us

    def open(self, fill: Fill, on_lost: Callable[[], None]) -> None:
        """See `SoundSink.open`."""
        if not self.works:
            raise NoSoundDevice(reason="there is none")
        self._blocks, self._n_calls = [], 0
        self._opened_us = self._now_us
        self._fill, self._on_lost = fill, on_lost

    def close(self) -> None:
        """See `SoundSink.close`."""
        self._fill = None

    def next_call_us(self) -> float:
        """When it will ask next, µs; never while it is closed."""
        if self._fill is None:
            return float("inf")
        n_frames = self._n_calls * self._period_frames
        late_us = self._jitter_us * (self._n_calls * 7 % 5) / 4
        return self._opened_us + n_frames / self._rate_hz * 1_000_000 + late_us

    def advance_to(self, now_us: int) -> None:
        """Say what time it is; whatever call is due by then is made."""
        self._now_us = now_us
        while self._fill is not None and self.next_call_us() <= now_us:
            self._blocks.append(self._fill(self._period_frames).copy())
            self._n_calls += 1

    def vanish(self, *, silently: bool = False) -> None:
        """Be unplugged: telling so, or just never asking again."""
        on_lost, self._fill, self.works = self._on_lost, None, False
        if not silently:
            on_lost()
