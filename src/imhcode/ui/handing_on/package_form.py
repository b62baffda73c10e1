"""The window in which a package for supervision is put together."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from imhcode.domain.errors import ImhcodeError
from imhcode.domain.timecode import as_clock
from imhcode.services.review import FOR_THE_FAMILY, moments
from imhcode.services.supervision import (
    PackageMade,
    PackageWish,
    PlannedPackage,
    planned,
    registered,
    write_package,
)
from imhcode.settings import Settings
from imhcode.ui import theme
from imhcode.ui.handing_on.small_form import SmallForm
from imhcode.ui.languages.speaking import persons_language
from imhcode.ui.long_work import LongWork
from imhcode.ui.open_study import OpenStudy
from imhcode.ui.widgets.airy_rows import AiryRows
from imhcode.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from imhcode.ui.long_work import Progress, Wanted


class PackageForm(SmallForm):
    """Which moments, private notes or not, sound or not, until when, behind which passphrase."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            QApplication.translate("PackageForm", "Package for supervision"),
            QApplication.translate("PackageForm", "Make the package…"),
            parent,
        )
        self._study: OpenStudy | None = None
        self._settings = Settings()
        self._work: LongWork | None = None
        self.moments = QListWidget()
        self.moments.setItemDelegate(AiryRows(self.moments))
        self.notes = QCheckBox(self.tr("Comments and private notes go along"))
        self.sound = QCheckBox(self.tr("With sound"))
        self.last_day = QLineEdit()
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        self.progress = ProgressStrip()
        self.last_day.setPlaceholderText(self.tr("90 days from now, or year-month-day"))
        self.passphrase.setPlaceholderText(self.tr("Empty: not encrypted"))
        for line in (self.passphrase, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self.add(self.tr("Moments"), self.moments)
        self.add("", self.notes)
        self.add("", self.sound)
        self.add(self.tr("Last day"), self.last_day)
        self.add(self.tr("Passphrase"), self.passphrase)
        self.add(self.tr("Once more"), self.again)
        for box in (self.notes, self.sound):
            box.setAccessibleName(box.text())
        self.meaning.say(
            self.tr(
                "One folder with a clip of each moment, its title, question, goal and the "
                "child's words. Everybody in it must have agreed to supervision. After the last "
                "day the program opens it no more; that is a rule and not a lock."
            )
        )
        self.column.insertWidget(1, self.progress)
        self.progress.cancel_asked.connect(self.stop)
        self.go.clicked.connect(self._ask)
        self.resize(theme.UNIT_PX * 76, theme.UNIT_PX * 66)

    def open(self, study: OpenStudy, settings: Settings) -> None:
        """Offer the moments of the open session; those that were chosen are ticked."""
        if self._work is not None:
            return
        self._study, self._settings = study, settings
        self.moments.clear()
        found = moments(study.service, study.session_id) if study.session_id else ()
        for one in found:
            if one.offset_us is None:
                continue
            item = QListWidgetItem(f"{as_clock(one.onset_us)}  {one.title}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = one.status in FOR_THE_FAMILY
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.moments.addItem(item)
        self.notes.setChecked(False)
        self.passphrase.clear()
        self.again.clear()
        self.strip.clear()
        self.go.setEnabled(self.moments.count() > 0)
        if not self.moments.count():
            self.strip.say(self.tr("No moment is marked in this session."), "refused")
        self.moments.setFocus()

    def close_study(self) -> None:
        """The study is being closed."""
        self.stop()
        self._study = None
        self.close()

    def stop(self) -> None:
        """Stop writing; nothing of the package stays."""
        if self._work is not None:
            self._work.stop()
            self._work.wait()
            self._ended()

    def write_to(self, folder: Path) -> None:
        """Write the package to a new folder, in the background."""
        if self._study is None or self._work is not None:
            return
        if self.passphrase.text() != self.again.text():
            self.strip.say(self.tr("The two passphrases are not the same."), "refused")
            return
        study, on = self._study, date.today().isoformat()  # noqa: DTZ011  (the day on the wall)
        try:
            what = planned(study.service, self._wish(study), on)
        except ImhcodeError as error:
            self.tell(error)
            return
        words, index = self.passphrase.text(), study.index_folder()

        def work(on_progress: "Progress", wanted: "Wanted") -> PackageMade:
            return write_package(
                what,
                folder,
                passphrase=words,
                index_folder=index,
                on_progress=on_progress,
                wanted=wanted,
            )

        self._work = LongWork(work, discard=_remove, parent=self)
        self._work.progressed.connect(self.progress.show_share)
        self._work.done.connect(lambda made: self._done(study, what, made, on))
        self._work.failed.connect(self._failed)
        self.go.setEnabled(False)
        self.progress.begin(self.tr("Writing the package"))
        self._work.start()

    def _wish(self, study: OpenStudy) -> PackageWish:
        items = [self.moments.item(row) for row in range(self.moments.count())]
        ticked = [one for one in items if one.checkState() is Qt.CheckState.Checked]
        return PackageWish(
            session_ids=(study.session_id,),
            words=tuple(one.data(Qt.ItemDataRole.UserRole) for one in ticked),
            with_private_notes=self.notes.isChecked(),
            has_sound=self.sound.isChecked(),
            expires_on=self.last_day.text(),
            language=persons_language(self._settings.language),
        )

    def _done(self, study: OpenStudy, what: PlannedPackage, made: PackageMade, on: str) -> None:
        self._ended()
        try:
            registered(study.service, what, made, self._settings.coder, on)
        except ImhcodeError as error:
            self.tell(error)
            return
        words = self.tr("{n} clips written to {name}; to be opened until {day}.").format(
            n=len(made.clips), name=made.path.name, day=made.expires_on
        )
        self.strip.say(" ".join((words, *made.warnings)))
        self.written.emit(words)

    def _failed(self, error: object) -> None:
        self._ended()
        if isinstance(error, ImhcodeError):
            self.tell(error)

    def _ended(self) -> None:
        self._work = None
        self.progress.end()
        self.go.setEnabled(self.moments.count() > 0)

    def _ask(self) -> None:
        if self._study is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Make the package in this new folder"),
            str(self._study.place_for("").with_name("supervision")),
            options=QFileDialog.Option.DontConfirmOverwrite,  # a folder in use is refused
        )
        if name:
            self.write_to(Path(name))


def _remove(made: PackageMade) -> None:
    """Nobody wants what was finished just when it was stopped."""
    for path in made.path.iterdir():
        path.unlink()
    made.path.rmdir()
