"""Figures of agreement for print: confusion matrices and kappa by code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from imhcode.reports.svg import Picture, line, picture, rectangle, shade, words

CELL, ROW = 46.0, 22.0
LABEL = 7.0  #: width of a letter, about


def confusion_figure(
    table: npt.NDArray[np.float64], names: Sequence[str], *, per: float = 1.0, digits: int = 0
) -> Picture:
    """A table of two coders with its margins; darker is more of its row.

    Parameters
    ----------
    table : array, shape (K, K)
        First coder in the rows.  Rows and columns that are empty for both are left out.
    per : float
        What the cells are divided by before they are printed.
    """
    used = np.flatnonzero((table.sum(0) + table.sum(1)) > 0)
    table, names = table[np.ix_(used, used)], [names[k] for k in used.tolist()]
    left = LABEL * max((len(one) for one in names), default=0) + 12
    top = left * 0.72 + 8
    width, height = left + CELL * (len(names) + 1) + 30, top + ROW * (len(names) + 1) + 8
    return picture(width, height, _matrix(table / per, names, left, top, digits))


def _matrix(
    table: npt.NDArray[np.float64], names: Sequence[str], left: float, top: float, digits: int
) -> Iterator[str]:
    sums = table.sum(axis=1)
    for row, name in enumerate(names):
        y = top + row * ROW
        yield words(left - 6, y + 15, name, anchor="end")
        for column in range(len(names)):
            share = table[row, column] / sums[row] if sums[row] else 0.0
            ground, ink = shade(share)
            x = left + column * CELL
            yield rectangle(x, y, CELL, ROW, ground)
            if table[row, column]:
                text = f"{table[row, column]:.{digits}f}"
                yield words(x + CELL / 2, y + 15, text, anchor="middle", colour=ink)
        yield words(
            left + len(names) * CELL + CELL - 6, y + 15, f"{sums[row]:.{digits}f}", anchor="end"
        )
    foot = top + len(names) * ROW + 15
    for column, name in enumerate(names):
        x = left + column * CELL
        yield (
            f'<g transform="translate({x + CELL / 2 + 3:.1f},{top - 6:.1f}) rotate(-45)">'
            f"{words(0, 0, name)}</g>"
        )
        yield words(x + CELL / 2, foot, f"{table[:, column].sum():.{digits}f}", anchor="middle")
    yield words(
        left + len(names) * CELL + CELL - 6, foot, f"{table.sum():.{digits}f}", anchor="end"
    )


@dataclass(frozen=True, slots=True)
class KappaOfCode:
    """Time-based and event-based kappa of one code with their intervals; ``None``: undefined."""

    name: str
    time: tuple[float | None, float | None, float | None]
    event: tuple[float | None, float | None, float | None]


def kappa_figure(codes: Sequence[KappaOfCode]) -> Picture:
    """Kappa by code: a circle for time, a triangle for events, side by side."""
    left = LABEL * max((len(one.name) for one in codes), default=0) + 12
    width, height = left + 300, 26 + 24 * len(codes) + 22
    return picture(width, height, _kappas(codes, left))


def _kappas(codes: Sequence[KappaOfCode], left: float) -> Iterator[str]:
    def x(value: float) -> float:
        return left + 40 + 240 * min(max(value, -0.15), 1.0)

    foot = 26 + 24 * len(codes)
    for mark in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        yield line(x(mark), 22, x(mark), foot, "#888888" if mark == 0 else "#dddddd")
        yield words(x(mark), foot + 14, f"{mark:g}", anchor="middle")
    timed = any(one.time[0] is not None for one in codes)
    if timed:
        yield f'<circle cx="{left + 44:.1f}" cy="10" r="4" fill="#08306b"/>'
        yield words(left + 52, 14, "time")
    yield _triangle(left + (100 if timed else 44), 10)
    yield words(left + (108 if timed else 52), 14, "events")
    for row, one in enumerate(codes):
        y = 26 + 24 * row + 12
        yield words(left - 6, y + 4, one.name, anchor="end")
        for (value, low, high), at in ((one.time, y - 4), (one.event, y + 5 if timed else y)):
            if low is not None and high is not None:
                yield line(x(low), at, x(high), at)
            if value is not None:
                drawn = at == y - 4
                yield (
                    f'<circle cx="{x(value):.1f}" cy="{at:.1f}" r="4" fill="#08306b"/>'
                    if drawn
                    else _triangle(x(value), at)
                )


def _triangle(x: float, y: float) -> str:
    return (
        f'<path d="M{x - 4.5:.1f} {y + 4:.1f} L{x + 4.5:.1f} {y + 4:.1f} L{x:.1f} {y - 4.5:.1f} Z" '
        'fill="#d95f02"/>'
    )
