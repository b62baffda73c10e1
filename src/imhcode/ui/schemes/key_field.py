"""The key of a code: set by pressing it."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from imhcode.ui.schemes.field_editors import FieldEditor

if TYPE_CHECKING:
    from imhcode.schemes.meanings import FieldMeaning

_GOES_ON = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CLEARS = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class KeyField(FieldEditor):
    """Takes the next character as it is pressed; ``Backspace`` takes the key away."""

    def __init__(self, meaning: "FieldMeaning") -> None:
        del meaning
        self.line = QLineEdit()
        super().__init__(self.line)
        self._key: str | None = None
        self.line.setReadOnly(True)
        self.line.setPlaceholderText(self.tr("press the key"))

    def show_value(self, value: Any) -> None:
        self._key = None if value is None else str(value)
        self.line.setText((self._key or "").upper())

    def read(self) -> Any:
        return self._key

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_bare = not event.modifiers() & _MODIFIERS and event.text().isprintable()
            if is_bare:  # a bare character is no shortcut here
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() in _GOES_ON or event.modifiers() & _MODIFIERS or event.isAutoRepeat():
            return False
        if event.key() in _CLEARS:
            self.show_value(None)
            self._give()
            return True
        if len(event.text()) == 1 and event.text().isprintable():
            self.show_value(event.text().lower())
            self._give()
            return True
        return False
