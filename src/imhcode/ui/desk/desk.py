"""The desk: the picture in the middle, panels around it, laid out for the task at hand."""

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from imhcode.ui import theme
from imhcode.ui.desk.arrangements import (
    AREAS,
    ARRANGEMENTS,
    BESIDE,
    FIRST,
    HISTORY_PX,
    SESSIONS_PX,
    Arrangement,
    title_of,
)
from imhcode.ui.desk.panel import Panel
from imhcode.ui.desk.picture_window import PictureWindow
from imhcode.ui.local_state import local_state

_VERSION = 1  #: of what is kept; what an older program kept of other panels is not read
_CHOSEN = frozenset({"table", "findings", "history"})
_UPRIGHT = Qt.Orientation.Vertical
_IN_THE_MIDDLE, _WINDOW, _FULL_SCREEN = "", "window", "full screen"


class Desk(QMainWindow):
    """Lays panels around a stage, and keeps how a person has laid them for each task.

    What is kept: sizes and places of all panels, which of those a person chooses are seen, and
    whether the picture has a window of its own.  What lay on a screen that is gone comes back.

    Parameters
    ----------
    stage : QWidget
        The picture with what belongs to it; it gets the room that is left.

    Attributes
    ----------
    arrangement : str
        The task it is laid out for.
    is_loose : bool
        Whether the panels can be dragged.
    """

    def __init__(self, stage: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockNestingEnabled(True)
        self.setAnimated(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        for corner, area in (
            (Qt.Corner.TopLeftCorner, left),
            (Qt.Corner.BottomLeftCorner, left),
            (Qt.Corner.TopRightCorner, right),
            (Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.BottomDockWidgetArea),
        ):
            self.setCorner(corner, area)
        self.stage = stage
        self.setCentralWidget(stage)
        self.panels: dict[str, Panel] = {}
        self.is_loose = False
        kept = str(local_state().value("desk/arrangement", FIRST))
        self.arrangement = kept if kept in ARRANGEMENTS else FIRST
        self._is_laid = False
        self._is_by_hand = False
        self._fitted: set[str] = set()  # panels that asked for the height they need
        self._before_leaving: QByteArray | None = None
        self.window_of_picture = PictureWindow(self)
        self.window_of_picture.closed.connect(self.bring_picture_back)
        QGuiApplication.instance().screenRemoved.connect(self._screen_gone)  # type: ignore[union-attr]

    def add(self, name: str, content: QWidget) -> None:
        """Put one more panel on the desk; which one says its name."""
        panel = Panel(name, title_of(name), content, is_chosen=name in _CHOSEN)
        self.panels[name] = panel
        panel.turned.connect(self._turn)
        panel.settled.connect(self._settle)
        wanted = panel.is_wanted
        self.addDockWidget(AREAS[name], panel)
        panel.loosen(False)
        panel.show_if(wanted)

    # -- arrangements ------------------------------------------------------------------------

    def arrange(self, name: str) -> None:
        """Lay the desk for a task, as it was laid for it last; what it was stays kept."""
        self.keep()
        self.arrangement = name
        local_state().setValue("desk/arrangement", name)
        self._bring_back()

    def lay_out_anew(self) -> None:
        """Lay the desk for the task at hand as if nobody had ever changed it."""
        local_state().remove(f"desk/{self.arrangement}")
        self._bring_back()

    def keep(self) -> None:
        """Write down how the desk is laid now."""
        if not self._is_laid:
            return
        kept = local_state()
        kept.beginGroup(f"desk/{self.arrangement}")
        # With the picture away the sizes around it say nothing of those when it is back.
        kept.setValue("state", self._before_leaving or self.saveState(_VERSION))
        kept.setValue("shown", [one for one, panel in self.panels.items() if self._shows(panel)])
        extents = [f"{name}={panel.extent_px}" for name, panel in self.panels.items()]
        kept.setValue("extents", extents)
        kept.setValue("picture", self._where_picture_is())
        kept.setValue("by_hand", int(self._is_by_hand))
        kept.endGroup()

    def loosen(self, is_loose: bool) -> None:
        """Let the panels be dragged by their titles, or hold them where they are."""
        self.is_loose = is_loose
        for panel in self.panels.values():
            panel.loosen(is_loose)

    def fit(self, name: str) -> None:
        """Give a panel below the picture the height it needs, and the picture the rest.

        What was set by hand stays.
        """
        self._fitted.add(name)
        panel = self.panels[name]
        if self._is_by_hand or not self._is_laid or not self._is_below(panel):
            return
        most = theme.scaled(ARRANGEMENTS[self.arrangement].timeline_px)
        wanted = min(panel.content.sizeHint().height(), max(most, panel.height()))
        panel.extent_px = wanted
        self.resizeDocks([panel], [wanted], Qt.Orientation.Vertical)

    # -- the picture -------------------------------------------------------------------------

    @property
    def is_picture_away(self) -> bool:
        """Whether the picture has a window of its own."""
        return self.centralWidget() is not self.stage

    def send_picture_away(self, *, full_screen: bool = False) -> None:
        """Give the picture a window of its own, on another screen where there is one."""
        if not self.is_picture_away:
            self._before_leaving = self.saveState(_VERSION)
            self.takeCentralWidget()
            self.setCentralWidget(QWidget())  # or the panels would share the room anyhow
            self.window_of_picture.hold(self.stage)
            self._give()
        self.window_of_picture.appear(full_screen=full_screen)

    def bring_picture_back(self) -> None:
        """Put the picture into the middle of the desk again."""
        if not self.is_picture_away:
            return
        self.setCentralWidget(self.stage)
        self.stage.show()
        self.window_of_picture.hide()
        before, self._before_leaving = self._before_leaving, None
        if before is not None:
            self._restore(before, {one for one, panel in self.panels.items() if panel.is_wanted})

    # -- inside ------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_laid:  # sizes mean something only from now on
            self._is_laid = True
            self._bring_back()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.MouseButtonRelease:  # only the lines between panels ask
            self._is_by_hand = True
            self._note_extents()
        return handled

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange and self._is_laid:
            self._bring_back()

    def _bring_back(self) -> None:
        """Lay the desk as it was kept for the task at hand, or as it is laid at first."""
        self.bring_picture_back()
        kept = local_state()
        kept.beginGroup(f"desk/{self.arrangement}")
        state, picture = kept.value("state"), str(kept.value("picture", _IN_THE_MIDDLE))
        self._is_by_hand = str(kept.value("by_hand", 0)) == "1"
        shown = set(_listed(kept, "shown"))
        extents = _listed(kept, "extents")
        kept.endGroup()
        first = ARRANGEMENTS[self.arrangement]
        self._take_extents(extents)
        if not isinstance(state, QByteArray) or not self._restore(state, shown):
            self._lay_out(first)
        for panel in self.panels.values():
            if panel.isFloating() and not _is_on_a_screen(panel):
                panel.put_back()
        if picture in (_WINDOW, _FULL_SCREEN) and len(QGuiApplication.screens()) > 1:
            self.send_picture_away(full_screen=picture == _FULL_SCREEN)

    def _restore(self, state: QByteArray, shown: set[str]) -> bool:
        wanted = {
            name: name in shown if panel.is_chosen else panel.is_wanted
            for name, panel in self.panels.items()
        }
        self.setUpdatesEnabled(False)
        try:
            for name, panel in self.panels.items():
                panel.show_if(wanted[name])  # Qt finds no place for one hidden until then
            was_restored = self.restoreState(state, _VERSION)
            for name, panel in self.panels.items():
                panel.show_if(wanted[name])
            self._give()
            self._settle()
        finally:
            self.setUpdatesEnabled(True)
        return was_restored

    def _lay_out(self, arrangement: Arrangement) -> None:
        for name, area in AREAS.items():
            panel = self.panels.get(name)
            if panel is None:
                continue
            wanted = name in arrangement.shown if panel.is_chosen else panel.is_wanted
            panel.put_back()
            neighbour, direction = BESIDE.get(name, ("", Qt.Orientation.Horizontal))
            self.addDockWidget(area, panel)
            if neighbour in self.panels:
                self.splitDockWidget(self.panels[neighbour], panel, direction)
            panel.show_if(wanted)
        below = arrangement.below_px
        px_of = {
            "sessions": SESSIONS_PX,
            "pad": arrangement.beside_px,
            "form": arrangement.beside_px,
            "history": HISTORY_PX,
            "timeline": arrangement.timeline_px,
            "table": below,
            "findings": below,
        }
        for name, panel in self.panels.items():
            panel.extent_px = px_of[name]
        self._give()
        for name in self._fitted:
            self.fit(name)

    def _turn(self, panel: Panel, is_wanted: bool) -> None:
        """Show or hide one panel; the others keep their sizes, the picture gives and takes."""
        panel.setVisible(is_wanted)
        if self._is_laid:
            self._give()

    def _settle(self) -> None:
        """Put panels that came back where they go: Qt leaves them where they were."""
        self.resize(self.width(), self.height() - 1)
        self.resize(self.width(), self.height() + 1)

    def _give(self) -> None:
        """Let panels be as wide, or beneath the picture as high, as they are to be."""
        panels = self._lying()
        for along in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
            meant = [
                one
                for one in panels
                if one.extent_px > 0 and self._is_below(one) == (along == _UPRIGHT)
            ]
            if meant:
                self.resizeDocks(meant, [one.extent_px for one in meant], along)
        heir = self._heir()
        if self.is_picture_away and heir is not None:
            self.resizeDocks([heir], [self.width()], Qt.Orientation.Horizontal)

    def _take_extents(self, extents: list[str]) -> None:
        for name, _, px in (one.partition("=") for one in extents):
            if name in self.panels and px.isdigit():
                self.panels[name].extent_px = int(px)

    def _note_extents(self) -> None:
        for panel in self._lying():
            panel.extent_px = panel.height() if self._is_below(panel) else panel.width()

    def _lying(self) -> list[Panel]:
        """The panels that are seen and lie on the desk."""
        return [one for one in self.panels.values() if one.isVisible() and not one.isFloating()]

    def _is_below(self, panel: Panel) -> bool:
        area = self.dockWidgetArea(panel)
        return not panel.isFloating() and area == Qt.DockWidgetArea.BottomDockWidgetArea

    def _heir(self) -> Panel | None:
        """The panel beside the picture that gets its room while it is away."""
        right = Qt.DockWidgetArea.RightDockWidgetArea
        return next((one for one in self._lying() if self.dockWidgetArea(one) == right), None)

    def _shows(self, panel: Panel) -> bool:
        return panel.is_chosen and panel.is_wanted

    def _where_picture_is(self) -> str:
        if not self.is_picture_away:
            return _IN_THE_MIDDLE
        return _FULL_SCREEN if self.window_of_picture.isFullScreen() else _WINDOW

    def _screen_gone(self) -> None:
        """Bring back what lay on a screen that is no longer there."""
        self.bring_picture_back()
        for panel in self.panels.values():
            if panel.isFloating() and not _is_on_a_screen(panel):
                panel.put_back()


def _is_on_a_screen(widget: QWidget) -> bool:
    return QGuiApplication.screenAt(widget.frameGeometry().center()) is not None


def _listed(kept: QSettings, name: str) -> list[str]:
    """Words in a list; Qt gives a list of one back as a word, and an empty one as nothing."""
    value = kept.value(name)
    if isinstance(value, str):
        return [value]
    return [str(one) for one in value] if isinstance(value, list) else []
