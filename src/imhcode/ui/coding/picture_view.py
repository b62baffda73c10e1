"""The picture: one frame, as large as fits, on the darkest ground of the window."""

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from imhcode.media.picture import Picture
from imhcode.ui import theme


class PictureView(QWidget):
    """Paints one picture and knows which one is really on screen.

    :attr:`painted` changes only once a picture has been painted: an event coded now belongs to
    the frame the coder saw, not to one that is on its way.

    Signals
    -------
    size_wanted(int, int)
        Pictures of this size, in device pixels, would fit exactly.
    """

    size_wanted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.painted: Picture | None = None
        self._picture: Picture | None = None
        self._image = QImage()
        self._words = ""
        self.setAccessibleName(self.tr("Picture"))
        self.setAccessibleDescription(self.tr("The frame of the recording at the playhead"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 180)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def show_picture(self, picture: Picture) -> None:
        """Paint ``picture`` at once, so that what is stored is what is seen."""
        self._picture = picture
        pixels = np.ascontiguousarray(picture.pixels)
        self._image = QImage(
            pixels.data,
            picture.width,
            picture.height,
            pixels.strides[0],
            QImage.Format.Format_RGB888,
        )
        self._words = ""
        if self.isVisible():
            self.repaint()
        else:
            self.painted = picture

    def show_words(self, words: str) -> None:
        """Show a sentence instead of a picture."""
        self.painted = self._picture = None
        self._image = QImage()
        self._words = words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:  # an exception must not leave it open: Qt would crash
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        tokens = theme.current()
        painter.fillRect(self.rect(), QColor(tokens.picture_surround))
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(self._picture), self._image)
            self.painted = self._picture
        elif self._words:
            painter.setPen(QColor(tokens.text_dim))
            room = self.rect().adjusted(32, 32, -32, -32)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self._words)

    def _place(self, picture: Picture) -> QRect:
        size = QSize(picture.width, picture.height)
        size.scale(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)
        return QRect(left, size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ratio = self.devicePixelRatioF()
        self.size_wanted.emit(round(self.width() * ratio), round(self.height() * ratio))
