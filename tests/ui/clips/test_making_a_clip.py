"""A clip from the window, by keyboard: seen picture by picture, hidden, exported, refused."""

import shutil

import av
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from imhcode.services.clip_register import clips_of

pytestmark = pytest.mark.gui

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def number_below(pixels) -> int:
    """The frame's number, read from the lower half only, which carries its complement."""
    high, wide = pixels.shape[:2]
    grey = pixels.reshape(high, wide, -1).mean(axis=2)
    rows, columns = [high * 5 // 8, high * 7 // 8], (np.arange(8) * 2 + 1) * wide // 16
    bits = grey[np.ix_(rows, columns)] <= 128
    return sum(int(bit) << place for place, bit in enumerate(bits.ravel()))


def hide_upper_half(maker) -> None:
    """The strip with the frame's number, covered by keys alone."""
    maker.press(Qt.Key.Key_N)
    for key, modifier, times in (
        (Qt.Key.Key_Left, SHIFT, 6),
        (Qt.Key.Key_Up, SHIFT, 3),
        (Qt.Key.Key_Right, CTRL, 12),
        (Qt.Key.Key_Down, CTRL, 2),
    ):
        maker.press(key, modifier, times)


def drag(maker, from_: tuple[int, int], to: tuple[int, int]) -> None:
    """Drag with the mouse between two points of the clip's picture."""
    view = maker.page.view
    where = view._shown_in()
    k = where.width() / maker.shown.pixels.shape[1]
    begin, end = (
        QPoint(round(where.x() + x * k), round(where.y() + y * k)) for x, y in (from_, to)
    )
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    maker.wait()


def test_a_stretch_is_hidden_looked_at_and_exported_by_keyboard(maker, tmp_path):
    maker.mark(30, 60)
    shown = maker.shown
    assert number_below(shown.pixels) == shown.span.first_frame == 30
    assert "frame 30" in maker.page.form.begins.text()
    assert f"frame {shown.span.last_frame}" in maker.page.form.ends.text()
    hide_upper_half(maker)
    assert not maker.shown.pixels[:32].any()
    maker.press(Qt.Key.Key_End)
    last = maker.shown.span.last_frame
    assert number_below(maker.shown.pixels) == last
    assert not maker.shown.pixels[:32].any()
    maker.press(Qt.Key.Key_Left)
    assert number_below(maker.shown.pixels) == last - 1
    maker.press(Qt.Key.Key_Home)
    assert number_below(maker.shown.pixels) == 30
    assert "do not make a video anonymous" in maker.page.panel.warning.text()
    maker.write(tmp_path / "clip.mp4")
    assert "Clip written to" in maker.page.strip.words
    assert "do not make a video anonymous" in maker.page.strip.words
    with av.open(str(tmp_path / "clip.mp4")) as container:
        pictures = [one.to_ndarray(format="rgb24") for one in container.decode(video=0)]
    assert [number_below(one) for one in pictures] == list(range(30, last + 1))
    assert max(int(one[:31].max()) for one in pictures) < 40
    assert len(clips_of(maker.window.study.service.file)) == 1


def test_a_change_on_another_picture_is_another_box_and_is_taken_back(maker, study_path):
    maker.mark(10, 20)
    maker.press(Qt.Key.Key_N)
    maker.press(Qt.Key.Key_End)
    maker.press(Qt.Key.Key_Left, SHIFT)
    draft = maker.page.drawing.draft
    assert [one.frame for one in draft.region.key_boxes] == [10, maker.shown.span.last_frame]
    assert maker.page.panel.boxes.count() == 2
    maker.press(Qt.Key.Key_PageUp, CTRL)
    assert maker.shown.number == 0
    maker.press(Qt.Key.Key_Z, CTRL)
    assert [one.frame for one in draft.region.key_boxes] == [10]
    maker.press(Qt.Key.Key_S)
    maker.press(Qt.Key.Key_H)
    kept = draft.masks
    assert [(one.shape, one.hiding) for one in kept[next(iter(kept))]] == [("ellipse", "pixelate")]
    maker.page.close()
    maker.window.run("make_clip")
    maker.wait()
    assert maker.page.drawing.draft.masks == kept  # kept with the session
    maker.press(Qt.Key.Key_Delete)
    assert maker.page.drawing.draft.masks == {}


def test_a_region_is_drawn_and_moved_with_the_mouse(maker):
    maker.mark(10, 20)
    drag(maker, (20, 10), (60, 30))
    box = maker.page.drawing.draft.region.key_boxes[0].box
    assert (box.x, box.y, box.width, box.height) == pytest.approx((20, 10, 40, 20), abs=1)
    assert not maker.shown.pixels[12:28, 22:58].any()
    drag(maker, (40, 20), (50, 30))
    box = maker.page.drawing.draft.region.key_boxes[0].box
    assert (box.x, box.y, box.width, box.height) == pytest.approx((30, 20, 40, 20), abs=1)


def test_what_consent_does_not_cover_is_said_and_not_written(maker, tmp_path):
    maker.mark(10, 20)
    assert "Consent covers this use" in maker.page.form.consent.text()
    QTest.keyClick(maker.page.form.use, Qt.Key.Key_Down)
    maker.page.form.use.activated.emit(1)
    assert "has not been asked about supervision" in maker.page.form.consent.text()
    maker.page.export()  # no file is asked for
    assert "has not been asked about supervision" in maker.page.strip.words
    maker.write(tmp_path / "clip.mp4")
    assert not (tmp_path / "clip.mp4").exists()


def test_sound_is_muted_from_picture_to_picture(maker):
    maker.mark(10, 40)
    maker.press(Qt.Key.Key_Right, times=5)
    maker.press(Qt.Key.Key_M)
    maker.press(Qt.Key.Key_Right, times=4)
    maker.press(Qt.Key.Key_M)
    assert maker.page.wish().muted_us == ((600_000, 800_000),)
    assert maker.page.wish().has_sound


def test_typed_ends_are_taken_and_impossible_ones_refused(maker):
    maker.mark(10, 40)
    maker.page.form.ends.setFocus()
    maker.page.form.ends.selectAll()
    QTest.keyClicks(maker.page.form.ends, "f20")
    QTest.keyClick(maker.page.form.ends, Qt.Key.Key_Return)
    maker.wait()
    assert (maker.shown.span.first_frame, maker.shown.span.last_frame) == (10, 20)
    maker.page.form.ends.selectAll()
    QTest.keyClicks(maker.page.form.ends, "f5")
    QTest.keyClick(maker.page.form.ends, Qt.Key.Key_Return)
    maker.wait()
    assert "shows nothing" in maker.page.strip.words
    assert (maker.shown.span.first_frame, maker.shown.span.last_frame) == (10, 20)


def test_following_proposes_boxes_to_the_end_or_says_where_it_lost(maker):
    maker.mark(10, 14)
    maker.press(Qt.Key.Key_N)
    maker.press(Qt.Key.Key_P)
    maker.qtbot.waitUntil(lambda: not maker.page.writing.is_busy, timeout=30_000)
    words = maker.page.strip.words
    assert "Followed to frame" in words or "Lost after frame" in words
    assert maker.page.drawing.draft.region.key_boxes[0].frame == 10


def test_a_region_of_the_second_camera_hides_there_and_nowhere_else(maker, film, tmp_path):
    other = tmp_path / "mother.mp4"
    shutil.copy(film, other)
    study = maker.window.study.service
    study.add_recording(other, "S1", dyad_id="D1")
    maker.mark(10, 20)
    page = maker.page
    page.form.beside.setCurrentIndex(2)
    page.form.beside.activated.emit(2)
    maker.wait()
    assert maker.shown.pixels.shape[:2] == (64, 256)
    maker.press(Qt.Key.Key_C)
    maker.press(Qt.Key.Key_N)
    beside = page.form.cameras[1]
    assert set(page.drawing.draft.masks) == {beside}
    assert not maker.shown.pixels[24:40, 128 + 48 : 128 + 80].any()
    assert maker.shown.pixels[24:40, 48:80].any()
    assert page.panel.regions.item(0).text().endswith("mother.mp4")
    drag(maker, (128 + 4, 4), (128 + 24, 20))
    box = page.drawing.draft.region.key_boxes[0].box
    assert page.drawing.draft.chosen == (beside, 1)
    assert (box.x, box.y, box.width, box.height) == pytest.approx((4, 4, 20, 16), abs=1)


def test_a_proposal_is_not_taken_for_a_region_that_was_changed_meanwhile(maker):
    maker.mark(10, 40)
    maker.press(Qt.Key.Key_N)
    QTest.keyClick(maker.page.focusWidget(), Qt.Key.Key_P)
    QTest.keyClick(maker.page.focusWidget(), Qt.Key.Key_Left, SHIFT)  # before it can be handed over
    maker.qtbot.waitUntil(lambda: not maker.page.writing.is_busy, timeout=30_000)
    assert "changed meanwhile" in maker.page.strip.words
    assert [one.frame for one in maker.page.drawing.draft.region.key_boxes] == [10]
