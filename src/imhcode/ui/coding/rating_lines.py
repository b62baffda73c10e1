"""One scale as a line of the form: its name, what was given, and what is still missing."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from imhcode.ui.theme import UNIT_PX, current, small

_MARK_PX = 3


class ScaleLine(QAbstractButton):
    """Name on the left, score on the right; a bar marks the scale in focus."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._given = ""
        self._note = ""
        self._ready = False
        self._in_focus = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Up and Down go from scale to scale
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def words(self) -> str:
        """All that it says."""
        return " · ".join(one for one in (self._name, self._given, self._note) if one)

    def show_given(self, given: str, note: str, *, ready: bool, in_focus: bool) -> None:
        """Say what was given and what is missing."""
        said = (given, note, ready, in_focus)
        if said != (self._given, self._note, self._ready, self._in_focus):
            self._given, self._note, self._ready, self._in_focus = said
            self.setAccessibleDescription(self.words())
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, self.fontMetrics().height() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = current()
        with QPainter(self) as painter:
            area = QRectF(self.rect())
            if self.underMouse() or self._in_focus:
                painter.fillRect(area, QColor(tokens.panel_raised))
            if self._in_focus:
                painter.fillRect(QRectF(0, 0, _MARK_PX, area.height()), QColor(tokens.accent))
            right = area.right() - UNIT_PX
            painter.setFont(self.font())
            right = self._mark(painter, right)
            font = self.font()
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(tokens.text))
            wide = QFontMetricsF(font).horizontalAdvance(self._given)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(right - wide, 0, wide + 1, area.height()), middle, self._given)
            right -= wide + UNIT_PX if self._given else 0
            right = self._write_note(painter, right)
            font.setBold(self._in_focus)
            painter.setFont(font)
            painter.setPen(QColor(tokens.text))
            room = QRectF(UNIT_PX + _MARK_PX, 0, right - 2 * UNIT_PX - _MARK_PX, area.height())
            cut = QFontMetricsF(font).elidedText(
                self._name, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, middle, cut)

    def _mark(self, painter: QPainter, right: float) -> float:
        """A tick for what is ready, an open ring for what is not."""
        tokens, size = current(), self.fontMetrics().height() * 0.6
        box = QRectF(right - size, (self.height() - size) / 2, size, size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._ready:
            painter.setPen(QPen(QColor(tokens.ok), 2))
            painter.drawPolyline(
                [
                    box.topLeft() + (box.bottomLeft() - box.topLeft()) * 0.55,
                    box.bottomLeft() + (box.bottomRight() - box.bottomLeft()) * 0.38,
                    box.topRight(),
                ]
            )
        else:
            painter.setPen(QPen(QColor(tokens.outline), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box)
        return right - size - UNIT_PX

    def _write_note(self, painter: QPainter, right: float) -> float:
        if not self._note:
            return right
        font = small(self.font())
        painter.setFont(font)
        painter.setPen(QColor(current().text_dim))
        wide = QFontMetricsF(font).horizontalAdvance(self._note)
        where = QRectF(right - wide, 0, wide + 1, self.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, self._note)
        return right - wide
