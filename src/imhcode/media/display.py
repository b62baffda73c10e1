"""From a decoded frame to the picture on the screen, in two moves: one to keep, one to paint.

*Fitted* is a frame scaled down in its own planes: small to keep and quick to convert.  *Finished*
are its pixels: red, green and blue, upright.
"""

import av
import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from imhcode.media.framing import Framing
from imhcode.media.high_dynamic_range import is_high_dynamic_range, to_standard_range

_BT709 = 1
_UNSPECIFIED = 2  # AVColorSpace
_MUCH_SMALLER = 2  # from here on the mean of the pixels under each new one is as good, and quicker
_HD_LINES = 720  # from here on an unmarked picture is taken for BT.709, below for BT.601
# Layouts whose planes hold whole lines of samples, so that every second line is one field.
_PLANAR = frozenset({"yuv420p", "yuv422p", "yuv444p", "yuvj420p", "yuvj422p", "yuvj444p"})


class Display:
    """How the frames of one recording become pictures.  Belongs to one thread at a time.

    Parameters
    ----------
    framing : Framing
        The way up, the shape of the pixels, the light.
    """

    def __init__(self, framing: Framing) -> None:
        self._framing = framing
        self._to_size = VideoReformatter()
        self._to_rgb = VideoReformatter()

    def fitted(
        self, decoded: av.VideoFrame, size: tuple[int, int], *, deinterlaced: bool
    ) -> av.VideoFrame:
        """Return the frame scaled down to ``size`` (never up), of one field if interlaced."""
        if deinterlaced and self.has_fields(decoded):
            # A field has every second line, so nothing is gained above half the height.
            height = max(1, min(size[1], decoded.height // 2))
            field = _field(decoded, bottom=self._framing.bottom_field_first)
            return self._scaled(field, (min(size[0], decoded.width), height))
        if size[0] >= decoded.width or size[1] >= decoded.height:
            return decoded
        return self._scaled(decoded, size)

    def has_fields(self, decoded: av.VideoFrame) -> bool:
        """Whether a decoded frame is interlaced and can be shown by one of its fields."""
        return bool(decoded.interlaced_frame) and decoded.format.name in _PLANAR

    def finished(self, held: av.VideoFrame, size: tuple[int, int]) -> NDArray[np.uint8]:
        """Return upright pixels, red, green and blue, of a fitted frame.

        ``size`` is before rotation; the result has shape (height, width, 3).
        """
        unmarked_hd = held.colorspace == _UNSPECIFIED and self._framing.coded_height >= _HD_LINES
        rgb = self._to_rgb.reformat(
            held, *size, format="rgb24", src_colorspace=_BT709 if unmarked_hd else None, threads=1
        )
        pixels = np.asarray(rgb.to_ndarray(), dtype=np.uint8)
        if is_high_dynamic_range(self._framing.transfer):
            pixels = to_standard_range(pixels, self._framing.transfer)
        return _turned(pixels, self._framing)

    def _scaled(self, frame: av.VideoFrame, size: tuple[int, int]) -> av.VideoFrame:
        if size == (frame.width, frame.height):
            return frame
        is_much = frame.width >= _MUCH_SMALLER * size[0] and frame.height >= _MUCH_SMALLER * size[1]
        way = Interpolation.AREA if is_much else Interpolation.BILINEAR
        return self._to_size.reformat(frame, *size, interpolation=way, threads=1)


def _field(decoded: av.VideoFrame, *, bottom: bool) -> av.VideoFrame:
    """Return every second line of a planar frame as a frame of its own.

    One field is one instant.  Filters that look at neighbouring frames give sharper edges, but
    then a picture would depend on how the decoder came to it.
    """
    height = decoded.height - decoded.height % 4  # whole lines in planes of half the height too
    field = av.VideoFrame(decoded.width, height // 2, decoded.format.name)
    for source, target in zip(decoded.planes, field.planes, strict=True):
        lines = np.asarray(memoryview(source), np.uint8).reshape(-1, source.line_size)
        kept = np.asarray(memoryview(target), np.uint8).reshape(-1, target.line_size)
        chosen = lines[int(bottom) : source.height : 2][: target.height, : target.width]
        kept[: target.height, : target.width] = chosen
    field.colorspace = decoded.colorspace
    field.color_range = decoded.color_range
    return field


def _turned(pixels: NDArray[np.uint8], framing: Framing) -> NDArray[np.uint8]:
    if framing.rotation_deg:
        pixels = np.rot90(pixels, -framing.rotation_deg // 90)
    if framing.is_mirrored:
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)
