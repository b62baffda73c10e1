"""A converted copy of a recording: whether it helps, its name, and making it in the background."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from imhcode.media.conversion import Conversion, convert
from imhcode.media.playability import Playability, playability
from imhcode.media.source import Source
from imhcode.services.recording_facts import RecordingFacts, read_facts

__all__ = [
    "Conversion",
    "Converting",
    "Playability",
    "convert",
    "free_copy_name",
    "jumps_are_long",
    "make_copy",
    "playability",
]

_MANY_PIXELS = 250 * 1920 * 1080  # decoding them for one jump takes some two seconds
_CONVERTING_SHARE = 0.9  # of the progress; then the copy is read as any new recording is


def free_copy_name(path: Path) -> Path:
    """A name for the copy beside the original that nothing has yet: ``visit 1 (copy).mp4``."""
    number = 1
    while True:
        end = "(copy)" if number == 1 else f"(copy {number})"
        name = path.with_name(f"{path.stem} {end}.mp4")
        if not name.exists():
            return name
        number += 1


def jumps_are_long(source: object) -> bool:
    """Whether a copy of an open recording would be quicker to move about in.

    The same answer as `playability(path).conversion_helps`, without reading the file again.
    """
    if not isinstance(source, Source):
        return False  # each still of a folder is decoded by itself
    ordinals = source.index.ordinals
    farthest = int(np.max(ordinals - source.index.start[ordinals]))
    return farthest * source.probe.width * source.probe.height > _MANY_PIXELS


def make_copy(
    path: Path,
    to: Path,
    index_folder: Path | None = None,
    *,
    on_progress: Callable[[float], None] = lambda _: None,
    wanted: Callable[[], bool] = lambda: True,
) -> RecordingFacts:
    """Convert a recording and read the copy, so that a study can take it at once.

    Parameters are those of `convert` and `read_facts`.  Whatever goes wrong, no copy is left.

    Raises
    ------
    Refused, Trouble, Superseded
        As `convert` and `read_facts` do.
    """
    done = convert(
        path,
        to,
        on_progress=lambda share: on_progress(share * _CONVERTING_SHARE),
        wanted=wanted,
    )
    try:
        return read_facts(
            done.path,
            index_folder,
            on_progress=lambda share: on_progress(
                _CONVERTING_SHARE + share * (1 - _CONVERTING_SHARE)
            ),
            wanted=wanted,
        )
    except BaseException:
        done.path.unlink(missing_ok=True)
        raise


class Converting:
    """One conversion on a thread of its own.  It starts at once.

    Parameters
    ----------
    path, to : Path
        The recording, and the new file.
    on_progress : callable
        Gets the share done, from 0 to 1, on that thread.
    on_done : callable
        Gets the copy, on that thread.
    on_failure : callable
        Gets every exception instead, on that thread; `ConversionStopped` after `stop`.
    """

    def __init__(
        self,
        path: Path,
        to: Path,
        *,
        on_progress: Callable[[float], None],
        on_done: Callable[[Conversion], None],
        on_failure: Callable[[Exception], None],
    ) -> None:
        self._path, self._to = path, to
        self._on_progress = on_progress
        self._on_done = on_done
        self._on_failure = on_failure
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="imhcode-converting", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop soon; nothing of the copy is kept."""
        self._stopped.set()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until it is over; whether it is."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        try:
            done = convert(
                self._path,
                self._to,
                on_progress=self._on_progress,
                wanted=lambda: not self._stopped.is_set(),
            )
        except Exception as failure:  # noqa: BLE001  (nothing may be lost with the thread)
            self._on_failure(failure)
            return
        self._on_done(done)
