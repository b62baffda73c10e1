"""Recordings as they really come: more kinds than `clips.KINDS`, from cameras, editors and calls.

Each maker writes one file and says what is in it.  Those in `NEEDS_PROGRAM` are made by the
ffmpeg program, because the library has no encoder for them.
"""

import random
import subprocess
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from awkward.boxes import EMPTY, timescales, with_edits
from awkward.remuxing import (
    copied,
    fields_as_packets,
    joined_bytes,
    keyframes,
    packed,
    two_sizes,
)
from clips import (
    FPS25,
    HEIGHT,
    MS,
    NTSC,
    PHONE,
    WIDTH,
    X264_B,
    X264_OPEN,
    X264_SHORT,
    Clip,
    _derived,
    _plain,
    even_ticks,
    phone_ticks,
    read_number,
    times_of,
)

AS_TOLD = frozenset({"times from ffprobe"})
X264_PYRAMID = {
    "bf": "7",
    "g": "120",
    "preset": "fast",
    "x264-params": "b-pyramid=normal:b-adapt=0:scenecut=0:ref=5",
}
X265_OPEN = {"x265-params": "keyint=24:min-keyint=24:bframes=4:b-adapt=0:open-gop=1:log-level=none"}
X265_SHORT = {"x265-params": "keyint=24:bframes=2:log-level=none"}
# A quicker preset blends neighbouring pictures, and their numbers with them.
SVT = {"preset": "8", "crf": "8", "g": "32", "svtav1-params": "hierarchical-levels=4"}
INTRA = {"bf": "0", "g": "25", "preset": "fast"}


def _without_known_times(make: Callable) -> Callable:
    """The muxer rounds the times in its own way; ffprobe says how."""

    def told(path: Path) -> Clip:
        return replace(make(path), times_us=None, traits=AS_TOLD)

    told.suffix = make.suffix
    return told


def _gap_ticks() -> list[int]:
    """Ticks of 1/90000 s with pauses of a minute and of an hour, as a motion camera leaves."""
    ticks = [3600 * n for n in range(90)]
    return [
        t + (90_000 * 60 if n >= 30 else 0) + (90_000 * 3600 if n >= 60 else 0)
        for n, t in enumerate(ticks)
    ]


def _jittering(step: int, wobble: int, n_frames: int) -> list[int]:
    chance = random.Random(step)
    return [n * step + chance.randrange(wobble) for n in range(n_frames)]


def _edits(edits: Callable[[int, int], list[tuple[int, int]]], numbers: list[int], times_us):
    def change(original: Path, path: Path) -> Clip:
        with_edits(original, path, edits(*timescales(original)))
        return Clip(path, numbers, times_us)

    return change


def _several_edits(film: int, track: int) -> list[tuple[int, int]]:
    """Frames 10 to 29, then 75 to 104."""
    return [(20 * film // 25, 10 * track // 25), (30 * film // 25, 75 * track // 25)]


def _late_start(film: int, track: int) -> list[tuple[int, int]]:
    return [(film * 3 // 2, EMPTY), (120 * film // 25, 0)]


def _middle_only(film: int, track: int) -> list[tuple[int, int]]:
    """From the middle of a group to the middle of another."""
    return [(60 * film // 25, 33 * track // 25)]


def _without_first_keyframe(original: Path, path: Path) -> Clip:
    second = keyframes(original)[1]
    copied(original, path, keep=lambda ordinal: ordinal > 0)
    return Clip(path, (), None, traits=frozenset({"numbers by time"}) if second else frozenset())


def _duplicate_times(original: Path, path: Path) -> Clip:
    """Every tenth frame carries the time of the one before it."""
    copied(original, path, pts_of=lambda ordinal, pts: 40 * (ordinal - (ordinal % 10 == 9)))
    return Clip(path, range(120), None, traits=frozenset({"no telling the times"}))


def _on_the_clock(shift_s: Fraction, first_number: int = 0) -> Callable:
    """A transport stream that begins at a time of its own."""
    ticks = [3600 * n for n in range(120)]
    return _plain(
        ".ts",
        ticks=ticks,
        time_base=PHONE,
        options=X264_SHORT,
        shift_s=shift_s,
        first_number=first_number,
    )


def _joined_streams(shift_s: Fraction) -> Callable[[Path, Path], Clip]:
    """Two transport streams one behind the other; the clock of the second begins elsewhere."""

    def change(original: Path, path: Path) -> Clip:
        second = path.with_name("second.ts")
        _on_the_clock(shift_s, first_number=120)(second)
        joined_bytes(path, [original, second])
        return Clip(path, range(240), None, traits=frozenset({"no telling the times"}))

    return change


def _packed(original: Path, path: Path) -> Clip:
    packed(original, path)
    return Clip(path, range(121), times_of(even_ticks(121), FPS25))


def _fields(path: Path) -> Clip:
    fields_as_packets(path, 60)
    return Clip(path, range(60), times_of(even_ticks(60), FPS25))


_fields.suffix = ".mts"


def _fields_in_mp4(original: Path, path: Path) -> Clip:
    copied(original, path)
    return Clip(path, range(60), times_of(even_ticks(60), FPS25))


def _sizes(path: Path) -> Clip:
    two_sizes(path)
    return Clip(path, range(80), times_of(even_ticks(80), FPS25), traits=frozenset({"two sizes"}))


_sizes.suffix = ".ts"


def _two_pictures(path: Path) -> Clip:
    """Two cameras in one file; the first is the one shown."""
    front, side = path.with_name("front.mp4"), path.with_name("side.mp4")
    _plain(".mp4", n_frames=50, options=X264_SHORT)(front)
    _plain(".mp4", n_frames=70, options=X264_SHORT, first_number=500)(side)
    with av.open(str(path), "w") as target, av.open(str(front)) as one, av.open(str(side)) as two:
        pairs = [
            (part, target.add_stream_from_template(part.streams.video[0])) for part in (one, two)
        ]
        for part, copy in pairs:
            for packet in part.demux(part.streams.video[0]):
                if packet.size:
                    packet.stream = copy
                    target.mux(packet)
    return Clip(path, range(50), times_of(even_ticks(50), FPS25))


_two_pictures.suffix = ".mkv"


def _by_program(suffix: str, *words: str, n_frames: int = 80) -> Callable:
    """Let the ffmpeg program turn a lossless original into this kind."""

    def change(original: Path, path: Path) -> Clip:
        command = ["ffmpeg", "-v", "error", "-y", "-i", original, *words, path]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        return Clip(path, range(n_frames), None, traits=AS_TOLD)

    return _derived(suffix, _plain(".mkv", "ffv1", n_frames=n_frames), change)


def _as_seen_by_program(make: Callable) -> Callable:
    """The encoder drops frames at its end; the ffmpeg program says which came through."""

    def seen(path: Path) -> Clip:
        clip = make(path)
        words = ["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray", "-"]
        command = ["ffmpeg", "-v", "error", "-i", path, *words]
        grey = subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        pictures = np.frombuffer(grey.stdout, np.uint8).reshape(-1, HEIGHT, WIDTH)
        return replace(clip, numbers=[read_number(picture) for picture in pictures])

    seen.suffix = make.suffix
    return seen


AWKWARD: dict[str, Callable] = {
    # newer codecs, and groups with references of references
    "av1_mp4": _plain(".mp4", "libsvtav1", n_frames=100, options=SVT),
    "av1_mkv": _plain(".mkv", "libsvtav1", n_frames=100, options=SVT),
    "av1_ivf": _plain(".ivf", "libsvtav1", n_frames=70, options=SVT),
    "av1_10_bit": _plain(".mp4", "libsvtav1", n_frames=40, options=SVT, pix_fmt="yuv420p10le"),
    "h264_pyramid": _plain(".mp4", n_frames=200, options=X264_PYRAMID),
    "h264_pyramid_ts": _plain(".ts", n_frames=200, options=X264_PYRAMID),
    "h264_open_pyramid_mkv": _plain(
        ".mkv",
        n_frames=150,
        options={
            **X264_OPEN,
            "bf": "5",
            "x264-params": "open-gop=1:keyint=30:b-pyramid=normal:b-adapt=0:scenecut=0",
        },
    ),
    "h264_endless_group": _plain(
        ".mp4",
        n_frames=400,
        options={"bf": "3", "g": "9999", "preset": "fast", "x264-params": "scenecut=0"},
    ),
    "h264_intra_refresh": _plain(
        ".mp4", options={"bf": "0", "preset": "fast", "x264-params": "intra-refresh=1:keyint=40"}
    ),
    "hevc_leading_mp4": _plain(".mp4", "libx265", options=X265_OPEN),
    "hevc_leading_ts": _plain(".ts", "libx265", options=X265_OPEN),
    "hevc_leading_mkv": _plain(".mkv", "libx265", options=X265_OPEN),
    "hevc_bare": _plain(".hevc", "libx265", n_frames=80, options=X265_SHORT),
    "hevc_vfr_mov": _plain(
        ".mov",
        "libx265",
        ticks=_jittering(20, 12, 90),
        time_base=Fraction(1, 600),
        options=X265_SHORT,
    ),
    # odd pixels
    "h264_odd_size": _plain(".mp4", n_frames=40, options=INTRA, size=(133, 75), pix_fmt="yuv444p"),
    "mjpeg_odd_size": _plain(".avi", "mjpeg", n_frames=40, size=(133, 75), pix_fmt="yuvj420p"),
    "vp9_odd_size": _plain(
        ".webm",
        "libvpx-vp9",
        n_frames=40,
        size=(133, 75),
        options={"cpu-used": "8", "deadline": "realtime"},
    ),
    "h264_422": _plain(".mp4", n_frames=40, options=X264_SHORT, pix_fmt="yuv422p"),
    "h264_422_10_bit": _plain(".mp4", n_frames=40, options=X264_SHORT, pix_fmt="yuv422p10le"),
    "h264_444": _plain(".mp4", n_frames=40, options=X264_SHORT, pix_fmt="yuv444p"),
    "h264_grey": _plain(".mp4", n_frames=40, options=X264_SHORT, pix_fmt="gray"),
    "h264_rgb": _plain(".mp4", "libx264rgb", n_frames=40, options=X264_SHORT, pix_fmt="rgb24"),
    "hevc_12_bit": _plain(
        ".mp4", "libx265", n_frames=40, options=X265_SHORT, pix_fmt="yuv422p12le"
    ),
    "hevc_hdr": _plain(
        ".mp4",
        "libx265",
        n_frames=40,
        pix_fmt="yuv420p10le",
        options={
            "x265-params": "keyint=24:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:log-level=none"
        },
    ),
    "non_square_rotated": _plain(
        ".mp4", n_frames=30, options=INTRA, pixel_aspect=Fraction(4, 3), turn_clockwise=90
    ),
    # older cameras and editors
    "prores_mov": _plain(".mov", "prores_ks", n_frames=40, pix_fmt="yuv422p10le"),
    "dnxhd_mov": _plain(
        ".mov", "dnxhd", n_frames=25, size=(1280, 720), pix_fmt="yuv422p", options={"b": "60M"}
    ),
    "qtrle_mov": _plain(".mov", "qtrle", n_frames=40, pix_fmt="rgb24", options={"g": "10"}),
    "png_mov": _plain(".mov", "png", n_frames=30, pix_fmt="rgb24"),
    "jpeg2000_mov": _plain(".mov", "jpeg2000", n_frames=30, pix_fmt="rgb24"),
    "cinepak_avi": _plain(".avi", "cinepak", n_frames=30, pix_fmt="rgb24"),
    "dv_raw": _plain(".dv", "dvvideo", n_frames=30, size=(720, 576), pix_fmt="yuv420p"),
    "dv_avi": _plain(".avi", "dvvideo", n_frames=30, size=(720, 576), pix_fmt="yuv420p"),
    "dv_ntsc_mov": _plain(
        ".mov", "dvvideo", n_frames=30, size=(720, 480), pix_fmt="yuv411p", time_base=NTSC
    ),
    "mpeg1_ps": _plain(".mpg", "mpeg1video", options={"bf": "2", "g": "12", "b": "3M"}),
    "mpeg2_vob": _plain(".vob", "mpeg2video", options={"bf": "2", "g": "15", "b": "4M"}),
    "mpeg2_open_gop_ts": _plain(
        ".ts", "mpeg2video", n_frames=150, options={"bf": "2", "g": "12", "b": "4M"}
    ),
    "mpeg2_422_ts": _plain(
        ".ts", "mpeg2video", options={"bf": "2", "g": "12", "b": "6M"}, pix_fmt="yuv422p"
    ),
    "h263_3gp": _plain(
        ".3gp", "h263", size=(176, 144), time_base=NTSC, options={"g": "30", "b": "1M"}
    ),
    "mpeg4_3gp": _plain(".3gp", "mpeg4", size=(176, 144), options={"g": "30", "b": "1M"}),
    "wmv2_asf": _plain(".wmv", "wmv2", options={"g": "30", "b": "2M"}),
    "msmpeg4_avi": _plain(".avi", "msmpeg4", options={"g": "30", "b": "2M"}),
    "flv1_flv": _plain(".flv", "flv", options={"g": "30", "b": "2M"}),
    "h264_flv": _plain(".flv", options=X264_SHORT),
    "rv20_rm": _without_known_times(
        _plain(".rm", "rv20", size=(176, 144), options={"g": "30", "b": "1M"})
    ),
    "svq1_mov": _plain(".mov", "svq1", n_frames=40, pix_fmt="yuv410p", options={"g": "20"}),
    "ffv1_mkv": _plain(".mkv", "ffv1", n_frames=40),
    "huffyuv_avi": _plain(".avi", "huffyuv", n_frames=40, pix_fmt="yuv422p"),
    "utvideo_avi": _plain(".avi", "utvideo", n_frames=40),
    "raw_avi": _plain(".avi", "rawvideo", n_frames=40),
    "raw_bgr_avi": _plain(".avi", "rawvideo", n_frames=40, pix_fmt="bgr24"),
    "y4m": _plain(".y4m", "rawvideo", n_frames=40),
    "gif": _without_known_times(_plain(".gif", "gif", n_frames=40, pix_fmt="rgb8")),
    "mpeg4_packed_avi": _derived(
        ".avi",
        _plain(
            ".avi",
            "mpeg4",
            n_frames=121,
            options={"bf": "1", "g": "30", "b": "2M", "b_strategy": "0"},
        ),
        _packed,
    ),
    "theora_ogv": _by_program(".ogv", "-c:v", "libtheora", "-q:v", "9", "-g", "24"),
    "mpeg2_mxf": _by_program(
        ".mxf", "-c:v", "mpeg2video", "-pix_fmt", "yuv420p", "-b:v", "6M", "-bf", "2", "-g", "12"
    ),
    "xvid_avi": _as_seen_by_program(
        _by_program(".avi", "-c:v", "libxvid", "-bf", "2", "-g", "30", "-q:v", "3")
    ),
    "timecode_mov": _by_program(
        ".mov", "-c:v", "libx265", "-x265-params", "log-level=none", "-timecode", "01:00:00:00"
    ),
    # interlaced
    "h264_fields_mts": _fields,
    "h264_fields_mp4": _derived(".mp4", _fields, _fields_in_mp4),
    "h264_bottom_first_mts": _plain(".m2ts", options={**X264_SHORT, "x264-params": "bff=1"}),
    "h264_interlaced_mov": _plain(".mov", options={**X264_SHORT, "x264-params": "tff=1"}),
    # strange times
    "edits_several": _derived(
        ".mp4",
        _plain(".mp4", options=INTRA),
        _edits(_several_edits, [*range(10, 30), *range(75, 105)], times_of(even_ticks(50), FPS25)),
    ),
    "edits_late_start": _derived(
        ".mp4",
        _plain(".mp4", options=INTRA),
        _edits(_late_start, list(range(120)), times_of(even_ticks(120), FPS25)),
    ),
    "edits_middle_b": _derived(
        ".mp4",
        _plain(".mp4", options={**X264_SHORT, "x264-params": "keyint=30:scenecut=0"}),
        _edits(_middle_only, [], None),
    ),
    "gaps_mp4": _plain(".mp4", ticks=_gap_ticks(), time_base=PHONE, options=X264_SHORT),
    "gaps_mkv": _plain(".mkv", ticks=_gap_ticks(), time_base=PHONE, options=X264_SHORT),
    "vfr_webm_from_browser": _plain(
        ".webm",
        "libvpx",
        ticks=_jittering(33, 20, 120),
        time_base=MS,
        options={"deadline": "realtime", "cpu-used": "8", "g": "1000"},
        container_options={"live": "1"},
    ),
    "vfr_ts": _plain(".ts", ticks=phone_ticks(120), time_base=PHONE, options=X264_SHORT),
    "ntsc_mkv": _without_known_times(_plain(".mkv", time_base=NTSC, options=X264_B)),
    "thousand_hz": _plain(".mkv", ticks=range(200), time_base=MS, options=X264_SHORT),
    "one_a_second": _plain(".mp4", n_frames=50, time_base=Fraction(1), options=X264_SHORT),
    "skipped_avi": _plain(
        ".avi", "mpeg4", ticks=[n + n // 7 for n in range(90)], options={"g": "30", "b": "2M"}
    ),
    "duplicate_times_mkv": _derived(".mkv", _plain(".mkv", options=INTRA), _duplicate_times),
    "no_first_keyframe_mp4": _derived(
        ".mp4", _plain(".mp4", options=X264_SHORT), _without_first_keyframe
    ),
    "no_first_keyframe_mkv": _derived(
        ".mkv", _plain(".mp4", options=X264_OPEN), _without_first_keyframe
    ),
    "no_edit_list": _plain(".mp4", options=X264_B, container_options={"use_editlist": "0"}),
    "negative_offsets": _plain(
        ".mp4", options=X264_B, container_options={"movflags": "negative_cts_offsets"}
    ),
    "fragmented_b": _plain(
        ".mp4", options=X264_B, container_options={"movflags": "frag_keyframe+empty_moov"}
    ),
    "fragmented_every_frame": _plain(
        ".mp4",
        options=INTRA,
        container_options={"movflags": "frag_every_frame+empty_moov+default_base_moof"},
    ),
    "streams_joined_ts": _derived(".ts", _on_the_clock(Fraction(1)), _joined_streams(Fraction(1))),
    "streams_joined_odd_ts": _derived(
        ".ts", _on_the_clock(Fraction(1)), _joined_streams(Fraction(51, 50))
    ),
    "streams_joined_on_ts": _derived(
        ".ts", _on_the_clock(Fraction(1)), _joined_streams(Fraction(3723))
    ),
    # strange contents
    "two_sizes_ts": _sizes,
    "two_pictures_mkv": _two_pictures,
    "long_sound": _plain(".mp4", n_frames=40, options=X264_SHORT, sound_s=4.0),
    "short_sound_mkv": _plain(".mkv", n_frames=80, options=X264_SHORT, sound_s=0.5),
    "sound_before_picture_ts": _plain(
        ".ts", n_frames=60, options=X264_SHORT, shift_s=Fraction(2), sound_s=4.0
    ),
}

NEEDS_PROGRAM = frozenset({"theora_ogv", "mpeg2_mxf", "xvid_avi", "timecode_mov"})


def make_awkward(folder: Path, name: str) -> Clip:
    """Make the recording of that kind inside a folder of its own."""
    inside = folder / name
    inside.mkdir()
    make = AWKWARD[name]
    return make(inside / f"{name}{make.suffix}")
