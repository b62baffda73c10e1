"""A jump to any frame against what it must cost: decoding from the keyframe before it.

Two baselines of the same run: decoding the file from end to end (seconds a frame), and the
textbook way with PyAV, to seek and decode until the time comes.  Every picture's number is read.
"""

import random
import statistics
import tempfile
import time
from pathlib import Path

PANE = (960, 540)


def run(smoke: bool) -> dict[str, float | str]:
    """Ratios, median and 95th percentile, per size of picture; 1.0 is as fast as decoding."""
    from heavy_recordings import SIZES, make_heavy, seconds_a_frame

    found: dict[str, float | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ["720p"] if smoke else SIZES:
            path = make_heavy(Path(folder) / f"{name}.mp4", name, 100 if smoke else 500)
            found |= measured(path, name, seconds_a_frame(path), n_jumps=8 if smoke else 20)
            path.unlink()
    return found


def measured(path: Path, name: str, frame_s: float, n_jumps: int) -> dict[str, float | str]:
    """The figures of one recording."""
    from clips import read_number
    from imhcode.media.source import open_source

    chance = random.Random(5)
    source = open_source(path, cache_bytes=0)  # nothing kept: each jump is a jump
    asked = [chance.randrange(len(source.frame_times)) for _ in range(n_jumps)]
    to_decoding, to_textbook, near_ms = [], [], []
    for frame in asked:
        textbook_s = min(textbook(path, frame) for _ in range(2))
        ours = []
        for _ in range(2):  # the better of two, on both sides: a busy machine is no excuse
            source.picture((frame + 250) % len(source.frame_times), PANE)  # stand somewhere else
            began = time.perf_counter()
            picture = source.picture(frame, PANE)
            ours.append(time.perf_counter() - began)
            assert read_number(picture.pixels) == frame
        ours_s = min(ours)
        ordinal = source.index.ordinals[frame]
        needed = int(ordinal - source.index.start[ordinal]) + 1
        to_textbook.append(ours_s / textbook_s)
        if needed < 30:  # what a decoder with threads needs at least
            near_ms.append(ours_s * 1000)
        else:
            to_decoding.append(ours_s / (needed * frame_s))
    source.close()
    figures: dict[str, float | str] = {f"{name}: decoding, frames a second": 1 / frame_s}
    for what, values in (("decoding from its keyframe", to_decoding), ("textbook", to_textbook)):
        if values:
            figures[f"{name}: jump / {what}, median"] = statistics.median(values)
            figures[f"{name}: jump / {what}, p95"] = p95(values)
    if near_ms:
        figures[f"{name}: jump within 30 frames of a keyframe, ms, worst"] = max(near_ms)
    return figures


def textbook(path: Path, frame: int) -> float:
    """Seconds for the textbook way to the same frame and the same pixels."""
    import av

    from heavy_recordings import RATE

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        next(container.decode(stream))  # opened and warm, as ours is
        began = time.perf_counter()
        target = round(frame / RATE / stream.time_base)
        container.seek(target, stream=stream)
        for decoded in container.decode(stream):
            if decoded.pts >= target:
                decoded.to_ndarray(format="rgb24", width=PANE[0], height=PANE[1])
                break
        return time.perf_counter() - began


def p95(values: list[float]) -> float:
    """The value that nineteen of twenty do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]
