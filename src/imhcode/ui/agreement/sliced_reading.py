"""Reading a study without a pause: its file belongs to this thread, so it is read in slices."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from imhcode.domain.errors import ImhcodeError
from imhcode.ui.slices import SLICE_S


class SlicedReading(QObject):
    """Does one thing after another between what the person does.

    Either `done` or `failed` is emitted once, or neither after :meth:`stop`.

    Parameters
    ----------
    steps : sequence
        What is to be read; each gives one result.
    read : callable
        Reads one of them, in this thread.

    Signals
    -------
    progressed(float)
        The share done, from 0 to 1.
    done(object)
        The list of results.
    failed(object)
        The `ImhcodeError` that ended it.
    """

    progressed = Signal(float)
    done = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        steps: Sequence[Any],
        read: Callable[[Any], Any],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._n = len(steps)
        self._left: Iterator[Any] = iter(steps)
        self._read = read
        self._found: list[Any] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin."""
        self._timer.start()

    def stop(self) -> None:
        """Stop, and say nothing more."""
        self._timer.stop()

    def _go_on(self) -> None:
        until_s = time.monotonic() + SLICE_S
        try:
            for step in _while(self._left, until_s):
                self._found.append(self._read(step))
        except ImhcodeError as error:
            self._timer.stop()
            self.failed.emit(error)
            return
        if len(self._found) < self._n:
            self.progressed.emit(len(self._found) / self._n)
            return
        self._timer.stop()
        self.done.emit(self._found)


def _while(left: Iterable[Any], until_s: float) -> Iterator[Any]:
    """Yield until the time is over; at least one."""
    for one in left:
        yield one
        if time.monotonic() >= until_s:
            return
