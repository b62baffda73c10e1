"""The line under the picture that says what is to be answered, large and calm."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from imhcode.domain.scheme import Code
from imhcode.ui import theme
from imhcode.ui.coding.code_brushes import brush_for, code_look
from imhcode.ui.widgets.leading import led

_GAP_PX = 16
_CAP_PX = 6  #: on either side of the words on a key


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the strip says.

    Attributes
    ----------
    title : str
        What is to be looked at: a bid and its clarity, a bin.
    code : Code or None
        Whose colour and pattern stand before it.
    place : str
        Which of how many, and when.
    answer : str
        What has been said of it so far.
    left : str
        How many are still to do.
    offers : sequence of (str, str)
        Keys, and what each would do now.
    """

    title: str = ""
    code: Code | None = None
    place: str = ""
    answer: str = ""
    left: str = ""
    offers: Sequence[tuple[str, str]] = ()

    @property
    def in_words(self) -> str:
        """All of it, to be read aloud."""
        offers = (f"{key}: {words}" for key, words in self.offers)
        said = (self.title, self.place, self.answer, self.left, *offers)
        return " · ".join(words for words in said if words)


class GuideStrip(QWidget):
    """Two lines: what is to be answered, and what the keys would do; hidden when there is nothing.

    It keeps its height, so that the picture never jumps from one target to the next.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.guidance = Guidance()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What is asked now"))
        self.hide()

    def show_guidance(self, guidance: Guidance) -> None:
        """Say something else."""
        if guidance != self.guidance:
            self.guidance = guidance
            self.setAccessibleDescription(guidance.in_words)
            self.update()

    def sizeHint(self) -> QSize:
        title = QFontMetricsF(theme.title(self.font())).height()
        line = QFontMetricsF(self.font()).height()
        return QSize(320, round(title + line) + 2 * theme.UNIT_PX + 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:  # an exception must not leave it open: Qt would crash
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, theme.current())

    def _paint(self, painter: QPainter, tokens: theme.Theme) -> None:
        said, unit = self.guidance, theme.UNIT_PX
        large = theme.title(self.font())
        high = QFontMetricsF(large).height()
        area = QRectF(self.rect()).adjusted(2 * unit, unit, -2 * unit, -unit)
        upper = QRectF(area.left(), area.top(), area.width(), high)
        right = self._words(painter, upper, said.left, tokens.text_dim, at_right=True)
        left = upper.left()
        if said.code is not None:
            swatch = QRectF(left, upper.top() + 2, theme.scaled(12), upper.height() - 4)
            painter.setPen(QPen(QColor(code_look(said.code, tokens).ink), 1))
            painter.setBrush(brush_for(said.code, tokens))
            painter.drawRoundedRect(led(self, swatch), 2, 2)
            left = swatch.right() + unit
        painter.setFont(large)
        room = QRectF(left, upper.top(), max(upper.right() - right - _GAP_PX - left, 0), high)
        taken = self._words(painter, room, said.title, tokens.text)
        painter.setFont(self.font())
        rest = QRectF(room.left() + taken + _GAP_PX, room.top(), 0, high)
        rest.setRight(room.right())
        self._words(painter, rest, said.place, tokens.text_dim)
        lower = QRectF(
            area.left(), upper.bottom() + 4, area.width(), area.bottom() - upper.bottom()
        )
        answered = self._words(painter, lower, said.answer, tokens.text)
        self._offers(painter, lower, lower.left() + answered, tokens)

    def _offers(self, painter: QPainter, line: QRectF, after: float, tokens: theme.Theme) -> None:
        """Keys with what they do, from the left after the answer."""
        metrics = QFontMetricsF(self.font())
        x = after + (_GAP_PX if after > line.left() else 0)
        for key, words in self.guidance.offers:
            wide = metrics.horizontalAdvance(key) + 2 * _CAP_PX
            needed = wide + metrics.horizontalAdvance(words) + 6
            if x + needed > line.right():
                return
            cap = QRectF(x, line.top(), wide, metrics.height() + 1)
            painter.setPen(QPen(QColor(tokens.outline), 1))
            painter.setBrush(QColor(tokens.panel_raised))
            painter.drawRoundedRect(led(self, cap), 3, 3)
            painter.setPen(QColor(tokens.text))
            painter.drawText(led(self, cap), Qt.AlignmentFlag.AlignCenter, key)
            after_cap = QRectF(
                cap.right() + 6, line.top(), line.right() - cap.right(), cap.height()
            )
            x = after_cap.left() + self._words(painter, after_cap, words, tokens.text_dim) + _GAP_PX

    def _words(
        self, painter: QPainter, room: QRectF, words: str, colour: str, *, at_right: bool = False
    ) -> float:
        """Write on one line, cut where it does not fit; how wide it came out."""
        if not words or room.width() <= 0:
            return 0.0
        metrics = QFontMetricsF(painter.font())
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(colour))
        painter.drawText(led(self, room), side | Qt.AlignmentFlag.AlignVCenter, cut)
        return metrics.horizontalAdvance(cut)
