"""Which events answer which, as measures count them."""

from dataclasses import dataclass

import numpy as np

from imhcode.analysis.coded_lane import CodedLane
from imhcode.analysis.runs import Flags
from imhcode.analysis.selecting import uncodable
from imhcode.analysis.spans import Times, Union
from imhcode.domain.scheme import LinkRule, Track


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The answers by one rule that count, by target and then by time.

    Attributes
    ----------
    target, source : array of int64, shape (n,)
        Places in the lanes of the two tracks.
    blind : array of bool, shape (targets,)
        Targets whose every answer says that nobody can tell.
    cut : array of bool, shape (targets,)
        Targets whose window for answers is not codable to its end.
    """

    target: Times
    source: Times
    blind: Flags
    cut: Flags

    @property
    def usable(self) -> Flags:
        """Targets of which it can be said whether they were answered."""
        return ~self.blind & ~self.cut

    def first(self) -> "Answers":
        """Only the first answer of each target."""
        _, head = np.unique(self.target, return_index=True)
        return Answers(self.target[head], self.source[head], self.blind, self.cut)

    def last(self) -> "Answers":
        """Only the last answer of each target."""
        _, head = np.unique(self.target[::-1], return_index=True)
        tail = len(self.target) - 1 - head
        return Answers(self.target[tail], self.source[tail], self.blind, self.cut)


def answers_by(
    rule: LinkRule,
    track: Track,
    lane: CodedLane,
    targets: CodedLane,
    same: dict[str, str],
    codable: Union,
    age_months: float | None,
) -> Answers:
    """The answers that count.

    An answer later than the rule's window for the child's age is none.  Codes that say that
    nothing came have no time of their own and count whenever they stand.

    Parameters
    ----------
    track, lane
        Those of the answers.
    same : dict
        Ids of events that were repetitions, and the event each of them repeats.
    """
    place_of = {event_id: place for place, event_id in enumerate(targets.ids)}
    pairs = [
        (place_of[same.get(link.target, link.target)], source)
        for source, links in enumerate(lane.links)
        for link in links
        if link.rule == rule.id and same.get(link.target, link.target) in place_of
    ]
    target, source = np.array(pairs, np.int64).reshape(-1, 2).T
    until_us = rule.window.until_us(age_months)
    if until_us is not None and len(target):
        late = lane.onsets[source] - targets.onsets[target] > until_us
        timeless = np.array([code.suggestion is not None for code in track.codes], bool)
        kept = ~late | timeless[lane.codes[source]]
        target, source = target[kept], source[kept]
    order = np.lexsort((source, lane.onsets[source], target))
    target, source = target[order], source[order]
    seen = ~uncodable(track)[lane.codes[source]]
    answered = np.bincount(target, minlength=len(targets))
    told = np.bincount(target[seen], minlength=len(targets))
    answers = Answers(
        target[seen],
        source[seen],
        (answered > 0) & (told == 0),
        _cut(targets.onsets, until_us, codable),
    )
    if rule.one_counts == "first":
        return answers.first()
    return answers.last() if rule.one_counts == "last" else answers


def _cut(onsets: Times, until_us: int | None, codable: Union) -> Flags:
    """Whether codable time ends before the window after each onset does."""
    if until_us is None or not len(codable.onsets):
        return np.zeros(len(onsets), bool)
    piece = np.searchsorted(codable.onsets, onsets, side="right") - 1
    return (piece >= 0) & (codable.offsets[np.maximum(piece, 0)] < onsets + until_us)
