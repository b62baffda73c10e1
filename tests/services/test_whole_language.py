"""Everything a scheme can say, coded on a real file in any order, undone and opened again."""

import shutil
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from answering_scheme import ANSWERING
from imhcode.domain.episode import Episode
from imhcode.domain.errors import Refused
from imhcode.domain.event import Stamp
from imhcode.domain.keys import ALL_TRACKS, keys_of
from imhcode.domain.links import fault_of, too_many
from imhcode.domain.observation import Observation
from imhcode.domain.rating_rules import rating_of
from imhcode.domain.setting import Setting
from imhcode.domain.study import Coder, Recording, Session
from imhcode.domain.walks import walking
from imhcode.services.checking import check
from imhcode.services.coding import CodingService, ObservationIsClosed
from imhcode.services.episodes import EpisodeService
from imhcode.services.studies import StudyService
from imhcode.services.submitting import NotThatStep, give_back, lock, submit
from imhcode.store.study_file import StudyFile
from whole_scheme import WHOLE, S

KEYS = keys_of(WHOLE, ALL_TRACKS)
BLANK = Observation(id="obs", session_id="visit 1", coder_id="cara", scheme=WHOLE)
SETTING = Setting(
    episodes=(
        Episode(id="e1", session_id="visit 1", kind="play", onset_us=0, offset_us=9 * S),
        Episode(id="e2", session_id="visit 1", kind="reunion", onset_us=9 * S),
    ),
    age_months=3,
)


def new_study(path: Path) -> StudyFile:
    study = StudyFile.create(path)
    study.add(Session(id="visit 1"))
    study.add(Coder(id="cara"))
    study.add_scheme(WHOLE, "{}")
    study.add_observation(BLANK)
    return study


def observation_in(study: StudyFile) -> Observation:
    return BLANK.with_events(study.events_of("obs")).with_ratings(study.ratings_of("obs"))


def coding_in(study: StudyFile) -> CodingService:
    return CodingService(observation_in(study), study.log_of("obs"), setting=SETTING)


def at(half_s: int) -> Stamp:
    return Stamp(half_s * S // 2, "cam", max(half_s, 0))


half_seconds = st.integers(-2, 40)
numbers = st.integers(0, 60)


class Coder_(RuleBasedStateMachine):  # noqa: N801  (Coder is taken)
    """A coder who does anything in any order, and a second memory of what should have happened."""

    @initialize()
    def open_a_new_study(self):
        self.folder = Path(tempfile.mkdtemp())
        self.study = new_study(self.folder / "study.imh")
        self.coding = coding_in(self.study)
        self.past, self.future = [], []

    def teardown(self):
        if hasattr(self, "study"):
            stood, depth = self.coding.observation, len(self.past)
            while self.past:
                self.undo()
            assert self.coding.observation == BLANK
            for _ in range(depth):
                self.redo()
            assert self.coding.observation == stood
            self.memory_file_and_log_say_the_same()
            self.study.close()
            shutil.rmtree(self.folder)

    def attempt(self, gesture):
        before = self.coding.observation
        try:
            edit = gesture()
        except Refused:
            assert self.coding.observation is before
            return None
        if not edit:
            assert self.coding.observation is before
            return None
        self.past.append(before)
        self.future.clear()
        return edit

    def chosen(self, number, track=""):
        there = self.coding.observation.timeline.in_order()
        there = [one for one in there if track in ("", one.track)]
        return there[number % len(there)].id if there else "nobody"

    @rule(
        key=st.sampled_from(sorted(KEYS)),
        half_s=half_seconds,
        instance=st.sampled_from(["", "", "mother", "father"]),
        held=st.none() | st.integers(0, 6),
    )
    def press(self, key, half_s, instance, held):
        before = self.coding.observation.timeline.lane("state")
        edit = self.attempt(lambda: self.coding.press(KEYS[key], at(half_s), "states", instance))
        if edit and held is not None and edit.main:
            self.attempt(lambda: self.coding.release(edit.main.id, at(half_s + held)))
        after = self.coding.observation.timeline.lane("state")
        for n in range(-4, 50):
            here = {one.instance for one in before.covering(n * S // 2)}
            assert here <= {one.instance for one in after.covering(n * S // 2)}

    @rule(number=numbers, other=numbers)
    def link(self, number, other):
        ids = self.chosen(number, "response"), self.chosen(other, "bid")
        edit = self.attempt(lambda: self.coding.link(*ids))
        if edit:
            source = self.coding.observation.timeline.get(ids[0])
            faults = [fault_of(self.coding.observation, source, one, 3) for one in source.links]
            assert faults == [None]

    @rule(number=numbers)
    def unlink(self, number):
        self.attempt(lambda: self.coding.unlink(self.chosen(number, "response")))

    @rule(number=numbers, key=st.sampled_from("jknt"), half_s=half_seconds)
    def answer(self, number, key, half_s):
        bid = self.chosen(number, "bid")
        before = walking(self.coding.observation, WHOLE.pass_("responses"))
        edit = self.attempt(lambda: self.coding.answer("responses", bid, KEYS[key], at(half_s)))
        after = walking(self.coding.observation, WHOLE.pass_("responses"))
        if edit:
            assert after.is_answered(bid)
            assert {one.id for one in after.left} == {one.id for one in before.left} - {bid}

    @rule(
        scale=st.sampled_from(["warmth", "warmth_seven", "strain"]),
        episode=st.sampled_from(["", "e1", "e2", "e9"]),
        value=st.none() | st.sampled_from([-2, 0, 1, 3.5, 5, 7]),
        reason=st.sampled_from(["", "", "not seen"]),
        confidence=st.sampled_from(["", "low", "sure"]),
        number=st.none() | numbers,
    )
    def rate(self, scale, episode, value, reason, confidence, number):
        evidence = () if number is None else (self.chosen(number, "bid"),)
        self.attempt(
            lambda: self.coding.rate(
                scale,
                episode,
                value=value,
                na_reason=reason,
                confidence=confidence,
                evidence=evidence,
            )
        )

    @rule(scale=st.sampled_from(["warmth", "strain"]), episode=st.sampled_from(["", "e1", "e2"]))
    def clear_rating(self, scale, episode):
        self.attempt(lambda: self.coding.clear_rating(scale, episode))
        assert rating_of(self.coding.observation, scale, episode) is None

    @rule(number=numbers)
    def delete(self, number):
        self.attempt(lambda: self.coding.delete([self.chosen(number)]))

    @rule(number=numbers, half_s=half_seconds)
    def set_onset(self, number, half_s):
        self.attempt(lambda: self.coding.set_onset(self.chosen(number), at(half_s)))

    @rule(number=numbers, half_s=half_seconds)
    def set_offset(self, number, half_s):
        self.attempt(lambda: self.coding.set_offset(self.chosen(number), at(half_s)))

    @rule()
    def undo(self):
        if self.past:
            now = self.coding.observation
            self.coding.undo()
            assert self.coding.observation == self.past.pop()
            self.future.append(now)

    @rule()
    def redo(self):
        if self.future:
            now = self.coding.observation
            self.coding.redo()
            assert self.coding.observation == self.future.pop()
            self.past.append(now)

    @rule()
    @precondition(lambda self: hasattr(self, "study"))
    def reopen(self):
        old = self.coding
        self.study.close()
        self.study = StudyFile.open(self.study.path)
        self.coding = coding_in(self.study)
        assert self.coding.observation == old.observation
        assert self.coding.history == old.history

    @invariant()
    def memory_file_and_log_say_the_same(self):
        if not hasattr(self, "coding"):
            return
        observation = self.coding.observation
        assert observation_in(self.study) == observation
        replayed = BLANK
        for entry in self.study.log_of("obs").entries():
            replayed = replayed.after(entry.edit)
        assert replayed == observation

    @invariant()
    def the_scheme_holds(self):
        if not hasattr(self, "coding"):
            return
        observation = self.coding.observation
        timeline = observation.timeline
        for name in ("state", "gaze", "affect"):
            for instance in ("", "mother", "father"):
                lane = [one for one in timeline.lane(name) if one.instance == instance]
                assert all(one.until_us <= two.onset_us for one, two in pairwise(lane))
        for name in ("state", "touch", "gaze", "affect", "moment"):
            assert not any(event.is_instant for event in timeline.lane(name))
        assert all(event.duration_us <= S for event in timeline.lane("affect"))
        assert all(event.is_instant for event in timeline.lane("response"))
        for event in timeline.lane("response"):
            assert not too_many(observation, event, WHOLE.link("answers"))
        about = [(one.scale, one.episode) for one in observation.ratings.values()]
        assert len(set(about)) == len(about)


TestAnyCoder = Coder_.TestCase
TestAnyCoder.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def study(tmp_path):
    file = new_study(tmp_path / "study.imh")
    yield file
    file.close()


def test_a_walk_is_taken_up_again_where_it_was_left(study):
    coding = coding_in(study)
    for half_s in (10, 20, 30):
        coding.press(KEYS["q"], at(half_s), "bids")
    walk = walking(coding.observation, WHOLE.pass_("responses"))
    coding.answer("responses", walk.first_left().id, KEYS["j"], at(11))
    again = walking(coding_in(study).observation, WHOLE.pass_("responses"))
    assert again.first_left() == walk.targets[1]
    assert len(again.left) == 2


def test_an_answer_and_its_link_are_one_undo(study):
    coding = coding_in(study)
    (bid,) = (coding.press(KEYS["q"], at(10)).main,)
    before = coding.observation
    coding.answer("responses", bid.id, KEYS["n"], at(10))
    coding.undo()
    assert coding.observation == before == observation_in(study)


def test_what_was_handed_in_is_not_changed_any_more(study):
    coding = coding_in(study)
    coding.press(KEYS["q"], at(10))
    submit(study, coding, "cara")
    assert [one.status for one in study.observations()] == ["submitted"]
    for attempt in (
        lambda: coding.press(KEYS["q"], at(20)),
        coding.undo,
        lambda: coding.rate("warmth", value=3),
    ):
        with pytest.raises(ObservationIsClosed, match="cara has been submitted"):
            attempt()
    lock(study, coding, "eva")
    with pytest.raises(NotThatStep, match="locked; it cannot become locked"):
        lock(study, coding, "eva")
    give_back(study, coding, "eva")
    give_back(study, coding, "eva")
    assert [one.status for one in study.observations()] == ["draft"]
    coding.undo()
    assert observation_in(study) == coding.observation == BLANK
    assert [entry.coder_id for entry in study.log_of_study().entries()] == ["cara", *["eva"] * 3]


def test_a_study_tells_its_coding_what_it_knows_of_the_session(tmp_path):
    with StudyService.create(tmp_path / "study.imh", [ANSWERING]) as study:
        session = study.ensure_session("S01")
        study.file.change(replace(session, child_age_months=6.0, child_age_corrected_months=4.5))
        for name, offset_us in (("a", 2 * S), ("b", S)):
            study.file.add(
                Recording(id=name, session_id="S01", path=name, offset_us=offset_us, end_us=9 * S)
            )
        marked = EpisodeService(study.file, "S01", "cara", WHOLE.episodes).start("play", S)
        setting = study.coding("S01", "cara").setting
        assert setting == Setting(
            age_months=4.5,
            episodes=marked.after,
            coded_from_us=S,
            coded_until_us=11 * S,
        )


def test_a_check_replays_ratings_and_finds_one_that_was_changed(tmp_path):
    scheme = replace(ANSWERING, ratings=WHOLE.ratings)
    with StudyService.create(tmp_path / "study.imh", [ANSWERING]) as study:
        study.ensure_session("S01")
        plain = study.coding("S01", "cara")
        coding = CodingService(
            replace(plain.observation, scheme=scheme), study.file.log_of(plain.observation.id)
        )
        coding.rate("warmth_seven", value=3.5)
        coding.rate("warmth_seven", value=4)
        assert not [one for one in check(study) if one.rule.startswith("log")]
        study.file._connection.exec_driver_sql("UPDATE ratings SET value = 5")
        study.file._connection.commit()
        assert [one.rule for one in check(study) if one.rule.startswith("log")] == ["log-replay"]
