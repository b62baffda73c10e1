"""Read from the first picture that can be decoded how all of them are to be shown."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.stream import VideoStream

from imhcode.media.container import opened_pictures
from imhcode.media.errors import NoDecodableFrame
from imhcode.media.framing import Framing
from imhcode.media.packet_index import frames_decoded

_BOTTOM_SHOWN_FIRST = (3, 4)  # AVFieldOrder: bottom first in the file and on screen; only there


def read_framing(path: Path) -> tuple[Framing, av.VideoFrame]:
    """Return the framing of a checked path, and the first frame that came out of the decoder.

    Raises
    ------
    NoDecodableFrame
        None came out.
    """
    with opened_pictures(path) as (container, stream):
        for decoded, _ in frames_decoded(container, stream):
            rotation_deg, is_mirrored = _turn(decoded)
            framing = Framing(
                coded_width=decoded.width,
                coded_height=decoded.height,
                pixel_aspect=_pixel_aspect(stream),
                rotation_deg=rotation_deg,
                is_mirrored=is_mirrored,
                bottom_field_first=stream.codec_context.field_order in _BOTTOM_SHOWN_FIRST,
                transfer=int(decoded.color_trc),
            )
            return framing, decoded
    raise NoDecodableFrame(path=path)


def _turn(decoded: av.VideoFrame) -> tuple[int, bool]:
    """Return the clockwise turn, and whether left and right are exchanged after it.

    The display matrix takes a place (x, y) of the stored picture, y downwards, to
    (a x + c y, b x + d y).  A negative determinant is a turn followed by a mirror.
    """
    matrix: Any = decoded.side_data.get("DISPLAYMATRIX")
    if matrix is None:
        return 0, False
    a, b, _, c, d = np.frombuffer(bytes(matrix), dtype=np.int32)[:5].astype(np.float64)
    is_mirrored = bool(a * d - b * c < 0)
    if is_mirrored:
        a = -a
    # (1, 0) goes to (a, b): with y downwards that angle is clockwise; a camera turns by quarters.
    return round(float(np.degrees(np.arctan2(b, a))) / 90) * 90 % 360, is_mirrored


def _pixel_aspect(stream: VideoStream) -> Fraction:
    aspect = stream.sample_aspect_ratio
    return Fraction(aspect) if aspect and aspect > 0 else Fraction(1)
