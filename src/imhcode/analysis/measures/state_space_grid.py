"""How two tracks move through the cells of their codes."""

import numpy as np

from imhcode.analysis.coded_session import CodedSession, Section
from imhcode.analysis.denominators import US_PER_MIN, empty_reason, seconds
from imhcode.analysis.measured import Number, Result, nothing
from imhcode.analysis.measures import MEASURES, MeasureKind
from imhcode.analysis.selecting import Declared, uncodable
from imhcode.analysis.spans import Spans
from imhcode.analysis.state_space import Grid, grid_of

ALSO = ("visit_entropy", "duration_entropy")


def state_space_grid(declared: Declared, session: CodedSession, section: Section) -> Result:
    """The declared statistics of the grid, and the entropies of visits and of time."""
    statistics = (*declared["statistic"], *ALSO)
    for track_id in declared["tracks"]:
        if session.subjects(track_id) > 1:
            return nothing(statistics, f"several subjects on {track_id}")
    grid = grid_in(declared, session, section)
    visits = len(grid.cells)
    if not visits:
        return nothing(statistics, empty_reason(declared, "no time on the grid"), 0)
    return Result(
        tuple(
            Number(one, _value(one, grid), visits, denominator_us=grid.whole_us)
            for one in statistics
        )
    )


def grid_in(declared: Declared, session: CodedSession, section: Section) -> Grid:
    """The visits of the section; cells are numbered without uncodable codes."""
    sides, sizes = [], []
    for track_id in declared["tracks"]:
        track, lane = session.tracks[track_id], session.lane(track_id)
        blind = uncodable(track)
        places = np.where(blind, -1, np.cumsum(~blind) - 1)
        seen = ~blind[lane.codes]
        sides.append(Spans(lane.onsets[seen], lane.offsets[seen], places[lane.codes[seen]]))
        sizes.append(int((~blind).sum()))
    return grid_of(sides[0], sides[1], (sizes[0], sizes[1]), section.time)


def _value(statistic: str, grid: Grid) -> float | int:
    match statistic:
        case "dispersion":
            return grid.dispersion
        case "transitions_per_min":
            return grid.transitions * US_PER_MIN / grid.whole_us
        case "mean_visit_s":
            return seconds(grid.whole_us / len(grid.cells))
        case "cells_visited":
            return grid.cells_visited
        case "visit_entropy":
            return grid.visit_entropy
        case "duration_entropy":
            return grid.duration_entropy
    raise ValueError(statistic)


MEASURES.add(
    MeasureKind(
        name="state_space_grid",
        of=state_space_grid,
        formula=lambda declared: (
            f"grid of {' by '.join(declared['tracks'])}: dispersion = "
            "1 - (n sum((d_i/D)^2) - 1) / (n - 1) over all n cells, visits, moves per minute on "
            "the grid, entropies in bits"
        ),
        source="Hollenstein, T. (2013). State space grids. Springer.",
        tracks=lambda declared: tuple(declared["tracks"]),
        statistics=lambda declared, _: (*declared["statistic"], *ALSO),
    )
)
