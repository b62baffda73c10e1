"""A clip is checked against consent, written in the background, and written down."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from imhcode.domain.errors import ImhcodeError
from imhcode.media.clips.export import ClipMade, export_clip
from imhcode.media.clips.regions import KeyBox
from imhcode.media.clips.tracking import Proposal, propose_boxes
from imhcode.media.picture_source import PictureSource
from imhcode.media.source import open_source
from imhcode.media.stills import open_stills
from imhcode.services.clips import ClipWish, Prepared, prepared, registered
from imhcode.ui.long_work import LongWork, Progress, Wanted
from imhcode.ui.open_study import OpenStudy
from imhcode.ui.review.consent_words import today
from imhcode.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from imhcode.media.clips.plan import ClipCamera


class ClipWriting(QObject):
    """One long work at a time: writing a clip, or following what a box is drawn around.

    Signals
    -------
    written(str)
        A clip is there; the sentence says where, and what to know about it.
    proposed(Proposal)
        Where a box seems to go.
    failed(ImhcodeError)
        Neither.
    """

    written = Signal(str)
    proposed = Signal(object)
    failed = Signal(object)

    def __init__(self, progress: ProgressStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._progress = progress
        self._work: LongWork | None = None
        progress.cancel_asked.connect(self.stop)

    @property
    def is_busy(self) -> bool:
        """Whether something is going on."""
        return self._work is not None

    def export(self, study: OpenStudy, wish: ClipWish, coder_id: str, path: Path) -> None:
        """Write a clip, if consent covers it; nothing half done is left behind."""
        try:
            what = prepared(study.service, wish, today())
        except ImhcodeError as error:
            self.failed.emit(error)
            return
        folder = study.index_folder()
        work = LongWork(
            lambda tell, wanted: export_clip(
                what.plan, path, index_folder=folder, on_progress=tell, wanted=wanted
            ),
            discard=lambda made: made.path.unlink(missing_ok=True),
            parent=self,
        )
        work.done.connect(lambda made: self._register(study, what, made, coder_id))
        self._begin(work, self.tr("Writing the clip"))

    def follow(
        self, camera: "ClipCamera", folder: Path | None, drawn: KeyBox, until_frame: int
    ) -> None:
        """Propose how a drawn box goes on."""

        def work(tell: Progress, wanted: Wanted) -> Proposal:
            source: PictureSource
            if camera.interval_us:
                source = open_stills(camera.path, interval_us=camera.interval_us, leads=False)
            else:
                source = open_source(camera.path, folder, leads=False, wanted=wanted)
            with closing(source):
                return propose_boxes(source, drawn, until_frame, on_progress=tell, wanted=wanted)

        following = LongWork(work, parent=self)
        following.done.connect(self._hand_over)
        self._begin(following, self.tr("Following what the box is drawn around"))

    def stop(self) -> None:
        """Stop what is going on; nothing of it is kept."""
        if self._work is not None:
            self._work.stop()
            self._work.wait()
            self._end()

    def _begin(self, work: LongWork, words: str) -> None:
        self.stop()
        self._work = work
        work.progressed.connect(self._progress.show_share)
        work.failed.connect(self._fail)
        self._progress.begin(words)
        work.start()

    def _end(self) -> None:
        self._work = None
        self._progress.end()

    def _hand_over(self, found: Proposal) -> None:
        self._end()
        self.proposed.emit(found)

    def _register(self, study: OpenStudy, what: Prepared, made: ClipMade, coder_id: str) -> None:
        self._end()
        try:
            done = registered(study.service, what, made, coder_id, today())
        except ImhcodeError as error:
            self.failed.emit(error)
            return
        words = self.tr("Clip written to {path}.").format(path=made.path)
        warnings = " ".join(QCoreApplication.translate("errors", one) for one in done.warnings)
        self.written.emit(f"{words} {warnings}".strip())

    def _fail(self, error: object) -> None:
        self._end()
        if isinstance(error, ImhcodeError):
            self.failed.emit(error)
