"""On an exclusive track, one code at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from imhcode.domain.checks import RULES, Found, Look
from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.checks.strands import strands
from imhcode.domain.scheme import Scheme, Track
from imhcode.domain.timecode import as_clock


@dataclass(frozen=True)
class Overlaps:
    """Two events at once, on a track that allows one."""

    name: str = "overlaps"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each exclusive track."""
        for track in scheme.tracks:
            if track.exclusive:
                yield Look((track.id,), partial(_find, track), refused_at_entry=True)


def _find(track: Track, scene: Scene) -> Found:
    for strand in strands(scene.lane(track.id)):
        # an instant takes up the microsecond it names, so that two at one time overlap
        ends_us = np.maximum(strand.offsets_us, strand.onsets_us + 1)
        latest_us = np.maximum.accumulate(ends_us)
        for second in np.flatnonzero(latest_us[:-1] > strand.onsets_us[1:]) + 1:
            first = int(np.flatnonzero(ends_us[:second] > strand.onsets_us[second])[-1])
            one, other = strand.events[first], strand.events[int(second)]
            yield Finding(
                severity="error",
                rule="overlap",
                sentence="On {track}, “{first}” and “{second}” overlap at {at}",
                fields={
                    "track": track.label,
                    "first": one.code,
                    "second": other.code,
                    "at": as_clock(other.onset_us),
                },
                track=track.id,
                event_ids=(other.id, one.id),
                from_us=other.onset_us,
                until_us=min(scene.end_us(one), max(scene.end_us(other), other.onset_us)),
            )


RULES.add(Overlaps())
