"""One family over time: moments, the parent's words, goals; two moments side by side."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from imhcode.ui import theme
from imhcode.ui.family.host import Host
from imhcode.ui.family.over_time import Meeting, OverTime, moment_words
from imhcode.ui.family.rows import Rows
from imhcode.ui.family.side_by_side import SideBySide
from imhcode.ui.family.words import clock_words, moment_status_words
from imhcode.ui.widgets.airy_rows import AiryRows
from imhcode.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from imhcode.domain.moment import Moment
    from imhcode.ui.family.record import FamilyRecord

_ID = Qt.ItemDataRole.UserRole


class MomentTree(QTreeWidget):
    """Days, and the moments of each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(3)
        self.setHeaderLabels([self.tr("day"), self.tr("what there is"), self.tr("how it stands")])
        self.setAccessibleName(self.tr("Sessions, visits and their moments"))
        self.setItemDelegate(AiryRows(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)

    @property
    def moment_id(self) -> str:
        """Id of the moment that is stood on; empty for none."""
        item = self.currentItem()
        return str(item.data(0, _ID) or "") if item is not None else ""

    def show_meetings(self, meetings: list[Meeting]) -> None:
        """Show other days; the moment that is stood on stays so."""
        before = self.moment_id
        self.clear()
        dim = QColor(theme.current().text_dim)
        for one in meetings:
            top = QTreeWidgetItem([self._day_words(one), self._count_words(one), one.by_status])
            top.setToolTip(1, top.text(1))
            self.addTopLevelItem(top)
            for moment in one.moments:
                end_us = moment.onset_us if moment.offset_us is None else moment.offset_us
                where = f"{clock_words(moment.onset_us)}–{clock_words(end_us)}"
                what = " · ".join(dict.fromkeys((moment.title, moment.code_label)))
                item = QTreeWidgetItem([where, what, moment_status_words(moment.status)])
                item.setData(0, _ID, moment.id)
                item.setForeground(2, dim)
                item.setToolTip(1, what)
                top.addChild(item)
                if moment.id == before:
                    self.setCurrentItem(item)
        self.expandAll()
        first = self.topLevelItem(0)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first.child(0) or first)

    def _day_words(self, one: Meeting) -> str:
        visit = self.tr("visit {visit}").format(visit=one.label) if one.label else ""
        day = one.day or self.tr("no day")
        return " · ".join(part for part in (day, one.session_id, visit) if part)

    def _count_words(self, one: Meeting) -> str:
        if one.session_id:
            return one.by_kind or self.tr("no moments yet")
        noted = one.by_kind or self.tr("nothing noted yet")
        return self.tr("watched together: {noted}").format(noted=noted)


class VisitsPage(QWidget):
    """Days and moments at the left, words and goals at the right, two players below."""

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._record: FamilyRecord | None = None
        self.over_time: OverTime | None = None
        self.words = WrappedLabel()
        self.tree = MomentTree()
        self.said = Rows(
            self.tr("In the parent’s words"),
            [self.tr("day"), self.tr("visit"), self.tr("words"), self.tr("kind")],
            wide=(2,),
        )
        self.goals = Rows(
            self.tr("Goals, and what was tried"),
            [
                self.tr("day"),
                self.tr("goal"),
                self.tr("how it stands"),
            ],
            wide=(1, 2),
        )
        self.stage = SideBySide()
        self.stage.hide()
        self._lay_out()
        self.tree.itemActivated.connect(lambda *_: self.put_next())
        self.stage.away_asked.connect(self.put_stage_away)

    def show_record(self, record: "FamilyRecord | None") -> None:
        """Show a family as it is by now."""
        if record is None:
            self.close_study()
            return
        if self._record is not None and self._record.dyad_id != record.dyad_id:
            self.close_stage()
        self._record = record
        self.over_time = OverTime(record)
        self.words.say(
            self.tr("Enter plays a moment; the next one plays beside it. Counts only, no scores.")
        )
        self.tree.show_meetings(self.over_time.meetings)
        self.said.show_rows(self.over_time.said)
        self.goals.show_rows(self.over_time.goals)

    def take_focus(self) -> None:
        """Give the keys to the moments."""
        self.tree.setFocus()

    def put(self, side: int) -> None:
        """Play the moment that is stood on at the left (0) or at the right (1)."""
        record, found = self._record, self._current()
        if record is None or found is None:
            self._host.say(self.tr("Stand on a moment first."))
            return
        self.stage.show()
        self.stage.sides[side].show_moment(
            record.study, found, moment_words(found, self._day(found))
        )

    def put_next(self) -> None:
        """Play the moment where there is room: at the left first, then at the right."""
        if self._current() is not None:
            self.put(1 if self.stage.sides[0].moment is not None else 0)

    def put_stage_away(self) -> bool:
        """Let go of both players; whether they were there."""
        there = not self.stage.isHidden()
        self.close_stage()
        if there:
            self.tree.setFocus()
        return there

    def close_stage(self) -> None:
        """Let go of both recordings."""
        self.stage.hide()
        self.stage.clear()

    def pause(self) -> None:
        """Let both stand still."""
        self.stage.pause()

    def close_study(self) -> None:
        """Let go of the family."""
        self.close_stage()
        self._record = self.over_time = None
        self.tree.clear()

    def _current(self) -> "Moment | None":
        moment_id = self.tree.moment_id
        return self.over_time.moment(moment_id) if self.over_time and moment_id else None

    def _day(self, moment: "Moment") -> str:
        meetings = self.over_time.meetings if self.over_time else []
        return next((one.day for one in meetings if one.session_id == moment.session_id), "")

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        self.words.setContentsMargins(unit * 2, unit, unit * 2, unit)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(_titled(self.tr("In the parent’s words"), self.said))
        right.addWidget(_titled(self.tr("Goals, and what was tried"), self.goals))
        right.setChildrenCollapsible(False)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(_titled(self.tr("Sessions, visits and their moments"), self.tree))
        across.addWidget(right)
        across.setChildrenCollapsible(False)
        across.setSizes([740, 540])
        down = QSplitter(Qt.Orientation.Vertical)
        down.addWidget(across)
        down.addWidget(self.stage)
        down.setChildrenCollapsible(False)
        down.setSizes([300, 400])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.words)
        whole.addWidget(down, 1)


def _titled(words: str, widget: QWidget) -> QWidget:
    unit = theme.UNIT_PX
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setContentsMargins(unit * 2, unit, unit * 2, unit)
    column.addWidget(label)
    column.addWidget(widget, 1)
    return whole
