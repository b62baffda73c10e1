"""Opening studies and videos in the window: drafts, moved files, and what cannot be opened."""

import shutil

import pytest
from PySide6.QtCore import Qt

from clips import make_audio_only
from imhcode.services.studies import StudyService
from imhcode.store.study_file import StudyFile

pytestmark = pytest.mark.gui


def drafts(own_settings) -> list:
    return list((own_settings / "data" / "drafts").glob("*"))


def test_a_video_opens_as_a_draft_that_leaves_no_trace_if_nothing_is_coded(
    driver, clip_of, own_settings
):
    driver.open(clip_of("cfr25").path)
    assert "draft" in driver.window.strip.words
    driver.window.close()
    assert drafts(own_settings) == []


def test_a_draft_is_saved_from_the_first_key_and_found_again(driver, clip_of, own_settings):
    driver.open(clip_of("cfr25").path)
    driver.press(Qt.Key.Key_A)
    driver.window._let_go()
    assert [path.suffix for path in drafts(own_settings)].count(".imh") == 1
    driver.open(clip_of("cfr25").path)
    assert [event.code for event in driver.events] == ["attuned"]


def test_a_draft_moves_where_it_belongs_with_all_its_history(
    driver, clip_of, tmp_path, own_settings
):
    driver.open(clip_of("cfr25").path)
    driver.press(Qt.Key.Key_A)
    driver.go_to_frame(20)
    driver.press(Qt.Key.Key_D)
    kept = tmp_path / "lab" / "kept.imh"
    kept.parent.mkdir()
    driver.window.window_commands.keep_draft_as(kept)
    driver.qtbot.waitUntil(lambda: driver.frame() is not None)
    assert drafts(own_settings) == []
    assert driver.window.study.service.path == kept
    driver.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [event.code for event in driver.events] == ["attuned"]
    assert driver.window.settings.recent[0] == str(kept)


def test_a_recording_that_has_moved_is_said_and_can_be_shown_its_new_place(
    driver, clip_of, tmp_path
):
    video = tmp_path / "visit.mp4"
    shutil.copyfile(clip_of("cfr25").path, video)
    driver.open(video)
    driver.press(Qt.Key.Key_A)
    study = tmp_path / "s.imh"
    driver.window.window_commands.keep_draft_as(study)
    driver.window._let_go()
    moved = tmp_path / "elsewhere.mp4"
    video.rename(moved)
    driver.window.open([study])
    assert "visit.mp4" in driver.window.strip.words
    assert [event.code for event in driver.events] == ["attuned"]
    driver.window.window_commands.relocate(clip_of("vfr").path)
    driver.qtbot.waitUntil(lambda: "contents differ" in driver.window.strip.words)
    driver.window.window_commands.relocate(moved)
    driver.qtbot.waitUntil(lambda: driver.frame() is not None)


def test_a_file_with_the_same_name_and_other_contents_is_not_taken_for_the_recording(
    driver, clip_of, tmp_path
):
    video = tmp_path / "visit.mp4"
    shutil.copyfile(clip_of("cfr25").path, video)
    driver.open(video)
    driver.press(Qt.Key.Key_A)
    study = tmp_path / "s.imh"
    driver.window.window_commands.keep_draft_as(study)
    driver.window._let_go()
    shutil.copyfile(clip_of("vfr").path, video)
    driver.window.open([study])
    assert "another file" in driver.window.strip.words
    assert driver.space.picture.painted is None


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder, "folder"),
        (lambda folder: write(folder / "empty.mp4", b""), "empty"),
        (lambda folder: write(folder / "text.mp4", b"not a film at all\n" * 50), "text.mp4"),
        (lambda folder: folder / "nowhere.mp4", "nowhere.mp4"),
        (lambda folder: write(folder / "fake.imh", b"x" * 5000), "not an imhcode study"),
        (lambda folder: folder / "nowhere.imh", "no study"),
        (lambda folder: make_audio_only(folder / "sound.m4a"), "sound.m4a"),
    ],
)
def test_what_cannot_be_opened_is_said_and_what_was_open_stays(
    driver, clip_of, tmp_path, make, words, own_settings
):
    driver.open(clip_of("cfr25").path)
    driver.press(Qt.Key.Key_A)
    before = set(drafts(own_settings))
    driver.window.open([make(tmp_path)])
    driver.qtbot.waitUntil(lambda: words in driver.window.strip.words)
    assert not driver.window.adding.is_busy
    assert len(driver.events) == 1
    assert set(drafts(own_settings)) >= before
    driver.press(Qt.Key.Key_D)


def write(path, data):
    path.write_bytes(data)
    return path


def test_a_study_open_elsewhere_is_refused(driver, clip_of, tmp_path):
    path = tmp_path / "s.imh"
    holder = StudyFile.create(path)
    driver.window.open([path])
    assert "open in another window" in driver.window.strip.words
    holder.close()


def test_another_coder_begins_an_observation_of_their_own(driver, clip_of, tmp_path):
    driver.open(clip_of("cfr25").path)
    driver.press(Qt.Key.Key_A)
    kept = tmp_path / "kept.imh"
    driver.window.window_commands.keep_draft_as(kept)
    driver.window._let_go()
    from dataclasses import replace

    driver.window.settings = replace(driver.window.settings, coder="KL")
    driver.open(kept)
    assert driver.window.study.observation.coder_id == "coder1"
    driver.window._choose_observation(None)
    assert driver.window.study.observation.coder_id == "KL"
    assert driver.events == []
    driver.window.close()
    with StudyService.open(kept) as study:
        assert [one.coder_id for one in study.session("S01").observations] == ["KL", "coder1"]


def test_export_writes_what_was_coded(driver, clip_of, tmp_path):
    driver.open(clip_of("cfr25").path)
    driver.go_to_frame(30)
    driver.press(Qt.Key.Key_A)
    driver.window.window_commands.export_to(tmp_path / "out")
    lines = (tmp_path / "out" / "events.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    row = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert (row["code"], row["onset_ms"], row["onset_frame"]) == ("attuned", "1200", "30")


def test_our_own_mistake_is_owned_up_to_and_coding_goes_on(
    driver, clip_of, tmp_path, monkeypatch, capsys
):
    import platformdirs

    from imhcode.ui.app import _own_up

    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_, **__: tmp_path / "log")
    driver.open(clip_of("cfr25").path)
    try:
        raise KeyError("a name")
    except KeyError as mistake:
        _own_up(driver.window, KeyError, mistake, mistake.__traceback__)
    assert "mistake in imhcode" in driver.window.strip.words
    assert "a name" not in (tmp_path / "log" / "imhcode.log").read_text()
    driver.press(Qt.Key.Key_A)
    assert len(driver.events) == 1


def test_export_and_keeping_offer_a_place_beside_the_film(driver, clip_of, tmp_path, monkeypatch):
    film = tmp_path / "film.mp4"
    film.write_bytes(clip_of("cfr25").path.read_bytes())
    driver.open(film)
    driver.press(Qt.Key.Key_A)
    offered = []

    def take(parent, title, place, *rest, **options):
        offered.append(place)
        return place, ""

    monkeypatch.setattr("imhcode.ui.window_commands.QFileDialog.getSaveFileName", take)
    driver.window.run("export_csv")
    assert offered == [str(tmp_path / "film-csv")]
    assert (tmp_path / "film-csv" / "events.csv").exists()
    driver.window.run("save_draft_as")
    assert (tmp_path / "film.imh").exists()
    driver.window.run("export_csv")
    assert offered[-1] == str(tmp_path / "film-csv")
