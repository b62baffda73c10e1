"""Stretches of the coded range of which a track says nothing."""

from collections.abc import Iterator

import numpy as np

from imhcode.domain.checks.scene import Scene
from imhcode.domain.checks.strands import strands
from imhcode.domain.episodes import excluded_spans
from imhcode.domain.event import FAR_FUTURE_US

Stretch = tuple[int, int, tuple[str, ...]]  #: from, until, ids of the events around it


def uncovered(scene: Scene, track_id: str, *, ends: bool) -> Iterator[Stretch]:
    """Yield the gaps of a track, for each instance by itself.

    Episodes that are left out of codable time need not be covered.  ``ends`` looks also before
    the first event and after the last one: while the coding goes on, what comes after the last
    one is not a gap but work to do.
    """
    latest_known_us = scene.setting.coded_until_us or FAR_FUTURE_US
    excluded = excluded_spans(scene.setting.episodes, latest_known_us)
    for strand in strands(scene.lane(track_id)):
        latest_us = np.maximum.accumulate(strand.offsets_us)
        for place in np.flatnonzero(latest_us[:-1] < strand.onsets_us[1:]):
            first, second = strand.events[int(place)], strand.events[int(place) + 1]
            gap = int(latest_us[place]), second.onset_us
            yield from _without(*gap, excluded, (first.id, second.id))
        if not ends or scene.coded_us is None:
            continue
        from_us, until_us = scene.coded_us
        first, last = strand.events[0], strand.events[-1]
        yield from _without(from_us, first.onset_us, excluded, (first.id,))
        if not scene.is_being_coded:
            yield from _without(int(latest_us[-1]), until_us, excluded, (last.id,))
    nothing = not len(scene.lane(track_id)) and not scene.is_being_coded
    if ends and scene.coded_us and nothing:
        yield from _without(*scene.coded_us, excluded, ())


def _without(
    from_us: int, until_us: int, excluded: list[tuple[int, int]], ids: tuple[str, ...]
) -> Iterator[Stretch]:
    """Yield what is left of a stretch, if anything."""
    for left_us, right_us in sorted(excluded):
        if right_us <= from_us or left_us >= until_us:
            continue
        if from_us < left_us:
            yield from_us, left_us, ids
        from_us = max(from_us, right_us)
    if from_us < until_us:
        yield from_us, until_us, ids
