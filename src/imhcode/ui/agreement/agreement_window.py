"""The window in which coders are compared, brought to a consensus, and trained."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from imhcode.analysis.pair_parameters import Parameters
from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.scheme import Track
from imhcode.services import gold
from imhcode.services.blinding import Blinding
from imhcode.ui.agreement.agreement_commands import COMMANDS, Command
from imhcode.ui.agreement.asked_for import AskedFor
from imhcode.ui.agreement.choosing import Choosing
from imhcode.ui.agreement.comparing import Comparing
from imhcode.ui.agreement.deciding import Deciding
from imhcode.ui.agreement.disagreement_page import DisagreementPage
from imhcode.ui.agreement.overview_page import OverviewPage
from imhcode.ui.agreement.training_page import TrainingPage
from imhcode.ui.messages import said
from imhcode.ui.widgets.message_strip import MessageStrip
from imhcode.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from imhcode.services.studies import StudyService
    from imhcode.ui.agreement.overview import Overview


class AgreementWindow(QWidget):
    """A window of its own, with a picture of its own: coding beside it can go on.

    Signals
    -------
    practice_asked(str, object)
        A trainee wants to code a session of a practice set: its id, and the set.
    consensus_changed(str)
        A decision has changed the consensus observation with this id.
    """

    practice_asked = Signal(str, object)
    consensus_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.overview = OverviewPage()
        self.disagreements = DisagreementPage()
        self.training = TrainingPage()
        self.comparing = Comparing(self)
        self.choosing = Choosing(self.overview.choice)
        self.strip = MessageStrip()
        self.progress = ProgressStrip()
        self.menu = QMenuBar()
        self.menu.setNativeMenuBar(False)  # a second window's menu must not push away the first's
        self.pages: QStackedWidget = QStackedWidget()
        self._actions: list[tuple[Command, QAction]] = []
        self._study: StudyService | None = None
        self._coder_id = ""
        self._lay_out()
        self._connect()
        self.resize(1280, 800)

    # -- opening -----------------------------------------------------------------------------

    def open(self, study: "StudyService", coder_id: str) -> None:
        """Compare the coders of a study, as far as this person may see them."""
        if study is not self._study:
            self.close_study()
        self._study, self._coder_id = study, coder_id
        self.setWindowTitle(self.tr("{study} · agreement – imhcode").format(study=study.path.stem))
        self.strip.clear()
        self._show(self.overview)
        self._attempt(lambda: self.choosing.open(study, coder_id))
        self.compare_again()
        self.overview.table.setFocus()

    def open_training(self, study: "StudyService", coder_id: str) -> None:
        """Show this person's practice sets; to a trainer, everybody's."""
        if study is not self._study:
            self.close_study()
        self._study, self._coder_id = study, coder_id
        self.setWindowTitle(self.tr("{study} · training – imhcode").format(study=study.path.stem))
        self.strip.clear()
        self.show_training()

    def close_study(self) -> None:
        """Let go of the study: it is being closed."""
        self.comparing.close()
        self.progress.end()
        self.disagreements.close_study()
        self.training.close_study()
        self.overview.show_overview(None)
        self._study = None

    # -- comparing ---------------------------------------------------------------------------

    def compare_again(self) -> None:
        """Compare what is chosen."""
        if self._study is None:
            return
        study, chosen = self._study, self.choosing
        pairs = chosen.pairs()
        self.comparing.stop()
        self.overview.show_overview(None)
        if not pairs or chosen.scheme is None:
            self.progress.end()
            self.strip.say(chosen.why_nothing(), "refused")
            return
        self.progress.begin(self.tr("Comparing the coders"))
        self.comparing.compare(
            study,
            pairs,
            chosen.scheme,
            chosen.tracks(),
            self._parameters(),
            with_ratings=chosen.with_ratings,
        )

    def stop_work(self) -> None:
        """Stop comparing."""
        self.comparing.stop()
        self.progress.end()

    def _change(self, what: str) -> None:
        """Something else was chosen; another tolerance needs no other records."""
        overview = self.overview.overview
        if what == "rule":
            self.overview.show_drift()
            self._attempt(self.choosing.keep_rule)
            return
        if what == "tolerance" and overview is not None:
            self.progress.begin(self.tr("Comparing the coders"))
            self.comparing.again(overview.records, self._parameters())
            return
        self._attempt(lambda: self.choosing.follow(what))
        self.compare_again()

    def _parameters(self) -> Parameters:
        return Parameters(tolerance_us=self.overview.choice.tolerance_us)

    def _finish(self, overview: "Overview") -> None:
        self.progress.end()
        self.strip.clear()
        self.overview.show_overview(overview)

    def _measure(self) -> None:
        """Work out measures, which nobody waits for who does not look at them."""
        overview, study = self.overview.overview, self._study
        if overview is not None and study is not None:
            self.progress.begin(self.tr("Measuring what both coders recorded"))
            self._attempt(lambda: self.comparing.measure(study, overview))

    def _show_measured(self, overview: "Overview") -> None:
        self.progress.end()
        self.overview.show_measured(overview)

    def _draw_curve(self, track: Track) -> None:
        if self.overview.overview is not None:
            self.comparing.draw_curve(self.overview.overview, track)

    # -- pages -------------------------------------------------------------------------------

    def open_disagreements(
        self, asked: AskedFor, role: Literal["consensus", "gold"] = "consensus"
    ) -> None:
        """List the disagreements behind a door, and walk through them."""
        overview = self.overview.overview
        if self._study is None or overview is None:
            return
        records = overview.records
        pairs = [
            one
            for one in records.pairs
            if (not asked.sessions or one.entry.session.id in asked.sessions)
            and (role != "gold" or gold.is_blind_work(one.a, one.b))
        ]
        how = overview.parameters
        deciding = Deciding(self._study, self._coder_id, how.tolerance_us, role)
        self._show(self.disagreements)
        self.disagreements.open(self._study, records.scheme, pairs, asked, how, deciding)
        self.disagreements.list.setFocus()

    def all_disagreements(self) -> None:
        """List all disagreements of what is compared."""
        self.open_disagreements(AskedFor())

    def make_gold(self) -> None:
        """Walk through all disagreements to a gold standard; for those who train."""
        overview = self.overview.overview
        if self._study is None or overview is None:
            return
        if not Blinding(self._study, self._coder_id).may_train:
            words = self.tr("Gold standards are made by trainers and investigators.")
            self.strip.say(words, "refused")
        elif not any(gold.is_blind_work(one.a, one.b) for one in overview.records.pairs):
            words = self.tr("Choose two coders who coded a session each for themselves.")
            self.strip.say(words, "refused")
        else:
            self.open_disagreements(AskedFor(), "gold")

    def show_training(self) -> None:
        """Show the practice sets."""
        if self._study is not None:
            study = self._study
            self._show(self.training)
            self._attempt(lambda: self.training.open(study, self._coder_id))
            self.training.sessions.setFocus()

    def leave(self) -> None:
        """Put a question away; else go back to the overview; from there, close."""
        page = self.pages.currentWidget()
        if self.disagreements.card.close_card() or self.training.making.close_card():
            return
        if page is self.overview:
            self.close()
            return
        self.disagreements.search.stop()
        self.disagreements.stage.close_session()
        self.training.stage.close_session()
        self._show(self.overview)
        self.overview.table.setFocus()
        if self.overview.overview is None and self._study is not None:
            self.open(self._study, self._coder_id)

    # -- certificates ------------------------------------------------------------------------

    def save_certificate(self) -> None:
        """Ask for a place and write the certificate of the set there."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the certificate as"),
            "certificate.pdf",
            "PDF (*.pdf);;HTML (*.html)",
        )
        if name:
            self.save_certificate_to(Path(name))

    def save_certificate_to(self, path: Path) -> None:
        """Write the certificate of the set to a file."""

        def write() -> None:
            self.training.write_certificate(path)
            self.strip.say(self.tr("Saved as {path}.").format(path=path))

        self._attempt(write)

    # -- inside ------------------------------------------------------------------------------

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self._enable()

    def _enable(self, asking: bool = False) -> None:
        """Offer what can be done on the page on show; a form wants the plain keys for itself."""
        page = self.pages.currentWidget()
        name = "training" if page is self.training else "disagreements"
        name = "overview" if page is self.overview else name
        for command, action in self._actions:
            action.setEnabled(name in command.pages and not (asking and command.is_bare))

    def _run(self, command: Command) -> None:
        """Do a command, unless its bare key answers an open question."""
        card = self.disagreements.card
        if card.is_open and command.is_bare and command.method != "leave":
            card.press(command.keys.lower())
            return
        page = self.pages.currentWidget()
        owners = (self, *(getattr(page, name, page) for name in ("", "reconciling", "stage")))
        act = next(filter(None, (getattr(one, command.method, None) for one in owners)))
        act(*command.arguments)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.disagreements.card.press(event.text().lower()):
            super().keyPressEvent(event)

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except ImhcodeError as error:
            self._tell(error)

    def _tell(self, error: ImhcodeError) -> None:
        self.progress.end()
        self.strip.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    def _say(self, words: str, tone: str) -> None:
        self.strip.say(words, tone)  # type: ignore[arg-type]

    def _search_goes_on(self, share: float) -> None:
        if share >= 1:
            self.progress.end()
        else:
            if not self.progress.isVisible():
                self.progress.begin(self.tr("Looking for disagreements"))
            self.progress.show_share(share)

    def _lay_out(self) -> None:
        menus = {
            name: self.menu.addMenu(QCoreApplication.translate("menus", name))
            for name in dict.fromkeys(command.menu for command in COMMANDS)
        }
        for command in COMMANDS:
            action = QAction(QCoreApplication.translate("agreement", command.words), self)
            action.setShortcut(QKeySequence(command.keys))
            action.triggered.connect(lambda _=False, asked=command: self._run(asked))
            menus[command.menu].addAction(action)
            self.addAction(action)
            self._actions.append((command, action))
        for page in (self.overview, self.disagreements, self.training):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.menu)
        column.addWidget(self.pages, 1)
        column.addWidget(self.progress)
        column.addWidget(self.strip)

    def _connect(self) -> None:
        self.overview.choice.changed.connect(self._change)
        self.overview.asked.connect(self.open_disagreements)
        self.overview.curve_wanted.connect(self._draw_curve)
        self.comparing.progressed.connect(self.progress.show_share)
        self.overview.measures_wanted.connect(self._measure)
        self.comparing.done.connect(self._finish)
        self.comparing.measured.connect(self._show_measured)
        self.comparing.curve_done.connect(self.overview.show_curve)
        self.comparing.failed.connect(self._tell)
        self.progress.cancel_asked.connect(self.stop_work)
        self.disagreements.said.connect(self._say)
        self.disagreements.consensus_changed.connect(self.consensus_changed)
        self.disagreements.progressed.connect(self._search_goes_on)
        self.training.said.connect(self._say)
        self.training.practice_asked.connect(self.practice_asked)
        self.training.asking.connect(self._enable)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._attempt(self.training.look_again)
            self._attempt(self.disagreements.look_again)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.comparing.stop()
        self.progress.end()
        self.disagreements.stage.close_session()
        self.training.stage.close_session()
        super().closeEvent(event)
