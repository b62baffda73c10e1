"""What is seen is what is hit: every painted box leads to its event, at any zoom and resolution."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont

from imhcode.domain.event import Event
from imhcode.domain.lane import Lane
from imhcode.domain.scheme import Code, Track
from imhcode.ui.coding.timeline_art import art_for
from imhcode.ui.coding.timeline_hit import boxes_of, place_at
from imhcode.ui.coding.timeline_lane import LaneTimes
from imhcode.ui.coding.timeline_painting import Columns
from imhcode.ui.coding.timeline_rows import rows_of
from imhcode.ui.coding.timeline_scale import Extent, TimeScale
from imhcode.ui.theme import DARK

pytestmark = pytest.mark.gui  # fonts need an application

CODES = tuple(Code(id=c, label=f"Code {c}", key=c, color="#56B4E9") for c in "abc")
STATES = Track(id="t", label="T", subject="s", kind="state", exclusive=True, codes=CODES)
POINTS = Track(id="t", label="T", subject="s", kind="point", takes_duration=True, codes=CODES)
SECOND = 1_000_000
EXTENT = Extent(0, 100 * SECOND)


@st.composite
def lanes(draw, kind):
    """Events in order, states without overlap."""
    gaps = draw(
        st.lists(
            st.tuples(
                st.integers(0, 4 * SECOND), st.integers(1, 4 * SECOND), st.sampled_from("abc")
            ),
            min_size=1,
            max_size=25,
        )
    )
    now, events = 0, []
    for n, (gap, length, code) in enumerate(gaps):
        now += gap
        end = now + (length if kind == "state" or n % 3 == 0 else 0)
        events.append(Event(id=f"e{n}", track="t", code=code, onset_us=now, offset_us=end))
        now = end + (kind == "point")
    return Lane(events)


@st.composite
def columns(draw):
    scale = TimeScale.fitting(EXTENT, draw(st.integers(200, 1600)))
    scale = scale.zoomed(draw(st.floats(1, 400)), draw(st.floats(0, 200)), EXTENT)
    return Columns.of(scale, draw(st.sampled_from([1.0, 1.25, 2.0])), [])


def seen(box, cols):
    """A place inside the box and the view, in the middle of a device pixel."""
    left, right = max(box.x, 0.0), min(box.x + box.width, len(cols) / cols.unit)
    return (
        None
        if right <= left
        else (left + min(0.5 / cols.unit, (right - left) / 2), box.y + box.height / 2)
    )


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150
)
@given(lane=lanes("state"), cols=columns())
def test_every_state_is_hit_where_it_is_seen(qapp, lane, cols):
    (row,) = rows_of([STATES], QFont())
    times, art = LaneTimes.of(lane, STATES), art_for(row, DARK, QFont(), cols.unit, recedes=False)
    for number in range(len(lane)):
        (box,) = boxes_of(row, times, number, art, cols)
        where = seen(box, cols)
        if where is None:
            continue
        hit = place_at(row, times, art, cols, *where)
        assert hit is not None
        (other,) = boxes_of(row, times, hit, art, cols)
        # where two share a column, the one that lies on top is hit
        assert hit == number or (other.contains(*where) and (box.x < 0 or other.width <= box.width))


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150
)
@given(lane=lanes("point"), cols=columns())
def test_every_letter_of_a_point_is_hit_where_it_is_seen(qapp, lane, cols):
    (row,) = rows_of([POINTS], QFont())
    times, art = LaneTimes.of(lane, POINTS), art_for(row, DARK, QFont(), cols.unit, recedes=False)
    for number in range(len(lane)):
        tick, *rest = boxes_of(row, times, number, art, cols)
        for box in rest[:1]:
            where = seen(box, cols)
            if where is not None and box.height == row.head:
                assert place_at(row, times, art, cols, *where) == number
        where = seen(tick, cols)
        if where is not None:
            assert place_at(row, times, art, cols, *where) is not None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lane=lanes("state"), cols=columns(), x=st.floats(0, 1))
def test_nothing_is_hit_far_from_every_box(qapp, lane, cols, x):
    (row,) = rows_of([STATES], QFont())
    times, art = LaneTimes.of(lane, STATES), art_for(row, DARK, QFont(), cols.unit, recedes=False)
    x *= cols.scale.width_px - 1
    boxes = [boxes_of(row, times, number, art, cols)[0] for number in range(len(lane))]
    far = all(x < box.x - 6 or x > box.x + box.width + 6 for box in boxes)
    if far:
        assert place_at(row, times, art, cols, x, row.height / 2) is None
