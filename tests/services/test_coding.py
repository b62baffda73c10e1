"""Coding with everything real: scheme, rules, log and a study file on the disk."""

import shutil
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from child_coder import BLANK, FRAME_US, KEYS, ODD_TEXT, coding_in, new_study
from imhcode.domain.edit import Edit, Step
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Stamp
from imhcode.services.coding import CodingService
from imhcode.services.history import NothingToRedo, NothingToUndo
from imhcode.store.errors import DiskIsFull
from imhcode.store.study_file import StudyFile

frames = st.integers(-2, 25)
texts = st.sampled_from(ODD_TEXT) | st.text(max_size=20)


def at(frame: int) -> Stamp:
    return Stamp(frame * FRAME_US, "cam", max(frame, 0))


class Coder(RuleBasedStateMachine):
    """A coder who does anything in any order, and a second memory of what should have happened."""

    @initialize()
    def open_a_new_study(self):
        self.folder = Path(tempfile.mkdtemp())
        self.study = StudyFile.open(new_study(self.folder / "study.imh"))
        self.coding = coding_in(self.study)
        self.announced = []
        self.coding.subscribe(lambda *what: self.announced.append(what))
        self.past = []  # observations before each edit that stands
        self.future = []  # observations after each edit taken back
        self.lines = 0

    def teardown(self):
        if hasattr(self, "study"):
            stood, depth = self.coding.observation, len(self.past)
            while self.past:
                self.undo()
            assert self.coding.observation == BLANK
            for _ in range(depth):
                self.redo()
            assert self.coding.observation == stood
            self.memory_and_file_say_the_same()
            self.study.close()
            shutil.rmtree(self.folder)

    def attempt(self, gesture):
        """A gesture that is done, or not worth a line, or refused; never half of one."""
        before = self.coding.observation
        self.announced.clear()
        try:
            edit = gesture()
        except Refused:
            assert self.coding.observation is before
            assert not self.announced
            return
        if not edit.steps:
            assert self.coding.observation is before
            assert not self.announced
            return
        assert any(step.before != step.after for step in edit.steps)
        assert self.announced == [(self.coding.observation, edit, "do")]
        self.lines += 1
        self.past.append(before)
        self.future.clear()

    def chosen(self, number: int) -> str:
        there = self.coding.observation.timeline.in_order()
        return there[number % len(there)].id if there else "nobody"

    @rule(key=st.sampled_from(KEYS), frame=frames)
    def press(self, key, frame):
        lane = "dyad_state"
        before = self.coding.observation.timeline.lane(lane)
        self.attempt(lambda: self.coding.press(key, at(frame), "states"))
        after = self.coding.observation.timeline.lane(lane)
        covered = {n for n in range(-3, 30) if before.covering(n * FRAME_US)}
        assert covered <= {n for n in range(-3, 30) if after.covering(n * FRAME_US)}

    @rule(
        key=st.sampled_from(KEYS), frame=frames, length=st.none() | st.integers(0, 9), comment=texts
    )
    def add(self, key, frame, length, comment):
        stop = None if length is None else (frame + length) * FRAME_US
        name = f"added {len(self.past)} {self.lines}"
        event = Event(
            id=name, track=key.track.id, code=key.code.id, onset_us=frame * FRAME_US, offset_us=stop
        )
        beside = replace(
            event,
            id=f"{name}b",
            comment=comment.encode("utf-8", "replace").decode().replace("\0", ""),
        )
        self.attempt(lambda: self.coding.add([event, beside]))

    @rule(number=st.integers(0, 50), frame=frames)
    def set_onset(self, number, frame):
        self.attempt(lambda: self.coding.set_onset(self.chosen(number), at(frame)))

    @rule(number=st.integers(0, 50), frame=frames)
    def set_offset(self, number, frame):
        self.attempt(lambda: self.coding.set_offset(self.chosen(number), at(frame)))

    @rule(number=st.integers(0, 50), key=st.sampled_from(KEYS))
    def recode(self, number, key):
        self.attempt(lambda: self.coding.recode(self.chosen(number), key.code.id))

    @rule(
        number=st.integers(0, 50),
        values=st.lists(st.sampled_from(["clear", "faint", "loud"]), max_size=2).map(tuple),
    )
    def modify(self, number, values):
        self.attempt(lambda: self.coding.modify(self.chosen(number), "clarity", values))

    @rule(number=st.integers(0, 50), text=texts)
    def comment(self, number, text):
        self.attempt(lambda: self.coding.comment(self.chosen(number), text))

    @rule(numbers=st.lists(st.integers(0, 50), min_size=1, max_size=3))
    def delete(self, numbers):
        self.attempt(lambda: self.coding.delete([self.chosen(number) for number in numbers]))

    @rule(frame=frames)
    def close_all(self, frame):
        self.attempt(lambda: self.coding.close_all(at(frame)))

    @rule(number=st.integers(0, 50))
    @precondition(lambda self: len(self.coding.observation.timeline))
    def aim_at_an_event_that_has_changed(self, number):
        event = self.coding.observation.timeline.get(self.chosen(number))
        stale = Edit("delete", (Step(event, None), Step(replace(event, comment="not this"), None)))
        lines = self.lines
        self.attempt(lambda: self.coding.do(stale))
        assert self.lines == lines

    @rule()
    def undo(self):
        now = self.coding.observation
        if not self.past:
            with pytest.raises(NothingToUndo):
                self.coding.undo()
            assert self.coding.observation is now
            return
        self.coding.undo()
        assert self.coding.observation == self.past.pop()
        self.future.append(now)
        self.lines += 1

    @rule()
    def redo(self):
        now = self.coding.observation
        if not self.future:
            with pytest.raises(NothingToRedo):
                self.coding.redo()
            assert self.coding.observation is now
            return
        self.coding.redo()
        assert self.coding.observation == self.future.pop()
        self.past.append(now)
        self.lines += 1

    @rule()
    def reopen(self):
        old = self.coding
        self.study.close()
        self.study = StudyFile.open(self.study.path)
        self.coding = coding_in(self.study)
        self.coding.subscribe(lambda *what: self.announced.append(what))
        assert self.coding.observation == old.observation
        assert self.coding.history == old.history

    @invariant()
    def memory_and_file_say_the_same(self):
        if not hasattr(self, "coding"):
            return
        observation = self.coding.observation
        assert BLANK.with_events(self.study.events_of("obs")) == observation
        log = self.study.log_of("obs")
        replayed = BLANK
        entries = list(log.entries())
        for entry in entries:
            replayed = replayed.after(entry.edit)
        assert replayed == observation
        assert [entry.n for entry in entries] == list(range(1, self.lines + 1))
        assert (self.coding.history.can_undo, self.coding.history.can_redo) == (
            bool(self.past),
            bool(self.future),
        )
        assert len(self.coding.history) == len(self.past)

    @invariant()
    def the_scheme_holds(self):
        if not hasattr(self, "coding"):
            return
        timeline = self.coding.observation.timeline
        lane = list(timeline.lane("dyad_state"))
        assert all(first.until_us <= second.onset_us for first, second in pairwise(lane))
        assert not any(
            event.is_instant for name in ("dyad_state", "touch") for event in timeline.lane(name)
        )
        assert not any(event.is_running for event in timeline.lane("infant_bid"))


TestAnyCoder = Coder.TestCase
TestAnyCoder.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def coding(tmp_path):
    study = StudyFile.open(new_study(tmp_path / "study.imh"))
    yield coding_in(study)
    study.close()


ATTUNED, OUT_OF_STEP = KEYS[0], KEYS[1]


def test_one_undo_takes_back_both_steps_of_a_switch(coding: CodingService):
    coding.press(ATTUNED, at(0))
    before = coding.observation
    edit = coding.press(OUT_OF_STEP, at(5))
    assert len(edit.steps) == 2
    coding.undo()
    assert coding.observation == before


def test_a_new_edit_ends_what_could_be_redone(coding: CodingService):
    coding.press(ATTUNED, at(0))
    coding.undo()
    assert coding.history.can_redo
    coding.press(OUT_OF_STEP, at(0))
    with pytest.raises(NothingToRedo):
        coding.redo()


def test_redo_brings_back_in_the_order_in_which_it_was_done(coding: CodingService):
    stood = []
    for frame in (0, 5, 10):
        coding.press(KEYS[frame % 2], at(frame))
        stood.append(coding.observation)
    for _ in stood:
        coding.undo()
    for expected in stood:
        coding.redo()
        assert coding.observation == expected


def test_a_press_that_changes_nothing_leaves_no_trace(coding: CodingService):
    coding.press(ATTUNED, at(0))
    coding.undo()
    coding.redo()
    lines = len(coding._log.causes())
    assert coding.press(ATTUNED, at(5)).steps == ()
    assert len(coding._log.causes()) == lines


def test_everything_told_to_a_listener_is_on_the_disk_already(coding: CodingService):
    seen = []
    coding.subscribe(
        lambda observation, edit, cause: seen.append(
            (cause, len(coding._log.causes()), coding.observation is observation)
        )
    )
    coding.press(ATTUNED, at(0))
    coding.undo()
    coding.redo()
    assert seen == [("do", 1, True), ("undo", 2, True), ("redo", 3, True)]


class _DeafLog:
    """The one fault planted here: a log whose disk is full."""

    def __init__(self, real):
        self._real = real
        self.full = True

    def append(self, cause, edit, coder_id):
        if self.full:
            raise DiskIsFull(path="study.imh")
        return self._real.append(cause, edit, coder_id)

    def causes(self):
        return self._real.causes()

    def edit(self, n):
        return self._real.edit(n)


@pytest.mark.parametrize("gesture", ["press", "undo", "redo"])
def test_what_could_not_be_saved_has_not_happened(coding: CodingService, gesture):
    coding.press(ATTUNED, at(0))
    coding.press(OUT_OF_STEP, at(5))
    coding.undo()
    log = _DeafLog(coding._log)
    faulty = CodingService(coding.observation, log)
    told = []
    faulty.subscribe(lambda *what: told.append(what))
    act = {
        "press": lambda: faulty.press(OUT_OF_STEP, at(9)),
        "undo": faulty.undo,
        "redo": faulty.redo,
    }[gesture]
    before = faulty.observation
    with pytest.raises(DiskIsFull):
        act()
    assert faulty.observation is before
    assert (len(faulty.history), faulty.history.can_undo, faulty.history.can_redo) == (
        1,
        True,
        True,
    )
    assert told == []
    log.full = False
    act()
    assert len(told) == 1
    assert faulty.observation != before


def test_ids_are_never_used_twice(coding: CodingService):
    made = [coding.press(KEYS[5], at(frame)).main.id for frame in range(20)]
    assert len(set(made)) == 20
