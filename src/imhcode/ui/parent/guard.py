"""What watches over the parent's screen while it is open: the panic key, rest, and other windows.

The panic key works in every window of the program, whatever has the focus, dialogs and menus
included: it is seen before any of them gets it.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from imhcode.ui.parent.parent_view import ParentView

PANIC_KEY = Qt.Key.Key_Escape
_MS_A_MINUTE = 60_000
_PLACED = {QEvent.Type.Show, QEvent.Type.Move}
_WORK = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Guard(QObject):
    """Blanks the view when asked, or when nobody does anything; keeps other windows off its screen.

    Parameters
    ----------
    view : ParentView
        What is watched over, from :meth:`begin` to :meth:`end`.
    idle_min : float
        Minutes without a key, a click or a picture that moves, after which it goes blank; 0: never.
    """

    def __init__(self, view: ParentView, idle_min: float) -> None:
        super().__init__(view)
        self._view = view
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._rest)
        self.set_idle(idle_min)

    def set_idle(self, minutes: float) -> None:
        """Blank after so many idle minutes; 0: never."""
        self._idle.setInterval(round(minutes * _MS_A_MINUTE))
        if minutes <= 0:
            self._idle.stop()
        elif self._view.isVisible():
            self._idle.start()

    def begin(self) -> None:
        """Watch."""
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        if self._idle.interval() > 0:
            self._idle.start()
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._keep_off(window)

    def end(self) -> None:
        """Watch no more."""
        self._idle.stop()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _WORK and self._idle.interval() > 0:
            self._idle.start()
        if (
            kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            and isinstance(event, QKeyEvent)
            and event.key() == PANIC_KEY
            and self._view.showing.state != "blank"
        ):
            if kind == QEvent.Type.KeyPress:
                self._view.showing.blank()
            event.accept()
            return True
        if kind in _PLACED and isinstance(watched, QWidget) and watched.isWindow():
            self._keep_off(watched)
        return False

    def _rest(self) -> None:
        if self._view.showing.state == "playing":
            self._idle.start()
        else:
            self._view.showing.blank()

    def _keep_off(self, window: QWidget) -> None:
        """Move a window that would lie on the parent's screen to the clinician's."""
        its_screen = self._view.its_screen
        if window is self._view or its_screen is None or not window.isVisible():
            return
        other = next((one for one in QGuiApplication.screens() if one is not its_screen), None)
        if other is None or not window.frameGeometry().intersects(its_screen.geometry()):
            return
        room = other.availableGeometry()
        if window.isMaximized() or window.isFullScreen():
            window.showNormal()
        window.resize(window.size().boundedTo(room.size()))
        window.move(room.center() - window.rect().center())
