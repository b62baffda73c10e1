"""Linking two coders' states by how much they overlap, in EasyDIAg's manner."""

import numpy as np
import numpy.typing as npt

from imhcode.analysis.alignment import NOBODY
from imhcode.analysis.spans import Spans, Times

DEFAULT_SHARE = 0.6


def linked_by_overlap(a: Spans, b: Spans, share: float = DEFAULT_SHARE) -> Times:
    """Partners by the largest overlap first; a partner must share enough of the longer one.

    Overlap is the common part over the longer of the two (Holle & Rein 2015).  Whatever the codes
    are: that the coders disagree about them is what the table then shows.  Ties go to the earlier
    onset in A, then in B.

    Returns
    -------
    array of int64, shape (len(a),)
        Place of the partner in B, ``NOBODY`` where there is none.
    """
    found = np.full(len(a.onsets), NOBODY, np.int64)
    if not len(a.onsets) or not len(b.onsets):
        return found
    rows, columns, shares = _overlaps(a, b)
    enough = shares >= share
    rows, columns, shares = rows[enough], columns[enough], shares[enough]
    rivals = (np.bincount(rows, minlength=len(found))[rows] > 1) | (
        np.bincount(columns, minlength=len(b.onsets))[columns] > 1
    )
    found[rows[~rivals]] = columns[~rivals]
    rows, columns, shares = rows[rivals], columns[rivals], shares[rivals]
    taken: set[int] = set()
    for k in np.lexsort((columns, rows, -shares)):
        i, j = int(rows[k]), int(columns[k])
        if found[i] == NOBODY and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def _overlaps(a: Spans, b: Spans) -> tuple[Times, Times, npt.NDArray[np.float64]]:
    """Every overlapping pair with its share of the longer one."""
    reach = np.maximum.accumulate(b.offsets)
    first = np.searchsorted(reach, a.onsets, side="right")
    last = np.maximum(np.searchsorted(b.onsets, a.offsets, side="left"), first)
    many = last - first
    rows = np.repeat(np.arange(len(many)), many)
    columns = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many) + first[rows]
    common = np.minimum(a.offsets[rows], b.offsets[columns]) - np.maximum(
        a.onsets[rows], b.onsets[columns]
    )
    real = common > 0
    rows, columns, common = rows[real], columns[real], common[real]
    longer = np.maximum(a.offsets[rows] - a.onsets[rows], b.offsets[columns] - b.onsets[columns])
    return rows, columns, common / longer
