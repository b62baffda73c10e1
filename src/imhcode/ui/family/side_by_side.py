"""Two moments of different visits, side by side: each on its own clock, both round and round."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from imhcode.ui import theme
from imhcode.ui.family.loop_player import LoopPlayer


class SideBySide(QWidget):
    """Two players with what plays and pauses them; one of them is heard.

    Signals
    -------
    away_asked()
        It is to be put away.
    """

    away_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sides = (LoopPlayer(self.tr("Left")), LoopPlayer(self.tr("Right")))
        self._heard = 0
        self._buttons = QWidget()
        across = QSplitter(Qt.Orientation.Horizontal)
        for one in self.sides:
            across.addWidget(one)
        across.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(across, 1)
        column.addLayout(self._button_row())
        self._hear(0)

    def toggle_both(self) -> None:
        """Stand still if either plays; else both begin anew, at the same time."""
        if any(one.playback.is_playing for one in self.sides):
            self.pause()
        else:
            for one in self.sides:
                one.play()

    def toggle(self, side: int) -> None:
        """Play or pause one."""
        self.sides[side].toggle()

    def pause(self) -> None:
        """Let both stand still."""
        for one in self.sides:
            one.pause()

    def hear_other(self) -> None:
        """Hear the other one."""
        self._hear(1 - self._heard)

    def clear(self) -> None:
        """Let go of both."""
        for one in self.sides:
            one.clear()

    def _hear(self, side: int) -> None:
        """Two at once could not be told apart."""
        self._heard = side
        for at, one in enumerate(self.sides):
            one.playback.listening.set_muted(at != side)

    def _button_row(self) -> QHBoxLayout:
        unit = theme.UNIT_PX
        row = QHBoxLayout()
        row.setContentsMargins(unit * 2, 0, unit * 2, unit)
        row.setSpacing(unit)
        for words, key, meant, act in (
            (self.tr("Left"), "L", self.tr("Play or pause the left"), lambda: self.toggle(0)),
            (
                self.tr("Left and right"),
                self.tr("Space"),
                self.tr("Play or pause both"),
                self.toggle_both,
            ),
            (self.tr("Right"), "R", self.tr("Play or pause the right"), lambda: self.toggle(1)),
            (self.tr("Other sound"), "M", self.tr("Hear the other side"), self.hear_other),
            (self.tr("Put away"), "Esc", self.tr("Put both away"), self.away_asked.emit),
        ):
            button = QPushButton(f"{words} · {key}")
            button.setAccessibleName(meant)
            button.setToolTip(meant)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, do=act: do())
            row.addWidget(button)
        row.addStretch(1)
        return row
