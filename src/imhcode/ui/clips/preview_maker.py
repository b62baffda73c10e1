"""The pictures of a clip, made on a thread of their own: the newest request wins."""

import threading
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from imhcode.domain.errors import ImhcodeError
from imhcode.media.clips.masking import Pixels
from imhcode.media.clips.pictures import ClipPictures
from imhcode.media.clips.plan import ClipPlan
from imhcode.media.clips.schedule import ClipFrame, ShotSpan
from imhcode.media.frame_times import FrameTimes
from imhcode.media.superseded import Superseded
from imhcode.ui.clips.places import Place, places_of

_CACHE_BYTES = 128 << 20  # of each recording: going back and forth does not decode again
_PATIENCE_S = 10.0


@dataclass(frozen=True, eq=False, slots=True)
class Preview:
    """One picture of a clip, exactly as it will be written, and where it stands.

    Attributes
    ----------
    number, count : int
        Which picture of how many, counted from 0.
    frame : ClipFrame
        Which frame of each camera it shows.
    first, last : ClipFrame
        The ends of the clip.
    times : FrameTimes
        Those of the camera that leads.
    """

    plan: ClipPlan
    number: int
    count: int
    pixels: Pixels
    frame: ClipFrame
    first: ClipFrame
    last: ClipFrame
    span: ShotSpan
    times: FrameTimes
    places: tuple[Place, ...]


class PreviewMaker(QObject):
    """Decodes and hides on one plain thread, which begins with the first request.

    Signals
    -------
    made(Preview)
        The picture asked for last.
    failed(ImhcodeError)
        It cannot be had.
    """

    made = Signal(object)
    failed = Signal(object)

    def __init__(self, index_folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = index_folder
        self._bell = threading.Condition()
        self._asked: tuple[ClipPlan, int] | None = None
        self._n_asked = 0
        self._ends = False
        self._thread: threading.Thread | None = None
        self._pictures: ClipPictures | None = None

    def ask(self, plan: ClipPlan, number: int) -> None:
        """Ask for a picture in place of the one asked for before."""
        with self._bell:
            self._asked = plan, number
            self._n_asked += 1
            self._bell.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="imhcode-clip-preview")
            self._thread.daemon = True
            self._thread.start()

    def close(self) -> None:
        """End, and let go of all recordings."""
        with self._bell:
            self._ends = True
            self._n_asked += 1
            self._bell.notify()
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)

    def _run(self) -> None:
        try:
            while True:
                with self._bell:
                    while self._asked is None and not self._ends:
                        self._bell.wait()
                    if self._ends or self._asked is None:
                        return
                    (plan, number), self._asked = self._asked, None
                    ticket = self._n_asked
                self._make(plan, number, ticket)
        finally:
            self._let_go()

    def _make(self, plan: ClipPlan, number: int, ticket: int) -> None:
        def wanted() -> bool:
            return self._n_asked == ticket

        try:
            pictures = self._opened(plan)
            count = len(pictures)
            number = max(0, min(number, count - 1))
            camera = plan.shots[0].cameras[0]
            shown = Preview(
                plan=plan,
                number=number,
                count=count,
                pixels=pictures.picture(number, wanted),
                frame=pictures.schedule.frame(number),
                first=pictures.schedule.frame(0),
                last=pictures.schedule.frame(count - 1),
                span=pictures.schedule.span(0),
                times=pictures.source_of(camera).frame_times,
                places=places_of(pictures),
            )
        except Superseded:
            return
        except ImhcodeError as error:
            if wanted():
                self.failed.emit(error)
            return
        if wanted():
            self.made.emit(shown)

    def _opened(self, plan: ClipPlan) -> ClipPictures:
        """The pictures of this plan; other masks mean opening again, so nothing old is shown."""
        if self._pictures is None or self._pictures.schedule.plan is not plan:
            self._let_go()
            # Opening is never given up: a film is read once, and each further key would begin anew.
            self._pictures = ClipPictures(
                plan, self._folder, cache_bytes=_CACHE_BYTES, wanted=lambda: not self._ends
            )
        return self._pictures

    def _let_go(self) -> None:
        if self._pictures is not None:
            self._pictures.close()
            self._pictures = None
