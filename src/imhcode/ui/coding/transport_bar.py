"""The transport: where the picture is, and the way to another place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from imhcode.domain.event import Stamp
from imhcode.domain.timecode import as_clock
from imhcode.ui import theme
from imhcode.ui.widgets.icons import icon
from imhcode.ui.widgets.line_label import LineLabel

#: Action id and icon of each button, in order.
BUTTONS = (
    ("go_to_start", "first"),
    ("frame_back", "back"),
    ("toggle_play", "play"),
    ("frame_forward", "forward"),
    ("go_to_end", "last"),
)


class TransportBar(QWidget):
    """Buttons, timecode, frame number and a field to jump to either.

    Signals
    -------
    action_asked(str)
        A button was pressed; the id of its action.
    jump_asked(str)
        Text was entered in the jump field: a time, or ``f`` and a frame number.
    """

    action_asked = Signal(str)
    jump_asked = Signal(str)

    def __init__(self, hints: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as time runs on the timeline
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.UNIT_PX // 2, 0, theme.UNIT_PX // 2)
        row.setSpacing(theme.UNIT_PX // 2)
        self._icons: dict[str, str] = {}
        self._tools: dict[str, QToolButton] = {}
        for action, name in BUTTONS:
            button = QToolButton()
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, asked=action: self.action_asked.emit(asked))
            self._tools[action], self._icons[action] = button, name
            row.addWidget(button)
        self._time = LineLabel("0:00:00.000")
        self._time.setFont(_figures(theme.title(self.font())))
        self._time.setAccessibleName(self.tr("Session time"))
        self._frame = LineLabel(self.tr("frame {n}").format(n=99_999))
        self._frame.setFont(_figures(self.font()))
        self._frame.setAccessibleName(self.tr("Frame"))
        self._length = LineLabel(dim=True)
        self._length.setToolTip(self.tr("Length, and pictures that could not be shown in time"))
        self._reach = ""
        self.jump = QLineEdit()
        self.jump.setPlaceholderText(self.tr("1:02.5 or f1054"))
        self.jump.setMinimumWidth(130)
        self.jump.setMaximumWidth(170)
        self.jump.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.jump.setAccessibleName(self.tr("Go to a time or frame"))
        self.jump.returnPressed.connect(self._jump)
        row.addSpacing(theme.UNIT_PX)
        row.addWidget(self._time)
        row.addSpacing(theme.UNIT_PX)
        row.addWidget(self._frame)
        row.addWidget(self._length, 1)
        row.addWidget(self.jump)
        self.show_hints(hints)
        self.dress()

    def show_hints(self, hints: dict[str, str]) -> None:
        """Say what the buttons do and which keys do the same, by action id."""
        for action, button in self._tools.items():
            button.setToolTip(hints.get(action, action))
            button.setAccessibleName(hints.get(action, action))

    def dress(self) -> None:
        """Take on the theme's colours."""
        tokens = theme.current()
        for action, button in self._tools.items():
            button.setIcon(icon(self._icons[action], tokens.text))

    def show_place(self, stamp: Stamp, *, exact: str = "") -> None:
        """Say which frame is on screen and when that is."""
        self._time.show_text(as_clock(stamp.time_us))
        self._time.setToolTip(exact)
        no_picture = stamp.frame is None
        shown = self.tr("no picture") if no_picture else self.tr("frame {n}").format(n=stamp.frame)
        self._frame.show_text(shown)

    def show_length(self, frames: int, end_us: int) -> None:
        """Say how long the recording is."""
        clock = as_clock(end_us)
        self._reach = self.tr("of {frames} · {time}").format(frames=frames, time=clock)
        self._length.show_text(self._reach)

    def show_playing(self, playing: bool) -> None:
        """Say whether time goes by."""
        self._icons["toggle_play"] = "pause" if playing else "play"
        self.dress()

    def show_dropped(self, dropped: int) -> None:
        """Say how many pictures could not be shown in time."""
        words = self.tr("{n} dropped").format(n=dropped)
        self._length.show_text(f"{words} · {self._reach}" if dropped else self._reach)

    def _jump(self) -> None:
        text = self.jump.text()
        self.jump.clear()
        self.jump.clearFocus()
        self.jump_asked.emit(text)


def _figures(font: QFont) -> QFont:
    """The same size in figures that do not dance."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    fixed.setPointSizeF(font.pointSizeF())
    return fixed
