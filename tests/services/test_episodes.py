"""Episodes on a real file: saved at once, undone after a restart, the same for every coder."""

import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from child_coder import new_study
from imhcode.domain.episodes import EpisodesOverlap, NoSuchEpisode, UnknownEndReason
from imhcode.domain.errors import Refused
from imhcode.domain.study import Recording, Session
from imhcode.services.episodes import EpisodeService, NoEpisodeIsOn
from imhcode.services.history import NothingToUndo
from imhcode.services.syncing import SyncingService
from imhcode.store.errors import NoSuchEntry, StudyTrouble
from imhcode.store.study_file import StudyFile
from whole_scheme import WHOLE, S

VISIT = "visit 1"


@pytest.fixture
def file(tmp_path):
    study = StudyFile.open(new_study(tmp_path / "study.imh"))
    yield study
    study.close()


def episodes_in(file: StudyFile, session=VISIT) -> EpisodeService:
    return EpisodeService(file, session, "cara", WHOLE.episodes)


def shown(service: EpisodeService) -> list[tuple[str, int, int | None]]:
    return [
        (
            one.kind,
            one.onset_us // S,
            one.offset_us if one.offset_us is None else one.offset_us // S,
        )
        for one in service.episodes
    ]


def test_a_procedure_is_marked_as_it_goes(file):
    service, heard = episodes_in(file), []
    service.subscribe(heard.append)
    service.start("play", 0)
    service.start("still_face", 60 * S)
    service.start("reunion", 90 * S, end_reason="distress")
    service.end(150 * S, "full_time")
    assert shown(service) == [("play", 0, 60), ("still_face", 60, 90), ("reunion", 90, 150)]
    assert [one.end_reason for one in service.episodes] == ["", "distress", "full_time"]
    assert file.episodes_of(VISIT) == service.episodes == heard[-1]
    assert len(heard) == 4


def test_everything_can_be_corrected_and_one_undo_takes_back_one_gesture(file):
    service = episodes_in(file)
    service.start("play", 0)
    before = service.episodes
    service.start("still_face", 60 * S)
    service.undo()
    assert service.episodes == before == file.episodes_of(VISIT)
    service.redo()
    play, still = service.episodes
    for change in (
        lambda: service.set_offset(play.id, 55 * S),
        lambda: service.set_onset(still.id, 58 * S),
        lambda: service.set_reason(play.id, "full_time"),
        lambda: service.rename(play.id, "  Play on the floor "),
        lambda: service.exclude(play.id, True),
        lambda: service.end(80 * S),
        lambda: service.delete(still.id),
    ):
        assert change()
    (left,) = service.episodes
    assert (left.offset_us, left.label, left.excluded, left.end_reason) == (
        55 * S,
        "Play on the floor",
        True,
        "full_time",
    )
    for _ in range(7):
        service.undo()
    assert service.episodes == (play, still) == file.episodes_of(VISIT)


def test_what_changes_nothing_leaves_no_trace(file):
    service = episodes_in(file)
    (play,) = service.start("play", 0).after
    assert not service.rename(play.id, "")
    assert len(list(file.log_of_study().entries())) == 1


def test_what_is_refused_has_not_happened(file):
    service = episodes_in(file)
    (play,) = service.start("play", 10 * S).after
    service.end(20 * S)
    for attempt, error in (
        (lambda: service.end(30 * S), NoEpisodeIsOn),
        (lambda: service.delete("nobody"), NoSuchEpisode),
        (lambda: service.start("reunion", 10 * S), EpisodesOverlap),
        (lambda: service.set_reason(play.id, "tired"), UnknownEndReason),
        (lambda: service.start("still_face", 15 * S, end_reason="tired"), UnknownEndReason),
    ):
        with pytest.raises(error):
            attempt()
    assert shown(service) == [("play", 10, 20)]
    assert len(list(file.log_of_study().entries())) == 2


def test_undo_outlives_the_program_and_keeps_to_its_session(file):
    file.add(Session(id="visit 2"))
    file.add(Recording(id=VISIT, session_id=VISIT, path="x.mp4", frames=10, end_us=S))
    one, other = episodes_in(file), episodes_in(file, "visit 2")
    one.start("play", 0)
    other.start("play", 5 * S)
    SyncingService(file, VISIT, "cara").set_offset(VISIT, 7)
    assert len(SyncingService(file, VISIT, "cara").history) == 1
    again = episodes_in(file)
    again.undo()
    assert again.episodes == ()
    with pytest.raises(NothingToUndo):
        again.undo()
    assert len(SyncingService(file, VISIT, "cara").history) == 1
    assert shown(episodes_in(file, "visit 2")) == [("play", 5, None)]
    assert file.log_of_study().broken_at() is None


def test_a_change_of_what_somebody_else_changed_is_not_saved(file):
    service = episodes_in(file)
    (play,) = service.start("play", 0).after
    episodes_in(file).end(9 * S)
    with pytest.raises(NoSuchEntry):
        service.rename(play.id, "mine")
    assert service.episodes == (play,)
    assert [one.offset_us for one in file.episodes_of(VISIT)] == [9 * S]


def test_an_episode_of_no_session_is_refused(file):
    with pytest.raises(StudyTrouble):
        episodes_in(file, "nowhere").start("play", 0)


seconds = st.integers(-3, 40)


class Procedure(RuleBasedStateMachine):
    """Whoever marks episodes in any order, with a memory of what stood before each change."""

    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        self.file = StudyFile.open(new_study(self.folder / "study.imh"))
        self.service = episodes_in(self.file)
        self.past, self.future = [], []

    def teardown(self):
        if hasattr(self, "file"):
            while self.past:
                self.undo()
            assert self.service.episodes == ()
            self.file.close()
            shutil.rmtree(self.folder)

    def attempt(self, change):
        before = self.service.episodes
        try:
            changed = change()
        except Refused:
            assert self.service.episodes == before
            return
        if changed:
            self.past.append(before)
            self.future.clear()

    def any_id(self, number):
        there = self.service.episodes
        return there[number % len(there)].id if there else "nobody"

    @rule(
        kind=st.sampled_from(["play", "still_face", "reunion", "pause", "phone"]),
        at_s=seconds,
        reason=st.sampled_from(["", "distress"]),
    )
    def start(self, kind, at_s, reason):
        self.attempt(lambda: self.service.start(kind, at_s * S, end_reason=reason))

    @rule(at_s=seconds, reason=st.sampled_from(["", "distress", "tired"]))
    def end(self, at_s, reason):
        self.attempt(lambda: self.service.end(at_s * S, reason))

    @rule(number=st.integers(0, 9), at_s=seconds)
    def move(self, number, at_s):
        self.attempt(lambda: self.service.set_onset(self.any_id(number), at_s * S))

    @rule(number=st.integers(0, 9), at_s=st.none() | seconds)
    def stop(self, number, at_s):
        until = None if at_s is None else at_s * S
        self.attempt(lambda: self.service.set_offset(self.any_id(number), until))

    @rule(number=st.integers(0, 9))
    def delete(self, number):
        self.attempt(lambda: self.service.delete(self.any_id(number)))

    @rule()
    def undo(self):
        if self.past:
            self.future.append(self.service.episodes)
            self.service.undo()
            assert self.service.episodes == self.past.pop()

    @rule()
    def redo(self):
        if self.future:
            self.past.append(self.service.episodes)
            self.service.redo()
            assert self.service.episodes == self.future.pop()

    @rule()
    def reopen(self):
        stood, history = self.service.episodes, self.service.history
        self.file.close()
        self.file = StudyFile.open(self.file.path)
        self.service = episodes_in(self.file)
        assert (self.service.episodes, self.service.history) == (stood, history)

    @invariant()
    def the_procedure_holds(self):
        if not hasattr(self, "service"):
            return
        assert self.file.episodes_of(VISIT) == self.service.episodes
        ours = [one for one in self.service.episodes if WHOLE.episodes.kind(one.kind)]
        for first, second in pairwise(ours):
            assert first.offset_us is not None
            assert first.offset_us <= second.onset_us
        order = [WHOLE.episodes.kind(one.kind).order for one in ours]
        ordered = [one for one in order if one]
        assert ordered == sorted(ordered)


TestAnyProcedure = Procedure.TestCase
TestAnyProcedure.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
