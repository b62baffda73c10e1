"""The band above the timeline on which the episodes of the session lie."""

from collections.abc import Iterator
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from imhcode.domain.episode import Episode
from imhcode.domain.episodes import label_of
from imhcode.ui import theme
from imhcode.ui.coding.episode_model import EpisodeModel
from imhcode.ui.coding.episode_words import countdown, tip_for
from imhcode.ui.coding.timeline_view import TimelineView

Edge = Literal["onset", "offset"]
_GRIP_PX = 5
_DRAG_PX = 3


class EpisodeBand(QWidget):
    """Blocks with the episodes' names, on the scale of the timeline below.

    Signals
    -------
    seek_requested(int)
        The person clicked beside the episodes, at an instant.
    chosen(str), activated(str)
        An episode was clicked, or double-clicked.
    edge_dragged(str, str, int), edge_dropped(str, str, int)
        An edge (``onset``, ``offset``) of the episode with that id is held at an instant, or was
        let go there.
    """

    seek_requested = Signal(object)
    chosen = Signal(str)
    activated = Signal(str)
    edge_dragged = Signal(str, str, object)
    edge_dropped = Signal(str, str, object)

    def __init__(self, timeline: TimelineView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the timeline below it
        self._timeline = timeline
        self._model: EpisodeModel | None = None
        self._playhead_us = 0
        self._until_us = 0
        self._left = ""
        self._grip: tuple[str, Edge] | None = None
        self._held_us: int | None = None
        self._pressed = QPointF()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Episodes"))
        timeline.range_shown.connect(lambda *_: self.update())
        self.hide()

    def open(self, model: EpisodeModel | None, until_us: int) -> None:
        """Show the episodes of a session that ends at ``until_us``, and follow them."""
        self._model, self._until_us = model, until_us
        self.let_go()
        if model is not None:
            model.changed.connect(self._follow)
            model.selected.connect(lambda _: self.update())
        self._follow()

    def set_playhead(self, time_us: int) -> None:
        """Say which instant is on screen: what is on, and how much of it is left."""
        self._playhead_us = time_us
        self._count()

    @property
    def countdown(self) -> str:
        """What it says of the episode at the playhead."""
        return self._left

    def let_go(self) -> bool:
        """Take the edge that is held out of the hand; whether one was."""
        held, self._grip, self._held_us = self._held_us is not None, None, None
        self.update()
        return held

    def box_of(self, episode: Episode) -> QRectF:
        """Where an episode lies."""
        scale, left = self._timeline.scale, self._timeline.left_px
        onset_us, until_us = episode.onset_us, self._end_us(episode)
        if self._grip is not None and self._held_us is not None and episode.id == self._grip[0]:
            if self._grip[1] == "onset":
                onset_us = self._held_us
            else:
                until_us = self._held_us
        first, last = scale.x_of(onset_us), scale.x_of(until_us)
        return QRectF(left + first, 3, max(last - first - 1, 2), self.height() - 5)

    def sizeHint(self) -> QSize:
        return QSize(320, round(QFontMetricsF(theme.small(self.font())).height()) + 12)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.current()
        with QPainter(self) as painter:
            painter.setLayoutDirection(self.layoutDirection())  # Qt takes the program's
            painter.fillRect(self.rect(), QColor(tokens.panel))
            painter.setFont(theme.small(self.font()))
            left = self._timeline.left_px
            self._paint_name(painter, QRectF(0, 0, left, self.height()), tokens)
            painter.setClipRect(QRectF(left, 0, self.width() - left, self.height()))
            for episode in self._shown():
                self._paint_episode(painter, episode, tokens)
            self._paint_countdown(painter, tokens)

    def _paint_name(self, painter: QPainter, area: QRectF, tokens: theme.Theme) -> None:
        name = area.adjusted(theme.UNIT_PX + 3, 0, -theme.UNIT_PX, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.text_dim))
        painter.drawText(name, middle, self.tr("Episodes"))

    def _paint_countdown(self, painter: QPainter, tokens: theme.Theme) -> None:
        """Beside the name of what is on, or where that is too narrow, at the right end."""
        model = self._model
        on = model.at(self._playhead_us) if model is not None else None
        if model is None or on is None:
            return
        metrics = painter.fontMetrics()
        box = self._seen(self.box_of(on))
        name = metrics.horizontalAdvance(self._words_of(on)) + 3 * theme.UNIT_PX
        wide = metrics.horizontalAdvance(self._left) + theme.UNIT_PX
        where = QRectF(box.left() + name, box.top(), wide, box.height())
        if where.right() > box.right():
            where.moveRight(float(self.width()))
            painter.fillRect(where, QColor(tokens.panel))
        painter.setPen(QColor(tokens.text_dim))
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, self._left)

    def _paint_episode(self, painter: QPainter, episode: Episode, tokens: theme.Theme) -> None:
        model = self._model
        if model is None:
            return
        box = self.box_of(episode)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.panel_raised))
        painter.drawRect(box)
        if episode.excluded:
            painter.setBrush(QBrush(QColor(tokens.gap), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(box)
        ink = QColor(tokens.outline)
        painter.fillRect(QRectF(box.left(), box.top(), 2, box.height()), ink)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), ink)
        if episode.offset_us is not None:
            painter.fillRect(QRectF(box.right() - 1, box.top(), 1, box.height()), ink)
        if episode.id == model.selected_id:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        self._paint_words(painter, episode, box, tokens)

    def _paint_words(
        self, painter: QPainter, episode: Episode, box: QRectF, tokens: theme.Theme
    ) -> None:
        """The name, where it can be seen."""
        model = self._model
        if model is None:
            return
        words = self._words_of(episode)
        room = self._seen(box).adjusted(theme.UNIT_PX, 0, -4, 0)
        cut = painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, max(int(room.width()), 0)
        )
        if episode.excluded:
            plate = QRectF(room)
            plate.setWidth(painter.fontMetrics().horizontalAdvance(cut) + 4)
            painter.fillRect(plate.adjusted(-3, 1, 0, -1), QColor(tokens.panel_raised))
        painter.setPen(QColor(tokens.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, cut)

    def _words_of(self, episode: Episode) -> str:
        words = label_of(self._model.rules, episode) if self._model else ""
        return words if episode.offset_us is not None else f"{words} …"

    def _seen(self, box: QRectF) -> QRectF:
        """The part of a box that is on show."""
        return box.intersected(QRectF(self._timeline.left_px, 0, self.width(), self.height()))

    # -- the mouse ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._model is None:
            return
        at = event.position()
        if at.x() < self._timeline.left_px:
            return
        self._pressed = at
        grip = self._grip_at(at)
        episode = self._episode_at(at)
        self._grip = grip
        if grip is not None:
            self.chosen.emit(grip[0])
        elif episode is not None:
            self.chosen.emit(episode.id)
        else:
            self.chosen.emit("")
            self.seek_requested.emit(self._time_at(at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._grip is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if self._held_us is not None or abs(at.x() - self._pressed.x()) >= _DRAG_PX:
                self._held_us = self._time_at(at)
                self.edge_dragged.emit(*self._grip, self._held_us)
                self.update()
            return
        self._hover(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        grip, held_us = self._grip, self._held_us
        self.let_go()
        if grip is not None and held_us is not None:
            self.edge_dropped.emit(*grip, held_us)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        episode = self._episode_at(event.position())
        if episode is not None:
            self.activated.emit(episode.id)

    def _hover(self, at: QPointF) -> None:
        grip, episode = self._grip_at(at), self._episode_at(at)
        if grip is not None:
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.unsetCursor()
        words = tip_for(self._model.rules, episode) if episode and self._model else ""
        if words != self.toolTip():
            QToolTip.hideText()
            self.setToolTip(words)

    # -- inside ------------------------------------------------------------------------------

    def _follow(self) -> None:
        model = self._model
        there = model is not None and bool(model.rules.kinds or model.episodes)
        self.setVisible(there)
        self._count()
        self.update()

    def _count(self) -> None:
        model = self._model
        said = countdown(model.rules, model.episodes, self._playhead_us) if model else ""
        if said != self._left:
            self._left = said
            self.setAccessibleDescription(said)
            self.update()

    def _shown(self) -> Iterator[Episode]:
        scale = self._timeline.scale
        for one in self._model.episodes if self._model else ():
            held = self._grip is not None and self._grip[0] == one.id
            if held or (one.onset_us < scale.until_us and self._end_us(one) > scale.from_us):
                yield one

    def _end_us(self, episode: Episode) -> int:
        if episode.offset_us is not None:
            return episode.offset_us
        return max(self._until_us, episode.onset_us)

    def _time_at(self, at: QPointF) -> int:
        return self._timeline.time_at(at)

    def _episode_at(self, at: QPointF) -> Episode | None:
        if at.x() < self._timeline.left_px:
            return None
        over = [one for one in self._shown() if self.box_of(one).contains(at)]
        return over[-1] if over else None

    def _grip_at(self, at: QPointF) -> tuple[str, Edge] | None:
        """The edge under the pointer; of two that touch, that of the episode it is over."""
        if at.x() < self._timeline.left_px:
            return None
        near: list[tuple[float, str, Edge]] = []
        for one in self._shown():
            box = self.box_of(one)
            beyond = 0.0 if box.left() <= at.x() <= box.right() else 1.0
            near.append((abs(at.x() - box.left()) + beyond, one.id, "onset"))
            if one.offset_us is not None:
                near.append((abs(at.x() - box.right()) + beyond, one.id, "offset"))
        closest = min(near, default=None)
        return closest[1:] if closest is not None and closest[0] <= _GRIP_PX else None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        self.update()
