"""A file that goes away and comes back, as on a disk that was unplugged for a moment."""

import shutil

import pytest

from clips import read_number
from imhcode.media.errors import MissingRecording, RecordingChanged
from imhcode.media.source import open_source


@pytest.fixture
def film(clip, tmp_path):
    return shutil.copy2(clip("ntsc_long_gop").path, tmp_path / "film.mp4")


@pytest.fixture
def source(film):
    opened = open_source(film, cache_bytes=0)
    yield opened
    opened.close()


@pytest.fixture
def disk(monkeypatch, film):
    """Its plug: while it is out, an open file gives nothing any more."""

    class Disk:
        away = film.with_suffix(".away")

        def unplug(self):
            film.rename(self.away)
            monkeypatch.setattr("imhcode.media.frame_reader.readable_packets", lambda *_: iter(()))

        def plug_in(self):
            self.away.rename(film)
            monkeypatch.undo()

    return Disk()


def test_a_file_that_comes_back_is_shown_exactly_again(source, disk):
    assert read_number(source.picture(200).pixels) == 200
    disk.unplug()
    for frame in (50, 60):
        with pytest.raises(MissingRecording):
            source.picture(frame)
    with pytest.raises(MissingRecording):
        source.check_there()
    disk.plug_in()
    source.check_there()
    for frame in (50, 290, 3):
        assert read_number(source.picture(frame).pixels) == frame


def test_another_file_in_its_place_is_told_and_none_of_its_pictures_shown(clip, source, disk, film):
    source.picture(200)
    disk.unplug()
    with pytest.raises(MissingRecording):
        source.picture(50)
    disk.plug_in()
    shutil.copy2(clip("cfr25").path, film)
    with pytest.raises(RecordingChanged, match=r"film\.mp4"):
        source.picture(50)
