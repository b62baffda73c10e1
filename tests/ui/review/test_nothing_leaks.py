"""A private word is planted wherever something private may stand; the parent's screen has none.

What a screen reader, a task switcher or somebody across the room could get of the parent's view is
read in each of its states, and searched for every planted word.
"""

import copy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from beeping_clips import make_beeping_clip
from imhcode.domain.event import Event
from imhcode.schemes.building import scheme_from_document
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.consent import Consents
from imhcode.services.family import People, Present
from imhcode.services.goals import Goals, Strategies
from imhcode.services.private_notes import PrivateNotes
from imhcode.services.review import Cards
from imhcode.services.studies import StudyService
from imhcode.services.visits import VisitLog, Visits

pytestmark = pytest.mark.gui

S = 1_000_000
#: One word a place, so that a leak says where it came from.
PLACES = (
    "folder", "film", "studyfile", "sessionid", "dyadid", "otherdyad", "coder", "codelabel",
    "comment", "note", "goal", "tried", "went", "person", "consentnote", "visitlabel", "words",
    "keptback", "candidate", "privatecode", "childsays", "question", "recordingid", "definition",
)  # fmt: skip
WORDS = {place: f"zq{place}zq" for place in PLACES}
TITLES = ("Your turn, my turn", "A quiet moment")


def planted_scheme():
    """The shipped scheme with other words for its codes."""
    document = copy.deepcopy(dict(load_scheme(find_scheme("strengths_review")).document))
    document["id"], document["status"] = "planted", "draft"
    for track in document["tracks"]:
        for code in track["codes"]:
            place = "privatecode" if track["id"] == "private_note" else "codelabel"
            code["label"] = f"{WORDS[place]} {code['label']}"
            code["definition"] = WORDS["definition"]
    return scheme_from_document(document)


@pytest.fixture
def planted_path(tmp_path: Path) -> Path:
    folder = tmp_path / WORDS["folder"]
    folder.mkdir()
    film = make_beeping_clip(folder / f"{WORDS['film']}.mp4", (1.0, 2.0), n_frames=150)
    path = folder / f"{WORDS['studyfile']}.imh"
    session, dyad, coder = WORDS["sessionid"], WORDS["dyadid"], "coder1"
    with StudyService.create(path, [planted_scheme()]) as study:
        study.add_recording(film, session, dyad_id=dyad)
        study.ensure_session("S2", WORDS["otherdyad"])
        goal = Goals(study.file, dyad, coder).add(WORDS["goal"])
        Strategies(study.file, dyad, coder).tried(
            goal.id, WORDS["tried"], how_it_went=WORDS["went"]
        )
        person = People(study.file, dyad, coder).add(WORDS["person"], "parent")
        Present(study.file, session, coder).add(person.id)
        consents = Consents(study.file, dyad, coder)
        consents.grant(person.id, "treatment", "2026-01-01", note=WORDS["consentnote"])
        visits = Visits(study.file, dyad, coder)
        visit = visits.begin(visits.add(WORDS["visitlabel"]).id)
        log = VisitLog(study.file, visit, study.scheme(), coder)
        log.write(log.note("parent_says").id, WORDS["words"])
        coding = study.coding(session, coder)
        coding.add(list(moments(goal.id)))
        for one in ("m1", "m2"):
            coding.comment(one, WORDS["comment"])
        notes, cards = PrivateNotes(study.file, session, coder), Cards(study.file, session, coder)
        for one in ("m1", "m2", "m3", "m4"):
            notes.write(one, WORDS["note"])
        for one, title in zip(("m1", "m2"), TITLES, strict=True):
            cards.entitle(one, title)
        cards.entitle("m3", WORDS["keptback"])
        cards.entitle("m4", WORDS["candidate"])
    return path


def moments(goal_id: str) -> Iterator[Event]:
    said = (
        ("m1", "child_says", "chosen", {"childs_words": WORDS["childsays"], "theme": goal_id}),
        ("m2", "wonder", "shown", {"question": WORDS["question"]}),
        ("m3", "comfort", "kept_back", {}),
        ("m4", "comfort", "candidate", {}),
    )
    for number, (id_, code, status, more) in enumerate(said):
        values = {"status": status, **more}
        yield Event(
            id=id_,
            track="moment",
            code=code,
            onset_us=number * S,
            offset_us=number * S + 800_000,
            modifiers=tuple(sorted((name, (value,)) for name, value in values.items())),
        )
    yield Event(id="p", track="private_note", code="concern", onset_us=0, offset_us=S, modifiers=())


def texts_of(view: QWidget) -> Iterator[tuple[str, str]]:
    """Yield where, and what, of everything that is text in a window, hidden widgets included."""
    for widget in (view, *view.findChildren(QWidget)):
        where = f"{type(widget).__name__}.{widget.objectName()}"
        for name in (
            "windowTitle", "windowIconText", "windowFilePath", "windowRole", "toolTip",
            "statusTip", "whatsThis", "accessibleName", "accessibleDescription", "objectName",
            "text", "title", "placeholderText", "toPlainText", "currentText", "styleSheet",
        ):  # fmt: skip
            get = getattr(widget, name, None)
            if callable(get):
                yield f"{where}.{name}", str(get())
        for action in widget.actions():
            yield f"{where}.action", f"{action.text()} {action.toolTip()} {action.statusTip()}"
    handle = view.windowHandle()
    yield "QWindow.title", handle.title()
    yield "QWindow.filePath", handle.filePath()
    yield from accessible_texts(QAccessible.queryAccessibleInterface(view), "accessible")


def accessible_texts(interface, where: str) -> Iterator[tuple[str, str]]:
    for kind in (
        QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value,
        QAccessible.Text.Help, QAccessible.Text.Accelerator, QAccessible.Text.Identifier,
    ):  # fmt: skip
        yield f"{where}.{kind.name}", interface.text(kind)
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child is not None and child.isValid():
            yield from accessible_texts(child, f"{where}/{at}")


def leaks(view: QWidget) -> list[tuple[str, str]]:
    said = [(where, text) for where, text in texts_of(view) if text]
    assert len(said) > 20  # there is something to read
    private = [*WORDS.values(), "imhcode", "strengths", "Coder", "study"]
    return [
        (where, text)
        for where, text in said
        if any(word.lower() in text.lower() for word in private) and "styleSheet" not in where
    ]


def painted_words(view: QWidget) -> list[str]:
    """What is drawn as text while the view paints itself: only labels and buttons draw any."""
    return [
        one.text() for one in view.findChildren(QWidget)
        if one.isVisible() and hasattr(one, "text") and one.text()
    ]  # fmt: skip


def test_no_private_word_is_on_the_parents_screen_in_any_state(clinician, planted_path):
    clinician.open(planted_path)
    page, showing = clinician.page, clinician.page.showing
    clinician.press(Qt.Key.Key_2, CTRL)
    clinician.press(Qt.Key.Key_B, CTRL)
    clinician.show_parent()
    view = page.screen_of_parent.view
    mine = {one for one in WORDS.values() if any(one in t for _, t in window_texts(page))}
    assert {WORDS[one] for one in ("note", "codelabel", "sessionid")} <= mine  # it can be found

    assert [one.moment.title for one in showing.shown] == list(TITLES)
    states = {}

    def look(name: str) -> None:
        QApplication.processEvents()
        states[name] = leaks(view)
        allowed = {*TITLES, *(one.text() for one in view.buttons.values())}
        assert set(painted_words(view)) <= allowed, name

    look("card")
    clinician.play_for_parent()
    assert showing.state == "playing"
    look("playing")
    clinician.press(Qt.Key.Key_E)
    page.together.type_words()
    clinician.type(WORDS["words"])
    look("a note is typed")
    showing.pause()
    look("paused")
    showing.still()
    look("still")
    showing.still()
    for button in view.buttons.values():  # a tooltip, if there were one
        QTest.mouseMove(button)
        assert not button.toolTip()
    showing.next()
    look("between")
    showing.blank()
    look("blank")
    assert painted_words(view) == []
    showing.show_again()
    page.strip.say(WORDS["comment"], "trouble")
    page.command_palette()
    look("messages and palette on the other screen")
    page.finder.close_palette()
    clinician.study.path.with_name(f"{WORDS['film']}.mp4").rename(planted_path.with_name("gone"))
    page.showing.open([replace(one, path=None) for one in showing.shown])
    page.showing.play()
    look("recording is gone")
    page.showing.open([replace(one, path=planted_path) for one in showing.shown])
    page.showing.play()
    clinician.qtbot.waitUntil(lambda: WORDS["studyfile"] in page.strip.words, timeout=10_000)
    look("recording cannot be read")
    assert showing.state == "card"
    assert {name: found for name, found in states.items() if found} == {}


CTRL = Qt.KeyboardModifier.ControlModifier


def window_texts(window: QWidget) -> Iterator[tuple[str, str]]:
    """What the clinician's own window says."""
    yield from texts_of(window)


def test_the_view_has_no_icon_menu_or_window_of_its_own(clinician, planted_path):
    clinician.open(planted_path)
    clinician.show_parent()
    view = clinician.page.screen_of_parent.view
    assert view.windowTitle() == "Video"
    assert view.parent() is None
    assert isinstance(view.grab(), QPixmap)
    assert [one for one in view.findChildren(QWidget) if one.isWindow()] == []
    assert view.contextMenuPolicy() == Qt.ContextMenuPolicy.PreventContextMenu
    assert QApplication.applicationDisplayName() in ("", QApplication.applicationName())
