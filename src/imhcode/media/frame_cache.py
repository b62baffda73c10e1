"""Decoded frames kept for a while, so that stepping back is not decoding again."""

from collections import OrderedDict

import av


class FrameCache:
    """The frames decoded last, up to a number of bytes.

    Frames are kept in their native planes (half the bytes of RGB) at the size last asked for.
    The oldest leave first: while a group is decoded on the way to a frame, those furthest before
    it leave and the ones the coder steps back to next stay.

    Parameters
    ----------
    budget_bytes : int
        The most it holds; a single larger frame is not kept at all.
    """

    def __init__(self, budget_bytes: int) -> None:
        self._budget_bytes = budget_bytes
        self._held: OrderedDict[int, tuple[av.VideoFrame, int]] = OrderedDict()
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

    def get(self, frame: int) -> av.VideoFrame | None:
        """Return the decoded frame of that number, if it is held."""
        held = self._held.get(frame)
        return held[0] if held else None

    def put(self, frame: int, decoded: av.VideoFrame) -> None:
        """Keep a decoded frame; the oldest make room."""
        self._drop(frame)
        n_bytes = sum(plane.buffer_size for plane in decoded.planes)
        self._last_bytes = max(1, n_bytes)
        if n_bytes > self._budget_bytes:
            return
        self._held[frame] = (decoded, n_bytes)
        self.held_bytes += n_bytes
        while self.held_bytes > self._budget_bytes:
            self._drop(next(iter(self._held)))

    def clear(self) -> None:
        """Forget everything, because the size asked for has changed."""
        self._held.clear()
        self.held_bytes = 0

    def _drop(self, frame: int) -> None:
        held = self._held.pop(frame, None)
        if held:
            self.held_bytes -= held[1]
