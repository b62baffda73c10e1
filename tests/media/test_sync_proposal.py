"""The sound says how far two recordings lie apart, and how sure that is."""

import threading
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from clips import FPS25, numbered_pixels
from imhcode.media.superseded import Superseded
from imhcode.media.sync_proposal import BIN_US, compared, propose_sync, sound_envelope

SAMPLES = Path(__file__).parents[2] / "sample_videos"
RATE = 16_000
FRAME_US = 33_367


def room(seconds: float, seed: int) -> np.ndarray:
    """Voices and knocks at irregular times, as a room sounds; float32, shape (samples,)."""
    rng = np.random.default_rng(seed)
    sound = rng.normal(0, 0.004, int(seconds * RATE)).astype(np.float32)
    for begin in np.cumsum(rng.exponential(0.7, int(seconds * 2))):
        length = rng.uniform(0.05, 0.5)
        at = np.arange(int(length * RATE)) / RATE
        burst = np.sin(2 * np.pi * rng.uniform(200, 3000) * at) * np.exp(-4 * at / length)
        start = int(begin * RATE)
        room_left = len(sound) - start
        if room_left > 0:
            sound[start : start + len(burst)] += 0.3 * burst[:room_left]
    return sound


def film(
    path: Path, sound: np.ndarray | None, seconds: float, *, picture_late_s: float = 0.0
) -> Path:
    """A film with that sound; its pictures may begin later than its sound."""
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 128, 64, "yuv420p"
        video.codec_context.options = {"bf": "0", "preset": "ultrafast"}
        heard = None
        if sound is not None:
            heard = container.add_stream("pcm_s16le", rate=RATE, layout="mono")
        for number in range(int(seconds * 25)):
            frame = av.VideoFrame.from_ndarray(numbered_pixels(number), "rgb24")
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.time_base = number + round(picture_late_s * 25), FPS25
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if heard is not None:
            pcm = (np.clip(sound, -1, 1) * 32_000).astype(np.int16)
            for start in range(0, len(pcm), 1024):
                piece = av.AudioFrame.from_ndarray(pcm[None, start : start + 1024], "s16", "mono")
                piece.sample_rate, piece.pts, piece.time_base = RATE, start, Fraction(1, RATE)
                container.mux(heard.encode(piece))
            container.mux(heard.encode(None))
    return path


def test_the_sample_cameras_are_proposed_where_they_were_filmed():
    proposal = propose_sync(SAMPLES / "camera_infant.mp4", SAMPLES / "camera_caregiver.mp4")
    assert abs(proposal.lag_us - 1_480_000) < FRAME_US / 2
    assert proposal.is_sure
    back = propose_sync(SAMPLES / "camera_caregiver.mp4", SAMPLES / "camera_infant.mp4")
    assert abs(back.lag_us + proposal.lag_us) <= BIN_US


@pytest.mark.parametrize("lag_s", [-3.217, 0.0, 0.4, 11.733])
def test_two_microphones_in_one_room_are_laid_within_a_frame(tmp_path, lag_s):
    """One hears the room from afar: quieter, dull, with an echo and noise of its own."""
    whole = room(60, seed=1)
    begin = 15 * RATE
    near = whole[begin : begin + 30 * RATE]
    start = begin + round(lag_s * RATE)
    far = whole[start : start + 30 * RATE]
    far = 0.2 * np.convolve(far, np.ones(5) / 5, "same") + 0.1 * np.roll(far, 800)
    far += np.random.default_rng(2).normal(0, 0.004, len(far))
    proposal = propose_sync(
        film(tmp_path / "near.mkv", near, 30), film(tmp_path / "far.mkv", far, 30)
    )
    assert abs(proposal.lag_us - lag_s * 1_000_000) < 10_000
    assert proposal.is_sure


def test_time_is_counted_from_the_first_picture_not_from_the_first_sound(tmp_path):
    whole = room(40, seed=3)
    first = film(tmp_path / "first.mkv", whole, 40)
    second = film(tmp_path / "second.mkv", whole, 38, picture_late_s=2.0)
    proposal = propose_sync(first, second)
    assert abs(proposal.lag_us - 2_000_000) < 10_000


def test_recordings_of_different_rooms_are_never_sure(tmp_path):
    confidences = []
    for seed in range(4):
        first = film(tmp_path / f"a{seed}.mkv", room(20, seed), 20)
        second = film(tmp_path / f"b{seed}.mkv", room(20, 100 + seed), 20)
        confidences.append(propose_sync(first, second).confidence)
    assert max(confidences) < 0.1


def test_a_sound_that_repeats_itself_is_not_sure(tmp_path):
    """A song's verse fits at every verse."""
    verse = room(3, seed=5)
    song = np.tile(verse, 8)
    first = film(tmp_path / "a.mkv", song, 24)
    second = film(tmp_path / "b.mkv", song[3 * RATE :], 20)
    assert not propose_sync(first, second).is_sure


@pytest.mark.parametrize("other", ["none", "silent", "short"])
def test_without_common_sound_there_is_no_proposal(tmp_path, other):
    first = film(tmp_path / "first.mkv", room(20, seed=6), 20)
    sound = {"none": None, "silent": np.zeros(20 * RATE), "short": room(2, seed=6)}[other]
    assert propose_sync(first, film(tmp_path / "second.mkv", sound, 2)) is None


def test_clocks_that_drift_apart_are_told():
    rng = np.random.default_rng(7)
    first = np.clip(rng.exponential(1, 100_000) - 1, -5, 5).astype(np.float32)
    at = np.arange(80_000)
    second = first[np.round(at * (1 + 60e-6)).astype(int) + 400]  # 24 ms over 400 s
    proposal = compared(first, second)
    assert proposal.lag_us == pytest.approx(400 * BIN_US, abs=30_000)
    assert proposal.drift_us == pytest.approx(24_000, abs=6_000)
    assert compared(first, first[400:80_400]).drift_us == 0


def test_an_hour_of_envelope_is_small_and_quickly_compared():
    rng = np.random.default_rng(8)
    hour = np.clip(rng.exponential(1, 720_000) - 1, -5, 5).astype(np.float32)
    assert compared(hour, hour[123_456:]).lag_us == 123_456 * BIN_US


def test_a_comparison_nobody_waits_for_is_given_up():
    gone = threading.Event()
    gone.set()
    with pytest.raises(Superseded):
        sound_envelope(SAMPLES / "phone.mp4", wanted=lambda: not gone.is_set())
