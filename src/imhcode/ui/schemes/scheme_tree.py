"""The parts of a scheme as a tree: tracks with their codes, modifiers, links, passes …."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from imhcode.ui import theme
from imhcode.ui.schemes.choice_fields import swatch
from imhcode.ui.schemes.scheme_model import SchemeModel, Steps

#: the parts that come first, as their authors think of them
_FIRST = ("subjects", "tracks", "modifiers", "links", "passes", "profiles", "episodes", "ratings")
_KEY, _MARKS = 1, 2  #: columns
_STEPS = Qt.ItemDataRole.UserRole


class SchemeTree(QTreeWidget):
    """Shows which parts there are; lists that are empty stand there too, in dim words.

    Signals
    -------
    chosen(object)
        The steps to the part that is looked at now.
    """

    chosen = Signal(object)

    def __init__(self, model: SchemeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._items: dict[Steps, QTreeWidgetItem] = {}
        self.setColumnCount(3)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(self.tr("Parts of the scheme"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (_KEY, _MARKS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.setIconSize(QSize(theme.scaled(11), theme.scaled(11)))
        self.setIndentation(8 + theme.scaled(6))
        self.setStyleSheet("QTreeView::item { padding: 2px 0; }")
        self.currentItemChanged.connect(self._tell)

    def show_parts(self, at: Steps | None = None) -> None:
        """Build the tree anew; look at ``at``, or at what was looked at before."""
        wanted = self.here() if at is None else at
        opened = {steps for steps, item in self._items.items() if item.isExpanded()}
        first_time = not self._items
        self.blockSignals(True)
        self.clear()
        self._items.clear()
        for steps, above in self._parts():
            item = QTreeWidgetItem()
            item.setData(0, _STEPS, list(steps))
            if above is None:
                self.addTopLevelItem(item)
            else:
                self._items[above].addChild(item)
            self._items[steps] = item
        self.relabel()
        for steps, item in self._items.items():
            unfold = len(steps) <= 2 and steps[:1] == ("tracks",) if first_time else steps in opened
            item.setExpanded(unfold or not steps)
        self.blockSignals(False)
        self.mark_findings()
        self.look_at(wanted)

    def look_at(self, steps: Steps) -> None:
        """Go to a part, or to the nearest around it that there is."""
        while steps not in self._items:
            steps = steps[:-1]
        item = self._items[steps]
        above = item.parent()
        while above is not None:
            above.setExpanded(True)
            above = above.parent()
        if item is not self.currentItem():
            self.setCurrentItem(item)
        else:
            self._tell(item)
        self.scrollToItem(item)

    def here(self) -> Steps:
        """The steps to the part that is looked at."""
        item = self.currentItem()
        return () if item is None else _steps(item)

    def fits(self) -> bool:
        """Whether these are the parts of the document, whatever they are called."""
        return [steps for steps, _ in self._parts()] == list(self._items)

    def relabel(self, only: Steps | None = None) -> None:
        """Show names and colours as they are now, of one part or of all."""
        while only and only not in self._items:
            only = only[:-1]
        for steps, item in self._items.items():
            if only is None or steps == only:
                self._dress(item, steps)

    def mark_findings(self) -> None:
        """Count what is wrong beside each part that it is inside of."""
        counts: dict[Steps, list[int]] = {}
        for steps, one in self._model.draft.located():
            for length in range(len(steps) + 1):
                tally = counts.setdefault(steps[:length], [0, 0])
                tally[one.severity == "warning"] += 1
        tokens = theme.current()
        for steps, item in self._items.items():
            errors, warnings = counts.get(steps, (0, 0))
            marks = f"● {errors}" if errors else f"○ {warnings}" if warnings else ""
            item.setText(_MARKS, marks)
            item.setForeground(_MARKS, QBrush(QColor(tokens.danger if errors else tokens.warning)))
            words = self.tr("Wrong: {errors} · to weigh: {warnings}")
            told = words.format(errors=errors, warnings=warnings) if errors or warnings else ""
            item.setToolTip(_MARKS, told)

    # -- inside ------------------------------------------------------------------------------

    def _parts(self) -> Iterator[tuple[Steps, Steps | None]]:
        """The steps to every part in the order of the tree, each with those of the one above."""
        yield (), None
        for one in sorted(self._model.fields(()), key=lambda one: _place(one.name)):
            if one.sort == "parts":
                yield from self._listed((one.name,), ())
            elif one.sort == "part":
                yield (one.name,), ()
                yield from self._inside((one.name,), alone=False)

    def _listed(self, steps: Steps, above: Steps) -> Iterator[tuple[Steps, Steps]]:
        yield steps, above
        yield from self._items_of(steps, steps)

    def _items_of(self, steps: Steps, above: Steps) -> Iterator[tuple[Steps, Steps]]:
        value = self._model.value(steps)
        for number in range(len(value) if isinstance(value, list) else 0):
            yield (*steps, number), above
            yield from self._inside((*steps, number), alone=True)

    def _inside(self, steps: Steps, *, alone: bool) -> Iterator[tuple[Steps, Steps]]:
        """The parts of a part; of one list alone the items, without the list between."""
        lists = [(*steps, one.name) for one in self._model.fields(steps) if one.sort == "parts"]
        for one in lists:
            yield from (
                self._items_of(one, steps)
                if alone and len(lists) == 1
                else self._listed(one, steps)
            )

    def _dress(self, item: QTreeWidgetItem, steps: Steps) -> None:
        value = self._model.value(steps)
        if not steps:
            called = str(self._model.plain.get("title") or self.tr("The scheme"))
        elif isinstance(steps[-1], int):
            called = _called(value) or self.tr("number {n}").format(n=steps[-1] + 1)
        else:
            called = words_of(steps[-1])
        item.setText(0, called)
        item.setToolTip(0, called)
        tokens = theme.current()
        key = value.get("key") if isinstance(value, dict) and "label" in value else None
        item.setText(_KEY, key.upper() if isinstance(key, str) else "")
        item.setForeground(0, QBrush(QColor(tokens.text if value else tokens.text_dim)))
        color = value.get("color") if isinstance(value, dict) else None
        if isinstance(color, str) and QColor.isValidColorName(color):
            item.setIcon(0, swatch(color))

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(_steps(item))


def words_of(name: str) -> str:
    """A field's name as it is read: ``min_duration_s`` is *Min duration (s)*."""
    said = QCoreApplication.translate("scheme fields", name)
    if said != name:
        return said
    known = {
        "derived": "Measures",
        "set": "Episodes",
        "id": "Id",
        "class_vocabulary": "Classes",
        "min_s": "Min (s)",
    }
    if name in known:
        return known[name]
    seconds = name.endswith("_s")
    plain = name.removesuffix("_s").replace("_", " ")
    return f"{plain[:1].upper()}{plain[1:]}{' (s)' if seconds else ''}"


def _called(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    names = (value.get(one) for one in ("label", "id", "key", "track", "max_months"))
    return next((str(one) for one in names if one), "")


def _steps(item: QTreeWidgetItem) -> Steps:
    return tuple(item.data(0, _STEPS))


def _place(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)
