"""Findings in the window: a badge, a list, and a walk from doubt to doubt."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from imhcode.domain.checks.finding import Finding
from imhcode.domain.checks.scene import Scene
from imhcode.domain.scheme import Scheme
from imhcode.ui.coding.findings_badge import FindingsBadge
from imhcode.ui.coding.findings_panel import FindingsPanel
from imhcode.ui.coding.findings_watch import FindingsWatch
from imhcode.ui.coding.findings_words import sentence_of
from imhcode.ui.coding.playback import Playback

LEAD_US = 1_000_000  #: played before a doubt
SHORTEST_US = 1_000_000  #: of an instant's doubt, so that there is something to see
LONGEST_US = 10_000_000  #: of a long doubt, so that its beginning comes round again


class Findings(QObject):
    """Puts watch, badge and list together.

    Signals
    -------
    looked_at(str)
        A finding is played; its whole sentence.

    Parameters
    ----------
    playback : Playback
        Plays the doubts.
    go : callable
        Goes to a session time where there is nothing to play.
    select : callable
        Selects the event with an id.
    """

    looked_at = Signal(str)

    def __init__(
        self,
        playback: Playback,
        go: Callable[[int], None],
        select: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.badge = FindingsBadge()
        self.panel = FindingsPanel()
        self.panel.hide()
        self.watch = FindingsWatch(self)
        self._playback, self._go, self._select = playback, go, select
        self._scheme: Scheme | None = None
        self._at: int | None = None
        self._current: Finding | None = None
        self.watch.changed.connect(self._show)
        self.badge.clicked.connect(self.toggle)
        self.panel.asked.connect(self.go_to)

    def open(self, scene: Callable[[], Scene]) -> None:
        """Look at an observation from now on."""
        self._at = self._current = None
        self.badge.show_current("")
        self._scheme = scene().scheme
        self.watch.open(scene)

    def close(self) -> None:
        """Look at nothing."""
        self._scheme = None
        self.watch.close()

    def toggle(self) -> None:
        """Show or hide the list."""
        self.panel.setVisible(not self.panel.isVisible())
        self.badge.setChecked(self.panel.isVisible())

    def next(self, by: int = 1) -> None:
        """Play the next finding, or the one before; after the last comes the first."""
        n = len(self.panel.model.in_order())
        if not n:
            return
        if self._current is None and self._at is not None:
            at = self._at if by > 0 else self._at - 1  # the one looked at is mended: its place
        elif self._at is None:
            at = 0 if by > 0 else -1
        else:
            at = self._at + by
        self.go_to(at % n)

    def go_to(self, number: int) -> None:
        """Play one finding and select its event."""
        findings = self.panel.model.in_order()
        if not 0 <= number < len(findings) or self._scheme is None:
            return
        finding = findings[number]
        self._at, self._current = number, finding
        self.panel.show_current(number)
        self.badge.show_current(f"{number + 1}/{len(findings)}")
        self.looked_at.emit(sentence_of(finding, self._scheme))
        if finding.event_ids:
            self._select(finding.event_ids[0])
        if finding.from_us is not None:
            self._play(finding.from_us, finding.until_us)

    def _play(self, from_us: int, until_us: int | None) -> None:
        if self._playback.frame_times is None:
            self._go(from_us)
            return
        length_us = 0 if until_us is None else until_us - from_us
        length_us = min(max(length_us, SHORTEST_US), LONGEST_US)
        self._playback.play_stretch(from_us, from_us + length_us, loop=True, lead_in_us=LEAD_US)

    def _show(self, findings: list[Finding]) -> None:
        self.badge.show_findings(findings)
        self.panel.show_findings(findings, self._scheme)
        if self._current is None:
            return
        in_order = self.panel.model.in_order()
        if self._current in in_order:
            self._at = in_order.index(self._current)
            self.panel.show_current(self._at)
        else:
            self._current = None
            self.badge.show_current("")
