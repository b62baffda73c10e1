"""One line of text that may change many times a second.

A ``QLabel`` asks the whole window to be laid out anew whenever its text changes; while a recording
plays, that is for every picture.  This one keeps its size and only paints.
"""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from imhcode.ui import theme


class LineLabel(QWidget):
    """A line of plain text, cut with an ellipsis where it does not fit.

    Parameters
    ----------
    widest : str
        Text for which there shall always be room; empty: it takes what the layout gives.
    dim : bool
        Whether it may wait: painted in the theme's dim colour.
    """

    def __init__(
        self, widest: str = "", *, dim: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._widest = widest
        self._dim = dim
        self._text = ""
        across = QSizePolicy.Policy.Fixed if widest else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """What it says."""
        return self._text

    def show_text(self, text: str, *, dim: bool | None = None) -> None:
        """Say something else."""
        if text != self._text or (dim is not None and dim != self._dim):
            self._text = text
            self._dim = self._dim if dim is None else dim
            self.setAccessibleDescription(text)
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._widest), metrics.height() + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.current()
        with QPainter(self) as painter:
            painter.setLayoutDirection(self.layoutDirection())  # Qt takes the program's
            painter.setPen(QColor(tokens.text_dim if self._dim else tokens.text))
            room = self.rect()
            text = painter.fontMetrics().elidedText(
                self._text, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
