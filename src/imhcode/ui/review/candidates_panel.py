"""Moments proposed from what was coded: found by a query, looked at, and taken over or not."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.timecode import US_PER_S
from imhcode.ui import theme
from imhcode.ui.review.moment_words import clock_words
from imhcode.ui.widgets.airy_rows import AiryRows
from imhcode.ui.widgets.choices import combo

if TYPE_CHECKING:
    from imhcode.domain.scheme import Scheme
    from imhcode.services.review import FoundIn
    from imhcode.services.studies import StudyService


class CandidatesPanel(QWidget):
    """Asks what was coded, shows what is found, and gives what is ticked to the review.

    Signals
    -------
    asked(str)
        Look for what this query says.
    look_asked(int, int)
        Play this stretch, µs of the session.
    taken(list of FoundIn, str)
        Make moments of these, of the kind with this id.
    left()
        Back to the moments.
    """

    asked = Signal(str)
    look_asked = Signal(int, int)
    taken = Signal(object, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[FoundIn, ...] = ()
        self.query = QComboBox()
        self.query.setEditable(True)
        self.query.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.query.setAccessibleName(self.tr("What to look for"))
        self.query.activated.connect(lambda _: self.search())
        line = self.query.lineEdit()
        if line is not None:
            line.returnPressed.connect(self.search)
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setHeaderLabels([self.tr("When"), self.tr("Why")])
        self.list.setRootIsDecorated(False)
        self.list.setItemDelegate(AiryRows(self.list))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemActivated.connect(lambda *_: self.look())
        self.kind = combo(self.tr("Kind of moment"))
        self.words = QLabel()
        self.words.setWordWrap(True)
        take = QPushButton(self.tr("Make moments of what is ticked"))
        take.clicked.connect(self.take)
        leave = QPushButton(self.tr("Back"))
        leave.clicked.connect(self.left)
        below = QHBoxLayout()
        below.addWidget(self.kind)
        below.addWidget(take)
        below.addStretch()
        below.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.UNIT_PX] * 4)
        column.addWidget(self.query)
        column.addWidget(self.list, 1)
        column.addWidget(self.words)
        column.addLayout(below)

    def open(self, study: "StudyService", session_id: str, review: "Scheme", kind: str) -> None:
        """Offer the queries that the session's schemes have words for."""
        from imhcode.analysis.candidate_queries import presets  # noqa: PLC0415

        schemes = study.schemes()
        coded = {one.scheme_hash for one in study.session(session_id).observations}
        self.query.clear()
        for content_hash in coded:
            for name, query in presets(schemes[content_hash]).items():
                if self.query.findData(name) < 0:
                    self.query.addItem(query.name, name)
        self.query.setCurrentIndex(-1)
        self.query.setEditText("")
        self.kind.clear()
        track = next(one for one in review.tracks if one.code(kind) is not None)
        for code in track.codes:
            self.kind.addItem(code.label, code.id)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.show_found(())
        self.words.setText(
            self.tr("Choose what to look for, or write such as “dyad_state/attuned >8s”.")
        )
        self.query.setFocus()

    def search(self) -> None:
        """Ask for what is chosen or written."""
        at = self.query.findText(self.query.currentText())
        text = str(self.query.itemData(at)) if at >= 0 else self.query.currentText().strip()
        if text:
            self.asked.emit(text)

    def show_found(self, found: "tuple[FoundIn, ...]") -> None:
        """Show what was found, all of it ticked."""
        self._found = found
        self.list.clear()
        for one in found:
            candidate = one.candidate
            length = (candidate.offset_us - candidate.onset_us) / US_PER_S
            when = f"{clock_words(candidate.onset_us)}, {length:.1f} s"
            item = QTreeWidgetItem([when, candidate.why])
            item.setCheckState(0, Qt.CheckState.Checked)
            self.list.addTopLevelItem(item)
        self.words.setText(self.tr("{n} found. Enter plays one, Space ticks.").format(n=len(found)))
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
            self.list.setFocus()

    def look(self) -> None:
        """Play the one that is looked at."""
        item = self.list.currentItem()
        row = -1 if item is None else self.list.indexOfTopLevelItem(item)
        if row >= 0:
            candidate = self._found[row].candidate
            self.look_asked.emit(candidate.onset_us, candidate.offset_us)

    def tick(self) -> None:
        """Tick the one that is looked at, or no longer."""
        item = self.list.currentItem()
        if item is not None:
            ticked = item.checkState(0) == Qt.CheckState.Checked
            item.setCheckState(0, Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def take(self) -> None:
        """Give what is ticked to the review."""
        items = [self.list.topLevelItem(row) for row in range(len(self._found))]
        ticked = [
            one
            for one, item in zip(self._found, items, strict=True)
            if item is not None and item.checkState(0) == Qt.CheckState.Checked
        ]
        if ticked:
            self.taken.emit(ticked, str(self.kind.currentData()))
