"""Figures on paper: each form can be read, is as wide as a column, and is the same each time."""

import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET

import matplotlib as mpl
import numpy as np
import pytest

from coded_sessions import S, coded, scheme
from imhcode.analysis.figure import Arrow, Axis, Bar, Dot, Figure, Line, Note, Panel, Rule, Series
from imhcode.analysis.figures import FigureMaker, FigureSession, topics_of
from imhcode.analysis.measuring import measured
from imhcode.reports.figures.drawing import WIDTHS, _sheet, drawn
from imhcode.reports.figures.fitting import with_fitting_notes
from imhcode.reports.figures.style import SETTINGS
from random_coders import random_episodes, random_events, random_ratings


def figures_of(name):
    random, the_scheme = np.random.default_rng(1), scheme(name)
    episodes = random_episodes(the_scheme, 200 * S)
    session = coded(
        random_events(the_scheme, random, 200, mean_s=10.0),
        of=name,
        until_s=200,
        episodes=episodes,
        ratings=random_ratings(the_scheme, random, episodes),
    )
    for topic in topics_of(session):
        maker = FigureMaker(topic, session)
        for visit in "12":
            maker.see(
                FigureSession(
                    session_id=f"S{visit}", observation_id="o", dyad_id="D", coder_id="c",
                    visit=visit, date="", coded=session, measured=tuple(measured(session)),
                )
            )  # fmt: skip
        yield maker.figure()


def small_figure(**more):
    return Figure(
        id="small",
        kind="small",
        title="A title",
        caption="All marks.",
        panels=(
            Panel(
                x=Axis(label="Time", unit="s", high=3),
                y=Axis(label="Count", high=4, whole=True),
                marks=(
                    Bar(x0=0, x1=1, y0=0, y1=2, series="a"),
                    Line(xs=(0, 1, 3), ys=(1, 2, 3), series="b"),
                    Dot(x=2, y=2, series="b"),
                    Arrow(x0=0.5, y0=1, x1=2, y1=3, weight=0.4, text="0.40"),
                    Arrow(x0=1, y0=1, x1=1, y1=1, weight=0.4),
                    Rule(at=1.5),
                    Note(x=1, y=3, text="here $x_1$"),
                ),
            ),
        ),
        series=(
            Series(id="a", label="Änderung <b>", color="#0072b2", pattern="diagonal"),
            Series(id="b", label="b", color="#d55e00", dash="dashed"),
        ),
        **more,
    )


@pytest.mark.parametrize("name", ["abr", "still_face", "global_ratings", "regulation_soothing"])
def test_every_figure_is_a_drawing_that_can_be_read(name):
    for figure in figures_of(name):
        if figure.panels:
            root = ET.fromstring(drawn(figure, "svg", "column"))
            assert root.tag.endswith("svg")
            assert len(list(root.iter())) > 30, figure.id


@pytest.mark.parametrize("name", ["joint_attention", "strengths_review"])
def test_no_word_of_a_figure_is_cut_by_the_edge_of_a_column(name):
    with mpl.rc_context(SETTINGS):
        for figure in figures_of(name):
            if not figure.panels:
                continue
            sheet = _sheet(figure, WIDTHS["column"])
            sheet.draw_without_rendering()
            drawn_in, inches = sheet.get_tightbbox(), sheet.get_size_inches()
            assert drawn_in.x0 >= -0.01, figure.id
            assert drawn_in.y0 >= -0.01, figure.id
            assert drawn_in.x1 <= inches[0] + 0.01, figure.id
            assert drawn_in.y1 <= inches[1] + 0.01, figure.id


def test_names_of_episodes_stay_inside_their_stretches():
    marks = [
        mark
        for k, name in enumerate(("Free play", "Play with toys", "Care routine"))
        for mark in (
            Bar(x0=k * 10, x1=k * 10 + 10, y0=-0.5, y1=0.5),
            Note(x=k * 10 + 5, y=0, text=name),
        )
    ]
    row = Axis(categories=("Episode",), low=-0.5, high=0.5, downwards=True)
    panel = Panel(x=Axis(high=30), y=row, marks=tuple(marks))
    narrow = [one.text for one in with_fitting_notes(panel, 42.0).marks if isinstance(one, Note)]
    assert narrow == ["Free play", "Play with…", "Care rout…"]
    wide = with_fitting_notes(panel, 90.0)
    assert wide == panel


def test_bars_too_thin_for_a_pattern_are_drawn_in_their_colour():
    def patterned(width_s):
        marks = tuple(Bar(x0=k, x1=k + width_s, y0=0, y1=1, series="a") for k in range(300))
        series = (Series(id="a", label="a", color="#0072b2", pattern="crosshatch"),)
        panel = Panel(x=Axis(high=300), y=Axis(), marks=marks)
        figure = Figure(id="f", kind="f", title="f", caption=".", panels=(panel,), series=series)
        with mpl.rc_context(SETTINGS):
            (bars,) = _sheet(figure, WIDTHS["page"]).axes[0].collections
        return bars.get_hatch(), set(bars.get_linewidths())

    assert patterned(0.5) == (None, {0.0})
    assert patterned(20)[0]


@pytest.mark.parametrize("width", ["column", "page"])
def test_a_figure_is_as_wide_as_it_says(width):
    millimetres = WIDTHS[width]
    png = drawn(small_figure(), "png", width)
    across, _ = struct.unpack(">II", png[16:24])
    assert across == pytest.approx(millimetres / 25.4 * 300, abs=1)
    pdf = drawn(small_figure(), "pdf", width)
    box = re.search(rb"/MediaBox \[ ?0 0 ([0-9.]+)", pdf)
    assert float(box[1]) == pytest.approx(millimetres / 25.4 * 72, abs=0.1)
    root = ET.fromstring(drawn(small_figure(), "svg", width))
    assert float(root.get("width").removesuffix("pt")) == pytest.approx(millimetres / 25.4 * 72)


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_the_same_figure_is_the_same_bytes_without_a_date(ending):
    first, second = (drawn(small_figure(), ending) for _ in range(2))
    assert first == second
    assert b"CreationDate" not in first
    assert b"dc:date" not in first


def test_letters_are_at_least_seven_points():
    sizes = [value for name, value in SETTINGS.items() if re.search(r"(size|labelsize)$", name)]
    letters = [one for one in sizes if isinstance(one, float) and one > 5]
    assert letters
    assert min(letters) >= 7
    pdf = drawn(small_figure(), "pdf")
    assert b"/FontFile2" in pdf  # letters go along, as the journals ask


def test_dollars_and_angle_brackets_are_letters_like_others():
    drawing = drawn(small_figure(), "svg").decode()
    assert "here $x_1$" in drawing  # as the comment beside the outlines
    ET.fromstring(drawing)


def test_a_figure_of_nothing_says_so():
    empty = Figure(id="x", kind="x", title="x", caption="Nothing to show: no reason.", panels=())
    assert b"Nothing to show" in drawn(empty, "svg")


def test_drawing_leaves_the_settings_of_others_alone():
    before = dict(mpl.rcParams)
    drawn(small_figure(), "svg")
    assert dict(mpl.rcParams) == before
    # what draws windows and keeps figures for ever is never loaded
    script = (
        "import sys; from imhcode.analysis.figure import Figure; "
        "from imhcode.reports.figures.drawing import drawn; "
        "[drawn(Figure(id='x', kind='x', title='x', caption='.', panels=()), one) "
        "for one in ('svg', 'pdf', 'png')]; print('matplotlib.pyplot' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
