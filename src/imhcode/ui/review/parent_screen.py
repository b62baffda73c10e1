"""The parent's view as the clinician handles it: opened, watched over, put away."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QScreen

from imhcode.ui.parent.guard import Guard
from imhcode.ui.parent.parent_view import ParentView
from imhcode.ui.parent.showing import Showing


class ParentScreen(QObject):
    """Holds the view and its guard; both are made when they are first asked for.

    Signals
    -------
    changed(bool)
        It was opened, or closed.
    """

    changed = Signal(bool)

    def __init__(self, showing: Showing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._showing = showing
        self._idle_min = 5.0
        self.view: ParentView | None = None
        self._guard: Guard | None = None

    @property
    def is_open(self) -> bool:
        """Whether the parent's view is on a screen."""
        return self.view is not None and self.view.isVisible()

    def open_on(self, screen: QScreen) -> None:
        """Show it on a screen, or move it to that one."""
        if self.view is None:
            self.view = ParentView(self._showing)
            self.view.leave_asked.connect(self.close)
            self._guard = Guard(self.view, self._idle_min)
        was_open = self.is_open
        self.view.appear_on(screen)
        if self._guard is not None and not was_open:
            self._guard.begin()
        self.changed.emit(True)

    def close(self) -> None:
        """Put it away; nothing of it is heard or seen after."""
        if self.view is None:
            return
        self._showing.blank()
        if self._guard is not None:
            self._guard.end()
        self.view.put_away()
        self._showing.show_again()
        self.changed.emit(False)

    def set_idle(self, minutes: float) -> None:
        """Blank after so many idle minutes; 0: never."""
        self._idle_min = minutes
        if self._guard is not None:
            self._guard.set_idle(minutes)
