"""All keys of the moment, laid over the window (F1)."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from imhcode.domain.keys import CodeKey
from imhcode.ui import theme
from imhcode.ui.actions import ACTIONS, MENUS, ActionSpec
from imhcode.ui.widgets.key_cap import KeyCap

_LEFT = ("Go",)
_MIDDLE = ("Edit", "Code")
_RIGHT = ("View", "File", "Help")


def shown_key(spec: ActionSpec, *, two_hands: bool) -> str:
    """The keys of an action as people read them."""
    keys = [
        QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in spec.keys[:1]
    ]
    if two_hands and spec.pad:
        keys.append(spec.pad)
    return "  ".join(keys)


class KeyCard(QFrame):
    """A panel over the window that lists codes and commands with their keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(self.tr("Keys of the moment"))
        self._columns = QHBoxLayout(self)
        self._columns.setContentsMargins(24, 24, 24, 24)
        self._columns.setSpacing(theme.UNIT_PX * 4)
        parent.installEventFilter(self)
        self.hide()

    def toggle(self, keys: Mapping[str, CodeKey], *, two_hands: bool) -> None:
        """Show the card, or put it away."""
        if self.isVisible():
            self.hide()
            return
        self._clear()
        self._columns.addWidget(self._codes(keys))
        for menus in (_LEFT, _MIDDLE, _RIGHT):
            self._columns.addWidget(self._commands(menus, two_hands=two_hands))
        self._settle()
        self.show()
        self.raise_()

    def close_card(self) -> bool:
        """Put the card away; whether it was there."""
        there = self.isVisible()
        self.hide()
        return there

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._under and event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False

    def _settle(self) -> None:
        room = self._under.rect().adjusted(32, 32, -32, -32)
        size = self.sizeHint().boundedTo(room.size())
        self.resize(size)
        self.move(room.center().x() - size.width() // 2, room.center().y() - size.height() // 2)

    def _codes(self, keys: Mapping[str, CodeKey]) -> QWidget:
        rows = [(character.upper(), meant.code.label) for character, meant in keys.items()]
        return _column([(self.tr("Codes of this pass"), rows)])

    def _commands(self, menus: tuple[str, ...], *, two_hands: bool) -> QWidget:
        groups = []
        for menu in MENUS:
            if menu in menus:
                rows = [
                    (shown_key(spec, two_hands=two_hands), _words(spec.text))
                    for spec in ACTIONS
                    if spec.menu == menu and (spec.keys or (two_hands and spec.pad))
                ]
                groups.append((QCoreApplication.translate("menus", menu), rows))
        return _column(groups)

    def _clear(self) -> None:
        while (item := self._columns.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _words(text: str) -> str:
    return QCoreApplication.translate("actions", text).rstrip("…")


def _column(groups: list[tuple[str, list[tuple[str, str]]]]) -> QWidget:
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    for heading, rows in groups:
        title = QLabel(heading)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        column.addWidget(title)
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, (key, words) in enumerate(rows):
            caps = QHBoxLayout()
            caps.addStretch()
            for one in key.split("  "):
                caps.addWidget(KeyCap(one))
            grid.addLayout(caps, row, 0)
            label = QLabel(words)
            label.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(label, row, 1)
        column.addLayout(grid)
        column.addSpacing(theme.UNIT_PX)
    column.addStretch()
    return widget
