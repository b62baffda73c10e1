"""Small recordings made on the spot, whose pixels say which frame they are.

Every picture carries its number as 16 blocks and, below, their complement, so that a wrong, a
blended or a half-decoded picture cannot be read as a number.  ``make_clip(folder, name)`` makes
one of the kinds in `KINDS`; all sorts of files that cameras and editors really leave behind.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

WIDTH, HEIGHT = 128, 64
_COLUMNS, _ROWS = 8, 4
FPS25 = Fraction(1, 25)
NTSC = Fraction(1001, 30_000)


@dataclass(frozen=True)
class Clip:
    """A file and the truth about it."""

    path: Path
    numbers: Sequence[int]  # the number in the pixels of each shown frame
    times_us: Sequence[int] | None  # None: take them from ffprobe
    rotation_deg: int = 0
    traits: frozenset[str] = field(default_factory=frozenset)


def numbered_pixels(number: int, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """Return an RGB picture that carries ``number``."""
    bits = np.array([number >> place & 1 for place in range(16)], dtype=np.uint8).reshape(2, 8)
    blocks = np.vstack([bits, 1 - bits]) * 200 + 28
    rows = np.arange(height) * _ROWS // height
    columns = np.arange(width) * _COLUMNS // width
    return np.repeat(blocks[np.ix_(rows, columns)][:, :, None], 3, axis=2).astype(np.uint8)


def read_number(pixels: np.ndarray) -> int | None:
    """Return the number in an upright picture of any size; None if it cannot be read."""
    height, width = pixels.shape[:2]
    grey = pixels.reshape(height, width, -1).mean(axis=2)
    rows = (np.arange(_ROWS) * 2 + 1) * height // (2 * _ROWS)
    columns = (np.arange(_COLUMNS) * 2 + 1) * width // (2 * _COLUMNS)
    level = grey[np.ix_(rows, columns)]
    if ((level > 90) & (level < 166)).any():
        return None
    bits = level > 128
    if (bits[:2] == bits[2:]).any():
        return None
    return int(sum(int(bit) << place for place, bit in enumerate(bits[:2].ravel())))


def even_ticks(n_frames: int) -> list[int]:
    return list(range(n_frames))


def phone_ticks(n_frames: int) -> list[int]:
    """Ticks of 1/90000 s that jitter and pause as a phone's do."""
    random_steps = random.Random(7)
    ticks, now = [], 0
    for _ in range(n_frames):
        ticks.append(now)
        now += random_steps.choice([3000, 3000, 2990, 3013, 6000, 3750])
    return ticks


def times_of(ticks: Sequence[int], time_base: Fraction) -> list[int]:
    """Round to whole microseconds, halves up, as the program promises."""
    return [int((tick - ticks[0]) * time_base * 1_000_000 + Fraction(1, 2)) for tick in ticks]


def encode(
    path: Path,
    codec: str = "libx264",
    *,
    ticks: Sequence[int],
    time_base: Fraction = FPS25,
    options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
    shift_s: Fraction = Fraction(0),
    turn_clockwise: int = 0,
    pix_fmt: str = "yuv420p",
    pixel_aspect: Fraction | None = None,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    with_sound: bool = False,
    interlaced: bool = False,
    colour: tuple[int, int, int] | None = None,
    first_number: int = 0,
    sound_s: float | None = None,
) -> None:
    """Write numbered frames, one per tick, stored so that ``turn_clockwise`` makes them upright."""
    width, height = size if turn_clockwise in (0, 180) else size[::-1]
    with av.open(str(path), "w", options=container_options or {}) as container:
        stream = container.add_stream(codec, rate=1 / time_base if time_base > 1 / 1000 else 30)
        stream.width, stream.height, stream.pix_fmt = width, height, pix_fmt
        stream.time_base = stream.codec_context.time_base = time_base
        stream.codec_context.options = options or {}
        stream.codec_context.thread_count = 1
        if pixel_aspect:
            stream.codec_context.sample_aspect_ratio = pixel_aspect
        if interlaced:
            stream.codec_context.flags |= 1 << 18 | 1 << 29
        if turn_clockwise:
            stream.set_display_rotation(-turn_clockwise)
        if with_sound:
            sound_s = float((ticks[-1] + 1) * time_base)
        sound = container.add_stream("aac", rate=48_000, layout="stereo") if sound_s else None

        def mux(packets: list[av.Packet]) -> None:
            for packet in packets:
                shift = round(shift_s / packet.time_base)
                packet.pts += shift
                packet.dts += shift
                container.mux(packet)

        if sound:
            _add_silence(container, sound, sound_s)
        for number, tick in enumerate(ticks, first_number):
            if colour:
                pixels = np.full((size[1], size[0], 3), colour, dtype=np.uint8)
            else:
                pixels = numbered_pixels(number, *size)
            turned = np.ascontiguousarray(np.rot90(pixels, turn_clockwise // 90))
            frame = av.VideoFrame.from_ndarray(turned, "rgb24").reformat(format=pix_fmt)
            frame.pts, frame.time_base = tick, time_base
            mux(stream.encode(frame))
        mux(stream.encode(None))


def _add_silence(container: av.container.OutputContainer, sound: av.AudioStream, seconds: float):
    for start in range(0, int(seconds * 48_000), 1024):
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = 48_000, start, Fraction(1, 48_000)
        container.mux(sound.encode(frame))
    container.mux(sound.encode(None))


# -- kinds ------------------------------------------------------------------------------------

X264_B = {"bf": "3", "g": "250", "preset": "fast", "x264-params": "b-adapt=0:scenecut=0"}
X264_OPEN = {
    "bf": "3",
    "g": "30",
    "preset": "fast",
    "x264-params": "open-gop=1:keyint=30:min-keyint=30:scenecut=0:b-adapt=0",
}
X264_SHORT = {"bf": "2", "g": "30", "preset": "fast"}


def _plain(suffix: str, codec: str = "libx264", *, n_frames: int = 120, **given) -> Callable:
    def make(path: Path) -> Clip:
        time_base = given.get("time_base", FPS25)
        ticks = given.get("ticks") or even_ticks(n_frames)
        encode(path, codec, **{**given, "ticks": ticks})
        return Clip(
            path,
            range(len(ticks)),
            times_of(ticks, time_base),
            rotation_deg=given.get("turn_clockwise", 0),
        )

    make.suffix = suffix
    return make


def _derived(suffix: str, make_first: Callable, change: Callable[[Path, Path], Clip]) -> Callable:
    def make(path: Path) -> Clip:
        original = path.with_name(path.stem + "_original" + make_first.suffix)
        make_first(original)
        return change(original, path)

    make.suffix = suffix
    return make


def _without_start(original: Path, path: Path) -> Clip:
    """Cut a transport stream in the middle of a group, on a packet boundary."""
    data = original.read_bytes()
    path.write_bytes(data[len(data) // 5 // 188 * 188 :])
    return Clip(path, (), None, traits=frozenset({"numbers from ffprobe"}))


def _without_end(original: Path, path: Path) -> Clip:
    data = original.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 5])
    return Clip(path, (), None, traits=frozenset({"numbers from ffprobe", "cut off"}))


def _edited(original: Path, path: Path) -> Clip:
    """Copy without the first 12 frames: the muxer keeps them and hides them by an edit list."""
    with av.open(str(original)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        copy = target.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.dts is None:
                continue
            shift = round(12 * FPS25 / packet.time_base)
            packet.pts -= shift
            packet.dts -= shift
            packet.stream = copy
            target.mux(packet)
    return Clip(path, range(12, 120), times_of(even_ticks(108), FPS25))


MS = Fraction(1, 1000)
PHONE = Fraction(1, 90_000)
VP9 = {"deadline": "realtime", "cpu-used": "8", "g": "40"}
KINDS: dict[str, Callable] = {
    "cfr25": _plain(".mp4", options={"bf": "0", "g": "25", "preset": "fast"}),
    "ntsc_long_gop": _plain(".mp4", n_frames=300, time_base=NTSC, options=X264_B),
    "vfr": _plain(".mp4", ticks=phone_ticks(150), time_base=PHONE, options=X264_SHORT),
    "vfr_rotated_90": _plain(
        ".mp4", ticks=phone_ticks(90), time_base=PHONE, options=X264_SHORT, turn_clockwise=90
    ),
    "rotated_180": _plain(".mov", n_frames=40, options=X264_SHORT, turn_clockwise=180),
    "rotated_270": _plain(".mov", n_frames=40, options=X264_SHORT, turn_clockwise=270),
    "open_gop": _plain(".mp4", n_frames=150, options=X264_OPEN),
    "open_gop_ts": _plain(".ts", n_frames=150, options=X264_OPEN),
    "open_gop_mkv": _plain(".mkv", n_frames=150, options=X264_OPEN),
    "mpeg4_avi": _plain(".avi", "mpeg4", options={"g": "30", "b": "2M"}),
    "mpeg4_b_avi": _plain(".avi", "mpeg4", options={"bf": "2", "g": "30", "b": "2M"}),
    "h264_avi": _plain(".avi", options=X264_SHORT),
    "h264_open_gop_avi": _plain(".avi", n_frames=150, options=X264_OPEN),
    "mjpeg_avi": _plain(".avi", "mjpeg", n_frames=80, pix_fmt="yuvj420p"),
    "vp8_webm": _plain(
        ".webm",
        "libvpx",
        options={"auto-alt-ref": "1", "lag-in-frames": "16", "g": "40", "b": "1M"},
    ),
    "vp9_webm": _plain(".webm", "libvpx-vp9", options=VP9),
    "vp9_altref_webm": _plain(
        ".webm", "libvpx-vp9", options={"lag-in-frames": "20", "cpu-used": "6", "g": "60"}
    ),
    "h264_mkv": _plain(".mkv", options=X264_B),
    "h264_mkv_without_cues": _plain(".mkv", options=X264_SHORT, container_options={"live": "1"}),
    "h264_ts": _plain(".ts", options=X264_SHORT, shift_s=Fraction(3723)),
    "h264_ts_wrap": _plain(".ts", options=X264_SHORT, shift_s=Fraction(2**33 - 180_000, 90_000)),
    "h264_ts_cut_start": _derived(".ts", _plain(".ts", options=X264_SHORT), _without_start),
    "h264_ts_cut_end": _derived(".ts", _plain(".ts", options=X264_SHORT), _without_end),
    "mpeg2_interlaced_ts": _plain(
        ".ts",
        "mpeg2video",
        options={"bf": "2", "g": "15", "b": "4M"},
        interlaced=True,
        shift_s=Fraction(3723),
    ),
    "mpeg2_ps": _plain(".mpg", "mpeg2video", options={"bf": "2", "g": "15", "b": "4M"}),
    "h264_interlaced_ts": _plain(
        ".m2ts", options={**X264_SHORT, "x264-params": "tff=1"}, size=(128, 64)
    ),
    "h264_fragmented": _plain(
        ".mp4",
        options=X264_SHORT,
        container_options={"movflags": "frag_keyframe+empty_moov+default_base_moof"},
    ),
    "h264_late_start": _plain(".mp4", options=X264_B, shift_s=Fraction(7, 10)),
    "h264_edit_list": _derived(".mp4", _plain(".mp4", options=X264_B), _edited),
    "hevc": _plain(
        ".mp4", "libx265", n_frames=100, options={"x265-params": "keyint=30:log-level=none"}
    ),
    "hevc_closed": _plain(
        ".mkv",
        "libx265",
        n_frames=100,
        options={"x265-params": "keyint=30:open-gop=0:log-level=none"},
    ),
    "h264_10_bit": _plain(".mp4", n_frames=60, options=X264_SHORT, pix_fmt="yuv420p10le"),
    "mjpeg_mov": _plain(".mov", "mjpeg", n_frames=60, pix_fmt="yuvj422p"),
    "one_frame": _plain(".mp4", n_frames=1),
    "two_frames": _plain(".mp4", n_frames=2),
    "with_sound": _plain(".mp4", n_frames=60, options=X264_SHORT, with_sound=True),
    "bare_h264": _plain(".h264", options=X264_SHORT),
    "cut_off_faststart": _derived(
        ".mp4",
        _plain(".mp4", options=X264_SHORT, container_options={"movflags": "faststart"}),
        _without_end,
    ),
}


def make_clip(folder: Path, name: str) -> Clip:
    """Make the clip of that kind inside ``folder``."""
    make = KINDS[name]
    return make(folder / f"{name}{make.suffix}")


def make_audio_only(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        _add_silence(container, container.add_stream("aac", rate=48_000, layout="stereo"), 1.0)
    return path
