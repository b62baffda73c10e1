"""Sizes, letters and inks of printed figures."""

from typing import Any

from imhcode.domain.codes import Pattern

MM = 1 / 25.4  #: inches
COLUMN_MM, PAGE_MM = 85.0, 174.0  #: widths that journals ask for: one column, two
SMALL_PT, NORMAL_PT = 7.0, 7.5  #: no letter is smaller than the first
DOTS_PER_INCH = 300
INK, QUIET, FAINT = "#222222", "#777777", "#d5d5d5"

HATCHES: dict[Pattern, str] = {
    "solid": "",
    "dots": "....",
    "diagonal": "/////",
    "crosshatch": "xxxx",
    "vertical": "|||||",
    "horizontal": "-----",
    "grid": "++++",
    "blank": "",
}
MARKERS = {
    "circle": "o",
    "square": "s",
    "triangle": "^",
    "diamond": "D",
    "cross": "X",
    "tick": "|",
}

#: the letters are those that come with the drawing library: the same on every machine
SETTINGS: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": SMALL_PT,
    "axes.labelsize": NORMAL_PT,
    "axes.titlesize": NORMAL_PT,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.titlepad": 3.0,
    "axes.labelcolor": INK,
    "axes.edgecolor": QUIET,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "text.color": INK,
    "xtick.labelsize": SMALL_PT,
    "ytick.labelsize": SMALL_PT,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "legend.fontsize": SMALL_PT,
    "legend.frameon": False,
    "legend.handlelength": 1.6,
    "legend.handleheight": 0.9,
    "legend.columnspacing": 1.2,
    "legend.labelspacing": 0.35,
    "hatch.linewidth": 0.5,
    "lines.linewidth": 1.2,
    "savefig.facecolor": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "imhcode",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "text.parse_math": False,
    "figure.constrained_layout.w_pad": 0.05,
    "figure.constrained_layout.h_pad": 0.04,
}


def darker(color: str, share: float = 0.45) -> str:
    """The colour mixed with black: for the strokes of a pattern.

    >>> darker("#0072b2", 0.5)
    '#003959'
    """
    parts = [int(color[k : k + 2], 16) for k in (1, 3, 5)]
    return "#" + "".join(f"{round(one * (1 - share)):02x}" for one in parts)
