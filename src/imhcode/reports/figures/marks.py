"""Marks of a description, put on a pair of axes."""

from collections import defaultdict
from collections.abc import Sequence
from math import hypot
from typing import TYPE_CHECKING, Any

from imhcode.analysis.figure import (
    Arrow,
    Bar,
    Dot,
    Figure,
    Line,
    Note,
    Panel,
    Rule,
    Series,
    Shade,
)
from imhcode.reports.figures.style import FAINT, HATCHES, MARKERS, QUIET, SMALL_PT, darker
from imhcode.reports.svg import shade

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLAIN = Series(id="", label="", color=QUIET, in_legend=False)
#: areas of the smallest and the largest dot, in square points
DOTS, SMALL_DOTS, NODES = (7.0, 80.0), (3.0, 24.0), (60.0, 260.0)
BEND = 0.17  #: of arrows, so that there and back are two


THIN_MM = 0.7  #: bars thinner than this are all edge and pattern: they are drawn as colour


def put(
    panel: Panel, figure: Figure, axes: "Axes", *, small: bool = False, unit_mm: float = 100.0
) -> None:
    """Draw all marks of a panel; what lies deeper first.

    Parameters
    ----------
    small : bool
        Whether cells of a grid have no room for numbers, and dots must be small.
    unit_mm : float
        About how long a unit across is on paper.
    """
    small = small and panel.square and not panel.x.hidden
    looks = {one.id: one for one in figure.series}
    of: dict[type, list[Any]] = defaultdict(list)
    for mark in panel.marks:
        of[type(mark)].append(mark)
    _shades(of[Shade], axes, numbers=not small)
    for one in of[Rule]:
        _rule(one, axes)
    _bars(of[Bar], looks, axes, THIN_MM / unit_mm)
    for one in of[Line]:
        _line(one, looks, axes)
    for one in of[Arrow]:
        _arrow(one, axes)
    sizes = NODES if panel.x.hidden else SMALL_DOTS if small else DOTS
    _dots(of[Dot], looks, axes, sizes=sizes)
    for one in of[Note]:
        axes.text(
            one.x, one.y, one.text, fontsize=SMALL_PT, va="center", zorder=8,
            ha={"start": "left", "middle": "center", "end": "right"}[one.anchor],
        )  # fmt: skip


def _shades(shades: Sequence[Shade], axes: "Axes", *, numbers: bool) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415  (heavy)

    most = max((one.share for one in shades), default=0.0) or 1.0
    for one in shades:
        ground, ink = shade(one.share / most * 0.85)
        axes.add_patch(
            Rectangle(
                (one.x - 0.5, one.y - 0.5), 1, 1,
                facecolor=ground, edgecolor=FAINT, linewidth=0.4, zorder=1,
            )
        )  # fmt: skip
        if one.text and numbers:
            axes.text(
                one.x, one.y + 0.33, one.text, fontsize=SMALL_PT, color=ink,
                ha="center", va="center", zorder=7,
            )  # fmt: skip


def _rule(one: Rule, axes: "Axes") -> None:
    draw = axes.axvline if one.upright else axes.axhline
    draw(one.at, color=QUIET, linewidth=0.6, linestyle=(0, (3, 2)) if one.dashed else "-", zorder=2)


def _bars(bars: Sequence[Bar], looks: dict[str, Series], axes: "Axes", thin: float) -> None:
    from matplotlib.collections import PolyCollection  # noqa: PLC0415

    by_series: dict[tuple[str, bool], list[Bar]] = defaultdict(list)
    for one in bars:
        by_series[one.series, one.x1 - one.x0 < thin].append(one)
    for (name, is_thin), some in by_series.items():
        look = looks.get(name, PLAIN)
        corners = [
            [(one.x0, one.y0), (one.x1, one.y0), (one.x1, one.y1), (one.x0, one.y1)] for one in some
        ]
        blank = look.pattern == "blank"
        axes.add_collection(
            PolyCollection(
                corners,
                facecolors="white" if blank else look.color,
                edgecolors=QUIET if blank else darker(look.color),
                linewidths=0.0 if is_thin else 0.5 if blank else 0.25,
                hatch=None if is_thin else HATCHES[look.pattern] or None,
                zorder=3,
            ),
            autolim=False,
        )


def _line(one: Line, looks: dict[str, Series], axes: "Axes") -> None:
    look = looks.get(one.series, PLAIN)
    axes.plot(
        one.xs, one.ys, color=look.color, linestyle=look.dash,
        linewidth=0.5 if one.thin else 1.2, alpha=0.55 if one.thin else 1.0,
        drawstyle="steps-post" if one.stepped else "default", zorder=4, solid_capstyle="butt",
    )  # fmt: skip


def _dots(
    dots: Sequence[Dot], looks: dict[str, Series], axes: "Axes", *, sizes: tuple[float, float]
) -> None:
    by_series: dict[str, list[Dot]] = defaultdict(list)
    for one in dots:
        by_series[one.series].append(one)
    nodes, (low, high) = sizes == NODES, sizes
    for name, some in by_series.items():
        look = looks.get(name, PLAIN)
        stroke = look.shape == "tick"
        axes.scatter(
            [one.x for one in some],
            [one.y for one in some],
            s=[low + (high - low) * one.size for one in some],
            marker="o" if nodes else MARKERS[look.shape],
            linewidths=1.0 if stroke else 0.4,
            hatch=HATCHES[look.pattern] if nodes else None,
            zorder=6,
            clip_on=False,
            **_inks(look.color, stroke=stroke),
        )
        for one in some:
            if one.text:
                axes.text(one.x, one.y, one.text, fontsize=SMALL_PT, ha="center", va="center")


def _inks(color: str, *, stroke: bool) -> dict[str, Any]:
    """A stroke has one colour, an area two."""
    return {"color": color} if stroke else {"facecolors": color, "edgecolors": darker(color)}


def _arrow(one: Arrow, axes: "Axes") -> None:
    from matplotlib.patches import FancyArrowPatch  # noqa: PLC0415

    loop = (one.x0, one.y0) == (one.x1, one.y1)
    start, end, bend = (one.x0, one.y0), (one.x1, one.y1), BEND
    if loop:  # out at one side of the node, in at the other
        x, y = one.x0, one.y0
        start, end, bend = (x * 1.08 - y * 0.13, y * 1.08 + x * 0.13), (0, 0), -1.9
        end = (x * 1.08 + y * 0.13, y * 1.08 - x * 0.13)
    axes.add_patch(
        FancyArrowPatch(
            start, end,
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle="-|>,head_length=0.45,head_width=0.22",
            mutation_scale=8, shrinkA=0 if loop else 8, shrinkB=0 if loop else 9,
            linewidth=0.5 + 2.2 * one.weight, color="#555555", zorder=4,
        )
    )  # fmt: skip
    if one.text:
        x, y = _beside(start, end, bend)
        axes.text(
            x, y, one.text, fontsize=SMALL_PT, ha="center", va="center", zorder=7,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.9},
        )  # fmt: skip


def _beside(
    start: tuple[float, float], end: tuple[float, float], bend: float, along: float = 0.36
) -> tuple[float, float]:
    """A place on the arrow nearer its beginning, where arrows that cross do not meet."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, y1 - y0
    cx, cy = (x0 + x1) / 2 + bend * dy, (y0 + y1) / 2 - bend * dx
    a, b, c = (1 - along) ** 2, 2 * along * (1 - along), along**2
    if hypot(dx, dy) < 0.5:
        a, b, c = 0.25, 0.5, 0.25
    return a * x0 + b * cx + c * x1, a * y0 + b * cy + c * y1
