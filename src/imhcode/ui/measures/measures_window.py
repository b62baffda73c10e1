"""The window of measures: numbers of the chosen sessions, and figures of them."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QCursor, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QMenuBar, QVBoxLayout, QWidget

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.ui.measures.choosing import Choosing
from imhcode.ui.measures.computing import Computing
from imhcode.ui.measures.measures_commands import COMMANDS, Command
from imhcode.ui.measures.measures_page import MeasuresPage
from imhcode.ui.measures.report_place import ask_place, written_words
from imhcode.ui.messages import said
from imhcode.ui.palette.command_palette import CommandPalette
from imhcode.ui.palette.entries import Entry
from imhcode.ui.widgets.message_strip import MessageStrip
from imhcode.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from imhcode.analysis.figure import Figure, Mark, Origin
    from imhcode.reports.pdf import Paper
    from imhcode.services.studies import StudyService
    from imhcode.services.whole_folder import Exported
    from imhcode.ui.measures.found import Found
    from imhcode.ui.measures.number_rows import NumberRow

_MOST_OFFERED = 24  #: moments of one mark that a menu offers


class MeasuresWindow(QWidget):
    """A window of its own: the video stays where it is, and goes where a mark comes from.

    Signals
    -------
    moment_asked(object)
        The `Origin` of a mark or number is to be seen in the video.
    parameters_changed()
        The lab has set another number, which what is coded from now on goes by too.
    """

    moment_asked = Signal(object)
    parameters_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.page = MeasuresPage()
        self.computing = Computing(self)
        self.choosing = Choosing(self.page.choice)
        self.strip = MessageStrip()
        self.progress = ProgressStrip()
        self.menu = QMenuBar()
        self.menu.setNativeMenuBar(False)  # a second window's menu must not push away the first's
        self.finder = CommandPalette(self.page)
        self._study: StudyService | None = None
        self._coder_id = ""
        self._lay_out()
        self._connect()
        self.resize(1280, 800)

    # -- opening -----------------------------------------------------------------------------

    def open(self, study: "StudyService", coder_id: str) -> None:
        """Compute the measures of a study, as far as this person may see it."""
        if study is not self._study:
            self.close_study()
        self._study, self._coder_id = study, coder_id
        self.setWindowTitle(self.tr("{study} · measures – imhcode").format(study=study.path.stem))
        self.strip.clear()
        self._attempt(lambda: self.choosing.open(study, coder_id))
        self.compute_again()
        self.page.table.setFocus()

    def close_study(self) -> None:
        """Let go of the study: it is being closed."""
        self.computing.close()
        self.progress.end()
        self.page.show_found(None)
        self._study = None

    # -- computing ---------------------------------------------------------------------------

    def compute_again(self) -> None:
        """Compute what is chosen."""
        self.computing.stop()
        self._show_parameters()
        if self._study is None:
            return
        if not self.choosing.n or self.choosing.scheme is None:
            self.progress.end()
            self.page.show_found(None)
            self.strip.say(self.choosing.why_nothing(), "refused")
            return
        self._attempt(self._compute)

    def _compute(self) -> None:
        from imhcode.services.measures import Measuring  # noqa: PLC0415

        study, scheme = self._study, self.choosing.scheme
        if study is None or scheme is None:
            return
        self.progress.begin(self.tr("Computing the measures"))
        measuring = Measuring(study, chosen=self.choosing.chosen())
        self.computing.compute(measuring, scheme.content_hash, self.choosing.role_shown)

    def stop_work(self) -> None:
        """Stop what is going on."""
        self.computing.stop()
        self.progress.end()

    def _change(self, what: str) -> None:
        """Something else was chosen."""
        self._attempt(lambda: self.choosing.follow(what))
        self.compute_again()

    def _finish(self, found: "Found") -> None:
        self.progress.end()
        self.page.show_found(found, found.topics)
        self._want_figure()

    # -- the lab's numbers -------------------------------------------------------------------

    def _show_parameters(self) -> None:
        from imhcode.services.lab_parameters import saved_values  # noqa: PLC0415

        scheme, study = self.choosing.scheme, self._study
        values = saved_values(study.file, scheme) if study is not None and scheme else {}
        self.page.parameters.show_scheme(scheme if study else None, values)

    def _set_parameter(self, name: str, value: float | None) -> None:
        from imhcode.services.lab_parameters import save_value  # noqa: PLC0415

        study, scheme = self._study, self.choosing.scheme
        if study is None or scheme is None:
            return

        def save() -> None:
            save_value(study.file, study.schemes(), scheme.id, name, value, self._coder_id)
            self.parameters_changed.emit()

        self._attempt(save)
        self.compute_again()

    def set_parameters(self) -> None:
        """Give the keys to the first of the lab's numbers."""
        for box in self.page.parameters.boxes.values():
            box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            box.selectAll()
            return

    # -- figures -----------------------------------------------------------------------------

    def _want_figure(self) -> None:
        found, topic = self.page.found, self.page.figures.topic
        if found is None or topic is None:
            self.page.figures.show_figure(None)
            return
        observation_id = self.page.figures.observation_id
        if topic.single and not observation_id:
            self.page.figures.show_figure(None, self.tr("Choose a session."))
            return
        self._attempt(lambda: self.computing.draw(found, topic, observation_id))

    def _show_figure(self, topic_id: str, figure: "Figure") -> None:
        topic = self.page.figures.topic
        if topic is not None and topic.id == topic_id:
            self.page.figures.show_figure(figure)

    def _open_mark(self, mark: "Mark") -> None:
        """Go to the video; where a mark comes from several moments, ask which."""
        if len(mark.origins) > 1:
            self._offer(mark.origins)
        elif mark.origins:
            self.moment_asked.emit(mark.origins[0])

    def _offer(self, origins: "Sequence[Origin]") -> None:
        self.moments = QMenu(self)
        for one in origins[:_MOST_OFFERED]:
            action = self.moments.addAction(_moment_words(one))
            action.triggered.connect(lambda _=False, of=one: self.moment_asked.emit(of))
        if len(origins) > _MOST_OFFERED:
            more = self.tr("{n} more").format(n=len(origins) - _MOST_OFFERED)
            self.moments.addAction(more).setEnabled(False)
        self.moments.setActiveAction(self.moments.actions()[0])
        self.moments.popup(QCursor.pos())

    def _open_row(self, row: "NumberRow") -> None:
        from imhcode.analysis.figure import Origin  # noqa: PLC0415

        if row.session_id:
            self.moment_asked.emit(
                Origin(
                    session_id=row.session_id,
                    observation_id=row.observation_id,
                    time_us=row.from_us,
                )
            )

    def next_figure(self) -> None:
        self.page.figures.step(1)

    def previous_figure(self) -> None:
        self.page.figures.step(-1)

    def toggle_data(self) -> None:
        self.page.figures.toggle_data()

    # -- files -------------------------------------------------------------------------------

    def export_tables(self) -> None:
        """Ask for a folder and write all tables of what is chosen there."""
        self._ask_folder(self.tr("Export all tables to this folder"), self.export_tables_to)

    def export_tables_to(self, folder: Path) -> None:
        """Write all tables of what is chosen to a folder."""
        found = self.page.found
        if found is not None:
            self.progress.begin(self.tr("Writing the tables"))
            self.computing.write_tables(found.measuring, folder)

    def export_figure(self) -> None:
        """Ask for a folder and write the figure there."""
        if self.page.figures.view.figure is not None:
            self._ask_folder(self.tr("Export this figure to this folder"), self.export_figure_to)

    def export_figure_to(self, folder: Path) -> None:
        """Write the figure that is shown, as drawing and as numbers."""
        figure, topic = self.page.figures.view.figure, self.page.figures.topic
        if figure is not None and topic is not None:
            name = figure.id
            if topic.single:
                words = self.page.figures.session.currentText()
                name = "".join(one if one.isalnum() else "-" for one in f"{name}-{words}")
            self.progress.begin(self.tr("Drawing the figures"))
            self.computing.write_figures(lambda: [(name, figure)], folder)

    def export_figures(self) -> None:
        """Ask for a folder and write every figure of what is chosen there."""
        self._ask_folder(self.tr("Export all figures to this folder"), self.export_figures_to)

    def export_figures_to(self, folder: Path) -> None:
        """Write every figure that has something to show, but those of single sessions."""
        found = self.page.found
        if found is None:
            return

        def figures() -> "list[tuple[str, Figure]]":
            some = [found.figure(one) for one in found.topics if not one.single]
            return [(one.id, one) for one in some if one.panels]

        self.progress.begin(self.tr("Drawing the figures"))
        self.computing.write_figures(figures, folder)

    def report_session(self) -> None:
        """Ask for a file and write the report of the session one stands on there."""
        study, session_id = self._study, self.page.session_id
        if study is None or not session_id:
            self.strip.say(self.tr("Stand on a number of one session first."), "refused")
        elif (place := ask_place(self, study.path, session_id)) is not None:
            self.report_session_to(session_id, *place)

    def report_session_to(self, session_id: str, path: Path, paper: "Paper" = "A4") -> None:
        """Write the report of a session, as far as it is chosen, to a file."""
        found = self.page.found
        if found is not None and self._study is not None:
            from imhcode.services.measures import Measuring  # noqa: PLC0415

            self.progress.begin(self.tr("Writing the report"))
            only = Measuring(self._study, session=session_id, chosen=found.measuring.chosen)
            self.computing.write_report(only, path, paper)

    def _say_report(self, path: Path) -> None:
        self.progress.end()
        self.strip.say(written_words(path))

    def _ask_folder(self, words: str, then: Callable[[Path], None]) -> None:
        if self.page.found is None:
            return
        name = QFileDialog.getExistingDirectory(self, words)
        if name:
            then(Path(name))

    def _say_written(self, files: "list[Exported]") -> None:
        self.progress.end()
        folder = files[0].path.parent if files else ""
        words = self.tr("{n} files written to {folder}.")
        self.strip.say(words.format(n=len(files), folder=folder))

    # -- keys --------------------------------------------------------------------------------

    def find_measure(self) -> None:
        self.page.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page.field.selectAll()

    def choose_sessions(self) -> None:
        self.page.choice.sessions.showMenu()

    def go_to_numbers(self) -> None:
        self.page.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_figure(self) -> None:
        self.page.figures.take_focus()

    def next_grouping(self) -> None:
        self.page.choice.next_grouping()

    def sort_by_next(self) -> None:
        self.page.table.sort_by_next()

    def sort_other_way(self) -> None:
        self.page.table.sort_other_way()

    def command_palette(self) -> None:
        """Everything that can be done here, and every figure."""
        entries = [
            Entry(
                QCoreApplication.translate("measures", one.words),
                QCoreApplication.translate("menus", one.menu),
                one.keys,
                getattr(self, one.method),
            )
            for one in COMMANDS
            if one.method != "command_palette"
        ]
        topics = self.page.found.topics if self.page.found else ()
        entries += [
            Entry(one.label, self.tr("Figure"), "", partial(self.page.figures.choose, one.id))
            for one in topics
        ]
        self.finder.open(entries)

    def leave(self) -> None:
        """Put away what lies on top; show all measures again; else close."""
        if not self.finder.close_palette() and not self.page.clear_field():
            self.close()

    # -- inside ------------------------------------------------------------------------------

    def _run(self, command: Command) -> None:
        getattr(self, command.method)()

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except ImhcodeError as error:
            self._tell(error)

    def _tell(self, error: ImhcodeError) -> None:
        self.progress.end()
        self.strip.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    def _lay_out(self) -> None:
        menus = {
            name: self.menu.addMenu(QCoreApplication.translate("menus", name))
            for name in dict.fromkeys(command.menu for command in COMMANDS)
        }
        for command in COMMANDS:
            action = QAction(QCoreApplication.translate("measures", command.words), self)
            action.setShortcut(QKeySequence(command.keys))
            action.triggered.connect(lambda _=False, asked=command: self._run(asked))
            menus[command.menu].addAction(action)
            self.addAction(action)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.menu)
        column.addWidget(self.page, 1)
        column.addWidget(self.progress)
        column.addWidget(self.strip)

    def _connect(self) -> None:
        self.page.choice.changed.connect(self._change)
        self.page.parameters.changed.connect(self._set_parameter)
        self.page.row_asked.connect(self._open_row)
        self.page.figures.wanted.connect(self._want_figure)
        self.page.figures.asked.connect(self._open_mark)
        self.page.figures.export_asked.connect(self.export_figure)
        self.computing.progressed.connect(self.progress.show_share)
        self.computing.done.connect(self._finish)
        self.computing.figure_done.connect(self._show_figure)
        self.computing.written.connect(self._say_written)
        self.computing.report_written.connect(self._say_report)
        self.computing.failed.connect(self._tell)
        self.progress.cancel_asked.connect(self.stop_work)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop_work()
        super().closeEvent(event)


def _moment_words(one: "Origin") -> str:
    if one.time_us is None:
        return one.session_id
    minutes, seconds = divmod(one.time_us / 1e6, 60)
    return f"{one.session_id} · {int(minutes):02d}:{seconds:06.3f}"
