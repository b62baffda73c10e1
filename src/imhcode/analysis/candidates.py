"""Moments worth a look, found in what researchers have coded: "bids met within 1 s" and the like.

A query says which events are meant and what has to come after them.  It says where to look, never
how good something was.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imhcode.domain.event import FAR_FUTURE_US, Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Scheme

LEAD_US = 2_000_000  #: a candidate begins so long before what was found, so that one sees it come


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Some events of a track: of these codes, or of codes with one of these classes; else all.

    Attributes
    ----------
    codes, classes : frozenset of str
        Ids of codes, and classes that codes bear.
    """

    track: str
    codes: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()

    def codes_in(self, scheme: Scheme) -> frozenset[str]:
        """The codes of a scheme that are meant; none that say that nobody could tell."""
        track = scheme.track(self.track)
        everything = not self.codes and not self.classes
        return frozenset(
            code.id
            for code in (track.codes if track else ())
            if (everything and not code.uncodable)
            or code.id in self.codes
            or not self.classes.isdisjoint(code.classes)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """What has to follow.

    Attributes
    ----------
    within_us : int or None
        It begins at the onset of the first or later, and at most so long after it; ``None``: any
        time after.
    rule : str
        Id of a link rule: what follows must bear such a link to the first; empty: it just follows.
    """

    meant: Meant
    within_us: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is sought.

    Attributes
    ----------
    name : str
        In plain words.
    at_least_us : int
        Only events that last at least so long; running ones last until the end of what is coded.
    first_only : bool
        Only the first of all that is found.
    """

    name: str
    meant: Meant
    at_least_us: int = 0
    then: Then | None = None
    first_only: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch to look at.

    Attributes
    ----------
    event_ids : tuple of str
        What was found there, in order of time.
    onset_us, offset_us : int
        From :data:`LEAD_US` before the first of them, within what is coded, to the end of the last.
    why : str
        The query's name.
    """

    event_ids: tuple[str, ...]
    onset_us: int
    offset_us: int
    why: str


def candidates(
    observation: Observation, query: Query, coded_us: tuple[int, int] | None = None
) -> tuple[Candidate, ...]:
    """Every stretch that a query finds in an observation, in order of time.

    Parameters
    ----------
    coded_us : (int, int) or None
        The coded range, half-open: candidates do not begin before it, and what runs ends with it.
    """
    found = _lasting(_events(observation, query.meant), query.at_least_us, coded_us)
    groups: list[tuple[Event, ...]] = [(one,) for one in found]
    if query.then is not None:
        groups = _followed(found, _events(observation, query.then.meant), query.then)
    if query.first_only:
        groups = groups[:1]
    return tuple(_candidate(group, query.name, coded_us) for group in groups)


def _events(observation: Observation, meant: Meant) -> list[Event]:
    """The events meant, in order of onset."""
    codes = meant.codes_in(observation.scheme)
    return [one for one in observation.timeline.lane(meant.track) if one.code in codes]


def _lasting(
    events: list[Event], at_least_us: int, coded_us: tuple[int, int] | None
) -> list[Event]:
    if not at_least_us:
        return events
    return [one for one in events if _end_us(one, coded_us) - one.onset_us >= at_least_us]


def _followed(events: list[Event], others: list[Event], then: Then) -> list[tuple[Event, ...]]:
    """Each event with the first of the others that follows it in time."""
    onsets_us, later_us = _onsets_us(events), _onsets_us(others)
    starts = np.searchsorted(later_us, onsets_us, side="left")
    until_us = FAR_FUTURE_US if then.within_us is None else onsets_us + then.within_us
    stops = np.broadcast_to(np.searchsorted(later_us, until_us, side="right"), starts.shape)
    groups: list[tuple[Event, ...]] = []
    for event, start, stop in zip(events, starts, stops, strict=True):
        for other in others[start:stop]:
            if other.id != event.id and _answers(other, event, then.rule):
                groups.append((event, other))
                break
    return groups


def _answers(other: Event, event: Event, rule: str) -> bool:
    if not rule:
        return True
    return any((link.rule, link.target) == (rule, event.id) for link in other.links)


def _candidate(events: tuple[Event, ...], why: str, coded_us: tuple[int, int] | None) -> Candidate:
    onset_us = events[0].onset_us - LEAD_US
    if coded_us is not None:
        onset_us = max(onset_us, min(coded_us[0], events[0].onset_us))
    until_us = max(_end_us(one, coded_us) for one in events)
    return Candidate(tuple(one.id for one in events), onset_us, until_us, why)


def _end_us(event: Event, coded_us: tuple[int, int] | None) -> int:
    """Where an event ends; one that runs, with what is coded, or at its onset if nobody knows."""
    if event.offset_us is not None:
        return event.offset_us
    return max(event.onset_us, coded_us[1]) if coded_us else event.onset_us


def _onsets_us(events: Iterable[Event]) -> NDArray[np.int64]:
    return np.array([one.onset_us for one in events], dtype=np.int64)
