"""For each event of one sort there are at least so many of another."""

from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.chosen import chosen
from imhcode.domain.checks.scene import Scene
from imhcode.domain.scheme import Scheme


@dataclass(frozen=True)
class Balance:
    """Too few of the one for all of the other."""

    name: str = "balance"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """Both tracks."""
        del scheme
        tracks = check.plain["events"]["track"], check.plain["per"]["track"]
        return Look(tuple(dict.fromkeys(tracks)), partial(_find, check))


def _find(check: DeclaredCheck, scene: Scene) -> Found:
    """Each event that has not enough of the others any more, counted in order of time."""
    n = len(chosen(scene, check.plain["events"]))
    for number, event in enumerate(chosen(scene, check.plain["per"]), start=1):
        if n < number * check.plain["min"]:
            yield check.about(event)


DECLARED.add(Balance())
