"""Episodes of some kinds last at least, or at most, so long."""

from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.scene import Scene
from imhcode.domain.scheme import Scheme
from imhcode.domain.timecode import as_clock


@dataclass(frozen=True)
class EpisodeLength:
    """Episodes that are over and were too short or too long."""

    name: str = "episode_length"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """Episodes only."""
        del scheme
        return Look((), partial(_find, check))


def _find(check: DeclaredCheck, scene: Scene) -> Found:
    least_us = check.us("min_s")
    most_us = None if check.plain.get("max_s") is None else check.us("max_s")
    for episode, onset_us, end_us in scene.stretches_of(check.ids("episodes")):
        if episode.offset_us is None:
            continue
        length_us = end_us - onset_us
        if length_us < least_us or (most_us is not None and length_us > most_us):
            place = f"{as_clock(onset_us)}–{as_clock(end_us)}"
            yield check.finding(from_us=onset_us, until_us=end_us, place=place)


DECLARED.add(EpisodeLength())
