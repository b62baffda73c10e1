"""What is said of one moment: for the family above, and for the clinician alone below."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.codes import Modifier, Track
from imhcode.domain.moment import Moment
from imhcode.ui import theme
from imhcode.ui.widgets.wrapped_label import WrappedLabel

_NOTE_SAVED_AFTER_MS = 400  #: without a key: short enough that a power cut takes no sentence


class MomentForm(QWidget):
    """Fields of the moment that is looked at; what is typed is saved as it is typed or left.

    Signals
    -------
    titled(str, str), recoded(str, str), noted(str, str)
        Id of a moment, and its new title, kind, or private note.
    told(str, str, tuple)
        Id of a moment, and the values of one thing that the scheme asks.
    """

    titled = Signal(str, str)
    recoded = Signal(str, str)
    noted = Signal(str, str)
    told = Signal(str, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = ""
        self._asked: tuple[Modifier, ...] | None = None
        self._filling = False
        self.fields: dict[str, QWidget] = {}
        self.title = QLineEdit()
        self.title.setMaxLength(160)
        self.title.editingFinished.connect(self._save_title)
        self.kind = QComboBox()
        self.kind.activated.connect(
            lambda _: self.recoded.emit(self._id, str(self.kind.currentData()))
        )
        self.consent = WrappedLabel()
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.textChanged.connect(self._note_typed)
        self.note.installEventFilter(self)
        self._note_pause = QTimer(self)
        self._note_pause.setSingleShot(True)
        self._note_pause.setInterval(_NOTE_SAVED_AFTER_MS)
        self._note_pause.timeout.connect(self.save_note)
        self._lay_out()
        self.setEnabled(False)

    def show_moment(
        self,
        moment: Moment | None,
        track: Track | None,
        asked: tuple[Modifier, ...],
        note: str,
        consent: str,
    ) -> None:
        """Show a moment; a field somebody types into is left alone while it is the same one."""
        is_same = moment is not None and moment.id == self._id
        if not is_same:
            self.save()
        self._filling = True
        self._id = moment.id if moment is not None else ""
        self.setEnabled(moment is not None)
        if asked != self._asked:
            self._ask(asked)
        if not (is_same and self.title.hasFocus()):
            self.title.setText(moment.card.title if moment else "")
        self.title.setPlaceholderText(moment.parent_text if moment else "")
        self.kind.clear()
        for code in track.codes if track else ():
            self.kind.addItem(code.label, code.id)
        self.kind.setCurrentIndex(self.kind.findData(moment.kind) if moment else -1)
        for modifier in asked:
            values = moment.event.modifier(modifier.id) if moment else ()
            self._fill(self.fields[modifier.id], values, keep=is_same)
        if not (is_same and self.note.hasFocus()):
            self.note.setPlainText(note)
        self.consent.say(self.tr("Consent: {words}").format(words=consent) if consent else "")
        self._filling = False

    def save(self) -> None:
        """Save what is being typed."""
        self._save_title()
        self.save_note()
        for modifier in self._asked or ():
            field = self.fields[modifier.id]
            if isinstance(field, QLineEdit) and field.isModified():
                self._tell_text(modifier.id, field)

    def save_note(self) -> None:
        """Save the private note as it stands."""
        if self._note_pause.isActive() or self.note.document().isModified():
            self._note_pause.stop()
            self.note.document().setModified(False)
            if self._id:
                self.noted.emit(self._id, self.note.toPlainText())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.note and event.type() == QEvent.Type.FocusOut:
            self.save_note()
        return False

    # -- inside ------------------------------------------------------------------------------

    def _save_title(self) -> None:
        if self._id and self.title.isModified():
            self.title.setModified(False)
            self.titled.emit(self._id, self.title.text())

    def _note_typed(self) -> None:
        if not self._filling:
            self._note_pause.start()

    def _ask(self, asked: tuple[Modifier, ...]) -> None:
        """Have the fields the scheme asks for in this kind of moment."""
        for field in self.fields.values():
            self._form.removeRow(field)
        self.fields, self._asked = {}, asked
        for modifier in asked:
            field = self._field(modifier)
            field.setAccessibleName(modifier.label)
            self.fields[modifier.id] = field
            self._form.addRow(modifier.label, field)

    def _field(self, modifier: Modifier) -> QWidget:
        if modifier.type == "text":
            line = QLineEdit()
            if modifier.max_length:
                line.setMaxLength(modifier.max_length)
            line.editingFinished.connect(lambda: self._tell_text(modifier.id, line))
            return line
        if modifier.type == "multi":
            return self._boxes(modifier)
        box = QComboBox()
        box.addItem(self.tr("none"), "")
        for value in modifier.values:
            box.addItem(value.label, value.id)
        box.activated.connect(lambda _: self._tell(modifier.id, (str(box.currentData()),)))
        return box

    def _boxes(self, modifier: Modifier) -> QWidget:
        several = QWidget()
        row = QHBoxLayout(several)
        row.setContentsMargins(0, 0, 0, 0)
        for value in modifier.values:
            box = QCheckBox(value.label)
            box.setProperty("value", value.id)
            box.clicked.connect(lambda: self._tell(modifier.id, _ticked(several)))
            row.addWidget(box)
        row.addStretch()
        return several

    def _fill(self, field: QWidget, values: tuple[str, ...], *, keep: bool) -> None:
        if isinstance(field, QLineEdit):
            if not (keep and field.hasFocus()):
                field.setText(values[0] if values else "")
        elif isinstance(field, QComboBox):
            field.setCurrentIndex(max(field.findData(values[0] if values else ""), 0))
        else:
            for box in field.findChildren(QCheckBox):
                box.setChecked(box.property("value") in values)

    def _tell_text(self, modifier_id: str, line: QLineEdit) -> None:
        if line.isModified():
            line.setModified(False)
            self._tell(modifier_id, (line.text().strip(),))

    def _tell(self, modifier_id: str, values: tuple[str, ...]) -> None:
        if self._id and not self._filling:
            self.told.emit(self._id, modifier_id, tuple(one for one in values if one))

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        self._form = QFormLayout()
        self._form.setSpacing(unit)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for words, field in (
            (self.tr("&Title"), self.title),
            (self.tr("Kind"), self.kind),
        ):
            field.setAccessibleName(words.replace("&", ""))
            self._form.addRow(words, field)
        private = QFrame()
        private.setObjectName("Private")
        inside = QVBoxLayout(private)
        inside.setContentsMargins(unit * 2, unit, unit * 2, unit * 2)
        heading = QLabel(self.tr("Only for you and your supervisor: never shown, never exported"))
        heading.setFont(theme.small(self.font()))
        heading.setWordWrap(True)
        heading.setBuddy(self.note)
        self.note.setAccessibleName(self.tr("Private note"))
        self.note.setMinimumHeight(theme.scaled(56))
        inside.addWidget(heading)
        inside.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(unit, unit, unit, unit)
        column.setSpacing(unit * 2)
        column.addLayout(self._form)
        column.addWidget(self.consent)
        column.addWidget(private, 1)
        self._private = private
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_private"):
            self._dress()

    def _dress(self) -> None:
        line = theme.current().outline
        self._private.setStyleSheet(
            f"#Private {{ border: 1px dashed {line}; border-radius: 4px; }}"
        )


def _ticked(several: QWidget) -> tuple[str, ...]:
    boxes = several.findChildren(QCheckBox)
    return tuple(str(box.property("value")) for box in boxes if box.isChecked())
