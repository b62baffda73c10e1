"""The events of one track as columns: what an index reads, without an object for each event."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from imhcode.analysis.spans import Times
from imhcode.domain.event import FAR_FUTURE_US, Event, Link, Values
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Scheme, Track

Modifiers = tuple[tuple[str, Values], ...]


@dataclass(frozen=True, slots=True, eq=False)
class CodedLane:
    """One coder's events on one track, by onset and by the place of their code in the scheme.

    Attributes
    ----------
    onsets, offsets : array of int64, shape (n,)
        Microseconds; ``FAR_FUTURE_US`` is the offset of a running state.
    codes : array of int64, shape (n,)
        Places of the codes on the track; events with other codes are left out.
    instances, ids, modifiers, links : sequence, length n
        As in :class:`~imhcode.domain.event.Event`; empty where no event says anything there.
    """

    onsets: Times
    offsets: Times
    codes: Times
    instances: Sequence[str] = ()
    ids: Sequence[str] = ()
    modifiers: Sequence[Modifiers] = ()
    links: Sequence[tuple[Link, ...]] = ()

    def __len__(self) -> int:
        return len(self.onsets)


_NONE = np.empty(0, np.int64)
NOBODY = CodedLane(_NONE, _NONE, _NONE)  #: nothing coded on a track


def in_order(
    onsets: npt.ArrayLike,
    offsets: npt.ArrayLike,
    codes: npt.ArrayLike,
    instances: Sequence[str] = (),
    ids: Sequence[str] = (),
    modifiers: Sequence[Modifiers] = (),
    links: Sequence[tuple[Link, ...]] = (),
) -> CodedLane:
    """Columns of events in any order as a lane."""
    begins, ends, places = (np.asarray(one, np.int64) for one in (onsets, offsets, codes))
    order = np.lexsort((ends, places, begins))
    at = order.tolist()
    return CodedLane(
        begins[order],
        ends[order],
        places[order],
        [instances[k] for k in at] if any(instances) else (),
        [ids[k] for k in at] if ids else (),
        [modifiers[k] for k in at] if any(modifiers) else (),
        [links[k] for k in at] if any(links) else (),
    )


def lane_of(events: Iterable[Event], track: Track) -> CodedLane:
    """The lane of these events."""
    places = {code.id: place for place, code in enumerate(track.codes)}
    some = sorted((one for one in events if one.code in places), key=lambda one: one.id)
    return in_order(
        [one.onset_us for one in some],
        [FAR_FUTURE_US if one.offset_us is None else one.offset_us for one in some],
        [places[one.code] for one in some],
        instances=[one.instance for one in some],
        ids=[one.id for one in some],
        modifiers=[one.modifiers for one in some],
        links=[one.links for one in some],
    )


def lanes_of(observation: Observation, scheme: Scheme | None = None) -> Mapping[str, CodedLane]:
    """Every track's lane of an observation, by the id of the track."""
    tracks = (scheme or observation.scheme).tracks
    return {track.id: lane_of(observation.timeline.lane(track.id), track) for track in tracks}
