import pytest

from answering_scheme import ANSWERING, DOCUMENT
from clips import make_audio_only, make_clip
from imhcode.domain.event import Event
from imhcode.media.errors import MissingRecording, NoPictures
from imhcode.schemes.building import scheme_from_document
from imhcode.services.studies import NoScheme, NotTheSameFile, StudyService, WhichScheme
from imhcode.store.errors import EntryExists, NoSuchEntry, StudyExists, StudyIsMissing


@pytest.fixture
def study(tmp_path):
    with StudyService.create(tmp_path / "study.imh", [ANSWERING]) as service:
        yield service


def test_a_study_is_opened_as_it_was_left(study, tmp_path):
    study.add_recording(make_clip(tmp_path, "vfr").path, "S01", offset_us=-1_480_000, dyad_id="D01")
    event = Event(id="b1", track="bid", code="look", onset_us=5, offset_us=5)
    study.coding("S01", "anna", role="gold").add([event])
    before, study_id = study.sessions(), study.study_id
    study.close()
    with StudyService.open(study.path) as again:
        assert (again.sessions(), again.study_id) == (before, study_id)
        assert list(again.observation(again.sessions()[0].observations[0]).timeline) == [event]
        assert again.schemes() == {ANSWERING.content_hash: ANSWERING}


def test_a_study_is_never_made_over_a_file_nor_opened_from_nothing(study, tmp_path):
    with pytest.raises(StudyExists):
        StudyService.create(study.path, [])
    with pytest.raises(StudyIsMissing):
        StudyService.open(tmp_path / "gone.imh")


def test_a_recording_is_indexed_before_the_study_knows_of_it(study, tmp_path):
    clip = make_clip(tmp_path, "vfr")
    recording = study.add_recording(clip.path, "S01", offset_us=40_000)
    assert (
        recording.frames,
        recording.offset_us,
        recording.variable_frame_rate,
        recording.fps,
    ) == (len(clip.times_us), 40_000, True, "")
    assert recording.end_us > clip.times_us[-1]
    for path, error in (
        (make_audio_only(tmp_path / "sound.mp4"), NoPictures),
        (tmp_path / "gone.mp4", MissingRecording),
    ):
        with pytest.raises(error):
            study.add_recording(path, "S09")
    assert [entry.session.id for entry in study.sessions()] == ["S01"]


def test_two_files_of_one_name_get_two_ids(study, tmp_path):
    path = make_clip(tmp_path, "mjpeg_avi").path
    first, second = study.add_recording(path, "S01"), study.add_recording(path, "S01")
    assert first.id != second.id


def test_a_moved_recording_is_found_again_only_by_its_contents(study, tmp_path):
    recording = study.add_recording(make_clip(tmp_path, "mjpeg_avi").path, "S01")
    (tmp_path / "elsewhere").mkdir()
    moved = study.path_of(recording).rename(tmp_path / "elsewhere" / "renamed.avi")
    assert study.state_of(recording) == "missing"
    with pytest.raises(NotTheSameFile):
        study.relocate(recording, make_clip(tmp_path, "vfr").path)
    there = study.relocate(recording, moved)
    assert (study.state_of(there), there.path) == ("there", "elsewhere/renamed.avi")
    moved.write_bytes(moved.read_bytes()[:-1])
    assert study.state_of(there) == "replaced"


def test_a_scheme_is_asked_for_by_name_and_version(study):
    assert (
        study.scheme() == study.scheme("answering") == study.scheme("answering@1.0.0") == ANSWERING
    )
    newer = scheme_from_document({**DOCUMENT, "version": "1.1.0"})
    study.add_scheme(newer)
    assert study.scheme("answering@1.1.0") == newer
    with pytest.raises(WhichScheme, match=r"answering@1\.1\.0"):
        study.scheme("answering")
    with pytest.raises(NoSuchEntry, match=r"answering@1\.0\.0"):
        study.scheme("abr")


def test_a_study_without_schemes_says_so(tmp_path):
    with (
        StudyService.create(tmp_path / "bare.imh", []) as study,
        pytest.raises(NoScheme, match=r"bare\.imh"),
    ):
        study.scheme()


def test_one_coder_has_one_observation_for_each_session_role_and_scheme(study):
    for session in ("S01", "S02"):
        study.ensure_session(session)
    with pytest.raises(NoSuchEntry, match="S01, S02"):
        study.coding("S03", "anna")
    first = study.coding("S01", "anna").observation
    assert study.coding("S01", "anna").observation.id == first.id
    others = [
        study.coding("S01", "eva"),
        study.coding("S02", "anna"),
        study.coding("S01", "anna", role="gold"),
    ]
    assert len({first.id, *(one.observation.id for one in others)}) == 4


def test_a_session_keeps_its_dyad_until_another_is_named(study):
    assert study.ensure_session("S01").dyad_id == ""
    assert study.ensure_session("S01", "D01").dyad_id == "D01"
    assert study.ensure_session("S01").dyad_id == "D01"
    assert study.session("S01").session.dyad_id == "D01"
    assert list(study.dyads()) == ["D01"]
    with pytest.raises(EntryExists):
        study.file.add(study.dyads()["D01"])


def test_without_recordings_a_session_lasts_until_its_last_event(study, tmp_path):
    study.ensure_session("S01")
    assert study.extent_us("S01") == (0, 0)
    study.coding("S01", "anna").add(
        [Event(id="s1", track="state", code="apart", onset_us=5, offset_us=90)]
    )
    assert study.extent_us("S01") == (0, 90)
    recording = study.add_recording(make_clip(tmp_path, "vfr").path, "S01", offset_us=-7)
    assert study.extent_us("S01") == (-7, recording.end_us - 7)
