"""A state that is over has an offset."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import RULES, Found, Look
from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.scheme import Scheme, Track


@dataclass(frozen=True)
class Running:
    """Events without an offset."""

    name: str = "running"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each track."""
        for track in scheme.tracks:
            yield Look((track.id,), partial(_find, track))


def _find(track: Track, scene: Scene) -> Found:
    for event in scene.lane(track.id).running():
        yield Finding.about(event, "warning", "still-running", "“{code}” at {at} has no offset yet")


RULES.add(Running())
