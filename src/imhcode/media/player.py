"""Play, pause, seek and step one recording, always knowing which picture is on the screen."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from imhcode.media.clock import Clock
from imhcode.media.decoder import Decoder, Request
from imhcode.media.frame_times import FrameTimes
from imhcode.media.picture import Picture

if TYPE_CHECKING:
    from imhcode.media.source import Source


class Player:
    """The transport of one recording.

    All methods are called from one thread, the window's; decoding happens on another.  The
    window calls `take` from a timer while playing, and when `on_picture` tells it to.  The truth
    about what is seen is the picture that was taken last (`shown`).

    Parameters
    ----------
    source : Source
        The opened recording; it belongs to the player from now on and is closed with it.
    on_picture : callable
        Called *on the decoder's thread* when the picture asked for while paused is there to be
        taken.  It must only pass the word on.
    on_trouble : callable
        Called *on the decoder's thread* with an exception; the player goes on.
    now_ns : callable
        A monotonic clock, nanoseconds.
    """

    def __init__(
        self,
        source: "Source",
        *,
        on_picture: Callable[[Picture], None],
        on_trouble: Callable[[Exception], None],
        now_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._times = source.frame_times
        self._on_picture = on_picture
        self._lock = threading.Lock()  # never held while the decoder or the window is called
        self._clock = Clock(now_ns, end_us=self._times.end_us)
        self._waiting: deque[Picture] = deque()
        self._ticket = 0
        self._playing = False
        self._asked = 0
        self._size: tuple[int, int] | None = None
        self._shown: Picture | None = None
        self._shown_in_run = False
        self._dropped = 0
        self._decoder = Decoder(
            source,
            on_picture=self._arrived,
            on_trouble=on_trouble,
            due_frame=self._due_frame,
        )

    @property
    def frame_times(self) -> FrameTimes:
        """When each frame is shown."""
        return self._times

    @property
    def is_playing(self) -> bool:
        """Whether pictures follow one another by the clock."""
        return self._playing

    @property
    def shown(self) -> Picture | None:
        """The picture taken last: what is on the screen."""
        return self._shown

    @property
    def asked_frame(self) -> int:
        """The frame asked for last; while paused the screen is there or on its way there."""
        return self._asked

    @property
    def position_us(self) -> int:
        """Where the playhead is, µs: the clock while playing, else the frame asked for last."""
        with self._lock:
            return self._clock.now_us

    @property
    def dropped(self) -> int:
        """How many frames were passed over while playing, since the player was made."""
        return self._dropped

    def set_size(self, size: tuple[int, int] | None) -> None:
        """Say what pictures must fit into, in pixels of the screen; ask for this one again."""
        if size != self._size:
            self._size = size
            if self._shown is not None and self._shown_in_run:
                self._asked = self._shown.frame
            self._ask(self._asked)

    def seek_frame(self, frame: int) -> None:
        """Go to a frame; before the first or after the last it is the first or the last."""
        self._asked = self._times.clamped(frame)
        self._ask(self._asked)

    def seek_us(self, time_us: int) -> None:
        """Go to the frame on screen at a time; outside the recording, to its nearest end."""
        self.seek_frame(self._times.nearest_frame_at(time_us))

    def step(self, n_frames: int) -> None:
        """Go so many frames forward, or back if negative, and stand still.

        Counted from the frame asked for last, so that ten quick steps make ten frames however
        slowly their pictures come.
        """
        self.pause()
        self.seek_frame(self._asked + n_frames)

    def play(self) -> None:
        """Run from here; the clock starts with the first picture.  At the end, do nothing."""
        if not self._playing and self._asked < self._times.last_frame:
            self._playing = True
            is_shown = self._shown is not None and self._shown.frame == self._asked
            self._ask(self._asked, run_from=self._asked + 1 if is_shown else self._asked)
            self._shown_in_run = is_shown

    def pause(self) -> None:
        """Stand still on the picture that was taken last."""
        if not self._playing:
            return
        self._playing = False
        if self._shown is not None and self._shown_in_run:
            self._asked = self._shown.frame
        self._stand_at(self._asked)
        if self._shown is None or self._shown.frame != self._asked:
            self._ask(self._asked)

    def take(self) -> Picture | None:
        """Return the picture to paint now, if there is a new one.

        While playing: the newest one that is due by the clock, never one from the future; those
        passed over count as `dropped`.  While paused: the one asked for last, once it is there.
        """
        with self._lock:
            picture, n_taken = self._due_picture()
            ticket = self._ticket
        if n_taken:
            self._decoder.taken(ticket, n_taken)
        if picture is not None:
            if self._shown is not None and self._shown_in_run:
                self._dropped += max(0, picture.frame - self._shown.frame - 1)
            self._shown = picture
            self._shown_in_run = self._playing
        self._stop_at_end()
        return picture

    def close(self) -> None:
        """Stop, wait for the decoder's thread, let go of the file."""
        self._playing = False
        self._decoder.close()
        with self._lock:
            self._waiting.clear()

    def _ask(self, frame: int, *, run_from: int | None = None) -> None:
        """Make everything asked before void; ask for this frame or, playing, for all from it on.

        ``run_from`` is the first one to decode where ``frame`` itself is on the screen already.
        """
        with self._lock:
            self._ticket += 1
            self._waiting.clear()
            # While playing the clock waits here until the first picture of the new run is there.
            self._clock.pause()
            self._clock.seek(self._times.time_of(frame))
            first = frame if run_from is None else run_from
            request = Request(self._ticket, first, self._size, runs=self._playing)
        self._shown_in_run = False
        self._decoder.ask(request)

    def _stand_at(self, frame: int) -> None:
        with self._lock:
            self._ticket += 1
            self._waiting.clear()
            self._clock.pause()
            self._clock.seek(self._times.time_of(frame))

    def _due_picture(self) -> tuple[Picture | None, int]:
        """Take from the pictures waiting the newest that is due, and say how many that took."""
        if self._playing and self._waiting and not self._clock.is_running:
            self._clock.play()
        now_us = self._clock.now_us
        picture, n_taken = None, 0
        while self._waiting and self._waiting[0].time_us <= now_us:
            picture = self._waiting.popleft()
            n_taken += 1
        return picture, n_taken

    def _stop_at_end(self) -> None:
        """Stop when time is up, or when nothing more will come because the rest is damaged."""
        if not self._playing or not self._decoder.is_idle:
            return
        with self._lock:
            is_up = self._clock.now_us >= self._times.end_us or not self._clock.is_running
            ended = is_up and not self._waiting
        if ended:
            self.pause()

    def _arrived(self, picture: Picture, ticket: int) -> None:
        with self._lock:
            if ticket != self._ticket:
                return
            self._waiting.append(picture)
            still = not self._playing
        if still:
            self._on_picture(picture)

    def _due_frame(self) -> int:
        with self._lock:
            return self._times.nearest_frame_at(self._clock.now_us)
