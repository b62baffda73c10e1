"""One modifier in the panel: its name, whether it is asking, and what can be chosen."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.event import Values
from imhcode.domain.scheme import Modifier, ModifierValue
from imhcode.ui.coding.event_table_model import as_tooltip
from imhcode.ui.theme import UNIT_PX, current, small
from imhcode.ui.widgets.leading import led

_BAR_PX = 3  #: width of the bar beside the modifier that asks


def digits_of(modifier: Modifier) -> tuple[tuple[ModifierValue, str], ...]:
    """The values of a modifier, each with the digit that chooses it.

    A scheme may give the digits; otherwise they count from 1, and a tenth value has none.
    """
    return tuple(
        (value, value.key or (str(at) if at <= 9 else ""))
        for at, value in enumerate(modifier.values, start=1)
    )


class Choice(QAbstractButton):
    """One value as a flat toggle button with its digit; it shows what it is told to show."""

    def __init__(self, label: str, digit: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._digit = digit
        self._lit = False
        self.setText(label.replace("&", "&&"))
        self._label = label
        self.setAccessibleName(label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keyboard
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def light(self, *, lit: bool) -> None:
        """Say whether the digit acts on this choice now."""
        if lit != self._lit:
            self._lit = lit
            self.setAccessibleDescription(
                self.tr("Key {key}").format(key=self._digit) if lit else ""
            )
            self.update()

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self._label)
        height = self.fontMetrics().height() + 10
        return QSize(self._cap_px() + words + 3 * UNIT_PX, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._cap_px() + 6 * UNIT_PX, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, cap and label: chosen is filled, under the pointer is hinted, focus is ringed."""
        del event
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        on = self.isChecked()
        ground = theme.accent if on else theme.panel_raised
        painter.setPen(QPen(QColor(theme.focus if not on else theme.text), 2))
        if not self.hasFocus():
            outline = theme.outline if self.underMouse() and not on else ground
            painter.setPen(QPen(QColor(outline), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(whole, 4, 4)
        words = theme.accent_text if on else theme.text
        left = float(UNIT_PX)
        if self._digit:
            side = self._cap_px()
            cap = led(self, QRectF(left, (self.height() - side) / 2, side, side))
            dim = theme.accent_text if on else theme.text_dim
            painter.setFont(small(self.font()))
            painter.setPen(QColor(words if self._lit else dim))
            if self._lit:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(words if on else theme.outline), 1))
                painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
                painter.setPen(QColor(words))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._digit)
            left += side + UNIT_PX
        room = QRectF(left, 0, self.width() - left - UNIT_PX, self.height())
        painter.setFont(self.font())
        painter.setPen(QColor(words))
        text = self.fontMetrics().elidedText(
            self._label, Qt.TextElideMode.ElideRight, int(room.width()) + 1
        )
        side_and_middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(led(self, room), side_and_middle, text)
        painter.end()

    def _cap_px(self) -> int:
        return self.fontMetrics().height()


class ChoiceGrid(QWidget):
    """Choices in as many equal columns as fit."""

    def __init__(self, choices: list[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(UNIT_PX // 2)
        self._arrange(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widest = max((choice.sizeHint().width() for choice in self._choices), default=1)
        gap = self._grid.spacing()
        self._arrange(max(1, min((self.width() + gap) // (widest + gap), 4)))

    def minimumSizeHint(self) -> QSize:
        """Narrow: columns give way when the panel is small."""
        hints = [choice.minimumSizeHint() for choice in self._choices]
        width = max((hint.width() for hint in hints), default=0)
        return QSize(width, super().minimumSizeHint().height())

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for at, choice in enumerate(self._choices):
            self._grid.addWidget(choice, at // columns, at % columns)


class Question(QWidget):
    """One modifier: choices to toggle, or a line for text and numbers.

    Signals
    -------
    picked(str)
        The id of the value whose button was clicked.
    typed(str)
        What the line says, when it is left or Enter is pressed.
    wanted()
        The name was clicked: digits should choose here.
    """

    picked = Signal(str)
    typed = Signal(str)
    wanted = Signal()

    def __init__(self, modifier: Modifier, parent: QWidget) -> None:
        super().__init__(parent)
        self._modifier = modifier
        self._asking = False
        self._choices: dict[str, Choice] = {}
        self._line: _Line | None = None
        self._name = QLabel(self)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setText(modifier.label)
        self._state = QLabel(self)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(as_tooltip(modifier.help) or "")
        top = QHBoxLayout()
        top.setSpacing(UNIT_PX)
        top.addWidget(self._name)
        top.addWidget(self._state, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(UNIT_PX + _BAR_PX, 2, 2, 2)
        whole.setSpacing(UNIT_PX // 2)
        whole.addLayout(top)
        whole.addWidget(self._answers())
        self._dress()

    def show_values(self, values: Values, *, asking: bool) -> None:
        """Show what the event has for this modifier, and whether digits choose here."""
        self._asking = asking
        for value, choice in self._choices.items():
            choice.setChecked(value in values)
            choice.light(lit=asking)
        if self._line is not None:
            self._line.show_value(values[0] if values else "")
        missing = self._modifier.required and not values
        several = self._modifier.type == "multi"
        self._state.setText(
            self.tr("needed") if missing else self.tr("any of them") if several else ""
        )
        colours = self._state.palette()
        theme = current()
        wanted = QColor(theme.warning if missing else theme.text_dim)
        if colours.color(colours.ColorRole.WindowText) != wanted:
            colours.setColor(colours.ColorRole.WindowText, wanted)
            self._state.setPalette(colours)
        self.update()

    def commit_typing(self) -> None:
        """Say what has been typed but not yet been said, before another event is shown."""
        if self._line is not None:
            self._line.commit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._dress()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the choices makes digits choose here."""
        self.wanted.emit()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar that says: this one is asking."""
        del event
        if self._asking:
            painter = QPainter(self)
            painter.fillRect(0, 2, _BAR_PX, self.height() - 4, QColor(current().accent))
            painter.end()

    def _answers(self) -> QWidget:
        if not self._modifier.values:
            self._line = _Line(self._modifier, self)
            self._line.typed.connect(self.typed)
            return self._line
        for value, digit in digits_of(self._modifier):
            choice = Choice(value.label, digit, self)
            choice.clicked.connect(lambda _=False, picked=value.id: self.picked.emit(picked))
            self._choices[value.id] = choice
        return ChoiceGrid(list(self._choices.values()), self)

    def _dress(self) -> None:
        self._state.setFont(small(self.font()))


class _Line(QLineEdit):
    """A line for free text or a number; Enter keeps it, Esc gives it up, both hand keys back."""

    typed = Signal(str)

    def __init__(self, modifier: Modifier, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setAccessibleName(modifier.label)
        if modifier.max_length is not None:
            self.setMaxLength(modifier.max_length)
        number = modifier.type == "number"
        self.setPlaceholderText(self.tr("A number") if number else self.tr("In your words"))
        self.editingFinished.connect(self.commit)

    def show_value(self, value: str) -> None:
        """Show what the event has; what is being typed is not written over."""
        self._shown = value
        if not self.isModified():
            self.setText(value)

    def commit(self) -> None:
        """Say what was typed, once."""
        if self.isModified():
            self.setModified(False)
            if self.text().strip() != self._shown:
                self.typed.emit(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._shown)
            self.clearFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clearFocus()  # leaving the line commits it
        else:
            super().keyPressEvent(event)
