"""Laws of time and pixels: there and back, zooming about a point, never past the ends."""

import itertools

from hypothesis import assume, given
from hypothesis import strategies as st

from imhcode.domain.timecode import US_PER_S
from imhcode.ui.coding.timeline_ruler import STEPS, ticks_for
from imhcode.ui.coding.timeline_scale import MARGIN_PX, MIN_US_PER_PX, Extent, TimeScale

HOUR = 3600 * US_PER_S
starts = st.integers(-HOUR, HOUR)
lengths = st.integers(1, 10 * HOUR)
widths = st.integers(100, 4000)


@st.composite
def views(draw):
    """An extent and some scale within it."""
    start, length, width = draw(starts), draw(lengths), draw(widths)
    extent = Extent(start, start + length)
    scale = TimeScale.fitting(extent, width)
    scale = scale.zoomed(draw(st.floats(0.5, 5000)), draw(st.floats(0, width)), extent)
    return extent, scale.panned(draw(st.floats(-5000, 5000)), extent)


@given(view=views(), share=st.floats(0, 1))
def test_a_time_keeps_its_place_there_and_back(view, share):
    _, scale = view
    time_us = scale.from_us + round(share * (scale.until_us - scale.from_us))
    assert abs(scale.us_at(scale.x_of(time_us)) - time_us) <= 1


@given(view=views(), x=st.floats(0, 1))
def test_a_place_keeps_its_time_there_and_back(view, x):
    _, scale = view
    x *= scale.width_px
    assert abs(scale.x_of(scale.us_at(x)) - x) * scale.us_per_px <= 1


@given(view=views(), x=st.floats(0, 1), factor=st.floats(0.2, 5))
def test_zooming_keeps_the_time_under_the_pointer(view, x, factor):
    extent, scale = view
    x *= scale.width_px
    zoomed = scale.zoomed(factor, x, extent)
    end_us = extent.until_us + round(MARGIN_PX * zoomed.us_per_px)
    assume(extent.from_us < zoomed.from_us and zoomed.until_us < end_us - 2)  # no end is in the way
    assert abs(zoomed.us_at(x) - scale.us_at(x)) <= 2


@given(view=views())
def test_nothing_but_the_extent_and_its_margin_is_shown(view):
    extent, scale = view
    assert scale.from_us >= extent.from_us
    assert scale.us_per_px >= MIN_US_PER_PX or scale == TimeScale.fitting(extent, scale.width_px)
    end_us = extent.until_us + (MARGIN_PX + 1) * scale.us_per_px
    whole = scale.from_us == extent.from_us
    assert whole or scale.until_us <= end_us


@given(view=views(), width=widths)
def test_what_shows_everything_still_does_in_another_width(view, width):
    extent, scale = view
    fitted = TimeScale.fitting(extent, scale.width_px)
    assert fitted.resized(width, extent) == TimeScale.fitting(extent, width)


@given(view=views(), room=st.floats(30, 200))
def test_labelled_ticks_have_room_and_stand_on_round_times(view, room):
    _, scale = view
    labelled = [tick.time_us for tick in ticks_for(scale, room) if tick.words]
    for one, other in itertools.pairwise(labelled):
        step = other - one
        assert step in {step for step, _ in STEPS}
        assert step / scale.us_per_px >= room or step == STEPS[-1][0]
        assert one % step == 0


def test_ticks_tell_what_the_zoom_needs():
    minute = TimeScale(0, 60 * US_PER_S / 1200, 1200)
    assert [tick.words for tick in ticks_for(minute, 80) if tick.words][:3] == [
        "00:00",
        "00:05",
        "00:10",
    ]
    frames = TimeScale(25 * US_PER_S, 250, 1200)
    assert [tick.words for tick in ticks_for(frames, 80) if tick.words][:2] == [
        "00:25.000",
        "00:25.020",
    ]
    hours = TimeScale(0, 3 * HOUR / 1200, 1200)
    assert [tick.words for tick in ticks_for(hours, 80) if tick.words][:2] == ["0:00:00", "0:15:00"]
