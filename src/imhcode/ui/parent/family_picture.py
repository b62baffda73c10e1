"""The picture on a parent's screen: nothing is ever written on it."""

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from imhcode.media.picture import Picture
from imhcode.ui import theme


def ground_of(tokens: theme.Theme) -> str:
    """The colour of all that is not picture, on the parent's screen."""
    return tokens.picture_surround if tokens.dark else tokens.window


class FamilyPicture(QWidget):
    """Paints one picture as large as fits, or an empty ground.

    Signals
    -------
    size_wanted(int, int)
        Pictures of this size, in device pixels, would fit exactly.
    """

    size_wanted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None  # kept alive for Qt
        self._image = QImage()
        self.setAccessibleName(self.tr("Video"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def is_empty(self) -> bool:
        """Whether there is only the ground."""
        return self._image.isNull()

    def show_picture(self, picture: Picture) -> None:
        """Paint a picture at once."""
        pixels = np.ascontiguousarray(picture.pixels)
        self._picture = picture
        self._image = QImage(
            pixels.data,
            picture.width,
            picture.height,
            pixels.strides[0],
            QImage.Format.Format_RGB888,
        ).copy()
        self.repaint()

    def clear(self) -> None:
        """Show the empty ground at once."""
        self._picture, self._image = None, QImage()
        self.repaint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(ground_of(theme.current())))
            if not self._image.isNull():
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(self._place(), self._image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ratio = self.devicePixelRatioF()
        self.size_wanted.emit(round(self.width() * ratio), round(self.height() * ratio))

    def _place(self) -> QRect:
        size = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        return place
