"""One line for what the program has to say; it stays until it is read, and never interrupts."""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from imhcode.ui import theme

Tone = Literal["info", "refused", "trouble"]


class MessageStrip(QWidget):
    """The latest message, with an optional offer to do something about it.

    Signals
    -------
    offer_taken(str)
        The offer's button was pressed; the action's id.
    """

    offer_taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.UNIT_PX, 4, theme.UNIT_PX, 4)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._beside = QLabel()
        self._beside.setTextFormat(Qt.TextFormat.PlainText)
        self._beside.hide()
        self._offer = QPushButton()
        self._offer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._offer.clicked.connect(self._take)
        self._action = ""
        read = QToolButton()
        read.setText("✕")
        read.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        read.setAccessibleName(self.tr("Put the message away"))
        read.setToolTip(self.tr("Put the message away"))
        read.clicked.connect(self.clear)
        row.addWidget(self._words, 1)
        row.addWidget(self._beside)
        row.addWidget(self._offer)
        row.addWidget(read)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    def say(self, words: str, tone: Tone = "info", *, offer: str = "", action: str = "") -> None:
        """Show a message in place of the one before, with a button if there is an offer."""
        tokens = theme.current()
        colour = {"info": tokens.text, "refused": tokens.warning, "trouble": tokens.danger}[tone]
        self.setStyleSheet(f"MessageStrip {{ background: {tokens.panel_raised}; }}")
        self._words.setStyleSheet(f"color: {colour};")
        self._words.setText(words)
        self._offer.setText(offer)
        self._offer.setVisible(bool(offer))
        self._action = action
        self.setAccessibleName(words)
        self.show()

    def say_beside(self, words: str) -> None:
        """Show a quiet line beside the message, which stays; empty puts it away."""
        tokens = theme.current()
        if words and self.isHidden():
            self.setStyleSheet(f"MessageStrip {{ background: {tokens.panel_raised}; }}")
            self._offer.hide()
            self.show()
        self._beside.setStyleSheet(f"color: {tokens.text_dim};")
        self._beside.setText(words)
        self._beside.setVisible(bool(words))
        if not words and not self.words:
            self.hide()

    @property
    def words_beside(self) -> str:
        """What the quiet line says now."""
        return self._beside.text()

    def clear(self) -> None:
        """Put the message away, and the line beside it."""
        self._words.clear()
        self._beside.clear()
        self._beside.hide()
        self.hide()

    def _take(self) -> None:
        action = self._action
        self.clear()
        self.offer_taken.emit(action)
