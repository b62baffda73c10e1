"""Which frames to decode while the coder looks, so that the next step costs nothing.

Going forward is decoding on: a few frames ahead are enough.  Going back needs the group of
pictures decoded from its keyframe before anybody asks.  Where a group does not fit into the
cache, the stretch just behind the playhead is kept; the stretch before it is decoded when half of
this one is used up, so that a group is decoded a few times in all and not once a step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from imhcode.media.frame_cache import BEHIND_SHARE

if TYPE_CHECKING:
    from imhcode.media.packet_index import PacketIndex

_SOON = 12  # frames ahead that come before anything behind
_SPARE = 4  # frames of the capacity that stay free: frames differ a little in size
_LEAST = 12  # a cache of fewer frames is for what was decoded on the way, no more


@dataclass(frozen=True)
class Stretch:
    """Frames ``first`` to ``last`` (both included) of one group, to be decoded next.

    ``is_behind`` says on which side of the playhead they lie.
    """

    first: int
    last: int
    is_behind: bool


@dataclass(frozen=True)
class Surroundings:
    """What is known when the next stretch is chosen.

    Attributes
    ----------
    playhead : int
        The frame asked for last.
    moving_back : bool
        Whether it was asked for by going backward.
    last_frame : int
        Of the recording.
    capacity : int
        Frames that fit into the cache.
    is_held : callable
        Whether a frame need not be decoded.
    group_of : callable
        The first and the last frame of the group that a frame belongs to.
    """

    playhead: int
    moving_back: bool
    last_frame: int
    capacity: int
    is_held: Callable[[int], bool]
    group_of: Callable[[int], tuple[int, int]]

    @property
    def behind(self) -> int:
        """How many frames before the playhead are to be kept."""
        return int((self.capacity - _SPARE) * BEHIND_SHARE)

    @property
    def ahead(self) -> int:
        """How many frames after the playhead are to be kept."""
        return self.capacity - _SPARE - self.behind - 1

    def covers(self, frame: int) -> bool:
        """Whether a frame is near enough to be kept."""
        return self.playhead - self.behind <= frame <= self.playhead + self.ahead


def next_stretch(around: Surroundings, *, only_next: bool = False) -> Stretch | None:
    """Return what to decode next; None when all is there that is worth having.

    With ``only_next``, None as soon as the next steps in the present direction are there.
    """
    if around.capacity < _LEAST:
        return None
    soon = _ahead(around, min(_SOON, around.ahead))
    if only_next:
        return _behind(around) if around.moving_back else soon
    behind = _behind(around)
    first, second = (behind, soon) if around.moving_back else (soon, behind)
    return first or second or _ahead(around, around.ahead)


def keyframes_near(playhead: int, index: "PacketIndex", *, longer_than: int) -> list[int]:
    """Return the frames that begin groups of more packets than that, nearest first."""
    starts, lengths = np.unique(index.start[index.ordinals], return_counts=True)
    frames = index.frames[starts[lengths > longer_than]]
    shown = frames[frames >= 0]
    return [int(one) for one in shown[np.argsort(np.abs(shown - playhead), kind="stable")]]


def _behind(around: Surroundings) -> Stretch | None:
    lowest = max(0, around.playhead - around.behind)
    missing = around.playhead - 1
    while missing >= lowest and around.is_held(missing):
        missing -= 1
    if missing < lowest:
        return None
    group_first, _ = around.group_of(missing)
    first = max(lowest, group_first)
    if first == group_first or missing - first + 1 >= around.behind // 2:
        return Stretch(first, missing, is_behind=True)
    return None


def _ahead(around: Surroundings, reach: int) -> Stretch | None:
    last = min(around.last_frame, around.playhead + reach)
    missing = around.playhead + 1
    while missing <= last and around.is_held(missing):
        missing += 1
    held = missing - around.playhead - 1
    if missing > last or held > reach // 2:
        return None
    _, group_last = around.group_of(missing)
    return Stretch(missing, min(last, group_last), is_behind=False)
