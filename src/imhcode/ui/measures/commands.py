"""What the menus of the coding window do about measures."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from imhcode.analysis.figure import Origin
from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.study import ObservationEntry
from imhcode.settings import Settings
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.measures.computing import Computing
from imhcode.ui.measures.report_place import ask_place, written_words
from imhcode.ui.messages import said
from imhcode.ui.open_study import OpenStudy

if TYPE_CHECKING:  # numbers are loaded when they are asked for, not before
    from imhcode.reports.pdf import Paper
    from imhcode.ui.measures.measures_window import MeasuresWindow


class Window(Protocol):
    """What the commands need of the window they act in."""

    settings: Settings
    study: OpenStudy | None
    space: CodingWorkspace

    def say(self, words: str, tone: str = "info") -> None:
        """Say a sentence in the message line."""

    def show_session(self, session_id: str, entry: ObservationEntry | None = None) -> None:
        """Show a session of the open study."""


class MeasureCommands:
    """The actions of :mod:`imhcode.ui.actions` that concern measures.

    Parameters
    ----------
    window : Window
        Where they act.
    parent : QWidget
        The same window, as the parent of the window of measures.

    Attributes
    ----------
    page : MeasuresWindow or None
        Made when it is first asked for.
    """

    def __init__(self, window: Window, parent: QWidget) -> None:
        self._window = window
        self._parent = parent
        self.page: MeasuresWindow | None = None
        self._reporting: Computing | None = None
        self._waiting: Origin | None = None  # for a recording that is being opened

    def show_measures(self) -> None:
        """Show the measures and figures of the open study."""
        study = self._window.study
        if study is None:
            words = QCoreApplication.translate("MeasureCommands", "Open a study first.")
            self._window.say(words, "refused")
            return
        if self.page is None:
            from imhcode.ui.measures.measures_window import MeasuresWindow  # noqa: PLC0415

            self.page = MeasuresWindow(self._parent)
            self.page.moment_asked.connect(self._show_moment)
            self.page.parameters_changed.connect(self._code_on)
            # queued: right after it is ready, the recording shows where it was to begin
            ready = self._window.space.playback.ready
            ready.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        self.page.show()
        self.page.raise_()
        self.page.activateWindow()
        self.page.open(study.service, self._window.settings.coder)

    def report_session(self) -> None:
        """Ask for a file and write the report of the session that is shown there."""
        study = self._window.study
        if study is None:
            words = QCoreApplication.translate("MeasureCommands", "Open a study first.")
            self._window.say(words, "refused")
            return
        place = ask_place(self._parent, study.place_for(".pdf"), study.session_id)
        if place is not None:
            self.report_session_to(*place)

    def report_session_to(self, path: Path, paper: "Paper" = "A4") -> None:
        """Write the report of the session that is shown, as far as the coder may see it."""
        from imhcode.services.blinding import Blinding  # noqa: PLC0415
        from imhcode.services.chosen_observations import ChosenObservations  # noqa: PLC0415
        from imhcode.services.measures import Measuring  # noqa: PLC0415

        study = self._window.study
        if study is None:
            return
        may_see = Blinding(study.service, self._window.settings.coder).may_open
        measuring = Measuring(
            study.service, session=study.session_id, chosen=ChosenObservations(may_see=may_see)
        )
        self._window.say(QCoreApplication.translate("measures", "Writing the report"))
        if self._reporting is None:
            self._reporting = Computing(self._parent)
            self._reporting.report_written.connect(lambda to: self._window.say(written_words(to)))
            self._reporting.failed.connect(self._tell)
        self._reporting.write_report(measuring, path, paper)

    def _tell(self, error: ImhcodeError) -> None:
        self._window.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    def let_go(self) -> None:
        """The study is being closed."""
        if self._reporting is not None:
            self._reporting.close()
        if self.page is not None:
            self.page.close_study()
            self.page.close()

    def _show_moment(self, origin: Origin) -> None:
        """Show where a number or mark comes from, in the coding window."""
        study = self._window.study
        if study is None:
            return
        shown = study.observation
        if shown is None or shown.id != origin.observation_id:
            entry = next(
                (
                    one
                    for session in study.sessions()
                    for one in session.observations
                    if one.id == origin.observation_id
                ),
                None,
            )
            self._window.show_session(origin.session_id, entry)
        self._go_to(origin)
        self._waiting = origin if self._window.space.playback.frame_times is None else None
        self._parent.raise_()
        self._parent.activateWindow()

    def _go_to(self, origin: Origin) -> None:
        space = self._window.space
        if origin.time_us is not None:
            space.playback.pause()
            space.seek(origin.time_us)
            space.timeline.scroll_to(origin.time_us)
        if space.model is not None and origin.event_id:
            space.model.select(origin.event_id)

    def _go_on(self) -> None:
        """The recording is open: go where somebody wants to look, unless they went elsewhere."""
        origin, self._waiting = self._waiting, None
        study = self._window.study
        shown = study.observation if study else None
        if origin is not None and shown is not None and shown.id == origin.observation_id:
            self._go_to(origin)

    def _code_on(self) -> None:
        """Open what is being coded anew: the lab's windows of links hold for it too."""
        study = self._window.study
        if study is not None and study.observation is not None:
            at_us, shown = self._window.space.stamp().time_us, study.observation
            self._window.show_session(study.session_id, shown)
            self._waiting = Origin(
                session_id=study.session_id, observation_id=shown.id, time_us=at_us
            )
