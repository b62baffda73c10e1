"""The page of keys: every action with its keys, to be changed by pressing others."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.errors import ImhcodeError
from imhcode.ui import theme
from imhcode.ui.actions import ACTIONS_BY_ID, PROFILES, ActionSpec
from imhcode.ui.keys.chords import shown, typed_by
from imhcode.ui.keys.code_use import CodeUse
from imhcode.ui.keys.key_capture import KeyCapture
from imhcode.ui.keys.key_map import KeyMap
from imhcode.ui.keys.key_map_files import (
    SUFFIX,
    free_id,
    own_key_maps,
    path_of,
    read_key_map,
    write_key_map,
)
from imhcode.ui.keys.key_table_model import ACTION, KeyTableModel, code_wins, words_of
from imhcode.ui.keys.profiles import profile
from imhcode.ui.messages import said


class KeyMapEditor(QDialog):
    """Changes hold at once and are kept at once; a built-in profile becomes a map of one's own.

    The picture goes on, and codes can be pressed in the window beside it.

    Parameters
    ----------
    key_map : KeyMap
        What holds now.
    uses : sequence of CodeUse
        Characters that codes of the open scheme want.

    Signals
    -------
    key_map_chosen(KeyMap)
        These keys are to hold from now on.
    """

    key_map_chosen = Signal(object)

    def __init__(
        self, key_map: KeyMap, uses: Sequence[CodeUse], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self._uses = uses
        self._adds = False
        self._pending = ""
        self.model = KeyTableModel(key_map, uses, self)
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(self.tr("Profile"))
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of these keys"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find by what it does, or by key"))
        self.search.setAccessibleName(self.tr("Find an action"))
        self.table = QTreeView()
        self.capture = KeyCapture()
        self._lay_out()
        self._connect()
        self._show_maps()
        self._explain()
        self.resize(860, 640)

    @property
    def key_map(self) -> KeyMap:
        """The keys as they stand."""
        return self.model.key_map

    # -- asking ------------------------------------------------------------------------------

    def set_key(self) -> None:
        """Wait for the key that is to do the chosen action alone."""
        self._ask(adds=False)

    def add_key(self) -> None:
        """Wait for one more key for the chosen action."""
        self._ask(adds=True)

    def clear_keys(self) -> None:
        """Leave the chosen action without a key."""
        spec = self.chosen()
        if spec is not None:
            self._give(spec, ())

    def as_shipped(self) -> None:
        """Give the chosen action the keys of the profile these began with."""
        spec, begun = self.chosen(), self.key_map.based_on
        if spec is not None and begun:
            self._give(spec, profile(begun).keys_of(spec.id))

    def chosen(self) -> ActionSpec | None:
        """The action of the current row."""
        return self.model.spec_at(self.table.currentIndex().row())

    def choose(self, action: str) -> None:
        """Go to the row of an action."""
        self.table.setCurrentIndex(self.model.index(self.model.row_of(action), ACTION))

    def import_from(self, path: Path) -> None:
        """Take the key map of a file among one's own, and use it."""

        def take() -> None:
            read = read_key_map(path)
            own = read.called(free_id(read.name), read.name, read.based_on)
            write_key_map(own, path_of(own.id))
            self._use(own)
            self.capture.say(self.tr("{name} was taken over.").format(name=own.name))

        self._attempt(take)

    def export_to(self, path: Path) -> None:
        """Write these keys to a file that others can import."""

        def write() -> None:
            based_on = self.key_map.based_on or self.key_map.id
            write_key_map(self.key_map.called("", self.key_map.name, based_on), path)
            self.capture.say(self.tr("Written to {path}.").format(path=path))

        self._attempt(write)

    def delete_map(self) -> None:
        """Forget this map of one's own, and go back to the profile it began with."""
        if self.key_map.is_own:
            path_of(self.key_map.id).unlink(missing_ok=True)
            self._use(profile(self.key_map.based_on))

    # -- inside ------------------------------------------------------------------------------

    def _ask(self, *, adds: bool) -> None:
        spec = self.chosen()
        if spec is None:
            return
        self._adds, self._pending = adds, ""
        words = self.tr("Press the new key for “{action}”. Esc leaves it as it is.")
        self.capture.wait(words.format(action=words_of(spec)))

    def _take(self, chord: str) -> None:
        """A key was pressed: give it, or first say who has it."""
        spec = self.chosen()
        if spec is None:
            return
        if self._pending and chord in ("Return", "Enter", "Num+Enter"):
            chord = self._pending
        owner = self.key_map.action_of(chord)
        if owner and owner != spec.id and chord != self._pending:
            self._pending = chord
            words = self.tr(
                "{key} does “{other}” now. Enter gives it to “{action}”; another key is another "
                "choice; Esc leaves it as it is."
            )
            other = words_of(ACTIONS_BY_ID[owner])
            self.capture.say(
                words.format(key=shown(chord), other=other, action=words_of(spec)), warns=True
            )
            return
        had = self.key_map.keys_of(spec.id) if self._adds else ()
        self._give(spec, tuple(dict.fromkeys((*had, chord))))
        clashing = [use for use in self._uses if use.character == typed_by(chord)]
        if clashing:
            words = self.tr("{key} does “{action}”, except where a code wants it: {codes}.")
            codes = "; ".join(code_wins(use) for use in clashing[:2])
            self.capture.say(
                words.format(key=shown(chord), action=words_of(spec), codes=codes), warns=True
            )

    def _give(self, spec: ActionSpec, chords: tuple[str, ...]) -> None:
        now = self.key_map
        if not now.is_own:
            name = self.tr("{profile} – mine").format(profile=now.name)
            now = now.called(free_id(name), name, now.id)
        changed = now.having(spec.id, chords)
        self._attempt(lambda: write_key_map(changed, path_of(changed.id)))
        self._use(changed)
        words = self.tr("“{action}” has no key now.")
        if chords:
            words = self.tr("{key} does “{action}” now.")
        keys = ", ".join(shown(chord) for chord in chords)
        self.capture.say(words.format(key=keys, action=words_of(spec)))
        self.table.setFocus()

    def _rename(self) -> None:
        name = self.name.text().strip()
        now = self.key_map
        if now.is_own and name and name != now.name:
            renamed = now.called(now.id, name, now.based_on)
            self._attempt(lambda: write_key_map(renamed, path_of(renamed.id)))
            self._use(renamed)

    def _use(self, key_map: KeyMap) -> None:
        self.model.show_map(key_map)
        self._show_maps()
        self.key_map_chosen.emit(key_map)

    def _choose_map(self, at: int) -> None:
        chosen = self.chooser.itemData(at)
        if isinstance(chosen, KeyMap) and chosen.id != self.key_map.id:
            self._use(chosen)
            self._explain()

    def _show_maps(self) -> None:
        maps = [*(profile(one) for one in PROFILES), *own_key_maps()]
        if all(one.id != self.key_map.id for one in maps):
            maps.append(self.key_map)
        self.chooser.blockSignals(True)
        self.chooser.clear()
        for one in maps:
            self.chooser.addItem(one.name, one)
        self.chooser.setCurrentIndex([one.id for one in maps].index(self.key_map.id))
        self.chooser.blockSignals(False)
        own = self.key_map.is_own
        self.name.setText(self.key_map.name)
        self.name.setEnabled(own)
        for button in self._only_own:
            button.setEnabled(own)

    def _explain(self) -> None:
        self._pending = ""
        self.capture.say(
            self.tr("Enter on an action, then the new key. Foot pedals and media keys are keys.")
        )

    def _left(self) -> None:
        if self.capture.hasFocus():
            self._explain()
            self.table.setFocus()

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except ImhcodeError as error:
            self.capture.say(said(error), warns=True)

    def _ask_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Take over keys from"), "", f"{self.tr('Key maps')} (*{SUFFIX})"
        )
        if name:
            self.import_from(Path(name))

    def _ask_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Write these keys to"), f"keys{SUFFIX}")
        if name:
            self.export_to(Path(name).with_suffix(SUFFIX))

    def _lay_out(self) -> None:
        unit = theme.UNIT_PX
        top = QHBoxLayout()
        for words, field in ((self.tr("Profile"), self.chooser), (self.tr("Name"), self.name)):
            label = QLabel(words)
            label.setBuddy(field)
            top.addWidget(label)
            top.addWidget(field, 1)
        self.table.setModel(self.model)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAlternatingRowColors(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAccessibleName(self.tr("Actions and their keys"))
        header = self.table.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(True)
        self.choose(next(iter(ACTIONS_BY_ID)))
        below = QHBoxLayout()
        buttons = {
            words: self._button(words, act)
            for words, act in (
                (self.tr("Set the key…"), self.set_key),
                (self.tr("One more key…"), self.add_key),
                (self.tr("No key"), self.clear_keys),
                (self.tr("As shipped"), self.as_shipped),
                (self.tr("Import…"), self._ask_import),
                (self.tr("Export…"), self._ask_export),
                (self.tr("Delete these keys"), self.delete_map),
                (self.tr("Close"), self.accept),
            )
        }
        for at, button in enumerate(buttons.values()):
            below.addWidget(button)
            if at == 3:
                below.addStretch()
        listed = list(buttons.values())
        self._only_own = (listed[3], listed[6])
        column = QVBoxLayout(self)
        column.setSpacing(unit)
        column.addLayout(top)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addWidget(self.capture)
        column.addLayout(below)
        self.table.setFocus()

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: act())
        return button

    def _connect(self) -> None:
        self.chooser.activated.connect(self._choose_map)
        self.name.editingFinished.connect(self._rename)
        self.search.textChanged.connect(self._look_for)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.activated.connect(lambda _: self.set_key())
        self.capture.pressed.connect(self._take)
        self.capture.left.connect(self._left)

    def _look_for(self, words: str) -> None:
        self.model.look_for(words)
        self.table.setCurrentIndex(self.model.index(0, ACTION))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.clear_keys()
        else:
            super().keyPressEvent(event)
