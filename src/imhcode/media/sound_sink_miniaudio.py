"""The loudspeakers of this computer, through miniaudio."""

from collections.abc import Callable, Generator

import numpy as np
from numpy.typing import NDArray

from imhcode.media.alsa import silence_alsa
from imhcode.media.audio import RATE_HZ, Fill
from imhcode.media.sound_errors import NoSoundDevice

PERIOD_MS = 12  # what a device asks for at a time
PERIODS = 4  # so many are in its buffer: Python may be busy for 36 ms without a click
_NO_DEVICES = frozenset({"NULL", "CUSTOM"})

Frames = NDArray[np.float32]


class MiniaudioSink:
    """The default sound device, asked for anew at each `open`.

    Parameters
    ----------
    null_device : bool
        Play to miniaudio's device without hardware, which keeps real time; for tests.
    """

    latency_us = PERIOD_MS * (PERIODS - 1) * 1_000

    def __init__(self, *, null_device: bool = False) -> None:
        self._null_device = null_device
        self._close: Callable[[], None] = lambda: None

    def open(self, fill: Fill, on_lost: Callable[[], None]) -> None:
        """See `SoundSink.open`."""
        try:
            # Its binary part may be missing on a rare platform.
            import miniaudio  # type: ignore[import-untyped]  # noqa: PLC0415
        except (ImportError, OSError) as error:
            raise NoSoundDevice(reason=str(error)) from error
        silence_alsa()
        backends = [
            one for one in miniaudio.Backend if (one.name in _NO_DEVICES) is self._null_device
        ]
        try:
            device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.FLOAT32,
                nchannels=2,
                sample_rate=RATE_HZ,
                buffersize_msec=PERIOD_MS,
                callback_periods=PERIODS,
                backends=backends,
                app_name="imhcode",
            )
            device.stop_callback = on_lost
            frames = _frames(fill)
            next(frames)
            device.start(frames)
        except miniaudio.MiniaudioError as error:
            raise NoSoundDevice(reason=error.args[0]) from error

        def close() -> None:
            device.stop_callback = None  # we stop it; it does not vanish
            device.close()

        self._close = close

    def close(self) -> None:
        """See `SoundSink.close`."""
        self._close()
        self._close = lambda: None


def _frames(fill: Fill) -> Generator[Frames, int, None]:
    n_frames = yield np.zeros((0, 2), np.float32)
    while True:
        n_frames = yield fill(n_frames)
