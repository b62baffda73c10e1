"""What the key of a code does to its lane, case by case.

Lanes are written as people would: ``a 0-4, d 4-`` is *attuned* during frames 0 to 4 and *out of
step* running from frame 4; ``q 3`` is an instant.
"""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imhcode.domain.errors import Refused
from imhcode.domain.event import Event, Link, Stamp
from imhcode.domain.keys import ALL_TRACKS, keys_of, press, tracks_of
from imhcode.domain.observation import Observation
from small_scheme import SMALL

FRAME_US = 40_000
KEYS = keys_of(SMALL, ALL_TRACKS)

#: The exclusive track of the small scheme, if it could also hold nothing.
WITH_GAPS = replace(
    SMALL,
    tracks=tuple(
        replace(track, exhaustive=False) if track.id == "dyad_state" else track
        for track in SMALL.tracks
    ),
)


def lane_of(text: str) -> list[Event]:
    events = []
    for number, part in enumerate(filter(None, text.split(", "))):
        key, span = part.split(" ")
        onset, dash, offset = span.partition("-")
        off = onset if not dash else offset
        events.append(
            Event(
                id=f"old{number}",
                track=KEYS[key].track.id,
                code=KEYS[key].code.id,
                onset_us=int(onset) * FRAME_US,
                offset_us=int(off) * FRAME_US if off else None,
                onset_frame=int(onset),
                offset_frame=int(off) if off and dash else None,
                recording="cam",
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
        onset = f"{event.onset_us / FRAME_US:g}"
        if event.is_instant:
            parts.append(f"{key} {onset}")
        else:
            parts.append(
                f"{key} {onset}-" + ("" if event.is_running else f"{event.offset_us / FRAME_US:g}")
            )
    return ", ".join(parts)


def pressed(before: str, key: str, frame: int, scheme=SMALL) -> Observation:
    observation = Observation(id="o", session_id="s", coder_id="c", scheme=scheme).with_events(
        lane_of(before)
    )
    at = Stamp(frame * FRAME_US, "cam", frame)
    return observation.after(press(observation, keys_of(scheme, ALL_TRACKS)[key], at, new_id="new"))


EXHAUSTIVE = [
    ("the first press runs on", "", "a", 5, "a 5-"),
    ("another code closes what runs and opens itself", "a 0-", "d", 5, "a 0-5, d 5-"),
    ("the code that runs already is a slip", "a 0-", "a", 5, "a 0-"),
    ("the same frame twice with the same code is a slip", "a 0-5, d 5-", "d", 5, "a 0-5, d 5-"),
    (
        "the same frame twice with another code corrects the first",
        "a 0-5, d 5-",
        "u",
        5,
        "a 0-5, u 5-",
    ),
    ("on the onset of the only state it changes the code", "a 0-", "d", 0, "d 0-"),
    (
        "inside a closed state it splits it up to where it ended",
        "a 0-10, d 10-",
        "u",
        4,
        "a 0-4, u 4-10, d 10-",
    ),
    ("the same code inside a closed state is a slip", "a 0-10, d 10-", "a", 4, "a 0-10, d 10-"),
    (
        "on the onset of a closed state it recodes the whole",
        "a 0-10, d 10-20, a 20-",
        "u",
        10,
        "a 0-10, u 10-20, a 20-",
    ),
    ("on the offset of the last closed state a new one runs", "a 0-10", "d", 10, "a 0-10, d 10-"),
    ("after the last closed state a new one runs", "a 0-10", "d", 12, "a 0-10, d 12-"),
    ("in a gap it holds until the next onset", "a 0-4, d 10-", "u", 6, "a 0-4, u 6-10, d 10-"),
    ("on the edge of a gap it fills it", "a 0-4, d 10-", "u", 4, "a 0-4, u 4-10, d 10-"),
    ("the same code in a gap is a new state", "a 0-4, a 10-", "a", 6, "a 0-4, a 6-10, a 10-"),
    ("before the first it holds until the first", "a 10-", "d", 4, "d 4-10, a 10-"),
    ("before the first with its own code too", "a 10-", "a", 4, "a 4-10, a 10-"),
    ("at a negative time, before the recording's zero", "a 0-", "d", -3, "d -3-0, a 0-"),
    (
        "a running state is split where the coder goes back to",
        "a 0-5, d 5-",
        "a",
        8,
        "a 0-5, d 5-8, a 8-",
    ),
]

WITH_GAPS_ALLOWED = [
    ("the first press runs on", "", "a", 5, "a 5-"),
    ("another code switches", "a 0-", "d", 5, "a 0-5, d 5-"),
    ("the running code's own key ends it", "a 0-", "a", 5, "a 0-5"),
    ("the same frame twice takes it back", "a 5-", "a", 5, ""),
    ("a closed state's own key ends it earlier", "a 0-10", "a", 4, "a 0-4"),
    ("inside a closed state another code has the rest", "a 0-10", "d", 4, "a 0-4, d 4-10"),
    ("in a gap it holds until the next onset", "a 0-4, d 10-", "u", 6, "a 0-4, u 6-10, d 10-"),
]

SIDE_BY_SIDE = [
    ("the first press runs on", "", "x", 5, "x 5-"),
    ("its own key ends it", "x 0-", "x", 5, "x 0-5"),
    ("another code runs beside it", "x 0-", "c", 5, "x 0-, c 5-"),
    ("two that run are ended one by one", "x 0-, c 2-", "c", 6, "x 0-, c 2-6"),
    ("the same frame twice takes it back", "x 5-", "x", 5, ""),
    ("inside a closed state its own key ends it earlier", "x 0-10", "x", 4, "x 0-4"),
    ("on the onset of a closed state its own key takes it away", "x 4-10", "x", 4, ""),
    ("in a gap it holds until its own next onset", "x 0-4, x 10-", "x", 6, "x 0-4, x 6-10, x 10-"),
    ("before the first of its own it ends there", "x 10-", "x", 4, "x 4-10, x 10-"),
    ("the other code's onset is no end", "x 0-4, c 8-", "x", 6, "x 0-4, x 6-, c 8-"),
    ("on its own offset it runs anew", "x 0-4", "x", 4, "x 0-4, x 4-"),
]

INSTANTS = [
    ("a press is an instant", "", "q", 5, "q 5"),
    ("the same code on the same frame is a slip", "q 5", "q", 5, "q 5"),
    ("another code on the same frame counts", "q 5", "e", 5, "q 5, e 5"),
    ("the next frame counts", "q 5", "q", 6, "q 5, q 6"),
    ("going back in time counts", "q 5", "q", 2, "q 2, q 5"),
    ("inside one that was given a length it counts", "q 5-9", "q", 7, "q 5-9, q 7"),
    ("on the onset of one that was given a length it is a slip", "q 5-9", "q", 5, "q 5-9"),
]


def cases(*tables):
    return [
        pytest.param(scheme, *case[1:], id=f"{name}: {case[0]}")
        for name, scheme, table in tables
        for case in table
    ]


@pytest.mark.parametrize(
    ("scheme", "before", "key", "frame", "after"),
    cases(
        ("exhaustive", SMALL, EXHAUSTIVE),
        ("exclusive with gaps", WITH_GAPS, WITH_GAPS_ALLOWED),
        ("side by side", SMALL, SIDE_BY_SIDE),
        ("instants", SMALL, INSTANTS),
    ),
)
def test_a_key_means(scheme, before, key, frame, after):
    outcome = text_of(pressed(before, key, frame, scheme))
    assert sorted(outcome.split(", ")) == sorted(after.split(", "))


def test_a_new_event_bears_the_frame_on_screen_and_the_defaults_of_its_modifiers():
    (bid,) = pressed("", "q", 7).timeline
    assert (bid.id, bid.onset_us, bid.onset_frame, bid.recording) == ("new", 280_000, 7, "cam")
    assert bid.modifiers == (("clarity", ("clear",)),)


def test_a_split_leaves_both_halves_the_frames_of_their_edges():
    first, second, _ = pressed("a 0-10, d 10-", "u", 4).timeline
    assert (first.onset_frame, first.offset_frame) == (0, 4)
    assert (second.onset_frame, second.offset_frame) == (4, 10)


def test_a_frame_number_never_moves_to_an_event_of_another_recording():
    observation = Observation(id="o", session_id="s", coder_id="c", scheme=SMALL).with_events(
        lane_of("a 0-10, d 10-")
    )
    edit = press(observation, KEYS["u"], Stamp(4 * FRAME_US, "side camera", 104), new_id="new")
    first, second, _ = observation.after(edit).timeline
    assert (first.recording, first.offset_us, first.offset_frame) == ("cam", 4 * FRAME_US, None)
    assert (second.recording, second.onset_frame, second.offset_frame) == ("side camera", 104, None)


def test_a_corrected_code_loses_the_links_of_the_code_it_was():
    linked = replace(lane_of("a 0-")[0], links=(Link("answers", "other"),), comment="kept")
    observation = Observation(id="o", session_id="s", coder_id="c", scheme=SMALL).with_events(
        [linked]
    )
    corrected = observation.after(press(observation, KEYS["d"], Stamp(0, "cam", 0), new_id="new"))
    assert list(corrected.timeline) == [replace(linked, code="out_of_step", links=())]


def test_keys_belong_to_the_tracks_of_the_pass():
    assert set(keys_of(SMALL, "states")) == set("aduxc")
    assert set(keys_of(SMALL, "bids")) == set("qe")
    assert set(keys_of(SMALL, ALL_TRACKS)) == set("aduxcqe")
    assert [track.id for track in tracks_of(SMALL, "bids")] == ["infant_bid"]


presses = st.lists(st.tuples(st.sampled_from("aduxcqe"), st.integers(0, 25)), max_size=40)


@settings(deadline=None)
@given(some=presses, scheme=st.sampled_from([SMALL, WITH_GAPS]))
def test_no_run_of_presses_is_ever_refused_or_overlaps(some, scheme):
    observation = Observation(id="o", session_id="s", coder_id="c", scheme=scheme)
    keys = keys_of(scheme, ALL_TRACKS)
    for number, (key, frame) in enumerate(some):
        edit = press(
            observation, keys[key], Stamp(frame * FRAME_US, "cam", frame), new_id=f"e{number}"
        )
        try:
            observation = observation.after(edit)
        except Refused as refusal:
            pytest.fail(f"{key} at {frame} was refused: {refusal}")
        lane = list(observation.timeline.lane("dyad_state"))
        assert all(first.until_us <= second.onset_us for first, second in pairwise(lane))
    for lane in ("touch", "dyad_state"):
        assert not any(event.is_instant for event in observation.timeline.lane(lane))
    assert all(event.is_instant for event in observation.timeline.lane("infant_bid"))


@settings(deadline=None)
@given(some=st.lists(st.tuples(st.sampled_from("adu"), st.integers(0, 25)), max_size=30))
def test_presses_on_an_exhaustive_track_never_uncover_what_was_covered(some):
    observation = Observation(id="o", session_id="s", coder_id="c", scheme=SMALL)
    covered: set[int] = set()
    for number, (key, frame) in enumerate(some):
        edit = press(
            observation, KEYS[key], Stamp(frame * FRAME_US, "cam", frame), new_id=f"e{number}"
        )
        observation = observation.after(edit)
        lane = observation.timeline.lane("dyad_state")
        now = {at for at in range(30) if lane.covering(at * FRAME_US)}
        assert covered <= now
        assert lane.covering(frame * FRAME_US)[0].code == KEYS[key].code.id
        covered = now
