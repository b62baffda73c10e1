"""Time and frame, back and forth, to the microsecond."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imhcode.media.errors import FrameOutOfRange, TimeOutOfRange
from imhcode.media.frame_times import FrameTimes, ticks_to_us

TIME_BASES = [
    Fraction(1, 90_000),
    Fraction(1, 30_000),
    Fraction(1001, 30_000),
    Fraction(1, 1000),
    Fraction(1, 12_800),
    Fraction(1, 600),
    Fraction(1, 1_000_000_000),
    Fraction(1, 48_000),
]


def frame_times(*times_us: int, end_us: int) -> FrameTimes:
    return FrameTimes(np.array(times_us, dtype=np.int64), end_us)


@given(ticks=st.integers(0, 2**40), time_base=st.sampled_from(TIME_BASES))
def test_ticks_become_the_nearest_microsecond_halves_upwards(ticks, time_base):
    (us,) = ticks_to_us(np.array([ticks], dtype=np.int64), time_base).tolist()
    exact = ticks * time_base * 1_000_000
    assert us == (exact + Fraction(1, 2)).__floor__()


def test_ten_hours_of_nanoseconds_do_not_overflow():
    ten_hours = np.array([36_000 * 10**9], dtype=np.int64)
    assert ticks_to_us(ten_hours, Fraction(1, 10**9)).tolist() == [36_000 * 10**6]


@given(
    steps=st.lists(st.integers(1, 90_000), max_size=40),
    last=st.integers(1, 90_000),
    where=st.floats(0, 1, exclude_max=True),
)
def test_the_frame_at_a_time_is_the_last_that_has_begun(steps, last, where):
    onsets = [0, *np.cumsum(steps).tolist()]
    times = frame_times(*onsets, end_us=onsets[-1] + last)
    time_us = int(where * times.end_us)
    by_hand = max(n for n, onset in enumerate(onsets) if onset <= time_us)
    assert times.frame_at(time_us) == by_hand
    assert [times.frame_at(times.time_of(n)) for n in range(len(times))] == list(range(len(times)))


def test_times_outside_are_refused_and_the_player_is_given_the_nearest_frame():
    times = frame_times(0, 40_000, end_us=80_000)
    for time_us in (-1, 80_000, 10**15):
        with pytest.raises(TimeOutOfRange, match=r"from 0 to 0\.080000 s"):
            times.frame_at(time_us)
    assert [times.nearest_frame_at(t) for t in (-5, 0, 39_999, 40_000, 10**15)] == [0, 0, 0, 1, 1]
    assert times.frame_at(79_999) == 1


def test_frames_outside_are_refused():
    times = frame_times(0, 40_000, end_us=80_000)
    for frame in (-1, 2):
        with pytest.raises(FrameOutOfRange):
            times.time_of(frame)
    assert [times.clamped(n) for n in (-3, 1, 9)] == [0, 1, 1]


@pytest.mark.parametrize("tick_us", [1, 11, 1000])
def test_the_rounding_of_a_container_is_no_variable_rate(tick_us):
    even = [round(n * 1_001_000_000 / 30_000 / 1000 * 1000 / tick_us) * tick_us for n in range(300)]
    times = frame_times(*even, end_us=even[-1] + 33_367)
    assert not times.variable_frame_rate
    assert times.nominal_rate_hz == pytest.approx(29.97, abs=0.01)


def test_one_dropped_frame_makes_the_rate_variable():
    onsets = [n * 40_000 for n in range(100) if n != 50]
    times = frame_times(*onsets, end_us=4_000_000)
    assert times.variable_frame_rate
    assert times.nominal_rate_hz == pytest.approx(25)


def test_times_must_begin_at_zero_and_rise():
    for wrong in ([], [1, 2], [0, 5, 4]):
        with pytest.raises(ValueError, match="frame"):
            frame_times(*wrong, end_us=10)
    with pytest.raises(ValueError, match="end"):
        frame_times(0, 10, end_us=10)
