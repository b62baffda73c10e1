"""The figures of what is chosen: one at a time, live, with the numbers behind it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from imhcode.ui import theme
from imhcode.ui.measures.figure_view import FigureView
from imhcode.ui.measures.numbers_model import number_words
from imhcode.ui.widgets.airy_rows import AiryRows
from imhcode.ui.widgets.choices import Choosable, fill
from imhcode.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from imhcode.analysis.figure import Figure
    from imhcode.analysis.figures import Topic

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class FigurePane(QWidget):
    """Passive: it shows the figure it is given and asks for others.

    Signals
    -------
    wanted()
        Another figure, or that of another session, was chosen.
    asked(object)
        A mark was opened.
    export_asked()
        The figure is to be written to files.
    """

    wanted = Signal()
    asked = Signal(object)
    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topics: dict[str, Topic] = {}
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(self.tr("Figure"))
        self.chooser.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.session = QComboBox()
        self.session.setAccessibleName(self.tr("Session of the figure"))
        self.back, self.on = QToolButton(), QToolButton()
        self.data = QToolButton()
        self.export = QPushButton(self.tr("Export…"))
        self.view = FigureView()
        self.table = QTableView()
        self.rows = _RowsBehind(self)
        self.caption = WrappedLabel()
        self.stack = QStackedWidget()
        self._lay_out()
        self.chooser.activated.connect(lambda _: self._choose())
        self.session.activated.connect(lambda _: self.wanted.emit())
        self.back.clicked.connect(lambda: self.step(-1))
        self.on.clicked.connect(lambda: self.step(1))
        self.data.toggled.connect(self._show_data)
        self.export.clicked.connect(self.export_asked)
        self.view.asked.connect(self.asked)

    # -- what can be shown -------------------------------------------------------------------

    def show_topics(self, topics: "Sequence[Topic]", sessions: Sequence[Choosable]) -> None:
        """Offer figures, and the sessions of which some show one; what was chosen stays so."""
        self._topics = {one.id: one for one in topics}
        fill(self.chooser, [Choosable(one.id, one.label) for one in topics])
        fill(self.session, sessions)
        self._show_session_box()

    @property
    def topic(self) -> "Topic | None":
        """The figure that is chosen."""
        return self._topics.get(self.chooser.currentData() or "")

    @property
    def observation_id(self) -> str:
        """Of which observation, where a figure shows one."""
        return self.session.currentData() or ""

    def choose(self, topic_id: str) -> None:
        """Choose a figure."""
        at = self.chooser.findData(topic_id)
        if at >= 0 and at != self.chooser.currentIndex():
            self.chooser.setCurrentIndex(at)
            self._choose()

    def step(self, by: int) -> None:
        """The next figure, or the one before; round and round."""
        n = self.chooser.count()
        if n:
            self.chooser.setCurrentIndex((self.chooser.currentIndex() + by) % n)
            self._choose()

    def toggle_data(self) -> None:
        """The figure, or the numbers behind it."""
        self.data.toggle()

    # -- what is shown -----------------------------------------------------------------------

    def show_figure(self, figure: "Figure | None", nothing: str = "") -> None:
        """Show a figure with its sentence, or why there is none."""
        self.view.show_figure(figure, nothing)
        self.rows.show_figure(figure)
        self.caption.say(figure.caption if figure is not None and figure.panels else "")
        self.export.setEnabled(self.view.figure is not None)

    def _choose(self) -> None:
        self._show_session_box()
        self.wanted.emit()

    def _show_session_box(self) -> None:
        topic = self.topic
        self.session.setVisible(topic is not None and topic.single and self.session.count() > 1)

    def take_focus(self) -> None:
        """Give the keys to the figure, or to the numbers behind it."""
        shown = self.table if self.data.isChecked() else self.view
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_data(self, on: bool) -> None:
        self.stack.setCurrentWidget(self.table if on else self.view)
        self.table.resizeColumnsToContents()
        self.take_focus()

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        for button, words, name in (
            (self.back, "‹", self.tr("The figure before")),
            (self.on, "›", self.tr("The next figure")),
            (self.data, self.tr("Numbers"), self.tr("The numbers behind the figure")),
        ):
            button.setText(words)
            button.setAccessibleName(name)
            button.setToolTip(name)
        self.data.setCheckable(True)
        self.export.setToolTip(self.tr("Write the figure as SVG, PDF and PNG, with its numbers"))
        head = QHBoxLayout()
        head.setContentsMargins(unit, unit, unit, unit)
        head.setSpacing(unit)
        title = QLabel(self.tr("&Figure"))
        title.setBuddy(self.chooser)
        for widget in (title, self.chooser, self.session, self.back, self.on, self.data):
            head.addWidget(widget, 1 if widget is self.chooser else 0)
        head.addWidget(self.export)
        self.table.setModel(self.rows)
        self.table.setAccessibleName(self.tr("The numbers behind the figure"))
        self.table.setItemDelegate(AiryRows(self))
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.table)
        self.caption.setContentsMargins(unit * 2, unit, unit * 2, unit)
        self.caption.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        column.addWidget(self.caption)


class _RowsBehind(QAbstractTableModel):
    """The numbers of a figure as they are written beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None

    def show_figure(self, figure: "Figure | None") -> None:
        """Those of another figure."""
        self.beginResetModel()
        self._figure = figure
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() or self._figure is None else len(self._figure.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() or self._figure is None else len(self._figure.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole and self._figure is not None:
            return self._figure.columns[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._figure is None:
            return None
        value = self._figure.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return value if isinstance(value, str) else number_words(value)
        if role == Qt.ItemDataRole.TextAlignmentRole and not isinstance(value, str):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None
