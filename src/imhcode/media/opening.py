"""Open a recording of whichever kind: a film, or a folder of stills."""

import os
from collections.abc import Callable
from pathlib import Path

from imhcode.media.packet_index import Progress
from imhcode.media.picture import Picture
from imhcode.media.picture_source import PictureSource
from imhcode.media.source import open_source
from imhcode.media.stills import open_stills


def open_recording(
    path: str | os.PathLike[str],
    index_folder: Path | None = None,
    *,
    interval_us: int = 0,
    leads: bool = True,
    size: tuple[int, int] | None = None,
    on_progress: Progress = lambda _: None,
    on_first_picture: Callable[[Picture], None] | None = None,
    wanted: Callable[[], bool] = lambda: True,
) -> PictureSource:
    """Open a film, or a folder of stills that follow one another after ``interval_us``.

    Parameters
    ----------
    path : path-like
        The film or the folder.
    index_folder, leads, size, on_progress, on_first_picture, wanted
        See `imhcode.media.source.open_source`.
    interval_us : int
        How long each still is shown, µs; 0 for a film.

    Raises
    ------
    Refused, Trouble
        One of the classes in `imhcode.media.errors`.
    ValueError
        ``interval_us`` is below 0.
    """
    if interval_us:
        return open_stills(path, interval_us=interval_us, leads=leads)
    return open_source(
        path,
        index_folder,
        leads=leads,
        size=size,
        on_progress=on_progress,
        on_first_picture=on_first_picture,
        wanted=wanted,
    )
