"""The sound of one recording: made on a thread of its own, heard in time with the pictures."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imhcode.media.audio import RATE_HZ, SoundSink
from imhcode.media.clock import Clock
from imhcode.media.grains import faded
from imhcode.media.sound_errors import NoSoundDevice, SoundDeviceLost, UnreadableSound
from imhcode.media.sound_mix import mix_matrix
from imhcode.media.sound_output import SoundOutput
from imhcode.media.sound_track import SoundTrack

if TYPE_CHECKING:
    from imhcode.media.picture_source import PictureSource
    from imhcode.media.sound_reader import SoundReader
    from imhcode.media.stretch import Stretch

_AHEAD = RATE_HZ * 2 // 5  # frames made before they are asked for
_READY = RATE_HZ // 10  # frames that are enough to begin with
_PATIENCE_NS = 400_000_000  # the pictures wait so long for the sound, then go on alone
_JOIN_NS = 300_000_000  # and it joins them so far ahead
_LOST_NS = 1_000_000_000  # a device that has not asked for so long is gone
_RETRY_NS = 3_000_000_000  # and is not looked for again before
_LEAVE_S = 2.0
_MOST_GAIN_DB = 30.0


@dataclass(frozen=True)
class _Order:
    """Play from ``from_us`` until ``until_us`` at a speed; a grain begins and ends softly."""

    from_us: int
    until_us: int
    speed: float
    is_grain: bool = False


class Sound:
    """Decodes, stretches and plays one recording's sound, and leads the clock while it does.

    Methods are called from the player's thread and return at once.  A missing, broken or lost
    device and an unreadable track are each told once; everything else goes on without sound.

    Parameters
    ----------
    track : SoundTrack
        What is heard; `hear` changes it.
    sink : SoundSink
        The device; belongs to this sound from now on.
    on_trouble : callable
        Gets each kind of trouble once, *on another thread*.
    now_ns : callable
        A monotonic clock, nanoseconds: the player's.

    Attributes
    ----------
    track : SoundTrack
        What is heard now.
    """

    def __init__(
        self,
        track: SoundTrack,
        sink: SoundSink,
        *,
        on_trouble: Callable[[Exception], None],
        now_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.track = track
        self._sink = sink
        self._on_trouble = on_trouble
        self._now_ns = now_ns
        self._output = SoundOutput(sink.latency_us, now_ns)
        self._mail = threading.Lock()
        self._order: _Order | None = None  # the newest; taken by the thread when it comes round
        self._making: _Order | None = None
        self._made_all = False
        self._is_open = False
        self._device_failed = False
        self._failed_ns = 0
        self._unreadable = False
        self._closed = False
        self._told: set[type[Exception]] = set()
        self._to_tell: deque[Exception] = deque()
        self._asked_ns = 0
        self._plays: _Order | None = None  # what the player wants to hear now
        self._channel: int | None = None
        self._channel_names: tuple[str, ...] = ()  # known once something was played
        self._rejoins = False  # another track is to be heard in the midst of playing
        self._volume, self._gain_db, self._muted = 1.0, 0.0, False
        self._thread = threading.Thread(target=self._work, name="imhcode-sound", daemon=True)
        self._thread.start()

    # -- what is heard ------------------------------------------------------------------------

    @property
    def is_working(self) -> bool:
        """Whether there is something to hear and something to hear it with, so far as known."""
        return not (self._device_failed or self._unreadable)

    @property
    def n_channels(self) -> int:
        """How many channels are heard, or to choose from."""
        return self.track.n_channels

    @property
    def volume(self) -> float:
        """From 0 to 1."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(max(volume, 0.0), 1.0)
        self._set_loudness()

    @property
    def gain_db(self) -> float:
        """What is added to quiet recordings, decibels, 0 to 30."""
        return self._gain_db

    @gain_db.setter
    def gain_db(self, gain_db: float) -> None:
        self._gain_db = min(max(gain_db, 0.0), _MOST_GAIN_DB)
        self._set_loudness()

    @property
    def muted(self) -> bool:
        """Whether nothing is heard; the clock follows the device all the same."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        self._set_loudness()

    @property
    def channel(self) -> int | None:
        """The one channel to be heard, counted from 0; ``None`` for all."""
        return self._channel

    @channel.setter
    def channel(self, channel: int | None) -> None:
        self._channel = channel
        if self._channel_names:
            self._output.matrix = mix_matrix(self._channel_names, channel)

    def hear(self, track: SoundTrack) -> None:
        """Hear another track from now on, all its channels; while playing it joins in soon."""
        if track == self.track:
            return
        self.track, self._channel, self._unreadable = track, None, False
        self._told -= {UnreadableSound}
        self._rejoins = True

    def _set_loudness(self) -> None:
        # The square is nearer to what ears call half as loud.
        loudness = self._volume**2 * 10 ** (self._gain_db / 20)
        self._output.loudness = 0.0 if self._muted else loudness

    # -- in time with a clock -----------------------------------------------------------------

    def prepare(self, from_us: int, until_us: int, speed: float) -> None:
        """Make ready what is heard from a moment on; `may_begin` tells when."""
        self._asked_ns = self._now_ns()
        self._plays = _Order(from_us, until_us, speed)
        self._rejoins = False
        if not self._unreadable and (not self._device_failed or self._may_retry()):
            self._ask(self._plays)

    def may_begin(self) -> bool:
        """Whether the pictures need not wait for the sound (any more)."""
        return (
            not self.is_working
            or self._is_ready()
            or self._now_ns() - self._asked_ns > _PATIENCE_NS
        )

    def begin(self, clock: Clock) -> None:
        """Begin with the clock: it follows the device, or runs free until sound joins in."""
        order = self._plays
        if order is not None and self._is_ready():
            self._output.begin()
            clock.follow(self._output.heard_ns, from_us=order.from_us)
        else:
            self._plays = None
            clock.play()

    def look_after(self, clock: Clock, until_us: int) -> None:
        """While the clock runs: let it go when the device is lost, catch it when sound is back."""
        if self._is_open and self._output.silent_for_ns() > _LOST_NS:
            self._lose_device()
        if not self.is_working:
            if clock.is_following:
                clock.run_free()
            return
        if self._rejoins:
            clock.run_free()  # first of all: the device's time begins anew
            self.stop()
        if not clock.is_following and clock.rate > 0:
            self._catch(clock, until_us)

    def _catch(self, clock: Clock, until_us: int) -> None:
        """Join a clock that runs free."""
        order = self._plays
        if order is not None and self._making is order and self._output.has_begun:
            if self._output.heard_ns() >= 0:
                clock.follow(self._output.heard_ns, from_us=order.from_us)
        elif order is None or clock.now_us > order.from_us:
            from_us = clock.now_us + round(_JOIN_NS / 1_000 * clock.rate)
            if from_us < until_us:
                self._plays = _Order(from_us, until_us, clock.rate)
                self._ask(self._plays)
        elif self._is_ready():
            wait_ns = round((order.from_us - clock.now_us) / clock.rate * 1_000)
            self._output.begin(self._now_ns() + wait_ns)

    def stop(self) -> None:
        """Be silent."""
        self._plays, self._rejoins = None, False
        self._ask(None)
        self._output.load()

    def grain(self, at_us: int, length_us: int) -> None:
        """Play the short sound of a step, at once; the newest takes the place of the last."""
        if not self.is_working:
            return
        self._plays = None
        self._ask(_Order(at_us, at_us + length_us, 1.0, is_grain=True))

    def wait_until_ready(self, timeout_s: float) -> bool:
        """Wait until the thread has nothing to do: all is made that may be made, or is lost."""
        return self._output.wait(
            lambda: self._order is None and (self._making is None or self._is_far_enough()),
            timeout_s,
        )

    def close(self) -> None:
        """Stop, close the device and the file.  Again, it does nothing.

        A device that is still being opened is left to its thread, which closes it when it is.
        """
        self._closed = True
        self._output.notify()
        self._thread.join(_LEAVE_S)

    def _ask(self, order: _Order | None) -> None:
        with self._mail:
            self._order = order
            if order is None:
                self._making = None
        self._output.notify()

    def _may_retry(self) -> bool:
        return self._now_ns() - self._failed_ns > _RETRY_NS

    def _is_ready(self) -> bool:
        return (
            self._order is None
            and self._is_open
            and self._output.is_steady
            and self._making is self._plays
            and (self._made_all or self._output.ahead >= _READY)
        )

    # -- on the thread ------------------------------------------------------------------------

    def _work(self) -> None:
        reader: SoundReader | None = None
        opened: SoundTrack | None = None
        stretch: Stretch | None = None
        left = 0
        try:
            while self._has_work():
                order = self._order
                try:
                    if order is not None:
                        if reader is None or opened is not self.track:
                            reader, opened = self._open_reader(reader, self.track), self.track
                        self._open_device()
                        stretch, left = self._take_up(order, reader)
                    elif stretch is not None and self._making is not None:
                        left = self._make(stretch, left)
                except Exception as error:  # noqa: BLE001  (whatever it is, the pictures go on)
                    self._fail(error)
                while self._to_tell:
                    self._on_trouble(self._to_tell.popleft())
        finally:
            self._sink.close()
            if reader is not None:
                reader.close()

    def _has_work(self) -> bool:
        self._output.wait(
            lambda: (
                self._closed
                or self._order is not None
                or bool(self._to_tell)
                or (self._making is not None and not self._is_far_enough())
            )
        )
        return not self._closed

    def _is_far_enough(self) -> bool:
        return self._made_all or self._output.ahead >= _AHEAD

    def _open_reader(self, before: "SoundReader | None", track: SoundTrack) -> "SoundReader":
        from imhcode.media.sound_reader import SoundReader  # noqa: PLC0415  (loads PyAV)

        if before is not None:
            before.close()
        reader = SoundReader(track.path, track.zero_s)
        self._channel_names = reader.channel_names
        self._output.matrix = mix_matrix(reader.channel_names, self._channel)
        return reader

    def _open_device(self) -> None:
        if self._is_open:
            return
        self._sink.close()
        self._output.restart_device()
        self._sink.open(self._output.fill, self._lose_device)
        self._is_open, self._device_failed = True, False
        self._told -= {NoSoundDevice, SoundDeviceLost}

    def _take_up(self, order: _Order, reader: "SoundReader") -> "tuple[Stretch, int]":
        from imhcode.media.stretch import Stretch  # noqa: PLC0415  (with the reader)

        first = round(order.from_us * RATE_HZ / 1_000_000)
        n_frames = round((order.until_us - order.from_us) * RATE_HZ / order.speed / 1_000_000)
        self._output.load()
        if order.is_grain:
            self._output.write(faded(reader.samples(first, n_frames)))
        with self._mail:
            is_wanted = self._order is order
            self._making = order if is_wanted else None
            self._made_all = order.is_grain
            self._order = None if is_wanted else self._order
        if order.is_grain and is_wanted:
            self._output.begin()
        self._output.notify()
        return Stretch(reader.samples, first, order.speed), n_frames

    def _make(self, stretch: "Stretch", left: int) -> int:
        block = stretch.hop()[:left]
        if self._order is None:  # otherwise it was made for nothing
            self._output.write(block)
        left -= len(block)
        if left <= 0:
            self._made_all = True
            self._output.notify()
        return left

    def _lose_device(self) -> None:
        """Note it, on whatever thread; the sound's own thread tells."""
        self._is_open = False
        self._fail(SoundDeviceLost())

    def _fail(self, error: Exception) -> None:
        """Give up the sound: until a device is found again, or for good."""
        if isinstance(error, NoSoundDevice | SoundDeviceLost):
            self._device_failed, self._failed_ns = True, self._now_ns()
        else:
            self._unreadable = True
        self._ask(None)
        if type(error) not in self._told:
            self._told.add(type(error))
            self._to_tell.append(error)
            self._output.notify()


def open_sound(
    source: "PictureSource",
    sink: SoundSink,
    *,
    on_trouble: Callable[[Exception], None],
    now_ns: Callable[[], int] = time.monotonic_ns,
) -> Sound | None:
    """Return the sound of an opened recording, in time with its pictures; None if it has none."""
    track = source.sound_track
    return None if track is None else Sound(track, sink, on_trouble=on_trouble, now_ns=now_ns)
