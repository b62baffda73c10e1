"""A window of its own for the picture, on another screen where there is one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget


class PictureWindow(QWidget):
    """Holds the picture while it is away from the desk; closing it brings the picture back.

    Signals
    -------
    closed()
        A person has closed it.

    Parameters
    ----------
    desk : QWidget
        Where the picture belongs.
    """

    closed = Signal()

    def __init__(self, desk: QWidget) -> None:
        super().__init__(desk, Qt.WindowType.Window)
        self._desk = desk
        self.setWindowTitle(self.tr("Picture"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = column

    def hold(self, stage: QWidget) -> None:
        """Take the picture in."""
        self._column.addWidget(stage)
        stage.show()

    def appear(self, *, full_screen: bool) -> None:
        """Show it on another screen than the desk's, or on the desk's where there is no other."""
        home = self._desk.screen()
        screen = other_screen(home) or home
        room = screen.availableGeometry()
        if full_screen:
            self.setGeometry(screen.geometry())
            self.showFullScreen()
            return
        self.showNormal()
        self.resize(room.size() * 2 / 3)
        self.move(room.center() - self.rect().center())

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


def other_screen(home: QScreen) -> QScreen | None:
    """A screen the desk is not on."""
    return next((one for one in QGuiApplication.screens() if one is not home), None)
