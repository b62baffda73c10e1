"""What the painter knows of a lane stays true through every edit."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from imhcode.domain.edit import Edit, Step
from imhcode.domain.event import Event
from imhcode.domain.lane import Lane
from imhcode.domain.scheme import Code, Track
from imhcode.ui.coding.timeline_lane import LaneTimes

TRACK = Track(
    id="t", label="T", subject="s", kind="state", codes=tuple(Code(id=c, label=c) for c in "abc")
)
times = st.integers(0, 60)


@st.composite
def events(draw, max_size=30):
    drawn = draw(
        st.lists(
            st.tuples(times, st.none() | st.integers(0, 20), st.sampled_from("abcx")),
            max_size=max_size,
        )
    )
    return [
        Event(
            id=f"e{n}",
            track="t",
            code=code,
            onset_us=onset,
            offset_us=None if length is None else onset + length,
        )
        for n, (onset, length, code) in enumerate(drawn)
    ]


def same(one: LaneTimes, other: LaneTimes) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("onsets_us", "ends_us", "codes", "latest_us", "holders")
    )


@settings(deadline=None)
@given(some=events(), data=st.data())
def test_an_edit_leads_to_the_same_arrays_as_reading_anew(some, data):
    gone = (
        data.draw(st.lists(st.sampled_from(some), unique_by=lambda e: e.id, max_size=3))
        if some
        else []
    )
    new = [
        Event(id=f"n{n}", track="t", code=code, onset_us=onset, offset_us=onset + 3)
        for n, (onset, code) in enumerate(
            data.draw(st.lists(st.tuples(times, st.sampled_from("abc")), max_size=3))
        )
    ]
    lane = Lane(some)
    before = LaneTimes.of(lane, TRACK)
    for event in gone:
        lane = lane.removing(event)
    for event in new:
        lane = lane.adding(event)
    edit = Edit("press", tuple(Step(e, None) for e in gone) + tuple(Step(None, e) for e in new))
    assert same(before.after(edit, lane, TRACK), LaneTimes.of(lane, TRACK))


@given(some=events(), from_us=times, length=st.integers(1, 30))
def test_the_visible_slice_holds_everything_that_touches_the_stretch(some, from_us, length):
    lane = Lane(some)
    known = LaneTimes.of(lane, TRACK)
    first, last = known.visible(from_us, from_us + length)
    places = [
        place
        for place in range(len(lane))
        if known.onsets_us[place] < from_us + length and known.ends_us[place] >= from_us
    ]
    assert set(places) <= set(range(first, last))


@given(some=events())
def test_every_event_is_found_at_its_place(some):
    lane = Lane(some)
    known = LaneTimes.of(lane, TRACK)
    assert [known.place_of(event, lane) for event in lane] == list(range(len(lane)))
