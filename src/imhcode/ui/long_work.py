"""Work that takes long: on a thread of its own, with progress, and to be stopped at any time."""

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from imhcode.domain.errors import ImhcodeError
from imhcode.media.superseded import Superseded

_TELL_EVERY_S = 0.05  #: progress: no screen shows more
_PATIENCE_S = 10.0  #: at the very end, for work that looks up many times a second

Progress = Callable[[float], None]
Wanted = Callable[[], bool]
Work = Callable[[Progress, Wanted], Any]


class LongWork(QObject):
    """One piece of work on a plain thread.  It starts with :meth:`start` and is used once.

    Either `done` or `failed` is emitted once, or neither after :meth:`stop`.  What was finished
    when it was stopped is thrown away by ``discard``: nothing is left half done.

    Parameters
    ----------
    work : callable
        Called on the thread with a function that takes the share done, and with one that says
        whether the work is still wanted.  It may raise `Superseded` when it is not.
    discard : callable
        Gets the result if nobody wants it any more; on either thread.

    Signals
    -------
    progressed(float)
        The share done, from 0 to 1.
    done(object)
        The result.
    failed(object)
        The exception: an `ImhcodeError`, or our own mistake.
    """

    progressed = Signal(float)
    done = Signal(object)
    failed = Signal(object)
    _ended = Signal()

    def __init__(
        self,
        work: Work,
        *,
        discard: Callable[[Any], None] = lambda _: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._discard = work, discard
        self._lock = threading.Lock()
        self._stopped = False
        self._outcome: tuple[bool, Any] | None = None  # whether it failed, and with what
        self._told_s = 0.0
        self._thread = threading.Thread(target=self._run, name="imhcode-long-work", daemon=True)
        self._ended.connect(self._hand_over)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Stop soon, and say nothing more."""
        with self._lock:
            self._stopped = True
            outcome, self._outcome = self._outcome, None
        if outcome is not None and not outcome[0]:
            self._discard(outcome[1])

    def wait(self) -> None:
        """Wait until the thread has ended; after :meth:`stop`."""
        self._thread.join(_PATIENCE_S)

    def _run(self) -> None:
        try:
            outcome = (False, self._work(self._tell, self._is_wanted))
        except Superseded:
            return
        except Exception as failure:  # noqa: BLE001  (shown in the window, not lost with the thread)
            outcome = (True, failure)
        with self._lock:
            if not self._stopped:
                self._outcome = outcome
                self._ended.emit()
                return
        if not outcome[0]:
            self._discard(outcome[1])

    def _tell(self, share: float) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s >= _TELL_EVERY_S and not self._stopped:
            self._told_s = now_s
            self.progressed.emit(share)

    def _is_wanted(self) -> bool:
        return not self._stopped

    def _hand_over(self) -> None:
        """On the window's thread: the result is theirs from here on."""
        with self._lock:
            outcome, self._outcome = self._outcome, None
        if outcome is None:
            return  # stopped meanwhile
        is_failure, what = outcome
        if not is_failure:
            self.done.emit(what)
            return
        self.failed.emit(what)
        if not isinstance(what, ImhcodeError):
            raise what  # our bug: let it be seen where bugs are seen
