"""Any sequence of direct edits on a real file keeps every rule of every kind of track."""

import shutil
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from child_coder import FRAME_US, coding_in, new_study
from imhcode.domain.edit import Edit
from imhcode.domain.errors import Refused
from imhcode.domain.event import Stamp
from imhcode.domain.keys import CodeKey
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import LinkRule, Scheme
from imhcode.domain.study import Coder, Session
from imhcode.services.coding import CodingService
from imhcode.services.editing import Editing
from imhcode.store.study_file import StudyFile
from small_scheme import SMALL, code

LAST = 60  #: frames of the recording
SEAMLESS, TOUCH, BIDS = SMALL.tracks
LOOK = replace(
    SEAMLESS,
    id="look",
    label="Looking",
    exhaustive=False,
    codes=(code("at", "v"), code("off", "w")),
)
SHAPES = replace(
    BIDS, id="shape", label="Shapes", exclusive=True, codes=(code("arch", "i"), code("fist", "o"))
)
SCHEME: Scheme = replace(
    SMALL,
    tracks=(SEAMLESS, TOUCH, BIDS, LOOK, SHAPES),
    links=(LinkRule(id="answers", label="Answers", from_track="look", to_track="infant_bid"),),
)
KEYS = tuple(CodeKey(track, one) for track in SCHEME.tracks for one in track.codes)
BLANK = Observation(id="obs", session_id="visit 1", coder_id="cara", scheme=SCHEME)

frames = st.integers(-3, LAST + 3)
keys = st.sampled_from(KEYS)
edges = st.sampled_from(["onset", "offset"])
ways = st.sampled_from(["trim", "push"])
numbers = st.integers(0, 60)


def snap(time_us: int) -> Stamp:
    """The nearest frame of a recording of :data:`LAST` frames."""
    frame = min(max(round(time_us / FRAME_US), 0), LAST)
    return Stamp(frame * FRAME_US, "cam", frame)


def gaps(observation: Observation) -> list[tuple[int, int]]:
    """Stretches between two events of the exhaustive track in which nothing is coded."""
    lane = pairwise(observation.timeline.lane(SEAMLESS.id))
    return [(one.until_us, two.onset_us) for one, two in lane if one.until_us < two.onset_us]


class Editor(RuleBasedStateMachine):
    """A coder who edits by hand, in any order, and stops now and then."""

    @initialize()
    def open_a_new_study(self):
        self.folder = Path(tempfile.mkdtemp())
        self.study = StudyFile.create(self.folder / "study.imh")
        self.study.add(Session(id="visit 1"))
        self.study.add(Coder(id="cara"))
        self.study.add_scheme(SCHEME, "{}")
        self.study.add_observation(BLANK)
        self.open()
        self.code_a_little()

    def code_a_little(self):
        """States without gaps, two bids that are answered, and something beside."""
        by_code = {key.code.id: key for key in KEYS}
        for frame, name in (
            (0, "attuned"),
            (15, "out_of_step"),
            (30, "attuned"),
            (45, "uncodable"),
            (5, "look"),
            (25, "look"),
            (6, "at"),
            (26, "off"),
            (40, "at"),
            (10, "stroke"),
        ):
            self.coding.press(by_code[name], snap(frame * FRAME_US))
        bids = self.coding.observation.timeline.lane("infant_bid")
        answers = list(self.coding.observation.timeline.lane("look"))
        for answer, bid in zip(answers, bids, strict=False):
            self.coding.link(answer.id, bid.id)

    def open(self):
        timeline = BLANK.with_events(self.study.events_of("obs"))
        self.coding = CodingService(timeline, self.study.log_of("obs"))
        self.editing = Editing(self.coding, snap)
        self.covered = set()  # ids of what was taken away to make room: links to it are findings

    def teardown(self):
        if hasattr(self, "study"):
            stood, depth = self.coding.observation, len(self.coding.history)
            for _ in range(depth):
                self.coding.undo()
            assert self.coding.observation == BLANK
            for _ in range(depth):
                self.coding.redo()
            assert self.coding.observation == stood
            self.study.close()
            shutil.rmtree(self.folder)

    def attempt(self, gesture, *, opens_gaps=False) -> Edit | None:
        before = self.coding.observation
        try:
            edit = gesture()
        except Refused:
            assert self.coding.observation is before
            return None
        after = self.coding.observation
        if edit.gesture in {"insert", "copy", "press"}:
            self.covered |= {step.before.id for step in edit.steps if step.after is None}
        assert (after is before) == (not edit)
        if not opens_gaps:
            if edit.gesture != "insert":  # which may lie in a gap and divide it
                assert len(gaps(after)) <= len(gaps(before)), "a gap has opened"
            for gap in gaps(after):
                met = [one for one in gaps(before) if one[0] <= gap[1] and gap[0] <= one[1]]
                assert met, "a gap has opened where there was none"
        return edit

    def chosen(self, number: int) -> str:
        there = self.coding.observation.timeline.in_order()
        return there[number % len(there)].id if there else "nobody"

    @rule(key=keys, frame=frames)
    def press(self, key, frame):
        self.attempt(lambda: self.coding.press(key, snap(frame * FRAME_US)), opens_gaps=True)

    @rule(number=numbers, edge=edges, frame=frames, way=ways)
    def drag_an_edge(self, number, edge, frame, way):
        def drag():
            to_us = frame * FRAME_US
            return self.editing.do(self.editing.edge_moved(self.chosen(number), edge, to_us, way))

        self.attempt(drag)

    @rule(number=numbers, frame=frames, way=ways)
    def drag_a_whole_event(self, number, frame, way):
        def drag():
            return self.editing.do(self.editing.moved(self.chosen(number), frame * FRAME_US, way))

        self.attempt(drag)

    @rule(number=numbers, edge=edges, by=st.sampled_from([-1, 1]), way=ways)
    def nudge(self, number, edge, by, way):
        self.editing.neighbours = way
        event = self.coding.observation.timeline.get(self.chosen(number))
        if event is None or event.is_running:
            return
        at_us = event.onset_us if edge == "onset" else event.until_us
        self.attempt(lambda: self.editing.nudge(event.id, edge, at_us + by * FRAME_US))

    @rule(number=numbers, edge=edges, frame=frames)
    def set_an_edge_here(self, number, edge, frame):
        at = snap(frame * FRAME_US)
        self.attempt(lambda: self.editing.set_edge(self.chosen(number), edge, at))

    @rule(number=numbers, frame=frames)
    def split(self, number, frame):
        self.attempt(lambda: self.editing.split(self.chosen(number), snap(frame * FRAME_US)))

    @rule(some=st.lists(numbers, min_size=1, max_size=3))
    def join(self, some):
        self.attempt(lambda: self.editing.join([self.chosen(number) for number in some]))

    @rule()
    def join_the_bids(self):
        bids = [one.id for one in self.coding.observation.timeline.lane("infant_bid")]
        self.attempt(lambda: self.editing.join(bids[:2]))

    @rule(some=st.lists(numbers, min_size=1, max_size=3), key=keys)
    def recode(self, some, key):
        chosen = [self.chosen(number) for number in some]
        self.attempt(lambda: self.editing.recode(chosen, key.code.id))

    @rule(key=keys, frame=frames, length=st.integers(1, 20))
    def insert(self, key, frame, length):
        onset, offset = snap(frame * FRAME_US), snap((frame + length) * FRAME_US)
        beyond = self.coding.observation.timeline.lane(SEAMLESS.id)
        reach = [(one.onset_us, one.until_us) for one in beyond]
        free = not reach or onset.time_us > reach[-1][1] or offset.time_us < reach[0][0]
        self.attempt(lambda: self.editing.insert(key, onset, offset), opens_gaps=free)

    @rule(some=st.lists(numbers, min_size=1, max_size=3), key=keys)
    def copy(self, some, key):
        chosen = [self.chosen(number) for number in some]
        self.attempt(lambda: self.editing.copy(chosen, key.track.id, key.code.id), opens_gaps=True)

    @rule(one=numbers, other=numbers)
    def link(self, one, other):
        self.attempt(lambda: self.coding.link(self.chosen(one), self.chosen(other)))

    @rule(one=numbers, other=numbers)
    def unlink(self, one, other):
        self.attempt(lambda: self.coding.unlink(self.chosen(one), self.chosen(other)))

    @rule(number=numbers, edge=edges)
    def review(self, number, edge):
        self.attempt(lambda: self.editing.review(self.chosen(number), edge))

    @rule(number=numbers)
    def doubt(self, number):
        self.attempt(lambda: self.editing.flag([self.chosen(number)]))

    @rule()
    def undo(self):
        self.attempt(self.coding.undo, opens_gaps=True)

    @precondition(lambda self: self.coding.history.can_redo)
    @rule()
    def redo(self):
        self.attempt(self.coding.redo, opens_gaps=True)

    @rule()
    def restart(self):
        before, covered = self.coding.observation, self.covered
        self.study.close()
        self.study = StudyFile.open(self.study.path)
        self.open()
        self.covered = covered
        assert self.coding.observation == before

    @invariant()
    def every_track_keeps_its_rule(self):
        if not hasattr(self, "coding"):
            return
        observation = self.coding.observation
        for track in SCHEME.tracks:
            lane = list(observation.timeline.lane(track.id))
            for event in lane:
                assert track.kind == "point" or not event.is_instant, "a state of no length"
                assert track.kind == "state" or not event.is_running
                frame_us = None if event.onset_frame is None else event.onset_frame * FRAME_US
                assert frame_us in (None, event.onset_us), "not where its frame is"
                ends = event.offset_frame
                assert ends is None or ends * FRAME_US == event.offset_us
            if track.exclusive:
                for one, two in pairwise(lane):
                    assert one.until_us <= two.onset_us, "two at once"
                    assert one.onset_us < two.onset_us, "two at one instant"
        ids = {event.id for event in observation.timeline}
        assert len(ids) == len(observation.timeline)
        for event in observation.timeline:
            for link in event.links:
                assert (event.track, link.rule) == ("look", "answers")
                assert link.target in ids | self.covered, "a link leads to nothing"
                target = observation.timeline.get(link.target)
                assert target is None or target.track == "infant_bid"
        assert BLANK.with_events(self.study.events_of("obs")) == observation


TestEditor = Editor.TestCase
TestEditor.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_dragging_is_worked_out_many_times_and_done_once(tmp_path):
    study = StudyFile.open(new_study(tmp_path / "study.imh"))
    coding = coding_in(study)
    editing = Editing(coding, snap)
    attuned, out_of_step = KEYS[0], KEYS[1]
    coding.press(attuned, snap(0))
    coding.press(out_of_step, snap(10 * FRAME_US))
    first = coding.observation.timeline.in_order()[0]
    for frame in (11, 12, 13):
        edit = editing.edge_moved(first.id, "offset", frame * FRAME_US + 99)
    assert len(coding.history) == 2
    editing.do(edit)
    assert len(coding.history) == 3
    assert [one.onset_frame for one in coding.observation.timeline.in_order()] == [0, 13]
    study.close()


def test_an_edit_worked_out_on_what_has_changed_is_refused(tmp_path):
    study = StudyFile.open(new_study(tmp_path / "study.imh"))
    coding = coding_in(study)
    editing = Editing(coding, snap)
    coding.press(KEYS[0], snap(0))
    (event,) = coding.observation.timeline
    edit = editing.moved(event.id, 5 * FRAME_US)
    coding.comment(event.id, "meanwhile")
    with pytest.raises(Refused):
        editing.do(edit)
    study.close()
