"""The actions with their keys, as a table: what, which keys, what stands in the way."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor

from imhcode.ui import theme
from imhcode.ui.actions import ACTIONS, ActionSpec
from imhcode.ui.keys.chords import shown, typed_by
from imhcode.ui.keys.code_use import CodeUse
from imhcode.ui.keys.key_map import KeyMap

ACTION, KEYS, NOTE = range(3)
_Index = QModelIndex | QPersistentModelIndex


class KeyTableModel(QAbstractTableModel):
    """One row an action that matches what is looked for.

    Parameters
    ----------
    key_map : KeyMap
        Keys to show.
    uses : sequence of CodeUse
        Characters that codes want: where they do, the code goes first.
    """

    def __init__(
        self, key_map: KeyMap, uses: Sequence[CodeUse], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.key_map = key_map
        self._uses = uses
        self._looked_for = ""
        self._rows: list[ActionSpec] = list(ACTIONS)

    def show_map(self, key_map: KeyMap) -> None:
        """Show other keys."""
        self.key_map = key_map
        last = self.index(len(self._rows) - 1, NOTE)
        self.dataChanged.emit(self.index(0, 0), last)

    def look_for(self, words: str) -> None:
        """Show the actions with these words in their text or keys."""
        self.beginResetModel()
        self._looked_for = words.casefold().strip()
        self._rows = [spec for spec in ACTIONS if self._matches(spec)]
        self.endResetModel()

    def spec_at(self, row: int) -> ActionSpec | None:
        """The action of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, action: str) -> int:
        """The row of an action; -1 if it is not shown."""
        return next((row for row, one in enumerate(self._rows) if one.id == action), -1)

    def note(self, spec: ActionSpec) -> str:
        """What stands in the way of an action's keys: codes that want the same character."""
        characters = {typed_by(chord) for chord in self.key_map.keys_of(spec.id)} - {""}
        found = [use for use in self._uses if use.character in characters]
        return "; ".join(dict.fromkeys(code_wins(use) for use in found[:2]))

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("What it does"), self.tr("Keys"), self.tr("Codes go first"))[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        spec = self.spec_at(index.row())
        if spec is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (words_of(spec), self._keys(spec), self.note(spec))[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == NOTE:
            return QColor(theme.current().warning)
        return None

    def _keys(self, spec: ActionSpec) -> str:
        return "   ".join(shown(chord) for chord in self.key_map.keys_of(spec.id))

    def _matches(self, spec: ActionSpec) -> bool:
        text = f"{words_of(spec)} {spec.menu} {self._keys(spec)}".casefold()
        return all(word in text for word in self._looked_for.split())


def words_of(spec: ActionSpec) -> str:
    """What an action is called."""
    return QCoreApplication.translate("actions", spec.text).rstrip("…")


def code_wins(use: CodeUse) -> str:
    """That a code has its key first, in words."""
    if use.where:
        words = QCoreApplication.translate("key_table", "“{code}” in the pass “{where}”")
        return words.format(code=use.label, where=use.where)
    return QCoreApplication.translate("key_table", "“{code}”").format(code=use.label)
