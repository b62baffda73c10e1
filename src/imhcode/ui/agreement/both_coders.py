"""Several coders' lanes one above the other, as one observation that the timeline can draw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Subject, Track
from imhcode.domain.timeline import Timeline
from imhcode.ui.coding.timeline_scale import TimeScale
from imhcode.ui.coding.timeline_view import TimelineView

_LEAST_SPAN_US = 12_000_000  #: of the session, round a short disagreement


@dataclass(frozen=True, slots=True)
class CodersRecord:
    """One coder's observation, and what stands beside its lanes."""

    name: str
    observation: Observation


def one_above_the_other(records: Sequence[CodersRecord], track_ids: Iterable[str]) -> Observation:
    """An observation whose tracks are those of every coder in turn.

    It is only looked at: nothing of it is ever saved.  Links are left out, their arcs would cross
    the other coder's lanes.
    """
    first = records[0].observation
    wanted = set(track_ids)
    tracks: list[Track] = []
    events: list[Event] = []
    for track in first.scheme.tracks:
        for place, record in enumerate(records) if track.id in wanted else ():
            lane = record.observation.timeline.lane(track.id)
            tracks.append(_as_lane(track, place, keyless=not len(lane)))
            events += [_as_event(event, place) for event in lane]
    scheme = replace(
        first.scheme,
        subjects=tuple(
            Subject(id=_name("coder", place), label=record.name, role="coder")
            for place, record in enumerate(records)
        ),
        tracks=tuple(tracks),
        links=(),
        passes=(),
    )
    return replace(first, scheme=scheme, timeline=Timeline(events), ratings={})


def event_shown(event_id: str, place: int) -> str:
    """Under which id an event of the coder with this place is drawn."""
    return _name(event_id, place)


def _as_lane(track: Track, place: int, *, keyless: bool) -> Track:
    """An empty lane must not say which keys to press: nothing is coded here."""
    codes = tuple(replace(one, key="") for one in track.codes) if keyless else track.codes
    return replace(track, id=_name(track.id, place), subject=_name("coder", place), codes=codes)


def _as_event(event: Event, place: int) -> Event:
    return replace(event, id=_name(event.id, place), track=_name(event.track, place), links=())


def _name(one: str, place: int) -> str:
    return f"{one}\N{SYMBOL FOR UNIT SEPARATOR}{place}"


class BothCodersView(TimelineView):
    """The timeline of a comparison: nothing in it can be taken in hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Both coders' lanes"))

    def show_records(self, records: Sequence[CodersRecord], track_ids: Iterable[str]) -> None:
        """Show the lanes of these tracks, those of every coder together."""
        shown = one_above_the_other(records, track_ids)
        scale = self.scale
        self.show_observation(shown, shown.scheme.tracks)
        self._look(scale.resized(max(self._frame.width, 1), self._extent))

    def look_round(self, from_us: int, until_us: int) -> None:
        """Mark a stretch and show it with as much round it as helps to see where it lies."""
        length_us = until_us - from_us
        span_us = max(_LEAST_SPAN_US, 3 * length_us)
        middle_us = from_us + length_us // 2
        width = max(self._frame.width, 1)
        shown = TimeScale(middle_us - span_us // 2, span_us / width, width)
        self.set_attention((from_us, max(until_us, from_us + span_us // 200)))
        self._look(shown.within(self._extent))

    def may_drag(self, event: Event) -> bool:
        del event
        return False
