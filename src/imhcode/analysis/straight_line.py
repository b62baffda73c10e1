"""The straight line through some points."""

import numpy as np
import numpy.typing as npt


def slope(x: npt.ArrayLike, y: npt.ArrayLike) -> float | None:
    """How much ``y`` rises with each unit of ``x``, by least squares; ``None`` if ``x`` is one."""
    xs, ys = np.asarray(x, float), np.asarray(y, float)
    apart = xs - xs.mean() if len(xs) else xs
    spread = float((apart**2).sum())
    return float((apart * (ys - ys.mean())).sum()) / spread if spread else None


def without_drift(x: npt.ArrayLike, y: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """What the line leaves of ``y``."""
    xs, ys = np.asarray(x, float), np.asarray(y, float)
    return np.asarray(ys - ys.mean() - (slope(xs, ys) or 0.0) * (xs - xs.mean()))
