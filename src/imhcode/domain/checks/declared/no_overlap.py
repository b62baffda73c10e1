"""Events of one sort do not hold at the same time as events of another."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.chosen import chosen, stretches
from imhcode.domain.checks.scene import Scene
from imhcode.domain.scheme import Scheme


@dataclass(frozen=True)
class NoOverlap:
    """Events of the two sorts that hold together; of two instances, they may."""

    name: str = "no_overlap"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """Both tracks."""
        del scheme
        tracks = check.plain["events"]["track"], check.plain["with"]["track"]
        return Look(tuple(dict.fromkeys(tracks)), partial(_find, check))


def _find(check: DeclaredCheck, scene: Scene) -> Found:
    events, others = chosen(scene, check.plain["events"]), chosen(scene, check.plain["with"])
    yield None
    lefts_us, rights_us = stretches(scene, others)
    latest_us = np.maximum.accumulate(np.maximum(rights_us, lefts_us + 1))
    for number, event in enumerate(events):
        if number % 256 == 0:
            yield None
        end_us = max(scene.end_us(event), event.onset_us + 1)
        stop = int(np.searchsorted(lefts_us, end_us, side="left"))
        start = int(np.searchsorted(latest_us[:stop], event.onset_us, side="right"))
        for place in range(start, stop):
            other = others[place]
            two = event.instance and other.instance and event.instance != other.instance
            holds = max(rights_us[place], lefts_us[place] + 1) > event.onset_us
            if holds and other.id != event.id and not two:
                yield check.about(event, other)


DECLARED.add(NoOverlap())
