"""Fields whose value is chosen, or may be."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QMenu, QToolButton

from imhcode.ui import theme
from imhcode.ui.schemes.field_editors import FieldEditor, TextField

if TYPE_CHECKING:
    from imhcode.schemes.meanings import FieldMeaning


class YesNoField(FieldEditor):
    """Yes or no; what holds anyway is left out."""

    def __init__(self, meaning: "FieldMeaning") -> None:
        self.check = QCheckBox()
        super().__init__(self.check)
        self._default = bool(meaning.default)
        self._required = meaning.required
        tokens = theme.current()
        self.check.setStyleSheet(
            "QCheckBox::indicator { width: 1em; height: 1em; border-radius: 3px;"
            f" border: 1px solid {tokens.outline}; background: {tokens.panel_raised}; }}"
            f"QCheckBox::indicator:checked {{ background: {tokens.accent}; }}"
        )
        self.check.toggled.connect(self._say)
        self.check.clicked.connect(self._give)
        self._say(False)

    def show_value(self, value: Any) -> None:
        self.check.setChecked(self._default if value is None else bool(value))

    def _say(self, on: bool) -> None:
        self.check.setText(self.tr("yes") if on else self.tr("no"))

    def read(self) -> Any:
        on = self.check.isChecked()
        return None if on == self._default and not self._required else on


class ChoiceField(FieldEditor):
    """One of some words."""

    def __init__(self, meaning: "FieldMeaning", choices: Sequence[object] = ()) -> None:
        self.box = QComboBox()
        super().__init__(self.box)
        self._values: list[object] = list(choices or meaning.choices)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        if not meaning.required:
            self._values.insert(0, None)
        for value in self._values:
            self.box.addItem(self._words(value, meaning.default))
        self.box.activated.connect(self._give)

    def show_value(self, value: Any) -> None:
        if value not in self._values:
            self._values.append(value)
            self.box.addItem(self._words(value, None))
        self.box.setCurrentIndex(self._values.index(value))

    def read(self) -> Any:
        return self._values[self.box.currentIndex()]

    def _words(self, value: object, default: object) -> str:
        if value is None and default not in (None, ""):
            return self.tr("– ({default})").format(default=_shown(default))
        return "–" if value is None else _shown(value)


class WordField(FieldEditor):
    """The id of something, typed or chosen from what there is."""

    def __init__(self, meaning: "FieldMeaning", known: Sequence[str]) -> None:
        self.box = QComboBox()
        self.box.setEditable(True)
        super().__init__(self.box)
        self._required = meaning.required
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        if not meaning.required:
            self.box.addItem("")
        self.box.addItems(list(known))
        line = self.box.lineEdit()
        if line is not None:
            line.textEdited.connect(self._typed)
            line.installEventFilter(self)
        self.box.activated.connect(self._give)

    def show_value(self, value: Any) -> None:
        self.box.setEditText("" if value is None else str(value))

    def read(self) -> Any:
        text = self.box.currentText().strip()
        return text if text or self._required else None


class WordsField(TextField):
    """Several ids with commas between, typed or ticked in a list of what there is."""

    def __init__(self, meaning: "FieldMeaning", known: Sequence[str]) -> None:
        super().__init__(meaning)
        self._words = tuple(meaning.choices) if known else ()
        self._menu = QMenu(self)
        for word in dict.fromkeys((*known, *meaning.choices)):
            action = self._menu.addAction(word)
            action.setCheckable(True)
            action.toggled.connect(self._ticked)
        if self._menu.actions():
            choose = QToolButton()
            choose.setText("▾")
            choose.setMenu(self._menu)
            choose.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            choose.setStyleSheet("QToolButton::menu-indicator { image: none; }")
            choose.setAccessibleName(self.tr("Choose from what there is"))
            self._row.addWidget(choose)
        self.line.setPlaceholderText(self.tr("words with commas between"))

    def show_value(self, value: Any) -> None:
        several = value if isinstance(value, list) else [] if value is None else [value]
        super().show_value(", ".join(map(str, several)))
        self._tick(set(map(str, several)))

    def read(self) -> Any:
        words = [word.strip() for word in self.line.text().split(",") if word.strip()]
        if len(words) == 1 and words[0] in self._words:
            return words[0]
        return words or ([] if self._required else None)

    def _tick(self, words: set[str]) -> None:
        for action in self._menu.actions():
            action.blockSignals(True)
            action.setChecked(action.text() in words)
            action.blockSignals(False)

    def _ticked(self, on: bool) -> None:
        action = self.sender()
        word = action.text() if hasattr(action, "text") else ""
        words = [one.strip() for one in self.line.text().split(",") if one.strip()]
        words = [one for one in words if one != word] + ([word] if on else [])
        self.line.setText(", ".join(words))
        self._give()


class ColorField(WordField):
    """A colour, typed as ``#009E73`` or chosen."""

    def __init__(self, meaning: "FieldMeaning", colors: Sequence[str]) -> None:
        super().__init__(meaning, colors)
        for at in range(self.box.count()):
            if self.box.itemText(at):
                self.box.setItemIcon(at, swatch(self.box.itemText(at)))
        self.box.setIconSize(QSize(theme.scaled(16), theme.scaled(16)))
        self._show = QLabel()
        self._row.insertWidget(0, self._show)
        self.box.editTextChanged.connect(self._look)
        self._default = str(meaning.default or "")
        self._look("")

    def _look(self, text: str) -> None:
        text = text or self._default
        valid = text.startswith("#") and QColor.isValidColorName(text)
        self._show.setPixmap(swatch(text if valid else "#00000000"))


def swatch(color: str) -> QPixmap:
    """A small square of a colour."""
    side = theme.scaled(16)
    picture = QPixmap(side, side)
    picture.fill(QColor(color))
    return picture


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")
