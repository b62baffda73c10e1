"""A review of boundaries that was begun is not finished."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import RULES, Found, Look
from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.event import Event
from imhcode.domain.scheme import Scheme, Track

REST_EVERY = 1024  #: events between two rests


@dataclass(frozen=True)
class Reviewing:
    """How many boundaries of a track are left, once somebody has begun to review them."""

    name: str = "reviewing"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each track."""
        for track in scheme.tracks:
            yield Look((track.id,), partial(_find, track))


def _find(track: Track, scene: Scene) -> Found:
    left: list[tuple[int, Event]] = []
    reviewed = 0
    for number, event in enumerate(scene.lane(track.id)):
        if number % REST_EVERY == 0:
            yield None
        edges = [(event.onset_us, event.onset_reviewed)]
        if event.offset_us is not None and not event.is_instant:
            edges.append((event.offset_us, event.offset_reviewed))
        for at_us, done in edges:
            reviewed += done
            if not done:
                left.append((at_us, event))
    if not reviewed or not left:
        return
    first_us, first = min(left, key=lambda one: one[0])
    yield Finding(
        severity="info",
        rule="not-reviewed",
        sentence="{n} of {all} boundaries on {track} are not yet reviewed",
        fields={"n": str(len(left)), "all": str(len(left) + reviewed), "track": track.label},
        track=track.id,
        event_ids=(first.id,),
        from_us=first_us,
        until_us=first_us,
    )


RULES.add(Reviewing())
