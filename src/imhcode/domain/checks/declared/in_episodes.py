"""Events lie inside episodes of some kinds, or outside them."""

from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.chosen import chosen
from imhcode.domain.checks.scene import Scene
from imhcode.domain.scheme import Scheme


@dataclass(frozen=True)
class InEpisodes:
    """Events that lie elsewhere, wholly or in part."""

    name: str = "in_episodes"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """The track."""
        del scheme
        return Look((check.plain["events"]["track"],), partial(_find, check))


def _find(check: DeclaredCheck, scene: Scene) -> Found:
    inside = check.plain.get("inside", True)
    spans = [(left, right) for _, left, right in scene.stretches_of(check.ids("episodes"))]
    for event in chosen(scene, check.plain["events"]):
        end_us = max(scene.end_us(event), event.onset_us + 1)
        if inside:
            kept = any(left <= event.onset_us and end_us <= right for left, right in spans)
        else:
            kept = all(end_us <= left or right <= event.onset_us for left, right in spans)
        if not kept:
            yield check.about(event)


DECLARED.add(InEpisodes())
