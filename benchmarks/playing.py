"""Playing in real time: are pictures late, which are left out, what does it cost.

The recording is made on the spot; its sound goes to miniaudio's device without hardware, which
keeps real time.  Late is measured against the player's own clock at the moment a picture is taken
(the window looks every 5 ms).  The baseline is decoding the same frames without waiting.
"""

import tempfile
import time
from fractions import Fraction
from pathlib import Path

LOOK_S = 0.005
SIZES = {"720p": (1280, 720), "1080p": (1920, 1080)}
PANE = (960, 540)
FPS = 30


def run(smoke: bool) -> dict[str, float | str]:
    """By size and speed: pictures shown a second, dropped, late, share of a core."""
    figures: dict[str, float | str] = {}
    seconds = 2 if smoke else 8
    with tempfile.TemporaryDirectory() as folder:
        for size, pixels in list(SIZES.items())[: 1 if smoke else 2]:
            path = Path(folder) / f"{size}.mp4"
            make(path, pixels, n_frames=FPS * (4 if smoke else 34))
            figures |= {f"{size}, {what}": value for what, value in decoding(path).items()}
            for speed in (1, 4) if smoke else (0.5, 1, 2, 4, -1, -4):
                for what, value in playing(path, speed, seconds).items():
                    figures[f"{size}, {speed:g} times: {what}"] = value
    return figures


def playing(path: Path, speed: float, most_s: float) -> dict[str, float]:
    import resource

    from imhcode.media.player import Player
    from imhcode.media.sound import open_sound
    from imhcode.media.sound_sink_miniaudio import MiniaudioSink
    from imhcode.media.source import open_source

    source = open_source(path)
    sound = open_sound(source, MiniaudioSink(null_device=True), on_trouble=print)
    player = Player(source, on_picture=lambda _: None, on_trouble=print, sound=sound)
    player.set_size(PANE)
    player.set_speed(speed)
    if speed < 0:
        player.seek_frame(len(player.frame_times) - 1)
        while player.take() is None:
            time.sleep(LOOK_S)
    late_ms, began, first_s = [], resource.getrusage(resource.RUSAGE_SELF), None
    player.play()
    while player.is_playing:
        picture = player.take()
        if picture is not None:
            first_s = first_s or time.perf_counter()
            if speed > 0:
                late_ms.append((player.position_us - picture.time_us) / speed / 1_000)
        if first_s and time.perf_counter() - first_s > most_s:
            break
        time.sleep(LOOK_S)
    spent_s = time.perf_counter() - (first_s or 0)
    ended = resource.getrusage(resource.RUSAGE_SELF)
    frame = player.shown.frame if player.shown else 0
    covered = abs(frame - (len(player.frame_times) - 1 if speed < 0 else 0))
    dropped = player.dropped
    player.close()
    cpu_s = ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime
    found = {
        "pictures shown a second": (covered - dropped) / spent_s,
        "dropped, share": dropped / max(1, covered),
        "speed reached ÷ asked": covered / FPS / spent_s / abs(speed),
        "share of a core": cpu_s / spent_s,
    }
    if late_ms:
        late_ms.sort()
        found["late, median ms"] = late_ms[len(late_ms) // 2]
        found["late, 95th of 100 ms"] = late_ms[len(late_ms) * 95 // 100]
    return found


def decoding(path: Path) -> dict[str, float]:
    import av

    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        began, n_frames = time.perf_counter(), 0
        for _ in container.decode(video=0):
            n_frames += 1
    return {"baseline, decoded frames a second": n_frames / (time.perf_counter() - began)}


def make(path: Path, size: tuple[int, int], *, n_frames: int) -> None:
    import av
    import numpy as np

    rng = np.random.default_rng(4)
    ground = rng.integers(0, 255, (size[1] // 8, size[0] // 8 + n_frames, 3), dtype=np.uint8)
    with av.open(str(path), "w") as container:
        pictures = container.add_stream("libx264", rate=FPS)
        pictures.width, pictures.height, pictures.pix_fmt = *size, "yuv420p"
        pictures.codec_context.options = {"preset": "veryfast", "g": "250", "bf": "2"}
        sound = container.add_stream("aac", rate=48_000, layout="stereo")
        noise = rng.normal(0, 0.05, (2, 48_000)).astype(np.float32)
        for start in range(0, n_frames * 48_000 // FPS, 1024):
            offset = start % 46_000
            block = np.ascontiguousarray(noise[:, offset : offset + 1024])
            frame = av.AudioFrame.from_ndarray(block, "fltp", "stereo")
            frame.sample_rate, frame.pts = 48_000, start
            frame.time_base = Fraction(1, 48_000)
            container.mux(sound.encode(frame))
        container.mux(sound.encode(None))
        for number in range(n_frames):
            pixels = ground[:, number : number + size[0] // 8].repeat(8, 0).repeat(8, 1)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(pictures.encode(frame.reformat(format="yuv420p")))
        container.mux(pictures.encode(None))
