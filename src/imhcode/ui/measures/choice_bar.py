"""What is measured: scheme, role, coder, sessions; and how the numbers are put together."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from imhcode.ui import theme
from imhcode.ui.measures.number_rows import GROUPINGS, Grouping
from imhcode.ui.measures.session_choice import SessionChoice
from imhcode.ui.widgets.choices import Choosable, combo, fill


class ChoiceBar(QWidget):
    """Passive: it shows what can be chosen and says when something else was.

    Signals
    -------
    changed(str)
        What was changed: ``scheme``, ``role``, ``coder`` or ``sessions``.
    grouping_changed()
        The numbers are to be put together otherwise.
    """

    changed = Signal(str)
    grouping_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scheme = combo(self.tr("Scheme"))
        self.role = combo(self.tr("Role"))
        self.coder = combo(self.tr("Coder"))
        self.sessions = SessionChoice()
        self.group = combo(self.tr("Group by"))
        fill(self.group, [Choosable(one, self._grouping_words(one)) for one in GROUPINGS])
        self._labels: dict[QWidget, QLabel] = {}
        row = QHBoxLayout(self)
        unit = theme.UNIT_PX
        row.setContentsMargins(unit * 2, unit, unit * 2, unit)
        row.setSpacing(unit)
        for words, widget in (
            (self.tr("S&cheme"), self.scheme),
            (self.tr("&Role"), self.role),
            (self.tr("C&oder"), self.coder),
            ("", self.sessions),
            (self.tr("&Group by"), self.group),
        ):
            if words:
                label = QLabel(words)
                label.setBuddy(widget)
                row.addWidget(label)
                self._labels[widget] = label
            row.addWidget(widget)
        row.addStretch()
        self.scheme.activated.connect(lambda _: self.changed.emit("scheme"))
        self.role.activated.connect(lambda _: self.changed.emit("role"))
        self.coder.activated.connect(lambda _: self.changed.emit("coder"))
        self.sessions.changed.connect(lambda: self.changed.emit("sessions"))
        self.group.currentIndexChanged.connect(lambda _: self.grouping_changed.emit())

    @property
    def grouping(self) -> Grouping:
        """How the numbers are put together."""
        return GROUPINGS[max(self.group.currentIndex(), 0)]

    def next_grouping(self) -> None:
        """Put them together the next way."""
        self.group.setCurrentIndex((self.group.currentIndex() + 1) % self.group.count())

    def show_single(self) -> None:
        """A box with a single choice needs no room."""
        for box in (self.scheme, self.role, self.coder):
            for widget in (box, self._labels[box]):
                widget.setVisible(box.count() > 1)

    def _grouping_words(self, one: Grouping) -> str:
        return {
            "episode": self.tr("episode"),
            "visit": self.tr("visit"),
            "age": self.tr("age"),
            "": self.tr("nothing"),
        }[one]
