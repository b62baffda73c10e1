"""Links as arcs from the event that answers to the one it answers, over the lanes.

Only what is on show is looked at, and of a crowd only as many as can be told apart: the cost does
not grow with the number of links.  The arcs lie in a picture of their own that is drawn again
when lanes or stretch are others, so that a moving playhead costs one copy.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from imhcode.domain.event import Event
from imhcode.domain.links import fault_of
from imhcode.domain.observation import Observation
from imhcode.ui.coding.timeline_lanes import Lanes
from imhcode.ui.coding.timeline_rows import Row
from imhcode.ui.coding.timeline_scale import TimeScale
from imhcode.ui.coding.timeline_still import Frame
from imhcode.ui.theme import Theme

MOST_ARCS = 250  #: of one track at once; with more on show they would be a grey mass
_STUB_PX = 12  #: of a link that leads nowhere


@dataclass(frozen=True, slots=True)
class Arc:
    """One link to be drawn; ``target`` is ``None`` where what it names is not there."""

    source: Event
    target: Event | None
    is_sound: bool


def arcs_between(
    observation: Observation, from_us: int, until_us: int, age_months: float | None = None
) -> Iterator[Arc]:
    """Yield the links that touch a stretch, or of a crowd every so many of them.

    Links that reach further than the stretch is long are found from the end that answers.
    """
    length_us = until_us - from_us
    for track_id in dict.fromkeys(rule.from_track for rule in observation.scheme.links):
        lane = observation.timeline.lane(track_id)
        onsets = lane.columns.onsets_us
        first, last = np.searchsorted(onsets, (from_us - length_us, until_us + length_us))
        n = int(last - first)
        if n <= MOST_ARCS:
            events = lane.between(from_us - length_us, until_us + length_us)
        else:
            places = range(int(first), int(last), -(-n // MOST_ARCS))
            events = [lane.at(place) for place in places]
        for event in events:
            yield from arcs_of(observation, event, age_months)


def arcs_of(
    observation: Observation, event: Event, age_months: float | None = None
) -> Iterator[Arc]:
    """Yield the links that an event bears."""
    for link in event.links:
        rule = observation.scheme.link(link.rule)
        lane = observation.timeline.lane(rule.to_track) if rule else None
        target = lane.get(link.target) if lane else None
        sound = target is not None and fault_of(observation, event, link, age_months) is None
        yield Arc(event, target, sound)


class Arcs:
    """Draws the links of what the timeline shows.

    Attributes
    ----------
    hovered : Event or None
        The event under the pointer, whose links stand out like those of the selected one.
    age_months : float or None
        The child's age, on which the time to answer may depend.
    """

    def __init__(self) -> None:
        self.hovered: Event | None = None
        self.age_months: float | None = None
        self._pixmap = QPixmap()
        self._drawn: tuple[object, ...] = ()
        self._observation: Observation | None = None

    def paint(
        self,
        painter: QPainter,
        lanes: Lanes,
        frame: Frame,
        scale: TimeScale,
        scrolled_px: int,
        selected: Event | None,
        theme: Theme,
    ) -> None:
        """Draw all arcs on show, and on top those of the selected and the hovered event."""
        observation = lanes.observation
        if observation is None or not observation.scheme.links:
            return
        ways = _Ways(lanes.rows, frame, scale, scrolled_px)
        self._bring_up_to_date(observation, lanes, ways, theme)
        painter.drawPixmap(0, 0, self._pixmap)
        for event in dict.fromkeys((selected, self.hovered)):
            if event is not None:
                self._stand_out(painter, observation, event, ways, theme)

    def _bring_up_to_date(
        self, observation: Observation, lanes: Lanes, ways: "_Ways", theme: Theme
    ) -> None:
        tracks = {
            end for rule in observation.scheme.links for end in (rule.from_track, rule.to_track)
        }
        same_lanes = self._observation is not None and all(
            self._observation.timeline.lane(one) is observation.timeline.lane(one) for one in tracks
        )
        where = (ways.scale, ways.frame, ways.scrolled_px, lanes.rows)
        looks = (*where, lanes.ratio, theme.name, self.age_months)
        if same_lanes and looks == self._drawn:
            return
        self._observation, self._drawn = observation, looks
        frame = ways.frame
        size = QSize(frame.left + frame.width, frame.top + frame.height) * lanes.ratio
        if self._pixmap.size() != size:
            self._pixmap = QPixmap(size)
        self._pixmap.setDevicePixelRatio(lanes.ratio)
        self._pixmap.fill(Qt.GlobalColor.transparent)
        sound, broken = QPainterPath(), QPainterPath()
        scale = ways.scale
        for arc in arcs_between(observation, scale.from_us, scale.until_us, self.age_months):
            ways.draw(sound if arc.is_sound else broken, arc)
        with QPainter(self._pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            colour = QColor(theme.text_dim)
            colour.setAlpha(150)
            painter.setPen(QPen(colour, 1))
            painter.drawPath(sound)
            painter.setPen(QPen(QColor(theme.warning), 1.5, Qt.PenStyle.DashLine))
            painter.drawPath(broken)

    def _stand_out(
        self, painter: QPainter, observation: Observation, event: Event, ways: "_Ways", theme: Theme
    ) -> None:
        """Draw the links of one event, at either end, so that both ends are seen."""
        arcs = list(arcs_of(observation, event, self.age_months))
        for answer in observation.timeline.answering(event.id):
            borne = arcs_of(observation, answer, self.age_months)
            arcs += [one for one in borne if one.target is not None and one.target.id == event.id]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for arc in arcs:
            path = QPainterPath()
            ways.draw(path, arc)
            colour = QColor(theme.focus if arc.is_sound else theme.warning)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for under, width in ((QColor(theme.lane), 4.0), (colour, 2.0)):
                painter.setPen(QPen(under, width))
                painter.drawPath(path)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            for end in ways.ends(arc):
                painter.drawEllipse(end, 3.0, 3.0)
        painter.restore()


@dataclass(frozen=True)
class _Ways:
    """Where arcs run."""

    rows: tuple[Row, ...]
    frame: Frame
    scale: TimeScale
    scrolled_px: int

    def draw(self, path: QPainterPath, arc: Arc) -> None:
        """Add an arc to a path, if any of it is on show."""
        ends = self.ends(arc)
        if not ends:
            return
        start = ends[0]
        if len(ends) == 1:
            path.moveTo(start)
            path.lineTo(start + QPointF(-_STUB_PX, -_STUB_PX))
            path.moveTo(start + QPointF(-_STUB_PX - 3, -_STUB_PX + 3))
            path.lineTo(start + QPointF(-_STUB_PX + 3, -_STUB_PX - 3))
            return
        stop = ends[1]
        seen = QRectF(self.frame.left, 0, self.frame.width, 1)
        if max(start.x(), stop.x()) < seen.left() or min(start.x(), stop.x()) > seen.right():
            return
        path.moveTo(start)
        if start.y() == stop.y():
            rise = min(abs(start.x() - stop.x()) / 3, 16.0)
            middle = QPointF((start.x() + stop.x()) / 2, start.y() - rise - 6)
            path.quadTo(middle, stop)
        else:
            middle_y = (start.y() + stop.y()) / 2
            path.cubicTo(QPointF(start.x(), middle_y), QPointF(stop.x(), middle_y), stop)

    def ends(self, arc: Arc) -> list[QPointF]:
        """Where an arc begins and, if its target is on a lane, ends."""
        source = self._row(arc.source)
        if source is None:
            return []
        target = self._row(arc.target) if arc.target is not None else None
        if arc.target is None or target is None:
            at = self._top(source) + source.height / 2
            return [] if arc.target is not None else [QPointF(self._x(arc.source), at)]
        if source is target:
            y = self._top(source) + source.height / 2
            return [QPointF(self._x(arc.source), y), QPointF(self._x(arc.target), y)]
        above = target.top < source.top
        start = self._top(source) + (3 if above else source.height - 3)
        stop = self._top(target) + (target.height - 3 if above else 3)
        return [QPointF(self._x(arc.source), start), QPointF(self._x(arc.target), stop)]

    def _row(self, event: Event) -> Row | None:
        return next((row for row in self.rows if row.track.id == event.track), None)

    def _top(self, row: Row) -> float:
        return self.frame.top + row.top - self.scrolled_px

    def _x(self, event: Event) -> float:
        return self.frame.left + self.scale.x_of(event.onset_us)
