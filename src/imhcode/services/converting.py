"""Converting a recording in the background: progress, stopping, and the copy's name."""

import threading
from collections.abc import Callable
from pathlib import Path

from imhcode.media.conversion import Conversion, convert
from imhcode.media.playability import Playability, playability

__all__ = ["Conversion", "Converting", "Playability", "convert", "free_copy_name", "playability"]


def free_copy_name(path: Path) -> Path:
    """A name for the copy beside the original that nothing has yet: ``visit 1 (copy).mp4``."""
    number = 1
    while True:
        end = "(copy)" if number == 1 else f"(copy {number})"
        name = path.with_name(f"{path.stem} {end}.mp4")
        if not name.exists():
            return name
        number += 1


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
