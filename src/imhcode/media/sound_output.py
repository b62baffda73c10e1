"""Between the thread that makes sound and the device that asks for it, and what time that is."""

import threading
import time
from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from imhcode.media.audio import RATE_HZ

_SETTLING = 20  # calls of the device over which the first guess of its time is averaged
_PULL_EARLY, _PULL_LATE = 0.08, 0.01  # how far one call after those moves the guess
_STEADY = 4  # calls after which that guess is good enough to begin
_NS_A_FRAME = 1_000_000_000 / RATE_HZ
_FULL = 1.0

Samples = NDArray[np.float32]


class SoundOutput:
    """A queue of frames, mixed for two ears, and the clock of the device that empties it.

    A device asks in bursts and by its own crystal.  Its time is taken as the monotonic clock,
    pulled a little towards the number of frames it has asked for at each call: bursts are
    smoothed, and no drift remains.  A call may come late because the machine is busy but never
    early, so calls that come early count for more.

    Parameters
    ----------
    latency_us : int
        From being asked for to being heard, µs.
    now_ns : callable
        A monotonic clock, nanoseconds.
    """

    def __init__(self, latency_us: int, now_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self._latency_ns = latency_us * 1_000
        self._now_ns = now_ns
        self._changed = threading.Condition()
        self._blocks: deque[tuple[int, Samples]] = deque()
        self._written = 0
        self._read = 0  # both counted from the beginning of what was loaded last
        self._starts_ns: int | None = None  # not before this instant; None: not yet
        self._begun_at_frame: int | None = None
        self._asked_frames = 0
        self._n_calls = 0
        self._called_ns = 0
        self._asked_ns = 0.0  # smoothed, at the last call
        self.matrix = np.ones((1, 2), np.float32)
        self.loudness = 1.0
        self._loudness_now = 1.0

    # -- for the thread that makes sound ------------------------------------------------------

    def load(self) -> None:
        """Forget what is queued; what is written from now on begins when told to."""
        with self._changed:
            self._blocks.clear()
            self._written = self._read = 0
            self._starts_ns = self._begun_at_frame = None
            self._changed.notify_all()

    def write(self, block: Samples) -> None:
        """Queue frames, shape (n_frames, channels)."""
        with self._changed:
            self._blocks.append((self._written, block))
            self._written += len(block)
            self._changed.notify_all()

    @property
    def ahead(self) -> int:
        """How many frames are queued."""
        with self._changed:
            return self._written - self._read

    def wait(self, until: Callable[[], bool], timeout_s: float | None = None) -> bool:
        """Wait until something holds; it is looked at whenever the queue changes."""
        with self._changed:
            return self._changed.wait_for(until, timeout_s)

    def notify(self) -> None:
        """Let those who wait look again."""
        with self._changed:
            self._changed.notify_all()

    # -- for who conducts ---------------------------------------------------------------------

    @property
    def is_steady(self) -> bool:
        """Whether the device has asked often enough for its time to be known."""
        return self._n_calls >= _STEADY

    @property
    def has_begun(self) -> bool:
        """Whether the first frame has gone to the device."""
        return self._begun_at_frame is not None

    def silent_for_ns(self) -> int:
        """How long the device has not asked for anything."""
        return self._now_ns() - self._called_ns if self._n_calls else 0

    def begin(self, heard_at_ns: int = 0) -> None:
        """Let the first frame be heard as soon as can be, or at an instant of the future."""
        with self._changed:
            self._starts_ns = heard_at_ns - self._latency_ns

    def heard_ns(self) -> int:
        """How much of what was loaded has been heard, ns; below 0 while it is on its way."""
        with self._changed:
            if self._begun_at_frame is None:
                return -self._latency_ns
            asked_ns = self._asked_ns + self._now_ns() - self._called_ns
            return round(asked_ns - self._begun_at_frame * _NS_A_FRAME) - self._latency_ns

    # -- for the device -----------------------------------------------------------------------

    def restart_device(self) -> None:
        """Forget the time of the device before."""
        with self._changed:
            self._asked_frames = self._n_calls = 0
            self._called_ns = self._now_ns()

    def fill(self, n_frames: int) -> Samples:
        """Return the next frames for two ears; silence where there is nothing.

        Returns
        -------
        ndarray of float32, shape (n_frames, 2)
        """
        mixed = np.zeros((n_frames, 2), np.float32)
        with self._changed:
            self._keep_time()
            skipped = self._frames_until_begin(n_frames)
            if skipped < n_frames:
                if self._begun_at_frame is None:
                    self._begun_at_frame = self._asked_frames + skipped
                self._take(mixed[skipped:])
            self._asked_frames += n_frames
            self._changed.notify_all()
        # A step in loudness clicks; over one call it does not.
        steps = np.linspace(self._loudness_now, self.loudness, n_frames, dtype=np.float32)
        self._loudness_now = self.loudness
        return np.asarray(np.clip(mixed * steps[:, None], -_FULL, _FULL), dtype=np.float32)

    def _keep_time(self) -> None:
        now_ns, asked_ns = self._now_ns(), self._asked_frames * _NS_A_FRAME
        if self._n_calls == 0:
            self._asked_ns = asked_ns
        else:
            expected_ns = self._asked_ns + now_ns - self._called_ns
            off_ns = asked_ns - expected_ns
            pull = _PULL_EARLY if off_ns > 0 else _PULL_LATE
            if self._n_calls < _SETTLING:
                pull = 1 / (self._n_calls + 1)
            self._asked_ns = expected_ns + pull * off_ns
        self._called_ns = now_ns
        self._n_calls += 1

    def _frames_until_begin(self, n_frames: int) -> int:
        if self._begun_at_frame is not None:
            return 0
        if self._starts_ns is None:
            return n_frames
        ahead_ns = self._starts_ns - self._called_ns
        return min(n_frames, max(0, round(ahead_ns / _NS_A_FRAME)))

    def _take(self, mixed: Samples) -> None:
        """Mix what is queued for these frames; late frames are left out, not shifted."""
        first, end = self._read, self._read + len(mixed)
        while self._blocks and self._blocks[0][0] < end:
            start, block = self._blocks[0]
            low, high = max(first, start), min(end, start + len(block))
            if low < high:
                part = block[low - start : high - start]
                if part.shape[1] == len(self.matrix):
                    mixed[low - first : high - first] = part @ self.matrix
            if start + len(block) > end:
                break
            self._blocks.popleft()
        self._read = end
