"""Any stretch of sound, wherever it is asked for, is that of one decoding from the beginning."""

import random
from fractions import Fraction

import numpy as np
import pytest

from beeping_clips import make_beeping_clip
from clips import make_clip
from imhcode.media.audio import RATE_HZ
from imhcode.media.sound_errors import UnreadableSound
from imhcode.media.sound_mix import mix_matrix
from imhcode.media.sound_reader import SoundReader
from imhcode.media.sound_track import first_picture_s
from imhcode.media.source import open_source

BEEPS = (0.52, 3.0, 7.4, 11.0, 14.2)
LENGTH = 15 * RATE_HZ


def opened(path):
    source = open_source(path)
    source.close()
    return SoundReader(path, first_picture_s(source.index))


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".mp4", {}),
        (".mkv", {"shift_s": 0.72}),
        (".ts", {"shift_s": 3723.0}),
        (".avi", {"codec": "pcm_s16le", "rate_hz": 44_100}),
        (".mkv", {"codec": "pcm_s16le", "sound_from_s": 0.48, "gap_s": (4.0, 6.0)}),
    ],
)
def test_after_any_seek_the_samples_are_the_same(tmp_path, suffix, kind):
    path = make_beeping_clip(tmp_path / f"beeps{suffix}", BEEPS, n_frames=375, **kind)
    whole = opened(path).samples(0, LENGTH)
    reader = opened(path)
    places = random.Random(5)
    for _ in range(25):
        first, n_samples = places.randrange(-2_000, LENGTH - 9_000), places.randrange(1, 9_000)
        found = reader.samples(first, n_samples)
        before = min(max(0, -first), n_samples)
        assert not found[:before].any()
        wanted = whole[first + before : max(0, first + n_samples)]
        assert np.allclose(found[before:], wanted, atol=0.02)
    loud = np.flatnonzero(np.abs(whole).max(axis=1) > 0.12) / RATE_HZ
    for beep in BEEPS:
        assert np.abs(loud - beep).min() < 0.003
    reader.close()


def test_before_the_beginning_and_after_the_end_there_is_silence(tmp_path):
    path = make_beeping_clip(tmp_path / "beeps.mp4", (0.0, 0.9), n_frames=25)
    reader = opened(path)
    assert not reader.samples(-5_000, 4_900).any()
    assert not reader.samples(3 * RATE_HZ, 5_000).any()
    assert reader.samples(0, 4_000).any()
    reader.close()


def test_a_recording_without_sound_says_so(tmp_path):
    with pytest.raises(UnreadableSound, match="no sound"):
        SoundReader(make_clip(tmp_path, "one_frame").path, Fraction(0))


@pytest.mark.parametrize("names", [("FC",), ("FL", "FR"), ("FL", "FR", "FC", "LFE", "BL", "BR")])
def test_no_mix_is_louder_than_its_loudest_channel(names):
    matrix = mix_matrix(names)
    assert matrix.sum(axis=0).max() <= 1.0 + 1e-6
    assert matrix.sum(axis=0).min() > 0.99


def test_one_channel_goes_to_both_ears():
    assert mix_matrix(("FL", "FR"), 1).tolist() == [[0, 0], [1, 1]]
    assert mix_matrix(("FL", "FR")).tolist() == [[1, 0], [0, 1]]
