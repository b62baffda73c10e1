"""Cameras on one clock: by typing, nudging, marking; every change saved and taken back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imhcode.domain.study import Recording, Session
from imhcode.services.history import NothingToRedo, NothingToUndo
from imhcode.services.syncing import OffsetOutOfRange, SameCamera, SyncingService, frames_us
from imhcode.store.errors import NoSuchEntry, StudyTrouble
from imhcode.store.study_file import StudyFile

NTSC = {"frames": 300, "end_us": 10_010_000}


@pytest.fixture
def path(tmp_path):
    study = StudyFile.create(tmp_path / "study.imh")
    for session in ("S1", "S2"):
        study.add(Session(id=session))
        for name in ("a", "b"):
            one = Recording(id=f"{session}-{name}", session_id=session, path=f"{name}.mp4", **NTSC)
            study.add(one)
    study.close()
    return study.path


@pytest.fixture
def study(path):
    file = StudyFile.open(path)
    yield file
    file.close()


@pytest.fixture
def syncing(study):
    return SyncingService(study, "S1", "cara")


def offsets(file: StudyFile) -> dict[str, int]:
    return {one.id: one.offset_us for one in file.all(Recording)}


def test_a_typed_offset_is_on_the_disk_and_told(study, syncing):
    told = []
    syncing.subscribe(told.append)
    changed = syncing.set_offset("S1-b", 1_480_000)
    assert changed.offset_us == offsets(study)["S1-b"] == 1_480_000
    assert told == [changed]
    assert syncing.recordings[1] == changed
    syncing.set_offset("S1-b", 1_480_000)
    assert len(list(study.log_of_study().entries())) == 1


def test_nudges_go_by_the_frames_of_that_camera_and_back_again(syncing):
    assert syncing.nudge_frames("S1-b", 1).offset_us == 33_367
    assert syncing.nudge_frames("S1-b", -1).offset_us == 0
    assert syncing.nudge_frames("S1-b", -3).offset_us == -100_100
    assert frames_us(Recording(id="x", session_id="S1", path="x"), 5) == 0


def test_the_same_moment_in_two_pictures_lays_the_second_on_the_first(syncing):
    syncing.set_offset("S1-a", 500_000)
    changed = syncing.mark_same_moment("S1-a", 4_000_000, "S1-b", 2_520_000)
    assert changed.offset_us == 500_000 + 4_000_000 - 2_520_000
    assert syncing.recording("S1-a").offset_us == 500_000
    with pytest.raises(SameCamera, match="S1-b"):
        syncing.mark_same_moment("S1-b", 0, "S1-b", 5)


def test_undo_and_redo_go_on_after_closing_the_program(path):
    study = StudyFile.open(path)
    syncing = SyncingService(study, "S1", "cara")
    for offset_us in (10, 20, 30):
        syncing.set_offset("S1-b", offset_us)
    syncing.undo()
    study.close()
    study = StudyFile.open(path)
    syncing = SyncingService(study, "S1", "cara")
    assert syncing.recording("S1-b").offset_us == 20
    assert syncing.redo().offset_us == 30
    assert [syncing.undo().offset_us for _ in range(3)] == [20, 10, 0]
    assert offsets(study)["S1-b"] == 0
    with pytest.raises(NothingToUndo):
        syncing.undo()
    syncing.set_offset("S1-b", 5)
    with pytest.raises(NothingToRedo):
        syncing.redo()
    study.close()


def test_undo_never_reaches_into_another_session(study, syncing):
    syncing.set_offset("S1-a", 10)
    other = SyncingService(study, "S2", "cara")
    assert not other.history.can_undo
    other.set_offset("S2-a", 20)
    syncing.undo()
    assert offsets(study) == {"S1-a": 0, "S1-b": 0, "S2-a": 20, "S2-b": 0}
    with pytest.raises(NoSuchEntry):
        other.set_offset("S1-a", 1)


def test_an_offset_beyond_two_days_is_refused(study, syncing):
    with pytest.raises(OffsetOutOfRange, match=r"172800\.000001 s"):
        syncing.set_offset("S1-a", 172_800_000_001)
    assert offsets(study)["S1-a"] == 0


def test_trouble_with_the_disk_changes_nothing(study, syncing, monkeypatch):
    syncing.set_offset("S1-a", 10)

    def full(*_: object) -> None:
        raise StudyTrouble(path=study.path, why="disk full")

    monkeypatch.setattr(syncing._log, "append", full)
    for act in (lambda: syncing.set_offset("S1-a", 20), syncing.undo):
        with pytest.raises(StudyTrouble):
            act()
    assert syncing.recording("S1-a").offset_us == 10
    assert syncing.history.can_undo


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(["S1-a", "S1-b"]), st.integers(-(10**9), 10**9)),
            st.sampled_from(["undo", "redo"]),
        ),
        max_size=15,
    )
)
def test_reopening_finds_the_same_offsets_and_history(tmp_path_factory, gestures):
    path = tmp_path_factory.mktemp("study") / "study.imh"
    study = StudyFile.create(path)
    study.add(Session(id="S1"))
    for name in ("S1-a", "S1-b"):
        study.add(Recording(id=name, session_id="S1", path=name, **NTSC))
    syncing = SyncingService(study, "S1", "cara")
    for gesture in gestures:
        try:
            getattr(syncing, gesture)() if isinstance(gesture, str) else syncing.set_offset(
                *gesture
            )
        except (NothingToUndo, NothingToRedo):
            continue
    before = (syncing.recordings, syncing.history)
    study.close()
    study = StudyFile.open(path)
    after = SyncingService(study, "S1", "cara")
    assert (after.recordings, after.history) == before
    assert study.log_of_study().broken_at() is None
    while after.history.can_undo:
        after.undo()
    assert set(offsets(study).values()) == {0}
    study.close()
