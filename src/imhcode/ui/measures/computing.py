"""From a choice to numbers and figures: the study is read in slices here, the rest on a thread."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from imhcode.domain.errors import ImhcodeError
from imhcode.ui.long_work import LongWork
from imhcode.ui.measures.feed import Feed

if TYPE_CHECKING:  # numbers and services are loaded when they are asked for, not before
    from imhcode.analysis.figure import Figure
    from imhcode.analysis.figures import Topic
    from imhcode.reports.pdf import Paper
    from imhcode.services.measures import Measuring
    from imhcode.ui.measures.found import Found

Then = Callable[[Any], None]


class Computing(QObject):
    """One computation at a time, and one figure; another one of its kind stops it.

    Signals
    -------
    progressed(float)
        The share done, from 0 to 1.
    done(Found)
        All numbers.
    figure_done(str, object)
        The id of a figure, and its description.
    written(object)
        The files of an export.
    report_written(object)
        The path of a session's report.
    failed(object)
        The `ImhcodeError`.
    """

    progressed = Signal(float)
    done = Signal(object)
    figure_done = Signal(str, object)
    written = Signal(object)
    report_written = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed: Feed | None = None
        self._work: LongWork | None = None
        self._figure_work: LongWork | None = None

    @property
    def is_busy(self) -> bool:
        """Whether numbers or files are on their way."""
        return self._work is not None

    @property
    def is_drawing(self) -> bool:
        """Whether a figure is on its way."""
        return self._figure_work is not None

    def compute(
        self, measuring: "Measuring", scheme_hash: str, role_shown: Callable[[str], str]
    ) -> None:
        """Work out all numbers of what is chosen."""
        from imhcode.ui.measures.found import found_of, prepared  # noqa: PLC0415

        self.stop()
        scheme = prepared(measuring, scheme_hash)
        fed = self._fed(measuring)
        self._begin(
            lambda progress, wanted: found_of(fed, scheme, progress, wanted, role_shown),
            self.done.emit,
        )

    def write_tables(self, measuring: "Measuring", to: Path) -> None:
        """Write all tables of what is chosen to a folder."""
        from imhcode.services.measure_files import write_measures  # noqa: PLC0415

        self.stop()
        fed = self._fed(measuring)
        self._begin(
            lambda progress, _: write_measures(fed, to, on_progress=progress), self.written.emit
        )

    def write_figures(self, figures: "Callable[[], list[tuple[str, Figure]]]", to: Path) -> None:
        """Write figures under their names, each with its numbers, to a folder."""
        from imhcode.services.figure_files import write_figures  # noqa: PLC0415

        self.stop()
        self._begin(
            lambda _progress, _wanted: write_figures(figures(), to),
            self.written.emit,
        )

    def write_report(self, measuring: "Measuring", to: Path, paper: "Paper") -> None:
        """Write the report of the one session that is measured."""
        from imhcode.services.session_report import (  # noqa: PLC0415
            session_page_for,
            write_session_page,
        )

        def write(page: str) -> None:  # here: a PDF is laid out on a thread that has timers
            try:
                write_session_page(page, measuring.session_id, to, paper=paper)
            except ImhcodeError as error:
                self.failed.emit(error)
            else:
                self.report_written.emit(to)

        self.stop()
        fed = self._fed(measuring)
        self._begin(lambda _progress, _wanted: session_page_for(fed, to), write)

    def draw(self, found: "Found", topic: "Topic", observation_id: str) -> None:
        """Describe a figure: of all that is chosen, or of one observation if it shows one."""
        from imhcode.ui.measures.found import figure_of_one  # noqa: PLC0415

        self._stop_figure()
        work: Callable[..., Any]
        if topic.single:
            measuring = found.measuring
            place = next(one for one in measuring.places if one[1].id == observation_id)
            reading = measuring.read(*place)

            def work(*_: object) -> "Figure":
                return figure_of_one(measuring, topic, found.blank, reading)

        else:

            def work(*_: object) -> "Figure":
                return found.figure(topic)

        def keep(figure: object) -> None:
            self._figure_work = None
            self.figure_done.emit(topic.id, figure)

        self._figure_work = LongWork(work, parent=self)
        self._figure_work.done.connect(keep)
        self._figure_work.failed.connect(self._fail)
        self._figure_work.start()

    def stop(self) -> None:
        """Stop, and say nothing more."""
        if self._feed is not None:
            self._feed.stop()
            self._feed.deleteLater()
            self._feed = None
        if self._work is not None:
            self._work.stop()
            self._work = None
        self._stop_figure()

    def close(self) -> None:
        """Stop, and wait until the threads have ended."""
        works = [one for one in (self._work, self._figure_work) if one is not None]
        self.stop()
        for one in works:
            one.wait()

    # -- inside ------------------------------------------------------------------------------

    def _fed(self, measuring: "Measuring") -> "Measuring":
        self._feed = Feed(measuring, measuring.places, self)
        self._feed.failed.connect(self._fail)
        return measuring.fed_by(self._feed)

    def _begin(self, work: Callable[..., Any], then: Then) -> None:
        self._work = LongWork(work, parent=self)
        self._work.progressed.connect(self.progressed)
        self._work.done.connect(lambda what: self._finish(what, then))
        self._work.failed.connect(self._fail)
        self._work.start()
        if self._feed is not None:
            self._feed.start()

    def _finish(self, what: object, then: Then) -> None:
        if self._feed is not None:
            self._feed.deleteLater()
        self._feed = self._work = None
        then(what)

    def _stop_figure(self) -> None:
        if self._figure_work is not None:
            self._figure_work.stop()
            self._figure_work = None

    def _fail(self, error: object) -> None:
        self.stop()
        self.failed.emit(error)
