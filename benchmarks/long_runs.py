"""What only shows after a while: ten minutes of two cameras playing, an hour of video.

Playing is in real time, with sound on miniaudio's device without hardware; the cameras lie 1.48 s
apart at 29.97 frames a second, and every picture's number is read.  The hour is a short recording
repeated packet by packet; it is held against the same work in a recording of ten seconds.
``--smoke`` plays seconds and takes a minute for the hour.
"""

import os
import random
import tempfile
import time
from fractions import Fraction
from pathlib import Path

from benchmarks.seeking import PANE, p95

NTSC = Fraction(1001, 30_000)
FRAME_US = 1_001_000 / 30
OFFSET_US = 1_480_000


def run(smoke: bool) -> dict[str, float | str]:
    """Drift in frames, dropped pictures, and the hour against ten seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return {
            **two_cameras(folder, seconds=8 if smoke else 600),
            **an_hour(folder, repeats=6 if smoke else 360, n_asked=8 if smoke else 40),
        }


def two_cameras(folder: Path, seconds: int) -> dict[str, float | str]:
    """Play two cameras; how late their pictures are in the first and in the last tenth."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from beeping_clips import make_beeping_clip
    from benchmarks.cameras import NoQtbot
    from camera_stage import Stage
    from clips import read_number
    from imhcode.domain.study import Recording
    from imhcode.media.sound_sink_miniaudio import MiniaudioSink

    app = QApplication.instance() or QApplication([])
    n_frames = round((seconds + 4) / NTSC)
    stage = Stage(NoQtbot(app), (1280, 480))
    stage.playback._make_sink = lambda: MiniaudioSink(null_device=True)
    cameras = []
    for number in range(2):
        path = make_beeping_clip(
            folder / f"{number}.mp4", (1.0,), n_frames=n_frames, time_base=NTSC
        )
        offset_us = OFFSET_US * number
        cameras.append(
            (Recording(id=str(number), session_id="S", path="", offset_us=offset_us), path)
        )
    stage.open(*cameras, at_us=2_000_000)
    late: list[list[tuple[float, float]]] = [[], []]
    seen: list[object] = [None, None]
    wrong = 0
    began, began_us = time.monotonic(), stage.now_us()
    stage.playback.play()
    while (gone := time.monotonic() - began) < seconds and stage.playback.is_playing:
        app.processEvents()
        now_us = stage.now_us()
        for number, (recording, _) in enumerate(cameras):
            picture = stage.painted(recording.id)
            if picture is not None and picture is not seen[number]:
                seen[number] = picture
                wrong += read_number(picture.pixels) != picture.frame % (1 << 16)
                late[number].append((gone, now_us - recording.offset_us - picture.time_us))
        time.sleep(0.001)
    clock_us = stage.now_us() - began_us
    is_following = stage.playback._player._clock.is_following
    stage.playback.pause()
    stage.settle()
    at_us = stage.playback.stamp_of(stage.wall.painted).time_us
    standing = [stage.painted(recording.id) for recording, _ in cameras]
    apart = at_us - OFFSET_US - standing[1].time_us
    wrong += sum(read_number(one.pixels) != one.frame % (1 << 16) for one in standing)
    figures: dict[str, float | str] = {
        "two cameras: seconds played": gone,
        "two cameras: the clock is led by the sound": str(is_following),
        "two cameras: session clock ÷ wall clock": clock_us / 1_000_000 / gone,
        "two cameras: pictures with another number than their own": wrong,
        "two cameras: afterwards the second lies in its frame, frames": apart / FRAME_US,
        "two cameras: dropped by the leading one": stage.playback.dropped,
        "two cameras: dropped by the other": sum(stage.cameras.dropped.values()),
    }
    for number, values in enumerate(late):
        first = [us for at, us in values if at < gone / 10]
        last = [us for at, us in values if at > gone * 0.9]
        drift_us = sum(last) / len(last) - sum(first) / len(first)
        which = ("leading", "other")[number]
        figures[f"two cameras: drift of the {which} one, frames"] = drift_us / FRAME_US
        figures[f"two cameras: lateness of the {which} one, frames, p95"] = (
            p95([us for _, us in values]) / FRAME_US
        )
    stage.close()
    stage.window.close()
    return figures


def an_hour(folder: Path, repeats: int, n_asked: int) -> dict[str, float | str]:
    """Open an hour of 720p, jump and step in it; the same in its first ten seconds."""
    from benchmarks.indexing import repeated
    from heavy_recordings import make_heavy

    short = make_heavy(folder / "short.mp4", "720p", 300)
    path, seconds = repeated(short, folder / "hour.mp4", repeats)
    alone = opened(short, n_asked, 300)
    ours = opened(path, n_asked, 300)
    words = f"{seconds / 60:g} minutes"
    return {f"{words}: {what}": value for what, value in ours.items()} | {
        f"{words} ÷ ten seconds: {what}": value / max(alone[what], 1e-9)
        for what, value in ours.items()
        if "MiB" not in what
    }


def opened(path: Path, n_asked: int, period: int) -> dict[str, float]:
    """Seconds to open, milliseconds to jump and step; numbers repeat after ``period`` frames."""
    from clips import read_number
    from imhcode.media.source import open_source

    indexes = path.with_suffix(".indexes")
    began = time.perf_counter()
    open_source(path, indexes).close()
    unknown_s = time.perf_counter() - began
    began = time.perf_counter()
    source = open_source(path, indexes, cache_bytes=64 << 20)  # short of ten seconds of film
    known_s = time.perf_counter() - began
    chance = random.Random(7)
    jump_ms, forward_ms, back_ms = [], [], []

    def shown_ms(frame: int) -> float:
        began = time.perf_counter()
        picture = source.picture(frame, PANE)
        gone = time.perf_counter() - began
        assert (picture.frame, read_number(picture.pixels)) == (frame, frame % period)
        return gone * 1000

    for _ in range(n_asked):
        frame = chance.randrange(20, source.frame_times.last_frame - 20)
        jump_ms.append(shown_ms(frame))
        forward_ms += [shown_ms(frame + n) for n in range(1, 11)]
        source.prefetch(wanted=lambda: True)
        back_ms += [shown_ms(frame - n) for n in range(11)]
    source.close()
    return {
        "unknown, opened after s": unknown_s,
        "known, opened after s": known_s,
        "jump, ms, median": sorted(jump_ms)[len(jump_ms) // 2],
        "step forward, ms, p95": p95(forward_ms),
        "step back, ms, p95": p95(back_ms),
        "index, MiB": sum(one.stat().st_size for one in indexes.iterdir()) / 2**20,
    }
