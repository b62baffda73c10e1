"""A key as it looks on the keyboard, shown where it acts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class KeyCap(QLabel):
    """One key or chord, such as ``D`` or ``Ctrl+Z``; its look is in the style sheet."""

    def __init__(self, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_key(key)

    def show_key(self, key: str) -> None:
        """Show another key; a single letter as a capital, as on the keyboard itself."""
        self.setText(key.upper() if len(key) == 1 else key)
        self.setAccessibleName(self.tr("Key {key}").format(key=self.text()) if key else "")
        if self.parent() is not None:  # without one it would flash up as a window
            self.setVisible(bool(key))
