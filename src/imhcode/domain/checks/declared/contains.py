"""Each event contains, or adjoins, at least so many others."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.chosen import chosen, stretches
from imhcode.domain.checks.scene import Scene
from imhcode.domain.scheme import Scheme


@dataclass(frozen=True)
class Contains:
    """Events with too few others in or beside them."""

    name: str = "contains"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """Both tracks."""
        del scheme
        tracks = check.plain["events"]["track"], check.plain["what"]["track"]
        return Look(tuple(dict.fromkeys(tracks)), partial(_find, check))


def _find(check: DeclaredCheck, scene: Scene) -> Found:
    events, others = chosen(scene, check.plain["events"]), chosen(scene, check.plain["what"])
    yield None
    margin_us, least = check.us("within_s"), check.plain.get("min", 1)
    onsets_us, offsets_us = stretches(scene, events)
    lefts_us, rights_us = stretches(scene, others)
    begun = np.searchsorted(np.sort(lefts_us), offsets_us + margin_us, side="right")
    over = np.searchsorted(np.sort(rights_us), onsets_us - margin_us, side="left")
    for place in np.flatnonzero(begun - over < least):
        yield check.about(events[int(place)])


DECLARED.add(Contains())
