"""The fields of one part of a scheme, each with what it means and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from imhcode.ui import theme
from imhcode.ui.schemes.field_choice import editor_for
from imhcode.ui.schemes.field_editors import FieldEditor
from imhcode.ui.schemes.scheme_model import SchemeModel, Steps
from imhcode.ui.schemes.scheme_tree import words_of
from imhcode.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from imhcode.schemes.meanings import FieldMeaning

_ONE_BELOW_THE_OTHER_FROM = 1.5  #: words so large that a field needs the whole width
_NARROWEST_PX = 340
_DEEPEST = 3  #: parts inside parts that are shown on one page

#: fields that most authors want although they may be left out
_WANTED = frozenset(
    {
        "key", "color", "definition", "start", "stop", "exclusive", "exhaustive", "modifiers",
        "uncodable", "classes", "tracks", "instructions", "walk", "values", "required", "summary",
        "from_codes", "to_codes", "window_s", "links", "overrides", "anchors", "scale", "interval",
        "short_title", "over_track", "lead_s", "tail_s", "bin_s", "min", "max", "playback",
        "default", "speed", "audio",
    }
)  # fmt: skip
#: of those, the ones that are a page of their own until they are there
_ONLY_IF_THERE = frozenset({"walk", "interval", "scale", "playback"})


@dataclass(slots=True)
class _Row:
    """A field on the page."""

    meaning: "FieldMeaning"
    editor: FieldEditor
    problem: WrappedLabel


class FieldForm(QScrollArea):
    """Shows one part and gives its author's values to the model.

    Signals
    -------
    left()
        ``Esc``: back to the tree.
    """

    left = Signal()

    def __init__(self, model: SchemeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._rows: dict[Steps, _Row] = {}
        self._visit = 0
        self._shape: object = None
        self._named = WrappedLabel()
        self.steps: Steps = ()
        self.shows_all = False
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(_NARROWEST_PX)
        self.setAccessibleName(self.tr("Fields"))

    # -- what the page says --------------------------------------------------------------------

    def show_part(self, steps: Steps) -> None:
        """Show the fields of another part."""
        self.flush()
        self._model.look_at(steps)
        self.steps = steps
        self._visit += 1
        self._build()

    def show_all(self, on: bool) -> None:
        """Show the fields that most parts leave out, too."""
        self.flush()
        self.shows_all = on
        self._build()

    def refresh(self) -> None:
        """Show the values as they stand now."""
        if self._shape != self._shape_now():
            focus = self._focused()
            self._build()
            if focus is not None:
                self.go_to(focus)
            return
        self._named.say(self._title())
        for steps, row in self._rows.items():
            if not row.editor.is_pending:
                row.editor.show_value(self._model.value(steps))

    def show_findings(self) -> None:
        """Write under each field what is wrong with it."""
        tokens = theme.current()
        for steps, row in self._rows.items():
            found = self._model.findings_at(steps)
            errors = [one for one in found if one.severity == "error"]
            words = "; ".join(dict.fromkeys(one.message for one in (errors or found)))
            self._say(row, words, tokens.danger if errors else tokens.warning)

    def flush(self) -> None:
        """Let what is being typed count now."""
        for row in self._rows.values():
            row.editor.flush()

    def go_to(self, steps: Steps) -> bool:
        """Put the cursor into a field, or into the one that holds the spot."""
        while steps and steps not in self._rows:
            steps = steps[:-1]
        row = self._rows.get(steps)
        if row is None:
            return False
        row.editor.setFocus()
        if isinstance(row.editor.inner, QLineEdit):
            row.editor.inner.selectAll()
        self.ensureWidgetVisible(row.editor)
        return True

    def begin_typing(self) -> None:
        """Put the cursor where a new part is named, or into the first field."""
        named = (*self.steps, "label")
        if not self.go_to(named if named in self._rows else next(iter(self._rows), ())):
            self.left.emit()

    def editor(self, *steps: str | int) -> FieldEditor:
        """The widget of a field."""
        return self._rows[steps].editor

    def problem(self, *steps: str | int) -> str:
        """What is written under a field."""
        return self._rows[steps].problem.text()

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._rows.clear()
        self._shape = self._shape_now()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.UNIT_PX * 2, theme.UNIT_PX, theme.UNIT_PX * 2, 0)
        column.addWidget(self._heading())
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        wraps = QFormLayout.RowWrapPolicy
        large = theme.scaled(100) >= 100 * _ONE_BELOW_THE_OTHER_FROM
        form.setRowWrapPolicy(wraps.WrapAllRows if large else wraps.WrapLongRows)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        form.setHorizontalSpacing(theme.UNIT_PX * 2)
        form.setVerticalSpacing(theme.UNIT_PX)
        column.addLayout(form)
        hidden = self._fill(form, self.steps, 0)
        if hidden:
            words = self.tr("{n} more fields may be given (Ctrl+E).").format(n=hidden)
            column.addWidget(_dim(words))
        if not self._rows and not hidden:
            column.addWidget(_dim(self.tr("Insert adds the first.")))
        column.addStretch(1)
        before = self.takeWidget()
        if before is not None:
            before.hide()
            before.deleteLater()
        self.setWidget(page)
        self.show_findings()

    def _heading(self) -> QWidget:
        words = self._named = WrappedLabel(self._title())
        words.setFont(theme.title(self.font()))
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, theme.UNIT_PX)
        column.setSpacing(0)
        column.addWidget(words)
        says = self._says()
        if says:
            column.addWidget(_dim(says))
        return both

    def _title(self) -> str:
        value = self._model.value(self.steps)
        if isinstance(value, dict):
            called = value.get("label") or value.get("title") or value.get("id")
            if called:
                return str(called)
        named = [step for step in self.steps if isinstance(step, str)]
        return words_of(named[-1]) if named else self.tr("The scheme")

    def _says(self) -> str:
        if isinstance(self._model.value(self.steps), list) or self._is_list():
            above = self._model.fields(self.steps[:-1])
            found = (one.says for one in above if one.name == self.steps[-1])
            return meaning_of(next(found, ""))
        return meaning_of(self._model.meanings.says(self.steps, self._model.plain))

    def _is_list(self) -> bool:
        above = self._model.fields(self.steps[:-1]) if self.steps else ()
        return any(one.name == self.steps[-1] and one.sort == "parts" for one in above)

    def _fill(self, form: QFormLayout, steps: Steps, depth: int) -> int:
        """Add the fields of a part; how many were kept back."""
        if self._is_list_at(steps):
            return 0
        hidden = 0
        for one in self._model.fields(steps):
            here = (*steps, one.name)
            if one.sort == "parts" or (one.sort == "part" and not steps):
                continue  # they are parts of the tree
            if not self._is_shown(one, here):
                hidden += 1
                continue
            if one.sort == "part":
                if depth < _DEEPEST:
                    form.addRow(self._part_heading(one))
                    hidden += self._fill(form, here, depth + 1)
                continue
            form.addRow(*self._row_for(one, here))
        return hidden

    def _row_for(self, one: "FieldMeaning", here: Steps) -> tuple[QLabel, QWidget]:
        editor = editor_for(one, lambda: self._model.known_words(here))
        editor.show_value(self._model.value(here))
        problem = WrappedLabel()
        problem.hide()
        row = self._rows[here] = _Row(one, editor, problem)
        says = meaning_of(one.says)
        name = words_of(one.name)
        label = QLabel(f"{name} *" if one.required else name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(editor)
        label.setToolTip(one.name)
        editor.inner.setAccessibleName(name)
        editor.inner.setAccessibleDescription(says)
        editor.given.connect(lambda value: self._give(here, value))
        editor.refused.connect(lambda words: self._say(row, words, theme.current().danger))
        editor.inner.installEventFilter(self)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(editor)
        column.addWidget(problem)
        column.addWidget(_dim(says))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        whole.setSizePolicy(policy)
        return label, whole

    def _part_heading(self, one: "FieldMeaning") -> QWidget:
        words = WrappedLabel(f"{words_of(one.name)} – {meaning_of(one.says)}")
        font = words.font()
        font.setBold(True)
        words.setFont(font)
        words.setContentsMargins(0, theme.UNIT_PX, 0, 0)
        return words

    def _is_shown(self, one: "FieldMeaning", here: Steps) -> bool:
        if self.shows_all or one.required or self._model.value(here) is not None:
            return True
        return one.name in _WANTED and one.name not in _ONLY_IF_THERE

    def _is_list_at(self, steps: Steps) -> bool:
        return (
            steps == self.steps and bool(steps) and isinstance(steps[-1], str) and self._is_list()
        )

    def _shape_now(self) -> object:
        return (self.steps, self.shows_all, tuple(self._shape_of(self.steps, 0)))

    def _shape_of(self, steps: Steps, depth: int) -> Iterator[object]:
        if self._is_list_at(steps):
            return
        for one in self._model.fields(steps):
            here = (*steps, one.name)
            if one.sort == "parts" or (one.sort == "part" and not steps):
                continue
            yield (one.name, one.sort, self._is_shown(one, here) or here in self._rows)
            if one.sort == "part" and depth < _DEEPEST and self._is_shown(one, here):
                yield from self._shape_of(here, depth + 1)

    # -- what the author does ------------------------------------------------------------------

    def _give(self, steps: Steps, value: Any) -> None:
        if not self._model.put(steps, value, within=(self._visit, steps)):
            self._rows[steps].editor.show_value(self._model.value(steps))

    def _say(self, row: _Row, words: str, color: str) -> None:
        row.problem.setStyleSheet(f"color: {color};")
        row.problem.say(words)
        row.problem.setVisible(bool(words))

    def _has_focus(self, row: _Row) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is row.editor.inner or row.editor.isAncestorOf(focus))

    def _focused(self) -> Steps | None:
        return next((steps for steps, row in self._rows.items() if self._has_focus(row)), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.left.emit()
            return
        super().keyPressEvent(event)


def meaning_of(says: str) -> str:
    """What a field means, in the person's language."""
    return QCoreApplication.translate("scheme fields", says) if says else ""


def _dim(words: str) -> QLabel:
    label = WrappedLabel(words)
    label.setFont(theme.small(label.font()))
    label.setStyleSheet(f"color: {theme.current().text_dim};")
    return label
