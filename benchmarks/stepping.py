"""Steps forward and back, one key press at a time and held down, through groups of pictures.

The decoder runs as in the window: a request a step, the cache filled while nothing is asked.
Times are from the request to the picture, in milliseconds; a screen shows one every 16.7.
"""

import statistics
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.seeking import PANE, p95

KEY_REPEAT_S = 1 / 30
LOOKING_S = 6.0  # a coder looks at a picture before going back; decoding a whole group takes less


class Steps:
    """A decoder, and how long each answer took."""

    def __init__(self, path: Path) -> None:
        from imhcode.media.decoder import Decoder
        from imhcode.media.source import open_source

        self.source = open_source(path)
        self.last_frame = self.source.frame_times.last_frame
        self._came = threading.Condition()
        self._newest = -1
        self._ticket = 0
        self.decoder = Decoder(self.source, on_picture=self._on_picture, on_trouble=self._fail)

    def _fail(self, error: Exception) -> None:
        raise error

    def _on_picture(self, picture, ticket: int) -> None:
        from clips import read_number

        arrived = time.perf_counter()
        assert read_number(picture.pixels) == picture.frame
        with self._came:
            self._newest, self._arrived = ticket, arrived
            self._came.notify_all()

    def show(self, frame: int) -> float:
        """Ask for a frame; return the milliseconds until it was there."""
        from imhcode.media.decoder import Request

        self._ticket += 1
        began = time.perf_counter()
        self.decoder.ask(Request(self._ticket, frame, PANE))
        with self._came:
            assert self._came.wait_for(lambda: self._newest == self._ticket, 60)
        return (self._arrived - began) * 1000

    def walk(self, frames: range, every_s: float) -> list[float]:
        """Show one frame after another at the pace of a held key."""
        found = []
        due = time.perf_counter()
        for frame in frames:
            found.append(self.show(frame))
            due += every_s
            time.sleep(max(0.0, due - time.perf_counter()))
        return found


def run(smoke: bool) -> dict[str, float | str]:
    """Median, 95th percentile and worst, forward and back, per size of picture."""
    from heavy_recordings import SIZES, make_heavy

    found: dict[str, float | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ["720p"] if smoke else SIZES:
            path = make_heavy(Path(folder) / f"{name}.mp4", name, 120 if smoke else 600)
            found |= measured(path, name, smoke)
            path.unlink()
    return found


def measured(path: Path, name: str, smoke: bool) -> dict[str, float | str]:
    """The figures of one recording, whose groups begin at 0, 250 and 500."""
    figures: dict[str, float | str] = {}
    steps = Steps(path)
    top = steps.last_frame - 20

    def tell(what: str, values: list[float]) -> None:
        figures[f"{name}: {what}, ms, median"] = statistics.median(values)
        figures[f"{name}: {what}, ms, p95"] = p95(values)
        figures[f"{name}: {what}, ms, worst"] = max(values)

    pause = 0.2 if smoke else LOOKING_S
    begin = 20 if smoke else top - 260
    steps.show(begin)
    time.sleep(0.3)
    tell("forward at 30 a second", steps.walk(range(begin + 1, top), KEY_REPEAT_S))
    time.sleep(pause)
    # From inside the third group through the second into the first.
    tell(
        "back at 30 a second", steps.walk(range(top, top - 90 if smoke else 120, -1), KEY_REPEAT_S)
    )
    if not smoke:
        steps.show(240)
        time.sleep(pause)
        tell("back as fast as it goes, one group", steps.walk(range(239, 1, -1), 0))
        naive = naive_step_back_ms(path, 230)
        figures[f"{name}: back without any cache, from frame 230, ms"] = naive
    figures[f"{name}: frames kept"] = len(steps.source._cache)
    steps.decoder.close()
    return figures


def naive_step_back_ms(path: Path, frame: int) -> float:
    """A step back by decoding from the keyframe: what the cache saves."""
    from imhcode.media.source import open_source

    source = open_source(path, cache_bytes=0)
    source.picture(frame, PANE)
    began = time.perf_counter()
    source.picture(frame - 1, PANE)
    found = (time.perf_counter() - began) * 1000
    source.close()
    return found
