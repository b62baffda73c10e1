"""What the decoder has reported as damaged, and which pictures are built on that."""

from imhcode.media.packet_index import PacketIndex


class Damage:
    """The damaged packets of each group of pictures met so far.

    A picture is predicted from earlier ones of its group, so that all after a damaged one may
    show its traces.  Known is only what was decoded; but to decode a picture everything it is
    built on is decoded before it.

    Parameters
    ----------
    index : PacketIndex
        Of the recording.
    """

    def __init__(self, index: PacketIndex) -> None:
        self._index = index
        self._damaged: dict[int, set[int]] = {}  # ordinals, by the keyframe of their group

    def note(self, ordinal: int) -> None:
        """Remember that the packet with that ordinal is damaged."""
        self._damaged.setdefault(int(self._index.start[ordinal]), set()).add(ordinal)

    def forget(self, ordinal: int) -> None:
        """It was not damaged after all, only late."""
        self._damaged.get(int(self._index.start[ordinal]), set()).discard(ordinal)

    def is_in(self, frame: int) -> bool:
        """Whether a frame is damaged, or built on one that is."""
        if not self._damaged:
            return False
        ordinal = int(self._index.ordinals[frame])
        return ordinal >= min(
            self._damaged.get(int(self._index.start[ordinal]), ()), default=ordinal + 1
        )
