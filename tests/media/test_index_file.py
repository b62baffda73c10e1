"""An index kept beside the study: found again, believed only if it is true, never trusted blindly."""

import random

import numpy as np
import pytest

from clips import read_number
from imhcode.media import index_child, source
from imhcode.media.index_file import IndexFile
from imhcode.media.indexed import index_recording
from imhcode.media.recording_path import checked_recording_path
from imhcode.media.source import open_source

KINDS = ["vfr_rotated_90", "open_gop_ts", "h264_avi", "mpeg2_interlaced_ts", "with_sound"]


@pytest.fixture
def kept(clip, tmp_path):
    def one(kind):
        recording = checked_recording_path(clip(kind).path)
        return IndexFile.of(recording, tmp_path / "indexes")

    return one


def same(one, other):
    return (
        all(
            np.array_equal(getattr(one.index, name), getattr(other.index, name))
            for name in ("pts", "dts", "position", "size", "start", "ordinals", "frames")
        )
        and np.array_equal(one.index.times.times_us, other.index.times.times_us)
        and one.index.time_base == other.index.time_base
        and one.index.first_pts == other.index.first_pts
        and one.framing == other.framing
        and one.probe == other.probe
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_kept_is_what_was_found(kept, kind):
    file = kept(kind)
    assert file.read() is None
    found = index_recording(file.recording)
    file.write(found)
    assert same(file.read(), found)
    assert [path.name for path in file.path.parent.iterdir()] == [file.path.name]


def test_a_recording_moved_and_renamed_is_known(kept, clip, tmp_path):
    file = kept("cfr25")
    file.write(index_recording(file.recording))
    moved = tmp_path / "renamed.mov"
    moved.write_bytes(clip("cfr25").path.read_bytes())
    assert IndexFile.of(moved, tmp_path / "indexes").read() is not None


def test_the_name_of_an_index_tells_nothing_of_the_recording(kept):
    file = kept("cfr25")
    file.write(index_recording(file.recording))
    assert "cfr25" not in file.path.name
    assert b"cfr25" not in file.path.read_bytes()


def test_a_damaged_index_is_passed_over_or_right(kept):
    file = kept("open_gop_ts")
    found = index_recording(file.recording)
    file.write(found)
    whole = file.path.read_bytes()
    chance = random.Random(3)
    passed_over = 0
    for turn in range(150):
        data = bytearray(whole)
        if turn % 3:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        else:
            data = data[: chance.randrange(len(data))]
        file.path.write_bytes(data)
        read = file.read()
        passed_over += read is None
        assert read is None or same(read, found)
    assert passed_over > 75


def test_an_index_of_another_recording_is_passed_over(kept):
    one, other = kept("cfr25"), kept("vfr")
    one.write(index_recording(one.recording))
    one.path.rename(other.path)
    assert other.read() is None


def test_a_recording_changed_in_its_middle_is_read_anew(tmp_path, clip):
    # Behind one MiB and before the last one the fingerprint is blind: the packets themselves tell.
    path = tmp_path / "long.ts"
    path.write_bytes(clip("h264_ts").path.read_bytes() * 90)
    checked = checked_recording_path(path)
    file = IndexFile.of(checked, tmp_path)
    found = index_recording(checked)
    file.write(found)
    assert file.read() is not None
    data = bytearray(path.read_bytes())
    assert len(data) > 2_600_000
    data[1 << 20 : -(1 << 20)] = bytes(len(data) - (2 << 20))
    path.write_bytes(data)
    assert IndexFile.of(checked, tmp_path).path == file.path
    assert file.read() is None


def test_pickled_objects_are_never_loaded(kept):
    file = kept("cfr25")
    file.path.parent.mkdir()

    class Bomb:
        def __reduce__(self):
            return (pytest.fail, ("it was loaded",))

    with file.path.open("wb") as out:
        np.savez(out, facts=np.array([Bomb()], dtype=object))
    assert file.read() is None


def test_a_known_recording_starts_no_process_and_shows_the_same_pictures(
    clip, tmp_path, monkeypatch
):
    first = open_source(clip("open_gop").path, tmp_path)
    first.close()
    monkeypatch.setattr(index_child, "_command", lambda: pytest.fail("a process was started"))
    again = source.open_source(clip("open_gop").path, tmp_path)
    assert [read_number(again.picture(n).pixels) for n in (0, 77, 29, 149)] == [0, 77, 29, 149]
    again.close()
