"""Microseconds as people read and write them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imhcode.domain.text import clean_text
from imhcode.domain.timecode import NotATime, as_clock, as_decimal, from_clock, rounded_us

some_us = st.integers(0, 100 * 3600 * 1_000_000)


@given(time_us=some_us)
def test_a_clock_is_never_ahead_and_less_than_a_millisecond_behind(time_us):
    assert 0 <= time_us - from_clock(as_clock(time_us)) < 1000
    assert 0 <= time_us - from_clock(as_clock(time_us, hours=True)) < 1000


@given(time_us=some_us)
def test_a_decimal_is_exact(time_us):
    assert from_clock(as_decimal(time_us, 1_000_000)) == time_us
    assert from_clock(as_decimal(-time_us, 1_000_000)) == -time_us
    assert Fraction(as_decimal(-time_us, 1000)) * 1000 == -time_us


@given(
    frame=st.integers(0, 10_000_000),
    rate=st.sampled_from(
        [Fraction(30000, 1001), Fraction(24000, 1001), Fraction(25), Fraction(90000)]
    ),
)
def test_a_frame_lies_within_half_a_microsecond_of_its_exact_time(frame, rate):
    exact = frame / rate * 1_000_000
    assert abs(rounded_us(frame / rate) - exact) <= Fraction(1, 2)


def test_halves_go_up():
    assert rounded_us(Fraction(1, 2_000_000)) == 1
    assert rounded_us(Fraction(-1, 2_000_000)) == 0


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1:2:3:4", "1.2345678", "--5", "- 5", "1:-5", "1e3", "nan", "1:", ":5", "12345:00"],
)
def test_what_is_no_time_is_refused(text):
    with pytest.raises(NotATime) as refused:
        from_clock(text)
    assert text in str(refused.value)


@given(text=st.text(alphabet=st.characters(), max_size=40))
def test_clean_text_can_be_kept_everywhere(text):
    clean = clean_text(text)
    clean.encode("utf-8")
    assert not set(clean) & {chr(n) for n in range(32) if n not in (9, 10)}
    assert clean_text(clean) == clean
