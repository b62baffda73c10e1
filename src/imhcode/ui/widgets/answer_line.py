"""One answer that a key or a click gives: a key cap, and words that may take several lines."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from imhcode.ui.theme import UNIT_PX, current, small

_LINES_PX = 10_000  #: as high as a text could ever be


class AnswerLine(QAbstractButton):
    """A flat line with its key; chosen it is filled.

    Parameters
    ----------
    cap : str
        The key as it is written on the cap; empty for none.
    words : str
        Plain text; it wraps.
    dim : bool
        Whether it may wait.
    """

    def __init__(
        self, cap: str, words: str, parent: QWidget | None = None, *, dim: bool = False
    ) -> None:
        super().__init__(parent)
        self._cap = cap.upper() if len(cap) == 1 else cap
        self._words = words
        self._dim = dim
        self._chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keyboard
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(words)
        self.setAccessibleDescription(self.tr("Key {key}").format(key=self._cap) if cap else "")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def say(self, words: str) -> None:
        """Say something else."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.updateGeometry()
            self.update()

    @property
    def is_chosen(self) -> bool:
        """Whether it is the answer."""
        return self._chosen

    def choose(self, chosen: bool) -> None:
        """Say whether it is the answer."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(width - self._left() - UNIT_PX, 1), _LINES_PX)
        words = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self._words)
        return max(words.height(), self._cap_height()) + 6

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._left() + 8 * UNIT_PX, self._cap_height() + 6)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            if self._chosen or self.underMouse() or self.hasFocus():
                ground = theme.selection if self._chosen else theme.panel_raised
                ring = theme.text if self._chosen else theme.focus
                painter.setPen(QPen(QColor(ring if self.hasFocus() else ground), 2))
                painter.setBrush(QColor(ground))
                painter.drawRoundedRect(whole, 4, 4)
            self._paint_cap(painter)
            ink = (
                theme.selection_text
                if self._chosen
                else theme.text_dim
                if self._dim
                else theme.text
            )
            painter.setFont(self.font())
            painter.setPen(QColor(ink))
            left = self._left()
            room = QRect(left, 3, max(self.width() - left - UNIT_PX, 1), self.height() - 6)
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, int(flags), self._words)

    def _paint_cap(self, painter: QPainter) -> None:
        if not self._cap:
            return
        theme = current()
        high = self._cap_height()
        where = QRectF(UNIT_PX, 3, self._left() - 2 * UNIT_PX, high)
        painter.setPen(QPen(QColor(theme.selection_text if self._chosen else theme.outline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(self._cap_font())
        painter.setPen(QColor(theme.selection_text if self._chosen else theme.text))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self._cap)

    def _left(self) -> int:
        """Where the words begin: right of the cap."""
        if not self._cap:
            return UNIT_PX
        metrics = QFontMetrics(self._cap_font())
        return max(*(metrics.horizontalAdvance(cap) + 8 for cap in (self._cap, "W"))) + 2 * UNIT_PX

    def _cap_height(self) -> int:
        return QFontMetrics(self._cap_font()).height() + 3

    def _cap_font(self) -> QFont:
        font = small(self.font())
        font.setBold(True)
        return font
