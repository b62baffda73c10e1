"""A description drawn: panels laid out for a width of paper, axes, legend."""

from collections.abc import Iterator
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Literal, cast

from imhcode.analysis.figure import Axis, Bar, Dot, Figure, Line, Panel, Series
from imhcode.reports.figures.fitting import (
    LETTER_MM,
    LINE_MM,
    n_lines,
    with_fitting_notes,
    wrapped,
)
from imhcode.reports.figures.marks import put
from imhcode.reports.figures.style import (
    COLUMN_MM,
    DOTS_PER_INCH,
    HATCHES,
    MARKERS,
    MM,
    PAGE_MM,
    QUIET,
    SETTINGS,
    darker,
)

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

Ending = Literal["svg", "pdf", "png"]
Width = Literal["column", "page"]
ENDINGS: tuple[Ending, ...] = ("svg", "pdf", "png")
WIDTHS: dict[Width, float] = {"column": COLUMN_MM, "page": PAGE_MM}

ROW_MM = 5.0
LONG_LABEL_MM = 36.0  #: what is longer takes two lines of the legend of a narrow figure
ROOMY_MM = 8.0  #: a cell from this size on has room for a number
FEW = 10  #: whole numbers of which each gets its tick; series that need no columns
LOWEST_MM, TALLEST_MM = 22.0, 230.0  #: what a page has room for

#: no dates and no machine: the same figure is the same bytes
_ABOUT: dict[Ending, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "imhcode"},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": "imhcode", "Producer": None},
    "png": {"Software": "imhcode"},
}


def drawn(figure: Figure, ending: Ending, width: Width = "page") -> bytes:
    """The figure as a file's content, as wide as one or two columns of a journal."""
    import matplotlib as mpl  # noqa: PLC0415  (0.7 s)

    with mpl.rc_context(cast("Any", SETTINGS)):
        sheet = _sheet(figure, WIDTHS[width])
        content = BytesIO()
        about = {**_ABOUT[ending], "Title": figure.title}
        sheet.savefig(content, format=ending, dpi=DOTS_PER_INCH, metadata=about)
    return content.getvalue()


def _sheet(figure: Figure, width_mm: float) -> "Sheet":
    from matplotlib.figure import Figure as Sheet  # noqa: PLC0415

    across = _across(figure, width_mm)
    rows = [figure.panels[k : k + across] for k in range(0, len(figure.panels), across)]
    stacked = across == 1 and len(rows) > 1
    inside = [max(_inside_mm(one, width_mm / across) for one in row) for row in rows]
    around = sum(max(_around_mm(one, width_mm / across) for one in row) for row in rows)
    if stacked and _same_time(figure):
        around -= 8 * (len(rows) - 1)
    legend = [one for one in figure.series if one.in_legend]
    labels = _legend_labels(legend, width_mm)
    per_line = _legend_columns(labels, width_mm)
    legend_mm = _legend_mm(labels, per_line)
    whole_mm = max(min(sum(inside) + around + legend_mm, TALLEST_MM), LOWEST_MM)
    sheet = Sheet(figsize=(width_mm * MM, whole_mm * MM), layout="constrained")
    if not rows:
        sheet.text(0.5, 0.5, figure.caption, ha="center", va="center", wrap=True)
        return sheet
    grid = sheet.add_gridspec(len(rows), across, height_ratios=inside)
    for r, row in enumerate(rows):
        for c, panel in enumerate(row):
            axes = sheet.add_subplot(grid[r, c])
            last = r == len(rows) - 1 or not _same_time(figure)
            inner_mm = width_mm / across - max(_labels_mm(one.y) for one in figure.panels)
            put(
                with_fitting_notes(panel, inner_mm),
                figure,
                axes,
                small=_cell_mm(panel, width_mm / across) < ROOMY_MM,
                unit_mm=inner_mm / (panel.x.high - panel.x.low),
            )
            _frame(
                panel,
                axes,
                first=c == 0 or panel.square,
                last=last,
                inside_mm=inside[r],
                inner_mm=inner_mm,
            )
    sheet.align_ylabels()
    if legend:
        sheet.legend(
            [_handle(one, figure) for one in legend],
            labels,
            loc="outside lower center",
            ncols=per_line,
        )
    return sheet


def _same_time(figure: Figure) -> bool:
    """Whether panels one below another share one axis across."""
    return all(
        one.x == figure.panels[0].x and one.y.categories and one.y.downwards
        for one in figure.panels
    )


def _across(figure: Figure, width_mm: float) -> int:
    """How many panels stand side by side."""
    if not figure.panels:
        return 1
    rows_to_read = any(one.y.categories and one.y.downwards for one in figure.panels)
    if rows_to_read or width_mm < 120:
        return 1
    if any(one.square for one in figure.panels):
        return min(len(figure.panels), 2)
    return min(len(figure.panels), 3)


def _inside_mm(panel: Panel, width_mm: float) -> float:
    """How high a pair of axes is."""
    if panel.y.downwards and panel.y.categories:
        return len(panel.y.categories) * ROW_MM
    if panel.x.hidden:
        span = (panel.y.high - panel.y.low) / (panel.x.high - panel.x.low)
        return min(width_mm, 110) * span
    if panel.square:
        return _cell_mm(panel, width_mm) * len(panel.y.categories)
    return min(max(width_mm * 0.55, 34), 70)


def _cell_mm(panel: Panel, width_mm: float) -> float:
    """How large the cells of a grid are."""
    return (min(width_mm, 120) - _labels_mm(panel.y) - 6) / max(len(panel.x.categories), 1)


def _around_mm(panel: Panel, width_mm: float) -> float:
    """What the words of its axes and its title need."""
    title = 5.0 if panel.title else 1.5
    if panel.x.hidden:
        return title
    if panel.square:
        return title + min(_labels_mm(panel.x) * 0.66, 30) + 4
    names, leans = _names_across(panel, width_mm - _labels_mm(panel.y))
    if leans:
        return title + min(_labels_mm(panel.x) * 0.66, 40) + 4
    return title + 9 + (n_lines(names) - 1) * 3


def _labels_mm(axis: Axis) -> float:
    return max((len(one) for one in axis.categories), default=4) * LETTER_MM + 8


def _names_across(panel: Panel, inner_mm: float) -> tuple[tuple[str, ...], bool]:
    """Names of categories below the axis, in lines, and whether they have to lean."""
    names = panel.x.categories
    room_mm = inner_mm / max(len(names), 1) - 1
    words = [word for one in names for word in one.split()]
    if panel.square or max(map(len, words), default=0) * LETTER_MM > room_mm:
        return names, bool(names)
    return tuple(wrapped(one, room_mm) for one in names), False


def _frame(
    panel: Panel, axes: "Axes", *, first: bool, last: bool, inside_mm: float, inner_mm: float
) -> None:
    """Ranges, ticks and words of the axes."""
    axes.set_xlim(panel.x.low, panel.x.high)
    low, high = panel.y.low, panel.y.high
    axes.set_ylim(*((high, low) if panel.y.downwards else (low, high)))
    if panel.title:
        axes.set_title(panel.title)
    if panel.x.hidden:
        axes.set_axis_off()
        axes.set_aspect("equal")
        return
    if panel.square:
        axes.set_aspect("equal")
    _ticks(panel, axes, inner_mm)
    if last:
        axes.set_xlabel(panel.x.words)
    else:
        axes.tick_params(axis="x", labelbottom=False, length=0)
        axes.spines["bottom"].set_visible(False)
    if first:
        axes.set_ylabel(wrapped(panel.y.words, inside_mm))


def _ticks(panel: Panel, axes: "Axes", inner_mm: float) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    if panel.x.categories:
        names, lean = _names_across(panel, inner_mm)
        axes.set_xticks(
            range(len(names)),
            names,
            rotation=40 if lean else 0,
            ha="right" if lean else "center",
            rotation_mode="anchor" if lean else "default",
        )
        axes.tick_params(axis="x", length=0)
    if panel.y.categories:
        axes.set_yticks(range(len(panel.y.categories)), panel.y.categories)
        axes.tick_params(axis="y", length=0)
        if panel.y.downwards:
            axes.tick_params(axis="y", pad=6)
        axes.spines["left"].set_visible(not panel.y.downwards)
    for side, axis in ((axes.xaxis, panel.x), (axes.yaxis, panel.y)):
        if axis.whole and axis.high - axis.low <= FEW:
            side.set_ticks(range(ceil(axis.low), int(axis.high) + 1))
        elif axis.whole:
            side.set_major_locator(MaxNLocator("auto", integer=True))


def _legend_labels(series: list[Series], width_mm: float) -> list[str]:
    """The words of the legend; where two columns fit only that way, long ones in lines."""
    labels = [one.label for one in series]
    if width_mm > COLUMN_MM or len(labels) < FEW:
        return labels
    return [wrapped(one, LONG_LABEL_MM - 8) for one in labels]


def _legend_columns(labels: list[str], width_mm: float) -> int:
    longest = max((len(line) for one in labels for line in one.split("\n")), default=1)
    return max(1, min(len(labels) or 1, int((width_mm - 4) / (longest * LETTER_MM + 8))))


def _legend_mm(labels: list[str], per_line: int) -> float:
    """How high it is: columns are filled one after the other, and the highest one counts."""
    if not labels:
        return 0
    rows = ceil(len(labels) / per_line)
    columns = [labels[k : k + rows] for k in range(0, len(labels), rows)]
    highest = max(sum(n_lines((one,)) for one in some) for some in columns)
    return highest * LINE_MM + 2


def _handle(look: Series, figure: Figure) -> "Artist":
    """A sample as the marks look: an area, a line, a dot, or both of these."""
    from matplotlib.lines import Line2D  # noqa: PLC0415
    from matplotlib.patches import Patch  # noqa: PLC0415

    kinds = set(_kinds(look, figure))
    if Bar in kinds or (figure.panels and figure.panels[0].x.hidden):
        blank = look.pattern == "blank"
        return Patch(
            facecolor="white" if blank else look.color,
            edgecolor=QUIET if blank else darker(look.color),
            linewidth=0.5 if blank else 0.25,
            hatch=HATCHES[look.pattern] or None,
        )
    return Line2D(
        [], [],
        color=look.color,
        linestyle=look.dash if Line in kinds else "none",
        marker=MARKERS[look.shape] if Dot in kinds and Line not in kinds else None,
        markersize=4.5,
        markeredgecolor=look.color if look.shape == "tick" else darker(look.color),
        markeredgewidth=1.0 if look.shape == "tick" else 0.4,
    )  # fmt: skip


def _kinds(look: Series, figure: Figure) -> Iterator[type]:
    for panel in figure.panels:
        yield from {type(mark) for mark in panel.marks if mark.series == look.id}
