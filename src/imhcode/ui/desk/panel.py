"""One panel of the desk: a dock that stays where it is until somebody wants to move it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDockWidget, QWidget

_Feature = QDockWidget.DockWidgetFeature


class Panel(QDockWidget):
    """Shows one widget; it is there while the widget is wanted.

    Whoever shows or hides the widget shows or hides the panel.  In its place a panel has no title
    and cannot be moved, so that nothing floats by accident; :meth:`loosen` gives it a title to
    drag it by.  In a window of its own it has the title of any window, and closing that window
    puts the panel back.

    Signals
    -------
    turned(Panel, bool)
        Its widget was shown, or hidden; the desk does so with the panel.

    settled()
        It came back from a window of its own, and has dressed for its place.

    Attributes
    ----------
    extent_px : int
        Width it is to have beside the picture, or height below it.

    Parameters
    ----------
    name : str
        What it is called in what is kept.
    title : str
        What its title says.
    content : QWidget
        What it shows.
    is_chosen : bool
        Whether a person chooses to see it; else what is coded decides.
    """

    turned = Signal(object, bool)
    settled = Signal()

    def __init__(self, name: str, title: str, content: QWidget, *, is_chosen: bool) -> None:
        super().__init__(title)
        self.setObjectName(name)
        self.content = content
        self.is_chosen = is_chosen
        self.extent_px = 0
        self._is_loose = False
        self._no_title = _NoTitle(self)
        self._no_title.hide()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        is_wanted = not is_put_away(content)
        self.setWidget(content)  # which shows it
        content.installEventFilter(self)
        self.topLevelChanged.connect(self._come_or_go, Qt.ConnectionType.QueuedConnection)
        self.show_if(is_wanted)

    @property
    def is_wanted(self) -> bool:
        """Whether its widget is to be seen, wherever the panel lies."""
        return not is_put_away(self.content)

    def show_if(self, is_wanted: bool) -> None:
        """Show or hide widget and panel."""
        self.content.setVisible(is_wanted)
        self.setVisible(is_wanted)

    def loosen(self, is_loose: bool) -> None:
        """Let it be dragged, or hold it where it is."""
        self._is_loose = is_loose
        self._dress()

    def put_back(self) -> None:
        """Into its place on the desk, if it had a window of its own."""
        if self.isFloating():
            self.setFloating(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.content:
            if event.type() == QEvent.Type.ShowToParent:
                self.turned.emit(self, True)
            elif event.type() == QEvent.Type.HideToParent:
                self.turned.emit(self, False)
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A panel is never lost: its window closes and it lies in its place again."""
        if self.isFloating() and self.isVisible():
            event.ignore()
            self.put_back()
        else:
            super().closeEvent(event)

    def _come_or_go(self, is_floating: bool) -> None:
        self._dress()
        if not is_floating:
            self.settled.emit()

    def _dress(self) -> None:
        features = _Feature.NoDockWidgetFeatures
        if self._is_loose:
            features = _Feature.DockWidgetMovable | _Feature.DockWidgetFloatable
        if self.isFloating():
            features |= _Feature.DockWidgetClosable
        self.setFeatures(features)
        has_title = self._is_loose or self.isFloating()
        self.setTitleBarWidget(None if has_title else self._no_title)  # type: ignore[arg-type]
        self._no_title.setVisible(not has_title)


class _NoTitle(QWidget):
    """What stands in the place of a title that takes no room."""

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def is_put_away(content: QWidget) -> bool:
    """Whether somebody has hidden a widget, rather than nobody having shown it yet."""
    was_said = content.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    return was_said and content.isHidden()
