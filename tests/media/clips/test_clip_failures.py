"""Whatever goes wrong, no half clip is left that looks whole, and no recording is touched."""

import errno
import subprocess
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import av
import pytest

from beeping_clips import make_beeping_clip
from clips import encode
from imhcode.media.clips import errors, half_file
from imhcode.media.clips.encoder import ClipEncoder
from imhcode.media.clips.export import export_clip
from imhcode.media.clips.plan import ClipCamera, ClipPlan, Shot
from written_clips import digest, numbers_of

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def recording(tmp_path):
    folder = tmp_path / "recordings"
    folder.mkdir()
    return make_beeping_clip(folder / "visit.mp4", (0.5,), n_frames=200)


@pytest.fixture
def plan(recording):
    camera = ClipCamera(path=recording)
    return ClipPlan((Shot(cameras=(camera,), from_us=0, until_us=8_000_000, sound_from=camera),))


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_progress_rises_to_the_end(plan, out):
    told = []
    export_clip(plan, out / "clip.mp4", on_progress=told.append)
    assert told == sorted(told)
    assert (len(told), told[0], told[-1]) == (201, 0.0, 1.0)


@pytest.mark.parametrize("looks", [0, 1, 60, 150])
def test_a_stopped_export_leaves_nothing(plan, recording, out, looks):
    before = digest(recording)
    answers = iter([True] * looks + [False] * 10_000)
    with pytest.raises(errors.ClipStopped):
        export_clip(plan, out / "clip.mp4", wanted=lambda: next(answers))
    assert list(out.iterdir()) == []
    assert digest(recording) == before


def test_nothing_is_overwritten_and_only_mp4_is_written(plan, recording, out):
    before = digest(recording)
    for to in (recording, out / "clip.mp4"):
        (out / "clip.mp4").write_bytes(b"mine")
        with pytest.raises(errors.ClipIsThere):
            export_clip(plan, to)
    with pytest.raises(errors.ClipIsNoMp4):
        export_clip(plan, out / "clip.mkv")
    assert digest(recording) == before
    assert (out / "clip.mp4").read_bytes() == b"mine"
    assert len(list(out.iterdir())) == 1


def test_a_folder_that_is_not_there_is_told(plan, out):
    with pytest.raises(errors.ClipNotWritten, match="No such file"):
        export_clip(plan, out / "none" / "clip.mp4")


def test_a_disk_without_room_is_told_before_anything_is_written(plan, out, monkeypatch):
    usage = SimpleNamespace(total=10**9, used=10**9, free=200 << 20)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(errors.NoRoomForClip, match=r"0\.2 GB left"):
        export_clip(plan, out / "clip.mp4")
    assert list(out.iterdir()) == []


def test_a_disk_that_fills_up_on_the_way_is_noticed_in_time(plan, out, monkeypatch):
    free = iter([10**12, 10**12, 10**12, 100 << 20])
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=next(free)))
    with pytest.raises(errors.NoRoomForClip):
        export_clip(plan, out / "clip.mp4")
    assert list(out.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits on Windows")
@pytest.mark.parametrize("most_bytes", [2_000, 12_000, 16_000])
def test_a_disk_that_refuses_leaves_nothing(out, tmp_path, most_bytes):
    import resource

    noise = tmp_path / "noise.mkv"
    encode(noise, "ffv1", ticks=range(400))
    whole = ClipPlan((Shot(cameras=(ClipCamera(path=noise),), from_us=0, until_us=16_000_000),))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        with pytest.raises(errors.ClipNotWritten, match="too large"):
            export_clip(whole, out / "clip.mp4")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(out.iterdir()) == []


def test_a_disk_that_is_full_when_the_file_is_completed_leaves_nothing(plan, out, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(errors.ClipNotWritten, match="No space left"):
        export_clip(plan, out / "clip.mp4")
    assert list(out.iterdir()) == []


def test_a_clip_whose_pictures_stand_elsewhere_is_not_kept(plan, out, monkeypatch):
    write = ClipEncoder.write

    def late(self, pixels, time_us, duration_us):
        write(self, pixels, time_us + (3 if time_us else 0), duration_us)

    monkeypatch.setattr(ClipEncoder, "write", late)
    with pytest.raises(errors.ClipDiffers, match="other times"):
        export_clip(plan, out / "clip.mp4")
    assert list(out.iterdir()) == []


def test_a_recording_that_changes_meanwhile_gives_no_clip(plan, recording, out):
    def touched(share):
        if share > 0.9:
            recording.write_bytes(recording.read_bytes()[:-1] + b"\0")

    with pytest.raises(errors.ClipDiffers, match="changed meanwhile"):
        export_clip(plan, out / "clip.mp4", on_progress=touched)
    assert list(out.iterdir()) == []


KILLED = """
import os, signal, sys
for folder in ("src", "tests"):
    sys.path.insert(0, folder)
from pathlib import Path
from imhcode.media.clips.export import export_clip
from imhcode.media.clips.plan import ClipCamera, ClipPlan, Shot
camera = ClipCamera(path=Path(sys.argv[1]))
shot = Shot(cameras=(camera,), from_us=0, until_us=8_000_000, sound_from=camera)
def kill(share):
    if share >= float(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
export_clip(ClipPlan((shot,)), sys.argv[2], on_progress=kill)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("share", [0.0, 0.5, 0.96])
def test_a_killed_export_leaves_no_clip_and_the_next_one_tidies_up(plan, recording, out, share):
    before = digest(recording)
    words = [sys.executable, "-c", textwrap.dedent(KILLED), str(recording), str(out / "clip.mp4")]
    done = subprocess.run([*words, str(share)], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == -9, done.stderr
    (left,) = out.iterdir()
    assert left.name.startswith("clip.mp4.")
    assert left.suffix == half_file.ENDING
    assert digest(recording) == before
    with pytest.raises((av.error.FFmpegError, AssertionError)):  # nobody can take it for whole
        assert len(numbers_of(left)) == 200
    theirs = out / "thesis.unfinished"
    theirs.write_text("a person's own")
    made = export_clip(plan, out / "other.mp4")
    assert sorted(out.iterdir()) == [made.path, theirs]


def test_what_another_export_is_writing_is_left_alone(plan, out):
    with half_file.half_file(out / "first.mp4") as first:
        first.write_bytes(b"on its way")
        made = export_clip(plan, out / "second.mp4")
        assert sorted(out.iterdir()) == sorted([first, made.path])
    assert (out / "first.mp4").read_bytes() == b"on its way"


def test_without_second_names_a_clip_gets_its_name_too(plan, out, monkeypatch):
    def unknown(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", unknown)
    made = export_clip(plan, out / "clip.mp4")
    assert len(numbers_of(made.path)) == 200
    target = out / "other.mp4"
    with pytest.raises(errors.ClipIsThere):
        export_clip(plan, target, on_progress=lambda _: target.write_bytes(b"mine"))
    assert target.read_bytes() == b"mine"
    assert sorted(out.iterdir()) == [made.path, target]


def test_a_file_that_comes_up_meanwhile_under_that_name_is_kept(plan, out):
    target = out / "clip.mp4"
    with pytest.raises(errors.ClipIsThere):
        export_clip(plan, target, on_progress=lambda _: target.write_bytes(b"mine"))
    assert target.read_bytes() == b"mine"
    assert list(out.iterdir()) == [target]
