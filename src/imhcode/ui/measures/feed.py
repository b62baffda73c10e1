"""Observations on their way from the study, which this thread reads, to one that computes."""

import time
from collections.abc import Iterator, Sequence
from queue import Empty, Full, Queue
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from imhcode.domain.errors import ImhcodeError
from imhcode.media.superseded import Superseded
from imhcode.ui.slices import SLICE_S

if TYPE_CHECKING:
    from imhcode.services.measures import Measuring, Reading

_AHEAD = 4  #: read before they are wanted: an hour of coding is a few megabytes
_PATIENCE_S = 0.05
_PAUSE_MS = 4  #: while the other thread has enough to do


class Feed(QObject):
    """Reads the study in slices between what the person does; iterate over it on another thread.

    It holds a few observations at a time, however many there are.

    Signals
    -------
    failed(object)
        The `ImhcodeError` that ended the reading.
    """

    failed = Signal(object)

    def __init__(
        self, measuring: "Measuring", places: Sequence[Any], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read, self._places = measuring.read, iter(places)
        self._left = len(places)
        self._queue: Queue[Reading] = Queue(_AHEAD)
        self._waiting: Reading | None = None
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin."""
        self._timer.start(0)

    def stop(self) -> None:
        """Stop, and let the other thread know."""
        self._stopped = True
        self._timer.stop()

    def __iter__(self) -> Iterator["Reading"]:
        for _ in range(self._left):
            yield self._next()

    def _next(self) -> "Reading":
        """On the other thread."""
        while not self._stopped:
            try:
                return self._queue.get(timeout=_PATIENCE_S)
            except Empty:
                continue
        raise Superseded

    def _go_on(self) -> None:
        until_s = time.monotonic() + SLICE_S
        try:
            while time.monotonic() < until_s:
                if self._waiting is None:
                    place = next(self._places, None)
                    if place is None:
                        self._timer.stop()
                        return
                    self._waiting = self._read(*place)
                self._queue.put_nowait(self._waiting)
                self._waiting = None
        except Full:
            self._timer.setInterval(_PAUSE_MS)
            return
        except ImhcodeError as error:
            self.stop()
            self.failed.emit(error)
            return
        self._timer.setInterval(0)
