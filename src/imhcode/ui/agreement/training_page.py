"""Training: which sessions are to be coded, and what came of those that were handed in."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.ui import theme
from imhcode.ui.agreement.asked_for import AskedFor
from imhcode.ui.agreement.deciding import Found
from imhcode.ui.agreement.disagreement_list import WEIGHT, DisagreementList
from imhcode.ui.agreement.disagreement_words import code_label
from imhcode.ui.agreement.heat_map import Confusion, HeatMap
from imhcode.ui.agreement.index_words import index_words
from imhcode.ui.agreement.looking import Looking
from imhcode.ui.agreement.pair_stage import PairStage
from imhcode.ui.agreement.practice_sessions import PracticeSessions
from imhcode.ui.agreement.scores_table import ScoresTable
from imhcode.ui.agreement.set_making import SetMaking
from imhcode.ui.messages import said
from imhcode.ui.widgets.choices import combo

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
    asking(bool)
        A form has been opened, or put away: it wants the plain keys.
    """

    said = Signal(str, str)
    practice_asked = Signal(str, object)
    asking = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sets = combo(self.tr("Practice set"))
        self.trainees = combo(self.tr("Trainee"))
        self.sets.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

        self.sessions = PracticeSessions()
        self.errors = DisagreementList()
        self.errors.setAccessibleName(self.tr("Errors"))
        self.scores = ScoresTable()
        self.map = HeatMap()
        self.standing = QLabel()
        self.standing.setTextFormat(Qt.TextFormat.PlainText)
        self.standing.setWordWrap(True)
        self.due = QLabel()
        self.due.setTextFormat(Qt.TextFormat.PlainText)
        self.due.setWordWrap(True)
        self.new_set = QPushButton(self.tr("New set…"))
        self.again = QPushButton(self.tr("Retake…"))
        self.certificate = QPushButton(self.tr("Certificate…"))
        self.stage = PairStage()
        self.looking = Looking(self.stage)
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
        self.making = SetMaking(self)
        self.making.said.connect(self.said)
        self.making.asking.connect(self.asking)
        self.making.made.connect(self._show_made)
        self.new_set.clicked.connect(self.make_set)
        self.again.clicked.connect(self.draw_retake)
        self.stage.trouble.connect(lambda words: self.said.emit(words, "trouble"))

    # -- opening -----------------------------------------------------------------------------

    def open(self, study: "StudyService", coder_id: str) -> None:
        """Show the practice sets that somebody has to do with."""
        from imhcode.ui.agreement.training_model import TrainingModel  # noqa: PLC0415

        self._model = TrainingModel(study, coder_id)
        self.making.open(study)
        self._show_due()
        before = self.sets.currentText()
        self.sets.clear()
        for one in self._model.sets():
            self.sets.addItem(one.name, one)
        self.sets.setCurrentIndex(max(self.sets.findText(before), 0))
        if not self.sets.count():
            words = self.tr("No practice set is there for you. A trainer makes one.")
            if self._model.may_train:
                words = self.tr("No practice set is there for you: New set… (Ctrl+N) makes one.")
            self.standing.setText(words)
        self._choose_set()

    def close_study(self) -> None:
        """Let go of study and recording."""
        self._model = self._told = None
        self.making.open(None)
        self._rows = []
        self.looking.close()
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
        self.new_set.setVisible(self._model.may_train)
        self.again.setVisible(self._model.may_train)
        self.again.setEnabled(bool(self.trainee))
        self._show_sessions()

    # -- making sets -------------------------------------------------------------------------

    def make_set(self) -> None:
        """Ask for a new practice set."""
        if self._model is not None and self._may_train():
            self.making.ask()

    def draw_retake(self) -> None:
        """Ask for a set like this one, of sessions its trainee has never seen."""
        if self._model is not None and self.set_ is not None and self._may_train():
            if self.trainee:
                self.making.ask_retake(self.set_, self.trainee)
            else:
                self.said.emit(self.tr("Nobody has coded anything of this set yet."), "refused")

    def _may_train(self) -> bool:
        may = self._model is not None and self._model.may_train
        if not may:
            self.said.emit(
                self.tr("Practice sets are made by trainers and investigators."), "refused"
            )
        return may

    def _show_made(self, name: str) -> None:
        """Stand on the set that was made."""
        if self._model is not None:
            self.open(self._model.study, self._model.coder_id)
            self.sets.setCurrentIndex(max(self.sets.findText(name), 0))
            self._choose_set()
            self.sessions.setFocus()
            self.said.emit(self.tr("The practice set “{name}” is made.").format(name=name), "info")

    def _show_due(self) -> None:
        """Whose certificate is due for a recheck, or has run out."""
        words = {
            "recheck due": self.tr("{coder}: recheck due since {day}"),
            "expired": self.tr("{coder}: certificate run out on {day}"),
        }
        due = [
            words[one.state].format(coder=one.certificate.coder_id, day=one.due)
            for one in (self._model.reminders() if self._model else ())
            if one.state in words
        ]
        self.due.setText(" · ".join(due))
        self.due.setVisible(bool(due))

    def _show_sessions(self) -> None:
        self._rows = []
        self._show_told(None)
        if self._model is None or self.set_ is None or not self.trainee:
            self.sessions.clear()
            self.certificate.setEnabled(False)
            return
        self._rows = self._model.practised(self.set_, self.trainee)
        self.sessions.show_sessions(self._rows, self._model.scheme(self.set_))
        self._show_standing(self.set_)

    def _show_standing(self, of: "PracticeSet") -> None:
        assert self._model is not None  # noqa: S101
        rule = of.criterion
        words = self.tr("Criterion: {index} of at least {threshold} in one session.")
        if rule.consecutive > 1:
            words = self.tr("Criterion: {index} of at least {threshold} in {n} sessions in a row.")
        words = words.format(
            index=index_words(rule.index)[0], threshold=f"{rule.threshold:.2f}", n=rule.consecutive
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
        self.looking.open(self._model.study, scheme)
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
        if self._told is None or not 0 <= row < len(self.errors.rows.found):
            return
        one: Found = self.errors.rows.found[row]
        reason = self._told.reasons.get(getattr(one.difference, "event_a", ""), "")
        try:
            self.looking.look_at(one, reason=reason)
        except ImhcodeError as error:
            self.said.emit(said(error), "trouble" if isinstance(error, Trouble) else "refused")

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
        foot.addWidget(self.new_set)
        foot.addWidget(self.again)
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
        self.due.setContentsMargins(unit, 0, unit, 0)
        column.addWidget(self.due)
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
