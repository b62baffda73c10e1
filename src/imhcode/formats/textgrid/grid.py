"""A TextGrid as it stands in its file."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Labelled:
    """An interval or, where both times are the same, a point; the line is that of its text."""

    start_us: int
    end_us: int
    text: str
    line: int


@dataclass(slots=True)
class GridTier:
    """A tier: intervals that fill the time, or points."""

    name: str
    line: int
    is_points: bool
    labels: list[Labelled] = field(default_factory=list)
