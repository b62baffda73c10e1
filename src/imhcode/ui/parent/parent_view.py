"""The parent's screen: a picture, the moment's title, and a few large controls."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from imhcode.ui import theme
from imhcode.ui.parent.family_picture import FamilyPicture, ground_of
from imhcode.ui.parent.showing import Showing

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
#: The clinician's keys, also where there is one screen only and this view has the keyboard.
_AGAIN = QKeyCombination(_CTRL, Qt.Key.Key_Return)
_LEAVE = QKeyCombination(_CTRL | _SHIFT, Qt.Key.Key_V)
SMALLEST_PX = 28  #: of any word on this screen: it is read from across a room
_LOOK_EVERY_MS = 250
_TITLE_SHARE, _BUTTON_SHARE = 0.046, 0.031  #: of the height of the screen


class ParentView(QWidget):
    """A window of its own that fills one screen and stays there, above everything else.

    It has no parent and is nobody's parent, so that no message or tooltip of another window can
    belong to it.  It is given a :class:`Showing`, which knows titles and pictures only: there is
    nothing else that it could show.

    Signals
    -------
    leave_asked()
        The clinician's chord that closes it was pressed here.

    Parameters
    ----------
    showing : Showing
        What is shown.
    """

    leave_asked = Signal()

    def __init__(self, showing: Showing) -> None:
        flags = (
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
        )
        super().__init__(None, flags)
        self.showing = showing
        self._screen: QScreen | None = None
        self._is_leaving = False
        self._looking = QTimer(self)  # window managers do not always say what they did
        self._looking.setInterval(_LOOK_EVERY_MS)
        self._looking.timeout.connect(self._stay)
        self.setWindowTitle(self.tr("Video"))
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("ParentView")
        self.picture = FamilyPicture()
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title.setWordWrap(True)
        self.controls = QWidget()
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        showing.state_changed.connect(self._follow)
        showing.moment_changed.connect(self._show_moment)
        showing.picture_due.connect(self.picture.show_picture)
        self.picture.size_wanted.connect(showing.playback.set_size)
        QGuiApplication.instance().screenRemoved.connect(self._lose)  # type: ignore[union-attr]
        self._dress()
        self._show_moment()
        self._follow(showing.state)

    # -- where it is -------------------------------------------------------------------------

    def appear_on(self, screen: QScreen) -> None:
        """Fill a screen, and stay on it."""
        self._screen, self._is_leaving = screen, False
        # Where the clinician has a screen of their own they keep the keyboard.
        alone = len(QGuiApplication.screens()) == 1
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not alone)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.raise_()
        self._looking.start()
        self._dress()
        self.buttons["toggle"].setFocus()

    @property
    def its_screen(self) -> QScreen | None:
        """The screen it stays on; ``None`` while it is put away."""
        return self._screen

    def put_away(self) -> None:
        """Close it: only the clinician's window does."""
        self._is_leaving, self._screen = True, None
        self._looking.stop()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_leaving:
            super().closeEvent(event)
            return
        self.showing.blank()  # somebody wants it gone: the picture goes, not what lies behind it
        event.ignore()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._stay_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress()
        self._stay_soon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._stay_soon()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _stay_soon(self) -> None:
        if self._screen is not None and self.isVisible():
            QTimer.singleShot(0, self, self._stay)

    def _stay(self) -> None:
        """Back to its screen, and fill it."""
        screen = self._screen
        if screen is None or not self.isVisible():
            return
        if not self.isFullScreen():
            self.showFullScreen()
        if self.geometry() != screen.geometry():
            self.setGeometry(screen.geometry())

    def _lose(self, screen: QScreen) -> None:
        """Its screen was unplugged: it must not turn up on another one."""
        if screen is self._screen:
            self.showing.blank()
            self.put_away()

    # -- what it shows -----------------------------------------------------------------------

    def _show_moment(self) -> None:
        now = self.showing.now
        self.title.setText(now.moment.title if now is not None else "")
        words = {
            1.0: self.tr("Slower"),
            0.5: self.tr("Half as fast"),
            0.25: self.tr("Very slowly"),
        }
        self.buttons["slower"].setText(words[self.showing.speed])
        last = len(self.showing.shown) - 1
        self.buttons["previous"].setVisible(self.showing.place > 0)
        self.buttons["next"].setVisible(self.showing.place < last)
        self.buttons["toggle"].setVisible(now is not None)

    def _follow(self, state: str) -> None:
        if state in ("blank", "card"):
            self.picture.clear()
        self.picture.setVisible(state in ("playing", "paused", "still"))
        self.title.setVisible(state in ("card", "playing", "paused"))
        self.controls.setVisible(state in ("card", "playing", "paused"))
        self.buttons["toggle"].setText(self.tr("Pause") if state == "playing" else self.tr("Play"))
        for name in ("again", "still", "slower"):
            self.buttons[name].setVisible(state in ("playing", "paused"))
        if state != "blank" and not any(
            one.hasFocus() and one.isVisible() for one in self.buttons.values()
        ):
            self.buttons["toggle"].setFocus()
        self.repaint()

    # -- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._keys().get(Qt.Key(event.key()))
        chord = event.keyCombination().toCombined()
        if chord == _AGAIN.toCombined():
            self.showing.show_again()
        elif chord == _LEAVE.toCombined():
            self.leave_asked.emit()
        elif self.showing.state == "still":
            self.showing.still()
        elif act is not None and self.showing.state != "blank" and not event.isAutoRepeat():
            act()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        del event
        if self.showing.state == "still":
            self.showing.still()
        elif self.showing.state in ("playing", "paused"):
            self.showing.toggle()

    def _keys(self) -> dict[Qt.Key, Callable[[], None]]:
        showing, key = self.showing, Qt.Key
        return {
            key.Key_Space: showing.toggle,
            key.Key_Return: showing.toggle,
            key.Key_Backspace: showing.again,
            key.Key_Left: showing.previous,
            key.Key_Right: showing.next,
            key.Key_Minus: showing.slower,
            key.Key_Period: showing.still,
        }

    # -- inside ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT_PX * 2)
        row.addStretch()
        for name, words in (
            ("previous", self.tr("Before")),
            ("again", self.tr("Again")),
            ("toggle", self.tr("Play")),
            ("still", self.tr("Still")),
            ("slower", self.tr("Slower")),
            ("next", self.tr("Next")),
        ):
            button = QPushButton(words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(getattr(self.showing, name))
            if name in ("previous", "next"):
                policy = button.sizePolicy()
                policy.setRetainSizeWhenHidden(True)  # the others stay where they are
                button.setSizePolicy(policy)
            row.addWidget(button)
            self.buttons[name] = button
        row.addStretch()
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the screen is the size
        column.addWidget(self.picture, 1)
        column.addWidget(self.title)
        column.addWidget(self.controls)
        self.controls.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _dress(self) -> None:
        tokens, high = theme.current(), max(self.height(), 1)
        title = max(SMALLEST_PX + 4, round(high * _TITLE_SHARE))
        button = max(SMALLEST_PX, round(high * _BUTTON_SHARE))
        gap = round(high * 0.025)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(gap, gap, gap, gap)
            layout.setSpacing(gap)
        sheet = f"""
#ParentView {{ background: {ground_of(tokens)}; }}
QLabel {{ color: {tokens.text}; font-size: {title}px; }}
QPushButton {{ color: {tokens.text}; background: {tokens.panel_raised}; font-size: {button}px;
  padding: {button // 2}px {button * 3 // 4}px; border: 3px solid {tokens.panel_raised};
  border-radius: {button // 3}px; min-width: {button * 4}px; }}
QPushButton:focus {{ border-color: {tokens.focus}; }}
QPushButton:pressed {{ background: {tokens.line}; }}
"""
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)
