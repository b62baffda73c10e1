"""Dragging through a recording: how many pictures a second, and how soon the exact one stands.

A new place is asked for every 16 ms, as a mouse does; the decoder runs as in the window.
"""

import random
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.seeking import PANE

MOUSE_S = 0.016


def run(smoke: bool) -> dict[str, float | str]:
    """Pictures a second while dragging, and milliseconds to the exact one afterwards."""
    from heavy_recordings import SIZES, make_heavy

    found: dict[str, float | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ["720p"] if smoke else SIZES:
            path = make_heavy(
                Path(folder) / f"{name}.mp4",
                name,
                120 if smoke else 600,
                group=50 if smoke else 100,
            )
            found |= measured(path, name, seconds=0.5 if smoke else 4.0)
            path.unlink()
    return found


def measured(path: Path, name: str, seconds: float) -> dict[str, float | str]:
    """The figures of one recording."""
    from clips import read_number
    from imhcode.media.decoder import Decoder, Request
    from imhcode.media.source import open_source

    coarse: list[float] = []
    exact: list[tuple[float, int]] = []
    wrong: list[object] = []

    def on_coarse(picture) -> None:
        coarse.append(time.perf_counter())
        if read_number(picture.pixels) != picture.frame:
            wrong.append(picture)

    def on_picture(picture, ticket: int) -> None:
        exact.append((time.perf_counter(), ticket))
        if read_number(picture.pixels) != picture.frame:
            wrong.append(picture)

    source = open_source(path)
    last = source.frame_times.last_frame
    decoder = Decoder(source, on_picture=on_picture, on_trouble=wrong.append, on_coarse=on_coarse)
    chance = random.Random(2)
    shares, settled, ticket = [], [], 0
    for _ in range(1 if seconds < 1 else 3):
        source_at = chance.randrange(last)
        before = len(coarse) + len(exact)
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            ticket += 1
            source_at = (source_at + chance.randint(-60, 90)) % last
            decoder.ask(Request(ticket, source_at, PANE, scrubs=True))
            time.sleep(MOUSE_S)
        shares.append((len(coarse) + len(exact) - before) / seconds)
        released = time.perf_counter()
        assert decoder.wait_until_ready(60)
        assert exact[-1][1] == ticket
        settled.append(max(0.0, exact[-1][0] - released) * 1000)
    decoder.close()
    assert not wrong, wrong
    return {
        f"{name}: pictures a second while dragging": statistics.median(shares),
        f"{name}: of these stand-ins, share": len(coarse) / (len(coarse) + len(exact)),
        f"{name}: exact picture after letting go, ms, worst": max(settled),
    }
