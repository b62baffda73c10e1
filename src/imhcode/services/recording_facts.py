"""What a study has to know of a recording before it may be added: all that takes long to find out.

Reading a film of several gigabytes takes minutes.  So it is apart from the study file: it may
happen on any thread, can be stopped at any time, and leaves nothing behind but its index.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from imhcode.media.errors import RecordingNotRead
from imhcode.media.opening import open_recording
from imhcode.media.picture import Picture
from imhcode.services.contents import content_hash, quick_content_hash

_INDEX_SHARE = 0.5  # of the progress: the file is read twice, once for its frames, once for bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFacts:
    """What reading a recording has found; see `imhcode.domain.study.Recording` for the fields."""

    path: Path
    frames: int
    end_us: int
    fps: str
    variable_frame_rate: bool
    sha256: str
    quick_hash: str
    interval_us: int = 0


def read_facts(
    path: Path,
    index_folder: Path | None = None,
    *,
    interval_us: int = 0,
    size: tuple[int, int] | None = None,
    on_progress: Callable[[float], None] = lambda _: None,
    on_first_picture: Callable[[Picture], None] | None = None,
    wanted: Callable[[], bool] = lambda: True,
) -> RecordingFacts:
    """Read a film, or a folder of stills, through.

    Parameters
    ----------
    path : Path
        The film, or the folder.
    index_folder : Path or None
        Where the index of a film is kept for the next opening; see
        `imhcode.media.opening.open_recording`.
    interval_us : int
        How long each still of a folder is shown; 0 for a film.
    size : (int, int) or None
        What the first picture must fit into.
    on_progress : callable
        Gets the share done, from 0 to 1; in this thread.
    on_first_picture : callable or None
        Gets a picture to show meanwhile; in this thread.
    wanted : callable
        Asked again and again; when it says no, `Superseded` is raised.

    Raises
    ------
    Refused, Trouble
        It cannot be played, or was changed while it was read.
    """
    before = quick_content_hash(path)
    source = open_recording(
        path,
        index_folder,
        interval_us=interval_us,
        size=size,
        on_progress=lambda share: on_progress(share * _INDEX_SHARE),
        on_first_picture=on_first_picture,
        wanted=wanted,
    )
    try:
        times = source.frame_times
    finally:
        source.close()
    sha256 = content_hash(
        path,
        on_progress=lambda share: on_progress(_INDEX_SHARE + share * (1 - _INDEX_SHARE)),
        wanted=wanted,
    )
    if quick_content_hash(path) != before:
        raise RecordingNotRead(path=path, reason="it changed while it was read")
    return RecordingFacts(
        path=path,
        frames=len(times),
        end_us=times.end_us,
        fps="" if times.variable_frame_rate else f"{times.nominal_rate_hz:.6g}",
        variable_frame_rate=times.variable_frame_rate,
        sha256=sha256,
        quick_hash=before,
        interval_us=interval_us,
    )
