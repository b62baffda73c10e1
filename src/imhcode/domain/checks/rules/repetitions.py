"""The same code again so soon that it may be one event, or a slip of the finger."""

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
class Repetitions:
    """Events re-opened within the shortest gap of their track, and events that are there twice."""

    name: str = "repetitions"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each track."""
        for track in scheme.tracks:
            yield Look((track.id,), partial(_find, track))


def _find(track: Track, scene: Scene) -> Found:
    latest: dict[tuple[str, str], Event] = {}
    for number, event in enumerate(scene.lane(track.id)):
        if number % REST_EVERY == 0:
            yield None
        who = event.code, event.instance
        before = latest.get(who)
        if before is None or event.until_us >= before.until_us:
            latest[who] = event
        if before is None:
            continue
        between_us = event.onset_us - before.until_us
        if event.onset_us == before.onset_us:
            said = "“{code}” stands twice at {at}"
            yield Finding.about(event, "warning", "twice", said).with_other(before)
        elif 0 <= between_us < track.min_gap_us:
            said = "“{code}” at {at} begins again {gap} s after the one before ended"
            gap = f"{between_us / 1_000_000:.3g}"
            yield Finding.about(event, "warning", "reopened", said, gap=gap).with_other(before)


RULES.add(Repetitions())
