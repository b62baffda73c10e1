"""Fields that are typed into; all fields are asked and told in the same words."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from imhcode.domain.errors import ImhcodeError
from imhcode.ui import theme
from imhcode.ui.messages import said

if TYPE_CHECKING:
    from imhcode.schemes.meanings import FieldMeaning

PAUSE_MS = 250  #: without a key until what was typed counts

_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class FieldEditor(QWidget):
    """Shows and takes the value of one field; ``None`` stands for a field that is left out.

    Signals
    -------
    given(object)
        The author's value.
    refused(str)
        What was typed is no value; the sentence says why.
    """

    given = Signal(object)
    refused = Signal(str)

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(inner, 1)
        self.inner = inner
        self.setFocusProxy(inner)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(PAUSE_MS)
        self._clock.timeout.connect(self._give)
        inner.installEventFilter(self)

    def show_value(self, value: Any) -> None:
        """Show what stands in the document."""
        raise NotImplementedError

    def read(self) -> Any:
        """The value as typed; raises ``ValueError`` with a sentence if it is none."""
        raise NotImplementedError

    @property
    def is_pending(self) -> bool:
        """Whether something was typed that does not count yet."""
        return self._clock.isActive()

    def flush(self) -> None:
        """Let what was typed count now."""
        if self._clock.isActive():
            self._clock.stop()
            self._give()

    def _typed(self) -> None:
        self._clock.start()

    def _give(self) -> None:
        self._clock.stop()
        try:
            value = self.read()
        except ValueError as error:
            self.refused.emit(str(error))
            return
        self.given.emit(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # undo is the page's, over all fields: no field keeps a history of its own
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if any(event.matches(one) for one in _UNDO):
                event.ignore()
                return True
        elif event.type() == QEvent.Type.FocusOut:
            self.flush()
        return super().eventFilter(watched, event)


class TextField(FieldEditor):
    """A few words."""

    def __init__(self, meaning: "FieldMeaning") -> None:
        self.line = QLineEdit()
        super().__init__(self.line)
        self._required = meaning.required
        if meaning.default not in (None, ""):
            self.line.setPlaceholderText(str(meaning.default))
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(self.flush)

    def show_value(self, value: Any) -> None:
        text = "" if value is None else str(value)
        if text != self.line.text():
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def read(self) -> Any:
        text = self.line.text().strip()
        return text if text or self._required else None


class NumberField(TextField):
    """A number."""

    def __init__(self, meaning: "FieldMeaning") -> None:
        super().__init__(meaning)
        self._whole = meaning.sort == "whole"

    def show_value(self, value: Any) -> None:
        super().show_value(f"{value:g}" if isinstance(value, float) else value)

    def read(self) -> Any:
        text = self.line.text().strip().replace(",", ".")
        if not text:
            return None
        try:
            number = float(text)
            whole = int(number)
        except (ValueError, OverflowError):
            raise ValueError(self.tr("“{text}” is no number.").format(text=text)) from None
        if number == whole and "e" not in text.lower() and "." not in text:
            return whole
        if self._whole:
            raise ValueError(self.tr("“{text}” is no whole number.").format(text=text))
        return number


class ProseField(FieldEditor):
    """A sentence or more; ``Tab`` goes on to the next field."""

    def __init__(self, meaning: "FieldMeaning", lines: int = 3) -> None:
        self.box = QPlainTextEdit()
        super().__init__(self.box)
        self._required = meaning.required
        self.box.setTabChangesFocus(True)
        self.box.setUndoRedoEnabled(False)
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * lines + theme.scaled(14))
        self.box.textChanged.connect(self._typed)

    def show_value(self, value: Any) -> None:
        self._show("" if value is None else str(value))

    def read(self) -> Any:
        text = self.box.toPlainText().strip()
        return text if text or self._required else None

    def _show(self, text: str) -> None:
        if text != self.box.toPlainText().strip():
            self.box.blockSignals(True)
            self.box.setPlainText(text)
            self.box.blockSignals(False)


class TextsField(ProseField):
    """Several texts, one on a line."""

    def __init__(self, meaning: "FieldMeaning") -> None:
        super().__init__(meaning)
        self.box.setPlaceholderText(self.tr("one on a line"))

    def show_value(self, value: Any) -> None:
        several = value if isinstance(value, list) else [] if value is None else [value]
        self._show("\n".join(map(str, several)))

    def read(self) -> Any:
        lines = [line.strip() for line in self.box.toPlainText().splitlines()]
        return [line for line in lines if line] or None


class YamlField(ProseField):
    """A value that has no field of its own here: written as it stands in the file."""

    def __init__(self, meaning: "FieldMeaning") -> None:
        super().__init__(meaning, 4)
        font = self.box.font()
        font.setFamilies(["monospace"])
        self.box.setFont(font)

    def show_value(self, value: Any) -> None:
        from imhcode.schemes.editing import text_of_value  # noqa: PLC0415

        if value is None or self._reads_as(value):
            if value is None:
                self._show("")
            return
        self._show(text_of_value(value))

    def read(self) -> Any:
        from imhcode.schemes.editing import value_of_text  # noqa: PLC0415

        text = self.box.toPlainText()
        if not text.strip():
            return None
        try:
            return value_of_text(text)
        except ImhcodeError as error:
            raise ValueError(said(error)) from error

    def _reads_as(self, value: Any) -> bool:
        try:
            return bool(self.read() == value)
        except ValueError:
            return False
