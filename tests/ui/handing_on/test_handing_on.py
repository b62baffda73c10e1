"""Notes and packages in the window: by keyboard, said in words, and nothing private by accident."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QPushButton

from imhcode.services.clip_register import clips_of
from imhcode.services.consent import Consents
from imhcode.services.family import People
from imhcode.services.package_opening import open_package
from imhcode.ui.actions import ACTIONS_BY_ID
from watched_family import CODER, DAY, DYAD, PRIVATE

pytestmark = pytest.mark.gui

WORDS = "four words nobody guesses"


def asked(driver, action):
    """Do an action as the palette does."""
    assert action in ACTIONS_BY_ID
    driver.window.run(action)
    return driver.window.handing_on


def test_the_note_for_the_family_and_for_the_file_are_written_beside_each_other(
    driver, watched, tmp_path
):
    page = asked(driver, "visit_note").note
    assert page.whom.currentData() == "family"
    assert page.visits.currentText().startswith("Visit 3")
    assert page.write_to(tmp_path / "note.html").path.name == "note-for-the-family.html"
    html = (tmp_path / "note-for-the-family.html").read_text("utf-8")
    assert "Nose to nose" in html
    assert PRIVATE not in html
    assert "Written: note-for-the-family.html." in page.strip.words
    QTest.keyClick(page.whom, Qt.Key.Key_Down)
    assert "private notes" in page.meaning.text()
    page.write_to(tmp_path / "note.pdf")
    assert (tmp_path / "note-confidential-for-the-file.pdf").is_file()
    QTest.keyClick(page.whom, Qt.Key.Key_Down)
    assert not page.visits.isEnabled()
    page.write_to(tmp_path / "all.html")
    assert (tmp_path / "all-confidential-for-the-file.html").is_file()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_what_consent_does_not_cover_is_said_in_the_window(driver, watched, tmp_path):
    file = driver.window.study.service.file
    mother = People(file, DYAD, CODER).called(f"mother {PRIVATE}").id
    Consents(file, DYAD, CODER).withdraw(mother, "", "2026-11-01")
    page = asked(driver, "visit_note").note
    assert page.write_to(tmp_path / "note.html") is None
    assert "Consent does not cover the family's own copy" in page.strip.words
    form = asked(driver, "supervision_package").packing
    form.write_to(tmp_path / "package")
    assert "Consent does not cover supervision" in form.strip.words
    assert sorted(one.name for one in tmp_path.iterdir()) == ["study"]


def test_a_package_is_made_in_the_background_and_looked_at(driver, watched, tmp_path, qtbot):
    form = asked(driver, "supervision_package").packing
    ticked = [
        form.moments.item(row).checkState() is Qt.CheckState.Checked
        for row in range(form.moments.count())
    ]
    assert ticked == [True, True, True, False, False]
    assert not form.notes.isChecked()
    QTest.keyClick(form.moments, Qt.Key.Key_Down)
    form.moments.setCurrentRow(1)
    QTest.keyClick(form.moments, Qt.Key.Key_Space)  # not this one
    form.passphrase.setText(WORDS)
    form.write_to(tmp_path / "package")
    assert form.strip.words == "The two passphrases are not the same."
    form.again.setText(WORDS)
    form.write_to(tmp_path / "package")
    qtbot.waitUntil(lambda: "2 clips written" in form.strip.words, timeout=60_000)
    assert len(clips_of(driver.window.study.service.file)) == 2
    with open_package(tmp_path / "package", DAY, WORDS) as package:
        assert [one.title for one in package.moments] == ["Nose to nose", "I wonder..."]
    driver.window.handing_on.show_package(tmp_path / "package", "some other words altogether")
    assert "does not open the package" in driver.window.strip.words
    assert driver.window.handing_on.shown is None


def test_stopping_leaves_nothing(driver, watched, tmp_path, qtbot):
    form = asked(driver, "supervision_package").packing
    form.write_to(tmp_path / "package")
    assert form.progress.words
    form.stop()
    assert not form.progress.words
    assert not (tmp_path / "package").exists()
    assert clips_of(driver.window.study.service.file) == []
    form.write_to(tmp_path / "package")
    driver.window.close()
    assert not (tmp_path / "package").exists()


@pytest.fixture
def package(driver, watched, tmp_path, qtbot):
    form = asked(driver, "supervision_package").packing
    form.write_to(tmp_path / "package")
    qtbot.waitUntil(lambda: "3 clips written" in form.strip.words, timeout=60_000)
    form.close()
    return tmp_path / "package"


def test_a_package_is_looked_at_by_keyboard_and_nothing_can_be_changed(driver, package, qtbot):
    driver.window.handing_on.show_package(package)
    page = driver.window.handing_on.shown
    qtbot.waitUntil(lambda: page.picture.painted is not None, timeout=20_000)
    assert page.title.text() == "Nose to nose"
    assert "Nothing can be changed" in page.rule.text()
    QTest.keyClick(page.moments, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.picture.painted.frame == 1, timeout=20_000)
    QTest.keyClick(page.moments, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "Again, please!" in page.words.text(), timeout=20_000)
    qtbot.waitUntil(lambda: page.picture.painted is not None, timeout=20_000)
    QTest.keyClick(page.moments, Qt.Key.Key_Space)
    assert page.playback.is_playing
    QTest.keyClick(page.moments, Qt.Key.Key_Space)
    assert not page.playback.is_playing
    assert page.findChildren(QLineEdit) == []
    assert page.findChildren(QComboBox) == []
    assert {one.text() for one in page.findChildren(QPushButton) if one.isVisible()} == {
        *("Play or pause", "Again", "Slower", "Faster"),
    }
    for listed in page.findChildren(QListWidget):
        assert not any(
            listed.item(row).flags() & Qt.ItemFlag.ItemIsEditable for row in range(listed.count())
        )
    QTest.keyClick(page.moments, Qt.Key.Key_Escape)
    assert page.package is None


def test_a_package_over_its_last_day_is_not_shown(driver, package):
    manifest = package / "package.json"
    text = manifest.read_text("utf-8")
    day = text.partition('"expires_on": "')[2][:10]
    manifest.write_text(text.replace(day, "2020-01-01"), encoding="utf-8")
    driver.window.handing_on.show_package(package)
    assert "that day is over" in driver.window.strip.words
    assert driver.window.handing_on.shown is None


def test_without_a_study_a_package_can_be_opened_and_nothing_else(driver):
    for action in ("visit_note", "supervision_package"):
        asked(driver, action)
        assert driver.window.strip.words == "Open a study first."
    assert driver.window.handing_on.note is None
