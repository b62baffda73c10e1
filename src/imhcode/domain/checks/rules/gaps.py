"""An exhaustive track has no gaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import RULES, Found, Look, declares
from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.checks.uncovered import uncovered
from imhcode.domain.scheme import Scheme, Track
from imhcode.domain.timecode import as_clock


@dataclass(frozen=True)
class Gaps:
    """Stretches between its events of which an exhaustive track says nothing."""

    name: str = "gaps"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each exhaustive track, unless the scheme has a check of its own for it."""
        for track in scheme.tracks:
            if (
                track.exclusive
                and track.exhaustive
                and not declares(scheme, "covers", track=track.id)
            ):
                yield Look((track.id,), partial(_find, track))


def _find(track: Track, scene: Scene) -> Found:
    for from_us, until_us, event_ids in uncovered(scene, track.id, ends=False):
        yield Finding(
            severity="warning",
            rule="gap",
            sentence="nothing is coded on {track} between {at} and {until}",
            fields={"track": track.label, "at": as_clock(from_us), "until": as_clock(until_us)},
            track=track.id,
            event_ids=event_ids,
            from_us=from_us,
            until_us=until_us,
        )


RULES.add(Gaps())
