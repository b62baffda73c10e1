"""Each event begins within so many seconds of an event of another sort."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.chosen import chosen, stretches
from imhcode.domain.checks.scene import Scene
from imhcode.domain.event import Event
from imhcode.domain.scheme import Scheme


@dataclass(frozen=True)
class Near:
    """Events with nothing of the other sorts near them."""

    name: str = "near"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """All the tracks it names."""
        del scheme
        tracks = [check.plain["events"]["track"], *(one["track"] for one in check.plain["to"])]
        return Look(tuple(dict.fromkeys(tracks)), partial(_find, check))


def _find(check: DeclaredCheck, scene: Scene) -> Found:
    events = chosen(scene, check.plain["events"])
    others = [one for plain in check.plain["to"] for one in chosen(scene, plain)]
    yield None
    within_us = check.us("within_s")
    far = _far(scene, events, others, within_us, onset=check.plain.get("edge") == "onset")
    for place in np.flatnonzero(far):
        yield check.about(events[int(place)])


def _far(
    scene: Scene, events: list[Event], others: list[Event], within_us: int, *, onset: bool
) -> np.typing.NDArray[np.bool_]:
    """Which events begin further than that from every other one.

    Sorted by onset, the others that begin no later than ``onset + within`` are a beginning of
    the list; the latest offset among them says whether one of them still holds, or just did.
    """
    onsets_us, _ = stretches(scene, events)
    if not others:
        return np.ones(len(events), dtype=np.bool_)
    lefts_us, rights_us = stretches(scene, sorted(others, key=lambda one: one.onset_us))
    latest_us = np.maximum.accumulate(lefts_us if onset else rights_us)
    before = np.searchsorted(lefts_us, onsets_us + within_us, side="right")
    reached = np.where(before > 0, latest_us[before - 1], np.iinfo(np.int64).min)
    return reached < onsets_us - within_us


DECLARED.add(Near())
