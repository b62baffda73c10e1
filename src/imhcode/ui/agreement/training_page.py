"""Training: which sessions are to be coded, and what came of those that were handed in."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from imhcode.analysis.disagreement import Disagreement
from imhcode.domain.errors import ImhcodeError
from imhcode.ui import theme
from imhcode.ui.agreement.asked_for import AskedFor
from imhcode.ui.agreement.both_coders import CodersRecord, event_shown
from imhcode.ui.agreement.deciding import Found
from imhcode.ui.agreement.disagreement_list import WEIGHT, DisagreementList
from imhcode.ui.agreement.disagreement_words import code_label, what_differs, where_it_is
from imhcode.ui.agreement.heat_map import Confusion, HeatMap
from imhcode.ui.agreement.pair_stage import PairStage
from imhcode.ui.agreement.scores_table import ScoresTable
from imhcode.ui.messages import said

if TYPE_CHECKING:
    from imhcode.services.practice_sets import PracticeSet
    from imhcode.services.studies import StudyService
    from imhcode.ui.agreement.training_model import Practised, Told, TrainingModel


class TrainingPage(QWidget):
    """Sets and sessions at the left, below them the errors; at the right where they are looked at.

    Signals
    -------
    said(str, str)
        A sentence for the message line, and its tone.
    practice_asked(str, object)
        The trainee wants to code this session of this set.
    """

    said = Signal(str, str)
    practice_asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sets = _combo(self.tr("Practice set"))
        self.trainees = _combo(self.tr("Trainee"))
        self.sessions = _Sessions()
        self.errors = DisagreementList()
        self.errors.setAccessibleName(self.tr("Errors"))
        self.scores = ScoresTable()
        self.map = HeatMap()
        self.standing = QLabel()
        self.standing.setTextFormat(Qt.TextFormat.PlainText)
        self.standing.setWordWrap(True)
        self.certificate = QPushButton(self.tr("Certificate…"))
        self.stage = PairStage()
        self._model: TrainingModel | None = None
        self._rows: list[Practised] = []
        self._told: Told | None = None
        self._lay_out()
        self.sets.activated.connect(lambda _: self._choose_set())
        self.trainees.activated.connect(lambda _: self._show_sessions())
        self.sessions.opened.connect(self._open)
        self.errors.chosen.connect(self._look_at)
        self.scores.currentItemChanged.connect(lambda *_: self._show_map())
        self.map.asked.connect(lambda *codes: self._walk_to(codes))
        self.certificate.clicked.connect(self._ask_certificate)
        self.stage.trouble.connect(lambda words: self.said.emit(words, "trouble"))

    # -- opening -----------------------------------------------------------------------------

    def open(self, study: "StudyService", coder_id: str) -> None:
        """Show the practice sets that somebody has to do with."""
        from imhcode.ui.agreement.training_model import TrainingModel  # noqa: PLC0415

        self._model = TrainingModel(study, coder_id)
        before = self.sets.currentText()
        self.sets.clear()
        for one in self._model.sets():
            self.sets.addItem(one.name, one)
        self.sets.setCurrentIndex(max(self.sets.findText(before), 0))
        if not self.sets.count():
            self.standing.setText(
                self.tr("No practice set is there for you. A trainer makes one: imhcode train.")
            )
        self._choose_set()

    def close_study(self) -> None:
        """Let go of study and recording."""
        self._model = self._told = None
        self._rows = []
        self.stage.close_session()
        self.sets.clear()
        self.trainees.clear()
        self.sessions.clear()

    def look_again(self) -> None:
        """Show how far it is now: somebody comes back, perhaps from coding."""
        if self._model is not None and self.isVisible() and self._told is None:
            self._show_sessions()

    @property
    def set_(self) -> "PracticeSet | None":
        """The set that is chosen."""
        return self.sets.currentData()  # type: ignore[no-any-return]

    @property
    def trainee(self) -> str:
        """Whose attempts are shown."""
        return str(self.trainees.currentData() or "")

    def _choose_set(self) -> None:
        if self._model is None:
            return
        before = self.trainee
        self.trainees.clear()
        for one in self._model.trainees(self.set_) if self.set_ else ():
            self.trainees.addItem(one, one)
        self.trainees.setCurrentIndex(max(self.trainees.findData(before), 0))
        self.trainees.setVisible(self._model.is_trainer)
        self._show_sessions()

    def _show_sessions(self) -> None:
        before = self.sessions.currentRow()
        self.sessions.clear()
        self._rows = []
        self._show_told(None)
        if self._model is None or self.set_ is None or not self.trainee:
            self.certificate.setEnabled(False)
            return
        self._rows = self._model.practised(self.set_, self.trainee)
        for one in self._rows:
            self.sessions.addItem(QListWidgetItem(f"{one.session_id}\n{self._state_of(one)}"))
        self.sessions.setCurrentRow(min(max(before, 0), len(self._rows) - 1))
        self._show_standing(self.set_)

    def _state_of(self, one: "Practised") -> str:
        if one.entry is None:
            return self.tr("not begun · Enter begins it")
        if not one.is_submitted:
            return self.tr("being coded · Enter goes on")
        if one.judged is None:
            return self.tr("handed in")
        verdict = {
            "passed": self.tr("passed"),
            "failed": self.tr("not passed"),
            "not counted": self.tr("not counted"),
        }[one.judged.verdict]
        if one.judged.lowest is None:
            return verdict
        scheme = self._model.scheme(self.set_) if self._model and self.set_ else None
        track = scheme.track(one.judged.why) if scheme else None
        why = track.label if track else one.judged.why
        return f"{verdict} · {one.judged.lowest:.2f} · {why}"

    def _show_standing(self, of: "PracticeSet") -> None:
        assert self._model is not None  # noqa: S101
        rule = of.criterion
        words = self.tr("Criterion: {index} of at least {threshold} in one session.")
        if rule.consecutive > 1:
            words = self.tr("Criterion: {index} of at least {threshold} in {n} sessions in a row.")
        words = words.format(
            index=rule.index, threshold=f"{rule.threshold:.2f}", n=rule.consecutive
        )
        met = False
        if self._model.is_trainer or all(one.judged for one in self._rows if one.is_submitted):
            progress = self._model.progress(of, self.trainee)
            met = progress.is_met
            reached = self.tr("Reached.") if met else self.tr("In a row now: {n}.")
            words += " " + reached.format(n=progress.run)
        self.certificate.setEnabled(met)
        self.standing.setText(words)

    # -- feedback ----------------------------------------------------------------------------

    def _open(self, row: int) -> None:
        """Code a session, or look at what came of it."""
        if self._model is None or self.set_ is None or not 0 <= row < len(self._rows):
            return
        one = self._rows[row]
        if not one.is_submitted:
            if self.trainee == self._model.coder_id:
                self.practice_asked.emit(one.session_id, self.set_)
            else:
                words = self.tr("{coder} has not handed {session} in yet.")
                self.said.emit(words.format(coder=self.trainee, session=one.session_id), "refused")
            return
        try:
            self._show_told(self._model.told(self.set_, self.trainee, one.session_id))
        except ImhcodeError as error:
            self.said.emit(said(error), "refused")
            return
        if self.errors.rows.found:
            self.errors.go_to(0)
            self.errors.setFocus()

    def _show_told(self, told: "Told | None") -> None:
        self._told = told
        self.stage.say("")
        self.tabs.setVisible(told is not None)
        if self._model is None or self.set_ is None or told is None:
            self.stage.close_session()
            self.scores.show_result(None, None)
            return
        scheme = self._model.scheme(self.set_)
        self.errors.show_found(told.errors, scheme, lambda _: None)
        self.errors.setColumnHidden(WEIGHT, True)
        self.scores.show_result(told.result, scheme)
        self._show_map()
        self.tabs.setTabText(0, self.tr("Errors: {n}").format(n=len(told.errors)))
        if not told.errors:
            self.stage.say(self.tr("No errors: all as in the gold standard."))

    def _show_map(self) -> None:
        """The confusion matrix of the track that the scores stand on."""
        told, model, of = self._told, self._model, self.set_
        score = None
        if told is not None:
            tracks = told.result.tracks
            score = next((one for one in tracks if one.track_id == self.scores.track_id), None)
        if score is None or told is None or model is None or of is None:
            self.map.show_confusion(None)
            return
        track = model.scheme(of).track(score.track_id)
        labels = [code_label(track, one) for one in score.codes]
        self.map.show_confusion(
            Confusion(
                codes=(*score.codes, ""),
                labels=(*labels, self.tr("no partner")),
                cells=score.confusion,
                coders=(told.gold.coder_id, told.trainee.coder_id),
            )
        )

    def _walk_to(self, codes: tuple[str, ...]) -> None:
        """Look at the first error of a cell of the confusion matrix."""
        asked = AskedFor(track_id=self.scores.track_id, codes=(codes[0], codes[1]))
        for row, one in enumerate(self.errors.rows.found):
            if asked.takes(one.session_id, one.difference):
                self.errors.go_to(row)
                return

    def walk(self, by: int) -> None:
        """Go on to the next error, or back; loop it."""
        n = len(self.errors.rows.found)
        if n and self._told is not None:
            self.errors.go_to(min(max(self.errors.row + by, 0), n - 1))

    def _look_at(self, row: int) -> None:
        told, model = self._told, self._model
        if told is None or model is None or self.set_ is None:
            return
        one: Found = self.errors.rows.found[row]
        scheme = model.scheme(self.set_)
        self.stage.open_session(model.study, one.session_id)
        difference = one.difference
        if isinstance(difference, Disagreement):
            records = [
                CodersRecord(entry.coder_id, model.study.observation(entry))
                for entry in (told.gold, told.trainee)
            ]
            self.stage.show_records(records, [difference.track_id])
            events = (difference.event_a, difference.event_b)
            chosen = [event_shown(event, place) for place, event in enumerate(events) if event]
            self.stage.timeline.set_chosen(chosen)
        words = f"{where_it_is(difference, scheme)}: {what_differs(difference, scheme, one.coders)}"
        reason = told.reasons.get(getattr(difference, "event_a", ""), "")
        self.stage.say(f"{words}\n{reason}" if reason else words)
        if one.stretch_us is not None:
            self.stage.loop(one.stretch_us)

    # -- certificate -------------------------------------------------------------------------

    def _ask_certificate(self) -> None:
        window = self.window()
        save = getattr(window, "save_certificate", None)
        if save is not None:
            save()

    def write_certificate(self, path: Path) -> None:
        """Issue the certificate of this set and write it to a file.

        Raises
        ------
        Refused, Trouble
            The criterion has not been reached; the disk would not.
        """
        if self._model is not None and self.set_ is not None:
            self._model.write_certificate(self.set_, self.trainee, path)

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        head = QHBoxLayout()
        head.setContentsMargins(unit, unit, unit, 0)
        head.addWidget(self.sets, 1)
        head.addWidget(self.trainees)
        foot = QHBoxLayout()
        foot.setContentsMargins(unit, 0, unit, unit)
        foot.addWidget(self.standing, 1)
        foot.addWidget(self.certificate)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.errors, self.tr("Errors"))
        self.tabs.addTab(self.scores, self.tr("Scores"))
        self.tabs.addTab(self.map, self.tr("Confusion"))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(unit)
        column.addLayout(head)
        column.addWidget(self.sessions, 1)
        column.addLayout(foot)
        column.addWidget(self.tabs, 3)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(left)
        across.addWidget(self.stage)
        across.setStretchFactor(1, 1)
        across.setChildrenCollapsible(False)
        across.setSizes([480, 800])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(across)


class _Sessions(QListWidget):
    """Enter or a double click opens a session; letters pass to the window."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Sessions of the practice set"))
        self.setTabKeyNavigation(False)
        self.itemDoubleClicked.connect(lambda _: self.opened.emit(self.currentRow()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentRow())
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    return combo
