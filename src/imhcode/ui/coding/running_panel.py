"""What holds now on every state track, and since when."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from imhcode.domain.event import Event
from imhcode.domain.scheme import Scheme, Track
from imhcode.domain.timecode import as_clock
from imhcode.domain.tracks import KINDS, Shape
from imhcode.ui import theme
from imhcode.ui.coding.code_brushes import brush_for, code_look
from imhcode.ui.widgets.leading import led

_MOST_SHARE = 0.45  #: of the width that the names of tracks may take
ROW_PX = 24  #: at the usual text size


class RunningPanel(QWidget):
    """One line a state track: track, pattern, code, how long it has held."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme: Scheme | None = None
        self._tracks: list[Track] = []
        self._holding: dict[str, list[Event]] = {}
        self._at_us = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Running states"))

    def show_tracks(self, scheme: Scheme, tracks: Sequence[Track]) -> None:
        """Watch the state tracks among these."""
        self._scheme = scheme
        self._tracks = [track for track in tracks if KINDS[track.kind].shape is Shape.BLOCKS]
        self.updateGeometry()
        self.update()

    def show_holding(self, holding: dict[str, list[Event]], at_us: int) -> None:
        """Say what holds at the playhead."""
        self._holding, self._at_us = holding, at_us
        self.setAccessibleDescription("; ".join(self._words(track) for track in self._tracks))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, theme.scaled(ROW_PX) * max(len(self._tracks), 1))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:  # an exception must not leave it open: Qt would crash
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.current()
        widest = max(
            (QFontMetrics(self.font()).horizontalAdvance(one.label) for one in self._tracks),
            default=0,
        )
        widest = min(widest, round(self.width() * _MOST_SHARE))
        for row, track in enumerate(self._tracks):
            self._paint_row(painter, QPointF(0, row * theme.scaled(ROW_PX)), track, widest, tokens)

    def _paint_row(
        self, painter: QPainter, at: QPointF, track: Track, widest: int, tokens: theme.Theme
    ) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        high, swatch_px = theme.scaled(ROW_PX), theme.scaled(14)
        metrics, cut = QFontMetrics(self.font()), Qt.TextElideMode.ElideRight
        painter.setPen(QColor(tokens.text_dim))
        name = QRectF(at.x(), at.y(), widest + 8, high)
        label = metrics.elidedText(track.label, cut, int(name.width()))
        painter.drawText(led(self, name), middle, label)
        left = widest + 16.0
        on = self._holding.get(track.id, [])
        if not on:
            painter.drawText(led(self, QRectF(left, at.y(), 200, high)), middle, "–")
            return
        for event in on:
            code = track.code(event.code)
            if code is None:
                continue
            swatch = QRectF(left, at.y() + 5, swatch_px, high - 10)
            painter.setPen(QPen(QColor(code_look(code, tokens).ink), 1))
            painter.setBrush(brush_for(code, tokens))
            painter.drawRoundedRect(led(self, swatch), 2, 2)
            since = f"  {as_clock(self._at_us - event.onset_us)}"
            if event.is_running:
                since += "  …"
            left += 8 + swatch_px
            free = max(self.width() - left - metrics.horizontalAdvance(since), 0)
            words = metrics.elidedText(code.label, cut, int(free)) + since
            painter.setPen(QColor(tokens.text))
            width = metrics.horizontalAdvance(words) + 20
            painter.drawText(led(self, QRectF(left, at.y(), width, high)), middle, words)
            left += width

    def _words(self, track: Track) -> str:
        codes = (track.code(event.code) for event in self._holding.get(track.id, []))
        labels = ", ".join(code.label for code in codes if code) or self.tr("nothing")
        return f"{track.label}: {labels}"
