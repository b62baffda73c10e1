"""Turns between two sides: where the floor changes, how long the pause is, where they overlap."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from imhcode.analysis.coded_lane import CodedLane
from imhcode.analysis.runs import Flags
from imhcode.analysis.spans import Times, Union


@dataclass(frozen=True, slots=True, eq=False)
class Turns:
    """Changes from one side to the other.

    Attributes
    ----------
    pauses : array of int64, shape (changes,)
        From the end of what one side did to the onset of what the other does, in microseconds;
        negative where they overlap.
    """

    pauses: Times

    def __len__(self) -> int:
        return len(self.pauses)

    @property
    def overlaps(self) -> int:
        """How many changes came before the other side had ended."""
        return int((self.pauses < 0).sum())

    @property
    def switching_pauses(self) -> Times:
        """The silences between turns."""
        return self.pauses[self.pauses >= 0]


def turns_of(
    lanes: tuple[CodedLane, CodedLane],
    mine: tuple[Flags, Flags],
    time: Union,
    max_gap_us: int,
) -> Turns:
    """Where the floor changes within codable time, with no longer silence than ``max_gap_us``.

    At one instant the first side comes first.
    """
    onsets = np.concatenate([lane.onsets[one] for lane, one in zip(lanes, mine, strict=True)])
    offsets = np.concatenate([lane.offsets[one] for lane, one in zip(lanes, mine, strict=True)])
    side: npt.NDArray[np.int64] = np.repeat([0, 1], [int(one.sum()) for one in mine])
    order = np.lexsort((side, onsets))
    onsets, offsets, side = onsets[order], offsets[order], side[order]
    piece = np.searchsorted(time.onsets, onsets, side="right")
    pauses = onsets[1:] - offsets[:-1]
    change = (side[1:] != side[:-1]) & (pauses <= max_gap_us) & (piece[1:] == piece[:-1])
    return Turns(pauses[change])
