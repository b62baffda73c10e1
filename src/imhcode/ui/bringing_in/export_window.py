"""The window in which the study is exported: which program, and what it cannot hold."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.services.exporting import export, losses
from imhcode.services.format_choice import writable
from imhcode.services.studies import StudyService
from imhcode.ui import theme
from imhcode.ui.messages import said
from imhcode.ui.widgets.message_strip import MessageStrip
from imhcode.ui.widgets.wrapped_label import WrappedLabel


@dataclass(frozen=True, slots=True)
class ToExport:
    """The open study, the session that is open in it, and where files may go."""

    study: StudyService
    session: str
    folder: Callable[[str], Path]


class ExportWindow(QWidget):
    """One format at a time; what is lost stands there before anything is written.

    Signals
    -------
    exported(str)
        A sentence that says what was written.
    """

    exported = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._what: ToExport | None = None
        self.formats = QComboBox()
        self.only_session = QCheckBox()
        self.losses = QListWidget()
        self.go = QPushButton(self.tr("Export…"))
        self.done = QPushButton(self.tr("Close"))
        self.strip = MessageStrip()
        self._lay_out()
        self.formats.activated.connect(lambda _: self.show_losses())
        self.only_session.clicked.connect(lambda _: self.show_losses())
        self.go.clicked.connect(self._ask)
        self.done.clicked.connect(self.close)
        self.setWindowTitle(self.tr("Export"))
        self.resize(640, 480)

    def open(self, what: ToExport) -> None:
        """Offer every format for this study."""
        self._what = what
        before = self.formats.currentData()
        self.formats.clear()
        for one in writable():
            self.formats.addItem(one.label, one.name)
        self.formats.setCurrentIndex(max(self.formats.findData(before or "csv"), 0))
        words = self.tr("Only the session {session}")
        self.only_session.setText(words.format(session=what.session))
        self.strip.clear()
        self.show_losses()
        self.formats.setFocus()

    def close_study(self) -> None:
        """The study is being closed."""
        self._what = None
        self.close()

    def choose(self, name: str) -> None:
        """Choose a format by its name."""
        self.formats.setCurrentIndex(self.formats.findData(name))
        self.show_losses()

    def show_losses(self) -> None:
        """Say what the chosen format cannot hold."""
        if self._what is None:
            return
        self.losses.clear()
        try:
            lost = losses(self._what.study, self.formats.currentData(), session=self._session())
        except ImhcodeError as error:
            self._say(error)
            return
        for one in lost:
            self.losses.addItem(f"{one.what} ({one.count}): {one.how}")
        if not lost:
            self.losses.addItem(self.tr("Nothing: this format holds all of it."))

    def export_to(self, to: Path) -> None:
        """Write the files."""
        if self._what is None:
            return
        name = self.formats.currentData()
        try:
            written = export(self._what.study, name, to, session=self._session())
        except ImhcodeError as error:
            self._say(error)
            return
        words = self.tr("{n} files written to {folder}.").format(n=len(written), folder=to)
        self.strip.say(words)
        self.exported.emit(words)

    def _session(self) -> str | None:
        chosen = self._what is not None and self.only_session.isChecked()
        return self._what.session if chosen and self._what else None

    def _ask(self) -> None:
        if self._what is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export to this folder, which is made if it is not there"),
            str(self._what.folder(f"-{self.formats.currentData()}")),
            options=QFileDialog.Option.DontConfirmOverwrite,  # a folder that is there is fine
        )
        if name:
            self.export_to(Path(name))

    def _say(self, error: ImhcodeError) -> None:
        self.strip.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        self.formats.setAccessibleName(self.tr("Format"))
        self.losses.setAccessibleName(self.tr("What this format cannot hold"))
        self.losses.setWordWrap(True)
        self.go.setDefault(True)
        form = QFormLayout()
        form.setSpacing(unit)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("Format"), self.formats)
        form.addRow("", self.only_session)
        buttons = QHBoxLayout()
        buttons.setSpacing(unit)
        buttons.addStretch(1)
        buttons.addWidget(self.done)
        buttons.addWidget(self.go)
        inner = QVBoxLayout()
        inner.setContentsMargins(unit * 2, unit * 2, unit * 2, unit * 2)
        inner.setSpacing(unit)
        inner.addLayout(form)
        inner.addSpacing(unit)
        inner.addWidget(WrappedLabel(self.tr("What this format cannot hold")))
        inner.addWidget(self.losses, 1)
        inner.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(inner, 1)
        column.addWidget(self.strip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
