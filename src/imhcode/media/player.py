"""Play, pause, seek and step one recording, always knowing which picture is on the screen."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from imhcode.domain.errors import ImhcodeError
from imhcode.media.clock import Clock
from imhcode.media.conducting import keep_clock
from imhcode.media.decoder import Decoder, Request
from imhcode.media.grains import grain_us
from imhcode.media.picture import Picture
from imhcode.media.play_plan import PlayPlan

if TYPE_CHECKING:
    from imhcode.media.picture_source import PictureSource
    from imhcode.media.sound import Sound


class Player:
    """The transport of one recording.

    All methods are called from one thread, the window's; decoding happens on another.  The
    window calls `take` from a timer while playing, and when `on_picture` tells it to.  The truth
    about what is seen is the picture that was taken last (`shown`).

    Parameters
    ----------
    source : PictureSource
        The opened recording; it belongs to the player from now on and is closed with it.
    on_picture : callable
        Called *on the decoder's thread* when the picture asked for while paused is there to be
        taken.  It must only pass the word on.
    on_trouble : callable
        Called *on the decoder's thread* with an exception; the player goes on.
    now_ns : callable
        A monotonic clock, nanoseconds.
    sound : Sound or None
        What is heard with it and leads its clock; it belongs to the player from now on.

    Attributes
    ----------
    grains : bool
        Whether steps and scrubbing are heard.
    frame_times : FrameTimes
        When each frame is shown.
    dropped : int
        How many frames were passed over while playing, since the player was made.
    """

    def __init__(
        self,
        source: "PictureSource",
        *,
        on_picture: Callable[[Picture], None],
        on_trouble: Callable[[Exception], None],
        now_ns: Callable[[], int] = time.monotonic_ns,
        sound: "Sound | None" = None,
    ) -> None:
        self.sound = sound
        self.grains = True
        self._check_there = source.check_there
        self.frame_times = source.frame_times
        self._on_picture = on_picture
        self._on_trouble = on_trouble
        self._lock = threading.Lock()  # never held while the decoder or the window is called
        self._clock = Clock(now_ns, end_us=self.frame_times.end_us)
        self._waiting: deque[Picture] = deque()
        self._ticket = 0
        self._playing = False
        self._asked = 0
        self._size: tuple[int, int] | None = None
        self._deinterlaced = True
        self._shown: Picture | None = None
        self._shown_in_run = False
        self.dropped = 0
        self._plan = PlayPlan(self.frame_times, self.frame_times.end_us)
        self._decoded = -1  # the frame that came last in this run
        self._asked_back = 0  # running backward: the frame the decoder was asked for last
        self._is_lost = False  # whether the file itself is gone
        self._scrubs = False
        self._coarse: Picture | None = None  # stands in for the one asked for
        self._decoder = Decoder(
            source,
            on_picture=self._arrived,
            on_trouble=self._troubled,
            due_frame=self._due_frame,
            on_coarse=self._arrived_coarse,
        )

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
    def speed(self) -> float:
        """Recording time a unit of real time while playing; below 0 is backward."""
        return self._plan.speed

    @property
    def is_looping(self) -> bool:
        """Whether a stretch is played again and again."""
        return self._plan.loops

    def set_speed(self, speed: float) -> None:
        """Play from here at another speed, 0.1 to 4 either way; paused, from the next `play` on."""
        plan = self._plan.at_speed(speed)
        if plan.speed == self._plan.speed:
            return
        self._plan = plan
        if self._playing:
            self._stay()
            if self._plan.goes_on_from(self._asked):
                self._run()
            else:
                self.pause()

    def set_size(self, size: tuple[int, int] | None) -> None:
        """Say what pictures must fit into, in pixels of the screen; ask for this one again."""
        if size != self._size:
            self._size = size
            self._ask_again()

    @property
    def deinterlaced(self) -> bool:
        """Whether interlaced frames are shown without combs."""
        return self._deinterlaced

    def set_deinterlaced(self, deinterlaced: bool) -> None:
        """Show interlaced frames without combs, or as they are; ask for this one again."""
        if deinterlaced != self._deinterlaced:
            self._deinterlaced = deinterlaced
            self._ask_again()

    def seek_frame(self, frame: int) -> None:
        """Go to a frame; before the first or after the last it is the first or the last."""
        self._go_to(frame)

    def scrub_frame(self, frame: int) -> None:
        """Go to a frame like `seek_frame`, one of many passed on the way to another.

        The place is heard for a moment.  A picture that is not ``is_exact`` may be taken first.
        """
        self._go_to(frame, scrubs=True)
        self._play_grain()

    def seek_us(self, time_us: int) -> None:
        """Go to the frame on screen at a time; outside the recording, to its nearest end."""
        self.seek_frame(self.frame_times.nearest_frame_at(time_us))

    def step(self, n_frames: int) -> None:
        """Go so many frames forward, or back if negative, and stand still.

        Counted from the frame asked for last, so that ten quick steps make ten frames however
        slowly their pictures come.
        """
        self.pause()
        self.seek_frame(self._asked + n_frames)
        self._play_grain()

    def play(self) -> None:
        """Run from here; the clock starts with the first picture and its sound.

        At the end, or backward at the beginning, do nothing.
        """
        if not self._playing and self._plan.goes_on_from(self._asked):
            self._playing = True
            self._run()

    def play_stretch(
        self, from_us: int, until_us: int, *, loop: bool = False, lead_in_us: int = 0
    ) -> None:
        """Play ``[from_us, until_us)`` forward and stand on its last frame, or begin again.

        Parameters
        ----------
        from_us, until_us : int
            The stretch, µs on the recording's own clock; what lies outside is left out.
        loop : bool
            Whether to go on with its beginning until something else is asked for.
        lead_in_us : int
            How much before it is played too, each time, µs.
        """
        self.pause()
        self._plan = self._plan.stretch(from_us - lead_in_us, until_us, loop=loop)
        self._asked = self.frame_times.nearest_frame_at(self._plan.begin_us)
        self._playing = True
        self._run()

    def pause(self) -> None:
        """Stand still on the picture that was taken last."""
        if not self._playing:
            return
        self._playing = False
        self._stay()
        self._plan = self._plan.whole()
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
            coarse, self._coarse = self._coarse, None
            picture = picture or (None if self._playing else coarse)
        if n_taken:
            self._decoder.taken(ticket, n_taken)
        if picture is not None:
            if self._shown is not None and self._shown_in_run:
                self.dropped += max(0, abs(picture.frame - self._shown.frame) - 1)
            self._shown = picture
            self._shown_in_run = self._playing
        if self._playing and not self._plan.is_forward:
            self._ask_back()
        self._stop_at_end()
        return picture

    def close(self) -> None:
        """Stop, wait for the decoder's thread, let go of the file."""
        self._playing = False
        if self.sound is not None:
            self.sound.close()
        self._decoder.close()
        with self._lock:
            self._waiting.clear()

    def _stay(self) -> None:
        """Go on from what is on the screen, not from where playing began."""
        if self._shown is not None and self._shown_in_run:
            self._asked = self._shown.frame

    def _ask_again(self) -> None:
        self._stay()
        self._ask(self._asked)

    def _go_to(self, frame: int, *, scrubs: bool = False) -> None:
        self._plan = self._plan.whole()
        self._asked = self.frame_times.clamped(frame)
        self._ask(self._asked, scrubs=scrubs)

    def _play_grain(self) -> None:
        if self.grains and self.sound is not None and not self._playing:
            length_us = grain_us(self.frame_times.nominal_rate_hz)
            self.sound.grain(self.frame_times.time_of(self._asked), length_us)

    def _run(self) -> None:
        """Play from the frame asked for last; it is not shown again if it is on the screen."""
        is_shown = self._shown is not None and self._shown.frame == self._asked
        onward = (1 if self._plan.is_forward else -1) if is_shown else 0
        self._ask(self._asked, run_from=self.frame_times.clamped(self._asked + onward))
        self._shown_in_run = is_shown

    def _ask(self, frame: int, *, run_from: int | None = None, scrubs: bool = False) -> None:
        """Make everything asked before void; ask for this frame or, playing, for all from it on.

        ``run_from`` is the first one to decode where ``frame`` itself is on the screen already.
        """
        first = frame if run_from is None else run_from
        at_us = self.frame_times.time_of(frame)
        with self._lock:
            self._ticket += 1
            self._waiting.clear()
            # While playing the clock waits here until the first picture of the new run is there.
            self._clock.pause()
            self._clock.rate = self._plan.speed
            self._clock.seek(at_us)
            self._decoded, self._asked_back = -1, first
            runs = self._playing and self._plan.is_forward
            self._scrubs = scrubs and not self._playing
            self._coarse = self._coarse if scrubs else None
            request = self._request(first, runs=runs)
        self._is_lost = False
        self._shown_in_run = False
        if self.sound is not None:
            if runs:
                self.sound.prepare(at_us, self._plan.until_us, self._plan.speed)
            else:
                self.sound.stop()
        self._decoder.ask(request)

    def _ask_back(self) -> None:
        """Running backward: ask for the frame before, or the one due by then, one ahead."""
        with self._lock:
            if len(self._waiting) > 1 or not self._decoder.is_idle or self._asked_back == 0:
                return
            due = self.frame_times.nearest_frame_at(self._clock.now_us)
            self._asked_back = max(0, min(self._asked_back - self._plan.stride, due))
            request = self._request(self._asked_back)
        self._decoder.ask(request)

    def _request(self, frame: int, *, runs: bool = False) -> Request:
        return Request(
            self._ticket, frame, self._size, runs, self._deinterlaced, scrubs=self._scrubs
        )

    def _stand_at(self, frame: int) -> None:
        with self._lock:
            self._ticket += 1
            self._waiting.clear()
            self._clock.pause()
            self._clock.seek(self.frame_times.time_of(frame))
        if self.sound is not None:
            self.sound.stop()

    def _due_picture(self) -> tuple[Picture | None, int]:
        """Take from the pictures waiting the newest that is due, and say how many that took."""
        if self._playing:
            sound = self.sound if self._plan.is_forward else None
            keep_clock(self._clock, sound, self._plan.until_us, is_ready=bool(self._waiting))
        now_us = self._clock.now_us
        picture, n_taken = None, 0
        is_due = self._plan.is_due if self._playing else lambda *_: True
        while self._waiting and is_due(self._waiting[0], now_us):
            picture = self._waiting.popleft()
            n_taken += 1
        return picture, n_taken

    def _stop_at_end(self) -> None:
        """Stop when time is up, or when nothing more will come because the rest is damaged."""
        if not self._playing:
            return
        if self._is_lost:
            self.pause()
            return
        plan, is_idle = self._plan, self._decoder.is_idle
        with self._lock:
            is_up = self._clock.now_us >= plan.until_us
            is_dry = is_idle and not self._waiting
            nothing_came = plan.is_forward and is_dry and not self._clock.is_running
        at_begin = self._asked_back == 0
        if not (nothing_came or plan.has_ended(is_up=is_up, is_dry=is_dry, at_begin=at_begin)):
            return
        if plan.loops:
            self._asked = self.frame_times.nearest_frame_at(plan.begin_us)
            self._run()
            return
        self.pause()
        last = self.frame_times.nearest_frame_at(plan.until_us - 1)
        if plan.is_stretch and is_up and self._asked != last:
            self.seek_frame(last)

    def _arrived(self, picture: Picture, ticket: int) -> None:
        with self._lock:
            if ticket != self._ticket:
                return
            self._waiting.append(picture)
            self._decoded = picture.frame
            still = not self._playing
        if still:
            self._on_picture(picture)

    def _arrived_coarse(self, picture: Picture) -> None:
        with self._lock:
            if not self._scrubs or self._playing or self._waiting:
                return
            self._coarse = picture
        self._on_picture(picture)

    def _troubled(self, error: Exception) -> None:
        """Tell, and tell a lost file from a damaged frame: of a lost one every frame fails."""
        try:
            self._check_there()
        except ImhcodeError as lost:
            if not self._is_lost:
                self._is_lost = True
                self._on_trouble(lost)
        else:
            self._on_trouble(error)

    def _due_frame(self) -> int:
        """The frame the decoder should not fall behind, on its thread."""
        with self._lock:
            due = self.frame_times.nearest_frame_at(self._clock.now_us)
            return max(due, self._decoded + self._plan.stride if self._decoded >= 0 else 0)
