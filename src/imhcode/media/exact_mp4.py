"""An MP4 file whose clock is whole microseconds (docs/decisions/0028): begun, filled, looked at."""

import shutil
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer

from imhcode.media.container import opened_pictures
from imhcode.media.frame_times import FrameTimes
from imhcode.media.packet_index import read_packet_index

MICROSECOND = Fraction(1, 1_000_000)
LONGEST_FRAME_US = 2**31 - 1  #: what MP4 can say about one frame: 35 minutes
KEEP_FREE_BYTES = 200 << 20  #: a full disk would take the study with it


def new_mp4(path: Path, **options: str) -> OutputContainer:
    """Begin a file; streams added to it may count microseconds.

    Parameters
    ----------
    path : Path
        Written over if it is there; its name may end as it likes.
    **options : str
        Further options of FFmpeg's writer of MP4.
    """
    settings = {"movie_timescale": str(1 / MICROSECOND), **options}
    return av.open(str(path), "w", format="mp4", options=settings)


def lack_of_room(folder: Path, needed_bytes: int) -> dict[str, object] | None:
    """Whether a disk has room for a file, and some left after it.

    Returns
    -------
    dict or None
        Where it has not, what there is to say of it: ``folder``, ``needed_gb`` and ``free_gb``.
    """
    needed_bytes += KEEP_FREE_BYTES
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes >= needed_bytes:
        return None
    return {
        "folder": folder,
        "needed_gb": f"{needed_bytes / 1e9:.1f}",
        "free_gb": f"{free_bytes / 1e9:.1f}",
    }


def written_times(path: Path) -> FrameTimes:
    """When each frame of a finished file is shown, read as if it were a stranger's."""
    with opened_pictures(path) as (container, stream):
        return read_packet_index(container, stream, path).times
