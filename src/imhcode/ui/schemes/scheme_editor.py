"""The window in which a coding scheme is begun, written, saved and given to the open study."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenuBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from imhcode.domain.errors import ImhcodeError, Trouble
from imhcode.domain.scheme import Scheme
from imhcode.ui import theme
from imhcode.ui.messages import said
from imhcode.ui.schemes.beginnings import Beginning, Beginnings, beginnings_of
from imhcode.ui.schemes.editor_commands import COMMANDS
from imhcode.ui.schemes.scheme_model import SchemeModel
from imhcode.ui.schemes.scheme_page import SchemePage
from imhcode.ui.widgets.message_strip import MessageStrip

if TYPE_CHECKING:
    from imhcode.services.scheme_editing import SchemeDraft


class SchemeEditor(QWidget):
    """A window of its own: the recording beside it can go on.

    Signals
    -------
    use_asked(Scheme)
        The open study is to have this scheme, and the open session to be coded with it.
    """

    use_asked = Signal(object)

    def __init__(
        self, kept: Callable[[], Sequence[tuple[Scheme, bool]]], parent: QWidget | None = None
    ) -> None:
        """``kept`` gives the schemes of the open study, each with whether it is in use."""
        super().__init__(parent, Qt.WindowType.Window)
        self._kept = kept
        self._actions: dict[str, QAction] = {}
        self._warned = False
        self.page: SchemePage | None = None
        self.beginnings = Beginnings()
        self.stack: QStackedWidget = QStackedWidget()
        self.stack.addWidget(self.beginnings)
        self.strip = MessageStrip()
        self.menu = QMenuBar()
        self.menu.setNativeMenuBar(False)  # a second window's menu must not push away the first's
        self.version = QLabel()
        self.version.setTextFormat(Qt.TextFormat.PlainText)
        self.version.setWordWrap(True)
        self.raise_button = QPushButton()
        self.raise_button.clicked.connect(self.raise_version)
        self._lay_out()
        self.strip.offer_taken.connect(lambda action: getattr(self, action)())
        self.beginnings.chosen.connect(self._begin_with)
        self.resize(1280, 800)
        self.begin()

    @property
    def draft(self) -> "SchemeDraft | None":
        """What is being written."""
        return self.page.model.draft if self.page else None

    # -- beginning ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Offer what a scheme can begin with."""
        if not self._may_leave():
            return
        asked = [
            Beginning(self.tr("A list of codes (CSV)…"), self._from_list),
            Beginning(self.tr("A file of mine…"), self._from_file),
        ]
        offers = [*asked, *beginnings_of([scheme for scheme, _ in self._kept()])]
        self.beginnings.show_beginnings(offers)
        self.stack.setCurrentWidget(self.beginnings)
        self.setWindowTitle(self.tr("Coding scheme"))
        self._enable()
        self.beginnings.list.setFocus()

    def open(self, path: Path) -> None:
        """Work on the scheme in a file; a list of codes becomes a scheme first."""
        from imhcode.services.scheme_editing import SchemeDraft  # noqa: PLC0415

        def read() -> None:
            is_list = path.suffix.lower() in (".csv", ".tsv", ".txt")
            self.write(SchemeDraft.of_list(path) if is_list else SchemeDraft.of_file(path))

        self._attempt(read)

    def write(self, draft: "SchemeDraft") -> None:
        """Work on a draft."""
        from imhcode.schemes.meanings import Meanings  # noqa: PLC0415

        if self.page is not None:
            self.stack.removeWidget(self.page)
            self.page.hide()
            self.page.deleteLater()
        self.strip.clear()
        model = SchemeModel(draft, Meanings.of_format())
        self.page = SchemePage(model)
        model.setParent(self.page)
        self._warned = False
        self.stack.addWidget(self.page)
        self.stack.setCurrentWidget(self.page)
        model.changed.connect(self._enable)
        model.refused.connect(lambda words: self.strip.say(words, "refused"))
        self.page.looked_through.connect(self._advise)
        self._enable()
        self._advise()
        self.page.tree.setFocus()

    def ask_open(self) -> None:
        """Ask for a file and work on it."""
        if self._may_leave():
            draft = self._from_file()
            if draft is not None:
                self.write(draft)

    # -- the file ----------------------------------------------------------------------------

    def save(self) -> None:
        """Write the file; ask where if it has none yet."""
        if self.draft is not None and self.draft.path is not None:
            self.save_to(self.draft.path)
        else:
            self.ask_save_as()

    def ask_save_as(self) -> None:
        """Ask for a place and write the file there."""
        if self.page is None or self.draft is None:
            return
        self.page.form.flush()
        name = f"{self.draft.text.plain.get('id') or 'scheme'}.yaml"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the scheme as"), name, self.tr("Schemes (*.yaml *.yml)")
        )
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix else path.with_suffix(".yaml"))

    def save_to(self, path: Path) -> None:
        """Write the file to a place."""
        page, draft = self.page, self.draft
        if page is None or draft is None:
            return
        page.form.flush()

        def write() -> None:
            draft.save(path)
            page.model.settle()
            words = self.tr("Saved as {path}.").format(path=path)
            if draft.scheme() is None:
                words += " " + self.tr("It cannot be coded with until no error is left.")
            self.strip.say(words)
            self._warned = False

        self._attempt(write)
        self._enable()

    def raise_version(self) -> None:
        """Give the scheme the version that its changes ask for."""
        page, advice = self.page, self._advice()
        if page is not None and advice is not None and advice.next:
            page.model.put(("version",), advice.next)
            page.model.settle()

    def use(self) -> None:
        """Give the scheme to the open study and code with it."""
        page, draft = self.page, self.draft
        if page is None or draft is None:
            return
        page.form.flush()
        self._attempt(lambda: self.use_asked.emit(draft.usable()))

    # -- what the menus do -------------------------------------------------------------------

    def undo(self) -> None:
        if self.page:
            self.page.undo()

    def redo(self) -> None:
        if self.page:
            self.page.redo()

    def add_beside(self) -> None:
        if self.page:
            self.page.add_beside()

    def add_inside(self) -> None:
        if self.page:
            self.page.add_inside()

    def remove(self) -> None:
        if self.page:
            self.page.remove()

    def move_up(self) -> None:
        if self.page:
            self.page.move_part(-1)

    def move_down(self) -> None:
        if self.page:
            self.page.move_part(1)

    def go_to_tree(self) -> None:
        if self.page:
            self.page.tree.setFocus()

    def go_to_form(self) -> None:
        if self.page:
            self.page.form.begin_typing()

    def next_mistake(self) -> None:
        if self.page:
            self.page.form.flush()
            self.page.model.settle()
            self.page.mistakes.go_to_next()

    def toggle_all_fields(self) -> None:
        if self.page:
            self.page.form.show_all(not self.page.form.shows_all)

    # -- inside ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for menu_name in ("File", "Edit", "Go"):
            menu = self.menu.addMenu(QCoreApplication.translate("menus", menu_name))
            for where, name, words, keys in COMMANDS:
                if where != menu_name:
                    continue
                action = QAction(QCoreApplication.translate("scheme editor", words), self)
                action.setShortcut(QKeySequence(keys))
                action.triggered.connect(lambda _=False, act=name: getattr(self, act)())
                menu.addAction(action)
                self.addAction(action)
                self._actions[name] = action
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.UNIT_PX, 4, theme.UNIT_PX, 4)
        self.hint = QLabel(
            self.tr(
                "Enter: to the fields · Esc: back · Ins: add · Shift+Ins: add inside · "
                "Ctrl+Del: take away · F8: next that is wrong"
            )
        )
        self.hint.setFont(theme.small(self.font()))
        self.hint.setWordWrap(True)
        self.hint.setStyleSheet(f"color: {theme.current().text_dim};")
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.version, 2)
        foot.addWidget(self.raise_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.menu)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)
        column.addWidget(self.strip)

    def _enable(self, *_: object) -> None:
        writing = self.page is not None and self.stack.currentWidget() is self.page
        draft = self.draft
        for name, action in self._actions.items():
            action.setEnabled(writing or name in ("begin", "ask_open", "close"))
        if not writing or draft is None:
            self.version.clear()
            self.raise_button.hide()
            self.hint.hide()
            return
        self.hint.show()
        self._actions["undo"].setEnabled(draft.can_undo)
        self._actions["redo"].setEnabled(draft.can_redo)
        name = draft.path.name if draft.path else self.tr("not saved yet")
        star = "" if draft.is_saved else " *"
        title = draft.text.plain.get("title") or draft.text.plain.get("id") or ""
        self.setWindowTitle(f"{title} · {name}{star} – imhcode")

    def _advice(self) -> Any:
        """What the changes ask for: against what the study uses, or else the file as it was."""
        draft = self.draft
        if draft is None:
            return None
        used = [scheme for scheme, is_used in self._kept() if is_used]
        mine = [one for one in used if one.id == draft.text.plain.get("id")]
        if mine:
            return draft.advice(mine[-1])
        return draft.advice() if draft.was_kept else None

    def _advise(self) -> None:
        advice = self._advice()
        self.raise_button.setVisible(advice is not None and bool(advice.next))
        self.version.setVisible(advice is not None)
        if advice is None:
            return
        words = self.tr("Since {version}: {first}")
        changes = "; ".join(advice.changes[:2])
        if len(advice.changes) > 2:
            changes += self.tr("; and {n} more").format(n=len(advice.changes) - 2)
        self.version.setText(words.format(version=advice.since, first=changes))
        self.version.setToolTip("\n".join(advice.changes))
        self.raise_button.setText(
            self.tr("Raise the version to {version}").format(version=advice.next)
        )

    def _may_leave(self) -> bool:
        """Whether nothing is lost by leaving; asked for a second time, it is meant."""
        if self.page is not None:
            self.page.form.flush()
        if self._warned or self.draft is None or not self.draft.is_touched:
            return True
        self._warned = True
        self.strip.say(
            self.tr("This scheme is not saved yet. The same key again leaves it unsaved."),
            "refused",
            offer=self.tr("Save it"),
            action="save",
        )
        return False

    def _begin_with(self, beginning: Beginning) -> None:
        def begin() -> None:
            draft = beginning.begin()
            if draft is not None:
                self.write(draft)

        self._attempt(begin)

    def _from_list(self) -> "SchemeDraft | None":
        from imhcode.services.scheme_editing import SchemeDraft  # noqa: PLC0415

        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("A list of codes: code, key, kind, track"),
            "",
            self.tr("Lists (*.csv *.tsv *.txt)"),
        )
        return SchemeDraft.of_list(Path(name)) if name else None

    def _from_file(self) -> "SchemeDraft | None":
        from imhcode.services.scheme_editing import SchemeDraft  # noqa: PLC0415

        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a scheme"), "", self.tr("Schemes (*.yaml *.yml)")
        )
        return SchemeDraft.of_file(Path(name)) if name else None

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except ImhcodeError as error:
            self.strip.say(said(error), "trouble" if isinstance(error, Trouble) else "refused")

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_leave():
            event.ignore()
            return
        super().closeEvent(event)
