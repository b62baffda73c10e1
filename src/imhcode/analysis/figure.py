"""A figure as data: what is to be seen where, and where it comes from; no drawing.

The window and the printed page draw the same descriptions.  Every mark knows the moments it is
made of, so that a click on it can go to the video.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, overload

from imhcode.domain.codes import Pattern

Cell = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a mark comes from.

    Attributes
    ----------
    event_id : str
        Empty where no single event made it.
    time_us : int or None
        The moment on the session clock to look at; ``None`` for the whole session.
    """

    session_id: str
    observation_id: str = ""
    event_id: str = ""
    time_us: int | None = None


class Moments(Sequence[Origin]):
    """Many moments of sessions; each is an `Origin` only while somebody looks at it.

    Parameters
    ----------
    whose : sequence of Origin
        Any of each moment's observation; many are the same one.
    times_us : sequence of int
        On the session clock.
    event_ids : sequence of str
        Empty where no single events made them.
    """

    __slots__ = ("_event_ids", "_times_us", "_whose")

    def __init__(
        self, whose: Sequence[Origin], times_us: Sequence[int], event_ids: Sequence[str] = ()
    ) -> None:
        self._whose, self._times_us, self._event_ids = whose, times_us, event_ids

    def __len__(self) -> int:
        return len(self._times_us)

    @overload
    def __getitem__(self, k: int) -> Origin: ...
    @overload
    def __getitem__(self, k: slice) -> Sequence[Origin]: ...
    def __getitem__(self, k: int | slice) -> Origin | Sequence[Origin]:
        if isinstance(k, slice):
            return tuple(self[n] for n in range(*k.indices(len(self))))
        return Origin(
            session_id=self._whose[k].session_id,
            observation_id=self._whose[k].observation_id,
            event_id=self._event_ids[k] if self._event_ids else "",
            time_us=self._times_us[k],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One side of a panel.

    Attributes
    ----------
    label, unit : str
        What it shows; an empty unit where there is none.
    low, high : float
        The range, in data coordinates.  Category ``k`` lies from ``k - 0.5`` to ``k + 0.5``.
    categories : tuple of str
        Names of the categories; empty for a numeric axis.
    downwards : bool
        Whether values grow downwards: rows that are read from the top.
    hidden : bool
        Whether there is nothing to read off: a diagram.
    whole : bool
        Whether only whole numbers occur: counts.
    """

    label: str = ""
    unit: str = ""
    low: float = 0.0
    high: float = 1.0
    categories: tuple[str, ...] = ()
    downwards: bool = False
    hidden: bool = False
    whole: bool = False

    @property
    def words(self) -> str:
        """The label with its unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """How the marks that belong together look, in colour and without any.

    Attributes
    ----------
    color : str
        ``#rrggbb``, from a colour-blind safe set.
    pattern : str
        The hatching of areas.
    dash : str
        The dashes of lines.
    shape : str
        Of dots.
    in_legend : bool
        Whether it is explained; not where the axis names it already.
    """

    id: str
    label: str
    color: str
    pattern: Pattern = "solid"
    dash: Literal["solid", "dashed", "dotted", "dashdot"] = "solid"
    shape: Literal["circle", "square", "triangle", "diamond", "cross", "tick"] = "circle"
    in_legend: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """What all marks have: words for the pointer and the reader, and where they come from."""

    series: str = ""
    says: str = ""
    origins: Sequence[Origin] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar(_Mark):
    """A filled rectangle: a stretch of a timeline, a piece of a bar, a bin of a histogram."""

    x0: float
    x1: float
    y0: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade(_Mark):
    """A cell of a table or grid around ``(x, y)``: darker with ``share``, from 0 to 1."""

    x: float
    y: float
    share: float
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(_Mark):
    """A line through points; a stepped one keeps its height up to the next point."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    stepped: bool = False
    thin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot(_Mark):
    """A point in the series' shape; ``size`` is its share of the largest area."""

    x: float
    y: float
    size: float = 0.1
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow(_Mark):
    """From one place to another; ``weight`` from 0 to 1 is its thickness.

    One that ends where it begins is a loop on the side away from ``(0, 0)``.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    weight: float
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(_Mark):
    """A thin line across the whole panel: a border of episodes, zero, chance."""

    at: float
    upright: bool = True
    dashed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(_Mark):
    """A few words at a place, above everything else."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "middle"


Mark = Bar | Shade | Line | Dot | Arrow | Rule | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One pair of axes with its marks, drawn in their order.

    Attributes
    ----------
    square : bool
        Whether a unit is as long across as upwards.
    """

    x: Axis
    y: Axis
    marks: tuple[Mark, ...]
    title: str = ""
    square: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A whole figure.

    Attributes
    ----------
    id : str
        Kind and what it is about, ``survival-repair_latency``: also the name of its files.
    caption : str
        A sentence or two: what is shown, of how many, with the formula where there is one.
    series : tuple of Series
        The looks that marks name; the legend, in its order.
    columns, rows
        The numbers behind it, for the table beside it and for those who cannot see it.
    """

    id: str
    kind: str
    title: str
    caption: str
    panels: tuple[Panel, ...]
    series: tuple[Series, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()

    def look(self, series_id: str) -> Series | None:
        """The series with that id."""
        return next((one for one in self.series if one.id == series_id), None)
