"""The study, which belongs to the window's thread, asked from another one."""

from collections.abc import Callable
from queue import Empty, Queue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from imhcode.media.superseded import Superseded

Answer = TypeVar("Answer")

_PATIENCE_S = 0.05  #: between two looks whether anybody still wants an answer


class AskedStudy(QObject):
    """Takes questions of another thread between what the person does, one at a time.

    Call it on that thread with a question; it waits for the answer.  Make it on the window's
    thread, and :meth:`close` it there.
    """

    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def __call__(self, question: Callable[[], Answer], /) -> Answer:
        """The answer to a question; what the question raises is raised here.

        Raises
        ------
        Superseded
            Nobody wants to know any more.
        """
        reply: Queue[tuple[Exception | None, Any]] = Queue(1)
        self._asked.emit((question, reply))
        while not self._closed:
            try:
                failure, answer = reply.get(timeout=_PATIENCE_S)
            except Empty:
                continue
            if failure is not None:
                raise failure
            found: Answer = answer
            return found
        raise Superseded

    def close(self) -> None:
        """Answer nothing more."""
        self._closed = True

    def _answer(self, asked: tuple[Callable[[], Any], Queue[tuple[Exception | None, Any]]]) -> None:
        question, reply = asked
        if self._closed:
            return
        try:
            reply.put((None, question()))
        except Exception as failure:  # noqa: BLE001  (raised again where the question came from)
            reply.put((failure, None))
