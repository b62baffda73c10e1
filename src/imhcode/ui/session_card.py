"""A small card on which is written what is known of a session: visit, date, the child's age."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.study import Session
from imhcode.ui import theme

_FIELD_EM = 24  #: in widths of the letter n


class SessionCard(QFrame):
    """Lies over the window until it is kept or put away; everything else goes on.

    Signals
    -------
    kept(str, str, str, str)
        Visit, date, age and corrected age in months, as they were typed.
    """

    kept = Signal(str, str, str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self._before: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Session"))
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(theme.title(self.font()))
        self.visit, self.date = QLineEdit(), QLineEdit()
        self.age, self.corrected = QLineEdit(), QLineEdit()
        self.date.setPlaceholderText(self.tr("year-month-day, may be shifted"))
        form = QFormLayout()
        form.setSpacing(theme.UNIT_PX)
        for words, field in (
            (self.tr("Visit"), self.visit),
            (self.tr("Date"), self.date),
            (self.tr("Child's age in months"), self.age),
            (self.tr("Corrected age in months"), self.corrected),
        ):
            field.setAccessibleName(words)
            field.setMinimumWidth(self.fontMetrics().horizontalAdvance("n") * _FIELD_EM)
            form.addRow(words, field)
        note = QLabel(
            self.tr("How long an answer may take can depend on the age; the corrected one counts.")
        )
        note.setFont(theme.small(self.font()))
        note.setWordWrap(True)
        keep = QPushButton(self.tr("Keep"))
        keep.setDefault(True)
        keep.clicked.connect(self._keep)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.close_card)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(leave)
        buttons.addWidget(keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.UNIT_PX * 3] * 4)
        column.setSpacing(theme.UNIT_PX * 2)
        column.addWidget(self._title)
        column.addLayout(form)
        column.addWidget(note)
        column.addLayout(buttons)
        parent.installEventFilter(self)
        self.hide()

    def show_session(self, session: Session) -> None:
        """Show what is known of a session."""
        words = self.tr("Session {session}") if session.id else ""
        self._title.setText(words.format(session=session.id))
        self.visit.setText(session.visit)
        self.date.setText(session.date)
        for field, months in (
            (self.age, session.child_age_months),
            (self.corrected, session.child_age_corrected_months),
        ):
            field.setText("" if months is None else f"{months:g}")
        tokens = theme.current()
        self.setStyleSheet(
            f"SessionCard {{ background: {tokens.panel}; border: 1px solid {tokens.outline};"
            " border-radius: 6px; }"
        )
        self._before = self._under.window().focusWidget()
        self._settle()
        self.show()
        self.raise_()
        self.age.setFocus()
        self.age.selectAll()

    def close_card(self) -> bool:
        """Put the card away; whether it was there."""
        there = not self.isHidden()
        self.hide()
        if there and self._before is not None:
            self._before.setFocus()
        return there

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._under and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._settle()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        fields = (self.visit, self.date, self.age, self.corrected)
        self.kept.emit(*(field.text() for field in fields))

    def _settle(self) -> None:
        room = self._under.rect()
        size = self.sizeHint().boundedTo(room.size())
        self.resize(size)
        self.move(room.center().x() - size.width() // 2, room.center().y() - size.height() // 2)
