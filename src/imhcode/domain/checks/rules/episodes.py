"""Codes and tracks that belong to some episodes only."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import RULES, Found, Look, declared_checks
from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.codes_meant import codes_meant
from imhcode.domain.scheme import Scheme, Track


@dataclass(frozen=True)
class Episodes:
    """Events outside the episodes that their code or track belongs to."""

    name: str = "episodes"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each track with such codes, except those a check of the scheme looks at."""
        told = {
            (check.plain["events"]["track"], code)
            for check in declared_checks(scheme)
            if check.kind == "in_episodes"
            for code in codes_meant(scheme, check.plain["events"]["track"], check.plain["events"])
        }
        for track in scheme.tracks:
            kinds = {
                code.id: code.only_in_episodes or track.only_in_episodes
                for code in track.codes
                if (track.id, code.id) not in told
            }
            if any(kinds.values()):
                yield Look((track.id,), partial(_find, track, kinds))


def _find(track: Track, kinds: dict[str, tuple[str, ...]], scene: Scene) -> Found:
    stretches = {
        some: [(from_us, until_us) for _, from_us, until_us in scene.stretches_of(some)]
        for some in set(kinds.values())
        if some
    }
    labels = {one.id: one.label for one in scene.scheme.episodes.kinds}
    for event in scene.lane(track.id):
        some = kinds.get(event.code, ())
        if some and not any(left <= event.onset_us < right for left, right in stretches[some]):
            said = "“{code}” at {at} belongs to {episodes} only"
            names = ", ".join(labels.get(one, one) for one in some)
            yield Finding.about(event, "warning", "outside-episode", said, episodes=names)


RULES.add(Episodes())
