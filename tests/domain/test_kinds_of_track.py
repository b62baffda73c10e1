"""What a key does on each kind of track, case by case; times are seconds.

Lanes are written as in `test_key_presses`: ``x 0-4, c 4-`` ends and runs, ``q 3`` is an instant;
``/mother`` behind it names the instance.
"""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imhcode.domain.episode import Episode
from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Stamp
from imhcode.domain.gestures import adding
from imhcode.domain.keys import ALL_TRACKS, keys_of, press, releasing
from imhcode.domain.lane import Lane
from imhcode.domain.observation import Observation
from imhcode.domain.scheme import Bins, Modifier
from imhcode.domain.setting import Setting
from imhcode.domain.tracks import KINDS, NeedsLength, Overlap
from imhcode.domain.tracks.interval import (
    LongerThanABin,
    NoEpisodeHere,
    bin_at,
    first_empty_bin,
    next_bin,
    previous_bin,
)
from whole_scheme import WHOLE, S

KEYS = keys_of(WHOLE, ALL_TRACKS)
CAM = "cam"


def events_of(text: str) -> list[Event]:
    events = []
    for number, part in enumerate(filter(None, text.split(", "))):
        said, _, instance = part.partition("/")
        key, span = said.split(" ")
        onset, dash, offset = span.partition("-")
        off = onset if not dash else offset
        meant = KEYS[key]
        events.append(
            Event(
                id=f"old{number}",
                track=meant.track.id,
                code=meant.code.id,
                onset_us=round(float(onset) * S),
                offset_us=round(float(off) * S) if off else None,
                recording=CAM,
                instance=instance,
            )
        )
    return events


def text_of(observation: Observation) -> str:
    parts = []
    for event in observation.timeline.in_order():
        key = next(
            name
            for name, meant in KEYS.items()
            if (meant.track.id, meant.code.id) == (event.track, event.code)
        )
        span = f"{event.onset_us / S:g}"
        if not event.is_instant:
            span += "-" + ("" if event.is_running else f"{event.until_us / S:g}")
        parts.append(f"{key} {span}" + (f"/{event.instance}" if event.instance else ""))
    return ", ".join(sorted(parts))


def coded(text: str, scheme=WHOLE) -> Observation:
    return Observation(id="o", session_id="s", coder_id="c", scheme=scheme).with_events(
        events_of(text)
    )


def pressed(before: str, key: str, at_s: float, instance="", scheme=WHOLE, **known) -> Observation:
    observation = coded(before, scheme)
    at = Stamp(round(at_s * S), CAM, round(at_s * 25))
    meant = keys_of(scheme, ALL_TRACKS)[key]
    edit = press(observation, meant, at, new_id="new", instance=instance, setting=Setting(**known))
    return observation.after(edit)


CASES = [
    ("default: what came before the first press", "", "d", 5, "", "a 0-5, d 5-"),
    ("default: its own key holds from the beginning", "", "a", 5, "", "a 0-"),
    ("default: not before the coded range", "", "d", -1, "", "d -1-"),
    ("default: only when the lane is empty", "d 5-9", "s", 12, "", "d 5-9, s 12-"),
    ("gap: the same code too soon goes on", "x 0-4", "x", 4.5, "", "x 0-"),
    ("gap: up to its next onset", "x 0-4, x 9-10", "x", 4.5, "", "x 0-9, x 9-10"),
    ("gap: as long as the track says is a new state", "x 0-4", "x", 5, "", "x 0-4, x 5-"),
    ("gap: another code is a new state", "x 0-4", "c", 4.5, "", "x 0-4, c 4.5-"),
    ("gap: exclusive, nothing between", "g 0-4", "g", 4.5, "", "g 0-"),
    ("gap: exclusive, something between", "g 0-4, h 4-4.5", "g", 4.6, "", "g 0-4, h 4-4.5, g 4.6-"),
    ("gap: a point that comes too soon is stored all the same", "q 4", "q", 4.5, "", "q 4, q 4.5"),
    ("instance: one does not end the other", "g 0-/mother", "h", 5, "father", "g 0-/mother, h 5-/father"),
    ("instance: its own ends", "g 0-/mother, g 0-/father", "h", 5, "father", "g 0-/mother, g 0-5/father, h 5-/father"),
    ("instance: room is up to its own", "g 8-/mother, h 9-/father", "g", 5, "father", "g 8-/mother, g 5-9/father, h 9-/father"),
    ("instance: a slip is its own", "j 5/mother", "j", 5, "father", "j 5/mother, j 5/father"),
    ("instance: the default is each one's", "d 5-/a", "s", 6, "b", "d 5-/a, a 0-6/b, s 6-/b"),
    ("interval: the bin that holds the instant", "", "1", 3.4, "", "1 3-4"),
    ("interval: replaces what it held", "1 3-4, 2 4-5", "2", 3.9, "", "2 3-4, 2 4-5"),
    ("interval: the same again is a slip", "1 3-4", "1", 3.2, "", "1 3-4"),
    ("interval: what straddles is replaced", "1 2.5-3.5", "2", 3.2, "", "2 3-4"),
    ("interval: its offset is the next bin's", "1 3-4", "2", 4, "", "1 3-4, 2 4-5"),
    ("interval: before the coded range", "", "1", -0.5, "", "1 -1-0"),
    ("range: a press begins", "", "y", 3, "", "y 3-"),
    ("range: the second ends", "y 3-", "y", 5, "", "y 3-5"),
    ("range: at once it is taken back", "y 3-", "y", 3, "", ""),
    ("range: another runs beside it", "y 3-", "z", 5, "", "y 3-, z 5-"),
    ("range: inside one of its own", "y 0-9", "y", 5, "", "y 0-9, y 5-"),
    ("range: earlier than the one that runs", "y 5-", "y", 3, "", "y 3-, y 5-"),
    ("range: of two the later ends", "y 3-, y 5-", "y", 8, "", "y 3-, y 5-8"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "key", "at_s", "instance", "after"),
    [pytest.param(*case[1:], id=case[0]) for case in CASES],
)
def test_a_key_means(before, key, at_s, instance, after):
    outcome = text_of(pressed(before, key, at_s, instance))
    assert outcome == ", ".join(sorted(after.split(", ")))


def changed(track_id: str, **how):
    tracks = [replace(one, **how) if one.id == track_id else one for one in WHOLE.tracks]
    return replace(WHOLE, tracks=tuple(tracks))


def test_intervals_that_do_not_exclude_each_other_are_added_and_taken_away():
    side_by_side = changed("affect", exclusive=False)
    assert text_of(pressed("1 3-4", "2", 3.5, scheme=side_by_side)) == "1 3-4, 2 3-4"
    assert text_of(pressed("1 3-4, 2 3-4", "1", 3.5, scheme=side_by_side)) == "2 3-4"


def test_ranges_that_exclude_each_other_are_states():
    exclusive = changed("moment", exclusive=True)
    assert text_of(pressed("y 0-", "z", 5, scheme=exclusive)) == "y 0-5, z 5-"


def episode(name: str, onset_s: float, offset_s: float | None, **more) -> Episode:
    until = None if offset_s is None else round(offset_s * S)
    return Episode(
        id=name, session_id="s", kind=name, onset_us=round(onset_s * S), offset_us=until, **more
    )


IN_EPISODES = changed("affect", bins=Bins(length_us=S, anchor="episode_start"))
EPISODES = (
    episode("play", 0.4, 2.9),
    episode("pause", 2.9, 5, excluded=True),
    episode("reunion", 5.2, None),
)


def seconds(span):
    return None if span is None else tuple(time / S for time in span)


def test_bins_begin_with_the_episode_and_the_last_is_cut_at_its_end():
    track, setting = IN_EPISODES.track("affect"), Setting(episodes=EPISODES)
    assert seconds(bin_at(track, setting, round(0.4 * S))) == (0.4, 1.4)
    assert seconds(bin_at(track, setting, round(1.39 * S))) == (0.4, 1.4)
    assert seconds(bin_at(track, setting, round(2.5 * S))) == (2.4, 2.9)
    assert seconds(bin_at(track, setting, 9 * S)) == (8.2, 9.2)
    assert text_of(pressed("", "1", 2.5, scheme=IN_EPISODES, episodes=EPISODES)) == "1 2.4-2.9"
    for outside_s in (0.3, 5.1):
        with pytest.raises(NoEpisodeHere):
            pressed("", "1", outside_s, scheme=IN_EPISODES, episodes=EPISODES)


def test_bins_are_gone_through_one_after_the_other_past_what_is_left_out():
    track, setting = IN_EPISODES.track("affect"), Setting(episodes=EPISODES)
    walked, at = [], next_bin(track, setting, 0)
    while at is not None and len(walked) < 5:
        walked.append(seconds(at))
        at = next_bin(track, setting, at[0])
    assert walked == [(0.4, 1.4), (1.4, 2.4), (2.4, 2.9), (5.2, 6.2), (6.2, 7.2)]
    back, at = [], previous_bin(track, setting, 7 * S)
    while at is not None:
        back.append(seconds(at))
        at = previous_bin(track, setting, at[0])
    assert back == walked[3::-1]


def test_the_bins_of_a_session_end_with_the_coded_range():
    track = WHOLE.track("affect")
    setting = Setting(coded_from_us=round(0.5 * S), coded_until_us=round(2.2 * S))
    assert seconds(next_bin(track, setting, S)) == (1.5, 2.2)
    assert next_bin(track, setting, 2 * S) is None
    assert previous_bin(track, setting, S) is None
    assert seconds(bin_at(track, setting, 3 * S)) == (2.5, 3.5)


def test_the_first_empty_bin_is_found_for_each_instance():
    track, setting = WHOLE.track("affect"), Setting(coded_until_us=4 * S)
    lane = coded("1 0-1, 2 1-2, 1 3-4, 1 2-3/twin").timeline.lane("affect")
    assert seconds(first_empty_bin(lane, track, setting)) == (2, 3)
    assert seconds(first_empty_bin(lane, track, setting, from_us=3 * S)) is None
    assert seconds(first_empty_bin(lane, track, setting, "twin")) == (0, 1)


@pytest.mark.parametrize(
    ("text", "error"), [("1 3-5", LongerThanABin), ("1 3", NeedsLength), ("1 3-", LongerThanABin)]
)
def test_what_is_no_bin_is_refused(text, error):
    lane = Lane(events_of(text))
    with pytest.raises(error):
        KINDS["interval"].check(lane, WHOLE.track("affect"), list(lane))


def test_two_at_once_are_refused_within_an_instance_only():
    blank = coded("")
    two = blank.after(adding(events_of("g 0-5/mother, h 3-8/father, g 9-10/mother")))
    with pytest.raises(Overlap):
        two.after(adding([replace(events_of("h 4-6/mother")[0], id="x")]))
    with pytest.raises(Overlap):
        two.after(adding([replace(events_of("h 8-9.5/mother")[0], id="x")]))


def released(before: str, event: str, at_s: float, scheme=WHOLE) -> str:
    observation = coded(before, scheme)
    at = Stamp(round(at_s * S), CAM, 7)
    return text_of(observation.after(releasing(observation, event, at, new_id="rest")))


def test_letting_go_ends_what_the_key_began():
    assert released("x 0-", "old0", 3) == "x 0-3"
    assert released("x 0-8, x 8-9", "old0", 3) == "x 0-3, x 8-9"
    assert released("q 2", "old0", 3) == "q 2-3"


def test_letting_go_where_it_began_or_after_it_ended_changes_nothing():
    for before, at_s in (("x 2-", 2), ("x 2-", 1), ("x 0-3", 4), ("j 2", 3), ("1 2-3", 2.5)):
        assert released(before, "old0", at_s) == before
    assert released("x 0-", "nobody", 3) == "x 0-"


def test_letting_go_on_a_seamless_track_goes_back_to_what_it_starts_with():
    assert released("a 0-2, d 2-", "old1", 5) == "a 0-2, a 5-, d 2-5"
    assert released("a 0-", "old0", 5) == "a 0-"
    assert released("d 0-", "old0", 5, changed("state", default_code="")) == "d 0-"


def test_the_code_a_track_starts_with_says_what_its_modifiers_do_by_default():
    mood = Modifier(id="mood", label="Mood", type="text", default="?")
    scheme = replace(changed("state", modifiers=("mood",)), modifiers=(mood,))
    first, second = pressed("", "d", 5, scheme=scheme).timeline
    assert first.modifiers == second.modifiers == (("mood", ("?",)),)
    assert (first.id, first.onset_frame, first.offset_frame) == ("new-0", None, 125)


def test_a_boundary_set_by_a_press_wants_to_be_reviewed_and_an_old_one_stays_so():
    reviewed = [
        replace(event, onset_reviewed=True, offset_reviewed=True)
        for event in events_of("a 0-9, x 0-9, y 0-9")
    ]
    there = coded("").with_events(reviewed)
    at = Stamp(5 * S)
    first, second = there.after(press(there, KEYS["d"], at, new_id="new")).timeline.lane("state")
    assert (first.onset_reviewed, first.offset_reviewed) == (True, False)
    assert (second.onset_reviewed, second.offset_reviewed) == (False, True)
    (touch,) = there.after(press(there, KEYS["x"], at, new_id="new")).timeline.lane("touch")
    assert (touch.onset_reviewed, touch.offset_reviewed) == (True, False)
    (touch,) = there.after(releasing(there, "old1", at, new_id="new")).timeline.lane("touch")
    assert (touch.onset_reviewed, touch.offset_reviewed) == (True, False)


presses = st.lists(
    st.tuples(
        st.sampled_from(sorted(KEYS)),
        st.integers(-4, 60),
        st.sampled_from(["", "mother", "father"]),
    ),
    max_size=50,
)


@settings(deadline=None)
@given(some=presses)
def test_no_run_of_presses_is_ever_refused_and_every_instance_keeps_the_rules(some):
    observation = coded("")
    for number, (key, half_s, instance) in enumerate(some):
        at = Stamp(half_s * S // 2, CAM, 0)
        edit = press(observation, KEYS[key], at, new_id=f"e{number}", instance=instance)
        try:
            observation = observation.after(edit)
        except Refused as refusal:
            pytest.fail(f"{key} at {half_s} was refused: {refusal}")
    for name in ("state", "gaze", "affect"):
        for instance in ("", "mother", "father"):
            lane = [one for one in observation.timeline.lane(name) if one.instance == instance]
            assert all(first.until_us <= second.onset_us for first, second in pairwise(lane))
            if name == "state" and lane:
                assert all(one.until_us == two.onset_us for one, two in pairwise(lane))
    assert not any(one.is_instant for one in observation.timeline.lane("moment"))
    assert all(one.duration_us == S for one in observation.timeline.lane("affect"))


@settings(deadline=None)
@given(
    events=st.lists(
        st.tuples(st.integers(0, 99), st.sampled_from("xc"), st.sampled_from(["", "m", "f"])),
        min_size=1,
        max_size=60,
    ),
    chosen=st.integers(0, 59),
    chunk=st.sampled_from([2, 5, 256]),
)
def test_neighbours_are_those_of_the_same_instance(monkeypatch_module, events, chosen, chunk):
    monkeypatch_module.setattr("imhcode.domain.lane.CHUNK", chunk)
    some = [
        replace(events_of(f"{key} {at}-{at + 1}/{who}")[0], id=f"e{number}")
        for number, (at, key, who) in enumerate(events)
    ]
    lane = Lane(some)
    order = list(lane)
    event = order[chosen % len(order)]
    alike = [one for one in order if one.instance == event.instance]
    at = alike.index(event)
    assert lane.neighbour_before(event) == (alike[at - 1] if at else None)
    assert lane.neighbour_after(event) == (alike[at + 1] if at + 1 < len(alike) else None)
    time_us = event.onset_us
    later = [one for one in alike if one.onset_us > time_us]
    expected = min((one.onset_us for one in later), default=None)
    assert lane.next_onset_us(time_us, instance=event.instance) == expected
    same_code = (one.onset_us for one in later if one.code == event.code)
    assert lane.next_onset_us(time_us, instance=event.instance, code=event.code) == min(
        same_code, default=None
    )
    past = [one for one in order if one.onset_us <= time_us]
    assert list(lane.backwards_from(time_us)) == past[::-1]


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch
