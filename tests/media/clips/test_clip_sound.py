"""Sound stays with its pictures, and what is muted cannot be heard."""

from fractions import Fraction

import numpy as np
import pytest

from beeping_clips import BEEP_S, make_beeping_clip, onsets
from clips import NTSC, encode, numbered_pixels, phone_ticks
from imhcode.media.audio import RATE_HZ
from imhcode.media.clips.export import export_clip
from imhcode.media.clips.plan import ClipCamera, ClipPlan, Shot, TitleCard
from imhcode.media.source import open_source
from written_clips import numbers_of, sound_of

BEEPS_S = (1.0, 2.2, 3.4, 4.6)
TEN_MS = RATE_HZ // 100


def exported(tmp_path, *parts):
    return export_clip(ClipPlan(parts), tmp_path / "clip.mp4")


def heard_s(path):
    return [one / RATE_HZ for one in onsets(sound_of(path))]


@pytest.mark.parametrize(
    "kind",
    [
        {"name": "plain.mp4"},
        {"name": "ntsc.mp4", "time_base": NTSC, "n_frames": 180},
        {"name": "mono.mkv", "layout": "mono", "rate_hz": 44_100},
        {"name": "late.ts", "shift_s": 3723.0, "codec": "mp2"},
        {"name": "sound_begins_late.mp4", "sound_from_s": 0.7},
        {"name": "sound_ends_early.mp4", "sound_until_s": 4.0},
        {"name": "hole.mkv", "gap_s": (2.5, 3.0)},
    ],
    ids=lambda kind: kind["name"],
)
def test_beeps_are_heard_with_their_pictures(tmp_path, kind):
    name, n_frames = kind.pop("name"), kind.pop("n_frames", 150)
    path = make_beeping_clip(tmp_path / name, BEEPS_S, n_frames=n_frames, **kind)
    camera = ClipCamera(path=path, offset_us=10_000_000)
    source = open_source(path)
    first_us, end_us = source.frame_times.time_of(20), source.frame_times.time_of(140)
    source.close()
    made = exported(
        tmp_path,
        Shot(
            cameras=(camera,),
            from_us=first_us + 10_000_000,
            until_us=end_us + 10_000_000,
            sound_from=camera,
        ),
    )
    assert made.has_sound
    there_s = [s for s in BEEPS_S if s < kind.get("sound_until_s", 9) and s * 1e6 < end_us]
    expected = [s - first_us / 1e6 for s in there_s]
    late_s = 0.03 if kind.get("codec") == "mp2" else 0.01  # mp2 itself comes later than given
    assert heard_s(made.path) == pytest.approx(expected, abs=late_s)
    # AAC is written in blocks; the last one is filled up with silence
    assert 0 <= len(sound_of(made.path)) - made.duration_us * RATE_HZ // 1_000_000 < 1024


def test_sound_may_come_from_the_camera_beside_or_one_that_is_not_seen(tmp_path):
    silent = tmp_path / "silent.mp4"
    encode(silent, ticks=range(100))
    loud = make_beeping_clip(tmp_path / "loud.mp4", BEEPS_S, n_frames=150)
    camera, other = ClipCamera(path=silent), ClipCamera(path=loud, offset_us=-1_480_000)
    made = exported(
        tmp_path, Shot(cameras=(camera,), from_us=0, until_us=3_000_000, sound_from=other)
    )
    assert heard_s(made.path) == pytest.approx(
        [s - 1.48 for s in BEEPS_S if 1.48 < s < 4.48], abs=0.01
    )
    assert not export_clip(
        ClipPlan((Shot(cameras=(other,), from_us=0, until_us=1_000_000),)), tmp_path / "mute.mp4"
    ).has_sound


def test_nothing_of_a_muted_stretch_is_heard(tmp_path):
    path = make_beeping_clip(tmp_path / "beeps.mp4", BEEPS_S, n_frames=150)
    camera = ClipCamera(path=path, offset_us=5_000_000)
    made = exported(
        tmp_path,
        Shot(
            cameras=(camera,),
            from_us=5_480_000,
            until_us=10_480_000,
            sound_from=camera,
            # all of the second beep, and the third to the middle
            muted=((7_200_000, 7_200_000 + int(BEEP_S * 1e6)), (8_300_000, 8_440_000)),
        ),
    )
    sound = sound_of(made.path)
    assert heard_s(made.path) == pytest.approx([0.52, 2.96, 4.12], abs=0.01)
    muted = sound[int((7.2 - 5.48) * RATE_HZ) : int((7.2 + BEEP_S - 5.48) * RATE_HZ)]
    assert np.abs(muted[TEN_MS:-TEN_MS]).max() < 0.002
    assert np.abs(sound[int(2.82 * RATE_HZ) : int(2.95 * RATE_HZ)]).max() < 0.002


def test_a_reel_has_each_sound_under_its_own_shot(tmp_path):
    one = ClipCamera(path=make_beeping_clip(tmp_path / "one.mp4", BEEPS_S, n_frames=150))
    other = ClipCamera(
        path=make_beeping_clip(tmp_path / "other.mp4", (0.5,), n_frames=50, layout="mono")
    )
    made = exported(
        tmp_path,
        TitleCard(text="First", duration_us=1_500_000),
        Shot(cameras=(one,), from_us=2_000_000, until_us=3_000_000, sound_from=one),
        TitleCard(text="Then", duration_us=1_000_000),
        Shot(cameras=(other,), from_us=0, until_us=2_000_000, sound_from=other),
        Shot(cameras=(one,), from_us=4_000_000, until_us=5_000_000),
    )
    assert heard_s(made.path) == pytest.approx([1.7, 4.0], abs=0.01)
    assert 0 <= len(sound_of(made.path)) - 6.5 * RATE_HZ < 1024


def test_beeps_meet_pictures_that_come_at_odd_times(tmp_path):
    """A flash and a beep at one instant of a telephone's clock are at one instant of the clip."""
    import av

    ticks, path = phone_ticks(120), tmp_path / "flash.mkv"
    flash = 70
    at_s = float(ticks[flash] * Fraction(1, 90_000))
    with av.open(str(path), "w") as container:
        pictures = container.add_stream("libx264", rate=30)
        pictures.width, pictures.height, pictures.pix_fmt = 128, 64, "yuv420p"
        pictures.codec_context.time_base = Fraction(1, 90_000)
        pictures.codec_context.options = {"bf": "2"}
        sound = container.add_stream("pcm_s16le", rate=48_000, layout="mono")
        samples = np.zeros(int((ticks[-1] / 90_000 + 0.05) * 48_000), np.int16)
        begins = round(at_s * 48_000)
        samples[begins : begins + 4_000] = 20_000 * np.sign(np.sin(np.arange(4_000) / 8))
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), "s16", "mono")
        frame.sample_rate, frame.pts = 48_000, 0
        container.mux(sound.encode(frame))
        for number, tick in enumerate(ticks):
            picture = av.VideoFrame.from_ndarray(numbered_pixels(number), "rgb24")
            picture = picture.reformat(format="yuv420p")
            picture.pts, picture.time_base = tick, Fraction(1, 90_000)
            container.mux(pictures.encode(picture))
        container.mux(pictures.encode(None))
    camera = ClipCamera(path=path)
    made = exported(
        tmp_path,
        Shot(cameras=(camera,), from_us=1_000_000, until_us=4_000_000, sound_from=camera),
    )
    numbers = numbers_of(made.path)
    source = open_source(made.path)
    flash_s = source.frame_times.time_of(numbers.index(flash)) / 1e6
    source.close()
    (beep_s,) = heard_s(made.path)
    assert abs(beep_s - flash_s) < 0.01
