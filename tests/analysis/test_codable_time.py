"""What can be scored: not what nobody saw, not a pause of the procedure, not an excluded episode."""

from imhcode.analysis.codable_time import codable_time
from imhcode.analysis.coded_lane import lanes_of
from imhcode.domain.episode import Episode
from imhcode.domain.event import Event
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Code, Scheme, Track

STATES = Track(
    id="state",
    label="State",
    subject="dyad",
    kind="state",
    exclusive=True,
    codes=(Code(id="on", label="On"), Code(id="unseen", label="Unseen", uncodable=True)),
)
PROCEDURE = Track(
    id="procedure",
    label="Procedure",
    subject="dyad",
    kind="point",
    takes_duration=True,
    codes=(
        Code(id="paused", label="Paused", excludes_time=True),
        Code(id="remark", label="Remark"),
        Code(id="cannot_tell", label="Cannot tell", uncodable=True),
    ),
)
SCHEME = Scheme(id="s", version="1.0.0", title="S", tracks=(STATES, PROCEDURE))


def observation(*rows):
    events = [
        Event(id=str(n), track=track, code=code, onset_us=onset, offset_us=offset)
        for n, (track, code, onset, offset) in enumerate(rows)
    ]
    return Observation(id="o", session_id="S", coder_id="c", scheme=SCHEME).with_events(events)


def left(*observations, episodes=()):
    union = codable_time([lanes_of(one) for one in observations], SCHEME, (0, 100), episodes)
    return list(zip(union.onsets.tolist(), union.offsets.tolist(), strict=True))


def test_time_that_either_coder_could_not_see_is_left_out():
    one = observation(("state", "on", 0, 10), ("state", "unseen", 10, 20))
    other = observation(("state", "unseen", 15, 30))
    assert left(one, other) == [(0, 10), (30, 100)]


def test_a_pause_of_the_procedure_is_left_out_and_a_remark_is_not():
    coded = observation(("procedure", "paused", 40, 60), ("procedure", "remark", 70, 80))
    assert left(coded) == [(0, 40), (60, 100)]


def test_an_answer_nobody_could_judge_takes_no_time_out():
    assert left(observation(("procedure", "cannot_tell", 40, 60))) == [(0, 100)]


def test_an_excluded_episode_that_runs_ends_with_the_window():
    aside = Episode(id="e", session_id="S", kind="aside", onset_us=90, excluded=True)
    play = Episode(id="p", session_id="S", kind="play", onset_us=0, offset_us=90)
    assert left(observation(), episodes=(play, aside)) == [(0, 90)]
