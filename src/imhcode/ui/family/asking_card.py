"""A card over the window that asks for a few words; what is refused is said on the card itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.errors import ImhcodeError
from imhcode.ui import theme
from imhcode.ui.messages import said
from imhcode.ui.widgets.choices import Choosable

_FIELD_EM, _CARD_EM = 34, 62  #: in widths of the letter n


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked.

    Attributes
    ----------
    name : str
        Under which the answer is handed on.
    words : str
        What stands before it.
    value : str
        What is there already; of choices, the value of the chosen one.
    hint : str
        What stands in the empty field.
    choices : tuple of Choosable
        What can be chosen; none: it is typed.
    """

    name: str
    words: str
    value: str = ""
    hint: str = ""
    choices: tuple[Choosable, ...] = ()


class AskingCard(QFrame):
    """One question at a time; it stays open until what was written is taken, or ``Esc``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self._before: QWidget | None = None
        self._take: Callable[[Mapping[str, str]], object] | None = None
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._note, self.trouble = QLabel(), QLabel(), QLabel()
        self._form_room = QWidget()
        self._keep = QPushButton(self.tr("Keep"))
        self._keep.setDefault(True)
        self._leave = QPushButton(self.tr("Cancel"))
        self._keep.clicked.connect(self.keep)
        self._leave.clicked.connect(self.close_card)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._leave)
        buttons.addWidget(self._keep)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[theme.UNIT_PX * 3] * 4)
        self._column.setSpacing(theme.UNIT_PX * 2)
        for label in (self._title, self._note, self.trouble):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for widget in (self._title, self._form_room, self._note, self.trouble):
            self._column.addWidget(widget)
        self._column.addLayout(buttons)
        parent.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether something is asked."""
        return not self.isHidden()

    @property
    def title(self) -> str:
        """What is asked."""
        return self._title.text()

    def ask(
        self,
        title: str,
        fields: Sequence[Field],
        take: Callable[[Mapping[str, str]], object],
        *,
        note: str = "",
        keep: str = "",
    ) -> None:
        """Ask; ``take`` gets the answers by name and may refuse them.

        Parameters
        ----------
        note : str
            What to know about it.
        keep : str
            What stands on the button; empty: Keep.
        """
        if not self.is_open:
            self._before = self._under.window().focusWidget()
        self._take = take
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.trouble.hide()
        self._keep.setText(keep or self.tr("Keep"))
        self.setAccessibleName(title)
        self._show_fields(fields)
        self._dress()
        self.show()
        self.raise_()
        self._settle()
        first = next(iter(self.fields.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(first, QLineEdit):
            first.selectAll()

    def keep(self) -> None:
        """Hand the answers on; the card stays if they are refused."""
        if self._take is None:
            return
        try:
            self._take({name: _answer(field) for name, field in self.fields.items()})
        except ImhcodeError as error:
            self.trouble.setText(said(error))
            self.trouble.show()
            self._settle()
            return
        self.close_card()

    def close_card(self) -> bool:
        """Put the card away; whether it was there."""
        there = self.is_open
        had_focus = self.isAncestorOf(self.window().focusWidget() or self._under)
        self._take = None
        self.hide()
        if there and had_focus and self._before is not None:
            self._before.setFocus()
        return there

    def hand_back_to(self, widget: QWidget) -> None:
        """Give the keys to something else than before, once it is put away."""
        self._before = widget
        if not self.is_open:
            widget.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._under and event.type() == QEvent.Type.Resize and self.is_open:
            self._settle()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._leave.hasFocus():
                self.close_card()
            else:
                self.keep()
        else:
            super().keyPressEvent(event)

    def _show_fields(self, fields: Sequence[Field]) -> None:
        room = QWidget()
        form = QFormLayout(room)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.UNIT_PX)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.fields = {}
        for one in fields:
            widget = _widget_of(one)
            widget.setAccessibleName(one.words)
            widget.setMinimumWidth(self.fontMetrics().horizontalAdvance("n") * _FIELD_EM)
            form.addRow(one.words, widget)
            self.fields[one.name] = widget
        self._column.replaceWidget(self._form_room, room)
        self._form_room.hide()
        self._form_room.deleteLater()
        self._form_room = room
        order = [*self.fields.values(), self._keep, self._leave]
        for this, following in pairwise(order):
            QWidget.setTabOrder(this, following)

    def _dress(self) -> None:
        tokens = theme.current()
        self.setStyleSheet(
            f"AskingCard {{ background: {tokens.panel}; border: 1px solid {tokens.outline};"
            " border-radius: 6px; }"
        )
        self._title.setFont(theme.title(self.font()))
        self._note.setFont(theme.small(self.font()))
        self._note.setStyleSheet(f"color: {tokens.text_dim};")
        self.trouble.setStyleSheet(f"color: {tokens.warning};")

    def _settle(self) -> None:
        """Stand in the middle, as high as the words need in that width."""
        room = self._under.rect().adjusted(16, 16, -16, -16)
        width = min(self.fontMetrics().horizontalAdvance("n") * _CARD_EM, room.width())
        self._column.activate()
        height = min(self._column.totalHeightForWidth(width), room.height())
        place = room.center()
        self.setGeometry(place.x() - width // 2, place.y() - height // 2, width, height)


def _widget_of(field: Field) -> QLineEdit | QComboBox:
    if not field.choices:
        line = QLineEdit(field.value)
        line.setPlaceholderText(field.hint)
        return line
    box = QComboBox()
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    for one in field.choices:
        box.addItem(one.words, one.value)
    box.setCurrentIndex(max(box.findData(field.value), 0))
    return box


def _answer(widget: QLineEdit | QComboBox) -> str:
    return widget.text() if isinstance(widget, QLineEdit) else str(widget.currentData())
