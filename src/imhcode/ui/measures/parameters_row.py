"""The lab's own numbers within the limits of the scheme, in one row."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QPushButton, QWidget

from imhcode.domain.scheme import Parameter, Scheme
from imhcode.ui import theme


class ParametersRow(QWidget):
    """Hidden where a scheme has none.

    Signals
    -------
    changed(str, object)
        Another value was given to the parameter with that id; ``None``: the scheme's own.
    """

    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QDoubleSpinBox] = {}
        self._scheme: Scheme | None = None
        self._row = QHBoxLayout(self)
        unit = theme.UNIT_PX
        self._row.setContentsMargins(unit * 2, 0, unit * 2, unit)
        self._row.setSpacing(unit)
        self.back = QPushButton(self.tr("As the scheme says"))
        self.back.setToolTip(self.tr("Give every number back the value that the scheme has"))
        self.back.clicked.connect(self._give_back)
        self.hide()

    def show_scheme(self, scheme: Scheme | None, values: Mapping[str, float]) -> None:
        """Show the parameters of a scheme with their values."""
        if scheme is not self._scheme:
            self._scheme = scheme
            self._build(scheme.parameters if scheme else ())
        own = False
        for one in scheme.parameters if scheme else ():
            box, value = self.boxes[one.id], values.get(one.id, one.default)
            own = own or value != one.default
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
        self.back.setEnabled(own)
        self.setVisible(bool(self.boxes))

    def _build(self, parameters: tuple[Parameter, ...]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.back:
                widget.deleteLater()
        self.boxes = {}
        title = QLabel(self.tr("Lab’s numbers"))
        self._row.addWidget(title)
        for one in parameters:
            words, unit = parameter_words(one.id)
            box = QDoubleSpinBox()
            box.setRange(one.minimum, one.maximum)
            box.setDecimals(2)
            box.setSingleStep(0.5)
            box.setSuffix(f" {unit}" if unit else "")
            box.setKeyboardTracking(False)
            box.setAccessibleName(words)
            box.setToolTip(self._whole(one, unit))
            box.setAccessibleDescription(self._whole(one, unit))
            box.valueChanged.connect(lambda value, of=one: self._tell(of, value))
            label = QLabel(words)
            label.setBuddy(box)
            self._row.addWidget(label)
            self._row.addWidget(box)
            self.boxes[one.id] = box
        self._row.addWidget(self.back)
        self._row.addStretch()

    def _whole(self, one: Parameter, unit: str) -> str:
        limits = self.tr("{low} to {high}; the scheme says {default}").format(
            low=f"{one.minimum:g}", high=f"{one.maximum:g}", default=f"{one.default:g}"
        )
        said = f"{limits} {unit}".rstrip()
        return f"{one.note}\n{said}" if one.note else said

    def _tell(self, one: Parameter, value: float) -> None:
        self.changed.emit(one.id, None if value == one.default else value)

    def _give_back(self) -> None:
        for one in self._scheme.parameters if self._scheme else ():
            if self.boxes[one.id].value() != one.default:
                self.changed.emit(one.id, None)


def parameter_words(parameter_id: str) -> tuple[str, str]:
    """``response_window_s`` as words and a unit."""
    words = parameter_id.removesuffix("_s").replace("_", " ").capitalize()
    return words, "s" if parameter_id.endswith("_s") else ""
