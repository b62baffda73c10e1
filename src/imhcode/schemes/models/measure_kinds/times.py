"""Measures of how long things hold, and of what follows what."""

from typing import Annotated, Literal

from pydantic import Field

from imhcode.schemes.models.measure_kinds.selections import (
    Denominator,
    Measure,
    Selection,
    TimeSelection,
)
from imhcode.schemes.models.part import AllOrIds, Id, Length, Part, Seconds, Several

TwoTracks = Annotated[list[Id], Field(min_length=2, max_length=2)]


class ProportionTime(Measure):
    """Share of codable time."""

    kind: Literal["proportion_time"]
    track: Id
    """Whose states."""
    numerator: TimeSelection
    """The time above the line."""
    denominator: Denominator = "codable"
    """The time below the line."""


class DurationStat(Measure):
    """How long stretches are."""

    kind: Literal["duration_stat"]
    track: Id
    """Whose states."""
    codes: AllOrIds | None = None
    """Only these."""
    classes: Several[Id]
    """Only codes of these classes."""
    merge_adjacent: bool = False
    """Whether two that touch are one stretch."""
    statistic: list[Literal["mean", "median", "max", "total", "n"]]
    """Which numbers."""


class IntervalMean(Measure):
    """Mean of the numbers of an interval track."""

    kind: Literal["interval_mean"]
    track: Id
    """Whose bins; its codes have values."""


class OrdinalMax(Measure):
    """Highest rank reached."""

    kind: Literal["ordinal_max"]
    track: Id
    """Whose codes; they have ranks."""
    min_total_s: Seconds = 0
    """How long a rank must be held in all to count."""


class OrdinalMean(Measure):
    """Mean rank."""

    kind: Literal["ordinal_mean"]
    track: Id
    """Whose codes; they have ranks."""
    weight: Literal["duration", "events"] = "duration"
    """Whether each instant counts, or each event."""


class Split(Part):
    """Two sorts of time, as another track tells them."""

    track: Id
    """The track that tells them."""
    a: Selection
    """The one."""
    b: Selection
    """The other, which is taken from it."""


class OrdinalMeanDifference(Measure):
    """Mean rank in one sort of time minus that in another."""

    kind: Literal["ordinal_mean_difference"]
    track: Id
    """Whose codes; they have ranks."""
    split_by: Split
    """The two sorts of time."""


class TransitionMatrix(Measure):
    """Which state follows which."""

    kind: Literal["transition_matrix"]
    track: Id
    """Whose states."""
    statistic: list[Literal["counts", "probabilities", "transitions_per_min"]]
    """Which numbers."""
    max_lag: Annotated[int, Field(ge=1, le=20)] = 1
    """How many events on it is looked, for the table of transitions."""
    permutations: Annotated[int, Field(ge=0, le=100_000)] = 0
    """How many shuffled sequences each pair is compared with; none if 0."""


class TransitionRate(Measure):
    """Changes from some states to others, per minute."""

    kind: Literal["transition_rate"]
    track: Id
    """Whose states."""
    from_: Annotated[Selection, Field(alias="from")]
    """From these."""
    to: Selection
    """To these."""
    to_hold_s: Seconds = 0
    """How long the new state must last to count."""


class CrossCorrelation(Measure):
    """How two ordered tracks go together, and which leads."""

    kind: Literal["cross_correlation"]
    tracks: TwoTracks
    """The two; their codes have ranks."""
    series: Literal["ordinal"]
    """What is correlated."""
    bin_s: Length
    """Time is cut into bins of this length."""
    max_lag_s: Seconds
    """Longest lead that is looked for."""
    detrend: Literal["none", "linear"] = "none"
    """Whether a drift over the whole stretch is taken out first."""
    statistic: list[Literal["r_lag0", "peak_r", "peak_lag_s"]]
    """Which numbers."""


class RecurrenceProfile(Measure):
    """How often two tracks say the same, at once and one after the other."""

    kind: Literal["recurrence_profile"]
    tracks: TwoTracks
    """The two; codes of one id are the same."""
    bin_s: Length
    """Time is cut into bins of this length."""
    max_lag_s: Seconds
    """Longest lead that is looked for."""
    statistic: list[Literal["recurrence_lag0", "peak_recurrence", "peak_lag_s"]]
    """Which numbers."""


class StateSpaceGrid(Measure):
    """How two tracks move through the cells of their codes."""

    kind: Literal["state_space_grid"]
    tracks: TwoTracks
    """The two sides of the grid."""
    statistic: list[Literal["dispersion", "transitions_per_min", "mean_visit_s", "cells_visited"]]
    """Which numbers."""
