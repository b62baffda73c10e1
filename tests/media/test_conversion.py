"""A converted copy shows the same frames at the same microseconds; the original stays as it is."""

import hashlib
import json
import sys
import threading
from fractions import Fraction
from types import SimpleNamespace

import av
import numpy as np
import pytest
from typer.testing import CliRunner

from awkward.kinds import AWKWARD, make_awkward
from clips import KINDS, encode, make_clip, numbered_pixels, phone_ticks, read_number
from imhcode.cli.media import app
from imhcode.media import errors
from imhcode.media.conversion import GROUP, convert
from imhcode.media.source import open_source
from imhcode.services.converting import Converting, free_copy_name

COPIED_KINDS = (
    *(
        "vfr_rotated_90",
        "rotated_270",
        "h264_ts_wrap",
        "h264_avi",
        "mpeg2_interlaced_ts",
        "vp9_altref_webm",
    ),
    *("h264_edit_list", "bare_h264", "h264_10_bit", "with_sound", "h264_mkv_without_cues"),
    *(
        "h264_pyramid",
        "mjpeg_odd_size",
        "prores_mov",
        "dv_ntsc_mov",
        "gif",
        "raw_bgr_avi",
        "h264_grey",
    ),
    *("edits_several", "no_first_keyframe_mp4", "two_sizes_ts", "ntsc_mkv", "non_square_rotated"),
    *("h264_fields_mts", "sound_before_picture_ts", "vfr_webm_from_browser"),
)


def numbers_in(source):
    return [read_number(source.picture(n).pixels) for n in range(len(source.frame_times))]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def clip(tmp_path):
    return lambda kind: make_clip(tmp_path, kind) if kind in KINDS else make_awkward(tmp_path, kind)


@pytest.mark.parametrize("kind", COPIED_KINDS)
def test_the_copy_is_the_same_to_the_microsecond(clip, tmp_path, kind):
    assert kind in KINDS or kind in AWKWARD
    path = clip(kind).path
    before = digest(path)
    made = convert(path, tmp_path / "copy.mp4")
    assert digest(path) == before
    original, copy = open_source(path), open_source(made.path)
    assert made.left_out == ()
    assert copy.frame_times.times_us.tolist() == original.frame_times.times_us.tolist()
    assert copy.frame_times.end_us == original.frame_times.end_us
    assert numbers_in(copy) == numbers_in(original)
    for fact in ("rotation_deg", "width", "height", "frames"):
        assert getattr(copy.probe, fact) == getattr(original.probe, fact)
    original.close()
    copy.close()


def test_a_jump_in_the_copy_decodes_few_frames(clip, tmp_path):
    source = open_source(convert(clip("h264_endless_group").path, tmp_path / "copy.mp4").path)
    ordinals = source.index.ordinals
    source.close()
    assert int(np.max(ordinals - source.index.start[ordinals])) < GROUP


@pytest.mark.parametrize("kind", ["cfr25", "h264_422_10_bit", "raw_bgr_avi"])
def test_the_pictures_are_close_to_lossless(clip, tmp_path, kind):
    path = clip(kind).path
    original, copy = open_source(path), open_source(convert(path, tmp_path / "copy.mp4").path)
    for number in (0, 7, len(original.frame_times) - 1):
        wanted = original.picture(number).pixels.astype(float)
        noise = np.mean((copy.picture(number).pixels - wanted) ** 2)
        assert 10 * np.log10(255**2 / max(noise, 1e-9)) > 40
    original.close()
    copy.close()


# ---- sound ---------------------------------------------------------------------------------------

BEEP_S = 1.0


def make_beep(path, codec, picture_s, sound_s, rate=48_000):
    """60 pictures from ``picture_s`` on; sound from ``sound_s`` with a beep at their second 1."""
    with av.open(str(path), "w") as target:
        pictures = target.add_stream("mpeg4", rate=25)
        pictures.width, pictures.height, pictures.pix_fmt = 128, 64, "yuv420p"
        pictures.codec_context.options = {"b": "2M"}
        sound = target.add_stream(codec, rate=rate, layout="mono")
        form = sound.codec_context.format.name if sound.codec_context.format else "s16"
        at = np.arange(int(rate * 4)) / rate + sound_s - picture_s
        wave = np.where((at >= BEEP_S) & (at < BEEP_S + 0.2), np.sin(2 * np.pi * 1000 * at), 0.0)
        samples = (wave * 20_000).astype(np.int16).reshape(1, -1)
        for start in range(0, samples.shape[1], 1152):
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(samples[:, start : start + 1152]), "s16", "mono"
            )
            frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
            frame.pts = start
            resampler = av.AudioResampler(form, "mono", rate)
            for ready in resampler.resample(frame):
                for packet in sound.encode(ready):
                    _later(packet, sound_s)
                    target.mux(packet)
        for packet in sound.encode(None):
            _later(packet, sound_s)
            target.mux(packet)
        for number in range(60):
            frame = av.VideoFrame.from_ndarray(numbered_pixels(number), "rgb24").reformat(
                format="yuv420p"
            )
            frame.pts, frame.time_base = number, Fraction(1, 25)
            for packet in pictures.encode(frame):
                _later(packet, picture_s)
                target.mux(packet)
        for packet in pictures.encode(None):
            _later(packet, picture_s)
            target.mux(packet)


def _later(packet, seconds):
    shift = round(seconds / float(packet.time_base))
    packet.pts += shift
    packet.dts += shift


def beep_heard_s(path):
    """When the beep begins, on the clock whose 0 is the first picture."""
    with av.open(str(path)) as source:
        stream = source.streams.video[0]
        first = min(
            p.pts * p.time_base for p in source.demux(stream) if p.size and p.pts is not None
        )
    with av.open(str(path)) as source:
        for frame in source.decode(audio=0):
            loud = np.abs(
                frame.to_ndarray().astype(float).reshape(frame.to_ndarray().shape[0], -1)[0]
            )
            limit = 0.1 if frame.format.name.startswith("flt") else 3_000
            if frame.format.name.startswith("s32"):
                limit *= 1 << 16
            if (loud > limit).any():
                at = frame.pts * frame.time_base - first
                return float(at) + int(np.argmax(loud > limit)) / frame.sample_rate
    return None


@pytest.mark.parametrize(
    ("name", "codec", "picture_s", "sound_s", "kept"),
    [
        ("camera.mov", "pcm_s16le", 0, 0, "lossless"),
        ("old.avi", "pcm_s16le", 0, 0, "lossless"),
        ("camcorder.ts", "mp2", 2, 2, "lossless"),
        ("late_sound.ts", "mp2", 2, 2.4, "lossless"),
        ("early_sound.ts", "mp2", 2.4, 2, "lossless"),
        ("phone.mp4", "aac", 0, 0, "copied"),
        ("late_sound.mkv", "aac", 0, 0.4, "copied"),
        ("early_sound.mkv", "flac", 0.4, 0, "copied"),
    ],
)
def test_the_beep_stays_with_its_picture(tmp_path, name, codec, picture_s, sound_s, kept):
    path = tmp_path / name
    make_beep(path, codec, picture_s, sound_s)
    made = convert(path, tmp_path / "copy.mp4")
    assert made.sound == (kept,)
    heard = beep_heard_s(made.path)
    assert heard == pytest.approx(beep_heard_s(path), abs=0.002)
    # mp2 itself comes a little later than it was given
    assert heard == pytest.approx(BEEP_S, abs=0.03)


# ---- progress, stopping, refusing ------------------------------------------------------------------


def test_progress_rises_to_the_end(clip, tmp_path):
    told = []
    convert(clip("cfr25").path, tmp_path / "copy.mp4", on_progress=told.append)
    assert told == sorted(told)
    assert len(told) > 100
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_a_stopped_conversion_leaves_nothing(clip, tmp_path):
    path = clip("cfr25").path
    answers = iter([True] * 40 + [False] * 1_000)
    with pytest.raises(errors.ConversionStopped):
        convert(path, tmp_path / "copy.mp4", wanted=lambda: next(answers))
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_overwritten_and_only_mp4_is_written(clip, tmp_path):
    path = clip("cfr25").path
    before = digest(path)
    with pytest.raises(errors.CopyIsThere):
        convert(path, path)
    with pytest.raises(errors.CopyIsNoMp4):
        convert(path, tmp_path / "copy.mkv")
    assert digest(path) == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told(clip, tmp_path):
    with pytest.raises(errors.CopyNotWritten, match="No such file"):
        convert(clip("cfr25").path, tmp_path / "none" / "copy.mp4")


def test_a_pause_that_mp4_cannot_say_is_told_at_once(clip, tmp_path):
    with pytest.raises(errors.CopyNotWritten, match="35 minutes"):
        convert(clip("gaps_mkv").path, tmp_path / "copy.mp4")


def test_a_disk_without_room_is_told_before_anything_is_written(clip, tmp_path, monkeypatch):
    path = clip("cfr25").path
    usage = SimpleNamespace(total=10**9, used=10**9, free=10_000_000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(errors.NoRoomForCopy, match=r"0\.0 GB left"):
        convert(path, tmp_path / "copy.mp4")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits on Windows")
def test_a_disk_that_fills_up_on_the_way_leaves_nothing(tmp_path):
    import resource

    path = tmp_path / "noise.mkv"
    encode(path, "ffv1", ticks=range(200))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, hard))
    try:
        with pytest.raises(errors.CopyNotWritten, match="too large"):
            convert(path, tmp_path / "copy.mp4")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == [path]


def test_an_original_that_changes_meanwhile_gives_no_copy(tmp_path):
    path = tmp_path / "growing.ts"
    encode(path, ticks=range(120), options={"g": "30"})

    def touched(share):
        if share > 0.9:
            path.write_bytes(path.read_bytes()[:-1] + b"\0")

    with pytest.raises(errors.CopyDiffers, match="changed meanwhile"):
        convert(path, tmp_path / "copy.mp4", on_progress=touched)
    assert list(tmp_path.iterdir()) == [path]


def test_damaged_frames_are_left_out_and_all_others_keep_their_times(tmp_path):
    path = tmp_path / "damaged.mp4"
    encode(path, "mjpeg", ticks=phone_ticks(60), time_base=Fraction(1, 90_000), pix_fmt="yuvj420p")
    whole = open_source(path)
    data = bytearray(path.read_bytes())
    for frame in (20, 21, 33):
        at = int(whole.index.position[frame])
        data[at : at + int(whole.index.size[frame])] = bytes(int(whole.index.size[frame]))
    whole.close()
    path.write_bytes(data)
    made = convert(path, tmp_path / "copy.mp4")
    assert (made.frames, made.left_out) == (57, (20, 21, 33))
    copy = open_source(made.path)
    kept = np.delete(whole.frame_times.times_us, [20, 21, 33])
    assert copy.frame_times.times_us.tolist() == kept.tolist()
    assert numbers_in(copy) == [n for n in range(60) if n not in (20, 21, 33)]
    copy.close()


# ---- in the background, and from the command line ---------------------------------------------------


def test_in_the_background_it_tells_of_its_end(clip, tmp_path):
    path = clip("cfr25").path
    told, ended = [], threading.Event()

    def done(result):
        told.append(result)
        ended.set()

    to = free_copy_name(path)
    assert to.name == "cfr25 (copy).mp4"
    work = Converting(path, to, on_progress=lambda _: None, on_done=done, on_failure=done)
    assert ended.wait(60)
    assert work.wait(60)
    assert (told[0].path, told[0].frames) == (to, 120)
    assert free_copy_name(path).name == "cfr25 (copy 2).mp4"


def test_in_the_background_it_can_be_stopped(clip, tmp_path):
    path = clip("cfr25").path
    told, begun, may_go_on = [], threading.Event(), threading.Event()

    def wait_there(_):
        begun.set()
        may_go_on.wait(60)

    to = tmp_path / "copy.mp4"
    work = Converting(path, to, on_progress=wait_there, on_done=told.append, on_failure=told.append)
    assert begun.wait(60)
    work.stop()
    may_go_on.set()
    assert work.wait(60)
    assert [type(one) for one in told] == [errors.ConversionStopped]
    assert list(tmp_path.iterdir()) == [path]


def test_the_command_writes_a_copy_and_says_so(clip, tmp_path):
    words = ["convert", str(clip("with_sound").path), "--to", str(tmp_path / "copy.mp4"), "--json"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "path": str(tmp_path / "copy.mp4"),
        "frames": 60,
        "left_out": [],
        "sound": ["copied"],
        "sha256": digest(tmp_path / "copy.mp4"),
    }
