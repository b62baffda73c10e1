"""How the window of clips is laid out, and its menus."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QVBoxLayout, QWidget

from imhcode.ui import theme
from imhcode.ui.clips.clip_commands import COMMANDS
from imhcode.ui.widgets.wrapped_label import WrappedLabel


def lay_out(
    window: QWidget,
    menu: QMenuBar,
    deed: Callable[[str], Callable[[], Any]],
    *,
    left_side: tuple[QWidget, QWidget],
    in_the_middle: tuple[QWidget, QWidget],
    right_side: QWidget,
    below: tuple[QWidget, QWidget],
) -> None:
    """Menus above; form, picture and regions side by side; what is said below.

    Parameters
    ----------
    deed : callable
        Gives what a command does by the name of its method.
    left_side, in_the_middle, right_side, below : QWidget
        What stands where; of two the upper one first, and it gets the room.
    """
    menus = {
        name: menu.addMenu(QCoreApplication.translate("menus", name))
        for name in dict.fromkeys(command.menu for command in COMMANDS)
    }
    for command in COMMANDS:
        action = QAction(QCoreApplication.translate("clips", command.words), window)
        action.setShortcut(QKeySequence(command.keys))
        action.triggered.connect(lambda _=False, method=command.method: deed(method)())
        menus[command.menu].addAction(action)
        window.addAction(action)
    unit = theme.UNIT_PX
    keys = WrappedLabel(
        QCoreApplication.translate(
            "clips",
            "Left, Right: picture by picture · Space: slowly · N: hide a region · "
            "Shift+arrows move it, Ctrl+arrows size it (with Alt finely) · P follows it",
        )
    )
    keys.setFont(theme.small(window.font()))
    left, right = QWidget(), QWidget()
    side = QVBoxLayout(left)
    side.setContentsMargins(0, 0, 0, 0)
    side.addWidget(left_side[0], 1)
    side.addWidget(left_side[1])
    other = QVBoxLayout(right)
    other.setContentsMargins(0, 0, 0, 0)
    other.addWidget(right_side)
    left.setFixedWidth(theme.scaled(300))
    right.setFixedWidth(theme.scaled(280))
    middle = QVBoxLayout()
    middle.setSpacing(unit)
    middle.addWidget(in_the_middle[0], 1)
    middle.addWidget(in_the_middle[1])
    middle.addWidget(keys)
    row = QHBoxLayout()
    row.setContentsMargins(*[unit * 2] * 4)
    row.setSpacing(unit * 2)
    row.addWidget(left)
    row.addLayout(middle, 1)
    row.addWidget(right)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(menu)
    column.addLayout(row, 1)
    column.addWidget(below[0])
    column.addWidget(below[1])
