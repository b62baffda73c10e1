"""A small card that asks how far apart the pictures of a time-lapse were taken."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imhcode.ui import theme

SHORTEST_S, LONGEST_S = 0.001, 86_400.0
_US_PER_S = 1_000_000


class IntervalCard(QFrame):
    """Lies over the window until it is answered or put away; everything else goes on.

    Signals
    -------
    answered(Path, int)
        The folder, and how long each of its pictures is shown, µs.
    """

    answered = Signal(object, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self._folder = Path()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Pictures of a time-lapse"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.UNIT_PX * 3] * 4)
        column.setSpacing(theme.UNIT_PX * 2)
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(theme.title(self.font()))
        self.seconds = QDoubleSpinBox()
        self.seconds.setDecimals(3)
        self.seconds.setRange(SHORTEST_S, LONGEST_S)
        self.seconds.setSuffix(self.tr(" s"))
        self.seconds.setMinimumWidth(theme.UNIT_PX * 16)
        question = QLabel(self.tr("One picture every"))
        question.setBuddy(self.seconds)
        asked = QHBoxLayout()
        asked.addWidget(question)
        asked.addWidget(self.seconds)
        asked.addStretch()
        note = QLabel(self.tr("It is kept with the recording: times of events follow from it."))
        note.setFont(theme.small(self.font()))
        self._open = QPushButton(self.tr("Open"))
        self._open.setDefault(True)
        self._open.clicked.connect(self._answer)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.close_card)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(leave)
        buttons.addWidget(self._open)
        column.addWidget(self._title)
        column.addLayout(asked)
        column.addWidget(note)
        column.addLayout(buttons)
        parent.installEventFilter(self)
        self.hide()

    def ask(self, folder: Path, n_stills: int, usual_s: float) -> None:
        """Ask about the stills of a folder; ``usual_s`` is what was answered last."""
        self._folder = folder
        words = self.tr("{n} pictures in {folder}").format(n=n_stills, folder=folder.name)
        self._title.setText(words)
        self.seconds.setValue(usual_s)
        tokens = theme.current()
        self.setStyleSheet(
            f"IntervalCard {{ background: {tokens.panel}; border: 1px solid {tokens.outline};"
            " border-radius: 6px; }"
            "QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 0; border: 0; }"
        )
        self._settle()
        self.show()
        self.raise_()
        self.seconds.setFocus()
        self.seconds.selectAll()

    def close_card(self) -> bool:
        """Put the card away; whether it was there."""
        there = self.isVisible()
        self.hide()
        return there

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._under and event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer()
        else:
            super().keyPressEvent(event)

    def _answer(self) -> None:
        self.seconds.interpretText()
        self.hide()
        self.answered.emit(self._folder, round(self.seconds.value() * _US_PER_S))

    def _settle(self) -> None:
        room = self._under.rect()
        size = self.sizeHint().boundedTo(room.size())
        self.resize(size)
        self.move(room.center().x() - size.width() // 2, room.center().y() - size.height() // 2)
