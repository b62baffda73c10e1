"""Where Qt meets the player: one recording of a session, on the session clock."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from imhcode.domain.errors import ImhcodeError
from imhcode.domain.event import Stamp
from imhcode.domain.study import Recording
from imhcode.media.frame_times import FrameTimes
from imhcode.media.picture import Picture
from imhcode.ui.coding.listening import Listening
from imhcode.ui.messages import said

if TYPE_CHECKING:  # the decoder's libraries are slow to import: not before a recording is opened
    from imhcode.media.audio import SoundSink
    from imhcode.media.picture_source import PictureSource
    from imhcode.media.player import Player

LOOK_EVERY_MS = 5  #: while playing: often enough that no picture waits long for its turn
SPEEDS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)  #: the usual `Playback.speeds`
_SHUTTLE = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0)
_SLOW_SHUTTLE = (-1.0, -0.5, -0.25, -0.1, 0.0, 0.1, 0.25, 0.5, 1.0)


class Playback(QObject):
    """Opens a recording in the background, plays it, and hands pictures to the window.

    All times are session time in microseconds.

    Signals
    -------
    ready()
        The recording can be shown.
    reading(float)
        So much of an unknown recording has been read, 0 to 1.
    picture_due(Picture)
        This picture is to be painted now.
    playing_changed(bool)
        Playing has begun or ended.
    trouble(str)
        The recording cannot be opened or decoded; the sentence.
    sound_trouble(str)
        There is no sound, or no more; pictures go on.  Told once for each cause.
    speed_changed(float)
        Playing goes, or will go, at this speed; below 0 is backward.

    Attributes
    ----------
    recording : Recording or None
        The open one.
    listening : Listening
        Volume, mute, gain, channel, and whether steps are heard.
    speeds : tuple of float
        What slower and faster go by, in order.
    jumps_are_long : bool
        Whether a converted copy of the open recording would be quicker to move about in.

    Parameters
    ----------
    parent : QObject or None
        Whose child it is.
    sink : callable or None
        Makes the sound device; ``None`` for the loudspeakers of this computer.
    """

    ready = Signal()
    reading = Signal(float)
    picture_due = Signal(object)
    playing_changed = Signal(bool)
    trouble = Signal(str)
    sound_trouble = Signal(str)
    speed_changed = Signal(float)
    _opened = Signal(object, object)
    _arrived = Signal()
    _failed = Signal(object)
    _sound_failed = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, sink: Callable[[], "SoundSink"] | None = None
    ) -> None:
        super().__init__(parent)
        self._make_sink = sink
        self._speed = 1.0
        self.speeds: tuple[float, ...] = SPEEDS
        self.jumps_are_long = False
        self._dropped_before = 0  # by the player, before this run
        self.listening = Listening(self)
        self._told_of_sound: set[str] = set()
        self.recording: Recording | None = None
        self._player: Player | None = None
        self._size: tuple[int, int] | None = None
        self._was_playing = False
        self._first_us = 0
        self._looking = QTimer(self)
        self._looking.setTimerType(Qt.TimerType.PreciseTimer)
        self._looking.setInterval(LOOK_EVERY_MS)
        self._looking.timeout.connect(self._look)
        self._opened.connect(self._take_over)
        self._arrived.connect(self._look)
        self._failed.connect(self._tell)
        self._sound_failed.connect(self._tell_of_sound)

    @property
    def frame_times(self) -> FrameTimes | None:
        """When each frame of the recording is shown, on the recording's own clock."""
        return self._player.frame_times if self._player else None

    @property
    def is_playing(self) -> bool:
        """Whether time goes by."""
        return self._player is not None and self._player.is_playing

    @property
    def dropped(self) -> int:
        """Pictures that could not be shown in time since playing last began."""
        return self._player.dropped - self._dropped_before if self._player else 0

    def open(
        self,
        recording: Recording,
        path: Path,
        at_us: int = 0,
        index_folder: Path | None = None,
    ) -> None:
        """Open a recording and show its frame at ``at_us``; :attr:`ready` says when."""
        self.close()
        self.recording, self._first_us = recording, at_us

        def work() -> None:
            from imhcode.media.opening import open_recording  # noqa: PLC0415
            from imhcode.media.superseded import Superseded  # noqa: PLC0415

            try:
                source = open_recording(
                    path,
                    index_folder,
                    interval_us=recording.interval_us,
                    on_progress=self.reading.emit,
                    wanted=lambda: recording is self.recording,
                )
                self._opened.emit(recording, source)
            except Superseded:
                return  # the coder has gone elsewhere meanwhile
            except ImhcodeError as error:
                self._failed.emit(error)

        threading.Thread(target=work, name="open recording", daemon=True).start()

    def _take_over(self, recording: Recording, source: "PictureSource") -> None:
        if recording is not self.recording or self._player is not None:
            source.close()  # the coder has gone elsewhere meanwhile
            return
        from imhcode.media.player import Player  # noqa: PLC0415
        from imhcode.media.sound import open_sound  # noqa: PLC0415
        from imhcode.media.sound_sink_miniaudio import MiniaudioSink  # noqa: PLC0415
        from imhcode.services.converting import jumps_are_long  # noqa: PLC0415

        self._player = Player(
            source,
            on_picture=lambda *_: self._arrived.emit(),
            on_trouble=self._failed.emit,
            sound=open_sound(
                source,
                (self._make_sink or MiniaudioSink)(),
                on_trouble=self._sound_failed.emit,
            ),
        )
        self._player.set_speed(self._speed)
        self._player.set_deinterlaced(recording.deinterlaced)
        self.jumps_are_long = jumps_are_long(source)
        self._dropped_before = 0
        self.listening.listen_to(self._player)
        if self._size:
            self._player.set_size(self._size)
        self.ready.emit()
        self.seek(self._first_us)

    def close(self) -> None:
        """Let go of the recording."""
        self._looking.stop()
        self._was_playing = False
        self.recording = None
        self.jumps_are_long = False
        if self._player is not None:
            self.listening.listen_to(None)
            self._player.close()
            self._player = None

    def stamp_of(self, picture: Picture) -> Stamp:
        """The session time and the frame of a picture."""
        if self.recording is None:
            return Stamp(picture.time_us)
        at_us = picture.time_us + self.recording.offset_us
        return Stamp(at_us, self.recording.id, picture.frame)

    def stamp_at(self, time_us: int) -> Stamp:
        """The frame on screen at a session time, and that frame's own time."""
        times = self.frame_times
        if times is None or self.recording is None:
            return Stamp(time_us)
        frame = times.nearest_frame_at(time_us - self.recording.offset_us)
        return Stamp(times.time_of(frame) + self.recording.offset_us, self.recording.id, frame)

    def extent_us(self) -> tuple[int, int]:
        """From where to where the recording reaches."""
        if self.recording is None:
            return 0, 0
        times = self.frame_times
        end_us = times.end_us if times else self.recording.end_us
        return self.recording.offset_us, self.recording.offset_us + end_us

    def now_us(self) -> int:
        """Session time: by the clock while it plays, else of the frame last asked for."""
        if self._player is None or self.recording is None:
            return 0
        return self._player.position_us + self.recording.offset_us

    def set_size(self, width: int, height: int) -> None:
        """Ask for pictures that fit this many device pixels."""
        self._size = (max(width, 16), max(height, 16))
        if self._player is not None:
            self._player.set_size(self._size)

    @property
    def is_deinterlaced(self) -> bool:
        """Whether interlaced pictures are shown without combs."""
        return self._player is None or self._player.deinterlaced

    def set_deinterlaced(self, on: bool) -> None:
        """Show interlaced pictures without combs, or as they are."""
        if self._player is not None:
            self._player.set_deinterlaced(on)

    def seek(self, time_us: int) -> None:
        """Show the frame at a session time; beyond the ends, the first or the last."""
        if self._player is not None and self.recording is not None:
            times = self._player.frame_times
            self._player.seek_frame(times.nearest_frame_at(time_us - self.recording.offset_us))

    def seek_frame(self, frame: int) -> None:
        """Show one frame."""
        if self._player is not None:
            self._player.seek_frame(self._player.frame_times.clamped(frame))

    def shift(self, distance_us: int) -> None:
        """Go a distance from the frame last asked for; playing goes on."""
        if self._player is not None and self.recording is not None:
            self.seek(self.now_us() + distance_us)

    def beside(self, time_us: int, frames: int) -> int:
        """The onset of the frame so many frames from the one shown at a session time."""
        times = self.frame_times
        if times is None or self.recording is None:
            return time_us
        offset_us = self.recording.offset_us
        frame = times.clamped(times.nearest_frame_at(time_us - offset_us) + frames)
        return times.time_of(frame) + offset_us

    def step(self, frames: int) -> None:
        """Go some frames on, or back; playing stops."""
        if self._player is not None:
            self.pause()
            self._player.step(frames)

    def play(self) -> None:
        """Let time go by."""
        if self._player is not None and not self._player.is_playing:
            self._dropped_before = self._player.dropped
            self._player.play()
            self._start_looking()

    def pause(self) -> None:
        """Stop on the frame that is on screen."""
        if self._player is not None and self._player.is_playing:
            self._player.pause()
            self._look()

    def toggle(self) -> None:
        """Play if it stands, stand if it plays."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    # -- speed and stretches -----------------------------------------------------------------

    @property
    def speed(self) -> float:
        """Recording time a unit of real time; below 0 is backward."""
        return self._player.speed if self._player else self._speed

    def set_speed(self, speed: float) -> None:
        """Play at this speed from now on: 0.1 to 4 with sound, or as much backward without."""
        self._speed = speed
        self._change_speed(speed)

    def slower(self) -> None:
        """Go to the next slower of `speeds`; what shuttles goes on forward."""
        speed = abs(self.speed)
        self.set_speed(max((one for one in self.speeds if one < speed), default=self.speeds[0]))

    def faster(self) -> None:
        """Go to the next faster of `speeds`; what shuttles goes on forward."""
        speed = abs(self.speed)
        self.set_speed(min((one for one in self.speeds if one > speed), default=self.speeds[-1]))

    def natural_speed(self) -> None:
        """Go back to natural speed."""
        self.set_speed(1.0)

    def shuttle(self, direction: int, *, slow: bool = False) -> None:
        """Play one notch further forward (1) or backward (-1): 1, 2 and 4 times, or slowly.

        In the middle it stands still.  The speed chosen before holds again after a stop.
        """
        if self._player is None:
            return
        ladder = _SLOW_SHUTTLE if slow else _SHUTTLE
        now = self.speed if self.is_playing else 0.0
        if direction > 0:
            wanted = min((one for one in ladder if one > now), default=ladder[-1])
        else:
            wanted = max((one for one in ladder if one < now), default=ladder[0])
        if wanted == 0:
            self.pause()
            return
        self._change_speed(wanted)
        self.play()

    def play_stretch(
        self, from_us: int, until_us: int, *, loop: bool = False, lead_in_us: int = 0
    ) -> None:
        """Play a stretch of the session and stand on its last frame, or play it again and again.

        ``lead_in_us`` is how much before it is played too.
        """
        if self._player is not None and self.recording is not None:
            offset_us = self.recording.offset_us
            self._dropped_before = self._player.dropped
            self._player.play_stretch(
                from_us - offset_us, until_us - offset_us, loop=loop, lead_in_us=lead_in_us
            )
            self._start_looking()

    @property
    def is_looping(self) -> bool:
        """Whether a stretch is played again and again."""
        return self._player is not None and self._player.is_looping

    def scrub(self, time_us: int) -> None:
        """Like `seek` on the way elsewhere: heard for a moment, perhaps coarse at first."""
        if self._player is not None and self.recording is not None:
            times = self._player.frame_times
            frame = times.nearest_frame_at(time_us - self.recording.offset_us)
            self._player.scrub_frame(frame)

    # -- inside ------------------------------------------------------------------------------

    def _change_speed(self, speed: float) -> None:
        if self._player is not None:
            self._player.set_speed(speed)
            self._look()
        self.speed_changed.emit(self.speed)

    def _start_looking(self) -> None:
        self._looking.start()
        self._look()

    def _tell_of_sound(self, error: Exception) -> None:
        if not isinstance(error, ImhcodeError):
            raise error
        words = said(error)
        if words not in self._told_of_sound:
            self._told_of_sound.add(words)
            self.sound_trouble.emit(words)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, ImhcodeError):
            raise error  # our bug: let it be seen where bugs are seen
        self.trouble.emit(said(error))

    def _look(self) -> None:
        if self._player is None:
            return
        picture = self._player.take()
        if picture is not None:
            self.picture_due.emit(picture)
        playing = self._player.is_playing
        if playing != self._was_playing:
            self._was_playing = playing
            if not playing:
                self._looking.stop()
                if self._player.speed != self._speed:  # a shuttle is over
                    self._change_speed(self._speed)
            self.playing_changed.emit(playing)
