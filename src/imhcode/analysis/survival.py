"""Waiting times of which some were cut: the product-limit estimate of Kaplan and Meier."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

HALF = 0.5 + 1e-12  #: a product of fractions may miss a half by its last digit


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The share still waiting, from each time on at which something came.

    Attributes
    ----------
    times : array of int64, shape (k,)
        Microseconds, rising.
    waiting : array of float, shape (k,)
        Share still waiting from then on.
    at_risk, came : array of int64, shape (k,)
        How many were still waiting just before, and for how many it came.
    """

    times: npt.NDArray[np.int64]
    waiting: npt.NDArray[np.float64]
    at_risk: npt.NDArray[np.int64]
    came: npt.NDArray[np.int64]

    @property
    def median_us(self) -> int | None:
        """The first time at which at most half still wait; ``None`` if that is never reached."""
        reached = np.flatnonzero(self.waiting <= HALF)
        return int(self.times[reached[0]]) if len(reached) else None


def kaplan_meier(times: npt.ArrayLike, came: npt.ArrayLike) -> Curve:
    """The curve of waits; what is cut at an instant was still waiting then.

    Parameters
    ----------
    times : array of int, shape (n,)
        How long each was waited for, in microseconds.
    came : array of bool, shape (n,)
        Whether what was waited for came at the end of it.

    References
    ----------
    Kaplan, E. L., & Meier, P. (1958). Nonparametric estimation from incomplete observations.
    *Journal of the American Statistical Association*, 53, 457-481.
    """
    time, event = np.asarray(times, np.int64), np.asarray(came, bool)
    ends = np.unique(time[event])
    ordered = np.sort(time)
    at_risk = len(time) - np.searchsorted(ordered, ends, side="left")
    events = np.sort(time[event])
    here = np.searchsorted(events, ends, side="right") - np.searchsorted(events, ends, side="left")
    waiting = np.asarray(np.cumprod(1 - here / at_risk), np.float64)
    return Curve(ends, waiting, at_risk.astype(np.int64), here.astype(np.int64))
