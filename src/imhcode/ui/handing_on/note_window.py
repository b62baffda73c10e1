"""The window in which a note on a visit is written: for whom, which visit, which paper."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QSizePolicy, QWidget

from imhcode.domain.errors import ImhcodeError
from imhcode.domain.study import Session
from imhcode.services.family_note import write_family_note
from imhcode.services.note_file import NoteWritten
from imhcode.services.visit_moments import AboutVisit
from imhcode.services.visit_notes import write_visit_note, write_visits_across
from imhcode.services.visits import visits_of
from imhcode.settings import Settings
from imhcode.ui import theme
from imhcode.ui.handing_on.small_form import SmallForm
from imhcode.ui.languages.speaking import persons_language
from imhcode.ui.open_study import OpenStudy

FAMILY, FILE, ACROSS = "family", "file", "across"


class NoteWindow(SmallForm):
    """Each version says what it holds before it is written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            QApplication.translate("NoteWindow", "Visit note"),
            QApplication.translate("NoteWindow", "Write…"),
            parent,
        )
        self._study: OpenStudy | None = None
        self._settings = Settings()
        self._dyad = ""
        self.whom, self.visits, self.paper = QComboBox(), QComboBox(), QComboBox()
        self.add(self.tr("For whom"), self.whom)
        self.add(self.tr("About"), self.visits)
        self.add(self.tr("Paper"), self.paper)
        for box in (self.whom, self.visits, self.paper):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.whom.addItem(self.tr("The family"), FAMILY)
        self.whom.addItem(self.tr("The file: confidential"), FILE)
        self.whom.addItem(self.tr("The file: all visits, confidential"), ACROSS)
        self.paper.addItems(["A4", "Letter"])
        self.whom.currentIndexChanged.connect(lambda _: self._say_what())
        self.go.clicked.connect(self._ask)
        self.resize(theme.UNIT_PX * 70, theme.UNIT_PX * 40)

    def open(self, study: OpenStudy, settings: Settings) -> None:
        """Offer the visits of the dyad whose session is open."""
        self._study, self._settings = study, settings
        file = study.service.file
        self._dyad = file.get(Session, study.session_id).dyad_id if study.session_id else ""
        self.visits.clear()
        known = visits_of(file, self._dyad) if self._dyad else ()
        for one in reversed(known):
            words = self.tr("Visit {label}").format(label=one.label)
            self.visits.addItem(f"{words} · {one.date}" if one.date else words, one.label)
        self.visits.addItem(self.tr("The recording {session}").format(session=study.session_id), "")
        self.strip.clear()
        self.go.setEnabled(bool(self._dyad))
        if not self._dyad:
            self.strip.say(self.tr("This session belongs to no dyad yet."), "refused")
        self._say_what()
        self.whom.setFocus()

    def close_study(self) -> None:
        """The study is being closed."""
        self._study = None
        self.close()

    def write_to(self, path: Path) -> NoteWritten | None:
        """Write what is chosen; the name gets the ending of its version."""
        if self._study is None:
            return None
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            done = self._writing(self._study)(path)
        except ImhcodeError as error:
            self.tell(error)
            return None
        finally:
            QApplication.restoreOverrideCursor()
        words = self.tr("Written: {name}.").format(name=done.path.name)
        self.strip.say(" ".join((words, *done.warnings)))
        self.written.emit(words)
        return done

    def _writing(self, study: OpenStudy) -> Callable[[Path], NoteWritten]:
        """The service that is meant, with everything but the path."""
        language = persons_language(self._settings.language)
        by, on, paper = self._settings.coder, _today(), self.paper.currentText()
        if self.whom.currentData() == ACROSS:
            return lambda path: write_visits_across(
                study.service,
                self._dyad,
                path,
                coder_id=by,
                on=on,
                language=language,
                paper=_paper(paper),
            )
        visit = self.visits.currentData()
        sessions = () if visit else (study.session_id,)
        about = AboutVisit(dyad_id=self._dyad, visit=visit, session_ids=sessions, language=language)
        write = write_family_note if self.whom.currentData() == FAMILY else write_visit_note
        return lambda path: write(
            study.service,
            about,
            path,
            coder_id=by,
            on=on,
            paper=_paper(paper),
            index_folder=study.index_folder(),
        )

    def _ask(self) -> None:
        if self._study is None:
            return
        place = self._study.place_for("").with_name(f"{_today()}.pdf")
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Write the note"),
            str(place),
            self.tr("To print (*.pdf);;For a browser (*.html)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # its name gets an ending yet
        )
        if name:
            self.write_to(Path(name))

    def _say_what(self) -> None:
        words = {
            FAMILY: self.tr(
                "What went well, with one picture of each moment that was shown or chosen, the "
                "child's and the parent's own words, and open goals. No code, note, id or name of "
                "a file. Only if everybody in the pictures has agreed to the family's own copy."
            ),
            FILE: self.tr(
                "Moments with private notes, comments and pictures, everything that was noted "
                "with its time, goals and what was tried. Every page says that it is confidential."
            ),
            ACROSS: self.tr(
                "Moments and what was noted at each visit as counts, the parent's words over "
                "time, goals and what was tried. Every page says that it is confidential."
            ),
        }
        self.meaning.say(words[self.whom.currentData()])
        self.visits.setEnabled(self.whom.currentData() != ACROSS)


def _paper(name: str) -> Literal["A4", "Letter"]:
    return "Letter" if name == "Letter" else "A4"


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  (the day on the wall, where the person is)
