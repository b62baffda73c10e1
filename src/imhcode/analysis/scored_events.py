"""The events of a lane as an index of agreement counts them."""

from dataclasses import dataclass

import numpy as np

from imhcode.analysis.sheets import Laid
from imhcode.analysis.spans import Spans, Times, Union


@dataclass(frozen=True, slots=True, eq=False)
class ScoredEvents:
    """Events whose onset lies in scored time, by onset and by code.

    Attributes
    ----------
    laid : Laid
        States that touch, of one code, are one here; its row is the first one's.
    place_of : array of int64
        For every event laid out, its place here; ``-1`` if it does not count.
    """

    laid: Laid
    place_of: Times

    @property
    def spans(self) -> Spans:
        """Onsets, offsets and codes."""
        return self.laid.spans

    def __len__(self) -> int:
        return len(self.laid.row)


def scored_events(laid: Laid, scored: Union, *, joins: bool) -> ScoredEvents:
    """The events that count.

    Parameters
    ----------
    joins : bool
        Whether two states of one code that touch are one: where a coder pressed twice must not
        count as another event.
    """
    spans = laid.spans
    first = np.ones(len(spans.onsets), bool)
    of = np.arange(len(spans.onsets))
    offsets = spans.offsets
    if joins and len(of):
        order = np.lexsort((spans.offsets, spans.onsets, spans.codes))
        codes, ends = spans.codes[order], spans.offsets[order]
        touches = (codes[1:] == codes[:-1]) & (spans.onsets[order][1:] == ends[:-1])
        touches &= ends[1:] > spans.onsets[order][1:]  # an instant is an event of its own
        head = np.concatenate(([True], ~touches))
        leader = np.maximum.accumulate(np.where(head, np.arange(len(order)), 0))
        first[order] = head
        of[order] = order[leader]
        offsets = spans.offsets.copy()
        np.maximum.at(offsets, of, spans.offsets)
    counted = first & scored.has(spans.onsets)
    place = np.where(counted, np.cumsum(counted) - 1, -1)
    kept = Spans(spans.onsets[counted], offsets[counted], spans.codes[counted])
    return ScoredEvents(Laid(kept, laid.session[counted], laid.row[counted]), place[of])
