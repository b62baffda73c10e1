"""What the import window lets be done: a file read, rehearsed, and brought into the study.

Reading files and films and working out what they would become happen on a thread of their own.
The study belongs to the window's thread: it is asked and changed there, between what the person
does, one observation after the other.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from imhcode.domain.errors import ImhcodeError
from imhcode.media.superseded import Superseded
from imhcode.services.import_media import FilmsRead, read_films
from imhcode.services.import_plan import Choices, FileRead, Plan, read_file
from imhcode.services.import_report import Report
from imhcode.services.import_targets import Target
from imhcode.services.importing import Importing
from imhcode.services.studies import StudyService
from imhcode.ui.agreement.sliced_reading import SlicedReading
from imhcode.ui.bringing_in.asked_study import AskedStudy
from imhcode.ui.long_work import LongWork, Progress, Wanted

_FILMS_SHARE = 0.7  # of the progress, where there are any


class ImportWork(QObject):
    """One file at a time.

    Signals
    -------
    was_read(FileRead)
    rehearsed(Plan, Report)
        What would happen with the choices as they are.
    came_in(Target)
        One observation is in the study.
    finished(Report)
        All of it, or what came in before somebody stopped it.
    failed(ImhcodeError)
    progressed(float)
        The share done, from 0 to 1.
    """

    was_read = Signal(object)
    rehearsed = Signal(object, object)
    came_in = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    progressed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: LongWork | None = None
        self._slices: SlicedReading | None = None
        self._rehearsal: tuple[LongWork, AskedStudy] | None = None
        self._shown: tuple[FileRead, Choices, Plan] | None = None
        self._importing: Importing | None = None

    @property
    def is_rehearsing(self) -> bool:
        """Whether what would happen is being worked out."""
        return self._rehearsal is not None

    @property
    def is_busy(self) -> bool:
        """Whether something is being read or brought in."""
        return self._thread is not None or self._slices is not None

    def read(self, path: Path, columns: str = "") -> None:
        """Read a file, with the columns that somebody names; what went on before stops."""
        self.cancel()

        def work(_: Progress, wanted: Wanted) -> FileRead:
            del wanted
            return read_file(path, columns=columns)

        self._start(LongWork(work, parent=self), self.was_read.emit)

    def rehearse(self, study: StudyService, file: FileRead, choices: Choices) -> None:
        """Work out what would happen; what is being worked out already is not wanted any more."""
        self._stop_rehearsing()
        self._shown = None
        asked = AskedStudy(self)

        def work(progress: Progress, wanted: Wanted) -> tuple[Plan, Report]:
            def told(share: float) -> None:
                if not wanted():
                    raise Superseded
                progress(share)

            importing = Importing(study, file, choices, asking=asked)
            return importing.plan, importing.rehearsed(told)

        thread = LongWork(work, parent=self)
        thread.progressed.connect(self.progressed)

        def tell(result: tuple[Plan, Report]) -> None:
            self._let_go(thread, asked)
            self._shown = (file, choices, result[0])
            self.rehearsed.emit(*result)

        def fail(failure: object) -> None:
            self._let_go(thread, asked)
            if isinstance(failure, ImhcodeError):
                self.failed.emit(failure)

        thread.done.connect(tell)
        thread.failed.connect(fail)
        self._rehearsal = (thread, asked)
        thread.start()

    def _let_go(self, thread: LongWork, asked: AskedStudy) -> None:
        """A rehearsal is over; else what it read would stay as long as the window."""
        self._rehearsal = None
        thread.deleteLater()
        asked.deleteLater()

    def _stop_rehearsing(self) -> None:
        if self._rehearsal is not None:
            thread, asked = self._rehearsal
            self._rehearsal = None
            thread.stop()
            asked.close()

    def carry_out(self, study: StudyService, file: FileRead, choices: Choices) -> None:
        """Bring the file in: first its films are read, then the observations come in."""
        self._stop_rehearsing()
        shown, self._shown = self._shown, None
        plan = shown[2] if shown and (shown[0] is file and shown[1] == choices) else None
        try:
            importing = self._importing = Importing(study, file, choices, plan=plan)
        except ImhcodeError as error:
            self.failed.emit(error)
            return
        films = importing.plan.films if choices.films else []
        if not any(one.found for one in films):
            self._bring_in(FilmsRead({}, {}))
            return

        def work(progress: Progress, wanted: Wanted) -> FilmsRead:
            return read_films(
                films,
                on_progress=lambda share: progress(share * _FILMS_SHARE),
                wanted=wanted,
            )

        self._start(LongWork(work, parent=self), self._bring_in)

    def cancel(self) -> None:
        """Stop: what came in stays, whole; nothing is left half done."""
        self._stop_rehearsing()
        thread, self._thread = self._thread, None
        slices, self._slices = self._slices, None
        importing, self._importing = self._importing, None
        if thread is not None:
            thread.stop()
        if slices is not None:
            slices.stop()
            if importing is not None:
                with contextlib.suppress(ImhcodeError):
                    self.finished.emit(importing.end(cancelled=True))

    # -- inside --------------------------------------------------------------------------------

    def _start(self, work: LongWork, then: Callable[[Any], object]) -> None:
        if self._thread is not None:
            self._thread.stop()
        self._thread = work
        work.progressed.connect(self.progressed)

        def done(result: object) -> None:
            self._thread = None
            then(result)

        def failed(failure: object) -> None:
            self._thread = None
            if isinstance(failure, ImhcodeError):
                self.failed.emit(failure)

        work.done.connect(done)
        work.failed.connect(failed)
        work.start()

    def _bring_in(self, films: FilmsRead) -> None:
        importing = self._importing
        if importing is None:
            return
        try:
            importing.begin(films)
        except ImhcodeError as error:
            self._importing = None
            self.failed.emit(error)
            return
        slices = self._slices = SlicedReading(importing.targets, self._take, parent=self)
        slices.progressed.connect(self.progressed)
        slices.failed.connect(self._broke_off)
        slices.done.connect(lambda _: self._end())
        slices.start()

    def _take(self, target: Target) -> None:
        if self._importing is not None:
            self._importing.take(target)
            self.came_in.emit(target)

    def _end(self) -> None:
        self._slices = None
        importing, self._importing = self._importing, None
        if importing is not None:
            try:
                report = importing.end()
            except ImhcodeError as error:
                self.failed.emit(error)
            else:
                self.finished.emit(report)

    def _broke_off(self, error: object) -> None:
        self._slices = self._importing = None
        self.failed.emit(error)
