"""From files to recordings of a study: read in the background, shown meanwhile, then added.

The study file is asked and changed on the window's thread only, at once, when all is known.
Whatever is stopped or fails before leaves no trace, and what was open stays open.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from imhcode import settings as settings_module
from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.study import Recording
from imhcode.settings import Settings
from imhcode.ui.coding.coding_workspace import CodingWorkspace
from imhcode.ui.coding.picture_view import PictureView
from imhcode.ui.interval_card import IntervalCard
from imhcode.ui.long_work import LongWork, Progress, Wanted, Work
from imhcode.ui.messages import said
from imhcode.ui.open_study import OpenStudy
from imhcode.ui.start_page import StartPage
from imhcode.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:  # services load the decoder and the database library
    from imhcode.services.recording_facts import RecordingFacts

_US_PER_S = 1_000_000
_BYTES_A_GB = 10**9


class Window(Protocol):
    """What adding recordings needs of the window."""

    settings: Settings
    study: OpenStudy | None
    pages: QStackedWidget
    start: StartPage
    workspace: QWidget
    space: CodingWorkspace
    progress: ProgressStrip

    def take(self, study: OpenStudy) -> None:
        """Show another study."""

    def say(self, words: str, tone: str = "info", *, offer: str = "", action: str = "") -> None:
        """Say a sentence in the message line."""

    def change_settings(self, settings: Settings) -> None:
        """Take on and keep other settings."""

    def show_session(self, session_id: str) -> None:
        """Show a session of the open study."""

    def watch(self, recording: Recording) -> None:
        """Open a recording of the session."""

    def fill_choosers(self, study: OpenStudy) -> None:
        """Offer what the study has."""


class Adding(QObject):
    """Opens videos as a draft, adds recordings to a session, finds moved ones, makes copies.

    Only one of these at a time: a new one takes the place of reading, never of a conversion.

    Parameters
    ----------
    window : Window
        Where it acts.
    parent : QWidget
        The same window.
    """

    _pictured = Signal(object, object)

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self._work: LongWork | None = None
        self._looked_at: Sequence[Path] = ()  # whose first picture is wanted
        self._converts = False
        self._offered: set[str] = set()
        self.first_look = PictureView()
        self.card = IntervalCard(window.pages)
        self._then: Callable[[Path, int], None] = lambda *_: None  # once the interval is known
        window.pages.addWidget(self.first_look)
        window.progress.cancel_asked.connect(self.cancel)
        self.card.answered.connect(self._take_interval)
        self._pictured.connect(self._show_first)

    @property
    def is_busy(self) -> bool:
        """Whether something is being read or converted."""
        return self._work is not None

    # -- what is asked for -------------------------------------------------------------------

    def open(self, paths: Sequence[Path]) -> None:
        """Open films as the recordings of a draft study, or one folder of stills."""
        from imhcode.services.drafts import open_draft  # noqa: PLC0415

        def look() -> None:
            found = open_draft(paths, settings_module.data_folder())
            if found is not None:
                self.cancel()
                self._window.take(OpenStudy(found, self._window.settings))
            else:
                self._with_interval(paths, self._read_draft)

        self._attempt(look)

    def add_to_session(self, paths: Sequence[Path]) -> None:
        """Add films, or one folder of stills, to the open session."""
        study = self._window.study
        if study is not None:
            session_id = study.session_id

            def read(chosen: Sequence[Path], interval_us: int) -> None:
                def add(found: "list[RecordingFacts]") -> None:
                    for facts in found:
                        study.service.add_facts(facts, session_id)
                    if self._window.study is study:
                        self._window.show_session(study.session_id)

                work = self._reading(chosen, study.index_folder(), interval_us)
                self._begin(self._reading_words(chosen), work, add, of=study)

            self._attempt(lambda: self._with_interval(paths, read))

    def find(self, recording: Recording, path: Path, then: Callable[[Recording], None]) -> None:
        """Compare a file with a recording that has moved; if it is the one, write down its place.

        ``then`` gets the recording with its new place.
        """
        study = self._window.study
        if study is None:
            return
        from imhcode.services.contents import content_hash  # noqa: PLC0415

        def compare(progress: Progress, wanted: Wanted) -> str:
            return content_hash(path, on_progress=progress, wanted=wanted)

        def move(sha256: str) -> None:
            then(study.service.relocate(recording, path, sha256=sha256))

        self._begin(self.tr("Comparing {name}").format(name=path.name), compare, move, of=study)

    def offer_copy(self) -> None:
        """Say once that the recording just opened plays badly, and what helps."""
        study, playback = self._window.study, self._window.space.playback
        recording = playback.recording
        if not playback.jumps_are_long or study is None or study.lost or recording is None:
            return
        if recording.sha256 not in self._offered:
            self._offered.add(recording.sha256)
            words = self.tr(
                "Jumps in this recording take seconds: its keyframes lie far apart. A copy with "
                "the same frames at the same times is quick; the original stays as it is."
            )
            self._window.say(words, offer=self.tr("Make a playable copy"), action="make_copy")

    def make_copy(self) -> None:
        """Convert the leading recording and go on with the copy; the original is only read."""
        study = self._window.study
        recording = study.recording if study else None
        if study is None or recording is None:
            return
        from imhcode.services.converting import free_copy_name, make_copy  # noqa: PLC0415

        original, folder = study.service.path_of(recording), study.index_folder()
        to = free_copy_name(original)

        def convert(progress: Progress, wanted: Wanted) -> "RecordingFacts":
            return make_copy(original, to, folder, on_progress=progress, wanted=wanted)

        def go_on(copy: "RecordingFacts") -> None:
            changed = study.service.use_copy(recording, copy)
            if self._window.study is study and study.session_id == changed.session_id:
                led = study.recording
                self._window.watch(changed if led is None or led.id == changed.id else led)
                self._window.fill_choosers(study)
            words = self.tr("The copy {copy} is open now; {original} is as it was.")
            self._window.say(words.format(copy=to.name, original=original.name))

        words = self.tr("Making a copy of {name}").format(name=original.name)
        self._begin(words, convert, go_on, discard=_remove, of=study, converts=True)

    def cancel(self) -> None:
        """Stop what is going on; nothing of it stays."""
        work, self._work = self._work, None
        self.card.close_card()
        if work is not None:
            work.stop()
            self._end()

    def close(self) -> None:
        """Stop, and wait until everything half done is gone: the window closes."""
        work = self._work
        self.cancel()
        if work is not None:
            work.wait()

    def let_go_of(self, study: OpenStudy) -> None:
        """A study is about to be closed: what was to be added to it is not wanted any more."""
        if self._work is not None and self._work.property("study") is study:
            self.cancel()

    # -- inside ------------------------------------------------------------------------------

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except ImhcodeError as error:
            self._say(error)

    def _with_interval(
        self, paths: Sequence[Path], then: Callable[[Sequence[Path], int], None]
    ) -> None:
        """Go on with films at once; with a folder of stills, when somebody says how far apart."""
        first = paths[0]
        if not first.is_dir():
            then(paths, 0)
            return
        from imhcode.media.stills import stills_in  # noqa: PLC0415

        n_stills = len(stills_in(first))
        self._then = lambda folder, interval_us: then([folder], interval_us)
        self.card.ask(first, n_stills, self._window.settings.stills_interval_s)

    def _take_interval(self, folder: Path, interval_us: int) -> None:
        settings = replace(self._window.settings, stills_interval_s=interval_us / _US_PER_S)
        self._window.change_settings(settings)
        self._attempt(lambda: self._then(folder, interval_us))

    def _read_draft(self, paths: Sequence[Path], interval_us: int) -> None:
        from imhcode.services import drafts  # noqa: PLC0415

        data = settings_module.data_folder()
        draft = drafts.draft_path(paths[0], data)

        def forget(_: object = None) -> None:
            if not draft.exists():
                drafts.forget_index(draft)

        read = self._reading(paths, drafts.index_folder(draft), interval_us)

        def read_or_forget(progress: Progress, wanted: Wanted) -> "list[RecordingFacts]":
            try:
                return read(progress, wanted)
            except BaseException:
                forget()
                raise

        def make(found: "list[RecordingFacts]") -> None:
            try:
                made = drafts.make_draft(found, data)
            except ImhcodeError:
                forget()
                raise
            self._window.take(OpenStudy(made, self._window.settings))

        self._begin(self._reading_words(paths), read_or_forget, make, discard=forget)
        if self._work is not None and self._window.study is None:
            self.first_look.show_words(self.tr("Reading the frame times…"))
            self._window.pages.setCurrentWidget(self.first_look)
            self.first_look.setFocus()  # or the button that cancels would get it

    def _reading(
        self, paths: Sequence[Path], folder: Path, interval_us: int
    ) -> "Callable[[Progress, Wanted], list[RecordingFacts]]":
        """Work that reads one recording after the other."""
        view = self.first_look
        ratio = view.devicePixelRatioF()
        room = self._window.pages.size()
        size = (round(room.width() * ratio), round(room.height() * ratio))

        self._looked_at = paths

        def show(picture: object) -> None:
            self._pictured.emit(paths, picture)

        def work(progress: Progress, wanted: Wanted) -> "list[RecordingFacts]":
            from imhcode.services.recording_facts import read_facts  # noqa: PLC0415

            def told_from(n: int) -> Progress:
                return lambda share: progress((n + share) / len(paths))

            return [
                read_facts(
                    path,
                    folder,
                    interval_us=interval_us,
                    size=size,
                    on_progress=told_from(n),
                    on_first_picture=show if n == 0 else None,
                    wanted=wanted,
                )
                for n, path in enumerate(paths)
            ]

        return work

    def _reading_words(self, paths: Sequence[Path]) -> str:
        if len(paths) > 1:
            return self.tr("Reading {n} recordings").format(n=len(paths))
        words = self.tr("Reading {name}").format(name=paths[0].name)
        gb = 0.0 if paths[0].is_dir() else paths[0].stat().st_size / _BYTES_A_GB
        return f"{words} · {gb:.1f} GB" if gb >= 0.1 else words

    def _show_first(self, paths: Sequence[Path], picture: object) -> None:
        if self._work is not None and paths is self._looked_at:
            self.first_look.show_picture(picture)  # type: ignore[arg-type]

    def _begin(
        self,
        words: str,
        work: Work,
        done: Callable[[Any], None],
        *,
        discard: Callable[[Any], None] = lambda _: None,
        of: OpenStudy | None = None,
        converts: bool = False,
    ) -> None:
        """Start work whose result belongs to the study ``of``; the one before is stopped."""
        if self._work is not None and self._converts:
            self._window.say(self.tr("A copy is being made. Wait for it, or cancel it first."))
            return
        self.cancel()
        started = LongWork(work, discard=discard, parent=self)
        started.setProperty("study", of)
        self._work, self._converts = started, converts
        started.progressed.connect(lambda share: self._show_share(started, share))
        started.done.connect(lambda result: self._finish(done, result))
        started.failed.connect(self._fail)
        self._window.progress.begin(words)
        started.start()

    def _show_share(self, work: LongWork, share: float) -> None:
        if work is self._work:
            self._window.progress.show_share(share)

    def _finish(self, done: Callable[[Any], None], result: Any) -> None:
        self._work = None
        self._attempt(lambda: done(result))
        self._end()

    def _fail(self, failure: object) -> None:
        self._work = None
        self._end()
        if isinstance(failure, ImhcodeError):
            self._say(failure)

    def _end(self) -> None:
        window = self._window
        window.progress.end()
        if window.pages.currentWidget() is self.first_look:
            page = window.start if window.study is None else window.workspace
            window.pages.setCurrentWidget(page)

    def _say(self, error: ImhcodeError) -> None:
        self._window.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")


def _remove(copy: "RecordingFacts") -> None:
    copy.path.unlink(missing_ok=True)
