"""Slower and faster, at the same pitch, each moment at its own time."""

import numpy as np
import pytest

from imhcode.media.stretch import HOP, Stretch

RATE_HZ = 48_000
SPEEDS = [0.1, 0.25, 0.5, 0.75, 1.25, 1.5, 2, 3, 4]


def reading(samples):
    def read(first, n_samples):
        found = np.zeros((n_samples, 1), np.float32)
        low, high = max(0, first), min(len(samples), first + n_samples)
        if low < high:
            found[low - first : high - first, 0] = samples[low:high]
        return found

    return read


def played(samples, speed, first=0):
    stretch = Stretch(reading(samples), first, speed)
    n_hops = int((len(samples) - first) / speed / HOP)
    return np.concatenate([stretch.hop() for _ in range(n_hops)])[:, 0]


def tone(hz, seconds):
    return (0.4 * np.sin(2 * np.pi * hz * np.arange(int(seconds * RATE_HZ)) / RATE_HZ)).astype(
        np.float32
    )


def voice(hz, seconds):
    return sum(tone(hz * n, seconds) / n for n in range(1, 8))


@pytest.mark.parametrize("speed", SPEEDS)
def test_onsets_come_at_their_own_time(speed):
    samples = np.zeros(8 * RATE_HZ, np.float32)
    beeps_s = (1.0, 2.5, 4.03, 6.217)
    for at_s in beeps_s:
        start = round(at_s * RATE_HZ)
        samples[start : start + RATE_HZ // 12] = tone(1_000, 1 / 12)
    heard = np.abs(played(samples, speed))
    for at_s in beeps_s:
        around = slice(int((at_s - 0.3) / speed * RATE_HZ), int((at_s + 0.3) / speed * RATE_HZ))
        for level in (0.05, 0.2):
            onset = around.start + np.argmax(heard[around] > level)
            assert abs(onset / RATE_HZ - at_s / speed) < 0.005


@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("hz", [110, 220, 440])
def test_the_pitch_of_a_voice_is_kept(speed, hz):
    heard = played(voice(hz, 3 * max(1, speed)), speed)[RATE_HZ // 2 :][: 2 * RATE_HZ]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard)), 1 << 18))
    assert abs(np.argmax(spectrum) * RATE_HZ / (1 << 18) / hz - 1) < 0.005


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_steady_voice_stays_as_loud_as_it_is(speed):
    samples = voice(180, 3 * max(1, speed))
    heard = played(samples, speed)[RATE_HZ // 2 : -RATE_HZ // 2]
    assert heard.std() == pytest.approx(samples.std(), rel=0.1)
    loud = np.abs(heard[: len(heard) // 4800 * 4800]).reshape(-1, 4800).max(axis=1)
    assert loud.min() > 0.7 * loud.max()


def test_at_natural_speed_nothing_is_changed():
    samples = np.random.default_rng(1).normal(0, 0.1, RATE_HZ).astype(np.float32)
    heard = played(samples, 1.0, first=1_234)
    assert np.array_equal(heard, samples[1_234 : 1_234 + len(heard)])


def test_silence_stays_silent():
    assert not played(np.zeros(RATE_HZ, np.float32), 0.5).any()


def test_sound_does_not_run_backward():
    with pytest.raises(ValueError, match="-1"):
        Stretch(reading(np.zeros(10, np.float32)), 0, -1)
