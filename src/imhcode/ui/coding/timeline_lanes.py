"""The lanes of one observation, ready to be drawn and asked about."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QImage, QPainter

from imhcode.domain.edit import Edit
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Track
from imhcode.domain.tracks import Shape
from imhcode.ui.coding.timeline_art import LaneArt, art_for
from imhcode.ui.coding.timeline_hit import NEAR_PX, Box, boxes_of, place_at, running_box
from imhcode.ui.coding.timeline_lane import LaneTimes
from imhcode.ui.coding.timeline_painting import Columns, paint_lane
from imhcode.ui.coding.timeline_rows import Row, rows_of
from imhcode.ui.theme import Theme


class Lanes:
    """Rows, times and art of the tracks on show; knows nothing of widgets."""

    def __init__(self, theme: Theme, font: QFont, ratio: float) -> None:
        self.rows: tuple[Row, ...] = ()
        self._observation: Observation | None = None
        self._tracks: tuple[Track, ...] = ()
        self._times: dict[str, LaneTimes] = {}
        self._running: dict[str, list[Event]] = {}
        self._active: frozenset[str] = frozenset()
        self._art: dict[tuple[str, bool], LaneArt] = {}
        self._look = (theme, QFont(font), ratio)
        self._columns: Columns | None = None

    @property
    def observation(self) -> Observation | None:
        """What is shown."""
        return self._observation

    @property
    def height(self) -> int:
        """Logical pixels that all lanes take together."""
        return self.rows[-1].bottom if self.rows else 0

    @property
    def ratio(self) -> float:
        """Device pixels in a logical one."""
        return self._look[2]

    def show(self, observation: Observation, tracks: Sequence[Track]) -> None:
        """Begin anew with another observation or other tracks."""
        self._observation, self._tracks = observation, tuple(tracks)
        lane = observation.timeline.lane
        self._times = {track.id: LaneTimes.of(lane(track.id), track) for track in tracks}
        self._running = {track.id: lane(track.id).running() for track in tracks}
        self._lay_out()

    def edited(self, observation: Observation, edit: Edit) -> list[Row]:
        """Take over what an edit has changed; the rows it touched."""
        self._observation = observation
        touched = set(edit.tracks())
        rows = [row for row in self.rows if row.track.id in touched]
        for row in rows:
            name = row.track.id
            lane = observation.timeline.lane(name)
            self._times[name] = self._times[name].after(edit, lane, row.track)
            self._running[name] = lane.running()
        return rows

    def dress(self, theme: Theme, font: QFont, ratio: float) -> None:
        """Draw in another theme, size of words or resolution from now on."""
        self._look = (theme, QFont(font), ratio)
        self._lay_out()

    def activate(self, track_ids: Iterable[str]) -> None:
        """Let the lanes of some tracks stand out; none: all alike."""
        self._active = frozenset(track_ids)

    def look_at(self, columns: Columns) -> None:
        """Show another stretch of time."""
        self._columns = columns

    def recedes(self, row: Row) -> bool:
        """Whether the lane is not of the pass."""
        return bool(self._active) and row.track.id not in self._active

    def stands_out(self, row: Row) -> bool:
        """Whether the lane is of the pass while others are not."""
        return row.track.id in self._active

    def is_empty(self, row: Row) -> bool:
        """Whether nothing is coded on the track."""
        return not len(self._times[row.track.id].onsets_us)

    def paint(self, painter: QPainter, row: Row, at: QPointF, gap_from_us: int) -> None:
        """Draw one lane with its top left corner at a place of the picture."""
        if self._columns is None:
            return
        expected = row.track.exhaustive and row.shape is Shape.BLOCKS
        pixels = paint_lane(
            row,
            self._times[row.track.id],
            self.art(row),
            self._columns,
            gap_from_us if expected else None,
        )
        high, wide = pixels.shape
        image = QImage(pixels.data, wide, high, wide * 4, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self.ratio)
        painter.drawImage(at, image)

    def art(self, row: Row) -> LaneArt:
        """The ready-made pixels of a lane, drawn when first needed."""
        key = (row.track.id, self.recedes(row))
        if key not in self._art:
            theme, font, ratio = self._look
            self._art[key] = art_for(row, theme, font, ratio, recedes=key[1])
        return self._art[key]

    def event_at(self, row: Row, x: float, y: float, playhead_us: int) -> Event | None:
        """The event painted at a place of a lane."""
        if self._columns is None or self._observation is None:
            return None
        for event, box in self.running(row, playhead_us):
            near = max(box.width, 2.0 * NEAR_PX)
            if Box(box.x, box.y, near, box.height).contains(x, y):
                return event
        times = self._times[row.track.id]
        place = place_at(row, times, self.art(row), self._columns, x, y)
        return None if place is None else self._observation.timeline.lane(row.track.id).at(place)

    def boxes(self, row: Row, event: Event, playhead_us: int) -> list[Box]:
        """Where an event is painted on its lane."""
        if self._columns is None or self._observation is None:
            return []
        if event.is_running:
            return [box for one, box in self.running(row, playhead_us) if one.id == event.id]
        times = self._times[row.track.id]
        place = times.place_of(event, self._observation.timeline.lane(row.track.id))
        return [] if place is None else boxes_of(row, times, place, self.art(row), self._columns)

    def running(self, row: Row, playhead_us: int) -> list[tuple[Event, Box]]:
        """Running states of a lane that the view reaches, and where they are drawn."""
        columns = self._columns
        if columns is None:
            return []
        scale = columns.scale
        places = {code.id: place for place, code in enumerate(row.track.codes)}
        return [
            (one, running_box(row, one, places[one.code], scale, playhead_us))
            for one in self._running[row.track.id]
            if one.onset_us < scale.until_us and one.code in places
        ]

    @property
    def any_running(self) -> bool:
        """Whether some state has not been closed."""
        return any(self._running.values())

    def _lay_out(self) -> None:
        self.rows = rows_of(self._tracks, self._look[1])
        self._art.clear()
