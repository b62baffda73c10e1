"""What lies above the lanes and is not part of the observation: selection, stretch, preview."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from imhcode.domain.edit import Edit
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Code
from imhcode.ui.coding.code_brushes import brush_for, code_look
from imhcode.ui.coding.timeline_overlay import paint_selection
from imhcode.ui.coding.timeline_rows import Row
from imhcode.ui.coding.timeline_scale import TimeScale
from imhcode.ui.theme import Theme, small

_FEW = 32  #: events that are looked up one by one
MOST_OUTLINES = 400  #: of selected events; with more on show, outlines would say nothing


@dataclass(frozen=True, slots=True)
class Preview:
    """What an edit that is not done yet would leave.

    Attributes
    ----------
    words : str
        Shown beside ``at_us``, the instant the person is moving.
    """

    edit: Edit
    at_us: int
    words: str


class Marks:
    """Which events are selected, which stretch is marked, what is being dragged."""

    def __init__(self) -> None:
        self.chosen: dict[str, Event] = {}
        self.primary: Event | None = None
        self.stretch: tuple[int, int] | None = None
        self.attention: tuple[int, int] | None = None
        self.pending: tuple[tuple[int, int], ...] = ()
        self.preview: Preview | None = None
        self.band: QRectF | None = None

    def choose(self, observation: Observation | None, ids: Iterable[str]) -> set[str]:
        """Select these events; the tracks on which something changes."""
        before, wanted = self.chosen, set(ids)
        found: Iterable[Event | None] = ()
        if observation is not None and len(wanted) > _FEW:
            found = (one for one in observation.timeline if one.id in wanted)
        elif observation is not None:
            found = map(observation.timeline.get, wanted)
        self.chosen = {one.id: one for one in found if one is not None}
        changed = before.keys() ^ self.chosen.keys()
        return {(before.get(one) or self.chosen[one]).track for one in changed}

    def follow(self, observation: Observation, edit: Edit) -> None:
        """Keep up with an edit: selected events are as it leaves them."""
        for step in edit.steps:
            before, after = step.before, step.after
            if before is not None and before.id in self.chosen:
                del self.chosen[before.id]
                if after is not None and after.id == before.id:
                    self.chosen[after.id] = after
        if self.primary is not None:
            self.primary = observation.timeline.get(self.primary.id)

    def touched(self) -> set[str]:
        """The tracks that a preview changes."""
        return set() if self.preview is None else set(self.preview.edit.tracks())

    # -- painting ----------------------------------------------------------------------------

    def paint_chosen(
        self,
        painter: QPainter,
        boxes_of: Callable[[Event], list[QRectF]],
        scale: TimeScale,
        theme: Theme,
    ) -> None:
        """Outline what is selected, as far as it is on show."""
        from_us, until_us = scale.from_us, scale.until_us
        seen = [
            one
            for one in self.chosen.values()
            if one.onset_us < until_us and one.until_us >= from_us and one is not self.primary
        ]
        pen = QPen(QColor(theme.focus), 1.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        for event in seen[:MOST_OUTLINES]:
            for box in boxes_of(event)[:1]:
                painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.primary is not None:
            boxes = boxes_of(self.primary)
            if boxes:
                paint_selection(painter, boxes, theme)

    def paint_stretch(
        self, painter: QPainter, lanes: QRectF, scale: TimeScale, theme: Theme
    ) -> None:
        """Shade the marked stretch, with a bar under the ruler."""
        if self.stretch is None:
            return
        left, right = (lanes.left() + scale.x_of(time_us) for time_us in self.stretch)
        shade = QColor(theme.accent)
        shade.setAlpha(34)
        area = QRectF(left, lanes.top(), max(right - left, 1), lanes.height())
        painter.fillRect(area, shade)
        for x in (area.left(), area.right() - 1):
            painter.fillRect(QRectF(x, lanes.top(), 1, lanes.height()), QColor(theme.accent))
        painter.fillRect(QRectF(area.left(), area.top(), area.width(), 3), QColor(theme.accent))

    def paint_attention(
        self, painter: QPainter, lanes: QRectF, scale: TimeScale, theme: Theme
    ) -> None:
        """Frame the stretch that is asked about, without a shade over what is coded in it."""
        if self.attention is None:
            return
        left, right = (lanes.left() + scale.x_of(time_us) for time_us in self.attention)
        colour = QColor(theme.focus)
        painter.fillRect(QRectF(left, lanes.top(), max(right - left, 2), 2), colour)
        colour.setAlpha(110)
        for x in (left, right - 1):
            painter.fillRect(QRectF(x, lanes.top(), 1, lanes.height()), colour)

    def paint_pending(
        self, painter: QPainter, lanes: QRectF, scale: TimeScale, font: QFont, theme: Theme
    ) -> None:
        """Show what was marked and waits for a code, each with a question mark."""
        tiny = small(font)
        metrics = QFontMetricsF(tiny)
        painter.setFont(tiny)
        for from_us, until_us in self.pending:
            left, right = (lanes.left() + scale.x_of(time_us) for time_us in (from_us, until_us))
            body = QRectF(left, lanes.top(), max(right - left, 2), lanes.height())
            shade = QColor(theme.warning)
            shade.setAlpha(46)
            painter.fillRect(body, shade)
            painter.fillRect(QRectF(left, lanes.top(), 2, lanes.height()), QColor(theme.warning))
            plate = QRectF(left, lanes.top(), metrics.height(), metrics.height())
            painter.fillRect(plate, QColor(theme.warning))
            painter.setPen(QColor(theme.window))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, "?")

    def paint_preview(
        self,
        painter: QPainter,
        box_of: Callable[[Event], tuple[QRectF, Row] | None],
        font: QFont,
        theme: Theme,
    ) -> None:
        """Draw the events of a preview where they would lie, over where they lie now."""
        if self.preview is None:
            return
        for step in self.preview.edit.steps:
            where = box_of(step.before) if step.before is not None else None
            if where is not None:
                painter.fillRect(where[0], QColor(theme.lane))
        for step in self.preview.edit.steps:
            event = step.after
            where = box_of(event) if event is not None else None
            if event is not None and where is not None:
                box, row = where
                main = self.primary is not None and event.id == self.primary.id
                _paint_ghost(painter, box, row.track.code(event.code), font, theme, main=main)

    def paint_words(
        self, painter: QPainter, lanes: QRectF, scale: TimeScale, font: QFont, theme: Theme
    ) -> None:
        """Say on a small plate which frame the moved edge is on."""
        if self.preview is None:
            return
        tiny = small(font)
        metrics = QFontMetricsF(tiny)
        width = metrics.horizontalAdvance(self.preview.words) + 12
        x = lanes.left() + scale.x_of(self.preview.at_us) + 6
        if x + width > lanes.right():
            x = min(x - width - 12, lanes.right() - width)
        plate = QRectF(max(x, lanes.left()), lanes.top() + 2, width, metrics.height() + 4)
        painter.fillRect(plate, QColor(theme.accent))
        painter.setFont(tiny)
        painter.setPen(QColor(theme.accent_text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self.preview.words)

    def paint_band(self, painter: QPainter, theme: Theme) -> None:
        """The box that is being drawn round events."""
        if self.band is None:
            return
        inside = QColor(theme.focus)
        inside.setAlpha(40)
        painter.fillRect(self.band, inside)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.focus), 1))
        painter.drawRect(self.band)


def _paint_ghost(
    painter: QPainter, box: QRectF, code: Code | None, font: QFont, theme: Theme, *, main: bool
) -> None:
    """One event of a preview; the one that is dragged has the outline of the selection."""
    if code is None:
        painter.fillRect(box, QColor(theme.grid))
        return
    look = code_look(code, theme)
    painter.fillRect(box, brush_for(code, theme))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.focus if main else look.ink), 2 if main else 1))
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    tiny = small(font)
    words = f"{look.letter}  {code.label}"
    if QFontMetricsF(tiny).horizontalAdvance(words) + 10 > box.width():
        words = look.letter
    if QFontMetricsF(tiny).horizontalAdvance(words) + 8 <= box.width():
        painter.setFont(tiny)
        painter.setPen(QColor(look.text))
        high = QFontMetricsF(tiny).height() + 2
        wide = QFontMetricsF(tiny).horizontalAdvance(words) + 8
        left = max(box.left(), 0.0) + 3
        plate = QRectF(left, box.center().y() - high / 2, wide, high)
        painter.fillRect(plate, QColor(look.fill))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
