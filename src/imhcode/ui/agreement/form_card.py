"""A card with a form: filled in by keyboard, carried out, or put away."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imhcode.ui import theme


class FormCard(QFrame):
    """Lies over a page until it is carried out or put away; a refusal leaves it as it was.

    Parameters
    ----------
    parent : QWidget
        The page it lies over.
    rows : sequence of (str, QWidget)
        What is asked; the first field gets the keys.
    do_words : str
        What the button says that carries it out.

    Signals
    -------
    asked()
        What the form says is to be carried out.
    opened(bool)
        It has been opened, or put away.
    """

    asked = Signal()
    opened = Signal(bool)

    def __init__(
        self, parent: QWidget, rows: Sequence[tuple[str, QWidget]], note: str, do_words: str
    ) -> None:
        super().__init__(parent)
        self._under = parent
        self._rows = rows
        self._before: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("FormCard")
        unit = theme.UNIT_PX
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(theme.title(self.font()))
        form = QFormLayout()
        form.setSpacing(unit)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for words, field in rows:
            if not field.accessibleName():
                field.setAccessibleName(words.replace("&", ""))
            form.addRow(words, field)
        self._note = QLabel(note)
        self._note.setFont(theme.small(self.font()))
        self._note.setWordWrap(True)
        self.do = QPushButton(do_words)
        self.do.setDefault(True)
        self.do.clicked.connect(self.asked)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.close_card)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(leave)
        buttons.addWidget(self.do)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[unit * 3] * 4)
        column.setSpacing(unit * 2)
        column.addWidget(self._title)
        column.addLayout(form)
        column.addWidget(self._note)
        column.addLayout(buttons)
        parent.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether something is asked."""
        return not self.isHidden()

    def open_card(self, title: str) -> None:
        """Ask."""
        self._title.setText(title)
        self.setAccessibleName(title)
        tokens = theme.current()
        self.setStyleSheet(
            f"#FormCard {{ background: {tokens.panel}; border: 1px solid {tokens.outline};"
            " border-radius: 6px; }"
        )
        if not self.is_open:
            self._before = self._under.window().focusWidget()
        self.show()
        self.raise_()
        self._settle()
        self._rows[0][1].setFocus()
        self.opened.emit(True)

    def close_card(self) -> bool:
        """Put the card away; whether it was there."""
        there = self.is_open
        before, self._before = self._before, None
        self.hide()
        if there and before is not None:
            before.setFocus()
        if there:
            self.opened.emit(False)
        return there

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._under and event.type() == QEvent.Type.Resize and self.is_open:
            self._settle()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def _settle(self) -> None:
        room = self._under.rect()
        wide = min(theme.scaled(560), room.width())
        self.resize(
            wide, min(max(self.sizeHint().height(), self.heightForWidth(wide)), room.height())
        )
        self.move(room.center().x() - self.width() // 2, room.center().y() - self.height() // 2)
