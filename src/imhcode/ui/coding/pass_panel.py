"""Above the pad: which pass it is, what its instructions say, and who is coded."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from imhcode.ui import theme
from imhcode.ui.widgets.key_cap import KeyCap
from imhcode.ui.widgets.line_label import LineLabel


class PassPanel(QWidget):
    """A quiet head for the pad: a line of facts, a line of instructions, a row of persons.

    The instructions take one line until somebody wants to read them (a click, or F3).

    Signals
    -------
    person_chosen(str)
        Code this person; empty for nobody in particular.
    person_named(str)
        Somebody who is not offered yet.
    """

    person_chosen = Signal(str)
    person_named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = LineLabel(dim=True)
        self._facts.setAccessibleName(self.tr("Pass"))
        self._line = LineLabel()
        self._whole = QLabel()
        self._whole.setTextFormat(Qt.TextFormat.PlainText)
        self._whole.setWordWrap(True)
        self._whole.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        for said in (self._line, self._whole):
            said.setCursor(Qt.CursorShape.PointingHandCursor)
            said.setAccessibleName(self.tr("Instructions"))
            said.setToolTip(self.tr("Instructions of the pass: click, or F3"))
        self._persons = QWidget()
        self._row = QHBoxLayout(self._persons)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.UNIT_PX // 2)
        self._field = _Name()
        self._field.named.connect(self.person_named)
        self._offered: tuple[Sequence[str], str, str] = ((), "", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.UNIT_PX, 0)
        column.setSpacing(2)
        for widget in (self._facts, self._line, self._whole, self._persons):
            column.addWidget(widget)
        self._is_open = False
        self._dress()
        self.show_pass("", "")
        self.show_persons((), "")

    def show_pass(self, facts: str, instructions: str) -> None:
        """Say which pass it is and how it is to be done."""
        self._facts.show_text(facts)
        self._facts.setVisible(bool(facts))
        words = " ".join(instructions.split())
        self._line.show_text(words)
        self._whole.setText(words)
        self._settle()

    def toggle_instructions(self) -> None:
        """Show all of the instructions, or their first line."""
        self._is_open = not self._is_open
        self._settle()

    @property
    def is_open(self) -> bool:
        """Whether all of the instructions is shown."""
        return self._is_open

    def show_persons(self, persons: Sequence[str], chosen: str, *, role: str = "") -> None:
        """Offer whom to code; without a role there is nothing to choose."""
        self._offered = (persons, chosen, role)
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._field:
                widget.hide()
                widget.deleteLater()
        self._persons.setVisible(bool(role) and bool(persons or self._field.hasFocus()))
        if not role:
            return
        for person, words in (("", role), *((one, one) for one in persons)):
            button = QToolButton()
            button.setText(words)
            button.setCheckable(True)
            button.setChecked(person == chosen)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(self.tr("Code {who}").format(who=words))
            button.clicked.connect(lambda _=False, who=person: self.person_chosen.emit(who))
            self._row.addWidget(button)
        self._row.addWidget(self._field)
        self._row.addStretch(1)
        cap = KeyCap("F9", self._persons)
        self._row.addWidget(cap)

    def ask_name(self) -> None:
        """Let somebody be named."""
        self._persons.show()
        self._field.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._line.geometry().contains(event.position().toPoint()) or self._is_open:
            self.toggle_instructions()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._dress()

    def _dress(self) -> None:
        self._facts.setFont(theme.small(self.font()))

    def _settle(self) -> None:
        some = bool(self._line.text())
        self._line.setVisible(some and not self._is_open)
        self._whole.setVisible(some and self._is_open)
        self.updateGeometry()


class _Name(QLineEdit):
    """Where somebody is named; Enter takes it, Esc leaves it."""

    named = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(self.tr("Name: mother, father…"))
        self.setAccessibleName(self.tr("Somebody else"))
        self.setMaximumWidth(170)
        self.setMaxLength(40)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            words = " ".join(self.text().split())
            self.clear()
            self.clearFocus()
            self.named.emit(words)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)
