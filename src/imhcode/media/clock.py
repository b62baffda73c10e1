"""The one authority on "now" while a recording plays."""

import time
from collections.abc import Callable


class Clock:
    """Recording time that runs forward or backward and never past its ends.

    A monotonic clock drives it, or, while sound is heard, the sound device (`follow`): two
    crystals never agree, and what is heard cannot wait.  Belongs to one thread at a time; a
    player guards it with its lock.

    Parameters
    ----------
    now_ns : callable
        A monotonic clock, nanoseconds.
    end_us : int or None
        Where the clock stops, µs; ``None`` for no end.
    """

    def __init__(
        self, now_ns: Callable[[], int] = time.monotonic_ns, *, end_us: int | None = None
    ) -> None:
        self._monotonic_ns = now_ns
        self._now_ns = now_ns
        self._end_us = end_us
        self._anchor_us = 0
        self._anchor_ns: int | None = None  # None while it stands still
        self._rate = 1.0

    @property
    def is_running(self) -> bool:
        """Whether `play` was called after the last `pause`; stays true at the end."""
        return self._anchor_ns is not None

    @property
    def is_following(self) -> bool:
        """Whether something else than the monotonic clock drives it."""
        return self._now_ns is not self._monotonic_ns

    @property
    def now_us(self) -> int:
        """Recording time, µs."""
        if self._anchor_ns is None:
            return self._anchor_us
        # A monotonic clock that steps back after a suspend must not take pictures back.
        elapsed_ns = max(0, self._now_ns() - self._anchor_ns)
        return self._clamped(self._anchor_us + int(elapsed_ns * self._rate) // 1_000)

    @property
    def rate(self) -> float:
        """Recording time a unit of real time: 1.0 is natural speed, below 0 is backward."""
        return self._rate

    @rate.setter
    def rate(self, rate: float) -> None:
        if rate == 0:
            msg = "a clock runs forward or backward, not at 0: pause it"
            raise ValueError(msg)
        self._anchor(self.now_us)
        self._rate = rate

    def play(self) -> None:
        """Let time run from where it stands."""
        if self._anchor_ns is None:
            self._anchor_ns = self._now_ns()

    def follow(self, heard_ns: Callable[[], int], *, from_us: int) -> None:
        """Run by another clock from now on, until `run_free` or `pause`.

        Parameters
        ----------
        heard_ns : callable
            That clock, nanoseconds.  Below 0 it is still ahead of its beginning, and time waits.
        from_us : int
            The recording time at its 0, µs.
        """
        self._now_ns = heard_ns
        self._anchor_us, self._anchor_ns = self._clamped(from_us), 0

    def run_free(self) -> None:
        """Go on by the monotonic clock, from the present time."""
        self._anchor_us, self._now_ns = self.now_us, self._monotonic_ns
        if self._anchor_ns is not None:
            self._anchor_ns = self._now_ns()

    def pause(self) -> None:
        """Stand still at the present time."""
        self._anchor_us = self.now_us
        self._anchor_ns = None
        self._now_ns = self._monotonic_ns

    def seek(self, time_us: int) -> None:
        """Move to ``time_us``; a running clock keeps running from there."""
        self._anchor(self._clamped(time_us))

    def _anchor(self, time_us: int) -> None:
        self._anchor_us = time_us
        if self._anchor_ns is not None:
            self._anchor_ns = self._now_ns()

    def _clamped(self, time_us: int) -> int:
        time_us = max(0, time_us)
        return time_us if self._end_us is None else min(time_us, self._end_us)
