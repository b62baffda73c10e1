"""Movement: values that ease from one place to the next, swing, and are never quite still."""

import dataclasses

import numpy as np
from numpy.typing import NDArray

from sample_scene.pose import Pose

RATE = 100  # samples of every channel per second
_NAMES = tuple(field.name for field in dataclasses.fields(Pose))


class Part:
    """One person's movements over the whole scene."""

    def __init__(self, duration_s: float, seed: int, rest: dict[str, float]) -> None:
        self._count = int(duration_s * RATE) + RATE
        self._time = np.arange(self._count) / RATE
        self._random = np.random.default_rng(seed)
        self._rest = {field.name: field.default for field in dataclasses.fields(Pose)} | rest
        self._moves: dict[str, list[tuple[float, float, float]]] = {name: [] for name in _NAMES}
        self._swings: list[tuple[str, float, float, float, float, float]] = []

    def to(self, start_s: float, lasting_s: float, **places: float) -> None:
        """Begin to move at an instant and arrive after a while."""
        for name, place in places.items():
            self._moves[name].append((start_s, max(lasting_s, 0.02), place))

    def arrive(self, at_s: float, lasting_s: float, **places: float) -> None:
        """Arrive at an instant, having begun before it."""
        self.to(at_s - lasting_s, lasting_s, **places)

    def swing(
        self, start_s: float, end_s: float, hertz: float, phase: float = 0.0, **sizes: float
    ) -> None:
        """Swing about wherever the value is, growing and fading smoothly."""
        for name, size in sizes.items():
            self._swings.append((name, start_s, end_s, hertz, phase, size))

    def channels(
        self, voice: NDArray[np.float64], breath_hertz: float
    ) -> dict[str, NDArray[np.float64]]:
        """Work out every channel, sampled ``RATE`` times a second.

        Parameters
        ----------
        voice : float64, shape (n,)
            How far sound opens the mouth, sampled at ``RATE``, 0 to 1.
        breath_hertz : float
            Breaths per second.
        """
        found = {name: self._eased(name) for name in _NAMES}
        t = self._time
        for name, start, end, hertz, phase, size in self._swings:
            ramp = np.clip((t - start) / 0.2, 0, 1) * np.clip((end - t) / 0.35, 0, 1)
            found[name] = found[name] + size * ramp * np.sin(
                2 * np.pi * hertz * (t - start) + phase
            )
        found["breath"] = found["breath"] + np.sin(2 * np.pi * breath_hertz * t)
        found["sway"] = found["sway"] + self._drift(0.9)
        found["tilt"] = found["tilt"] + 0.022 * self._drift(0.7)
        found["nod"] = found["nod"] + 0.03 * self._drift(0.8)
        found["kick"] = found["kick"] + 0.18 * self._drift(1.1)
        for name in ("near_x", "near_y", "far_x", "far_y"):
            found[name] = found[name] + 2.4 * self._drift(0.9)
        found["gaze"] = found["gaze"] + self._glances(0.05)
        found["gaze_down"] = found["gaze_down"] + self._glances(0.06)
        found["lids"] = found["lids"] * self._blinks()
        found["voice"] = voice[: self._count]
        found["time_s"] = t
        return found

    def _eased(self, name: str) -> NDArray[np.float64]:
        values = np.full(self._count, float(self._rest[name]))
        for start, lasting, place in sorted(self._moves[name]):
            first = max(0, round(start * RATE))
            share = np.clip((self._time[first:] - start) / lasting, 0, 1)
            ease = share**2 * (3 - 2 * share)
            values[first:] = values[first] + (place - values[first]) * ease
        return values

    def _drift(self, speed: float) -> NDArray[np.float64]:
        t, drawn = self._time, self._random.uniform(0.12, 0.42, 3) * speed
        start = self._random.uniform(0, 2 * np.pi, 3)
        waves = [np.sin(2 * np.pi * f * t + p) for f, p in zip(drawn, start, strict=True)]
        mean: NDArray[np.float64] = np.mean(waves, axis=0)
        return mean

    def _glances(self, size: float) -> NDArray[np.float64]:
        places = self._random.uniform(-size, size, int(self._count / RATE / 0.7) + 2)
        times = np.cumsum(self._random.uniform(0.45, 1.3, len(places)))
        return places[np.clip(np.searchsorted(times, self._time), 0, len(places) - 1)]

    def _blinks(self) -> NDArray[np.float64]:
        lids, at = np.ones(self._count), 1.7
        while at < self._time[-1]:
            closing = np.abs(self._time - at) / 0.13
            lids = np.minimum(lids, np.clip(closing**2 * 1.05, 0.0, 1.0))
            at += self._random.uniform(2.4, 5.6)
        return lids


def pose_at(channels: dict[str, NDArray[np.float64]], time_s: float) -> Pose:
    """Return the pose at an instant, between the samples where need be."""
    place = min(max(time_s, 0.0) * RATE, len(channels["time_s"]) - 2.0)
    low = int(place)
    share = place - low
    return Pose(
        **{name: float((1 - share) * c[low] + share * c[low + 1]) for name, c in channels.items()}
    )
