"""Each event at one end of a link has so many of them."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.scene import Scene
from imhcode.domain.codes_meant import codes_meant
from imhcode.domain.scheme import LinkRule, Scheme


@dataclass(frozen=True)
class Linked:
    """Events with too few links, or too many."""

    name: str = "linked"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """Both ends."""
        rule = scheme.link(check.plain["link"])
        tracks = (rule.from_track, rule.to_track) if rule else ()
        return Look(tracks, partial(_find, check, rule))


def _find(check: DeclaredCheck, rule: LinkRule | None, scene: Scene) -> Found:
    if rule is None:
        return
    answering = check.plain.get("end", "to") == "from"
    track, narrowed = (
        (rule.from_track, rule.from_codes) if answering else (rule.to_track, rule.to_codes)
    )
    codes = codes_meant(scene.scheme, track, check.plain)
    lowest, highest = check.plain.get("min", 1), check.plain.get("max")
    count: Counter[str] = Counter()
    for event in scene.lane(rule.from_track):
        for link in event.links:
            if link.rule == rule.id:
                count[event.id if answering else link.target] += 1
    yield None
    for event in scene.lane(track):
        if event.code not in codes or (narrowed and event.code not in narrowed):
            continue
        n = count[event.id]
        if n < lowest or (highest is not None and n > highest):
            yield check.about(event)


DECLARED.add(Linked())
