"""Whether a recording can be played, and if not, or not quickly, why."""

import os
from dataclasses import dataclass
from enum import Enum

import numpy as np

from imhcode.domain.errors import ImhcodeError
from imhcode.media.container import opened_pictures
from imhcode.media.errors import NoDecodableFrame
from imhcode.media.packet_index import MISSING, frames_decoded, read_packet_index
from imhcode.media.recording_path import checked_recording_path

_MANY_PIXELS = 250 * 1920 * 1080  # decoding them for one jump takes some two seconds


class Drawback(Enum):
    """What makes a recording awkward though exact; the value says it in words."""

    LONG_JUMPS = "Jumps take seconds: there are many pictures between one keyframe and the next."
    NO_TIMES = "The file stores no times for its pictures; they are counted at an even rate."
    CUT_OFF = "The file was cut off; pictures are missing at its end."


@dataclass(frozen=True)
class Playability:
    """What can be expected of a recording.

    Attributes
    ----------
    can_play : bool
        Whether it opens.
    why_not : ImhcodeError or None
        The reason, with its sentence, if it does not.
    drawbacks : tuple of Drawback
        What is awkward about one that opens.
    """

    can_play: bool
    why_not: ImhcodeError | None = None
    drawbacks: tuple[Drawback, ...] = ()

    @property
    def conversion_helps(self) -> bool:
        """Whether a converted copy (`imhcode.media.conversion`) would be better to work with.

        It makes jumps quick.  It cannot bring back what is not in the file, and nothing that
        cannot be opened can be converted: both use the same decoders.
        """
        return Drawback.LONG_JUMPS in self.drawbacks


def playability(path: str | os.PathLike[str]) -> Playability:
    """Look at a recording as opening it does: read its packets, decode its first picture.

    Never raises `Refused` or `Trouble`: they are the answer.
    """
    try:
        checked = checked_recording_path(path)
        with opened_pictures(checked) as (container, stream):
            index = read_packet_index(container, stream, checked)
            pixels = max(1, stream.width * stream.height)
        with opened_pictures(checked) as (container, stream):
            if next(frames_decoded(container, stream), None) is None:
                raise NoDecodableFrame(path=checked)
    except ImhcodeError as reason:
        return Playability(can_play=False, why_not=reason)
    ordinals = index.ordinals
    farthest = int(np.max(ordinals - index.start[ordinals]))
    found = []
    if farthest * pixels > _MANY_PIXELS:
        found.append(Drawback.LONG_JUMPS)
    if index.first_pts == MISSING:
        found.append(Drawback.NO_TIMES)
    if index.packets_missing:
        found.append(Drawback.CUT_OFF)
    return Playability(can_play=True, drawbacks=tuple(found))
