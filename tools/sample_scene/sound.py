"""The sound of the scene, made from nothing but arithmetic."""

import numpy as np
from numpy.typing import NDArray

from sample_scene.script import DURATION_S, ONSET
from sample_scene.voices import VOWELS, Syllable, spoken

SOUND_RATE = 48_000
Samples = NDArray[np.float64]


def scene_sound() -> Samples:
    """Return the whole scene as heard in the room.

    Returns
    -------
    float64, shape (n,)
        Mono at ``SOUND_RATE``, within -1 and 1.
    """
    random = np.random.default_rng(3)
    heard = np.zeros(int((DURATION_S + 2) * SOUND_RATE))
    for word in spoken():
        _add(heard, word.start_s, _voiced(word, random))
    for start, end in (
        (ONSET["a06"] + 0.2, ONSET["b07"] + 0.5),
        (ONSET["i04"] + 0.1, ONSET["i04"] + 2.2),
    ):
        for shake in np.arange(start, end, 0.1):
            _add(heard, float(shake), _rattled(random))
    walk = ONSET["s08"]
    for step in (-0.8, -0.25, 0.3, 0.85, 5.0, 5.5, 6.0, 6.5):
        _add(heard, walk + step, _step_sound(random))
    heard = _in_a_room(heard, random)
    heard = heard + 0.0016 * _hush(random, len(heard))
    return np.asarray(np.tanh(1.7 * heard))


def _add(heard: Samples, start_s: float, samples: Samples) -> None:
    first = max(0, int(start_s * SOUND_RATE))
    heard[first : first + len(samples)] += samples[: len(heard) - first]


def _voiced(word: Syllable, random: np.random.Generator) -> Samples:
    count = int(word.lasting_s * SOUND_RATE)
    t = np.arange(count) / SOUND_RATE
    share = t / word.lasting_s
    wobble = (
        1 + 0.008 * np.sin(2 * np.pi * 5.4 * t) + 0.02 * word.rough * np.sin(2 * np.pi * 31 * t)
    )
    pitch = (word.from_hz + (word.to_hz - word.from_hz) * share**1.2) * wobble
    phase = 2 * np.pi * np.cumsum(pitch) / SOUND_RATE
    size = 1.42 if word.who == "infant" else 1.12  # a shorter throat: higher formants
    glide = 1 - 0.35 * np.exp(-t / 0.035)
    formants = [size * f * (glide if n < 2 else 1.0) for n, f in enumerate(VOWELS[word.vowel][1])]
    sound = np.zeros(count)
    for harmonic in range(1, int(6500 / pitch.max()) + 1):
        at = harmonic * pitch
        gain = sum(
            weight / (1 + ((at - f) / width) ** 2)
            for f, weight, width in zip(formants, (1.0, 0.55, 0.28), (95, 130, 190), strict=True)
        )
        sound += (gain + 0.012) * harmonic**-0.35 * np.sin(harmonic * phase + 0.7 * harmonic)
    if word.rough:
        sound *= 1 - 0.4 * word.rough * (0.5 + 0.5 * np.sin(0.5 * phase))
    sound /= max(float(np.sqrt(np.mean(sound**2))), 1e-9)
    air = np.convolve(random.standard_normal(count), [0.5, 0.0, -0.5], mode="same")
    sound = sound + 2.0 * word.breath * air
    rise = np.clip(t / 0.03, 0, 1) ** 1.5
    fall = np.clip((word.lasting_s - t) / min(0.12, 0.5 * word.lasting_s), 0, 1) ** 1.5
    quiet = 0.35 if word.vowel == "m" else 1.0
    return np.asarray(
        0.105 * quiet * word.loud * rise * fall * (0.8 + 0.2 * np.sin(np.pi * share)) * sound
    )


def _rattled(random: np.random.Generator) -> Samples:
    t = np.arange(int(0.08 * SOUND_RATE)) / SOUND_RATE
    grains = random.standard_normal(len(t)) * (random.random(len(t)) < 0.3)
    ring = np.sin(2 * np.pi * 3100 * t) * 0.5
    return np.asarray(0.06 * (grains + ring) * np.exp(-t / 0.016))


def _step_sound(random: np.random.Generator) -> Samples:
    t = np.arange(int(0.2 * SOUND_RATE)) / SOUND_RATE
    thump = np.sin(2 * np.pi * 75 * t * (1 - t))
    return np.asarray(0.11 * (thump + 0.08 * random.standard_normal(len(t))) * np.exp(-t / 0.045))


def _in_a_room(dry: Samples, random: np.random.Generator) -> Samples:
    """Add the short echo of a furnished room."""
    count = int(0.28 * SOUND_RATE)
    decay = np.exp(-np.arange(count) / (0.055 * SOUND_RATE))
    echo = random.standard_normal(count) * decay
    echo = np.convolve(echo, np.ones(6) / 6, mode="same")
    echo /= np.sqrt(np.sum(echo**2))
    size = 1 << int(np.ceil(np.log2(len(dry) + count)))
    wet = np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(echo, size), size)[: len(dry)]
    return np.asarray(0.92 * dry + 0.2 * wet)


def _hush(random: np.random.Generator, count: int) -> Samples:
    """Return the quiet of a room: noise with little treble, of unit size."""
    spectrum = np.fft.rfft(random.standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / SOUND_RATE)
    shaped = np.fft.irfft(spectrum / (1 + (hertz / 400) ** 1.2), count)
    return np.asarray(shaped / shaped.std())
