"""What destroying a recording would do, said before; a word to be typed; the certificate after."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imhcode.services.deleting import Plan, delete_recording, planned
from imhcode.ui import theme
from imhcode.ui.family.errors import CertificateTrouble
from imhcode.ui.family.host import Host
from imhcode.ui.family.rows import Row, Rows
from imhcode.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from imhcode.domain.retention import Deletion
    from imhcode.ui.family.record import FamilyRecord


class DeletingPage(QWidget):
    """Recordings of the session; for the one that is stood on, what goes and what stays.

    Signals
    -------
    deleting(str)
        The recording with this id goes now: whoever has it open lets go.
    deleted()
        It is gone, or could not be destroyed.
    """

    deleting = Signal(str)
    deleted = Signal()

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._record: FamilyRecord | None = None
        self._plan: Plan | None = None
        self.done: Deletion | None = None
        self.recordings = Rows(
            self.tr("Recordings of the session"), [self.tr("recording"), self.tr("file")], wide=(1,)
        )
        self.text = QPlainTextEdit()
        self.keep_coding = QCheckBox(self.tr("Keep what was coded, with its times"))
        self.word = QLineEdit()
        self.go = QPushButton(self.tr("Destroy it for good"))
        self.save = QPushButton(self.tr("Save the certificate… · Ctrl+S"))
        self.words = WrappedLabel()
        self._lay_out()
        self.recordings.asked.connect(self.look)
        self.recordings.chosen.connect(self._forget_plan)
        self.keep_coding.toggled.connect(lambda _: self._show_plan())
        self.word.textChanged.connect(lambda _: self._offer())
        self.word.returnPressed.connect(self._destroy)
        self.go.clicked.connect(self._destroy)
        self.save.clicked.connect(self.save_certificate)

    @property
    def confirmation(self) -> str:
        """The word that has to be typed."""
        return self.tr("destroy")

    def show_record(self, record: "FamilyRecord | None") -> None:
        """Show the recordings of another session; nothing is looked at yet."""
        self._record, self._plan, self.done = record, None, None
        rows = []
        for one in record.recordings if record is not None else ():
            path = record.study.path_of(one) if record is not None else Path()
            rows.append(Row(one.id, (path.stem, str(path))))
        self.recordings.show_rows(rows)
        self.keep_coding.setChecked(True)
        self.words.say(
            self.tr("Enter on a recording says what would go and what would stay.")
            if rows
            else self.tr("This session has no recording.")
        )
        self._show_plan()

    def take_focus(self) -> None:
        """Give the keys to the recordings."""
        self.recordings.setFocus()

    def look(self, recording_id: str) -> None:
        """Work out what destroying a recording would do; nothing is touched."""
        record = self._record
        if record is None:
            return
        self.done = None

        self.text.setPlainText(
            self.tr("Reading all of the recording, to be sure that it is the one that was added…")
        )
        self.text.viewport().repaint()  # before it is read, which may take a while

        def plan() -> None:
            self._plan = planned(record.study, recording_id)

        self._plan = None
        planned_well = self._host.attempt(plan)
        self._show_plan()
        if planned_well:
            self.word.setFocus()

    def save_certificate(self) -> None:
        """Ask where the certificate is to lie, and write it there."""
        if self.done is None:
            return
        beside = self._record.study.path.parent if self._record else Path()
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the certificate"),
            str(beside / f"destroyed-{self.done.recording_id}.txt"),
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the certificate to a file."""
        if self.done is None:
            return
        certificate = self.done.certificate

        def write() -> None:
            try:
                path.write_text(certificate, encoding="utf-8")
            except OSError as failure:
                raise CertificateTrouble(path=path, why=failure.strerror or failure) from failure

        if self._host.attempt(write):
            self._host.say(self.tr("The certificate lies in {path}.").format(path=path))

    # -- inside ------------------------------------------------------------------------------

    def _forget_plan(self, recording_id: str) -> None:
        if self._plan is not None and self._plan.recording.id != recording_id:
            self._plan = None
            self._show_plan()

    def _show_plan(self) -> None:
        plan = self._plan
        if self.done is not None:
            self.text.setPlainText(self.done.certificate)
        elif plan is None:
            self.text.setPlainText("")
        else:
            self.text.setPlainText("\n".join(self._plan_lines(plan)))
        self.word.clear()
        asked = plan is not None and self.done is None
        for widget in (self.keep_coding, self.word, self.go):
            widget.setEnabled(asked)
        self.save.setVisible(self.done is not None)
        self._offer()

    def _plan_lines(self, plan: Plan) -> list[str]:
        lines = [self.tr("This would be destroyed and cannot be brought back:"), ""]
        lines += [f"- {one}" for one in plan.originals]
        if not plan.originals:
            lines.append(self.tr("- the recording’s file is not there any more"))
        for one in plan.derived:
            words = self.tr("- {path}, worked out from it: index, waveform or spectrogram")
            lines.append(words.format(path=one))
        lines += ["", self.tr("This would stay:"), ""]
        if self.keep_coding.isChecked():
            lines.append(self.tr("- what was coded in the session, with its times"))
        else:
            lines.append(self.tr("- the study’s log, which still says what was coded"))
        lines += [f"- {one}" for one in plan.left]
        for clip in plan.clips:
            words = self.tr("- the clip {name}, made on {day}: see to it by hand")
            lines.append(words.format(name=clip.file_name, day=clip.made_on or "–"))
        lines.append(self.tr("- copies made elsewhere, of which the program knows nothing"))
        return lines

    def _offer(self) -> None:
        typed = self.word.text().strip().casefold() == self.confirmation.casefold()
        self.go.setEnabled(self._plan is not None and self.done is None and typed)

    def _destroy(self) -> None:
        record, plan = self._record, self._plan
        if record is None or plan is None or not self.go.isEnabled():
            return
        recording_id = plan.recording.id
        self.deleting.emit(recording_id)

        def destroy() -> None:
            self.done = delete_recording(
                record.study,
                recording_id,
                record.coder_id,
                keep_coding=self.keep_coding.isChecked(),
                really=True,
            )

        if self._host.attempt(destroy):
            self._plan = None
            self._show_plan()
            self._host.say(self.tr("The recording was destroyed. The certificate is kept too."))
            self.save.setFocus()
        self.deleted.emit()

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(unit * 2 - 4)  # as far in as the lists
        self.text.setAccessibleName(self.tr("What goes and what stays"))
        words = self.tr("Type “{word}”").format(word=self.confirmation)
        self.word.setAccessibleName(words)
        self.words.setContentsMargins(unit * 2, unit, unit * 2, unit)
        self.recordings.setMaximumHeight(unit * 20)
        form = QFormLayout()
        form.setSpacing(unit)
        form.addRow("", self.keep_coding)
        form.addRow(words, self.word)
        buttons = QHBoxLayout()
        buttons.setSpacing(unit)
        buttons.addWidget(self.go)
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        below = QVBoxLayout()
        below.setContentsMargins(unit * 2, unit, unit * 2, unit * 2)
        below.setSpacing(unit)
        below.addLayout(form)
        below.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(self.recordings)
        column.addWidget(self.text, 1)
        column.addLayout(below)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
