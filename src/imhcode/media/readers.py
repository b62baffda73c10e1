"""The decoders of one recording: one goes ahead, the other, where memory allows, works behind."""

from pathlib import Path

from imhcode.media.cache_budget import CacheShare
from imhcode.media.damage import Damage
from imhcode.media.frame_reader import FrameReader
from imhcode.media.framing import Framing
from imhcode.media.packet_index import PacketIndex


class Readers:
    """Two decoders, so that neither loses its place to the other.  Belongs to one thread.

    Parameters
    ----------
    path : Path
        The checked file.
    index : PacketIndex
        Its packets.
    framing : Framing
        Says how large its frames are.
    share : CacheShare
        Says how much memory there is; given back by `close`.

    Attributes
    ----------
    ahead : FrameReader
        Goes forward from where the coder is.
    damage : Damage
        What both have found.
    """

    def __init__(self, path: Path, index: PacketIndex, framing: Framing, share: CacheShare) -> None:
        self._path, self._index, self._share = path, index, share
        self.damage = Damage(index)
        self._frame_bytes = framing.coded_width * framing.coded_height * 3 // 2
        self._behind: FrameReader | None = None
        try:
            self.ahead = self._new()
        except BaseException:
            share.close()
            raise
        self._frame_bytes = self.ahead.frame_bytes
        share.take_decoder(self._frame_bytes, is_spare=False)

    @property
    def room_bytes(self) -> int:
        """The most that kept frames may take now."""
        return self._share.frame_bytes

    def behind(self) -> FrameReader:
        """Return the decoder that works behind: the one ahead too, where memory is scarce."""
        if self._behind is None:
            if self._share.take_decoder(self._frame_bytes, is_spare=True):
                self._behind = self._new()
        elif self._share.loses_spare(self._frame_bytes):
            self._behind.close()
            self._behind = None
        return self._behind or self.ahead

    def nearest(self, frame: int) -> FrameReader:
        """Return the decoder that has the shortest way to a frame."""
        behind, ahead = self._behind, self.ahead
        if behind is None or not behind.is_on_the_way(frame):
            return ahead
        if ahead.is_on_the_way(frame) and ahead.packets_to(frame) <= behind.packets_to(frame):
            return ahead
        return behind

    def close(self) -> None:
        """Let go of the file, and of the share."""
        self.ahead.close()
        if self._behind is not None:
            self._behind.close()
        self._share.close()

    def _new(self) -> FrameReader:
        threads = self._share.threads_for(self._frame_bytes)
        return FrameReader(self._path, self._index, most_threads=threads, damage=self.damage)
