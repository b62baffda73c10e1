"""Looks at the open observation after every edit, in idle moments, a few milliseconds at a time."""

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.checks.standing import StandingChecks

WAIT_MS = 120  #: after an edit, so that a quick run of keys is looked at once
SLICE_S = 0.004  #: worked at once; a picture is due every 16 ms or later
REST_MS = 6  #: between two slices


class FindingsWatch(QObject):
    """Keeps the list of findings true.

    Signals
    -------
    changed(list of Finding)
        The list is another one.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene: Callable[[], Scene] | None = None
        self._checks: StandingChecks | None = None
        self._work: Iterator[None] | None = None
        self._told: list[Finding] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self._begin)
        self._slices = QTimer(self)
        self._slices.setInterval(REST_MS)
        self._slices.timeout.connect(self._go_on)

    @property
    def is_settled(self) -> bool:
        """Whether the list is true for the observation as it stands."""
        return not self._soon.isActive() and self._work is None

    def open(self, scene: Callable[[], Scene]) -> None:
        """Watch an observation; ``scene`` says how it stands."""
        self.close()
        self._scene = scene
        self._checks = StandingChecks(scene().scheme)
        self._soon.start()

    def close(self) -> None:
        """Watch nothing."""
        self._soon.stop()
        self._slices.stop()
        self._scene = self._checks = self._work = None
        self._tell([])

    def look_again(self) -> None:
        """Look soon; what was begun on an older state is left."""
        if self._scene is not None:
            self._slices.stop()
            self._work = None
            self._soon.start()

    def _begin(self) -> None:
        if self._scene is not None and self._checks is not None:
            self._work = self._checks.work(self._scene())
            self._slices.start()

    def _go_on(self) -> None:
        until = perf_counter() + SLICE_S
        for _ in self._work or ():
            if perf_counter() > until:
                return
        self._slices.stop()
        self._work = None
        if self._checks is not None and self._scene is not None:
            being_coded = self._scene().is_being_coded
            self._tell(
                [one for one in self._checks.findings() if not (being_coded and _is_at_work(one))]
            )

    def _tell(self, findings: list[Finding]) -> None:
        if findings != self._told:
            self._told = findings
            self.changed.emit(findings)


def _is_at_work(finding: Finding) -> bool:
    """Whether it is no doubt but what the coder is doing: the running panel shows what runs."""
    return finding.rule == "still-running"
