"""Laws of lanes and timelines: whatever was added and removed, they answer as a plain list would."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imhcode.domain import lane as lane_module
from imhcode.domain.event import Event
from imhcode.domain.lane import Lane, sort_key

times = st.integers(min_value=-50, max_value=400)


@pytest.fixture(autouse=True, scope="module")
def small_chunks():
    """Chunks of four, so that sixty events cross many borders."""
    before, lane_module.CHUNK = lane_module.CHUNK, 4
    yield
    lane_module.CHUNK = before


@st.composite
def events(draw, max_size=60):
    drawn = draw(st.lists(st.tuples(times, st.none() | st.integers(0, 40)), max_size=max_size))
    return [
        Event(
            id=f"e{n}",
            track="t",
            code="c",
            onset_us=onset,
            offset_us=None if length is None else onset + length,
        )
        for n, (onset, length) in enumerate(drawn)
    ]


def touches(event: Event, from_us: int, to_us: int) -> bool:
    if from_us >= to_us:
        return False
    if event.is_instant:
        return from_us <= event.onset_us < to_us
    return event.onset_us < to_us and event.until_us > from_us


@settings(deadline=None)
@given(some=events(), data=st.data())
def test_between_equals_brute_force(some, data):
    edges = sorted({time for e in some for time in (e.onset_us, e.until_us)} | {0})
    from_us, to_us = (data.draw(times | st.sampled_from(edges)) for _ in range(2))
    expected = sorted((e for e in some if touches(e, from_us, to_us)), key=sort_key)
    assert Lane(some).between(from_us, to_us) == expected


@settings(deadline=None)
@given(some=events(), data=st.data())
def test_any_order_of_adding_and_removing_is_a_sorted_list(some, data):
    order = data.draw(st.permutations(some))
    gone = (
        {e.id for e in data.draw(st.lists(st.sampled_from(order), unique=True))} if order else set()
    )
    grown = Lane()
    for event in order:
        grown = grown.adding(event)
    for event in order:
        if event.id in gone:
            grown = grown.removing(event)
    expected = sorted((e for e in some if e.id not in gone), key=sort_key)
    assert list(grown) == expected
    assert len(grown) == len(expected)
    assert grown == Lane(expected)
    assert [grown.at(n) for n in range(len(grown))] == expected
    assert grown.columns.onsets_us.tolist() == [e.onset_us for e in expected]
    assert grown.running() == [e for e in expected if e.is_running]
    for n, event in enumerate(expected):
        assert grown.get(event.id) == event
        assert event in grown
        assert grown.before(event) == (expected[n - 1] if n else None)
        assert grown.after(event) == (expected[n + 1] if n + 1 < len(expected) else None)


@settings(deadline=None)
@given(some=events(), time_us=times)
def test_next_onset_and_covering_equal_brute_force(some, time_us):
    lane = Lane(some)
    later = [e.onset_us for e in some if e.onset_us > time_us]
    assert lane.next_onset_us(time_us) == min(later, default=None)
    on = [e for e in some if e.onset_us <= time_us < e.until_us]
    assert lane.covering(time_us) == sorted(on, key=sort_key)


def test_an_edit_shares_what_it_does_not_touch():
    lane = Lane(
        Event(id=f"e{n}", track="t", code="c", onset_us=n, offset_us=n) for n in range(5000)
    )
    changed = lane.adding(Event(id="new", track="t", code="c", onset_us=2500, offset_us=2500))
    shared = set(map(id, lane._chunks)) & set(map(id, changed._chunks))
    assert len(shared) >= len(lane._chunks) - 1
    assert max(len(chunk.events) for chunk in changed._chunks) < 2 * lane_module.CHUNK
