"""Write one picture as a PNG file."""

import os
from pathlib import Path

from imhcode.media.errors import PictureNotWritten
from imhcode.media.picture import Picture


def write_png(picture: Picture, path: str | os.PathLike[str]) -> None:
    """Write the picture, pixel for pixel, to ``path``.

    Raises
    ------
    PictureNotWritten
        The folder is missing or may not be written to.
    """
    from imhcode.media.opencv import cv2  # noqa: PLC0415  (half a second, only when needed)

    # OpenCV writes nothing but ASCII names on some systems, so it only encodes.
    _, encoded = cv2.imencode(".png", cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2BGR))
    try:
        Path(path).write_bytes(encoded.tobytes())
    except OSError as error:
        raise PictureNotWritten(path=os.fspath(path), reason=error.strerror or error) from error
