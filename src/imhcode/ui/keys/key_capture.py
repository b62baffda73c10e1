"""A field that takes the next key press as it is, instead of acting on it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from imhcode.ui import theme
from imhcode.ui.keys.chords import chords_of


class KeyCapture(QLabel):
    """Waits for a key; every key counts but ``Esc``, which leaves things as they are.

    Signals
    -------
    pressed(str)
        The chord that was pressed.
    left()
        Nothing was chosen.
    """

    pressed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumHeight(self.fontMetrics().height() * 2 + theme.UNIT_PX)
        self.setAccessibleName(self.tr("New key"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def wait(self, words: str) -> None:
        """Take the next press; the words say for what."""
        self.say(words)
        self.setFocus()

    def say(self, words: str, *, warns: bool = False) -> None:
        """Say something in the field."""
        tokens = theme.current()
        self.setStyleSheet(f"color: {tokens.warning if warns else tokens.text};")
        self.setText(words)
        self.setAccessibleDescription(words)

    def event(self, event: QEvent) -> bool:
        # Tab and whatever is a shortcut elsewhere are keys like any other here.
        if isinstance(event, QKeyEvent) and self.hasFocus():
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _take(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
            return
        chords = chords_of(event)
        if chords:
            self.pressed.emit(chords[0])
