"""A recording is destroyed with all that was worked out from it, and only if it is really meant."""

import hashlib
import shutil
from datetime import UTC, datetime

import cv2
import numpy as np
import pytest

from clips import make_clip, numbered_pixels
from imhcode.domain.clip_record import ClipRecord
from imhcode.domain.event import Event
from imhcode.media import sound_pyramid_files as sound_files
from imhcode.media.opening import open_recording
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.checking import check
from imhcode.services.clip_register import ClipRegister
from imhcode.services.coding import ObservationIsClosed
from imhcode.services.deleting import (
    CodingIsOfOthersToo,
    CouldNotDestroy,
    IsSymbolicLink,
    NotReally,
    NotWhatWasAdded,
    SharedByAnother,
    delete_recording,
    deletions,
    planned,
)
from imhcode.services.private_notes import PrivateNotes
from imhcode.services.retention import Retentions, due
from imhcode.services.review import Cards
from imhcode.services.sound_pictures import folder_for
from imhcode.services.studies import StudyService
from imhcode.services.submitting import submit
from imhcode.store.errors import NoSuchEntry


@pytest.fixture
def study(tmp_path):
    scheme = load_scheme(find_scheme("strengths_review"))
    with StudyService.create(tmp_path / "study.imh", [scheme]) as made:
        yield made


@pytest.fixture
def recording(study, tmp_path):
    return study.add_recording(make_clip(tmp_path, "mjpeg_avi").path, "S1", dyad_id="D")


@pytest.fixture
def kept(study, recording):
    """Everything that the program keeps of a recording beside the study."""
    folder = folder_for(study.path)
    open_recording(study.path_of(recording), index_folder=folder).close()
    for place in (
        sound_files.waveform_path(folder, recording.sha256),
        sound_files.waveform_path(folder, recording.quick_hash, mixed=False),
        sound_files.spectrogram_path(folder, recording.sha256),
    ):
        place.write_bytes(b"what was heard")
    name = hashlib.sha256(recording.quick_hash.encode()).hexdigest()[:32]
    (folder / f"{name}.4711.half").write_bytes(b"half of it")
    files = sorted(folder.iterdir())
    assert len(files) == 5
    other = folder / f"{'0' * 32}.npz"
    other.write_bytes(b"of another recording")
    return files


def files_below(folder):
    return sorted(one for one in folder.rglob("*") if one.is_file())


def test_everything_of_it_goes_and_nothing_else(study, recording, kept, tmp_path):
    original = study.path_of(recording)
    study.choose(f"look/{recording.id}", "[2.0, 0.5, 0.5, 0, 0]")
    before = files_below(tmp_path)
    plan = planned(study, recording.id)
    assert (plan.originals, sorted(plan.derived)) == ((original,), kept)
    assert files_below(tmp_path) == before
    delete_recording(study, recording.id, "kim", really=True)
    assert set(before) - set(files_below(tmp_path)) == {original, *kept}
    assert study.choice(f"look/{recording.id}") == ""
    assert study.state_of(recording) == "missing"


def test_without_really_nothing_is_touched(study, recording, kept, tmp_path):
    before = files_below(tmp_path)
    with pytest.raises(NotReally):
        delete_recording(study, recording.id, "kim")
    assert files_below(tmp_path) == before
    assert deletions(study) == []


def test_the_certificate_says_what_went_what_stayed_and_what_nobody_knows(study, recording, kept):
    register = ClipRegister(study.file, "S1", "kim")
    for name, gone_on in (("reel.mp4", ""), ("old.mp4", "2026-01-01")):
        clip = ClipRecord(
            id="", file_name=name, sha256="1", session_id="S1", recording_ids=(recording.id,),
            use="teaching", made_on="2026-02-03", gone_on=gone_on,
        )  # fmt: skip
        register.register(clip)
    when = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    done = delete_recording(study, recording.id, "kim", really=True, now=lambda: when)
    assert deletions(study) == [done]
    text = done.certificate
    for words in (
        f"The recording {recording.id} of session S1 was destroyed.",
        "When: 2026-03-04T05:06:07+00:00",
        "By: kim",
        recording.sha256,
        study.study_id,
        "- mjpeg_avi.avi",
        "kept beside the study (5 files)",
        "- the coding of the session, with its times",
        "- the clip reel.mp4, made on 2026-02-03 for teaching",
        "Copies made outside this program",
    ):
        assert words in text
    assert "old.mp4" not in text
    last = list(study.file.log_of_study().entries())[-1]
    assert (last.edit.kind, last.edit.entry_id, last.coder_id) == ("deletions", "S1", "kim")
    assert study.file.log_of_study().broken_at() is None


def test_the_coding_stays_with_its_times(study, recording):
    coding = study.coding("S1", "kim")
    event = Event(id="m", track="moment", code="connection", onset_us=40_000, offset_us=80_000)
    coding.add([event])
    until_us = study.extent_us("S1")
    delete_recording(study, recording.id, "kim", really=True)
    (entry,) = study.session("S1").observations
    assert list(study.observation(entry).timeline) == [event]
    assert study.extent_us("S1") == until_us
    assert {one.rule for one in check(study)} >= {"recording-missing"}


def test_the_coding_can_go_too_and_the_certificate_says_that_the_log_remembers(study, recording):
    coding = study.coding("S1", "kim")
    coding.add([Event(id="m", track="moment", code="connection", onset_us=0, offset_us=9)])
    Cards(study.file, "S1", "kim").entitle("m", "Looking together")
    PrivateNotes(study.file, "S1", "kim").write("m", "a long day")
    done = delete_recording(study, recording.id, "boss", keep_coding=False, really=True)
    (entry,) = study.session("S1").observations
    assert entry.n_events == 0
    assert Cards(study.file, "S1", "kim").values == ()
    assert PrivateNotes(study.file, "S1", "kim").of("m") == ""
    assert "still says what it was" in done.certificate
    assert "with its times" not in done.certificate
    assert list(study.file.log_of(entry.id).entries())[-1].coder_id == "boss"
    assert [one for one in check(study) if one.severity == "error"] == []


def test_coding_that_is_closed_or_of_other_recordings_too_is_not_taken(study, recording, tmp_path):
    other = study.add_recording(make_clip(tmp_path, "vfr").path, "S1")
    with pytest.raises(CodingIsOfOthersToo, match=other.id):
        delete_recording(study, recording.id, "kim", keep_coding=False, really=True)
    delete_recording(study, other.id, "kim", really=True)
    coding = study.coding("S1", "kim")
    submit(study.file, coding, "kim")
    with pytest.raises(ObservationIsClosed):
        delete_recording(study, recording.id, "kim", keep_coding=False, really=True)
    assert study.state_of(recording) == "there"


def test_a_file_that_is_not_what_was_added_is_not_touched(study, recording):
    path = study.path_of(recording)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(NotWhatWasAdded):
        delete_recording(study, recording.id, "kim", really=True)
    path.unlink()
    path.mkdir()
    with pytest.raises(NotWhatWasAdded):
        delete_recording(study, recording.id, "kim", really=True)
    assert path.is_dir()


def test_a_link_is_not_touched_nor_what_it_leads_to(study, recording, tmp_path):
    path = study.path_of(recording)
    elsewhere = tmp_path / "elsewhere.avi"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    with pytest.raises(IsSymbolicLink):
        delete_recording(study, recording.id, "kim", really=True)
    assert (path.is_symlink(), elsewhere.exists()) == (True, True)


def test_a_file_that_is_two_recordings_is_not_touched(study, recording):
    twin = study.add_recording(study.path_of(recording), "S2")
    with pytest.raises(SharedByAnother, match=twin.id):
        delete_recording(study, recording.id, "kim", really=True)
    assert study.path_of(recording).exists()


def test_only_what_the_study_knows_can_be_destroyed(study, recording):
    with pytest.raises(NoSuchEntry):
        delete_recording(study, str(study.path_of(recording)), "kim", really=True)


def test_the_original_of_a_converted_copy_is_named_as_left(study, recording, tmp_path):
    original = study.path_of(recording)
    copy = original.with_name(f"{original.stem} (copy).mp4")
    shutil.copyfile(original, copy)
    moved = study.move_recording(recording, copy)
    done = delete_recording(study, moved.id, "kim", really=True)
    assert (original.exists(), copy.exists()) == (True, False)
    assert f"- {original.name}, of which the recording in use seems to be" in done.certificate


def test_what_is_gone_already_gets_its_certificate_and_its_traces_go(study, recording, kept):
    study.path_of(recording).unlink()
    done = delete_recording(study, recording.id, "kim", really=True)
    assert "was not there any more when this was done" in done.certificate
    assert not any(one.exists() for one in kept)


def test_a_folder_that_holds_a_file_fast_is_trouble_and_the_rest_can_be_done_later(
    study, recording, kept, monkeypatch
):
    original, unlink = study.path_of(recording), type(study.path).unlink

    def held(path, **more):
        if path == original:
            raise PermissionError(13, "Permission denied")
        unlink(path, **more)

    monkeypatch.setattr(type(study.path), "unlink", held)
    with pytest.raises(CouldNotDestroy, match="Permission denied"):
        delete_recording(study, recording.id, "kim", really=True)
    assert deletions(study) == []
    monkeypatch.undo()
    assert original.exists()
    delete_recording(study, recording.id, "kim", really=True)
    assert not original.exists()
    assert len(deletions(study)) == 1


def test_a_folder_of_stills_loses_its_stills_and_nothing_else_in_it(study, tmp_path):
    folder = tmp_path / "stills"
    folder.mkdir()
    for number in range(3):
        pixels = np.ascontiguousarray(numbered_pixels(number))
        assert cv2.imwrite(str(folder / f"{number}.png"), pixels)
    notes = folder / "notes.txt"
    notes.write_text("mine")
    recording = study.add_recording(folder, "S1", interval_us=1_000_000)
    done = delete_recording(study, recording.id, "kim", really=True)
    assert list(folder.iterdir()) == [notes]
    assert done.files[:3] == ("0.png", "1.png", "2.png")


def test_what_was_destroyed_is_no_longer_due(study, recording):
    Retentions(study.file, "recording", recording.id, "kim").keep("2026-01-01")
    assert len(due(study.file, "2026-06-01")) == 1
    delete_recording(study, recording.id, "kim", really=True)
    assert due(study.file, "2026-06-01") == []
