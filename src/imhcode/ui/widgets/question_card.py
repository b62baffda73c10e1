"""A small card that asks something and is answered with one key; nothing waits for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from imhcode.ui import theme
from imhcode.ui.widgets.answer_line import AnswerLine

_WIDTH_EM = 58  #: in widths of the letter n


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Attributes
    ----------
    key : str
        The character that gives it, lower case.
    words : str
        What it says.
    act : callable
        Does it; called once the card is put away.
    """

    key: str
    words: str
    act: Callable[[], object]


class QuestionCard(QFrame):
    """Lies over the foot of the window until it is answered or put away; coding goes on.

    Signals
    -------
    closed()
        It is no longer shown.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self._answers: dict[str, Answer] = {}
        self._lines: list[AnswerLine] = []
        self._take: Callable[[str], object] | None = None
        self._before: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.UNIT_PX * 2] * 4)
        column.setSpacing(theme.UNIT_PX // 2)
        self._title = QLabel()
        self._hint = QLabel()
        for label in (self._title, self._hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._body = QVBoxLayout()
        self._body.setSpacing(2)
        self._line = QLineEdit()
        self._line.installEventFilter(self)
        column.addWidget(self._title)
        column.addLayout(self._body)
        column.addWidget(self._line)
        column.addWidget(self._hint)
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

    def answers(self) -> list[tuple[str, str]]:
        """The answers on offer, each with its key."""
        return [(one.key, one.words) for one in self._answers.values()]

    def ask(self, title: str, answers: Sequence[Answer]) -> None:
        """Ask for one of these answers, in the place of what was asked before."""
        self._show(title, self.tr("Esc leaves it"))
        self._answers = {one.key: one for one in answers}
        for one in answers:
            line = AnswerLine(one.key, one.words)
            line.clicked.connect(lambda _=False, key=one.key: self.press(key))
            self._body.addWidget(line)
            line.show()  # at once, so that the card is as high as all of them
            self._lines.append(line)
        self._line.hide()
        self._settle()

    def ask_line(self, title: str, text: str, take: Callable[[str], object]) -> None:
        """Ask for a line of text; ``take`` is called with it."""
        self._before = self._under.window().focusWidget()
        self._show(title, self.tr("Enter keeps it · Esc leaves it"))
        self._take = take
        self._line.setText(text)
        self._line.setAccessibleName(title)
        self._line.show()
        self._settle()
        self._line.setFocus()
        self._line.selectAll()

    def knows(self, character: str) -> bool:
        """Whether a character is an answer now."""
        return self.is_open and character in self._answers

    def press(self, character: str) -> bool:
        """Answer with a character; ``False`` if it is none."""
        answer = self._answers.get(character) if self.is_open else None
        if answer is None:
            return False
        self.close_card()
        answer.act()
        return True

    def close_card(self) -> bool:
        """Put the card away; whether it was there."""
        there = self.is_open
        before, self._before = self._before, None
        if self._line.hasFocus():
            (before or self._under).setFocus()
        self._answers = {}
        self._take = None
        self.hide()
        if there:
            self.closed.emit()
        return there

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._under and event.type() == QEvent.Type.Resize and self.is_open:
            self._settle()
        if watched is self._line and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._typed(event)
        return False

    def _typed(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            take, text = self._take, self._line.text().strip()
            self.close_card()
            if take is not None:
                take(text)
        else:
            return False
        return True

    def _show(self, title: str, hint: str) -> None:
        for line in self._lines:
            self._body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines, self._answers, self._take = [], {}, None
        self._title.setText(title)
        self._hint.setText(hint)
        self.setAccessibleName(title)
        tokens = theme.current()
        self.setStyleSheet(
            f"QuestionCard {{ background: {tokens.panel}; border: 1px solid {tokens.outline};"
            " border-radius: 6px; }"
        )
        self._title.setFont(theme.title(self.font()))
        self._hint.setFont(theme.small(self.font()))
        self._hint.setStyleSheet(f"color: {tokens.text_dim};")
        self.show()
        self.raise_()

    def _settle(self) -> None:
        """Stand in the corner at the foot, where neither picture nor playhead is."""
        room = self._under.rect().adjusted(16, 16, -16, -16)
        width = min(self.fontMetrics().horizontalAdvance("n") * _WIDTH_EM, room.width())
        self._column.activate()
        height = min(self._column.totalHeightForWidth(width), room.height())
        height = max(height, theme.UNIT_PX * 6)
        self.setGeometry(room.right() - width + 1, room.bottom() - height + 1, width, height)
