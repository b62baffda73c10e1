"""What is said: utterances of both people, timed by the script, and how they open the mouth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sample_scene.script import ONSET

# how far a vowel opens the mouth, and its first three formants in Hz for an adult
VOWELS: dict[str, tuple[float, tuple[float, float, float]]] = {
    "a": (0.85, (820, 1250, 2700)),
    "e": (0.55, (520, 1950, 2650)),
    "i": (0.35, (320, 2400, 3050)),
    "o": (0.60, (500, 880, 2550)),
    "u": (0.35, (350, 760, 2450)),
    "m": (0.04, (260, 1100, 2300)),
}


@dataclass(frozen=True)
class Syllable:
    """One sound: when, how long, from which pitch to which, how loud, how breathy."""

    who: str
    start_s: float
    lasting_s: float
    vowel: str
    from_hz: float
    to_hz: float
    loud: float = 1.0
    breath: float = 0.04
    rough: float = 0.0


def _say(
    who: str,
    start: float,
    vowels: str,
    steps: Sequence[float],
    base: float,
    pace: float,
    loud: float = 1.0,
) -> list[Syllable]:
    """Speak a melody: one vowel and one step in semitones for each syllable."""
    said, at = [], start
    for number, (vowel, step) in enumerate(zip(vowels, steps, strict=True)):
        onward = steps[number + 1] if number + 1 < len(steps) else step - 3
        last = number + 1 == len(steps)
        long = pace * (1.5 if last else 0.86 + 0.28 * (number % 2))
        first, then = base * 2 ** (step / 12), base * 2 ** ((step + 0.55 * (onward - step)) / 12)
        said.append(Syllable(who, at, long, vowel, first, then, loud))
        at += long + 0.035
    return said


def _she(
    start: float, vowels: str, steps: Sequence[float], pace: float = 0.2, loud: float = 0.8
) -> list[Syllable]:
    return _say("caregiver", start, vowels, steps, 196.0, pace, loud)


def _laugh(who: str, start: float, count: int, base: float, loud: float) -> list[Syllable]:
    return [
        Syllable(
            who,
            start + 0.21 * n,
            0.13,
            "a",
            base * (1.12 - 0.03 * n),
            base * (0.92 - 0.03 * n),
            loud * (1 - 0.06 * n),
            0.3,
        )
        for n in range(count)
    ]


def _crying(start: float, end: float, loud: float) -> list[Syllable]:
    sobs, at, number = [], start, 0
    while at < end - 0.4:
        long = min((0.95, 1.2, 0.75)[number % 3], end - at)
        high = (500, 560, 470)[number % 3]
        rise = 0.3 * long
        sobs.append(Syllable("infant", at, rise, "a", 0.82 * high, high, loud, 0.05, 0.3))
        sobs.append(
            Syllable(
                "infant", at + rise - 0.03, long - rise, "a", high, 0.74 * high, loud, 0.06, 0.45
            )
        )
        at += long + 0.42
        number += 1
    return sobs


def spoken() -> list[Syllable]:
    """Return every sound of both voices."""
    o = ONSET
    she: list[Syllable] = [
        *_she(o["i01"], "eouaou", (5, 9, 3, 7, 11, 2), 0.24, 0.9),
        *_she(o["a01"], "au", (2, 7), 0.5, 0.75),
        *_she(o["a02"], "aa", (0, 12), 0.42, 0.95),
        *_she(o["a03"], "eaiaea", (7, 4, 9, 5, 2, 0), 0.22),
        *_she(o["i02"] + 0.5, "eieai", (2, 4, 2, 5, 4), 0.24, 0.55),
        *_she(o["i02"] + 2.4, "u", (14,), 0.5, 1.0),
        *_laugh("caregiver", o["i02"] + 3.3, 5, 300.0, 0.6),
        *_she(o["a04"] + 0.1, "eaiou", (4, 9, 7, 4, 0), 0.22, 0.7),
        *_she(o["i03"], "iuiuiuiu", (7, 5, 8, 5, 9, 6, 9, 6), 0.15, 0.85),
        *_she(o["b05"] + 0.1, "iuiuiu", (8, 6, 9, 6, 10, 7), 0.14, 0.85),
        *_she(o["a05"], "iuiuiuiuiu", (11, 9, 12, 9, 12, 10, 13, 10, 13, 9), 0.13, 1.0),
        *_she(o["a06"] + 0.1, "ooia", (9, 5, 10, 6), 0.17, 0.8),
        *_laugh("caregiver", o["a07"], 6, 320.0, 0.8),
        *_she(o["a07"] + 1.4, "uoaui", (9, 6, 11, 7, 3), 0.17, 0.75),
        *_she(o["i04"], "uoou", (10, 8, 11, 8), 0.16, 0.85),
        *_she(o["r02"] + 1.0, "oo", (0, -4), 0.45, 0.5),
        *_she(o["a08"], "oau", (3, 0, -4), 0.42, 0.6),
        *_she(o["a08"] + 2.0, "auouaa", (2, 0, 3, -1, -3, -5), 0.3, 0.5),
        *_she(o["a09"], "ai", (2, -2), 0.4, 0.5),
        *_she(o["i05"], "eouai", (4, 8, 3, 7, 1), 0.24, 0.7),
        *_she(o["a12"], "mm", (-5, -3), 0.22, 0.4),
        *_she(o["r07"] + 0.1, "oaiaai", (5, 1, 3, 0, 2, -3), 0.25, 0.65),
        *_she(o["a14"], "aeou", (4, 1, 3, -1), 0.28, 0.6),
        *_she(o["a15"], "ii", (3, 13), 0.35, 0.7),
        *_she(o["a15"] + 0.75, "ia", (13, 2), 0.4, 0.65),
        *_she(o["a16"] + 0.1, "aeaou", (4, 7, 5, 2, 0), 0.26, 0.65),
        *_she(o["a16"] + 2.9, "mmmm", (0, 4, 2, -1), 0.42, 0.45),
    ]
    melody = (0, 0, 7, 7, 9, 9, 7, 5, 5, 4, 4, 2, 2, 0)
    for number, (step, vowel) in enumerate(zip(melody, "iaiaioaiaiaioa", strict=True)):
        hertz = 220.0 * 2 ** (step / 12)
        long = 0.68 if number in (6, 13) else 0.34
        at = o["i06"] + 0.4 * (number + (number > 6))
        she.append(Syllable("caregiver", at, long, vowel, hertz, hertz, 0.7))
    return she + _infant_sounds()


def _infant_sounds() -> list[Syllable]:
    o = ONSET
    return [
        Syllable("infant", o["b01"], 0.34, "a", 330, 400, 0.75),
        Syllable("infant", o["b01"] + 0.38, 0.5, "u", 400, 310, 0.7),
        *_laugh("infant", o["b02"] + 0.25, 3, 430.0, 0.5),
        *_laugh("infant", o["i02"] + 2.7, 7, 460.0, 0.8),
        *_laugh("infant", o["b15"] + 0.3, 4, 440.0, 0.6),
        Syllable("infant", o["b06"] + 0.2, 0.3, "e", 330, 290, 0.35, 0.1, 0.2),
        Syllable("infant", o["b07"], 0.45, "e", 360, 420, 0.5, 0.1, 0.3),
        Syllable("infant", o["b07"] + 0.6, 0.5, "a", 390, 350, 0.6, 0.1, 0.35),
        *_crying(o["b07"] + 1.3, o["u04"] - 0.1, 0.8),
        *_crying(o["u04"], o["r02"] + 0.5, 1.0),
        Syllable("infant", o["r02"] + 1.2, 0.3, "e", 380, 330, 0.35, 0.15, 0.3),
        Syllable("infant", o["b08"], 0.5, "e", 350, 410, 0.45, 0.08, 0.3),
        Syllable("infant", o["b08"] + 0.7, 0.6, "a", 400, 330, 0.5, 0.08, 0.3),
        Syllable("infant", o["b08"] + 1.7, 0.4, "e", 350, 310, 0.3, 0.1, 0.2),
        Syllable("infant", o["b12"], 0.55, "e", 320, 360, 0.4),
    ]


def mouth(words: list[Syllable], who: str, rate: int, duration_s: float) -> NDArray[np.float64]:
    """Return how far the mouth is open for sound, 0 to 1, sampled at a rate.

    Returns
    -------
    float64, shape (n,)
    """
    opened = np.zeros(int(duration_s * rate))
    t = np.arange(len(opened)) / rate
    for word in words:
        if word.who == who:
            share = np.clip((t - word.start_s) / word.lasting_s, 0, 1)
            size = VOWELS[word.vowel][0] * (0.6 + 0.4 * word.loud)
            opened = np.maximum(opened, size * np.sin(np.pi * share) ** 0.6)
    return opened
