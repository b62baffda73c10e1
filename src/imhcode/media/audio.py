"""What the program asks of a sound device, whatever stands behind it."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000  #: sound is brought to this rate once; devices convert to their own

Fill = Callable[[int], NDArray[np.float32]]
"""Asked by the device, on its own thread, for so many frames: float32, shape (n_frames, 2)."""


class SoundSink(Protocol):
    """A way out for stereo sound at `RATE_HZ`.

    Attributes
    ----------
    latency_us : int
        From being asked for a frame to its being heard, µs, as far as the device tells.
    """

    latency_us: int

    def open(self, fill: Fill, on_lost: Callable[[], None]) -> None:
        """Begin to ask ``fill`` for frames, evenly, until `close`.

        ``on_lost`` is called, on any thread, when the device has stopped of itself.

        Raises
        ------
        NoSoundDevice
            There is none that works.
        """

    def close(self) -> None:
        """Stop asking; afterwards ``fill`` is not called again.  Again, it does nothing."""
