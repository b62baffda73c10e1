"""Numbers on the left with what they mean, figures on the right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSplitter, QVBoxLayout, QWidget

from imhcode.ui import theme
from imhcode.ui.measures.choice_bar import ChoiceBar
from imhcode.ui.measures.figure_pane import FigurePane
from imhcode.ui.measures.number_rows import NumberLine
from imhcode.ui.measures.numbers_table import NumbersTable
from imhcode.ui.measures.parameters_row import ParametersRow
from imhcode.ui.widgets.choices import Choosable
from imhcode.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from imhcode.analysis.figures import Topic
    from imhcode.ui.measures.found import Found

_OVER_VISITS = "visit_slopes"


class MeasuresPage(QWidget):
    """Shows what was worked out; the sentence of the line that is stood on is below the table.

    Signals
    -------
    row_asked(object)
        A single number was opened.
    """

    row_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = ChoiceBar()
        self.parameters = ParametersRow()
        self.field = QLineEdit()
        self.table = NumbersTable()
        self.words = WrappedLabel()
        self.count = QLabel()
        self.figures = FigurePane()
        self.found: Found | None = None
        self._walking = True
        self._lay_out()
        self.choice.grouping_changed.connect(self._show_numbers)
        self.field.textChanged.connect(lambda _: self._show_numbers())
        self.table.line_chosen.connect(self._show_line)
        self.table.asked.connect(self.row_asked)

    def show_found(self, found: "Found | None", topics: "tuple[Topic, ...]" = ()) -> None:
        """Show other numbers, and offer their figures."""
        self.found = found
        if found is not None:
            self.figures.show_topics(topics, self._sessions(found))
        self._show_numbers()
        if found is None:
            self.figures.show_figure(None)

    @property
    def session_id(self) -> str:
        """The session one stands on: of the number, of the figure, or the only one; else empty."""
        row, found = self.table.row, self.found
        if row is not None and row.session_id:
            return row.session_id
        rows = list(found.rows) if found is not None else []
        topic = self.figures.topic
        if topic is not None and topic.single:
            rows = [one for one in rows if one.observation_id == self.figures.observation_id]
        ids = {one.session_id for one in rows if one.session_id}
        return ids.pop() if len(ids) == 1 else ""

    def clear_field(self) -> bool:
        """Show all measures again; whether some were hidden."""
        there = bool(self.field.text())
        self.field.clear()
        return there

    def _sessions(self, found: "Found") -> list[Choosable]:
        several = len({one.coder_id for one in found.rows if one.session_id}) > 1
        known = dict.fromkeys(
            (one.observation_id, one.session_id, one.coder_id)
            for one in found.rows
            if one.session_id
        )
        return [
            Choosable(observation_id, f"{session_id} · {coder}" if several else session_id)
            for observation_id, session_id, coder in known
        ]

    def _show_numbers(self) -> None:
        """By a grouping, and only those that are looked for."""
        self._walking = False  # nobody walks: the figure stays what it is
        self.table.show_found(self.found, self.choice.grouping, self.field.text())
        self._walking = True
        found = self.found
        if found is None:
            self.count.clear()
            return
        several = found.n_observations != 1
        words = (
            self.tr("{n} numbers of {all} observations")
            if several
            else self.tr("{n} numbers of one observation")
        )
        self.count.setText(words.format(n=self.table.numbers.n_numbers, all=found.n_observations))

    def _show_line(self, line: NumberLine | None) -> None:
        if line is None or self.found is None:
            self.words.say("")
            return
        self.words.say(self.found.words(line.measure_id).sentence)
        if self._walking:
            self._follow(line.measure_id)

    def _follow(self, measure_id: str) -> None:
        """Show the figure of a measure, if it has one that says more than the number."""
        topics = [one for one in self.found.topics if one.about == measure_id] if self.found else []
        shown = self.figures.topic
        if not topics or (shown is not None and shown.about == measure_id):
            return
        several = self.found is not None and self.found.n_observations > 1
        if topics[0].kind != _OVER_VISITS or several:
            self.figures.choose(topics[0].id)

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        self.field.setPlaceholderText(self.tr("Find a measure"))
        self.field.setAccessibleName(self.tr("Find a measure"))
        self.field.setClearButtonEnabled(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAccessibleName(self.tr("What was computed"))
        self.words.setContentsMargins(unit * 2, unit, unit * 2, unit)
        head = QHBoxLayout()
        head.setContentsMargins(unit * 2, unit, unit, unit)
        head.setSpacing(unit * 2)
        head.addWidget(self.field, 1)
        head.addWidget(self.count)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(left)
        across.addWidget(self.figures)
        across.setChildrenCollapsible(False)
        across.setStretchFactor(0, 1)
        across.setStretchFactor(1, 1)
        across.setSizes([696, 584])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.choice)
        whole.addWidget(self.parameters)
        whole.addWidget(across, 1)
