"""What is compared: scheme, coders, sessions, tracks, tolerance."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from imhcode.ui import theme
from imhcode.ui.agreement.drift import AlarmRule
from imhcode.ui.widgets.choices import Choosable, Several, combo, fill

AS_THE_SCHEME_SAYS = -0.1  #: of the box for the tolerance


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
        self.scheme = combo(self.tr("Scheme"))
        self.coders = combo(self.tr("Coders"))
        self.sessions = Several(self.tr("Sessions"))
        self.tracks = Several(self.tr("Tracks"))
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
        fill(self.scheme, schemes)
        for widget in (self.scheme, self._scheme_label):
            widget.setVisible(len(schemes) > 1)

    def show_coders(self, pairs: Sequence[Choosable]) -> None:
        """Offer pairs of coders; the first is all of them."""
        fill(self.coders, pairs)

    @property
    def tolerance_us(self) -> int | None:
        """The tolerance; ``None``: what the scheme says."""
        value = self.tolerance.value()
        return None if value < 0 else round(value * 1_000_000)

    def set_tolerance_us(self, tolerance_us: int) -> None:
        """Choose a tolerance."""
        self.tolerance.setValue(tolerance_us / 1_000_000)
