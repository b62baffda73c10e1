"""Which sessions: all, or those that are ticked in a list that can be searched."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from imhcode.ui import theme
from imhcode.ui.widgets.choices import Choosable

_ROWS = 14


class SessionChoice(QToolButton):
    """A button that opens the list; a thousand sessions are no trouble to it.

    Signals
    -------
    changed()
        Other sessions are ticked; once, when the list is put away.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find a session"))
        self.field.setAccessibleName(self.tr("Find a session"))
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Sessions"))
        self.list.setUniformItemSizes(True)
        self._before: tuple[str, ...] = ()
        self.setAccessibleName(self.tr("Sessions"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMenu(self._menu())
        self.field.textChanged.connect(self._look)
        self.list.itemChanged.connect(lambda _: self._say())

    def show_choices(self, choices: Sequence[Choosable]) -> None:
        """Offer other sessions; what was ticked and is still there stays so."""
        ticked = set(self.chosen)
        self.list.blockSignals(True)
        self.list.clear()
        for one in choices:
            item = QListWidgetItem(one.words)
            item.setData(Qt.ItemDataRole.UserRole, one.value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if one.value in ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._look(self.field.text())
        self._before = self.chosen
        self._say()

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is ticked; none: all."""
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in self._items()
            if item.checkState() == Qt.CheckState.Checked
        )

    def choose(self, values: Sequence[str]) -> None:
        """Tick these and no others."""
        for item in self._items():
            wanted = item.data(Qt.ItemDataRole.UserRole) in values
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self._tell()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _look(self, words: str) -> None:
        for item in self._items():
            item.setHidden(words.casefold() not in item.text().casefold())

    def _tell(self) -> None:
        if self.chosen != self._before:
            self._before = self.chosen
            self.changed.emit()

    def _say(self) -> None:
        chosen, n = self.chosen, self.list.count()
        count = f"{len(chosen)}/{n}" if chosen else self.tr("all {n}").format(n=n)
        self.setText(f"{self.tr('Sessions')}: {count}")

    def _menu(self) -> QMenu:
        menu, inside = QMenu(self), QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.UNIT_PX, theme.UNIT_PX, theme.UNIT_PX, theme.UNIT_PX)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.list.setMinimumWidth(theme.scaled(220))
        self.list.setMinimumHeight(_ROWS * theme.scaled(20))
        action = QWidgetAction(menu)
        action.setDefaultWidget(inside)
        menu.addAction(action)
        menu.aboutToShow.connect(self.field.setFocus)
        menu.aboutToHide.connect(self._tell)
        return menu
