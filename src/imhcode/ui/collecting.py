"""Cyclic garbage is collected on the main thread only.

Python's collector runs wherever an allocation tips the scale; in the decoder's thread it may
destroy Qt objects that belong to the main one, and the program dies.  So it is switched off and
run by a timer of the main thread instead.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class MainThreadCollector(QObject):
    """Collects while it lives; :meth:`stop` gives the work back to Python."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(EVERY_MS)

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()

    def _collect(self) -> None:
        """Collect the youngest generation whose count has passed its threshold."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation] > 0:
                gc.collect(generation)
                return
