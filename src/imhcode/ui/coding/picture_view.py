"""The picture: one frame, as large as fits, on the darkest ground of the window."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from imhcode.media.picture import Picture
from imhcode.ui import theme
from imhcode.ui.coding.camera_look import Look
from imhcode.ui.coding.picture_cover import Cover
from imhcode.ui.coding.picture_notes import notes_of, paint_notes

ZOOM_A_NOTCH = 1.25
_NOTCH = 120  # Qt's eighths of a degree for one notch of a wheel
_ZOOM_SETTLES_MS = 150  # pictures of another size are asked for once the wheel rests
_BEHIND_OPACITY = 0.35


class PictureView(QWidget):
    """Paints one picture and knows which one is really on screen.

    :attr:`painted` changes only once a picture has been painted: an event coded now belongs to
    the frame the coder saw, not to one that is on its way.  Zoom, place, brightness and contrast
    (:attr:`look`) change what is seen of it, never the picture itself.

    Signals
    -------
    size_wanted(int, int)
        Pictures of this size, in device pixels, would fit exactly.
    menu_asked(QPoint)
        The menu of this picture is wanted at this place of the screen.
    double_clicked()
        As it says.
    look_changed()
        It is looked at in another way.
    cover_changed()
        Another region was covered by hand.
    """

    size_wanted = Signal(int, int)
    menu_asked = Signal(object)
    double_clicked = Signal()
    look_changed = Signal()
    cover_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.painted: Picture | None = None
        self.look = Look()
        self.cover = Cover()
        self._picture: Picture | None = None
        self._pixels: NDArray[np.uint8] | None = None  # what the image shows: kept alive for Qt
        self._image = QImage()
        self._words = ""
        self._behind = False
        self._dragged_from: QPointF | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_ZOOM_SETTLES_MS)
        self._settling.timeout.connect(self._want_size)
        self.setAccessibleName(self.tr("Picture"))
        self.setAccessibleDescription(self.tr("The frame of the recording at the playhead"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 135)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    # -- what is shown -----------------------------------------------------------------------

    def show_picture(self, picture: Picture) -> None:
        """Paint ``picture`` at once, so that what is stored is what is seen."""
        self._take(picture)
        if self.isVisible():
            self.repaint()
        else:
            self.painted = picture

    def show_soon(self, picture: Picture) -> None:
        """Paint ``picture`` with the next round of painting, together with other cameras."""
        self._take(picture)
        if self.isVisible():
            self.update()
        else:
            self.painted = picture

    def show_words(self, words: str) -> None:
        """Show a sentence instead of a picture."""
        if self._picture is None and self._words == words:
            return
        self.painted = self._picture = self._pixels = None
        self._image = QImage()
        self._words = words
        self._behind = False
        self.update()

    def show_behind(self, behind: bool) -> None:
        """Dim a picture that is not the one of this time, until the right one comes."""
        if behind != self._behind:
            self._behind = behind
            self.update()

    @property
    def words(self) -> str:
        """The sentence shown instead of a picture; empty if there is none."""
        return self._words

    @property
    def is_behind(self) -> bool:
        """Whether the picture is dimmed because the right one has not come yet."""
        return self._behind

    # -- how it is looked at -----------------------------------------------------------------

    def set_look(self, look: Look) -> None:
        """Look at the picture in another way."""
        if look == self.look:
            return
        relit = (look.brightness, look.contrast) != (self.look.brightness, self.look.contrast)
        rescaled = look.zoom != self.look.zoom
        self.look = look
        if relit and self._picture is not None:
            self._light(self._picture)
        if rescaled:
            self._settling.start()
        self.update()
        self.look_changed.emit()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around a point of the view; around its middle if none is given."""
        if self._picture is not None:
            at = QPointF(self.width() / 2, self.height() / 2) if at is None else at
            self.set_look(self.look.zoomed(factor, at, self._picture_size(), QSizeF(self.size())))

    def pan_by(self, by: QPointF) -> None:
        """Drag a picture that is larger than its view along."""
        if self._picture is not None:
            self.set_look(self.look.panned(by, self._picture_size(), QSizeF(self.size())))

    def show_whole(self) -> None:
        """Show all of the picture again."""
        self.set_look(replace(self.look, zoom=1.0, x=0.5, y=0.5))

    def set_cover(self, region: QRectF | None) -> None:
        """Cover a region, in shares of the picture; or nothing."""
        if region != self.cover.region:
            self.cover.region = region
            self.update()

    def place_cover(self, on: bool) -> None:
        """Let the mouse draw the covered region, or no longer."""
        self.cover.is_placed = on
        self.setCursor(Qt.CursorShape.CrossCursor) if on else self.unsetCursor()
        self.update()

    # -- inside ------------------------------------------------------------------------------

    def _take(self, picture: Picture) -> None:
        self._picture = picture
        self._words = ""
        self._behind = False
        self._light(picture)

    def _light(self, picture: Picture) -> None:
        pixels = np.ascontiguousarray(picture.pixels)
        if not self.look.is_natural:
            from imhcode.media.opencv import cv2  # noqa: PLC0415  (slow: not before it is needed)

            pixels = np.asarray(cv2.LUT(pixels, self.look.curve()), dtype=np.uint8)
        self._pixels = pixels
        self._image = QImage(
            pixels.data,
            picture.width,
            picture.height,
            pixels.strides[0],
            QImage.Format.Format_RGB888,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:  # an exception must not leave it open: Qt would crash
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        tokens = theme.current()
        painter.fillRect(self.rect(), QColor(tokens.picture_surround))
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(_BEHIND_OPACITY if self._behind else 1.0)
            place = self._place()
            painter.drawImage(place, self._image)
            painter.setOpacity(1.0)
            self.cover.paint(painter, place, tokens)
            paint_notes(painter, place & QRectF(self.rect()), notes_of(self._picture))
            self.painted = self._picture
        elif self._words:
            painter.setPen(QColor(tokens.text_dim))
            margin = min(32, self.width() // 12)
            room = self.rect().adjusted(margin, margin, -margin, -margin)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self._words)

    def _place(self) -> QRectF:
        place = self.look.place(self._picture_size(), QSizeF(self.size()))
        # On whole pixels, or a picture shown one to one would be blurred.
        return QRectF(place.toRect()) if self.look.zoom == 1.0 else place

    def _picture_size(self) -> QSizeF:
        picture = self._picture
        return QSizeF(16, 9) if picture is None else QSizeF(picture.width, picture.height)

    def _want_size(self) -> None:
        ratio = self.devicePixelRatioF() * self.look.zoom
        self.size_wanted.emit(round(self.width() * ratio), round(self.height() * ratio))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._want_size()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() / _NOTCH
            self.zoom_by(ZOOM_A_NOTCH**notches, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.cover.is_placed and event.button() == Qt.MouseButton.LeftButton:
            self.cover.press(event.position(), self._place())
            event.accept()
            return
        if event.button() == Qt.MouseButton.LeftButton and self.look.zoom > 1:
            self._dragged_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.cover.is_held:
            self.cover.move(event.position(), self._place())
            self.update()
            return
        if self._dragged_from is not None and self._picture is not None:
            by = event.position() - self._dragged_from
            self._dragged_from = event.position()
            self.pan_by(by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.cover.is_held:
            if self.cover.release():
                self.cover_changed.emit()
            self.update()
            return
        self._dragged_from = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.double_clicked.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())
