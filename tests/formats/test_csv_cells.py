import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imhcode.formats.csv.cells import as_line, guarded, unguarded
from imhcode.formats.csv.numbers import as_frame, as_us
from imhcode.formats.joined import joined, split

NASTY = st.text(alphabet="'=+-@\t\ra|\\", max_size=8) | st.text(max_size=20)


@given(NASTY)
@example("'=")
@example("''=1")
@example("'it")
def test_guarding_is_undone_exactly(text):
    assert unguarded(guarded(text)) == text


@given(NASTY)
def test_no_guarded_text_begins_like_a_formula(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(NASTY, max_size=4).filter(lambda values: values != [""]))
def test_what_was_joined_comes_apart_again(values):
    assert split(joined(values)) == tuple(values)


@given(st.lists(st.text(alphabet='",\r\n a'), min_size=2, max_size=5))
def test_a_line_is_read_by_the_standard_reader_as_it_was_written(cells):
    assert next(csv.reader(io.StringIO(as_line(cells), newline=""))) == cells


@pytest.mark.parametrize(
    ("text", "comma", "time_us"),
    [
        ("0", False, 0),
        ("42160.033", False, 42_160_033),
        ("-1480", False, -1_480_000),
        ("12.0005", False, 12_001),
        ("12.00049999", False, 12_000),
        ("1e3", False, 1_000_000),
        ("12,5", True, 12_500),
        ("12,5", False, None),
        ("1,234.5", True, None),
        ("NaN", False, None),
        ("inf", False, None),
        ("-Infinity", False, None),
        ("1_000", False, None),
        ("0x10", False, None),
        ("٣", False, None),
        ("", False, None),
        ("9" * 5000, False, None),
        ("1e999999999", False, None),
    ],
)
def test_milliseconds_are_read_exactly_or_not_at_all(text, comma, time_us):
    assert as_us(text, 1000, comma=comma) == time_us


def test_a_frame_that_a_table_with_gaps_made_a_decimal_is_still_a_frame():
    assert [as_frame(text) for text in ("250", "250.0", "250.5", "-1", "x")] == [
        250,
        250,
        None,
        None,
        None,
    ]
