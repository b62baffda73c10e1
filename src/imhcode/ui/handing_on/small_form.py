"""A small window with a few fields, a sentence that says what they come to, and one deed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.ui import theme
from imhcode.ui.messages import said
from imhcode.ui.widgets.message_strip import MessageStrip
from imhcode.ui.widgets.wrapped_label import WrappedLabel


class SmallForm(QWidget):
    """Fields above, what they come to below them, buttons at the end; Esc closes.

    Signals
    -------
    written(str)
        A sentence that says what was written.
    """

    written = Signal(str)

    def __init__(self, title: str, deed: str, parent: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        unit = theme.UNIT_PX
        self.form = QFormLayout()
        self.form.setSpacing(unit)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.meaning = WrappedLabel("")
        self.go = QPushButton(deed)
        self.go.setDefault(True)
        self.done = QPushButton(self.tr("Close"))
        self.strip = MessageStrip()
        buttons = QHBoxLayout()
        buttons.setSpacing(unit)
        buttons.addStretch(1)
        buttons.addWidget(self.done)
        buttons.addWidget(self.go)
        inner = QVBoxLayout()
        inner.setContentsMargins(unit * 2, unit * 2, unit * 2, unit * 2)
        inner.setSpacing(unit * 2)
        inner.addLayout(self.form)
        inner.addWidget(self.meaning)
        inner.addStretch(1)
        inner.addLayout(buttons)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(inner, 1)
        self.column.addWidget(self.strip)
        self.done.clicked.connect(self.close)
        self.setWindowTitle(title)

    def add(self, words: str, field: QWidget) -> None:
        """One more field, with what it is called."""
        field.setAccessibleName(words)
        self.form.addRow(words, field)

    def tell(self, error: ImhcodeError) -> None:
        """Say what the rules or the world have against it."""
        self.strip.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
