"""Episodes of some kinds come in order and do not overlap."""

from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.scene import Scene
from imhcode.domain.scheme import Scheme
from imhcode.domain.timecode import as_clock


@dataclass(frozen=True)
class EpisodeOrder:
    """Episodes that come too early, or begin before the last one has ended."""

    name: str = "episode_order"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """Episodes only."""
        del scheme
        return Look((), partial(_find, check))


def _find(check: DeclaredCheck, scene: Scene) -> Found:
    kinds = check.ids("episodes")
    labels = {one.id: one.label for one in scene.scheme.episodes.kinds}
    for (first, _, end_us), (second, onset_us, until_us) in pairwise(scene.stretches_of(kinds)):
        if kinds.index(second.kind) < kinds.index(first.kind) or onset_us < end_us:
            yield check.finding(
                from_us=onset_us,
                until_us=until_us,
                place=f"{labels.get(second.kind, second.kind)}, {as_clock(onset_us)}",
            )


DECLARED.add(EpisodeOrder())
