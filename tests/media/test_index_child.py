"""A recording not yet known is read in a process of its own, whatever it does to that process."""

import sys

import pytest

from clips import make_audio_only, read_number
from imhcode.media import errors, index_child
from imhcode.media.source import open_source
from imhcode.media.superseded import Superseded


def test_it_finds_what_reading_here_finds(clip, tmp_path):
    told = []
    there = open_source(clip("h264_avi").path, tmp_path, on_progress=told.append)
    here = open_source(clip("h264_avi").path)
    assert there.probe == here.probe
    assert there.index.ordinals.tolist() == here.index.ordinals.tolist()
    assert told
    assert all(0 <= share <= 1 for share in told)
    there.close()
    here.close()


def test_the_first_picture_comes_before_the_index_is_done(clip, tmp_path):
    events = []
    source = open_source(
        clip("vfr_rotated_90").path,
        tmp_path,
        size=(64, 64),
        on_first_picture=events.append,
        on_progress=events.append,
    )
    source.close()
    picture, *shares = events
    assert (picture.width, picture.height, picture.is_exact) == (64, 32, False)
    assert read_number(picture.pixels) == 0
    assert shares
    assert all(isinstance(share, float) for share in shares)


@pytest.mark.parametrize("folder", ["missing", "a file"])
def test_a_folder_that_cannot_be_made_costs_only_the_memory_of_it(clip, tmp_path, folder):
    place = tmp_path / folder / "deep"
    if folder == "a file":
        (tmp_path / folder).write_text("in the way")
    source = open_source(clip("cfr25").path, place)
    assert read_number(source.picture(60).pixels) == 60
    source.close()
    assert place.exists() == (folder == "missing")


def test_what_is_wrong_is_told_as_if_it_were_read_here(tmp_path, clip):
    path = tmp_path / "notes.mp4"
    path.write_text("09:14 baby turns away\n" * 200)
    with pytest.raises(errors.NotARecording) as said:
        open_source(path, tmp_path / "indexes")
    assert str(path) in said.value.text()
    with pytest.raises(errors.NoPictures):
        open_source(make_audio_only(tmp_path / "sound.m4a"), tmp_path / "indexes")


@pytest.mark.parametrize(
    "fault",
    ["import os; os.abort()", "raise SystemExit(3)", "print('HTTP/1.1 200', flush=True)"],
)
def test_a_process_that_breaks_down_becomes_a_sentence(clip, tmp_path, monkeypatch, fault):
    monkeypatch.setattr(index_child, "_command", lambda: [sys.executable, "-c", fault])
    with pytest.raises(errors.RecordingNotRead) as said:
        open_source(clip("cfr25").path, tmp_path)
    assert "breaks down" in said.value.text()


def test_a_process_that_stands_still_is_ended(clip, tmp_path, monkeypatch):
    endless = "import threading; threading.Event().wait()"
    monkeypatch.setattr(index_child, "_command", lambda: [sys.executable, "-c", endless])
    monkeypatch.setattr(index_child, "STALL_S", 0.3)
    with pytest.raises(errors.RecordingNotRead, match="stood still"):
        open_source(clip("cfr25").path, tmp_path)


def test_a_process_no_longer_wanted_is_ended(clip, tmp_path, monkeypatch):
    endless = "import threading; threading.Event().wait()"
    monkeypatch.setattr(index_child, "_command", lambda: [sys.executable, "-c", endless])
    with pytest.raises(Superseded):
        open_source(clip("cfr25").path, tmp_path, wanted=lambda: False)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to it")
def test_the_process_has_a_limit_of_memory(clip, tmp_path, monkeypatch):
    greedy = (
        "import imhcode.media.index_worker as w, imhcode.media.indexed as i\n"
        "w.MOST_MEMORY_BYTES = 1 << 30\n"
        "i.index_recording = lambda *_, **__: bytearray(2 << 30)\n"
        "w.main()"
    )
    monkeypatch.setattr(index_child, "_command", lambda: [sys.executable, "-c", greedy])
    with pytest.raises(errors.RecordingNotRead, match="more memory"):
        open_source(clip("cfr25").path, tmp_path)


def test_a_file_beside_the_recording_is_not_taken_for_a_library(clip, tmp_path, monkeypatch):
    (tmp_path / "av.py").write_text("raise SystemExit(9)")
    (tmp_path / "numpy.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    source = open_source(clip("cfr25").path, tmp_path / "indexes")
    assert len(source.frame_times) == 120
    source.close()
