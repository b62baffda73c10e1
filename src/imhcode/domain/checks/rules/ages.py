"""Codes that begin, or end, at some age of the child."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import RULES, Found, Look
from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.scheme import AgeRange, Scheme, Track


@dataclass(frozen=True)
class Ages:
    """Events whose code is not meant for a child of that age."""

    name: str = "ages"

    def looks(self, scheme: Scheme) -> Iterator[Look]:
        """Each track with such codes."""
        for track in scheme.tracks:
            ages = {code.id: code.age for code in track.codes if code.age is not None}
            if ages:
                yield Look((track.id,), partial(_find, track, ages))


def _find(track: Track, ages: dict[str, AgeRange], scene: Scene) -> Found:
    months = scene.setting.age_months
    if months is None:
        return
    strange = {code for code, age in ages.items() if not age.min_months <= months <= age.max_months}
    for event in scene.lane(track.id) if strange else ():
        if event.code in strange:
            yield Finding.about(
                event,
                "warning",
                "outside-age",
                "“{code}” at {at} is not meant for a child of {months} months",
                months=f"{months:g}",
            )


RULES.add(Ages())
