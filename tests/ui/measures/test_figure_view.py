"""Every figure that the shipped schemes can have is drawn, in every theme and size."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest

from coded_sessions import coded, scheme
from imhcode.analysis.figure import Axis, Bar, Dot, Figure, Origin, Panel, Series
from imhcode.analysis.figures import FigureMaker, FigureSession, topics_of
from imhcode.analysis.measuring import measured
from imhcode.ui import theme
from imhcode.ui.measures.figure_hits import without_crowds
from imhcode.ui.measures.figure_places import (
    LINES_A_TICK,
    PanelPlace,
    axis_ticks,
    places_of,
)
from imhcode.ui.measures.figure_view import FigureView
from random_coders import random_episodes, random_events, random_ratings

pytestmark = pytest.mark.gui
SCHEMES = (
    "abr", "still_face", "joint_attention", "global_ratings", "regulation_soothing",
    "shared_play", "strengths_review",
)  # fmt: skip
UNTIL_S = 120


def figures_of(name):
    """Every figure of the scheme from two sessions coded at random."""
    the_scheme = scheme(name)
    sessions = []
    for n in range(2):
        random = np.random.default_rng(n)
        episodes = random_episodes(the_scheme, UNTIL_S * 1_000_000)
        session = coded(
            list(random_events(the_scheme, random, UNTIL_S)),
            of=name,
            until_s=UNTIL_S,
            episodes=episodes,
            ratings=tuple(random_ratings(the_scheme, random, episodes)),
        )
        sessions.append(
            FigureSession(
                session_id=f"S{n}",
                observation_id=f"o{n}",
                dyad_id="D",
                coder_id="anna",
                visit=str(n),
                date="",
                coded=session,
                measured=tuple(measured(session)),
            )
        )
    for topic in topics_of(sessions[0].coded):
        maker = FigureMaker(topic, sessions[0].coded)
        for one in sessions[:1] if topic.single else sessions:
            maker.see(one)
        yield maker.figure()


@pytest.mark.parametrize("name", SCHEMES)
def test_every_figure_of_a_scheme_is_drawn_with_its_marks_inside(qtbot, qapp, name):
    shown, figures = 0, list(figures_of(name))
    for look in (theme.DARK, theme.LIGHT):
        theme.apply(qapp, look)
        view = FigureView()
        qtbot.addWidget(view)
        for figure in figures:
            for size in ((420, 300), (1100, 700)):
                view.resize(*size)
                view.show_figure(figure)
                image = view.grab().toImage()
                assert not image.isNull()
                assert view.accessibleName() == figure.title
                assert view.accessibleDescription() == figure.caption
                room = QRectF(view.rect()).adjusted(-40, -40, 40, 40)
                for mark in view.marks():
                    assert room.contains(view.place_of(mark)), (figure.id, mark)
                shown += bool(figure.panels)
    assert shown


def figure_of(marks, **more):
    panel = Panel(x=Axis(low=0, high=10), y=Axis(low=0, high=10), marks=tuple(marks))
    series = (Series(id="a", label="A", color="#0072b2"),)
    return Figure(id="f", kind="k", title="T", caption="C", panels=(panel,), series=series, **more)


def dot(x, y, **more):
    return Dot(x=x, y=y, series="a", says=f"{x}, {y}", **more)


def test_arrows_go_to_the_nearest_mark_in_their_direction(qtbot):
    view = FigureView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show_figure(figure_of([dot(1, 1), dot(5, 1), dot(9, 1), dot(5, 9)]))
    keys = Qt.Key
    walked = []
    for key in (keys.Key_Home, keys.Key_Right, keys.Key_Up, keys.Key_Down, keys.Key_End):
        QTest.keyClick(view, key)
        walked.append((view.current.x, view.current.y))
    assert walked == [(1, 1), (5, 1), (5, 9), (5, 1), (5, 9)]


def test_of_marks_on_each_other_the_upper_one_is_opened(qtbot):
    view = FigureView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    below = Bar(x0=0, x1=10, y0=0, y1=10, series="a", says="below")
    above = dot(5, 5, origins=(Origin(session_id="S01", time_us=5),))
    view.show_figure(figure_of([below, above]))
    asked = []
    view.asked.connect(asked.append)
    at = view.place_of(above).toPoint()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=(QPointF(at) + QPointF(60, 0)).toPoint())
    assert asked == [above, below]


def test_dots_that_lie_on_each_other_are_drawn_once_and_bars_always():
    crowd = [dot(k % 20 / 2, 3.0) for k in range(3_000)]
    bars = [Bar(x0=0, x1=1, y0=0, y1=1)] * 5
    place = PanelPlace(figure_of([*crowd, *bars]).panels[0], QRectF(0, 0, 500, 500))
    kept = without_crowds(place)
    assert sum(isinstance(one, Dot) for one in kept) == 20
    assert sum(isinstance(one, Bar) for one in kept) == 5


@pytest.mark.parametrize("high", [180, 260, 320, 400, 520, 700])
@pytest.mark.parametrize(("low", "top"), [(-0.58, 0.31), (-0.49, 0.02), (0, 0.125), (-12, 1250)])
def test_values_beside_an_axis_have_the_room_they_need(qtbot, qapp, high, low, top):
    panel = Panel(x=Axis(label="Visit", high=3), y=Axis(label="Value", low=low, high=top), marks=())
    figure = Figure(id="f", kind="f", title="f", caption=".", panels=(panel,))
    small = QFontMetricsF(theme.small(qapp.font()))
    (place,) = places_of(figure, 500, high, small).panels
    shown = axis_ticks(panel.y, place.area.height(), small.height() * LINES_A_TICK)
    assert all(small.horizontalAdvance(words) <= int(place.words_px) for _, words in shown)


def test_a_figure_without_anything_says_why(qtbot):
    view = FigureView()
    qtbot.addWidget(view)
    nothing = Figure(id="f", kind="k", title="T", caption="Nothing to show.", panels=())
    view.show_figure(nothing)
    assert view.figure is None
    assert view.accessibleDescription() == "Nothing to show."
