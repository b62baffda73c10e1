"""Writing a coding scheme in the window, and coding with it; keys only."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import shipped_schemes
from imhcode.services.scheme_editing import SchemeDraft
from imhcode.ui import theme
from imhcode.ui.schemes.scheme_editor import SchemeEditor

pytestmark = pytest.mark.gui

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
LIST = """\
code,key,kind,track,exclusive,exhaustive,uncodable
face,q,state,Gaze,yes,yes,
away,w,state,Gaze,,,
unseen,u,state,Gaze,,,yes
smile,e,point,Smiles,,,
"""
CODE = ("tracks", 0, "codes", 0)


class Author:
    """The page of schemes, and what a person does with the keyboard."""

    def __init__(self, editor: SchemeEditor, qtbot) -> None:
        self.editor = editor
        self.qtbot = qtbot
        qtbot.waitUntil(editor.isActiveWindow, timeout=5_000)

    @property
    def page(self):
        return self.editor.page

    @property
    def draft(self):
        return self.editor.draft

    def press(self, key, modifier=NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.focus(), key, modifier)

    def write(self, text: str) -> None:
        focus = self.focus()
        for character in text:  # QTest knows only the letters of English
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(focus, QKeyEvent(kind, 0, NONE, character))

    def write_anew(self, text: str) -> None:
        self.press(Qt.Key.Key_A, CTRL)
        self.write(text)

    def focus(self):
        if not self.editor.isActiveWindow():  # a dialog has closed, and there is no desktop here
            self.editor.activateWindow()
            self.qtbot.waitUntil(self.editor.isActiveWindow, timeout=5_000)
        widget = QApplication.focusWidget()
        assert widget is not None
        assert widget.window() is self.editor
        return widget

    def look_at(self, *steps) -> None:
        self.page.tree.look_at(steps)
        self.page.tree.setFocus()

    def settle(self) -> None:
        self.page.form.flush()
        self.page.model.settle()

    def answer_file_dialog(self, path: Path) -> None:
        """Type a path into the file dialog that is about to open."""

        tries = []

        def answer() -> None:
            """Once the dialog is there; again if it had not read the folder yet."""
            tries.append(path)
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog):
                line = dialog.findChild(QLineEdit)
                line.setText(str(path))
                QTest.keyClick(line, Qt.Key.Key_Return)
                dialog = QApplication.activeModalWidget()
                if dialog is not None and len(tries) > 200:
                    dialog.reject()
            if dialog is not None or len(tries) == 1:
                QTimer.singleShot(50, answer)

        QTimer.singleShot(50, answer)


@pytest.fixture
def author(qtbot, qapp):
    theme.apply(qapp, theme.DARK)
    editor = SchemeEditor(lambda: ())
    qtbot.addWidget(editor, before_close_func=lambda one: setattr(one, "_warned", True))
    editor.show()
    qtbot.waitExposed(editor)
    return Author(editor, qtbot)


@pytest.fixture
def small(author):
    author.editor.write(SchemeDraft.small())
    return author


def test_a_list_becomes_a_scheme_that_is_mended_saved_and_coded_with(driver, clip_of, tmp_path):
    """The whole way of a lab, from a spreadsheet to an event, without the mouse."""
    driver.open(clip_of("cfr25").path)
    listed, saved = tmp_path / "our_codes.csv", tmp_path / "ours.yaml"
    listed.write_text(LIST, "utf-8")
    driver.press(Qt.Key.Key_C, CTRL | ALT)
    author = Author(driver.window.schemes.editor, driver.qtbot)
    author.answer_file_dialog(listed)
    author.press(Qt.Key.Key_Return)  # the first line: a list of codes
    driver.qtbot.waitUntil(lambda: author.page is not None)
    assert author.draft.findings() == []
    # down to the tracks, into the first, and one more code in it
    while author.page.tree.here() != ("tracks", 0):
        author.press(Qt.Key.Key_Down)
    author.press(Qt.Key.Key_Insert, SHIFT)
    author.write_anew("Looks at a toy")
    author.press(Qt.Key.Key_Tab)
    author.write("q")  # as "face" has: said at once
    form = author.page.form
    steps = ("tracks", 0, "codes", 3)
    driver.qtbot.waitUntil(lambda: "used twice" in form.problem(*steps, "key"))
    author.write("r")
    driver.qtbot.waitUntil(lambda: form.problem(*steps, "key") == "")
    code = author.draft.text.value(steps)
    assert (code["id"], code["label"], code["key"]) == ("looks_at_a_toy", "Looks at a toy", "r")
    author.answer_file_dialog(saved)
    author.press(Qt.Key.Key_S, CTRL)
    assert load_scheme(saved).id == "our_codes"
    author.press(Qt.Key.Key_Return, CTRL)
    assert driver.model.observation.scheme.id == "our_codes"
    driver.window.activateWindow()
    driver.qtbot.waitUntil(lambda: driver.frame() is not None, timeout=10_000)
    driver.go_to_frame(10)
    driver.press(Qt.Key.Key_R)
    assert [(one.track, one.code, one.onset_frame) for one in driver.events] == [
        ("gaze", "looks_at_a_toy", 10)
    ]


@pytest.mark.parametrize("name", shipped_schemes())
def test_every_part_of_every_shipped_scheme_can_be_looked_at_and_nothing_changes(author, name):
    author.editor.write(SchemeDraft.copy_of(name))
    before = author.draft.text.text
    tree, form = author.page.tree, author.page.form
    sorts = {tuple(one for one in steps if isinstance(one, str)): steps for steps in tree._items}
    for shows_all in (False, True):
        form.show_all(shows_all)
        for steps in sorts.values():  # the last of each sort
            tree.look_at(steps)
            assert form.steps == steps
            form.flush()
    assert author.draft.text.text == before
    assert author.page.mistakes.heading.text() == "Nothing is wrong."
    assert author.page.preview.lanes.accessibleName()


def test_what_is_typed_is_in_the_document_and_undone_as_one(small):
    before = small.draft.text.text
    small.look_at(*CODE)
    small.press(Qt.Key.Key_Return)
    small.write_anew("Face to face")
    small.settle()
    assert small.draft.text.value((*CODE, "label")) == "Face to face"
    assert small.page.tree.currentItem().text(0) == "Face to face"
    assert small.page.form._named.text() == "Face to face"
    assert small.draft.text.value((*CODE, "id")) == "partner"  # it is stored in data: it stays
    small.press(Qt.Key.Key_Z, CTRL)
    assert small.draft.text.text == before
    assert small.page.form.editor(*CODE, "label").line.text() == "Looks at the partner"
    small.press(Qt.Key.Key_Y, CTRL)
    assert small.draft.text.value((*CODE, "label")) == "Face to face"


def test_parts_are_added_moved_and_taken_away_by_key(small):
    small.look_at("tracks", 0)
    small.press(Qt.Key.Key_Insert)
    assert small.page.tree.here() == ("tracks", 1)
    small.write_anew("Hände")
    small.settle()
    assert small.draft.text.value(("tracks", 1, "id")) == "hande"
    small.press(Qt.Key.Key_Escape)
    small.press(Qt.Key.Key_Up, ALT)
    assert [one["id"] for one in small.draft.text.plain["tracks"]] == ["hande", "looking"]
    assert small.page.tree.here() == ("tracks", 0)
    small.press(Qt.Key.Key_Delete, CTRL)
    assert [one["id"] for one in small.draft.text.plain["tracks"]] == ["looking"]
    small.look_at("modifiers")
    small.press(Qt.Key.Key_Insert)
    assert small.page.tree.here() == ("modifiers", 0)
    assert small.draft.text.value(("modifiers", 0, "values", 0, "key")) == "1"


def test_the_next_mistake_is_a_key_away(small):
    small.draft.put((*CODE, "color"), "red")
    small.draft.put(("tracks", 0, "codes", 1, "key"), "q")
    small.settle()
    assert small.page.mistakes.list.count() == 2
    spots = set()
    for _ in range(2):
        small.press(Qt.Key.Key_F8)
        spots |= {steps for steps in small.page.form._rows if small.page.form._focused() == steps}
    assert spots == {(*CODE, "color"), ("tracks", 0, "codes", 1, "key")}
    assert small.page.tree.topLevelItem(0).text(2) == "● 2"


def test_a_value_that_is_none_is_said_and_not_written(small):
    small.look_at("tracks", 0)
    small.press(Qt.Key.Key_E, CTRL)
    field = small.page.form.editor("tracks", 0, "min_duration_s")
    field.setFocus()
    before = small.draft.text.text
    small.write("half a second")
    small.page.form.flush()
    assert "is no number" in small.page.form.problem("tracks", 0, "min_duration_s")
    assert small.draft.text.text == before
    small.write_anew("0,5")
    small.page.form.flush()
    assert small.draft.text.value(("tracks", 0, "min_duration_s")) == 0.5


def test_each_sort_of_field_gives_and_takes_its_value(small):
    small.look_at("tracks", 0)
    form = small.page.form
    form.editor("tracks", 0, "exclusive").check.click()
    assert "exclusive" not in small.draft.text.plain["tracks"][0]
    kind = form.editor("tracks", 0, "kind")
    kind.setFocus()
    small.press(Qt.Key.Key_Home)  # interval, the first
    small.qtbot.waitUntil(lambda: small.draft.text.value(("tracks", 0, "kind")) == "interval")
    small.draft.undo()
    small.draft.put(("class_vocabulary",), ["social", "away"])
    small.page.model.changed.emit(True)
    small.look_at(*CODE)
    classes = small.page.form.editor(*CODE, "classes")
    action = classes._menu.actions()[0]
    action.trigger()
    assert small.draft.text.value((*CODE, "classes")) == ["social"]
    small.page.form.editor(*CODE, "definition").box.setPlainText("Eyes on the face.")
    small.page.form.editor(*CODE, "key").setFocus()
    small.press(Qt.Key.Key_Backspace)
    small.page.form.flush()
    code = small.draft.text.value(CODE)
    assert code["definition"] == "Eyes on the face."
    assert "key" not in code


def test_the_preview_follows_and_waits_while_something_is_wrong(small):
    preview = small.page.preview
    small.look_at(*CODE)
    assert len(preview.pad._buttons) == 3
    small.press(Qt.Key.Key_Insert)
    small.settle()
    assert len(preview.pad._buttons) == 4
    assert "made-up minute" in preview.caption.text()
    small.draft.put((*CODE, "key"), "w")
    small.settle()
    assert len(preview.pad._buttons) == 4
    assert "last worked" in preview.caption.text()


def test_work_is_not_lost_by_closing_without_being_told(small, tmp_path):
    small.draft.put(("title",), "Mine")
    assert not small.editor.close()
    assert "not saved yet" in small.editor.strip.words
    small.editor.save_to(tmp_path / "mine.yaml")
    assert small.editor.close()


def test_a_change_to_a_scheme_in_use_asks_for_a_new_version(qtbot, author, tmp_path):
    used = SchemeDraft.small().usable()
    author.editor._kept = lambda: [(used, True)]
    author.editor.write(SchemeDraft.of_scheme(used))
    assert author.editor.raise_button.isHidden()
    author.draft.put((*CODE, "definition"), "Eyes on the face.")
    author.settle()
    assert "definition" in author.editor.version.text()
    author.editor.raise_version()
    assert author.draft.text.plain["version"] == "1.0.0"
    assert author.editor.raise_button.isHidden()


def test_the_scheme_of_a_study_that_is_in_use_is_not_changed_under_its_name(driver, clip_of):
    driver.open(clip_of("cfr25").path)
    driver.window.schemes.edit_scheme()
    editor = driver.window.schemes.editor
    editor.write(SchemeDraft.of_scheme(driver.model.observation.scheme))
    editor.draft.put(("title",), "Mine")
    editor.use()
    assert "is in use in this study" in editor.strip.words
    editor.page.model.settle()
    editor.raise_version()
    editor.use()
    assert driver.model.observation.scheme.title == "Mine"
    editor._warned = True


def test_long_words_and_the_other_direction_break_nothing(qapp, author):
    long = "Sehr lange Bezeichnung einer Verhaltenskategorie " * 6
    author.editor.write(SchemeDraft.small())
    author.draft.put((*CODE, "label"), long)
    author.draft.put(("title",), f"שלום {long}")
    author.page.model.changed.emit(True)
    author.look_at(*CODE)
    author.settle()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        author.editor.resize(1280, 800)
        QApplication.processEvents()
        assert author.editor.width() == 1280
        assert author.page.form.widget().width() <= author.page.form.viewport().width()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
