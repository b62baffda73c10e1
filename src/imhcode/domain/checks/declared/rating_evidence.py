"""Ratings that are not NA rest on at least so many events."""

from dataclasses import dataclass
from functools import partial

from imhcode.domain.checks import DECLARED, DeclaredCheck, Found, Look
from imhcode.domain.checks.scene import Scene
from imhcode.domain.scheme import Scheme


@dataclass(frozen=True)
class RatingEvidence:
    """Ratings with too few events."""

    name: str = "rating_evidence"

    def look(self, check: DeclaredCheck, scheme: Scheme) -> Look:
        """Ratings only."""
        del scheme
        return Look((), partial(_find, check))


def _find(check: DeclaredCheck, scene: Scene) -> Found:
    scales, values = check.ids("ratings"), check.plain.get("values", ())
    for rating in scene.observation.ratings.values():
        if rating.value is None or (scales and rating.scale not in scales):
            continue
        if values and rating.value not in values:
            continue
        if len(set(rating.evidence)) < check.plain.get("min", 1):
            scale = scene.scheme.rating(rating.scale)
            label = scale.label if scale else rating.scale
            yield check.finding(place=f"{label}: {rating.value:g}")


DECLARED.add(RatingEvidence())
