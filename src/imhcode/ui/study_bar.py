"""The line on top: which session, whose observation, which pass, which camera."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from imhcode.ui import theme


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a chooser: what it stands for, and its words."""

    value: object
    words: str


class StudyBar(QWidget):
    """Choosers for what is being coded.

    Signals
    -------
    observation_chosen(object), pass_chosen(object), recording_chosen(object)
        The value of the choice that was made by hand.
    """

    observation_chosen = Signal(object)
    pass_chosen = Signal(object)
    recording_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.UNIT_PX * 2, 4, theme.UNIT_PX * 2, 4)
        row.setSpacing(theme.UNIT_PX)
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(theme.title(self.font()))
        row.addWidget(self._title)
        row.addStretch()
        self.observation = self._chooser(row, self.tr("Coder"), self.observation_chosen)
        self.recording = self._chooser(row, self.tr("Camera"), self.recording_chosen)
        self.passing = self._chooser(row, self.tr("Pass"), self.pass_chosen)

    def show_title(self, words: str) -> None:
        """Say which study and session is open."""
        self._title.setText(words)

    def show_observations(self, choices: Sequence[Choice], chosen: object) -> None:
        """Offer observations of the session."""
        _fill(self.observation, choices, chosen)

    def show_recordings(self, choices: Sequence[Choice], chosen: object) -> None:
        """Offer the session's recordings; hidden when there is nothing to choose."""
        _fill(self.recording, choices, chosen)
        for widget in (self.recording, self.recording.property("words")):
            widget.setVisible(len(choices) > 1)

    def show_passes(self, choices: Sequence[Choice], chosen: object) -> None:
        """Offer the scheme's passes."""
        _fill(self.passing, choices, chosen)

    def _chooser(self, row: QHBoxLayout, words: str, signal: object) -> QComboBox:
        label = QLabel(words)
        box = QComboBox()
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setAccessibleName(words)
        box.setProperty("words", label)
        label.setBuddy(box)
        box.activated.connect(lambda at: signal.emit(box.itemData(at)))  # type: ignore[attr-defined]
        row.addSpacing(theme.UNIT_PX)
        row.addWidget(label)
        row.addWidget(box)
        return box


def _fill(box: QComboBox, choices: Sequence[Choice], chosen: object) -> None:
    box.blockSignals(True)
    box.clear()
    for choice in choices:
        box.addItem(choice.words, choice.value)
        if choice.value == chosen:
            box.setCurrentIndex(box.count() - 1)
    box.blockSignals(False)
