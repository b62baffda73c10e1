"""The part of the timeline that stands still while the playhead moves, kept as one picture."""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from imhcode.domain.observation import Observation
from imhcode.ui import theme
from imhcode.ui.coding import timeline_overlay as overlay
from imhcode.ui.coding.sound_lane import SoundLane
from imhcode.ui.coding.timeline_gutter import gutter_width, paint_name, paint_words
from imhcode.ui.coding.timeline_lanes import Lanes
from imhcode.ui.coding.timeline_painting import Columns
from imhcode.ui.coding.timeline_rows import GAP_PX, Row
from imhcode.ui.coding.timeline_ruler import Tick, label_room_px, paint_ruler, ticks_for
from imhcode.ui.coding.timeline_scale import Extent, TimeScale
from imhcode.ui.coding.timeline_words import hint_for, sound_words

_SIDE_PX = 6  #: between the names and the lanes, for the bar that says which lanes are on show


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the lanes lie in the widget: right of the names, under ruler and sound.

    Logical pixels; the ruler ends at ``ruler``, and from there to ``top`` is the lane of sound.
    """

    left: int
    top: int
    width: int
    height: int
    ruler: int

    FOOT: ClassVar[int] = 6  #: for the bar that says which part is on show


class StillPicture:
    """Ruler, names and lanes; repaints only what was forgotten."""

    def __init__(self, sound: SoundLane) -> None:
        self.pixmap = QPixmap()
        self._sound = sound
        self._columns: Columns | None = None
        self._font = QFont()
        self._ticks: list[Tick] = []
        self._names: dict[tuple[str, bool, bool], QPixmap] = {}
        self._stale: set[str] = set()
        self._sound_stale = True
        self._all_stale = True

    def forget_all(self) -> None:
        """Everything has to be painted again."""
        self._all_stale = True

    def forget(self, track_id: str) -> None:
        """One lane has to be painted again."""
        self._stale.add(track_id)

    def forget_sound(self) -> None:
        """The lane of sound has to be painted again."""
        self._sound_stale = True

    @staticmethod
    def ruler_height(font: QFont) -> int:
        """Room for the words of the ruler and its lines."""
        return round(QFontMetricsF(theme.small(font)).height()) + 10

    def height_around(self, font: QFont) -> int:
        """What ruler, sound and the bar at the foot take."""
        return self.ruler_height(font) + self._sound.height(font) + Frame.FOOT

    def frame_for(self, lanes: Lanes, size: QSize, font: QFont) -> Frame:
        """Where the lanes lie in a widget of that size."""
        scheme = None if lanes.observation is None else lanes.observation.scheme
        self._names.clear()
        left = gutter_width(lanes.rows, scheme, font, size.width())
        ruler = self.ruler_height(font)
        room = max(size.height() - ruler - Frame.FOOT, 0)
        top = ruler + min(self._sound.height(font), room // 2)
        width, height = max(size.width() - left, 0), max(size.height() - top - Frame.FOOT, 0)
        return Frame(left, top, width, height, ruler)

    def prepare(self, lanes: Lanes, scale: TimeScale, font: QFont) -> None:
        """Work out lines and columns for a stretch of time, before anything is painted."""
        self._font = QFont(font)
        tiny = theme.small(font)
        self._ticks = ticks_for(scale, label_room_px(tiny, scale))
        grid_us = [tick.time_us for tick in self._ticks if tick.words]
        self._columns = Columns.of(scale, lanes.ratio, grid_us)
        lanes.look_at(self._columns)

    def bring_up_to_date(
        self,
        lanes: Lanes,
        frame: Frame,
        scale: TimeScale,
        scrolled_px: int,
        extent: Extent,
        size: QSize,
    ) -> None:
        """Paint what was forgotten, and nothing else."""
        wanted = size * lanes.ratio
        if self.pixmap.size() != wanted:
            self.pixmap = QPixmap(wanted)
            self._all_stale = True
        if not self._all_stale and not self._stale and not self._sound_stale:
            return
        self.pixmap.setDevicePixelRatio(lanes.ratio)
        with QPainter(self.pixmap) as painter:
            painter.setFont(theme.small(self._font))
            if self._all_stale:
                self._paint_around(painter, lanes, frame, scale, scrolled_px, extent, size)
            if self._all_stale or self._sound_stale:
                self._paint_sound(painter, frame)
            painter.setClipRect(QRectF(0, frame.top, size.width(), frame.height))
            for row in lanes.rows:
                top = frame.top + row.top - scrolled_px
                seen = top < frame.top + frame.height and top + row.height > frame.top
                if seen and (self._all_stale or row.track.id in self._stale):
                    self._paint_row(painter, lanes, row, QPointF(frame.left, top), frame, extent)
        self._all_stale = self._sound_stale = False
        self._stale.clear()

    def _paint_around(
        self,
        painter: QPainter,
        lanes: Lanes,
        frame: Frame,
        scale: TimeScale,
        scrolled_px: int,
        extent: Extent,
        size: QSize,
    ) -> None:
        now = theme.current()
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(now.panel))
        painter.save()
        ruler = QRectF(frame.left, 0, frame.width, frame.ruler)
        painter.setClipRect(ruler)
        paint_ruler(painter, ruler, scale, self._ticks, now)
        painter.restore()
        span_us = max(extent.until_us - extent.from_us, 1)
        first, last = (
            (time_us - extent.from_us) / span_us for time_us in (scale.from_us, scale.until_us)
        )
        foot = QRectF(frame.left + 2, size.height() - 5, frame.width - 4, 3)
        overlay.paint_position(painter, foot, first, min(last, 1.0), now)
        if lanes.height > frame.height > 0:
            side = QRectF(frame.left - 4, frame.top, 3, frame.height)
            shares = (scrolled_px / lanes.height, (scrolled_px + frame.height) / lanes.height)
            overlay.paint_position(painter, side, *shares, now)

    def _paint_sound(self, painter: QPainter, frame: Frame) -> None:
        height = frame.top - frame.ruler - GAP_PX
        if height <= 0 or self._columns is None:
            return
        now = theme.current()
        names = QRectF(0, frame.ruler, max(frame.left - _SIDE_PX, 0), height)
        paint_words(painter, names, *sound_words(self._sound.view), self._font, now)
        painter.setClipRect(QRectF(frame.left, frame.ruler, frame.width, height))
        at = QPointF(frame.left, frame.ruler)
        self._sound.paint(painter, at, height, self._columns, self._font, now)
        painter.setClipping(False)

    def _paint_row(
        self,
        painter: QPainter,
        lanes: Lanes,
        row: Row,
        at: QPointF,
        frame: Frame,
        extent: Extent,
    ) -> None:
        now, recedes = theme.current(), lanes.recedes(row)
        observation = lanes.observation
        if observation is None:
            return
        coded_from_us = observation.coded_from_us
        lanes.paint(painter, row, at, extent.from_us if coded_from_us is None else coded_from_us)
        painter.drawPixmap(QPointF(0, at.y()), self._name(lanes, row, frame, observation))
        lane = QRectF(at.x(), at.y(), frame.width, row.height)
        below = QRectF(at.x(), at.y() + row.height, frame.width, GAP_PX)
        painter.fillRect(below, QColor(now.panel))
        if lanes.is_empty(row) and not recedes:
            overlay.paint_hint(painter, lane, hint_for(row.track), self._font, now)

    def _name(self, lanes: Lanes, row: Row, frame: Frame, observation: Observation) -> QPixmap:
        """The name of a track, drawn once: scrolling through time does not change it."""
        marked, recedes = lanes.stands_out(row), lanes.recedes(row)
        key = (row.track.id, marked, recedes)
        if key not in self._names:
            size = QSize(max(frame.left - _SIDE_PX, 1), row.height)
            picture = QPixmap(size * lanes.ratio)
            picture.setDevicePixelRatio(lanes.ratio)
            with QPainter(picture) as painter:
                paint_name(
                    painter,
                    QRectF(0, 0, size.width(), size.height()),
                    row,
                    observation.scheme,
                    self._font,
                    theme.current(),
                    marked=marked,
                    recedes=recedes,
                )
            self._names[key] = picture
        return self._names[key]
