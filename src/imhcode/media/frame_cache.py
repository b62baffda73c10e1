"""Decoded frames kept for a while, so that stepping back is not decoding again."""

from bisect import bisect_left, insort
from typing import Generic, TypeVar

BEHIND_SHARE = 0.75  # of the room lies before the playhead: decoding on is cheap, going back not

Held = TypeVar("Held")


class FrameCache(Generic[Held]):
    """The frames around the playhead, up to a number of bytes.

    Frames are kept as they were decoded (native planes are half the bytes of RGB), at the size
    last asked for.  Those farthest from the playhead leave first; one ahead of it counts as three
    times as far as one behind.

    Parameters
    ----------
    budget_bytes : int
        The most it holds; a single larger frame is not kept at all.
    """

    def __init__(self, budget_bytes: int) -> None:
        self._budget_bytes = budget_bytes
        self._held: dict[int, tuple[Held, int]] = {}
        self._numbers: list[int] = []  # of the frames held, rising
        self._playhead = 0
        self.held_bytes = 0
        self._last_bytes = 1

    @property
    def capacity(self) -> int:
        """How many frames of the size kept last fit in."""
        return self._budget_bytes // self._last_bytes

    def __contains__(self, frame: int) -> bool:
        return frame in self._held

    def __len__(self) -> int:
        return len(self._held)

    def get(self, frame: int) -> Held | None:
        """Return the decoded frame of that number, if it is held."""
        held = self._held.get(frame)
        return held[0] if held else None

    def nearest(self, frame: int) -> int | None:
        """Return the number of the frame held that is nearest to this one."""
        place = bisect_left(self._numbers, frame)
        beside = self._numbers[max(0, place - 1) : place + 1]
        return min(beside, key=lambda number: abs(number - frame), default=None)

    def move_to(self, frame: int) -> None:
        """Say where the playhead is: what is far from here makes room from now on."""
        self._playhead = frame

    def limit(self, budget_bytes: int) -> None:
        """Hold so much at most from now on."""
        self._budget_bytes = budget_bytes
        self._make_room()

    def put(self, frame: int, decoded: Held, n_bytes: int) -> None:
        """Keep a decoded frame; the farthest make room, which may be this one."""
        self._drop(frame)
        self._last_bytes = max(1, n_bytes)
        if n_bytes > self._budget_bytes:
            return
        self._held[frame] = (decoded, n_bytes)
        insort(self._numbers, frame)
        self.held_bytes += n_bytes
        self._make_room()

    def _make_room(self) -> None:
        while self.held_bytes > self._budget_bytes:
            self._drop(max(self._numbers[0], self._numbers[-1], key=self._distance))

    def clear(self) -> None:
        """Forget everything, because the size asked for has changed."""
        self._held.clear()
        self._numbers.clear()
        self.held_bytes = 0

    def _distance(self, frame: int) -> float:
        ahead = frame - self._playhead
        return ahead / (1 - BEHIND_SHARE) if ahead > 0 else -ahead / BEHIND_SHARE

    def _drop(self, frame: int) -> None:
        held = self._held.pop(frame, None)
        if held:
            self.held_bytes -= held[1]
            del self._numbers[bisect_left(self._numbers, frame)]
