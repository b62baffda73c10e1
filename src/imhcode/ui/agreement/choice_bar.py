"""What is compared: scheme, coders, sessions, tracks, tolerance."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from imhcode.ui import theme
from imhcode.ui.agreement.drift import AlarmRule

AS_THE_SCHEME_SAYS = -0.1  #: of the box for the tolerance


@dataclass(frozen=True, slots=True)
class Choosable:
    """One thing that can be chosen."""

    value: str
    words: str


class ChoiceBar(QWidget):
    """Passive: it shows what can be chosen and says when something else was.

    Signals
    -------
    changed(str)
        What was changed: ``scheme``, ``coders``, ``sessions``, ``tracks``, ``tolerance`` or
        ``rule``.
    """

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scheme = _combo(self.tr("Scheme"))
        self.coders = _combo(self.tr("Coders"))
        self.sessions = _Several(self.tr("Sessions"))
        self.tracks = _Several(self.tr("Tracks"))
        self.tolerance = QDoubleSpinBox()
        self.tolerance.setAccessibleName(self.tr("Tolerance"))
        self.tolerance.setRange(AS_THE_SCHEME_SAYS, 30.0)
        self.tolerance.setSingleStep(0.1)
        self.tolerance.setDecimals(2)
        self.tolerance.setSuffix(self.tr(" s"))
        self.tolerance.setSpecialValueText(self.tr("as the scheme says"))
        self.tolerance.setValue(AS_THE_SCHEME_SAYS)
        self.tolerance.setKeyboardTracking(False)
        self.threshold = QDoubleSpinBox()
        self.threshold.setAccessibleName(self.tr("Alarm below"))
        self.threshold.setRange(0.0, 1.0)
        self.threshold.setSingleStep(0.05)
        self.threshold.setValue(AlarmRule().threshold)
        self.in_a_row = QSpinBox()
        self.in_a_row.setAccessibleName(self.tr("Sessions in a row"))
        self.in_a_row.setRange(1, 20)
        self.in_a_row.setValue(AlarmRule().in_a_row)
        row = QHBoxLayout(self)
        unit = theme.UNIT_PX
        row.setContentsMargins(unit * 2, unit, unit * 2, unit)
        row.setSpacing(unit)
        for words, widget in (
            (self.tr("S&cheme"), self.scheme),
            (self.tr("&Coders"), self.coders),
            ("", self.sessions),
            ("", self.tracks),
            (self.tr("&Tolerance"), self.tolerance),
            (self.tr("&Alarm below"), self.threshold),
            (self.tr("&in a row"), self.in_a_row),
        ):
            if words:
                label = QLabel(words)
                label.setBuddy(widget)
                row.addWidget(label)
                if widget is self.scheme:
                    self._scheme_label = label
            row.addWidget(widget)
        row.addStretch()
        self.scheme.activated.connect(lambda _: self.changed.emit("scheme"))
        self.coders.activated.connect(lambda _: self.changed.emit("coders"))
        self.sessions.changed.connect(lambda: self.changed.emit("sessions"))
        self.tracks.changed.connect(lambda: self.changed.emit("tracks"))
        self.tolerance.valueChanged.connect(lambda _: self.changed.emit("tolerance"))

        for box in (self.threshold, self.in_a_row):
            box.setKeyboardTracking(False)
            box.valueChanged.connect(lambda _: self.changed.emit("rule"))

    @property
    def rule(self) -> AlarmRule:
        """When drift raises the alarm."""
        return AlarmRule(self.threshold.value(), self.in_a_row.value())

    def show_rule(self, rule: AlarmRule) -> None:
        """Show a rule that was kept."""
        for box, value in ((self.threshold, rule.threshold), (self.in_a_row, rule.in_a_row)):
            box.blockSignals(True)
            box.setValue(value)  # type: ignore[arg-type]
            box.blockSignals(False)

    def show_schemes(self, schemes: Sequence[Choosable]) -> None:
        """Offer the schemes in which something can be compared; a single one needs no choice."""
        _fill(self.scheme, schemes)
        for widget in (self.scheme, self._scheme_label):
            widget.setVisible(len(schemes) > 1)

    def show_coders(self, pairs: Sequence[Choosable]) -> None:
        """Offer pairs of coders; the first is all of them."""
        _fill(self.coders, pairs)

    @property
    def tolerance_us(self) -> int | None:
        """The tolerance; ``None``: what the scheme says."""
        value = self.tolerance.value()
        return None if value < 0 else round(value * 1_000_000)

    def set_tolerance_us(self, tolerance_us: int) -> None:
        """Choose a tolerance."""
        self.tolerance.setValue(tolerance_us / 1_000_000)


class _Several(QToolButton):
    """A menu of which any can be ticked; none ticked means all."""

    changed = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._boxes: list[tuple[str, QCheckBox]] = []
        self.setAccessibleName(words)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMenu(QMenu(self))

    def show_choices(self, choices: Sequence[Choosable]) -> None:
        """Offer other things; what was ticked and is still there stays so."""
        before = set(self.chosen)
        menu = QMenu(self)
        self._boxes = []
        for one in choices:
            box = QCheckBox(one.words)
            box.setChecked(one.value in before)
            box.toggled.connect(self._tell)
            action = QWidgetAction(menu)
            action.setDefaultWidget(box)
            menu.addAction(action)
            self._boxes.append((one.value, box))
        self.setMenu(menu)
        self._say()

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is ticked; none: all."""
        return tuple(value for value, box in self._boxes if box.isChecked())

    def choose(self, values: Sequence[str]) -> None:
        """Tick these and no others."""
        for value, box in self._boxes:
            box.setChecked(value in values)

    def _tell(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        chosen, n = self.chosen, len(self._boxes)
        count = f"{len(chosen)}/{n}" if chosen else self.tr("all {n}").format(n=n)
        self.setText(f"{self._words}: {count}")


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    combo.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return combo


def _fill(combo: QComboBox, choices: Sequence[Choosable]) -> None:
    before = combo.currentData()
    combo.clear()
    for one in choices:
        combo.addItem(one.words, one.value)
    combo.setCurrentIndex(max(combo.findData(before), 0))
