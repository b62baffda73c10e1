"""Visits: noted with one key on a second clock, saved at once, and counted without scores."""

from datetime import UTC, datetime, timedelta

import pytest

from coded_sessions import number
from imhcode.analysis.coded_lane import lanes_of
from imhcode.analysis.coded_session import CodedSession
from imhcode.domain.event import Event
from imhcode.domain.study import Session
from imhcode.schemes.document import load_scheme
from imhcode.schemes.shipped import find_scheme
from imhcode.services.across_visits import across
from imhcode.services.family import NeedsALabel
from imhcode.services.goals import Goals, NeedsWords, NoSuchStatus, SomethingWasTried, Strategies
from imhcode.services.studies import StudyService
from imhcode.services.visits import (
    HasEntries,
    NoConversation,
    NotInConversation,
    VisitHasNotBegun,
    VisitLog,
    Visits,
    as_observation,
    entries_of,
    visits_of,
)
from imhcode.store.errors import EntryExists, NoSuchEntry

S = 1_000_000
BEGAN = datetime(2026, 3, 1, 10, tzinfo=UTC)


class Clock:
    """The clock on the wall, moved by hand."""

    def __init__(self):
        self.now = BEGAN

    def __call__(self):
        return self.now

    def goes_on(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def study(tmp_path):
    schemes = [load_scheme(find_scheme(name)) for name in ("strengths_review", "abr")]
    with StudyService.create(tmp_path / "study.imh", schemes) as made:
        made.ensure_session("S1", "D")
        yield made


@pytest.fixture
def visits(study, clock):
    return Visits(study.file, "D", "kim", now=clock)


def log_of(study, visit, clock):
    return VisitLog(study.file, visit, study.scheme("strengths_review"), "kim", now=clock)


@pytest.fixture
def log(study, visits, clock):
    return log_of(study, visits.begin(visits.add("3", "2026-03-01").id), clock)


def test_a_note_has_the_visits_time_and_what_was_on_the_screen_and_is_saved_at_once(
    study, log, clock
):
    clock.goes_on(12.345678)
    noted = log.note(
        "parent_says", session_id="S1", media_us=480_000, recording_id="cam", frame=12,
        moment_id="m1",
    )  # fmt: skip
    assert (noted.at_us, noted.media_us, noted.frame, noted.moment_id) == (
        12_345_678, 480_000, 12, "m1",
    )  # fmt: skip
    assert entries_of(study.file, log.visit.id) == (noted,)
    clock.goes_on(2)
    assert log.end(noted.id).until_us == 14_345_678
    log.write(noted.id, " She is so proud! ")
    log.say_stance(noted.id, "noticed_child")
    (kept,) = entries_of(study.file, log.visit.id)
    assert (kept.words, kept.stance) == ("She is so proud!", "noticed_child")


def test_the_clock_goes_on_while_the_program_is_closed(study, visits, log, clock):
    clock.goes_on(600)
    again = log_of(study, Visits(study.file, "D", "kim", now=clock).begin(log.visit.id), clock)
    assert again.clock_us == 600 * S
    clock.now = BEGAN - timedelta(seconds=5)  # somebody has set the clock back
    assert again.clock_us == 0


def test_every_note_can_be_taken_back_and_a_visit_with_notes_cannot(study, visits, log):
    log.note("affirm")
    log.note("asked")
    with pytest.raises(HasEntries):
        visits.undo()
    again = log_of(study, log.visit, Clock())
    again.undo()
    assert [one.code for one in again.values] == ["affirm"]
    again.undo()
    visits.undo()
    assert visits.values[0].began_utc == ""
    visits.undo()
    assert visits_of(study.file, "D") == ()


def test_what_cannot_be_noted_is_refused(study, visits, log, clock):
    with pytest.raises(NotInConversation, match="parent_says"):
        log.note("score")
    noted = log.note("parent_says")
    with pytest.raises(NotInConversation, match="wonders"):
        log.say_stance(noted.id, "good")
    with pytest.raises(NoConversation):
        VisitLog(study.file, log.visit, study.scheme("abr"), "kim", now=clock)
    with pytest.raises(VisitHasNotBegun):
        log_of(study, visits.add("4"), clock)
    with pytest.raises(EntryExists):
        visits.add("4")
    with pytest.raises(NeedsALabel):
        visits.add(" ")


def test_a_visit_counts_in_the_measures_that_a_scheme_declares_of_it(study, log, clock):
    for code in ("parent_says", "affirm", "parent_says", "clip_shown"):
        clock.goes_on(10)
        noted = log.note(code)
        if code == "parent_says":
            log.say_stance(noted.id, "childs_view")
            log.write(noted.id, "oh")
    observation = as_observation(study.file, log.visit, log.scheme)
    session = CodedSession(log.scheme, log.scheme.document, lanes_of(observation), (0, 60 * S))
    found = {
        name: number(session, name).value
        for name in ("clips_shown", "parent_share", "childs_view_count")
    }
    assert found["clips_shown"] == 1
    assert found["childs_view_count"] == 2
    assert found["parent_share"] == pytest.approx(2 / 3)


def test_a_dyad_over_time_has_its_moments_words_goals_and_what_was_tried(study, visits, clock):
    study.file.change(Session(id="S1", dyad_id="D", date="2026-02-01"))
    study.file.add(Session(id="S0", dyad_id="D", date="2026-01-01"))
    goals, strategies = Goals(study.file, "D", "kim"), Strategies(study.file, "D", "kim")
    sleep = goals.add("sleep well", "2026-01-05")
    song = strategies.tried(sleep.id, "a song", session_id="S1", on="2026-02-01")
    strategies.say_how_it_went(song.id, "she listened")
    coding = study.coding("S1", "kim", scheme=study.scheme("strengths_review"))
    for place, (code, status) in enumerate(
        (("connection", "shown"), ("connection", "candidate"), ("repair", "shown"))
    ):
        said = (("status", (status,)), ("theme", (sleep.id,)))
        event = Event(
            id=f"m{place}", track="moment", code=code, onset_us=place, offset_us=place + 9,
            modifiers=said,
        )  # fmt: skip
        coding.add([event])
    second = visits.begin(visits.add("2", "2026-03-01").id)
    visits.add("1", "2026-02-01")
    log = log_of(study, second, clock)
    first_words = log.note("parent_says")
    log.write(first_words.id, "He waits for me")
    log.note("affirm")
    found = across(study, "D")
    assert [one.session.id for one in found.sessions] == ["S0", "S1"]
    assert found.sessions[1].by_kind == {"connection": 2, "repair": 1}
    assert found.sessions[1].by_status == {"shown": 2, "candidate": 1}
    assert found.sessions[1].by_goal == {sleep.id: 3}
    assert [one.visit.label for one in found.visits] == ["1", "2"]
    assert found.visits[1].by_code == {"parent_says": 1, "affirm": 1}
    assert [one.words for one in found.visits[1].words] == ["He waits for me"]
    assert [one.text for one in found.goals] == ["sleep well"]
    assert [(one.text, one.how_it_went) for one in found.strategies] == [("a song", "she listened")]


def test_goals_have_words_and_one_of_three_states_and_stay_once_something_was_tried(study):
    goals, strategies = Goals(study.file, "D", "kim"), Strategies(study.file, "D", "kim")
    with pytest.raises(NeedsWords):
        goals.add(" ")
    sleep = goals.add("sleep well")
    with pytest.raises(NoSuchStatus, match="open, resting, reached"):
        goals.set_status(sleep.id, "failed")
    with pytest.raises(NoSuchEntry):
        strategies.tried("nothing", "a song")
    with pytest.raises(NoSuchEntry):
        strategies.tried(sleep.id, "a song", session_id="S9")
    strategies.tried(sleep.id, "a song")
    with pytest.raises(SomethingWasTried):
        goals.undo()
