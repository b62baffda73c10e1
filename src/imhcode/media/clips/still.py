"""One frame of a shot as a PNG: upright, with everything hidden that is hidden in the clip."""

from dataclasses import dataclass

import numpy as np

from imhcode.media.clips.pictures import ClipPictures

LONGEST_SIDE = 1400  #: pixels; as fine as print needs it, and no larger file than that


@dataclass(frozen=True, slots=True)
class Still:
    """A frame that has left its recording.

    Attributes
    ----------
    png : bytes
        Without any metadata.
    width, height : int
        Pixels.
    frame : int
        Of the leading camera's recording, from 0.
    from_us, until_us : int
        When it is on screen, session time.
    """

    png: bytes
    width: int
    height: int
    frame: int
    from_us: int
    until_us: int


def still_of(pictures: ClipPictures, part: int, frame: int | None = None) -> Still:
    """A frame of one part of a plan of shots; the one in its middle if none of it is asked for.

    Parameters
    ----------
    pictures : ClipPictures
        Of a plan without title cards.
    part : int
        Which shot.
    frame : int, optional
        Of the leading camera's recording; one that is not in the shot is as none.

    Raises
    ------
    DamagedFrame
        It cannot be decoded.
    """
    from imhcode.media.opencv import cv2  # noqa: PLC0415  (half a second, only when needed)

    spans = [pictures.schedule.span(number) for number in range(part + 1)]
    span = spans[part]
    if frame is None or not span.first_frame <= frame <= span.last_frame:
        frame = (span.first_frame + span.last_frame) // 2
    before = sum(one.last_frame + 1 - one.first_frame for one in spans[:part])
    number = before + frame - span.first_frame
    shown = pictures.schedule.frame(number)
    pixels = pictures.picture(number)
    scale = LONGEST_SIDE / max(pixels.shape[:2])
    if scale < 1:
        smaller = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        pixels = np.asarray(smaller, np.uint8)
    _, encoded = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    from_us = span.from_us + shown.time_us - pictures.schedule.starts_us(part)
    height, width = pixels.shape[:2]
    return Still(encoded.tobytes(), width, height, frame, from_us, from_us + shown.duration_us)
