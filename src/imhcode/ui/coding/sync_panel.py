"""The panel in which a camera is laid on the session clock; it never stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.study import Recording
from imhcode.domain.timecode import as_decimal
from imhcode.ui import theme

SMALLEST_PX = 160  #: what does not fit is scrolled: the panel makes no window grow
STILL_PX = 128  #: width of the picture kept from the first of two marked moments


@dataclass(frozen=True, slots=True)
class ProposalWords:
    """What the sound says, in words, and whether it can be looked at before it is taken."""

    words: str
    can_be_looked_at: bool


class SyncPanel(QFrame):
    """Offset, nudges, the same moment in two pictures, a proposal from the sound, undo.

    Passive: values go in by ``show_`` methods, requests come out as signals.

    Signals
    -------
    camera_chosen(str)
        The recording whose offset is meant.
    offset_typed(str)
        Text in the offset field.
    nudge_asked(int)
        So many frames later.
    mark_asked(), unmark_asked()
        The moment on the leading camera's picture; forget the first moment.
    proposal_asked(), proposal_taken(), proposal_left()
        Compare the sound; keep what it says; or not.
    preview_asked(bool)
        Show the cameras as proposed, without saving.
    undo_asked(), redo_asked(), close_asked()
    """

    camera_chosen = Signal(str)
    offset_typed = Signal(str)
    nudge_asked = Signal(int)
    mark_asked = Signal()
    unmark_asked = Signal()
    proposal_asked = Signal()
    proposal_taken = Signal()
    proposal_left = Signal()
    preview_asked = Signal(bool)
    undo_asked = Signal()
    redo_asked = Signal()
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Sync cameras"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.UNIT_PX, theme.UNIT_PX, theme.UNIT_PX, theme.UNIT_PX)
        column.setSpacing(theme.UNIT_PX)
        column.addLayout(self._heading())
        column.addLayout(self._offset_rows())
        column.addLayout(self._moment_rows())
        column.addLayout(self._sound_rows())
        column.addStretch()
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.setMinimumHeight(SMALLEST_PX)
        self.show_marked("", None)
        self.show_mark_words("", can_mark=False)
        self.show_proposal(None)

    # -- values in ---------------------------------------------------------------------------

    def show_cameras(self, recordings: Sequence[Recording], chosen_id: str) -> None:
        """Offer the session's cameras; the offset shown is that of the chosen one."""
        self._camera.blockSignals(True)
        self._camera.clear()
        for recording in recordings:
            self._camera.addItem(Path(recording.path).stem, recording.id)
            if recording.id == chosen_id:
                self._camera.setCurrentIndex(self._camera.count() - 1)
        self._camera.blockSignals(False)
        chosen = next((one for one in recordings if one.id == chosen_id), None)
        if chosen is not None:
            self.offset.setText(as_decimal(chosen.offset_us, 1_000_000))

    def show_history(self, *, can_undo: bool, can_redo: bool) -> None:
        """Say whether there is something to take back or to bring back."""
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)

    def show_mark_words(self, words: str, *, can_mark: bool) -> None:
        """Say what marking the leading camera's picture means now."""
        self.mark.setText(words or self.tr("Mark this moment"))
        self.mark.setEnabled(can_mark)

    def show_marked(self, words: str, still: QPixmap | None) -> None:
        """Keep the first of two moments in sight; empty words when there is none."""
        self._marked.setText(words)
        self._marked.setVisible(bool(words))
        self._still.setVisible(still is not None)
        if still is not None:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._still.setPixmap(still.scaledToWidth(STILL_PX, smooth))
        self.unmark.setVisible(bool(words))

    def show_listening(self) -> None:
        """Say that the sound is being compared."""
        self.propose.setEnabled(False)
        self.propose.setText(self.tr("Listening…"))

    def show_proposal(self, proposal: ProposalWords | None) -> None:
        """Say what the sound proposes, to be looked at, taken or left; or put that away."""
        self.propose.setEnabled(True)
        self.propose.setText(self.tr("Propose from the sound"))
        self._proposal.setText("" if proposal is None else proposal.words)
        for widget in (self._proposal, self.preview, self.take, self.leave):
            widget.setVisible(proposal is not None)
        self.preview.setChecked(False)
        self.preview.setEnabled(proposal is not None and proposal.can_be_looked_at)

    def show_answer(self, words: str) -> None:
        """Say why there is no proposal."""
        self.show_proposal(None)
        self._proposal.setText(words)
        self._proposal.setVisible(True)

    # -- inside ------------------------------------------------------------------------------

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        title = QLabel(self.tr("Sync cameras"))
        title.setFont(theme.title(self.font()))
        self.undo = _tool(self.tr("Undo"), self.undo_asked.emit)
        self.redo = _tool(self.tr("Redo"), self.redo_asked.emit)
        close = _tool(self.tr("Close"), self.close_asked.emit)
        row.addWidget(title, 1)
        for button in (self.undo, self.redo, close):
            row.addWidget(button)
        return row

    def _offset_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.UNIT_PX)
        self._camera = QComboBox()
        self._camera.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._camera.setAccessibleName(self.tr("Camera"))
        self._camera.activated.connect(
            lambda at: self.camera_chosen.emit(str(self._camera.itemData(at)))
        )
        self.offset = QLineEdit()
        self.offset.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.offset.setAccessibleName(self.tr("Seconds by which the camera starts later"))
        self.offset.returnPressed.connect(self._typed)
        self.earlier = _tool(self.tr("−1 frame"), lambda: self.nudge_asked.emit(-1))
        self.later = _tool(self.tr("+1 frame"), lambda: self.nudge_asked.emit(1))
        starts = QLabel(self.tr("starts at"))
        starts.setBuddy(self.offset)
        seconds = QLabel(self.tr("s"))
        grid.addWidget(self._camera, 0, 0, 1, 5)
        for at, widget in enumerate((starts, self.offset, seconds, self.earlier, self.later)):
            grid.addWidget(widget, 1, at)
        grid.setColumnStretch(1, 1)
        return grid

    def _moment_rows(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.UNIT_PX // 2)
        self.mark = QPushButton()
        self.mark.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.mark.clicked.connect(self.mark_asked)
        self._marked, self._still = _words(), QLabel()
        self.unmark = _tool(self.tr("Forget it"), self.unmark_asked.emit)
        row = QHBoxLayout()
        row.addWidget(self._still)
        row.addWidget(self._marked, 1)
        row.addWidget(self.unmark)
        column.addWidget(self.mark)
        column.addLayout(row)
        return column

    def _sound_rows(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.UNIT_PX // 2)
        self.propose = QPushButton()
        self.propose.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.propose.clicked.connect(self.proposal_asked)
        self._proposal = _words()
        self.preview = _tool(self.tr("Look at it"), lambda: None)
        self.preview.setCheckable(True)
        self.preview.toggled.connect(self.preview_asked)
        self.take = _tool(self.tr("Take it"), self.proposal_taken.emit)
        self.leave = _tool(self.tr("Leave it"), self.proposal_left.emit)
        row = QHBoxLayout()
        for button in (self.preview, self.take, self.leave):
            row.addWidget(button)
        row.addStretch()
        column.addWidget(self.propose)
        column.addWidget(self._proposal)
        column.addLayout(row)
        return column

    def _typed(self) -> None:
        self.offset.clearFocus()
        self.offset_typed.emit(self.offset.text())


def _tool(words: str, act: object) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _=False: act())  # type: ignore[operator]
    return button


def _words() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
