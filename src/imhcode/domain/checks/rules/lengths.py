"""Events last as long as their track or code asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from imhcode.domain.checks import RULES, Found, Look
from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.event import FAR_FUTURE_US
from imhcode.domain.scheme import Scheme, Track


@dataclass(frozen=True)
class Lengths:
    """Events that are shorter than their code allows; instants have no length to be too short."""

    name: str = "lengths"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each track with a shortest length."""
        for track in scheme.tracks:
            if track.min_duration_us or any(code.min_duration_us for code in track.codes):
                yield Look((track.id,), partial(_find, track))


def _find(track: Track, scene: Scene) -> Found:
    shortest = {code.id: max(code.min_duration_us, track.min_duration_us) for code in track.codes}
    lane = scene.lane(track.id)
    lengths_us = lane.columns.offsets_us - lane.columns.onsets_us
    running = lane.columns.offsets_us == FAR_FUTURE_US
    doubtful = (lengths_us > 0) & (lengths_us < max(shortest.values(), default=0)) & ~running
    if not doubtful.any():
        return
    for event, doubt in zip(lane, np.nditer(doubtful), strict=True):
        length_us = event.duration_us
        wanted_us = shortest.get(event.code, 0)
        if doubt and length_us is not None and length_us < wanted_us:
            yield Finding.about(
                event,
                "warning",
                "too-short",
                "“{code}” at {at} lasts {length} s; it should last {wanted} s or more",
                length=f"{length_us / 1_000_000:.3g}",
                wanted=f"{wanted_us / 1_000_000:g}",
            )


RULES.add(Lengths())
