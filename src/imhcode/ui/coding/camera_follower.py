"""A camera that follows: it is asked by session time and shows what it saw then, or nothing.

Knows nothing of Qt.  The leading camera's player has the clock; a follower only has a decoder.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from imhcode.domain.study import Recording
from imhcode.media.decoder import Decoder, Request
from imhcode.media.picture import Picture
from imhcode.media.presence import Presence

if TYPE_CHECKING:
    from imhcode.media.picture_source import PictureSource


class Follower:
    """One camera that keeps to a session time given from outside.

    All methods are called from one thread; decoding happens on another.

    Parameters
    ----------
    source : PictureSource
        Opened; it belongs to the follower from now on and is closed with it.
    recording : Recording
        Says where it lies on the session clock.
    on_picture, on_trouble : callable
        Called on the decoder's thread: a picture asked for while standing has come; an exception.
    """

    def __init__(
        self,
        source: "PictureSource",
        recording: Recording,
        *,
        on_picture: Callable[[], None],
        on_trouble: Callable[[Exception], None],
    ) -> None:
        self.recording = recording
        self.presence = Presence(source.frame_times)
        self.sound_track = source.sound_track
        self.shown: Picture | None = None
        self.dropped = 0
        self._on_picture, self._on_trouble = on_picture, on_trouble
        self._lock = threading.Lock()  # never held while the decoder is called
        self._waiting: deque[Picture] = deque()
        self._ticket = 0
        self._asked: int | None = None  # standing: the frame on its way
        self._is_on_its_way = False
        self._running = False
        self._shown_in_run = False
        self._size: tuple[int, int] | None = None
        self._deinterlaced = True
        self._shown_fits = True  # the picture shown has the size asked for
        self._last_us = recording.offset_us
        self._decoder = Decoder(
            source, on_picture=self._arrived, on_trouble=self._failed, due_frame=self._due_frame
        )

    def frame_due(self, session_us: int) -> int | None:
        """The frame this camera has for a session time; ``None`` if it has none."""
        return self.presence.frame_at(session_us - self.recording.offset_us)

    def is_right(self, session_us: int) -> bool:
        """Whether the picture given out last is the one of this time."""
        due = self.frame_due(session_us)
        return due is not None and self.shown is not None and self.shown.frame == due

    def set_size(self, size: tuple[int, int]) -> None:
        """Say what pictures must fit into; the one on screen is fetched again."""
        if size != self._size:
            self._size = size
            self._shown_fits = False
            self._forget()

    def set_deinterlaced(self, deinterlaced: bool) -> None:
        """Show interlaced frames without combs, or as they are; fetch the one on screen again."""
        if deinterlaced != self._deinterlaced:
            self._deinterlaced = deinterlaced
            self._shown_fits = False
            self._forget()

    def stand_at(self, session_us: int) -> Picture | None:
        """Go to a session time; return its picture once, when it has come."""
        self._last_us = session_us
        due = self.frame_due(session_us)
        if self._running or self._asked != due:
            self._forget()
        if due is not None and self._asked != due and not self._has(due):
            self._ask(due)
        return self._newest(due)

    def play_at(self, session_us: int) -> Picture | None:
        """Time goes by and is here now; return the picture that is due, if it is a new one."""
        going_back = session_us < self._last_us
        self._last_us = session_us
        due = self.frame_due(session_us)
        if going_back:
            return self._newest(self._back_to(due), late=True)
        if not self._running:
            self._run(session_us, due)
        return self._newest(due)

    def close(self) -> None:
        """Stop, wait for the decoder's thread, let go of the file."""
        self._decoder.close()

    def _has(self, frame: int) -> bool:
        return self._shown_fits and self.shown is not None and self.shown.frame == frame

    def _forget(self) -> None:
        """Make void whatever was asked for."""
        with self._lock:
            self._ticket += 1
            self._waiting.clear()
        self._asked = None
        self._is_on_its_way = self._running = self._shown_in_run = False

    def _ask(self, frame: int, *, runs: bool = False) -> None:
        self._forget()
        self._running = runs
        self._asked = None if runs else frame
        self._is_on_its_way = not runs
        self._decoder.ask(Request(self._ticket, frame, self._size, runs, self._deinterlaced))

    def _run(self, session_us: int, due: int | None) -> None:
        """Decode from the frame due now, or from the one after it if that is on screen."""
        times = self.presence.times
        at_us = session_us - self.recording.offset_us
        is_shown = due is not None and self._has(due)
        first = times.nearest_frame_at(at_us) + is_shown
        if at_us >= times.end_us or first > times.last_frame:
            self._forget()
            self._running = True  # until time goes back: there is nothing left to decode
        else:
            self._ask(first, runs=True)
        self._shown_in_run = is_shown

    def _back_to(self, due: int | None) -> int | None:
        """Time runs backward: one picture after the other, as quickly as they come."""
        if self._running:
            self._forget()
        wanted = due is not None and due != self._asked and not self._has(due)
        if due is not None and wanted and not self._is_on_its_way:
            self._ask(due)
        return due

    def _newest(self, due: int | None, *, late: bool = False) -> Picture | None:
        """Take the newest picture that is due; nothing when the camera has no picture."""
        if due is None:
            return None
        picture, n_taken = None, 0
        with self._lock:
            ticket = self._ticket
            while self._waiting and (late or self._waiting[0].frame <= due):
                picture = self._waiting.popleft()
                n_taken += 1
        if n_taken:
            self._decoder.taken(ticket, n_taken)
        if picture is None:
            return None
        if self._shown_in_run and self.shown is not None:
            self.dropped += max(0, picture.frame - self.shown.frame - 1)
        self.shown, self._shown_fits = picture, True
        self._shown_in_run = self._running
        return picture

    def _arrived(self, picture: Picture, ticket: int) -> None:
        with self._lock:
            if ticket != self._ticket:
                return
            self._waiting.append(picture)
            self._is_on_its_way = False
        if not self._running:
            self._on_picture()

    def _failed(self, error: Exception) -> None:
        self._is_on_its_way = False
        self._on_trouble(error)

    def _due_frame(self) -> int:
        return self.presence.times.nearest_frame_at(self._last_us - self.recording.offset_us)
