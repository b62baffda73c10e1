"""A track fills the coded range without gap or overlap."""

from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.scene import Scene
from imhcode.domain.checks.uncovered import uncovered
from imhcode.domain.scheme import Scheme
from imhcode.domain.timecode import as_clock


@dataclass(frozen=True)
class Covers:
    """Gaps; overlaps on an exclusive track are found for every scheme."""

    name: str = "covers"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """The track."""
        del scheme
        return Look((check.plain["track"],), partial(_find, check))


def _find(check: DeclaredCheck, scene: Scene) -> Found:
    for from_us, until_us, event_ids in uncovered(scene, check.plain["track"], ends=True):
        yield check.finding(
            track=check.plain["track"],
            event_ids=event_ids,
            from_us=from_us,
            until_us=until_us,
            place=f"{as_clock(from_us)}–{as_clock(until_us)}",
        )


DECLARED.add(Covers())
