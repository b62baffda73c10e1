"""The parts of the window of agreement on plain values, without a study."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from imhcode.analysis.disagreement import Disagreement
from imhcode.domain.errors import Trouble
from imhcode.ui import theme
from imhcode.ui.agreement.asked_for import AskedFor
from imhcode.ui.agreement.boundary_histogram import BoundaryHistogram, bars_of
from imhcode.ui.agreement.chart import ticks
from imhcode.ui.agreement.drift import AlarmRule, Compared, drift_of, in_common
from imhcode.ui.agreement.drift_chart import DriftChart
from imhcode.ui.agreement.heat_map import Confusion, HeatMap
from imhcode.ui.agreement.sliced_reading import SlicedReading
from imhcode.ui.agreement.tolerance_curve import AtTolerance, ToleranceCurve

pytestmark = pytest.mark.gui


def values(*some, coder="anna", days=()):
    days = days or [""] * len(some)
    return [
        Compared(session_id=f"S{place:02}", day=day, coders=(coder,), value=value)
        for place, (value, day) in enumerate(zip(some, days, strict=True))
    ]


def alarms(*some, rule=AlarmRule(0.6, 2)):  # noqa: B008  (frozen)
    lines, _ = drift_of(values(*some), rule)
    return [one.is_alarm for one in lines["anna"]]


def test_an_alarm_takes_so_many_sessions_in_a_row_below_the_threshold():
    assert alarms(0.5, 0.7, 0.5, 0.59, 0.3) == [False, False, False, True, True]
    assert alarms(0.6, 0.6) == [False, False]  # at the threshold is not below it
    assert alarms(0.5, 0.5, 0.5, rule=AlarmRule(0.6, 3)) == [False, False, True]
    assert alarms(0.5, 0.7, rule=AlarmRule(0.6, 1)) == [True, False]


def test_a_session_without_a_value_neither_helps_nor_harms():
    assert alarms(0.5, None, 0.5) == [False, True]


def test_drift_goes_by_weeks_where_every_session_has_its_day():
    days = ["2026-03-15", "2026-03-01", "2026-03-08"]
    lines, by_day = drift_of(values(0.1, 0.2, 0.3, days=days), AlarmRule())
    assert by_day
    assert [(one.at, one.value) for one in lines["anna"]] == [(0, 0.2), (1, 0.3), (2, 0.1)]
    lines, by_day = drift_of(values(0.1, 0.2, 0.3, days=[*days[:2], ""]), AlarmRule())
    assert not by_day
    assert [one.at for one in lines["anna"]] == [1, 2, 3]


def test_two_coders_who_only_met_have_one_line():
    met = [
        Compared(session_id="S1", day="", coders=("anna", "ben"), value=0.5),
        Compared(session_id="S2", day="", coders=("anna", "ben"), value=0.6),
    ]
    assert list(in_common(drift_of(met, AlarmRule())[0])) == ["anna, ben"]
    third = Compared(session_id="S3", day="", coders=("ben", "cleo"), value=0.7)
    assert list(in_common(drift_of([*met, third], AlarmRule())[0])) == ["anna", "ben", "cleo"]


@given(st.lists(st.integers(-90_000_000, 90_000_000), min_size=1, max_size=60))
def test_every_boundary_is_in_one_bar_and_zero_in_the_middle_of_one(errors):
    edges, counts = bars_of(np.array(errors, np.int64))
    assert counts.sum() == len(errors)
    widths = np.diff(edges)
    assert (widths == widths[0]).all()
    middle = len(counts) // 2
    assert edges[middle] == -(widths[0] // 2)


@given(st.floats(-5, 5), st.floats(0.01, 100), st.integers(2, 12))
def test_ticks_are_even_and_within_the_axis(low, span, most):
    found = ticks(low, low + span, most)
    assert 1 <= len(found) <= most + 2
    assert all(low - 1e-9 * span <= one <= low + span * (1 + 1e-6) for one in found)


def confusion(*rows, unit=""):
    codes = tuple("abc")[: len(rows) - 1]
    return Confusion(
        codes=(*codes, ""),
        labels=(*(one.upper() for one in codes), "nothing"),
        cells=np.array(rows, float),
        unit=unit,
        coders=("anna", "ben"),
    )


@pytest.fixture
def heat_map(qtbot, qapp):
    theme.apply(qapp, theme.DARK)
    made = HeatMap()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_heat_map_leaves_out_what_nobody_used(heat_map):
    heat_map.show_confusion(confusion([3, 1, 0, 0], [0, 4, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0]))
    assert heat_map.shown.codes == ("a", "b", "")
    assert heat_map.shown.cells.sum() == 9


def test_the_heat_map_is_walked_and_opened_and_says_where_one_stands(heat_map, qtbot):
    heat_map.show_confusion(confusion([3, 1, 0], [0, 4, 2], [1, 0, 0], unit="s"))
    heat_map.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(heat_map, key)
    assert heat_map.cell == ("b", "")
    assert heat_map.accessibleDescription() == "anna: B · ben: nothing · 2.000 s"
    with qtbot.waitSignal(heat_map.asked) as asked:
        QTest.keyClick(heat_map, Qt.Key.Key_Return)
    assert asked.args == ["b", ""]


@pytest.mark.parametrize("name", ["dark", "light", "high-contrast"])
def test_numbers_on_cells_can_be_read_in_every_theme(heat_map, qapp, name):
    now = theme.THEMES[name]
    theme.apply(qapp, now)
    from imhcode.ui.agreement.heat_map import _words_on

    for share in np.linspace(0, 1, 21):
        fill = theme.mixed(now.lane, now.accent, float(share) * 0.9)
        assert theme.contrast(_words_on(fill), fill) >= 4.5
    heat_map.show_confusion(confusion([3, 1], [0, 4]))
    heat_map.grab()


def test_a_heat_map_of_nothing_says_so_and_ignores_keys(heat_map):
    heat_map.show_confusion(None)
    heat_map.setFocus()
    QTest.keyClick(heat_map, Qt.Key.Key_Down)
    assert heat_map.cell is None
    heat_map.grab()


def test_charts_say_their_doors_to_those_who_do_not_see_them(qtbot, qapp):
    theme.apply(qapp, theme.LIGHT)
    curve, histogram, drift = ToleranceCurve(), BoundaryHistogram(), DriftChart()
    curve.show_points([AtTolerance(0, 0.5, 0.25), AtTolerance(500_000, None, 0.75)], 0)
    histogram.show_errors(np.array([-40_000, 0, 10_000, 900_000]))
    drift.show_lines(drift_of(values(0.5, 0.4), AlarmRule())[0], AlarmRule(), by_day=False)
    for chart in (curve, histogram, drift):
        qtbot.addWidget(chart)
        chart.resize(300, 200)
        chart.show()
        chart.walk(1)
        chart.grab()
    assert curve.accessibleDescription() == "within 0 s: κ of time 0.50, of events 0.25"
    assert histogram.accessibleDescription() == "3 boundaries from -0.1 to +0.1 s"
    assert drift.accessibleDescription() == "S00 · anna: κ 0.50"
    drift.walk(1)
    assert drift.accessibleDescription() == "S01 · anna: κ 0.40 · alarm"
    assert drift.title == "Drift · 1 alarms"


def differing(kind, a="", b="", by_us=0):
    return Disagreement(
        track_id="t", kind=kind, from_us=0, until_us=1, code_a=a, code_b=b, by_us=by_us, weight=1
    )


def test_a_door_opens_its_own_disagreements_and_no_others():
    off = AskedFor(track_id="t", codes=("x", "y"))
    assert off.takes("S", differing("confused", "x", "y"))
    assert not off.takes("S", differing("confused", "y", "x"))
    missed = AskedFor(track_id="t", codes=("x", ""))
    assert missed.takes("S", differing("missed", "x"))
    assert missed.takes("S", differing("confused", "x", "y"))  # no partner: something else there
    assert not missed.takes("S", differing("added", "", "x"))
    same = AskedFor(track_id="t", codes=("x", "x"))
    assert same.takes("S", differing("late", "x", "x", 5))
    assert not same.takes("S", differing("confused", "x", "y"))
    beyond = AskedFor(track_id="t", beyond_us=10)
    assert beyond.takes("S", differing("early", "x", "x", -11))
    assert not beyond.takes("S", differing("late", "x", "x", 10))
    assert beyond.takes("S", differing("missed", "x"))
    assert not AskedFor(track_id="u").takes("S", differing("missed", "x"))
    assert not AskedFor(sessions=("T",)).takes("S", differing("missed", "x"))


def test_reading_in_slices_lets_the_window_live(qtbot):
    looked = []

    def read(number):
        end = time.monotonic() + 0.004
        while time.monotonic() < end:
            pass
        return number

    reading = SlicedReading(range(60), read)
    reading.progressed.connect(looked.append)
    with qtbot.waitSignal(reading.done, timeout=10_000) as done:
        reading.start()
    assert done.args == [list(range(60))]
    assert len(looked) > 5  # the event loop came round in between
    assert looked == sorted(looked)


def test_a_reading_that_fails_ends_with_its_error(qtbot):
    class Broken(Trouble):
        sentence = "It is broken."

    def read(number):
        if number == 3:
            raise Broken
        return number

    reading = SlicedReading(range(9), read)
    with qtbot.waitSignal(reading.failed, timeout=10_000) as failed:
        reading.start()
    assert isinstance(failed.args[0], Broken)


def test_a_reading_that_was_stopped_says_nothing_more(qtbot):
    reading = SlicedReading(range(1000), lambda one: one)
    with qtbot.assertNotEmitted(reading.done, wait=50):
        reading.start()
        reading.stop()
