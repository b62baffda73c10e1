"""What is coded lies within the coded range."""

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
class CodedRange:
    """Events that begin before the coded range, or end after it."""

    name: str = "coded-range"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each track on the recording's clock."""
        for track in scheme.tracks:
            if track.clock == "media":
                yield Look((track.id,), partial(_find, track))


def _find(track: Track, scene: Scene) -> Found:
    if scene.coded_us is None:
        return
    from_us, until_us = scene.coded_us
    lane = scene.lane(track.id)
    onsets_us, offsets_us = lane.columns.onsets_us, lane.columns.offsets_us
    late = (offsets_us > until_us) & (offsets_us < FAR_FUTURE_US)
    for place in np.flatnonzero((onsets_us < from_us) | (onsets_us >= until_us) | late):
        said = "“{code}” at {at} lies outside the coded range"
        yield Finding.about(lane.at(int(place)), "warning", "outside-coded-range", said)


RULES.add(CodedRange())
