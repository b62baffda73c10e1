"""The picture of a clip, with the outlines of what is hidden drawn over it, by mouse or keys."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from imhcode.media.clips.regions import Box
from imhcode.ui import theme
from imhcode.ui.clips.masks import LEAST_PX
from imhcode.ui.clips.preview_maker import Preview

_GRIP_PX = 12.0  # around the lower right corner, by which a box is sized
_FAR_PX, _NEAR_PX = 8, 1  # how far one arrow key moves a box, pixels of the camera; with Alt

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -25,
    Qt.Key.Key_PageDown: 25,
    Qt.Key.Key_Home: -(1 << 30),
    Qt.Key.Key_End: 1 << 30,
}
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MaskView(QWidget):
    """Shows a `Preview`; what is drawn on it is told in pixels of the clip's picture.

    Signals
    -------
    stepped(int, bool)
        So many pictures on; whether a key that is held asks again.
    played()
        Play slowly, or stand still.
    drawn(Box)
        A new box was drawn.
    placed(Box)
        The chosen box lies elsewhere or has another size.
    nudged(int, int, int, int)
        The chosen box by keys: right, down, wider, higher, in pixels of its camera.
    pointed(float, float)
        A point was clicked outside the chosen box.
    """

    stepped = Signal(int, bool)
    played = Signal()
    drawn = Signal(object)
    placed = Signal(object)
    nudged = Signal(int, int, int, int)
    pointed = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        self._image = QImage()
        self._words = ""
        self._outlines: Sequence[tuple[Box, str]] = ()
        self._chosen: tuple[Box, str] | None = None
        self._held: tuple[QPointF, Box | None, bool] | None = None
        self._rubber: Box | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture of the clip"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(320), theme.scaled(240))

    def show_preview(self, preview: Preview) -> None:
        """Show a picture."""
        self.preview, self._words = preview, ""
        high, wide = preview.pixels.shape[:2]
        data = preview.pixels.tobytes()
        self._image = QImage(data, wide, high, wide * 3, QImage.Format.Format_RGB888).copy()
        self.update()

    def show_words(self, words: str) -> None:
        """Show words in place of a picture."""
        self.preview, self._image, self._words = None, QImage(), words
        self.show_outlines([], None)

    def show_outlines(
        self, others: Sequence[tuple[Box, str]], chosen: tuple[Box, str] | None
    ) -> None:
        """Draw these boxes with their shapes, in pixels of the clip's picture."""
        self._outlines, self._chosen = others, chosen
        self.update()

    # -- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mods = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        shift = Qt.KeyboardModifier.ShiftModifier
        ctrl, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
        if mods == Qt.KeyboardModifier.NoModifier and key in _STEPS:
            self.stepped.emit(_STEPS[key], event.isAutoRepeat())
        elif mods == Qt.KeyboardModifier.NoModifier and key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.played.emit()
        elif key in _WAYS and mods & ~alt in (shift, ctrl):
            far = _NEAR_PX if mods & alt else _FAR_PX
            x, y = (side * far for side in _WAYS[key])
            self.nudged.emit(*((x, y, 0, 0) if mods & shift else (0, 0, x, y)))
        else:
            super().keyPressEvent(event)

    # -- mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.preview is None or event.button() != Qt.MouseButton.LeftButton:
            return
        at, box = self._to_clip(event.position()), self._chosen[0] if self._chosen else None
        reach = _GRIP_PX / self._scale()
        if box is not None:
            corner = QPointF(box.x + box.width, box.y + box.height)
            if abs(at.x() - corner.x()) <= reach and abs(at.y() - corner.y()) <= reach:
                self._held = at, box, True
                return
            if box.x <= at.x() <= corner.x() and box.y <= at.y() <= corner.y():
                self._held = at, box, False
                return
        self._held = at, None, False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        from_, box, sizes = self._held
        at = self._to_clip(event.position())
        x, y = at.x() - from_.x(), at.y() - from_.y()
        if box is None:
            rect = QRectF(from_, at).normalized()
            self._rubber = Box(rect.x(), rect.y(), rect.width(), rect.height())
        elif sizes:
            self._rubber = replace(
                box, width=max(LEAST_PX, box.width + x), height=max(LEAST_PX, box.height + y)
            )
        else:
            self._rubber = replace(box, x=box.x + x, y=box.y + y)
        self.update()

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        if self._held is None:
            return
        (from_, box, _sizes), rubber = self._held, self._rubber
        self._held = self._rubber = None
        self.update()
        if box is not None:
            if rubber is not None:
                self.placed.emit(rubber)
        elif rubber is None or min(rubber.width, rubber.height) < LEAST_PX:
            self.pointed.emit(from_.x(), from_.y())
        else:
            self.drawn.emit(rubber)

    # -- inside ------------------------------------------------------------------------------

    def paintEvent(self, _: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.picture_surround))
        if self._image.isNull():
            painter.setPen(QColor("#dddddd"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(flags), self._words)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._shown_in(), self._image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for box, shape in self._outlines:
                self._outline(painter, box, shape, QColor(255, 255, 255, 150), 1)
            if self._chosen is not None:
                box, shape = self._chosen
                held = self._rubber if self._held is not None and self._held[1] else None
                self._outline(painter, held or box, shape, QColor(tokens.accent), 2, grip=True)
            if self._rubber is not None and self._held is not None and self._held[1] is None:
                self._outline(painter, self._rubber, "rectangle", QColor(tokens.accent), 2)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _outline(
        self,
        painter: QPainter,
        box: Box,
        shape: str,
        colour: QColor,
        width: int,
        grip: bool = False,
    ) -> None:
        shown, scale = self._shown_in(), self._scale()
        rect = QRectF(
            shown.x() + box.x * scale,
            shown.y() + box.y * scale,
            box.width * scale,
            box.height * scale,
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour_now, wide in ((QColor(0, 0, 0, 160), width + 2), (colour, width)):
            painter.setPen(QPen(colour_now, wide))
            if shape == "ellipse":
                painter.drawEllipse(rect)
            else:
                painter.drawRect(rect)
        if grip:
            painter.setBrush(colour)
            painter.drawRect(QRectF(rect.right() - 4, rect.bottom() - 4, 8, 8))

    def _scale(self) -> float:
        if self._image.isNull():
            return 1.0
        return min(self.width() / self._image.width(), self.height() / self._image.height())

    def _shown_in(self) -> QRectF:
        scale = self._scale()
        wide, high = self._image.width() * scale, self._image.height() * scale
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def _to_clip(self, at: QPointF) -> QPointF:
        shown, scale = self._shown_in(), self._scale()
        return QPointF((at.x() - shown.x()) / scale, (at.y() - shown.y()) / scale)
