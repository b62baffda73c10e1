"""The page of one scheme: its parts, their fields, what is wrong, and how it looks to coders."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from imhcode.ui import theme
from imhcode.ui.schemes.field_form import FieldForm
from imhcode.ui.schemes.mistakes_list import MistakesList
from imhcode.ui.schemes.scheme_model import SchemeModel, Steps
from imhcode.ui.schemes.scheme_preview import SchemePreview
from imhcode.ui.schemes.scheme_tree import SchemeTree

_WIDEST_TREE_PX = 390  #: at first; the fields need the room more


class SchemePage(QWidget):
    """Joins the views of one scheme being written.

    Signals
    -------
    looked_through()
        What is wrong has been worked out anew.
    """

    looked_through = Signal()

    def __init__(self, model: SchemeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.tree = SchemeTree(model)
        self.form = FieldForm(model)
        self.preview = SchemePreview(model)
        self.mistakes = MistakesList(model)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.preview)
        right.addWidget(self.mistakes)
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 1)
        right.setChildrenCollapsible(False)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.setChildrenCollapsible(False)
        for widget in (self.tree, self.form, right):
            across.addWidget(widget)
        across.setStretchFactor(1, 2)
        across.setStretchFactor(2, 1)
        across.setSizes([min(theme.scaled(300), _WIDEST_TREE_PX), 520, 440])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(across)
        self.setFocusProxy(self.tree)
        self.tree.chosen.connect(self._look)
        self.tree.itemActivated.connect(lambda *_: self.form.begin_typing())
        self.form.left.connect(self.tree.setFocus)
        self.mistakes.chosen.connect(self.go_to)
        model.changed.connect(self._show_change)
        model.settled.connect(self._settle)
        self.tree.show_parts(())
        self._settle()

    # -- what the author asks for ----------------------------------------------------------------

    def add_beside(self) -> None:
        """Add a part of the same sort behind this one; to a list, its next item."""
        steps = self.tree.here()
        if steps and isinstance(steps[-1], int):
            self._add(steps[:-1], steps[-1] + 1)
        elif self._takes_items(steps):
            self._add(steps, len(self.model.value(steps) or ()))
        else:
            self.add_inside()

    def add_inside(self) -> None:
        """Add a part to this one: a code to a track, a value to a modifier."""
        steps = self.tree.here()
        if self._takes_items(steps):
            self._add(steps, len(self.model.value(steps) or ()))
            return
        lists = [one.name for one in self.model.fields(steps) if one.sort == "parts"]
        if steps and lists:
            inside = (*steps, lists[0])
            self._add(inside, len(self.model.value(inside) or ()))
        elif steps and isinstance(steps[-1], int):
            self._add(steps[:-1], steps[-1] + 1)

    def remove(self) -> None:
        """Take this part away."""
        steps = self.tree.here()
        self.form.flush()
        if steps and self.model.value(steps) is not None:
            self.model.remove(steps)

    def move_part(self, by: int) -> None:
        """Move this part up or down among those of its sort."""
        self.form.flush()
        steps = self.tree.here()
        if steps:
            moved = self.model.move(steps, by)
            self.tree.look_at(moved)

    def go_to(self, steps: Steps) -> None:
        """Go to a field."""
        self.form.flush()
        self.tree.look_at(steps)
        if not self.form.go_to(steps):
            if not self.form.shows_all:
                self.form.show_all(True)
            if not self.form.go_to(steps):
                self.tree.setFocus()

    def undo(self) -> None:
        """Take the last change back."""
        self.form.flush()
        self.model.undo()

    def redo(self) -> None:
        """Make it again."""
        self.form.flush()
        self.model.redo()

    # -- inside ------------------------------------------------------------------------------------

    def _add(self, steps: Steps, at: int) -> None:
        self.form.flush()
        new = self.model.add(steps, at)
        if new:
            self.tree.look_at(new)
            self.form.begin_typing()

    def _takes_items(self, steps: Steps) -> bool:
        if not steps or isinstance(steps[-1], int):
            return False
        above = self.model.fields(steps[:-1])
        return any(one.name == steps[-1] and one.sort == "parts" for one in above)

    def _look(self, steps: Steps) -> None:
        if steps != self.form.steps or not self.form.widget():
            self.form.show_part(steps)
        else:
            self.form.refresh()
        self.preview.show_part(steps)

    def _show_change(self, whole: bool) -> None:
        if whole and not self.tree.fits():
            self.tree.show_parts()
        else:
            self.tree.relabel(None if whole else self.tree.here())
        self.form.refresh()

    def _settle(self) -> None:
        self.tree.mark_findings()
        self.form.show_findings()
        self.mistakes.show_findings()
        self.preview.show_part(self.tree.here())
        self.looked_through.emit()
