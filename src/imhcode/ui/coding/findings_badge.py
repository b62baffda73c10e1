"""One quiet line: how many findings there are, and the one that is looked at."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from imhcode.domain.checks.finding import SEVERITIES, Finding
from imhcode.ui import theme
from imhcode.ui.coding.findings_words import MARKS
from imhcode.ui.widgets.leading import led

ROW_PX = 26


class FindingsBadge(QAbstractButton):
    """Shows the list when it is pressed; it never takes the keyboard from the coding."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Counter[str] = Counter()
        self._words = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._say()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Count them."""
        self._counts = Counter(one.severity for one in findings)
        self._say()

    def show_current(self, words: str) -> None:
        """Say which one is looked at; no words for none."""
        self._words = words
        self._say()

    def words(self) -> str:
        """All that it says, in one line."""
        counts = [f"{MARKS[one]} {self._counts[one]}" for one in SEVERITIES if self._counts[one]]
        return "  ".join(counts) + (f"  {self._words}" if self._words else "")

    def _say(self) -> None:
        said = self.tr("Findings: {errors} errors, {warnings} warnings, {notes} notes. {words}")
        counted = said.format(
            errors=self._counts["error"],
            warnings=self._counts["warning"],
            notes=self._counts["info"],
            words=self._words,
        ).strip()
        self.setAccessibleName(counted)
        self.setToolTip(counted)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, max(ROW_PX, self.fontMetrics().height() + 8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        tokens, metrics = theme.current(), QFontMetrics(self.font())
        if self.underMouse() or self.isChecked():
            painter.fillRect(self.rect(), QColor(tokens.panel_raised))
        if self.hasFocus():
            painter.setPen(QColor(tokens.focus))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        left, middle = 0.0, Qt.AlignmentFlag.AlignVCenter
        colours = {"error": tokens.danger, "warning": tokens.warning, "info": tokens.text_dim}

        def write(words: str, colour: str, gap: float) -> None:
            nonlocal left
            room = max(self.width() - left - theme.UNIT_PX, 0)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
            painter.setPen(QColor(colour))
            place = QRectF(left, 0, room, self.height())
            painter.drawText(led(self, place), middle, shown)
            left += metrics.horizontalAdvance(shown) + gap

        write(self.tr("Findings"), tokens.text_dim, 16)
        for severity in SEVERITIES:
            if self._counts[severity]:
                write(f"{MARKS[severity]} {self._counts[severity]}", colours[severity], 12)
        if not self._counts:
            write(self.tr("none"), tokens.text_dim, 12)
        write(self._words, tokens.text, 0)
