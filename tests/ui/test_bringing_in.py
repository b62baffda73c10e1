"""Work of other programs in the window: shown, mapped, brought in, reported, taken out."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox

from answering_scheme import ANSWERING
from foreign_format import ForeignFormat
from imhcode.formats import FORMATS
from imhcode.services.studies import StudyService
from imhcode.ui.bringing_in.mapping_table import BECOMES

pytestmark = pytest.mark.gui


@pytest.fixture(autouse=True, scope="module")
def foreign():
    """The format of the tests, among the others while these tests run."""
    "csv" in FORMATS  # noqa: B015  (the modules are looked for before the format is added)
    FORMATS.add(ForeignFormat())
    yield
    FORMATS._found.pop("foreign")


@pytest.fixture
def study(tmp_path) -> Path:
    path = tmp_path / "study.imh"
    with StudyService.create(path, [ANSWERING]) as service:
        service.ensure_session("S01", "D01")
    return path


@pytest.fixture
def window(driver, study):
    driver.window.open([study])
    return driver.window


def foreign_file(folder: Path, *lines: str, name: str = "lab.foreign") -> Path:
    path = folder / name
    path.write_text("\n".join(["FOREIGN", *lines]) + "\n", encoding="utf-8")
    return path


def drop(window, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
    window.dropEvent(
        QDropEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, data,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip


def shown(window, qtbot):
    """The page of the import, once it says what would happen."""
    qtbot.waitUntil(lambda: window.bringing_in.page is not None, timeout=5000)
    page = window.bringing_in.page
    qtbot.waitUntil(lambda: page.go.isEnabled() or bool(page.strip.words), timeout=5000)
    return page


def events_of(window, session, coder):
    service = window.study.service
    (entry,) = [one for one in service.session(session).observations if one.coder_id == coder]
    return list(service.observation(entry).timeline)


def test_a_dropped_file_is_shown_before_anything_comes_in(window, qtbot, tmp_path):
    file = foreign_file(tmp_path, "T1;anna;Gaze;mother;0;1000;", "T1;anna;Gaze;away;;;")
    drop(window, file)
    page = shown(window, qtbot)
    assert page.page.counts.text() == "2 found: 1 come in, 0 as notes, 1 refused"
    assert "line 3: it has no time" in page.page.doubts.item(0).text()
    assert page.page.model.rowCount() == 1
    assert [one.session.id for one in window.study.service.sessions()] == ["S01"]


def test_the_keyboard_alone_brings_a_file_in_and_shows_the_report(window, qtbot, tmp_path):
    drop(window, foreign_file(tmp_path, "T1;anna;Gaze;mother;0;1000;", "#note odd"))
    page = shown(window, qtbot)
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.reports, timeout=5000)
    assert "note: odd" in page.reports.text.toPlainText()
    assert page.strip.words == "2 found: 1 came in, 1 as notes, 0 refused"
    assert len(events_of(window, "T1", "anna")) == 1
    assert not window.sessions.isHidden()  # two sessions now: there is something to choose
    page.close()
    window.run("import_reports")
    assert page.reports.list.count() == 1
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.isHidden()


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
def test_the_mapping_is_corrected_in_the_table(window, qtbot, tmp_path):
    track = next(one for one in ANSWERING.tracks if one.id == "bid")
    code = track.codes[0]
    file = foreign_file(
        tmp_path, f"T1;anna;{track.id};{code.id};5;5;", f"T1;anna;{track.id};zzz;6;6;"
    )
    drop(window, file)
    page = shown(window, qtbot)
    name = f"{ANSWERING.id}@{ANSWERING.version}"
    page.page.scheme.setCurrentIndex(page.page.scheme.findData(name))
    page.page.scheme.activated.emit(page.page.scheme.currentIndex())
    qtbot.waitUntil(lambda: "1 as notes" in page.page.counts.text(), timeout=5000)
    table = page.page.words
    table.setFocus()
    table.setCurrentIndex(page.page.model.index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    (box,) = table.findChildren(QComboBox)
    assert box.currentText() == "kept as a note"
    box.setCurrentIndex(box.findText(f"{track.label} · {code.label}"))
    box.activated.emit(box.currentIndex())
    assert page.page.model.index(1, BECOMES).data() == f"{track.label} · {code.label}"
    qtbot.waitUntil(lambda: "2 come in" in page.page.counts.text(), timeout=5000)
    page.go.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.reports, timeout=5000)
    assert {one.code for one in events_of(window, "T1", "anna")} == {code.id}


def test_the_observation_that_is_open_shows_what_came_in_and_takes_it_back(window, qtbot, tmp_path):
    coder = window.settings.coder
    file = foreign_file(tmp_path, f"S01;{coder};bid;look;5;5;")
    drop(window, file)
    page = shown(window, qtbot)
    page.go.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.reports, timeout=5000)
    assert len(window.space.model.observation.timeline) == 1
    window.run("undo")
    assert len(window.space.model.observation.timeline) == 0


def test_a_film_that_lies_beside_the_file_is_read_meanwhile_and_joins_its_session(
    window, qtbot, tmp_path, clip_of
):
    film = tmp_path / "cam.mp4"
    film.write_bytes(clip_of("cfr25").path.read_bytes())
    drop(
        window, foreign_file(tmp_path, "#film T1 /gone/cam.mp4 -40", "T1;anna;Gaze;mother;0;1000;")
    )
    page = shown(window, qtbot)
    assert page.page.films.text() == "Take the recordings along: 1 of 1 found"
    page.go.click()
    assert page.progress.words == "Bringing in lab.foreign"
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.reports, timeout=10_000)
    (recording,) = window.study.service.session("T1").recordings
    assert (recording.offset_us, recording.frames) == (-40_000, len(clip_of("cfr25").numbers))
    (event,) = events_of(window, "T1", "anna")
    assert (event.recording, event.onset_frame) == (recording.id, 1)


def test_a_file_that_nobody_can_read_is_said_in_its_window(window, qtbot, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"\xff\xfe\x00x")
    drop(window, bad)
    page = shown(window, qtbot)
    assert "bad.csv" in page.strip.words
    assert not page.go.isEnabled()


def test_a_second_time_is_refused_until_somebody_insists(window, qtbot, tmp_path):
    file = foreign_file(tmp_path, "T1;anna;Gaze;mother;0;1000;")
    drop(window, file)
    page = shown(window, qtbot)
    page.go.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.reports, timeout=5000)
    drop(window, file)
    qtbot.waitUntil(lambda: page.go.isVisible() and page.go.isEnabled(), timeout=5000)
    assert page.page.again.isVisible()
    page.go.click()
    qtbot.waitUntil(lambda: "imported before" in page.strip.words, timeout=5000)
    assert len(events_of(window, "T1", "anna")) == 1


def test_several_files_come_one_after_the_other_and_one_may_be_left_out(window, qtbot, tmp_path):
    files = [
        foreign_file(tmp_path, f"T{n};anna;Gaze;mother;0;1000;", name=f"{n}.foreign")
        for n in range(3)
    ]
    drop(window, *files)
    page = shown(window, qtbot)
    for act in (page.go, page.skip, page.go):
        qtbot.waitUntil(page.go.isEnabled, timeout=5000)
        page.go.setEnabled(act is page.go)
        act.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.reports, timeout=5000)
    assert [one.session.id for one in window.study.service.sessions()] == ["S01", "T0", "T2"]


def test_cancelling_leaves_whole_observations_only(window, qtbot, tmp_path):
    lines = [f"T{n};anna;Gaze;mother;0;1000;" for n in range(40)]
    drop(window, foreign_file(tmp_path, *lines))
    page = shown(window, qtbot)
    page.work.came_in.connect(lambda _: page.progress.cancel_asked.emit())
    page.go.click()
    service = window.study.service
    qtbot.waitUntil(lambda: len(service.file.log_of_imports().all()) == 1, timeout=5000)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.reports, timeout=5000)
    (kept,) = service.file.log_of_imports().all()
    came_in = kept.report["observations"]
    assert (kept.state, kept.report["cancelled"]) == ("cancelled", True)
    assert 0 < len(came_in) < 40
    assert len(service.sessions()) == 1 + len(came_in)


def test_without_a_study_a_dropped_file_is_not_taken_for_a_film(driver, tmp_path):
    drop(driver.window, foreign_file(tmp_path, "T1;anna;Gaze;mother;0;1000;"))
    assert "Open a study first" in driver.window.strip.words
    assert not driver.window.adding.is_busy


def test_the_losses_stand_there_before_anything_is_written(window, qtbot, tmp_path):
    window.run("export_as")
    page = window.bringing_in.leaving
    page.choose("csv")
    assert page.losses.item(0).text() == "Nothing: this format holds all of it."
    page.choose("foreign")
    page.export_to(tmp_path / "out.foreign")
    assert (tmp_path / "out.foreign").read_text() == "FOREIGN\n"
    assert "out.foreign" in page.strip.words
    page.export_to(tmp_path / "study.imh" / "x")
    assert "is a file" in page.strip.words
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.isHidden()
