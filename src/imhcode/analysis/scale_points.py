"""The points of a scale: all of them, used or not."""

from collections.abc import Sequence

import numpy as np

from imhcode.domain.scheme import Code, Scale, Track


def points_on(scale: Scale) -> list[float]:
    """Every point from the lowest to the highest."""
    step = scale.step / 2 if scale.allow_half else scale.step
    many = round((scale.maximum - scale.minimum) / step)
    return [float(one) for one in np.round(scale.minimum + step * np.arange(many + 1), 9)]


def rank_of(code: Code) -> float | None:
    """A code's value on the scale of its track, else its rank."""
    return code.ordinal if code.value is None else code.value


def points_of(track: Track, ranks: Sequence[float]) -> list[float]:
    """The points of a track's scale, or the ranks its codes have."""
    points = points_on(track.scale) if track.scale else []
    return sorted({*points, *ranks}) if ranks else []
