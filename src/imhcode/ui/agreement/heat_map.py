"""The confusion matrix: what one coder said against what the other said, with its margins."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from imhcode.ui import theme

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Confusion:
    """What the heat map shows.

    Attributes
    ----------
    codes : tuple of str
        Rows and columns; an empty one stands for nothing coded.
    labels : tuple of str
        What they are called.
    cells : array, shape (K, K)
        The first coder's codes in the rows, the second one's in the columns.
    unit : str
        ``s`` for seconds; else the cells are counted.
    coders : tuple of str
        Whose are the rows, and whose the columns.
    """

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    cells: npt.NDArray[np.float64]
    unit: str = ""
    coders: tuple[str, str] = ("", "")

    def number(self, value: float) -> str:
        """A cell as it is written."""
        if not value:
            return "·"
        if not self.unit:
            return f"{value:.0f}"
        return f"{value:.1f}" if value < 100 else f"{value:.0f}"


class HeatMap(QWidget):
    """Every cell is a door: arrows walk, Enter or a click opens it.

    The darker a cell, the larger its share of its row: of all that the first coder said so.  One
    hue is enough; cells in which both say the same have a rim.

    Signals
    -------
    asked(str, str)
        What the two coders said in the cell that was opened.
    """

    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Confusion | None = None
        self._at = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Confusion matrix"))

    def show_confusion(self, shown: Confusion | None) -> None:
        """Show another table, without the codes that nobody used."""
        before = self.cell
        self._shown = None if shown is None else _used(shown)
        self._at = (0, 0)
        if self._shown is not None and before is not None and before[0] in self._shown.codes:
            row = self._shown.codes.index(before[0])
            column = self._shown.codes.index(before[1]) if before[1] in self._shown.codes else row
            self._at = (row, column)
        self._tell()
        self.update()

    @property
    def shown(self) -> Confusion | None:
        """What is shown: only codes that somebody used."""
        return self._shown

    @property
    def cell(self) -> tuple[str, str] | None:
        """What the two coders said where the keys stand."""
        if self._shown is None or not self._shown.codes:
            return None
        return self._shown.codes[self._at[0]], self._shown.codes[self._at[1]]

    def go_to(self, code_a: str, code_b: str) -> None:
        """Stand on a cell."""
        if self._shown is not None:
            codes = self._shown.codes
            self._at = (codes.index(code_a), codes.index(code_b))
            self._tell()
            self.update()

    # -- keys and mouse ----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        cell = self.cell
        if cell is None:
            event.ignore()
        elif step is not None:
            last = len(self._shown.codes) - 1 if self._shown else 0
            row, column = (
                min(max(at + by, 0), last) for at, by in zip(self._at, step, strict=True)
            )
            self._at = (row, column)
            self._tell()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit(*cell)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._cell_at(event.position())
        if at is not None and event.button() is Qt.MouseButton.LeftButton:
            self._at = at
            self._tell()
            self.update()
            cell = self.cell
            if cell is not None:
                self.asked.emit(*cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._cell_at(event.position())
        words = "" if at is None else self._words(*at)
        if words != self.toolTip():
            QToolTip.hideText()
            self.setToolTip(words)

    def _cell_at(self, at: QPointF) -> tuple[int, int] | None:
        places = self._places()
        if self._shown is None or places is None:
            return None
        origin, wide, high = places
        column, row = (at.x() - origin.x()) // wide, (at.y() - origin.y()) // high
        n = len(self._shown.codes)
        return (int(row), int(column)) if 0 <= row < n and 0 <= column < n else None

    def _words(self, row: int, column: int) -> str:
        shown = self._shown
        if shown is None:
            return ""
        value = shown.cells[row, column]
        amount = f"{value:.3f} s" if shown.unit == "s" else f"{value:.0f}"
        words = self.tr("{first}: {a} · {second}: {b} · {amount}")
        return words.format(
            first=shown.coders[0] or self.tr("first coder"),
            a=shown.labels[row],
            second=shown.coders[1] or self.tr("second coder"),
            b=shown.labels[column],
            amount=amount,
        )

    def _tell(self) -> None:
        self.setAccessibleDescription(self._words(*self._at) if self.cell else "")

    # -- painting ----------------------------------------------------------------------------

    def _places(self) -> tuple[QPointF, float, float] | None:
        """Where the first cell begins, and how wide and high each is."""
        if self._shown is None or not self._shown.codes:
            return None
        n = len(self._shown.codes)
        body = QFontMetricsF(self.font())
        gap = theme.UNIT_PX
        names = max(body.horizontalAdvance(one) for one in self._shown.labels) + 2 * gap
        left = min(names, self.width() * 0.26) + body.height() + gap
        top = 2 * body.height() + 1.5 * gap
        room = max(self.width() - left - gap, 1.0), max(self.height() - top - gap, 1.0)
        wide = min(room[0] / (n + 1), theme.scaled(150))
        high = min(room[1] / (n + 1), theme.scaled(68))
        return QPointF(left, top), wide, high

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        now = theme.current()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(now.panel))
            places = self._places()
            if self._shown is None or places is None:
                painter.setPen(QColor(now.text_dim))
                words = self.tr("Nothing to compare on this track")
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            else:
                self._paint_names(painter, self._shown, *places, now)
                self._paint_cells(painter, self._shown, *places, now)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(now.focus), 2))
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_names(
        self,
        painter: QPainter,
        shown: Confusion,
        origin: QPointF,
        wide: float,
        high: float,
        now: theme.Theme,
    ) -> None:
        line = QFontMetricsF(self.font()).height()
        left, gap = origin.x() - line - theme.UNIT_PX, theme.UNIT_PX
        n = len(shown.codes)
        centred, right = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
        painter.setPen(QColor(now.text))
        for place, label in enumerate((*shown.labels, "Σ")):
            row = QRectF(line + gap, origin.y() + place * high, left - gap, high)
            _write(painter, row, label, right)
            column = QRectF(
                origin.x() + place * wide + 2, origin.y() - line - gap / 2, wide - 4, line
            )
            _write(painter, column, label, centred)
        painter.setPen(QColor(now.text_dim))
        over = QRectF(origin.x(), gap / 2, n * wide, line)
        _write(painter, over, shown.coders[1] or self.tr("second coder"), centred)
        painter.save()
        painter.translate(gap / 2, origin.y() + n * high)
        painter.rotate(-90)
        first = shown.coders[0] or self.tr("first coder")
        _write(painter, QRectF(0, 0, n * high, line), first, centred)
        painter.restore()

    def _paint_cells(
        self,
        painter: QPainter,
        shown: Confusion,
        origin: QPointF,
        wide: float,
        high: float,
        now: theme.Theme,
    ) -> None:
        cells, n = shown.cells, len(shown.codes)
        sums = cells.sum(axis=1)
        small = theme.small(self.font())
        fitting = _fitting(self.font(), small, shown, wide)
        for row in range(n):
            for column in range(n):
                box = QRectF(origin.x() + column * wide, origin.y() + row * high, wide, high)
                share = float(cells[row, column] / sums[row]) if sums[row] else 0.0
                fill = theme.mixed(now.lane, now.accent, share**0.6 * 0.9 if share else 0)
                inner = box.adjusted(1, 1, -1, -1)
                painter.fillRect(inner, QColor(fill))
                if row == column and shown.codes[row]:
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.setPen(QPen(QColor(now.text_dim), 1))
                    painter.drawRect(inner.adjusted(0.5, 0.5, -0.5, -0.5))
                painter.setPen(QColor(_words_on(fill) if cells[row, column] else now.text_dim))
                painter.setFont(fitting)
                painter.drawText(
                    inner, Qt.AlignmentFlag.AlignCenter, shown.number(cells[row, column])
                )
        painter.setFont(fitting)
        painter.setPen(QColor(now.text_dim))
        centre = Qt.AlignmentFlag.AlignCenter
        for place in range(n):
            at = QRectF(origin.x() + n * wide, origin.y() + place * high, wide, high)
            painter.drawText(at, centre, shown.number(float(sums[place])))
            at = QRectF(origin.x() + place * wide, origin.y() + n * high, wide, high)
            painter.drawText(at, centre, shown.number(float(cells[:, place].sum())))
        corner = QRectF(origin.x() + n * wide, origin.y() + n * high, wide, high)
        painter.drawText(corner, centre, shown.number(float(cells.sum())))
        if self.hasFocus():
            row, column = self._at
            box = QRectF(origin.x() + column * wide, origin.y() + row * high, wide, high)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(now.focus), 3))
            painter.drawRect(box.adjusted(1.5, 1.5, -1.5, -1.5))

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(560), theme.scaled(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(320), theme.scaled(180))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.update()


def _used(shown: Confusion) -> Confusion:
    """The table without codes that neither coder used; nothing at all stays if anything does."""
    used = np.flatnonzero((shown.cells.sum(axis=0) + shown.cells.sum(axis=1)) > 0).tolist()
    return Confusion(
        codes=tuple(shown.codes[at] for at in used),
        labels=tuple(shown.labels[at] for at in used),
        cells=shown.cells[np.ix_(used, used)],
        unit=shown.unit,
        coders=shown.coders,
    )


def _write(painter: QPainter, where: QRectF, words: str, align: Qt.AlignmentFlag) -> None:
    cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(where.width()))
    painter.drawText(where, align | Qt.AlignmentFlag.AlignVCenter, cut)


def _fitting(body: QFont, small: QFont, shown: Confusion, wide: float) -> QFont:
    """The usual size where every number has room for it, else the small one."""
    every = [float(one) for one in (*shown.cells.flat, shown.cells.sum())]
    metrics = QFontMetricsF(body)
    widest = max((metrics.horizontalAdvance(shown.number(one)) for one in every), default=0.0)
    return body if widest < wide - 6 else small


def _words_on(fill: str) -> str:
    """Black or white, whichever is read better on a colour."""
    return max("#000000", "#ffffff", key=lambda one: theme.contrast(one, fill))
