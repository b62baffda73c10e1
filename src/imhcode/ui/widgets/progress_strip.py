"""One line for work that takes long: what it is, how far, how long still, and a way to stop it."""

import time
from collections import deque

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from imhcode.ui import theme

_WHOLE = 1000  # steps of the bar
_GUESS_FROM_S = 3.0  # of progress: a film's second reading is slower than its first


class ProgressStrip(QWidget):
    """Hidden while nothing is going on.

    Signals
    -------
    cancel_asked()
        The work is to be stopped.
    """

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.UNIT_PX, 4, theme.UNIT_PX, 4)
        row.setSpacing(theme.UNIT_PX * 2)
        self._words = QLabel()
        self._left = QLabel()
        for label in (self._words, self._left):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setRange(0, _WHOLE)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(theme.UNIT_PX)
        self._bar.setMinimumWidth(theme.UNIT_PX * 15)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel.clicked.connect(self.cancel_asked)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._left)
        row.addWidget(self._cancel)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lately: deque[tuple[float, float]] = deque()  # when, and how much was done
        self._worn = ""
        self._dress()
        self.hide()

    @property
    def words(self) -> str:
        """What is going on; empty if nothing is."""
        return "" if self.isHidden() else self._words.text()

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        return self._bar.value() / _WHOLE

    def begin(self, words: str, hint: str = "") -> None:
        """Show that something has begun; ``hint`` is what to know about it."""
        self._words.setText(words)
        self._words.setToolTip(hint)
        self._bar.setAccessibleName(words)
        self._bar.setValue(0)
        self._left.setText(self.tr("{percent} %").format(percent=0))
        self._lately.clear()
        self.show()

    def show_share(self, share: float) -> None:
        """Say how much is done, from 0 to 1, and about how long it still takes."""
        self._bar.setValue(round(share * _WHOLE))
        words = self.tr("{percent} %").format(percent=int(share * 100))
        left_s = self._left_s(share)
        if left_s is not None:
            words = f"{words} · {self._time_left(left_s)}"
        self._left.setText(words)

    def end(self) -> None:
        """Nothing is going on any more."""
        self.hide()

    def _left_s(self, share: float) -> float | None:
        """How long it still takes at the speed of the last seconds; at first nobody knows."""
        now_s = time.monotonic()
        self._lately.append((now_s, share))
        while len(self._lately) > 1 and now_s - self._lately[1][0] >= _GUESS_FROM_S:
            self._lately.popleft()
        then_s, before = self._lately[0]
        if now_s - then_s < _GUESS_FROM_S or share <= before:
            return None
        return (now_s - then_s) * (1 - share) / (share - before)

    def _time_left(self, left_s: float) -> str:
        if left_s >= 90:
            return self.tr("about {n} min left").format(n=round(left_s / 60))
        return self.tr("about {n} s left").format(n=max(1, round(left_s)))

    def _dress(self) -> None:
        tokens = theme.current()
        if tokens.name == self._worn:
            return  # a style sheet of one's own changes the palette: it would never end
        self._worn = tokens.name
        self.setStyleSheet(
            f"ProgressStrip {{ background: {tokens.panel_raised}; }}"
            f"QProgressBar {{ background: {tokens.line}; border: 0; border-radius: 4px; }}"
            f"QProgressBar::chunk {{ background: {tokens.accent}; border-radius: 4px; }}"
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
