"""Events of one sort take at most, or at least, such a part of each episode's time."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.chosen import chosen, stretches
from imhcode.domain.checks.scene import Scene
from imhcode.domain.scheme import Scheme
from imhcode.domain.timecode import as_clock


@dataclass(frozen=True)
class ShareOfEpisode:
    """Episodes in which they take too much, or too little."""

    name: str = "share_of_episode"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """The track."""
        del scheme
        return Look((check.plain["events"]["track"],), partial(_find, check))


def _find(check: DeclaredCheck, scene: Scene) -> Found:
    events = chosen(scene, check.plain["events"])
    onsets_us, offsets_us = stretches(scene, events)
    for episode, left_us, right_us in scene.stretches_of(check.ids("episodes")):
        if right_us <= left_us or episode.offset_us is None:
            continue
        inside_us = np.minimum(offsets_us, right_us) - np.maximum(onsets_us, left_us)
        touching = np.flatnonzero(inside_us > 0)
        percent = 100 * int(inside_us[touching].sum()) / (right_us - left_us)
        if not check.plain.get("min_pct", 0) <= percent <= check.plain.get("max_pct", 100):
            yield check.finding(
                track=check.plain["events"]["track"],
                event_ids=tuple(events[int(one)].id for one in touching),
                from_us=left_us,
                until_us=right_us,
                place=f"{as_clock(left_us)}–{as_clock(right_us)}, {percent:.0f} %",
            )


DECLARED.add(ShareOfEpisode())
