"""Where Qt meets several cameras: the others follow the one that leads."""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from imhcode.domain.errors import ImhcodeError
from imhcode.domain.study import Recording
from imhcode.ui.coding.cameras import CameraWall
from imhcode.ui.coding.picture_view import PictureView
from imhcode.ui.coding.playback import Playback
from imhcode.ui.messages import said

if TYPE_CHECKING:  # the decoder's libraries are slow to import: not before a recording is opened
    from imhcode.media.picture_source import PictureSource
    from imhcode.media.presence import Presence
    from imhcode.ui.coding.camera_follower import Follower

LOOK_EVERY_MS = 5  #: while playing: often enough that no picture waits long for its turn
BEHIND_AFTER_S = 0.15  #: a picture of another time stays undimmed for so long at most


@dataclass(eq=False)
class _Camera:
    """A camera that follows."""

    recording: Recording
    path: Path | None
    follower: "Follower | None" = None
    size: tuple[int, int] | None = None
    behind_since_s: float | None = None
    trouble: str = ""


class Cameras(QObject):
    """Keeps every camera of the session at the session time of the leading one.

    The leading camera is that of the playback: its frames are stepped, its clock leads.  Each
    other camera has a decoder of its own and is asked by session time.  Where it has no picture
    (it starts later, ends earlier, has a hole) it says so.

    Parameters
    ----------
    playback : Playback
        Of the leading camera.
    wall : CameraWall
        Where the pictures hang; :meth:`CameraWall.show_picture` is called by who owns both.
    now_us : callable
        Session time by the playback's clock; asked while it plays.

    Attributes
    ----------
    index_folder : Path or None
        Where indexes of recordings are kept between two openings.

    Signals
    -------
    trouble(str)
        A camera cannot be opened or decoded; the sentence.
    """

    trouble = Signal(str)
    _opened = Signal(object, object)
    _not_opened = Signal(object, object)
    _arrived = Signal()
    _failed = Signal(object, object)

    def __init__(
        self,
        playback: Playback,
        wall: CameraWall,
        now_us: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.index_folder: Path | None = None
        self._playback, self._wall, self._now_us = playback, wall, now_us
        self._cameras: dict[str, _Camera] = {}
        self._at_us: int | None = None  # session time of the leading camera's picture
        self._led_presence: Presence | None = None
        self._last_led: object = None
        self._looking = QTimer(self)
        self._looking.setTimerType(Qt.TimerType.PreciseTimer)
        self._looking.setInterval(LOOK_EVERY_MS)
        self._looking.timeout.connect(self.look)
        self._dimming = QTimer(self)
        self._dimming.setSingleShot(True)
        self._dimming.setInterval(round(BEHIND_AFTER_S * 1_000) + 1)
        self._dimming.timeout.connect(self.look)
        self._opened.connect(self._take_over)
        self._not_opened.connect(self._show_trouble)
        self._failed.connect(self._show_trouble)
        self._arrived.connect(self.look)
        playback.picture_due.connect(self._led)
        playback.playing_changed.connect(self._start_stop)
        playback.ready.connect(self._ready)
        wall.follower_size_wanted.connect(self._set_size)

    # -- opening -----------------------------------------------------------------------------

    def open(self, recordings: Sequence[tuple[Recording, Path | None]], lead_id: str) -> None:
        """Show all cameras of the session; the one called ``lead_id`` is opened by the playback.

        A camera whose path is ``None`` is not where it should be, and says so.
        """
        before, self._cameras = self._cameras, {}
        self._wall.show_cameras([recording for recording, _ in recordings], lead_id)
        for recording, path in recordings:
            if recording.id == lead_id:
                continue
            kept = before.pop(recording.id, None)
            fits = kept is not None and kept.follower is not None and kept.path == path
            self._cameras[recording.id] = kept if kept and fits else _Camera(recording, path)
            self.set_recording(recording)
        self._let_go(before.values())
        new = [camera for camera in self._cameras.values() if camera.follower is None]
        for camera in new:
            self._await(camera)
        folder = self.index_folder

        def work() -> None:
            from imhcode.media.opening import open_recording  # noqa: PLC0415

            for camera in new:
                if camera.path is None or camera is not self._cameras.get(camera.recording.id):
                    continue  # not there, or the coder has gone elsewhere meanwhile
                try:
                    source = open_recording(
                        camera.path,
                        folder,
                        interval_us=camera.recording.interval_us,
                        leads=False,
                    )
                    self._opened.emit(camera, source)
                except ImhcodeError as error:
                    self._not_opened.emit(camera, error)

        if new:
            threading.Thread(target=work, name="open cameras", daemon=True).start()

    def _await(self, camera: _Camera) -> None:
        """Say that a camera is being opened, or that it is not there."""
        view = self._view(camera)
        if view is None:
            return
        words = self.tr("Reading the frame times…")
        if camera.path is None:
            words = camera.trouble = self.tr("The recording is not where it was.")
        view.show_words(words)
        ratio = view.devicePixelRatioF() * view.look.zoom
        camera.size = (round(view.width() * ratio), round(view.height() * ratio))

    def close(self) -> None:
        """Let go of all cameras that follow."""
        self._looking.stop()
        self._dimming.stop()
        cameras, self._cameras = self._cameras, {}
        self._let_go(cameras.values())
        self._at_us = self._led_presence = self._last_led = None

    def _let_go(self, cameras: Iterable[_Camera]) -> None:
        for camera in cameras:
            if camera.follower is not None:
                camera.follower.close()

    def set_recording(self, recording: Recording) -> None:
        """Take on another offset of a camera, the leading one or one that follows."""
        led = self._playback.recording
        if led is not None and led.id == recording.id:
            self._playback.recording = recording
            painted = self._wall.painted
            if painted is not None:
                self._at_us = self._playback.stamp_of(painted).time_us
        camera = self._cameras.get(recording.id)
        if camera is not None:
            camera.recording = recording
            if camera.follower is not None:
                camera.follower.recording = recording
        self._wall.show_recording(recording)
        self.look()

    # -- what is asked of them ---------------------------------------------------------------

    @property
    def dropped(self) -> dict[str, int]:
        """Pictures of each camera that follows that could not be shown in time."""
        return {
            name: camera.follower.dropped
            for name, camera in self._cameras.items()
            if camera.follower is not None
        }

    def is_in_step(self) -> bool:
        """Whether each camera shows what it saw at the leading camera's time, or that it is away.

        Not while it plays: then pictures are always on their way.
        """
        return self._at_us is not None and all(
            camera.trouble or (camera.follower is not None and self._shows_right(camera))
            for camera in self._cameras.values()
        )

    def follower(self, recording_id: str) -> "Follower | None":
        """The camera with that id, once it is open."""
        camera = self._cameras.get(recording_id)
        return None if camera is None else camera.follower

    def look(self) -> None:
        """Bring every picture to the time it is."""
        playing = self._playback.is_playing
        if playing:
            self._at_us = self._now_us()
            self._mind_holes()
        if self._at_us is None:
            return
        behind = False
        for camera in self._cameras.values():
            if camera.follower is not None and not camera.trouble:
                self._show(camera, camera.follower, self._at_us, playing=playing)
                behind |= camera.behind_since_s is not None
        if behind and not playing and not self._dimming.isActive():
            self._dimming.start()

    # -- inside ------------------------------------------------------------------------------

    def _view(self, camera: _Camera) -> PictureView | None:
        frame = self._wall.frame(camera.recording.id)
        return None if frame is None else frame.view

    def _show(self, camera: _Camera, follower: "Follower", at_us: int, *, playing: bool) -> None:
        view = self._view(camera)
        if view is None:
            return
        picture = follower.play_at(at_us) if playing else follower.stand_at(at_us)
        if follower.frame_due(at_us) is None:
            camera.behind_since_s = None
            view.show_words(self.tr("No picture at this time"))
            return
        right = follower.is_right(at_us)
        if picture is None and right and view.words:
            picture = follower.shown  # back from where there was none
        if picture is not None:
            view.show_soon(picture)
        if right:
            camera.behind_since_s = None
        elif camera.behind_since_s is None:
            camera.behind_since_s = time.monotonic()
        elif time.monotonic() - camera.behind_since_s > BEHIND_AFTER_S:
            view.show_behind(True)
        if right:
            view.show_behind(False)
        frame = self._wall.frame(camera.recording.id)
        if frame is not None:
            frame.show_dropped(follower.dropped)

    def _shows_right(self, camera: _Camera) -> bool:
        view = self._view(camera)
        if view is None or camera.follower is None or self._at_us is None:
            return False
        due = camera.follower.frame_due(self._at_us)
        if due is None:
            return view.painted is None and bool(view.words)
        return view.painted is not None and view.painted.frame == due

    def _mind_holes(self) -> None:
        """Let the leading camera, too, say when it has no picture."""
        recording, presence = self._playback.recording, self._led_presence
        if recording is None or presence is None or self._at_us is None:
            return
        at_us = self._at_us - recording.offset_us
        if at_us < presence.times.end_us and presence.frame_at(at_us) is None:
            self._wall.show_words(self.tr("No picture at this time"))

    def _ready(self) -> None:
        from imhcode.media.presence import Presence  # noqa: PLC0415

        times = self._playback.frame_times
        self._led_presence = None if times is None else Presence(times)

    def _led(self, picture: object) -> None:
        """The leading camera shows a picture: the others go where it is."""
        self._last_led = picture
        if not self._playback.is_playing:
            self._at_us = self._playback.stamp_of(picture).time_us  # type: ignore[arg-type]
        self.look()

    def _start_stop(self, playing: bool) -> None:
        if playing:
            self._looking.start()
            return
        self._looking.stop()
        if self._wall.painted is None and self._last_led is not None:
            self._wall.show_picture(self._last_led)  # type: ignore[arg-type]
        painted = self._wall.painted
        if painted is not None:
            self._at_us = self._playback.stamp_of(painted).time_us
        self.look()

    def _take_over(self, camera: _Camera, source: "PictureSource") -> None:
        if camera is not self._cameras.get(camera.recording.id):
            source.close()
            return
        from imhcode.ui.coding.camera_follower import Follower  # noqa: PLC0415

        camera.follower = Follower(
            source,
            camera.recording,
            on_picture=self._arrived.emit,
            on_trouble=lambda error: self._failed.emit(camera, error),
        )
        camera.follower.set_deinterlaced(camera.recording.deinterlaced)
        if camera.size is not None:
            camera.follower.set_size(camera.size)
        view = self._view(camera)
        if self._playback.recording is None and view is not None:
            view.show_words(self.tr("Let this camera lead to see it"))
        self.look()

    def _set_size(self, recording_id: str, width: int, height: int) -> None:
        camera = self._cameras.get(recording_id)
        if camera is not None:
            camera.size = (max(width, 16), max(height, 16))
            if camera.follower is not None:
                camera.follower.set_size(camera.size)
                self.look()

    def _show_trouble(self, camera: _Camera, error: Exception) -> None:
        if not isinstance(error, ImhcodeError):
            raise error  # our bug: let it be seen where bugs are seen
        if camera is not self._cameras.get(camera.recording.id):
            return
        words = said(error)
        if camera.follower is None:
            camera.trouble = words
        view = self._view(camera)
        if view is not None:
            view.show_words(words)
        self.trouble.emit(words)
